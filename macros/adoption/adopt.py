"""Records a body's decision on a policy and, where the text changed, its edition.

Two files change. The edition is written first, under a name that does not count; putting the
policy's page in place is the moment of adoption; then the edition gets its name. An interruption
leaves the old state or the new one: `store.read` counts a waiting edition as soon as, and only if,
the page records its date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..assembly.assemble import Project
from ..authoring import settings
from ..authoring.schema import KEPT
from ..checks import check, personal_data
from ..formats import files
from ..history import store
from ..model import (
    Changed,
    Correction,
    Difference,
    Edition,
    ImportState,
    NamesState,
    NextReview,
    Outcome,
    PartialDate,
    Policy,
    PolicyId,
    PolicyStatus,
    Problem,
    Review,
    Wording,
    labels,
)
from ..project import CheckFailed, examine
from ..reviews import status
from . import corrections, front_matter


class InvalidDecision(Exception):
    """The decision cannot be recorded; str() says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a body decided, as it is given on the command line."""

    policy: str
    on: str | None
    by: str | None
    outcome: str | None
    minute: str | None
    version: str | None
    correction: str | None
    """Why the newest edition's text is corrected; then nothing else is given but restated."""
    next_review: str | None = None
    """When the body wants to review it next, as a policy's page states it."""
    restated: bool = False
    """Whether the correction says the same rules in other words, in a policy that restates its adopted wording."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is to be written, complete before a byte changes."""

    page: str | None
    """The text of the policy's page with the decision; None where it stays."""
    edition: Edition | None
    """The edition to store; None where the text in force stays in force."""
    former: tuple[str, str] | None = None
    """The name and the text of the file that stores an edition as it read before a correction."""
    question: str = ""
    """What a person is to confirm first; its last line is the question."""
    summary: str
    """What was done, in words."""


def record(config: Path, decision: Decision, confirm: Callable[[str], bool] = bool, *, today: date) -> str:
    """Record a decision; what was done, in words. Raises InvalidDecision or CheckFailed when nothing was.

    confirm is asked before a first edition is stored, the text of an edition corrected, or anything recorded of a
    policy that nobody has read since its import; it is given the facts, and on the last line the question.
    """
    project = examine(config, today=today)
    policy = find_policy(project, decision.policy)
    if problems := [problem for problem in check(project) if not fixed_by_adopting(problem, policy)]:
        raise CheckFailed(problems)
    docs = settings.load(config).docs
    finish_interrupted(project, policy, docs)
    try:
        plan = make_plan(project, decision, (docs / policy.path).read_bytes().decode("utf-8"))
    except front_matter.Unwritable as unwritable:
        raise InvalidDecision(f"docs/{policy.path}: {unwritable}") from None
    question = with_doubts(plan.question, list(doubts(project, policy)))
    if question and not confirm(question):
        raise InvalidDecision("This was not confirmed. In a script, add --yes once you have read the above.")
    carry_out(plan, docs, policy)
    return plan.summary


def doubts(project: Project, policy: Policy) -> Iterator[str]:
    """What nobody has looked at yet in a policy that was brought in from a paper."""
    if policy.unread:
        advice = f" The import said: {policy.import_advice}" if policy.import_advice else ""
        yield (
            f"The {policy.title} was brought in from a paper, and nobody has said that it was read beside it.{advice}\n"
            f"    Read it, and write in docs/{policy.path}: import: {ImportState.READ}"
        )
    if next(personal_data.unreviewed(project, policy.path), None):
        yield (
            "It may name people whom nobody has decided to publish, and an edition keeps them.\n"
            f"    guide check lists them. Decide, and write in docs/{policy.path}: names: {NamesState.REVIEWED}"
        )


def with_doubts(question: str, listed: Sequence[str]) -> str:
    """A question with what nobody has looked at yet before its last line; empty where there is nothing to ask."""
    if not listed:
        return question
    facts, _, last = question.rpartition("\n")
    first = [facts] if facts else []
    rows = ["Not looked at yet:", *(f"  {doubt}" for doubt in listed)]
    return "\n".join([*first, *rows, last or "Record it all the same?"])


def find_policy(project: Project, name: str) -> Policy:
    policy = project.guide.policies.get(PolicyId(name.strip("/").removeprefix("docs/policies/")))
    if policy is None:
        raise InvalidDecision(f"There is no policy “{name}”. The policies are: {', '.join(project.guide.policies)}.")
    return policy


