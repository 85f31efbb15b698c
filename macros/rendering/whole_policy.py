"""A whole policy on one page, bound from the HTML that MkDocs made of its sections.

Nothing is converted a second time: the sections' HTML is parsed once, its headings are lowered beneath those
of the policy, and its addresses become places of the one page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from ..authoring.located_yaml import Entry
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..formats import html_tree
from ..formats.html_tree import Element
from ..formats.spool import Spooled
from ..model import Appendix, Policy, PolicyId, Section, labels, urls
from ..model.urls import page_url
from . import paper
from .page import PageRenderer, reading_order
from .renderer import Rendered, Renderer

FIRST = re.compile(r"[–,]")
"""What follows the first number of the marks of a clause's notes."""
BESIDE = re.compile(r'<aside class="clause-law".*?</aside>', re.DOTALL)
"""The law beside a clause, most of a section's HTML: what goes anyway need not be parsed."""
Place = Policy | Section | Appendix


@dataclass(kw_only=True, repr=False)
class PolicyBinder:
    """Binds the pages of each policy, once MkDocs has converted them all."""

    renderer: Renderer
    content: dict[str, Spooled | str] = field(default_factory=dict)
    """The finished HTML of each page, by the page's path."""

    def url(self, policy: Policy) -> str:
        """The whole page's address, relative to the site's root."""
        return page_url(urls.whole_policy(policy.id), directory_urls=self.renderer.directory_urls)

    def policy(self, page: str) -> Policy | None:
        """The policy whose whole page this is."""
        folders, _, name = page.rpartition("/")
        policy = PolicyId(folders.removeprefix("policies/"))
        return self.renderer.guide.policies.get(policy) if name == urls.WHOLE else None

    def binds(self, path: str) -> bool:
        """Whether a page is a part of a whole policy."""
        page = self.renderer.by_path.get(path)
        return page is not None and page.kind in (PageKind.POLICY, PageKind.SECTION, PageKind.APPENDIX)

    def parts(self, policy: Policy) -> list[str]:
        """The paths of the pages that are bound into a policy's."""
        return [place.path for place in (policy, *reading_order(policy))]

    def page(self, policy: Policy) -> Rendered:
        """What stands around a whole policy's text."""
        page = self.page_renderer(policy)
        return Rendered(title=f"{policy.title}, whole", markdown="", surround=page.surround, stash=page.stash)

    def bind(self, policy: Policy) -> Element:
        """The text of a whole policy as a tree; needs the content of all its pages."""
        return self.page_renderer(policy).tree(policy)

    def page_renderer(self, policy: Policy) -> WholePolicyPage:
        bare = Page(
            path=urls.whole_policy(policy.id),
            kind=PageKind.PLAIN,
            meta=Entry(line=1, keys={}, key_lines={}),
            blocks=(),
            calls=(),
        )
        return WholePolicyPage(self.renderer, bare, self.url(policy), content=self.content)


@dataclass(repr=False)
class WholePolicyPage(PageRenderer):
    content: dict[str, Spooled | str] = field(kw_only=True)

    def surround(self) -> dict[str, Any]:
        view = super().surround() | {"kind": "whole", "banner": "", "pager": ""}
        view["masthead"] = self.template(
            "whole_masthead.html.j2", policy=self.policy, section=None, edition=None, address=self.address
        )
        return view

    @property
    def reads_as(self) -> str:
        """Since when the clauses read as they do, where that is one day: this page does not tell of each."""
        assert self.policy is not None
        histories = [self.guide.clause_history(clause) for clause in self.policy.clauses]
        return labels.reads_as(histories) if all(one and not one.kinds for one in histories) else ""

    def tree(self, policy: Policy) -> Element:
        """The page's frame, with each section's tree put in its slot."""
        root = html_tree.parse(
            self.template(
                "whole.html.j2", policy=policy, anchor=section_anchor, section=None, law_notes=self.law_notes(policy)
            ),
        )
        places = {place.path: place for place in (policy, *reading_order(policy))}
        for slot in list(root.iter("div")):
            if path := slot.get("data-slot"):
                html_tree.replace(slot, self.section_tree(places[path]))
        return root

    def section_tree(self, place: Place) -> Element:
        """One of the policy's pages as a stretch of the whole page."""
        root = html_tree.parse(BESIDE.sub("", str(self.content[place.path])))
        for word in html_tree.named(root, "word"):
            written, full = html_tree.text(word), word.get("data-full", "")
            for name in html_tree.attributes(word):
                del word.attrib[name]
            word.tag, word.text = "span", f"{written} [{full}]" if full else written
        # What is not the policy's own text; the law is told of once, in the notes at the policy's end.
        html_tree.drop(root, "button", "since", "gone", "in-short")
        lower = self.level(place) - 1
        for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
            heading.tag = f"h{min(int(heading.tag[1]) + lower, 6)}"
        for element in html_tree.elements(root, html_tree.with_attribute("id")):
            element.set("id", own(place, element.get("id", "")))
        links: dict[str, str] = {}
        for name in ("href", "src"):
            for element in html_tree.elements(root, html_tree.with_attribute(name)):
                value = element.get(name, "")
                if value not in links:
                    links[value] = self.link(urljoin(f"/{place.url}", value).removeprefix("/"))
                element.set(name, links[value])
        for heading in html_tree.elements(root, html_tree.with_attribute("data-notes")):
            del heading.attrib["data-notes"]
            marks = self.marks[heading.get("id", "")]
            to = html_tree.append(html_tree.append(heading, "sup"), "a", marks)
            to.set("href", f"#law-{FIRST.split(marks)[0]}")
        return root

    @cached_property
    def marks(self) -> dict[str, str]:
        """The numbers of each clause's notes, by the clause's place."""
        clauses = self.policy.clauses if self.policy else ()
        numbers = paper.note_numbers(clauses)
        return {clause.anchor: paper.marks(clause, numbers) for clause in clauses}

    def level(self, place: Place) -> int:
        """The level of a section's heading: beneath its part's, if it has one."""
        assert self.policy is not None
        if isinstance(place, Policy):
            return 1
        return 3 if any(part.number and place in part.sections for part in self.policy.parts) else 2

    @cached_property
    def places(self) -> dict[str, Section | Appendix]:
        """The policy's sections and appendices by address."""
        return {place.url: place for place in reversed(reading_order(self.policy))} if self.policy else {}

    def link(self, url: str) -> str:
        """As from any page, but to a place of this one where it leads into the policy."""
        target, _, fragment = url.partition("#")
        policy: Any = self.policy
        if target == policy.url and fragment:
            return f"#{own(policy, fragment)}"
        if place := self.places.get(target):
            return f"#{own(place, fragment)}" if fragment else f"#{section_anchor(place)}"
        return super().link(url) if "://" not in url and not url.startswith("mailto:") else url


def section_anchor(place: Place) -> str:
    """The place of a section on the whole page, from its file's name: ``section-2-3``."""
    return f"section-{place.path.rpartition('/')[2].removesuffix('.md')}"


def own(place: Place, fragment: str) -> str:
    """A clause's place keeps its name; any other may occur in two sections, so its section's goes before it."""
    return fragment if fragment.startswith("clause-") else f"{section_anchor(place)}-{fragment}"
