"""A body's decision on a policy → its record and, where the text changed, the edition.

Two files change. The edition is written first, under a name that does not count; putting the
policy's page in place is the moment of adoption; then the edition gets its name. Whenever it is
interrupted, what stands is the old state or the new one: `store.read` counts a waiting
edition as soon as, and only if, the page records its date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..assembly.assemble import Site
from ..authoring import settings
from ..checks import check
from ..formats import files
from ..history import diff, store
from ..model import (
    Changed,
    Correction,
    Difference,
    Edition,
    Outcome,
    PartialDate,
    Policy,
    PolicyId,
    Problem,
    Review,
    Wording,
    labels,
)
from ..project import CheckFailed, examine
from . import corrections, front_matter


class Refused(Exception):
    """The decision makes no sense as told; str() says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a body decided, as it is told on the command line."""

    policy: str
    on: str | None
    by: str | None
    outcome: str | None
    minute: str | None
    version: str | None
    correction: str | None
    """Why the newest edition's record is corrected; then nothing else is given but restated."""
    restated: bool = False
    """Whether the correction says the same rules in other words, in a policy that restates its adopted wording."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What is to be written, checked as a whole before a byte changes."""

    page: str | None
    """The policy's page with its record; None where it stays."""
    edition: Edition | None
    """The edition to store; None where the text in force stays in force."""
    former: tuple[str, str] | None = None
    """The name and the text of the file that keeps an edition as it read before a correction."""
    question: str = ""
    """What is to be confirmed first."""
    told: str
    """What was done, for the one who asked."""


def adopt(config: Path, decision: Decision, confirm: Callable[[str], bool] = bool, *, today: date) -> str:
    """Record a decision; what was done, in words. Refused or CheckFailed when nothing was.

    confirm is asked before the text of an edition is corrected; it is given what changes.
    """
    site = examine(config, today=today)
    policy = the_policy(site, decision.policy)
    if rest := [problem for problem in check(site) if not excused(problem, policy)]:
        raise CheckFailed(rest)
    docs = settings.load(config).docs
    finish(site, policy, docs)
    try:
        step = decide(site, decision, (docs / policy.path).read_bytes().decode("utf-8"))
    except front_matter.Unwritable as unwritable:
        raise Refused(f"docs/{policy.path}: {unwritable}") from None
    if step.question and not confirm(step.question):
        raise Refused("The correction was not confirmed. In a script, add --yes once you have read the changes.")
    carry_out(step, docs, policy)
    return step.told


def finish(site: Site, policy: Policy, docs: Path) -> None:
    """Put in its place what an interrupted adoption left waiting, if its record stands."""
    folder = docs / "policies" / policy.id / "editions"
    for waiting in site.editions.pending.get(policy.id, ()):
        file = folder / f"{waiting.on}.json"
        if waiting in policy.editions and not file.exists():
            (folder / f"{file.name}{store.PENDING}").replace(file)


def decide(site: Site, decision: Decision, page_text: str) -> Step:
    """What the decision comes to; Refused when it makes no sense."""
    policy = the_policy(site, decision.policy)
    if decision.correction is not None:
        return corrected(policy, decision, site.guide.built_on)
    missing = unkept(policy)
    if missing and matches(decision, missing):
        return kept(policy, missing, page_text)
    return decided(policy, decision, page_text, site.guide.built_on)


def excused(problem: Problem, policy: Policy) -> bool:
    """Whether adopting is what mends the problem."""
    return problem.rule == "missing-edition" and problem.path == f"docs/{policy.path}"


def the_policy(site: Site, named: str) -> Policy:
    found = site.guide.policies.get(PolicyId(named.strip("/").removeprefix("docs/policies/")))
    if found is None:
        raise Refused(f"There is no policy “{named}”. The policies are: {', '.join(site.guide.policies)}.")
    return found


def unkept(policy: Policy) -> Review | None:
    """The act in force when the text that it adopted is not stored."""
    act = policy.in_force
    return act if act and act.on not in {edition.on for edition in policy.editions} else None


def matches(decision: Decision, act: Review) -> bool:
    """Whether nothing is told that differs from a recorded act, so that only its text is to be stored."""
    told = (
        (decision.on, str(act.on)),
        (decision.by, act.by),
        (decision.outcome, act.outcome and str(act.outcome)),
        (decision.minute, act.minute),
        (decision.version, act.version),
    )
    return all(said is None or said == recorded for said, recorded in told)


