"""Law and guidance, and how clauses are tied to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .dates import PartialDate
from .ids import ClauseId, InstrumentId, PolicyId
from .note import Note


class InstrumentKind(StrEnum):
    ACT = "act"
    REGULATIONS = "regulations"
    ASSIMILATED_LAW = "assimilated-law"
    """Law of the European Union that the United Kingdom kept, such as the UK GDPR."""
    STATUTORY_GUIDANCE = "statutory-guidance"
    GUIDANCE = "guidance"
    """Guidance that no Act tells schools to have regard to."""
    COMMON_LAW = "common-law"
    """Law that judges have made: its page gives the address of a leading judgment."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A clause's tie to the law, with the reason in one plain sentence for staff."""

    clause: ClauseId
    instrument: InstrumentId
    provision: str
    """As written for that instrument (``s 141F``); empty for the whole instrument."""
    reason: str
    path: str = field(default="", compare=False)
    """The page that makes it; empty in an edition."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """An entry of a policy's list of law: its heading, and what the paper says of that law."""

    policy: PolicyId
    heading: str
    instruments: tuple[InstrumentId, ...]
    anchor: str
    url: str
    text: str
    notes: tuple[Note, ...]


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
    """Something that happened to an instrument on a date, or will on a date that is fixed."""

    on: PartialDate
    kind: ChangeKind
    what: str
    by: InstrumentId | None
    provisions: tuple[str, ...] = ()
    """The parts of the instrument that it is about, as written for that instrument; none where that is not recorded."""


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
    in_use: bool
    """Derived: whether a clause cites it, an appendix lists it, or the page of a law in use leads to it.

    Any other is in the library: it is kept for the day a policy relies on it, and left out of lists and of search.
    """

    @property
    def citing_clauses(self) -> tuple[ClauseId, ...]:
        """The clauses that cite it, each once."""
        return tuple(dict.fromkeys(citation.clause for citation in self.cited_by))
