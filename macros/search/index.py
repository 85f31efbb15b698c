"""Guide + asks + thesaurus → the index that the search worker reads.

BM25F is worked out here as far as it does not depend on the question: each posting carries
what its term is worth in that document, over all fields, in 64 steps. The worker adds these
up, which keeps a key press cheap in a large guide. `overrides/assets/javascripts/search/`
holds the other half; both must cut words alike, and a test compares them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import snowballstemmer

from ..model import Guide, InstrumentStatus, PolicyId
from ..model.clause_numbers import anchor

WORD = re.compile(r"[a-z0-9]+(?:[-'.][a-z0-9]+)*")
NUMBER = re.compile(r"\d+(?:\.\d+)+")
STOP = frozenset(
    "a about after all also am an and any are as at be because been before being but by can cannot could did do does "
    "doing dont for from had has have having he her here him his how i if im in into is it its just let may me might "
    "my no of off on once or our out over own s same shall she should so some such t than that the their them then "
    "there these they this those to too under until up us very was we were what whats when where which while who whom "
    "why will with would you your allowed ok okay".split()
)
"""Words that tell no clause from another. The worker gets this list with the index."""

FIELDS: Mapping[str, tuple[float, float]] = {
    "title": (3.0, 0.3),
    "names": (5.0, 0.0),
    "asks": (2.2, 0.35),
    "text": (1.2, 0.5),
    "law": (0.4, 0.5),
    "around": (0.5, 0.3),
}
"""Weight of a field, and how much a long one is held against it (BM25's b)."""
K1 = 1.6
STEPS = 63
STRETCH = 40_000
"""Numbers in one file of postings, about 100 kB before compression."""
LARGE = 4_000
"""Entries from which on a guide is large: its index keeps fewer asks whole, and the beginnings of texts."""
ASKS_KEPT = 50_000
SNIPPET = 200
LAW = "law"
"""The shelf of the law pages, the last one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: str
    """clause, section, law or appendix."""
    url: str
    label: str
    """The number that leads the title; empty where there is none."""
    title: str
    around: str
    text: str
    names: tuple[str, ...]
    asks: tuple[str, ...]
    law: tuple[str, ...]
    """The law behind a clause, or the provisions of a law, one by one."""
    shelf: str
    """The policy it belongs to; “law” for a law."""


@cache
def stemmer() -> Any:
    return snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    return word if word[0].isdigit() else str(stemmer().stemWord(word))


def words(text: str) -> list[str]:
    """The words of a text as both halves of the search cut them, in order, with stop words."""
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    found: list[str] = []
    for word in WORD.findall(plain):
        if NUMBER.fullmatch(word):
            found.append(word)
            continue
        bare = word.removesuffix("'s").replace("'", "")
        parts = re.split(r"[-.]", bare)
        found.append("".join(parts))
        if len(parts) > 1:
            found += [part for part in parts if len(part) > 2]
    return [word for word in found if word]


@cache
def stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text) if word not in STOP)


def entries(guide: Guide, asks: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    """Everything that can be found, clauses in the order of their policies, then the law."""
    for policy in guide.policies.values():
        for section in policy.sections:
            yield Entry(
                kind="section", url=section.url, label=section.number or "", title=section.title, around=policy.title,
                text=" · ".join(clause.name for clause in section.clauses), names=(), asks=(), law=(), shelf=policy.id,
            )  # fmt: skip
            for clause in section.clauses:
                laws = (guide.instruments[tie.instrument].title for tie in clause.citations)
                ties = (*laws, *(tie.reason for tie in clause.citations))
                yield Entry(
                    kind="clause", url=clause.url, label=clause.number or "", title=clause.name,
                    around=f"{policy.title} › {section.heading}", text=plain(clause.text), names=(),
                    asks=asks.get(clause.id, ()), law=ties, shelf=policy.id,
                )  # fmt: skip
        for appendix in policy.appendices:
            yield Entry(
                kind="appendix", url=appendix.url, label="", title=appendix.heading, around=policy.title,
                text=", ".join(entry.heading for entry in appendix.listings), names=(f"appendix {appendix.letter}",),
                asks=(), law=(), shelf=policy.id,
            )  # fmt: skip
    for law in guide.instruments.values():
        parts = tuple(f"{found.ref} {found.what}" for found in law.provisions)
        yield Entry(
            kind="law", url=law.url, label="", title=law.title, around="Legislation", text=law.gist,
            names=law.also_called, asks=asks.get(law.id, ()), law=parts, shelf=LAW,
        )  # fmt: skip


def phrasings(entry: Entry) -> tuple[str, ...]:
    """What a question is held against one by one: the asks, or where nobody wrote any, the clause's own sentences."""
    if entry.asks:
        return (entry.title, *entry.asks)
    return (entry.title, *re.split(r"(?<=[.:;!?])\s+", entry.text)[:8])


def plain(markdown: str) -> str:
    """Running words: no emphasis, lists as sentences."""
    return " ".join(re.sub(r"(?m)^\s*[-*] |\*\*|[*_`]", "", markdown).split())


def nicknames(guide: Guide, first: int) -> dict[str, int]:
    """Every name of a law, in the form a question is compared with, and the law's entry.

    A name that several laws answer to goes to one that is not repealed. first is the first law's entry.
    """
    place = {law.id: first + offset for offset, law in enumerate(guide.instruments.values())}
    found: dict[str, int] = {}
    for law in sorted(guide.instruments.values(), key=lambda law: law.status is InstrumentStatus.REPEALED):
        for name in (law.title, re.sub(r"\s*\d{4}$", "", law.title), *law.also_called):
            found.setdefault(" ".join(words(name)), place[law.id])
    return found


def files(
    guide: Guide, asks: Mapping[str, tuple[str, ...]], thesaurus: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The index as named files of JSON-able data.

    `index` holds what every question needs: the terms, their spread, the thesaurus. `terms-N` holds
    the postings of a stretch of terms, and `shelf-N` the entries of a policy (or of the law) with their
    texts and asks; both are fetched when a question first needs them.
    """
    found = list(entries(guide, asks))
    postings = weigh([fields(entry) for entry in found])
    for place, entry in enumerate(found):
        for label in filter(None, (entry.label, *(entry.names if entry.kind == "appendix" else ()))):
            postings.setdefault(f"#{label.lower()}", []).append((place, 1.0))
    terms = sorted(postings)
    number = {term: place for place, term in enumerate(terms)}
    shelves = list(dict.fromkeys(entry.shelf for entry in found))
    starts = [next(i for i, entry in enumerate(found) if entry.shelf == shelf) for shelf in shelves]
    stretches = list(stretch([list(gaps(postings[term])) for term in terms]))
    yield (
        "index",
        {
            "stop": sorted(STOP),
            "shelves": [guide.policies[PolicyId(shelf)].title if shelf != LAW else "Legislation" for shelf in shelves],
            "ids": shelves,
            "starts": [*starts, len(found)],
            "kinds": "".join(entry.kind[0] for entry in found),
            "terms": terms,
            "spread": [len(postings[term]) for term in terms],
            "stretches": [first for first, _ in stretches],
            "names": nicknames(guide, starts[-1] if guide.instruments else 0),
            "same": [sorted({" ".join(words(word)) for word in group}) for group in thesaurus.get("same", ())],
            "means": {
                " ".join(words(word)): [" ".join(words(other)) for other in others]
                for word, others in thesaurus.get("means", {}).items()
            },
        },
    )
    for place, (_, run) in enumerate(stretches):
        yield f"terms-{place}", {"postings": run}
    large = len(found) > LARGE
    kept = max(4, ASKS_KEPT // len(found)) if large else None
    for place, shelf in enumerate(shelves):
        mine = [entry for entry in found if entry.shelf == shelf]
        arounds = list(
            dict.fromkeys((entry.around, entry.url.partition("#")[0]) for entry in mine if entry.kind != "law")
        )
        rows = [
            row(
                entry,
                arounds,
                [[number[each] for each in dict.fromkeys(stems(ask))] for ask in phrasings(entry)[:kept]],
                large,
            )
            for entry in mine
        ]
        yield f"shelf-{place}", {"arounds": arounds, "entries": rows}


def row(entry: Entry, arounds: list[tuple[str, str]], asks: list[list[int]], large: bool) -> list[Any]:
    """One entry as its shelf holds it: label, title, text, asks, where it stands; its address if it does not follow."""
    if entry.kind == "law":
        return [entry.label, entry.title, entry.text, asks, -1, entry.url]
    page, _, fragment = entry.url.partition("#")
    text = entry.text
    if large and len(text) > SNIPPET:
        text = text[:SNIPPET].rpartition(" ")[0] + " …"
    follows = fragment == (anchor(entry.label) if entry.kind == "clause" and entry.label else "")
    return [entry.label, entry.title, text, asks, arounds.index((entry.around, page)), *([] if follows else [fragment])]


def stretch(postings: list[list[int]]) -> Iterator[tuple[int, list[list[int]]]]:
    """Cut the postings into stretches of bounded size: the first term of each, and its run."""
    run: list[list[int]] = []
    first = size = 0
    for place, posting in enumerate(postings):
        if run and size + len(posting) > STRETCH:
            yield first, run
            run, first, size = [], place, 0
        run.append(posting)
        size += len(posting)
    if run:
        yield first, run


def fields(entry: Entry) -> dict[str, list[str]]:
    """The stems of each field, in order."""
    texts = {
        "title": [entry.title], "names": entry.names, "asks": entry.asks, "text": [entry.text],
        "law": entry.law, "around": [entry.around],
    }  # fmt: skip
    return {name: [found for text in parts for found in stems(text)] for name, parts in texts.items()}


def weigh(found: list[dict[str, list[str]]]) -> dict[str, list[tuple[int, float]]]:
    """BM25F without its question: for each term the entries that hold it, and what it is worth there (0 to 1)."""
    lengths = {name: [len(entry[name]) for entry in found] for name in FIELDS}
    averages = {name: sum(length) / max(1, sum(1 for each in length if each)) for name, length in lengths.items()}
    worth: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, entry in enumerate(found):
        totals: dict[str, float] = defaultdict(float)
        for name, (weight, b) in FIELDS.items():
            norm = 1 - b + b * lengths[name][place] / (averages[name] or 1)
            for term, count in Counter(entry[name]).items():
                totals[term] += weight * count / norm
        for term, total in totals.items():
            worth[term].append((place, total / (K1 + total)))
    return dict(worth)


def gaps(found: Iterable[tuple[int, float]]) -> Iterator[int]:
    """Entry numbers as gaps, and worths in whole steps, by turns."""
    before = 0
    for place, value in found:
        yield place - before
        yield max(1, math.ceil(value * STEPS))
        before = place
