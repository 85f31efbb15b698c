"""Reads and checks a project, from mkdocs.yml to the guide, for MkDocs and the command line alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from . import checks
from .assembly.assemble import Project, build
from .authoring import glances, pages, phrasings, questions, settings, silences, words
from .authoring.glances import Glances
from .authoring.pages import Page
from .authoring.parser import Parser
from .authoring.phrasings import Phrasings
from .authoring.questions import Questions
from .authoring.silences import Silences
from .authoring.words import Words
from .formats.markdown import Extensions
from .formats.memo import Memo
from .history import store
from .history.store import StoredEditions
from .model import Organisation, Problem, labels


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


def load(config: Path, *, today: date, directory_urls: bool | None = None, memo: Memo | None = None) -> Project:
    """Read, build and check; raises CheckFailed with every problem there is.

    memo is what this process worked out in the build before, if there was one.
    """
    memo = memo or Memo()
    site = examine(config, today=today, directory_urls=directory_urls, memo=memo)
    problems = checks.check(site, memo)
    if problems:
        raise CheckFailed(problems)
    return site


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """All that a project's files say, read and not yet built."""

    pages: tuple[Page, ...]
    files: frozenset[str]
    """What else is published: pictures and papers, by their paths in docs."""
    organisation: Organisation
    directory_urls: bool
    phrasings: Phrasings
    silences: Silences
    glances: Glances
    questions: Questions
    words: Words
    editions: StoredEditions
    extensions: Extensions
    parser: Parser
    problems: tuple[Problem, ...]
    memo: Memo

    def build(self, today: date) -> Project:
        return build(
            self.pages,
            files=self.files,
            organisation=self.organisation,
            today=today,
            directory_urls=self.directory_urls,
            phrasings=self.phrasings,
            silences=self.silences,
            glances=self.glances,
            questions=self.questions,
            words=self.words,
            editions=self.editions,
            extensions=self.extensions,
            problems=self.problems,
            memo=self.memo,
        )


def read(config: Path, *, directory_urls: bool | None = None, memo: Memo | None = None) -> Sources:
    """Read a project's files; raises CheckFailed where its settings cannot be read."""
    try:
        site = settings.load(config)
    except settings.Unreadable as unreadable:
        raise CheckFailed([unreadable.problem]) from None
    parser, memo, folder = site.parser(), memo or Memo(), site.folder()
    urls = site.directory_urls if directory_urls is None else directory_urls
    return Sources(
        pages=pages.read(site.docs, folder.pages, parser, memo),
        files=folder.files,
        organisation=site.organisation,
        directory_urls=urls,
        phrasings=phrasings.read(site.docs, memo),
        silences=silences.read(site.docs),
        glances=glances.read(site.docs),
        questions=questions.read(site.docs),
        words=words.read(site.docs),
        editions=store.read(site.docs, directory_urls=urls, memo=memo),
        extensions=site.extensions,
        parser=parser,
        problems=(*site.problems, *site.site_problems, *folder.problems),
        memo=memo,
    )


def settings_hold(config: Path) -> None:
    """Raises CheckFailed where MkDocs could not read its settings; it would say so without a line."""
    try:
        site = settings.load(config)
    except settings.Unreadable as unreadable:
        raise CheckFailed([unreadable.problem]) from None
    if site.site_problems:
        raise CheckFailed(list(site.site_problems))


def examine(config: Path, *, today: date, directory_urls: bool | None = None, memo: Memo | None = None) -> Project:
    """Read and build without stopping: the checks decide what to do about the problems."""
    return read(config, directory_urls=directory_urls, memo=memo).build(today)


def epoch(day: date) -> str:
    """Midnight of the day as SOURCE_DATE_EPOCH, so that two builds of a day are alike."""
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
