"""Guide → HTML and Markdown, through the templates beside this file and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown import Markdown
from markupsafe import Markup

from . import prose, provision, review, words
from .build import clause_id, page_url
from .calls import Call, PageKind
from .model import (
    Clause,
    Guide,
    Instrument,
    InstrumentId,
    Policy,
    PolicyId,
    Wording,
)
from .pieces import Block, Piece
from .source import Page

SITE_SECTIONS = (
    ("Policies", "policies/index.md", "policies/"),
    ("Legislation", "legislation/index.md", "legislation/"),
    ("Governors", "governors/index.md", "governors/"),
    ("Help", "help/index.md", "help/"),
)
"""The parts of the site that every page links to: title, first page, folder."""


MARKED_ITEM = re.compile(r"(?m)^((?P<indent> *)- (?:\([a-z\d]{1,5}\)|[a-z\d]{1,5}\)|[a-z]{1,5}\.) .*[^\s}])$")
"""An item that keeps the paper's own mark, such as “(a)”: it needs no bullet besides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A page ready for the theme."""

    title: str
    markdown: str
    view: dict[str, Any]
    """What the theme places around the text: see overrides/main.html."""


@dataclass(kw_only=True, repr=False)
class Renderer:
    guide: Guide
    pages: tuple[Page, ...]
    directory_urls: bool = True
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By clause or law; only the short ones are shown, and only in the index of topics."""
    md: Markdown = field(default_factory=prose.converter)
    converted: dict[str, Markup] = field(default_factory=dict)
    expansion: Expansion | None = None
    """The page being rendered: the templates' `placed` filter hands its HTML to it."""

    @cached_property
    def templates(self) -> Environment:
        env = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.filters |= {
            "prose": self.prose,
            "printed": provision.printed,
            "spoken": provision.spoken,
            "standing": lambda policy: review.standing(policy, self.guide.built_on),
            "counted_from": review.counted_from,
            "letter_groups": words.by_letter,
            "peek_id": words.peek_id,
            "placed": lambda html: self.expansion.placed(html) if self.expansion else html,
            "warning": lambda citation: words.warning(self.guide, citation),
            "the": words.the_body,
            "day": words.day_in_words,
            "on_or_in": words.on_or_in,
        }
        env.globals |= {
            "guide": self.guide,
            "status_words": words.STATUS_WORDS,
            "kind_words": words.KIND_WORDS,
            "change_words": words.CHANGE_WORDS,
        }
        return env

    def prose(self, text: str) -> Markup:
        """Markdown as HTML; a clause is shown by every law it rests on, so each text is converted once."""
        if text not in self.converted:
            self.converted[text] = Markup(prose.html(self.md, text))
        return self.converted[text]

    @cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}

    def page(self, path: str, url: str) -> Rendered | None:
        """Expand a page's macros. url is the page's own, relative to the site's root."""
        page = self.by_path.get(path)
        return Expansion(self, page, url).rendered() if page else None


