"""What an interrupted check has heard, kept until one is through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from .feed import Effect, InForce
from .references import Span

PLACE = Path(".guide/law-check.json")
LASTS = timedelta(hours=24)
"""After a day the answers are too old to build on."""
FORM = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What legislation.gov.uk answered about one law."""

    since: str
    """The day on which we had last looked, as the law's page says it."""
    recorded: int
    """How many changes the feed holds, old ones too."""
    effects: tuple[Effect, ...]
    """Those recorded or in force since that day, or still to come."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    began: datetime
    laws: Mapping[str, Heard]
    """By the instrument's address."""


def heard(since: date, said: str, effects: tuple[Effect, ...]) -> Heard:
    """The answer without what was over before we last looked: an Act may have thousands of changes."""

    def matters(found: Effect) -> bool:
        days = (*(when.on for when in found.in_force), found.recorded_on)
        return any(on and on >= since for on in days)

    return Heard(since=said, recorded=len(effects), effects=tuple(found for found in effects if matters(found)))


def load(path: Path, now: datetime) -> Kept:
    """What an unfinished check left; nothing if there is none, it is too old, or the file is damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        began = datetime.fromisoformat(found["began"])
        if found["form"] == FORM and timedelta(0) <= now - began <= LASTS:
            return Kept(began=began, laws={key: law(entry) for key, entry in found["laws"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return Kept(began=now, laws={})


def save(path: Path, kept: Kept) -> None:
    """Write beside, then move: a half-written file never stands."""
    path.parent.mkdir(exist_ok=True)
    laws = {key: asdict(found) for key, found in kept.laws.items()}
    told = {"form": FORM, "began": kept.began.isoformat(), "laws": laws}
    new = path.with_suffix(".new")
    new.write_text(json.dumps(told, default=str, ensure_ascii=False), encoding="utf-8")
    new.replace(path)


def forget(path: Path, rest: Kept) -> None:
    """A finished check leaves nothing behind but what an interrupted one heard of other laws."""
    if rest.laws:
        save(path, rest)
        return
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def law(entry: dict[str, Any]) -> Heard:
    return Heard(**(entry | {"effects": tuple(effect(found) for found in entry["effects"])}))


def effect(entry: dict[str, Any]) -> Effect:
    forces = tuple(InForce(**(when | {"on": day(when["on"])})) for when in entry["in_force"])
    typed = {
        "places": tuple(Span(tuple(place["first"]), tuple(place["last"])) for place in entry["places"]),
        "recorded_on": day(entry["recorded_on"]),
        "in_force": forces,
    }
    return Effect(**(entry | typed))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
