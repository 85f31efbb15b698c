"""Builds the outline of a policy from its lines: cover, parts, sections, clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..document import Paragraph, Span, Table, pieces_of_words, words
from ..labels import Kind, Label, label_of
from .lines import FACT, STATED, Line
from .numbering_scheme import Part, Scheme, title_lines
from .sections import Clause, Outline, Section

DATED = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]+,?\s+(?:19|20)\d\d|[\d./-]{6,10}")
"""A line that is only a date."""


CONTROL = re.compile(r"(?:document|version|amendment|revision|policy|change|review)\s+"
                     r"(?:control|history|log|record|details|information)|"
                     r"document status|approvals?$|distribution|contents", re.IGNORECASE)  # fmt: skip
"""A heading over facts about the paper, not over its matter."""
EARLY = 8
"""Lines at the top within which headings one after another are a cover."""
FAR = 60
"""Lines within which the numbered sections of a paper begin after its cover."""
INTRODUCTION = "Introduction"
"""The title of what a paper says before its first heading."""
LEAST_TEXT = 15
"""Words of a line from which on it is text, and no line of a cover."""
LEAST_TABLE = 40
"""Words of a table from which on it can be text."""
RECORD = re.compile(
    r"\b(?:version|date|author|owner|changes?|amendments?|reviewed?|approved|adopted|ratified|issue|status|responsible)\b",
    re.IGNORECASE,
)
"""What the head of a table of facts about the paper says."""
LEAST_NUMBERED = 4
"""Numbered clauses from which on a paper counts as one that numbers its clauses."""


def outline(lines: Sequence[Line], scheme: Scheme, title: str, loose: Sequence[Line] = ()) -> Outline:
    """Build the outline of a paper: every line at its place in the cover, a section or a clause."""
    builder = Builder(lines=lines, scheme=scheme, title=title)
    builder.build()
    sections = tuple(section.close() for section in builder.sections)
    cover, opening = before_headings(builder.cover)
    return Outline(
        title=title,
        cover=cover,
        parts=builder.parts,
        sections=(*opening, *principles_as_clauses(sections)),
        implied=tuple(builder.implied),
        loose=tuple(loose),
    )


def before_headings(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """The cover, and a section of what the paper says before its first heading: that is policy."""
    at = next((at for at, line in enumerate(lines) if is_text(line)), len(lines))
    if at == len(lines):
        return tuple(lines), ()
    clause = Clause(place=lines[at].place, lines=tuple(lines[at:]), own=True)
    section = Section(place=lines[at].place, title=INTRODUCTION, borrowed=True, clauses=(clause,))
    return tuple(lines[:at]), (section,)


def is_text(line: Line) -> bool:
    """Whether a line is a sentence or a table of the policy rather than a fact of its cover."""
    if isinstance(line.block, Table):
        first = " ".join(paragraph.text for cell in line.block.rows[0] for paragraph in cell) if line.block.rows else ""
        return len(words(line.text)) >= LEAST_TABLE and not RECORD.search(first)
    if FACT.match(line.text) or STATED.match(line.text) or line.note:
        return False
    return len(words(line.text)) >= LEAST_TEXT and "\t" not in line.text


@dataclass(slots=True)
class OpenClause:
    """A clause that still takes lines."""

    place: str
    label: Label | None = None
    title: Line | None = None
    lines: list[Line] = field(default_factory=list)
    bare: bool = False
    own: bool = False

    def close(self) -> Clause:
        return Clause(
            place=self.place, label=self.label, title=self.title, lines=tuple(self.lines), bare=self.bare, own=self.own
        )


@dataclass(slots=True)
class OpenSection:
    """A section that still takes clauses; its other facts are in `section`."""

    section: Section
    clauses: list[OpenClause] = field(default_factory=list)

    def close(self) -> Section:
        return replace(self.section, clauses=tuple(clause.close() for clause in self.clauses))


@dataclass(slots=True)
class Builder:
    """Walks once over the lines; its lists are closed into frozen values at the end."""

    lines: Sequence[Line]
    scheme: Scheme
    title: str
    cover: list[Line] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    sections: list[OpenSection] = field(default_factory=list)
    implied: list[str] = field(default_factory=list)
    section: OpenSection | None = None
    clause: OpenClause | None = None
    part: str = ""

    def build(self) -> None:
        first = self.first()
        if not self.scheme.opens:
            ends = self.title_line()
            first = ends + 1 if self.lines and words(self.lines[ends].text) == words(self.title) else first
            self.open(Section(place=self.lines[0].place if self.lines else "", title=self.title, borrowed=True))
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            part = self.scheme.opens.get(position)
            if position < first:
                self.cover.append(line)
            elif part is None:
                self.text(line)
            else:
                position += self.opened(position, line, part)
            position += 1

    def first(self) -> int:
        """Where the text begins: lines of a cover that look like headings, with nothing below them, are no sections."""
        opens = sorted(self.scheme.opens)
        for position in opens:
            if position == opens[-1] or not self.is_cover_heading(opens, position):
                return position
        return 0

    def is_cover_heading(self, opens: Sequence[int], position: int) -> bool:
        """Whether a line that looks like a heading belongs to the cover."""
        line, part, after = self.lines[position], self.scheme.opens[position], self.scheme.opens.get(position + 1)
        if line.label is not None or part not in (Part.SECTION, Part.HEADING):
            return False
        single = sum(self.lines[at].look == line.look for at in opens) == 1
        alone = single and after not in (None, Part.CLAUSE) and position < EARLY
        lesser = self.before_numbers(opens, position) and (single or part is Part.HEADING)
        stated = DATED.fullmatch(line.text) or CONTROL.match(line.text)
        return bool(position < self.title_line() or alone or lesser or stated)

    def before_numbers(self, opens: Sequence[int], position: int) -> bool:
        """Whether the first numbered section of the paper is still to come, soon."""
        parts = (Part.SECTION, Part.PART)
        numbered = [at for at in opens if self.scheme.opens[at] in parts and self.lines[at].label is not None]
        return bool(numbered) and position < numbered[0] < position + FAR

    def title_line(self) -> int:
        """The line of the title near the top; what comes before it is the cover's."""
        own = words(self.title.lower())
        ends = (
            at
            for at, line in enumerate(self.lines[:12])
            if words(line.text.lower())[-len(own) :] == own and len(words(line.text)) < 2 * len(own) + 6
        )
        return next(ends, max(title_lines(self.lines[:12], self.title), default=0))

    def opened(self, position: int, line: Line, part: Part) -> int:
        """Open what a line opens; how many further lines were used up as its title."""
        if part is Part.PART and self.open_part(line):
            return 0
        if part is Part.SECTION and line.label is None and self.heads_nothing():
            part = Part.HEADING
        if part in (Part.PART, Part.SECTION, Part.ATTACHED):
            return self.open_section(position, line, attached=part is Part.ATTACHED)
        if self.section is None:
            self.open(self.section_for(line))
        has_text = self.has_text(position)
        if part is Part.HEADING:
            self.add(OpenClause(place=line.place, title=with_label(line), bare=not has_text))
        elif line.heading and line.text and (has_text or self.has_children(position)):
            self.add(OpenClause(place=line.place, label=line.label, title=line))
        else:
            self.add(OpenClause(place=line.place, label=line.label, lines=[unlabelled(line)] if line.text else []))
        return 0

    def heads_nothing(self) -> bool:
        """Whether the section has no words yet: the heading below its own is the first within it."""
        return self.section is not None and not self.section.clauses and not self.section.section.borrowed

    def open_part(self, line: Line) -> bool:
        """Open a part; False where its number is taken or it has no title, so that the line opens a section."""
        assert line.label is not None
        number = str(line.label.number[0])
        if number in self.parts or not line.text:
            return False
        self.parts[number] = flat(line.text)
        printed = pieces_of_words(line.label.printed)
        self.implied += [word for at, word in enumerate(printed) if word != number or at != printed.index(number)]
        self.part, self.section, self.clause = number, None, None
        return True

    def open_section(self, position: int, line: Line, *, attached: bool) -> int:
        """Open a section; its title may be the heading below its label."""
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
        self.open(Section(place=line.place, label=line.label, title=title, attached=attached))
        return used

    def section_for(self, line: Line) -> Section:
        """A section for a clause that belongs to none: its part's, or the policy's."""
        if self.part:
            label = Label(kind=Kind.PLAIN, printed=self.part, raw=self.part, number=(int(self.part),))
            return Section(place=line.place, label=label, title=self.parts[self.part])
        return Section(place=line.place, title=self.title, borrowed=True)

    def open(self, section: Section) -> None:
        self.section, self.clause = OpenSection(section=replace(section, part=self.part)), None
        self.sections.append(self.section)

    def add(self, clause: OpenClause) -> None:
        assert self.section is not None
        self.section.clauses.append(clause)
        self.clause = None if clause.bare else clause

    def text(self, line: Line) -> None:
        """Add a line that opens nothing to the clause, or begin its section's own words with it."""
        if self.section is None:
            self.open(self.section_for(line))
        if self.clause is None:
            self.add(OpenClause(place=line.place, own=True))
        assert self.clause is not None
        self.clause.lines.append(line)

    def has_text(self, position: int) -> bool:
        """Whether text of its own follows a heading."""
        after = position + 1
        return after < len(self.lines) and after not in self.scheme.opens

    def has_children(self, position: int) -> bool:
        """Whether a numbered heading is over clauses of its own number: 1.2 over 1.2.1."""
        after = self.lines[position + 1] if position + 1 < len(self.lines) else None
        own, inner = self.lines[position].label, after.label if after is not None else None
        if own is None or inner is None or not inner.number:
            return False
        return len(inner.number) > len(own.number) and inner.number[: len(own.number)] == own.number


def principles_as_clauses(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Bullets that are all a numbered section has, where other sections number their clauses, become clauses."""
    numbered = sum(clause.label is not None for section in sections for clause in section.clauses)
    return tuple(map(by_bullet, sections)) if numbered >= LEAST_NUMBERED else sections


def by_bullet(section: Section) -> Section:
    """A section with a clause for each bullet, if long bullets are all it has; else the section itself."""
    if section.attached or section.label is None or len(section.clauses) != 1 or not section.clauses[0].own:
        return section
    lines = section.clauses[0].lines
    if len(lines) < 2 or not all(bulleted(line) for line in lines):
        return section
    return replace(
        section, clauses=tuple(Clause(place=line.place, lines=(replace(line, label=None),)) for line in lines)
    )


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
    return re.sub(r"\s+", " ", text).strip().strip("*_").rstrip(": ")
