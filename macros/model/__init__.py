"""The guide's words as immutable values: policies and clauses, law, editions, reviews, problems.

Standard library only. Nothing here reads a file, knows a web page or asks the time.
"""

from .acts import Cycle, Outcome, Review, ReviewStatus
from .dates import MONTHS, PartialDate
from .edition import Changed, Correction, Difference, Edition, Leaf, Passage, Standstill, Tombstone
from .guide import Guide, Organisation, Problem
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
from .policy import Appendix, Clause, Part, Policy, Section, Wording, opening

__all__ = [
    "MONTHS",
    "Appendix",
    "Change",
    "ChangeKind",
    "Changed",
    "Citation",
    "Clause",
    "ClauseId",
    "Confidence",
    "Correction",
    "Cycle",
    "Difference",
    "Edition",
    "Guide",
    "Instrument",
    "InstrumentId",
    "InstrumentKind",
    "InstrumentStatus",
    "Leaf",
    "Listing",
    "Organisation",
    "Outcome",
    "Part",
    "PartialDate",
    "Passage",
    "Policy",
    "PolicyId",
    "Problem",
    "Provision",
    "Review",
    "ReviewStatus",
    "Section",
    "Standstill",
    "Tombstone",
    "Wording",
    "opening",
]
