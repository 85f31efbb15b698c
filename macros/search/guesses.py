"""Policy + phrasebook → guesses: which of the phrasebook's topics each clause is about, judged by its words.

A guess is worth less than what an author writes, and gives way to it: docs/project/decisions/phrasebook.md.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from itertools import chain, zip_longest
from operator import and_
from typing import Any

from ..formats.build_cache import BuildCache
from ..model import Clause, ClauseId, Guide, Policy, Section
from .entries import plain
from .school_words import GENERAL, Cue, Topic, subject_of, subjects, topic_places, topics
from .tokens import searchable, stems

Fields = Mapping[str, float]

TITLE, SECTION = 0.9, 0.5
ANYWHERE: Fields = {"text": 1.0, "title": TITLE, "section": SECTION}
"""What a cue is worth by where it stands."""
HEADINGS: Fields = {"title": TITLE, "section": TITLE}
HEADING = 1.8
"""What a heading's cue is worth beside another."""
SUPPORT = 0.35
"""What a supporting cue is worth beside another."""
SCATTERED = 0.4
"""What a phrase is worth whose words all occur in a field, but not one after the other."""
LONGER = 0.35
"""What each further word of a cue adds to its worth."""
ENOUGH = 0.5
"""The least a topic's cues add up to in a clause about it."""
SHARE = 0.35
"""The least of a topic's best clause that another one needs."""
BESIDE = 0.35
"""The least of a clause's best topic that another one needs."""
CLAUSES = 5
"""The most clauses a topic."""
TOPICS = 6
"""The most topics a clause."""
BY_TITLE, BY_WORDS, BY_HEADING, ALWAYS, NEAR = 1.0, 0.8, 0.65, 0.5, 0.3
"""How far a subject is trusted, by what shows it."""
DENSE = 0.25
"""The share of clauses with a subject's words from which on they show the subject."""
FORM = 0.5
"""What a form's cues are worth beside those of a rule."""
BLANKS = re.compile(r"\.{6}|…{2}|…[. ]…|_{4}|(?:\\\\){3}")
FORM_TITLE = re.compile(
    r"(?<!sixth )\bforms?\b(?! (?:of|tutor|group|class|time))|\b(?:letters?|templates?|checklist|flow ?charts?)\b"
    r"|\b(?:reply|return|permission) slips?\b|\blog$|\bdear\b",
    re.IGNORECASE,
)
"""What shows that something is to be filled in."""
VERSIONS = re.compile(
    r"\|(?=.*\b(?:version|revision|issue)\b)(?=.*\b(?:date|changes?|amendments?|author)\b)", re.IGNORECASE
)
"""The head of a table of a paper’s versions."""
FIELD_LINE = re.compile(r"(?:[-*] )?[^:.|]{1,40}(?::\s*[_.…\\\s]*|[_.…\\\s]{4,})")
"""A field of a form: “Address: ______”."""
NAMES = 3
"""The most names of a policy's subjects that stand for {subject} in a phrasing."""
SHORT = 4
"""The most words of a title that people would type."""


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
    share: float
    """Its score here beside that at the topic's likeliest clause, from 0 to 1."""
    phrasings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseWords:
    """The stems of a clause, each field as `searchable` has it."""

    clause: Clause
    fields: Mapping[str, str]
    """Text, title and section title."""
    length: int
    form: bool = False
    """Whether it is a form, a letter or the like, to be filled in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicySubject:
    """A subject that a policy is about, or some clauses of it."""

    id: str
    trust: float
    headed: Collection[int] = ()
    """The places of the clauses under a heading that shows it, which raises the trust there."""

    def trust_at(self, place: int) -> float:
        return max(self.trust, BY_HEADING) if place in self.headed else self.trust


Ties = Sequence[tuple[str, float]]
"""The topics that a clause is guessed to be about, each with its share."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideGuesses:
    """What the phrasebook has for the clauses of a guide."""

    taken: Mapping[ClauseId, tuple[str, ...]] = field(default_factory=dict)
    """The phrasings of topics that authors took over."""
    phrasings: Mapping[ClauseId, tuple[str, ...]] = field(default_factory=dict)
    """Those of guessed topics."""
    ties: Mapping[ClauseId, Ties] = field(default_factory=dict)


