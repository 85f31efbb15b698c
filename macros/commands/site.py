"""`guide site`, `guide bundle` and `guide serve`: the guide built, zipped or shown while it is written."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import click

from .. import clock
from ..authoring import settings
from ..formats import files
from ..hosting import deploy, offline, server_rules, site_scan, zip_bundle
from . import last_build, mkdocs_process
from .exit_codes import Exit
from .project_folder import CONFIG, one_at_a_time, source_folders
from .school_project import project_of, say_what_to_compare, school_option


@click.command()
@click.option("--into", help="The folder to build into.  [default: site, for a school sites/ and its name]")
@school_option
def site(into: str | None, school: Path | None) -> None:
    """Build the site. The old one stays until the new one is complete."""
    into = into or (f"sites/{school.stem}" if school else "site")
    target, rules = resolved(into), resolved(into, "-server")
    target.parent.mkdir(parents=True, exist_ok=True)
    with project_of(school) as (own, clauses):
        build_site(target, rules, into)
        if own:
            say_what_to_compare(own, clauses)


def build_site(target: Path, rules: Path, into: str) -> None:
    """Build the project of the current folder, and say what came of it."""
    with one_at_a_time(into):
        try:
            sources = source_folders()
            for folder in (target, rules):
                deploy.check_target(folder, Path(), sources)
        except deploy.TargetRefused as refusal:
            raise click.ClickException(f"{refusal}\nNothing was changed.") from None
        began = time.monotonic()
        read = last_build.inputs(CONFIG, (target, rules))
        if last_build.is_current(read, (target, rules)):
            click.echo(f"{into} is up to date: nothing changed since it was built.")
            return
        click.echo("Building the site …")
        leftovers = build_and_deploy(target, rules, into)
        last_build.record(read, (target, rules))
        for folder in leftovers:
            click.echo(f"The previous site could not be deleted. Delete {os.path.relpath(folder)}/ yourself.", err=True)
    pages = sum(1 for _ in target.rglob("*.html"))
    click.echo(f"Built {into}: {pages} pages in {time.monotonic() - began:.1f} s. Rules for nginx: {short(rules)}/.")


def build_and_deploy(target: Path, rules: Path, into: str) -> list[Path]:
    """Build beside the target and put the result in its place; the folders that could not be deleted afterwards."""
    try:
        with files.workspace(target) as beside, files.workspace(rules) as beside_rules:
            fresh, fresh_rules = beside / "fresh", beside_rules / "fresh"
            build(fresh, into=into)
            school = settings.load(CONFIG).organisation
            offline.write(fresh, offline=school.offline)
            server_rules.write(site_scan.read(fresh, school.frames, school.hosts), fresh, fresh_rules)
            deploy.check_complete(fresh)
            for folder in (fresh, fresh_rules):
                deploy.mark(folder)
            deploy.deploy((fresh, target, beside), (fresh_rules, rules, beside_rules))
    except (site_scan.CannotPublish, deploy.Incomplete) as fault:
        raise click.ClickException(f"{fault}\n\nFix the above. Nothing was changed in {into}/.") from None
    except OSError as error:
        raise click.ClickException(
            f"{error.filename2 or error.filename or into}: {error.strerror}. The site could not be put in place, "
            f"and nothing was changed in {into}/. Close any program that has the file open, or ask for permission "
            "to change it, and build again."
        ) from None
    return [folder for folder in (beside, beside_rules) if folder.exists()]


@click.command()
@click.option("--into", default="policy-guide.zip", show_default=True, help="The zip to write.")
def bundle(into: str) -> None:
    """Zip the guide for a shared folder: once unpacked, it opens without a web server."""
    target = Path(into)
    with one_at_a_time(into):
        try:
            zip_bundle.check_target(target, source_folders())
        except zip_bundle.CannotBundle as fault:
            raise click.ClickException(f"{fault}\nNothing was changed.") from None
        click.echo("Building the bundle …")
        today = clock.today()
        with tempfile.TemporaryDirectory(dir=".", prefix=".bundle-") as folder:
            pages = Path(folder) / "pages"
            build(pages, "--no-directory-urls", into=into)
            try:
                zip_bundle.write(pages, target, day=today)
            except zip_bundle.CannotBundle as fault:
                raise click.ClickException(f"{fault}\n\nFix the above. Nothing was changed in {into}.") from None
            except OSError as error:
                raise click.ClickException(
                    f"{into} cannot be written ({error.strerror}). Nothing was changed."
                ) from None
    size = target.stat().st_size / 1e6
    click.echo(f"Wrote {into} ({size:.1f} MB). Unpack it where staff can read it. They open index.html in it.")


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True)
def serve(address: str) -> None:
    """Show the guide in a browser while you write; it reloads whenever you save."""
    wait_until_correct()
    click.echo(f"The guide is at http://{address}/ (Ctrl+C stops it).")
    sys.exit(mkdocs_process.serve(address))


def build(folder: Path, *options: str, into: str) -> None:
    """Have MkDocs build into a folder; on failure prints why, says that the target is as it was, and exits."""
    from ..project import CheckFailed, settings_hold  # noqa: PLC0415 - as above

    try:
        settings_hold(CONFIG)
        mkdocs_process.build(folder, *options, today=clock.today(), on_progress=click.echo)
    except (CheckFailed, mkdocs_process.BuildFailed) as failure:
        click.echo(f"{failure}\n\nFix the above. Nothing was changed in {into}.", err=True)
        sys.exit(Exit.PROBLEMS)


def wait_until_correct() -> None:
    """List the problems again and again until none is left: MkDocs itself would give up at the start."""
    from ..project import CheckFailed, load  # noqa: PLC0415 - only this command needs it, and it takes long

    last = ""
    while True:
        try:
            load(CONFIG, today=clock.today())
        except CheckFailed as failure:
            if str(failure) != last:
                click.echo(f"{failure}\nFix the above and save. The guide then starts by itself.", err=True)
            last = str(failure)
            time.sleep(1)
        else:
            return


def resolved(into: str, suffix: str = "") -> Path:
    """The folder that an option names, links followed: what lies there is replaced, never the link."""
    path = Path(into)
    path = path.with_name(f"{path.name}{suffix}") if path.name else path
    return path.resolve()


def short(path: Path) -> str:
    """A path as a person in the project's folder writes it."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(path)
