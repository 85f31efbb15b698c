"""Joins the lines of a PDF into the paragraphs they were, by label, look, distance and the room that was left."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ...document import Block, Paragraph, Role, Span, Style, Table, merge_spans, words
from ...labels import Kind, label_of
from .page import Page
from .tables import Grid
from .words import Row, spaced

ENDS = re.compile(r"[.!?:;][\"”’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
HYPHENATED = re.compile(r"([^\W\d_]+)-$")
KEEPS_HYPHEN = frozenset(
    {"self", "non", "well", "co", "re", "anti", "cyber", "multi", "post", "pre", "ex", "sub", "inter",
     "intra", "semi", "cross", "under", "over", "long", "short", "high", "low", "part", "full", "whole",
     "half", "e", "on", "off", "in", "out", "up", "year", "age", "child", "face", "follow", "one", "two",
     "three", "day", "vice"}
)  # fmt: skip
"""First halves that keep their hyphen when a line breaks after it."""
SURE_LABELS = (Kind.BULLET, Kind.DOTTED, Kind.COMPOUND, Kind.NAMED)
LEADS_ON = re.compile(
    r"(?:^|\s)(?:a|an|and|are|as|at|be|by|for|from|has|have|in|into|is|its|must|of|on|or|our|see|should|than|that|the|their|these|this|"
    r"those|to|was|were|when|which|who|will|with|your)$",
    re.IGNORECASE,
)
"""A word that ends no sentence and no heading."""
BODY_NAME = re.compile(r"\b(?:school|academy|college|council|trust|federation|nursery|diocese)$", re.IGNORECASE)
"""The end of a line that names who made the paper, above its title."""
LARGE = 3.0
"""Points above the size of the text from which on lines are those of a title."""
MOST_LARGE = 4
"""Lines of a title at most."""
LONGEST_NAME = 6
"""Words of a school's name."""
WIDE = 2.2
"""Lines of text apart, times the usual leading, up to which a sentence can run on."""
MOST = 0.75
HALF = 0.45
"""The part of its column that a line fills at least where its sentence is only broken after it."""
DASHES = ("-", "–", "—", ">", "*")
"""Bullets that may as well be dashes in a sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What holds for the whole paper."""

    body: float
    leading: float
    """Usual distance of two lines of body text, as a part of its size."""
    vocabulary: frozenset[str]


def facts_of(pages: Sequence[Page]) -> Facts:
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    known: set[str] = set()
    for page in pages:
        rows = [piece for piece in page.pieces if isinstance(piece, Row)]
        for row in rows:
            sizes[row.size] += len(row.text)
        for word in page.words:
            known.add(word.text.strip(".,;:()‘’“”\"'!?").lower())
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    for page in pages:
        rows = [piece for piece in page.pieces if isinstance(piece, Row)]
        for one, after in itertools.pairwise(rows):
            step = one.y - after.y
            if one.size == after.size == body and 0.8 * body < step < 2.6 * body:
                steps[round(step / body, 2)] += 1
    # The smallest common step is that within paragraphs.
    common = [step for step, count in steps.items() if count >= 0.12 * sum(steps.values())]
    return Facts(body=body, leading=min(common, default=1.2), vocabulary=frozenset(known))


def paragraphs(pieces: Sequence[Row | Grid], page: int, facts: Facts) -> Iterator[Block]:
    run: list[Row] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            if run:
                yield as_paragraph(run, page, facts)
            run = []
            yield as_table(piece, page, facts)
            continue
        if run and begins_paragraph(run, piece, facts):
            yield as_paragraph(run, page, facts)
            run = []
        run.append(piece)
    if run:
        yield as_paragraph(run, page, facts)


@dataclass(frozen=True, slots=True)
class Context:
    """A line of a page, the lines of the paragraph so far, and what holds for the whole paper."""

    run: Sequence[Row]
    row: Row
    facts: Facts

    @property
    def before(self) -> Row:
        return self.run[-1]

    @property
    def size(self) -> float:
        return max(self.before.size, 1.0)


def another_size_or_column(at: Context) -> bool | None:
    """Text of another size or in another column goes on only with a broken sentence."""
    column = at.row.y >= at.before.y
    if abs(at.row.size - at.before.size) <= 0.06 * at.size + 0.3 and not column:
        return None
    unfinished = not ENDS.search(at.before.text) and at.row.text[:1].islower()
    if not column and unfinished and abs(at.row.words[0].size - at.before.words[-1].size) < 0.5:
        return None  # a line of two sizes
    return not (column and abs(at.row.size - at.before.size) < 0.5 and unfinished)


