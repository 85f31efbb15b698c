"""Adopted texts of a policy as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .dates import PartialDate
from .decisions import Review
from .ids import PolicyId
from .law import Citation
from .text import Named, Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage(Named):
    """A clause, or an entry of an appendix, as one text of the policy has it."""

    id: str
    """A clause's id within its policy; an entry's page and anchor (``appendix-a#law-theft-act-1968``)."""
    anchor: str
    number: str | None
    title: str
    text: str
    was: str | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionSnapshot:
    """A section or an appendix as one text of the policy has it."""

    page: str
    """The name of its page, by which old addresses are known (``2-3``)."""
    number: str | None
    """A section's number, an appendix's letter."""
    title: str
    appendix: bool
    passages: tuple[Passage, ...]
    between: tuple[str, ...]

    @property
    def heading(self) -> str:
        if self.appendix:
            return f"Appendix {self.number}: {self.title}"
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A change to an edition's text that changed no rule: a slip of the pen, a plainer restatement."""

    on: PartialDate
    why: str
    former: str | None = None
    """The checksum of the edition as it read before; None where that text was not kept."""
    snapshots: tuple[SectionSnapshot, ...] = ()
    """That text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The text of a policy as a body adopted it, kept as data beside the policy."""

    policy: PolicyId
    title: str
    wording: Wording
    act: Review
    parts: Mapping[str, str]
    """Titles of the parts by number."""
    snapshots: tuple[SectionSnapshot, ...]
    corrections: tuple[Correction, ...]
    url: str
    path: str

    @property
    def on(self) -> PartialDate:
        return self.act.on
