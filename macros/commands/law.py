"""`guide law`: which laws the guide has, and what has changed in them."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from ..model import Instrument
from .exit_codes import Exit
from .output import format_option, print_report
from .project_folder import checked_project, read_project

if TYPE_CHECKING:
    from ..law_updates.run import Check


@click.group("law")
def law_group() -> None:
    """Keep the pages about the law up to date."""


@law_group.command("list")
@click.argument("words", nargs=-1, metavar="[WORDS]…")
def list_laws(words: tuple[str, ...]) -> None:
    """List the laws by the names to write in a law() line; with WORDS, those that hold them, and their provisions."""
    guide = read_project().guide
    wanted = [word.casefold() for word in words]
    laws = [law for law in guide.instruments.values() if all(word in text_of(law) for word in wanted)]
    if not laws:
        raise click.ClickException(
            f"No law page has the words “{' '.join(words)}”."
            if words
            else "There is no law page in docs/legislation/ yet."
        )
    width = max(len(law.id) for law in laws)
    for law in sorted(laws, key=lambda law: law.id):
        names = ", ".join((law.title, *law.also_called))
        click.echo(f"{law.id:{width}}  {names}{'' if law.in_use else ' (in the library: nothing cites it yet)'}")
        for provision in law.provisions if words else ():
            click.echo(f"    {provision.ref}: {provision.what}{' (repealed)' if provision.repealed_on else ''}")
    if not words:
        click.echo("To list the provisions too, add some words: guide law list data protection")


def text_of(law: Instrument) -> str:
    """What the words of a search are looked for in."""
    provisions = (f"{provision.ref} {provision.what}" for provision in law.provisions)
    return " ".join((law.id, law.title, *law.also_called, law.gist, *provisions)).casefold()


@law_group.command("check")
@click.argument("instruments", nargs=-1, metavar="[INSTRUMENT]…")
@click.option(
    "--afresh", is_flag=True, help="Ask about every law again, even if a check that was interrupted had the answer."
)
@format_option
def check_law(instruments: tuple[str, ...], output_format: str, *, afresh: bool) -> None:
    """Ask legislation.gov.uk what has changed since each law was last checked. This changes no page.

    INSTRUMENT is the file name of a law's page, such as equality-act-2010. Without one, every law is asked about.
    """
    from ..law_updates import checkpoint, client, report, report_json, run  # noqa: PLC0415 — only this command goes to the network

    guide = checked_project().guide
    unknown = [name for name in instruments if name not in guide.instruments]
    if unknown:
        raise click.UsageError(f"There is no law page docs/legislation/{unknown[0]}.md.")
    laws = [law for law in guide.instruments.values() if not instruments or law.id in instruments]
    legislation = client.Client(
        user_agent=client.user_agent(guide.organisation.name, os.environ.get("SITE_URL", "")),
        base=os.environ.get("GUIDE_LEGISLATION") or client.OFFICIAL,
        log=lambda message: click.echo(message, err=True),
    )
    result = run.check(
        laws, legislation, today=guide.built_on, now=datetime.now(UTC), path=checkpoint.FILE, afresh=afresh
    )
    print_report(output_format, report.outline(result, guide), report_json.document(result))
    sys.exit(exit_code(result))


def exit_code(result: Check) -> Exit:
    """What changed outweighs what could not be asked."""
    from ..law_updates.findings import Outcome  # noqa: PLC0415 — as above

    counts = result.counts
    if counts[Outcome.CHANGED] or counts[Outcome.CHECK]:
        return Exit.LAW_CHANGED
    return Exit.NOT_ASKED if counts[Outcome.UNANSWERED] else Exit.OK