def fixed_by_adopting(problem: Problem, policy: Policy) -> bool:
    return problem.rule == "missing-edition" and problem.path == f"docs/{policy.path}"


def finish_interrupted(project: Project, policy: Policy, docs: Path) -> None:
    """Put in its place an edition that an interrupted adoption left waiting, if the page records it."""
    folder = docs / "policies" / policy.id / "editions"
    for waiting in project.editions.pending.get(policy.id, ()):
        file = folder / f"{waiting.on}.json"
        if waiting in policy.editions and not file.exists():
            (folder / f"{file.name}{store.PENDING}").replace(file)


def make_plan(project: Project, decision: Decision, page_text: str) -> Plan:
    """What the decision comes to; InvalidDecision when it cannot be recorded."""
    policy = find_policy(project, decision.policy)
    changes = project.guide.histories[policy.id].pending
    today = project.guide.built_on
    if decision.correction is not None:
        refuse(correction_refusals(policy, decision, changes))
        return correction_plan(policy, decision.correction.strip(), changes, today)
    missing = without_edition(policy)
    if missing and matches(decision, missing):
        return storing_plan(policy, missing, page_text)
    refuse(decision_refusals(policy, decision, changes, today))
    return decision_plan(policy, decision, changes, page_text)


def refuse(reasons: Iterable[str]) -> None:
    if listed := list(reasons):
        raise InvalidDecision("\n".join(listed))


def without_edition(policy: Policy) -> Review | None:
    """The decision in force when the text that it adopted is not stored."""
    in_force = policy.in_force
    return in_force if in_force and in_force.on not in {edition.on for edition in policy.editions} else None


def matches(decision: Decision, recorded: Review) -> bool:
    """Whether nothing given differs from a recorded decision, so that only its text is to be stored."""
    pairs = (
        (decision.on, str(recorded.on)),
        (decision.by, recorded.by),
        (decision.outcome, recorded.outcome and str(recorded.outcome)),
        (decision.minute, recorded.minute),
        (decision.version, recorded.version),
    )
    return all(given is None or given == value for given, value in pairs)


def storing_plan(policy: Policy, recorded: Review, page_text: str) -> Plan:
    """Stores the text of the pages as that of a decision already recorded."""
    later = [other for other in policy.decisions if other.on > recorded.on]
    assert all(not other.changes_text for other in later)
    number = None if recorded is policy.adopted else policy.reviews.index(recorded)
    page = front_matter.with_edition_kept(page_text, number, sure=recorded.text_kept)
    edition = store.edition_of(policy, replace(recorded, text_kept=True))
    summary = f"The text on the pages is stored as the edition adopted {recorded.on.when}."
    return Plan(page=page, edition=edition, question=first_edition(policy, recorded), summary=summary)


def first_edition(policy: Policy, act: Review) -> str:
    """What a person is to confirm before the first edition of a policy is stored; empty for a later one."""
    if policy.editions:
        return ""
    words = sum(len(text.split()) for text in (*(c.text for c in policy.clauses), *(e.text for e in policy.listings)))
    counts = [labels.counted(len(policy.sections), "section"), labels.counted(len(policy.clauses), "clause")]
    counts += [labels.counted(len(policy.listings), "entry", "entries") + " of law"] if policy.listings else []
    return (
        f"The first edition of the {policy.title}:\n"
        f"  {'adopted' if act.outcome is None else act.outcome} {act.on.when}{labels.by_body(act)}\n"
        f"  {', '.join(counts)}, {labels.counted(words, 'word')}\n"
        "It is stored as it stands on the pages, and every later change is compared with it.\n"
        "Is this the text that was adopted?"
    )


def correction_refusals(policy: Policy, decision: Decision, changes: tuple[Changed, ...]) -> Iterator[str]:
    """Why an edition cannot be corrected so."""
    others = (
        decision.on, decision.by, decision.outcome, decision.minute, decision.version, decision.next_review,
    )  # fmt: skip
    if any(other is not None for other in others):
        yield "A correction is not a decision of a body: give --correction alone, with the reason."
    if not (decision.correction or "").strip():
        yield 'Say why in a few words: --correction "A typing slip in 2.3.4"'
    if decision.restated and policy.wording is not Wording.RESTATED:
        yield f"--restated is for a policy in other words than the adopted ones; the {policy.title} is word for word."
    if not policy.editions:
        yield f"No edition of the {policy.title} is stored yet. Store the first one: guide adopt {policy.id}"
        return
    if not changes:
        yield f"The text is that of the edition of {policy.editions[-1].on.words}; there is nothing to correct."
    serious = corrections.serious(changes)
    moved = any(not changed.kinds <= {Difference.REWORDED, Difference.RETITLED} for changed in changes)
    if moved or (serious and not decision.restated):
        hint = "" if moved or policy.wording is not Wording.RESTATED else RESTATED_HINT
        yield (
            f"A correction is for slips that change no rule. These are more than that:{reasons(serious)}\nThat is for "
            f"the body to decide: guide adopt {policy.id} --on … --by … --outcome amended{hint}"
        )


