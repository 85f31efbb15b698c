"""Pages → Guide. Everything that can be derived is derived here, once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from types import MappingProxyType

from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import AppendixEntryBlock, Block, ClauseBlock, Heading, HeadingBlock, Node, PassageBlock, Text
from ..authoring.phrasings import Asks
from ..authoring.schema import SHAPES, SchemaReader, Values
from ..formats.markdown import Extensions
from ..history import store
from ..history.policy_history import policy_history
from ..history.store import StoredEditions
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
from ..model.labels import ordinal
from ..model.urls import page_url
from . import generated_pages

Body = tuple[tuple[Block, Clause | Listing | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What the checks look at: the pages as written, their settings, and the guide made of them."""

    pages: tuple[Page, ...]
    values: Mapping[str, Values]
    """Typed front matter by page path."""
    guide: Guide
    asks: Asks
    editions: StoredEditions
    made: tuple[Page, ...]
    """The pages that have no file."""
    bodies: Mapping[str, Body]
    """Each block of a policy's page beside the clause or entry that it is, by page path."""
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
    kept: StoredEditions = store.NONE,
    extensions: Extensions | None = None,
    problems: Iterable[Problem] = (),
) -> Site:
    """Build the whole model. Faulty pieces are left out and reported, never guessed."""
    found = list(problems)
    values: dict[str, Values] = {}
    for page in pages:
        found += page.problems
        reading = SchemaReader(path=page.file, today=today)
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
        bodies={page.path: body for page, body in bodies(pages, guide)},
        problems=told,
        extensions=extensions or Extensions(),
    )


def bodies(pages: Iterable[Page], guide: Guide) -> Iterator[tuple[Page, Body]]:
    """Each page of a policy with its blocks, each beside its object of the model."""
    by_path = {page.path: page for page in pages}
    for policy in guide.policies.values():
        for section in policy.sections:
            yield by_path[section.path], paired(by_path[section.path], ClauseBlock, section.clauses)
        for appendix in policy.appendices:
            yield by_path[appendix.path], paired(by_path[appendix.path], AppendixEntryBlock, appendix.listings)


