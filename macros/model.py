"""The guide's words as immutable values: policies and clauses, law, reviews, problems.

Standard library only. Nothing here reads a file, knows a web page or asks the time.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering
from typing import NewType

PolicyId = NewType("PolicyId", str)
"""The policy's folder, such as ``social-networking``."""
ClauseId = NewType("ClauseId", str)
"""Policy and clause, such as ``social-networking/2.3.4``; permanent once adopted."""
InstrumentId = NewType("InstrumentId", str)
"""The law page's file name, such as ``computer-misuse-act-1990``."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class InstrumentKind(StrEnum):
    ACT = "act"
    REGULATIONS = "regulations"
    ASSIMILATED_LAW = "assimilated-law"
    """Law of the European Union that the United Kingdom kept, such as the UK GDPR."""
    STATUTORY_GUIDANCE = "statutory-guidance"


class InstrumentStatus(StrEnum):
    IN_FORCE = "in-force"
    AMENDED = "amended"
    """In force, and changed since it was made."""
    PARTLY_IN_FORCE = "partly-in-force"
    """Made, but still being brought into force in stages."""
    PART_REPEALED = "part-repealed"
    REPEALED = "repealed"


class Confidence(StrEnum):
    """How an instrument's facts were established. What is unsure is not published."""

    VERIFIED = "verified"
    """Title, number and main points found in a published source."""
    KNOWLEDGE = "knowledge"
    """General legal knowledge, not looked up in full."""


class ChangeKind(StrEnum):
    CAME_INTO_FORCE = "came-into-force"
    AMENDED = "amended"
    PART_REPEALED = "part-repealed"
    REPEALED = "repealed"
    REPLACED = "replaced"


class ReviewStatus(StrEnum):
    CURRENT = "current"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    NEVER_REVIEWED = "never-reviewed"
    """Neither an adoption nor a review is recorded, so there is no date to count from."""


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    AMENDED = "amended"
    REPLACED = "replaced"


class Wording(StrEnum):
    """Whether a policy's pages hold the adopted words or our plain-English restatement."""

    ADOPTED = "adopted"
    RESTATED = "restated"


