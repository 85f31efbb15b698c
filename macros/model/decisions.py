"""What bodies decide about a policy, and how often they are to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import PartialDate


class ReviewState(StrEnum):
    CURRENT = "current"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    NEVER_REVIEWED = "never-reviewed"
    """No next review is stated, and nothing is recorded to count one from."""
    NOT_IN_FORCE = "not-in-force"
    """A draft, or a policy withdrawn or superseded: no review falls due."""


class PolicyStatus(StrEnum):
    """What a policy's paper says it is."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def in_force(self) -> bool:
        return self is PolicyStatus.APPROVED


class NamesState(StrEnum):
    """Whether somebody has decided that the names in an imported text may be published."""

    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"


class ImportState(StrEnum):
    """Whether a text that was imported was read against its paper."""

    UNREAD = "unread"
    READ = "read"


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


TERMS = {"autumn": 12, "spring": 4, "summer": 7}
"""The terms of an English school year, and the month in which each ends at the latest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NextReview:
    """When the next review is due as a paper states it: a day, a month, a year or a school term."""

    by: PartialDate
    term: str | None = None
    """“autumn”, where a term is stated; it counts as the last month that it reaches."""

    @classmethod
    def parse(cls, text: str) -> NextReview:
        """Read a date as `PartialDate.parse` does, or a term such as ``autumn 2026``; ValueError for anything else."""
        term, _, year = text.lower().replace(" term", "").partition(" ")
        if term in TERMS and len(year) == 4 and year.isascii() and year.isdigit():
            return cls(by=PartialDate(int(year), TERMS[term]), term=term)
        return cls(by=PartialDate.parse(text))

    def __str__(self) -> str:
        return f"{self.term} {self.by.year}" if self.term else str(self.by)

    @property
    def last_day(self) -> date:
        return self.by.last_day

    @property
    def words(self) -> str:
        """``31 December 2026``, ``December 2026``, ``the autumn term of 2026``."""
        return f"the {self.term} term of {self.by.year}" if self.term else self.by.words


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """An adoption or a review: a recorded act of a body on a date."""

    on: PartialDate
    by: str | None
    """The body; None where the paper does not name it."""
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