RESTATED_HINT = (
    "\nIf the rules are the same in plainer words, and you have compared them with the adopted wording, add: --restated"
)


def correction_plan(policy: Policy, why: str, changes: tuple[Changed, ...], today: date) -> Plan:
    newest = policy.editions[-1]
    on = PartialDate(today.year, today.month, today.day)
    correction = Correction(on=on, why=why, former=store.checksum_of(newest))
    name = store.former_name(newest, len(newest.corrections) + 1)
    lines = [f"The edition of {newest.on.words} will read like this ([-taken out-] {{+put in+}}):"]
    lines += (f"  {changed.passage.full_name}, {row}" for changed in changes for row in corrections.redline(changed))
    if serious := corrections.serious(changes):
        lines.append(f"Compare these with the adopted wording first:{reasons(serious)}")
    lines.append("Is every rule the same as before?")
    return Plan(
        page=None,
        edition=store.edition_of(policy, newest.act, (*newest.corrections, correction)),
        former=(name, store.serialise(newest)),
        question="\n".join(lines),
        summary=f"The edition of {newest.on.words} now reads as the pages do:\n{summaries(changes)}\n"
        f"Its former text is stored in docs/policies/{policy.id}/editions/{name}.",
    )


def decision_refusals(policy: Policy, decision: Decision, changes: tuple[Changed, ...], today: date) -> Iterator[str]:
    """Why a decision cannot be recorded so."""
    for name in ("by", "minute", "version"):
        if "\n" in (getattr(decision, name) or ""):
            yield f"The text after --{name} goes over several lines. Give it in one."
    yield from date_refusals(policy, decision.on, today)
    if not (decision.by or "").strip():
        yield f'Say which body decided: --by "{policy.approved_by or "Governing body"}"'
    yield from outcome_refusals(decision.outcome, first=not policy.decisions)
    yield from next_review_refusals(decision)
    missing = without_edition(policy)
    if missing and missing.text_kept:
        yield (
            f"The text adopted {missing.on.when} is not stored, so it would be unknown what changed. If the pages "
            f"still hold it, store it first: guide adopt {policy.id}. If its words are lost, add to its record in "
            f"docs/{policy.path}: edition: not kept"
        )
        return
    newest = policy.editions[-1] if policy.editions else None
    if newest and decision.outcome == Outcome.UNCHANGED and changes:
        yield (
            f"The outcome cannot be “unchanged”: since the edition of {newest.on.words} these changed:\n"
            f"{summaries(changes)}\nIf the body agreed to them, the outcome is amended. If not, undo them."
        )
    changing = decision.outcome in (Outcome.AMENDED, Outcome.REPLACED)
    if newest and changing and policy.decisions and not missing and not changes:
        yield (
            f"Nothing was changed since the edition of {newest.on.words}. Change the pages first, or give the outcome: "
            "unchanged"
        )


def date_refusals(policy: Policy, text: str | None, today: date) -> Iterator[str]:
    if text is None:
        yield "Say when it was decided: --on 2026-11-30, or --on 2026-11 when only the month is known"
        return
    try:
        on = PartialDate.parse(text)
    except ValueError as error:
        yield f"{error}. Write year-month-day: --on 2026-11-30"
        return
    last = policy.decisions[-1] if policy.decisions else None
    if on.first_day > today:
        yield f"{on.words} is in the future. Record a decision once it has been made."
    elif last and on <= last.on:
        again = "That is already recorded" if on == last.on else f"The last decision recorded is {last.on.when}"
        yield f"{again}, so none can be added {on.when}. Give the date of the new decision with --on."
    elif last and on.day is None and on.first_day <= last.on.last_day:
        yield f"The last decision recorded is {last.on.when}, in the same month. Give the day: --on 2026-11-30"


