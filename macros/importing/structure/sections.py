"""The outline of a policy, before it is written: sections and clauses with the lines they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..labels import Label
from .lines import Line


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A clause of the paper. Ids are given by `ids`."""

    place: str
    label: Label | None = None
    title: Line | None = None
    lines: tuple[Line, ...] = ()
    id: str = ""
    printed: str = ""
    """The number to print where the id is not that number."""
    bare: bool = False
    """A heading over numbered clauses: it has no text, and is written as a heading."""
    own: bool = False
    """The section's own first words, under its number."""

    @property
    def name(self) -> str:
        return " ".join(self.title.text.split()).rstrip(": ") if self.title else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section or an appendix of the paper. Number and file are given by `ids`."""

    place: str
    label: Label | None = None
    title: str = ""
    clauses: tuple[Clause, ...] = ()
    attached: bool = False
    part: str = ""
    """The number of the part it belongs to, in a paper of parts."""
    number: str = ""
    printed: str | None = None
    """What the paper prints in place of the number; None for the number itself."""
    borrowed: bool = False
    """Whether its title is the policy's, since the paper heads these words with none."""
    shared: bool = False
    """Whether it holds the headings of several sections, since the paper has more than a policy can have pages."""
    file: str = ""
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """The parts, sections and clauses of a paper, in its order."""

    title: str
    cover: tuple[Line, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    """Titles by number."""
    sections: tuple[Section, ...] = ()
    implied: tuple[str, ...] = ()
    """Words of the paper that the guide adds by itself: the “Section” before a part's number."""
    loose: tuple[Line, ...] = ()
    """Words without a place in the text."""


def every_line(outline: Outline) -> Iterator[Line]:
    """All lines of an outline, headings among them."""
    yield from outline.cover
    for section in outline.sections:
        for clause in section.clauses:
            yield from ([clause.title] if clause.title else [])
            yield from clause.lines
    yield from outline.loose
