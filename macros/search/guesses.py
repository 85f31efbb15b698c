"""Policy + phrasebook → guesses: which of the phrasebook's topics each clause is about, judged by its words.

A guess is worth less than what an author writes, and gives way to it: docs/project/decisions/phrasebook.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ..model import Clause, ClauseId, Guide, Policy
from .entries import plain
from .school_words import GENERAL, Cue, Subjects, Topic, Words, topic_ids, topics
from .school_words import subjects as all_subjects
from .tokens import stem, stems, tokens

Fields = Mapping[str, float]

TITLE, SECTION = 0.9, 0.5
TEXT: Fields = {"text": 1.0, "title": TITLE, "section": SECTION}
"""What a cue is worth by where it stands."""
HEADINGS: Fields = {"title": TITLE, "section": TITLE}
HEADING = 1.3
"""What a heading's cue is worth beside another."""
SUPPORT = 0.35
"""What a supporting cue is worth beside another."""
LONGER = 0.35
"""What each further word of a cue adds to its worth."""
ENOUGH = 0.4
"""The least a topic's cues add up to in a clause about it."""
SHARE = 0.55
"""The least of a topic's best clause, or of a clause's best topic, that another one needs."""
CLAUSES = 3
"""The most clauses a topic."""
TOPICS = 4
"""The most topics a clause."""
BY_TITLE, BY_HEADING, BY_WORDS, ALWAYS = 1.0, 0.85, 0.8, 0.7
"""How far a subject is trusted, by what shows it."""
DENSE = 0.25
"""The share of clauses with a subject's words from which on they show the subject."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicChoices:
    """What authors decided about the topics of clauses, each clause with topics by id."""

    taken: Mapping[str, Collection[str]] = field(default_factory=dict)
    dropped: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """A topic that a clause seems to be about."""

    topic: str
    taken: bool
    """Whether an author decided it; otherwise it is guessed."""
    score: float
    """How likely, from 0 to 1."""
    phrasings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseWords:
    """The stems of a clause by field, each field a text with spaces around every stem."""

    id: ClauseId
    fields: Mapping[str, str]
    """Text, title and section title."""
    length: int


def guesses_of(
    guide: Guide, phrased: Collection[str] = (), choices: TopicChoices | None = None
) -> dict[ClauseId, tuple[Guess, ...]]:
    """The guesses of every policy. phrased are the clauses for which authors wrote phrasings."""
    return {
        clause: guesses
        for policy in guide.policies.values()
        for clause, guesses in guess(policy, phrased, choices or TopicChoices()).items()
    }


def phrasings_of(guesses: Mapping[ClauseId, tuple[Guess, ...]]) -> dict[ClauseId, tuple[str, ...]]:
    """The phrasings of all guesses by clause, without repetitions."""
    return {
        clause: tuple(dict.fromkeys(text for guess in several for text in guess.phrasings))
        for clause, several in guesses.items()
    }


def guess(policy: Policy, phrased: Collection[str], choices: TopicChoices) -> dict[ClauseId, tuple[Guess, ...]]:
    """The topics of each clause of a policy, the likeliest first.

    A topic that an author gave a clause is that clause's alone; one whose likeliest clause has phrasings of its author
    is left out, for those are better.
    """
    book = all_subjects()
    subjects = subjects_of(policy, book)
    names = tuple(name for key in subjects if key != GENERAL for name in book[key].names[:2])[:3]
    taken = {topic for several in choices.taken.values() for topic in several}
    by_clause: dict[ClauseId, list[Guess]] = defaultdict(list)
    for topic, scores in scored(policy, subjects):
        if topic.id in taken:
            continue
        ranked = sorted(scores, key=lambda clause: -scores[clause])
        if ranked[0] in phrased:
            continue
        for place in ranked[:CLAUSES]:
            likely = scores[place] >= SHARE * scores[ranked[0]]
            if likely and place not in phrased and topic.id not in choices.dropped.get(place, ()):
                phrasings = tuple(worded(topic, names))
                score = scores[place] / (1 + scores[place])
                by_clause[place].append(Guess(topic=topic.id, taken=False, score=score, phrasings=phrasings))
    decided: dict[ClauseId, list[Guess]] = defaultdict(list)
    for clause in policy.clauses:
        for name in choices.taken.get(clause.id, ()):
            if name in topic_ids():
                phrasings = tuple(worded(topic_of(name), names))
                decided[clause.id].append(Guess(topic=name, taken=True, score=1.0, phrasings=phrasings))
    return {
        clause.id: (*decided[clause.id], *likeliest(by_clause[clause.id]))
        for clause in policy.clauses
        if decided[clause.id] or by_clause[clause.id]
    }


def topic_of(name: str) -> Topic:
    return next(topic for topic in topics(name.partition("/")[0]) if topic.id == name)


def likeliest(guesses: list[Guess]) -> list[Guess]:
    """The few of a clause's guesses that come near the best."""
    ranked = sorted(guesses, key=lambda guess: -guess.score)
    return [guess for guess in ranked[:TOPICS] if guess.score >= SHARE * ranked[0].score]


def worded(topic: Topic, names: tuple[str, ...]) -> Iterator[str]:
    """A topic's phrasings, with each name of the policy's subjects where one belongs."""
    for ask in topic.asks:
        if "{subject}" in ask:
            yield from (ask.replace("{subject}", name) for name in names)
        else:
            yield ask


