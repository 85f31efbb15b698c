"""`guide import`: one paper into the guide."""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from .. import clock
from ..importing import install
from ..importing.changes import redline
from ..importing.document import Refused
from ..importing.metadata import law_names
from ..importing.pipeline import Brought, bring
from ..importing.readers.sandbox import read_apart
from ..importing.report import report
from ..importing.structure import ids
from ..project import CheckFailed, examine

SHORTEST_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_CHANGES = 60


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "policy", default="", help="The policy's folder and address, in small letters and hyphens.")
@click.option("--title", default="", help="The policy's title, if the paper's own is not the right one.")
@click.option("--into", type=click.Path(path_type=Path), default=Path("docs/policies"), show_default=True)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Keep the report in this file too.")
@click.option("--strict", is_flag=True, help="Fail, and write nothing, unless every word is accounted for.")
@click.option("--force", is_flag=True, help="Replace a policy that is there already; its old folder is kept.")
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
) -> None:
    """Bring a policy you have as Word, PDF, OpenDocument, HTML or text, word for word."""
    if policy and not SHORTEST_ID.fullmatch(policy):
        raise click.ClickException(
            f"“{policy}” cannot be an address. Use small letters, digits and hyphens: --id anti-bullying"
        )
    if not into.is_dir():
        raise click.ClickException(f"There is no folder {into}. Name one that exists, such as docs/policies.")
    if report_file is not None and (refusal := unfit_report(report_file, file, into)):
        raise click.ClickException(f"{refusal}\nNothing was changed.")
    brought = understood(file, " ".join(title.split()))
    policy = policy or policy_id(brought.cover.title)
    target = into / policy
    problems = install.problems_of(Path("mkdocs.yml"), policy, brought.files, today=clock.today())
    told = report(file.name, f"{target}/", brought, problems)
    click.echo(told)
    if report_file is not None:
        written_aside(report_file, told)
    if strict and not brought.ledger.whole:
        raise click.ClickException("Not every word is accounted for, so nothing was written (--strict).")
    settle(target, brought, dry_run=dry_run, force=force)
    click.echo(install.stated(problems))


def understood(file: Path, title: str) -> Brought:
    """Read the file in a process of its own, then make sources of it; or say why not, and out."""
    try:
        site = examine(Path("mkdocs.yml"), today=clock.today())
    except CheckFailed as failure:
        raise click.ClickException(str(failure)) from None
    tell = Progress()
    try:
        tell(f"Reading {file.name}")
        facts: dict[str, Any] = {
            "file_name": file.name,
            "title": title,
            "school": site.guide.organisation.name,
            "laws": law_names.known(site.pages, site.values),
            "today": clock.today(),
            "extensions": site.extensions,
        }
        return read_apart(file, partial(bring, **facts), tell)
    except Refused as refused:
        raise click.ClickException(f"{file.name}: {refused}\nNothing was changed.") from None
    finally:
        tell.done()


def settle(target: Path, brought: Brought, *, dry_run: bool, force: bool) -> None:
    """Write the policy, unless only a trial was asked for, or edited files would be overwritten."""
    before = install.present(target)
    changes = list(redline(before, brought.files)) if before else []
    if before and not changes:
        click.echo(f"{target}/ holds exactly this already. Nothing to do.")
        return
    if changes:
        click.echo(f"{target}/ is there already. Importing again changes:")
        click.echo("\n".join(f"  {change}" for change in changes[:MOST_CHANGES]))
        if len(changes) > MOST_CHANGES:
            click.echo(f"  … and {len(changes) - MOST_CHANGES} more")
    if dry_run:
        click.echo("This was a trial: nothing was written.")
        return
    if target.exists() and not force:
        raise click.ClickException(
            "Nothing was written, so that no edit is lost. Add --force to replace the policy (its folder is kept), "
            "or give it another --id."
        )
    kept = install.install(target, brought.files, Path())
    click.echo(
        f"Wrote {len(brought.files)} files into {target}/." + (f" What was there is kept in {kept}/." if kept else "")
    )


def policy_id(title: str) -> str:
    """The folder of a policy by its title: “Anti-bullying policy” → anti-bullying."""
    found = ids.slug(title, 8)
    return re.sub(r"-policy$", "", found) or "policy"


def unfit_report(report_file: Path, paper: Path, into: Path) -> str | None:
    """Why the report must not be written there: it replaces nothing but an earlier report."""
    place = report_file.resolve()
    if place == paper.resolve():
        return f"{report_file} is the paper itself. Give the report another name: --report report.txt"
    if any(place.is_relative_to(folder.resolve()) for folder in (into, Path("docs"))):
        return f"{report_file} is among the pages of the guide. Name a file outside docs/: --report report.txt"
    if place.is_dir():
        return f"{report_file} is a folder. Name a file: --report report.txt"
    if place.exists() and not is_report(place):
        return (
            f"{report_file} exists and is not a report of an import. Give the report another name: --report report.txt"
        )
    return None


def is_report(path: Path) -> bool:
    """Whether a file opens as reports do: “paper.docx → docs/policies/id/”."""
    with path.open("rb") as stream:
        first = stream.readline(500).decode("utf-8", errors="replace").rstrip()
    return " → " in first and first.endswith("/")


def written_aside(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise click.ClickException(f"The report cannot be written to {path} ({error.strerror}).") from None


class Progress:
    """One line on a terminal that says what is being done; plain lines elsewhere are kept to the stages."""

    def __init__(self) -> None:
        self.told = ""

    def __call__(self, said: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{said} …", err=True, nl=False)
        elif said.split(",", maxsplit=1)[0] != self.told:
            click.echo(f"{said.split(',', maxsplit=1)[0]} …", err=True)
        self.told = said.split(",", maxsplit=1)[0]

    def done(self) -> None:
        if sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)
