"""`guide asks`: phrasings for search, with the help of an assistant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..asks import answer, asks_file, coverage, request, screening
from ..asks.answer import Answer
from ..asks.coverage import Guesses
from ..asks.screening import Screened
from ..assembly.assemble import Project
from ..authoring import settings
from ..authoring.suggestions import did_you_mean
from ..formats import files
from ..formats.files import NotUtf8, read_text
from ..model import Policy, PolicyId
from ..model.labels import counted
from ..search.guesses import guess, phrasings_of
from .exit_codes import Exit
from .project_folder import CONFIG, one_at_a_time, read_project


@click.group("asks")
def asks_group() -> None:
    """Help people find clauses: the phrasings that search knows."""


@asks_group.command("draft")
@click.argument("policy")
@click.option("--into", type=click.Path(path_type=Path), help="The file to write.  [default: asks-POLICY.txt]")
@click.option("--all", "every", is_flag=True, help="Ask for clauses too that have enough phrasings.")
def draft(policy: str, into: Path | None, *, every: bool) -> None:
    """Write a file to give to the assistant that the school uses: it asks for phrasings of POLICY's clauses."""
    project = read_project()
    chosen = find_policy(project, policy)
    text = request.request(project, chosen, every=every)
    clauses = request.wanted_clauses(text)
    if not clauses:
        click.echo(f"Every clause of the {chosen.title} has {request.ENOUGH} phrasings. To ask for more, add: --all")
        return
    target = into or Path(f"asks-{chosen.id}.txt")
    if objection := objection_to(target):
        raise click.ClickException(f"{objection}\nNothing was written.")
    try:
        files.replace_text(target, text)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written ({error.strerror}).") from None
    click.echo(
        f"Wrote {target}: it asks for phrasings of {counted(clauses, 'clause')}. Read it, give it to the assistant, "
        f"paste the answer at its end, and save it. Then: guide asks take {target}"
    )


@asks_group.command("take")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--policy", default="", help="The policy, if the file does not name it.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken, and write nothing.")
def take(file: Path, policy: str, *, dry_run: bool) -> None:
    """Check the phrasings that an assistant wrote, and put those that pass into the policy's asks.yml as drafted."""
    written = read_answer(file)
    text, first_line = answer.answer_in(written)
    if not text.strip():
        raise click.ClickException(f"There is no answer in {file} yet. Paste it below the last line.")
    with one_at_a_time("docs/"):
        project = read_project()
        chosen = find_policy(project, policy or answer.policy_named(written))
        titles = {clause.id.partition("/")[2]: clause.title for clause in chosen.clauses}
        parsed = answer.read(text, titles, first_line)
        screened = screening.screen(project, chosen, parsed.offers)
        report(parsed, screened)
        if not screened.count:
            click.echo("No phrasing was taken.", err=True)
            sys.exit(Exit.PROBLEMS)
        asks = docs_folder() / "policies" / chosen.id / "asks.yml"
        added = {clause.partition("/")[2]: texts for clause, texts in screened.accepted.items()}
        try:
            new = asks_file.with_drafted(current(asks), added, list(titles))
        except asks_file.Unwritable as unwritable:
            raise click.ClickException(f"{asks}: {unwritable}\nNothing was written.") from None
        what = f"{counted(screened.count, 'phrasing')} for {counted(len(added), 'clause')}"
        if dry_run:
            click.echo(f"Dry run: {what} would go into {asks}. Nothing was written.")
            return
        files.replace_text(asks, new)
    click.echo(
        f"Wrote {what} into {asks}, each marked “drafted:”. Read them: take the word “drafted:” away from those that "
        "are right, and remove the lines of the others."
    )