def outcome_refusals(text: str | None, *, first: bool) -> Iterator[str]:
    names = ", ".join(Outcome)
    if first:
        if text is not None:
            yield "This is the policy’s first adoption, which has no outcome: leave out --outcome."
    elif text is None:
        yield f"Say what was decided: --outcome with one of: {names}"
    elif text not in list(Outcome):
        yield f"“{text}” is not an outcome. It is one of: {names}"


def next_review_refusals(decision: Decision) -> Iterator[str]:
    if decision.next_review is None:
        return
    try:
        following = NextReview.parse(decision.next_review)
    except ValueError as error:
        yield f"{error}. Give the next review as a date, a month or a term: --next-review 2027-11, or autumn 2027"
        return
    try:
        decided = PartialDate.parse(decision.on or "")
    except ValueError:
        return
    if following.last_day <= decided.last_day:
        yield f"The next review, {following.words}, does not come after the decision. Check --on and --next-review."


def next_review_after(policy: Policy, review: Review, decision: Decision, page: str) -> tuple[str, str]:
    """The policy's page with what it now states of its next review, and that in words."""
    if decision.next_review:
        following = NextReview.parse(decision.next_review)
        return front_matter.with_setting(page, "next_review", str(following)), f" The next is due by {following.words}."
    if policy.next_review and policy.next_review.last_day - review.on.last_day <= status.EARLY:
        counted = (
            f"it is now counted from this one, {policy.cycle.words}"
            if policy.cycle
            else "say when the next is due, in a line such as next_review: 2027-11"
        )
        return (
            front_matter.without_setting(page, "next_review"),
            f" The next review that the page stated, {policy.next_review.words}, was taken out: {counted}.",
        )
    return page, ""


def decision_plan(policy: Policy, decision: Decision, changes: tuple[Changed, ...], page_text: str) -> Plan:
    first = not policy.decisions
    review = Review(
        on=PartialDate.parse(decision.on or ""),
        by=(decision.by or "").strip(),
        outcome=None if first else Outcome(decision.outcome or ""),
        minute=decision.minute,
        version=decision.version,
    )
    record = settings_of(review) | ({"edition": KEPT} if review.changes_text else {})
    page = (front_matter.with_adoption if first else front_matter.with_review)(page_text, record)
    if review.version:
        page = front_matter.with_version(page, review.version)
    if policy.status is PolicyStatus.DRAFT:
        page = front_matter.with_setting(page, "status", PolicyStatus.APPROVED)
    page, following = next_review_after(policy, review, decision, page)
    what = f"review of {review.on.words}" if review.outcome else f"adoption of {review.on.words}"
    summary = f"{policy.title}: {what} recorded"
    if not review.changes_text:
        stays = f", and the edition of {policy.editions[-1].on.words} stays in force" if policy.editions else ""
        return Plan(page=page, edition=None, summary=f"{summary}: unchanged{stays}.{following}")
    changed = f" What changed:\n{summaries(changes)}" if changes else ""
    edition = store.edition_of(policy, review)
    return Plan(
        page=page,
        edition=edition,
        question=first_edition(policy, review),
        summary=f"{summary}, and its text stored.{following}{changed}",
    )


def settings_of(review: Review) -> dict[str, str]:
    """The lines of front matter that record a decision."""
    values = {name: getattr(review, name) for name in ("on", "by", "outcome", "minute", "version")}
    return {name: str(value) for name, value in values.items() if value is not None and str(value).strip()}


def summaries(changes: Iterable[Changed]) -> str:
    """What changed, a line each."""
    return "\n".join(f"  {changed.passage.full_name}: {labels.change_label(changed)}" for changed in changes)


def reasons(serious: Iterable[tuple[Changed, str]]) -> str:
    return "".join(f"\n  {changed.passage.full_name}: {reason}" for changed, reason in serious)


def carry_out(plan: Plan, docs: Path, policy: Policy) -> None:
    """Write what was planned; an interruption anywhere leaves the old state or the new one."""
    folder = docs / "policies" / policy.id / "editions"
    waiting = None
    if plan.former:
        name, former = plan.former
        (folder / name).parent.mkdir(exist_ok=True)
        files.replace_text(folder / name, former)
    if plan.edition:
        folder.mkdir(exist_ok=True)
        file = folder / f"{plan.edition.on}.json"
        waiting = folder / f"{file.name}{store.PENDING}"
        files.write_text(waiting, store.serialise(plan.edition))
    if plan.page is not None:
        files.replace_text(docs / policy.path, plan.page)  # the moment of adoption
    if waiting:
        waiting.replace(file)
        files.sync_folder(folder)
