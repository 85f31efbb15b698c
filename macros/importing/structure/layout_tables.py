"""Paragraphs cut at their line breaks, and tables that only lay out text, as the paragraphs they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..document import Block, Span, Table, words
from ..labels import Kind, label_of


def pieces(block: Block) -> Iterator[Block]:
    """A paragraph at its line breaks, where what follows opens anew; numbered rows of a table as paragraphs."""
    if isinstance(block, Table):
        yield from numbered_rows(block)
        return
    if "\n" not in block.text:
        if block.text.strip():
            yield block
        return
    run: list[Span] = []
    label = block.label
    for row in rows(block.spans):
        text = "".join(span.text for span in row)
        before = "".join(span.text for span in run).rstrip()
        if (
            run
            and before
            and text.strip()
            and (label_of(text)[0] or not text.lstrip()[0].islower() or before.endswith((".", ":")))
        ):
            yield replace(block, spans=tuple(run), label=label)
            run, label = [], ""
        run += [*([Span(" ")] if run else []), *row]
    if "".join(span.text for span in run).strip():
        yield replace(block, spans=tuple(run), label=label)


def rows(spans: Sequence[Span]) -> list[list[Span]]:
    found: list[list[Span]] = [[]]
    for span in spans:
        for position, text in enumerate(span.text.split("\n")):
            if position:
                found.append([])
            if text:
                found[-1].append(replace(span, text=text))
    return found


def numbered_rows(table: Table) -> Iterator[Block]:
    """A table that only sets numbers beside their clauses, or boxes text, as the paragraphs it holds."""
    filled = [[cell for cell in row if cell] for row in table.rows]
    filled = [row for row in filled if row]
    if not filled:
        return
    widest = max(len(row) for row in filled)
    if widest == 1 and (len(filled) == 1 or all(len(row[0]) > 1 for row in filled)):
        for row in filled:
            yield from (piece for paragraph in row[0] for piece in pieces(paragraph))
        return
    numbers = [
        label_of(f"{row[0][0].label or ''} {row[0][0].text} Text".strip())[0]
        for row in filled
        if len(row) == 2 and len(row[0]) == 1
    ]
    alone = [
        label
        for row, label in zip((row for row in filled if len(row) == 2 and len(row[0]) == 1), numbers, strict=True)
        if label and label.kind in (Kind.DOTTED, Kind.COMPOUND) and len(words(row[0][0].text)) <= 5
    ]
    if widest == 2 and len(alone) >= 2 and len(alone) >= 0.6 * len(filled):
        for row in filled:
            first = row[0][0]
            if len(row) == 2 and len(row[0]) == 1 and len(words(first.text)) <= 5:
                lead = row[1][0]
                joined = replace(lead, spans=(Span(f"{first.label or first.text.strip()}\t"), *lead.spans))
                yield from (piece for paragraph in (joined, *row[1][1:]) for piece in pieces(paragraph))
            else:
                yield from (piece for cell in row for paragraph in cell for piece in pieces(paragraph))
        return
    yield table


def heads_beside(block: Block, total: int) -> bool:
    """Whether a table is most of the paper and only sets short headings beside their text."""
    if not isinstance(block, Table) or len(block.rows) < 3 or len(words(block.text)) < 0.6 * total:
        return False
    rows = [[cell for cell in row if cell] for row in block.rows]
    short_first = all(len(row) == 2 and len(row[0]) == 1 and len(words(row[0][0].text)) <= 8 for row in rows)
    return short_first and sum(len(words(found.text)) for row in rows for found in row[1]) >= 6 * len(rows)


def side_headings(block: Block) -> Iterator[Block]:
    assert isinstance(block, Table)
    for row in block.rows:
        first, rest = (cell for cell in row if cell)
        yield replace(first[0], spans=tuple(replace(span, bold=True) for span in first[0].spans))
        yield from (piece for paragraph in rest for piece in pieces(paragraph))
