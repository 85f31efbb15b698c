"""A policy and a day → what governors need at its review. All derived; nothing is written twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import (
    Appendix,
    Change,
    Changed,
    ChangeKind,
    Citation,
    Clause,
    Guide,
    Instrument,
    InstrumentStatus,
    Listing,
    Note,
    PartialDate,
    Policy,
    Review,
    Section,
    Silence,
)
from . import status


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """A law that changed since the text was adopted, and what of the policy it touches."""

    law: Instrument
    changes: tuple[Change, ...]
    """Newest first."""
    ties: tuple[tuple[Clause, tuple[Citation, ...]], ...]
    """The clauses that rely on it, each with its ties."""
    listings: tuple[Listing, ...]

    @property
    def by_provision(self) -> tuple[tuple[str, tuple[Clause, ...]], ...]:
        """The clauses by the provision that they rely on, in the order of the clauses; first by the law as a whole."""
        groups: dict[str, list[Clause]] = {"": []}
        for clause, ties in self.ties:
            for tie in ties:
                groups.setdefault(tie.provision, []).append(clause)
        return tuple((provision, tuple(clauses)) for provision, clauses in groups.items() if clauses)


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """An editor's note, where it stands."""

    at: Clause | Listing | Section | Appendix
    note: Note


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    since: Review | None
    """The act that put the text in force: law is news if it changed after it."""
    confirmed: Review | None
    """The last review that confirmed the text since."""
    fell_due: tuple[date, ...]
    """The days up to the day of the pack on which a review fell due and none is recorded."""
    news: tuple[News, ...]
    repealed: tuple[Instrument, ...]
    """Law that the policy names though it, or part of it, is repealed."""
    silences: tuple[Silence, ...]
    """What people ask and the policy does not say."""
    notes: tuple[Remark, ...]
    without_law: tuple[Clause, ...]
    unused: tuple[Listing, ...]
    """Entries of the appendix none of whose laws a clause relies on."""
    unlisted: tuple[Instrument, ...]
    """Law that clauses rely on and no appendix lists."""
    pending: tuple[Changed, ...]
    ties: Mapping[str, tuple[Citation, ...]]
    """The ties of the policy's clauses to each law that one relies on."""


def pack(guide: Guide, policy: Policy, today: date) -> Pack:
    since = policy.in_force
    ties = ties_of(policy)
    listed = {key for entry in policy.listings for key in entry.instruments}
    mine = [guide.instruments[key] for key in guide.instruments if key in ties or key in listed]
    last = policy.decisions[-1] if policy.decisions else None
    recent = news(guide, policy, mine, ties, since)
    return Pack(
        since=since,
        confirmed=last if last is not since else None,
        fell_due=status.fell_due(policy, today),
        news=tuple(sorted(recent, key=lambda item: item.changes[0].on, reverse=True)),
        repealed=tuple(law for law in mine if gone(law)),
        silences=guide.silences.get(policy.id, ()),
        notes=tuple(remarks(policy)),
        without_law=tuple(clause for clause in policy.clauses if not clause.citations),
        unused=tuple(entry for entry in policy.listings if ties.keys().isdisjoint(entry.instruments)),
        unlisted=tuple(law for law in mine if law.id not in listed),
        pending=guide.histories[policy.id].pending,
        ties=ties,
    )


def ties_of(policy: Policy) -> dict[str, tuple[Citation, ...]]:
    """The ties of a policy's clauses by law, in the order of the clauses."""
    ties: dict[str, list[Citation]] = defaultdict(list)
    for clause in policy.clauses:
        for tie in clause.citations:
            ties[tie.instrument].append(tie)
    return {law: tuple(each) for law, each in ties.items()}


def news(
    guide: Guide,
    policy: Policy,
    laws: list[Instrument],
    ties: Mapping[str, tuple[Citation, ...]],
    since: Review | None,
) -> Iterator[News]:
    for law in laws:
        # A month counts from its first day here: a change within the month of adoption may have come after it.
        changes = [change for change in happened(law) if since is None or change.on.last_day > start(since.on)]
        if not changes:
            continue
        own = ties.get(law.id, ())
        clauses = dict.fromkeys(tie.clause for tie in own)
        yield News(
            law=law,
            changes=tuple(sorted(changes, key=lambda change: change.on, reverse=True)),
            ties=tuple((guide.clauses[key], tuple(tie for tie in own if tie.clause == key)) for key in clauses),
            listings=tuple(entry for entry in law.listed_in if entry.policy == policy.id),
        )


def start(on: PartialDate) -> date:
    """The last day that is surely not after a date: the day itself, or the last of the month before."""
    return on.last_day if on.day else on.first_day - timedelta(days=1)


def happened(law: Instrument) -> Iterator[Change]:
    """The changes told on the law's page, and the repeals told only at its provisions or in its status."""
    yield from law.changes
    dated: set[PartialDate] = {change.on for change in law.changes}
    for provision in law.provisions:
        if provision.repealed_on and provision.repealed_on not in dated:
            what = f"{provision.ref} was repealed: {provision.what}"
            yield Change(
                on=provision.repealed_on,
                kind=ChangeKind.PART_REPEALED,
                what=what,
                by=None,
                provisions=(provision.ref,),
            )
    ended = {
        InstrumentStatus.REPEALED: ChangeKind.REPEALED,
        InstrumentStatus.PART_REPEALED: ChangeKind.PART_REPEALED,
    }
    if law.status in ended and law.since and not law.changes:
        what = "It was repealed." if law.status is InstrumentStatus.REPEALED else "Part of it was repealed."
        yield Change(on=law.since, kind=ended[law.status], what=what, by=None)


def gone(law: Instrument) -> bool:
    return law.status in (InstrumentStatus.REPEALED, InstrumentStatus.PART_REPEALED)


def remarks(policy: Policy) -> Iterator[Remark]:
    for section in policy.sections:
        yield from (Remark(at=section, note=note) for note in section.notes)
        yield from (Remark(at=clause, note=note) for clause in section.clauses for note in clause.notes)
    for appendix in policy.appendices:
        yield from (Remark(at=appendix, note=note) for note in appendix.notes)
        yield from (Remark(at=entry, note=note) for entry in appendix.listings for note in entry.notes)
