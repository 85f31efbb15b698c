"""What people type, from data files beside the texts: phrasings of clauses and laws, and the thesaurus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..formats.files import NotUtf8, read_text
from ..formats.memo import Memo
from ..model import Problem
from . import located_yaml
from .located_yaml import Entry
from .suggestions import did_you_mean

LONGEST = 100
"""The most characters of a phrase: longer ones are prose, not what people type."""
LAYOUT = 'Write the clause in quotes and a colon, "2.3.4":, and below it the phrases, each after two spaces and “- ”.'

THESAURUS = {
    "same": "Below same: write each group of words on its own line: - [pupil, child, student]",
    "means": "Below means: write each word with what it also finds: teacher: [staff, adult]",
    "sensitive": "Below sensitive: write each word on its own line: - suicide",
}
"""What the thesaurus may say, and how each is laid out."""
CHOICES = frozenset({"topic", "not"})
"""The keys of a topic that an author gives a clause, and of one that does not belong there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrasing:
    """One phrasing, and the clause or law that answers it."""

    owner: str
    """Clause id with its policy, or instrument id."""
    text: str
    primary: bool
    """Whether it answers before other clauses that have the same entry."""
    drafted: bool = False
    """Whether an assistant wrote it and nobody has read it yet."""
    path: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicChoice:
    """A topic of the phrasebook that an author gives a clause, or takes from it."""

    owner: str
    topic: str
    taken: bool
    path: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrasings:
    entries: tuple[Phrasing, ...]
    choices: tuple[TopicChoice, ...] = ()
    same: tuple[tuple[str, ...], ...]
    """Groups of words that mean the same."""
    means: Mapping[str, tuple[str, ...]]
    """A word, and the more general ones that it finds more weakly."""
    sensitive: tuple[str, ...]
    """Words of what may alarm a reader who did not ask for it, beside those that the search comes with."""
    problems: tuple[Problem, ...]

    def topics(self, *, taken: bool) -> dict[str, tuple[str, ...]]:
        """The topics that authors gave clauses, or took from them."""
        by_owner: dict[str, tuple[str, ...]] = {}
        for choice in self.choices:
            if choice.taken is taken:
                by_owner[choice.owner] = (*by_owner.get(choice.owner, ()), choice.topic)
        return by_owner

    def by_owner(self, *, drafted: bool = True) -> dict[str, tuple[str, ...]]:
        """The phrasings of each clause or law; one that several share stays with its primary one.

        drafted: those too that nobody has read yet.
        """
        first = {entry.text: entry.owner for entry in self.entries if entry.primary}
        by_owner: dict[str, list[str]] = {}
        for entry in self.entries:
            if first.get(entry.text, entry.owner) == entry.owner and (drafted or not entry.drafted):
                by_owner.setdefault(entry.owner, []).append(entry.text)
        return {owner: tuple(texts) for owner, texts in by_owner.items()}


def read(docs: Path, memo: Memo | None = None) -> Phrasings:
    """Read every asks.yml and thesaurus.yml of docs; faults become problems, the rest still counts."""
    memo = memo or Memo()
    problems: list[Problem] = []
    entries: list[Phrasing] = []
    choices: list[TopicChoice] = []
    for path in [*sorted(docs.glob("policies/*/asks.yml")), docs / "legislation" / "asks.yml"]:
        file = f"docs/{path.relative_to(docs).as_posix()}"
        root = tree(path, file, problems, rule="asks-file", hint=LAYOUT, memo=memo)
        prefix = f"{path.parent.name}/" if path.parent.parent.name == "policies" else ""
        if root.keys is None:
            problems.append(
                shape_problem(file, root.line, "this file does not name clauses, each with its phrases", LAYOUT)
            )
        for owner, listed in (root.keys or {}).items():
            if listed.items is None:
                line = (root.key_lines or {})[owner]
                problems.append(shape_problem(file, line, f"“{owner}” has no list of phrases below it", LAYOUT))
            entries += entries_of(f"{prefix}{owner}", listed, file, problems)
            choices += choices_of(f"{prefix}{owner}", listed, file)
    thesaurus = tree(docs / "thesaurus.yml", "docs/thesaurus.yml", problems, rule="asks-file", hint=LAYOUT, memo=memo)
    problems += thesaurus_problems(thesaurus, "docs/thesaurus.yml")
    same, means, sensitive = ((thesaurus.keys or {}).get(name) for name in ("same", "means", "sensitive"))
    return Phrasings(
        entries=tuple(entries),
        choices=tuple(choices),
        same=tuple(lines(group) for group in (same.items or ())) if same else (),
        means={word: lines(general) for word, general in (means.keys or {}).items()} if means else {},
        sensitive=lines(sensitive) if sensitive else (),
        problems=tuple(problems),
    )


