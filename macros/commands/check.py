"""`guide check` and `guide reading`: what is wrong with the texts, and how easily they read."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from .. import clock
from ..asks import coverage
from ..assembly.assemble import Project
from ..checks import gists, glances, left_to_build, personal_data, readability
from ..checks.questions import without_policy
from ..model import Policy, Problem
from ..model.labels import counted
from ..trust import overlay
from . import mkdocs_process
from .exit_codes import Exit
from .project_folder import checked_project
from .school_project import project_of, say_what_to_compare, school_option


@click.command()
@click.option("--annotate", is_flag=True, help="Also mark each problem on its line, where a host of code reads that.")
@school_option
@click.option("--compared", is_flag=True, help="With --school: every local clause was compared with the trust’s words.")
def check(*, annotate: bool, school: Path | None, compared: bool) -> None:
    """List every problem in the texts, with the file, the line and how to fix it."""
    if compared and school is None:
        raise click.UsageError("--compared goes with --school FILE.")
    with project_of(school) as (own, clauses):
        check_project(annotate=annotate)
    if own and compared:
        overlay.record_compared(own, clauses)
    if own:
        say_what_to_compare(own, clauses)


def check_project(*, annotate: bool) -> None:
    """Check the project of the current folder, and say what came of it."""
    project = checked_project(on_problems=mark_lines if annotate else None)
    if pages := left_to_build(project):
        try_building(pages)
    guide = project.guide
    counts = (
        counted(len(guide.policies), "policy", "policies"),
        counted(len(guide.clauses), "clause"),
        counted(len(guide.laws_in_use), "law"),
        counted(len(project.pages), "page"),
    )
    click.echo(f"No problems: {', '.join(counts)}.")
    for line in to_look_at(project):
        click.echo(line)
    if drafted := coverage.drafted(project):
        listed = ", ".join(f"guide asks show {policy}" for policy in drafted)
        click.echo(f"{counted(sum(drafted.values()), 'phrasing')} drafted and not read yet: {listed}")
    if left_out := sum(without_policy(project, written) for written in project.questions.entries):
        click.echo(f"{counted(left_out, 'question')} of docs/questions.yml left out: the policy is not here.")
    used = guide.words_in_use
    if waiting := [word.word for word in guide.words if word not in used]:
        click.echo(f"{counted(len(waiting), 'word')} of docs/words.yml that no clause uses: {', '.join(waiting)}")
    if guide.library:
        click.echo(f"{counted(len(guide.library), 'law page')} that nothing cites, kept as a library: guide law list")


def try_building(pages: list[str]) -> None:
    """Build the site once, and for nothing else than to see whether it can be built; exits where it cannot."""
    click.echo(f"Building the site once, since only then docs/{pages[0]} is complete …", err=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            mkdocs_process.build(Path(folder) / "site", today=clock.today(), on_progress=lambda _: None, trial=True)
        except mkdocs_process.BuildFailed as failure:
            click.echo(str(failure), err=True)
            sys.exit(Exit.PROBLEMS)


def to_look_at(project: Project) -> Iterator[str]:
    """What is no fault, and that somebody should look at."""
    yield from (f"Left out at a glance: {line}" for line in glances.left_out(project))
    yield from (f"Gist left out: {line}" for line in gists.left_out(project))
    yield from (f"Clauses without a gist in a policy that has gists: {line}" for line in gists.missing(project))
    yield from twins(project)
    yield from personal_data.unreviewed(project)
    yield from unread(project)


def twins(project: Project) -> Iterator[str]:
    """Policies of one title: said and no fault, since a paper may be brought in beside the pages that it replaces."""
    first: dict[str, Policy] = {}
    for policy in sorted(project.guide.policies.values(), key=lambda policy: policy.path):
        other = first.setdefault(policy.title.casefold(), policy)
        if other is not policy:
            yield (
                f"docs/{policy.path}: docs/{other.path} has the title “{policy.title}” too. Give one of them another; "
                "or, if one replaces the other, write in the older: status: superseded"
            )


def unread(project: Project) -> Iterator[str]:
    """Policies that were imported and not read yet: said and no fault, so that they can be previewed meanwhile."""
    policies = [policy for policy in project.guide.policies.values() if policy.unread]
    for policy in sorted(policies, key=lambda policy: policy.path):
        advice = f" {policy.import_advice}" if policy.import_advice else ""
        yield f"docs/{policy.path}: imported and not read yet.{advice}"
    if policies:
        yield "    When one has been read beside its paper, write in its index.md: import: read"


def mark_lines(problems: Iterable[Problem]) -> None:
    """Print each problem as a workflow of GitHub shows it beside the line that it is about."""
    for problem in problems:
        words = f"{problem.message}\n{problem.hint}"
        for mark, escaped in {"%": "%25", "\r": "%0D", "\n": "%0A"}.items():
            words = words.replace(mark, escaped)
        click.echo(f"::error file={problem.path},line={problem.line},title=Please look at this::{words}")


@click.command()
@click.option("--all", "every", is_flag=True, help="Show every page, not only those that are too hard.")
def reading(*, every: bool) -> None:
    """Show how easy each page is to read, the hardest first."""
    pages = sorted(readability.pages(checked_project()), key=lambda page: (-page.age, page.ease))
    hard = [page for page in pages if page.too_hard]
    click.echo(f"{'Age':>4}{'Ease':>6}{'Words':>7}  Page")
    for page in pages if every else hard:
        click.echo(f"{page.age:>4}{page.ease:>6}{page.words:>7}  docs/{page.path}")
        if page.too_hard and page.longest:
            click.echo(f"{'':19}Split this sentence: “{page.longest}”")
    click.echo(f"\n{len(pages) - len(hard)} of {len(pages)} pages can be read at the age of {readability.OLDEST}.")
    click.echo("Ease is the Flesch score: 60 is plain English, 30 is hard.")