def large_lines(at: Context) -> bool | None:
    """Lines of a title go on, however short they are: a large size leaves room for few words."""
    size = at.row.size
    large = size > at.facts.body + LARGE and size == at.before.size and at.row.bold == at.before.bold
    close = 0 < at.before.y - at.row.y <= 1.5 * size
    apart = (
        ":" in at.row.text + at.before.text or label_of(at.row.text)[0] is not None or BODY_NAME.search(at.before.text)
    )
    if not (large and close) or apart:
        return None
    return only_label(at.run[0].text) or len(at.run) >= MOST_LARGE


def only_label(text: str) -> bool:
    """Whether a line is a label alone: “Appendix 1”."""
    mark, end = label_of(text)
    return mark is not None and not text[end:].strip()


def name_of_body(at: Context) -> bool | None:
    """A bold line that is no more than the name of a school stands alone above a title."""
    name, end = at.before.text, BODY_NAME.search(at.before.text)
    alone = len(at.run) == 1 and at.before.bold and at.row.bold and name.istitle()
    return True if end and alone and len(name.split()) <= LONGEST_NAME and at.row.text[:1].isupper() else None


def wide_gap_above(at: Context) -> bool | None:
    """A line far below the one before it begins a paragraph, unless a sentence runs on in widely set lines."""
    gap = (at.before.y - at.row.y) / at.size
    runs_on = at.row.text[:1].islower() and not ENDS.search(at.before.text) and fills(at.before, MOST)
    return True if gap > (WIDE if runs_on else 1.35) * at.facts.leading + 0.1 else None


def label(at: Context) -> bool | None:
    """A line with a label begins a paragraph, unless it can be a broken line that only looks so."""
    mark, end = label_of(at.row.text)
    fits = before_is_short(at.before, at.row)
    if mark is None or (mark.weak and not fits):
        return None
    if mark.kind is Kind.NAMED and at.row.text[:1].islower() and not ENDS.search(at.before.text):
        return False  # “set out in” “appendix 1.”
    if mark.kind is Kind.DOTTED and at.row.text[end : end + 1].islower() and leads_on(at.before.text):
        return False  # a reference: “(see” “9.2 above)”
    sure = mark.kind in SURE_LABELS and mark.raw not in DASHES
    unfinished = not ENDS.search(at.before.text) and not fits
    at_start = abs(at.row.x0 - at.run[0].x0) < 3
    return True if sure or not unfinished or at_start or mark.kind is Kind.LETTERED else None


def another_weight(at: Context) -> bool | None:
    """Bold after text, or text after a paragraph in bold, begins a paragraph."""
    begun = at.before.words[-1].bold and not ENDS.search(at.before.text)  # the words in bold run over the line's end
    if at.row.bold == at.before.bold or (at.row.text[:1].islower() and (begun or leads_on(at.before.text))):
        return None
    return True if at.row.bold or all(row.bold for row in at.run) else None


def row_of_a_table(at: Context) -> bool | None:
    """Lines with wide gaps are rows of a table without drawn lines, unless a label opened the paragraph."""
    lone_row = at.before.gaps and len(at.run) == 1 and not label_of(at.before.text)[0]
    if not at.row.gaps and not lone_row:
        return None
    if lone_row and not at.row.gaps and abs(at.row.x0 - last_cell(at.before)) < 3:
        return False  # the rest of its last cell
    return bool(at.row.gaps) or label_of(at.run[0].text)[0] is None


def sentence_goes_on(at: Context) -> bool | None:
    """A line that can only be the rest of a sentence, however short the line before it is."""
    if label_of(at.row.text)[0] is not None or ENDS.search(at.before.text):
        return None
    if leads_on(at.before.text):
        return False
    return False if at.row.text[:1].islower() and fills(at.before, HALF) else None


def fills(row: Row, part: float) -> bool:
    """Whether a line takes up a part of its column's width."""
    return row.x1 - row.x0 >= part * (row.edge - row.x0)


def last_cell(row: Row) -> float:
    """Where the text after the last wide gap of a line begins."""
    return [word.x0 for gap, word in spaced(row.words) if gap == "\t"][-1]


