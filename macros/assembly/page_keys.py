"""What each page of the site may depend on, as a fingerprint: where two are equal, so are the pages.

A fingerprint holds what the page shows of other pages, such as the name and text of a clause that it links to, and the
whole of its own file. It may be wider than need be and is never narrower: a page that may show anything, because it
calls a macro that is not listed here, depends on every file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..formats.memo import Memo
from ..formats.store import digest
from ..model import (
    Clause,
    ClauseHistory,
    ClauseId,
    Guide,
    HomeQuestion,
    Instrument,
    InstrumentId,
    Listing,
    Policy,
    PolicyId,
    Silence,
    Tombstone,
)
from ..model.words import Word, words_in
from .assemble import Project, clause_id, names_in

OWN = frozenset({"clause", "listed", "law", "note", "ref", "act", "contact"})
"""Macros that show the page's own words, the clauses and laws that they name, and the settings."""
ABOUT_LAW = frozenset({"facts", "provisions", "cited_by"})
INDEXES = frozenset({"clause_index", "topic_index", "legislation_list"})
SETTINGS = frozenset({"policy_list", "policy_overview", "review_register", "review_year", "review_banner"})
"""Macros that show the first pages of policies and how much these hold."""


def page_keys(project: Project, digests: Mapping[str, bytes], base: bytes, memo: Memo) -> dict[str, bytes]:
    """The fingerprint of every page that has one, by path.

    digests are those of the files of docs by path; base is that of all else: settings, package, theme, day, names.
    Pages that mkdocs-macros expands have none: they may ask for anything.
    """
    shown = Shown(project, digests, memo)
    pages = (*project.pages, *project.generated)
    known = {page.path for page in project.pages}
    included = shown.files(path for path in sorted(digests) if path.endswith(".md") and path not in known)
    return {page.path: digest(base, included, page.path, *shown.by(page)) for page in pages if not page.dynamic}


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyDigests:
    """Fingerprints of what other pages show of a policy."""

    frame: bytes
    """What stands around each of its pages: its settings, the names of its sections, its editions."""
    outline: bytes
    """The names and addresses of its clauses, its ties to the law, and the entries of its appendices."""
    clauses: Mapping[ClauseId, bytes]
    histories: Mapping[str, bytes]
    """By page: since when its clauses read as they do, and the old addresses on it."""
    files: bytes
    """Its whole folder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calls:
    """What the calls of a page name."""

    macros: frozenset[str]
    clauses: tuple[ClauseId, ...]
    """The ids of clauses, as far as they exist."""
    names: tuple[str, ...]
    """Those of laws and policies, as far as they exist."""


def calls_of(page: Page) -> Calls:
    words = [word for call in page.calls if call.name != "note" for word in (*call.arguments.values(), *call.more)]
    words += [word for call in page.calls if call.name == "note" for word in names_in(call["clauses"])]
    short = tuple(dict.fromkeys(word for word in words if " " not in word))
    folder = page.folder if page.path.startswith("policies/") and "/" in page.path[9:] else ""
    return Calls(
        macros=frozenset(call.name for call in page.calls),
        clauses=tuple(clause_id(word, folder) for word in short if folder or "/" in word),
        names=tuple(word for word in short if "/" not in word),
    )


class Shown:
    """What pages show, fingerprint by fingerprint."""

    def __init__(self, project: Project, digests: Mapping[str, bytes], memo: Memo) -> None:
        self.project, self.digests, self.memo = project, digests, memo
        self.guide: Guide = project.guide
        self.abouts: dict[str, bytes] = {}
        self.owns: dict[str, bytes] = {}
        self.policies: dict[str, PolicyDigests] = {}
        self.told_of_laws: dict[str, bytes] = {}
        self.laws: dict[str, str] = {page.name: page.path for page in project.pages if page.kind is PageKind.INSTRUMENT}
        self.folders: dict[str, list[str]] = {}
        for path in sorted(digests):
            if path.startswith("policies/") and path.count("/") > 1:
                self.folders.setdefault(path.split("/")[1], []).append(path)
        self.pages_of: dict[str, list[Page]] = {}
        for page in project.pages:
            if page.path.count("/") == 2 and page.path.startswith("policies/"):
                self.pages_of.setdefault(page.folder, []).append(page)

    def by(self, page: Page) -> Iterator[bytes]:
        """Fingerprints of all that a page shows."""
        policy = self.owner(page)
        match page.kind:
            case PageKind.SECTION | PageKind.APPENDIX if policy:
                yield from (self.of(policy).frame, self.of(policy).histories.get(page.name, b""))
                yield self.own(page)
            case PageKind.GLANCE if policy:
                glance = self.guide.glances.get(policy.id, {})
                lines = (repr((group, each.text, named(each.clause))) for group in glance for each in glance[group])
                yield from (self.of(policy).frame, digest(*lines))
            case PageKind.POLICY | PageKind.WHOLE | PageKind.CHANGES | PageKind.MOVED | PageKind.PACK if policy:
                yield from self.of_policy(policy)
                yield {PageKind.WHOLE: self.pictures, PageKind.PACK: self.all_laws}.get(page.kind, b"")
            case PageKind.EDITION if policy:
                yield self.of(policy).frame
            case PageKind.INSTRUMENT if law := self.guide.instruments.get(InstrumentId(page.name)):
                yield self.about(law)
                yield self.own(page)
            case PageKind.AUDIENCE:
                yield from (self.all_frames, self.all_sizes)
            case PageKind.LAW_CHANGES:
                yield from (self.all_frames, self.all_outlines, self.all_laws)
            case PageKind.PLAIN:
                yield self.own(page)
            case _:
                yield self.everything

    def of_policy(self, policy: Policy) -> Iterator[bytes]:
        """A policy with all that its pages show."""
        yield from (self.of(policy).frame, self.of(policy).files)
        yield digest(*map(repr, map(linked, self.guide.related(policy))))
        yield digest(*(repr(self.silence(each)) for each in self.guide.silences.get(policy.id, ())))
        for each in self.pages_of[policy.id]:
            yield self.own(each)

    def owner(self, page: Page) -> Policy | None:
        """The policy that a page belongs to."""
        match page.path.split("/"):
            case ["policies", name, _, *_]:
                return self.guide.policies.get(PolicyId(name))
            case ["governors", name]:
                return self.guide.policies.get(PolicyId(name.removesuffix(".md")))
        return None

    def own(self, page: Page) -> bytes:
        """A page's own file, and what its calls show."""
        if page.path not in self.owns:
            words = map(repr, self.words_in(page))
            self.owns[page.path] = digest(self.digests.get(page.path, b""), *self.called(page), *words)
        return self.owns[page.path]

    def called(self, page: Page) -> Iterator[bytes]:
        calls: Calls = self.memo("calls", page.path, (page,), lambda: calls_of(page))
        yield from (self.told[key] for key in calls.clauses if key in self.told)
        yield from (self.law(name) for name in calls.names if name in self.laws)
        yield from (
            self.of(policy).frame for name in calls.names if (policy := self.guide.policies.get(PolicyId(name)))
        )
        if calls.macros & ABOUT_LAW:
            laws = (self.guide.instruments.get(InstrumentId(name)) for name in calls.names)
            yield from (self.about(law) for law in laws if law)
        if calls.macros & SETTINGS:
            yield from (self.all_frames, self.all_sizes)
        if calls.macros & INDEXES:
            yield from (self.all_frames, self.all_outlines)
        if calls.macros & {"topic_index", "legislation_list"}:
            yield self.all_laws
        if "topic_index" in calls.macros:
            yield self.all_asks
        if "word_list" in calls.macros:
            yield digest(*map(repr, self.guide.words_in_use))
        if "home_questions" in calls.macros:
            yield from map(self.question, self.guide.questions)
        if calls.macros - OWN - ABOUT_LAW - SETTINGS - INDEXES - {"home_questions", "word_list"}:
            yield self.everything

    def words_in(self, page: Page) -> tuple[Word, ...]:
        """The words that are explained on a page."""
        words = self.guide.words
        body = self.project.bodies.get(page.path, ()) if words else ()
        texts = tuple(passage.text for _, passage in body if isinstance(passage, Clause))
        return self.memo("words", page.path, (words, texts), lambda: words_in(words, texts))

    def question(self, question: HomeQuestion) -> bytes:
        """A question of the home page: its clause, with the law and the title of its policy."""
        clause = question.clause
        laws = (self.law(tie.instrument) for tie in clause.citations)
        return digest(question.text, self.told[clause.id], self.guide.policy_of(clause).title, *laws)

    @cached_property
    def told(self) -> Mapping[ClauseId, bytes]:
        """What a link to a clause and its pop-up show."""
        every: dict[ClauseId, bytes] = {}
        for policy in self.guide.policies.values():
            every |= self.of(policy).clauses
        return every

    def silence(self, silence: Silence) -> tuple[object, ...]:
        see = silence.see
        target = self.told[see.id] if isinstance(see, Clause) else (see.title, see.url) if see else None
        return (silence.text, silence.ask, silence.proposal, silence.phrasings, target)

    def law(self, name: str) -> bytes:
        """What is told of a law, beside a clause for instance: its own page, and those of the laws that it names."""
        if name not in self.told_of_laws:
            self.told_of_laws[name] = self.law_digest(name)
        return self.told_of_laws[name]

    def law_digest(self, name: str) -> bytes:
        law = self.guide.instruments.get(InstrumentId(name))
        named = {*law.replaced_by, *(change.by for change in law.changes)} if law else set()
        paths = [self.laws[other] for other in (name, *sorted(filter(None, named))) if other in self.laws]
        return digest(*(self.digests.get(path, b"") for path in paths))

    def about(self, law: Instrument) -> bytes:
        if law.id not in self.abouts:
            self.abouts[law.id] = self.about_digest(law)
        return self.abouts[law.id]

    def about_digest(self, law: Instrument) -> bytes:
        """A law with the clauses that rely on it and the entries of appendices that list it."""
        policies, told = self.guide.policies, self.told
        ties = (
            part
            for tie in law.cited_by
            for part in (tie.provision, tie.reason, told[tie.clause], policies[policy_id(tie.clause)].title)
        )
        return digest(self.law(law.id), *ties, b"", *(repr(entry) for entry in law.listed_in), b"", *(
            policies[entry.policy].title for entry in law.listed_in
        ))  # fmt: skip

    def of(self, policy: Policy) -> PolicyDigests:
        if policy.id not in self.policies:
            self.policies[policy.id] = self.earlier(policy)
        return self.policies[policy.id]

    def earlier(self, policy: Policy) -> PolicyDigests:
        files = tuple(self.digests[path] for path in self.folders.get(policy.id, ()))
        return self.memo(
            "policy digests",
            policy.id,
            (policy, self.guide.histories[policy.id], files, tuple(self.folders.get(policy.id, ()))),
            lambda: self.digests_of(policy),
        )

    def digests_of(self, policy: Policy) -> PolicyDigests:
        history = self.guide.histories[policy.id]
        names = [path for path in self.folders.get(policy.id, ()) if not path.endswith("/asks.yml")]
        editions = [path for path in names if "/editions/" in path]
        stones: dict[str, list[str]] = {}
        for stone in history.tombstones:
            stones.setdefault(stone.page, []).append(repr(address(stone)))
        pages = {
            **{section.path: section.clauses for section in policy.sections},
            **{appendix.path: () for appendix in policy.appendices},
        }
        return PolicyDigests(
            frame=digest(
                self.digests.get(policy.path, b""),
                *(repr((part.number, part.title, [heading(each) for each in part.sections])) for part in policy.parts),
                repr([heading(each) for each in policy.appendices]),
                self.files(editions),
            ),
            outline=digest(*map(repr, map(named, policy.clauses)), b"", *map(repr, map(entry, policy.listings))),
            clauses={clause.id: digest(repr(told(clause))) for clause in policy.clauses},
            histories={
                name: digest(
                    *(repr(age(history.clauses.get(clause.id))) for clause in clauses),
                    *stones.get(name, ()),
                )
                for path, clauses in pages.items()
                for name in (path.rpartition("/")[2].removesuffix(".md"),)
            },
            files=self.files(names),
        )

    def files(self, paths: Iterable[str]) -> bytes:
        return digest(*(part for path in paths for part in (path.encode(), self.digests[path])))

    @cached_property
    def all_frames(self) -> bytes:
        return digest(*(self.of(policy).frame for policy in self.guide.policies.values()))

    @cached_property
    def all_sizes(self) -> bytes:
        return digest(
            *(repr((len(policy.clauses), len(policy.listings))) for policy in self.guide.policies.values()),
        )

    @cached_property
    def all_outlines(self) -> bytes:
        return digest(*(self.of(policy).outline for policy in self.guide.policies.values()))

    @cached_property
    def all_laws(self) -> bytes:
        return self.files(sorted(self.laws.values()))

    @cached_property
    def all_asks(self) -> bytes:
        return self.files(path for path in sorted(self.digests) if path.endswith("asks.yml"))

    @cached_property
    def pictures(self) -> bytes:
        """All that is no text: a policy's PDF holds pictures from wherever they lie."""
        return self.files(path for path in sorted(self.digests) if not path.endswith((".md", ".yml", ".json")))

    @cached_property
    def everything(self) -> bytes:
        return self.files(sorted(self.digests))


