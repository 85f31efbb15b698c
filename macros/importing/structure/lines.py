"""Turns the body of a paper into lines: each paragraph with its label and whether it is a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from ..document import Block, Paragraph, Role, Span, Table, words
from ..labels import Kind, Label, label_of
from .layout_tables import has_side_headings, pieces, side_headings

LONGEST_HEADING = 16
"""Words; longer lines in bold are emphasis."""
LEAST_EMPHASIS = 4
"""Headings one after another that are the fields of a form or words of emphasis."""
LEAST_STYLED = 3
"""Prominent lines from which on a paper is one with styled headings; fewer are its title."""
AT_MARGIN = 4.0
"""Points from the margin of the text within which a line is at it."""
LARGER = 0.9
"""Points above the size of the text from which on a line is larger."""
LONGEST_STYLED = 28
"""Words of a heading that the author styled as one."""
FACT = re.compile(
    r"(?:approved|adopted|ratified|date|version|(?:next |last )?review|author|owner|signed|prepared|status)\b"
    r"|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn),? \d{4}$",
    re.IGNORECASE,
)
"""A line that states a fact of the paper, and so heads nothing."""


STATED = re.compile(
    r"(?:(?:policy|document|date|last|next|first|to\s+be|being|was|of|for|the|this|annual)\s+)*"
    r"(?:adoption|adopted|approv(?:al|ed)|ratif(?:ication|ied)|review(?:ed)?|revis(?:ion|ed)|amended|updated?|issued?|version|"
    r"author|owner|prepared|signed|effective|agreed|date|policy)"
    r"(?:\s+(?:date|by|on|from|no\.?|number|due|of\s+\w+))*\s*(?:[:\u2013\u2014]|-\s)",
    re.IGNORECASE,
)
"""The opening of a line that states a fact with a colon or a dash: “DATE OF NEXT REVIEW: July 2022”."""
BLANK = re.compile(r"_{3,}|\.{5,}|…{2,}")
"""Where something is to be filled in: “Signed ______”."""
CONTACT = re.compile(
    r"@\w|\bwww\.|https?://|\(?\b0\d{2,4}\)?[ )-]?\s?\d{3}|^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$", re.IGNORECASE
)
"""An address or a telephone number: it is to be used, and heads nothing."""


@dataclass(frozen=True, order=True, slots=True)
class Look:
    """How prominent a line looks; the most prominent sorts first."""

    level: int = 9
    """The level of its heading style, 0 for a title; 9 without one."""
    size: int = 0
    """Points above the size of the text, as a negative number."""
    capitals: int = 0
    """-1 in capitals."""
    bold: int = 0
    """-1 in bold."""

    PLAIN: ClassVar[Look]

    @property
    def is_plain(self) -> bool:
        return self == Look.PLAIN

    @property
    def is_set_apart(self) -> bool:
        """Whether it is bold or larger than the text."""
        return self.size < 0 or self.bold < 0

    @property
    def is_styled(self) -> bool:
        """Whether the author used a heading style."""
        return self.level < 9

    @property
    def is_large(self) -> bool:
        """Whether it is styled, or more than three points larger than the text."""
        return self.is_styled or self.size < -3


Look.PLAIN = Look()


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A paragraph or table of the body, with its label and its look."""

    block: Block
    """The paragraph without its typed label, or the table."""
    label: Label | None = None
    automatic: bool = False
    """Whether the word processor made the label."""
    heading: bool = False
    look: Look = Look.PLAIN

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
    def labelled_name(self) -> str:
        """Its label in lower case: “appendix a”."""
        return self.label.printed.lower() if self.label else ""

    @property
    def note(self) -> bool:
        return self.block.role is Role.NOTE

    @property
    def labelled_text(self) -> str:
        """Its text with its label."""
        return f"{self.label.raw} {self.text}" if self.label and self.label.kind is not Kind.BULLET else self.text


def lines(blocks: Sequence[Block]) -> list[Line]:
    """Every block of the body as a line, headings recognised."""
    total = sum(len(words(block.text)) for block in blocks)
    cut = [
        piece
        for block in blocks
        for piece in (side_headings(block) if has_side_headings(block, total) else pieces(block))
    ]
    headings = Headings.of([block for block in cut if isinstance(block, Paragraph)])
    unjudged = [labelled(block) for block in with_their_words(cut)]
    return without_emphasis([headings.judged(unjudged, position) for position in range(len(unjudged))])


def without_emphasis(lines: Sequence[Line]) -> list[Line]:
    """The lines; of many alike one after another, with nothing between them, only the first can head anything."""
    plain = list(lines)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and is_alike(lines[start], lines[end]):
            end += 1
        if end - start >= LEAST_EMPHASIS:
            plain[start + 1 : end] = [replace(line, heading=False) for line in lines[start + 1 : end]]
        start = max(end, start + 1)
    return plain


def is_alike(line: Line, other: Line) -> bool:
    """Whether two short lines look alike, without a label or a heading style; the first is a heading."""
    both = line.heading and short(other) and line.label is None and other.label is None
    return both and line.look == other.look and line.look.is_set_apart and not line.look.is_styled


