"""`guide new`: a policy to write."""

from __future__ import annotations

import click

from .. import clock
from ..authoring import settings
from ..formats import files
from ..importing import install
from ..project import CheckFailed, read
from ..setup import new_policy
from .import_policy import POLICY_ID
from .project_folder import CONFIG, one_at_a_time


@click.command()
@click.argument("policy")
@click.option("--title", default="", help="Its title.  [default: made of POLICY, such as: Visitors policy]")
def new(policy: str, title: str) -> None:
    """Begin a policy that is not written yet: POLICY is its folder and address, in lower case with hyphens."""
    if not POLICY_ID.fullmatch(policy):
        raise click.ClickException(
            f"“{policy}” cannot be an address. Use lower-case letters, digits and hyphens: guide new anti-bullying"
        )
    title = " ".join(title.split()) or new_policy.title_of(policy)
    target = settings.load(CONFIG).docs / "policies" / policy
    with one_at_a_time("docs/"):
        if target.exists():
            raise click.ClickException(f"{target}/ is there already. Nothing was changed.")
        try:
            project = read(CONFIG).build(clock.today())
        except CheckFailed as failure:
            raise click.ClickException(str(failure)) from None
        for other in project.guide.policies.values():
            if other.title.casefold() == title.casefold():
                raise click.ClickException(
                    f"The policy in {target.with_name(other.id)}/ has the title “{other.title}” already. "
                    "Give this one another: --title …\nNothing was changed."
                )
        install.install(target, new_policy.files(title), CONFIG.parent)
        files.sync_folder(target.parent)
    click.echo(
        f"Wrote {target}/: a draft, not adopted. Put its facts into index.md, and its rules into 1.md and further "
        f"sections. Once a body has adopted it: guide adopt {policy} --on … --by …"
    )
