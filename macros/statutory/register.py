"""The register of what schools in England must or should have, read from register.yml beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..model import InstrumentId, provisions
from ..model.school import RUN, SchoolKind

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LEGISLATION = "https://www.legislation.gov.uk/id/"


class Duty(StrEnum):
    MUST = "must"
    SHOULD = "should"


class OnWebsite(StrEnum):
    """Whether a school publishes it on its website."""

    MUST = "must"
    SHOULD = "should"
    AVAILABLE = "available"
    """The public can see it; the website is one way."""
    NONE = "none"
    """We found no duty to publish it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A page on which facts were found."""

    title: str
    address: str
    run: str | None
    """Who runs the schools that it is about; None for all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """The law or guidance behind a requirement."""

    law: InstrumentId | None
    """The page about it, where guides may have one."""
    title: str
    provision: str
    address: str
    """The provision's own, or that of all of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """A policy or document that a school must or should have, as it holds for schools run in one way."""

    id: str
    name: str
    """As the Department prints it, where it does."""
    about: str
    duty: Duty
    schools: tuple[SchoolKind, ...]
    """Who runs the schools that it is for."""
    phases: tuple[SchoolKind, ...]
    """The ages that it is for; empty for all."""
    excluded: tuple[SchoolKind, ...]
    website: OnWebsite
    basis: tuple[Basis, ...]
    approval: str | None
    """Who must adopt it; None where the board may decide."""
    cycle: int | None
    """Months between reviews, as advice."""
    note: str | None
    sources: tuple[Source, ...]
    official: bool
    """Whether its facts were read on an official page, or in a full copy of one."""

    def applies(self, kinds: tuple[SchoolKind, ...]) -> bool:
        """Whether it is for a school of these kinds; for a school that does not say what it is, everything is."""
        if not kinds:
            return True
        return (
            any(kind in self.schools for kind in kinds)
            and (not self.phases or any(kind in self.phases for kind in kinds))
            and not any(kind in self.excluded for kind in kinds)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Register:
    checked_on: date
    advice: str
    withdrawn: str
    entries: tuple[Mapping[str, Any], ...]
    sources: Mapping[str, Source]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(entry["id"] for entry in self.entries)

    def requirements(self, kinds: tuple[SchoolKind, ...]) -> tuple[Requirement, ...]:
        """Those that are for a school of these kinds, in the order of the register."""
        every = (requirement(entry, run_by(entry, kinds), self.sources) for entry in self.entries)
        return tuple(each for each in every if each.applies(kinds))


@cache
def register() -> Register:
    data = yaml.load(Path(__file__).with_name("register.yml").read_text(encoding="utf-8"), LOADER)  # noqa: S506 - both are safe
    return Register(
        checked_on=date.fromisoformat(data["checked_on"]),
        advice=data["advice"].strip(),
        withdrawn=data["withdrawn"].strip(),
        entries=tuple(data["requirements"]),
        sources={
            key: Source(title=source["title"], address=source["address"], run=source.get("for"))
            for key, source in data["sources"].items()
        },
    )


def run_by(entry: Mapping[str, Any], kinds: tuple[SchoolKind, ...]) -> SchoolKind:
    """Who runs the school; where it does not say so, the first whom the entry is for."""
    return next((kind for kind in kinds if kind in RUN), SchoolKind(entry["schools"][0]))


def requirement(entry: Mapping[str, Any], run: SchoolKind, sources: Mapping[str, Source]) -> Requirement:
    def value(name: str) -> Any:
        written = entry.get(name)
        return written.get(run) if isinstance(written, dict) else written

    return Requirement(
        id=entry["id"],
        name=value("name"),
        about=entry["about"],
        duty=Duty(entry["duty"]),
        schools=tuple(map(SchoolKind, entry["schools"])),
        phases=tuple(map(SchoolKind, entry.get("phases", ()))),
        excluded=tuple(map(SchoolKind, entry.get("not", ()))),
        website=OnWebsite(value("website") or OnWebsite.NONE),
        basis=tuple(basis(each) for each in entry["basis"] if each.get("for", run) == run),
        approval=value("approval"),
        cycle=entry.get("cycle"),
        note=value("note"),
        sources=tuple(source for key in entry["sources"] if (source := sources[key]).run in (None, run)),
        official=entry["confidence"] == "official",
    )


def basis(data: Mapping[str, Any]) -> Basis:
    written = data["address"]
    address = written if written.startswith("https://") else LEGISLATION + written
    provision = data.get("provision", "")
    return Basis(
        law=InstrumentId(data["law"]) if "law" in data else None,
        title=data["title"],
        provision=provision,
        address=provisions.uri(address, provision) or address,
    )
