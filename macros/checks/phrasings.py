"""Rules on phrasings, the phrases that search knows."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.front_matter import PolicySettings
from ..authoring.page_kinds import PageKind
from ..authoring.phrasings import Phrasing, TopicChoice
from ..authoring.suggestions import did_you_mean
from ..model import Problem
from ..search.school_words import subjects, topic_places
from .law import law_pages


def known_owners(project: Project) -> Iterator[Problem]:
    """Phrasings belong to a clause or a law that exists, or to a clause that an edition had."""
    stones = project.guide.tombstones.items()
    removed = {f"{policy}/{stone.passage.id}" for policy, several in stones for stone in several}
    known = dict.fromkeys([*project.guide.clauses, *law_pages(project), *removed])
    reported: set[str] = set()
    listed: tuple[Phrasing | TopicChoice, ...] = (*project.phrasings.entries, *project.phrasings.choices)
    for entry in listed:
        if entry.owner in known or entry.owner in reported:
            continue
        reported.add(entry.owner)
        yield Problem(
            path=entry.path,
            line=entry.line - 1,
            rule="unknown-asked",
            message=f"there is nothing called “{entry.owner}” for these phrases",
            hint=did_you_mean(
                entry.owner,
                known,
                cutoff=0.97,
                show=lambda near: f"“{near.rpartition('/')[2]}”",
                otherwise="Use the id of a clause, or the file name of a law.",
            ),
        )


def one_answer(project: Project) -> Iterator[Problem]:
    """A phrase that two clauses share says at one of them that it answers first."""
    seen: dict[str, Phrasing] = {}
    decided = {entry.text for entry in project.phrasings.entries if entry.primary}
    for entry in project.phrasings.entries:
        before = seen.setdefault(entry.text, entry)
        if before is entry or (before.owner != entry.owner and entry.text in decided):
            continue
        yield Problem(
            path=entry.path,
            line=entry.line,
            rule="ask-twice",
            message=f"“{entry.text}” is already a phrase of {before.owner} ({before.path}:{before.line})",
            hint=f"Keep it where it is answered best. If both are needed, write at one of them: - primary: {entry.text}"
            if before.owner != entry.owner
            else "Remove one of the two.",
        )


def known_topics(project: Project) -> Iterator[Problem]:
    """A topic that an author gives a clause, or takes from it, is one of the phrasebook."""
    for choice in project.phrasings.choices:
        if choice.topic not in topic_places():
            yield Problem(
                path=choice.path,
                line=choice.line,
                rule="unknown-topic",
                message=f"the phrasebook has no topic “{choice.topic}”",
                hint=did_you_mean(
                    choice.topic,
                    topic_places(),
                    otherwise="`guide asks show` lists the topics of a policy: subject, slash, name.",
                ),
            )


def known_subjects(project: Project) -> Iterator[Problem]:
    """The subject that a policy states is one of the phrasebook."""
    for page in project.pages:
        if page.kind is not PageKind.POLICY:
            continue
        for subject in project.front_matter.of(page, PolicySettings).subject or ():
            if subject not in subjects():
                near = did_you_mean(
                    subject,
                    subjects(),
                    otherwise="Write a subject such as attendance, or none; "
                    "`guide asks show` says what search takes each clause for.",
                )
                yield page.problem(
                    page.setting_line("subject"),
                    "unknown-subject",
                    f"the phrasebook has no subject “{subject}”",
                    near,
                )
