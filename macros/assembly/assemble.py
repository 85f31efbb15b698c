"""Pages → Guide. Everything that can be derived is derived here, once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from types import MappingProxyType

from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import Heading, Piece, Text
from ..authoring.phrasings import Asks
from ..authoring.schema import SHAPES, Reading, Values
from ..formats.markdown import Extensions
from ..history import diff, store
from ..history.store import Found
from ..model import (
    Appendix,
    Change,
    Citation,
    Clause,
    ClauseId,
    Edition,
    Guide,
    Instrument,
    InstrumentId,
    Listing,
    Organisation,
    Part,
    PartialDate,
    Policy,
    PolicyId,
    Problem,
    Provision,
    Review,
    Section,
    clause_numbers,
    opening,
    provisions,
)
from ..model.urls import page_url
from . import generated_pages


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What the checks look at: the pages as written, their settings, and the guide made of them."""

    pages: tuple[Page, ...]
    values: Mapping[str, Values]
    """Typed front matter by page path."""
    guide: Guide
    asks: Asks
    editions: Found
    made: tuple[Page, ...]
    """The pages that have no file."""
    problems: tuple[Problem, ...]
    """What reading and typing found; the checks add theirs."""
    extensions: Extensions
    """Of its Markdown."""


def build(
    pages: tuple[Page, ...],
    *,
    organisation: Organisation,
    today: date,
    directory_urls: bool = True,
    asks: Asks | None = None,
    kept: Found = store.NONE,
    extensions: Extensions | None = None,
    problems: Iterable[Problem] = (),
) -> Site:
    """Build the whole model. Faulty pieces are left out and reported, never guessed."""
    found = list(problems)
    values: dict[str, Values] = {}
    for page in pages:
        found += page.problems
        reading = Reading(path=page.file, today=today)
        unreadable = any(problem.rule in ("not-utf-8", "front-matter") for problem in page.problems)
        values[page.path] = {} if unreadable else reading.group(page.meta, SHAPES[page.kind])
        found += reading.problems
    builder = Builder(pages=pages, values=values, directory_urls=directory_urls, kept=kept)
    guide = builder.guide(organisation, today)
    asks = following(asks or Asks(asks=(), same=(), means={}, problems=()), guide)
    told = (*found, *asks.problems, *kept.problems)
    written = frozenset(page.path for page in pages)
    return Site(
        pages=pages,
        values=values,
        guide=guide,
        asks=asks,
        editions=kept,
        made=tuple(generated_pages.pages(guide, written)),
        problems=told,
        extensions=extensions or Extensions(),
    )


def following(asks: Asks, guide: Guide) -> Asks:
    """The asks of a clause that moved go with it; those of one that was removed stay behind, unused."""
    moved = {
        f"{policy}/{stone.passage.id}": stone.moved_to.id
        for policy, stones in guide.tombstones.items()
        for stone in stones
        if isinstance(stone.moved_to, Clause)
    }
    return replace(asks, asks=tuple(replace(ask, of=moved.get(ask.of, ask.of)) for ask in asks.asks)) if moved else asks


