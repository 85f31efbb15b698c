"""Each policy at a glance, from the file glance.yml beside its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model import PolicyId, Problem
from ..model.glance import GlanceGroup
from . import data_lists
from .located_yaml import Entry
from .phrasings import tree
from .schema import Setting, one_line, quoted
from .suggestions import did_you_mean

NAME = "glance.yml"
HINT = (
    "Write one of these without spaces before it, with its lines below: "
    f"{', '.join(f'{group}:' for group in GlanceGroup)}. Each line begins with “- clause:”; "
    "its “text:” below may be left out where the gist of the clause says it."
)
SETTINGS: Mapping[str, Setting] = {
    "clause": Setting(read=quoted, example='clause: "2.3.4"'),
    "text": Setting(read=one_line, required=False, example="text: You should never add a pupil as a friend."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class GlanceSettings:
    """One line of the sheet, as written."""

    clause: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenLine:
    """One line of a sheet and where it stands."""

    policy: PolicyId
    group: GlanceGroup
    clause: str
    text: str
    """Empty where the gist of the clause is the line."""
    path: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Glances:
    entries: tuple[WrittenLine, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(docs: Path) -> Glances:
    """Read every glance.yml of docs; faults become problems, the rest still counts."""
    problems: list[Problem] = []
    entries: list[WrittenLine] = []
    for path in sorted(docs.glob(f"policies/*/{NAME}")):
        file = f"docs/{path.relative_to(docs).as_posix()}"
        root = tree(path, file, problems, rule="glance-file", hint=HINT)
        if root.keys is None:
            message = "this file is not made of groups of lines"
            problems.append(Problem(path=file, line=root.line, rule="glance-file", message=message, hint=HINT))
        for name, group in (root.keys or {}).items():
            line = (root.key_lines or {})[name]
            entries += lines(PolicyId(path.parent.name), name, group, file, line, problems)
    return Glances(entries=tuple(entries), problems=tuple(problems))


def lines(  # noqa: PLR0913, PLR0917 - the group, and where it stands
    policy: PolicyId, name: str, group: Entry, file: str, line: int, problems: list[Problem]
) -> Iterator[WrittenLine]:
    """The lines of one group; nothing of one that is unknown or no list."""
    if name not in list(GlanceGroup) or group.items is None:
        known = name in list(GlanceGroup)
        message = f"“{name}” must be a list" if known else f"“{name}” is no part of the sheet"
        hint = HINT if known else did_you_mean(name, list(GlanceGroup), otherwise=HINT)
        problems.append(Problem(path=file, line=line, rule="glance-file", message=message, hint=hint))
        return
    for item in group.items:
        settings = data_lists.settings_of(
            item, file, problems, form=GlanceSettings, fields=SETTINGS, name=name, subject="a line at a glance",
            example='- clause: "2.3.4"',
        )  # fmt: skip
        if settings.clause:
            yield WrittenLine(
                policy=policy,
                group=GlanceGroup(name),
                clause=settings.clause,
                text=settings.text,
                path=file,
                line=item.line,
            )
