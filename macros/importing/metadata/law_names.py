"""Matches the laws that a paper names to the guide's law pages. A match is a suggestion, never a citation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...authoring.located_yaml import Entry
from ...authoring.page_kinds import PageKind
from ...authoring.pages import Page
from ...model import InstrumentId
from ..document import words
from ..structure.lines import Line
from ..structure.sections import Clause, Outline, Section

LISTS = re.compile(r"\b(legislation|legal|law|laws|statutory|statutes|acts|regulations)\b", re.IGNORECASE)
CONNECTING = r"(?:(?:and|of|the|to|for|in|on|at|by|with|under|from|or|etc\.?|&)\s+)*"
CAPITALISED = r"(?:[A-Z][\w’'-]*|\([A-Z][^()]{2,60}\))"
YEAR = r"(?:19|20)\d\d"
NAMED = re.compile(
    rf"({CAPITALISED}(?:(?:\s+{YEAR}(?=\s+\())?,?\s+{CONNECTING}{CAPITALISED}){{0,14}}"
    r"\s+(?:etc\.?\s+)?(?:Acts?|Regulations|Order|(?:Admissions?|Appeals)\s+Code))"
    rf"(?:,?\s+(?:of\s+)?|\s*\()({YEAR})\b((?:(?:,\s*|\s+and\s+|\s*&\s*){YEAR}\b(?!\s+[A-Z]))*)"
)
"""A law with its year, or years, and perhaps capitals before it that belong to the sentence."""
OPENING_WORD = re.compile(
    r"^(?:The|This|That|These|Under|Sections?|See|And|In|With|By|Our|All|Any|Both|Also|From|For|Of|To|On|As|When|If|"
    r"Following|Per|Including|Since|Legislation|Law|(?:UK\s+)?[A-Z\d]*[A-Z]{2}[A-Z]*(?:,|\s+(?:and|or|&)(?=\s)))\s+"
)
"""A word that opens a sentence, or an abbreviation that a list begins with."""
BEFORE_NAME = re.compile(
    r".*\b(?:(?<!Representation )of the|(?:under|in|to|by|with|on|for|from|and|or|at) the"
    r"|(?:sections?|parts?|schedules?|chapters?|articles?|paragraphs?|[ivxIVX]+) (?:[\w()]+ )?(?:of|to|in|under)"
    r"|(?:Acts?|Regulations|Order)(?:,(?: and| or)?| and| or| &)) (?=[A-Z(])",
    re.IGNORECASE,
)
"""What a sentence has before a law’s name: “Part VI of the”, “the Equality Act and”."""
LEAST_WORDS_OF_ORDER = 3
"""Words of the name of an order that is no standing or purchase order."""
LEGISLATION = re.compile(r"\b(?:acts?|regulations|order|rules|measure)$", re.IGNORECASE)
LEAST_WORDS = 3
"""Words of a name that is known without its year."""
TWO_YEARS = re.compile(r"^(?P<name>.*\bact) (?P<one>\d{4}) and (?P<two>\d{4})$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Laws:
    """The laws that the guide has pages for."""

    ids: Mapping[str, InstrumentId]
    """By the plain form of each of their names."""
    titles: Mapping[InstrumentId, str]

    def heading(self, text: str) -> tuple[InstrumentId, ...]:
        """The laws a heading is the name of: “Obscene publications act 1959 and 1964” is two."""
        plain = plainly(text)
        pair = TWO_YEARS.match(plain)
        names = [f"{pair['name']} {pair['one']}", f"{pair['name']} {pair['two']}"] if pair else [plain]
        keys = [self.ids.get(name) or self.ids.get(name.removeprefix("the ")) for name in names]
        return tuple(key for key in keys if key) if all(keys) else ()

    def named(self, text: str) -> list[InstrumentId]:
        """The laws that a text names, in order of appearance."""
        plain = f" {plainly(text)} "
        places: dict[InstrumentId, int] = {}
        for name, key in self.ids.items():
            for match in re.finditer(rf" {re.escape(name)} (?!(?:19|20)\d\d )", plain):
                places[key] = min(match.start(), places.get(key, match.start()))
        return sorted(places, key=lambda key: (places[key], key))


def plainly(text: str) -> str:
    """A name in lower case, without punctuation."""
    return " ".join(words(text.lower().replace("&", " and ")))


def known_laws(pages: Sequence[Page]) -> Laws:
    """Collect the titles of the guide's laws, the year among them: other years are other laws.

    What else a law is called helps those who search; in a paper “working together” names no guidance.

    The front matter is read as it is written, since the guide is built only once: with the imported policy in it.
    """
    ids: dict[str, InstrumentId] = {}
    titles: dict[InstrumentId, str] = {}
    for page in pages:
        if page.kind is not PageKind.INSTRUMENT:
            continue
        key, settings = InstrumentId(page.name), page.meta.keys or {}
        titles[key] = one_line(settings.get("title")) or key
        ids.setdefault(plainly(titles[key]), key)
        without_year = re.sub(r"\s*\b(?:19|20)\d\d$", "", titles[key])
        if (
            not LEGISLATION.search(without_year) and len(words(without_year)) >= LEAST_WORDS
        ):  # guidance without its year is the current one
            ids.setdefault(plainly(without_year), key)
    return Laws(ids=ids, titles=titles)


def one_line(entry: Entry | None) -> str:
    """The text of a setting, its line breaks as spaces."""
    return " ".join(entry.raw.split()) if entry else ""


def lists_law(section: Section, laws: Laws) -> bool:
    """Whether an appendix is a list of law: named so, with two headings or more that the guide knows."""
    headings = [clause for clause in section.clauses if clause.title and clause.label is None]
    matched = sum(bool(laws.heading(clause.name)) for clause in headings)
    return section.attached and bool(LISTS.search(section.title)) and matched >= 2 and matched >= 0.4 * len(headings)


def unknown(outline: Outline, laws: Laws) -> Iterator[tuple[str, str]]:
    """Acts and regulations named that the guide has no page for, each once, with its place."""
    seen: set[str] = set()
    for line in lines_of_clauses(outline):
        for name in names_in(line.text):
            if plainly(name) not in seen and not laws.named(name):
                seen.add(plainly(name))
                yield name, line.place


def names_in(text: str) -> Iterator[str]:
    """The laws that running text names with their years: “the Education Acts 1996 and 2002” is two."""
    for match in NAMED.finditer(" ".join(text.split())):
        name = without_lead(match[1])
        if not may_be_law(name):
            continue
        one_of_several = re.sub(r"\bActs$", "Act", name)
        for year in (match[2], *re.findall(r"\d{4}", match[3])):
            yield f"{one_of_several} {year}"


def without_lead(name: str) -> str:
    """A law’s name without the capitals of the sentence before it; brackets are part of the name."""
    open_brackets = re.sub(r"\([^()]*\)", lambda match: "(" + "X" * (len(match[0]) - 2) + ")", name)
    if before := BEFORE_NAME.match(open_brackets):
        name = name[before.end() :]
    while opening := OPENING_WORD.match(name):
        name = name[opening.end() :]
    return name


def may_be_law(name: str) -> bool:
    """Whether a name is more than “Act” or “Standing Order”."""
    count = len(name.split())
    return count >= LEAST_WORDS_OF_ORDER or "(" in name if name.endswith("Order") else count > 1


def lines_of_clauses(outline: Outline) -> Iterator[Line]:
    """The lines of all clauses, their titles among them."""
    for section in outline.sections:
        for clause in section.clauses:
            yield from ([clause.title] if clause.title else [])
            yield from clause.lines


def suggested(clause: Clause, laws: Laws) -> list[InstrumentId]:
    """The laws that a clause names."""
    return laws.named(" ".join([clause.name, *(line.text for line in clause.lines)]))
