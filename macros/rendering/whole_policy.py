"""A whole policy on one page, put together of the pages that MkDocs has made of its sections.

Nothing is converted a second time: the sections' own HTML is taken, its headings are lowered beneath those
of the policy, and its addresses become places of the one page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from ..authoring.located_yaml import Entry
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..formats import html_tree
from ..model import Appendix, Policy, PolicyId, Section, urls
from ..model.urls import page_url
from .page import Expansion, reading_order
from .renderer import Rendered, Renderer

Place = Policy | Section | Appendix


@dataclass(kw_only=True, repr=False)
class Binder:
    """Keeps every page of a policy until all are made, then binds them."""

    renderer: Renderer
    leaves: dict[str, Callable[[], str]] = field(default_factory=dict)
    """What gives a page's HTML, by the page's path; to be asked once MkDocs has read every page."""
    bound: dict[PolicyId, str] = field(default_factory=dict)
    """The HTML of each whole policy that was put together."""

    def url(self, policy: Policy) -> str:
        """The whole page's address, relative to the site's root."""
        return page_url(urls.whole(policy.id), directory_urls=self.renderer.directory_urls)

    def policy(self, page: str) -> Policy | None:
        """The policy whose whole page this is."""
        folders, _, name = page.rpartition("/")
        policy = PolicyId(folders.removeprefix("policies/"))
        return self.renderer.guide.policies.get(policy) if name == urls.WHOLE else None

    def page(self, policy: Policy) -> Rendered:
        """The page of a whole policy. Its text is bound when the theme asks for it."""
        bare = Page(
            path=urls.whole(policy.id),
            kind=PageKind.PLAIN,
            meta=Entry(line=1, keys={}, key_lines={}),
            blocks=(),
            calls=(),
        )
        whole = Whole(self.renderer, bare, self.url(policy), binder=self)
        view = whole.rendered().view | {"kind": "whole", "fill": whole.fill, "banner": "", "pager": "", "jump": ""}
        view["masthead"] = whole.template(
            "whole_masthead.html.j2", policy=policy, section=None, edition=None, address=whole.address
        )
        return Rendered(title=f"{policy.title}, whole", markdown="", view=view)


@dataclass(repr=False)
class Whole(Expansion):
    binder: Binder = field(kw_only=True)

    def fill(self, content: str) -> Markup:
        """The whole policy; content is what MkDocs made of the page's own, empty source."""
        del content
        policy = self.policy
        assert policy is not None
        bound = self.template(
            "whole.html.j2",
            policy=policy,
            text={place.path: self.leaf(place) for place in (policy, *reading_order(policy))},
            anchor=section_anchor,
            section=None,
        )
        self.binder.bound[policy.id] = bound
        return bound

    def leaf(self, place: Place) -> Markup:
        """The HTML of one of the policy's pages as a stretch of the whole page."""
        root = html_tree.parse(self.binder.leaves[place.path]())
        html_tree.without(root, "button", "since", "gone")  # what is not the policy's own text
        lower = self.level(place) - 1
        for element in root.iter():
            if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit():
                element.tag = f"h{min(int(element.tag[1]) + lower, 6)}"
            if "id" in element.attrib:
                element.set("id", own(place, element.attrib["id"]))
            for name in {"href", "src"} & set(element.attrib):
                element.set(name, self.link(urljoin(f"/{place.url}", element.attrib[name]).removeprefix("/")))
        return Markup(html_tree.html(root))  # noqa: S704 - the theme's own page, parsed and written again

    def level(self, place: Place) -> int:
        """The level of a section's heading: beneath its part's, if it has one."""
        assert self.policy is not None
        if isinstance(place, Policy):
            return 1
        return 3 if any(part.number and place in part.sections for part in self.policy.parts) else 2

    def link(self, url: str) -> str:
        """As from any page, but to a place of this one where it leads into the policy."""
        target, _, fragment = url.partition("#")
        policy: Any = self.policy
        for place in reading_order(policy):
            if place.url == target:
                return f"#{own(place, fragment)}" if fragment else f"#{section_anchor(place)}"
        return super().link(url) if "://" not in url and not url.startswith("mailto:") else url


def section_anchor(place: Place) -> str:
    """The place of a section on the whole page, from its file's name: ``section-2-3``."""
    return f"section-{place.path.rpartition('/')[2].removesuffix('.md')}"


def own(place: Place, fragment: str) -> str:
    """A clause's place keeps its name; any other may occur in two sections, so its section's goes before it."""
    return fragment if fragment.startswith("clause-") else f"{section_anchor(place)}-{fragment}"
