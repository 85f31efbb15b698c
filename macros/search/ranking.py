"""Entries → impacts: what each term is worth in each entry, by BM25F as far as it does not depend on the question.

Each posting carries the worth of its term over all fields of its entry. The engine adds these up,
which keeps a key press cheap in a large guide. Of all other entries an impact depends on the usual lengths of the
fields alone. Those are rounded, so that an edit leaves the impacts of other policies as they are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

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
STEPS = 63
"""An impact is a whole number of such parts of 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Documents:
    """The fields of some entries as numbers, one after the other."""

    terms: tuple[str, ...]
    lengths: array[int]
    """Of each entry's fields, in the order of FIELDS."""
    numbers: array[int]
    """The places of the terms in them."""

    def totals(self) -> list[tuple[int, int]]:
        """For each field its length in all entries together, and how many have it."""
        columns = (self.lengths[place :: len(FIELDS)] for place in range(len(FIELDS)))
        return [(sum(column), sum(1 for length in column if length)) for column in columns]


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


def documents(entries: Iterable[Entry]) -> Documents:
    terms: dict[str, int] = {}
    lengths, numbers = array("I"), array("I")
    for entry in entries:
        for stems_of_field in fields(entry).values():
            lengths.append(len(stems_of_field))
            numbers.extend([terms.setdefault(stem, len(terms)) for stem in stems_of_field])
    return Documents(terms=tuple(terms), lengths=lengths, numbers=numbers)


def averages(totals: Sequence[Sequence[tuple[int, int]]], entries: int) -> tuple[float, ...]:
    """The usual length of each field, to two figures; totals are those of each policy.

    All entries count for what people type: where few have it, those are long, and so weigh no more than the others.
    """
    usual = []
    by_field = list(zip(*totals, strict=True)) or [()] * len(FIELDS)  # a guide may have no policy yet
    for name, parts in zip(FIELDS, by_field, strict=True):
        holders = entries if name in SHARED else sum(count for _, count in parts)
        usual.append(float(f"{sum(length for length, _ in parts) / max(1, holders):.2g}"))
    return tuple(usual)


def impacts(documents: Documents, averages: Sequence[float]) -> dict[str, list[int]]:
    """For each term the entries that hold it, by their place, and its impact there in steps, by turns."""
    postings: list[list[int]] = [[] for _ in documents.terms]
    weights = [
        (weight, 1 - b, b / (average or 1)) for (weight, b), average in zip(FIELDS.values(), averages, strict=True)
    ]
    numbers, lengths = documents.numbers.tolist(), iter(documents.lengths)
    start = 0
    for place, entry in enumerate(zip(*[lengths] * len(weights), strict=True)):
        totals: dict[int, float] = {}
        for length, (weight, fixed, by_length) in zip(entry, weights, strict=True):
            if length:
                unit = weight / (fixed + by_length * length)
                for term in numbers[start : start + length]:
                    totals[term] = totals.get(term, 0.0) + unit
                start += length
        for term, total in totals.items():
            posting = postings[term]
            posting.append(place)
            posting.append(ceil(total / (K1 + total) * STEPS))  # of a term that is there, and so at least 1
    return dict(zip(documents.terms, postings, strict=True))
