"""What each policy does not say, from the file silences.yml beside its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model import PolicyId, Problem
from . import data_lists
from .located_yaml import Entry
from .phrasings import length_problem
from .schema import Setting, one_line, quoted

NAME = "silences.yml"
HINT = (
    "Begin each silence with “- text:”, and write its other settings below it, each after two spaces. "
    "A text that holds a colon goes in double quotes."
)


def phrases(entry: Entry) -> tuple[str, ...]:
    """The phrases of a list, as people type them; how long they may be is for another rule."""
    if entry.items is None:
        raise ValueError("must be a list")
    return tuple(" ".join(item.raw.split()) for item in entry.items)


SETTINGS: Mapping[str, Setting] = {
    "text": Setting(read=one_line, example="text: Photographs of pupils on your own phone"),
    "ask": Setting(read=one_line, example="ask: Headteacher"),
    "see": Setting(read=quoted, required=False, example='see: "2.4.1"'),
    "proposal": Setting(
        read=one_line, required=False, example="proposal: Staff take photographs with school cameras only."
    ),
    "phrasings": Setting(read=phrases, example="phrasings:\n      - can i take a class photo on my phone"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SilenceSettings:
    """One entry of the file, as written."""

    text: str = ""
    ask: str = ""
    see: str | None = None
    proposal: str | None = None
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenSilence:
    """One entry and where it stands."""

    policy: PolicyId
    settings: SilenceSettings
    path: str
    line: int
    see_line: int
    phrasing_lines: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Silences:
    entries: tuple[WrittenSilence, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(docs: Path) -> Silences:
    """Read every silences.yml of docs; faults become problems, the rest still counts."""
    problems: list[Problem] = []
    entries: list[WrittenSilence] = []
    for path in sorted(docs.glob(f"policies/*/{NAME}")):
        file = f"docs/{path.relative_to(docs).as_posix()}"
        for entry in data_lists.entries(path, file, problems, rule="silences-file", hint=HINT):
            entries += silence(PolicyId(path.parent.name), entry, file, problems)
    return Silences(entries=tuple(entries), problems=tuple(problems))


def silence(policy: PolicyId, entry: Entry, file: str, problems: list[Problem]) -> Iterator[WrittenSilence]:
    """One entry; nothing where a setting that it needs is missing or faulty."""
    settings = data_lists.settings_of(
        entry, file, problems, form=SilenceSettings, fields=SETTINGS, name="silence", subject="a silence",
        example="- text: Photographs of pupils on your own phone",
    )  # fmt: skip
    items = (entry.keys or {}).get("phrasings", entry).items or ()
    for item in items:
        problems += length_problem(" ".join(item.raw.split()), f"the silence “{settings.text}”", file, item.line)
    if not (settings.text and settings.ask and settings.phrasings):
        return
    yield WrittenSilence(
        policy=policy,
        settings=settings,
        path=file,
        line=entry.line,
        see_line=(entry.key_lines or {}).get("see", entry.line),
        phrasing_lines=tuple(item.line for item in items),
    )
