"""Rules on clauses, their numbers and the links between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from ..assembly.assemble import Project, clause_id
from ..authoring.front_matter import PolicySettings, SectionSettings
from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.suggestions import alike, nearest
from ..model import Clause, Policy, PolicyId, Problem, clause_numbers


def calls(page: Page) -> Iterator[Call]:
    """The well-formed calls that open a clause."""
    return (block.call for block in page.clauses)


def sections(project: Project) -> Iterator[Page]:
    return (page for page in project.pages if page.kind is PageKind.SECTION)


def right_ids(project: Project) -> Iterator[Problem]:
    """An id is a number as printed (2.3.4, 4(b)(ii)) or lower-case letters and hyphens."""
    for page in sections(project):
        for call in calls(page):
            if not (clause_numbers.NUMBERED.fullmatch(call["id"]) or clause_numbers.SLUG.fullmatch(call["id"])):
                yield page.problem(
                    call.line,
                    "clause-id",
                    f"“{call['id']}” cannot be the id of a clause",
                    "There is a character in it that nobody sees: delete it and type it again."
                    if not call["id"].isprintable()
                    else 'Use the printed number ("2.3.4") or lower-case letters and hyphens ("acting-openly").',
                )


def unique_ids(project: Project) -> Iterator[Problem]:
    """A clause id is used once in a policy, whatever its capital letters and punctuation."""
    seen: dict[tuple[str, str], tuple[Page, Call]] = {}
    for page in sections(project):
        for call in calls(page):
            key = (page.folder, clause_numbers.anchor(call["id"]))
            if key in seen:
                before, earlier = seen[key]
                yield page.problem(
                    call.line,
                    "clause-twice",
                    f"clause {call['id']} is already at {before.file}:{earlier.line} as {earlier['id']}",
                    "Give one of them its right number. If the paper prints a number twice, write "
                    f'{{{{ clause("{call["id"]}-second", "…", printed="{call["id"]}") }}}}',
                )
            seen.setdefault(key, (page, call))


def in_their_section(project: Project) -> Iterator[Problem]:
    """A numbered clause begins with its section's number, or is it: the section's own first words."""
    for page in sections(project):
        settings = project.front_matter.of(page, SectionSettings)
        number = settings.number
        for call in calls(page):
            pieces = clause_numbers.parse(call["id"])
            if pieces is None or ("number" in (page.meta.keys or {}) and number is None):
                continue
            if number is None and len(pieces) > 1 and settings.title and settings.printed is None:
                yield page.problem(
                    1,
                    "missing-setting",
                    "“number” is missing",
                    f'Add a line such as: number: "{clause_numbers.show(pieces[:-1])}"',
                )
                break
            if number and is_outside(call["id"], pieces, number):
                if other := section_of_all(page, number):
                    yield page.problem(
                        page.setting_line("number"),
                        "clause-outside",
                        f"this file says that it is section {number}, and its clauses are of section {other}",
                        f'Write number: "{other}", or correct the numbers of the clauses.',
                    )
                    break
                yield page.problem(
                    call.line,
                    "clause-outside",
                    f"clause {call['id']} does not belong in section {number}",
                    f"Move it to the file of its own section, or correct its number to {number}.…",
                )


def is_outside(clause: str, pieces: clause_numbers.Number, number: str) -> bool:
    return clause != number and not clause_numbers.within(pieces, clause_numbers.parse(number) or ())


def section_of_all(page: Page, number: str) -> str:
    """The one other section to which all clauses of a page belong; nothing where there is none such."""
    numbered = [(call["id"], pieces) for call in calls(page) if (pieces := clause_numbers.parse(call["id"]))]
    sections_named = {clause_numbers.show(pieces[:-1]) for _, pieces in numbered if len(pieces) > 1}
    all_outside = len(numbered) > 1 and all(is_outside(clause, pieces, number) for clause, pieces in numbered)
    return sections_named.pop() if all_outside and len(sections_named) == 1 else ""


def in_order(project: Project) -> Iterator[Problem]:
    """Numbered clauses follow one another; a number the paper leaves out is declared in `gaps`."""
    for page in sections(project):
        settings = project.front_matter.of(page, SectionSettings)
        section = clause_numbers.parse(settings.number or "")
        gaps = set(settings.gaps) | taken_out(project, page)
        numbered = [(call, pieces) for call in calls(page) if (pieces := clause_numbers.parse(call["id"]))]
        if section is not None:
            numbered = [(call, pieces) for call, pieces in numbered if clause_numbers.within(pieces, section)]
            for call, pieces in numbered[:1]:
                yield from opening(page, call, pieces, section, gaps)
        anchors: list[clause_numbers.Number] = []
        for call, after in numbered:
            # The last two: after a slip, the next right clause still follows the one before it.
            if anchors and not any(fits(before, after, gaps) for before in anchors[-2:]):
                yield misplaced(page, call, anchors[-1], after, gaps)
            anchors.append(after)


def taken_out(project: Project, page: Page) -> set[str]:
    """The ids that an edition had and the text no longer has: gaps that nobody need declare."""
    policy = project.guide.policies.get(PolicyId(page.folder))
    return {stone.passage.id for stone in project.guide.histories[policy.id].tombstones} if policy else set()


def fits(before: clause_numbers.Number, after: clause_numbers.Number, gaps: set[str]) -> bool:
    """Whether a clause may stand after another: next to it, or beyond a declared gap."""
    if before == after or clause_numbers.follows(before, after):
        return True
    skipped = clause_numbers.skipped(before, after)
    return bool(skipped) and gaps >= set(skipped)


def misplaced(
    page: Page, call: Call, before: clause_numbers.Number, after: clause_numbers.Number, gaps: set[str]
) -> Problem:
    missing = [number for number in clause_numbers.skipped(before, after) if number not in gaps]
    if missing:
        return gap(page, call.line, f"clause {call['id']}", missing)
    return page.problem(
        call.line,
        "clause-order",
        f"clause {call['id']} comes after clause {clause_numbers.show(before)}",
        "Put the clauses in the order of their numbers.",
    )


def opening(
    page: Page, call: Call, pieces: clause_numbers.Number, section: clause_numbers.Number, gaps: set[str]
) -> Iterator[Problem]:
    """The first clause of a section is number 1, unless the numbers before it are declared."""
    if clause_numbers.opens(pieces, section):
        return
    missing = [number for number in clause_numbers.skipped((*section, 0), pieces) if number not in gaps]
    if missing:
        yield gap(page, call.line, f"clause {call['id']}", missing)


def gap(page: Page, line: int, what: str, missing: list[str]) -> Problem:
    few = len(missing) <= 3
    named = " and ".join(missing) if few else f"{missing[0]} to {missing[-1]}"
    declared = ", ".join(f'"{number}"' for number in missing)
    return page.problem(
        line,
        "number-gap",
        f"before {what}, {named} {'is' if len(missing) == 1 else 'are'} missing",
        f"Write what is missing. If the paper itself leaves it out, add at the top: gaps: [{declared}]"
        if few
        else f"Correct the number of {what}, or write what is missing.",
    )


def one_page_a_section(project: Project) -> Iterator[Problem]:
    """A section's number is on one page of its policy."""
    seen: dict[tuple[str, str], Page] = {}
    for page in sections(project):
        number = project.front_matter.of(page, SectionSettings).number
        if number is None:
            continue
        key = (page.folder, number)
        if key in seen:
            yield twice(number, *sorted((seen[key], page), key=lambda each: bool(COPY.search(each.name))))
        seen.setdefault(key, page)
    for policy in project.guide.policies.values():
        yield from parts_named(policy)


