"""`guide reviews`: which reviews are due."""

from __future__ import annotations

import sys

import click

from .. import clock
from ..checks import check
from ..model.labels import counted
from ..project import CheckFailed, examine
from ..reviews import due_report
from ..reviews.status import SOON
from .exit_codes import Exit
from .output import format_option, print_report
from .project_folder import CONFIG


@click.command()
@click.option("--due-within", type=click.IntRange(0, 3650), default=SOON.days, show_default=True, metavar="DAYS",
              help="How many days ahead count as due soon.")  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(["overdue", "due-soon"]), help="Exit with 3 if a review is this late, or later."
)
@format_option
def reviews(due_within: int, fail_on: str | None, output_format: str) -> None:
    """List the policies' reviews, the most urgent first.

    A policy without a due date comes before all others and counts as overdue.
    """
    try:
        project = examine(CONFIG, today=clock.today())
    except CheckFailed as failure:
        click.echo(str(failure), err=True)
        sys.exit(Exit.PROBLEMS)
    problems = check(project)
    reminders = due_report.remind(project.guide, project.guide.built_on, within=due_within, problems=problems)
    outline = due_report.outline(reminders, all_of_them=output_format == "text")
    print_report(output_format, outline, due_report.document(reminders))
    if problems:
        click.echo(f"The texts have {counted(len(problems), 'problem')}. To list them, run: guide check", err=True)
    if due_report.fails(reminders, fail_on):
        sys.exit(Exit.DUE)
    sys.exit(Exit.PROBLEMS if problems else Exit.OK)
