"""What bodies decide about a policy, and how often they are to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .dates import PartialDate


class ReviewState(StrEnum):
    CURRENT = "current"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    NEVER_REVIEWED = "never-reviewed"
    """Neither an adoption nor a review is recorded, so there is no date to count from."""


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    AMENDED = "amended"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """How often a policy is to be reviewed."""

    months: int

    @property
    def words(self) -> str:
        years, rest = divmod(self.months, 12)
        count, unit = (years, "year") if rest == 0 else (self.months, "month")
        return f"every {unit}" if count == 1 else f"every {count} {unit}s"


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """An adoption or a review: a recorded act of a body on a date."""

    on: PartialDate
    by: str
    outcome: Outcome | None
    """None for the first adoption."""
    minute: str | None
    version: str | None
    text_kept: bool = True
    """Whether the text that it adopted is kept as an edition; False where the words are lost."""

    @property
    def changes_text(self) -> bool:
        """Whether it put a text in force; a review that confirms the text makes no edition."""
        return self.outcome is not Outcome.UNCHANGED
