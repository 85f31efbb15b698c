"""Guide + phrasebook → the questions of subjects that no policy here is about.

A question that comes nearer to one of these than to anything in the guide is one that the guide does not answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..formats.build_cache import BuildCache
from ..model import Guide, Policy
from .guesses import clause_words, heading_words, policy_subjects, titled, worded_inputs
from .school_words import GENERAL, questions, subjects

ALIKE = 0.6
"""The share of their words from which on two questions may ask the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """Questions as the places of their terms."""

    terms: Sequence[str]
    questions: Sequence[Sequence[int]]


def elsewhere(here: Collection[str]) -> dict[str, Any]:
    """What people ask about the subjects that none of the guide's policies has, an Elsewhere as JSON holds it."""
    asked_here = by_term(text for subject in subjects() if subject in here for text in questions(subject))
    texts = dict.fromkeys(
        text
        for subject in subjects()
        if subject not in here
        for text in questions(subject)
        if not is_among(text, asked_here)
    )
    terms = sorted({term for text in texts for term in text})
    places = {term: place for place, term in enumerate(terms)}
    return {"terms": terms, "questions": [[places[term] for term in text] for text in texts]}


def by_term(texts: Iterable[Sequence[str]]) -> Mapping[str, Sequence[tuple[int, int]]]:
    """For each term the texts that hold it: their number, and how many terms they have."""
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(texts):
        for term in text:
            holders[term].append((number, len(text)))
    return holders


def is_among(text: Sequence[str], holders: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Whether a text is nearly one of others, so that who types it may mean those."""
    shared = Counter(holder for term in text for holder in holders.get(term, ()))
    return any(2 * count >= ALIKE * (len(text) + length) for (_, length), count in shared.items())


def subjects_here(guide: Guide, cache: BuildCache) -> set[str]:
    """The subjects that a policy, or a heading of one, is about or touches on."""
    names = {GENERAL}
    for policy in guide.policies.values():
        names.update(cache("subjects", worded_inputs(policy), partial(subjects_of, policy)))
    return names


def subjects_of(policy: Policy) -> list[str]:
    """The subjects that a policy, or a heading of it, is about or touches on."""
    words = heading_words if policy.subjects is not None or titled(policy.title) else clause_words
    clauses = [words(clause, section) for section in policy.sections for clause in section.clauses]
    return [subject.id for subject in policy_subjects(policy, clauses)]
