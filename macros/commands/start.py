"""`guide start`: the sample becomes a school's own guide."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import clock
from ..model.labels import counted
from ..setup import start as starting
from ..setup.start import Answers, CannotStart
from .exit_codes import Exit
from .project_folder import CONFIG, one_at_a_time

KIND = "Maintained or academy, and nursery, primary, middle or secondary; special too, if it is (Enter to say it later)"
QUESTION = "This takes the sample policy and its questions out of the guide, and keeps the pages about the law. Go on?"


@click.command()
@click.option("--name", default="", help="The school's name. Without it, you are asked for everything.")
@click.option("--short-name", default="", help="A short name for the bar at the top.")
@click.option("--council", default="", help="The local authority, if the school has one.")
@click.option("--kind", default="", help="What it is: “maintained, primary”, “academy, secondary” and so on.")
@click.option("--colour", default="", help="A dark colour as six figures: #1d4b44")
@click.option("--logo", type=click.Path(path_type=Path), help="The file of the school's logo or crest.")
@click.option("--yes", is_flag=True, help="Do not ask before the sample is removed; for scripts.")
def start(  # noqa: PLR0913 - one parameter an option
    *, name: str, short_name: str, council: str, kind: str, colour: str, logo: Path | None, yes: bool
) -> None:
    """Make the guide your school's: its name, colour and logo in, the sample policy and its home questions out."""
    try:
        if not name.strip():
            name, short_name, council, kind, colour, logo = ask()
        answers = Answers(
            name=one_line(name), short_name=one_line(short_name), council=one_line(council), kind=one_line(kind),
            colour=colour.strip(), logo=picture(logo),
        )  # fmt: skip
        if not yes:
            click.confirm(QUESTION, abort=True)
        with one_at_a_time("the guide"):
            project = starting.start(CONFIG, answers, today=clock.today())
    except click.Abort:
        click.echo("\nNothing was changed.", err=True)
        sys.exit(Exit.PROBLEMS)
    except CannotStart as reason:
        raise click.ClickException(f"{reason}\nNothing was changed.") from None
    laws = counted(len(project.guide.library), "law page")
    click.echo(
        f"The guide is now that of {answers.name}: no policy yet, and {laws} to draw on.\n"
        "Next, bring a policy that you have (guide import policy.docx), or begin one (guide new visitors).\n"
        "To look at the guide: guide serve"
    )


def ask() -> tuple[str, str, str, str, str, Path | None]:
    """What the options say otherwise, asked one by one."""
    name = click.prompt("The school's name")
    short_name = click.prompt("A short name for the bar at the top (Enter for none)", default="", show_default=False)
    council = click.prompt("The council (Enter for none)", default="", show_default=False)
    kind = click.prompt(KIND, default="", show_default=False)
    colour = click.prompt("A dark colour as six figures after a # (Enter for green)", default="", show_default=False)
    logo = click.prompt("The file of the logo or crest (Enter for none)", default="", show_default=False)
    return name, short_name, council, kind, colour, Path(logo.strip().strip("\"'")) if logo.strip() else None


def one_line(text: str) -> str:
    return " ".join(text.split())


def picture(logo: Path | None) -> Path | None:
    if logo is None:
        return None
    if not logo.is_file():
        raise CannotStart(f"There is no file {logo} for the logo.")
    if logo.suffix.lower() not in starting.PICTURES:
        raise CannotStart(
            f"{logo} cannot be the logo. It is a picture of one of: {', '.join(sorted(starting.PICTURES))}"
        )
    return logo
