"""What in the guide meets what the school must or should have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..model import Clause, Guide, Policy
from .register import OnWebsite, Requirement, register


class Met(StrEnum):
    MET = "met"
    PART = "part"
    """A policy covers a part of it, and says so."""
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """A policy that says that it meets a requirement."""

    policy: Policy
    clause: Clause | None
    """The clause that does, where the policy names one."""
    part: bool
    """Whether it covers a part of it only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    requirement: Requirement
    covers: tuple[Cover, ...]

    @property
    def met(self) -> Met:
        if not self.covers:
            return Met.MISSING
        return Met.PART if all(cover.part for cover in self.covers) else Met.MET


def rows(guide: Guide) -> tuple[Row, ...]:
    """Every requirement of the school, what is missing first; within that, in the order of the register."""
    required = register().requirements(guide.organisation.kind)
    order = list(Met)[::-1]
    every = [Row(requirement=each, covers=tuple(covers(guide, each))) for each in required]
    return tuple(sorted(every, key=lambda row: order.index(row.met)))


def covers(guide: Guide, requirement: Requirement) -> Iterable[Cover]:
    """The policies that meet a requirement; not those that are drafts, withdrawn or superseded."""
    for policy in guide.policies.values():
        for meeting in policy.meets if policy.applies else ():
            if meeting.requirement == requirement.id:
                clause = guide.clauses.get(meeting.clause) if meeting.clause else None
                yield Cover(policy=policy, clause=clause, part=meeting.part)


def totals(found: Iterable[Row]) -> dict[Met, int]:
    counted = [row.met for row in found]
    return {met: counted.count(met) for met in Met}


def for_the_website(found: Iterable[Row]) -> int:
    """How many must be on the website."""
    return sum(row.requirement.website is OnWebsite.MUST for row in found)
