"""Joins the pages of a PDF into one text: running lines apart, lines as paragraphs, notes at their marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...document import Block, Paper, Paragraph, Role, Span, Table, count_letters, merge_spans
from ...labels import label_of
from .footnotes import SUPERSCRIPTS, as_note, parted_notes, place_notes, whole_notes
from .page import Page
from .paragraphs import ENDS, Facts, as_paragraph, as_table, facts_of, joined, paragraphs
from .running_lines import running, single_feet
from .tables import Grid
from .words import Row


def flow(pages: Sequence[Page], remarks: Sequence[str]) -> Paper:
    """All pages as paragraphs and tables, furniture marked with its role."""
    facts = facts_of(pages)
    furniture = running(pages)
    furniture |= single_feet(pages, furniture, facts.body)
    reach = reaches(pages, furniture)
    sideways = Counter(text for page in pages for text in page.turned)
    blocks: list[Block] = []
    for page in pages:
        text: list[Row | Grid] = []
        for piece in page.pieces:
            role = furniture.get((page.number, id(piece)))
            if role is None:
                text.append(piece)
            elif isinstance(piece, Row):
                blocks.append(as_paragraph([piece], page.number, facts, role))
            else:
                blocks.append(replace(as_table(piece, page.number, facts), role=role))
        blocks += [apart(words, page, Role.LOOSE) for words in (page.chart.texts if page.chart else ())]
        blocks += [apart(comment, page, Role.COMMENT) for comment in page.comments]
        blocks += [apart(mark, page, Role.MARK) for mark in page.marks]
        blocks += [apart(text, page, Role.RUNNING_LINE if sideways[text] > 1 else Role.LOOSE) for text in page.turned]
        body, notes = parted_notes([within(piece, reach[page.width]) for piece in text], facts, page)
        append_page(blocks, list(paragraphs(body, page.number, facts)), facts)
        if page.chart is not None:
            blocks.append(shown(page))
        place_notes(blocks, [as_note(block) for block in whole_notes(list(paragraphs(notes, page.number, facts)))])
    read = count_letters(
        block.text if isinstance(block, Paragraph) else " ".join(paragraph.text for paragraph in block.paragraphs)
        for block in blocks
    )
    printed = count_letters(word.text for page in pages for word in page.words)
    raised = sum(len(marks) for block in blocks for marks in SUPERSCRIPTS.findall(block.text))
    return Paper(blocks=tuple(joined_tables(blocks)), remarks=tuple(remarks), missed=max(printed - read - raised, 0))


def apart(text: str, page: Page, role: Role) -> Paragraph:
    """Words of a page that are no part of its lines."""
    return Paragraph(spans=(Span(text),), place=f"page {page.number}", role=role, page=page.number)


def shown(page: Page) -> Paragraph:
    """The chart of a page as a picture at its place in the text."""
    return Paragraph(spans=(), place=f"page {page.number}", page=page.number, picture=picture_name(page.number))


def picture_name(number: int) -> str:
    return f"chart-page-{number}.png"


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


def append_page(blocks: list[Block], page: list[Block], facts: Facts) -> None:
    """Add the blocks of a page; a sentence that runs over the page's end is one paragraph."""
    last = next((at for at in range(len(blocks) - 1, -1, -1) if blocks[at].role is Role.BODY), None)
    before, after = blocks[last] if last is not None else None, page[0] if page else None
    if isinstance(before, Paragraph) and isinstance(after, Paragraph) and goes_on(before, after) and last is not None:
        spans = joined(list(before.spans), list(after.spans), facts)
        blocks[last] = replace(before, spans=tuple(merge_spans(spans)))
        page = page[1:]
    blocks += page


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph at the top of a page is the rest of the one at the foot of the page before."""
    text = after.text.strip()
    if ENDS.search(before.text) or label_of(text)[0] is not None:
        return False
    unfinished = text[:1].islower() or before.text.rstrip().endswith((",", "and", "or", "the", "of", "to", "-"))
    return unfinished and abs(before.style.size - after.style.size) < 0.5


def joined_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """A table that goes on over the page is one; a head repeated there is a running line."""
    table: Table | None = None
    between: list[Block] = []
    """What has come since the table: the furniture of the page's end."""
    for block in blocks:
        if table is not None and between and isinstance(block, Table) and continues(table, block):
            yield from between
            repeated = repeats_head(table, block)
            if repeated and len(block.rows) > 1:
                yield Table(rows=block.rows[:1], place=block.place, page=block.page, role=Role.RUNNING_LINE)
            table, between = replace(table, rows=(*table.rows, *(block.rows[1:] if repeated else block.rows))), []
        elif table is not None and block.role not in (Role.BODY, Role.NOTE):
            between.append(block)
        else:
            yield from ([table, *between] if table is not None else [])
            table, between = (block, []) if isinstance(block, Table) else (None, [])
            yield from ([block] if table is None else [])
    yield from ([table, *between] if table is not None else [])


def continues(table: Table, after: Table) -> bool:
    """Whether a table can be the rest of the one before it: both are text, with as many columns."""
    return after.role is table.role is Role.BODY and len(table.rows[0]) == len(after.rows[0])


def repeats_head(table: Table, after: Table) -> bool:
    return table.rows[0] == after.rows[0] or row_text(table.rows[0]) == row_text(after.rows[0])


def row_text(row: Sequence[Sequence[Paragraph]]) -> str:
    return "|".join(" ".join(paragraph.text for paragraph in cell) for cell in row)
