"""Gives sections and clauses their ids, numbers and file names: printed numbers, or slugs where there are none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from ...formats.person_names import listed
from ...formats.personal_data import without_names
from ...model import clause_numbers
from ..document import words
from ..labels import Kind
from .sections import Clause, Outline, Section

SLUG_WORDS = 6
"""Words of an address; a longer text loses its little words first."""
LITTLE = listed(
    "a an and any are as at be been by can for from has have how if in into is it its of on or our shall that "
    "the their these this to was we were what when where which who will with your"
)
LEAST_TELLING = 2
LONGEST_SLUG = 60
ATTACHED_LETTER = re.compile(r"^(?:appendix|annexe?|schedule)\s+", re.IGNORECASE)
"""The word before an appendix's letter."""
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def slug(text: str, most: int = SLUG_WORDS) -> str:
    """A text as an address.

    Lower case with hyphens, without the names of people, cut after a word that says something.
    """
    nameless = without_names(text)
    plain = unicodedata.normalize("NFKD", nameless.replace("’", "").replace("'", ""))
    every = words(plain.encode("ascii", "ignore").decode().lower())
    telling = [word for word in every if word not in LITTLE]
    cut = len(every) > most or len(nameless) < len(" ".join(text.split()))
    kept = (telling if len(telling) >= LEAST_TELLING else every)[:most] if len(every) > most else every
    while len(kept) > 1 and (len("-".join(kept)) > LONGEST_SLUG or (kept[-1] in LITTLE and cut)):
        kept = kept[:-1]
    return "-".join(kept)[:LONGEST_SLUG].strip("-")


def ordinal(count: int) -> str:
    return ORDINALS[count - 2] if count - 2 < len(ORDINALS) else str(count)


def name(outline: Outline) -> Outline:
    """Give every section its number and file, every clause its id, every page its gaps."""
    used = Used()
    sections = list(with_missing_sections([named_section(section, used) for section in outline.sections]))
    parts = dict(outline.parts)
    for section in sections:  # in a policy of parts, a section 3 under no part is one of its own
        if parts and section.number.isdigit():
            parts.setdefault(section.number, section.title or section.number)
    return replace(outline, sections=tuple(sections), parts=parts)


@dataclass(slots=True)
class Used:
    """The names given so far, so that none is given twice."""

    anchors: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=lambda: {"index"})
    numbers: set[str] = field(default_factory=set)


def named_section(section: Section, used: Used) -> Section:
    """A section with its number, its file and the ids of its clauses."""
    section = numbered_section(section, used.numbers)
    section = replace(section, file=unused(file_name(section), used.files))
    clauses: list[Clause] = []
    for clause in section.clauses:
        identified = clause if clause.bare else with_id(clause, section, used.anchors)
        if not identified.bare:
            used.anchors.add(clause_numbers.anchor(identified.id))
        clauses.append(identified)
    section = replace(section, clauses=tuple(clauses))
    section = replace(section, gaps=tuple(dict.fromkeys(gaps(section))))
    section = replace(section, clauses=tuple(in_sequence(section, used.anchors)))
    return replace(section, clauses=tuple(bare_headings(section.clauses)))


def numbered_section(section: Section, numbers: set[str]) -> Section:
    """A section with the number it prints, where no other section has it."""
    label = section.label
    if section.shared and label is None:
        return replace(section, printed="" if has_numbers(section) else None)
    if label is not None and label.number and not section.attached and not counts_through(section):
        number = ".".join(str(piece) for piece in without_nought(label.number))
        if number in numbers:
            section = replace(section, printed=label.printed)
        else:
            plain = label.printed == number or label.name == "section"
            section = replace(section, number=number, printed=None if plain else label.printed)
    elif label is not None:
        section = replace(section, printed=label.printed.rstrip(".)"))
    elif (number := number_of_clauses(section)) and number not in numbers:
        section = replace(section, number=number, printed="")
    if section.number:
        numbers.add(section.number)
    return section


def has_numbers(section: Section) -> bool:
    return any(clause.label is not None and clause.label.number for clause in section.clauses)


def counts_through(section: Section) -> bool:
    """Whether a numbered section's clauses are counted through the whole paper: 7, 8, 9 in “Section 2”."""
    numbers = [clause.label.number for clause in section.clauses if clause.label and clause.label.kind is Kind.PLAIN]
    return bool(numbers) and all(len(number) == 1 for number in numbers)


def number_of_clauses(section: Section) -> str:
    """The first figure of a section's clauses, if they share one; else nothing."""
    inner = [clause.label.number for clause in section.clauses if clause.label and len(clause.label.number) > 1]
    firsts = {number[0] for number in inner}
    return str(firsts.pop()) if len(firsts) == 1 and not section.attached else ""


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
    """A file name that no other section has; it is added to those taken."""
    name, count = wanted, 2
    while name in taken:
        name, count = f"{wanted}-{count}", count + 1
    taken.add(name)
    return name


