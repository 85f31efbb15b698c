"""Words that a macro of the plugin writes between < and >, which a browser takes for a tag and does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from ..formats import html_tree
from ..formats.html_tokens import VOID, Tag, tokens
from ..formats.markdown import Extensions
from . import content
from .markup import BY_ELEMENT, FRAMES, PROGRAMS, SCREEN_ONLY, Fault, element_fault

OTHERS = frozenset(
    {"acronym", "area", "bdi", "bdo", "data", "datalist", "hgroup", "legend", "map", "meter", "nobr", "optgroup",
     "output", "picture", "progress", "q", "rp", "rt", "ruby", "search", "slot", "tt"}
)  # fmt: skip
KNOWN = html_tree.INLINE | html_tree.BLOCKS | SCREEN_ONLY | FRAMES | VOID | OTHERS | BY_ELEMENT.keys()
"""Every element that browsers know."""


def tags(text: str, source: str, extensions: Extensions) -> Iterator[tuple[int, Fault]]:
    """The tags of a page's expanded text that no browser knows and nothing closes, each with its line in the file."""
    if "<" not in text or "macros_info" in source:  # what the plugin tells of itself is full of them
        return
    listed: list[Tag] = []
    with suppress(RecursionError):  # told by content
        listed += (token for token in tokens(content.converted(text, extensions)[0]) if isinstance(token, Tag))
    closed = {tag.name for tag in listed if tag.closing}
    for tag in listed:
        unknown = tag.name not in KNOWN | closed and f"<{tag.name}" not in PROGRAMS
        if unknown and "-" not in tag.name:  # a name with a hyphen is an element of the school's own
            message, hint = element_fault(tag)
            fault = Fault(mark=f"<{tag.name}", rule="page-markup", message=message, hint=hint)
            yield line_in(source, text, fault.mark), fault


def line_in(source: str, text: str, mark: str) -> int:
    """The line of a file from which a mark in the expanded text came."""
    written, made = source.split("\n"), text.split("\n")
    for line, row in enumerate(written, 1):
        if re.search(re.escape(mark), row, re.IGNORECASE):
            return line
    place = next((place for place, row in enumerate(made) if mark in row.casefold()), 0)
    for before in range(place - 1, -1, -1):  # the nearest row above that stands in the file alike
        if made[before].strip() and written.count(made[before]) == 1:
            return min(written.index(made[before]) + 1 + place - before, len(written))
    return next((line for line, row in enumerate(written, 1) if "{{" in row or "{%" in row), 1)
