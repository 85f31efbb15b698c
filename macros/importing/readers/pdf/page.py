"""Lays out one page of a PDF: words and drawn lines → tables and lines of text in the order of reading."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .charts import Chart, find_chart, rule_middle
from .columns import columns, levels, rows_of
from .drawing import Drawing
from .tables import TOUCH, Box, Grid, boxes, cell_rows, filled_boxes
from .turning import Sheet
from .unruled_tables import unruled_tables
from .words import Row, Word

COMMENT = re.compile(r"Comment(?:ed)? ?\[[A-Z]{1,4}\d{1,4}\]:?")
"""How Word opens a comment that it prints."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page of a PDF."""

    number: int
    width: float
    height: float
    words: Sequence[Word]
    pieces: Sequence[Row | Grid]
    """Its lines and tables, in the order of reading."""
    turned: tuple[str, ...]
    """Its lines that are set on their side, outside its tables."""
    comments: tuple[str, ...] = ()
    """Comments that were printed in its margin."""
    chart: Chart | None = None
    """Its flow chart, whose words are not in its lines."""
    marks: tuple[str, ...]
    """Words at another angle: watermarks."""


def laid_out(sheet: Sheet) -> Page:
    """A page with its words in tables and lines."""
    slanted = [word.text for word in sheet.words if word.angle % 90]
    free = [word for word in sheet.words if not word.angle % 90]
    comments, free = printed_comments(free)
    chart, free = find_chart(free, sheet.drawing)
    grids = []
    drawing = outside(sheet.drawing, chart)
    for box in [*boxes(drawing.rules), *(box for box in filled_boxes(drawing, sheet.width) if parts(box, free))]:
        inside = [word for word in free if box.holds(word)]
        if not inside or box.columns < 2 or box.rows < 1:
            continue
        grid = box.grid(inside)
        if not is_table(grid):
            continue
        taken = set(map(id, inside))
        free = [word for word in free if id(word) not in taken]
        grids.append(grid)
    unruled, upright = unruled_tables([word for word in free if not word.angle])
    grids += unruled
    return Page(
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        words=sheet.words,
        pieces=merged(list(columns(upright, sheet.width)), grids),
        turned=tuple(row.text for row in cell_rows([word for word in free if word.angle])),
        comments=comments,
        chart=chart,
        marks=(" ".join(slanted),) if slanted else (),
    )


def printed_comments(words: Sequence[Word]) -> tuple[tuple[str, ...], list[Word]]:
    """The comments that Word prints in the margin, “Commented [AB1]: …”, and the words beside them."""
    opened = [word for word, after in itertools.pairwise(words) if COMMENT.match(f"{word.text} {after.text}")]
    if not opened:
        return (), list(words)
    edge, size = min(word.x0 for word in opened) - 2, max(word.size for word in opened) + 0.3
    inside = [word for word in words if not word.angle and word.x0 >= edge and word.size <= size]
    texts: list[str] = []
    for row in rows_of(levels(inside)):
        if COMMENT.match(row.text) or not texts:
            texts.append(row.text)
        else:
            texts[-1] = f"{texts[-1]} {row.text}"
    taken = set(map(id, inside))
    return tuple(texts), [word for word in words if id(word) not in taken]


def outside(drawing: Drawing, chart: Chart | None) -> Drawing:
    """What is drawn outside the chart of a page."""
    if chart is None:
        return drawing
    return replace(
        drawing,
        rules=tuple(rule for rule in drawing.rules if not chart.area.holds(*rule_middle(rule))),
        fills=tuple(fill for fill in drawing.fills if not fill.touches(chart.area, 0)),
    )


def parts(box: Box, words: Sequence[Word]) -> bool:
    """Whether the columns of a table drawn by colours part its words: else they are stripes behind running text."""
    inside = [word for word in words if not word.angle and box.holds(word)]
    return not any(word.x0 + 2 < x < word.x1 - 2 for x in box.xs[1:-1] for word in inside)


def is_table(grid: Grid) -> bool:
    """Whether some row has two filled cells; else the lines only frame text."""
    return any(sum(bool(cell) for cell in row) >= 2 for row in grid.cells)


def merged(rows: list[Row], grids: list[Grid]) -> list[Row | Grid]:
    """Tables among the lines, each before the first line below it."""
    pieces: list[Row | Grid] = list(rows)
    for grid in sorted(grids, key=lambda grid: -grid.y):
        place = next(
            (at for at, piece in enumerate(pieces) if piece.y < grid.y and not is_beside(piece, grid)), len(pieces)
        )
        pieces.insert(place, grid)
    return pieces


def is_beside(piece: Row | Grid, grid: Grid) -> bool:
    """Whether a line is in a column beside a table: text above the table may still follow it."""
    return isinstance(piece, Row) and (piece.x1 < grid.columns[0] - TOUCH or piece.x0 > grid.columns[-1] + TOUCH)
