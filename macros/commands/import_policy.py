"""`guide import`: turns a document that a school already has into a policy of the guide."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from .. import clock
from ..formats.files import replace_text
from ..importing import install
from ..importing.changes import is_same_paper, redline
from ..importing.document import UnreadableFile
from ..importing.metadata import law_names
from ..importing.pipeline import ImportResult, run
from ..importing.readers import office
from ..importing.readers.sandbox import read_in_sandbox
from ..importing.report import report
from ..importing.structure import ids
from ..project import CheckFailed, Sources, read
from . import import_folder
from .exit_codes import Exit
from .project_folder import one_at_a_time

POLICY_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_CHANGES = 60
"""Lines of changes that are printed."""


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "policy", default="", help="The policy's folder and address, in lower case with hyphens.")
@click.option("--title", default="", help="The policy's title, if the document's own is not the right one.")
@click.option("--into", type=click.Path(path_type=Path), default=Path("docs/policies"), show_default=True)
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Save the report to this file too.")
@click.option("--strict", is_flag=True, help="Fail, and write nothing, unless every word is accounted for.")
@click.option(
    "--pictures/--no-pictures", default=True, help="For a folder: draw the pages of each paper in its report."
)
@click.option("--force", is_flag=True, help="Replace a policy that is already there; its old folder is kept.")
def command(  # noqa: PLR0913 - one parameter an option
    file: Path,
    policy: str,
    title: str,
    into: Path,
    *,
    dry_run: bool,
    report_file: Path | None,
    strict: bool,
    force: bool,
    pictures: bool,
) -> None:
    """Import a policy from Word, PDF, OpenDocument, HTML or text, word for word; or all papers of a folder."""
    if policy and not POLICY_ID.fullmatch(policy):
        raise click.ClickException(
            f"“{policy}” cannot be an address. Use lower-case letters, digits and hyphens: --id anti-bullying"
        )
    if not into.is_dir():
        raise click.ClickException(f"There is no folder {into}. Name one that exists, such as docs/policies.")
    if report_file is not None and (objection := objection_to_report(report_file, file, into)):
        raise click.ClickException(f"{objection}\nNothing was changed.")
    sources, day = read_project(), clock.today()
    if file.is_dir():
        if policy or title or report_file:
            raise click.UsageError("--id, --title and --report are for one paper; a folder has its own report.")
        options = import_folder.Options(into=into, dry_run=dry_run, strict=strict, force=force, pictures=pictures)
        if not import_folder.import_folder(file, sources, day, options, policy_id):
            sys.exit(Exit.PROBLEMS)
        return
    result = import_file(file, " ".join(title.split()), sources, day)
    own = policy_id(result.cover.title)
    twin = "" if policy or (into / own).exists() else install.policy_titled(sources, result.cover.title, into)
    policy = policy or own
    target = into / policy
    problems = install.problems_of(sources, policy, result.files, day)
    text = report(file.name, f"{target}/", result, problems)
    click.echo(text)
    if report_file is not None:
        save_report(report_file, text)
    if strict and not result.audit.complete:
        raise click.ClickException("Not every word is accounted for, so nothing was written (--strict).")
    if twin and not dry_run:
        raise click.ClickException(
            f"{into / twin}/ has the title “{result.cover.title}” already. Nothing was written.\n"
            f"To bring this paper in as well, add --id {own}. To put it in the place of the other, "
            f"add --id {twin} --force; the old folder is kept."
        )
    write(target, result.files, result.pictures, dry_run=dry_run, force=force)
    click.echo(install.check_outlook(problems))


def read_project() -> Sources:
    try:
        return read(Path("mkdocs.yml"))
    except CheckFailed as failure:
        raise click.ClickException(str(failure)) from None


def import_file(file: Path, title: str, sources: Sources, day: date) -> ImportResult:
    """Read a file and run the import in a sandboxed process; a file that cannot be read ends the command."""
    progress = Progress()
    try:
        progress(f"Reading {file.name}")
        facts: dict[str, Any] = {
            "file_name": file.name,
            "title": title,
            "school": sources.organisation.name,
            "laws": law_names.known_laws(sources.pages),
            "today": day,
            "extensions": sources.extensions,
        }
        with TemporaryDirectory() as scratch:
            return read_in_sandbox(readable(file, Path(scratch), progress), partial(run, **facts), progress)
    except UnreadableFile as unreadable:
        raise click.ClickException(f"{file.name}: {unreadable}\nNothing was changed.") from None
    finally:
        progress.done()


def readable(file: Path, scratch: Path, tell: Callable[[str], None]) -> Path:
    """The file; an old Word file as .docx, where LibreOffice is installed and can read it."""
    if file.suffix.lower() not in import_folder.OLD_FORMATS or not file.is_file():
        return file
    tell("LibreOffice turns it into .docx")
    return office.converted([file], "docx", scratch).get(file, file)


def write(target: Path, files: Mapping[str, str], pictures: Mapping[str, bytes], *, dry_run: bool, force: bool) -> None:
    """Write the policy, unless it is a dry run, or files that were edited would be overwritten."""
    before = install.present(target)
    changes = list(redline(before, files)) if before else []
    if before and not changes:
        click.echo(f"{target}/ holds exactly this already. Nothing to do.")
        return
    if before and not (force or dry_run) and not is_same_paper(before, files):
        raise click.ClickException(
            f"{target}/ holds another paper of this title: they have few words in common. Nothing was written.\n"
            f"To bring this one in beside it, give it an address of its own, such as --id {target.name}-2. "
            "To put it in the place of the other, add --force; the old folder is kept."
        )
    if changes:
        click.echo(f"{target}/ is there already. Importing again changes:")
        click.echo("\n".join(f"  {change}" for change in changes[:MOST_CHANGES]))
        if len(changes) > MOST_CHANGES:
            click.echo(f"  … and {len(changes) - MOST_CHANGES} more")
    if dry_run:
        click.echo("Dry run: nothing was written.")
        return
    if target.exists() and not force:
        raise click.ClickException(
            "Nothing was written, so that no edit is lost. Add --force to replace the policy (its folder is kept), "
            "or give it another --id."
        )
    with one_at_a_time(f"{target}/"):
        backup = install.install(target, files, Path(), pictures)
    click.echo(f"Wrote {len(files)} files into {target}/." + (f" The old folder is now {backup}/." if backup else ""))


def policy_id(title: str) -> str:
    """The folder of a policy by its title: “Anti-bullying policy” → anti-bullying."""
    return re.sub(r"-policy$", "", ids.slug(title, 8)) or "policy"


def objection_to_report(report_file: Path, paper: Path, into: Path) -> str:
    """Why the report must not be written there, or nothing: it replaces no file but an earlier report."""
    place = report_file.resolve()
    if place == paper.resolve():
        return f"{report_file} is the document itself. Give the report another name: --report report.txt"
    if any(place.is_relative_to(folder.resolve()) for folder in (into, Path("docs"))):
        return f"{report_file} is among the pages of the guide. Name a file outside docs/: --report report.txt"
    if place.is_dir():
        return f"{report_file} is a folder. Name a file: --report report.txt"
    if place.exists() and not is_report(place):
        return f"{report_file} exists and is not an import report. Give the report another name: --report report.txt"
    return ""


def is_report(path: Path) -> bool:
    """Whether a file has in its first lines what reports have: “paper.docx → docs/policies/id/”."""
    with path.open("rb") as stream:
        opening = [stream.readline(2000).decode("utf-8", errors="replace").rstrip() for _ in range(3)]
    return any(" → " in line and line.endswith("/") for line in opening)


def save_report(path: Path, text: str) -> None:
    try:
        replace_text(path, text)
    except OSError as error:
        raise click.ClickException(f"The report cannot be written to {path} ({error.strerror}).") from None


class Progress:
    """Shows progress: one line on a terminal that changes, elsewhere a line for each stage."""

    def __init__(self) -> None:
        self.stage = ""

    def __call__(self, message: str) -> None:
        stage = message.split(",", maxsplit=1)[0]
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{message} …", err=True, nl=False)
        elif stage != self.stage:
            click.echo(f"{stage} …", err=True)
        self.stage = stage

    def done(self) -> None:
        if sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)
