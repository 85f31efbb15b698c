"""A policy's review standing on a given day. Pure; the day is always passed in.

`overrides/assets/javascripts/review-status.js` computes the same in the reader's browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..model import PartialDate, Policy, ReviewState

SOON = timedelta(days=60)
EARLY = timedelta(days=28)
"""A review confirmed up to this long before it was due keeps the anniversary."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewStatus:
    status: ReviewState
    due_on: date | None
    """The day the review after the last recorded one was, or is, due."""
    days_late: int
    """Whole days since the due day; negative before it, 0 on the day itself."""
    missed: int
    """Reviews whose day has passed since the last recorded one."""
    next_due_on: date | None
    """The first due day that has not passed."""


def counted_from(policy: Policy) -> PartialDate | None:
    """The date from which the next review is counted; None when nothing is recorded."""
    if policy.adopted is None:
        return policy.reviews[-1].on if policy.reviews else None
    anchor = policy.adopted.on
    for review in policy.reviews:
        due = anchor.plus_months(policy.cycle.months) if policy.cycle else None
        early = due is not None and timedelta(0) <= due.last_day - review.on.last_day <= EARLY
        anchor = due if due is not None and early else review.on
    return anchor


def standing(policy: Policy, today: date) -> ReviewStatus:
    """The policy's status on the day, in whole days of the Europe/London calendar."""
    anchor = counted_from(policy)
    if anchor is None or policy.cycle is None:
        return ReviewStatus(status=ReviewState.NEVER_REVIEWED, due_on=None, days_late=0, missed=0, next_due_on=None)
    months = policy.cycle.months
    due_on = anchor.plus_months(months).last_day
    missed = 0
    while anchor.plus_months(months * (missed + 1)).last_day < today:
        missed += 1
    if today > due_on:
        status = ReviewState.OVERDUE
    elif due_on - today <= SOON:
        status = ReviewState.DUE_SOON
    else:
        status = ReviewState.CURRENT
    return ReviewStatus(
        status=status,
        due_on=due_on,
        days_late=(today - due_on).days,
        missed=missed,
        next_due_on=anchor.plus_months(months * (missed + 1)).last_day,
    )
