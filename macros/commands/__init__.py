"""The `guide` command.

In: what is typed, the project's folder, the calendar. Out: text, files, exit codes.
Must not know: rules of the guide; each command calls the room that does the work.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from .. import clock
from ..formats import files
from ..setup.interrupted import STORED
from . import unforeseen
from .project_folder import CONFIG

COMMANDS = {
    "adopt": "adopt:adopt",
    "asks": "asks:asks_group",
    "bundle": "site:bundle",
    "check": "check:check",
    "import": "import_policy:command",
    "law": "law:law_group",
    "new": "new:new",
    "pack": "pack:pack",
    "reading": "check:reading",
    "receipts": "receipts:receipts",
    "reviews": "reviews:reviews",
    "rollup": "rollup:rollup",
    "serve": "site:serve",
    "site": "site:site",
    "start": "start:start",
}
"""Each command with its module and name there."""


class Commands(click.Group):
    """Loads a command when it is asked for: one needs few of the libraries that all of them need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f".{module}", __name__), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what nobody foresaw is told in two lines, never by a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except clock.NoDay as fault:
            raise click.ClickException(str(fault)) from None
        except Exception as error:  # noqa: BLE001 - whatever it is
            raise click.ClickException(unforeseen.told(error, ctx.invoked_subcommand or "")) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Look after a school's policy guide. Run it in the project's folder."""
    # Windows consoles are seldom UTF-8, and our messages hold real quotation marks.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if not CONFIG.exists():
        raise click.ClickException("There is no mkdocs.yml here. Go to the project's folder first.")
    if STORED.exists():
        recover()


def recover() -> None:
    """Finish or undo a start that was interrupted, before any other command reads the project."""
    from ..setup import start  # noqa: PLC0415 - it takes long, and is seldom needed

    with files.project_lock(Path()):
        start.recover(CONFIG)
