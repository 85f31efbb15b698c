"""Law that a paper names, matched to the laws that the guide knows. A match is a suggestion, never a tie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...authoring.page_kinds import PageKind
from ...authoring.pages import Page
from ...model import InstrumentId
from ..document import words
from ..structure.sections import Clause, Outline, Section

LISTS = re.compile(r"\b(legislation|legal|law|laws|statutory|statutes|acts|regulations)\b", re.IGNORECASE)
NAMED = re.compile(
    r"((?:[A-Z][\w’'-]*|\([A-Z][^()]{2,60}\))(?:,?\s+(?:(?:and|of|the|to|for|in|on|from|etc\.?|&)\s+)*"
    r"(?:[A-Z][\w’'-]*|\([A-Z][^()]{2,60}\))){0,14}\s+(?:Act|Acts|Regulations|Order|Code))\s+((?:19|20)\d\d)\b"
)
TWO_YEARS = re.compile(r"^(?P<name>.*\bact) (?P<one>\d{4}) and (?P<two>\d{4})$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Laws:
    """The laws the guide knows, by the plain form of their names."""

    titles: Mapping[str, InstrumentId]
    shown: Mapping[InstrumentId, str]

    def heading(self, text: str) -> tuple[InstrumentId, ...]:
        """The laws a heading is the name of: “Obscene publications act 1959 and 1964” is two."""
        plain = plainly(text)
        pair = TWO_YEARS.match(plain)
        names = [f"{pair['name']} {pair['one']}", f"{pair['name']} {pair['two']}"] if pair else [plain]
        found = [self.titles.get(name) or self.titles.get(name.removeprefix("the ")) for name in names]
        return tuple(key for key in found if key) if all(found) else ()

    def named(self, text: str) -> list[InstrumentId]:
        """The laws whose names stand in a text, in order of appearance."""
        plain = f" {plainly(text)} "
        places: dict[InstrumentId, int] = {}
        for name, key in self.titles.items():
            at = plain.find(f" {name} ")
            if at >= 0:
                places[key] = min(at, places.get(key, at))
        return sorted(places, key=lambda key: (places[key], key))


def plainly(text: str) -> str:
    return " ".join(words(text.lower().replace("&", " and ")))


def known(pages: Sequence[Page], values: Mapping[str, Mapping[str, object]]) -> Laws:
    """Collect the names of the guide's laws: titles, and what else they are called if it is no common word."""
    titles: dict[str, InstrumentId] = {}
    shown: dict[InstrumentId, str] = {}
    for page in pages:
        if page.kind is not PageKind.INSTRUMENT:
            continue
        key = InstrumentId(page.name)
        facts = values.get(page.path, {})
        title = str(facts.get("title", key))
        shown[key] = title
        also = facts.get("also_called", ())
        names = [title, *(also if isinstance(also, tuple) else ())]
        for name in names:
            if len(words(name)) >= 2 or (name.isupper() and len(name) >= 4):
                titles.setdefault(plainly(name), key)
    return Laws(titles=titles, shown=shown)


def lists_law(section: Section, laws: Laws) -> bool:
    """Whether an appendix is a list of law: named so, with two headings or more that the guide knows."""
    headings = [clause for clause in section.clauses if clause.title and clause.label is None]
    matched = sum(bool(laws.heading(clause.name)) for clause in headings)
    return section.attached and bool(LISTS.search(section.title)) and matched >= 2 and matched >= 0.4 * len(headings)


def unknown(made: Outline, laws: Laws) -> Iterator[tuple[str, str]]:
    """Acts and regulations named that the guide has no page for, each once, with where."""
    told: set[str] = set()
    for section in made.sections:
        for clause in section.clauses:
            for line in [*([clause.title] if clause.title else []), *clause.lines]:
                for match in NAMED.finditer(" ".join(line.text.split())):
                    name = re.sub(
                        r"^(?:The|This|That|Under|Section|See|And|In|With|By)\s+", "", f"{match[1]} {match[2]}"
                    )
                    if plainly(name) not in told and not laws.named(name):
                        told.add(plainly(name))
                        yield name, line.place


def suggested(clause: Clause, laws: Laws) -> list[InstrumentId]:
    """The laws a clause names."""
    return laws.named(" ".join([clause.name, *(line.text for line in clause.lines)]))