def leads_on(text: str) -> bool:
    """Whether a line cannot end its sentence: it ends in “the” or within brackets."""
    return bool(LEADS_ON.search(text)) or text.count("(") > text.count(")")


def room_left(at: Context) -> bool | None:
    """A line begins a paragraph if its first word would still have fitted on the line before."""
    return True if before_is_short(at.before, at.row) else None


def indented(at: Context) -> bool | None:
    """A line set further in than the lines before it begins a paragraph, unless they hang on a label."""
    deeper = at.row.x0 > max(text_start(at.run[0]), at.before.x0) + 14
    return len(at.run) > 1 and deeper and label_of(at.run[0].text)[0] is None


RULES: tuple[Callable[[Context], bool | None], ...] = (
    another_size_or_column, large_lines, name_of_body, wide_gap_above, label, another_weight, row_of_a_table,
    sentence_goes_on, room_left, indented,
)  # fmt: skip
"""In order: the first that knows decides."""


def begins_paragraph(run: Sequence[Row], row: Row, facts: Facts) -> bool:
    """Whether a line begins a paragraph, judged by its label, look, distance and the room left on the line before."""
    context = Context(run, row, facts)
    return next((answer for rule in RULES if (answer := rule(context)) is not None), False)


def before_is_short(before: Row, row: Row) -> bool:
    """Whether the next line's first word would still have fitted on the line before."""
    first = row.words[0]
    room = before.edge - before.x1
    return room > (first.x1 - first.x0) + 0.35 * before.size + 2 and room > 0.04 * before.edge


def text_start(row: Row) -> float:
    """Where the words of a line begin, after its label."""
    label, end = label_of(row.text)
    if label is None:
        return row.x0
    seen = 0
    for gap, word in spaced(row.words):
        seen += len(gap)
        if seen >= end:
            return word.x0
        seen += len(word.text)
    return row.x0


def as_paragraph(rows: Sequence[Row], page: int, facts: Facts, role: Role = Role.BODY) -> Paragraph:
    spans: list[Span] = []
    for position, row in enumerate(rows):
        following = list(row_spans(row))
        spans = joined(spans, following, facts) if position else following
    first = rows[0]
    return Paragraph(
        spans=tuple(merge_spans(spans)),
        place=f"page {page}",
        page=page,
        role=role,
        style=Style(size=first.size, indent=round(first.x0 / 3) * 3.0),
    )


def row_spans(row: Row) -> Iterator[Span]:
    for gap, word in spaced(row.words):
        yield Span(f"{gap}{word.text}", bold=word.bold, italic=word.italic)


def joined(spans: list[Span], following: list[Span], facts: Facts) -> list[Span]:
    """The spans of two lines, joined by a space, or into a word that was hyphenated."""
    last, first = spans[-1], following[0]
    match = HYPHENATED.search(last.text)
    if match and words(first.text) and first.text.strip()[:1].islower():
        if not keeps_hyphen(match[1], words(first.text)[0], spans, facts):
            spans = [*spans[:-1], replace(last, text=last.text[:-1])]
        return [*spans, *following]
    if last.text.endswith(("/", "\N{NON-BREAKING HYPHEN}")) or match:
        return [*spans, *following]
    return [*spans, replace(first, text=f" {first.text}"), *following[1:]]


def keeps_hyphen(first: str, second: str, spans: Sequence[Span], facts: Facts) -> bool:
    """Whether a hyphen at the end of a line belongs to the word, or to a web address."""
    first, second = first.lower(), second.lower()
    if f"{first}-{second}" in facts.vocabulary:
        return True
    if first in KEEPS_HYPHEN and f"{first}{second}" not in facts.vocabulary:
        return True
    return bool(re.search(r"(?:https?://|www\.)\S*$", "".join(span.text for span in spans)))


def as_table(grid: Grid, page: int, facts: Facts) -> Table:
    rows = tuple(
        tuple(
            tuple(block for block in paragraphs(with_edge(cell), page, facts) if isinstance(block, Paragraph))
            for cell in row
        )
        for row in grid.cells
    )
    return Table(rows=tuple(row for row in rows if any(row)), place=f"page {page}", page=page)


def with_edge(cell: Sequence[Row]) -> list[Row]:
    """The lines of a cell know only their own widths, so the widest tells how far it reaches."""
    edge = max((row.x1 for row in cell), default=0.0)
    return [replace(row, edge=edge) for row in cell]
