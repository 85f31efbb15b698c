"""The history of a policy, computed once: how old each clause is, what changed, where old links lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..model import (
    Changed,
    Clause,
    ClauseHistory,
    Correction,
    Difference,
    Edition,
    Listing,
    Passage,
    Policy,
    PolicyHistory,
    SectionSnapshot,
    Step,
    Tombstone,
)
from . import store
from .diff import Place, Text, changes, compare, difference, origins, text

RELABELLED = frozenset({Difference.MOVED, Difference.RENUMBERED})


@dataclass(frozen=True, slots=True)
class Timeline:
    """The texts of a policy, from its first edition to the pages of today, and which passages are the same."""

    texts: tuple[Text, ...]
    origins: tuple[Mapping[str, str | None], ...]
    """For each text but the first: the id that each of its passages had in the text before."""
    destinations: tuple[Mapping[str | None, str], ...]
    """For each text but the last: the id that each of its passages has in the text after."""

    def origin_of(self, position: int, passage: Passage) -> Place | None:
        """Where a passage of the text at a position stood in the text before."""
        return self.texts[position - 1].places.get(self.origins[position - 1][passage.id] or "")

    def destination_of(self, position: int, passage: Passage) -> str | None:
        """The id that a passage of the text at a position has today; None if it was removed."""
        key: str | None = passage.id
        for later in self.destinations[position:]:
            key = later.get(key) if key else None
        return key

    def changes_before(self, position: int) -> tuple[Changed, ...]:
        """What changed between the text before and the one at a position."""
        return changes(self.texts[position - 1], self.texts[position], self.origins[position - 1])


def policy_history(policy: Policy) -> PolicyHistory:
    """Everything that follows from a policy's editions and its pages of today."""
    line = timeline(policy)
    editions = policy.editions
    return PolicyHistory(
        clauses={clause.id: clause_history(line, policy, clause) for clause in policy.clauses if editions},
        tombstones=tuple(tombstones(line, policy)),
        steps=tuple(
            Step(edition=editions[position], before=editions[position - 1], changes=line.changes_before(position))
            for position in range(len(editions) - 1, 0, -1)
        ),
        pending=line.changes_before(len(editions)) if editions else (),
        corrections={edition.on: tuple(corrections(edition)) for edition in editions},
    )


def timeline(policy: Policy) -> Timeline:
    texts = (*(text(edition.snapshots) for edition in policy.editions), text(store.snapshots(policy)))
    links = tuple(origins(old, new) for old, new in pairwise(texts))
    return Timeline(texts, links, tuple({before: after for after, before in link.items()} for link in links))


def clause_history(line: Timeline, policy: Policy, clause: Clause) -> ClauseHistory:
    """Goes back from today to the text that first reads as the clause does now."""
    editions = policy.editions
    first = editions[0].on
    from_adoption = policy.adopted is None or policy.adopted.on == first
    place = line.texts[-1].places[clause.id.partition("/")[2]]
    for position in range(len(editions), 0, -1):
        before = line.origin_of(position, place[1])
        changed = difference(before, place)
        if changed:
            return ClauseHistory(
                since=editions[position].on if position < len(editions) else None,
                kinds=changed.kinds,
                was=changed.before.label if changed.before and changed.kinds & RELABELLED else None,
                compared_with=editions[position - 1].on,
                from_adoption=from_adoption,
            )
        assert before is not None  # what was not there before would be a change
        place = before
    return ClauseHistory(since=first, kinds=frozenset(), was=None, compared_with=first, from_adoption=from_adoption)


def tombstones(line: Timeline, policy: Policy) -> Iterator[Tombstone]:
    """Every address of an edition at which nothing stands today, with where its passage went."""
    here = line.texts[-1].snapshots
    addresses = frozenset((snapshot.page, passage.anchor) for snapshot in here for passage in snapshot.passages)
    last = {
        (snapshot.page, passage.anchor): (position, snapshot, passage)
        for position, edition in enumerate(policy.editions)
        for snapshot in edition.snapshots
        for passage in snapshot.passages
    }
    targets = passages_of_today(policy, here)
    for address, (position, snapshot, passage) in last.items():
        if address not in addresses:
            yield Tombstone(
                page=snapshot.page,
                passage=passage,
                edition=policy.editions[position],
                gone_on=policy.editions[position + 1].on if position + 1 < len(policy.editions) else None,
                moved_to=targets.get(line.destination_of(position, passage) or ""),
                after=anchor_before(snapshot, passage, addresses),
            )


def passages_of_today(policy: Policy, snapshots: tuple[SectionSnapshot, ...]) -> dict[str, Clause | Listing]:
    """The clauses and appendix entries of the policy by the ids of their passages."""
    appendices = zip((snapshot for snapshot in snapshots if snapshot.appendix), policy.appendices, strict=True)
    entries = {
        passage.id: entry
        for snapshot, appendix in appendices
        for passage, entry in zip(snapshot.passages, appendix.listings, strict=True)
    }
    return {**entries, **{clause.id.partition("/")[2]: clause for clause in policy.clauses}}


def anchor_before(snapshot: SectionSnapshot, passage: Passage, addresses: frozenset[tuple[str, str]]) -> str | None:
    """The nearest passage before it on its page that is still there."""
    before = snapshot.passages[: snapshot.passages.index(passage)]
    return next((other.anchor for other in reversed(before) if (snapshot.page, other.anchor) in addresses), None)


def corrections(edition: Edition) -> Iterator[tuple[Correction, tuple[Changed, ...]]]:
    """Each correction of an edition whose former text is kept, with what it changed."""
    texts = [*(correction.snapshots for correction in edition.corrections), edition.snapshots]
    for position, (correction, before) in enumerate(zip(edition.corrections, texts, strict=False)):
        if before:
            yield correction, compare(before, next(later for later in texts[position + 1 :] if later))
