"""One register over several schools, from the reviews.json that each guide publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..formats.report import Chapter, Outline, point
from ..formats.spreadsheet import csv_file
from ..model import NextReview, PartialDate, PolicyStatus, ReviewState
from ..model.labels import counted, day_in_words, join_words
from . import status
from .due_report import COUNTED, Due
from .status import Schedule

WORDS = {
    state: COUNTED[Due(state)]
    for state in (
        ReviewState.OVERDUE, ReviewState.NEVER_REVIEWED, ReviewState.DUE_SOON, ReviewState.CURRENT,
        ReviewState.NOT_IN_FORCE,
    )
}  # fmt: skip
"""The states, the worst first."""
COLUMNS = ("School", "Policy", "Status on {day}", "Review due by", "Looked after by", "Address")


class Unreadable(ValueError):
    """A file is not the reviews.json of a guide."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    school: str
    policy: str
    owner: str | None
    url: str
    state: ReviewState
    due_on: date | None


def rows(documents: Iterable[Mapping[str, Any]], today: date) -> list[Row]:
    """Every policy of every school as it stands on a day, the worst first. Raises Unreadable."""
    found = [row(document, entry, today) for document in documents for entry in policies_of(document)]
    order = list(WORDS)
    return sorted(found, key=lambda one: (order.index(one.state), one.due_on or date.min, one.school, one.policy))


def policies_of(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    try:
        return [*document["policies"]] if document["school"] else []
    except (KeyError, TypeError):
        raise Unreadable("it does not name a school and its policies; build that guide again") from None


def row(document: Mapping[str, Any], entry: Mapping[str, Any], today: date) -> Row:
    try:
        due = schedule(entry)
        first = due.due(1) if due else None
        state = status.state_on(first, today, applies=applies(entry))
        return Row(
            school=document["school"], policy=entry["title"], owner=entry["owner"], url=entry["url"],
            state=state, due_on=first,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"a policy in it cannot be read ({error}); build that guide again") from None


def applies(entry: Mapping[str, Any]) -> bool:
    return entry["status"] is None or PolicyStatus(entry["status"]).in_force


def schedule(entry: Mapping[str, Any]) -> Schedule | None:
    """When a policy's reviews fall due, by what its guide published."""
    months = entry["review_every_months"]
    if not applies(entry):
        return None
    if entry["next_review_stated"]:
        return Schedule(anchor=NextReview.parse(entry["next_review_stated"]).by, months=months, stated=True)
    if entry["counted_from"] and months:
        return Schedule(anchor=PartialDate.parse(entry["counted_from"]), months=months, stated=False)
    return None


def outline(found: list[Row], today: date) -> Outline:
    """What somebody reads who looks after several schools."""
    schools = sorted({one.school for one in found})
    lines = tuple(point(f"{school}: {summary([one for one in found if one.school == school])}") for school in schools)
    chapters = [Chapter(heading="By school", points=lines)]
    for state, words in WORDS.items():
        members = [one for one in found if one.state is state]
        if members and state in (ReviewState.OVERDUE, ReviewState.NEVER_REVIEWED, ReviewState.DUE_SOON):
            chapters.append(Chapter(heading=words.capitalize(), points=tuple(point(line(one)) for one in members)))
    return Outline(
        headline=f"Reviews: {counted(len(schools), 'school')}, {counted(len(found), 'policy', 'policies')}",
        lead=(f"As at {day_in_words(today)}: {summary(found)}.",),
        chapters=tuple(chapters),
    )


def summary(found: list[Row]) -> str:
    counts = [(sum(one.state is state for one in found), words) for state, words in WORDS.items()]
    return join_words([f"{count} {words}" for count, words in counts if count]) or "no policy"


def line(one: Row) -> str:
    since = "since" if one.state is ReviewState.OVERDUE else "by"
    due = f", {since} {day_in_words(one.due_on)}" if one.due_on else ""
    return f"{one.school}: {one.policy}{due}. Looked after by: {one.owner or 'not stated'}"


def spreadsheet(found: list[Row], today: date) -> bytes:
    """The register as a spreadsheet, like that of one school."""
    rows = ((one.school, one.policy, one.state, one.due_on, one.owner, one.url) for one in found)
    return csv_file([column.format(day=today) for column in COLUMNS], rows)


def document(found: list[Row], today: date) -> dict[str, Any]:
    """The register as data, the worst first."""
    return {
        "as_at": today.isoformat(),
        "policies": [
            {
                "school": one.school, "title": one.policy, "status": one.state, "owner": one.owner, "url": one.url,
                "review_due_on": one.due_on.isoformat() if one.due_on else None,
            }
            for one in found
        ],
    }  # fmt: skip
