"""The words for how a review stands: one table, which the reader's browser is given too.

`overrides/assets/javascripts/review-status.js` fills it in the same way; a test compares the two on a year of days.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ..model import Policy, ReviewState
from ..model.labels import by_body, day_in_words, join_words, number_in_words, the_body
from . import status

TEXT = Path(__file__).with_name("sentences.json").read_text(encoding="utf-8")
TABLE = json.loads(TEXT)


def verdict(policy: Policy, today: date, form: str = "full", soon: timedelta = status.SOON) -> tuple[str, str]:
    """A chip and the words after it, in one of the forms full, line and short; nothing where no review falls due."""
    now = status.standing(policy, today, soon)
    if now.due_on is None:
        return "", ""
    late = now.status is ReviewState.OVERDUE
    row = TABLE["due-today" if now.due_on == today else now.status]
    words = row[form].format(due=day_in_words(now.due_on), unrecorded=unrecorded(policy, today) if late else "")
    return row["short chip" if form == "short" else "chip"], words


def unrecorded(policy: Policy, today: date) -> str:
    """Which reviews are missing, as in “The yearly reviews of 2022 and 2023 are not recorded”."""
    rows = TABLE["unrecorded"]
    days = status.fell_due(policy, today)
    if len(days) == 1:
        return str(rows["one"])
    if len(days) > rows["listed at most"]:
        return str(rows["many"].format(count=number_in_words(len(days)).capitalize()))
    if policy.cycle and policy.cycle.months == 12:
        return str(rows["yearly"].format(years=join_words([str(day.year) for day in days])))
    return str(rows["few"].format(days=join_words([day_in_words(day) for day in days])))


def sentence(policy: Policy, today: date, soon: timedelta = status.SOON) -> str:
    """The full verdict in one string."""
    chip, rest = verdict(policy, today, soon=soon)
    if not chip:
        return uncounted(policy)
    return f"{chip} {rest}" if rest[:1].islower() else f"{chip}. {rest}".rstrip()


STATUS_SENTENCES = {
    "draft": "This is a draft; nobody has approved it yet.",
    "withdrawn": "This policy was withdrawn and no longer applies.",
    "superseded": "This policy was replaced by another and no longer applies.",
}


def uncounted(policy: Policy) -> str:
    """Why no day is known on which a review falls due."""
    if policy.status and policy.status in STATUS_SENTENCES:
        return STATUS_SENTENCES[policy.status]
    if not policy.decisions:
        return "Neither an adoption nor a next review is recorded, so it is unknown when a review is due."
    return "The policy does not say when its next review is due, nor how often it is to be reviewed."


def facts(policy: Policy) -> str:
    """What is recorded of a policy's decisions, true on any day."""
    return " ".join(fact_sentences(policy))


def fact_sentences(policy: Policy) -> Iterator[str]:
    last = policy.reviews[-1] if policy.reviews else None
    how_often = policy.cycle.words if policy.cycle and policy.applies else ""
    duty = f"must review it {how_often}"
    named = False
    if last:
        yield f"Last reviewed {last.on.when}{by_body(last)}: {last.outcome}."
    if policy.adopted:
        named = bool(how_often and not last and policy.adopted.by and policy.adopted.by == policy.reviewer)
        who = "" if last else by_body(policy.adopted)
        yield f"Adopted {policy.adopted.on.when}{who}{f', who {duty}' if named else ''}."
    if policy.effective_from:
        yield f"In effect from {policy.effective_from.words}."
    if how_often and not named:
        body = the_body(policy.reviewer) if policy.reviewer else ""
        yield f"{body[:1].upper()}{body[1:]} {duty}." if body else f"To be reviewed {how_often}."
    if policy.next_review and policy.applies:
        yield f"The policy states its next review: {policy.next_review.words}."
        if counted := status.counted_otherwise(policy):
            since = "its last review" if last else "its adoption"
            yield f"Counted from {since} it would be due by {day_in_words(counted)}."
