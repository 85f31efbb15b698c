"""The `guide` command: check, build and serve without knowing MkDocs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click

from .build import Site
from .importing.command import command as import_command
from .load import Stopped, load

CONFIG = Path("mkdocs.yml")


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
@click.option("--into", default="site", show_default=True, help="The folder to build into.")
def site(into: str) -> None:
    """Build the site. The old one stays until the new one is whole."""
    checked()
    click.echo("Building the site …")
    began = time.monotonic()
    built = Path(f".{into.replace('/', '-')}-new")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(built)],
        env=surroundings(), check=False, capture_output=True, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode:
        shutil.rmtree(built, ignore_errors=True)
        told = [row for row in (done.stdout + done.stderr).splitlines() if row and not row.startswith("INFO")]
        click.echo("\n".join([*told, "", "Mend the above. Nothing was changed in " + into + "/."]), err=True)
        sys.exit(1)
    shutil.rmtree(into, ignore_errors=True)
    shutil.move(built, into)
    pages = sum(1 for _ in Path(into).rglob("*.html"))
    click.echo(f"Built {into}/: {pages} pages in {time.monotonic() - began:.1f} s.")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True)
def serve(address: str) -> None:
    """Show the guide in a browser while you write; it reloads on every save."""
    wait_until_right()
    click.echo(f"The guide is at http://{address}/ (Ctrl+C stops it).")
    sys.exit(mkdocs("serve", "--livereload", "--dev-addr", address))


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
        sys.exit(1)


def surroundings() -> dict[str, str]:
    """MkDocs' environment: its theme's notice silenced, UTF-8 on every system."""
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


def mkdocs(*arguments: str) -> int:
    """Run MkDocs on this project; its exit status."""
    try:
        return subprocess.run([sys.executable, "-m", "mkdocs", *arguments], env=surroundings(), check=False).returncode
    except KeyboardInterrupt:
        return 0
