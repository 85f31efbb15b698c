"""Finds the tables of a PDF page that are drawn by nothing: cells in columns, with more room between rows than lines.

Browsers, online editors and Markdown print tables so. Read as lines, their cells run into each other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .columns import levels, parted, rows_of
from .tables import Grid
from .words import Word

ALIGNED = 3.0
"""Points within which cells of a column begin."""
NARROWEST = 20.0
"""Points of a first column at least."""
ROOM = 1.3
"""Distance between rows from which on they are apart, times that of two lines of a cell."""
FEWEST_ROWS, FEWEST_LONG_ROWS = 3, 2
"""Rows of a table; fewer are enough where a cell has several lines and no two rows can be one."""
MOST_LINES = 14
"""Lines of a cell; longer ones are columns of text."""
MOST_OF_ITEM = 2
"""Pieces of a line of a list: its label and its text."""
MOST_TABLES = 12
MOST_LEVELS, MOST_WORDS, MOST_STARTS = 300, 3_000, 24
"""A page with more is none that a person reads; the search would take long."""
PLAIN_STEP = 1.2
"""The distance of two lines, times their size, where no two lines of a cell tell."""
LABEL = re.compile(r"(?:[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlcIVXLC]{1,6})[)\].:]*|[^\w\s])")
"""A cell that holds no more than the label of a clause or of an item of a list."""
BULLET = re.compile(r"[^\w\s(“‘£\"'\[](?:\s|$)")
PAGE = re.compile(r"(?:pages?|pp?\.?)?[\s\d–-]*|\W*", re.IGNORECASE)
"""The page of an entry in a contents list; no letters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """Words on one baseline, parted at their wide gaps."""

    y: float
    size: float
    segments: tuple[tuple[Word, ...], ...]

    def crosses(self, x: float) -> bool:
        return any(segment[0].x0 < x - ALIGNED and segment[-1].x1 > x - 1 for segment in self.segments)


Band = list[Level]
"""The levels of one row of a table."""
Segments = list[tuple[Word, ...]]
Side = Callable[[Level, float], Segments]
"""Picks the segments on one side of a place."""