def kept(policy: Policy, act: Review, page_text: str) -> Step:
    later = [found for found in policy.acts if found.on > act.on]
    assert all(not found.changes_text for found in later)
    page = None
    if not act.kept:
        number = None if act is policy.adopted else policy.reviews.index(act)
        page = front_matter.with_edition_kept(page_text, number)
    edition = store.taken(policy, replace(act, kept=True))
    return Step(page=page, edition=edition, told=f"The text as it stands is kept as the edition adopted {act.on.when}.")


def corrected(policy: Policy, decision: Decision, today: date) -> Step:
    others = (decision.on, decision.by, decision.outcome, decision.minute, decision.version)
    if any(other is not None for other in others):
        raise Refused("A correction is no decision of a body: give --correction alone, with the reason.")
    if not (decision.correction or "").strip():
        raise Refused('Say why in a few words: --correction "A typing slip in 2.3.4"')
    if not policy.editions:
        raise Refused(f"No edition of the {policy.title} is kept yet. Store the first one: guide adopt {policy.id}")
    newest = policy.editions[-1]
    changes = diff.pending(policy)
    if not changes:
        raise Refused(f"The text is that of the edition of {newest.on.words}; there is nothing to correct.")
    grave = corrections.too_grave(changes)
    moved = [changed for changed in changes if not changed.kinds <= {Difference.REWORDED, Difference.RETITLED}]
    if decision.restated and policy.wording is not Wording.RESTATED:
        raise Refused(f"--restated is for a policy that is said in other words; the {policy.title} is word for word.")
    if moved or (grave and not decision.restated):
        refused = "\n".join(f"  {changed.passage.full_name}: {reason}" for changed, reason in grave)
        way = RESTATED_HINT if not moved and policy.wording is Wording.RESTATED else ""
        raise Refused(
            f"A correction is for slips that change no rule. These are more than that:\n{refused}\nThat is for the "
            f"body to decide: guide adopt {policy.id} --on … --by … --outcome amended{way}"
        )
    assert decision.correction is not None
    correction = Correction(
        on=PartialDate(today.year, today.month, today.day),
        why=decision.correction.strip(),
        former=store.checksum_of(newest),
    )
    name = store.former_name(newest, len(newest.corrections) + 1)
    careful = "".join(f"\n  {changed.passage.full_name}: {reason}" for changed, reason in grave)
    return Step(
        page=None,
        edition=store.taken(policy, newest.act, (*newest.corrections, correction)),
        former=(name, store.written(newest)),
        question="\n".join(
            [
                f"The edition of {newest.on.words} will read so ([-taken out-] {{+put in+}}):",
                *(
                    f"  {changed.passage.full_name}, {row}"
                    for changed in changes
                    for row in corrections.redline(changed)
                ),
                *([f"Compare these with the adopted wording first:{careful}"] if grave else []),
            ]
        ),
        told=f"The edition of {newest.on.words} now reads as the pages do:\n{listed(changes)}\n"
        f"Its former text is kept in docs/policies/{policy.id}/editions/{name}.",
    )


RESTATED_HINT = (
    "\nIf the rules are the same, said in plainer words, and you have compared them with the adopted wording, add: "
    "--restated"
)


