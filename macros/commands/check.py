"""`guide check` and `guide reading`: what is wrong with the texts, and how easily they read."""

from __future__ import annotations

import click

from ..asks import coverage
from ..checks import readability
from ..checks.questions import without_policy
from ..model.labels import counted
from .project_folder import checked_project


@click.command()
def check() -> None:
    """List every problem in the texts, with the file, the line and how to fix it."""
    project = checked_project()
    guide = project.guide
    counts = (
        counted(len(guide.policies), "policy", "policies"),
        counted(len(guide.clauses), "clause"),
        counted(len(guide.laws_in_use), "law"),
        counted(len(project.pages), "page"),
    )
    click.echo(f"No problems: {', '.join(counts)}.")
    if drafted := coverage.drafted(project):
        listed = ", ".join(f"guide asks show {policy}" for policy in drafted)
        click.echo(f"{counted(sum(drafted.values()), 'phrasing')} drafted and not read yet: {listed}")
    if left_out := sum(without_policy(project, written) for written in project.questions.entries):
        click.echo(f"{counted(left_out, 'question')} of docs/questions.yml left out: the policy is not here.")
    if guide.library:
        click.echo(f"{counted(len(guide.library), 'law page')} that nothing cites, kept as a library: guide law list")


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
