"""Recognises the running lines and page numbers of a PDF by their place and how often they come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...document import Role
from ...labels import Kind, label_of
from .footnotes import NOTE_MARK
from .page import Page
from .tables import Grid
from .words import Row

MARGIN = 0.14
"""The part of a page, at its head and foot, where running lines are."""
ALIKE = 0.35
"""The part of all pages on which a running line recurs at least."""
FOOT = 0.09
"""The part of a page where a foot is that only one page has."""
SMALL = 0.93
"""Such a foot is at most this part of the text's size."""
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


def single_feet(
    pages: Sequence[Page], furniture: Mapping[tuple[int, int], Role], body: float
) -> dict[tuple[int, int], Role]:
    """The small lines in the foot of a single page, below where the text of the other pages ends."""
    feet: dict[tuple[int, int], Role] = {}
    ends = {page.number: foot for page in pages if (foot := lowest(page, furniture)) is not None}
    for page in pages:
        others = [end for number, end in ends.items() if number != page.number]
        above: Row | Grid | None = None
        for piece in page.pieces:
            small = isinstance(piece, Row) and piece.size < SMALL * body and not NOTE_MARK.match(piece.text)
            low = piece.y < FOOT * page.height and (not others or piece.y < min(others) - SAME_HEIGHT)
            far = above is None or (page.number, id(above)) in feet or above.y - piece.y > 2.5 * body
            if small and low and far and (page.number, id(piece)) not in furniture and len(pages) > 1:
                feet[page.number, id(piece)] = Role.RUNNING_LINE
            above = piece
    return feet


def lowest(page: Page, furniture: Mapping[tuple[int, int], Role]) -> float | None:
    """Where the text of a page ends."""
    heights = [piece.y for piece in page.pieces if (page.number, id(piece)) not in furniture]
    return min(heights, default=None)


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
