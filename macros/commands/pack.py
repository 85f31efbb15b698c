"""`guide pack`: a review pack's first two sheets as a Word file."""

from __future__ import annotations

from pathlib import Path

import click

from ..authoring.suggestions import did_you_mean
from ..formats import files
from ..model import PolicyId
from .project_folder import checked_project, site_address


@click.command()
@click.argument("policy")
@click.option("--docx", is_flag=True, required=True, help="As a Word file.")
@click.option("--into", type=click.Path(path_type=Path), help="The file to write.  [default: review-pack-POLICY.docx]")
def pack(policy: str, *, docx: bool, into: Path | None) -> None:
    """Write what the governors must decide about POLICY, and a draft of the resolution and the minute."""
    from ..reviews import pack_word  # noqa: PLC0415 — reads Word’s own parts, which no other command needs

    del docx  # the only form so far; asked for by name, so that another can join it
    guide = checked_project().guide
    found = guide.policies.get(PolicyId(policy))
    if found is None:
        hint = did_you_mean(
            policy, guide.policies, otherwise=f"The policies are: {', '.join(guide.policies) or 'none yet'}."
        )
        raise click.ClickException(f"There is no policy “{policy}”. {hint}\nNothing was written.")
    into = into or Path(f"review-pack-{policy}{pack_word.FILE_TYPE}")
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with files.replacing(into) as fresh:
            fresh.write_bytes(pack_word.word_file(guide, found, site_address()))
    except OSError as error:
        raise click.ClickException(
            f"{into} could not be written ({error.strerror}). Is it open in Word? Nothing was changed."
        ) from None
    click.echo(f"Wrote {into}.")
