"""A policy → the matters that its governors must decide, the worst first, each in the clause's own words.

All of it follows from the model and from what authors wrote in notes and silences: where nobody proposes a change, none
is proposed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..model import (
    Appendix,
    Citation,
    Clause,
    Guide,
    Instrument,
    InstrumentStatus,
    Listing,
    NoteKind,
    Policy,
    Section,
    Silence,
    labels,
    provisions,
)
from . import law_changes
from .pack import News, Pack

MOST = 8
"""Matters on the first sheet."""
MOST_POINTS, FEW_POINTS = 4, 3
"""Places of one matter that are quoted, where a change is proposed and where none is; the annexes have the rest."""
LONG, SHORT, WHAT = 210, 130, 180
"""Characters before the rest is left out: of one clause, of each of several, of what is the matter."""
SPARED = 12
"""So few characters are not worth leaving out."""
NO_PROPOSAL = "No change is proposed yet."
CHOICES = ("accept", "change", "leave")
"""What governors can do about a proposal."""
HEADINGS: dict[NoteKind | None, str] = {
    NoteKind.LAW_GONE: "Repealed law",
    NoteKind.DISAGREE: "Clauses that do not agree",
    NoteKind.BODY_GONE: "A body that no longer exists",
    NoteKind.LAW_CHANGED: "Law that has changed",
    NoteKind.NUMBER_TWICE: "A number printed twice",
    None: "Another point",
}

Place = Clause | Listing | Section | Appendix


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One place of a policy and what is the matter there."""

    at: Place | None
    """None where the policy says nothing."""
    what: str
    proposal: str | None = None

    def words(self, most: int = LONG) -> str:
        """The place's own words, as far as they matter; empty where it has none of its own."""
        text = self.at.text if isinstance(self.at, Clause | Listing) else ""
        return excerpt(text, quoted(f"{self.proposal or ''} {self.what}"), most)

    @property
    def label(self) -> str:
        """What the place is called, in full."""
        if isinstance(self.at, Clause):
            return self.at.full_name
        return f"Appendix, “{self.at.heading}”" if isinstance(self.at, Listing) else self.short

    @property
    def short(self) -> str:
        """What the place is called where its name was given before."""
        if self.at is None:
            return ""
        return self.at.label if isinstance(self.at, Clause) else self.at.heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """A row of the first sheet: one thing to decide."""

    heading: str
    points: tuple[Point, ...]

    @property
    def quoted(self) -> tuple[Point, ...]:
        proposed = any(point.proposal for point in self.points)
        return self.points[: MOST_POINTS if proposed else FEW_POINTS]

    @property
    def left_out(self) -> int:
        """How many of its places are not quoted."""
        return len(self.points) - len(self.quoted)

    @property
    def faults(self) -> tuple[str, ...]:
        """What is the matter, each once; the annexes have the rest of what is long."""
        most = SHORT if len({point.what for point in self.quoted}) > 1 else WHAT
        return labelled([(point, excerpt(point.what, (), most)) for point in self.quoted])

    @property
    def proposals(self) -> tuple[str, ...]:
        """What could be decided, each once."""
        return labelled([(point, point.proposal) for point in self.quoted if point.proposal])

    @property
    def places(self) -> tuple[tuple[Point, str], ...]:
        """Its places, each once, with their own words."""
        most = LONG if len(self.quoted) == 1 else SHORT
        by_url = {point.at.url: point for point in self.quoted if point.at is not None}
        return tuple((point, point.words(most)) for point in by_url.values())


