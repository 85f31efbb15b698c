"""Guide + phrasings + thesaurus → the search index, as the engine in the browser reads it.

The dataclasses here are the contract between Python and JavaScript; `index.schema.json` describes
the files that `files.serialise` makes of them.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ..model import ClauseId, Guide, InstrumentStatus
from ..model.clause_numbers import anchor
from .elsewhere import Elsewhere, elsewhere
from .entries import LAW, Entry, Kind, entries
from .ranking import Posting, impacts, new_posting
from .tokens import STOP, content, stem, stems, tokenize
from .vocabulary import has_phrase, sensitive_phrases, word_stems

STEPS = 63
"""An impact is a whole number of such parts of 1."""
CHUNK = 40_000
"""Numbers in one file of postings, about 100 kB before compression."""
LARGE = 4_000
"""Entries from which on a guide is large: its index keeps fewer phrasings, and the beginnings of texts."""
PHRASINGS = 50_000
"""Phrasings that the index of a large guide keeps, shared out among its entries."""
SNIPPET = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One entry as a result shows it."""

    label: str
    title: str
    text: str
    phrasings: tuple[tuple[int, ...], ...]
    """What a question is compared with one by one: the places of their terms."""
    around: int
    """The place of its page in the shard's `arounds`; -1 for a law."""
    fragment: str | None = None
    """The fragment of its address where that does not follow from its number, or a law's whole address."""
    see: tuple[str, str, str] | None = None
    """Number, title and address of what comes nearest to a silence."""
    gist: str | None = None
    """A clause in the guide's own words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shard:
    """The entries of one policy, or of the law."""

    arounds: tuple[tuple[str, str], ...]
    """The places where its entries stand, in words, and the addresses of their pages."""
    entries: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """The postings of a run of terms."""

    first: int
    """The place of its first term."""
    postings: tuple[array[int], ...]
    """For each term the distance to the next entry that holds it and its impact there in steps, by turns."""


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
    elsewhere: Elsewhere
    chunks: tuple[Chunk, ...]
    shards: tuple[Shard, ...]


def build_index(
    guide: Guide,
    phrasings: Mapping[str, tuple[str, ...]],
    thesaurus: Mapping[str, Any],
    guessed: Mapping[ClauseId, tuple[str, ...]] | None = None,
) -> Index:
    """Build the whole index.

    phrasings are by clause or law, guessed by clause; thesaurus has `same` and `means`, and may have `sensitive`.
    """
    items = tuple(entries(guide, phrasings, guessed))
    postings = impacts(items) | labels(items)
    terms = tuple(sorted(postings))
    ids = tuple(dict.fromkeys(entry.shard for entry in items))
    first_of = {entry.shard: place for place, entry in reversed(tuple(enumerate(items)))}
    with_phrasings = {entry.shard for entry in items if entry.phrasings and entry.kind is not Kind.SILENCE}
    phrases = sensitive_phrases(thesaurus.get("sensitive", ()))
    return Index(
        steps=STEPS,
        feedback=guide.organisation.feedback,
        stop=tuple(sorted(STOP)),
        ids=ids,
        starts=(*(first_of[shard] for shard in ids), len(items)),
        kinds="".join(entry.kind.value for entry in items),
        terms=terms,
        doc_freq=tuple(len(postings[term]) // 2 for term in terms),
        forms=tuple(forms(items, terms)),
        authored=tuple(int(shard in with_phrasings) for shard in ids),
        ordinary=tuple(sorted(word_stems("ordinary"))),
        spelt=tuple(sorted(word_stems("subjects") - postings.keys())),
        sensitive_words=tuple(sorted(map(" ".join, phrases))),
        sensitive=tuple(place for place, entry in enumerate(items) if is_sensitive(entry, phrases)),
        names=law_names(guide, first_of.get(LAW, 0)),
        same=tuple(tuple(sorted({normal(word) for word in group})) for group in thesaurus.get("same", ())),
        means={
            normal(word): tuple(normal(other) for other in others)
            for word, others in thesaurus.get("means", {}).items()
        },
        elsewhere=elsewhere(guide),
        chunks=tuple(chunks([deltas(postings[term]) for term in terms])),
        shards=tuple(shards(items, ids, {term: place for place, term in enumerate(terms)})),
    )


def forms(items: Iterable[Entry], terms: Iterable[str]) -> Iterator[str]:
    """The commonest word of each term, as a reader would spell it; nothing where that is the term itself."""
    texts = (text for entry in items for text in (entry.title, entry.text, *entry.samples))
    counts = Counter(chain.from_iterable(map(content, texts)))
    commonest: dict[str, str] = {}
    for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        commonest.setdefault(stem(word), word)
    return ("" if commonest.get(term, term) == term else commonest[term] for term in terms)


def is_sensitive(entry: Entry, phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether an entry is about something that may alarm, by its name, its section's, or the gist of a law."""
    texts = (entry.title, *((entry.text, *entry.names) if entry.kind is Kind.LAW else (entry.section,)))
    return any(has_phrase(stems(text), phrases) for text in texts)