@dataclass(slots=True)
class Builder:
    pages: tuple[Page, ...]
    values: Mapping[str, Values]
    directory_urls: bool
    kept: Found
    names: dict[str, str] = field(default_factory=dict)
    """What a link says when its author gives no words, by clause or instrument id."""

    def guide(self, organisation: Organisation, today: date) -> Guide:
        self.names = dict(self.link_names())
        policies = {policy.id: policy for policy in self.policies()}
        clauses: dict[ClauseId, Clause] = {}
        for policy in policies.values():
            for clause in policy.clauses:
                clauses.setdefault(clause.id, clause)
        instruments = {found.id: found for found in self.instruments(policies.values())}
        return Guide(
            organisation=organisation,
            built_on=today,
            policies=MappingProxyType(policies),
            clauses=MappingProxyType(clauses),
            instruments=MappingProxyType(instruments),
            standstills=MappingProxyType(
                {key: found for policy in policies.values() for key, found in diff.standstills(policy)}
            ),
            tombstones=MappingProxyType({policy.id: diff.tombstones(policy) for policy in policies.values()}),
        )

    def url(self, path: str) -> str:
        return page_url(path, directory_urls=self.directory_urls)

    def of_kind(self, kind: PageKind) -> Iterator[Page]:
        return (page for page in self.pages if page.kind is kind)

    def link_names(self) -> Iterator[tuple[str, str]]:
        for page in self.of_kind(PageKind.SECTION):
            for call in page.calls:
                if call.name == "clause" and call.arguments:
                    number = printed(call)
                    yield f"{policy_of(page)}/{call['id']}", number or call["title"]
        for page in self.of_kind(PageKind.INSTRUMENT):
            yield instrument_of(page), self.values[page.path].get("title", instrument_of(page))

    def policies(self) -> Iterator[Policy]:
        sections: dict[str, list[Page]] = defaultdict(list)
        appendices: dict[str, list[Page]] = defaultdict(list)
        for page in self.of_kind(PageKind.SECTION):
            sections[policy_of(page)].append(page)
        for page in self.of_kind(PageKind.APPENDIX):
            appendices[policy_of(page)].append(page)
        for page in self.of_kind(PageKind.POLICY):
            key = policy_of(page)
            yield self.policy(page, sections[key], appendices[key])

    def policy(self, page: Page, section_pages: list[Page], appendix_pages: list[Page]) -> Policy:
        values = self.values[page.path]
        policy_id = PolicyId(policy_of(page))
        title = values.get("title", policy_id)
        adopted = review(values["adopted"]) if values.get("adopted") else None
        reviews = tuple(review(found) for found in values.get("reviews", ()) if "on" in found)
        acts = [act for act in (adopted, *reviews) if act and act.changes_text]
        ordinals: Counter[str] = Counter()
        titles = values.get("parts", {})
        listed = {stem: place for place, stem in enumerate(values.get("order", ()))}

        def place(found: Page) -> tuple[object, ...]:
            number = sort_key(self.values[found.path].get("number"))
            return (listed.get(file_stem(found), len(listed)), number, found.path)

        def part_of(section: Section) -> str:
            outermost = (section.number or "").split(".")[0]
            return outermost if outermost in titles else ""

        sections = [self.section(found, policy_id, ordinals) for found in sorted(section_pages, key=place)]
        return Policy(
            id=policy_id,
            title=title,
            summary=values.get("summary", ""),
            url=self.url(page.path),
            path=page.path,
            wording=values.get("wording", ""),
            applies_to=values.get("applies_to"),
            owner=values.get("owner"),
            approved_by=values.get("approved_by"),
            version=values.get("version"),
            statutory=values.get("statutory"),
            supersedes=values.get("supersedes"),
            consultation=values.get("consultation"),
            related=values.get("related", ()),
            adopted=adopted,
            reviews=reviews,
            cycle=values.get("review_every"),
            parts=tuple(
                Part(number=number, title=titles.get(number, ""), sections=tuple(found))
                for number, found in groupby(sections, key=part_of)
            ),
            appendices=tuple(self.appendix(found, policy_id) for found in appendix_pages),
            editions=self.editions(policy_id, {act.on for act in acts}),
        )

    def editions(self, policy: PolicyId, recorded: set[PartialDate]) -> tuple[Edition, ...]:
        """The policy's editions; one that an interrupted adoption left waiting counts once its record stands."""
        stored = self.kept.editions.get(policy, ())
        dates = {edition.on for edition in stored}
        waiting = self.kept.pending.get(policy, ())
        rescued = [edition for edition in waiting if edition.on in recorded - dates]
        return store.in_order({edition.on: edition for edition in (*rescued, *stored)}.values())

    def section(self, page: Page, policy: PolicyId, ordinals: Counter[str]) -> Section:
        values = self.values[page.path]
        number = values.get("number")
        title = values.get("title", page.path)
        return Section(
            number=number,
            printed=values.get("printed", number) or None,
            title=title,
            url=self.url(page.path),
            path=page.path,
            clauses=tuple(self.clauses(page, policy, number or title, ordinals)),
            notes=tuple(outside(page, "clause")),
            between=self.between(page, "clause", policy),
        )

    def clauses(self, page: Page, policy: PolicyId, section: str, ordinals: Counter[str]) -> Iterator[Clause]:
        for block in page.blocks:
            opener = block.opener
            if not (isinstance(opener, Call) and opener.name == "clause" and opener.arguments):
                continue
            number = printed(opener)
            text = self.words(block.pieces, policy)
            place = f"cl {number}" if number else f"s {section} ({opener['title'] or opening(text)})"
            if number:
                ordinals[number] += 1
                if ordinals[number] > 1:
                    place += f" ({('second', 'third', 'fourth')[min(ordinals[number], 4) - 2]})"
            clause_id = ClauseId(f"{policy}/{opener['id']}")
            anchor = clause_numbers.anchor(opener["id"])
            yield Clause(
                id=clause_id,
                number=number,
                title=opener["title"],
                section=section,
                anchor=anchor,
                url=f"{self.url(page.path)}#{anchor}",
                place=place,
                text=text,
                was=opener["was"] or None,
                notes=tuple(call["text"] for call in block.calls("note") if call.arguments),
                citations=tuple(
                    Citation(
                        clause=clause_id,
                        instrument=InstrumentId(call["instrument"]),
                        provision=call["provision"],
                        reason=call["reason"],
                    )
                    for call in block.calls("law")
                    if call.arguments
                ),
                path=page.path,
                line=opener.line,
            )

    def appendix(self, page: Page, policy: PolicyId) -> Appendix:
        values = self.values[page.path]
        return Appendix(
            letter=values.get("appendix", "?"),
            title=values.get("title", ""),
            url=self.url(page.path),
            path=page.path,
            listings=tuple(self.listings(page, policy)),
            notes=tuple(outside(page, "listed")),
            between=self.between(page, "listed", policy),
        )

    def listings(self, page: Page, policy: PolicyId) -> Iterator[Listing]:
        for block in page.blocks:
            opener = block.opener
            if not (isinstance(opener, Call) and opener.name == "listed" and opener.arguments):
                continue
            anchor = "law-" + re.sub(r"[^a-z0-9]+", "-", opener["heading"].lower()).strip("-")
            yield Listing(
                policy=policy,
                heading=opener["heading"],
                instruments=tuple(
                    InstrumentId(value) for key, value in opener.arguments.items() if key.startswith("instrument")
                ),
                anchor=anchor,
                url=f"{self.url(page.path)}#{anchor}",
                text=self.words(block.pieces, policy),
                notes=tuple(call["text"] for call in block.calls("note") if call.arguments),
            )

    def between(self, page: Page, opener: str, policy: PolicyId) -> tuple[str, ...]:
        """The text before the first passage that a call opens, between each two, and after the last."""
        runs: list[list[str]] = [[]]
        for block in page.blocks:
            call = block.opener if isinstance(block.opener, Call) else None
            if call and call.name == opener and call.arguments:
                runs.append([])
                continue
            heading = [block.opener.text] if isinstance(block.opener, Heading) else []
            runs[-1] += [*heading, self.words(block.pieces, policy)]
        return tuple("\n\n".join(text for text in run if text) for run in runs)

    def words(self, pieces: Iterable[Piece], policy: PolicyId) -> str:
        """The text of some pieces as Markdown, with links as words and without asides."""
        said = "".join(self.said(piece, policy) for piece in pieces)
        return re.sub(r"\n{3,}", "\n\n", said).strip()

    def said(self, piece: Piece, policy: PolicyId) -> str:
        if isinstance(piece, Text | Heading):
            return piece.text
        if piece.name == "ref":
            return piece["text"] or self.names.get(clause_id(piece["clause"], policy), piece["clause"])
        if piece.name == "act":
            return piece["text"] or self.names.get(piece["instrument"], piece["instrument"])
        return ""

    def instruments(self, policies: Iterable[Policy]) -> Iterator[Instrument]:
        cited_by: dict[str, list[Citation]] = defaultdict(list)
        listed_in: dict[str, list[Listing]] = defaultdict(list)
        for policy in policies:
            for clause in policy.clauses:
                for citation in clause.citations:
                    cited_by[citation.instrument].append(citation)
            for entry in policy.listings:
                for key in entry.instruments:
                    listed_in[key].append(entry)
        for page in self.of_kind(PageKind.INSTRUMENT):
            values = self.values[page.path]
            key = InstrumentId(instrument_of(page))
            if not all(setting in values for setting, need in SHAPES[page.kind].items() if need.needed):
                continue
            plain = {name: values.get(name, ()) for name in ("replaced_by", "also_called")}
            yield Instrument(
                id=key,
                **{name: values[name] for name in PLAIN_FACTS},
                **plain,
                citation=values.get("citation"),
                publisher=values.get("publisher"),
                uri=values["official"],
                provisions=tuple(
                    Provision(
                        ref=found["ref"],
                        what=found["what"],
                        uri=provisions.uri(values["official"], found["ref"]),
                        repealed_on=found.get("repealed_on"),
                    )
                    for found in values.get("provisions", ())
                    if {"ref", "what"} <= set(found)
                ),
                changes=tuple(
                    Change(on=found["on"], kind=found["kind"], what=found["what"], by=found.get("by"))
                    for found in values.get("changes", ())
                    if {"on", "kind", "what"} <= set(found)
                ),
                url=self.url(page.path),
                path=page.path,
                cited_by=tuple(cited_by[key]),
                listed_in=tuple(listed_in[key]),
            )


