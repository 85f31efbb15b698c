"""The policy that an import makes, before it is written: sections and clauses with the lines they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..labels import Label
from .lines import Line


@dataclass(slots=True)
class Clause:
    """A clause as found. Ids are given by `ids`."""

    place: str
    label: Label | None = None
    title: Line | None = None
    lines: list[Line] = field(default_factory=list)
    id: str = ""
    printed: str = ""
    """The number to print where the id is not that number."""
    bare: bool = False
    """A heading over numbered clauses: it has no text, and is written as a heading."""
    own: bool = False
    """The section's own first words, under its number."""

    @property
    def name(self) -> str:
        return " ".join(self.title.text.split()) if self.title else ""


@dataclass(slots=True)
class Section:
    place: str
    label: Label | None = None
    title: str = ""
    clauses: list[Clause] = field(default_factory=list)
    attached: bool = False
    part: str = ""
    """The number of the part it belongs to, in a paper of parts."""
    number: str = ""
    printed: str | None = None
    """What the paper prints in place of the number; None for the number itself."""
    borrowed: bool = False
    """Whether its title is the policy's, since the paper heads these words with none."""
    file: str = ""
    gaps: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.clauses


@dataclass(slots=True)
class Outline:
    title: str
    cover: list[Line] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    implied: list[str] = field(default_factory=list)
    """Words of the paper that the guide says itself: the “Section” before a part's number."""
    loose: list[Line] = field(default_factory=list)
    """Words without a place in the text."""


def every_line(made: Outline) -> Iterator[Line]:
    yield from made.cover
    for section in made.sections:
        for clause in section.clauses:
            yield from ([clause.title] if clause.title else [])
            yield from clause.lines
    yield from made.loose
