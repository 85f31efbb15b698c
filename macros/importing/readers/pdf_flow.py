"""The pages of a PDF as one stream: running lines set apart, lines joined into paragraphs, notes at their marks."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..labels import Kind, label_of
from ..paper import Block, Paper, Paragraph, Role, Span, Style, Table, count_letters, words
from .pdf_page import Grid, Page, Row, spaced
from .xml import RAISED

MARGIN = 0.14
"""The part of a page, at its head and foot, where running lines stand."""
ALIKE = 0.35
"""The part of all pages on which a running line recurs at least."""
SAME_HEIGHT = 4.0
"""Points by which a running line may shift from page to page."""
ENDS = re.compile(r"[.!?:;][\"”’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
NUMBERED_PAGE = re.compile(
    r"(?:page|pg\.?)?\s*\|?\s*(\d{1,4})(?:\s*(?:of|/)\s*\d+)?(?:\s*\|\s*p\s*a\s*g\s*e)?", re.IGNORECASE
)
HYPHENATED = re.compile(r"([^\W\d_]+)-$")
KEPT_HYPHENS = frozenset(
    ["self", "non", "well", "co", "re", "anti", "cyber", "multi", "post", "pre", "ex", "sub", "inter", "intra", "semi", "cross", "under", "over", "long", "short", "high", "low", "part", "full", "whole", "half", "e", "on", "off", "in", "out", "up", "year", "age", "child", "face", "follow", "one", "two", "three", "day", "vice"]
)
"""First halves that keep their hyphen when a line breaks after it."""
NOTE_MARK = re.compile(r"^\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*")
SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What holds for the whole paper."""

    body: float
    leading: float
    """Usual distance of two lines of body text, as a part of its size."""
    vocabulary: frozenset[str]


def flow(pages: Sequence[Page], remarks: Sequence[str]) -> Paper:
    """All pages as paragraphs and tables, furniture marked with its role."""
    furniture = running(pages)
    facts = facts_of(pages)
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
        body, notes = parted_notes(kept, facts, page)
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


# Furniture


def running(pages: Sequence[Page]) -> dict[tuple[int, int], Role]:
    """The running lines and page numbers of every page, by page and piece."""
    found: dict[tuple[int, int], Role] = {}
    shapes: dict[str, list[tuple[Page, Row | Grid]]] = {}
    for page in pages:
        for piece in page.pieces:
            height = piece.y / page.height if page.height else 0.5
            if height < MARGIN or height > 1 - MARGIN:
                shapes.setdefault(shape(piece), []).append((page, piece))
    least = max(2, round(ALIKE * len(pages)))
    for same in shapes.values():
        for page, piece in same:
            alike = {other.number for other, twin in same if abs(twin.y - piece.y) <= SAME_HEIGHT}
            if len(alike) >= least:
                role = Role.PAGE_NUMBER if NUMBERED_PAGE.fullmatch(piece_text(piece).strip()) else Role.RUNNING_LINE
                found[page.number, id(piece)] = role
    for page in pages:
        edge = [piece for piece in page.pieces if isinstance(piece, Row)]
        for piece in {id(row): row for row in [*edge[:2], *edge[-2:]]}.values():
            match = NUMBERED_PAGE.fullmatch(piece.text.strip())
            away = piece.y / page.height if page.height else 0.5
            if match and (away < MARGIN or away > 1 - MARGIN) and (not piece.text.strip().isdigit() or len(pages) > 1):
                found[page.number, id(piece)] = Role.PAGE_NUMBER
    return found


def piece_text(piece: Row | Grid) -> str:
    if isinstance(piece, Row):
        return piece.text
    return " ".join(row.text for cells in piece.cells for cell in cells for row in cell)


def shape(piece: Row | Grid) -> str:
    return " ".join(re.sub(r"\d+", "0", piece_text(piece)).lower().split())


# Paragraphs


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
        keeps = dashed in facts.vocabulary or (match[1].lower() in KEPT_HYPHENS and whole not in facts.vocabulary)
        if not keeps:
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


def parted_notes(pieces: Sequence[Row | Grid], facts: Facts, page: Page) -> tuple[list[Row | Grid], list[Row | Grid]]:
    """The footnotes of a page: small lines at its foot of which the first opens with a raised figure."""
    start = len(pieces)
    while start > 0:
        piece = pieces[start - 1]
        if not isinstance(piece, Row) or piece.size > 0.93 * facts.body:
            break
        start -= 1
    while start < len(pieces):
        piece = pieces[start]
        if isinstance(piece, Row) and (NOTE_MARK.match(piece.text) or re.match(r"\d{1,2}\s*[A-Z‘“\"(h]", piece.text)):
            break
        start += 1
    if start == len(pieces) or pieces[start].y > 0.6 * page.height:
        return list(pieces), []
    return list(pieces[:start]), list(pieces[start:])


def as_note(block: Block) -> Block:
    """A footnote with its mark raised, as it is in the text."""
    if not isinstance(block, Paragraph):
        return block
    match = re.match(r"\s*(\d{1,3})\s*(?=\D)", block.text)
    if match:
        block = replace(block.after(match.end()), role=Role.NOTE)
        return replace(block, spans=(Span(f"{match[1].translate(RAISED)} "), *block.spans))
    return replace(block, role=Role.NOTE)


def place_notes(blocks: list[Block], notes: Sequence[Block]) -> None:
    """Put each note after the paragraph that holds its mark; those without one stay at the page's end."""
    after: int | None = None
    for note in notes:
        match = NOTE_MARK.match(note.text)
        if match is not None:
            mark = match[1]
            after = next(
                (
                    at
                    for at in range(len(blocks) - 1, max(len(blocks) - 80, -1), -1)
                    if blocks[at].role is Role.BODY and mark in SUPERSCRIPTS.findall(blocks[at].text)
                ),
                None,
            )
        if after is None:
            blocks.append(note)
        else:
            after += 1
            while after < len(blocks) and blocks[after].role is Role.NOTE:
                after += 1
            blocks.insert(after, note)
