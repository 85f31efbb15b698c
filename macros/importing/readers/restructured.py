"""Turns reStructuredText into Markdown: its headings, lists and links, without its directives.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .text import decoded

ADORNMENT = re.compile(r"([=\-~^+*#`:.'\"_])\1{2,}\s*")
DIRECTIVE = re.compile(r"(?P<indent>\s*)\.\. (?P<name>[\w-]+)::\s*(?P<words>.*)")
EXPLICIT = re.compile(r"\s*\.\.(?:\s|$)")
SPOKEN = frozenset({"note", "warning", "important", "tip", "hint", "caution", "attention", "admonition", "topic"})
"""Directives whose words are text of the paper."""
INLINE = (
    (re.compile(r"`([^`<]+?)\s*<([^`>\s]+)>`__?"), r"[\1](\2)"),
    (re.compile(r":[\w-]+:`([^`]+)`"), r"\1"),
    (re.compile(r"``([^`]+)``"), r"\1"),
    (re.compile(r"`([^`]+)`__?"), r"\1"),
    (re.compile(r"^(\s*):([A-Z][\w ]{1,40}): "), r"\1\2: "),
    (re.compile(r"^(\s*)\| "), r"\1"),
    (re.compile(r"\|(\w[\w ]*)\|"), r"\1"),
)


def as_markdown(data: bytes) -> bytes:
    """The same text in Markdown."""
    return "\n".join(rows(decoded(data).split("\n"))).encode()


def rows(source: list[str]) -> Iterator[str]:
    """The rows of a file as those of Markdown, one for one, so that places stay right."""
    levels: dict[str, int] = {}
    hidden: int | None = None
    """How far the directive is indented whose words are left out."""
    count = 0
    for at, row in enumerate(source):
        indent = len(row) - len(row.lstrip())
        if hidden is not None and (not row.strip() or indent > hidden):
            yield ""
            continue
        hidden = None
        after = source[at + 1] if at + 1 < len(source) else ""
        before = source[at - 1] if at else ""
        if match := DIRECTIVE.fullmatch(row):
            spoken = match["name"] in SPOKEN
            hidden = None if spoken else len(match["indent"])
            yield match["words"] if spoken else ""
        elif EXPLICIT.match(row):
            hidden = indent
            yield ""
        elif ADORNMENT.fullmatch(row):
            yield ""
        elif row.strip() and is_underline(after, row):
            overlined = bool(ADORNMENT.fullmatch(before)) and before[0] == after[0]
            level = levels.setdefault(f"{after[0]}{overlined}", len(levels) + 1)
            yield f"{'#' * min(level, 6)} {inline(row.strip())}"
        else:
            count = count + 1 if re.match(r"\s*#\. ", row) else 0 if row.strip() and not indent else count
            yield re.sub(r"^(\s*)#\. ", rf"\g<1>{count}. ", inline(row))


def is_underline(row: str, title: str) -> bool:
    """Whether a row underlines the title before it, which may be a little longer than the line."""
    return bool(ADORNMENT.fullmatch(row)) and len(row.strip()) >= len(title.strip()) - 2


def inline(row: str) -> str:
    for pattern, instead in INLINE:
        row = pattern.sub(instead, row)
    return row.rstrip(":") + ":" if row.endswith("::") else row
