"""Installs imported files atomically, after a check of the whole guide with them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from .. import checks
from ..authoring import pages as authored_pages
from ..authoring.page_kinds import PageKind
from ..model import Problem
from ..model.labels import counted
from ..project import Sources

BACKUPS = ".before-import"
"""The folder of the project that receives what an import replaced; git leaves it out."""


def problems_of(sources: Sources, policy: str, files: Mapping[str, str], today: date) -> list[Problem]:
    """The problems that the guide's own checks find in the new files, beside everything that is there already."""
    return problems_of_all(sources, {policy: files}, today)[policy]


def problems_of_all(
    sources: Sources, policies: Mapping[str, Mapping[str, str]], today: date
) -> dict[str, list[Problem]]:
    """The same of several policies at once, by policy: the guide is built once."""
    folders = {policy: f"policies/{policy}/" for policy in policies}
    others = [page for page in sources.pages if not page.path.startswith(tuple(folders.values()))]
    pages = [
        authored_pages.parse(f"{folders[policy]}{name}", files[name], sources.parser)
        for policy, files in policies.items()
        for name in sorted(files)
    ]
    found = checks.check(replace(sources, pages=(*others, *pages)).build(today)) if policies else []
    return {
        policy: [problem for problem in found if problem.path.startswith(f"docs/{folder}")]
        for policy, folder in folders.items()
    }


def present(target: Path) -> dict[str, str]:
    """The pages of a policy that is there already; empty without one."""
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(target.glob("*.md"))}


def policy_titled(sources: Sources, title: str, into: Path) -> str:
    """The policy of a folder that has a title already, wherever it is; one that was superseded does not count."""
    for page in sources.pages:
        settings = page.meta.keys or {}
        given, status = settings.get("title"), settings.get("status")
        alike = given is not None and " ".join(given.raw.split()).casefold() == title.casefold()
        superseded = status is not None and status.raw == "superseded"
        if page.kind is PageKind.POLICY and alike and not superseded and (into / page.folder).is_dir():
            return page.folder
    return ""


def write_all(folder: Path, files: Mapping[str, str], pictures: Mapping[str, bytes] | None = None) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for name, data in (pictures or {}).items():
        (folder / name).write_bytes(data)


def install(
    target: Path, files: Mapping[str, str], project: Path, pictures: Mapping[str, bytes] | None = None
) -> Path | None:
    """Move the policy into place in one step; returns the backup of the folder it replaced, if there was one.

    Data that lies beside the pages (asks, editions) stays with the policy.
    """
    with workspace(project, target.name) as fresh:
        write_all(fresh, files, pictures)
        if not target.exists():
            fresh.replace(target)
            return None
        for path in data_files(target):
            copy = fresh / path.name
            if copy.exists():
                continue
            shutil.copytree(path, copy) if path.is_dir() else shutil.copy2(path, copy)
        backup = unused(project / BACKUPS / target.name)
        backup.parent.mkdir(exist_ok=True)
        target.replace(backup)
        try:
            fresh.replace(target)
        except BaseException:
            backup.replace(target)
            raise
        return backup


def data_files(target: Path) -> list[Path]:
    """What lies in a policy's folder beside its pages."""
    return [path for path in target.iterdir() if path.suffix != ".md"]


def unused(wanted: Path) -> Path:
    """A path that does not exist: the wanted one, or the first free with a number after it."""
    numbered: Iterator[Path] = (wanted.with_name(f"{wanted.name}-{count}") for count in range(2, 10_000))
    return wanted if not wanted.exists() else next(path for path in numbered if not path.exists())


@contextmanager
def workspace(project: Path, name: str) -> Iterator[Path]:
    """A folder on the same disk that is removed afterwards, whatever happens."""
    folder = unused(project / f".import-{name}")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_outlook(problems: Sequence[Problem]) -> str:
    """What guide check will answer, in one line."""
    if not problems:
        return "guide check will pass."
    return f"guide check will list {counted(len(problems), 'problem')}; see the report."
