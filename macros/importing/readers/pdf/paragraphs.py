"""Lines of a PDF joined into the paragraphs they were: by label, look, distance and the room that was left."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...document import Block, Paragraph, Role, Span, Style, Table, words
from ...labels import Kind, label_of
from .page import Page
from .tables import Grid
from .words import Row, spaced

ENDS = re.compile(r"[.!?:;][\"”’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
HYPHENATED = re.compile(r"([^\W\d_]+)-$")
KEPT_HYPHENS = frozenset(
    [
        "self",
        "non",
        "well",
        "co",
        "re",
        "anti",
        "cyber",
        "multi",
        "post",
        "pre",
        "ex",
        "sub",
        "inter",
        "intra",
        "semi",
        "cross",
        "under",
        "over",
        "long",
        "short",
        "high",
        "low",
        "part",
        "full",
        "whole",
        "half",
        "e",
        "on",
        "off",
        "in",
        "out",
        "up",
        "year",
        "age",
        "child",
        "face",
        "follow",
        "one",
        "two",
        "three",
        "day",
        "vice",
    ]
)
"""First halves that keep their hyphen when a line breaks after it."""


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
        if run and opens_anew(run, piece, facts):
            yield as_paragraph(run, page, facts)
            run = []
        run.append(piece)
    if run:
        yield as_paragraph(run, page, facts)


def opens_anew(run: Sequence[Row], row: Row, facts: Facts) -> bool:
    """Whether a line begins a paragraph, judged by its label, look, distance and the room left on the line before."""
    before = run[-1]
    size = max(before.size, 1.0)
    if abs(row.size - before.size) > 0.06 * size + 0.3 or row.y >= before.y:
        # Another size, or another column: only a broken sentence goes on.
        return not (
            row.y >= before.y
            and abs(row.size - before.size) < 0.5
            and not ENDS.search(before.text)
            and row.text[:1].islower()
        )
    step = (before.y - row.y) / size
    if step > 1.35 * facts.leading + 0.1:
        return True
    label, _ = label_of(row.text)
    if label is not None and not (label.weak and not before_is_short(before, row)):
        unfinished = not ENDS.search(before.text) and not before_is_short(before, row)
        sure = label.kind in (Kind.BULLET, Kind.DOTTED, Kind.COMPOUND, Kind.NAMED) and label.raw not in (
            "-",
            "–",
            "—",
            ">",
            "*",
        )
        if sure or not unfinished or abs(row.x0 - run[0].x0) < 3 or label.kind is Kind.LETTERED:
            return True
    if row.bold != before.bold and (row.bold or all(found.bold for found in run)):
        return True
    if row.gaps or (before.gaps and len(run) == 1 and not label_of(before.text)[0]):
        return not (label_of(run[0].text)[0] and not row.gaps)
    if before_is_short(before, row):
        return True
    first = run[0]
    inner = text_start(first)
    return len(run) > 1 and row.x0 > max(inner, run[-1].x0) + 14 and not label_of(first.text)[0]


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
        said = list(row_spans(row))
        if position:
            spans, said = broken(spans, said, facts)
        spans += said
    first = rows[0]
    return Paragraph(
        spans=tuple(merged(spans)),
        place=f"page {page}",
        page=page,
        role=role,
        style=Style(size=first.size, indent=round(first.x0 / 3) * 3.0),
    )


def row_spans(row: Row) -> Iterator[Span]:
    for gap, word in spaced(row.words):
        yield Span(f"{gap}{word.text}", bold=word.bold, italic=word.italic)


def broken(spans: list[Span], said: list[Span], facts: Facts) -> tuple[list[Span], list[Span]]:
    """Join the end of a line and the beginning of the next: a space, or a word that was hyphenated."""
    last = spans[-1]
    match = HYPHENATED.search(last.text)
    following = words(said[0].text)
    if match and following and said[0].text.strip()[:1].islower():
        whole = match[1].lower() + following[0].lower()
        dashed = f"{match[1].lower()}-{following[0].lower()}"
        address = re.search(r"(?:https?://|www\.)\S*$", "".join(span.text for span in spans))
        keeps = dashed in facts.vocabulary or (match[1].lower() in KEPT_HYPHENS and whole not in facts.vocabulary)
        if not keeps and not address:
            spans = [*spans[:-1], replace(last, text=last.text[:-1])]
        return spans, said
    if last.text.endswith(("/", "\N{NON-BREAKING HYPHEN}")) or match:
        return spans, said
    return spans, [replace(said[0], text=f" {said[0].text}"), *said[1:]]


def merged(spans: Sequence[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in spans:
        if held is not None and (held.bold, held.italic) == (span.bold, span.italic):
            held = replace(held, text=held.text + span.text)
        else:
            if held is not None:
                yield held
            held = span
    if held is not None:
        yield held


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
