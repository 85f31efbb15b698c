"""Pages → Guide. Everything that can be derived is derived here, once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import groupby
from sys import intern
from types import MappingProxyType

from ..authoring.front_matter import (
    FORMS,
    UNKNOWN_DATE,
    AppendixSettings,
    DecisionSettings,
    FrontMatter,
    FrontMatters,
    InstrumentSettings,
    PolicySettings,
    SectionSettings,
)
from ..authoring.glances import Glances, WrittenLine
from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import AppendixEntryBlock, Block, ClauseBlock, Heading, HeadingBlock, Node, PassageBlock, Text
from ..authoring.phrasings import Phrasings
from ..authoring.questions import Questions, WrittenQuestion
from ..authoring.schema import NOT_KEPT, SchemaReader
from ..authoring.silences import Silences, WrittenSilence
from ..authoring.words import Words
from ..formats.markdown import Extensions
from ..formats.memo import Memo
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
    HomeQuestion,
    ImportState,
    Instrument,
    InstrumentId,
    Listing,
    Meeting,
    Note,
    NoteKind,
    Organisation,
    Part,
    PartialDate,
    Policy,
    PolicyId,
    Problem,
    Provision,
    Review,
    Section,
    Silence,
    clause_numbers,
    opening,
    provisions,
)
from ..model.glance import Glance, GlanceGroup, GlanceLine
from ..model.labels import ordinal
from ..model.strength import weakness
from ..model.urls import page_url
from ..model.words import Word
from ..search.guesses import TopicChoices
from . import generated_pages

Body = tuple[tuple[Block, Clause | Listing | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """What the checks look at: the pages as written, their settings, and the guide made of them."""

    pages: tuple[Page, ...]
    front_matter: FrontMatters
    guide: Guide
    phrasings: Phrasings
    silences: Silences
    """As written; those of a policy that exists are in the guide."""
    glances: Glances
    """As written; the lines whose clause exists are in the guide."""
    questions: Questions
    """Of the home page, as written."""
    words: Words
    """Those that are explained, as written."""
    editions: StoredEditions
    generated: tuple[Page, ...]
    """The pages that have no file."""
    bodies: Mapping[str, Body]
    """Each block of a policy's page beside the clause or entry that it is, by page path."""
    problems: tuple[Problem, ...]
    """What reading the files brought up; the checks add theirs."""
    extensions: Extensions
    """Of its Markdown."""
    files: frozenset[str] = frozenset()
    """What else is published: pictures and papers, by their paths in docs."""

    @property
    def topic_choices(self) -> TopicChoices:
        """What the authors decided about the phrasebook's topics."""
        return TopicChoices(taken=self.phrasings.topics(taken=True), dropped=self.phrasings.topics(taken=False))


def build(
    pages: tuple[Page, ...],
    *,
    organisation: Organisation,
    today: date,
    files: frozenset[str] = frozenset(),
    directory_urls: bool = True,
    phrasings: Phrasings | None = None,
    silences: Silences | None = None,
    glances: Glances | None = None,
    questions: Questions | None = None,
    words: Words | None = None,
    editions: StoredEditions = store.NONE,
    extensions: Extensions | None = None,
    problems: Iterable[Problem] = (),
    memo: Memo | None = None,
) -> Project:
    """Build the whole model. Faulty pieces are left out and reported, never guessed.

    What did not change since the build before is taken from its memo, so that it is the very same object.
    """
    memo = memo or Memo()
    all_problems = list(problems)
    by_path: dict[str, FrontMatter] = {}
    for page in pages:
        by_path[page.path], faults = memo("front matter", page.path, (page, today), partial(settings_of, page, today))
        all_problems += [*page.problems, *faults]
    front_matter = FrontMatters(by_path=by_path)
    silences, questions = silences or Silences(), questions or Questions()
    glances, words = glances or Glances(), words or Words()
    builder = Builder(
        pages=pages,
        front_matter=front_matter,
        directory_urls=directory_urls,
        stored=editions,
        silences=silences.entries,
        glances=glances.entries,
        questions=questions.entries,
        words=tuple(written.word for written in words.entries),
        memo=memo,
    )
    guide = builder.guide(organisation, today)
    phrasings = following(phrasings or Phrasings(entries=(), same=(), means={}, sensitive=(), problems=()), guide)
    written = frozenset(page.path for page in pages)
    return Project(
        pages=pages,
        front_matter=front_matter,
        guide=guide,
        phrasings=phrasings,
        silences=silences,
        glances=glances,
        questions=questions,
        words=words,
        editions=editions,
        generated=tuple(generated_pages.pages(guide, written)),
        bodies={page.path: body for page, body in bodies(pages, guide)},
        problems=(
            *all_problems,
            *phrasings.problems,
            *silences.problems,
            *glances.problems,
            *questions.problems,
            *words.problems,
            *editions.problems,
        ),
        extensions=extensions or Extensions(),
        files=files,
    )


