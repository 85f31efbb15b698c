"""Renders the report of an import as plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..authoring.schema import NOT_STATED
from ..model import Problem
from ..model.labels import counted
from .document import Role
from .metadata.cover import EXPECTED, LABELS, Cover
from .pipeline import ImportResult
from .structure.page_furniture import shape
from .verdict.evidence import MOST_REASONS, Verdict
from .verdict.headings import lines_left_out_once
from .word_audit import WordAudit, sample

LONGEST_ROW = 400
"""Characters of a row of the report."""


def report(file_name: str, policy: str, result: ImportResult, problems: Sequence[Problem]) -> str:
    """The report of one import. Its first line says what to do."""
    parts = [
        [result.verdict.line],
        [f"{file_name} → {policy}", f"“{result.cover.title}”: {size(result)}"],
        section("Look at these places beside the paper", reasons(result.verdict)),
        section("Words", audit_rows(result.audit)),
        section("What the paper states about itself (index.md)", cover_rows(result.cover)),
        section("To decide", result.questions),
        section("Problems that guide check will list", [row for one in problems for row in str(one).split("\n")]),
        section("How it was read", result.remarks),
        section("Left out: headers, footers, page numbers, contents lists", furniture_rows(result), longest=0),
        section("Names, telephone numbers and addresses: may they be published?",
                [f"{detail.text} ({detail.kind}, {detail.place})" for detail in result.personal]),
        section("Law", law_rows(result)),
        section("Files", result.files),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def section(title: str, rows: Iterable[str], longest: int = LONGEST_ROW) -> list[str]:
    """A section of the report; nothing if it has no rows. Longer rows are cut, unless `longest` is 0."""
    indented = [f"  {shortened(row, longest)}" for row in rows]
    return [title, *indented] if indented else []


def shortened(row: str, longest: int) -> str:
    return row if not longest or len(row) <= longest else f"{row[:longest]} …"


def reasons(verdict: Verdict) -> list[str]:
    """Every reason of the verdict, the gravest first, where its line has no place for all of them."""
    rows = [f"{reason.grade}: {reason.text}" for reason in verdict.reasons]
    return rows if len(rows) > MOST_REASONS else []


def size(result: ImportResult) -> str:
    """How many sections and clauses the policy has."""
    sections = result.outline.sections
    clauses = [clause for one in sections for clause in one.clauses if not clause.bare]
    numbered = sum(clause.label is not None for clause in clauses)
    of_these = numbered or "none"
    return f"{counted(len(sections), 'section')}, {counted(len(clauses), 'clause')}, {of_these} of them numbered"


def audit_rows(audit: WordAudit) -> Iterator[str]:
    """The word audit, one figure a row."""
    yield f"{audit.read:>7,} in the paper"
    yield f"{audit.placed:>7,} placed"
    if audit.stated:
        yield f"{audit.stated:>7,} give the title and facts, which are now settings in index.md"
    yield f"{audit.furniture:>7,} in headers, footers and contents lists, left out"
    if audit.unplaced:
        yield f"{audit.unplaced:>7,} under “Unplaced” at the foot of index.md: put them where they belong"
    if audit.lost:
        yield f"{len(audit.lost):>7,} LOST: {sample(audit.lost)}"
    if audit.added:
        yield f"{len(audit.added):>7,} ADDED, which are not in the paper: {sample(audit.added)}"
    if audit.missed:
        yield f"{audit.missed:>7,} letters of the file were not read"
    if audit.moved:
        yield f"        out of order, first at: {audit.moved} …"
    yield f"{audit.share:>7.2f} % accounted for" + (", each word once and in order" if audit.complete else "")


def cover_rows(cover: Cover) -> Iterator[str]:
    """The facts that the paper states, with their places, then those that it does not state."""
    yield f"title: {cover.title} ({cover.findings[0].place})"
    for finding in cover.findings[1:]:
        yield f"{LABELS[finding.key]}: {finding.value} (“{' '.join(finding.words.split())}”, {finding.place})"
    if missing := [LABELS[key] for key in EXPECTED if cover.value(key) == NOT_STATED]:
        yield f"not stated: {', '.join(missing)}"


def without_leaders(text: str) -> str:
    """A line of furniture without the dots that lead to its page."""
    return re.sub(r"\s*(?:[.…·_]\s?){4,}\s*", " … ", " ".join(text.split()))


def furniture_rows(result: ImportResult) -> Iterator[str]:
    """Each kind of line once, with its count; what comes once and has more than a few words in full."""
    removed = [line for line in result.audit.removed if without_leaders(line.text)]
    once = lines_left_out_once(result.audit, result.outline)
    for role in Role:
        lines = [line for line in removed if line.role is role]
        kinds = Counter(shape(without_leaders(line.text)) for line in lines)
        if role is Role.CONTENTS:
            if lines:
                yield f"{role.value}: {counted(len(lines), 'line')}, the first: {lines[0].place}"
        else:
            for kind, count in kinds.items():
                first = next(line for line in lines if shape(without_leaders(line.text)) == kind)
                times = f", {count} times" if count > 1 else ""
                if first not in once:
                    yield f"{role.value}{times}, {first.place}: {without_leaders(first.text)}"
        for line in once:
            if line.role is role:
                why = ", no heading of the text" if role is Role.CONTENTS else ", once"
                yield f"{role.value}{why}, {line.place}: {without_leaders(line.text)}"


def law_rows(result: ImportResult) -> Iterator[str]:
    """The suggestions of law, and the laws that have no page."""
    if result.suggestions:
        comments = counted(result.suggestions, "comment {## … ##}", "comments {## … ##}")
        yield f"{comments} below clauses that name a law of the guide, each with a citation to accept or delete"
    for name, place in result.unknown_law:
        yield f"named, but without a page in the guide: {name} ({place})"
