"""Guide + phrasebook → how often the questions of each topic hold each word, and which topics the guide has.

A question is compared with all topics. One that comes nearer to a topic that nothing here is about than to any that is
here is likely one that the guide does not answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ..formats.build_cache import BuildCache
from ..model import ClauseId, Guide, Policy
from .guesses import Ties, clause_words, heading_words, policy_subjects, titled, worded_inputs
from .school_words import GENERAL, subject_of, topic_places, topic_words


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
    return TopicQuestions(here=here, **topic_words())


def subjects_of(policy: Policy) -> list[str]:
    """The subjects that a policy, or a heading of it, is about or touches on."""
    words = heading_words if policy.subjects is not None or titled(policy.title) else clause_words
    clauses = [words(clause, section) for section in policy.sections for clause in section.clauses]
    return [subject.id for subject in policy_subjects(policy, clauses)]
