"""The project in the current folder, as the commands use it: its settings, its checked pages, its lock."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import clock
from ..authoring import settings
from ..formats import files
from .exit_codes import Exit

if TYPE_CHECKING:
    from ..assembly.assemble import Project
    from ..model import Problem

CONFIG = Path("mkdocs.yml")
SOURCES = (
    ".cache", ".ci", ".git", ".github", ".guide", ".venv", "bench", "docs", "macros", "overrides", "requirements",
    "schools", "tests", "windows",
)  # fmt: skip
"""Folders of a project that nothing is built into."""


def checked_project(on_problems: Callable[[list[Problem]], None] | None = None) -> Project:
    """The checked project; with problems, prints them, gives them to on_problems, and exits."""
    from ..project import CheckFailed, load  # noqa: PLC0415 - it takes long, and many commands do without

    try:
        return load(CONFIG, today=clock.today())
    except CheckFailed as failure:
        click.echo(str(failure), err=True)
        if on_problems:
            on_problems(failure.problems)
        sys.exit(Exit.PROBLEMS)


def read_project() -> Project:
    """The project, with whatever problems it has."""
    from ..project import CheckFailed, examine  # noqa: PLC0415 - as above

    try:
        return examine(CONFIG, today=clock.today())
    except CheckFailed as failure:
        raise click.ClickException(str(failure)) from None


def site_address() -> str:
    """The address at which the site is published, with a slash at its end; empty where mkdocs.yml does not say."""
    try:
        address = settings.load(CONFIG).site_url
    except settings.Unreadable as unreadable:
        raise click.ClickException(str(unreadable.problem)) from None
    return f"{address.rstrip('/')}/" if address else ""


def source_folders() -> list[Path]:
    """Every folder that holds sources of the guide."""
    present = [path for path in Path().iterdir() if path.is_dir() and path.name in SOURCES]
    try:
        return [*present, settings.load(CONFIG).docs]
    except settings.Unreadable as unreadable:
        raise click.ClickException(str(unreadable.problem)) from None


@contextmanager
def one_at_a_time(target: str) -> Iterator[None]:
    """Hold the project's lock, so that two commands never write at once. target is what stays as it was otherwise."""
    try:
        with files.project_lock(
            Path(), lambda: click.echo("Another guide command is running here. Waiting for it to finish …", err=True)
        ):
            yield
    except files.Busy as busy:
        raise click.ClickException(f"{busy} Nothing was changed in {target}.") from None
