"""Rules on ties to the law."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..assembly.assemble import Site, instrument_of
from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.schema import Values
from ..model import Instrument, InstrumentId, InstrumentStatus, Problem
from .clauses import opened, sections


def law_pages(site: Site) -> dict[str, Page]:
    """Law pages by id, those with faults too: a faulty page is no unknown law."""
    return {instrument_of(page): page for page in site.pages if page.kind is PageKind.INSTRUMENT}


def known_law(site: Site) -> Iterator[Problem]:
    """Every instrument named has a page."""
    known = law_pages(site)
    for page in site.pages:
        for call in page.calls:
            for name, value in call.arguments.items():
                if name.startswith("instrument") and value and value not in known:
                    yield unknown(page, call.line, value, known)
        values = site.values[page.path]
        lines = page.meta.key_lines or {}
        for value in values.get("replaced_by", ()):
            if value not in known:
                yield unknown(page, lines["replaced_by"], value, known)
        for position, change in enumerate(values.get("changes", ())):
            if change.get("by") and change["by"] not in known:
                yield unknown(page, change_line(page, position), change["by"], known)


def change_line(page: Page, position: int) -> int:
    items = (page.meta.keys or {})["changes"].items or ()
    return (items[position].key_lines or {}).get("by", items[position].line)


def unknown(page: Page, line: int, wanted: str, known: dict[str, Page]) -> Problem:
    near = get_close_matches(wanted, known, n=1, cutoff=0.92)
    return Problem(
        path=page.file,
        line=line,
        rule="unknown-law",
        message=f"there is no law page “{wanted}”",
        hint=f"Did you mean “{near[0]}”?" if near else f"Write docs/legislation/{wanted}.md; copy another as a start.",
    )


def ties(site: Site) -> Iterator[tuple[Page, Call, Call]]:
    """Each law() call with its page and the clause that it stands in."""
    for page in sections(site):
        yield from ties_on(page)


def ties_on(page: Page) -> Iterator[tuple[Page, Call, Call]]:
    for block, opener in opened(page):
        for call in block.calls("law"):
            if call.arguments:
                yield page, opener, call


def known_provisions(site: Site) -> Iterator[Problem]:
    """A provision named in a tie is one that the law's page lists."""
    pages = law_pages(site)
    for page, _, call in ties(site):
        if not call["provision"] or call["instrument"] not in pages:
            continue
        values: Values = site.values[pages[call["instrument"]].path]
        refs = [found["ref"] for found in values.get("provisions", ()) if "ref" in found]
        if call["provision"] not in refs:
            yield Problem(
                path=page.file,
                line=call.line,
                rule="unknown-provision",
                message=f"{call['instrument']} lists no provision “{call['provision']}”",
                hint=f"It lists: {', '.join(refs) or 'none'}. Use one of these, add it under provisions: in "
                f'{pages[call["instrument"]].file}, or write "" for the whole of it.',
            )


def law_in_a_clause(site: Site) -> Iterator[Problem]:
    """A tie to the law stands in a clause and gives its reason."""
    for page in sections(site):
        for block in page.blocks:
            within = isinstance(block.opener, Call) and block.opener.name == "clause"
            for call in block.calls("law"):
                if not within:
                    yield Problem(
                        path=page.file,
                        line=call.line,
                        rule="law-outside",
                        message=f"this tie to {call['instrument'] or 'the law'} stands in no clause",
                        hint="Move it below the clause() line of the clause that rests on it.",
                    )
                elif call.arguments and not call["reason"]:
                    yield Problem(
                        path=page.file,
                        line=call.line,
                        rule="law-reason",
                        message=f"this tie to {call['instrument']} gives no reason",
                        hint="Say in one plain sentence why it matters to staff, as the third value of law().",
                    )


def told_once(site: Site) -> Iterator[Problem]:
    """A clause is tied to a provision once."""
    seen: set[tuple[str, str, str, str]] = set()
    for page, opener, call in ties(site):
        key = (page.path, opener["id"], call["instrument"], call["provision"])
        if key in seen:
            yield Problem(
                path=page.file,
                line=call.line,
                rule="law-twice",
                message=f"clause {opener['id']} is already tied to {call['instrument']} {call['provision']}".rstrip(),
                hint="Keep one of the two, with the better reason.",
            )
        seen.add(key)


def living_law(site: Site) -> Iterator[Problem]:
    """A clause that names repealed law also names what replaced it."""
    instruments = site.guide.instruments
    for page, opener, call in ties(site):
        instrument = instruments.get(InstrumentId(call["instrument"]))
        if instrument is None or not gone(instrument, call["provision"]) or not instrument.replaced_by:
            continue
        named = {other["instrument"] for _, same, other in ties_on(page) if same is opener}
        if not named & set(instrument.replaced_by):
            what = f"{instrument.title}, {call['provision']}," if call["provision"] else instrument.title
            yield Problem(
                path=page.file,
                line=call.line,
                rule="repealed-law",
                message=f"{what} was repealed, and clause {opener['id']} does not name what replaced it",
                hint=f"Add a tie to {' or '.join(instrument.replaced_by)} beside this one.",
            )


def gone(instrument: Instrument, ref: str) -> bool:
    """Whether the instrument, or the provision of it that is meant, was repealed."""
    repealed = any(found.ref == ref and found.repealed_on for found in instrument.provisions)
    return repealed or instrument.status is InstrumentStatus.REPEALED


def used_law(site: Site) -> Iterator[Problem]:
    """Every law page is cited by a clause or listed in an appendix."""
    named = {
        value
        for page in site.pages
        for call in page.calls
        if call.name in ("law", "listed")
        for name, value in call.arguments.items()
        if name.startswith("instrument")
    }
    for key, page in law_pages(site).items():
        if key not in named:
            yield Problem(
                path=page.file,
                line=1,
                rule="unused-law",
                message="no clause relies on this law and no appendix lists it",
                hint=f'Tie a clause to it with {{{{ law("{key}", …) }}}}, or remove the page.',
            )
