"""Which clauses nobody would find by typing what they want to know, and what search knows of each clause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..assembly.assemble import Project
from ..authoring.phrasings import Phrasing
from ..model import Clause, ClauseId, Policy
from ..search.tokens import stems

FEW = 5
"""Phrasings that a clause needs at least."""
SPOKEN = 20
"""Clauses with phrasings from which on these show which words people use."""

Guesses = Mapping[ClauseId, Sequence[str]]
"""What the phrasebook guesses for clauses."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HardToFind:
    clause: Clause
    reason: str


def hard_to_find(project: Project, policies: Iterable[Policy], guesses: Guesses) -> Iterator[HardToFind]:
    """The clauses with no or few phrasings, or with rare words only."""
    by_owner: dict[str, list[str]] = defaultdict(list)
    for entry in project.phrasings.entries:
        by_owner[entry.owner].append(entry.text)
    everyday = everyday_stems(project, by_owner)
    for policy in policies:
        for clause in policy.clauses:
            own = by_owner.get(clause.id, [])
            guessed = len(guesses.get(clause.id, ()))
            if len(own) < FEW:
                count = f"{len(own)} of at least {FEW} phrasings" if own else "no phrasings"
                yield HardToFind(clause=clause, reason=f"{count}, {guessed} guessed" if guessed else count)
            elif everyday is not None and not any(everyday & set(stems(text)) - words(clause) for text in own):
                yield HardToFind(clause=clause, reason="its phrasings hold rare words only, or the clause’s own")


def words(clause: Clause) -> set[str]:
    return {*stems(clause.title), *stems(clause.text)}


def everyday_stems(project: Project, by_owner: Mapping[str, Sequence[str]]) -> set[str] | None:
    """The stems that phrasings of more than one clause or law have; None if too few have any."""
    if len(by_owner) < SPOKEN:
        return None
    owners = Counter(stem for texts in by_owner.values() for stem in {stem for text in texts for stem in stems(text)})
    known = {stem for stem, count in owners.items() if count > 1}
    groups = (*project.phrasings.same, *((word, *others) for word, others in project.phrasings.means.items()))
    return known | {stem for group in groups for word in group for stem in stems(word)}


def entries_of(project: Project, clause: Clause) -> list[Phrasing]:
    """The phrasings of a clause as its policy's authors wrote them."""
    return [entry for entry in project.phrasings.entries if entry.owner == clause.id]


def drafted(project: Project) -> dict[str, int]:
    """How many phrasings nobody has read yet, by policy."""
    return dict(Counter(entry.owner.partition("/")[0] for entry in project.phrasings.entries if entry.drafted))
