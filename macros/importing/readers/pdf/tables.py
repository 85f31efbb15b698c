"""Finds the tables of a PDF page by the lines drawn around their cells."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .columns import levels, rows_of
from .drawing import Area, Drawing
from .words import Row, Rule, Word

TOUCH = 3.5
"""Points within which lines of a table meet."""
TALLEST_ROW = 45.0
"""Points of a row without colour between two that have one."""
MOST_OF_PAGE = 0.75
"""The part of a page's width from which on a filled rectangle is no cell."""
MOST_FILLS = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table made of lines: for each row its cells, each a list of rows of text."""

    cells: tuple[tuple[tuple[Row, ...], ...], ...]
    y: float
    columns: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """Drawn lines that meet: a table, or a frame."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    ys: tuple[float, ...]
    """From the top down."""
    xs: tuple[float, ...]

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    def holds(self, word: Word) -> bool:
        x, y = word.middle
        return self.xs[0] - 2 <= x <= self.xs[-1] + 2 and self.ys[-1] - 2 <= y <= self.ys[0] + 2

    def grid(self, words: Sequence[Word]) -> Grid:
        cells: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            cells.setdefault(self.cell(word), []).append(word)
        rows = tuple(
            tuple(tuple(cell_rows(cells.get((row, column), []))) for column in range(self.columns))
            for row in range(self.rows)
        )
        return Grid(cells=rows, y=self.ys[0], columns=self.xs)

    def cell(self, word: Word) -> tuple[int, int]:
        """The row and column of a word; of a merged cell, those where it begins."""
        x, y = word.middle
        column = max(0, min(self.columns - 1, sum(x >= edge for edge in self.xs) - 1))
        row = max(0, min(self.rows - 1, sum(y <= edge for edge in self.ys) - 1))
        while column > 0 and not crossed(self.down, self.xs[column], y):
            column -= 1
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        while row > 0 and not crossed(self.across, self.ys[row], middle):
            row -= 1
        return row, column


def cell_rows(words: Sequence[Word]) -> Iterator[Row]:
    """The lines of a cell; those of a head that is set on its side come before others."""
    for angle in sorted({word.angle for word in words}, reverse=True):
        yield from rows_of(levels([word for word in words if word.angle == angle]))


def crossed(rules: Sequence[Rule], at: float, beside: float) -> bool:
    return any(abs(rule.at - at) <= TOUCH and rule.start - TOUCH <= beside <= rule.end + TOUCH for rule in rules)


def boxes(rules: Sequence[Rule]) -> Iterator[Box]:
    """Groups of lines that meet, those with at least two across and two down."""
    across = sorted((rule for rule in rules if rule.across), key=lambda rule: -rule.at)
    down = [rule for rule in rules if not rule.across]
    if len(across) * len(down) > 4_000_000:
        return
    left = set(range(len(down)))
    unused = set(range(len(across)))
    while left:
        seed = left.pop()
        group_down, group_across, waiting = [seed], [], [(False, seed)]
        while waiting:
            is_across, at = waiting.pop()
            if is_across:
                near = [other for other in left if meets(across[at], down[other])]
                left -= set(near)
                group_down += near
            else:
                near = [other for other in unused if meets(across[other], down[at])]
                unused -= set(near)
                group_across += near
            waiting += [(not is_across, other) for other in near]
        if len(group_down) >= 2 and len(group_across) >= 2:
            yield Box(
                across=tuple(across[at] for at in group_across),
                down=tuple(down[at] for at in group_down),
                ys=tuple(reversed(distinct(across[at].at for at in group_across))),
                xs=tuple(distinct(down[at].at for at in group_down)),
            )


def filled_boxes(drawing: Drawing, width: float) -> Iterator[Box]:
    """Tables that are drawn by the colour of their cells alone."""
    ruled = [box for box in boxes(drawing.rules) if box.columns > 1]
    loose = [
        fill
        for fill in drawing.fills
        if fill.x1 - fill.x0 < MOST_OF_PAGE * width
        and not any(box.xs[0] - TOUCH <= fill.x0 and fill.x1 <= box.xs[-1] + TOUCH
                    and box.ys[-1] - TOUCH <= fill.y0 and fill.y1 <= box.ys[0] + TOUCH for box in ruled)
    ]  # fmt: skip
    for group in grouped(loose[:MOST_FILLS]):
        xs = distinct(side for fill in group for side in (fill.x0, fill.x1))
        ys = distinct(side for fill in group for side in (fill.y0, fill.y1))
        if len(xs) > 2 and len(ys) > 2:
            yield Box(
                across=tuple(sides(group, xs, ys, across=True)),
                down=tuple(sides(group, ys, xs, across=False)),
                ys=tuple(reversed(ys)),
                xs=tuple(xs),
            )


def sides(fills: Sequence[Area], along: Sequence[float], at: Sequence[float], *, across: bool) -> Iterator[Rule]:
    """The sides of the cells of a table drawn by colour: its whole grid, but for what a filled cell covers."""
    for place in at:
        for start, end in itertools.pairwise(along):
            middle = (start + end) / 2
            if not any(
                covers(fill, *((middle, place) if across else (place, middle)), across=across) for fill in fills
            ):
                yield Rule(across=across, at=place, start=start, end=end)


def covers(fill: Area, x: float, y: float, *, across: bool) -> bool:
    """Whether the middle of a side is inside a filled cell."""
    if across:
        return fill.x0 < x < fill.x1 and fill.y0 + TOUCH < y < fill.y1 - TOUCH
    return fill.y0 < y < fill.y1 and fill.x0 + TOUCH < x < fill.x1 - TOUCH


def grouped(fills: Sequence[Area]) -> Iterator[list[Area]]:
    """Filled cells of one table: those side by side, and those of one column with a row that is not filled between."""
    left = list(fills)
    while left:
        group, waiting = [], [left.pop()]
        while waiting:
            fill = waiting.pop()
            group.append(fill)
            near = [other for other in left if fill.touches(other, TOUCH) or in_column(fill, other)]
            left = [other for other in left if other not in near]
            waiting += near
        yield group


def in_column(one: Area, other: Area) -> bool:
    alike = abs(one.x0 - other.x0) <= TOUCH and abs(one.x1 - other.x1) <= TOUCH
    return alike and max(one.y0, other.y0) - min(one.y1, other.y1) < TALLEST_ROW


def meets(across: Rule, down: Rule) -> bool:
    return across.start - TOUCH <= down.at <= across.end + TOUCH and down.start - TOUCH <= across.at <= down.end + TOUCH


def distinct(values: Iterable[float]) -> list[float]:
    """Places in order; those that touch are one."""
    apart: list[float] = []
    for value in sorted(values):
        if not apart or value - apart[-1] > TOUCH:
            apart.append(value)
    return apart
