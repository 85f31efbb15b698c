"""Reads and checks a project, from mkdocs.yml to the guide, for MkDocs and the command line alike."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from . import checks
from .assembly.assemble import Site, build
from .authoring import pages, phrasings, settings
from .history import store
from .model import Problem, labels


class CheckFailed(Exception):
    """The sources have problems; str() lists them all for a person to read."""

    def __init__(self, problems: list[Problem]) -> None:
        first = [problem for problem in problems if problem.rule in checks.ROOTS]
        problems = first + [problem for problem in problems if problem.rule not in checks.ROOTS]
        count = labels.counted(len(problems), "problem")
        listed = "\n\n".join(str(problem) for problem in problems)
        after = "Fix what cannot be read first; it may cause the others.\n\n" if 0 < len(first) < len(problems) else ""
        super().__init__(f"{count} found; nothing was built.\n{after}\n{listed}\n")
        self.problems = problems


def load(config: Path, *, today: date, directory_urls: bool | None = None) -> Site:
    """Read, build and check; raises CheckFailed with every problem there is."""
    site = examine(config, today=today, directory_urls=directory_urls)
    problems = checks.check(site)
    if problems:
        raise CheckFailed(problems)
    return site


def examine(config: Path, *, today: date, directory_urls: bool | None = None) -> Site:
    """Read and build without stopping: the checks decide what to do about the problems."""
    try:
        site = settings.load(config)
    except settings.Unreadable as unreadable:
        raise CheckFailed([unreadable.problem]) from None
    urls = site.directory_urls if directory_urls is None else directory_urls
    return build(
        pages.read(site.docs, site.pages(), site.parser()),
        organisation=site.organisation,
        today=today,
        directory_urls=urls,
        asks=phrasings.read(site.docs),
        kept=store.read(site.docs, directory_urls=urls),
        extensions=site.extensions,
        problems=(*site.problems, *(stray(path) for path in site.strays())),
    )


def stray(path: str) -> Problem:
    return Problem(
        path=f"docs/{path}",
        line=1,
        rule="stray-file",
        message="this file is not a page of the guide, but would be published as it is",
        hint="The name of a page ends in .md, in lower case, and its text is plain. "
        "Rename the file, or move it out of docs/.",
    )


def epoch(day: date) -> str:
    """Midnight of the day as SOURCE_DATE_EPOCH, so that two builds of a day are alike."""
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
