"""What people type, from data files beside the texts: asks of clauses and laws, and the thesaurus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..formats.files import NotUtf8, read_text
from ..model import Problem
from . import located_yaml
from .located_yaml import Entry

LONGEST = 100
"""Characters of an ask: longer ones are prose, not what people type."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One phrasing, and the clause or law that answers it."""

    of: str
    """Clause id with its policy, or instrument id."""
    text: str
    primary: bool
    """Whether it answers before other clauses that have the same ask."""
    path: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Asks:
    asks: tuple[Ask, ...]
    same: tuple[tuple[str, ...], ...]
    """Groups of words that mean the same."""
    means: Mapping[str, tuple[str, ...]]
    """A word, and the more general ones that it finds more weakly."""
    problems: tuple[Problem, ...]

    def by_owner(self) -> dict[str, tuple[str, ...]]:
        """The asks of each clause or law; an ask that several share stays with its primary one."""
        first = {ask.text: ask.of for ask in self.asks if ask.primary}
        found: dict[str, list[str]] = {}
        for ask in self.asks:
            if first.get(ask.text, ask.of) == ask.of:
                found.setdefault(ask.of, []).append(ask.text)
        return {owner: tuple(texts) for owner, texts in found.items()}


def read(docs: Path) -> Asks:
    """Read every asks.yml and thesaurus.yml of docs; faults become problems, the rest still counts."""
    problems: list[Problem] = []
    asks: list[Ask] = []
    for path in [*sorted(docs.glob("policies/*/asks.yml")), docs / "legislation" / "asks.yml"]:
        shown = f"docs/{path.relative_to(docs).as_posix()}"
        root = tree(path, shown, problems)
        prefix = f"{path.parent.name}/" if path.parent.parent.name == "policies" else ""
        for owner, listed in (root.keys or {}).items():
            asks += asks_of(f"{prefix}{owner}", listed, shown, problems)
    thesaurus = tree(docs / "thesaurus.yml", "docs/thesaurus.yml", problems)
    same, means = ((thesaurus.keys or {}).get(name) for name in ("same", "means"))
    return Asks(
        asks=tuple(asks),
        same=tuple(lines(group) for group in (same.items or ())) if same else (),
        means={word: lines(found) for word, found in (means.keys or {}).items()} if means else {},
        problems=tuple(problems),
    )


def tree(path: Path, shown: str, problems: list[Problem]) -> Entry:
    """The YAML of a data file; empty where there is none or it cannot be read."""
    empty = Entry(line=1, keys={}, key_lines={})
    if not path.exists():
        return empty
    try:
        return located_yaml.parse(read_text(path))
    except located_yaml.BrokenYaml as error:
        line, message = error.line, f"this file cannot be read ({error})"
    except NotUtf8 as error:
        problems.append(
            Problem(path=shown, line=error.line, rule="asks-file", message=f"this file {error}", hint=error.hint)
        )
        return empty
    hint = (
        'Write the clause in quotes and a colon, "2.3.4":, and below it one ask a line after two spaces and a hyphen.'
    )
    problems.append(Problem(path=shown, line=line, rule="asks-file", message=message, hint=hint))
    return empty


def asks_of(owner: str, listed: Entry, shown: str, problems: list[Problem]) -> Iterator[Ask]:
    for item in listed.items or ():
        primary = (item.keys or {}).get("primary")
        text = " ".join((primary or item).raw.split())
        if not text or len(text) > LONGEST:
            problems.append(
                Problem(
                    path=shown,
                    line=item.line,
                    rule="ask-length",
                    message=f"an ask of {owner} is empty"
                    if not text
                    else f"an ask of {owner} is {len(text)} letters long",
                    hint=f"Write what somebody would type, in at most {LONGEST} letters, or remove the line.",
                )
            )
            continue
        yield Ask(of=owner, text=text, primary=primary is not None, path=shown, line=item.line)


def lines(entry: Entry) -> tuple[str, ...]:
    return tuple(item.raw.strip() for item in entry.items or ())
