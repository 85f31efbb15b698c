"""The settings at the top of each kind of page, as read by the schema.

A setting that is left out or faulty has its default, so that the rest of the page still counts;
`complete` says whether all required ones could be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ..model import (
    ChangeKind,
    Confidence,
    Cycle,
    ImportState,
    InstrumentKind,
    InstrumentStatus,
    NamesState,
    NextReview,
    Outcome,
    PartialDate,
    PolicyStatus,
    Wording,
)
from .page_kinds import PageKind
from .pages import Page

UNKNOWN_DATE = PartialDate(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionSettings:
    """An adoption or a review."""

    on: PartialDate | None = None
    by: str | None = None
    outcome: Outcome | None = None
    minute: str | None = None
    version: str | None = None
    edition: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvisionSettings:
    ref: str = ""
    what: str = ""
    repealed_on: PartialDate | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeSettings:
    on: PartialDate | None = None
    kind: ChangeKind | None = None
    what: str = ""
    by: str | None = None
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatter:
    title: str = ""
    complete: bool = False
    """Whether every required setting could be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionSettings(FrontMatter):
    number: str | None = None
    printed: str | None = None
    """What the paper prints for the number; empty for nothing, None where the page does not say."""
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AppendixSettings(FrontMatter):
    appendix: str = "?"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingSettings:
    requirement: str
    clause: str | None = None
    """As written."""
    part: bool = False
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicySettings(FrontMatter):
    summary: str = ""
    wording: Wording = Wording.RESTATED
    parts: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    adopted: DecisionSettings | None = None
    reviews: tuple[DecisionSettings, ...] = ()
    review_every: Cycle | None = None
    applies_to: str | None = None
    owner: str | None = None
    approved_by: str | None = None
    reviewed_by: str | None = None
    status: PolicyStatus | None = None
    effective_from: PartialDate | None = None
    next_review: NextReview | None = None
    category: str | None = None
    audiences: tuple[str, ...] = ()
    version: str | None = None
    statutory: str | None = None
    supersedes: str | None = None
    consultation: str | None = None
    related: tuple[str, ...] = ()
    subject: tuple[str, ...] | None = None
    meets: tuple[MeetingSettings, ...] = ()
    receipt: bool = False
    names: NamesState | None = None
    import_state: ImportState | None = None
    import_advice: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentSettings(FrontMatter):
    kind: InstrumentKind = InstrumentKind.ACT
    citation: str | None = None
    publisher: str | None = None
    official: str = ""
    extent: str = ""
    status: InstrumentStatus = InstrumentStatus.IN_FORCE
    since: PartialDate | None = None
    replaced_by: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    confidence: Confidence = Confidence.KNOWLEDGE
    checked_on: PartialDate = UNKNOWN_DATE
    gist: str = ""
    provisions: tuple[ProvisionSettings, ...] = ()
    changes: tuple[ChangeSettings, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainSettings(FrontMatter):
    description: str = ""


FORMS: Mapping[PageKind, type[FrontMatter]] = {
    PageKind.SECTION: SectionSettings,
    PageKind.APPENDIX: AppendixSettings,
    PageKind.POLICY: PolicySettings,
    PageKind.INSTRUMENT: InstrumentSettings,
    PageKind.PLAIN: PlainSettings,
}

Form = TypeVar("Form", bound=FrontMatter)


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatters:
    """The front matter of all pages."""

    by_path: Mapping[str, FrontMatter]

    def of(self, page: Page, form: type[Form]) -> Form:
        """A page's front matter, which is of the form of its kind."""
        front_matter = self.by_path[page.path]
        assert isinstance(front_matter, form)
        return front_matter
