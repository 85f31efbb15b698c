"""`guide adopt`: a body's decision recorded."""

from __future__ import annotations

import sys

import click

from .. import clock
from ..adoption.adopt import Decision, InvalidDecision, record
from ..model import Outcome
from ..project import CheckFailed
from .exit_codes import Exit
from .project_folder import CONFIG, one_at_a_time


@click.command()
@click.argument("policy")
@click.option("--on", metavar="DATE", help="The day of the decision, or its month: 2026-11-30 or 2026-11.")
@click.option("--by", metavar="BODY", help="Who decided, such as: Governing body")
@click.option("--outcome", metavar="|".join(Outcome), help="What was decided. Leave it out for the first adoption.")
@click.option("--minute", metavar="REFERENCE", help="Where the minutes record it.")
@click.option("--version", metavar="VERSION", help="The version number that the body gave the text.")
@click.option("--next-review", metavar="WHEN", help="When it is to be reviewed next: 2027-11, or autumn 2027.")
@click.option("--correction", metavar="REASON", help="Correct slips in the newest edition that change no rule.")
@click.option(
    "--restated", is_flag=True, help="With --correction: the same rules in other words, in a restated policy."
)
@click.option("--yes", is_flag=True, help="Record without asking what you have read already; for scripts.")
def adopt(policy: str, *, restated: bool, yes: bool, **options: str | None) -> None:
    """Record that a body adopted or reviewed POLICY, and store the text it adopted.

    Without options: store the text on the pages as that of the newest adoption recorded.
    """

    def confirm(text: str) -> bool:
        facts, _, question = text.rpartition("\n")
        click.echo(facts)
        try:
            return yes or click.confirm(question)
        except click.Abort:
            return False

    decision = Decision(policy=policy, restated=restated, **options)
    try:
        with one_at_a_time("docs/"):
            click.echo(record(CONFIG, decision, confirm, today=clock.today()))
    except (CheckFailed, InvalidDecision) as failure:
        click.echo(f"{failure}\nNothing was recorded.", err=True)
        sys.exit(Exit.PROBLEMS)
