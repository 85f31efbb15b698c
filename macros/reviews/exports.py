"""Exports of the register: a spreadsheet, a calendar, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from ..model import TIMEZONE, Guide, Policy, Review, labels
from ..model.urls import pack_url
from . import register
from .register import Row

SCHEMA_VERSION = 1
REMINDERS = (60, 14)
"""Days ahead of a due day on which a calendar reminds."""
FORMULAS = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for the beginning of a formula."""
COLUMNS = (
    "Policy", "Status on {day}", "Review due by", "Days late on {day}", "Reviews missed by {day}", "Next due day",
    "Last reviewed", "Outcome", "Minute", "Adopted", "Review every (months)", "Looked after by", "Approved by",
    "Version", "Address", "Category", "For", "Policy status", "Next review as stated", "Reviewed by", "In effect from",
    "Statutory",
)  # fmt: skip


def files(guide: Guide, address: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file. address is the site's own with a slash at its end, empty when not known."""
    rows = register.rows(guide)
    yield "reviews.csv", spreadsheet(guide, rows, address)
    yield "reviews.ics", calendar(guide, rows, address)
    yield "reviews.json", (json.dumps(document(guide, rows), ensure_ascii=False, indent=1) + "\n").encode()


def spreadsheet(guide: Guide, rows: tuple[Row, ...], address: str) -> bytes:
    """CSV as Excel expects it: UTF-8 with its mark, CRLF, dates as year-month-day."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(column.format(day=guide.built_on) for column in COLUMNS)
    for row in rows:
        policy, standing, last = row.policy, row.standing, row.last
        cells = (
            policy.title, standing.status, standing.due_on, max(standing.days_late, 0) if standing.due_on else None,
            standing.missed if standing.due_on else None, standing.next_due_on,
            last and last.on, last and last.outcome, last and last.minute, policy.adopted and policy.adopted.on,
            policy.cycle and policy.cycle.months, policy.owner, policy.approved_by, policy.version,
            address + policy.url, policy.category, "; ".join(policy.audiences), policy.status,
            policy.next_review and policy.next_review.words, policy.reviewed_by, policy.effective_from,
            policy.statutory,
        )  # fmt: skip
        table.writerow(cell(value) for value in cells)
    return "\ufeff".encode() + out.getvalue().encode()


def cell(value: object) -> str:
    """A value as text; what a spreadsheet would run as a formula stays words."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def calendar(guide: Guide, rows: tuple[Row, ...], address: str) -> bytes:
    """Every day on which a review is overdue, or falls due within a year or is the next, with reminders (RFC 5545)."""
    ical = Calendar()
    ical.add("version", "2.0")
    ical.add("prodid", "-//Policy guide//Reviews//EN")
    ical.add("method", "PUBLISH")
    ical.add("x-wr-calname", f"Policy reviews, {guide.organisation.name}")
    ical.add("x-wr-timezone", TIMEZONE)
    ical.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    ical.add("x-published-ttl", "P1D")
    year_ahead = guide.built_on + timedelta(days=366)
    for row in rows:
        # At least the next day of each policy, however far: a calendar without one would be no calendar.
        for day in register.due_days(row, max(year_ahead, row.standing.next_due_on or year_ahead)):
            ical.add_component(event(guide, row, day, address))
    return bytes(ical.to_ical())


def event(guide: Guide, row: Row, day: date, address: str) -> Event:
    policy = row.policy
    overdue = day < guide.built_on
    summary = f"Review {'was due' if overdue else 'due'}: {policy.title}"
    entry = Event()
    # One due day of one policy keeps its name for ever, so that a calendar never shows it twice.
    entry.add("uid", f"{day.isoformat()}.{policy.id}.review@policy-guide")
    entry.add("dtstamp", datetime.combine(guide.built_on, time(), UTC))
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", summary)
    entry.add("description", description(row, day, address))
    entry.add("categories", ["Policy reviews"])
    entry.add("transp", "TRANSPARENT")
    if address:
        entry.add("url", address + policy.url)
    for days in () if overdue else REMINDERS:
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", f"{summary}, in {days} days")
        reminder.add("trigger", timedelta(days=-days))
        entry.add_component(reminder)
    return entry


def description(row: Row, day: date, address: str) -> str:
    policy, standing = row.policy, row.standing
    sentences = [f"{policy.title}: to be reviewed {policy.cycle.words}." if policy.cycle else f"{policy.title}."]
    if policy.next_review:
        sentences.append(f"The policy states its next review: {policy.next_review.words}.")
    if row.last:
        sentences.append(f"Last reviewed {row.last.on.when}{labels.by_body(row.last)}: {row.last.outcome}.")
    elif policy.adopted:
        adopted = f"Adopted {policy.adopted.on.when}{labels.by_body(policy.adopted)}"
        sentences.append(f"{adopted}; no review has been recorded since.")
    if standing.missed and standing.due_on and day != standing.due_on:
        sentences.append(f"Overdue since {labels.day_in_words(standing.due_on)}; reviews missed: {standing.missed}.")
    if policy.owner:
        sentences.append(f"Looked after by: {policy.owner}.")
    if address:
        sentences.append(f"Review pack: {address}{pack_url(policy)}")
    return "\n".join(sentences)


def document(guide: Guide, rows: tuple[Row, ...]) -> dict[str, Any]:
    """The register for other programs; addresses are relative to the site's root."""
    return {
        "schema_version": SCHEMA_VERSION,
        "school": guide.organisation.name,
        "built_on": guide.built_on.isoformat(),
        "timezone": TIMEZONE,
        "policies": [entry(row) for row in rows],
    }


def entry(row: Row) -> dict[str, Any]:
    policy, standing = row.policy, row.standing
    return {
        "id": policy.id,
        "title": policy.title,
        "url": policy.url,
        "review_pack": pack_url(policy),
        "owner": policy.owner,
        "approved_by": policy.approved_by,
        "reviewed_by": policy.reviewed_by,
        "version": policy.version,
        "category": policy.category,
        "audiences": list(policy.audiences),
        "status": policy.status,
        "effective_from": str(policy.effective_from) if policy.effective_from else None,
        "next_review_stated": str(policy.next_review) if policy.next_review else None,
        "review_every_months": policy.cycle.months if policy.cycle else None,
        "counted_from": str(row.anchor) if row.anchor else None,
        "review_due_on": standing.due_on.isoformat() if standing.due_on else None,
        "next_due_on": standing.next_due_on.isoformat() if standing.next_due_on else None,
        "status_at_build": standing.status,
        "missed_reviews": standing.missed,
        "acts": [act_entry(policy, act) for act in policy.decisions],
    }


def act_entry(policy: Policy, act: Review) -> dict[str, Any]:
    edition = next((edition for edition in policy.editions if edition.on == act.on), None)
    return {
        "on": str(act.on),
        "by": act.by,
        "outcome": act.outcome,
        "minute": act.minute,
        "version": act.version,
        "edition": edition.url if edition else None,
    }
