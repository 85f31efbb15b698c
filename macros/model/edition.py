"""Adopted texts as data, and how one text of a policy differs from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .acts import Review
from .dates import PartialDate
from .ids import PolicyId
from .law import Citation, Listing
from .policy import Clause, Named, Wording


class Difference(StrEnum):
    """How a passage of one text of a policy differs from another's; several may hold at once."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It stands in another section."""
    RENUMBERED = "renumbered"
    """It prints another number, in its old section."""
    RETITLED = "retitled"
    REWORDED = "reworded"


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
class Leaf:
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
    leaves: tuple[Leaf, ...] = ()
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
    leaves: tuple[Leaf, ...]
    corrections: tuple[Correction, ...]
    url: str
    path: str

    @property
    def on(self) -> PartialDate:
        return self.act.on


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """What became of a passage between two texts of its policy."""

    kinds: frozenset[Difference]
    before: Passage | None
    after: Passage | None
    leaf: Leaf
    """Where it stands; where it stood, when it was removed."""
    came_from: Leaf | None
    """Where it stood, when it moved to another page."""

    @property
    def passage(self) -> Passage:
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Standstill:
    """Since when a clause reads as it does today."""

    since: PartialDate | None
    """The edition from which it reads so; None while its present text is not adopted."""
    kinds: frozenset[Difference]
    """How it then differed from the edition before; empty when the first edition already read so."""
    was: str | None
    """The number or title that it had, where it moved or was renumbered."""
    compared_with: PartialDate
    """The edition that it differs from, or the first one kept."""
    from_adoption: bool
    """Whether the first edition kept is that of the first adoption."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tombstone:
    """What an old address says when its clause is no longer there."""

    page: str
    passage: Passage
    """As it last read there."""
    edition: Edition
    """The last edition that had it there."""
    gone_on: PartialDate | None
    """The edition that first lacks it; None while its removal is not adopted."""
    moved_to: Clause | Listing | None
    after: str | None
    """The anchor of the passage that it followed and that still stands on the page."""