COPY = re.compile(
    r"(?i:[ _-]+cop(?:y|ie)(?: ?\(?\d+\)?)?$|[ _-]*\(\d+\)$|conflicted copy|[ _-](?:old|backup|bak)$)"
    r"|-(?:DESKTOP|LAPTOP|PC|MacBook|[A-Z0-9]{4,})[\w-]*$"
)
"""How the names of copies end that computers and file services make."""


def twice(number: str, page: Page, again: Page) -> Problem:
    """A section that two files hold. again: the one that may be a copy of the other."""
    if COPY.search(again.name):
        return again.problem(
            again.setting_line("number"),
            "section-twice",
            f"this file looks like a copy of {page.file}: both are section {number}",
            "Compare the two, put what is right into the other, and delete this one.",
        )
    return again.problem(
        again.setting_line("number"),
        "section-twice",
        f"section {number} is already at {page.file}",
        "Join the two files, or give one of them its right number.",
    )


def sections_in_order(project: Project) -> Iterator[Problem]:
    """Numbered sections follow one another; a number the paper leaves out is declared in `gaps`."""
    by_path = {page.path: page for page in project.pages}
    for policy in project.guide.policies.values():
        numbered = [
            (section, number) for section in policy.sections if (number := clause_numbers.parse(section.number or ""))
        ]
        for (_, before), (section, after) in pairwise(numbered):
            page = by_path[section.path]
            once = {snapshot.number for edition in policy.editions for snapshot in edition.snapshots}
            gaps = project.front_matter.of(page, SectionSettings).gaps
            known = {*gaps, *once}
            missing = [each for each in clause_numbers.skipped(before, after) if each not in known]
            if missing and len(before) == len(after) and not section_of_all(page, section.number or ""):
                yield gap(page, page.setting_line("number"), f"section {section.number}", missing)


