"""`guide rollup`: one register of reviews over several schools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .. import clock
from ..formats import files
from ..reviews import rollup as registers
from .output import format_option, print_report

REVIEWS = Path("data/reviews.json")


@click.command()
@click.argument("sites", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--csv", "sheet", type=click.Path(path_type=Path), metavar="FILE", help="Write a spreadsheet as well.")
@format_option
def rollup(sites: tuple[Path, ...], sheet: Path | None, output_format: str) -> None:
    """List the reviews of several schools, the worst first.

    SITES are the folders of their built guides, such as sites/*, or copies of their data/reviews.json.
    """
    today = clock.today()
    if sheet and (sheet.suffix.lower() != ".csv" or sheet.is_dir()):
        raise click.ClickException(f"{sheet} does not end in .csv. Name the spreadsheet to write: --csv register.csv")
    try:
        found = registers.rows([read(site) for site in sites], today)
    except registers.Unreadable as fault:
        raise click.ClickException(f"One of the files cannot be used: {fault}") from None
    print_report(output_format, registers.outline(found, today), registers.document(found, today))
    if sheet:
        with files.replacing(sheet) as fresh:
            fresh.write_bytes(registers.spreadsheet(found, today))
        click.echo(f"Wrote {sheet}.", err=True)


def read(site: Path) -> dict[str, Any]:
    file = site / REVIEWS if site.is_dir() else site
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        registers.rows([data], clock.today())
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}. Build that guide first: guide site") from None
    except ValueError as error:
        raise click.ClickException(f"{file} is not the reviews.json of a guide: {error}") from None
    return dict(data)
