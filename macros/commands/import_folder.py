"""`guide import FOLDER`: brings in all papers of a folder, one after another, and reports on them together."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from ..formats.files import replace_text
from ..importing import install, review_pages
from ..importing.document import UnreadableFile
from ..importing.folder import (
    Outcome,
    PaperReport,
    Selection,
    digest_of,
    laws_without_page,
    record,
    recorded,
    selection,
    worst_first,
)
from ..importing.metadata import law_names
from ..importing.pipeline import ImportResult, run
from ..importing.readers import office
from ..importing.readers.pdf import page_images
from ..importing.readers.sandbox import read_in_sandbox, run_in_sandbox
from ..importing.report import report, size
from ..model import Problem
from ..model.labels import counted
from ..project import Sources
from .project_folder import one_at_a_time

REPORT = Path("import-report")
"""The folder of the report, which git leaves out."""
OLD_FORMATS = (".doc", ".rtf")
TYPESET = (".docx", ".odt", ".doc", ".rtf")
"""Formats that have no pages until a program sets them."""
WORKERS = 4
BATCH = 10
"""Papers that one run of LibreOffice takes."""
PATIENCE = 2.0
"""Seconds after which a line says what takes so long."""
NO_OFFICE = (
    "This is an old format ({ending}), and LibreOffice, which could turn it into .docx, is not installed here. "
    "Open it in Word or LibreOffice, save it as .docx, and import that."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What the command was asked for."""

    into: Path
    dry_run: bool = False
    strict: bool = False
    force: bool = False
    pictures: bool = True


@dataclass(slots=True)
class Run:
    """An import of a folder: what came of each paper so far."""

    folder: Path
    sources: Sources
    today: date
    options: Options
    address: Callable[[str], str]
    """The folder of a policy by its title."""
    reports: list[PaperReport] = field(default_factory=list)
    results: dict[str, ImportResult] = field(default_factory=dict)
    """By policy, those of this run."""
    files: dict[str, Path] = field(default_factory=dict)
    """The paper of each policy of this run."""
    papers: dict[str, Path] = field(default_factory=dict)
    """The papers that were imported, by digest."""
    offered: set[str] = field(default_factory=set)
    """The addresses that were offered to papers of a title that is taken."""

    def name(self, paper: Path) -> str:
        return paper.relative_to(self.folder).as_posix()


def import_folder(folder: Path, sources: Sources, today: date, options: Options, address: Callable[[str], str]) -> bool:
    """Import the papers of a folder; whether none was refused."""
    chosen = selection(folder)
    if not chosen.papers:
        raise click.ClickException(f"There is no paper in {folder}/.")
    process = Run(folder=folder, sources=sources, today=today, options=options, address=address)
    click.echo(f"{counted(len(chosen.papers), 'paper')} in {folder}/")
    for path, other in chosen.passed_over.items():
        click.echo(f"{process.name(path)}: not read, since {other.name} is the same paper in a better format.")
    with TemporaryDirectory() as scratch:
        bring_in(process, chosen, Path(scratch))
        finish(process, Path(scratch))
    return not any(each.outcome is Outcome.REFUSED for each in process.reports)


def bring_in(process: Run, chosen: Selection, scratch: Path) -> None:
    """Read every paper in worker processes, and install each in the order of the files."""
    earlier = {} if process.options.dry_run else recorded(REPORT)
    digests = {paper: digest_of(paper) for paper in chosen.papers}
    done: dict[Path, PaperReport] = {}
    for paper in chosen.papers:
        if digests[paper] not in process.papers and was_done(earlier.get(digests[paper]), process):
            done[paper] = earlier[digests[paper]]
            process.papers[digests[paper]] = paper
    old = [paper for paper in chosen.papers if paper.suffix.lower() in OLD_FORMATS and paper not in done]
    readable = in_new_format(old, scratch)
    with ThreadPoolExecutor(max_workers=min(WORKERS, os.cpu_count() or 1)) as workers:
        waiting = {
            paper: workers.submit(understood, process, paper, readable.get(paper, paper))
            for paper in chosen.papers
            if paper not in done
        }
        try:
            for number, paper in enumerate(chosen.papers, 1):
                count = f"[{number} of {len(chosen.papers)}] {process.name(paper)}"
                if paper in done:
                    outcome = replace(done[paper], file=process.name(paper))
                    click.echo(f"{count} → {outcome.policy}: imported before")
                else:
                    with said_when_slow(count):
                        outcome = installed(process, paper, digests[paper], waiting[paper])
                    click.echo(f"{count}{f' → {outcome.policy}' if outcome.imported else ''}: {outcome.why}")
                process.reports.append(outcome)
                if not process.options.dry_run:
                    REPORT.mkdir(exist_ok=True)
                    record(REPORT, [*earlier.values(), *process.reports])
        except BaseException:
            workers.shutdown(wait=False, cancel_futures=True)
            raise