def ordered_sections_exist(project: Project) -> Iterator[Problem]:
    """The order of a policy's sections names files that exist."""
    stems = {page.path.removesuffix(".md") for page in sections(project)} | {
        page.path.removesuffix(".md") for page in project.pages if page.kind is PageKind.APPENDIX
    }
    for page in project.pages:
        if page.kind is not PageKind.POLICY:
            continue
        for name in project.front_matter.of(page, PolicySettings).order:
            if f"policies/{page.folder}/{name}" not in stems:
                yield page.problem(
                    page.setting_line("order"),
                    "unknown-section",
                    f"the order names “{name}”, and there is no file {name}.md beside this one",
                    "Give each section’s file name without .md, in quotes; sections left out come last.",
                )


def reviews_in_order(project: Project) -> Iterator[Problem]:
    """Reviews are listed oldest first, and none comes before the adoption."""
    for page in project.pages:
        if page.kind is not PageKind.POLICY:
            continue
        settings = project.front_matter.of(page, PolicySettings)
        before = settings.adopted.on if settings.adopted else None
        items = ((page.meta.keys or {}).get("reviews") or page.meta).items or ()
        for item, review in zip(items, settings.reviews, strict=False):
            on = review.on
            if before and on and on <= before:
                yield page.problem(
                    item.line,
                    "review-order",
                    f"the review of {on.words} is listed after that of {before.words}",
                    "List the reviews oldest first, each with its own date; none can come before the adoption.",
                )
            before = on or before


def parts_named(policy: Policy) -> Iterator[Problem]:
    """Every section of a policy with parts belongs to one of them."""
    if not any(part.number for part in policy.parts):
        return
    for part in policy.parts:
        for section in part.sections:
            if not part.number and section.number:
                first = section.number.split(".")[0]
                yield Problem(
                    path=f"docs/{policy.path}",
                    line=1,
                    rule="missing-part",
                    message=f"no part {first} is named, though docs/{section.path} is section {section.number}",
                    hint=f'Under parts: add a line such as "{first}": Introduction',
                )


def saying_something(project: Project) -> Iterator[Problem]:
    """A clause has a text, unless it is the heading of the numbered clauses that follow it."""
    for page in sections(project):
        opening_calls = list(calls(page))
        for call, after in zip_longest(opening_calls, opening_calls[1:]):
            clause = project.guide.clauses.get(clause_id(call["id"], page.folder))
            if clause is not None and not clause.text and not heads(call, after):
                yield page.problem(
                    call.line,
                    "empty-clause",
                    f"clause {call['id']} has no text",
                    "Write its text below its clause() line.",
                )


def heads(call: Call, after: Call | None) -> bool:
    """Whether a clause has a title and the next one's number begins with its own: 1.2 over 1.2.1."""
    own, inner = clause_numbers.parse(call["id"]), clause_numbers.parse(after["id"]) if after is not None else None
    return bool(call["title"]) and own is not None and inner is not None and clause_numbers.within(inner, own)


def known_refs(project: Project) -> Iterator[Problem]:
    """A link leads to a clause, a policy's page leads to a policy, that exists."""
    known = project.guide.clauses
    for page in project.pages:
        inside = page.path.split("/")[1] if page.path.startswith("policies/") and "/" in page.path[9:] else ""
        for call in page.calls:
            if call.name == "ref" and not call.fault and clause_id(call["clause"], inside) not in known:
                yield unknown_clause(page, call, project, inside)
            unknown = call["policy"] and PolicyId(call["policy"]) not in project.guide.policies
            if call.name == "review_banner" and unknown:
                yield page.problem(
                    call.line,
                    "unknown-policy",
                    f"there is no policy “{call['policy']}”",
                    f"The policies are: {', '.join(project.guide.policies) or 'none yet'}.",
                )


def unknown_clause(page: Page, call: Call, project: Project, inside: str) -> Problem:
    written = call["clause"]
    names = [key.removeprefix(f"{inside}/") if inside else key for key in project.guide.clauses]
    shown = {name if "/" in written else name.rpartition("/")[2]: name for name in names}
    local = shown if "/" in written or not inside else {name: name for name in names if "/" not in name}
    near = local.get(alike(written, local) or nearest(written, local, cutoff=0.85) or "")
    wanted = clause_id(call["clause"], inside)
    stones = project.guide.tombstones.get(PolicyId(wanted.partition("/")[0]), ())
    stone = next((stone for stone in stones if stone.passage.id == wanted.partition("/")[2]), None)
    if stone:
        moved = isinstance(stone.moved_to, Clause)
        target = stone.moved_to.id.removeprefix(f"{inside}/") if isinstance(stone.moved_to, Clause) else ""
        hint = (
            f'It moved: write {{{{ ref("{target}") }}}}'
            if moved
            else "It was removed; take out the link, or the sentence."
        )
    elif near:
        hint = f'Did you mean {{{{ ref("{near}") }}}}?'
    elif not inside and "/" not in call["clause"]:
        hint = 'Outside a policy name it too: {{ ref("social-networking/2.8.3") }}'
    else:
        hint = "Give the id of a clause as its clause() line has it."
    return page.problem(
        call.line,
        "unknown-clause",
        f"there is no clause “{call['clause']}”",
        hint,
    )
