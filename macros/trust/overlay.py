"""A trust's project and a school → a project of the school's own, in a folder of its own.

Local texts lie as docs does: a page of the same path holds the clauses that stand in the place of the trust's, or
besides them, and the settings of a policy that are the school's own, such as when its governors adopted it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..authoring import pages, school_settings, settings
from ..authoring.pages import Page
from ..authoring.parser import ClauseBlock, HeadingBlock
from ..formats import files
from ..formats.files import read_text
from ..model import Problem, clause_numbers
from .school import InvalidSchool, School

LINKED = ("macros", "overrides")
"""Folders of the trust that every school's project shares."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalClause:
    """A clause of the school's own."""

    id: str
    """With its policy: “visitors/1.2”."""
    path: str
    """Where it is written, from the project's folder."""
    line: int
    instead_of: str | None
    """A fingerprint of the trust's words that it stands for; None for a clause that the trust has not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A clause in a page's source."""

    id: str
    first: int
    """Its first row, counted from 0."""
    after: int
    """The row after its last."""
    local: bool


def prepare(config: Path, school: School, into: Path) -> tuple[LocalClause, ...]:
    """Write the school's project into a folder; its local clauses. Raises InvalidSchool before it writes anything."""
    trust = settings.load(config).docs
    merged, found, problems = merge(trust, school)
    if problems:
        raise InvalidSchool(*problems)
    try:
        text = school_settings.with_school(read_text(config), school.values)
    except school_settings.Unwritable as fault:
        raise InvalidSchool(
            Problem(path=config.name, line=1, rule="school", message=str(fault), hint="Then try again.")
        ) from None
    fresh = into.with_name(f".{into.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(trust, fresh)
    for path, content in merged.items():
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copy(content, fresh / path)
        else:
            files.write_text(fresh / path, content)
    for path in own_editions(school):
        shutil.rmtree(fresh / path, ignore_errors=True)
        shutil.copytree(school.texts / path, fresh / path)
    into.mkdir(parents=True, exist_ok=True)
    docs = into / trust.name
    shutil.rmtree(docs, ignore_errors=True)
    fresh.replace(docs)
    files.write_text(into / config.name, text)
    for name in LINKED:
        link = into / name
        if not link.exists():
            link.symlink_to((config.parent / name).resolve(), target_is_directory=True)
    return found


def own_editions(school: School) -> Iterator[str]:
    """The folders of editions that the school has of its own: its governors adopted the policy, not the trust's."""
    for folder in sorted(school.texts.glob("policies/*/editions")):
        yield folder.relative_to(school.texts).as_posix()


def merge(trust: Path, school: School) -> tuple[dict[str, str | Path], tuple[LocalClause, ...], list[Problem]]:
    """The pages that the school changes or adds, as text, or as the file to copy; its clauses; what is wrong."""
    merged: dict[str, str | Path] = {}
    found: list[LocalClause] = []
    problems: list[Problem] = []
    for file in sorted(school.texts.rglob("*")):
        path = file.relative_to(school.texts).as_posix()
        if not file.is_file() or file == school.compared or "/editions/" in path:
            continue
        if file.suffix != ".md" or not (trust / path).is_file():
            merged[path] = file
            continue
        ours, theirs = read_text(trust / path), read_text(file)
        page = pages.parse(path, theirs)
        problems += (located(problem, file) for problem in page.problems)
        if path.endswith("/index.md"):
            merged[path] = with_settings(ours, theirs, path)
            continue
        merged[path], clauses, faults = with_clauses(path, ours, theirs, file)
        found += clauses
        problems += faults
    return merged, tuple(found), problems


def located(problem: Problem, file: Path) -> Problem:
    return Problem(
        path=file.as_posix(), line=problem.line, rule=problem.rule, message=problem.message, hint=problem.hint
    )


def with_clauses(path: str, ours: str, theirs: str, file: Path) -> tuple[str, list[LocalClause], list[Problem]]:
    """The trust's page with the school's clauses in their places."""
    policy = PurePosixPath(path).parts[1]
    rows, local_rows = ours.split("\n"), theirs.split("\n")
    standing = {passage.id: passage for passage in passages(pages.parse(path, ours), len(rows))}
    found: list[LocalClause] = []
    problems: list[Problem] = []
    replaced: dict[str, list[str]] = {}
    added: list[tuple[str, list[str]]] = []
    for passage in passages(pages.parse(path, theirs), len(local_rows)):
        text = local_rows[passage.first : passage.after]
        original = standing.get(passage.id)
        if original and not original.local:
            problems.append(not_local(file, passage))
            continue
        if original is None and passage.local:
            problems.append(original_gone(file, passage))
            continue
        words = "\n".join(rows[original.first : original.after]).strip() if original else None
        found.append(
            LocalClause(
                id=f"{policy}/{passage.id}",
                path=file.as_posix(),
                line=passage.first + 1,
                instead_of=words and hashlib.sha256(words.encode()).hexdigest(),
            )
        )
        if original:
            replaced[passage.id] = text
        else:
            added.append((passage.id, text))
    return "\n".join(laid_over(rows, standing, replaced, added)), found, problems


def laid_over(
    rows: list[str],
    standing: Mapping[str, Passage],
    replaced: Mapping[str, list[str]],
    added: list[tuple[str, list[str]]],
) -> list[str]:
    """The rows of a page with some passages replaced and others added before the first that comes after them."""
    before: dict[str | None, list[str]] = {}
    for name, text in added:
        key = clause_numbers.sort_key(name)
        # Before the first with a later number; an id that is no number sorts last.
        later = (other for other in standing if clause_numbers.parse(other) and clause_numbers.sort_key(other) > key)
        before.setdefault(next(later, None), []).extend(["", *text])
    result: list[str] = []
    row = 0
    for passage in standing.values():
        result += rows[row : passage.first]
        result += before.get(passage.id, [])
        result += replaced.get(passage.id, rows[passage.first : passage.after])
        row = passage.after
    return [*result, *rows[row:], *before.get(None, [])]


def passages(page: Page, length: int) -> list[Passage]:
    """The clauses of a page, where they stand in its source."""
    opening = [
        block.call.line if isinstance(block, ClauseBlock) else block.heading.line
        for block in page.blocks
        if isinstance(block, ClauseBlock | HeadingBlock)
    ]
    ends = dict(zip(opening, [*(line - 1 for line in opening[1:]), length], strict=True))
    return [
        Passage(
            id=block.call["id"],
            first=block.call.line - 1,
            after=ends[block.call.line],
            local=bool(block.call["local"]),
        )
        for block in page.clauses
    ]


def not_local(file: Path, passage: Passage) -> Problem:
    return Problem(
        path=file.as_posix(),
        line=passage.first + 1,
        rule="not-local",
        message=f"the trust’s clause {passage.id} is not one that schools may write themselves",
        hint=f'Give this clause an id of its own, or mark the trust’s: clause("{passage.id}", "…", local="yes")',
    )


def original_gone(file: Path, passage: Passage) -> Problem:
    return Problem(
        path=file.as_posix(),
        line=passage.first + 1,
        rule="original-gone",
        message=f"the trust has no clause {passage.id} any more, which this one was to replace",
        hint='Remove this clause, or make it one of the school’s own: take out local="yes".',
    )


def with_settings(ours: str, theirs: str, path: str) -> str:
    """A policy's page with the settings that are the school's own; its text is the trust's."""
    rows, local_rows = ours.split("\n"), theirs.split("\n")
    own = spans(pages.parse(path, theirs), local_rows)
    taken = {
        row for name, (first, after) in spans(pages.parse(path, ours), rows).items() if name in own
        for row in range(first, after)
    }  # fmt: skip
    end = rows.index("---", 1)
    kept = [row for number, row in enumerate(rows[1:end], 1) if number not in taken]
    mine = [row for first, after in own.values() for row in local_rows[first:after]]
    return "\n".join(["---", *kept, *mine, *rows[end:]])


def spans(page: Page, rows: list[str]) -> dict[str, tuple[int, int]]:
    """The rows of each setting, from its own to the one before the next."""
    lines = page.meta.key_lines or {}
    end = rows.index("---", 1) if rows[:1] == ["---"] and "---" in rows[1:] else 0
    starts = sorted(lines.values())
    after = {line: (starts[place + 1] - 1 if place + 1 < len(starts) else end) for place, line in enumerate(starts)}
    return {name: (line - 1, after[line]) for name, line in lines.items()}


def to_compare(school: School, clauses: tuple[LocalClause, ...]) -> list[LocalClause]:
    """The local clauses whose original reads otherwise than when somebody last compared the two, or never did."""
    seen = compared(school)
    return [clause for clause in clauses if clause.instead_of and seen.get(clause.id) != clause.instead_of]


def compared(school: School) -> dict[str, str]:
    try:
        seen = json.loads(school.compared.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return seen if isinstance(seen, dict) else {}


def record_compared(school: School, clauses: tuple[LocalClause, ...]) -> None:
    """Note that every local clause was compared with the trust's words as they stand."""
    seen = {clause.id: clause.instead_of for clause in clauses if clause.instead_of}
    school.texts.mkdir(exist_ok=True)
    files.replace_text(school.compared, json.dumps(seen, indent=1, sort_keys=True) + "\n")