def with_id(clause: Clause, section: Section, taken: set[str]) -> Clause:
    """A clause with its printed number as id where it can be; else a slug, with the number printed beside it."""
    if clause.own and section.number and clause_numbers.anchor(section.number) not in taken:
        if section.printed is None:
            return replace(clause, id=section.number)
        return replace(clause, id=spare(slug(section.title), section, taken), printed=section.printed)
    if clause.label is None:
        return replace(clause, id=spare(slug(clause.name or section_words(clause, section)), section, taken))
    printed = clause.label.printed.rstrip(".")
    if fits(section, printed) and clause_numbers.anchor(printed) not in taken:
        return replace(clause, id=printed)
    bare = re.sub(r"^[A-Za-z]+\s+", "", printed)  # “Section 1.2” has the id 1.2
    if clause.label.kind is Kind.DOTTED and fits(section, bare) and clause_numbers.anchor(bare) not in taken:
        return replace(clause, id=bare, printed=printed)
    return replace(clause, id=slug_of_number(printed, section, taken), printed=printed)


def slug_of_number(printed: str, section: Section, taken: set[str]) -> str:
    """An id for a clause whose number cannot be its id."""
    plain = slug(printed, 9).replace("-", ".") if re.fullmatch(r"[\d.]+", printed) else slug(printed, 9)
    prefix = f"{file_name(section)}-" if section.attached or not section.number else ""
    if not clause_numbers.parse(f"{prefix}{plain}"):
        return ordinals(f"{prefix}{plain}", taken)
    if clause_numbers.anchor(plain) not in taken:
        return ordinals(f"{plain}-stray", taken)
    return ordinals(plain, taken)


def section_words(clause: Clause, section: Section) -> str:
    """The words that a clause without a title has its id from: its section's title, else its own first words."""
    own = next((line.text for line in clause.lines if words(line.text)), "")
    return section.title if clause.own and section.title else own


def fits(section: Section, printed: str) -> bool:
    """Whether the guide takes a number as the id of a clause of this section."""
    pieces = clause_numbers.parse(printed)
    if pieces is None or section.attached:
        return False
    if not section.number:
        return len(pieces) == 1 or bool(section.printed) or section.shared
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
    """The wanted id, or with “-second” and so on after it if it is taken."""
    name, count = wanted, 2
    while clause_numbers.anchor(name) in taken:
        name, count = f"{wanted}-{ordinal(count)}", count + 1
    return name


def own_number(clause: Clause, section: Section) -> clause_numbers.Number | None:
    """The number in a clause's id, if it is not that of the section itself."""
    return clause_numbers.parse(clause.id) if clause.id != section.number else None


def gaps(section: Section) -> Iterator[str]:
    """The numbers that the paper leaves out, as the guide wants them declared."""
    before: list[clause_numbers.Number] = []
    opening = clause_numbers.parse(section.number) if section.number else None
    for number in filter(None, (own_number(clause, section) for clause in section.clauses)):
        if not before and opening is not None and not clause_numbers.opens(number, opening):
            yield from clause_numbers.skipped((*opening, 0), number)
        if before and not any(clause_numbers.follows(earlier, number) for earlier in before[-2:]):
            yield from clause_numbers.skipped(before[-1], number)
        before.append(number)


def in_sequence(section: Section, taken: set[str]) -> Iterator[Clause]:
    """The clauses of a section; a number out of its order is printed, under an id that claims no place."""
    declared = set(section.gaps)
    before: list[clause_numbers.Number] = []
    for clause in section.clauses:
        number = own_number(clause, section)
        if number is None:
            yield clause
        elif not before or any(follows(earlier, number, declared) for earlier in before[-2:]):
            before.append(number)
            yield clause
        else:
            stray = ordinals(f"{re.sub(r'[^a-z0-9.]+', '-', clause.id).strip('-')}-stray", taken)
            taken.add(clause_numbers.anchor(stray))
            yield replace(clause, id=stray, printed=clause.printed or clause.id)


def follows(earlier: clause_numbers.Number, number: clause_numbers.Number, declared: set[str]) -> bool:
    """Whether a number may come after another: at once, again, or after gaps that are declared."""
    skipped = clause_numbers.skipped(earlier, number)
    return clause_numbers.follows(earlier, number) or earlier == number or (set(skipped) <= declared and bool(skipped))


def bare_headings(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses; a title without text, over numbers that are not its own, is written as a heading."""
    for clause, after in zip_longest(clauses, clauses[1:]):
        own, inner = clause_numbers.parse(clause.id), clause_numbers.parse(after.id) if after is not None else None
        parent = bool(own and inner and clause_numbers.within(inner, own))
        yield replace(clause, bare=True) if not clause.lines and clause.title and not parent else clause


def with_missing_sections(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections, each with the numbers left out before it declared as gaps."""
    before: clause_numbers.Number | None = None
    for section in sections:
        number = clause_numbers.parse(section.number) if section.number else None
        if before is not None and number is not None and len(before) == len(number):
            yield replace(section, gaps=(*section.gaps, *clause_numbers.skipped(before, number)))
        else:
            yield section
        before = number if section.number else before