def paired(page: Page, kind: type[PassageBlock], passages: Sequence[Clause | Listing]) -> Body:
    """A page's blocks, each beside its passage: the n-th well-formed block of the kind is the n-th passage."""
    rest = iter(passages)
    return tuple(
        (block, next(rest) if isinstance(block, kind) and not block.call.fault else None) for block in page.blocks
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
    kept: StoredEditions
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
            histories=MappingProxyType({policy.id: policy_history(policy) for policy in policies.values()}),
        )

    def url(self, path: str) -> str:
        return page_url(path, directory_urls=self.directory_urls)

    def of_kind(self, kind: PageKind) -> Iterator[Page]:
        return (page for page in self.pages if page.kind is kind)

    def link_names(self) -> Iterator[tuple[str, str]]:
        for page in self.of_kind(PageKind.SECTION):
            for block in page.clauses:
                yield f"{page.folder}/{block.call['id']}", printed(block.call) or block.call["title"]
        for page in self.of_kind(PageKind.INSTRUMENT):
            yield page.name, self.values[page.path].get("title", page.name)

    def policies(self) -> Iterator[Policy]:
        sections: dict[str, list[Page]] = defaultdict(list)
        appendices: dict[str, list[Page]] = defaultdict(list)
        for page in self.of_kind(PageKind.SECTION):
            sections[page.folder].append(page)
        for page in self.of_kind(PageKind.APPENDIX):
            appendices[page.folder].append(page)
        for page in self.of_kind(PageKind.POLICY):
            key = page.folder
            yield self.policy(page, sections[key], appendices[key])

    def policy(self, page: Page, section_pages: list[Page], appendix_pages: list[Page]) -> Policy:
        values = self.values[page.path]
        policy_id = PolicyId(page.folder)
        title = values.get("title", policy_id)
        adopted = review(values["adopted"]) if values.get("adopted") else None
        reviews = tuple(review(found) for found in values.get("reviews", ()) if "on" in found)
        acts = [act for act in (adopted, *reviews) if act and act.changes_text]
        ordinals: Counter[str] = Counter()
        titles = values.get("parts", {})
        listed = {stem: place for place, stem in enumerate(values.get("order", ()))}

        def place(found: Page) -> tuple[object, ...]:
            number = sort_key(self.values[found.path].get("number"))
            return (listed.get(found.name, len(listed)), number, found.path)

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
            notes=tuple(outside(page, ClauseBlock)),
            between=self.between(page, ClauseBlock, policy),
        )

    def clauses(self, page: Page, policy: PolicyId, section: str, ordinals: Counter[str]) -> Iterator[Clause]:
        for block in page.clauses:
            call = block.call
            number = printed(call)
            text = self.markdown(block.nodes, policy)
            place = f"cl {number}" if number else f"s {section} ({call['title'] or opening(text)})"
            if number:
                ordinals[number] += 1
                if ordinals[number] > 1:
                    place += f" ({ordinal(ordinals[number])})"
            clause_id = ClauseId(f"{policy}/{call['id']}")
            anchor = clause_numbers.anchor(call["id"])
            yield Clause(
                id=clause_id,
                number=number,
                title=call["title"],
                section=section,
                anchor=anchor,
                url=f"{self.url(page.path)}#{anchor}",
                place=place,
                text=text,
                was=call["was"] or None,
                notes=tuple(note["text"] for note in block.calls("note")),
                citations=tuple(
                    Citation(
                        clause=clause_id,
                        instrument=InstrumentId(law["instrument"]),
                        provision=law["provision"],
                        reason=law["reason"],
                        path=page.path,
                        line=law.line,
                    )
                    for law in block.calls("law")
                ),
                path=page.path,
                line=call.line,
            )

    def appendix(self, page: Page, policy: PolicyId) -> Appendix:
        values = self.values[page.path]
        return Appendix(
            letter=values.get("appendix", "?"),
            title=values.get("title", ""),
            url=self.url(page.path),
            path=page.path,
            listings=tuple(self.listings(page, policy)),
            notes=tuple(outside(page, AppendixEntryBlock)),
            between=self.between(page, AppendixEntryBlock, policy),
        )

    def listings(self, page: Page, policy: PolicyId) -> Iterator[Listing]:
        anchors: Counter[str] = Counter()
        for block in page.entries:
            heading = block.call["heading"]
            anchor = "law-" + re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
            anchors[anchor] += 1
            if anchors[anchor] > 1:  # a paper may print one heading twice, over different law
                anchor = f"{anchor}-{anchors[anchor]}"
            yield Listing(
                policy=policy,
                heading=heading,
                instruments=tuple(map(InstrumentId, block.call.instruments)),
                anchor=anchor,
                url=f"{self.url(page.path)}#{anchor}",
                text=self.markdown(block.nodes, policy),
                notes=tuple(note["text"] for note in block.calls("note")),
            )

    def between(self, page: Page, kind: type[PassageBlock], policy: PolicyId) -> tuple[str, ...]:
        """The text before the first passage of the page, between each two, and after the last."""
        runs: list[list[str]] = [[]]
        for block in page.blocks:
            if isinstance(block, kind) and not block.call.fault:
                runs.append([])
                continue
            heading = [block.heading.text] if isinstance(block, HeadingBlock) else []
            runs[-1] += [*heading, self.markdown(block.nodes, policy)]
        return tuple("\n\n".join(text for text in run if text) for run in runs)

    def markdown(self, nodes: Iterable[Node], policy: PolicyId) -> str:
        """Some nodes as Markdown, with links as words and without law and notes."""
        text = "".join(self.plain(node, policy) for node in nodes)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def plain(self, node: Node, policy: PolicyId) -> str:
        if isinstance(node, Text | Heading):
            return node.text
        if node.name == "ref":
            return node["text"] or self.names.get(clause_id(node["clause"], policy), node["clause"])
        if node.name == "act":
            return node["text"] or self.names.get(node["instrument"], node["instrument"])
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
            key = InstrumentId(page.name)
            if not all(setting in values for setting, need in SHAPES[page.kind].items() if need.required):
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


def outside(page: Page, kind: type[PassageBlock]) -> Iterator[str]:
    """The editor's notes of a page that stand in none of its passages."""
    for block in page.blocks:
        if not isinstance(block, kind):
            yield from (note["text"] for note in block.calls("note"))


def clause_id(written: str, policy: str) -> ClauseId:
    """An id as authors write it, with its policy: “2.8.3” within a policy, “other/4.1” elsewhere."""
    return ClauseId(written if "/" in written else f"{policy}/{written}")


def printed(call: Call) -> str | None:
    """The number that a clause prints: its own, or the one its author gives."""
    return call["printed"] or (call["id"] if clause_numbers.parse(call["id"]) else None)


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
