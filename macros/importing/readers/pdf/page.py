"""One page of a PDF: words and drawn lines → tables and lines of text in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .columns import columns
from .tables import TOUCH, Grid, boxes
from .words import Row, Rule, Word


@dataclass(slots=True)
class Page:
    number: int
    width: float
    height: float
    words: list[Word]
    pieces: list[Row | Grid] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    """Words that stand aslant: watermarks."""


def laid_out(words: list[Word], rules: Sequence[Rule], number: int, width: float, height: float) -> Page:
    slanted = [word.text for word in words if word.slanted]
    page = Page(number=number, width=width, height=height, words=words, marks=[" ".join(slanted)] if slanted else [])
    free = [word for word in words if not word.slanted]
    grids = []
    for box in boxes(rules):
        inside = [word for word in free if box.holds(word)]
        if not inside or box.columns < 2 or box.rows < 1:
            continue
        grid = box.grid(inside)
        filled = [row for row in grid.cells if any(row)]
        if max((sum(bool(cell) for cell in row) for row in filled), default=0) < 2:
            continue
        taken = set(map(id, inside))
        free = [word for word in free if id(word) not in taken]
        grids.append(grid)
    rows = list(columns(free, width))
    page.pieces = merged(rows, grids)
    return page


def merged(rows: list[Row], grids: list[Grid]) -> list[Row | Grid]:
    """Tables among the lines, each before the first line below it."""
    found: list[Row | Grid] = list(rows)
    for grid in sorted(grids, key=lambda grid: -grid.y):
        place = next(
            (at for at, piece in enumerate(found) if piece.y < grid.y and not later_column(found, at, grid)), len(found)
        )
        found.insert(place, grid)
    return found


def later_column(found: list[Row | Grid], at: int, grid: Grid) -> bool:
    """Whether a line merely stands in a column beside: text above the table still follows it."""
    piece = found[at]
    return isinstance(piece, Row) and (piece.x1 < grid.columns[0] - TOUCH or piece.x0 > grid.columns[-1] + TOUCH)


# Lines of text


# Tables
