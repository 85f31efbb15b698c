"""The `guide` command: check, build and serve without knowing MkDocs."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ..adoption import adopt as adopting
from ..assembly.assemble import Site
from ..authoring import settings
from ..checks import check as problems_of
from ..checks import readability as ease
from ..formats import files, report
from ..hosting import deploy, server_rules
from ..hosting import site_scan as built_site
from ..hosting import zip_bundle as zipped
from ..model import Outcome
from ..project import Stopped, examine, load
from ..reviews import due_report
from ..reviews.status import SOON
from .exit_codes import Exit
from .import_policy import command as import_command

CONFIG = Path("mkdocs.yml")
SOURCES = (
    ".cache", ".ci", ".git", ".github", ".guide", ".venv", "bench", "docs", "macros", "overrides", "requirements",
    "tests",
)  # fmt: skip
"""Folders of a project that nothing is built into."""
PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Keep a school's policy guide. Run it in the project's folder."""
    # Windows consoles are seldom UTF-8, and our messages hold real quotation marks.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if not CONFIG.exists():
        raise click.ClickException("There is no mkdocs.yml here. Go to the project's folder first.")


main.add_command(import_command)


@main.command()
def check() -> None:
    """List every problem of the texts, with file, line and how to mend it."""
    site = checked()
    guide = site.guide
    counts = (
        (len(guide.policies), "policy", "policies"),
        (len(guide.clauses), "clause", "clauses"),
        (len(guide.instruments), "law", "laws"),
        (len(site.pages), "page", "pages"),
    )
    click.echo("No problems: " + ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts) + ".")


@main.command()
@click.option("--all", "every", is_flag=True, help="Show every page, not only the hard ones.")
def reading(*, every: bool) -> None:
    """How easily each page reads, the hardest first."""
    found = sorted(ease.pages(checked()), key=lambda page: (-page.age, page.ease))
    hard = [page for page in found if page.too_hard]
    click.echo(f"{'Age':>4}{'Ease':>6}{'Words':>7}  Page")
    for page in found if every else hard:
        click.echo(f"{page.age:>4}{page.ease:>6}{page.words:>7}  docs/{page.path}")
        if page.too_hard and page.longest:
            click.echo(f"{'':19}Part this sentence: “{page.longest}”")
    click.echo(f"\n{len(found) - len(hard)} of {len(found)} pages can be read at the age of {ease.OLDEST}.")
    click.echo("Ease is Flesch’s: 60 is plain English, 30 is hard.")


@main.command()
@click.option("--into", default="site", show_default=True, help="The folder to build into.")
def site(into: str) -> None:
    """Build the site. The old one stays until the new one is complete."""
    target, rules = place(into), place(into, "-server")
    with one_at_a_time(into):
        for folder in (target, rules):
            refuse_bad_target(folder)
        checked()
        click.echo("Building the site …")
        began = time.monotonic()
        try:
            with files.workspace(target) as beside, files.workspace(rules) as beside_rules:
                fresh, fresh_rules = beside / "fresh", beside_rules / "fresh"
                build(fresh, kept=into)
                server_rules.write(built_site.read(fresh), fresh, fresh_rules)
                deploy.check_complete(fresh)
                for folder in (fresh, fresh_rules):
                    deploy.mark(folder)
                deploy.deploy((fresh, target, beside), (fresh_rules, rules, beside_rules))
        except (built_site.CannotPublish, deploy.Incomplete) as fault:
            raise click.ClickException(f"{fault}\n\nFix the above. Nothing was changed in {into}/.") from None
        except OSError as error:
            raise click.ClickException(
                f"{error.filename2 or error.filename or into}: {error.strerror}. The site could not be put in place, "
                f"and nothing was changed in {into}/. Close what has the file open, or give yourself the right to "
                "change it, and build again."
            ) from None
        for left in (beside, beside_rules):
            if left.exists():
                click.echo(f"The former site could not be deleted: delete {os.path.relpath(left)}/ yourself.", err=True)
    pages = sum(1 for _ in target.rglob("*.html"))
    click.echo(f"Built {into}: {pages} pages in {time.monotonic() - began:.1f} s. Rules for nginx: {shown(rules)}/.")


def place(into: str, suffix: str = "") -> Path:
    """The folder that an option names, links followed: what stands there is replaced, never the link."""
    path = Path(into)
    path = path.with_name(f"{path.name}{suffix}") if path.name else path
    return path.resolve()


