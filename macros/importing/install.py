"""Into the project and nowhere half: written aside, checked there with the whole guide, then moved into place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import checks
from ..assembly.assemble import build
from ..authoring import pages as authored_pages
from ..authoring import settings
from ..model import Problem
from ..model.labels import counted
from ..project import examine

KEPT = ".before-import"
"""Where the folder that an import replaced is kept, in the project; git leaves it out."""


def problems_of(config: Path, policy: str, files: Mapping[str, str], *, today: date) -> list[Problem]:
    """What the guide's own checks will say of the new files, beside everything that is there already."""
    site = examine(config, today=today)
    parser = settings.load(config).parser()
    folder = f"policies/{policy}/"
    others = tuple(page for page in site.pages if not page.path.startswith(folder))
    with TemporaryDirectory() as aside:
        put(Path(aside) / folder, files)
        pages = authored_pages.read(Path(aside), [f"{folder}{name}" for name in files], parser)
    both = build((*others, *pages), organisation=site.guide.organisation, today=today, kept=site.editions)
    return [problem for problem in checks.check(both) if problem.path.startswith(f"docs/{folder}")]


def present(target: Path) -> dict[str, str]:
    """The pages of a policy that is there already; empty without one."""
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(target.glob("*.md"))}


def put(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def install(target: Path, files: Mapping[str, str], project: Path) -> Path | None:
    """Move the whole policy into place at once; where the folder it replaces is kept, if there was one.

    Data that lies beside the pages (asks, editions) stays with the policy.
    """
    with aside(project, target.name) as fresh:
        put(fresh, files)
        if not target.exists():
            fresh.replace(target)
            return None
        for path in beside(target):
            copy = fresh / path.name
            shutil.copytree(path, copy) if path.is_dir() else shutil.copy2(path, copy)
        kept = unused(project / KEPT / target.name)
        kept.parent.mkdir(exist_ok=True)
        target.replace(kept)
        try:
            fresh.replace(target)
        except BaseException:
            kept.replace(target)
            raise
        return kept


def beside(target: Path) -> list[Path]:
    return [path for path in target.iterdir() if path.suffix != ".md"]


def unused(wanted: Path) -> Path:
    numbered: Iterator[Path] = (wanted.with_name(f"{wanted.name}-{count}") for count in range(2, 10_000))
    return wanted if not wanted.exists() else next(path for path in numbered if not path.exists())


@contextmanager
def aside(project: Path, name: str) -> Iterator[Path]:
    """A folder name on the same disk that is gone afterwards, whatever happens."""
    folder = unused(project / f".import-{name}")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stated(problems: Sequence[Problem]) -> str:
    if not problems:
        return "guide check will pass."
    return f"guide check will list {counted(len(problems), 'problem')}; see the report."
