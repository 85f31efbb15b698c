"""Rules on adopted editions: what governors agreed is kept, and its clause ids stay theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..assembly.assemble import Project
from ..authoring.front_matter import PolicySettings
from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.schema import KEPT
from ..history.diff import likeness
from ..model import Clause, Edition, Passage, Policy, PolicyId, Problem, Review
from .clauses import calls, sections

ALIKE = 0.75
"""Share of words in common from which on two texts are taken for the same rule."""
UNLIKE = 0.3
"""Share of words in common below which a clause with another title is taken for another rule."""


def policy_pages(project: Project) -> Iterator[tuple[Page, Policy]]:
    for page in project.pages:
        policy = project.guide.policies.get(PolicyId(page.folder)) if page.kind is PageKind.POLICY else None
        if policy:
            yield page, policy


def act_lines(page: Page, policy: Policy) -> Iterator[tuple[Review, int]]:
    """Each recorded act with the line it stands on."""
    keys, lines = page.meta.keys or {}, page.meta.key_lines or {}
    if policy.adopted:
        yield policy.adopted, lines.get("adopted", 1)
    items = [item for item in (keys["reviews"].items or () if "reviews" in keys else ()) if "on" in (item.keys or {})]
    for item, act in zip(items, policy.reviews, strict=False):
        yield act, item.line


def editions_recorded(project: Project) -> Iterator[Problem]:
    """Once a policy keeps editions, it keeps each text that a body adopted, and each was adopted by a recorded act."""
    for page, policy in policy_pages(project):
        stored = {edition.on for edition in policy.editions}
        damaged = {problem.path for problem in project.editions.problems}
        settings = project.front_matter.of(page, PolicySettings)
        records = (*settings.reviews, *([settings.adopted] if settings.adopted else ()))
        marked = {record.on for record in records if record.edition == KEPT}
        known = set()
        for act, line in act_lines(page, policy):
            if not act.changes_text:
                continue
            if act.on in known:
                yield page.problem(
                    line,
                    "edition-twice",
                    f"two editions are recorded for one date: {act.on.words}",
                    "Give the day of one of them, as year-month-day, or remove the record that is not true.",
                )
                continue
            known.add(act.on)
            file = f"docs/policies/{policy.id}/editions/{act.on}.json"
            keeps = policy.id in project.editions.keepers or act.on in marked
            if keeps and act.text_kept and act.on not in stored and file not in damaged:
                newest = act is policy.in_force
                yield page.problem(
                    line,
                    "missing-edition",
                    f"the text adopted {act.on.when} was not stored: there is no {file}",
                    (
                        f"If it is the text as it stands, store it: guide adopt {policy.id}. If the file was lost, "
                        "restore it. If nobody has those words any more, add to the record: edition: not kept"
                    )
                    if newest
                    else "Restore the file. If nobody has its words any more, add to the record: edition: not kept",
                )
        for edition in policy.editions:
            if edition.on not in known:
                yield Problem(
                    path=f"docs/{edition.path}",
                    line=1,
                    rule="edition-unrecorded",
                    message=f"{page.file} records no adoption or amendment of {edition.on.words}",
                    hint="Restore its record. An edition and its record are written together by: guide adopt",
                )


def formerly_known(project: Project) -> Iterator[Problem]:
    """The id that a clause says it had is one that an edition holds and no other clause has."""
    pages = {folder: list(group) for folder, group in groupby(sections(project), key=lambda page: page.folder)}
    for page in (page for group in pages.values() for page in group if any(call["was"] for call in calls(page))):
        policy = project.guide.policies.get(PolicyId(page.folder))
        if policy is None:
            continue
        siblings = pages[page.folder]
        adopted = {
            passage.id for edition in policy.editions for snapshot in edition.snapshots for passage in snapshot.passages
        }
        present = {call["id"]: other for other in siblings for call in calls(other)}
        for call in calls(page):
            former = call["was"]
            if not former or former == call["id"]:
                continue
            if former not in adopted:
                message = f"no adopted edition has a clause {former}, which this one says it was"
                hint = "Give the id that the rule had in an edition, or leave out was=."
            elif former in present:
                message = f"clause {former}, which this one says it was, is still in {present[former].file}"
                hint = "A rule has one place: remove the other, or leave out was= here."
            elif next(heirs(siblings, former)) is not call:
                message = f"two clauses say that they were {former}"
                hint = "Leave out was= in the one that is new."
            else:
                continue
            yield page.problem(call.line, rule="clause-was", message=message, hint=hint)


def heirs(pages: Iterable[Page], former: str) -> Iterator[Call]:
    for page in pages:
        yield from (call for call in calls(page) if call["was"] == former)


def ids_never_reused(project: Project) -> Iterator[Problem]:
    """A clause id that an edition holds is never given to another rule."""
    for policy in project.guide.policies.values():
        editions = [(edition, ids(edition)) for edition in policy.editions]
        for clause in policy.clauses if editions else ():
            problem = reused(editions, clause)
            if problem:
                yield problem


def reused(editions: list[tuple[Edition, dict[str, Passage]]], clause: Clause) -> Problem | None:
    """What is wrong when an id that an edition holds now stands for another rule."""
    local = clause.id.partition("/")[2]
    had = [(edition, passages) for edition, passages in editions if local in passages]
    if not had or clause.was == local:
        return None
    edition, passages = had[-1]
    if edition is not editions[-1][0]:
        return None if clause.was else taken_out(clause, local, edition)
    old = passages[local]
    same = likeness(old.text, clause.text)
    if same >= ALIKE:
        return None
    others = (passage for passage in passages.values() if passage.id != local)
    taken_from = next((passage for passage in others if likeness(passage.text, clause.text) >= ALIKE), None)
    if taken_from:
        return another_rule(
            clause,
            f"clause {local} now says what {taken_from.id} said in the edition of {edition.on.words}; people’s links "
            f"to {taken_from.id} would show the wrong rule",
            f'Keep the id and print the new number: {{{{ clause("{taken_from.id}", …, printed="{clause.label}") }}}}',
        )
    if same >= UNLIKE or old.title == clause.title:
        return None
    return another_rule(
        clause,
        f"clause {local} has another title and hardly any of the words it had in the edition of {edition.on.words}: an "
        "id is never given to another rule",
        f'If it is the same rule in new words, add was="{local}". If not, give it an id of its own and the printed '
        f'number: {{{{ clause("{local}-new", …, printed="{clause.label}") }}}}',
    )


def taken_out(clause: Clause, local: str, edition: Edition) -> Problem:
    return another_rule(
        clause,
        f"clause {local} was taken out after the edition of {edition.on.words}, so its id cannot come back for another "
        "rule",
        f'Give it an id of its own; the printed number can stay: {{{{ clause("{local}-new", …, '
        f'printed="{clause.label}") }}}}. If it is the same rule again, add was="{local}"',
    )


def another_rule(clause: Clause, message: str, hint: str) -> Problem:
    return Problem(path=f"docs/{clause.path}", line=clause.line, rule="id-reused", message=message, hint=hint)


def ids(edition: Edition) -> dict[str, Passage]:
    return {passage.id: passage for snapshot in edition.snapshots for passage in snapshot.passages}