PLAIN_FACTS = ("title", "kind", "extent", "status", "since", "confidence", "checked_on", "gist")
"""Settings of a law page that go into the model as they are."""


def outside(page: Page, opener: str) -> Iterator[str]:
    """The editor's notes of a page that stand in no passage which a call opens."""
    for block in page.blocks:
        if not (isinstance(block.opener, Call) and block.opener.name == opener):
            yield from (call["text"] for call in block.calls("note") if call.arguments)


def file_stem(page: Page) -> str:
    return page.path.rsplit("/", 1)[-1].removesuffix(".md")


def policy_of(page: Page) -> str:
    return page.path.split("/")[1]


def instrument_of(page: Page) -> str:
    return file_stem(page)


def clause_id(written: str, policy: str) -> ClauseId:
    """An id as authors write it, with its policy: “2.8.3” within a policy, “other/4.1” elsewhere."""
    return ClauseId(written if "/" in written else f"{policy}/{written}")


def printed(opener: Call) -> str | None:
    """The number that a clause prints: its own, or the one its author gives."""
    return opener["printed"] or (opener["id"] if clause_numbers.parse(opener["id"]) else None)


def review(values: Values) -> Review:
    return Review(
        on=values.get("on", PartialDate(1)),
        by=values.get("by", ""),
        outcome=values.get("outcome"),
        minute=values.get("minute"),
        version=values.get("version"),
        kept="edition" not in values,
    )


def sort_key(number: str | None) -> tuple[tuple[int, int, str], ...]:
    """Order of sections: 2.10 after 2.9; those without a number come last, by file name."""
    pieces = clause_numbers.parse(number or "")
    if pieces is None:
        return ((2, 0, ""),)
    return tuple((0, piece, "") if isinstance(piece, int) else (1, 0, piece) for piece in pieces)
