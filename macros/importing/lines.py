"""The body of a paper as lines: each paragraph with the label that opens it and whether it looks like a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .labels import Kind, Label, label_of
from .paper import Block, Paragraph, Role, Span, Table, words

LONGEST_HEADING = 16
"""Words; longer lines in bold are emphasis."""
LONGEST_STYLED = 28
"""Words of a heading that the author styled as one."""
Look = tuple[int, int, int, int, int]
"""How prominent a heading looks, most prominent first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    block: Block
    """The paragraph without its typed label, or the table."""
    label: Label | None = None
    automatic: bool = False
    """Whether the word processor made the label."""
    heading: bool = False
    look: Look = (9, 0, 0, 0, 0)

    @property
    def text(self) -> str:
        return self.block.text.strip()

    @property
    def place(self) -> str:
        return self.block.place

    @property
    def label_number(self) -> tuple[int, ...]:
        return self.label.number[:1] if self.label else ()

    @property
    def note(self) -> bool:
        return self.block.role is Role.NOTE

    @property
    def whole(self) -> str:
        """Its words with its label."""
        return f"{self.label.raw} {self.text}" if self.label and self.label.kind is not Kind.BULLET else self.text


def lines(blocks: Sequence[Block]) -> list[Line]:
    """Every block of the body as a line, headings recognised."""
    total = sum(len(words(block.text)) for block in blocks)
    cut = [
        piece for block in blocks for piece in (side_headings(block) if heads_beside(block, total) else pieces(block))
    ]
    sizes: Counter[float] = Counter()
    for block in cut:
        if isinstance(block, Paragraph):
            sizes[round(block.style.size, 1)] += len(block.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    bold_letters = sum(len(block.text) for block in cut if isinstance(block, Paragraph) and block.bold)
    letters = sum(len(block.text) for block in cut if isinstance(block, Paragraph)) or 1
    styled = any(
        isinstance(block, Paragraph)
        and (
            block.style.heading is not None
            or (block.bold and bold_letters < 0.5 * letters)
            or block.style.size > body + 0.9
        )
        for block in cut
    )
    plain = [labelled(block) for block in cut]
    seer = Headings(body=body, styled=styled, bold=bold_letters < 0.5 * letters)
    return [seer.seen(plain, position) for position in range(len(plain))]


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


def labelled(block: Block) -> Line:
    if isinstance(block, Table) or block.role is Role.NOTE:
        return Line(block=block)
    typed, end = label_of(block.text)
    if block.label:
        automatic, _ = label_of(f"{block.label} Text")
        if automatic is not None and automatic.kind is not Kind.BULLET:
            return Line(block=block.after(len(block.text) - len(block.text.lstrip())), label=automatic, automatic=True)
        if automatic is None and any(sign.isalnum() for sign in block.label):
            spans = (Span(f"{block.label} "), *block.spans)
            return Line(block=replace(block, spans=spans))
        if typed is not None and typed.kind in (Kind.DOTTED, Kind.COMPOUND, Kind.NAMED):
            return Line(block=block.after(end), label=typed)
        bullet = Label(kind=Kind.BULLET, printed="•", raw="•")
        return Line(block=block.after(end if typed and typed.kind is Kind.BULLET else 0), label=bullet, automatic=True)
    return Line(block=block.after(end), label=typed) if typed else Line(block=block)


@dataclass(frozen=True, kw_only=True, slots=True)
class Headings:
    """What this paper's own looks make of a line."""

    body: float
    """The size of most of its letters."""
    styled: bool
    """Whether any heading can be told by its look."""
    bold: bool
    """Whether bold tells anything: not where most of the paper is bold."""

    def seen(self, lines: Sequence[Line], position: int) -> Line:
        line = lines[position]
        if isinstance(line.block, Table) or line.note:
            return line
        return replace(line, heading=self.heading(lines, position), look=self.look(line))

    def look(self, line: Line) -> Look:
        block = line.block
        assert isinstance(block, Paragraph)
        style = block.style
        level = style.heading if style.heading is not None else 9
        size = -round(max(style.size - self.body, 0)) if style.size else 0
        return (level, size, -capitals(line.text), -(block.bold and self.bold), 0)

    def heading(self, lines: Sequence[Line], position: int) -> bool:
        line = lines[position]
        block, text = line.block, line.text
        assert isinstance(block, Paragraph)
        count = len(words(text))
        if not count or not any(sign.isalpha() for sign in text):
            return False
        bulleted = line.label is not None and line.label.kind is Kind.BULLET
        if block.style.heading is not None:
            return count <= LONGEST_STYLED and not (text.endswith((".", ";")) and count > 12) and not text.endswith(";")
        if (
            count > LONGEST_HEADING
            or bulleted
            or (text[-1] in ".;," and not text.endswith(("...", "etc.")))
            or not text.lstrip("‘“\"'(")[:1].isupper()
        ):
            return False
        if line.label is not None and line.label.kind is Kind.LETTERED and line.label.raw.startswith("("):
            return False
        if (block.bold and self.bold) or (self.body and block.style.size > self.body + 0.9) or capitals(text):
            return not text.endswith(":") or block.bold or bool(capitals(text))
        return not self.styled and not block.style.size and self.stands_apart(lines, position)

    def stands_apart(self, lines: Sequence[Line], position: int) -> bool:
        """In a paper without looks: a short line with text below it that is no neighbour of its kind."""
        line, after = lines[position], next_words(lines, position)
        before = lines[position - 1] if position else None
        if after is None or len(words(line.text)) > 10 or line.text.endswith((":", "?!")):
            return False
        if line.label is not None:
            if line.label.kind not in (Kind.DOTTED, Kind.PLAIN, Kind.NAMED, Kind.ALNUM):
                return False
            return (
                after.label is None
                or after.label.kind is not line.label.kind
                or after.label.name != line.label.name
                or len(after.label.number) > len(line.label.number)
            )
        if before is not None and before.text.endswith((":", ",", ";")):
            return False
        longer = (
            len(words(after.text)) > 12
            or after.label is not None
            or isinstance(after.block, Table)
            or after.text[-1] in ".:"
        )
        return longer and not (
            before is not None and before.label is not None and before.label.kind is Kind.BULLET and short(after)
        )


def short(line: Line) -> bool:
    return len(words(line.text)) <= 10


def next_words(lines: Sequence[Line], position: int) -> Line | None:
    return next((line for line in lines[position + 1 :] if not line.note), None)


def capitals(text: str) -> bool:
    """Whether a line is set in capitals: at least one word of four letters or two words."""
    letters = [sign for sign in text if sign.isalpha()]
    long = any(len(word) >= 4 for word in words(text)) or len(words(text)) >= 2
    return long and len(letters) >= 3 and sum(sign.isupper() for sign in letters) > 0.9 * len(letters)