def settings_of(page: Page, today: date) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """A page's front matter, and what is wrong with it."""
    if any(problem.rule in ("not-utf-8", "front-matter") for problem in page.problems):
        return FORMS[page.kind](), ()
    reader = SchemaReader(path=page.file, today=today)
    return reader.page(page.meta, page.kind), tuple(reader.problems)


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


def following(phrasings: Phrasings, guide: Guide) -> Phrasings:
    """The phrasings of a clause that moved go with it; those of one that was removed stay behind, unused."""
    moved = {
        f"{policy}/{stone.passage.id}": stone.moved_to.id
        for policy, stones in guide.tombstones.items()
        for stone in stones
        if isinstance(stone.moved_to, Clause)
    }
    if not moved:
        return phrasings
    entries = tuple(replace(entry, owner=moved.get(entry.owner, entry.owner)) for entry in phrasings.entries)
    choices = tuple(replace(choice, owner=moved.get(choice.owner, choice.owner)) for choice in phrasings.choices)
    return replace(phrasings, entries=entries, choices=choices)


@dataclass(slots=True)
class Builder:
    pages: tuple[Page, ...]
    front_matter: FrontMatters
    directory_urls: bool
    stored: StoredEditions
    silences: tuple[WrittenSilence, ...] = ()
    glances: tuple[WrittenLine, ...] = ()
    questions: tuple[WrittenQuestion, ...] = ()
    words: tuple[Word, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    """What a link says when its author gives no words, by clause or instrument id."""
    asked: dict[str, str | None] = field(default_factory=dict)
    """The names that the policy at hand asked for."""
    memo: Memo = field(default_factory=Memo)

    def guide(self, organisation: Organisation, today: date) -> Guide:
        self.names = dict(self.link_names())
        policies = {policy.id: policy for policy in self.policies()}
        clauses: dict[ClauseId, Clause] = {}
        for policy in policies.values():
            for clause in policy.clauses:
                clauses.setdefault(clause.id, clause)
        instruments = {law.id: law for law in self.instruments(policies.values())}
        return Guide(
            organisation=organisation,
            built_on=today,
            policies=MappingProxyType(policies),
            clauses=MappingProxyType(clauses),
            instruments=MappingProxyType(instruments),
            histories=MappingProxyType(
                {
                    policy.id: self.memo("history", policy.id, (policy,), partial(policy_history, policy))
                    for policy in policies.values()
                }
            ),
            silences=MappingProxyType(dict(self.silences_of(policies, clauses))),
            glances=MappingProxyType(dict(self.glances_of(policies, clauses))),
            questions=tuple(self.home_questions(clauses)),
            words=self.words,
        )

    def home_questions(self, clauses: Mapping[ClauseId, Clause]) -> Iterator[HomeQuestion]:
        for written in self.questions:
            clause = clauses.get(ClauseId(written.settings.clause))
            if clause:
                yield HomeQuestion(text=written.settings.question, clause=clause)

    def silences_of(
        self, policies: Mapping[PolicyId, Policy], clauses: Mapping[ClauseId, Clause]
    ) -> Iterator[tuple[PolicyId, tuple[Silence, ...]]]:
        """What each policy that says so does not say."""
        for policy in policies:
            own = [written for written in self.silences if written.policy == policy]
            if own:
                yield policy, tuple(silence(written, policies, clauses) for written in own)

    def glances_of(
        self, policies: Mapping[PolicyId, Policy], clauses: Mapping[ClauseId, Clause]
    ) -> Iterator[tuple[PolicyId, Glance]]:
        """The sheet of each policy that has one, its groups in their order, without lines that say another rule."""
        for policy in policies:
            own = [
                (written.group, GlanceLine(clause=clause, text=text))
                for written in self.glances
                if written.policy == policy
                and (clause := clauses.get(clause_id(written.clause, policy)))
                and (text := written.text or clause.gist)
                and not weakness(text, written.group, clause)
            ]
            if own:
                groups = {group: tuple(line for of, line in own if of is group) for group in GlanceGroup}
                yield policy, MappingProxyType(groups)

    def url(self, path: str) -> str:
        return page_url(path, directory_urls=self.directory_urls)

    def of_kind(self, kind: PageKind) -> Iterator[Page]:
        return (page for page in self.pages if page.kind is kind)

    def link_names(self) -> Iterator[tuple[str, str]]:
        for page in self.of_kind(PageKind.SECTION):
            for block in page.clauses:
                yield f"{page.folder}/{block.call['id']}", printed(block.call) or block.call["title"]
        for page in self.of_kind(PageKind.INSTRUMENT):
            yield page.name, self.front_matter.of(page, InstrumentSettings).title or page.name

    def policies(self) -> Iterator[Policy]:
        sections: dict[str, list[Page]] = defaultdict(list)
        appendices: dict[str, list[Page]] = defaultdict(list)
        for page in self.of_kind(PageKind.SECTION):
            sections[page.folder].append(page)
        for page in self.of_kind(PageKind.APPENDIX):
            appendices[page.folder].append(page)
        for page in self.of_kind(PageKind.POLICY):
            key = page.folder
            yield self.earlier_policy(page, sections[key], appendices[key])

    def earlier_policy(self, page: Page, section_pages: list[Page], appendix_pages: list[Page]) -> Policy:
        """The policy as it was in the build before, if all that it is made of is as it was then."""
        own = (page, *section_pages, *appendix_pages)
        inputs = (own, tuple(self.front_matter.by_path[each.path] for each in own), self.directory_urls)
        stored = (self.stored.editions.get(page.folder, ()), self.stored.pending.get(page.folder, ()))

        def make() -> tuple[Policy, dict[str, str | None]]:
            self.asked = {}
            return self.policy(page, section_pages, appendix_pages), self.asked

        def current(value: tuple[Policy, dict[str, str | None]]) -> bool:
            return all(self.names.get(key) == name for key, name in value[1].items())

        return self.memo("policy", page.folder, (*inputs, *stored), make, current)[0]

    def policy(self, page: Page, section_pages: list[Page], appendix_pages: list[Page]) -> Policy:
        settings = self.front_matter.of(page, PolicySettings)
        policy_id = PolicyId(page.folder)
        adopted = review(settings.adopted) if settings.adopted and settings.adopted != DecisionSettings() else None
        reviews = tuple(review(decision) for decision in settings.reviews if decision.on)
        decisions = [act for act in (adopted, *reviews) if act and act.changes_text]
        ordinals: Counter[str] = Counter()
        titles = settings.parts
        listed = {stem: place for place, stem in enumerate(settings.order)}

        def place(section: Page) -> tuple[object, ...]:
            number = clause_numbers.sort_key(self.front_matter.of(section, SectionSettings).number)
            return (listed.get(section.name, len(listed)), number, section.path)

        def part_of(section: Section) -> str:
            outermost = (section.number or "").split(".")[0]
            return outermost if outermost in titles else ""

        sections = [self.section(each, policy_id, ordinals) for each in sorted(section_pages, key=place)]
        return Policy(
            id=policy_id,
            title=settings.title or policy_id,
            summary=settings.summary,
            url=self.url(page.path),
            path=page.path,
            wording=settings.wording,
            applies_to=settings.applies_to,
            owner=settings.owner,
            approved_by=settings.approved_by,
            reviewed_by=settings.reviewed_by,
            status=settings.status,
            effective_from=settings.effective_from,
            next_review=settings.next_review,
            category=settings.category,
            audiences=settings.audiences,
            version=settings.version,
            statutory=settings.statutory,
            supersedes=settings.supersedes,
            consultation=settings.consultation,
            related=settings.related,
            subjects=settings.subject,
            meets=tuple(
                Meeting(
                    requirement=each.requirement,
                    clause=clause_id(each.clause, policy_id) if each.clause else None,
                    part=each.part,
                )
                for each in settings.meets
            ),
            receipt=settings.receipt,
            unread=settings.import_state is ImportState.UNREAD,
            import_advice=settings.import_advice,
            adopted=adopted,
            reviews=reviews,
            cycle=settings.review_every,
            parts=tuple(
                Part(number=number, title=titles.get(number, ""), sections=tuple(grouped))
                for number, grouped in groupby(sections, key=part_of)
            ),
            appendices=tuple(self.appendix(each, policy_id) for each in appendix_pages),
            editions=self.editions_of(policy_id, {act.on for act in decisions}),
        )

    def editions_of(self, policy: PolicyId, recorded: set[PartialDate]) -> tuple[Edition, ...]:
        """The policy's editions; one that an interrupted adoption left waiting counts once it is recorded."""
        stored = self.stored.editions.get(policy, ())
        dates = {edition.on for edition in stored}
        waiting = self.stored.pending.get(policy, ())
        rescued = [edition for edition in waiting if edition.on in recorded - dates]
        return store.in_order({edition.on: edition for edition in (*rescued, *stored)}.values())

    def section(self, page: Page, policy: PolicyId, ordinals: Counter[str]) -> Section:
        settings = self.front_matter.of(page, SectionSettings)
        number = settings.number
        title = settings.title or page.path
        return Section(
            number=number,
            printed=(number if settings.printed is None else settings.printed) or None,
            title=title,
            url=self.url(page.path),
            path=page.path,
            clauses=tuple(self.clauses(page, policy, number or title, ordinals)),
            notes=tuple(outside(page, ClauseBlock, policy)),
            between=self.between(page, ClauseBlock, policy),
        )

    def clauses(self, page: Page, policy: PolicyId, section: str, ordinals: Counter[str]) -> Iterator[Clause]:
        for block in page.clauses:
            call = block.call
            number = printed(call)
            text = intern(self.markdown(block.nodes, policy))
            place = f"cl {number}" if number else f"s {section} ({call['title'] or opening(text)})"
            if number:
                ordinals[number] += 1
                if ordinals[number] > 1:
                    place += f" ({ordinal(ordinals[number])})"
            clause_id = ClauseId(f"{policy}/{call['id']}")
            anchor = clause_numbers.anchor(call["id"])
            clause = Clause(
                id=clause_id,
                number=number,
                title=call["title"],
                section=section,
                anchor=anchor,
                url=f"{self.url(page.path)}#{anchor}",
                place=place,
                text=text,
                gist=call["gist"],
                was=call["was"] or None,
                notes=tuple(notes_in(block, policy)),
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
            yield replace(clause, gist="") if clause.gist and weakness(clause.gist, None, clause) else clause

    def appendix(self, page: Page, policy: PolicyId) -> Appendix:
        settings = self.front_matter.of(page, AppendixSettings)
        return Appendix(
            letter=settings.appendix,
            title=settings.title,
            url=self.url(page.path),
            path=page.path,
            listings=tuple(self.listings(page, policy)),
            notes=tuple(outside(page, AppendixEntryBlock, policy)),
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
                notes=tuple(notes_in(block, policy)),
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
            return node["text"] or self.name_of(clause_id(node["clause"], policy), node["clause"])
        if node.name == "act":
            return node["text"] or self.name_of(node["instrument"], node["instrument"])
        return ""

    def name_of(self, key: str, otherwise: str) -> str:
        self.asked[key] = name = self.names.get(key)
        return otherwise if name is None else name

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
        in_use = laws_in_use(self.pages)
        for page in self.of_kind(PageKind.INSTRUMENT):
            settings = self.front_matter.of(page, InstrumentSettings)
            if not settings.complete:
                continue
            key = InstrumentId(page.name)
            law = Instrument(
                id=key,
                title=settings.title,
                kind=settings.kind,
                citation=settings.citation,
                publisher=settings.publisher,
                uri=settings.official,
                extent=settings.extent,
                status=settings.status,
                since=settings.since,
                replaced_by=tuple(map(InstrumentId, settings.replaced_by)),
                also_called=settings.also_called,
                confidence=settings.confidence,
                checked_on=settings.checked_on,
                gist=settings.gist,
                provisions=tuple(
                    Provision(
                        ref=provision.ref,
                        what=provision.what,
                        uri=provisions.uri(settings.official, provision.ref),
                        repealed_on=provision.repealed_on,
                    )
                    for provision in settings.provisions
                    if provision.ref and provision.what
                ),
                changes=tuple(
                    Change(
                        on=change.on,
                        kind=change.kind,
                        what=change.what,
                        by=InstrumentId(change.by) if change.by else None,
                        provisions=change.provisions,
                    )
                    for change in settings.changes
                    if change.on and change.kind and change.what
                ),
                url=self.url(page.path),
                path=page.path,
                cited_by=tuple(cited_by[key]),
                listed_in=tuple(listed_in[key]),
                in_use=key in in_use,
            )
            yield self.memo("instrument", key, (law,), lambda law=law: law)  # type: ignore[misc]


def laws_in_use(pages: Sequence[Page]) -> set[str]:
    """The laws that a clause cites or an appendix lists, and those that their pages lead to, and so on."""
    by_name = {page.name: page for page in pages if page.kind is PageKind.INSTRUMENT}
    reached = {
        law for page in pages for call in page.calls if call.name in ("law", "listed") for law in call.instruments
    }
    in_use: set[str] = set()
    while reached:
        in_use |= reached
        linked = (
            call["instrument"] for law in reached & set(by_name) for call in by_name[law].calls if call.name == "act"
        )
        reached = set(linked) - in_use
    return in_use


def silence(
    written: WrittenSilence, policies: Mapping[PolicyId, Policy], clauses: Mapping[ClauseId, Clause]
) -> Silence:
    settings = written.settings
    return Silence(
        policy=written.policy,
        text=settings.text,
        ask=settings.ask,
        see=nearest(written, policies, clauses),
        phrasings=settings.phrasings,
        proposal=settings.proposal,
    )


def nearest(
    written: WrittenSilence, policies: Mapping[PolicyId, Policy], clauses: Mapping[ClauseId, Clause]
) -> Clause | Policy | None:
    """What a silence points to: a clause of its own policy or of another, or another policy."""
    see = written.settings.see
    return (clauses.get(clause_id(see, written.policy)) or policies.get(PolicyId(see))) if see else None


def outside(page: Page, kind: type[PassageBlock], policy: PolicyId) -> Iterator[Note]:
    """The editor's notes of a page that stand in none of its passages."""
    for block in page.blocks:
        if not isinstance(block, kind):
            yield from notes_in(block, policy)


def notes_in(block: Block, policy: PolicyId) -> Iterator[Note]:
    """The editor's notes of a block; a kind that does not exist is for the checks to report."""
    for call in block.calls("note"):
        yield Note(
            text=call["text"],
            kind=NoteKind(call["kind"]) if call["kind"] in list(NoteKind) else None,
            proposal=call["proposal"] or None,
            clauses=tuple(clause_id(name, policy) for name in names_in(call["clauses"])),
        )


def names_in(written: str) -> list[str]:
    """The clauses that a note names: “2.4.2, 2.4.4”."""
    return [name.strip() for name in written.split(",") if name.strip()]


def clause_id(written: str, policy: str) -> ClauseId:
    """An id as authors write it, with its policy: “2.8.3” within a policy, “other/4.1” elsewhere."""
    return ClauseId(written if "/" in written else f"{policy}/{written}")


def printed(call: Call) -> str | None:
    """The number that a clause prints: its own, or the one its author gives."""
    return call["printed"] or (call["id"] if clause_numbers.parse(call["id"]) else None)


def review(decision: DecisionSettings) -> Review:
    return Review(
        on=decision.on or UNKNOWN_DATE,
        by=decision.by,
        outcome=decision.outcome,
        minute=decision.minute,
        version=decision.version,
        text_kept=decision.edition != NOT_KEPT,
    )
