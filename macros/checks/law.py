"""Rules on citations of the law."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from ..assembly.assemble import Project
from ..authoring.front_matter import InstrumentSettings
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import ClauseBlock
from ..authoring.suggestions import letters
from ..model import Citation, Clause, Instrument, InstrumentStatus, Problem, provisions
from .clauses import sections

MOST = 3
"""Laws that a hint names at most."""


def law_pages(project: Project) -> dict[str, Page]:
    """Law pages by id, faulty ones included: a law whose page has a fault is not an unknown law."""
    return {page.name: page for page in project.pages if page.kind is PageKind.INSTRUMENT}


def known_law(project: Project) -> Iterator[Problem]:
    """Every law that is named has a page."""
    known, names = law_pages(project), names_of_laws(project)
    for page in project.pages:
        for call in page.calls:
            for instrument in call.instruments:
                if instrument not in known:
                    yield unknown(page, call.line, instrument, names)
    for page in known.values():
        settings = project.front_matter.of(page, InstrumentSettings)
        for instrument in settings.replaced_by:
            if instrument not in known:
                yield unknown(page, page.setting_line("replaced_by"), instrument, names)
        for position, change in enumerate(settings.changes):
            if change.by and change.by not in known:
                yield unknown(page, change_line(page, position), change.by, names)


def change_line(page: Page, position: int, setting: str = "by") -> int:
    items = (page.meta.keys or {})["changes"].items or ()
    return (items[position].key_lines or {}).get(setting, items[position].line)


def unknown(page: Page, line: int, instrument: str, names: Mapping[str, Collection[str]]) -> Problem:
    near = meant(instrument, names)
    question = f"Did you mean {' or '.join(f'“{law}”' for law in near)}? If not, write" if near else "Write"
    return page.problem(
        line,
        "unknown-law",
        f"there is no law page “{instrument}”",
        f"{question} docs/legislation/{instrument}.md; copy another law’s page as a start. All laws: guide law list",
    )


def names_of_laws(project: Project) -> dict[str, tuple[str, ...]]:
    """What each law may be called, by its id, which is the first of its names."""
    names = {}
    for key, page in law_pages(project).items():
        settings = project.front_matter.of(page, InstrumentSettings)
        without_year = re.sub(r"\s*\d{4}$", "", settings.title)
        names[key] = (key, *filter(None, (settings.title, without_year, *settings.also_called)))
    return names


def meant(written: str, names: Mapping[str, Collection[str]]) -> list[str]:
    """The laws that an unknown id may mean: by another name, by some of its words, by how it is spelt."""
    exact = [law for law, several in names.items() if letters(written) in map(letters, several)]
    words = set(written.lower().split("-"))
    part = [law for law in names if words <= set(law.split("-"))]
    return (exact or part or get_close_matches(written, names, MOST, cutoff=0.85))[:MOST]


def citations(project: Project) -> Iterator[tuple[Clause, Citation]]:
    """Each citation of a clause, in the order of the policies."""
    for policy in project.guide.policies.values():
        for clause in policy.clauses:
            for citation in clause.citations:
                yield clause, citation


def fault(citation: Citation, rule: str, message: str, hint: str) -> Problem:
    return Problem(path=f"docs/{citation.path}", line=citation.line, rule=rule, message=message, hint=hint)


def known_provisions(project: Project) -> Iterator[Problem]:
    """A provision that a citation names is one that the law's page lists."""
    for _, citation in citations(project):
        instrument = project.guide.instruments.get(citation.instrument)
        if instrument is None or not citation.provision:
            continue
        refs = [provision.ref for provision in instrument.provisions]
        if citation.provision not in refs:
            yield fault(
                citation,
                "unknown-provision",
                f"the page of {instrument.title} lists no provision “{citation.provision}”",
                f"It lists: {', '.join(refs) or 'none'}. Use one of these, add it under provisions: in "
                f'docs/{instrument.path}, or write "" for the whole law.',
            )


def readable_changes(project: Project) -> Iterator[Problem]:
    """What a change is said to be about is a provision: one that the page lists, or one with a number."""
    for page in law_pages(project).values():
        settings = project.front_matter.of(page, InstrumentSettings)
        listed = [provision.ref for provision in settings.provisions]
        for position, change in enumerate(settings.changes):
            for ref in change.provisions:
                if ref not in listed and not provisions.REFERENCE.match(ref):
                    yield page.problem(
                        change_line(page, position, "provisions"),
                        "unknown-provision",
                        f"a change is said to be about “{ref}”, which is no provision of this law",
                        "Write it as under provisions: on this page, or with its number, as in s 127(2).",
                    )


def law_in_a_clause(project: Project) -> Iterator[Problem]:
    """A citation belongs to a clause and gives its reason."""
    for page in sections(project):
        for block in page.blocks:
            for call in block.calls("law"):
                if not isinstance(block, ClauseBlock):
                    yield page.problem(
                        call.line,
                        "law-outside",
                        f"this citation of {call['instrument']} is not part of any clause",
                        "Move it below the clause() line of the clause that rests on it.",
                    )
                elif not call["reason"]:
                    yield page.problem(
                        call.line,
                        "law-reason",
                        f"this citation of {call['instrument']} gives no reason",
                        "Say in one plain sentence why it matters to staff, as the third value of law().",
                    )


def cited_once(project: Project) -> Iterator[Problem]:
    """A clause cites a provision once."""
    seen: set[tuple[str, int, str, str]] = set()
    for clause, citation in citations(project):
        key = (clause.path, clause.line, citation.instrument, citation.provision)
        if key in seen:
            yield fault(
                citation,
                "law-twice",
                f"clause {local(clause)} already cites {citation.instrument} {citation.provision}".rstrip(),
                "Keep one of the two, with the better reason.",
            )
        seen.add(key)


def living_law(project: Project) -> Iterator[Problem]:
    """A clause that cites repealed law also cites what replaced it."""
    for clause, citation in citations(project):
        instrument = project.guide.instruments.get(citation.instrument)
        if instrument is None or not repealed(instrument, citation.provision) or not instrument.replaced_by:
            continue
        if not {other.instrument for other in clause.citations} & set(instrument.replaced_by):
            what = f"{instrument.title}, {citation.provision}," if citation.provision else instrument.title
            yield fault(
                citation,
                "repealed-law",
                f"{what} was repealed, and clause {local(clause)} does not cite what replaced it",
                f"Add a citation of {' or '.join(instrument.replaced_by)} beside this one.",
            )


def local(clause: Clause) -> str:
    """The clause's id within its policy, as its author wrote it."""
    return clause.id.partition("/")[2]


def repealed(instrument: Instrument, ref: str) -> bool:
    """Whether the law, or the provision of it that is meant, was repealed."""
    provision = any(provision.ref == ref and provision.repealed_on for provision in instrument.provisions)
    return provision or instrument.status is InstrumentStatus.REPEALED
