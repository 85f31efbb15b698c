"""What changed in the law since the policies were adopted, and the clauses that each change touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..law_updates import references
from ..model import Change, Citation, Clause, Guide, Instrument, InstrumentStatus, Listing, Policy, provisions
from . import pack


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What a change touches of one policy."""

    policy: Policy
    clauses: tuple[Clause, ...]
    listings: tuple[Listing, ...]
    """The entries of its appendix that list the law."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LawChange:
    law: Instrument
    change: Change
    name: str
    """Its own among all changes: the law and the day, and a count where a law changed twice on one day."""
    ahead: bool
    """Whether its day is still to come."""
    effects: tuple[Effect, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LawChanges:
    changes: tuple[LawChange, ...]
    """Those since the adoption of a policy that they touch, newest first."""
    earlier: int
    """How many are left out, because every policy is younger than they are."""
    in_stages: tuple[Instrument, ...]
    """Laws of which parts are still to come into force."""

    @property
    def ahead(self) -> tuple[LawChange, ...]:
        return tuple(item for item in self.changes if item.ahead)

    @property
    def past(self) -> tuple[LawChange, ...]:
        return tuple(item for item in self.changes if not item.ahead)


def law_changes(guide: Guide) -> LawChanges:
    dated = [pack.start(policy.in_force.on) for policy in guide.policies.values() if policy.in_force]
    oldest = min(dated, default=date.min)
    recent: list[LawChange] = []
    earlier = 0
    for law in guide.laws_in_use:
        touched = touched_by(guide, law)
        for item in of_law(guide, law, touched):
            if item.change.on.last_day > oldest and is_news(item.change, touched):
                recent.append(item)
            else:
                earlier += 1
    return LawChanges(
        changes=tuple(sorted(recent, key=lambda item: (item.change.on, item.name), reverse=True)),
        earlier=earlier,
        in_stages=tuple(law for law in guide.laws_in_use if law.status is InstrumentStatus.PARTLY_IN_FORCE),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Touched:
    """What of a policy rests on a law, or lists it."""

    policy: Policy
    ties: tuple[Citation, ...]
    listings: tuple[Listing, ...]


def touched_by(guide: Guide, law: Instrument) -> tuple[Touched, ...]:
    """The policies that rely on a law or list it, in their order."""
    ties: dict[str, list[Citation]] = defaultdict(list)
    listings: dict[str, list[Listing]] = defaultdict(list)
    for tie in law.cited_by:
        ties[tie.clause.partition("/")[0]].append(tie)
    for entry in law.listed_in:
        listings[entry.policy].append(entry)
    return tuple(
        Touched(policy=policy, ties=tuple(ties.get(key, ())), listings=tuple(listings.get(key, ())))
        for key, policy in guide.policies.items()
        if key in ties or key in listings
    )


def of_law(guide: Guide, law: Instrument, touched: tuple[Touched, ...]) -> Iterator[LawChange]:
    names: dict[str, int] = {}
    for change in pack.happened(law):
        name = f"{law.id}-{change.on}"
        names[name] = names.get(name, 0) + 1
        yield LawChange(
            law=law,
            change=change,
            name=f"{name}-{names[name]}" if names[name] > 1 else name,
            ahead=change.on.first_day > guide.built_on,
            effects=tuple(effects(guide, touched, change)),
        )


def effects(guide: Guide, touched: tuple[Touched, ...], change: Change) -> Iterator[Effect]:
    """Of each policy that is older than the change, or of unknown age, the clauses and entries that it touches."""
    for each in touched:
        if predates(change, each.policy):
            continue
        ties = (tie for tie in each.ties if concerns(change, tie.provision))
        clauses = tuple(guide.clauses[key] for key in dict.fromkeys(tie.clause for tie in ties))
        if clauses or each.listings:
            yield Effect(policy=each.policy, clauses=clauses, listings=each.listings)


def is_news(change: Change, touched: tuple[Touched, ...]) -> bool:
    """Not so if only policies adopted since then rely on the law or list it."""
    return not touched or not all(predates(change, each.policy) for each in touched)


def predates(change: Change, policy: Policy) -> bool:
    """Whether a change is surely older than the text of a policy."""
    return policy.in_force is not None and change.on.last_day <= pack.start(policy.in_force.on)


def concerns(change: Change, cited: str) -> bool:
    """Whether a change is about a provision; it is, where nobody recorded what the change is about."""
    return not change.provisions or not cited or any(same_place(cited, ref) for ref in change.provisions)


@lru_cache(4096)  # every policy that cites the law asks the same
def same_place(cited: str, ref: str) -> bool:
    """Whether two references meet, as “s 127(1)” and “s 127” do; those without a number only if they are alike."""
    if not (provisions.REFERENCE.match(cited) and provisions.REFERENCE.match(ref)):
        return cited == ref
    return any(
        references.overlap_of(ours, theirs) is not references.Overlap.ELSEWHERE
        for ours in references.read(cited)
        for theirs in references.read(ref)
    )
