"""One page of a PDF: words and drawn lines → tables and lines of text in the order of reading."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .xml import RAISED

TOUCH = 3.5
"""Points within which lines of a table meet."""
RAISED_SIZE = 0.86
"""A mark of a note is at most this part of the size of the words around it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    text: str
    x0: float
    x1: float
    y: float
    """Baseline, in points from the page's bottom."""
    size: float
    bold: bool = False
    italic: bool = False
    slanted: bool = False
    after: bool = False
    """Whether it follows the word before it without a space."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A drawn line."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line of text."""

    words: tuple[Word, ...]
    y: float
    edge: float = 0.0
    """How far right its column reaches."""

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(sign.isalnum() for sign in word.text))

    @property
    def text(self) -> str:
        return "".join(f"{gap}{word.text}" for gap, word in spaced(self.words))

    @property
    def gaps(self) -> int:
        """How many wide gaps it has, as the rows of a table without lines do."""
        return sum(gap == "\t" for gap, _ in spaced(self.words))


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table made of lines: for each row its cells, each a list of rows of text."""

    cells: tuple[tuple[tuple[Row, ...], ...], ...]
    y: float
    columns: tuple[float, ...]


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
            and any(-1.0 <= word.x0 - other.x1 <= 0.6 * level[1] or -1.0 <= other.x0 - word.x1 <= 0.6 * level[1] for other in level[2])
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


def spaced(words: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """Each word with what stands before it: nothing, a space, or a tab for a wide gap."""
    before: Word | None = None
    for word in words:
        gap = 0.0 if before is None else word.x0 - before.x1
        if before is None or word.after or gap < 0.1 * word.size or (word.text[0] in ",.;:)" and gap < 0.5 * word.size):
            yield "", word
        else:
            yield ("\t" if gap > max(9.0, 1.1 * word.size) and not dotted(before.text) else " "), word
        before = word


def dotted(text: str) -> bool:
    return bool(re.fullmatch(r"[.…]{3,}", text))


# Tables


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
        middle = (word.x0 + word.x1) / 2
        return (
            self.xs[0] - 2 <= middle <= self.xs[-1] + 2
            and self.ys[-1] - 2 <= word.y + 0.3 * word.size <= self.ys[0] + 2
        )

    def grid(self, words: Sequence[Word]) -> Grid:
        cells: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            cells.setdefault(self.cell(word), []).append(word)
        rows = tuple(
            tuple(tuple(rows_of(levels(cells.get((row, column), []))))
                  for column in range(self.columns))
            for row in range(self.rows)
        )  # fmt: skip
        return Grid(cells=rows, y=self.ys[0], columns=self.xs)

    def cell(self, word: Word) -> tuple[int, int]:
        """The row and column of a word; of a merged cell, those where it begins."""
        x, y = (word.x0 + word.x1) / 2, word.y + 0.3 * word.size
        column = max(0, min(self.columns - 1, sum(x >= edge for edge in self.xs) - 1))
        row = max(0, min(self.rows - 1, sum(y <= edge for edge in self.ys) - 1))
        while column > 0 and not crossed(self.down, self.xs[column], y):
            column -= 1
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        while row > 0 and not crossed(self.across, self.ys[row], middle):
            row -= 1
        return row, column


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


def meets(across: Rule, down: Rule) -> bool:
    return across.start - TOUCH <= down.at <= across.end + TOUCH and down.start - TOUCH <= across.at <= down.end + TOUCH


def distinct(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > TOUCH:
            found.append(value)
    return found
