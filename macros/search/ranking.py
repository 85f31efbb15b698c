"""Entries → impacts: what each term is worth in each entry, by BM25F as far as it does not depend on the question.

Each posting carries the worth of its term over all fields of its entry. The engine adds these up,
which keeps a key press cheap in a large guide.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from .entries import Entry, Kind
from .tokens import stems

FIELDS: Mapping[str, tuple[float, float]] = {
    "title": (3.0, 0.3),
    "names": (5.0, 0.0),
    "phrasings": (1.2, 0.75),
    "guessed": (0.5, 0.75),
    "text": (1.2, 0.5),
    "law": (0.4, 0.5),
    "around": (1.0, 0.3),
}
"""Weight of a field, and how much a long one is held against it (BM25's b)."""
SHARED = frozenset({"phrasings", "guessed"})
"""Fields that some policies have for every clause and others for none."""
K1 = 1.6


def fields(entry: Entry) -> dict[str, list[str]]:
    """The stems of each field, in order."""
    texts = {
        # A title that is the beginning of the text, as an import makes one, does not count twice.
        "title": [] if entry.title.endswith("…") else [entry.title],
        "names": entry.names,
        "phrasings": entry.phrasings,
        "guessed": entry.guessed,
        "text": [] if entry.kind is Kind.SILENCE else [entry.text],
        "law": entry.law,
        "around": [entry.around],
    }
    return {name: list(chain.from_iterable(map(stems, parts))) for name, parts in texts.items()}


def holders(field: str, lengths: Sequence[int]) -> int:
    """How many entries a field's average length is taken over.

    All of them for what people type: where few have it, those are long, and so weigh no more than the others.
    """
    return len(lengths) if field in SHARED else sum(1 for length in lengths if length)


def impacts(entries: Sequence[Entry]) -> dict[str, Posting]:
    """For each term the entries that hold it, by their place, and its impact there (0 to 1)."""
    terms: dict[str, int] = {}
    documents = [
        {
            name: array("I", [terms.setdefault(stem, len(terms)) for stem in in_field])
            for name, in_field in document.items()
        }
        for document in map(fields, entries)
    ]
    lengths = {name: [len(document[name]) for document in documents] for name in FIELDS}
    averages = {name: sum(in_field) / max(1, holders(name, in_field)) for name, in_field in lengths.items()}
    postings: list[Posting] = [array("d") for _ in terms]
    for place, document in enumerate(documents):
        totals: dict[int, float] = defaultdict(float)
        for name, (weight, b) in FIELDS.items():
            if not document[name]:
                continue
            norm = 1 - b + b * lengths[name][place] / (averages[name] or 1)
            for term, count in Counter(document[name]).items():
                totals[term] += weight * count / norm
        for term, total in totals.items():
            postings[term].extend((place, total / (K1 + total)))
    return dict(zip(terms, postings, strict=True))


Posting: TypeAlias = "array[float]"
"""The places of entries and a term's impacts there, by turns: numbers alone, for there are millions."""


def new_posting() -> Posting:
    return array("d")