@asks_group.command("check")
@click.argument("policies", metavar="[POLICY]...", nargs=-1)
def check(policies: Sequence[str]) -> None:
    """List the clauses that nobody would find: no or few phrasings, or rare words only."""
    project = read_project()
    chosen = [find_policy(project, name) for name in policies] or list(project.guide.policies.values())
    count = 0
    for policy in chosen:
        rows = list(coverage.hard_to_find(project, [policy], guesses(project, policy)))
        count += len(rows)
        if rows:
            click.echo(f"{policy.title} ({counted(len(rows), 'clause')} of {len(policy.clauses)})")
        for row in rows:
            click.echo(f"  {row.clause.full_name}: {row.reason}")
    total = sum(len(policy.clauses) for policy in chosen)
    if count:
        click.echo(f"{counted(count, 'clause')} of {total} would be hard to find. Help with: guide asks draft POLICY")
    else:
        click.echo(f"All {counted(total, 'clause')} have phrasings.")


@asks_group.command("show")
@click.argument("policy")
def show(policy: str) -> None:
    """Show what search knows of each clause of POLICY: phrasings, which of them are drafted, and guesses."""
    project = read_project()
    chosen = find_policy(project, policy)
    guessed = guess(chosen, project.phrasings.by_owner().keys(), project.topic_choices)
    for clause in chosen.clauses:
        click.echo(clause.full_name)
        for entry in coverage.entries_of(project, clause):
            click.echo(f"  {'drafted  ' if entry.drafted else ''}{entry.text}")
        for topic in guessed.get(clause.id, ()):
            click.echo(f"  {'taken over' if topic.taken else 'guessed'}: {topic.topic}")
            for text in topic.phrasings:
                click.echo(f"    {text}")


def guesses(project: Project, policy: Policy) -> Guesses:
    """What the phrasebook guesses for a policy's clauses."""
    return phrasings_of(guess(policy, project.phrasings.by_owner().keys(), project.topic_choices))


def docs_folder() -> Path:
    return settings.load(CONFIG).docs


def find_policy(project: Project, name: str) -> Policy:
    policies = project.guide.policies
    if not name:
        raise click.ClickException("The file does not say which policy it is about. Add: --policy NAME")
    policy = policies.get(PolicyId(name.strip("/").removeprefix("docs/policies/")))
    if policy is None:
        listed = f"The policies are: {', '.join(policies) or 'none'}."
        raise click.ClickException(f"There is no policy “{name}”. {did_you_mean(name, policies, otherwise=listed)}")
    return policy


def read_answer(file: Path) -> str:
    if file.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF"):
        raise click.ClickException(f"{file} is not plain text. Copy the answer into a text file, and save it as .txt.")
    try:
        return read_text(file)
    except NotUtf8 as error:
        raise click.ClickException(f"{file} {error}. {error.hint}") from None


def current(asks: Path) -> str:
    """The text of an asks.yml with its own line endings; nothing for one that is not there yet."""
    try:
        return asks.read_bytes().decode("utf-8-sig") if asks.exists() else ""
    except UnicodeDecodeError:
        raise asks_file.Unwritable(f"This file is not saved as UTF-8. {NotUtf8.hint}") from None


def objection_to(target: Path) -> str:
    """Why a request must not be written there, or nothing: it replaces no file but an earlier request."""
    if target.resolve().is_relative_to(docs_folder().resolve()):
        return f"{target} is among the pages of the guide. Name a file outside their folder: --into asks.txt"
    if target.is_dir():
        return f"{target} is a folder. Name a file: --into asks.txt"
    if target.exists() and not target.read_bytes().startswith(request.OPENING.encode()):
        return f"{target} exists and is not an earlier request. Give the file another name: --into asks.txt"
    if target.exists() and answer.answer_in(target.read_text(encoding="utf-8", errors="replace"))[0].strip():
        return f"{target} has an answer in it. Take that first (guide asks take {target}), or delete the file."
    return ""


def report(parsed: Answer, screened: Screened) -> None:
    click.echo(f"Read {counted(len(parsed.offers), 'phrasing')}.")
    if screened.refused:
        click.echo("Not taken:")
    for refusal in screened.refused:
        offer = refusal.offer
        click.echo(f"  line {offer.line}, {offer.clause}, “{offer.text}”: {refusal.reason}")
    if parsed.chatter:
        lines = ", ".join(map(str, parsed.chatter))
        click.echo(f"Passed over, as they are no phrasings: line{'s' if len(parsed.chatter) > 1 else ''} {lines}")