def unruled_tables(words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """The tables without lines on a page, and the words outside them."""
    free = list(words)
    grids: list[Grid] = []
    if len(free) > MOST_WORDS:
        return grids, free
    rows = [as_level(level) for level in levels(free)]
    if len(rows) > MOST_LEVELS:
        return grids, free
    while len(grids) < MOST_TABLES and (match := largest(rows)) is not None:
        bands, starts = match
        grids.append(as_grid(bands, starts))
        taken = {id(level) for band in bands for level in band}
        gone = {id(word) for band in bands for level in band for segment in level.segments for word in segment}
        rows = [level for level in rows if id(level) not in taken]
        free = [word for word in free if id(word) not in gone]
    return grids, free


def as_level(words: Sequence[Word]) -> Level:
    return Level(
        y=words[0].y,
        size=max(word.size for word in words),
        segments=tuple(tuple(segment) for segment in parted(words)),
    )


def largest(rows: Sequence[Level]) -> tuple[list[Band], list[float]] | None:
    """The rows of the table with most of them, and where its columns begin."""
    best: tuple[list[Band], list[float]] | None = None
    for x in starts_of_cells(rows):
        for crossed, run in itertools.groupby(rows, key=lambda level, x=x: level.crosses(x)):  # type: ignore[misc]
            if crossed:
                continue
            for bands in tables_at(list(run), x):
                if best is None or len(bands) > len(best[0]):
                    best = bands, [x]
    if best is None:
        return None
    bands, (first,) = best
    further = [x for x in starts_of_cells([level for band in bands for level in band]) if is_column(bands, x)]
    return bands, sorted({first, *(x for x in further if abs(x - first) > ALIGNED)})


def starts_of_cells(rows: Sequence[Level]) -> list[float]:
    """Where text begins in two lines or more, right of where most of it does: after a wide gap, or with none before."""
    edge = min((level.segments[0][0].x0 for level in rows), default=0.0) + NARROWEST
    starts = sorted(segment[0].x0 for level in rows for segment in level.segments if segment[0].x0 > edge)
    groups: list[list[float]] = []
    for x in starts:
        if groups and x - groups[-1][0] <= ALIGNED:
            groups[-1].append(x)
        else:
            groups.append([x])
    groups.sort(key=len, reverse=True)
    return [group[0] for group in groups[:MOST_STARTS] if len(group) > 1]


def is_column(bands: Sequence[Band], x: float) -> bool:
    """Whether a place parts all rows, and half of them have a cell that begins there."""
    if any(level.crosses(x) for band in bands for level in band):
        return False
    filled = sum(begins_at(band, x) for band in bands)
    return filled >= max(2, 0.5 * len(bands))


def begins_at(band: Band, x: float) -> bool:
    return any(abs(segment[0].x0 - x) <= ALIGNED for level in band for segment in level.segments)


def tables_at(run: Sequence[Level], x: float) -> Iterator[list[Band]]:
    """The tables among lines that a place parts: rows in a sequence that have text on both its sides."""
    for filled, group in itertools.groupby(bands_of(run, x), key=lambda band: is_row(band, x)):
        bands = list(group)
        if filled and is_like_a_table(bands, x):
            yield bands


def bands_of(run: Sequence[Level], x: float) -> Iterator[Band]:
    """Lines as rows of a table: the distance of lines in a cell tells which are further apart."""
    lead = step_of_lines(run, x)
    band: Band = []
    for level in run:
        if band and band[-1].y - level.y > ROOM * (lead or PLAIN_STEP * level.size):
            yield band
            band = []
        band.append(level)
    if band:
        yield band


def step_of_lines(run: Sequence[Level], x: float) -> float:
    """The least distance of two lines on one side of a place; 0 where there is none that lines of a cell can have."""
    steps = [
        one.y - after.y
        for side in (left_of, right_of)
        for one, after in itertools.pairwise([level for level in run if side(level, x)])
        if abs(one.size - after.size) < 0.3
        and one.size < one.y - after.y < 1.9 * one.size
    ]  # fmt: skip
    return min(steps, default=0.0)


def left_of(level: Level, x: float) -> Segments:
    return [segment for segment in level.segments if segment[0].x0 < x - ALIGNED]


def right_of(level: Level, x: float) -> Segments:
    return [segment for segment in level.segments if segment[0].x0 >= x - ALIGNED]


def is_row(band: Band, x: float) -> bool:
    """Whether some lines are a row: a few on both sides, those on the right set at the place."""
    left = [segment for level in band for segment in left_of(level, x)]
    right = [segment for level in band for segment in right_of(level, x)]
    if not left or not right or len(band) > 2 * MOST_LINES:
        return False
    return abs(min(segment[0].x0 for segment in right) - x) <= ALIGNED


def is_like_a_table(bands: Sequence[Band], x: float) -> bool:
    """Whether rows are those of a table, and not a list, a contents list, a form or columns of text."""
    lines = [max(sum(bool(side(level, x)) for level in band) for side in (left_of, right_of)) for band in bands]
    both = max(sum(bool(left_of(level, x)) and bool(right_of(level, x)) for level in band) for band in bands)
    few = len(bands) < FEWEST_ROWS and (len(bands) < FEWEST_LONG_ROWS or max(lines) == 1 or both > 1)
    if few or max(lines) > MOST_LINES:
        return False
    if max(lines) == 1 and not any(len(words) > 1 for words in sides_of(bands, x, right_of)):
        return False
    lefts = [" ".join(word.text for word in words) for words in sides_of(bands, x, left_of)]
    rights = [" ".join(word.text for word in words) for words in sides_of(bands, x, right_of)]
    listed = sum(opens_item(level) for band in bands for level in band)
    paged = sum(any(ends_in_page(level) for level in band) for band in bands)
    form = sum(left.endswith(":") or "__" in left + right for left, right in zip(lefts, rights, strict=True))
    dotted = sum("...." in text or "……" in text for text in (*lefts, *rights))
    return not dotted and 4 * listed < len(bands) and 2 * max(paged, form) < len(bands)


def opens_item(level: Level) -> bool:
    """Whether a label is beside text, as in a list; a number among several columns is a cell."""
    texts = [" ".join(word.text for word in segment) for segment in level.segments]
    return len(texts) <= MOST_OF_ITEM and any(LABEL.fullmatch(text) or BULLET.match(text) for text in texts)


def ends_in_page(level: Level) -> bool:
    """Whether the last piece of a line is a page or a figure, as in a contents list."""
    last = " ".join(word.text for word in level.segments[-1])
    return len(level.segments) > 1 and bool(PAGE.fullmatch(last))


def sides_of(bands: Sequence[Band], x: float, side: Side) -> list[list[Word]]:
    """The words of each row on one side of a place."""
    return [[word for level in band for segment in side(level, x) for word in segment] for band in bands]


def as_grid(bands: Sequence[Band], starts: Sequence[float]) -> Grid:
    """The rows as a table; each piece of a line is in the last column that begins before it."""
    cells = []
    for band in bands:
        row: list[list[list[Word]]] = [[] for _ in range(len(starts) + 1)]
        for level in band:
            for column, pieces in itertools.groupby(
                level.segments, key=lambda segment: sum(segment[0].x0 >= x - ALIGNED for x in starts)
            ):
                row[column].append([word for piece in pieces for word in piece])
        cells.append(tuple(tuple(rows_of(lines)) for lines in row))
    words = [word for band in bands for level in band for segment in level.segments for word in segment]
    top = bands[0][0]
    return Grid(
        cells=tuple(cells),
        y=top.y + top.size,
        columns=(min(word.x0 for word in words), *starts, max(word.x1 for word in words)),
    )