def guide_guesses(guide: Guide, phrased: Collection[str], choices: TopicChoices, cache: BuildCache) -> GuideGuesses:
    """The guesses of every policy; phrased are the clauses for which authors wrote phrasings."""
    every: tuple[dict[ClauseId, tuple[Any, ...]], ...] = ({}, {}, {})
    topics = sorted({topic for several in choices.taken.values() for topic in several})
    for policy in guide.policies.values():
        own = [
            (clause.id in phrased, choices.taken.get(clause.id, ()), choices.dropped.get(clause.id, ()))
            for clause in policy.clauses
        ]

        def make(policy: Policy = policy) -> list[Mapping[ClauseId, Sequence[object]]]:
            words = subject_words(policy)
            # The index asks what the policy is about too.
            cache("subjects", worded_inputs(policy), lambda: [subject.id for subject in words.about])
            guesses = guess(policy, phrased, choices, words)
            return [phrasings_of(guesses, taken=True), phrasings_of(guesses), ties_of(guesses)]

        values = cache("guesses", (*worded_inputs(policy), own, topics), make)
        for each, value in zip(every, values, strict=True):
            each.update((clause, tuple(several)) for clause, several in value.items())
    return GuideGuesses(taken=every[0], phrasings=every[1], ties=every[2])


def worded_inputs(policy: Policy) -> tuple[object, ...]:
    """All of a policy that says what it and its clauses are about."""
    clauses = [
        (section.title, [(clause.id, clause.title, clause.text) for clause in section.clauses])
        for section in policy.sections
    ]
    return (policy.title, policy.subjects, clauses)


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectWords:
    """A policy's words, and what they show it to be about."""

    clauses: Sequence[ClauseWords]
    about: Sequence[PolicySubject]


def subject_words(policy: Policy) -> SubjectWords:
    clauses = [clause_words(clause, section) for section in policy.sections for clause in section.clauses]
    return SubjectWords(clauses=clauses, about=policy_subjects(policy, clauses))


def phrasings_of(
    guesses: Mapping[ClauseId, tuple[Guess, ...]], *, taken: bool = False
) -> dict[ClauseId, tuple[str, ...]]:
    """The phrasings of guesses by clause, without repetitions: one of each topic by turns.

    A large guide keeps the first few alone, and those are of all its topics then. taken: of the topics that authors
    took over instead.
    """
    by_clause: dict[ClauseId, tuple[str, ...]] = {}
    for clause, several in guesses.items():
        turns = zip_longest(*(guess.phrasings for guess in several if guess.taken is taken))
        if texts := tuple(dict.fromkeys(text for turn in turns for text in turn if text)):
            by_clause[clause] = texts
    return by_clause


def ties_of(guesses: Mapping[ClauseId, tuple[Guess, ...]]) -> dict[ClauseId, Ties]:
    """The topics of each clause, of all that nobody gave it."""
    return {
        clause: ties
        for clause, several in guesses.items()
        if (ties := [(guess.topic, round(guess.share, 2)) for guess in several if not guess.taken])
    }


def guess(
    policy: Policy, phrased: Collection[str], choices: TopicChoices, words: SubjectWords | None = None
) -> dict[ClauseId, tuple[Guess, ...]]:
    """The topics of each clause of a policy, the likeliest first.

    A topic that an author gave a clause is that clause's alone; one whose likeliest clause has phrasings of its author
    is left out, for those are better.
    """
    if all(clause.id in phrased and clause.id not in choices.taken for clause in policy.clauses):
        return {}
    words = words or subject_words(policy)
    clauses, about = words.clauses, words.about
    names = names_of(policy, about)
    taken = {topic for several in choices.taken.values() for topic in several}
    guesses: dict[ClauseId, list[Guess]] = defaultdict(list)
    for topic, scores in scored(clauses, about):
        ranked = sorted(scores, key=lambda clause: -scores[clause])
        if topic.id in taken or ranked[0] in phrased:
            continue
        for clause in ranked[:CLAUSES]:
            likely = scores[clause] >= SHARE * scores[ranked[0]]
            if likely and clause not in phrased and topic.id not in choices.dropped.get(clause, ()):
                score = scores[clause] / (1 + scores[clause])
                phrasings = tuple(worded(topic, names))
                share = scores[clause] / scores[ranked[0]]
                guesses[clause].append(
                    Guess(topic=topic.id, taken=False, score=score, share=share, phrasings=phrasings)
                )
    by_clause = {
        clause.id: (*decided(choices.taken.get(clause.id, ()), names), *likeliest(guesses[clause.id]))
        for clause in policy.clauses
    }
    return {clause: several for clause, several in by_clause.items() if several}


