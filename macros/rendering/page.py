"""One page: its macros expanded, and what the theme places around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup, escape

from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import WRITTEN, PageKind
from ..authoring.pages import Page
from ..authoring.parser import Block, HeadingBlock, Node, Text
from ..formats.stash import Stash
from ..model import (
    Clause,
    Edition,
    Guide,
    Instrument,
    InstrumentId,
    Listing,
    Passage,
    Policy,
    PolicyId,
    Section,
    SectionSnapshot,
    Tombstone,
    labels,
    urls,
)
from ..model.urls import page_url
from ..model.words import Word, finder
from ..receipts import differences
from ..reviews import law_changes, matters, pack, resolution
from . import library, macros, mentions, paper
from .renderer import Rendered, Renderer

SITE_SECTIONS = (
    ("Policies", "policies/index.md", "policies/"),
    ("Legislation", "legislation/index.md", "legislation/"),
    ("Governors", "governors/index.md", "governors/"),
    ("Help", "help/index.md", "help/"),
)
"""The parts of the site that every page links to: title, first page, folder."""


@dataclass(repr=False)
class PageRenderer:
    """One page being rendered: knows where it stands, so that every link is relative to it.

    Markdown sees the author's words only: our own HTML waits in the stash until MkDocs has converted them.
    """

    renderer: Renderer
    page: Page
    url: str
    stash: Stash = field(default_factory=Stash)
    popovers: dict[str, Clause | Instrument | Word] = field(default_factory=dict)
    """What the page's pop-ups show, by element id, in order of first mention."""
    popover_ids: dict[str, str] = field(default_factory=dict)
    """Those of clauses and laws, by the id of the clause or the law."""
    links: dict[str, str] = field(default_factory=dict)

    @property
    def guide(self) -> Guide:
        return self.renderer.guide

    @property
    def body(self) -> Iterable[tuple[Block, Clause | Listing | None]]:
        """The page's blocks, each beside the clause or entry that it is."""
        return self.renderer.bodies.get(self.page.path, ((block, None) for block in self.page.blocks))

    def rendered(self, markdown: str | None = None) -> Rendered:
        """The page for the theme. markdown: its text, where mkdocs-macros expanded it."""
        body = {
            PageKind.EDITION: self.edition_page,
            PageKind.CHANGES: self.changes_page,
            PageKind.PACK: self.pack_page,
            PageKind.GLANCE: self.glance_page,
            PageKind.LAW_CHANGES: self.law_changes_page,
            PageKind.AUDIENCE: self.audience_page,
        }
        make = body.get(self.page.kind)
        if markdown is None:
            markdown = make() if make else self.tombstones_html(None) + "".join(self.block(*pair) for pair in self.body)
        self.links.clear()  # each page waits for its surround, and all of a large guide are many
        return Rendered(title=self.title, markdown=markdown, surround=self.surround, stash=self.stash)

    def surround(self) -> dict[str, Any]:
        """What the theme places around the text."""
        view: dict[str, Any] = {
            "kind": self.page.kind.value,
            "nav": self.template("nav.html.j2", policy=self.policy, law=self.instrument),
            "menu": "Contents" if self.policy or self.instrument else "Menu",
            "popovers": self.template("popovers.html.j2", popovers=self.popovers) if self.popovers else "",
            "home": self.link(self.page_url("index.md")),
            "description": self.description,
            "edit": self.edit,
            "only": self.policy.id if self.policy and len(self.guide.policies) > 1 else "",
            "sections": [
                {"title": title, "url": self.link(self.page_url(path)), "here": self.page.path.startswith(folder)}
                for title, path, folder in SITE_SECTIONS
            ],
        }
        if self.policy:
            generated_title = self.title if self.page.kind not in WRITTEN else ""
            around = {
                "policy": self.policy,
                "section": self.section,
                "generated_title": generated_title,
                "address": self.address,
            }
            around["edition"] = self.edition
            view["masthead"] = self.template("masthead.html.j2", **around)
            if self.page.kind is not PageKind.EDITION:
                brief = bool(self.section or generated_title)
                view["banner"] = self.template("banner.html.j2", policy=self.policy, brief=brief)
            if not generated_title:
                view["pager"] = self.template("pager.html.j2", before=self.neighbour(-1), after=self.neighbour(1))
            view["tools"] = self.template("tools.html.j2", reads_as=self.reads_as, **around)
            view["law_notes"] = self.law_notes(self.section)
            gists = any(clause.gist for clause in getattr(self.section, "clauses", ()))
            view["standing_line"] = labels.standing_line((self.edition or self.policy).wording, gists=gists)
        if feed := self.feed:
            view["feed"] = {"title": feed[0], "url": self.link(feed[1])}
        if self.policy and self.page.kind is PageKind.POLICY:
            view |= {name: self.template(f"{name}.html.j2", policy=self.policy) for name in ("cover", "contents")}
            view["cover"] = self.receipt(self.policy) + view["cover"]
        return view

    @property
    def address(self) -> str:
        """The whole address of the page, for paper; empty for a site that has none."""
        return self.renderer.site_url and self.renderer.site_url + self.url

    @property
    def crest(self) -> str:
        """The address of the school's crest; empty where it has none."""
        logo = self.guide.organisation.logo or ""
        return logo if "://" in logo else logo and self.link(logo)

    @property
    def description(self) -> str:
        """What the page is about, in a sentence or two for search engines and chats; empty for what any page is."""
        if self.instrument:
            return self.instrument.gist
        if self.policy is None or self.page.kind not in (PageKind.POLICY, PageKind.SECTION, PageKind.WHOLE):
            return ""
        clauses = getattr(self.section, "clauses", ())
        return (
            f"{self.policy.title}: {labels.join_words([one.name for one in clauses], most=5)}."
            if clauses
            else self.policy.summary
        )

    @property
    def edit(self) -> str:
        """Where the page's source is edited in a browser; empty for pages without one."""
        base = self.guide.organisation.edit
        return f"{base}{self.page.path}" if base and self.page.kind in WRITTEN else ""

    @property
    def feed(self) -> tuple[str, str] | None:
        """The title and the address of the feed that tells what changes here."""
        if self.page.kind is PageKind.LAW_CHANGES:
            return "What changed in the law", urls.LAW_FEED
        if self.policy and self.policy.decisions and self.page.kind in (PageKind.POLICY, PageKind.CHANGES):
            return f"What changed in the {self.policy.title}", urls.policy_feed(self.policy.id)
        if self.instrument and self.instrument.changes:
            return f"What changed in the {self.instrument.title}", urls.law_page_feed(self.instrument.id)
        return None

    @cached_property
    def policy(self) -> Policy | None:
        if self.page.kind is PageKind.PACK:
            return self.guide.policies[PolicyId(self.page.path.removeprefix("governors/").removesuffix(".md"))]
        folder = self.page.path.split("/")[1] if self.page.path.startswith("policies/") else ""
        return self.guide.policies.get(PolicyId(folder))

    @cached_property
    def edition(self) -> Edition | None:
        """The adopted edition that the page shows, if it shows one."""
        editions = self.policy.editions if self.policy and self.page.kind is PageKind.EDITION else ()
        return next((edition for edition in editions if edition.url == self.url), None)

    def edition_page(self) -> str:
        assert self.policy is not None
        later = (other for other in self.policy.editions if self.edition and other.on > self.edition.on)
        return self.block_template(
            "edition.html.j2", policy=self.policy, edition=self.edition, after=next(later, None),
            url_here=lambda passage, _leaf: f"{self.url}#{passage.anchor}",
        )  # fmt: skip

    def changes_page(self) -> str:
        assert self.policy is not None
        history = self.guide.histories[self.policy.id]
        steps, pending = history.steps, history.pending
        named: dict[str, str] = {}
        for name, changes in (("pending", pending), *((str(step.edition.on), step.changes) for step in steps)):
            for changed in changes:
                named.setdefault(changed.passage.anchor, name)
        return self.block_template(
            "changes.html.j2", policy=self.policy, steps=steps, pending=pending, named=named,
            today_url=self.today_url, url_in=lambda edition: lambda passage, _leaf: f"{edition.url}#{passage.anchor}",
        )  # fmt: skip

    def today_url(self, passage: Passage, snapshot: SectionSnapshot) -> str:
        """Where a passage of the text as it stands is read."""
        assert self.policy is not None
        return f"{self.page_url(f'policies/{self.policy.id}/{snapshot.page}.md')}#{passage.anchor}"

    def pack_page(self) -> str:
        assert self.policy is not None
        review_pack = pack.pack(self.guide, self.policy, self.guide.built_on)
        numbers = Counter(clause.number for clause in self.policy.clauses)
        return self.block_template(
            "pack.html.j2", policy=self.policy, pack=review_pack, today_url=self.today_url,
            repeated={number for number, times in numbers.items() if times > 1},
            agenda=matters.agenda(self.guide, self.policy, review_pack), choices=matters.CHOICES,
            site_url=self.renderer.site_url, calendar=urls.policy_calendar(self.policy.id),
            no_proposal=matters.NO_PROPOSAL, outcomes=resolution.OUTCOMES, facts=resolution.FACTS,
            actions=resolution.ACTIONS, next_review=resolution.NEXT_REVIEW, signatures=resolution.SIGNATURES,
            resolution=resolution.resolution(self.policy, self.guide.built_on),
        )  # fmt: skip

    def glance_page(self) -> str:
        assert self.policy is not None
        return self.block_template(
            "glance.html.j2", policy=self.policy, glance=self.guide.glances.get(self.policy.id, {})
        )

    def receipt(self, policy: Policy) -> Markup:
        """What asks staff to confirm that they have read the policy; nothing where they are not asked."""
        form, changed = self.guide.organisation.receipts, differences.new_in_edition(self.guide, policy)
        if form and policy.editions:
            values = {"policy": policy.title, "edition": policy.editions[-1].on.words, "clauses": changed or "all"}
            form = urls.receipt_form(form, values)
        return self.template("receipt.html.j2", policy=policy, form=form if policy.editions else None, changed=changed)

    def law_changes_page(self) -> str:
        return self.template("law_changes.md.j2", law_changes=law_changes.law_changes(self.guide), feed=urls.LAW_FEED)

    def audience_page(self) -> str:
        names = {urls.audience_page(name): name for name in self.guide.organisation.audiences}
        return self.block_template("audience.html.j2", **library.for_audience(self.guide, names[self.page.path]))

    def tombstones_html(self, after: str | None) -> str:
        """What old addresses of this page say, behind the passage that they followed."""
        here = [stone for stone in self.stones if self.page.kind is PageKind.MOVED or stone.after == after]
        return "".join(self.block_template("tombstone.html.j2", stone=stone) for stone in here)

    @cached_property
    def stones(self) -> tuple[Tombstone, ...]:
        """The old addresses of this page."""
        if self.policy is None or self.page.kind not in (PageKind.SECTION, PageKind.APPENDIX, PageKind.MOVED):
            return ()
        name = self.page.path.rpartition("/")[2].removesuffix(".md")
        return tuple(stone for stone in self.guide.histories[self.policy.id].tombstones if stone.page == name)

    @cached_property
    def section(self) -> Any:
        """The section or appendix that the page is, if any."""
        if self.policy is None:
            return None
        return next((place for place in reading_order(self.policy) if place.path == self.page.path), None)

    def law_notes(self, of: Any) -> Markup | str:
        """The law related to a section, as notes for paper, or to a whole policy."""
        notes = paper.law_notes(self.guide, of.clauses) if isinstance(of, Section | Policy) else ()
        section = of if isinstance(of, Section) else None
        return self.template("law_notes.html.j2", section=section, notes=notes) if notes else ""

    @property
    def reads_as(self) -> str:
        """Since when the clauses of the section read as they do."""
        clauses = self.section.clauses if isinstance(self.section, Section) else ()
        return labels.reads_as([self.guide.clause_history(clause) for clause in clauses])

    @cached_property
    def note_numbers(self) -> dict[str, int]:
        """The number on paper of each law that the section cites."""
        return paper.note_numbers(self.section.clauses)

    @cached_property
    def instrument(self) -> Instrument | None:
        if self.page.kind is not PageKind.INSTRUMENT:
            return None
        return self.guide.instruments.get(InstrumentId(self.page.path[12:-3]))

    @property
    def title(self) -> str:
        meta = (self.page.meta.keys or {}).get("title")
        return self.section.heading if self.section else meta.raw if meta else ""

    def neighbour(self, step: int) -> Any:
        """The page before or after in the order of reading the policy."""
        assert self.policy is not None
        order = [self.policy, *reading_order(self.policy)]
        here = next((i for i, place in enumerate(order) if place.path == self.page.path), None)
        if here is None or not 0 <= here + step < len(order):
            return None
        return order[here + step]

    def template(self, name: str, **context: Any) -> Markup:
        self.renderer.stash = self.stash
        return Markup(self.renderer.template(name).render(self.surroundings | context))

    @property
    def surroundings(self) -> dict[str, Any]:
        """What every template may ask of the page."""
        return {
            "here": self.page.path,
            "link": self.link,
            "page_url": self.page_url,
            "popover_id": self.popover_id,
            "crest": self.crest,
            "clause_link": partial(mentions.clause_link, self.link),
            "law_link": partial(mentions.law_link, self.link),
        }

    def block_template(self, name: str, **context: Any) -> Markup:
        """A template that is HTML throughout, set apart as a block of its own."""
        return Markup(f"\n\n{self.stash.put(self.template(name, **context))}\n\n")

    def link(self, url: str) -> str:
        """A link from this page to an address relative to the site's root."""
        if url not in self.links:
            self.links[url] = urls.relative(self.url, url)
        return self.links[url]

    def page_url(self, path: str) -> str:
        return page_url(path, directory_urls=self.renderer.directory_urls)

    def block(self, block: Block, passage: Clause | Listing | None) -> str:
        if isinstance(passage, Clause):
            body = self.explained(block.nodes, passage)
            marks = paper.marks(passage, self.note_numbers)
            around: dict[str, Any] = {
                "clause": passage, "policy": self.policy, "body": Markup(body.strip()),
                "marks": marks, "may_break": paper.may_break(passage),
            }  # fmt: skip
            return f"\n\n{self.template('clause.md.j2', **around)}\n\n{self.tombstones_html(passage.anchor)}"
        body = "".join(self.node(node) for node in block.nodes)
        if isinstance(passage, Listing):
            entry = self.template("appendix_entry.md.j2", entry=passage, body=Markup(body.strip()))
            return f"\n\n{entry}\n\n{self.tombstones_html(passage.anchor)}"
        return (f"{block.heading.text}\n" if isinstance(block, HeadingBlock) else "") + body

    def explained(self, nodes: Iterable[Node], clause: Clause) -> str:
        """The text of a clause, with each word that is explained marked where the clause first uses it."""
        find = finder(self.guide.words)
        seen: set[Word] = set()
        text = []
        for node in nodes:
            written, place = self.node(node), 0
            for use in find.uses(written) if find and isinstance(node, Text) else ():
                if use.word not in seen:
                    seen.add(use.word)
                    text += [written[place : use.start], self.word(written[use.start : use.end], use.word, clause)]
                    place = use.end
            text.append(written[place:])
        return "".join(text)

    def word(self, written: str, word: Word, clause: Clause) -> str:
        """A word as a button that explains it; what it is short for stands on paper where the page first uses it."""
        new = word.anchor not in self.popovers and word.full and word.full.casefold() not in clause.text.casefold()
        self.popovers[word.anchor] = word
        full = f' data-full="{escape(word.full)}"' if new else ""
        return f'<button class="word" popovertarget="{word.anchor}"{full}>{escape(written)}</button>'

    def node(self, node: Node) -> str:
        if not isinstance(node, Call):
            return node.text
        return macros.expand(self, node)

    def popover_id(self, subject: Clause | Instrument) -> str:
        """The element id of what pops up for a clause or a law; short, because every button repeats it."""
        if subject.id not in self.popover_ids:
            self.popover_ids[subject.id] = f"peek-{len(self.popover_ids) + 1}"
            self.popovers[self.popover_ids[subject.id]] = subject
        return self.popover_ids[subject.id]


def reading_order(policy: Policy) -> list[Any]:
    return [*policy.sections, *policy.appendices]


def page_renderer(renderer: Renderer, path: str, url: str) -> PageRenderer | None:
    """A page about to be expanded. url is the page's own, relative to the site's root."""
    page = renderer.by_path.get(path)
    return PageRenderer(renderer, page, url) if page else None


def render_page(renderer: Renderer, path: str, url: str) -> Rendered | None:
    """Expand a page's macros."""
    page = page_renderer(renderer, path, url)
    return page.rendered() if page else None
