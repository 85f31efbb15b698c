"""Labels, plurals, ordinals and lists: how the model reads in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from . import provisions
from .changes import Changed, ClauseHistory, Difference
from .dates import MONTHS
from .decisions import Review
from .guide import Guide
from .law import Change, Citation, Instrument, InstrumentStatus
from .text import Wording

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
    "statutory-guidance": "Statutory guidance",
    "guidance": "Guidance, not statutory",
    "common-law": "Judge-made law",
}
WEIGHT = {"act": 0, "regulations": 0, "assimilated-law": 0, "common-law": 1, "statutory-guidance": 1, "guidance": 2}
STRONGEST = 2
"""Laws that are shown beside a clause; a reader opens the others."""
CHANGE_WORDS = {
    "came-into-force": "Came into force",
    "amended": "Amended",
    "part-repealed": "Partly repealed",
    "repealed": "Repealed",
    "replaced": "Replaced",
}
CHANGES_AHEAD = {
    "came-into-force": "Comes into force",
    "amended": "To be amended",
    "part-repealed": "To be partly repealed",
    "repealed": "To be repealed",
    "replaced": "To be replaced",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
TOPIC_WORDS = 3
"""An ask of at most so many words is a topic; longer ones are questions."""


def warning(guide: Guide, citation: Citation) -> InstrumentStatus | None:
    """What a reader of the clause must know of the law's status: nothing where what is cited is in force."""
    law = guide.instruments[citation.instrument]
    if any(provision.ref == citation.provision and provision.repealed_on for provision in law.provisions):
        return InstrumentStatus.REPEALED
    if law.status is InstrumentStatus.PART_REPEALED and citation.provision:
        return None
    return law.status if law.status not in (InstrumentStatus.IN_FORCE, InstrumentStatus.AMENDED) else None


def strongest_first(guide: Guide, citations: Sequence[Citation]) -> list[Citation]:
    """A clause's law by its weight: Acts and regulations, then judgments and guidance; what no longer applies last."""
    return sorted(
        citations,
        key=lambda citation: (bool(warning(guide, citation)), WEIGHT[guide.instruments[citation.instrument].kind]),
    )


def change_words(change: Change, today: date) -> str:
    """What happened to a law, or what will."""
    return (CHANGES_AHEAD if change.on.first_day > today else CHANGE_WORDS)[change.kind]


def since_when(law: Instrument) -> str:
    """What follows the words for a law's status: “since 1 October 2010”, but “on” the day of a repeal."""
    if law.since is None:
        return ""
    return law.since.when if law.status is InstrumentStatus.REPEALED else f"since {law.since.words}"


def standing_line(wording: Wording, *, gists: bool = False) -> str:
    """What every page of a policy says of itself: which words count, and what on the page is not the policy's.

    gists: whether clauses have one on it.
    """
    ours = [*(["lines “In short”"] if gists else []), "related law", "editor’s notes"]
    if wording is not Wording.RESTATED:
        return f"{capitalised(join_words(ours))} are ours and not part of the policy."
    return (
        "These pages put the policy into plain English. Where they differ from the wording that was adopted, the "
        f"adopted wording counts. {capitalised(join_words(['clause titles', *ours]))} are ours and not part of the "
        "policy."
    )


def capitalised(words: str) -> str:
    """Words as a sentence begins: only the first letter changes."""
    return words[:1].upper() + words[1:]


def official(guide: Guide, citation: Citation) -> str:
    """The official address of what a clause rests on: the provision's, or the whole instrument's."""
    law = guide.instruments[citation.instrument]
    return provisions.uri(law.uri, citation.provision) or law.uri


def the_body(name: str) -> str:
    """A body within a sentence: “Governing body” → “the governing body”, “FGB” → “the FGB”."""
    small = within(name)
    return small if small.startswith("the ") else f"the {small}"


