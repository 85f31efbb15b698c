"""What the import did, for whoever keeps the text to read and keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import Problem
from .document import Role
from .metadata.cover import SAID, UNSAID
from .pipeline import Brought
from .word_audit import Ledger, some

LONGEST = 110


def report(file_name: str, policy: str, brought: Brought, problems: Sequence[Problem]) -> str:
    """The whole report as plain text."""
    parts = [
        [f"{file_name} → {policy}", f"“{brought.cover.title}”: {counted(brought)}"],
        section("Words", ledger_lines(brought.ledger)),
        section("What the paper says of itself (index.md)", cover_lines(brought)),
        section("To decide", brought.doubts),
        section("Problems that guide check will list", [row for found in problems for row in str(found).split("\n")]),
        section("How it was read", brought.remarks),
        section("Left out as furniture of the pages", furniture_lines(brought.ledger)),
        section("Names, telephone numbers and addresses: may they be published?",
                [f"{found.said} ({found.kind}, {found.place})" for found in brought.people]),
        section("Law", law_lines(brought)),
        section("Files", [f"{name}" for name in brought.files]),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def section(title: str, rows: Sequence[str] | Iterator[str]) -> list[str]:
    found = [f"  {cut(row)}" for row in rows]
    return [title, *found] if found else []


def cut(row: str) -> str:
    return row if len(row) <= 400 else f"{row[:400]} …"


def counted(brought: Brought) -> str:
    made = brought.outline
    clauses = sum(not clause.bare for found in made.sections for clause in found.clauses)
    numbered = sum(clause.label is not None and not clause.bare for found in made.sections for clause in found.clauses)
    sections = len(made.sections)
    return (
        f"{sections} section{'' if sections == 1 else 's'}, {clauses} clause{'' if clauses == 1 else 's'}, "
        f"{numbered} of them numbered"
    )


def ledger_lines(ledger: Ledger) -> Iterator[str]:
    yield f"{ledger.read:>7,} in the paper"
    yield f"{ledger.placed:>7,} placed"
    yield f"{ledger.furniture:>7,} in furniture of the pages, listed below"
    if ledger.unplaced:
        yield f"{ledger.unplaced:>7,} under “Unplaced” at the foot of index.md: put them where they belong"
    if ledger.lost:
        yield f"{len(ledger.lost):>7,} LOST: {some(ledger.lost)}"
    if ledger.added:
        yield f"{len(ledger.added):>7,} ADDED, which the paper does not say: {some(ledger.added)}"
    if ledger.missed:
        yield f"{ledger.missed:>7,} letters of the file were not read"
    if ledger.moved:
        yield f"        out of order, first at: {ledger.moved} …"
    yield f"{ledger.share:>7.2f} % accounted for" + (", each word once and in order" if ledger.whole else "")


def cover_lines(brought: Brought) -> Iterator[str]:
    cover = brought.cover
    yield f"title: {cover.title} ({cover.findings[0].place})"
    for found in cover.findings[1:]:
        yield f"{SAID[found.what]}: {found.said} ({found.place})"
    missing = [
        said for key, said in SAID.items() if cover.value(key) == UNSAID and key not in ("supersedes", "next_review")
    ]
    if missing:
        yield f"not stated: {', '.join(missing)}"


def short(text: str) -> str:
    """A line of furniture without the dots that lead to its page."""
    return re.sub(r"\s*(?:[.…·_]\s?){4,}\s*", " … ", " ".join(text.split()))


def furniture_lines(ledger: Ledger) -> Iterator[str]:
    """Each line once, with how often and where first."""
    counts = Counter((found.role, short(found.text)) for found in ledger.removed)
    first: dict[tuple[Role, str], str] = {}
    for found in ledger.removed:
        first.setdefault((found.role, short(found.text)), found.place)
    for role in Role:
        for (kind, text), count in counts.items():
            if kind is role and text:
                times = f", {count} times" if count > 1 else ""
                yield f"{role.value}{times}, {first[kind, text]}: {text}"


def law_lines(brought: Brought) -> Iterator[str]:
    if brought.suggestions:
        naming = "1 clause names" if brought.suggestions == 1 else f"{brought.suggestions} clauses name"
        yield f"{naming} a law of the guide. Each has a comment {{## … ##}} with the tie to accept; nothing was tied."
    for name, place in brought.unknown_law:
        yield f"no page yet: {name} ({place})"