def shown(path: Path) -> str:
    """A path as a person in the project's folder writes it."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(path)


@contextmanager
def one_at_a_time(into: str) -> Iterator[None]:
    """Hold the project's lock, so that two commands never write at once."""
    try:
        with files.project_lock(
            Path(), lambda: click.echo("Another guide command is running here; waiting for it …", err=True)
        ):
            yield
    except files.Busy as busy:
        raise click.ClickException(f"{busy} Nothing was changed in {into}.") from None


def refuse_bad_target(folder: Path) -> None:
    sources = [path for path in Path().iterdir() if path.is_dir() and path.name in SOURCES]
    try:
        deploy.check_target(folder, Path(), [*sources, settings.load(CONFIG).docs])
    except deploy.TargetRefused as refused:
        raise click.ClickException(f"{refused}\nNothing was changed.") from None
    except settings.Unreadable as unreadable:
        raise click.ClickException(str(unreadable.problem)) from None


@main.command()
@click.option("--into", default="policy-guide.zip", show_default=True, help="The zip to write.")
def bundle(into: str) -> None:
    """Zip the guide for a shared folder: unpacked, it opens without a web server."""
    target = Path(into)
    with one_at_a_time(into):
        try:
            zipped.check_target(target, [settings.load(CONFIG).docs, *map(Path, SOURCES)])
        except zipped.CannotBundle as fault:
            raise click.ClickException(f"{fault}\nNothing was changed.") from None
        guide = checked().guide
        click.echo("Building the bundle …")
        with tempfile.TemporaryDirectory(dir=".", prefix=".bundle-") as folder:
            pages = Path(folder) / "pages"
            build(pages, "--no-directory-urls", kept=into)
            try:
                zipped.write(pages, target, made_on=guide.built_on)
            except zipped.CannotBundle as fault:
                raise click.ClickException(f"{fault}\n\nFix the above. Nothing was changed in {into}.") from None
            except OSError as error:
                raise click.ClickException(
                    f"{into} cannot be written ({error.strerror}). Nothing was changed."
                ) from None
    size = target.stat().st_size / 1e6
    click.echo(f"Wrote {into} ({size:.1f} MB). Unpack it where staff can read it; they open index.html in it.")


def build(folder: Path, *options: str, kept: str) -> None:
    """Have MkDocs build into a folder; on a fault say it and what was kept, and out."""
    status, rows = relayed("build", "--strict", "--site-dir", str(folder.absolute()), *options)
    if status:
        told = [row for row in rows if row and not row.startswith("INFO")]
        click.echo("\n".join([*told, "", f"Fix the above. Nothing was changed in {kept}."]), err=True)
        sys.exit(Exit.PROBLEMS)


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True)
def serve(address: str) -> None:
    """Show the guide in a browser while you write; it reloads on every save."""
    wait_until_right()
    click.echo(f"The guide is at http://{address}/ (Ctrl+C stops it).")
    sys.exit(mkdocs("serve", "--livereload", "--dev-addr", address))


@main.command()
@click.argument("policy")
@click.option("--on", metavar="DATE", help="The day of the decision, or its month: 2026-11-30 or 2026-11.")
@click.option("--by", metavar="BODY", help="Who decided, such as: Governing body")
@click.option("--outcome", metavar="|".join(Outcome), help="What was decided; none for the first adoption.")
@click.option("--minute", metavar="REFERENCE", help="Where the minutes say so.")
@click.option("--version", metavar="VERSION", help="The version that the body gave the text.")
@click.option("--correction", metavar="WHY", help="Correct slips in the newest edition’s text that change no rule.")
@click.option(
    "--restated", is_flag=True, help="With --correction: the same rules in other words, in a restated policy."
)
@click.option("--yes", is_flag=True, help="Record a correction without asking; for scripts.")
def adopt(policy: str, *, restated: bool, yes: bool, **told: str | None) -> None:
    """Record that a body adopted or reviewed POLICY, and keep the text it adopted.

    Without options: keep the text as it stands as that of the newest adoption recorded.
    """

    def confirm(changes: str) -> bool:
        click.echo(changes)
        try:
            return yes or click.confirm("Is every rule the same as before?")
        except click.Abort:
            return False

    decision = adopting.Decision(policy=policy, restated=restated, **told)
    try:
        with one_at_a_time("docs/"):
            click.echo(adopting.adopt(CONFIG, decision, confirm))
    except (Stopped, adopting.Refused) as stopped:
        click.echo(f"{stopped}\nNothing was recorded.", err=True)
        sys.exit(Exit.PROBLEMS)


FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)