def was_done(earlier: PaperReport | None, process: Run) -> bool:
    """Whether an earlier run imported a paper, and its policy is still there."""
    return earlier is not None and not process.options.force and (process.options.into / earlier.policy).is_dir()


def in_new_format(papers: Sequence[Path], scratch: Path) -> dict[Path, Path]:
    """Old Word files as .docx, where LibreOffice is installed and can read them."""
    new: dict[Path, Path] = {}
    for number, batch in enumerate(office.batches(papers, BATCH)):
        with said_when_slow(f"{counted(len(batch), 'old Word file')}: LibreOffice turns them into .docx"):
            new |= office.converted(batch, "docx", scratch / f"docx-{number}")
    return new


def understood(process: Run, paper: Path, readable: Path) -> ImportResult:
    """What the import makes of a paper. Raises UnreadableFile."""
    if paper.suffix.lower() in OLD_FORMATS and readable == paper and office.program() is None:
        raise UnreadableFile(NO_OFFICE.format(ending=paper.suffix.lower()))
    facts: dict[str, Any] = {
        "file_name": paper.name,
        "title": "",
        "school": process.sources.organisation.name,
        "laws": law_names.known_laws(process.sources.pages),
        "today": process.today,
        "extensions": process.sources.extensions,
    }
    return read_in_sandbox(readable, partial(run, **facts), lambda _: None)


def installed(process: Run, paper: Path, digest: str, waiting: Future[ImportResult]) -> PaperReport:
    """Install a paper when it is read; what came of it."""
    outcome = partial(PaperReport, file=process.name(paper), digest=digest)
    try:
        result = waiting.result()
    except UnreadableFile as unreadable:
        return outcome(outcome=Outcome.REFUSED, why=str(unreadable))
    options, title = process.options, result.cover.title
    if options.strict and not result.audit.complete:
        return outcome(outcome=Outcome.REFUSED, title=title, why="Not every word is accounted for (--strict).")
    if (twin := process.papers.get(digest)) is not None:
        why = f"skipped: it is the same file as {process.name(twin)}, to the letter."
        return outcome(outcome=Outcome.SKIPPED, title=title, why=why)
    policy = process.address(title)
    there = options.into / policy
    titled = "" if there.exists() else install.policy_titled(process.sources, title, options.into)
    if policy in process.results or titled or (there.exists() and not options.force and not is_same(there, result)):
        first = titled or policy
        other = process.name(process.files[first]) if first in process.files else f"{options.into / first}/"
        if (beside := ask_for_address(paper, title, other, process)) is None:
            return outcome(
                outcome=Outcome.SKIPPED, title=title, why=how_to_bring_in(paper, title, (first, other), process)
            )
        policy = beside
    if not options.dry_run and not is_same(options.into / policy, result):
        with one_at_a_time(f"{options.into / policy}/"):
            install.install(options.into / policy, result.files, Path(), result.pictures)
    process.results[policy], process.files[policy] = result, paper
    process.papers[digest] = paper
    return outcome(
        outcome=Outcome(result.verdict.grade),
        why=result.verdict.line,
        policy=policy,
        title=title,
        size=size(result),
        personal=len(result.personal),
        suggestions=result.suggestions,
        unknown_law=tuple(name for name, _ in result.unknown_law),
    )


def is_same(target: Path, result: ImportResult) -> bool:
    """Whether a policy's folder holds exactly what the import makes."""
    return target.exists() and install.present(target) == dict(result.files)


def free_address(policy: str, process: Run) -> str:
    """An address for a second paper: the policy's where that is free, else with the first number that is."""
    taken = {*process.results, *process.offered}
    names = (policy, *(f"{policy}-{count}" for count in range(2, 1000)))
    return next(name for name in names if name not in taken and not (process.options.into / name).exists())


def ask_for_address(paper: Path, title: str, other: str, process: Run) -> str | None:
    """At a terminal: whether a second paper of one title comes in beside the first, and where; None to leave it out."""
    if not is_terminal():
        return None
    beside = free_address(process.address(title), process)
    click.echo(f"\n{process.name(paper)} has the same title as {other}: “{title}”.", err=True)
    return beside if click.confirm(f"Bring it in beside it, as {beside}?", default=False, err=True) else None


def is_terminal() -> bool:
    return sys.stdin.isatty()


def how_to_bring_in(paper: Path, title: str, first: tuple[str, str], process: Run) -> str:
    """Why a second paper of one title was left out, and what to type to have it. first: its policy, and where it is."""
    policy, other = first
    beside = free_address(process.address(title), process)
    process.offered.add(beside)
    return (
        f"skipped: it has the same title as {other}. "
        f'To bring it in as well: guide import "{paper}" --id {beside} — '
        f'to see how the two differ: guide import "{paper}" --id {policy} --dry-run'
    )