def shape_problem(file: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path=file, line=line, rule="asks-file", message=message, hint=hint)


def thesaurus_problems(root: Entry, file: str) -> Iterator[Problem]:
    """What of the thesaurus has another shape than the search reads."""
    if root.keys is None:
        yield shape_problem(file, root.line, "this file is not made of same:, means: and sensitive:", THESAURUS["same"])
    for name, entry in (root.keys or {}).items():
        line = (root.key_lines or {})[name]
        if name not in THESAURUS:
            hint = did_you_mean(name, THESAURUS, show="{}:".format, otherwise=THESAURUS["same"])
            yield shape_problem(file, line, f"“{name}” is no part of the thesaurus", hint)
            continue
        groups = name == "means" and entry.keys is not None
        lacking = entry.keys is None if name == "means" else entry.items is None
        if lacking and (entry.items or entry.keys or entry.raw):
            yield shape_problem(file, line, f"“{name}” is not laid out as the search reads it", THESAURUS[name])
        within = (entry.keys or {}).values() if groups else (entry.items or ()) if name == "same" else ()
        for item in within:
            if item.items is None:
                message = f"a line of “{name}” is not a list of words between [ and ]"
                yield shape_problem(file, item.line, message, THESAURUS[name])
        for item in (
            each for group in (*within, *((entry,) if name == "sensitive" else ())) for each in group.items or ()
        ):
            if item.items is not None or item.keys is not None or not item.raw.strip():
                yield shape_problem(
                    file, item.line, f"a line of “{name}” holds something else than words", THESAURUS[name]
                )
            elif isinstance(item.scalar, bool):
                message = f"YAML reads “{item.raw}” as yes or no"
                yield shape_problem(file, item.line, message, f'Put the word in quotes: "{item.raw}"')


def tree(  # noqa: PLR0913 - the file, and what is told of it
    path: Path, file: str, problems: list[Problem], *, rule: str, hint: str, memo: Memo | None = None
) -> Entry:
    """The YAML of a data file; empty where there is none or it cannot be read. rule and hint are of its problem."""
    empty = Entry(line=1, keys={}, key_lines={})
    if not path.exists():
        return empty
    if not path.is_file():
        problems.append(Problem(path=file, line=1, rule=rule, message="this is no file but a folder", hint=hint))
        return empty
    try:
        text = read_text(path)
        return (memo or Memo())("data file", file, (text,), partial(located_yaml.parse, text))
    except located_yaml.BrokenYaml as error:
        line, message = error.line, f"this file cannot be read ({error})"
    except NotUtf8 as error:
        problems.append(Problem(path=file, line=error.line, rule=rule, message=f"this file {error}", hint=error.hint))
        return empty
    problems.append(Problem(path=file, line=line, rule=rule, message=message, hint=hint))
    return empty


def entries_of(owner: str, listed: Entry, file: str, problems: list[Problem]) -> Iterator[Phrasing]:
    for item in listed.items or ():
        if not CHOICES.isdisjoint(item.keys or ()):
            continue
        primary, drafted = ((item.keys or {}).get(mark) for mark in ("primary", "drafted"))
        text = " ".join((primary or drafted or item).raw.split())
        if faults := list(length_problem(text, owner, file, item.line)):
            problems += faults
            continue
        yield Phrasing(
            owner=owner, text=text, primary=primary is not None, drafted=drafted is not None, path=file, line=item.line
        )


def length_problem(text: str, owner: str, file: str, line: int) -> Iterator[Problem]:
    """The problem of a phrase that is empty or too long."""
    if not text or len(text) > LONGEST:
        length = f"is {len(text)} characters long" if text else "is empty"
        yield Problem(
            path=file,
            line=line,
            rule="ask-length",
            message=f"a phrase of {owner} {length}",
            hint=f"Write what somebody would type, in at most {LONGEST} characters, or remove the line.",
        )


def choices_of(owner: str, listed: Entry, file: str) -> Iterator[TopicChoice]:
    """The topics that a clause's list names: `- topic: …` gives it one, `- not: …` takes one away."""
    for item in listed.items or ():
        for key, topic in (item.keys or {}).items():
            if key in CHOICES:
                yield TopicChoice(
                    owner=owner, topic=" ".join(topic.raw.split()), taken=key == "topic", path=file, line=item.line
                )


def lines(entry: Entry) -> tuple[str, ...]:
    return tuple(item.raw.strip() for item in entry.items or ())
