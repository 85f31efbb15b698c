"""`guide receipts`: who has read which edition of a policy, and what has changed since each person did."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from .. import clock
from ..authoring.suggestions import did_you_mean
from ..formats import files
from ..formats.tables import Unreadable
from ..model import Guide, Policy
from ..receipts import report, tables
from ..receipts.reconcile import reconcile
from .output import format_option, print_report
from .project_folder import checked_project

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
OUTSIDE = "Names of staff stay out of the guide’s folder, where they could be published."


@click.command()
@click.argument("answers", type=A_FILE)
@click.argument("staff", type=A_FILE)
@click.option(
    "--policy", "names", multiple=True, metavar="POLICY", help="Only this policy; may be given several times."
)
@click.option("--csv", "sheet", type=click.Path(path_type=Path), metavar="FILE", help="Write a spreadsheet as well.")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page to print as well.")
@format_option
def receipts(  # noqa: PLR0913 - one parameter an option
    *, answers: Path, staff: Path, names: tuple[str, ...], sheet: Path | None, page: Path | None, output_format: str
) -> None:
    """Say who has read which policy, and what has changed since.

    ANSWERS is the table that the school's form exports, STAFF a list of names and e-mail addresses, both as CSV.
    """
    today = clock.today()
    for target, ending in ((sheet, ".csv"), (page, ".html")):
        check_target(target, ending)
    for source in (answers, staff):
        if inside(source):
            raise click.ClickException(f"{source} lies in the guide’s folder. {OUTSIDE} Move it elsewhere.")
    guide = checked_project().guide
    policies = asked(guide, names)
    try:
        people = tables.staff(staff.read_bytes(), staff.name)
        signed = tables.answers(answers.read_bytes(), answers.name, asks_policy=len(policies) > 1)
    except Unreadable as fault:
        raise click.ClickException(str(fault)) from None
    result = reconcile(policies, people, signed)
    written = {
        sheet: report.spreadsheet(result) if sheet else b"",
        page: report.page(result, today, guide.organisation.name).encode() if page else b"",
    }
    try:
        write({path: content for path, content in written.items() if path})
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Nothing was written.") from None
    print_report(output_format, report.outline(result, today), report.document(result, today))
    for path in filter(None, written):
        click.echo(f"Wrote {path}.", err=True)


def write(contents: dict[Path, bytes]) -> None:
    """Write every file aside first, so that all of them take their places or none."""
    with ExitStack() as stack:
        for path, content in contents.items():
            stack.enter_context(files.replacing(path)).write_bytes(content)


def check_target(target: Path | None, ending: str) -> None:
    if target is None:
        return
    if target.suffix.lower() != ending or target.is_dir():
        raise click.ClickException(f"{target} does not end in {ending}. Name the file to write.")
    if inside(target):
        raise click.ClickException(
            f"{target} lies in the guide’s folder. {OUTSIDE} Name a file elsewhere: ../{target.name}"
        )
    if any((folder / "data" / "guide.json").exists() for folder in target.resolve().parents):
        raise click.ClickException(f"{target} lies in a built guide. {OUTSIDE} Name a file elsewhere.")


def inside(path: Path) -> bool:
    return path.resolve().is_relative_to(Path.cwd())


def asked(guide: Guide, names: tuple[str, ...]) -> list[Policy]:
    """The policies that staff are asked to confirm, or those named; each has an adopted edition."""
    for name in names:
        if name not in guide.policies:
            hint = did_you_mean(name, guide.policies, otherwise=f"The policies are: {', '.join(guide.policies)}.")
            raise click.ClickException(f"There is no policy “{name}”. {hint}")
    chosen = [policy for policy in guide.policies.values() if (policy.id in names if names else policy.receipt)]
    if not chosen:
        raise click.ClickException(
            "No policy asks for receipts. Write in the settings of one: receipt: yes – or name one here: --policy "
            f"{next(iter(guide.policies), 'its-folder')}"
        )
    for policy in chosen:
        if not policy.editions:
            raise click.ClickException(f"The {policy.title} has no adopted edition yet that anybody could have read.")
    return chosen
