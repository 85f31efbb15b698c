"""Problems that follow from another one, left out: an author fixes the cause, and they are gone.

Only what is certain is left out: what remains wrong after the fix is told then.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..assembly.assemble import Project
from ..authoring.pages import Page
from ..model import Problem, labels

UNREADABLE = frozenset({"front-matter", "not-utf-8"})
"""Rules whose breach keeps a whole file from being read."""
MISPLACED = frozenset({"misnamed-page", "stray-page"})
"""Rules whose breach has a page taken for one of another kind."""
CALLS = frozenset({"macro-call", "macro-syntax"})
FROM_CALLS = frozenset({"empty-clause", "law-outside", "number-gap", "clause-order"})
"""Rules that a file breaks because one of its calls cannot be read."""


@dataclass(kw_only=True, slots=True)
class Causes:
    """What is known to be broken, by which other problems are explained."""

    unreadable: set[str] = field(default_factory=set)
    """Files that cannot be read."""
    misplaced: set[str] = field(default_factory=set)
    """Files that are taken for something else."""
    calls: set[str] = field(default_factory=set)
    """Files with a call that cannot be read, and that may open a clause."""
    near: set[tuple[str, int]] = field(default_factory=set)
    """Where such a call may have parted a clause from its text or its number: files, and lines of openings."""
    missing: set[str] = field(default_factory=set)
    """Files that are not there and have to be."""
    copies: set[str] = field(default_factory=set)
    """Files that hold a section once more."""
    discarded: set[str] = field(default_factory=set)
    """Copies that somebody is to delete."""
    slips: set[tuple[str, str]] = field(default_factory=set)
    """Settings that are there under a name with a slip, each with its file."""

    @property
    def policies(self) -> set[str]:
        """The policies whose clauses are not all known."""
        broken = self.unreadable | self.calls | self.missing | self.misplaced
        return {parts[2] for path in broken if len(parts := path.split("/")) > 2 and parts[1] == "policies"}


def first(problems: Iterable[Problem], project: Project) -> list[Problem]:
    """Problems without those that others explain; those with one answer are told once."""
    listed = list(dict.fromkeys(problems))
    causes = causes_in(listed, project)
    return list(told_once(missing_together(each for each in listed if not explained(each, causes))))


def causes_in(problems: Iterable[Problem], project: Project) -> Causes:
    causes = Causes()
    pages = {page.file: page for page in project.pages}
    for problem in problems:
        if problem.rule in UNREADABLE:
            causes.unreadable.add(problem.path)
        elif problem.rule in MISPLACED:
            causes.misplaced.add(problem.path)
        elif problem.rule in CALLS and problem.path in pages and may_open(pages[problem.path], problem):
            causes.calls.add(problem.path)
            causes.near |= {(problem.path, line) for line in around(pages[problem.path], problem.line)}
        elif problem.rule == "section-twice":
            (causes.discarded if "looks like a copy" in problem.message else causes.copies).add(problem.path)
        elif problem.rule == "missing-file":
            place = re.search(r"docs/[\w/.-]+\.md", problem.hint)
            causes.missing.add(place[0] if place and problem.line == 1 else problem.path)
        elif problem.rule == "unknown-setting" and (meant := re.match(r"Did you mean “(.*)”", problem.hint)):
            causes.slips.add((problem.path, meant[1]))
    return causes


OPENING = ("clause", "listed")


def may_open(page: Page, problem: Problem) -> bool:
    """Whether a call that cannot be read may be one that opens a clause or an entry."""
    opens = any(call.name in OPENING for call in page.calls if call.line == problem.line)
    return opens or problem.rule == "macro-syntax" or any(f"{name}()" in problem.hint for name in OPENING)


def around(page: Page, line: int) -> Iterator[int]:
    """The lines from the clause within which a call stands that cannot be read, up to the next one that can be."""
    openings = [call.line for call in page.calls if call.name in OPENING and call.fault is None]
    start = max((each for each in openings if each < line), default=line)
    end = min((each for each in openings if each > line), default=line + 1000)
    yield from range(start, end + 1)


def explained(problem: Problem, causes: Causes) -> bool:
    """Whether a problem follows from one of the causes."""
    path, rule = problem.path, problem.rule
    named = re.search("“([^”]*)”", problem.message)
    word = named[1] if named else ""
    misplaced = path in causes.misplaced and rule not in MISPLACED | UNREADABLE
    if misplaced or (path in causes.discarded and rule != "section-twice"):
        return True
    if rule in FROM_CALLS:
        return (path, problem.line) in causes.near
    match rule:
        case "clause-twice":
            return of_copy(problem, causes)
        case "missing-setting":
            return (path, word) in causes.slips
        case "unknown-clause":
            policy = word.rpartition("/")[0] or (path.split("/")[2] if path.startswith("docs/policies/") else "")
            return policy in causes.policies
    unknown = causes.unreadable | causes.calls | causes.missing
    return rule == "broken-link" and not leads_to(problem).isdisjoint(unknown)


def of_copy(problem: Problem, causes: Causes) -> bool:
    """Whether a clause is there twice because its whole section is."""
    place = re.search(r" is already at (docs/.*):\d+ as ", problem.message)
    other = place[1] if place else problem.path
    return other != problem.path and not {problem.path, other}.isdisjoint(causes.copies | causes.discarded)


def leads_to(problem: Problem) -> set[str]:
    """The file that a dead link is about."""
    if place := re.search(r": (docs/\S+) has no “", problem.message):
        return {place[1]}
    if written := re.match(r"the link to (\S+) leads nowhere", problem.message):
        return {posixpath.normpath(posixpath.join(posixpath.dirname(problem.path), written[1]))}
    return set()


EXAMPLE = "Add a line such as: "


def missing_together(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The settings that a place lacks, told as one problem."""
    lacking: dict[tuple[str, int], list[Problem]] = {}
    for problem in problems:
        if (
            problem.rule == "missing-setting"
            and problem.hint.startswith(EXAMPLE)
            and problem.message.endswith("is missing")
        ):
            lacking.setdefault((problem.path, problem.line), []).append(problem)
        else:
            yield problem
    for each in lacking.values():
        if len(each) == 1:
            yield each[0]
            continue
        names = labels.join_words([problem.message.removesuffix(" is missing") for problem in each])
        lines = "\n    ".join(problem.hint.removeprefix(EXAMPLE) for problem in each)
        yield replace(each[0], message=f"{names} are missing", hint=f"Add lines such as:\n    {lines}")


def told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What one page lacks that several others of a folder name, told at the first of them."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        if problem.rule == "unknown-law":
            alike.setdefault((posixpath.dirname(problem.path), problem.message, problem.hint), []).append(problem)
        else:
            yield problem
    for each in alike.values():
        places = [f"{problem.path}:{problem.line}" for problem in sorted(each, key=lambda one: (one.path, one.line))]
        head = min(each, key=lambda one: (one.path, one.line))
        rest = labels.join_words(places[1:], most=3)
        yield replace(head, message=f"{head.message} (the same at {rest})") if rest else head
