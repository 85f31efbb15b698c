"""What the guide is about, as immutable values: policies, clauses, law, editions, reviews, problems.

In: plain values. Out: frozen dataclasses, and their labels and addresses.
Must not know: files, Markdown, HTML, the clock; standard library only.
"""

from .changes import Changed, ClauseHistory, Difference, PolicyHistory, Step, Tombstone
from .dates import MONTHS, TIMEZONE, PartialDate
from .decisions import Cycle, ImportState, NamesState, NextReview, Outcome, PolicyStatus, Review, ReviewState
from .edition import Correction, Edition, Passage, SectionSnapshot
from .guide import Guide, HomeQuestion, Organisation
from .ids import ClauseId, InstrumentId, PolicyId
from .law import (
    Change,
    ChangeKind,
    Citation,
    Confidence,
    Instrument,
    InstrumentKind,
    InstrumentStatus,
    Listing,
    Provision,
)
from .note import Note, NoteKind
from .policy import Appendix, Clause, Meeting, Part, Policy, Section
from .problem import Problem
from .school import SchoolKind
from .silence import Silence
from .text import Wording, opening

__all__ = [
    "MONTHS",
    "TIMEZONE",
    "Appendix",
    "Change",
    "ChangeKind",
    "Changed",
    "Citation",
    "Clause",
    "ClauseHistory",
    "ClauseId",
    "Confidence",
    "Correction",
    "Cycle",
    "Difference",
    "Edition",
    "Guide",
    "HomeQuestion",
    "ImportState",
    "Instrument",
    "InstrumentId",
    "InstrumentKind",
    "InstrumentStatus",
    "Listing",
    "Meeting",
    "NamesState",
    "NextReview",
    "Note",
    "NoteKind",
    "Organisation",
    "Outcome",
    "Part",
    "PartialDate",
    "Passage",
    "Policy",
    "PolicyHistory",
    "PolicyId",
    "PolicyStatus",
    "Problem",
    "Provision",
    "Review",
    "ReviewState",
    "SchoolKind",
    "Section",
    "SectionSnapshot",
    "Silence",
    "Step",
    "Tombstone",
    "Wording",
    "opening",
]