def decided(policy: Policy, decision: Decision, page_text: str, today: date) -> Step:
    first = not policy.acts
    on, by = when_and_who(policy, decision, today)
    outcome = the_outcome(decision.outcome, first=first)
    missing = unkept(policy)
    if missing and missing.kept:
        raise Refused(
            f"The text adopted {missing.on.when} is not kept, so nobody could say what changed. If the pages still "
            f"hold it, store it first: guide adopt {policy.id}. If its words are lost, add to its record in "
            f"docs/{policy.path}: edition: not kept"
        )
    changes = diff.pending(policy)
    if outcome is Outcome.UNCHANGED and changes:
        raise Refused(
            f"The outcome cannot be “unchanged”: since the edition of {policy.editions[-1].on.words} these changed:\n"
            f"{listed(changes)}\nIf the body agreed to them, the outcome is amended. If not, take them back."
        )
    if not first and outcome is not Outcome.UNCHANGED and policy.editions and not missing and not changes:
        raise Refused(
            f"Nothing was changed since the edition of {policy.editions[-1].on.words}. Change the pages first, or "
            "give the outcome: unchanged"
        )
    act = Review(on=on, by=by, outcome=outcome, minute=decision.minute, version=decision.version)
    said = {
        name: str(told)
        for name in ("on", "by", "outcome", "minute", "version")
        if (told := getattr(act, name)) is not None and str(told).strip()
    }
    page = front_matter.with_adoption(page_text, said) if first else front_matter.with_review(page_text, said)
    if act.version:
        page = front_matter.with_version(page, act.version)
    title = f"{policy.title}: {f'review of {on.words}' if outcome else f'adoption of {on.words}'} recorded"
    if not act.changes_text:
        stays = f", and the edition of {policy.editions[-1].on.words} stays in force" if policy.editions else ""
        return Step(page=page, edition=None, told=f"{title}: unchanged{stays}.")
    moved = f" What changed:\n{listed(changes)}" if changes else ""
    return Step(page=page, edition=store.taken(policy, act), told=f"{title}, and its text kept.{moved}")


def when_and_who(policy: Policy, decision: Decision, today: date) -> tuple[PartialDate, str]:
    """The date and the body of a decision, once both make sense beside the acts recorded."""
    for name in ("by", "minute", "version"):
        if "\n" in (getattr(decision, name) or ""):
            raise Refused(f"What follows --{name} goes over several lines; give it in one.")
    on = the_date(decision.on, today)
    by = (decision.by or "").strip()
    if not by:
        raise Refused(f'Say which body decided: --by "{policy.approved_by or "Governing body"}"')
    last = policy.acts[-1] if policy.acts else None
    if last and on <= last.on:
        again = "That is already recorded" if on == last.on else f"The last act recorded is {last.on.when}"
        raise Refused(f"{again}, so none can be added {on.when}. Give the date of the new decision with --on.")
    if last and on.day is None and on.first_day <= last.on.last_day:
        raise Refused(f"The last act recorded is {last.on.when}, in the same month: give the day, as --on 2026-11-30")
    return on, by


def the_date(told: str | None, today: date) -> PartialDate:
    if told is None:
        raise Refused("Say when it was decided: --on 2026-11-30, or --on 2026-11 when only the month is known")
    try:
        on = PartialDate.parse(told)
    except ValueError as error:
        raise Refused(f"{error}. Write year-month-day: --on 2026-11-30") from None
    if on.first_day > today:
        raise Refused(f"{on.words} has not come yet. Record a decision once it was made.")
    return on


def the_outcome(told: str | None, *, first: bool) -> Outcome | None:
    names = ", ".join(Outcome)
    if first:
        if told is not None:
            raise Refused("This is the policy’s first adoption, which has no outcome: leave out --outcome.")
        return None
    if told is None:
        raise Refused(f"Say what was decided: --outcome with one of: {names}")
    if told not in list(Outcome):
        raise Refused(f"“{told}” is no outcome. It is one of: {names}")
    return Outcome(told)


def listed(changes: tuple[Changed, ...] | list[Changed]) -> str:
    """What changed, a line each."""
    return "\n".join(f"  {found.passage.full_name}: {labels.change_said(found)}" for found in changes)


def carry_out(step: Step, docs: Path, policy: Policy) -> None:
    """Write the step; interrupted anywhere it leaves the old state or the new one."""
    folder = docs / "policies" / policy.id / "editions"
    page = docs / policy.path
    waiting = None
    if step.former:
        name, former = step.former
        (folder / name).parent.mkdir(exist_ok=True)
        files.replace_text(folder / name, former)
    if step.edition:
        folder.mkdir(exist_ok=True)
        file = folder / f"{step.edition.on}.json"
        waiting = folder / f"{file.name}{store.PENDING}"
        files.write_text(waiting, store.written(step.edition))
    if step.page is not None:
        beside = page.with_name(f".{page.name}{store.PENDING}")
        files.write_text(beside, step.page)
        beside.replace(page)  # the moment of adoption
    if waiting:
        waiting.replace(file)
        files.sync_folder(folder)
