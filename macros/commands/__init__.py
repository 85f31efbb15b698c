"""The `guide` command.

In: what is typed, the project's folder, the calendar. Out: text, files, exit codes.
Must not know: rules of the guide; each command calls the room that does the work.
"""

from __future__ import annotations

import sys

import click

from .adopt import adopt
from .asks import asks_group
from .check import check, reading
from .import_policy import command as import_policy_command
from .law import law_group
from .new import new
from .pack import pack
from .project_folder import CONFIG
from .reviews import reviews
from .rollup import rollup
from .site import bundle, serve, site
from .start import recover, start


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Look after a school's policy guide. Run it in the project's folder."""
    # Windows consoles are seldom UTF-8, and our messages hold real quotation marks.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if not CONFIG.exists():
        raise click.ClickException("There is no mkdocs.yml here. Go to the project's folder first.")
    recover()


for command in (
    check,
    reading,
    site,
    bundle,
    serve,
    adopt,
    reviews,
    pack,
    law_group,
    asks_group,
    import_policy_command,
    rollup,
    new,
    start,
):
    main.add_command(command)
