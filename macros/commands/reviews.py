"""`guide reviews`: which reviews are due, and messages to the posts that look after them."""

from __future__ import annotations

import os
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import clock
from ..authoring import mail_settings, settings
from ..authoring.mail_settings import MailSettings
from ..checks import check
from ..formats import files
from ..model.labels import counted
from ..project import CheckFailed, examine
from ..reviews import due_report, reminder_mail
from ..reviews.due_report import Reminders
from ..reviews.reminder_mail import Letter
from ..reviews.status import SOON
from .exit_codes import Exit
from .output import format_option, print_report
from .project_folder import CONFIG, one_at_a_time, site_address

if TYPE_CHECKING:
    from ..reviews.mail_client import Server

RECORD = Path(".guide/reminders-sent.json")


@click.command()
@click.option("--due-within", type=click.IntRange(0, 3650), default=SOON.days, show_default=True, metavar="DAYS",
              help="How many days ahead count as due soon.")  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(["overdue", "due-soon"]), help="Exit with 3 if a review is this late, or later."
)
@click.option("--mail", "into", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Write a message to each post that looks after a policy whose review is due, as .eml.")  # fmt: skip
@click.option("--send", is_flag=True, help="Send these messages by the mail server of mkdocs.yml, each once a day.")
@format_option
def reviews(due_within: int, fail_on: str | None, into: Path | None, *, send: bool, output_format: str) -> None:
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
    if into or send:
        mail = settings.load(CONFIG).mail
        letters = reminder_mail.letters(reminders, mail.owners, project.guide.organisation.name, site_address())
        if into:
            write_messages(letters, reminders, mail, into)
        if send:
            send_messages(letters, reminders, mail)
    if problems:
        click.echo(f"The texts have {counted(len(problems), 'problem')}. To list them, run: guide check", err=True)
    if due_report.fails(reminders, fail_on):
        sys.exit(Exit.DUE)
    sys.exit(Exit.PROBLEMS if problems else Exit.OK)


def write_messages(letters: tuple[Letter, ...], reminders: Reminders, mail: MailSettings, into: Path) -> None:
    """Write the letters as files that a mail program opens; all of them or none."""
    sender = setting("GUIDE_MAIL_FROM", mail.sender)
    contents = {
        into / f"{reminders.on}-{letter.name}.eml": bytes(reminder_mail.message(letter, reminders, sender, draft=True))
        for letter in letters
    }
    try:
        into.mkdir(parents=True, exist_ok=True)
        with files.workspace(into / "messages") as beside:
            for path, content in contents.items():
                (beside / path.name).write_bytes(content)
            for path in contents:
                (beside / path.name).replace(path)
    except OSError as error:
        raise click.ClickException(f"No message could be written into {into}: {error.strerror}.") from None
    click.echo(f"Wrote {counted(len(contents), 'message')} into {into}.", err=True)
    for letter in letters:
        if not letter.address:
            click.echo(f"{no_address(letter)} Its message has no address yet.", err=True)


def no_address(letter: Letter) -> str:
    return f"mkdocs.yml has no address for the post “{letter.post}”; write one under extra: school: owners:."


def send_messages(letters: tuple[Letter, ...], reminders: Reminders, mail: MailSettings) -> None:
    """Send the letters that have an address; exits where one could not be sent."""
    from ..reviews import mail_client  # noqa: PLC0415 — only who sends goes to the network

    sender, server = sender_and_server(mail)
    addressed = [letter for letter in letters if letter.address]
    messages: list[EmailMessage] = [reminder_mail.message(letter, reminders, sender) for letter in addressed]
    try:
        with one_at_a_time(RECORD.as_posix()):
            result = mail_client.send(messages, server, reminders.on, RECORD)
    except mail_client.CannotSend as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as error:
        raise click.ClickException(
            f"{RECORD} cannot be written ({error.strerror}), so nothing more was sent."
        ) from None
    for address in result.sent:
        click.echo(f"Sent to {address}.", err=True)
    for address in result.before:
        click.echo(f"Not sent to {address}: it had its message of today already.", err=True)
    for address, words in result.refused:
        click.echo(f"Not sent to {address}: the mail server refused it ({words}).", err=True)
    for letter in letters:
        if not letter.address:
            click.echo(f"Not sent: {no_address(letter)}", err=True)
    if not letters:
        click.echo("Nothing is due, so nothing was sent.", err=True)
    if result.refused:
        sys.exit(Exit.PROBLEMS)


def sender_and_server(mail: MailSettings) -> tuple[str, Server]:
    """Who writes, by which server: from the environment, else from mkdocs.yml. Secrets from the environment alone."""
    from ..reviews.mail_client import Server  # noqa: PLC0415 — as above

    sender, host = setting("GUIDE_MAIL_FROM", mail.sender), setting("GUIDE_MAIL_HOST", mail.host)
    security = setting("GUIDE_MAIL_SECURITY", mail.security) or mail_settings.SECURITY[0]
    port = setting("GUIDE_MAIL_PORT", str(mail.port or ""))
    faults = [
        fault[0]
        for key, value in (("sender", sender), ("security", security), ("port", port))
        if value and (fault := mail_settings.fault_of(key, value))
    ]
    if not host or not sender:
        missing = " and ".join(name for name, value in (("host", host), ("sender", sender)) if not value)
        faults.append(f"the settings lack the mail’s {missing}; write it in mkdocs.yml under extra: school: mail:")
    if faults:
        raise click.ClickException(f"Nothing was sent: {'; '.join(faults)}.")
    return sender, Server(
        host=host,
        port=int(port) if port else mail_settings.PORTS[security],
        security=security,
        user=os.environ.get("GUIDE_MAIL_USER", ""),
        password=os.environ.get("GUIDE_MAIL_PASSWORD", ""),
    )


def setting(name: str, otherwise: str) -> str:
    return os.environ.get(name, "").strip() or otherwise
