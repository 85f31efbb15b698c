"""A policy's review standing on a given day. Pure; the day is always passed in.

`overrides/assets/javascripts/review-status.js` computes the same in the reader's browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import PartialDate, Policy, ReviewState

SOON = timedelta(days=60)
EARLY = timedelta(days=28)
"""A review confirmed up to this long before it was due keeps the anniversary."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """The days on which a policy's reviews fall due."""

    anchor: PartialDate
    """The date from which they are counted: the first itself where the paper states it, else the last review."""
    months: int | None
    """Between one and the next; None where only the first is known."""
    stated: bool
    """Whether the anchor is the first of them, as the paper states it."""

    def due(self, number: int) -> date | None:
        """The day of one of them, the first being 1."""
        steps = number - 1 if self.stated else number
        if steps and self.months is None:
            return None
        return self.anchor.plus_months(steps * self.months).last_day if steps and self.months else self.anchor.last_day

    def days(self) -> Iterator[date]:
        """All of them, without an end where there is a cycle."""
        number = 1
        while (day := self.due(number)) is not None:
            yield day
            number += 1


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
    """The first due day that has not passed; None where the only one known has."""


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


def schedule(policy: Policy) -> Schedule | None:
    """When its reviews fall due: by the date stated, else by the last review and the cycle; None where unknown."""
    if not policy.applies:
        return None
    months = policy.cycle.months if policy.cycle else None
    if policy.next_review:
        return Schedule(anchor=policy.next_review.by, months=months, stated=True)
    anchor = counted_from(policy)
    return Schedule(anchor=anchor, months=months, stated=False) if anchor and months else None


def counted_otherwise(policy: Policy) -> date | None:
    """The day by the last review and the cycle, where the paper states another."""
    anchor = counted_from(policy)
    if not (policy.next_review and anchor and policy.cycle):
        return None
    counted = anchor.plus_months(policy.cycle.months).last_day
    return counted if counted != policy.next_review.last_day else None


def overtaken(policy: Policy) -> bool:
    """Whether the next review that is stated was already carried out, by what is recorded."""
    last = policy.decisions[-1] if policy.decisions else None
    return bool(policy.next_review and last and policy.next_review.last_day - last.on.last_day <= EARLY)


def standing(policy: Policy, today: date, soon: timedelta = SOON) -> ReviewStatus:
    """The policy's status on the day, in whole days of the Europe/London calendar; due soon so many days ahead."""
    due = schedule(policy)
    if due is None:
        state = state_on(None, today, applies=policy.applies)
        return ReviewStatus(status=state, due_on=None, days_late=0, missed=0, next_due_on=None)
    days = due.days()
    due_on = next(days)
    next_due_on: date | None = due_on
    missed = 0
    while next_due_on is not None and next_due_on < today:
        missed += 1
        next_due_on = next(days, None)
    return ReviewStatus(
        status=state_on(due_on, today, soon),
        due_on=due_on,
        days_late=(today - due_on).days,
        missed=missed,
        next_due_on=next_due_on,
    )


def state_on(due_on: date | None, today: date, soon: timedelta = SOON, *, applies: bool = True) -> ReviewState:
    """How a review stands that is due on a day, or on none that is known."""
    if not applies:
        return ReviewState.NOT_IN_FORCE
    if due_on is None:
        return ReviewState.NEVER_REVIEWED
    if today > due_on:
        return ReviewState.OVERDUE
    return ReviewState.DUE_SOON if due_on - today <= soon else ReviewState.CURRENT


def fell_due(policy: Policy, today: date) -> tuple[date, ...]:
    """Every day before today on which a review was due since the last one recorded."""
    due = schedule(policy)
    missed = standing(policy, today).missed
    return tuple(day for number in range(1, missed + 1) if due and (day := due.due(number)))