@dataclass(repr=False)
class Expansion:
    """One page being rendered: knows where it stands, so that every link is relative to it.

    Markdown sees the author's words only. Our own HTML waits in `places` behind marks, which
    the theme fills after Markdown and the search index have done their work.
    """

    renderer: Renderer
    page: Page
    url: str
    places: list[str] = field(default_factory=list)
    peeks: dict[str, Clause | Instrument] = field(default_factory=dict)
    """What the page's pop-ups show, by element id, in order of first mention."""

    @property
    def guide(self) -> Guide:
        return self.renderer.guide

    def rendered(self) -> Rendered:
        markdown = "".join(self.block(block) for block in self.page.blocks)
        view: dict[str, Any] = {
            "kind": self.page.kind.value,
            "fill": self.fill,
            "nav": self.template("nav.html.j2", policy=self.policy, law=self.instrument),
            "peeks": self.template("peeks.html.j2", peeks=self.peeks) if self.peeks else "",
            "home": self.link(""),
            "only": self.policy.id if self.policy and len(self.guide.policies) > 1 else "",
            "sections": [
                {"title": title, "url": self.link(self.page_url(path)), "here": self.page.path.startswith(folder)}
                for title, path, folder in SITE_SECTIONS
            ],
        }
        if self.policy:
            around = {"policy": self.policy, "section": self.section}
            view |= {name: self.template(f"{name}.html.j2", **around) for name in ("masthead", "banner", "jump")}
            view["pager"] = self.template("pager.html.j2", before=self.neighbour(-1), after=self.neighbour(1))
            view["restated"] = self.policy.wording == Wording.RESTATED
        if self.policy and self.page.kind is PageKind.POLICY:
            view |= {name: self.template(f"{name}.html.j2", policy=self.policy) for name in ("cover", "contents")}
        return Rendered(title=self.title, markdown=markdown, view=view)

    @property
    def policy(self) -> Policy | None:
        folder = self.page.path.split("/")[1] if self.page.path.startswith("policies/") else ""
        return self.guide.policies.get(PolicyId(folder))

    @property
    def section(self) -> Any:
        """The section or appendix that the page is, if any."""
        if self.policy is None:
            return None
        return next((found for found in reading_order(self.policy) if found.path == self.page.path), None)

    @property
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
        here = next((i for i, found in enumerate(order) if found.path == self.page.path), None)
        if here is None or not 0 <= here + step < len(order):
            return None
        return order[here + step]

    def template(self, name: str, **context: Any) -> Markup:
        self.renderer.expansion = self
        template = self.renderer.templates.get_template(name)
        here = {"here": self.page.path, "link": self.link, "page_url": self.page_url}
        return Markup(template.render(here | context))

    def placed(self, html: str) -> Markup:
        """A mark that stands for some HTML until the theme fills it."""
        self.places.append(html.strip())
        return Markup(f"<!--place {len(self.places) - 1}-->")

    def fill(self, content: str) -> Markup:
        """The page's HTML with every mark replaced by what it stands for."""
        return Markup(re.sub(r"<!--place (\d+)-->", lambda mark: self.places[int(mark[1])], content))

    def block_template(self, name: str, **context: Any) -> Markup:
        """A template that is HTML throughout, set apart as a block of its own."""
        return "\n\n" + self.placed(self.template(name, **context)) + "\n\n"

    def link(self, url: str) -> str:
        """A link from this page to an address relative to the site's root."""
        target, _, fragment = url.partition("#")
        tail = f"#{fragment}" if fragment else ""
        if target == self.url:
            return tail or "./"
        here, there = self.url.split("/")[:-1], target.split("/")
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        return "/".join([".."] * (len(here) - shared) + there[shared:]) + tail or "./"

    def page_url(self, path: str) -> str:
        return page_url(path, directory_urls=self.renderer.directory_urls)

    def block(self, block: Block) -> str:
        opener = block.opener
        body = "".join(self.piece(piece) for piece in block.pieces)
        if isinstance(opener, Call) and opener.name == "clause" and self.policy:
            clause = self.guide.clauses[clause_id(opener["id"], self.policy.id)]
            for citation in clause.citations:
                self.peek(self.guide.instruments.get(citation.instrument))
            return "\n\n" + self.template("clause.md.j2", clause=clause, body=Markup(body.strip())) + "\n\n"
        if isinstance(opener, Call) and self.policy:
            entry = next(found for found in self.policy.listings if found.heading == opener["heading"])
            return "\n\n" + self.template("listing.md.j2", entry=entry, body=Markup(body.strip())) + "\n\n"
        return (f"{opener.text}\n" if opener and not isinstance(opener, Call) else "") + body

    def piece(self, piece: Piece) -> str:
        if not isinstance(piece, Call):
            return MARKED_ITEM.sub(r"\1\n\g<indent>    {: .marked }", piece.text)
        return str(getattr(self, f"say_{piece.name}")(piece))

    def peek(self, shown: Clause | Instrument | None) -> None:
        if shown is not None:
            self.peeks[words.peek_id(shown)] = shown

    def say_ref(self, call: Call) -> str:
        clause = self.guide.clauses[clause_id(call["clause"], self.policy.id if self.policy else "")]
        self.peek(clause)
        return self.template("ref.html.j2", clause=clause, words=call["text"])

    def say_act(self, call: Call) -> str:
        instrument = self.guide.instruments[InstrumentId(call["instrument"])]
        return self.template("act.html.j2", instrument=instrument, words=call["text"])

    def say_law(self, call: Call) -> str:
        return ""  # placed beside the clause by clause.md.j2, from the model

    def say_note(self, call: Call) -> str:
        return self.block_template("note.html.j2", text=call["text"])

    def subject(self, call: Call) -> Instrument | None:
        named = call["instrument"]
        return self.guide.instruments[InstrumentId(named)] if named else self.instrument

    def say_facts(self, call: Call) -> str:
        return self.block_template("facts.html.j2", law=self.subject(call))

    def say_provisions(self, call: Call) -> str:
        return self.template("provisions.md.j2", law=self.subject(call))

    def say_cited_by(self, call: Call) -> str:
        return self.template("cited_by.md.j2", law=self.subject(call))

    def say_review_banner(self, call: Call) -> str:
        policy = self.guide.policies[PolicyId(call["policy"])] if call["policy"] else self.policy
        return self.block_template("banner.html.j2", policy=policy)

    def say_review_register(self, call: Call) -> str:
        return self.block_template("review_register.html.j2", policies=words.worst_first(self.guide))

    def say_policy_list(self, call: Call) -> str:
        return self.block_template("policy_list.html.j2", policies=self.guide.policies.values())

    def say_clause_index(self, call: Call) -> str:
        return self.template("clause_index.md.j2", policies=self.guide.policies.values())

    def say_topic_index(self, call: Call) -> str:
        return self.block_template("topic_index.html.j2", topics=words.topics(self.guide, self.renderer.asks))

    def say_legislation_list(self, call: Call) -> str:
        laws = sorted(self.guide.instruments.values(), key=lambda law: law.title.casefold())
        return self.template("legislation_list.md.j2", laws=laws)


def reading_order(policy: Policy) -> list[Any]:
    return [*policy.sections, *policy.appendices]
