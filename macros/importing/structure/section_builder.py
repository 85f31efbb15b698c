"""Lines → an outline of the policy: cover, parts, sections, clauses, and what each holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..document import Paragraph, Span, pieces_of_words, words
from ..labels import Kind, Label, label_of
from .lines import Line
from .numbering_scheme import Part, Scheme
from .sections import Clause, Outline, Section

DATED = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]+,?\s+(?:19|20)\d\d|[\d./-]{6,10}")
"""A line that is only a date."""


CONTROL = re.compile(r"(?:document|version|amendment|revision|policy|change|review)\s+"
                     r"(?:control|history|log|record|details|information)|"
                     r"document status|approvals?$|distribution|contents", re.IGNORECASE)  # fmt: skip
"""A heading over what a paper says of itself, not of its matter."""
EARLY = 8
"""Lines at the top within which headings one after another are a cover."""
FAR = 60
"""Lines within which the numbered sections of a paper begin after its cover."""


def outline(lines: Sequence[Line], scheme: Scheme, title: str) -> Outline:
    """Put every line where it belongs."""
    return Making(lines=lines, scheme=scheme, made=Outline(title=title)).outline()


@dataclass(slots=True)
class Making:
    lines: Sequence[Line]
    scheme: Scheme
    made: Outline
    section: Section | None = None
    clause: Clause | None = None
    part: str = ""

    def outline(self) -> Outline:
        first = self.first()
        if not self.scheme.opens:
            ends = self.titled()
            first = ends + 1 if self.lines and words(self.lines[ends].text) == words(self.made.title) else first
            self.open(Section(place=self.lines[0].place if self.lines else "", title=self.made.title, borrowed=True))
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            what = self.scheme.opens.get(position)
            if position < first:
                self.made.cover.append(line)
            elif what is None:
                self.text(line)
            else:
                position += self.opened(position, line, what)
            position += 1
        self.principles()
        return self.made

    def first(self) -> int:
        """Where the text begins: lines of a cover that look like headings, with nothing below them, are no sections."""
        opens = sorted(self.scheme.opens)
        titled = self.titled()
        for position in opens:
            line = self.lines[position]
            what, after = self.scheme.opens[position], self.scheme.opens.get(position + 1)
            bare = line.label is None and what in (Part.SECTION, Part.HEADING)
            single = sum(self.lines[at].look == line.look for at in opens) == 1
            alone = single and after not in (None, Part.CLAUSE) and position < EARLY
            lesser = self.before_numbers(opens, position) and (single or what is Part.HEADING)
            covers = position < titled or alone or lesser or DATED.fullmatch(line.text) or CONTROL.match(line.text)
            if bare and position != opens[-1] and covers:
                continue
            return position
        return 0

    def before_numbers(self, opens: Sequence[int], position: int) -> bool:
        """Whether the first numbered section of the paper is still to come, soon."""
        parts = (Part.SECTION, Part.PART)
        numbered = [at for at in opens if self.scheme.opens[at] in parts and self.lines[at].label is not None]
        return bool(numbered) and position < numbered[0] < position + FAR

    def titled(self) -> int:
        """The line of the title near the top; what stands before it is the cover's."""
        own = words(self.made.title.lower())
        ends = (
            at
            for at, line in enumerate(self.lines[:12])
            if words(line.text.lower())[-len(own) :] == own and len(words(line.text)) < 2 * len(own) + 6
        )
        return next(ends, 0)

    def opened(self, position: int, line: Line, what: Part) -> int:
        """Open what a line opens; how many further lines were used up as its title."""
        if what is Part.PART:
            assert line.label is not None
            number = str(line.label.number[0])
            if number not in self.made.parts and line.text:
                self.made.parts[number] = flat(line.text)
                said = pieces_of_words(line.label.printed)
                self.made.implied += [
                    word for at, word in enumerate(said) if word != number or at != said.index(number)
                ]
                self.part, self.section, self.clause = number, None, None
                return 0
            what = Part.SECTION
        if what in (Part.SECTION, Part.ATTACHED):
            return self.open_section(position, line, attached=what is Part.ATTACHED)
        if self.section is None:
            self.open(self.section_for(line))
        assert self.section is not None
        followed = self.followed(position)
        if what is Part.HEADING:
            self.add(Clause(place=line.place, title=with_label(line), bare=not followed))
        elif line.heading and line.text and (followed or self.has_children(position)):
            self.add(Clause(place=line.place, label=line.label, title=line))
        else:
            self.add(Clause(place=line.place, label=line.label, lines=[unlabelled(line)] if line.text else []))
        return 0

    def open_section(self, position: int, line: Line, *, attached: bool) -> int:
        title, used = flat(line.text), 0
        after = self.lines[position + 1] if position + 1 < len(self.lines) else None
        if (
            not title
            and after is not None
            and after.heading
            and after.label is None
            and self.scheme.opens.get(position + 1) in (Part.HEADING, Part.SECTION)
        ):
            title, used = flat(after.text), 1
        label = line.label
        self.open(Section(place=line.place, label=label, title=title, attached=attached))
        return used

    def section_for(self, line: Line) -> Section:
        """A section for a clause that stands under none: its part's, or the policy's."""
        if self.part:
            label = Label(kind=Kind.PLAIN, printed=self.part, raw=self.part, number=(int(self.part),))
            return Section(place=line.place, label=label, title=self.made.parts[self.part])
        return Section(place=line.place, title=self.made.title, borrowed=True)

    def open(self, section: Section) -> None:
        self.section, self.clause = section, None
        section.part = self.part
        self.made.sections.append(section)

    def add(self, clause: Clause) -> None:
        assert self.section is not None
        self.section.clauses.append(clause)
        self.clause = None if clause.bare else clause

    def text(self, line: Line) -> None:
        """A line that opens nothing goes on with the clause, or begins its section's own words."""
        if self.section is None:
            self.open(self.section_for(line))
        if self.clause is None:
            self.add(Clause(place=line.place, own=True))
        assert self.clause is not None
        self.clause.lines.append(line)

    def followed(self, position: int) -> bool:
        """Whether text of its own follows a heading."""
        after = position + 1
        return after < len(self.lines) and after not in self.scheme.opens

    def has_children(self, position: int) -> bool:
        """Whether a numbered heading stands over clauses of its own number: 1.2 over 1.2.1."""
        after = self.lines[position + 1] if position + 1 < len(self.lines) else None
        own, inner = self.lines[position].label, after.label if after is not None else None
        if own is None or inner is None or not inner.number:
            return False
        return len(inner.number) > len(own.number) and inner.number[: len(own.number)] == own.number

    def principles(self) -> None:
        """Bullets that are all a numbered section says, where other sections number their clauses, are clauses."""
        numbered = sum(clause.label is not None for section in self.made.sections for clause in section.clauses)
        for section in self.made.sections:
            if numbered < 4 or section.attached or section.label is None or len(section.clauses) != 1:
                continue
            lines = section.clauses[0].lines
            if section.clauses[0].own and len(lines) >= 2 and all(bulleted(line) for line in lines):
                section.clauses = [Clause(place=line.place, lines=[replace(line, label=None)]) for line in lines]


def with_label(line: Line) -> Line:
    """A heading that keeps its label among its words, where the label is no number of the paper's."""
    if line.label is None or not isinstance(line.block, Paragraph):
        return line
    spans = (Span(f"{line.label.raw} "), *line.block.spans)
    return replace(line, label=None, block=replace(line.block, spans=spans))


def unlabelled(line: Line) -> Line:
    """A clause's first line without its number; the (a) that may follow the number stays its mark."""
    inner, end = label_of(line.text)
    if inner is not None and inner.raw.startswith("(") and isinstance(line.block, Paragraph):
        lead = len(line.block.text) - len(line.block.text.lstrip())
        return replace(line, label=inner, automatic=False, block=line.block.after(lead + end))
    return replace(line, label=None)


def bulleted(line: Line) -> bool:
    return line.label is not None and line.label.kind is Kind.BULLET and len(words(line.text)) >= 8


def flat(text: str) -> str:
    """A title on one line, without the colon that ends it in some papers."""
    return re.sub(r"\s+", " ", text).strip().strip("*_").strip()
