"""Guide + phrasebook → the questions of subjects that no policy here is about.

A question that comes nearer to one of these than to anything in the guide is one that the guide does not answer.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..formats.build_cache import BuildCache
from ..model import Guide, Policy
from .guesses import clause_words, heading_words, policy_subjects, titled, worded_inputs
from .school_words import GENERAL, questions, subjects


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """Questions as the places of their terms."""

    terms: Sequence[str]
    questions: Sequence[Sequence[int]]


def elsewhere(here: Collection[str]) -> dict[str, Any]:
    """What people ask about the subjects that none of the guide's policies has, an Elsewhere as JSON holds it."""
    texts = dict.fromkeys(text for subject in subjects() if subject not in here for text in questions(subject))
    terms = sorted({term for text in texts for term in text})
    places = {term: place for place, term in enumerate(terms)}
    return {"terms": terms, "questions": [[places[term] for term in text] for text in texts]}


def subjects_here(guide: Guide, cache: BuildCache) -> set[str]:
    """The subjects that a policy, or a heading of one, is about or touches on."""
    names = {GENERAL}
    for policy in guide.policies.values():
        names.update(cache("subjects", worded_inputs(policy), partial(subjects_of, policy)))
    return names


def subjects_of(policy: Policy) -> list[str]:
    """The subjects that a policy, or a heading of it, is about or touches on."""
    words = heading_words if policy.subjects is not None or titled(policy.title) else clause_words
    clauses = [words(clause, section.title) for section in policy.sections for clause in section.clauses]
    return [subject.id for subject in policy_subjects(policy, clauses)]
