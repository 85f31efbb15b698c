"""The coverage of what a school must have, for other programs: a spreadsheet, and entries for guide.json."""

from __future__ import annotations

from typing import Any

from ..formats.spreadsheet import csv_file
from ..model import Guide
from . import coverage
from .coverage import Cover, Row
from .labels import DUTY_WORDS, MET_WORDS, WEBSITE_WORDS
from .register import Basis, register

COLUMNS = (
    "Policy or document", "Must or should", "In this guide", "Met by", "On the website", "Who approves it",
    "Usual review (months, as advice)", "Legal basis", "Note", "Sources", "Confirmed on an official page", "Checked on",
)  # fmt: skip


def spreadsheet(guide: Guide, address: str) -> bytes:
    """The coverage as a spreadsheet. address is the site's own with a slash at its end, empty when not known."""
    return csv_file(COLUMNS, (cells(row, address) for row in coverage.rows(guide)))


def cells(row: Row, address: str) -> tuple[object, ...]:
    required = row.requirement
    return (
        required.name, DUTY_WORDS[required.duty], MET_WORDS[row.met],
        "; ".join(f"{place(cover)} {address}{target(cover)}" for cover in row.covers),
        WEBSITE_WORDS[required.website], required.approval or "The board decides", required.cycle,
        "; ".join(map(basis_words, required.basis)), required.note,
        "; ".join(source.address for source in required.sources),
        "yes" if required.official else "no", register().checked_on,
    )  # fmt: skip


def place(cover: Cover) -> str:
    """What meets a requirement, in words: the policy, the clause, whether it does so in part."""
    clause = f", {cover.clause.place}" if cover.clause else ""
    return f"{cover.policy.title}{clause}{' (in part)' if cover.part else ''}"


def target(cover: Cover) -> str:
    return cover.clause.url if cover.clause else cover.policy.url


def basis_words(basis: Basis) -> str:
    return f"{basis.title}, {basis.provision}" if basis.provision else basis.title


def entries(guide: Guide) -> list[dict[str, Any]]:
    """Each requirement of the school as guide.schema.json describes it."""
    return [entry(guide, row) for row in coverage.rows(guide)]


def entry(guide: Guide, row: Row) -> dict[str, Any]:
    required = row.requirement
    return {
        "id": required.id,
        "name": required.name,
        "duty": required.duty,
        "website": required.website,
        "approval": required.approval,
        "review_every_months_advised": required.cycle,
        "basis": [
            {
                "instrument": each.law if each.law in guide.instruments else None,
                "title": each.title,
                "provision": each.provision or None,
                "uri": each.address,
            }
            for each in required.basis
        ],
        "note": required.note,
        "sources": [source.address for source in required.sources],
        "official": required.official,
        "checked_on": register().checked_on.isoformat(),
        "met": row.met,
        "met_by": [
            {"policy": cover.policy.id, "clause": cover.clause and cover.clause.id, "part": cover.part}
            for cover in row.covers
        ],
    }
