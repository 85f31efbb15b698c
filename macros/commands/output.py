"""Reports on standard output: as text, as Markdown or as data."""

from __future__ import annotations

import json
from typing import Any

import click

from ..formats.report import Outline, as_markdown, as_text

format_option = click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)


def print_report(output_format: str, outline: Outline, data: dict[str, Any]) -> None:
    if output_format == "json":
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        click.echo((as_text if output_format == "text" else as_markdown)(outline), nl=False)
