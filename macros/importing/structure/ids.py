"""Ids, numbers and file names: printed numbers kept for ever, slugs for what the paper does not number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

from ...model import clause_numbers
from ..document import words
from .sections import Clause, Outline, Section

SLUG_WORDS = 6
ATTACHED_LETTER = re.compile(r"^(?:appendix|annexe?|schedule)\s+", re.IGNORECASE)
"""The word before an appendix's letter."""
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def slug(text: str, most: int = SLUG_WORDS) -> str:
    """The first words of a text in small letters and hyphens; empty if it has none."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    return "-".join(words(plain.lower())[:most])[:60].strip("-")


def ordinal(count: int) -> str:
    return ORDINALS[count - 2] if count - 2 < len(ORDINALS) else str(count)


def name(made: Outline) -> None:
    """Give every section its number and file, every clause its id, every page its gaps."""
    taken: set[str] = set()
    files: set[str] = {"index"}
    numbers: set[str] = set()
    for section in made.sections:
        number_section(section, numbers)
        section.file = unused(file_name(section), files)
        for clause in section.clauses:
            if not clause.bare:
                clause.id = clause_id(clause, section, taken)
                taken.add(clause_numbers.anchor(clause.id))
        section.gaps = tuple(dict.fromkeys(gaps(section)))
        stray(section, taken)
        bare_headings(section)
    declare_missing_sections(made)
    for section in made.sections:  # in a policy of parts, a section 3 under no part is one of its own
        if made.parts and section.number.isdigit():
            made.parts.setdefault(section.number, section.title or section.number)


def number_section(section: Section, numbers: set[str]) -> None:
    """A section's number is what it prints, where no other section has it."""
    label = section.label
    inner = [clause.label.number for clause in section.clauses if clause.label and len(clause.label.number) > 1]
    firsts = {number[0] for number in inner}
    if label is not None and label.number and not section.attached:
        number = ".".join(str(piece) for piece in without_nought(label.number))
        plain = label.printed == number or label.name == "section"
        if number not in numbers:
            section.number, section.printed = number, None if plain else label.printed
        else:
            section.printed = label.printed
    elif label is not None:
        section.printed = label.printed.rstrip(".)")
    elif len(firsts) == 1 and not section.attached and (number := str(firsts.pop())) not in numbers:
        section.number, section.printed = number, ""
    if section.number:
        numbers.add(section.number)


def without_nought(number: tuple[int, ...]) -> tuple[int, ...]:
    while len(number) > 1 and number[-1] == 0:
        number = number[:-1]
    return number


def file_name(section: Section) -> str:
    if section.number:
        return section.number.replace(".", "-")
    if section.attached and section.label:
        return slug(section.label.printed)
    return slug(section.title) or "section"


def unused(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 2
    while found in taken:
        found, count = f"{wanted}-{count}", count + 1
    taken.add(found)
    return found


def clause_id(clause: Clause, section: Section, taken: set[str]) -> str:
    """The printed number where it can be the id; else a slug, with the number printed beside it."""
    if clause.own and section.number and clause_numbers.anchor(section.number) not in taken:
        if section.printed is not None:
            clause.printed = section.printed
        return (
            section.number
            if not clause.printed and section.printed is None
            else spare(slug(section.title), section, taken)
        )
    if clause.label is None:
        return spare(slug(clause.name or section_words(clause, section)), section, taken)
    printed = clause.label.printed.rstrip(".")
    if fits(section, printed) and clause_numbers.anchor(printed) not in taken:
        return printed
    clause.printed = printed
    plain = slug(printed, 9).replace("-", ".") if re.fullmatch(r"[\d.]+", printed) else slug(printed, 9)
    prefix = f"{file_name(section)}-" if section.attached or not section.number else ""
    if not clause_numbers.parse(f"{prefix}{plain}"):
        return ordinals(f"{prefix}{plain}", taken)
    if clause_numbers.anchor(plain) not in taken:
        return ordinals(f"{plain}-stray", taken)
    return ordinals(plain, taken)


def section_words(clause: Clause, section: Section) -> str:
    return section.title if clause.own else (clause.lines[0].text if clause.lines else "")


def fits(section: Section, printed: str) -> bool:
    """Whether the guide takes a number as the id of a clause of this section."""
    pieces = clause_numbers.parse(printed)
    if pieces is None or section.attached:
        return False
    if not section.number:
        return len(pieces) == 1 or bool(section.printed)
    return clause_numbers.within(pieces, clause_numbers.parse(section.number) or ())


def spare(wanted: str, section: Section, taken: set[str]) -> str:
    wanted = wanted or "clause"
    if clause_numbers.parse(wanted):
        wanted = f"clause-{wanted}"
    if clause_numbers.anchor(wanted) not in taken:
        return wanted
    within = f"{section.file}-{wanted}"
    return within if clause_numbers.anchor(within) not in taken else ordinals(wanted, taken)


def ordinals(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 2
    while clause_numbers.anchor(found) in taken:
        found, count = f"{wanted}-{ordinal(count)}", count + 1
    return found


def numbered(section: Section) -> Iterator[tuple[Clause, clause_numbers.Number]]:
    for clause in section.clauses:
        pieces = clause_numbers.parse(clause.id)
        if pieces is not None and clause.id != section.number:
            yield clause, pieces


def gaps(section: Section) -> Iterator[str]:
    """The numbers that the paper leaves out, as the guide wants them declared."""
    before: list[clause_numbers.Number] = []
    opening = clause_numbers.parse(section.number) if section.number else None
    for _, pieces in numbered(section):
        if not before and opening is not None and not clause_numbers.opens(pieces, opening):
            yield from clause_numbers.skipped((*opening, 0), pieces)
        if before and not any(clause_numbers.follows(one, pieces) for one in before[-2:]):
            yield from clause_numbers.skipped(before[-1], pieces)
        before.append(pieces)


def stray(section: Section, taken: set[str]) -> None:
    """A number out of its order keeps its print and gets an id that claims no place."""
    declared = set(section.gaps)
    before: list[clause_numbers.Number] = []
    for clause, pieces in numbered(section):
        right = not before or any(
            clause_numbers.follows(one, pieces) or one == pieces or (set(skipped) <= declared and bool(skipped))
            for one in before[-2:]
            for skipped in [clause_numbers.skipped(one, pieces)]
        )
        if right:
            before.append(pieces)
            continue
        clause.printed = clause.id
        clause.id = ordinals(f"{re.sub(r'[^a-z0-9.]+', '-', clause.id).strip('-')}-stray", taken)
        taken.add(clause_numbers.anchor(clause.id))


def bare_headings(section: Section) -> None:
    """A heading over numbered clauses whose number cannot be an id is written as a heading, since it has no text."""
    for clause, after in zip_longest(section.clauses, section.clauses[1:]):
        own, inner = clause_numbers.parse(clause.id), clause_numbers.parse(after.id) if after is not None else None
        if not clause.lines and clause.title and not (own and inner and clause_numbers.within(inner, own)):
            clause.bare = True


def declare_missing_sections(made: Outline) -> None:
    before: clause_numbers.Number | None = None
    for section in made.sections:
        if not section.number:
            continue
        pieces = clause_numbers.parse(section.number)
        if before is not None and pieces is not None and len(before) == len(pieces):
            section.gaps = (*section.gaps, *clause_numbers.skipped(before, pieces))
        before = pieces