def within(words: str) -> str:
    """A heading within a sentence: “Former pupils” → “former pupils”, “AI tools” as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def by_body(act: Review) -> str:
    """Who decided, at the end of what they did: “ by the governing body”; nothing where the body is not known."""
    return f" by {the_body(act.by)}" if act.by else ""


def change_label(changed: Changed) -> str:
    """What became of a passage, in few words: “reworded; moved from 2.3.4”."""
    before = changed.before
    labels = {
        Difference.ADDED: "new",
        Difference.REMOVED: "removed",
        Difference.MOVED: moved_label(changed),
        Difference.RENUMBERED: renumbered_label(changed),
        Difference.RETITLED: f"its title was “{before.title}”" if before and before.title else "it had no title",
        Difference.REWORDED: "reworded",
    }
    return "; ".join(labels[kind] for kind in Difference if kind in changed.kinds)


KIND_LABELS = {
    Difference.ADDED: "New",
    Difference.REMOVED: "Removed",
    Difference.MOVED: "Moved",
    Difference.RENUMBERED: "Renumbered",
    Difference.RETITLED: "Retitled",
    Difference.REWORDED: "Reworded",
}


def kinds_label(kinds: frozenset[Difference]) -> str:
    """“Moved and reworded”."""
    labels = [KIND_LABELS[kind] for kind in Difference if kind in kinds]
    return " and ".join([*labels[:1], *(label.lower() for label in labels[1:])])


def reads_as(histories: Sequence[ClauseHistory | None]) -> str:
    """Since when most of a section's clauses read as they do: “All 10 clauses read as adopted …”.

    Nothing where none of them does; then each says for itself when it changed.
    """
    unchanged = [history for history in histories if history and not history.kinds]
    if not unchanged or unchanged[0].since is None:
        return ""
    number, since = len(histories), unchanged[0].since
    how = f"as adopted {since.when}" if unchanged[0].from_adoption else f"as {since.when} or before"
    if len(unchanged) == number:
        return f"This clause reads {how}." if number == 1 else f"All {number} clauses read {how}."
    verb = "reads" if len(unchanged) == 1 else "read"
    others = "the other says when it" if number - len(unchanged) == 1 else "the others say when they"
    return f"{len(unchanged)} of {number} clauses {verb} {how}; {others} changed."


def since_label(history: ClauseHistory) -> str:
    """When a clause that does not read as first adopted took its words: “Reworded in November 2026”."""
    former = f" (it was {history.was})" if history.was else ""
    if history.since is None:
        compared = "" if Difference.ADDED in history.kinds else f" since the edition of {history.compared_with.words}"
        return f"{kinds_label(history.kinds)}{former}{compared}; not adopted yet"
    return f"{kinds_label(history.kinds)} {history.since.when}{former}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """“1 clause”, “2 clauses”, “1,422 days”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def join_words(words: Sequence[str], *, most: int | None = None) -> str:
    """“a, b and c”; with most, the first few of many: “a, b and 3 more”."""
    if most is not None and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), *words[-1:]])


def ordinal(number: int) -> str:
    """“first”; from the thirteenth on in figures, “21st”."""
    if 0 < number < len(ORDINALS):
        return ORDINALS[number]
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def number_in_words(number: int) -> str:
    """“no”, “one”; from thirteen on in figures."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def moved_label(changed: Changed) -> str:
    if changed.before is None or changed.came_from is None:
        return ""
    section = changed.came_from.heading
    return f"moved from {changed.before.number}" if changed.before.number else f"moved from “{section}”"


def renumbered_label(changed: Changed) -> str:
    if changed.before is None:
        return ""
    return f"renumbered: it was {changed.before.number}" if changed.before.number else "renumbered: it had no number"


def day_in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def topics(guide: Guide, asks: Mapping[str, tuple[str, ...]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Words to look under, A to Z, each with the labels and addresses of what they lead to."""
    links: dict[str, dict[str, str]] = {}
    for clause in guide.clauses.values():
        short = [ask for ask in asks.get(clause.id, ()) if len(ask.split()) <= TOPIC_WORDS]
        for topic in filter(None, (clause.title, *short)):
            links.setdefault(capitalised(topic), {})[clause.url] = clause.label
    for law in guide.laws_in_use:
        for topic in (law.title, *law.also_called):
            links.setdefault(capitalised(topic), {})[law.url] = law.title
    return [(topic, [(label, url) for url, label in links[topic].items()]) for topic in sorted(links, key=str.casefold)]


def by_initial(topics: Iterable[tuple[str, Any]]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Topics, already in order, by their first letter; those that begin with none under “0–9”."""
    grouped: dict[str, list[tuple[str, Any]]] = {}
    for topic in topics:
        initial = topic[0][:1].upper()
        grouped.setdefault(initial if initial.isalpha() else "0–9", []).append(topic)
    return list(grouped.items())


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