def normal(name: str) -> str:
    """A name or a word in the form a question is compared with."""
    return " ".join(tokenize(name))


def labels(items: Sequence[Entry]) -> dict[str, Posting]:
    """Postings of the printed numbers and letters, as terms of their own."""
    postings: dict[str, Posting] = {}
    for place, entry in enumerate(items):
        for label in (entry.label, *(entry.names if entry.kind is Kind.APPENDIX else ())):
            if label:
                postings.setdefault(f"#{label.lower()}", new_posting()).extend((place, 1.0))
    return postings


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


def deltas(posting: Posting) -> array[int]:
    """Entry numbers as distances, and impacts in whole steps, by turns."""
    numbers = array("I")
    before = 0
    for where, impact in zip(*[iter(posting)] * 2, strict=True):
        place = int(where)
        numbers.extend((place - before, max(1, math.ceil(impact * STEPS))))
        before = place
    return numbers


def chunks(postings: Sequence[array[int]]) -> Iterator[Chunk]:
    """Cut the postings into chunks of bounded size."""
    first = size = 0
    for place, posting in enumerate(postings):
        if place > first and size + len(posting) > CHUNK:
            yield Chunk(first=first, postings=tuple(postings[first:place]))
            first, size = place, 0
        size += len(posting)
    if postings:
        yield Chunk(first=first, postings=tuple(postings[first:]))


def shards(items: Sequence[Entry], ids: Iterable[str], places: Mapping[str, int]) -> Iterator[Shard]:
    """The shards in the order of ids. places are those of the terms."""
    large = len(items) > LARGE
    limit = max(4, PHRASINGS // len(items)) if large else None
    by_shard: dict[str, list[Entry]] = defaultdict(list)
    for entry in items:
        by_shard[entry.shard].append(entry)
    for own in (by_shard[shard] for shard in ids):
        arounds = tuple(dict.fromkeys((entry.around, page_of(entry)) for entry in own if entry.kind is not Kind.LAW))
        rows = (
            row(
                entry,
                arounds,
                tuple(tuple(map(places.__getitem__, dict.fromkeys(stems(sample)))) for sample in entry.samples[:limit]),
                SNIPPET if large else None,
            )
            for entry in own
        )
        yield Shard(arounds=arounds, entries=tuple(rows))


def page_of(entry: Entry) -> str:
    return entry.url.partition("#")[0]


def row(
    entry: Entry,
    arounds: tuple[tuple[str, str], ...],
    phrasings: tuple[tuple[int, ...], ...],
    limit: int | None,
) -> Row:
    """An entry as its shard holds it, its text cut after so many characters."""
    if entry.kind is Kind.LAW:
        around, fragment = -1, entry.url
    else:
        around = arounds.index((entry.around, page_of(entry)))
        fragment = entry.url.partition("#")[2]
    follows = anchor(entry.label) if entry.kind is Kind.CLAUSE and entry.label else ""
    text = entry.text
    if limit is not None and len(text) > limit and entry.kind is not Kind.LAW:
        text = text[:limit].rpartition(" ")[0] + " …"
    return Row(
        label=entry.label,
        title=entry.title,
        text=text,
        phrasings=phrasings,
        around=around,
        fragment=None if fragment == follows and entry.see is None else fragment,
        see=entry.see,
        gist=entry.gist,
    )