def subjects_of(policy: Policy, book: Subjects) -> dict[str, float]:
    """The subjects of a policy, and how far each is trusted; the general one comes last."""
    if policy.subjects is not None:
        named = dict.fromkeys((subject for subject in policy.subjects if subject in book), BY_TITLE)
        return {**named, GENERAL: ALWAYS}
    trusted = dict.fromkeys(titled(policy.title, book), BY_TITLE)
    if not trusted:
        trusted = dict.fromkeys(worded_subjects(policy, book), BY_WORDS)
    for heading in dict.fromkeys(
        heading
        for section in policy.sections
        for heading in (section.title, *(clause.title for clause in section.clauses))
    ):
        for subject in titled(heading, book):
            trusted.setdefault(subject, BY_HEADING)
    trusted.pop(GENERAL, None)
    return {**trusted, GENERAL: ALWAYS}


def titled(title: str, book: Subjects) -> list[str]:
    """The subjects that a title shows: “staff attendance” is not also “attendance”."""
    rest = searchable(title)
    matches: list[str] = []
    by_length = sorted(
        ((words, subject.id) for subject in book.values() for words in subject.titles), key=lambda pair: -len(pair[0])
    )
    for words, name in by_length:
        if spaced(words) in rest:
            rest = rest.replace(spaced(words), " | ")
            matches.append(name)
    return list(dict.fromkeys(matches))


def worded_subjects(policy: Policy, book: Subjects) -> list[str]:
    """The subject whose words most clauses hold, if enough do."""
    texts = [searchable(plain(clause.text)) for clause in policy.clauses]
    shares = {
        subject.id: sum(any(holds(text, cue) for cue in subject.words) for text in texts) / max(1, len(texts))
        for subject in book.values()
        if subject.words
    }
    best = max(shares, key=lambda name: shares[name], default="")
    return [best] if best and shares[best] >= DENSE else []


def scored(policy: Policy, subjects: Mapping[str, float]) -> Iterator[tuple[Topic, dict[ClauseId, float]]]:
    """Each topic of some subjects with the clauses that are about it, and how much each one is."""
    clauses = [clause_words(clause, section.title) for section in policy.sections for clause in section.clauses]
    if not clauses:
        return
    by_stem = places_by_stem(clauses)
    average = sum(clause.length for clause in clauses) / len(clauses)
    for subject, trusted in subjects.items():
        for topic in topics(subject):
            totals: dict[int, float] = defaultdict(float)
            strong: set[int] = set()
            for several, worth, fields in (
                (topic.cues, 1.0, TEXT),
                (topic.headings, HEADING, HEADINGS),
                (topic.support, SUPPORT, TEXT),
            ):
                for cue in several:
                    places = holders(cue, clauses, by_stem, fields)
                    if several is not topic.support:
                        strong.update(places)
                    for place, value in valued(cue, places, len(clauses)):
                        totals[place] += worth * trusted * value
            scores = {
                clauses[place].id: total / (0.75 + 0.25 * clauses[place].length / average)
                for place, total in totals.items()
                if place in strong
            }
            scores = {clause: score for clause, score in scores.items() if score >= ENOUGH}
            if scores:
                yield topic, scores


def valued(cue: Cue, places: Mapping[int, float], clauses: int) -> Iterator[tuple[int, float]]:
    """What a cue is worth in each clause that holds it: more with each of its words, and the fewer clauses hold it."""
    words = sum(len(words) for words in cue)
    own = sum(where > SECTION for where in places.values()) or len(places)
    worth = (1 + LONGER * (words - 1)) * math.log(1 + clauses / max(1, own)) / math.log(1 + clauses)
    for place, where in places.items():
        yield place, worth * where


def clause_words(clause: Clause, section: str) -> ClauseWords:
    text = plain(clause.text)
    return ClauseWords(
        id=clause.id,
        fields={"text": searchable(text), "title": searchable(clause.title), "section": searchable(section)},
        length=len(stems(text)),
    )


def places_by_stem(clauses: list[ClauseWords]) -> dict[str, set[int]]:
    """The clauses that hold each stem anywhere, by their places."""
    by_stem: dict[str, set[int]] = defaultdict(set)
    for place, clause in enumerate(clauses):
        for words in clause.fields.values():
            for word in words.split():
                by_stem[word].add(place)
    return by_stem


def holders(cue: Cue, clauses: list[ClauseWords], by_stem: Mapping[str, set[int]], fields: Fields) -> dict[int, float]:
    """The clauses that hold a cue in some fields, by their places, and what those are worth together."""
    few: set[int] | None = None
    for words in cue:
        for word in words:
            places = by_stem.get(word)
            if not places:
                return {}
            few = places if few is None else few & places
    worths: dict[int, float] = {}
    for place in few or ():
        texts = clauses[place].fields
        worth = min(sum(fields[name] for name in fields if spaced(words) in texts[name]) for words in cue)
        if worth:
            worths[place] = worth
    return worths


@cache
def searchable(text: str) -> str:
    """The stems of a text with a space on either side, once with the stop words and once without: see `phrase`."""
    return f"{spaced(tuple(stem(token) for token in tokens(text)))}|{spaced(stems(text))}"


def holds(text: str, cue: Cue) -> bool:
    return all(spaced(words) in text for words in cue)


def spaced(words: Words) -> str:
    """Stems as a text in which each has a space on either side."""
    return f" {' '.join(words)} "