def policy_id(clause: ClauseId) -> PolicyId:
    return PolicyId(clause.partition("/")[0])


WRITTEN_AT = frozenset({"path", "line"})
"""What a clause has that no page shows. Its ties to the law have it too."""
TOLD = tuple(each.name for each in fields(Clause) if each.name not in WRITTEN_AT | {"citations"})


def told(clause: Clause) -> tuple[object, ...]:
    """All that a page may show of a clause."""
    ties = tuple((tie.instrument, tie.provision, tie.reason) for tie in clause.citations)
    return (*(getattr(clause, name) for name in TOLD), ties)


def named(clause: Clause) -> tuple[object, ...]:
    """What lists show of a clause, and what of the law it rests on."""
    ties = tuple((tie.instrument, tie.provision) for tie in clause.citations)
    return (clause.id, clause.number, clause.title or clause.name, clause.url, ties)


def entry(listing: Listing) -> tuple[object, ...]:
    return (listing.heading, listing.url, listing.instruments)


def linked(related: tuple[str, Policy | None]) -> tuple[str, str]:
    """What a link to a related policy shows, if there is one of that title."""
    title, policy = related
    return (title, policy.url if policy else "")


def heading(place: object) -> tuple[object, ...]:
    """What a list of contents shows of a section or an appendix."""
    return tuple(getattr(place, name, None) for name in ("number", "printed", "letter", "title", "url", "path"))


def age(history: ClauseHistory | None) -> tuple[object, ...]:
    """Since when a clause reads as it does, its kinds of change in an order that does not depend on the process."""
    if history is None:
        return ()
    return (history.since, sorted(history.kinds), history.was, history.compared_with, history.from_adoption)


def address(stone: Tombstone) -> tuple[object, ...]:
    """What an old address shows."""
    target = stone.moved_to
    names = tuple(getattr(target, name, None) for name in ("url", "number", "name", "heading"))
    return (stone.passage, stone.gone_on, stone.edition.on, stone.edition.url, stone.after, names)
