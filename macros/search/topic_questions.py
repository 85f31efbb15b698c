"""Guide + phrasebook → how often the questions of each topic hold each word, and which topics the guide has.

A question is compared with all topics. One that comes nearer to a topic that nothing here is about than to any that is
here is likely one that the guide does not answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from ..formats.build_cache import BuildCache
from ..model import ClauseId, Guide, Policy
from .guesses import Ties, clause_words, heading_words, policy_subjects, titled, worded_inputs
from .school_words import GENERAL, load, subject_of, subjects, topic_places
from .tokens import stems


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicQuestions:
    """The words of each topic's questions; topics are named by their places among all."""

    here: Sequence[int]
    """The topics that something in the guide is about."""
    terms: Sequence[str]
    counts: Sequence[Sequence[int]]
    """For each term the topics whose questions hold it, and how often, by turns."""


def topic_questions(
    guide: Guide, phrased: Collection[str], ties: Mapping[ClauseId, Ties], cache: BuildCache
) -> TopicQuestions:
    """The topics beside a guide.

    phrased are the clauses and laws for which authors wrote phrasings; ties say what clauses without are about.
    """
    tied = {topic for several in ties.values() for topic, _ in several}
    # What has phrasings of its author is tied to no topic, so all topics of its subjects count.
    authored = {GENERAL}
    for policy in guide.policies.values():
        if any(clause.id in phrased for clause in policy.clauses):
            authored.update(cache("subjects", worded_inputs(policy), partial(subjects_of, policy)))
    here = [place for topic, place in topic_places().items() if topic in tied or subject_of(topic) in authored]
    return TopicQuestions(here=here, **cache("topic questions", (), counts))


def subjects_of(policy: Policy) -> list[str]:
    """The subjects that a policy, or a heading of it, is about or touches on."""
    words = heading_words if policy.subjects is not None or titled(policy.title) else clause_words
    clauses = [words(clause, section.title) for section in policy.sections for clause in section.clauses]
    return [subject.id for subject in policy_subjects(policy, clauses)]


def counts() -> dict[str, Any]:
    """Terms and counts as JSON holds them."""
    by_term: dict[str, list[int]] = {}
    entries = chain.from_iterable(load(f"phrasebook/{name}")["topics"].values() for name in subjects())
    for place, entry in enumerate(entries):
        for term, count in Counter(chain.from_iterable(questions(entry["asks"]))).items():
            by_term.setdefault(term, []).extend((place, count))
    terms = sorted(by_term)
    return {"terms": terms, "counts": [by_term[term] for term in terms]}


def questions(asks: str) -> Iterator[frozenset[str]]:
    """The stems of each question, one a line; the name of a subject is left out where one belongs."""
    return (frozenset(stems(ask.replace("{subject}", ""))) for ask in asks.splitlines())
