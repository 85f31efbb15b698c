"""Finds the parts of a Word file, and unpacks the odd corners of its XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...document import Block, Paragraph, Role, Table
from .. import archive
from ..xml import MC, local
from .numbering import BULLET, W

GONE = frozenset({f"{W}{name}" for name in ("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange")})
FALLBACK = f"{MC}Fallback"
JOINED_TO_NEXT = -1
"""The page of a paragraph whose end was deleted under tracked changes, until `joined` has joined it."""


def related(part: Any, ending: str) -> Any:
    """The first part that a part refers to in some way; None without one."""
    return next(iter(all_related(part, ending)), None)


def all_related(part: Any, ending: str) -> list[Any]:
    return [rel.target_part for rel in part.rels.values() if not rel.is_external and rel.reltype.endswith(ending)]


def tree(part: Any) -> Any:
    """The XML of a part, of which python-docx parses only some itself."""
    if part is None:
        return None
    return part.element if hasattr(part, "element") else archive.parsed(part.blob)


def chosen(element: Any) -> Any:
    """The branch of alternative content that today's Word shows."""
    choice = element.find(f"{MC}Choice")
    return choice if choice is not None else element.find(FALLBACK) if element.find(FALLBACK) is not None else ()


def boxes(element: Any) -> list[Any]:
    """The outermost text boxes of a drawing, not those of its fallback."""
    outermost: list[Any] = []
    waiting = [element]
    while waiting:
        at = waiting.pop()
        if at.tag == f"{W}txbxContent":
            outermost.append(at)
        elif at.tag == f"{MC}AlternateContent":
            waiting.extend(reversed(chosen(at)))
        elif at.tag not in GONE:
            waiting.extend(reversed(at))
    return outermost


def children(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those in content controls and insertions too."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from children(child, name)


def symbol(code: str) -> str:
    """A character of a symbol font: its letter where it has one, a bullet for the private ones."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    ticks = {0xF0FE: "☑", 0xF0FC: "✓", 0xF0A8: "☐", 0xF06F: "☐", 0xF0D8: "➢", 0xF0E0: "→"}
    return ticks.get(number) or (BULLET if 0xE000 <= number <= 0xF8FF else chr(number))


def joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Joins paragraphs whose end was deleted under tracked changes with the next."""
    held: Paragraph | None = None
    for block in blocks:
        if held is not None and isinstance(block, Paragraph) and block.role is held.role:
            paragraph: Block = replace(held, spans=(*held.spans, *block.spans), page=block.page)
        else:
            paragraph = block
            if held is not None:
                yield replace(held, page=0)
        held = paragraph if isinstance(paragraph, Paragraph) and paragraph.page == JOINED_TO_NEXT else None
        if held is None:
            yield paragraph
    if held is not None:
        yield replace(held, page=0)


def cells(table: Table) -> str:
    """A table's words without the numbers Word made."""
    return " ".join(one.text for one in table.paragraphs if one.role is not Role.NOTE)
