"""What people type, from data files beside the texts: phrasings of clauses and laws, and the thesaurus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..formats.files import NotUtf8, text_of
from ..formats.memo import Memo
from ..model import Problem
from . import located_yaml
from .located_yaml import Entry

LONGEST = 100
"""The most characters of a phrase: longer ones are prose, not what people type."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrasing:
    """One phrasing, and the clause or law that answers it."""

    owner: str
    """Clause id with its policy, or instrument id."""
    text: str
    primary: bool
    """Whether it answers before other clauses that have the same entry."""
    path: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrasings:
    entries: tuple[Phrasing, ...]
    same: tuple[tuple[str, ...], ...]
    """Groups of words that mean the same."""
    means: Mapping[str, tuple[str, ...]]
    """A word, and the more general ones that it finds more weakly."""
    problems: tuple[Problem, ...]

    def by_owner(self) -> dict[str, tuple[str, ...]]:
        """The phrasings of each clause or law; one that several share stays with its primary one."""
        first = {entry.text: entry.owner for entry in self.entries if entry.primary}
        by_owner: dict[str, list[str]] = {}
        for entry in self.entries:
            if first.get(entry.text, entry.owner) == entry.owner:
                by_owner.setdefault(entry.owner, []).append(entry.text)
        return {owner: tuple(texts) for owner, texts in by_owner.items()}


def read(docs: Path, memo: Memo | None = None) -> Phrasings:
    """Read every asks.yml and thesaurus.yml of docs; faults become problems, the rest still counts."""
    memo = memo or Memo()
    problems: list[Problem] = []
    entries: list[Phrasing] = []
    for path in [*sorted(docs.glob("policies/*/asks.yml")), docs / "legislation" / "asks.yml"]:
        file = f"docs/{path.relative_to(docs).as_posix()}"
        prefix = f"{path.parent.name}/" if path.parent.parent.name == "policies" else ""
        data = path.read_bytes() if path.exists() else b""
        listed, faults = memo("asks", file, (data,), partial(asks, data, file, prefix))
        entries += listed
        problems += faults
    path = docs / "thesaurus.yml"
    data = path.read_bytes() if path.exists() else b""
    root, faults = memo("thesaurus", "", (data,), partial(tree, data, "docs/thesaurus.yml"))
    same, means = ((root.keys or {}).get(name) for name in ("same", "means"))
    return Phrasings(
        entries=tuple(entries),
        same=tuple(lines(group) for group in (same.items or ())) if same else (),
        means={word: lines(general) for word, general in (means.keys or {}).items()} if means else {},
        problems=(*problems, *faults),
    )


def asks(data: bytes, file: str, prefix: str) -> tuple[tuple[Phrasing, ...], tuple[Problem, ...]]:
    """The phrasings of one asks.yml, and its faults; prefix goes before the ids of its clauses."""
    root, faults = tree(data, file)
    problems = list(faults)
    entries = tuple(
        entry
        for owner, listed in (root.keys or {}).items()
        for entry in entries_of(f"{prefix}{owner}", listed, file, problems)
    )
    return entries, tuple(problems)


def tree(data: bytes, file: str) -> tuple[Entry, tuple[Problem, ...]]:
    """The YAML of a data file, empty where it cannot be read, and its faults."""
    empty = Entry(line=1, keys={}, key_lines={})
    try:
        return (located_yaml.parse(text_of(data)) if data else empty), ()
    except located_yaml.BrokenYaml as error:
        line, message = error.line, f"this file cannot be read ({error})"
    except NotUtf8 as error:
        return empty, (
            Problem(path=file, line=error.line, rule="asks-file", message=f"this file {error}", hint=error.hint),
        )
    hint = 'Write the clause in quotes and a colon, "2.3.4":, and below it the phrases, each after two spaces and “- ”.'
    return empty, (Problem(path=file, line=line, rule="asks-file", message=message, hint=hint),)


def entries_of(owner: str, listed: Entry, file: str, problems: list[Problem]) -> Iterator[Phrasing]:
    for item in listed.items or ():
        primary = (item.keys or {}).get("primary")
        text = " ".join((primary or item).raw.split())
        if not text or len(text) > LONGEST:
            problems.append(
                Problem(
                    path=file,
                    line=item.line,
                    rule="ask-length",
                    message=f"a phrase of {owner} is empty"
                    if not text
                    else f"a phrase of {owner} is {len(text)} characters long",
                    hint=f"Write what somebody would type, in at most {LONGEST} characters, or remove the line.",
                )
            )
            continue
        yield Phrasing(owner=owner, text=text, primary=primary is not None, path=file, line=item.line)


def lines(entry: Entry) -> tuple[str, ...]:
    return tuple(item.raw.strip() for item in entry.items or ())