def labelled(texts: Sequence[tuple[Point, str]]) -> tuple[str, ...]:
    """Each text once; where they differ, with the places that each is about."""
    about: dict[str, list[str]] = {}
    for point, text in texts:
        about.setdefault(text, []).append(point.short)
    if len(about) < 2:
        return tuple(about)
    return tuple(f"{labels.join_words(list(dict.fromkeys(places)))}: {text}" for text, places in about.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """What the governors must decide."""

    matters: tuple[Matter, ...]
    left_out: int
    """Matters that are found in the annexes alone."""


def agenda(guide: Guide, policy: Policy, pack: Pack) -> Agenda:
    matters = [*of_notes_and_law(guide, policy, pack), *map(of_silence, proposed_first(pack.silences))]
    return Agenda(matters=tuple(matters[:MOST]), left_out=len(matters[MOST:]))


def proposed_first(silences: Sequence[Silence]) -> list[Silence]:
    return sorted(silences, key=lambda silence: silence.proposal is None)


def of_silence(silence: Silence) -> Matter:
    what = f"People ask, and the policy does not say. Until it does, they ask {labels.the_body(silence.ask)}."
    nearest = silence.see if isinstance(silence.see, Clause) else None
    return Matter(
        heading=f"Not in the policy: {labels.within(silence.text)}",
        points=(Point(at=nearest, what=what, proposal=silence.proposal),),
    )


def of_notes_and_law(guide: Guide, policy: Policy, pack: Pack) -> Iterator[Matter]:
    """Kind by kind; within a kind what has a proposal comes first."""
    by_kind: dict[NoteKind | None, list[Point]] = defaultdict(list)
    for remark in pack.notes:
        note = remark.note
        if note.kind or note.proposal:
            others = tuple(guide.clauses[key] for key in note.clauses if key in guide.clauses)
            by_kind[note.kind] += [Point(at=at, what=note.text, proposal=note.proposal) for at in (remark.at, *others)]
    derived: dict[NoteKind | None, Iterator[Point]] = {
        NoteKind.LAW_GONE: repealed_law(guide, policy),
        NoteKind.LAW_CHANGED: changed_law(pack.news, guide.built_on),
        NoteKind.NUMBER_TWICE: numbers_twice(policy, {p.at.url for p in by_kind[NoteKind.NUMBER_TWICE] if p.at}),
    }
    for kind, heading in HEADINGS.items():
        written = by_kind[kind]
        noted = {point.at.url for point in written if point.at}
        points = [*written, *(point for point in derived.get(kind, ()) if point.at and point.at.url not in noted)]
        groups = grouped(points, kind)
        for group in sorted(groups, key=lambda group: not any(point.proposal for point in group)):
            yield Matter(heading=heading, points=tuple(group))


def grouped(points: Iterable[Point], kind: NoteKind | None) -> list[list[Point]]:
    """Points that are decided together: a list of law as one, else what one proposal or one sentence is about."""
    points = list(points)
    clauses = {point.what for point in points if isinstance(point.at, Clause)}
    groups: dict[object, list[Point]] = defaultdict(list)
    for point in points:
        together: object = point.proposal or point.what
        if kind is NoteKind.LAW_GONE and isinstance(point.at, Listing) and point.what not in clauses:
            together = "the appendix"
        elif kind in (NoteKind.NUMBER_TWICE, NoteKind.LAW_CHANGED) and not point.proposal:
            together = kind
        groups[together].append(point)
    return list(groups.values())


def repealed_law(guide: Guide, policy: Policy) -> Iterator[Point]:
    """Clauses that rest on law that is repealed, or name it, and entries that list it."""
    repealed = [law for law in guide.instruments.values() if law.status is InstrumentStatus.REPEALED]
    for clause in policy.clauses:
        for citation in clause.citations:
            if labels.warning(guide, citation) is InstrumentStatus.REPEALED:
                yield Point(at=clause, what=repeal(guide, guide.instruments[citation.instrument], citation))
        for law in repealed:
            if law.title in clause.text and law.id not in {citation.instrument for citation in clause.citations}:
                yield Point(at=clause, what=repeal(guide, law))
    for entry in policy.listings:
        for law in repealed:
            if law.id in entry.instruments:
                yield Point(at=entry, what=repeal(guide, law))


def repeal(guide: Guide, law: Instrument, citation: Citation | None = None) -> str:
    """That a law is no longer in force, since when, and what took its place."""
    cited = citation.provision if citation and law.status is not InstrumentStatus.REPEALED else ""
    name = f"the {law.title}, {provisions.printed(cited)}" if cited else f"the {law.title}"
    repealed_on = next((one.repealed_on for one in law.provisions if one.ref == cited), None) if cited else law.since
    when = f" {repealed_on.when}" if repealed_on else ""
    by = labels.join_words(
        [f"the {guide.instruments[key].title}" for key in law.replaced_by if key in guide.instruments]
    )
    return f"{name[:1].upper()}{name[1:]} was repealed{when}{f' and replaced by {by}' if by else ''}."


def changed_law(news: Iterable[News], today: date) -> Iterator[Point]:
    """Clauses of which the very provision that they rest on changed since the adoption, the newest change first."""
    changes = [
        (change, item) for item in news for change in item.changes if change.provisions and change.on.first_day <= today
    ]
    seen: set[str] = set()
    for change, item in sorted(changes, key=lambda pair: pair[0].on, reverse=True):
        for clause, ties in item.ties:
            if clause.id not in seen and any(law_changes.concerns(change, tie.provision) for tie in ties):
                seen.add(clause.id)
                yield Point(at=clause, what=f"{item.law.title}, {change.on.words}: {change.what}")


def numbers_twice(policy: Policy, noted: set[str]) -> Iterator[Point]:
    """Clauses that print the number of another, but those that a note is about."""
    by_number: dict[str, list[Clause]] = defaultdict(list)
    for clause in policy.clauses:
        if clause.number:
            by_number[clause.number].append(clause)
    for number, clauses in by_number.items():
        if len(clauses) > 1 and noted.isdisjoint(clause.url for clause in clauses):
            what = f"The number {number} is printed on {labels.number_in_words(len(clauses))} clauses."
            yield from (Point(at=clause, what=what) for clause in clauses)


def quoted(text: str) -> list[str]:
    """What a text puts in quotation marks."""
    return re.findall("“([^”]{2,})”", text)


def excerpt(text: str, wanted: Sequence[str], most: int) -> str:
    """The first sentences of a text in Markdown, or those from the one that holds some wanted words."""
    sentences = re.split(r"(?<=[.!?]) +(?=[“‘(]?[A-Z])", plain(text)) if text else []
    start = next((at for at, words in enumerate(sentences) if any(phrase in words for phrase in wanted)), 0)
    chosen: list[str] = []
    for sentence in sentences[start:]:
        if chosen and sum(map(len, chosen)) + len(sentence) > most:
            break
        chosen.append(sentence)
    words = " ".join(chosen)
    more = start + len(chosen) < len(sentences)
    reached = max((words.find(phrase) + len(phrase) for phrase in wanted if phrase in words), default=0)
    end = words.find(" ", max(int(most * 1.25), reached))
    if end > 0 and len(words) - end > SPARED:
        words, more = words[:end].rstrip(",;:"), True
    return f"{'… ' if start else ''}{words}{' …' if more else ''}"


def plain(text: str) -> str:
    """A text in Markdown as one line of words, the items of a list after one another."""
    lines = [
        re.sub(r"^\s*(?:[-*+]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+|^[#>\s]+", "• ", line)
        for line in text.splitlines()
    ]
    words = " ".join(line.strip() for line in lines if line.strip())
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>", r"\1\2", words)
    words = re.sub(r"\[\^[^\]]*\]|\{:[^}]*\}|<[^>]*>|[*`|]|\\(?=\W)", "", words)
    return " ".join(re.sub(r"(?<![:;,.]) • ", "; ", words).replace("• ", "").split())