def decided(taken: Collection[str], names: Sequence[str]) -> Iterator[Guess]:
    """The topics that an author gave a clause."""
    for name in taken:
        if name in topic_places():
            topic = next(topic for topic in topics(subject_of(name)) if topic.id == name)
            yield Guess(topic=name, taken=True, score=1.0, share=1.0, phrasings=tuple(worded(topic, names)))


def likeliest(guesses: list[Guess]) -> list[Guess]:
    """The few of a clause's guesses that come near the best."""
    ranked = sorted(guesses, key=lambda guess: -guess.score)
    return [guess for guess in ranked[:TOPICS] if odds(guess) >= BESIDE * odds(ranked[0])]


def odds(guess: Guess) -> float:
    """What a topic's cues add up to in a clause."""
    return guess.score / (1 - guess.score)


def worded(topic: Topic, names: Sequence[str]) -> Iterator[str]:
    """A topic's phrasings, with each name of the policy's subjects where one belongs."""
    for ask in topic.asks:
        if "{subject}" in ask:
            yield from (ask.replace("{subject}", name) for name in names)
        else:
            yield ask


def names_of(policy: Policy, about: Sequence[PolicySubject]) -> list[str]:
    """What people call what a policy is about: its title without the word “policy”, and the names of its subjects."""
    bare = re.sub(r"\b(policy|procedures?|statement|school|the)\b", " ", policy.title.lower()).split()
    names = [name for each in about if each.trust >= BY_WORDS for name in subjects()[each.id].names[:2]]
    return list(dict.fromkeys([*([" ".join(bare)] if 0 < len(bare) <= SHORT or not names else []), *names]))[:NAMES]


def policy_subjects(policy: Policy, clauses: Sequence[ClauseWords]) -> list[PolicySubject]:
    """The subjects of a policy: those its settings state, or those that its title, words and headings show."""
    if policy.subjects is not None:
        main = dict.fromkeys((subject for subject in policy.subjects if subject in subjects()), BY_TITLE)
    else:
        main = dict.fromkeys(titled(policy.title), BY_TITLE) or dict.fromkeys(worded_subjects(clauses), BY_WORDS)
    headed: dict[str, set[int]] = defaultdict(set)
    for place, clause in enumerate(clauses):
        for heading in (clause.fields["section"], clause.fields["title"]):
            for subject in titled_stems(heading):
                headed[subject].add(place)
    near = dict.fromkeys((other for name in main for other in subjects()[name].near), NEAR)
    trusted = {**dict.fromkeys(headed, 0.0), **near, **main, GENERAL: ALWAYS}
    return [PolicySubject(id=name, trust=trust, headed=headed.get(name, ())) for name, trust in trusted.items()]


def titled(title: str) -> tuple[str, ...]:
    """The subjects that a policy's title shows: “staff attendance” is not also “attendance”."""
    return titled_stems(searchable(title), policy=True)


@cache
def titled_stems(title: str, *, policy: bool = False) -> tuple[str, ...]:
    """The subjects that a title, of a policy or of a part of one, shows by its stems."""
    rest = title
    matches: dict[str, None] = {}
    by_stem = titles_by_stem(policy=policy)
    candidates = {pair for word in title.split() for pair in by_stem.get(word, ())}
    for words, name in sorted(candidates, key=lambda pair: (-len(pair[0].split()), pair)):
        if words in rest:
            matches[name] = None
            for word in words.split():
                rest = rest.replace(f" {word} ", " | ")
    return tuple(matches)


