"""Checkpoint of an interrupted check: what legislation.gov.uk has answered so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ..formats import files
from .feed import Effect, InForce
from .references import Span

FILE = Path(".guide/law-check.json")
MAX_AGE = timedelta(hours=24)
"""After a day the answers are too old to build on."""
SCHEMA = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedSnapshot:
    """What legislation.gov.uk answered about one law."""

    since: str
    """The day on which we last looked, as the law's page states it."""
    recorded: int
    """How many changes the feed holds, old ones too."""
    effects: tuple[Effect, ...]
    """Those recorded or in force since that day, or still to come."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    began: datetime
    laws: Mapping[str, FeedSnapshot]
    """By the instrument's address."""


def snapshot(since: date, stated: str, effects: tuple[Effect, ...]) -> FeedSnapshot:
    """The answer without what was over before we last looked: an Act may have thousands of changes."""

    def is_recent(effect: Effect) -> bool:
        days = (*(when.on for when in effect.in_force), effect.recorded_on)
        return any(on and on >= since for on in days) or any(when.unreadable for when in effect.in_force)

    return FeedSnapshot(
        since=stated, recorded=len(effects), effects=tuple(effect for effect in effects if is_recent(effect))
    )


def load(path: Path, now: datetime) -> Checkpoint:
    """What an unfinished check left; nothing if there is none, it is too old, or the file is damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        began = datetime.fromisoformat(data["began"])
        if data["form"] == SCHEMA and timedelta(0) <= now - began <= MAX_AGE:
            return Checkpoint(began=began, laws={key: load_law(entry) for key, entry in data["laws"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return Checkpoint(began=now, laws={})


def save(path: Path, checkpoint: Checkpoint) -> None:
    path.parent.mkdir(exist_ok=True)
    laws = {key: asdict(law) for key, law in checkpoint.laws.items()}
    data = {"form": SCHEMA, "began": checkpoint.began.isoformat(), "laws": laws}
    files.replace_text(path, json.dumps(data, default=str, ensure_ascii=False))


def discard(path: Path, rest: Checkpoint) -> None:
    """Leave nothing behind after a finished check but what an interrupted one learned about other laws."""
    if rest.laws:
        save(path, rest)
        return
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def load_law(entry: dict[str, Any]) -> FeedSnapshot:
    return FeedSnapshot(**(entry | {"effects": tuple(load_effect(effect) for effect in entry["effects"])}))


def load_effect(entry: dict[str, Any]) -> Effect:
    typed = {
        "places": tuple(Span(tuple(place["first"]), tuple(place["last"])) for place in entry["places"]),
        "recorded_on": load_day(entry["recorded_on"]),
        "in_force": tuple(InForce(**(when | {"on": load_day(when["on"])})) for when in entry["in_force"]),
    }
    return Effect(**(entry | typed))


def load_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
