"""Lines of text of a PDF page in the order of reading: down one column, then the next."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..xml import RAISED
from .words import Row, Word

RAISED_SIZE = 0.86
"""A mark of a note is at most this part of the size of the words around it."""


def columns(words: list[Word], width: float) -> Iterator[Row]:
    """Lines in the order of reading: down one column, then the next."""
    segments = [segment for row in levels(words) for segment in parted(row)]
    yield from ordered(segments, width)


def levels(words: Sequence[Word]) -> list[list[Word]]:
    """Words that share a baseline, top of the page first."""
    found: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=lambda word: (-word.size, -word.y)):
        near = [level for level in found if abs(level[0] - word.y) <= 0.22 * max(level[1], word.size)]
        raised = [
            level
            for level in found
            if word.size <= RAISED_SIZE * level[1] and -0.25 * level[1] < word.y - level[0] < 0.75 * level[1]
            and any(
                -1.0 <= gap <= 0.6 * level[1] for other in level[2] for gap in (word.x0 - other.x1, other.x0 - word.x1)
            )
        ]  # fmt: skip
        if near:
            best = min(near, key=lambda level: abs(level[0] - word.y))
            best[2].append(word)
        elif raised:
            up = raised[0]
            mark = word.text.strip()
            lifted = word.y > up[0] + 0.12 * up[1]
            up[2].append(
                replace(word, text=mark.translate(RAISED), after=True, size=up[1])
                if mark.isdigit() and lifted
                else replace(word, size=up[1])
            )
        else:
            found.append((word.y, word.size, [word]))
    return [sorted(level[2], key=lambda word: word.x0) for level in sorted(found, key=lambda level: -level[0])]


def parted(level: Sequence[Word]) -> Iterator[list[Word]]:
    """A level of words cut at its widest gaps, such as that between two columns."""
    run: list[Word] = []
    for word in level:
        if run and word.x0 - run[-1].x1 > max(9.0, 0.9 * word.size):
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
    middle, high, low = gutter
    above = [segment for segment in segments if segment[0].y > high]
    below = [segment for segment in segments if segment[0].y < low]
    between = [segment for segment in segments if low <= segment[0].y <= high]
    yield from ordered(above, width)
    yield from ordered([segment for segment in between if segment[-1].x1 <= middle + 1], width)
    yield from ordered([segment for segment in between if segment[-1].x1 > middle + 1], width)
    yield from ordered(below, width)


def find_gutter(segments: list[list[Word]], width: float) -> tuple[float, float, float] | None:
    """Where a gutter runs, and from which height down to which; None for a page of one column."""
    if len(segments) < 8:
        return None
    starts = Counter(round(segment[0].x0 / 4) for segment in segments if segment[0].x0 > 0.2 * width)
    best: tuple[int, float, float, float] | None = None
    for mark, count in starts.most_common(6):
        if count < 3:
            break
        middle = mark * 4 - 6.0
        run: list[list[Word]] = []
        for segment in [*segments, None]:
            if segment is not None and not (segment[0].x0 < middle < segment[-1].x1):
                run.append(segment)
                continue
            left = [found for found in run if found[-1].x1 <= middle]
            right = [found for found in run if found[0].x0 >= middle]
            if (
                column_like(left, width)
                and column_like(right, width)
                and len(left) + len(right) >= 12
                and side_by_side(left, right)
            ):
                score = min(len(left), len(right))
                if best is None or score > best[0]:
                    best = (score, middle, max(found[0].y for found in run), min(found[0].y for found in run))
            run = []
    return (best[1], best[2], foot(segments, best[1], best[2], best[3])) if best else None


def foot(segments: list[list[Word]], middle: float, high: float, low: float) -> float:
    """Where two columns end: text across the page below them may be short, and is told by the space above it."""
    inside = [segment for segment in segments if low <= segment[0].y <= high]
    left = [segment[0] for segment in inside if segment[-1].x1 <= middle]
    right = min(segment[0].y for segment in inside if segment[0].x0 >= middle)
    for one, after in itertools.pairwise(left):
        if after.y < right - 2 and one.y - after.y > 1.7 * one.size and abs(one.y - right) < 4 * one.size:
            return min(one.y, right)
    return low


def column_like(found: Sequence[Sequence[Word]], width: float) -> bool:
    """Whether segments are lines of running text rather than labels, figures or names."""
    if len(found) < 3:
        return False
    letters = sum(len(word.text) + 1 for segment in found for word in segment)
    wide = sorted(segment[-1].x1 - segment[0].x0 for segment in found)[len(found) // 2]
    return letters >= 60 and letters / len(found) >= 16 and wide >= 0.17 * width


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
    found = []
    for run in runs:
        size = max(word.size for word in run)
        edge = max(end for other, end in reach.items() if other <= 1.3 * size)
        found.append(Row(words=tuple(run), y=run[0].y, edge=edge))
    return found