@contextmanager
def said_when_slow(what: str) -> Iterator[None]:
    """Says what is going on where it takes more than two seconds, and again every ten."""
    over, began = threading.Event(), time.monotonic()

    def say() -> None:
        pause = PATIENCE
        while not over.wait(pause):
            click.echo(f"{what} … {time.monotonic() - began:.0f} s", err=True)
            pause = 5 * PATIENCE

    watch = threading.Thread(target=say, daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


# The report


def finish(process: Run, scratch: Path) -> None:
    """Check the whole guide once with all that came in, and write the report."""
    with said_when_slow("Checking the guide with the new policies"):
        new = {policy: result.files for policy, result in process.results.items()}
        problems = install.problems_of_all(process.sources, new, process.today)
    process.reports = [completed(process, each, problems) for each in process.reports]
    reports = worst_first(process.reports)
    text = as_text(reports)
    if not process.options.dry_run:
        pages = drawn(process, scratch) if process.options.pictures else {}
        for each in process.reports:
            if each.policy in process.results:
                outline = process.results[each.policy].outline
                page = review_pages.paper_page(each, outline, pages.get(each.policy, []), no_pages(process, each))
                replace_text(REPORT / f"{each.policy}.html", page)
        replace_text(REPORT / "report.txt", text)
        replace_text(REPORT / "index.html", review_pages.index(reports, summary(reports)))
        record(REPORT, [*recorded(REPORT).values(), *process.reports])
    click.echo(f"\n{text}")
    if process.options.dry_run:
        click.echo("Dry run: nothing was written.")
    else:
        click.echo(f"To look at each paper beside its pages, open {REPORT / 'index.html'} in a browser.")


def completed(process: Run, each: PaperReport, problems: dict[str, list[Problem]]) -> PaperReport:
    """A paper's report with the problems that guide check will list."""
    if each.policy not in process.results:
        return each
    own = problems.get(each.policy, [])
    place = f"{process.options.into / each.policy}/"
    return replace(each, problems=len(own), report=report(each.file, place, process.results[each.policy], own))


def drawn(process: Run, scratch: Path) -> dict[str, list[str]]:
    """Draw the pages of each paper of this run; their texts by policy."""
    typeset = [paper for paper in process.files.values() if paper.suffix.lower() in TYPESET]
    pdfs: dict[Path, Path] = {}
    for number, batch in enumerate(office.batches(typeset, BATCH)):
        with said_when_slow(f"LibreOffice sets the pages of {counted(len(batch), 'Word file')}"):
            pdfs |= office.converted(batch, "pdf", scratch / f"pdf-{number}")
    texts: dict[str, list[str]] = {}
    for policy, paper in process.files.items():
        pdf = paper if paper.suffix.lower() == ".pdf" else pdfs.get(paper)
        if pdf is not None:
            with said_when_slow(f"Drawing the pages of {process.name(paper)}"):
                texts[policy] = drawn_pages(pdf, REPORT / policy)
    return texts


def drawn_pages(pdf: Path, into: Path) -> list[str]:
    try:
        return run_in_sandbox(partial(page_images.draw, pdf, into), lambda _: None)
    except UnreadableFile:
        return []


def no_pages(process: Run, each: PaperReport) -> str:
    """Why there are no pictures beside a paper."""
    if not process.options.pictures:
        return "No pages were drawn (--no-pictures)."
    if process.files[each.policy].suffix.lower() in TYPESET and office.program() is None:
        return "No pages were drawn: LibreOffice is not installed here. Open the paper beside this."
    return "No pages could be drawn. Open the paper beside this."


def summary(reports: Sequence[PaperReport]) -> str:
    """How many papers there are of each outcome."""
    counts = {outcome: sum(each.outcome is outcome for each in reports) for outcome in Outcome}
    parts = (f"{count} {outcome}" for outcome, count in reversed(counts.items()) if count)
    return f"{counted(len(reports), 'paper')}: {', '.join(parts)}."


def as_text(reports: Sequence[PaperReport]) -> str:
    """The report as text: a table with the worst first, then what concerns all papers."""
    rows = [(each.outcome, each.title or each.file, review_pages.to_decide(each)) for each in reports]
    widths = [max(len(row[at]) for row in rows) for at in (0, 1)]
    lines = [summary(reports), ""]
    for each, row in zip(reports, rows, strict=True):
        lines.append("  ".join((row[0].ljust(widths[0]), row[1].ljust(widths[1]), row[2])).rstrip())
        if each.outcome is not Outcome.SURE:
            lines.append(f"    {each.file}: {review_pages.without_grade(each)}")
    if suggested := sum(each.suggestions > 0 for each in reports):
        count = sum(each.suggestions for each in reports)
        naming = f"{counted(count, 'clause')} of {counted(suggested, 'policy', 'policies')} name a law of the guide"
        lines += ["", f"{naming}: each has a comment with a citation for you to accept."]
    if laws := laws_without_page(reports):
        lines += ["", "Laws that papers name and the guide has no page for"]
        lines += [f"  {law}: {counted(len(papers), 'paper')}" for law, papers in laws.items()]
    return "\n".join(lines) + "\n"
