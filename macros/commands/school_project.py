"""`--school FILE`: a command that runs on a school's own project, made of the trust's texts and the school's file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..trust import overlay, school
from ..trust.overlay import LocalClause
from ..trust.school import InvalidSchool, School
from .project_folder import CONFIG, one_at_a_time

FOLDER = Path(".cache/schools")
"""Where the schools' projects lie, each with what its last build left for the next."""


def school_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--school", type=click.Path(path_type=Path), metavar="FILE",
        help="A school of a trust: its file, beside which its local texts lie.",
    )(command)  # fmt: skip


@contextmanager
def project_of(file: Path | None) -> Iterator[tuple[School | None, tuple[LocalClause, ...]]]:
    """Run what follows in the project of a school; without a file, in the current folder."""
    if file is None:
        yield None, ()
        return
    try:
        own = school.read(file)
        with one_at_a_time(file.as_posix()):
            clauses = overlay.prepare(CONFIG, own, FOLDER / own.id)
    except InvalidSchool as problems:
        raise click.ClickException(f"{problems}\n\nNothing was changed.") from None
    before, address = Path.cwd(), os.environ.get("SITE_URL")
    if own.site_url:
        os.environ["SITE_URL"] = own.site_url
    os.chdir(FOLDER / own.id)
    try:
        yield own, clauses
    finally:
        os.chdir(before)
        if own.site_url:
            os.environ.pop("SITE_URL")
            os.environ |= {"SITE_URL": address} if address is not None else {}


def say_what_to_compare(own: School, clauses: tuple[LocalClause, ...]) -> None:
    """List the local clauses to look at again, after the trust's words for them changed."""
    listed = overlay.to_compare(own, clauses)
    if not listed:
        return
    click.echo("Compare these with the trust’s words, which changed or were never compared:")
    for clause in listed:
        click.echo(f"  {clause.path}:{clause.line}: {clause.id}")
    click.echo(f"When you have: guide check --school {own.file.as_posix()} --compared")