def opening(text: str, most: int = 8) -> str:
    """The first words of a text in Markdown, to call a clause by that has no title."""
    said = re.sub(r"\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>", r"\1\2", text)
    paragraph = next((row for row in said.split("\n\n") if row.strip()), "")
    found = re.sub(r"[*`|\\]|<[^>]*>|^[-#>\s]+", " ", paragraph).split()
    return " ".join(found[:most]).rstrip(",;:") + (" …" if len(found) > most else "")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the day, or the month too, may not be known.

    >>> PartialDate.parse("2021-12").last_day
    datetime.date(2021, 12, 31)
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ValueError for anything else or impossible."""
        pieces = text.split("-")
        widths = [len(piece) for piece in pieces]
        if widths not in ([4], [4, 2], [4, 2, 2]) or not all(piece.isascii() and piece.isdigit() for piece in pieces):
            raise ValueError(f"“{text}” is not a date")
        numbers = [int(piece) for piece in pieces]
        try:
            date(*(*numbers, 1, 1)[:3])
        except ValueError:
            raise ValueError(f"“{text}” is a day that does not exist") from None
        return cls(*numbers)

    def __str__(self) -> str:
        pieces = [f"{self.year:04}"]
        pieces += [f"{number:02}" for number in (self.month, self.day) if number is not None]
        return "-".join(pieces)

    def __lt__(self, other: PartialDate) -> bool:
        return (self.last_day, str(self)) < (other.last_day, str(other))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The day it counts as: a month-only date is the month's last day."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def words(self) -> str:
        """As a reader would say it: ``31 December 2022``, ``December 2021``, ``1998``."""
        pieces = [str(self.day)] if self.day else []
        pieces += [MONTHS[self.month - 1]] if self.month else []
        return " ".join([*pieces, str(self.year)])

    def plus_months(self, months: int) -> PartialDate:
        """The same day some months on, clamped to the month's end; a month stays a month."""
        if self.month is None:
            return PartialDate(self.year, 12).plus_months(months)
        years, month = divmod(self.month - 1 + months, 12)
        year, month = self.year + years, month + 1
        day = self.day and min(self.day, monthrange(year, month)[1])
        return PartialDate(year, month, day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One finding about the sources: where, what is wrong, and how to mend it."""

    path: str
    line: int
    rule: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}\n    {self.hint}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A clause's tie to the law, with the reason in one plain sentence for staff."""

    clause: ClauseId
    instrument: InstrumentId
    provision: str
    """As written for that instrument (``s 141F``); empty for the whole instrument."""
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    id: ClauseId
    number: str | None
    """What the paper prints; None for a clause that it does not number."""
    title: str
    section: str
    """The number of the section that holds it; its title where it has none."""
    anchor: str
    url: str
    """Relative to the site's root, with the fragment."""
    cited_as: str
    """The words to paste into a letter."""
    text: str
    """The clause in Markdown, links resolved to words, without law and editor's notes."""
    notes: tuple[str, ...]
    citations: tuple[Citation, ...]
    path: str
    line: int

    @property
    def sha256(self) -> str:
        """Fingerprint of the text, by which a later reader can tell that it changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def name(self) -> str:
        """Its title; where the paper gives none, the words it opens with."""
        return self.title or opening(self.text)

    @property
    def label(self) -> str:
        """What a link to it says: its number, or its name where it has none."""
        return self.number or self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    number: str | None
    printed: str | None
    """What the paper prints for the number: mostly the number itself; None for nothing."""
    title: str
    url: str
    path: str
    clauses: tuple[Clause, ...]

    @property
    def heading(self) -> str:
        return f"{self.printed} {self.title}" if self.printed else self.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What the paper calls a “Section 2” of several sections; without a name where it has none."""

    number: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """An entry of a policy's list of law: its heading, and what the paper says of that law."""

    policy: PolicyId
    heading: str
    instruments: tuple[InstrumentId, ...]
    anchor: str
    url: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Appendix:
    letter: str
    title: str
    url: str
    path: str
    listings: tuple[Listing, ...]

    @property
    def heading(self) -> str:
        return f"Appendix {self.letter}: {self.title}"


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    id: PolicyId
    title: str
    summary: str
    url: str
    path: str
    wording: Wording
    applies_to: str | None
    owner: str | None
    """The post that looks after it; None where the paper does not state one."""
    approved_by: str | None
    version: str | None
    statutory: str | None
    supersedes: str | None
    consultation: str | None
    related: tuple[str, ...]
    adopted: Review | None
    reviews: tuple[Review, ...]
    cycle: Cycle | None
    parts: tuple[Part, ...]
    appendices: tuple[Appendix, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for section in self.sections for clause in section.clauses)

    @property
    def listings(self) -> tuple[Listing, ...]:
        return tuple(entry for appendix in self.appendices for entry in appendix.listings)


@dataclass(frozen=True, kw_only=True, slots=True)
class Provision:
    """A part of an instrument that staff may need, such as ``s 141F``."""

    ref: str
    what: str
    uri: str | None
    """Its own official address, where the reference tells it."""
    repealed_on: PartialDate | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Something that happened to an instrument on a date."""

    on: PartialDate
    kind: ChangeKind
    what: str
    by: InstrumentId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    id: InstrumentId
    title: str
    kind: InstrumentKind
    citation: str | None
    """Year and chapter, or the number of the regulations."""
    publisher: str | None
    uri: str
    extent: str
    status: InstrumentStatus
    since: PartialDate | None
    """From when the status holds; None where we do not know."""
    replaced_by: tuple[InstrumentId, ...]
    also_called: tuple[str, ...]
    confidence: Confidence
    checked_on: PartialDate
    gist: str
    provisions: tuple[Provision, ...]
    changes: tuple[Change, ...]
    url: str
    path: str
    cited_by: tuple[Citation, ...]
    """Derived: every clause's tie to it, in the order of the policies."""
    listed_in: tuple[Listing, ...]
    """Derived: the appendix entries that name it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """Whose guide it is: the few lines of mkdocs.yml that another school changes."""

    name: str
    local_authority: str | None
    colour: str
    """#rrggbb, readable under white text."""
    feedback: str | None
    """The e-mail address to which people may write what they searched for in vain."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guide:
    """The whole validated model, built once a build."""

    organisation: Organisation
    built_on: date
    policies: Mapping[PolicyId, Policy]
    clauses: Mapping[ClauseId, Clause]
    instruments: Mapping[InstrumentId, Instrument]

    def policy_of(self, clause: Clause) -> Policy:
        return self.policies[PolicyId(clause.id.split("/")[0])]