@cache
def titles_by_stem(*, policy: bool) -> Mapping[str, list[tuple[str, str]]]:
    """The titles of all subjects with their subject, by their first stem. policy: with those of policies alone."""
    by_stem: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject in subjects().values():
        for words in (*subject.titles, *(subject.policy_titles if policy else ())):
            by_stem[words.split()[0]].append((words, subject.id))
    return by_stem


def worded_subjects(clauses: Sequence[ClauseWords]) -> list[str]:
    """The subject whose words most clauses hold, if enough do."""
    by_stem = places_by_stem(clauses)
    shares = {
        subject.id: len({place for cue in subject.words for place in holders(cue, clauses, by_stem, ANYWHERE)})
        for subject in subjects().values()
    }
    best = max(shares, key=lambda name: shares[name])
    return [best] if shares[best] >= max(1, DENSE * len(clauses)) else []


def scored(
    clauses: Sequence[ClauseWords], about: Sequence[PolicySubject]
) -> Iterator[tuple[Topic, dict[ClauseId, float]]]:
    """Each topic of some subjects with the clauses that are about it, and how much each one is."""
    by_stem = places_by_stem(clauses)
    average = sum(clause.length for clause in clauses) / max(1, len(clauses))
    for subject in about:
        every, by_word = topics(subject.id), topics_by_word(subject.id)
        for number in sorted({number for word in by_word.keys() & by_stem.keys() for number in by_word[word]}):
            topic = every[number]
            strong, totals = added_up(topic, clauses, by_stem)
            worths = {
                place: totals[place] * subject.trust_at(place) * worth_as_answer(clauses[place], average)
                for place in sorted(strong)
            }
            scores = {clauses[place].clause.id: score for place, score in worths.items() if score >= ENOUGH}
            if scores:
                yield topic, scores


@cache
def topics_by_word(subject: str) -> Mapping[str, Sequence[int]]:
    """The places of a subject's topics by one word, the longest, of each cue that makes a clause one about them.

    Where none of these words is, there is no need to try cue after cue: a policy has words of few topics.
    """
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, topic in enumerate(topics(subject)):
        for word in {max(stems_of(cue), key=lambda stem: (len(stem), stem)) for cue in (*topic.cues, *topic.headings)}:
            by_word[word].append(number)
    return by_word


def worth_as_answer(clause: ClauseWords, average: float) -> float:
    """How likely a clause answers anything: a long one holds more cues by chance, a form repeats those of the rules."""
    return (FORM if clause.form else 1.0) / (0.75 + 0.25 * clause.length / average)


def added_up(topic: Topic, clauses: Sequence[ClauseWords], by_stem: StemPlaces) -> tuple[set[int], Mapping[int, float]]:
    """The clauses that hold a topic's cues, by their places, and what all its cues are worth in each clause."""
    totals: dict[int, float] = defaultdict(float)
    strong: set[int] = set()
    present = by_stem.keys()
    for several, factor, fields in (
        (topic.cues, 1.0, ANYWHERE),
        (topic.headings, HEADING, HEADINGS),
        (topic.support, SUPPORT, ANYWHERE),
    ):
        if several is topic.support and not strong:
            break
        for cue in several:
            if not stems_of(cue) <= present:
                continue
            places = holders(cue, clauses, by_stem, fields)
            if not places:
                continue
            if several is not topic.support:
                strong.update(places)
            worth = factor * worth_of(cue, places, len(clauses))
            for place, where in places.items():
                totals[place] += worth * where
    return strong, totals


def worth_of(cue: Cue, places: Mapping[int, float], clauses: int) -> float:
    """What a cue is worth: more with each of its words, and the fewer clauses hold it other than by their section."""
    words = sum(phrase.count(" ") - 1 for phrase in cue)
    own = sum(where > SECTION for where in places.values()) or len(places)
    return (1 + LONGER * (words - 1)) * math.log(1 + clauses / own) / math.log(1 + clauses)


