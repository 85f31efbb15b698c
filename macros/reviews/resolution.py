"""The draft of a body’s resolution about a policy and of its minute: sentences, with gaps for the meeting to fill."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ..model import Outcome, PartialDate, Policy, Review, labels
from . import sentences, status


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    body: str
    """The body whose job the review is, as a sentence begins with it."""
    record: tuple[str, ...]
    """What the minute says of the policy before the decision."""
    next_review: str
    """When the review after this one falls due."""


SIGNATURES = ("Signed by the chair", "Signed by the clerk", "Date")
ACTIONS = ("Matter", "Decided, and in what words", "Who carries it out", "By when")
NEXT_REVIEW = "Next review by"
OUTCOMES = ("stays as it is", "is amended as decided below", "is to be rewritten")
FACTS = ("Date of the meeting", "Minute", "Present", "Quorum", "Version, if it changes")
"""What the meeting fills in above the resolution."""


def resolution(policy: Policy, today: date) -> Resolution:
    body = labels.the_body(policy.reviewer) if policy.reviewer else "the body that approves it"
    last = policy.in_force
    adopted = f"It was {last.outcome or 'adopted'} {last.on.when}{labels.by_body(last)}." if last else ""
    overdue = sentences.sentence(policy, today)
    return Resolution(
        body=f"{body[:1].upper()}{body[1:]}",
        record=tuple(filter(None, (adopted, overdue))),
        next_review=next_review(policy, today),
    )


def next_review(policy: Policy, today: date) -> str:
    """The day of the next review, worked out for a decision of today."""
    if policy.cycle is None:
        return "The policy does not say how often it is to be reviewed: choose a day."
    due = due_after(policy, today)
    every = f"Reviewed {policy.cycle.words}" if policy.applies else f"Once in force, reviewed {policy.cycle.words}"
    return f"{every}: if the decision falls on {labels.day_in_words(today)}, by {labels.day_in_words(due)}."


def due_after(policy: Policy, decided_on: date) -> date:
    """When the review after a decision falls due, as the banner will count it."""
    on = PartialDate(decided_on.year, decided_on.month, decided_on.day)
    decision = Review(on=on, by=None, outcome=Outcome.UNCHANGED, minute=None, version=None)
    after = replace(policy, reviews=(*policy.reviews, decision), next_review=None, status=None)
    due = status.standing(after, decided_on).due_on
    assert due is not None
    return due
