"""How the model is said: words for its enums, dates and bodies in sentences, orders of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from . import review
from .model import MONTHS, Citation, Clause, Guide, Instrument, InstrumentStatus, PartialDate, Policy

STATUS_WORDS = {
    "in-force": "In force",
    "amended": "In force, as amended",
    "partly-in-force": "Coming into force in stages",
    "part-repealed": "Partly repealed",
    "repealed": "Repealed",
}
KIND_WORDS = {
    "act": "Act of Parliament",
    "regulations": "Regulations",
    "assimilated-law": "Assimilated EU law",
    "statutory-guidance": "Guidance",
}
CHANGE_WORDS = {
    "came-into-force": "Came into force",
    "amended": "Amended",
    "part-repealed": "Partly repealed",
    "repealed": "Repealed",
    "replaced": "Replaced",
}
TOPIC_WORDS = 3
"""An ask of at most so many words is a topic; longer ones are questions."""


def warning(guide: Guide, citation: Citation) -> InstrumentStatus | None:
    """What a reader of the clause must know of the law's status: nothing where what is cited is in force."""
    law = guide.instruments[citation.instrument]
    if any(found.ref == citation.provision and found.repealed_on for found in law.provisions):
        return InstrumentStatus.REPEALED
    if law.status is InstrumentStatus.PART_REPEALED and citation.provision:
        return None
    return law.status if law.status not in (InstrumentStatus.IN_FORCE, InstrumentStatus.AMENDED) else None


def the_body(name: str) -> str:
    """A body within a sentence: “Governing body” → “the governing body”, “FGB” → “the FGB”."""
    small = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return small if small.startswith("the ") else f"the {small}"


def day_in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def on_or_in(when: PartialDate) -> str:
    return f"{'on' if when.day else 'in'} {when.words}"


def worst_first(guide: Guide) -> list[Policy]:
    """Policies with the longest overdue review first, those never reviewed before all."""

    def lateness(policy: Policy) -> tuple[bool, int, str]:
        standing = review.standing(policy, guide.built_on)
        return (standing.due_on is not None, -standing.days_late, policy.title)

    return sorted(guide.policies.values(), key=lateness)


def topics(guide: Guide, asks: Mapping[str, tuple[str, ...]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Words to look under, A to Z, each with the labels and addresses of what they lead to."""
    found: dict[str, dict[str, str]] = {}
    for clause in guide.clauses.values():
        short = [ask for ask in asks.get(clause.id, ()) if len(ask.split()) <= TOPIC_WORDS]
        for topic in filter(None, (clause.title, *short)):
            found.setdefault(topic[:1].upper() + topic[1:], {})[clause.url] = clause.label
    for law in guide.instruments.values():
        for topic in (law.title, *law.also_called):
            found.setdefault(topic[:1].upper() + topic[1:], {})[law.url] = law.title
    return [(topic, [(label, url) for url, label in found[topic].items()]) for topic in sorted(found, key=str.casefold)]


def by_letter(laws: Iterable[Instrument]) -> Iterator[tuple[str, list[Instrument]]]:
    """Group titles, already in order, by their first letter."""
    group: list[Instrument] = []
    for law in laws:
        if group and group[0].title[0].upper() != law.title[0].upper():
            yield group[0].title[0].upper(), group
            group = []
        group.append(law)
    if group:
        yield group[0].title[0].upper(), group


def peek_id(shown: Clause | Instrument) -> str:
    """The element id of a pop-up."""
    return f"peek-{shown.anchor}" if isinstance(shown, Clause) else f"peek-{shown.id}"
