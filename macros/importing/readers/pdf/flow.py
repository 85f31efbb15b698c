"""The pages of a PDF as one stream: running lines set apart, lines joined into paragraphs, notes at their marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...document import Block, Paper, Paragraph, Role, Span, Table, count_letters
from ...labels import label_of
from .footnotes import SUPERSCRIPTS, as_note, parted_notes, place_notes
from .page import Page
from .paragraphs import ENDS, Facts, as_paragraph, as_table, broken, facts_of, merged, paragraphs
from .running_lines import running
from .tables import Grid
from .words import Row


def flow(pages: Sequence[Page], remarks: Sequence[str]) -> Paper:
    """All pages as paragraphs and tables, furniture marked with its role."""
    furniture = running(pages)
    facts = facts_of(pages)
    reach = reaches(pages, furniture)
    blocks: list[Block] = []
    for page in pages:
        kept: list[Row | Grid] = []
        for piece in page.pieces:
            role = furniture.get((page.number, id(piece)))
            if role is None:
                kept.append(piece)
            elif isinstance(piece, Row):
                blocks.append(as_paragraph([piece], page.number, facts, role))
            else:
                blocks.append(replace(as_table(piece, page.number, facts), role=role))
        blocks += [
            Paragraph(spans=(Span(mark),), place=f"page {page.number}", role=Role.MARK, page=page.number)
            for mark in page.marks
        ]
        body, notes = parted_notes([within(piece, reach[page.width]) for piece in kept], facts, page)
        made = list(paragraphs(body, page.number, facts))
        join_over_page(blocks, made, facts)
        blocks += made
        place_notes(blocks, [as_note(block) for block in paragraphs(notes, page.number, facts)])
    told = count_letters(
        block.text if isinstance(block, Paragraph) else " ".join(found.text for found in block.paragraphs)
        for block in blocks
    )
    seen = count_letters(word.text for page in pages for word in page.words)
    raised = sum(len(found) for block in blocks for found in SUPERSCRIPTS.findall(block.text))
    return Paper(blocks=tuple(joined_tables(blocks)), remarks=tuple(remarks), missed=max(seen - told - raised, 0))


def reaches(pages: Sequence[Page], furniture: Mapping[tuple[int, int], Role]) -> dict[float, float]:
    """How far the lines of text reach on pages of each width."""
    reach: dict[float, float] = {page.width: 0.0 for page in pages}
    for page in pages:
        for piece in page.pieces:
            if isinstance(piece, Row) and (page.number, id(piece)) not in furniture:
                reach[page.width] = max(reach[page.width], piece.x1)
    return reach


def within(piece: Row | Grid, reach: float) -> Row | Grid:
    """A foot of the page set wider than the text would make every line of the text look short."""
    return replace(piece, edge=min(piece.edge, reach)) if isinstance(piece, Row) else piece


def join_over_page(blocks: list[Block], made: list[Block], facts: Facts) -> None:
    """A sentence that runs over the page's end is one paragraph."""
    last = next((at for at in range(len(blocks) - 1, -1, -1) if blocks[at].role is Role.BODY), None)
    if last is None or not made:
        return
    before, after = blocks[last], made[0]
    if not isinstance(before, Paragraph) or not isinstance(after, Paragraph):
        return
    text = after.text.strip()
    goes_on = text[:1].islower() or (
        not ENDS.search(before.text) and before.text.rstrip().endswith((",", "and", "or", "the", "of", "to", "-"))
    )
    alike = abs(before.style.size - after.style.size) < 0.5
    if goes_on and alike and label_of(text)[0] is None and not ENDS.search(before.text):
        spans, said = broken(list(before.spans), list(after.spans), facts)
        blocks[last] = replace(before, spans=tuple(merged([*spans, *said])))
        del made[0]


def joined_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """A table that goes on over the page is one; a head repeated there is a running line."""
    held: Table | None = None
    between: list[Block] = []
    for block in blocks:
        if (
            held is not None
            and isinstance(block, Table)
            and block.role is held.role is Role.BODY
            and same_columns(held, block)
            and between
        ):
            repeated = held.rows[0] == block.rows[0] or row_text(held.rows[0]) == row_text(block.rows[0])
            yield from between
            if repeated and len(block.rows) > 1:
                yield Table(rows=block.rows[:1], place=block.place, page=block.page, role=Role.RUNNING_LINE)
            held, between = replace(held, rows=(*held.rows, *(block.rows[1:] if repeated else block.rows))), []
        elif held is not None and block.role not in (Role.BODY, Role.NOTE):
            between.append(block)
        else:
            if held is not None:
                yield held
                yield from between
            held, between = (block, []) if isinstance(block, Table) else (None, [])
            if held is None:
                yield block
    if held is not None:
        yield held
        yield from between


def same_columns(one: Table, other: Table) -> bool:
    return len(one.rows[0]) == len(other.rows[0])


def row_text(row: Sequence[Sequence[Paragraph]]) -> str:
    return "|".join(" ".join(found.text for found in cell) for cell in row)


# Notes
