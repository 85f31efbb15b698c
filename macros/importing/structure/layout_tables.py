"""Cuts paragraphs at their line breaks, and unfolds tables that only lay out text into paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from ..document import Block, Paragraph, Span, Table, words
from ..labels import Kind, label_of

Row = list[tuple[Paragraph, ...]]
"""The filled cells of a row."""
LONGEST_NUMBER = 5
"""Words of a cell that only numbers the text beside it."""


class TableUse(StrEnum):
    """What a table is for."""

    EMPTY = "empty"
    BOX = "box"
    """It draws a frame around text."""
    NUMBERED_CLAUSES = "numbered clauses"
    """It sets numbers beside their clauses."""
    DATA = "data"


def pieces(block: Block) -> Iterator[Block]:
    """A paragraph cut at its line breaks, or a table unfolded if it only lays out text."""
    if isinstance(block, Table):
        yield from unfolded(block)
    elif "\n" in block.text:
        yield from cut_at_breaks(block)
    elif block.text.strip() or block.picture:
        yield block


def cut_at_breaks(block: Paragraph) -> Iterator[Paragraph]:
    """A paragraph cut at those line breaks after which something new begins."""
    run: list[Span] = []
    label = block.label
    for row in rows(block.spans):
        if begins_anew(run, row):
            yield replace(block, spans=tuple(run), label=label)
            run, label = [], ""
        run += [*([Span(" ")] if run else []), *row]
    if "".join(span.text for span in run).strip():
        yield replace(block, spans=tuple(run), label=label)


def begins_anew(run: Sequence[Span], row: Sequence[Span]) -> bool:
    """Whether a row within a paragraph is one of its own: labelled, after a full stop, or not in lower case."""
    before = "".join(span.text for span in run).rstrip()
    text = "".join(span.text for span in row).lstrip()
    if not before or not text:
        return False
    return label_of(text)[0] is not None or not text[0].islower() or before.endswith((".", ":"))


def rows(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans cut at their line breaks."""
    cut: list[list[Span]] = [[]]
    for span in spans:
        for position, text in enumerate(span.text.split("\n")):
            if position:
                cut.append([])
            if text:
                cut[-1].append(replace(span, text=text))
    return cut


def unfolded(table: Table) -> Iterator[Block]:
    """A table of data as it is; one that only lays out text, as the paragraphs it holds."""
    filled = filled_rows(table)
    use = use_of(filled)
    if use is TableUse.DATA:
        yield table
    for row in filled if use in (TableUse.BOX, TableUse.NUMBERED_CLAUSES) else ():
        paragraphs = number_and_text(row) if use is TableUse.NUMBERED_CLAUSES and is_numbered(row) else in_cells(row)
        yield from (piece for paragraph in paragraphs for piece in pieces(paragraph))


def filled_rows(table: Table) -> list[Row]:
    """The rows of a table without empty cells and empty rows."""
    return [filled for row in table.rows if (filled := [cell for cell in row if cell])]


def use_of(rows: Sequence[Row]) -> TableUse:
    """What a table is for, by its filled cells."""
    widest = max(map(len, rows), default=0)
    if not rows:
        return TableUse.EMPTY
    if widest == 1 and (len(rows) == 1 or all(len(row[0]) > 1 for row in rows)):
        return TableUse.BOX
    numbers = sum(is_numbered(row) and number_kind(row) in (Kind.DOTTED, Kind.COMPOUND) for row in rows)
    if widest == 2 and numbers >= 2 and numbers >= 0.6 * len(rows):
        return TableUse.NUMBERED_CLAUSES
    return TableUse.DATA


def is_numbered(row: Row) -> bool:
    """Whether a row has two cells, of which the first is short enough for a number."""
    return len(row) == 2 and len(row[0]) == 1 and len(words(row[0][0].text)) <= LONGEST_NUMBER


def number_kind(row: Row) -> Kind | None:
    """The kind of label that the first cell of a row is."""
    first = row[0][0]
    label, _ = label_of(f"{first.label} {first.text} Text".strip())
    return label.kind if label else None


def number_and_text(row: Row) -> Iterator[Paragraph]:
    """The paragraphs of the second cell, the number of the first before them."""
    first, lead = row[0][0], row[1][0]
    yield replace(lead, spans=(Span(f"{first.label or first.text.strip()}\t"), *lead.spans))
    yield from row[1][1:]


def in_cells(row: Row) -> Iterator[Paragraph]:
    return (paragraph for cell in row for paragraph in cell)


def has_side_headings(block: Block, total: int) -> bool:
    """Whether a table is most of the paper and only sets short headings beside their text."""
    if not isinstance(block, Table) or len(block.rows) < 3 or len(words(block.text)) < 0.6 * total:
        return False
    rows = [[cell for cell in row if cell] for row in block.rows]
    short_first = all(len(row) == 2 and len(row[0]) == 1 and len(words(row[0][0].text)) <= 8 for row in rows)
    return short_first and sum(len(words(one.text)) for row in rows for one in row[1]) >= 6 * len(rows)


def side_headings(block: Block) -> Iterator[Block]:
    """The paragraphs of such a table, its headings in bold."""
    assert isinstance(block, Table)
    for row in block.rows:
        first, rest = (cell for cell in row if cell)
        yield replace(first[0], spans=tuple(replace(span, bold=True) for span in first[0].spans))
        yield from (piece for paragraph in rest for piece in pieces(paragraph))