def clause_words(clause: Clause, section: Section) -> ClauseWords:
    text = plain(clause.text)
    fields = {"text": searchable(text), **headings_of(clause, section)}
    form = bool(BLANKS.search(text) or FORM_TITLE.search(clause.title) or FORM_TITLE.search(section.title))
    length = len(stems(text))
    if is_filled_in(clause.text):
        fields["text"] = ""
    return ClauseWords(clause=clause, fields=fields, length=length, form=form)


def is_filled_in(text: str) -> bool:
    """Whether a text is a table of the paper’s versions or the fields of a form: its heading says what it answers."""
    rows = [row.replace("*", "").strip("\\ ") for row in text.split("\n") if row.strip()]
    if not rows:
        return False
    versions = bool(VERSIONS.match(rows[0])) and all(row.startswith("|") for row in rows)
    return versions or all(FIELD_LINE.fullmatch(row) for row in rows)


def heading_words(clause: Clause, section: Section) -> ClauseWords:
    """As clause_words, for those who do not ask for the text."""
    return ClauseWords(clause=clause, fields={"text": "", **headings_of(clause, section)}, length=0)


def headings_of(clause: Clause, section: Section) -> dict[str, str]:
    """What stands above a clause: a section's title is that of its only clause too, if this has none."""
    title = clause.title or (section.title if len(section.clauses) == 1 else "")
    return {"title": searchable(title), "section": searchable(section.title)}


StemPlaces = Mapping[str, Mapping[int, int]]
"""For each stem the clauses that hold it, by their places, and in which of the FIELDS: a sum of their bits."""
FIELDS = tuple(ANYWHERE)


def places_by_stem(clauses: Sequence[ClauseWords]) -> StemPlaces:
    by_stem: dict[str, dict[int, int]] = defaultdict(dict)
    for place, clause in enumerate(clauses):
        for bit, name in enumerate(FIELDS):
            for word in set(clause.fields[name].split()):
                places = by_stem[word]
                places[place] = places.get(place, 0) | 1 << bit
    return by_stem


def holders(cue: Cue, clauses: Sequence[ClauseWords], by_stem: StemPlaces, fields: Fields) -> Mapping[int, float]:
    """The clauses that hold a cue in some fields, by their places, and what those are worth together."""
    if not stems_of(cue) <= by_stem.keys():
        return {}
    every = words_of(cue)
    if len(every) == 1 and len(every[0]) == 1:
        worth_by_mask = WORTHS[len(fields)]
        places = by_stem[every[0][0]]
        return {place: worth for place, mask in places.items() if (worth := worth_by_mask[mask])}
    worths: dict[int, float] = {}
    for place in reduce(and_, (by_stem[word].keys() for word in stems_of(cue))):
        worth = min(
            [
                worth_in(phrase, [by_stem[word].get(place, 0) for word in words], clauses[place].fields, fields)
                for phrase, words in zip(cue, every, strict=True)
            ]
        )
        if worth:
            worths[place] = worth
    return worths


@cache
def words_of(cue: Cue) -> tuple[tuple[str, ...], ...]:
    """The words of each phrase."""
    return tuple(tuple(phrase.split()) for phrase in cue)


@cache
def stems_of(cue: Cue) -> frozenset[str]:
    """The words of all its phrases."""
    return frozenset(chain.from_iterable(words_of(cue)))


def worth_in(phrase: str, masks: Sequence[int], texts: Mapping[str, str], fields: Fields) -> float:
    """How far a clause holds a phrase. masks say in which fields each of its words stands."""
    everywhere = reduce(and_, masks)
    worth = 0.0
    for bit, name in enumerate(FIELDS):
        if everywhere >> bit & 1 and name in fields:
            worth += fields[name] * (1.0 if len(masks) == 1 or phrase in texts[name] else SCATTERED)
    return worth


WORTHS: Mapping[int, Sequence[float]] = {
    len(fields): [
        sum(fields.get(name, 0.0) for bit, name in enumerate(FIELDS) if mask >> bit & 1)
        for mask in range(1 << len(FIELDS))
    ]
    for fields in (ANYWHERE, HEADINGS)
}
"""What a single word is worth by the fields in which it stands, for each choice of fields by their number."""
