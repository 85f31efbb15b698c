"""Puts the lines of a PDF page in the order of reading: down one column, then the next."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..xml import RAISED
from .words import Row, Word

RAISED_SIZE = 0.86
"""A mark of a note is at most this part of the size of the words around it."""


def columns(words: list[Word], width: float) -> Iterator[Row]:
    """Lines in the order of reading: down one column, then the next."""
    segments = [segment for row in levels(words) for segment in parted(row)]
    yield from ordered(segments, width)


Level = tuple[float, float, list[Word]]
"""A baseline, its size, and the words on it."""


def levels(words: Sequence[Word]) -> list[list[Word]]:
    """Words that share a baseline, top of the page first."""
    baselines: list[Level] = []
    for word in sorted(words, key=lambda word: (-word.size, -word.y)):
        near = [level for level in baselines if abs(level[0] - word.y) <= 0.22 * max(level[1], word.size)]
        if near:
            min(near, key=lambda level: abs(level[0] - word.y))[2].append(word)
        elif raised := next((level for level in baselines if is_raised(word, level)), None):
            raised[2].append(as_raised(word, raised))
        else:
            baselines.append((word.y, word.size, [word]))
    return [sorted(level[2], key=lambda word: word.x0) for level in sorted(baselines, key=lambda level: -level[0])]


def is_raised(word: Word, level: Level) -> bool:
    """Whether a small word is close beside a larger one, a little above or below its baseline."""
    y, size, others = level
    if word.size > RAISED_SIZE * size or not -0.25 * size < word.y - y < 0.75 * size:
        return False
    return any(-1.0 <= gap <= 0.6 * size for other in others for gap in (word.x0 - other.x1, other.x0 - word.x1))


def as_raised(word: Word, level: Level) -> Word:
    """A small word as part of a line: a figure above the baseline is the mark of a note."""
    y, size, _ = level
    mark = word.text.strip()
    if mark.isdigit() and word.y > y + 0.12 * size:
        return replace(word, text=mark.translate(RAISED), after=True, size=size)
    return replace(word, size=size)


def parted(level: Sequence[Word]) -> Iterator[list[Word]]:
    """A level of words cut at its widest gaps, such as that between two columns."""
    run: list[Word] = []
    for word in level:
        if run and word.x0 - run[-1].x1 > max(8.0, 0.8 * word.size):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def ordered(segments: list[list[Word]], width: float) -> Iterator[Row]:
    """Segments by the widest gutter that parts two columns of text; else line by line."""
    gutter = find_gutter(segments, width)
    if gutter is None:
        yield from rows_of(segments)
        return
    between = [segment for segment in segments if gutter.low <= segment[0].y <= gutter.high]
    yield from ordered([segment for segment in segments if segment[0].y > gutter.high], width)
    yield from ordered([segment for segment in between if segment[-1].x1 <= gutter.x + 1], width)
    yield from ordered([segment for segment in between if segment[-1].x1 > gutter.x + 1], width)
    yield from ordered([segment for segment in segments if segment[0].y < gutter.low], width)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gutter:
    """The space between two columns: where it is, and from which height down to which."""

    x: float
    high: float
    low: float
    lines: int
    """Lines of the shorter column."""


def find_gutter(segments: list[list[Word]], width: float) -> Gutter | None:
    """The gutter beside the most lines; None for a page of one column."""
    if len(segments) < 8:
        return None
    starts = Counter(round(segment[0].x0 / 4) for segment in segments if segment[0].x0 > 0.2 * width)
    candidates = [mark * 4 - 6.0 for mark, count in starts.most_common(6) if count >= 3]
    gutters = [gutter for x in candidates for gutter in gutters_at(x, segments, width)]
    best = max(gutters, key=lambda gutter: gutter.lines, default=None)
    return replace(best, low=foot(segments, best)) if best else None


def gutters_at(x: float, segments: Sequence[list[Word]], width: float) -> Iterator[Gutter]:
    """The gutters at a place: runs of segments that do not cross it and are two columns of text."""
    for crossed, run in groupby(segments, key=lambda segment: segment[0].x0 < x < segment[-1].x1):
        beside = [] if crossed else list(run)
        left = [segment for segment in beside if segment[-1].x1 <= x]
        right = [segment for segment in beside if segment[0].x0 >= x]
        columns_of_text = column_like(left, width) and column_like(right, width)
        if columns_of_text and len(left) + len(right) >= 12 and side_by_side(left, right):
            ys = [segment[0].y for segment in beside]
            yield Gutter(x=x, high=max(ys), low=min(ys), lines=min(len(left), len(right)))


def foot(segments: Sequence[list[Word]], gutter: Gutter) -> float:
    """The end of two columns: text across the page below them may be short, and is known by the space above it."""
    inside = [segment for segment in segments if gutter.low <= segment[0].y <= gutter.high]
    left = [segment[0] for segment in inside if segment[-1].x1 <= gutter.x]
    right = min(segment[0].y for segment in inside if segment[0].x0 >= gutter.x)
    for one, after in itertools.pairwise(left):
        if after.y < right - 2 and one.y - after.y > 1.7 * one.size and abs(one.y - right) < 4 * one.size:
            return min(one.y, right)
    return gutter.low


def column_like(segments: Sequence[Sequence[Word]], width: float) -> bool:
    """Whether segments are lines of running text rather than labels, figures or names."""
    if len(segments) < 3:
        return False
    letters = sum(len(word.text) + 1 for segment in segments for word in segment)
    wide = sorted(segment[-1].x1 - segment[0].x0 for segment in segments)[len(segments) // 2]
    return letters >= 60 and letters / len(segments) >= 16 and wide >= 0.17 * width


def side_by_side(left: Sequence[Sequence[Word]], right: Sequence[Sequence[Word]]) -> bool:
    tops = min(max(one[0].y for one in left), max(one[0].y for one in right))
    bottoms = max(min(one[0].y for one in left), min(one[0].y for one in right))
    return tops - bottoms > 30


def rows_of(segments: Sequence[Sequence[Word]]) -> list[Row]:
    """Segments on one baseline as one line, left to right; each line with how far others of its size reach."""
    runs: list[list[Word]] = []
    for segment in segments:
        if runs and abs(runs[-1][0].y - segment[0].y) <= 0.3 * max(runs[-1][0].size, segment[0].size):
            runs[-1] = [*runs[-1], *segment]
        else:
            runs.append(list(segment))
    reach: dict[float, float] = {}
    for run in runs:
        size = max(word.size for word in run)
        reach[size] = max(reach.get(size, 0.0), run[-1].x1)
    rows = []
    for run in runs:
        size = max(word.size for word in run)
        edge = max(end for other, end in reach.items() if other <= 1.3 * size)
        rows.append(Row(words=tuple(run), y=run[0].y, edge=edge))
    return rows
