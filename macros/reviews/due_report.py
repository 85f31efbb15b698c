"""Report of the reviews that are due, in the banner's words, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ..formats.report import Chapter, Outline, Point, point
from ..model import Guide, Policy, Problem
from ..model.labels import counted, day_in_words
from . import sentences
from .status import SOON, ReviewStatus, standing


class Due(StrEnum):
    """How urgent a policy's review is: its state, or unknown; the order is that of the list."""

    UNKNOWN = "unknown"
    """Its settings have a problem, so its dates cannot be trusted."""
    NO_DATE = "never-reviewed"
    """No next review is stated, and nothing is recorded to count one from."""
    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    CURRENT = "current"
    NOT_IN_FORCE = "not-in-force"
    """A draft, or withdrawn or superseded: no review falls due."""


HEADINGS = {
    Due.UNKNOWN: "Unknown",
    Due.NO_DATE: "No due date",
    Due.OVERDUE: "Overdue",
    Due.DUE_SOON: "Due soon",
    Due.CURRENT: "Up to date",
    Due.NOT_IN_FORCE: "Not in force",
}
COUNTED = {
    Due.UNKNOWN: "unknown",
    Due.NO_DATE: "without a due date",
    Due.OVERDUE: "overdue",
    Due.DUE_SOON: "due soon",
    Due.CURRENT: "up to date",
    Due.NOT_IN_FORCE: "not in force",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    policy: Policy
    due: Due
    standing: ReviewStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminders:
    on: date
    within: int
    """Days ahead that count as soon."""
    listed: tuple[Reminder, ...]
    """Every policy, the worst first."""

    def of(self, due: Due) -> list[Reminder]:
        return [reminder for reminder in self.listed if reminder.due is due]


def remind(guide: Guide, today: date, *, within: int = SOON.days, problems: Iterable[Problem] = ()) -> Reminders:
    """Every policy with how urgent its review is on the day. A policy whose own page has a problem is listed apart."""
    faulty = {problem.path.removeprefix("docs/") for problem in problems}
    reminders = [reminder(policy, today, within, faulty) for policy in guide.policies.values()]
    order = list(Due)
    reminders.sort(key=lambda one: (order.index(one.due), -one.standing.days_late, one.policy.title.casefold()))
    return Reminders(on=today, within=within, listed=tuple(reminders))


def reminder(policy: Policy, today: date, within: int, faulty: set[str]) -> Reminder:
    now = standing(policy, today, timedelta(days=within))
    due = Due.UNKNOWN if policy.path in faulty else Due(now.status)
    return Reminder(policy=policy, due=due, standing=now)


def fails(reminders: Reminders, on: str | None) -> bool:
    """Whether a review is as bad as asked: “overdue”, or “due-soon” and worse."""
    bad = {None: (), "overdue": (Due.NO_DATE, Due.OVERDUE), "due-soon": (Due.NO_DATE, Due.OVERDUE, Due.DUE_SOON)}[on]
    return any(reminders.of(due) for due in bad)


def outline(reminders: Reminders, *, all_of_them: bool = True) -> Outline:
    """What a person reads; without all of them, those up to date are only counted."""
    current = reminders.of(Due.CURRENT)
    chapters = [
        Chapter(heading=HEADINGS[due], points=tuple(reminder_point(one, reminders) for one in reminders.of(due)))
        for due in Due
        if reminders.of(due) and (all_of_them or due is not Due.CURRENT)
    ]
    lead = [f"As at {day_in_words(reminders.on)}; soon means within {counted(reminders.within, 'day')}."]
    if current and not all_of_them:
        nearest = min(one.standing.due_on for one in current if one.standing.due_on)
        lead.append(f"{len(current)} up to date; the next of them is due by {day_in_words(nearest)}.")
    return Outline(headline=headline(reminders), lead=tuple(lead), chapters=tuple(chapters))


def headline(reminders: Reminders) -> str:
    if not reminders.listed:
        return "Reviews: there is no policy yet"
    counts = {due: len(reminders.of(due)) for due in Due if reminders.of(due)}
    if set(counts) <= {Due.CURRENT, Due.NOT_IN_FORCE}:
        return "Reviews: all up to date"
    return "Reviews: " + ", ".join(f"{count} {COUNTED[due]}" for due, count in counts.items())


def reminder_point(one: Reminder, reminders: Reminders) -> Point:
    policy = one.policy
    if one.due is Due.UNKNOWN:
        return point(policy.title, f"Its settings have a problem, so its dates cannot be trusted: docs/{policy.path}")
    verdict = sentences.sentence(policy, reminders.on, timedelta(days=reminders.within))
    if one.due is Due.CURRENT:
        return point(f"{policy.title}: {verdict}")
    looked_after = f"Looked after by: {policy.owner or 'not stated'}. Its page: docs/{policy.path}"
    return point(policy.title, verdict, *sentences.fact_sentences(policy), looked_after)


def document(reminders: Reminders) -> dict[str, Any]:
    """The list as data, the worst first."""
    return {
        "as_at": reminders.on.isoformat(),
        "due_within_days": reminders.within,
        "counts": {str(due): len(reminders.of(due)) for due in Due},
        "policies": [entry(one) for one in reminders.listed],
    }


def entry(one: Reminder) -> dict[str, Any]:
    known = one.due is not Due.UNKNOWN
    now = one.standing
    return {
        "id": one.policy.id,
        "title": one.policy.title,
        "status": one.due,
        "due_on": now.due_on.isoformat() if known and now.due_on else None,
        "next_due_on": now.next_due_on.isoformat() if known and now.next_due_on else None,
        "days_late": now.days_late if known and now.due_on else None,
        "missed_reviews": now.missed if known else None,
        "owner": one.policy.owner,
        "page": f"docs/{one.policy.path}",
    }
