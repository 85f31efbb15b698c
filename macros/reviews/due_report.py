"""Report of the reviews that are due, in the banner's words, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ..formats.report import Chapter, Outline, Point, point
from ..model import Guide, Policy, Problem
from ..model.labels import counted, day_in_words, number_in_words, ordinal, the_body, uncounted
from .status import SOON, ReviewStatus, standing


class Due(StrEnum):
    """How urgent a policy's review is; the order is that of the list."""

    UNKNOWN = "unknown"
    """Its settings have a problem, so its dates cannot be trusted."""
    NO_DATE = "never-reviewed"
    """Neither an adoption nor a review is recorded, or no cycle: it is unknown when it is due."""
    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    CURRENT = "current"


HEADINGS = {
    Due.UNKNOWN: "Unknown",
    Due.NO_DATE: "No due date",
    Due.OVERDUE: "Overdue",
    Due.DUE_SOON: "Due soon",
    Due.CURRENT: "Up to date",
}
COUNTED = {
    Due.UNKNOWN: "unknown",
    Due.NO_DATE: "without a due date",
    Due.OVERDUE: "overdue",
    Due.DUE_SOON: "due soon",
    Due.CURRENT: "up to date",
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
    now = standing(policy, today)
    if policy.path in faulty:
        due = Due.UNKNOWN
    elif now.due_on is None:
        due = Due.NO_DATE
    elif now.due_on < today:
        due = Due.OVERDUE
    else:
        due = Due.DUE_SOON if now.due_on - today <= timedelta(days=within) else Due.CURRENT
    return Reminder(policy=policy, due=due, standing=now)


def fails(reminders: Reminders, on: str | None) -> bool:
    """Whether a review is as bad as asked: “overdue”, or “due-soon” and worse."""
    bad = {None: (), "overdue": (Due.NO_DATE, Due.OVERDUE), "due-soon": (Due.NO_DATE, Due.OVERDUE, Due.DUE_SOON)}[on]
    return any(reminders.of(due) for due in bad)


def outline(reminders: Reminders, *, all_of_them: bool = True) -> Outline:
    """What a person reads; without all of them, those up to date are only counted."""
    current = reminders.of(Due.CURRENT)
    chapters = [
        Chapter(heading=HEADINGS[due], points=tuple(reminder_point(one) for one in reminders.of(due)))
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
    if set(counts) == {Due.CURRENT}:
        return "Reviews: all up to date"
    return "Reviews: " + ", ".join(f"{count} {COUNTED[due]}" for due, count in counts.items())


def reminder_point(one: Reminder) -> Point:
    policy = one.policy
    if one.due is Due.UNKNOWN:
        return point(policy.title, f"Its settings have a problem, so its dates cannot be trusted: docs/{policy.path}")
    if one.due is Due.CURRENT:
        return point(f"{policy.title}: {verdict(one)}")
    looked_after = f"Looked after by: {policy.owner or 'not stated'}. Its page: docs/{policy.path}"
    return point(policy.title, verdict(one), *history(policy), looked_after)


def verdict(one: Reminder) -> str:
    """The banner's sentence on the day; overrides/assets/javascripts/review-status.js says the same."""
    now = one.standing
    if now.due_on is None:
        return uncounted(one.policy)
    if one.due is Due.OVERDUE:
        assert one.policy.cycle
        assert now.next_due_on
        kind = "annual review" if one.policy.cycle.months == 12 else "review"
        many = "s have" if now.missed > 1 else " has"
        missed = f"{number_in_words(now.missed).capitalize()} {kind}{many} been missed"
        following = ordinal(now.missed + 1) if now.missed < 12 else "next"
        due = f"the {following} is due by {day_in_words(now.next_due_on)}"
        return f"Review overdue by {counted(now.days_late, 'day')}. {missed}; {due}."
    if now.days_late == 0:
        return "Review due today."
    if one.due is Due.DUE_SOON:
        return f"Review due by {day_in_words(now.due_on)}, in {counted(-now.days_late, 'day')}."
    return f"Review up to date. The next is due by {day_in_words(now.due_on)}."


def history(policy: Policy) -> Iterator[str]:
    if policy.reviews:
        last = policy.reviews[-1]
        yield f"Last reviewed {last.on.when} by {the_body(last.by)}: {last.outcome}."
    elif policy.adopted:
        adopted = policy.adopted
        yield f"Adopted {adopted.on.when} by {the_body(adopted.by)}; no review has been recorded since."
    if policy.cycle:
        body = the_body(policy.approved_by) if policy.approved_by else "the body that approved it"
        yield f"To be reviewed {policy.cycle.words}. It applies until {body} replaces it."


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
