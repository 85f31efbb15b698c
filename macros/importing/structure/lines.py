"""The body of a paper as lines: each paragraph with the label that opens it and whether it looks like a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import Block, Paragraph, Role, Span, Table, words
from ..labels import Kind, Label, label_of
from .layout_tables import heads_beside, pieces, side_headings

LONGEST_HEADING = 16
"""Words; longer lines in bold are emphasis."""
FEW = 3
"""Lines set apart by their look from which on the paper tells its headings so; fewer are its title."""
LONGEST_STYLED = 28
"""Words of a heading that the author styled as one."""
FACT = re.compile(
    r"(?:approved|adopted|ratified|date|version|(?:next |last )?review|author|owner|signed|prepared|status)\b"
    r"|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn),? \d{4}$",
    re.IGNORECASE,
)
"""A line that states a fact of the paper, and so heads nothing."""
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
    set_apart = sum(
        isinstance(block, Paragraph)
        and (
            block.style.heading is not None
            or (block.bold and bold_letters < 0.5 * letters)
            or block.style.size > body + 0.9
        )
        for block in cut
    )
    styled = set_apart >= FEW
    plain = [labelled(block) for block in with_their_words(cut)]
    seer = Headings(body=body, styled=styled, bold=bold_letters < 0.5 * letters)
    return [seer.seen(plain, position) for position in range(len(plain))]


def with_their_words(blocks: Sequence[Block]) -> Iterator[Block]:
    """Numbers that stand on a line of their own, as extracted text has them, put before the words they belong to."""
    held: Paragraph | None = None
    for block in blocks:
        if held is not None and isinstance(block, Paragraph) and not block.label and label_of(block.text)[0] is None:
            yield replace(block, spans=(Span(f"{held.text.strip()}\t"), *block.spans), place=held.place)
            held = None
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, Paragraph) and only_a_number(block) else None
        if held is None:
            yield block
    if held is not None:
        yield held


def only_a_number(block: Paragraph) -> bool:
    label, end = label_of(block.text)
    numbers = (Kind.DOTTED, Kind.PLAIN, Kind.COMPOUND, Kind.LETTERED)
    return not block.label and label is not None and label.kind in numbers and not block.text[end:].strip()


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
    if typed is None or (only_a_number(block) and not block.style.heading):
        return Line(block=block)
    return Line(block=block.after(end), label=typed)


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
        told = line.label is not None or not block.style.size
        return not self.styled and told and self.stands_apart(lines, position)

    def stands_apart(self, lines: Sequence[Line], position: int) -> bool:
        """In a paper without looks: a short line with text below it that is no neighbour of its kind."""
        line, after = lines[position], next_words(lines, position)
        before = lines[position - 1] if position else None
        if after is None or len(words(line.text)) > 10 or line.text.endswith((":", "?!")) or "://" in line.text:
            return False
        if line.text.count("(") > line.text.count(")"):  # it goes on below
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
        if FACT.match(line.text) or (before is not None and before.text.endswith((":", ",", ";"))):
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
