"""The review register: every policy's standing on a day, and the days on which reviews fall due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from ..model import MONTHS, Guide, PartialDate, Policy, Review, ReviewState
from . import status
from .status import ReviewStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    policy: Policy
    standing: ReviewStatus
    anchor: PartialDate | None
    """The date from which the next review is counted."""
    last: Review | None
    """The last review; None when only the adoption is recorded, or nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A month of the picture of the year, or all that came before it."""

    name: str
    """“December 2026”; empty for what fell due before today and is still overdue."""
    due: tuple[tuple[date, Policy], ...]
    """In the order of their days."""


def rows(guide: Guide) -> tuple[Row, ...]:
    """Every policy, worst first: those without a due day, then the longest due; last what is not in force.

    That order holds on any day.
    """
    entries = (
        Row(
            policy=policy,
            standing=status.standing(policy, guide.built_on),
            anchor=status.counted_from(policy),
            last=policy.reviews[-1] if policy.reviews else None,
        )
        for policy in guide.policies.values()
    )
    return tuple(
        sorted(
            entries,
            key=lambda row: (not row.policy.applies, row.standing.due_on or date.min, row.policy.title.casefold()),
        )
    )


def totals(rows: Iterable[Row]) -> dict[ReviewState, int]:
    """How many policies have each status, worst first."""
    counts = dict.fromkeys(
        (
            ReviewState.NEVER_REVIEWED, ReviewState.OVERDUE, ReviewState.DUE_SOON, ReviewState.CURRENT,
            ReviewState.NOT_IN_FORCE,
        ),
        0,
    )  # fmt: skip
    for row in rows:
        counts[row.standing.status] += 1
    return counts


def due_days(row: Row, until: date) -> Iterator[date]:
    """The overdue day, if there is one, and the days on which reviews fall due until a day."""
    schedule = status.schedule(row.policy)
    if schedule is None or row.standing.due_on is None:
        return
    if row.standing.missed:
        yield row.standing.due_on
    yield from takewhile(lambda day: day <= until, islice(schedule.days(), row.standing.missed, None))


def year(rows: Iterable[Row], today: date) -> tuple[Month, ...]:
    """What is overdue from before, then twelve months, the one of today first, with what falls due in each."""
    first = PartialDate(today.year, today.month)
    months = [first.plus_months(number) for number in range(12)]
    due = sorted(
        ((day, row.policy) for row in rows for day in due_days(row, months[-1].last_day)),
        key=lambda pair: (pair[0], pair[1].title.casefold()),
    )
    overdue = tuple(pair for pair in due if pair[0] < today)
    return (
        Month(name="", due=overdue),
        *(
            Month(
                name=f"{MONTHS[month.first_day.month - 1]} {month.year}",
                due=tuple(pair for pair in due if max(month.first_day, today) <= pair[0] <= month.last_day),
            )
            for month in months
        ),
    )
