"""Guide + phrasings + thesaurus → the search index, as the engine in the browser reads it.

`Index` is the contract between Python and JavaScript; `index.schema.json` describes the files that `files.serialise`
makes of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from operator import attrgetter
from typing import Any

from ..formats.build_cache import BuildCache
from ..formats.store import digest
from ..model import Guide, InstrumentStatus, PolicyId
from .entries import LAW, Entry, law_entries, policy_entries, sizes
from .guesses import GuideGuesses
from .parts import SNIPPET, TERMS, Part, Runs, digits, labels, part, runs
from .ranking import STEPS, Documents, averages, documents
from .tokens import STOP, tokenize
from .topic_questions import TopicQuestions, topic_questions
from .vocabulary import sensitive_phrases, word_stems

CHUNK = 40_000
"""Numbers in one file of postings, about 100 kB before compression."""
LARGE = 4_000
"""Entries from which on a guide is large: its index keeps fewer phrasings, and the beginnings of texts."""
PHRASINGS = 50_000
"""Phrasings that the index of a large guide keeps, shared out among its entries."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shard:
    """The entries of one policy, or of the law."""

    terms: tuple[int, ...]
    """The places of the terms that its phrasings hold, the commonest first."""
    rows: str
    """See Part."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """The postings of a run of terms."""

    first: int
    """The place of its first term."""
    postings: tuple[str, ...]
    """For each term the distance to the next entry that holds it and its impact there in steps, by turns, as digits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """Everything that the search knows about a guide."""

    steps: int
    feedback: str | None
    """Where readers may write what they searched for in vain."""
    stop: tuple[str, ...]
    ids: tuple[str, ...]
    """The id of each shard's policy."""
    starts: tuple[int, ...]
    """The place of each shard's first entry, and the number of all entries."""
    kinds: str
    """The kind of each entry, a letter each."""
    terms: tuple[str, ...]
    """All terms in alphabetical order; “#2.3.4” is a printed number."""
    doc_freq: tuple[int, ...]
    """In how many entries each term occurs."""
    forms: tuple[str, ...]
    """The word that most often stands for each term, where that is not the term itself."""
    authored: tuple[int, ...]
    """Whether somebody wrote phrasings for each shard's policy: 1 or 0."""
    ordinary: tuple[str, ...]
    """The stems of words that say no subject."""
    spelt: tuple[str, ...]
    """The stems of words that say a subject which no entry has, so that none is taken for a slip."""
    sensitive_words: tuple[str, ...]
    """Words and phrases, as stems, of what may alarm somebody who did not ask for it."""
    sensitive: tuple[int, ...]
    """The entries that come first only if somebody asked for them."""
    names: Mapping[str, int]
    """The entry of each law by every name of it, in the form a question is compared with."""
    same: tuple[tuple[str, ...], ...]
    means: Mapping[str, tuple[str, ...]]
    topics: TopicQuestions
    chunks: tuple[Chunk, ...]
    shards: tuple[Shard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Postings:
    """All postings of a guide, by term in alphabetical order."""

    counts: Mapping[str, int]
    """In how many entries each term occurs."""
    digits: Mapping[str, bytearray]


def build_index(
    guide: Guide,
    phrasings: Mapping[str, tuple[str, ...]],
    thesaurus: Mapping[str, Any],
    guesses: GuideGuesses | None = None,
    cache: BuildCache | None = None,
) -> Index:
    """Build the whole index.

    phrasings are by clause or law; thesaurus has `same` and `means`, and may have `sensitive`.
    """
    cache, guesses = cache or BuildCache(), guesses or GuideGuesses()
    lengths = sizes(guide)
    ids = tuple(lengths)
    starts = tuple(accumulate(lengths.values(), initial=0))
    phrases = sensitive_phrases(thesaurus.get("sensitive", ()))

    def entries(shard: str) -> tuple[Entry, ...]:
        if shard == LAW:
            return tuple(law_entries(guide, phrasings))
        policy = guide.policies[PolicyId(shard)]
        return tuple(policy_entries(guide, policy, phrasings, guesses.phrasings, guesses.ties))

    parts, words, postings = split(lengths, entries, phrases, cache)
    places = {term: place for place, term in enumerate(postings.counts)}
    vocabulary: Mapping[str, Any] = cache(
        "vocabulary",
        (thesaurus.get("same", ()), thesaurus.get("means", {})),
        lambda: {
            "ordinary": sorted(word_stems("ordinary")),
            "subjects": sorted(word_stems("subjects")),
            "same": [sorted({normal(word) for word in group}) for group in thesaurus.get("same", ())],
            "means": {
                normal(word): [normal(other) for other in others] for word, others in thesaurus.get("means", {}).items()
            },
        },
    )
    return Index(
        steps=STEPS,
        feedback=guide.organisation.feedback,
        stop=tuple(sorted(STOP)),
        ids=ids,
        starts=starts,
        kinds="".join(each.kinds for each in parts),
        terms=tuple(places),
        doc_freq=tuple(postings.counts.values()),
        forms=tuple(forms(words, tuple(places))),
        authored=tuple(each.authored for each in parts),
        ordinary=tuple(vocabulary["ordinary"]),
        spelt=tuple(word for word in vocabulary["subjects"] if word not in places),
        sensitive_words=tuple(sorted(map(" ".join, phrases))),
        sensitive=tuple(start + place for start, each in zip(starts, parts, strict=False) for place in each.sensitive),
        names=law_names(guide, dict(zip(ids, starts, strict=False)).get(LAW, 0)),
        same=tuple(map(tuple, vocabulary["same"])),
        means={word: tuple(others) for word, others in vocabulary["means"].items()},
        topics=topic_questions(guide, phrasings.keys(), guesses.ties, cache),
        chunks=tuple(chunks(tuple(postings.digits.values()), tuple(postings.counts.values()))),
        shards=tuple(
            Shard(terms=tuple(places[term] for term in each.terms.split(TERMS) if term), rows=each.rows)
            for each in parts
        ),
    )


CELLS = attrgetter(*(each.name for each in fields(Entry)))
"""The values of an entry: the repr of a dataclass takes several times as long."""

Words = Mapping[str, Mapping[str, int]]
"""How often each word occurs, by stem."""


def split(
    lengths: Mapping[str, int],
    entries: Callable[[str], tuple[Entry, ...]],
    phrases: frozenset[tuple[str, ...]],
    cache: BuildCache,
) -> tuple[list[Part], Words, Postings]:
    """The part of each policy and of the law, with the words and the postings of all of them.

    lengths are the numbers of their entries; no more than one policy's entries are in memory at a time.
    """
    size = sum(lengths.values())
    limit = max(4, PHRASINGS // size) if size > LARGE else None
    read: dict[str, tuple[Documents, list[tuple[str, int]]]] = {}
    inputs: dict[str, bytes] = {}
    parts: list[Part] = []
    words: dict[str, dict[str, int]] = defaultdict(dict)
    for shard in lengths:
        own = entries(shard)
        inputs[shard] = digest(repr((list(map(CELLS, own)), limit, SNIPPET, sorted(phrases))))

        def make(shard: str = shard, own: tuple[Entry, ...] = own) -> dict[str, Any]:
            read[shard] = documents(own), labels(own)
            return {**part(own, limit, phrases), "totals": read[shard][0].totals()}

        value = cache("search part", (inputs[shard],), make)
        add(words, value.pop("words"))
        parts.append(Part(**value))
    usual = averages([each.totals for each in parts], size)
    counts: dict[str, int] = defaultdict(int)
    joined: dict[str, bytearray] = defaultdict(bytearray)
    last: dict[str, int] = {}
    start = 0
    for shard, length in lengths.items():

        def make_runs(shard: str = shard) -> dict[str, Any]:
            if shard not in read:
                own = entries(shard)
                read[shard] = documents(own), labels(own)
            return runs(*read.pop(shard), usual)

        own_runs = Runs(**cache("search postings", (inputs[shard], usual), make_runs))
        terms = own_runs.terms.split(TERMS) if own_runs.ends else []
        for term, (first, final, count), text in zip(terms, own_runs.ends, own_runs.digits.split(" "), strict=False):
            joined[term] += (digits((start + first - last.get(term, 0),)) + text).encode()
            last[term] = start + final
            counts[term] += count
        start += length
    terms = sorted(counts)
    postings = Postings(counts={term: counts[term] for term in terms}, digits={term: joined[term] for term in terms})
    return parts, words, postings


def add(words: dict[str, dict[str, int]], more: Words) -> None:
    for stem, counts in more.items():
        sums = words[stem]
        for word, count in counts.items():
            sums[word] = sums.get(word, 0) + count


def forms(words: Words, terms: Sequence[str]) -> Iterator[str]:
    """The commonest word of each term, as a reader would spell it; nothing where that is the term itself."""
    for term in terms:
        counts = words.get(term, {})
        commonest = min(counts, key=lambda word: (-counts[word], word), default=term)
        yield "" if commonest == term else commonest


def normal(name: str) -> str:
    """A name or a word in the form a question is compared with."""
    return " ".join(tokenize(name))


def law_names(guide: Guide, first: int) -> dict[str, int]:
    """Every name of a law, and the law's entry. A name of several laws goes to one that is not repealed.

    first is the first law's entry.
    """
    place = {law.id: first + offset for offset, law in enumerate(guide.laws_in_use)}
    names: dict[str, int] = {}
    for law in sorted(guide.laws_in_use, key=lambda law: law.status is InstrumentStatus.REPEALED):
        for name in (law.title, re.sub(r"\s*\d{4}$", "", law.title), *law.also_called):
            names.setdefault(normal(name), place[law.id])
    return names


def chunks(postings: Sequence[bytearray], counts: Sequence[int]) -> Iterator[Chunk]:
    """Cut the postings into chunks of bounded size."""
    first = size = 0
    for place, count in enumerate(counts):
        if place > first and size + 2 * count > CHUNK:
            yield Chunk(first=first, postings=tuple(each.decode() for each in postings[first:place]))
            first, size = place, 0
        size += 2 * count
    if postings:
        yield Chunk(first=first, postings=tuple(each.decode() for each in postings[first:]))
