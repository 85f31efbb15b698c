"""Receipts as a report for a console, a spreadsheet, and a page to print. They name people and are never published."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ..formats.report import Chapter, Outline, Point, point
from ..formats.spreadsheet import csv_file
from ..model import Policy
from ..model.labels import counted, day_in_words, join_words
from .reconcile import Doubt, Receipt, Receipts, Standing, totals

COLUMNS = (
    "Name",
    "E-mail",
    "Post",
    "Policy",
    "Status",
    "Edition read",
    "When",
    "Newest edition",
    "Changed since",
    "Message",
)
STANDING_WORDS = {Standing.READ: "Has read it", Standing.AGAIN: "To read again", Standing.UNREAD: "Has not confirmed"}


def message(receipt: Receipt) -> str:
    """What to tell somebody who is asked to read; empty for who has."""
    title = receipt.policy.title
    if receipt.standing is Standing.UNREAD:
        return f"Please read the {title} and confirm that you have."
    if receipt.signed is None or receipt.standing is Standing.READ:
        return ""
    signed = receipt.signed.on.words
    return f"You confirmed the {title} of {signed}. Since you signed, {join_words(receipt.changed)} changed."


def outline(receipts: Receipts, today: date) -> Outline:
    chapters = [chapter for policy in receipts.policies for chapter in chapters_of(receipts, policy)]
    if receipts.doubts:
        points = tuple(point(f"Line {doubt.answer.line}: {who(doubt)}", doubt.why) for doubt in receipts.doubts)
        chapters.append(Chapter(heading="Answers that were not counted", points=points))
    to_ask = len([each for each in receipts.receipts if each.standing is not Standing.READ])
    return Outline(
        headline="Receipts: " + (f"{to_ask} to ask" if to_ask else "everybody has read everything"),
        lead=(f"As at {day_in_words(today)}.", *(summary(receipts, policy) for policy in receipts.policies)),
        chapters=tuple(chapters),
        foot=("These are names of staff: keep them off the site.",),
    )


def summary(receipts: Receipts, policy: Policy) -> str:
    counts = totals(receipts, policy)
    newest = policy.editions[-1].on.words
    return (
        f"{policy.title}, edition of {newest}: of {counted(sum(counts.values()), 'person', 'people')} "
        f"{counts[Standing.READ]} have read it, {counts[Standing.AGAIN]} are to read changes, "
        f"{counts[Standing.UNREAD]} have not confirmed."
    )


def chapters_of(receipts: Receipts, policy: Policy) -> list[Chapter]:
    own = [each for each in receipts.receipts if each.policy is policy]
    return [
        Chapter(heading=f"{policy.title}: {STANDING_WORDS[standing].lower()}", points=tuple(map(person_point, listed)))
        for standing in (Standing.AGAIN, Standing.UNREAD)
        if (listed := [each for each in own if each.standing is standing])
    ]


def person_point(receipt: Receipt) -> Point:
    person = receipt.person
    name = f"{person.name}, {person.post}" if person.post else person.name
    return point(name, message(receipt)) if receipt.standing is Standing.AGAIN else point(name)


def who(doubt: Doubt) -> str:
    return doubt.answer.name or doubt.answer.email or "no name"


def spreadsheet(receipts: Receipts) -> bytes:
    """A row for each person and policy, with a message to send to each who is to read."""
    return csv_file(COLUMNS, map(cells, receipts.receipts))


def cells(each: Receipt) -> tuple[object, ...]:
    return (
        each.person.name, each.person.email, each.person.post, each.policy.title, STANDING_WORDS[each.standing],
        each.signed and each.signed.on.words, each.when, each.policy.editions[-1].on.words,
        join_words(each.changed), message(each),
    )  # fmt: skip


def page(receipts: Receipts, today: date, school: str) -> str:
    """One file of HTML, to print or to keep."""
    return template().render(
        receipts=receipts, today=day_in_words(today), school=school, summary=summary, standing_words=STANDING_WORDS,
        message=message, who=who, join_words=join_words,
    )  # fmt: skip


@cache
def template() -> Template:
    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")


def document(receipts: Receipts, today: date) -> dict[str, Any]:
    """The list as data."""
    return {
        "as_at": today.isoformat(),
        "receipts": [
            {
                "name": each.person.name,
                "email": each.person.email or None,
                "policy": each.policy.id,
                "status": each.standing,
                "edition": str(each.signed.on) if each.signed else None,
                "newest_edition": str(each.policy.editions[-1].on),
                "changed_since": list(each.changed),
            }
            for each in receipts.receipts
        ],
        "not_counted": [{"line": doubt.answer.line, "who": who(doubt), "why": doubt.why} for doubt in receipts.doubts],
    }
