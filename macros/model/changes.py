"""How one text of a policy differs from another, and what follows from it for clauses and old addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .dates import PartialDate
from .edition import Correction, Edition, Passage, SectionSnapshot
from .ids import ClauseId
from .law import Listing
from .policy import Clause


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
class Changed:
    """What became of a passage between two texts of its policy."""

    kinds: frozenset[Difference]
    before: Passage | None
    after: Passage | None
    snapshot: SectionSnapshot
    """Where it stands; where it stood, when it was removed."""
    came_from: SectionSnapshot | None
    """Where it stood, when it moved to another page."""

    @property
    def passage(self) -> Passage:
        passage = self.after or self.before
        assert passage is not None
        return passage


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseHistory:
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
class Step:
    """An edition with the one before it and what changed between the two."""

    edition: Edition
    before: Edition
    changes: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tombstone:
    """What an old address shows when its clause is no longer there."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyHistory:
    """What follows from a policy's editions and its pages of today."""

    clauses: Mapping[ClauseId, ClauseHistory]
    """Empty while the policy has no edition."""
    tombstones: tuple[Tombstone, ...]
    """The old addresses at which no clause stands today."""
    steps: tuple[Step, ...]
    """Newest first."""
    pending: tuple[Changed, ...]
    """How the pages differ from the newest edition: what no body has adopted yet."""
    corrections: Mapping[PartialDate, tuple[tuple[Correction, tuple[Changed, ...]], ...]]
    """By the date of the edition: its corrections whose former text is kept, with what each changed."""
