"""HTML as the tags and words that stand in it, read strictly.

What is no tag by the plainest of grammars is reported as such and never repaired, so that no browser reads more in it
than we do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

ATTRIBUTE = re.compile(r"""\s+([a-zA-Z_:@][\w:.@-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:{ATTRIBUTE.pattern})*)\s*/?>")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements that hold nothing and are never closed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    name: str
    closing: bool
    attributes: Mapping[str, str]
    """By name in lower case; the values without their entities."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoTag:
    """A “<” that begins nothing that can be read, with what follows it."""

    text: str


Token = Tag | Words | Comment | NoTag


def tokens(markup: str) -> Iterator[Token]:
    """What a stretch of HTML holds, in order."""
    position = 0
    while position < len(markup):
        opening = markup.find("<", position)
        if opening != position:
            end = len(markup) if opening < 0 else opening
            yield Words(text=unescape(markup[position:end]))
            position = end
        elif match := TAG.match(markup, position):
            yield tag(match)
            position = match.end()
        elif match := COMMENT.match(markup, position):
            yield Comment(text=match[0])
            position = match.end()
        else:
            yield NoTag(text=markup[position : position + 40].partition("\n")[0])
            position += 1


def tag(match: re.Match[str]) -> Tag:
    attributes: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(match[3]):
        quoted = value[:1] in ('"', "'")
        attributes.setdefault(name.lower(), unescape(value[1:-1] if quoted else value))
    return Tag(name=match[2].lower(), closing=bool(match[1]), attributes=attributes)