def with_their_words(blocks: Sequence[Block]) -> Iterator[Block]:
    """Joins numbers on a line of their own, as extracted text has them, with the words that they belong to."""
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
    """A block as a line, its label taken off."""
    if isinstance(block, Table) or block.role is Role.NOTE:
        return Line(block=block)
    typed, end = label_of(block.text)
    if block.label:
        return with_automatic_label(block, typed, end)
    if typed is None or (only_a_number(block) and not block.style.heading):
        return Line(block=block)
    return Line(block=block.after(end), label=typed)


def with_automatic_label(block: Paragraph, typed: Label | None, end: int) -> Line:
    """A paragraph that the word processor numbers; a number typed after its bullet counts for more."""
    automatic, _ = label_of(f"{block.label} Text")
    if automatic is not None and automatic.kind is not Kind.BULLET:
        return Line(block=block.after(len(block.text) - len(block.text.lstrip())), label=automatic, automatic=True)
    if automatic is None and any(character.isalnum() for character in block.label):
        return Line(block=replace(block, spans=(Span(f"{block.label} "), *block.spans)))
    if typed is not None and typed.kind in (Kind.DOTTED, Kind.COMPOUND, Kind.NAMED):
        return Line(block=block.after(end), label=typed)
    bullet = Label(kind=Kind.BULLET, printed="•", raw="•")
    return Line(block=block.after(end if typed and typed.kind is Kind.BULLET else 0), label=bullet, automatic=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Headings:
    """How one paper sets its headings apart, and which of its lines are headings."""

    body: float
    """The size of most of its letters."""
    styled: bool
    """Whether its headings are styled: bold, larger, or in heading styles."""
    bold: bool
    """Whether bold marks anything: not where most of the paper is bold."""
    unstyled: bool = False
    """Whether nothing of it is set apart but, perhaps, its title."""
    margin: float | None = None
    """Where most of its text begins; None where no text is long."""

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> Headings:
        """What the paragraphs of a paper have in common."""
        sizes: Counter[float] = Counter()
        for block in paragraphs:
            sizes[round(block.style.size, 1)] += len(block.text)
        body = sizes.most_common(1)[0][0] if sizes else 0.0
        bold = sum(len(block.text) for block in paragraphs if block.bold) < 0.5 * (sum(sizes.values()) or 1)
        prominent = sum(
            block.style.heading is not None or (block.bold and bold) or block.style.size > body + LARGER
            for block in paragraphs
        )
        styled = prominent >= LEAST_STYLED
        return cls(body=body, styled=styled, bold=bold, unstyled=prominent <= 1, margin=margin_of(paragraphs))

    def judged(self, lines: Sequence[Line], position: int) -> Line:
        """A line with its look, and whether it is a heading."""
        line = lines[position]
        if isinstance(line.block, Table) or line.note:
            return line
        line = replace(line, look=self.look(line.block))
        return replace(line, heading=self.is_heading(line, lines, position))

    def look(self, block: Paragraph) -> Look:
        style = block.style
        size = -round(max(style.size - self.body, 0)) if style.size else 0
        level = style.heading if style.heading is not None else 9
        return Look(level=level, size=size, capitals=-capitals(block.text.strip()), bold=-(block.bold and self.bold))

    def is_heading(self, line: Line, lines: Sequence[Line], position: int) -> bool:
        """Whether a line is a heading: by its style; else unless something forbids it, by its look or its place."""
        block = line.block
        assert isinstance(block, Paragraph)
        if not any(character.isalpha() for character in line.text):
            return False
        if block.style.heading is not None:
            return not is_sentence_in_heading_style(line)
        if any(forbids(line) for forbids in NO_HEADING) or is_form_field(lines, position):
            return False
        if self.is_prominent(block):
            return not line.text.endswith(":") or block.bold or capitals(line.text)
        at_margin = self.margin is None or abs(block.style.indent - self.margin) <= AT_MARGIN
        by_place = not block.style.size or (self.unstyled and at_margin)
        may_be_plain = not self.styled and (line.label is not None or by_place)
        return may_be_plain and stands_apart(Neighbours.of(lines, position))

    def is_prominent(self, block: Paragraph) -> bool:
        """Whether a line is bold, larger than the text, or in capitals."""
        larger = bool(self.body) and block.style.size > self.body + LARGER
        return (block.bold and self.bold) or larger or capitals(block.text.strip())


def margin_of(paragraphs: Sequence[Paragraph]) -> float | None:
    """Where most of the text begins that is no list."""
    indents: Counter[float] = Counter()
    for block in paragraphs:
        if len(words(block.text)) > LONGEST_HEADING and label_of(block.text)[0] is None:
            indents[block.style.indent] += len(block.text)
    return indents.most_common(1)[0][0] if indents else None


def is_sentence_in_heading_style(line: Line) -> bool:
    """Whether a line has a heading style by mistake: it is long, or ends as an item or a long sentence does."""
    count = len(words(line.text))
    return count > LONGEST_STYLED or (line.text.endswith(".") and count > 12) or line.text.endswith(";")


def is_long(line: Line) -> bool:
    numbered = line.label is not None and bool(line.label.number) and line.look.is_set_apart
    return len(words(line.text)) > (LONGEST_STYLED if numbered else LONGEST_HEADING)


def is_bullet(line: Line) -> bool:
    return line.label is not None and line.label.kind is Kind.BULLET


def ends_as_sentence(line: Line) -> bool:
    if line.label is not None and line.label.number and line.look.is_set_apart and short(line):
        return line.text[-1] in ";,"  # its number and its look outweigh a full stop
    return line.text[-1] in ".;," and not line.text.endswith(("...", "etc."))


def begins_in_lower_case(line: Line) -> bool:
    return not line.text.lstrip("‘“\"'(")[:1].isupper()


def has_bracketed_letter(line: Line) -> bool:
    """Whether its label is (a) or (ii): an item of a list."""
    return line.label is not None and line.label.kind is Kind.LETTERED and line.label.raw.startswith("(")


def opens_as_fact(line: Line) -> bool:
    return line.label is None and bool(STATED.match(line.text))


def gives_contact(line: Line) -> bool:
    return line.label is None and bool(CONTACT.search(line.text))


def is_to_be_filled_in(line: Line) -> bool:
    return bool(BLANK.search(line.text))


NO_HEADING: tuple[Callable[[Line], bool], ...] = (
    is_long, is_bullet, ends_as_sentence, begins_in_lower_case, has_bracketed_letter, opens_as_fact, gives_contact,
    is_to_be_filled_in,
)  # fmt: skip
"""What forbids that a line without a heading style is a heading."""


def is_form_field(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is one of several in a form to be filled in: “Your name:”, “Address:”."""
    beside = lines[max(position - 1, 0) : position + 2]
    fields = [line for line in beside if line.label is None and line.text.rstrip("._… ").endswith(":") and short(line)]
    return len(fields) >= 2 and lines[position] in fields


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """A line with the line before it and the next one that is no footnote."""

    line: Line
    before: Line | None
    after: Line

    @classmethod
    def of(cls, lines: Sequence[Line], position: int) -> Neighbours | None:
        """The neighbours of a line; None for the last one."""
        after = next((line for line in lines[position + 1 :] if not line.note), None)
        if after is None:
            return None
        return cls(line=lines[position], before=lines[position - 1] if position else None, after=after)


def stands_apart(here: Neighbours | None) -> bool:
    """In a paper without styled headings: a short line with text below it that is no neighbour of its kind."""
    if here is None or any(forbids(here) for forbids in JOINED):
        return False
    if here.line.label is not None:
        return is_numbered_heading(here.line.label, here.after)
    return not any(forbids(here) for forbids in JOINED_UNLABELLED) and opens_text(here.after)


def is_too_long_to_stand_apart(here: Neighbours) -> bool:
    return not short(here.line)


def leads_on(here: Neighbours) -> bool:
    """Whether a line introduces what follows, or is an address."""
    return here.line.text.endswith((":", "?!")) or "://" in here.line.text


def leaves_bracket_open(here: Neighbours) -> bool:
    return here.line.text.count("(") > here.line.text.count(")")


def states_fact(here: Neighbours) -> bool:
    return bool(FACT.match(here.line.text))


def goes_on_with_before(here: Neighbours) -> bool:
    return here.before is not None and here.before.text.endswith((":", ",", ";"))


def goes_on_with_bullets(here: Neighbours) -> bool:
    """Whether a line comes after a bullet and before another short line."""
    return here.before is not None and is_bullet(here.before) and short(here.after)


JOINED: tuple[Callable[[Neighbours], bool], ...] = (is_too_long_to_stand_apart, leads_on, leaves_bracket_open)
"""What forbids that a line stands apart."""
JOINED_UNLABELLED: tuple[Callable[[Neighbours], bool], ...] = (states_fact, goes_on_with_before, goes_on_with_bullets)
"""What forbids it for a line without a label."""


def is_numbered_heading(label: Label, after: Line) -> bool:
    """Whether a short numbered line is followed by something other than the next number of its kind."""
    if label.kind not in (Kind.DOTTED, Kind.PLAIN, Kind.NAMED, Kind.ALNUM):
        return False
    following = after.label
    return (
        following is None
        or following.kind is not label.kind
        or following.name != label.name
        or len(following.number) > len(label.number)
    )


def opens_text(after: Line) -> bool:
    """Whether the line below a heading can be its text: long, labelled, a table, or a sentence."""
    long = len(words(after.text)) > 12
    return long or after.label is not None or isinstance(after.block, Table) or after.text.endswith((".", ":"))


def short(line: Line) -> bool:
    return len(words(line.text)) <= 10


def capitals(text: str) -> bool:
    """Whether a line is set in capitals: at least one word of four letters or two words."""
    letters = [character for character in text if character.isalpha()]
    long = any(len(word) >= 4 for word in words(text)) or len(words(text)) >= 2
    return long and len(letters) >= 3 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)
