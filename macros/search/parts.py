"""The entries of one policy, or of the law → what the index holds of them by themselves.

Nothing here depends on other policies but by what is passed in, so an edit leaves the parts of all others as they are.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from operator import attrgetter, sub
from typing import Any

from ..model.clause_numbers import anchor
from .entries import Entry, Kind
from .ranking import STEPS, Documents, impacts
from .school_words import topic_places
from .tokens import content_parts, stem, stems, words
from .vocabulary import has_phrase

SNIPPET = 200
"""Characters of an entry's text that a large guide keeps."""
TERMS = "\n"
"""Between two terms: a printed label may hold a space."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One entry as a result shows it."""

    label: str
    title: str
    text: str
    phrasings: str
    """What a question is compared with one by one: the places of their terms among those of the part."""
    around: int
    """The place of its page in the part's `arounds`; -1 for a law."""
    fragment: str | None = None
    """The fragment of its address where that does not follow from its number, or a law's whole address."""
    see: tuple[str, str, str] | None = None
    """Number, title and address of what comes nearest to a silence."""
    gist: str | None = None
    """A clause in the guide's own words."""
    ties: str | None = None
    """The topics of the phrasebook that it seems to be about, by their places, each with its share in steps; nothing
    where its author wrote phrasings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What the index holds of one policy, or of the law, whatever the averages of the guide."""

    kinds: str
    """The kind of each entry, a letter each."""
    authored: int
    """Whether somebody wrote phrasings for it: 1 or 0."""
    totals: Sequence[tuple[int, int]]
    """For each field its length in all entries together, and how many have it."""
    sensitive: Sequence[int]
    """The places of entries that come first only if somebody asked for them."""
    terms: str
    """Those of its phrasings, the commonest first, a line each."""
    rows: str
    """As JSON: the places where its entries stand, with the addresses of their pages; and its entries."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Runs:
    """The postings of one part, each term with those of its entries."""

    terms: str
    """In any order, a line each."""
    ends: Sequence[tuple[int, int, int]]
    """The first and the last of the entries that hold it, by their places in the part, and how many they are."""
    digits: str
    """After the first entry's place: its impact, then the distance to the next entry and its impact, by turns."""


def part(entries: Sequence[Entry], limit: int | None, phrases: frozenset[tuple[str, ...]]) -> dict[str, Any]:
    """A Part as JSON holds it, and how often its texts hold each word, by stem.

    limit is of the phrasings of each entry in a large guide; phrases are sensitive ones.
    """
    samples = [[list(dict.fromkeys(stems(sample))) for sample in entry.samples[:limit]] for entry in entries]
    counts = Counter(chain.from_iterable(chain.from_iterable(samples)))
    terms = sorted(counts, key=lambda term: (-counts[term], term))
    places = {term: place for place, term in enumerate(terms)}
    arounds = list(dict.fromkeys((entry.around, page_of(entry)) for entry in entries if entry.kind is not Kind.LAW))
    rows = [
        cells(
            row(
                entry,
                arounds,
                " ".join(digits(map(places.__getitem__, sample)) for sample in own),
                None if limit is None else SNIPPET,
            )
        )
        for entry, own in zip(entries, samples, strict=True)
    ]
    texts = (text for entry in entries for text in (entry.title, entry.text, *entry.samples))
    return {
        "kinds": "".join(entry.kind.value for entry in entries),
        "authored": int(any(entry.phrasings and entry.kind is not Kind.SILENCE for entry in entries)),
        "words": by_stem(counted(texts)),
        "sensitive": [place for place, entry in enumerate(entries) if is_sensitive(entry, phrases)],
        "terms": TERMS.join(terms),
        "rows": json.dumps({"arounds": arounds, "entries": rows}, ensure_ascii=False, separators=(",", ":")),
    }


def counted(texts: Iterable[str]) -> dict[str, int]:
    """How often texts hold each word."""
    counts: dict[str, int] = defaultdict(int)
    for word, count in Counter(chain.from_iterable(map(words, texts))).items():
        for part in content_parts(word):
            counts[part] += count
    return counts


def by_stem(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Words and how often each occurs, by stem."""
    stemmed: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in counts.items():
        stemmed[stem(word)][word] = count
    return dict(stemmed)


def labels(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """The printed numbers and letters as terms of their own, each with the place of its entry."""
    return [
        (f"#{label.lower()}", place)
        for place, entry in enumerate(entries)
        for label in (entry.label, *(entry.names if entry.kind is Kind.APPENDIX else ()))
        if label
    ]


def runs(documents: Documents, labels: Sequence[tuple[str, int]], averages: Sequence[float]) -> dict[str, Any]:
    """Runs as JSON holds them: of the words, by their worth, and of the labels."""
    postings = impacts(documents, averages)
    for label, place in labels:
        postings.setdefault(label, []).extend((place, STEPS))
    return {
        "terms": TERMS.join(postings),
        "ends": [(posting[0], posting[-2], len(posting) // 2) for posting in postings.values()],
        "digits": " ".join(digits(deltas(posting)) for posting in postings.values()),
    }


def deltas(posting: Sequence[int]) -> Sequence[int]:
    """A posting without its first place, and with distances in the place of the others."""
    if len(posting) == 2:
        return posting[1:]
    numbers = list(posting)
    numbers[2::2] = map(sub, posting[2::2], posting[:-2:2])
    return numbers[1:]


def is_sensitive(entry: Entry, phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether an entry is about something that may alarm, by its name, its section's, or the gist of a law."""
    texts = (entry.title, *((entry.text, *entry.names) if entry.kind is Kind.LAW else (entry.section,)))
    return any(has_phrase(stems(text), phrases) for text in texts)


def page_of(entry: Entry) -> str:
    return entry.url.partition("#")[0]


def row(entry: Entry, arounds: Sequence[tuple[str, str]], phrasings: str, limit: int | None) -> Row:
    """An entry as the index holds it, its text cut after so many characters."""
    if entry.kind is Kind.LAW:
        around, fragment = -1, entry.url
    else:
        around = arounds.index((entry.around, page_of(entry)))
        fragment = entry.url.partition("#")[2]
    ties = ((topic_places()[topic], round(share * STEPS)) for topic, share in entry.ties)
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
        ties=None if entry.phrasings or entry.kind is Kind.SECTION else digits(chain.from_iterable(ties)),
    )


FIELDS = attrgetter(*(each.name for each in fields(Row)))
"""The values of a row, which asdict would copy one by one."""


def cells(row: Row) -> list[Any]:
    """A row without the names of its fields, which would be most of its bytes; without last ones that are none."""
    values = list(FIELDS(row))
    while values[-1] is None:
        values.pop()
    return values


DIGITS = "".join(map(chr, range(33, 127))).translate({ord('"'): None, ord("\\"): None})
"""What numbers are written with: the first half are digits that others follow, the second half last digits."""


def digits(numbers: Iterable[int]) -> str:
    """Numbers as text, half as long as in figures and commas: most are small.

    >>> digits([0, 45, 46])
    'P~#P'
    """
    numbers = tuple(numbers)
    try:
        return "".join(map(WRITTEN.__getitem__, numbers))
    except IndexError:
        return "".join(map(written, numbers))


def written(number: int) -> str:
    base = len(DIGITS) // 2
    text = DIGITS[base + number % base]
    while number := number // base:
        text = DIGITS[number % base] + text
    return text


WRITTEN = tuple(map(written, range(1000)))
