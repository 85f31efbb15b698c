"""The phrasebook and the thesaurus of school English that come with the package.

`phrasebook/` holds a file a subject; `thesaurus.yml` the words that mean the same. docs/project/decisions/phrasebook.md
describes them, and tests/search/test_school_words.py holds them to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from ..formats.compiled import compiled
from .tokens import STOP, spaced, stem, stems, tokenize

FOLDER = Path(__file__).parent
GENERAL = "general"
"""The subject of every policy: who is responsible, when it is reviewed."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Cue = tuple[str, ...]
"""Phrases, as `phrase` makes them, that a clause holds all of, in any order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What a clause may be about, and the questions that such a clause answers."""

    id: str
    """Subject and name, such as “attendance/holidays in term time”."""
    cues: tuple[Cue, ...]
    """Any of these makes a clause one about the topic."""
    headings: tuple[Cue, ...]
    """So do these in the title of a clause or of its section."""
    support: tuple[Cue, ...]
    """These only say that it is the better one of two."""
    asks: tuple[str, ...]
    """Where they say “{subject}”, the names of the policy's subject stand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A subject of school policy."""

    id: str
    names: tuple[str, ...]
    """What people call it, the commonest first."""
    titles: tuple[str, ...]
    """Words by which the title of a policy or of a section shows the subject."""
    policy_titles: tuple[str, ...]
    """Words that do so in the title of a policy alone: in a heading they may say something else."""
    words: tuple[Cue, ...]
    """Words by which the text shows it where the titles show none."""
    near: tuple[str, ...]
    """Subjects on which its policies often touch."""


Subjects = Mapping[str, Subject]
"""The subjects by id."""


@cache
def subjects() -> Subjects:
    """Every subject of the phrasebook, without its topics."""
    return {name: Subject(**values) for name, values in book()["subjects"].items()}


@cache
def topics(name: str) -> tuple[Topic, ...]:
    """The topics of a subject."""
    return tuple(Topic(**values) for values in book()["topics"][name])


@cache
def book() -> Mapping[str, Any]:
    """The phrasebook and the thesaurus, compiled: YAML and stems cost more than all that a few policies' guesses do."""
    files = sorted((FOLDER / "phrasebook").glob("*.yml"))
    sources = (*files, FOLDER / "thesaurus.yml", Path(__file__), FOLDER / "tokens.py")
    return compiled(FOLDER, "phrasebook", sources, lambda: read_book([path.stem for path in files]))  # type: ignore[no-any-return]


def read_book(names: Iterable[str]) -> dict[str, Any]:
    topics = {name: read_topics(name) for name in names}
    return {
        "subjects": {name: values(subject(name)) for name in topics},
        "topics": {name: [values(topic) for topic in several] for name, several in topics.items()},
        "words": read_topic_words(chain.from_iterable(topics.values())),
        "thesaurus": read_thesaurus(),
    }


def values(of: Subject | Topic) -> dict[str, Any]:
    return {each.name: getattr(of, each.name) for each in fields(of)}


def read_topics(name: str) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            id=f"{name}/{topic}",
            cues=cues(entry.get("cues", "")),
            headings=cues(entry.get("headings", "")),
            support=cues(entry.get("support", "")),
            asks=tuple(entry["asks"].splitlines()),
        )
        for topic, entry in load(f"phrasebook/{name}")["topics"].items()
    )


def topic_words() -> Mapping[str, Any]:
    """The `terms` of all questions, and the `counts` of each.

    Those are the topics whose questions hold it, by their places, and how many do, by turns.
    """
    return book()["words"]  # type: ignore[no-any-return]


def read_topic_words(topics: Iterable[Topic]) -> dict[str, Any]:
    by_term: dict[str, list[int]] = defaultdict(list)
    for place, topic in enumerate(topics):
        # The name of a subject is left out where one belongs.
        questions = (frozenset(stems(ask.replace("{subject}", ""))) for ask in topic.asks)
        for term, count in Counter(chain.from_iterable(questions)).items():
            by_term[term] += (place, count)
    terms = sorted(by_term)
    return {"terms": terms, "counts": [by_term[term] for term in terms]}


@cache
def topic_places() -> Mapping[str, int]:
    """The id of every topic, and its place among all of them."""
    ids = (topic["id"] for several in book()["topics"].values() for topic in several)
    return {topic: place for place, topic in enumerate(ids)}


def subject_of(topic: str) -> str:
    """The subject of a topic, by their ids."""
    return topic.partition("/")[0]


def thesaurus() -> Mapping[str, Any]:
    """The thesaurus of the package: `same`, groups of words; `means`, words with the more general ones they find."""
    return book()["thesaurus"]  # type: ignore[no-any-return]


def read_thesaurus() -> dict[str, Any]:
    data = load("thesaurus")
    return {
        "same": tuple(tuple(listed(group)) for group in data["same"]),
        "means": {word: tuple(listed(others)) for word, others in data["means"].items()},
    }


def together(
    same: Iterable[Sequence[str]], means: Mapping[str, Sequence[str]], book: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The thesaurus of the package, or another, and a school's own additions as one."""
    book = book or thesaurus()
    ours: Mapping[str, Sequence[str]] = book["means"]
    both = {word: tuple(dict.fromkeys((*ours.get(word, ()), *means.get(word, ())))) for word in {**ours, **means}}
    return {"same": tuple(map(tuple, (*book["same"], *same))), "means": both}


@cache
def load(name: str) -> Mapping[str, Any]:
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, LOADER) or {}  # noqa: S506 - both are safe loaders


def subject(name: str) -> Subject:
    data = load(f"phrasebook/{name}")
    return Subject(
        id=name,
        names=tuple(listed(data["names"])),
        titles=tuple(phrase(title) for title in listed(data["titles"])),
        policy_titles=tuple(phrase(title) for title in listed(data.get("policy-titles", ""))),
        words=cues(data["words"]),
        near=tuple(listed(data.get("near", ""))),
    )


def listed(text: str) -> list[str]:
    """The members of a list with commas."""
    return [" ".join(member.split()) for member in text.split(",") if member.strip()]


def cues(text: str) -> tuple[Cue, ...]:
    """Cues from a list with commas; a plus sign joins phrases that must all occur."""
    return tuple(tuple(phrase(part) for part in member.split("+")) for member in listed(text))


def phrase(text: str) -> str:
    """The stems of a phrase as they follow each other in a `searchable` text, however its author hyphenates.

    Stop words count only where a single word would be left: “in writing”, “governors will”.
    """
    every: list[str] = []
    for word in text.split():
        parts = word.split("-")
        long = all(len(part) > 2 for part in parts)
        every += [token for part in parts for token in tokenize(part)] if long else tokenize(word)[:1]
    telling = [token for token in every if token not in STOP]
    return spaced(stem(token) for token in (telling if len(telling) > 1 else every))
