"""A policy as its pages have it: parts, sections, clauses, appendices."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from .dates import PartialDate
from .decisions import Cycle, NextReview, PolicyStatus, Review
from .edition import Edition
from .ids import ClauseId, PolicyId
from .law import Citation, Listing
from .note import Note
from .text import Named, Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause(Named):
    id: ClauseId
    number: str | None
    """What the paper prints; None for a clause that it does not number."""
    title: str
    section: str
    """The number of the section that holds it; its title where it has none."""
    anchor: str
    url: str
    """Relative to the site's root, with the fragment."""
    place: str
    """How a citation names it within its policy: ``cl 2.3.4``, ``cl 1.2.3 (second)``."""
    text: str
    """The clause in Markdown, links resolved to words, without law and editor's notes."""
    gist: str = ""
    """The guide's own words for it, twelve at most and as strong as it is; empty where nobody wrote them."""
    was: str | None
    """The id of the same rule in an earlier edition, where it had another."""
    notes: tuple[Note, ...]
    citations: tuple[Citation, ...]
    path: str
    line: int

    @property
    def sha256(self) -> str:
        """Fingerprint of the text, by which a later reader can tell that it changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    number: str | None
    printed: str | None
    """What the paper prints for the number: mostly the number itself; None for nothing."""
    title: str
    url: str
    path: str
    clauses: tuple[Clause, ...]
    notes: tuple[Note, ...]
    """Editor's notes that stand at none of these."""
    between: tuple[str, ...]
    """Text that is no clause's: before the first, between each two, after the last. Mostly empty."""

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
class Appendix:
    letter: str
    title: str
    url: str
    path: str
    listings: tuple[Listing, ...]
    notes: tuple[Note, ...]
    """Editor's notes that stand at none of these."""
    between: tuple[str, ...]
    """Text that is no entry's, as for a section's clauses."""

    @property
    def heading(self) -> str:
        return f"Appendix {self.letter}: {self.title}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A policy's word that it is what the school must have on a subject."""

    requirement: str
    """The id of one of the requirements that the guide knows."""
    clause: ClauseId | None = None
    """The clause that meets it, where that is not the policy as such."""
    part: bool = False
    """Whether it covers a part of it only."""


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
    reviewed_by: str | None = None
    """The body that reviews it, where that is another than the one that approves it."""
    status: PolicyStatus | None = None
    """As the paper states it; None where it says nothing."""
    effective_from: PartialDate | None = None
    next_review: NextReview | None = None
    """As the paper states it."""
    category: str | None = None
    """What it is about: one of those that the guide's settings name."""
    audiences: tuple[str, ...] = ()
    """Whom it is for: some of those that the guide's settings name."""
    version: str | None
    statutory: str | None
    supersedes: str | None
    consultation: str | None
    related: tuple[str, ...]
    subjects: tuple[str, ...] | None
    """The subjects of the phrasebook that it is about, where its settings state them; None where search is to see."""
    meets: tuple[Meeting, ...] = ()
    receipt: bool = False
    """Whether staff are asked to confirm that they have read it."""
    unread: bool = False
    """Whether it was imported, and nobody has said yet that it was read against its paper."""
    import_advice: str | None = None
    """What the import says about how far it can be trusted."""
    adopted: Review | None
    reviews: tuple[Review, ...]
    cycle: Cycle | None
    parts: tuple[Part, ...]
    appendices: tuple[Appendix, ...]
    editions: tuple[Edition, ...]
    """Oldest first."""

    @property
    def applies(self) -> bool:
        """Whether it is in force, as far as its paper says."""
        return self.status is None or self.status.in_force

    @property
    def reviewer(self) -> str | None:
        """The body whose job its review is."""
        return self.reviewed_by or self.approved_by

    @property
    def decisions(self) -> tuple[Review, ...]:
        """The adoption and every review since, oldest first."""
        return (*((self.adopted,) if self.adopted else ()), *self.reviews)

    @property
    def in_force(self) -> Review | None:
        """The act that put the text in force: the newest that did not just confirm it."""
        return next((act for act in reversed(self.decisions) if act.changes_text), None)

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for section in self.sections for clause in section.clauses)

    @property
    def listings(self) -> tuple[Listing, ...]:
        return tuple(entry for appendix in self.appendices for entry in appendix.listings)
