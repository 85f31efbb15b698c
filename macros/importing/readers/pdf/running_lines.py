"""Recognises the running lines and page numbers of a PDF by their place and how often they come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...document import Role
from ...labels import Kind, label_of
from .page import Page
from .tables import Grid
from .words import Row

MARGIN = 0.14
"""The part of a page, at its head and foot, where running lines are."""
ALIKE = 0.35
"""The part of all pages on which a running line recurs at least."""
SAME_HEIGHT = 4.0
"""Points by which a running line may shift from page to page."""
NUMBERED_PAGE = re.compile(
    r"(?:page|pg\.?)?\s*\|?\s*(\d{1,4})(?:\s*(?:of|/)\s*\d+)?(?:\s*\|\s*p\s*a\s*g\s*e)?", re.IGNORECASE
)


def running(pages: Sequence[Page]) -> dict[tuple[int, int], Role]:
    """The running lines and page numbers of every page, by page and piece."""
    roles: dict[tuple[int, int], Role] = {}
    shapes: dict[str, list[tuple[Page, Row | Grid]]] = {}
    for page in pages:
        for piece in page.pieces:
            height = piece.y / page.height if page.height else 0.5
            if height < MARGIN or height > 1 - MARGIN:
                shapes.setdefault(shape(piece), []).append((page, piece))
    least = max(2, round(ALIKE * len(pages)))
    for same in shapes.values():
        for page, piece in same:
            alike = {other.number for other, twin in same if abs(twin.y - piece.y) <= SAME_HEIGHT}
            if len(alike) >= least and not (counted(piece) and len(alike) < len(pages)):
                role = Role.PAGE_NUMBER if NUMBERED_PAGE.fullmatch(piece_text(piece).strip()) else Role.RUNNING_LINE
                roles[page.number, id(piece)] = role
    for page in pages:
        edge = [piece for piece in page.pieces if isinstance(piece, Row)]
        for piece in {id(row): row for row in [*edge[:2], *edge[-2:]]}.values():
            match = NUMBERED_PAGE.fullmatch(piece.text.strip())
            away = piece.y / page.height if page.height else 0.5
            if match and (away < MARGIN or away > 1 - MARGIN) and (not piece.text.strip().isdigit() or len(pages) > 1):
                roles[page.number, id(piece)] = Role.PAGE_NUMBER
    return roles


def counted(piece: Row | Grid) -> bool:
    """Whether a line is the first, second … of a list: several forms of a paper may begin with the same one."""
    label, _ = label_of(piece_text(piece))
    return label is not None and label.kind in (Kind.PLAIN, Kind.LETTERED) and not label.weak


def piece_text(piece: Row | Grid) -> str:
    if isinstance(piece, Row):
        return piece.text
    return " ".join(row.text for cells in piece.cells for cell in cells for row in cell)


def shape(piece: Row | Grid) -> str:
    return " ".join(re.sub(r"\d+", "0", piece_text(piece)).lower().split())
