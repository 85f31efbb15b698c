"""Rules for the numbers of an import: their sequence, and those of the file that no clause has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import clause_numbers
from ...model.labels import counted
from ..document import FURNITURE, Paragraph, PlainText, Role, Table
from ..labels import Kind
from ..structure.sections import Clause
from .evidence import Evidence, Grade, Reason, examples

NUMBER = r"\d{1,2}(?:\.\d{1,2}){1,3}"
OPENING = re.compile(rf"^[ \t]*({NUMBER})\.?[ \t]+[A-Z‘“]", re.MULTILINE)
"""A line that opens with a number as those of clauses are."""
SHARE = 0.2
"""Share of the numbers from which on their order is lost."""


def broken_sequence(evidence: Evidence) -> Iterator[Reason]:
    """Numbers out of order, numbers that come twice, and numbers that the file has and no clause."""
    odd = list(going_back(evidence))
    odd += [clause.printed for clause in evidence.clauses if clause.printed and clause.label and is_number(clause)]
    odd += [
        section.label.printed
        for section in evidence.outline.sections
        if section.label and section.label.number and not section.number and not section.attached
    ]
    numbered = sum(clause.label is not None for clause in evidence.clauses) or 1
    if odd:
        lost = len(odd) >= 4 and len(odd) >= SHARE * numbered
        yield Reason(
            f"{counted(len(odd), 'number breaks', 'numbers break')} the sequence: {examples(odd)}",
            Grade.CUT if lost else Grade.READ,
        )
    if absent := numbers_not_taken(evidence):
        lost = len(absent) >= 5 and len(absent) >= SHARE * (numbered + len(absent))
        yield Reason(
            f"{counted(len(absent), 'number opens a line', 'numbers open lines')} of the file and no clause: "
            f"{examples(f'{number} ({place})' for number, place in absent.items())}",
            Grade.CUT if lost else Grade.READ,
        )


def going_back(evidence: Evidence) -> Iterator[str]:
    """Numbers of clauses that are lower than one before them in their section."""
    for section in evidence.outline.sections:
        numbered = [clause.id for clause in section.clauses if clause_numbers.parse(clause.id)]
        for at, number in enumerate(numbered):
            before = numbered[:at]
            if before and clause_numbers.sort_key(number) < max(map(clause_numbers.sort_key, before)):
                yield number


def is_number(clause: Clause) -> bool:
    assert clause.label is not None
    return clause.label.kind is Kind.DOTTED and ("stray" in clause.id or "second" in clause.id)


def numbers_in(plain: PlainText) -> dict[str, str]:
    """Numbers as clauses and sections have them that open a line of the plain extraction, each with its first place."""
    numbers: dict[str, str] = {}
    for extract in plain.extracts:
        for match in OPENING.finditer(extract.text):
            numbers.setdefault(match[1], extract.place)
    return numbers


def numbers_not_taken(evidence: Evidence) -> dict[str, str]:
    """Numbers as clauses have them that open a line or a paragraph of the file and belong to no clause or section."""
    taken = {section.number for section in evidence.outline.sections} | set(evidence.outline.parts)
    for section in evidence.outline.sections:
        taken |= {section.label.printed, section.printed or ""} if section.label else set()
        for clause in section.clauses:
            taken |= {clause.id, clause.printed, clause.label.printed if clause.label else ""}
            taken |= {line.label.printed for line in clause.lines if line.label is not None}
    taken = {number.rstrip(".").removesuffix(".0") for number in taken}
    first = {number.split(".")[0] for number in taken if "." in number}
    if len(first) < 2:
        return {}  # a paper that numbers no clauses
    in_tables = " ".join(block.text for block in evidence.blocks if isinstance(block, Table) or block.role in FURNITURE)
    absent: dict[str, str] = {}
    for printed, place in numbers_in(evidence.paper.plain).items():
        number = printed.removesuffix(".0")
        if number not in taken and number.split(".")[0] in first and printed not in in_tables:
            absent.setdefault(number, place)
    for block in evidence.blocks:
        label = block.label.rstrip(".") if isinstance(block, Paragraph) and block.role is Role.BODY else ""
        if re.fullmatch(NUMBER, label) and label.removesuffix(".0") not in taken:
            absent.setdefault(label, block.place)
    return absent
