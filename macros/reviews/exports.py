"""Exports of the register: a spreadsheet, a calendar, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..formats.spreadsheet import csv_file
from ..model import TIMEZONE, Guide, Policy, Review
from ..model.urls import pack_url
from . import calendars, register
from .register import Row

SCHEMA_VERSION = 1
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
    for path, content in calendars.files(guide, rows, address):
        yield path.removeprefix("data/"), content
    yield "reviews.json", (json.dumps(document(guide, rows), ensure_ascii=False, indent=1) + "\n").encode()


def spreadsheet(guide: Guide, rows: tuple[Row, ...], address: str) -> bytes:
    """The register, a row for each policy."""
    columns = [column.format(day=guide.built_on) for column in COLUMNS]
    return csv_file(columns, (cells(row, address) for row in rows))


def cells(row: Row, address: str) -> tuple[object, ...]:
    """The values of a policy's row, in the order of the columns."""
    policy, standing, last = row.policy, row.standing, row.last
    return (
        policy.title, standing.status, standing.due_on, max(standing.days_late, 0) if standing.due_on else None,
        standing.missed if standing.due_on else None, standing.next_due_on,
        last and last.on, last and last.outcome, last and last.minute, policy.adopted and policy.adopted.on,
        policy.cycle and policy.cycle.months, policy.owner, policy.approved_by, policy.version,
        address + policy.url, policy.category, "; ".join(policy.audiences), policy.status,
        policy.next_review and policy.next_review.words, policy.reviewed_by, policy.effective_from,
        policy.statutory,
    )  # fmt: skip


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