@main.command()
@click.option("--due-within", type=click.IntRange(0, 3650), default=SOON.days, show_default=True, metavar="DAYS",
              help="How many days ahead count as due soon.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(["overdue", "due-soon"]), help="Exit with 3 if a review is so, or worse.")
@FORMAT
def reviews(due_within: int, fail_on: str | None, form: str) -> None:
    """List the policies' reviews, the worst first.

    A policy without a due date is listed before all and counts as overdue.
    """
    try:
        site = examine(CONFIG)
    except Stopped as stopped:
        click.echo(str(stopped), err=True)
        sys.exit(Exit.PROBLEMS)
    problems = problems_of(site)
    found = due_report.remind(site.guide, site.guide.built_on, within=due_within, problems=problems)
    written(form, due_report.outline(found, all_of_them=form == "text"), due_report.document(found))
    if problems:
        click.echo(f"The texts have {len(problems)} problem(s), which guide check lists.", err=True)
    if due_report.fails(found, fail_on):
        sys.exit(Exit.DUE)
    sys.exit(Exit.PROBLEMS if problems else Exit.FINE)


@main.group()
def law() -> None:
    """Keep the pages of law up to date."""


@law.command("check")
@click.argument("instruments", nargs=-1, metavar="[INSTRUMENT]…")
@click.option(
    "--afresh", is_flag=True, help="Ask about every law again, also where an interrupted check had an answer."
)
@FORMAT
def law_check(instruments: tuple[str, ...], form: str, *, afresh: bool) -> None:
    """Ask legislation.gov.uk what has changed since each law was last checked. Changes no page.

    INSTRUMENT is the file name of a law's page, such as equality-act-2010; without one, all are asked about.
    """
    from ..law_updates import checkpoint, client, report, report_json, run  # noqa: PLC0415 — only this command goes to the network
    from .law import exit_status  # noqa: PLC0415 — only this command goes to the network

    guide = checked().guide
    unknown = [name for name in instruments if name not in guide.instruments]
    if unknown:
        raise click.UsageError(f"There is no law page docs/legislation/{unknown[0]}.md.")
    laws = [found for found in guide.instruments.values() if not instruments or found.id in instruments]
    asker = client.Asker(
        calls_itself=client.signature(guide.organisation.name, os.environ.get("SITE_URL", "")),
        base=os.environ.get("GUIDE_LEGISLATION") or client.OFFICIAL,
        say=lambda said: click.echo(said, err=True),
    )
    found = run.check(laws, asker, today=guide.built_on, now=datetime.now(UTC), path=checkpoint.PLACE, afresh=afresh)
    written(form, report.outline(found, guide), report_json.document(found))
    sys.exit(exit_status(found))


def written(form: str, told: report.Outline, data: dict[str, Any]) -> None:
    """To standard output, in the form that was asked for."""
    if form == "json":
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        click.echo((report.as_text if form == "text" else report.as_markdown)(told), nl=False)


def wait_until_right() -> None:
    """Keep listing the problems until none is left: MkDocs itself would give up at the start."""
    told = ""
    while True:
        try:
            load(CONFIG)
        except Stopped as stopped:
            if str(stopped) != told:
                click.echo(f"{stopped}\nMend the above and save; this goes on by itself.", err=True)
            told = str(stopped)
            time.sleep(1)
        else:
            return


def checked() -> Site:
    """The checked site; or its problems told, and out."""
    try:
        return load(CONFIG)
    except Stopped as stopped:
        click.echo(str(stopped), err=True)
        sys.exit(Exit.PROBLEMS)


def surroundings() -> dict[str, str]:
    """MkDocs' environment: its theme's notice silenced, UTF-8 on every system."""
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


def relayed(*arguments: str) -> tuple[int, list[str]]:
    """Run MkDocs; its exit status and what it said. How far the PDFs are is shown at once."""
    rows = []
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", *arguments], env=surroundings(), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - this process has one thread
    ) as run:  # fmt: skip
        for row in run.stdout or ():
            if row.startswith("Setting PDFs"):
                click.echo(row.rstrip())
            else:
                rows.append(row.rstrip())
    return run.returncode, rows


def die_with_parent() -> None:
    """Have the system end this process when the one that started it is gone, even by kill -9."""
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def mkdocs(*arguments: str) -> int:
    """Run MkDocs on this project; its exit status."""
    try:
        return subprocess.run([sys.executable, "-m", "mkdocs", *arguments], env=surroundings(), check=False).returncode
    except KeyboardInterrupt:
        return 0
