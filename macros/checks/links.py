"""Rules on where links lead: to a page, to a place on it, to a picture or a paper beside it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import unquote, urlsplit

from ..assembly.assemble import Project
from ..authoring.expansion import IN_LINE
from ..authoring.page_kinds import WRITTEN, PageKind
from ..authoring.pages import Page
from ..authoring.parser import HeadingBlock
from ..authoring.suggestions import did_you_mean, nearest
from ..formats.html_tokens import Tag, tokens
from ..model import Policy, Problem, urls
from . import content
from .content import Content, Link

MADE = ("assets/", "data/", "search/")
"""Folders of the site that hold what the build makes."""


class Links:
    """The links of a project's pages against all that they may lead to."""

    def __init__(self, project: Project, contents: Mapping[str, Content]) -> None:
        self.project, self.contents = project, contents
        self.pages = {page.path: page for page in (*project.pages, *project.generated)}
        self.places: dict[str, frozenset[str]] = {}

    def problems(self) -> Iterator[Problem]:
        """Every link leads somewhere."""
        for path, found in self.contents.items():
            for link in found.links:
                if fault := self.markup_fault(path, link) if link.markup else self.fault(path, link):
                    yield self.pages[path].problem(link.line, "broken-link", *fault)

    def fault(self, path: str, link: Link) -> tuple[str, str] | None:  # noqa: PLR0911 - as many answers as MkDocs has
        """What is wrong with a link of Markdown, as MkDocs reads it, and how to fix it.

        https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L394
        """
        try:
            address = urlsplit(link.address)
        except ValueError:
            return None  # told by content.bad_address
        if address.scheme or address.netloc or "\\" in link.address or "\x02amp\x03" in link.address:
            return None
        what = "the picture" if link.picture else "the link to"
        if link.address.startswith("/"):
            hint = "Name the page by its file, counted from this one: ../lending/2.md"
            return f"{what} {link.address} counts from the start of a web server, where the guide need not lie", hint
        if not address.path:
            if address.fragment:
                return self.place_fault(path, path, link, address.fragment)
            if link.address == "#":
                return None
            hint = "Put the name of a page or an address between the round brackets: [the gate](2.md)"
            return ("a picture has no address", hint) if link.picture else ("a link has no address", hint)
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address.path)))
        if posixpath.normpath(unquote(address.path)) == ".":
            wanted = path
        if wanted in self.pages:
            return self.place_fault(path, wanted, link, address.fragment) if address.fragment else None
        if wanted in self.project.files:
            return None
        return f"{what} {address.path} leads nowhere", self.advice(path, wanted, address.path)

    def advice(self, path: str, wanted: str, written: str) -> str:
        """How to fix a link that leads nowhere."""
        bare = wanted.removesuffix("/").removesuffix(".html")
        for guess in (f"{bare}.md", f"{bare}/index.md", f"{posixpath.dirname(bare)}.md"):
            if guess in self.pages:
                return f"Name the page by its file: {posixpath.relpath(guess, posixpath.dirname(path) or '.')}"
        if "@" in written and "/" not in written:
            return f"For a mailbox write mailto: before it: mailto:{written}"
        if re.match(r"www\.|[\w-]+(\.[\w-]+)*\.(uk|com|org|net|gov|eu|info)(/|$)", written):
            return f"For another site write its whole address: https://{written}"
        if " " in written and "." not in written:
            return "If no link is meant, put a space between the square brackets and the round ones."
        is_page = wanted.endswith(".md")
        folder, name = posixpath.split(wanted)
        if name == "changes.md" and f"{folder}/index.md" in self.pages and folder.startswith("policies/"):
            return "The guide makes this page once the policy has an adopted edition. Until then leave the link out."
        names = self.pages if is_page else self.project.files
        known = [name for name in names if self.may_be_meant(name, wanted)]
        otherwise = (
            "Correct it, or remove the link."
            if is_page
            else "Put the file beside the page, and name it exactly, capital letters too."
        )
        near = nearest(wanted, known, 0.85)
        # Hardly anybody means to link to the page on which the link stands.
        meant = near and (near != path or wanted.casefold() == path.casefold())
        return f"Did you mean docs/{near}?" if meant else otherwise

    def may_be_meant(self, name: str, wanted: str) -> bool:
        """Whether a file's own name is like another; its folders, which are mostly the same, say little.

        A page that the guide makes bears a name of the guide's, so only a slip in that name can mean it.
        """
        made = name in self.pages and self.pages[name].kind not in WRITTEN
        own = posixpath.splitext(posixpath.basename(name))[0].casefold()
        other = posixpath.splitext(posixpath.basename(wanted))[0].casefold()
        return SequenceMatcher(None, own, other).ratio() >= (0.75 if made else 0.5)

    def place_fault(self, path: str, target: str, link: Link, place: str) -> tuple[str, str] | None:
        """What is wrong with a link to a place on a page."""
        known = self.places_on(target)
        if place in known or self.is_open(self.pages[target]):
            return None
        where = "this page" if target == path else f"docs/{target}"
        near = did_you_mean(place, known, cutoff=0.75, show="#{}".format, otherwise="")
        return (
            f"the link to {link.address} leads to no place: {where} has no “#{place}”",
            near or 'The place of a clause is such as #clause-2-3-4. Better write: {{ ref("2.3.4") }}',
        )

    @staticmethod
    def is_open(page: Page) -> bool:
        """Whether only a build can tell what places a page has."""
        return page.dynamic and (page.expanded is None or any(call.name not in IN_LINE for call in page.calls))

    def places_on(self, path: str) -> frozenset[str]:
        """The ids that a page has."""
        if path not in self.places:
            page = self.pages[path]
            self.places[path] = frozenset((*self.passages(page), *self.written(page)))
        return self.places[path]

    def passages(self, page: Page) -> Iterator[str]:
        """The ids of the passages that a page shows: those of today, of an edition, or of before."""
        policy = self.policies.get(page.path.split("/")[1] if page.path.startswith("policies/") else "")
        if policy is None:
            return
        if page.kind is PageKind.EDITION:
            shown = (edition for edition in policy.editions if edition.url == self.url(page))
            yield from (passage.anchor for each in shown for part in each.snapshots for passage in part.passages)
        elif page.kind in (PageKind.SECTION, PageKind.APPENDIX, PageKind.WHOLE):
            whole = page.kind is PageKind.WHOLE
            sections = (part for part in policy.sections if whole or part.path == page.path)
            yield from (clause.anchor for section in sections for clause in section.clauses)
            appendices = (part for part in policy.appendices if whole or part.path == page.path)
            yield from (entry.anchor for appendix in appendices for entry in appendix.listings)
            stones = self.project.guide.histories[policy.id].tombstones
            yield from (stone.passage.anchor for stone in stones if stone.page == page.name and not whole)

    def url(self, page: Page) -> str:
        return urls.page_url(page.path, directory_urls=self.directory_urls)

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        return {str(key): policy for key, policy in self.project.guide.policies.items()}

    @cached_property
    def directory_urls(self) -> bool:
        policy = next(iter(self.project.guide.policies.values()), None)
        return policy is None or not policy.url.endswith(".html")

    def written(self, page: Page) -> Iterator[str]:
        """The ids that the text of a page gives, with those that headings have by their words."""
        parts = [
            content.text_of(block)
            for block in page.blocks
            if page.kind in (PageKind.PLAIN, PageKind.INSTRUMENT, PageKind.POLICY)
            or isinstance(block, HeadingBlock)
            or any("id=" in row or "name=" in row or "{" in row for _, row in content.rows_of(block))
        ]
        parts = parts if page.expanded is None else [page.expanded]
        try:
            html, _ = content.converted("\n\n".join(parts), self.project.extensions)
        except RecursionError:
            return
        for token in tokens(html):
            if isinstance(token, Tag) and not token.closing:
                yield from (token.attributes[name] for name in ("id", "name") if name in token.attributes)

    def markup_fault(self, path: str, link: Link) -> tuple[str, str] | None:
        """What is wrong with a link that is written as HTML, which counts from the page's own address."""
        try:
            address = urlsplit(link.address)
        except ValueError:
            return None
        if address.scheme or address.netloc or "\\" in link.address:
            return None
        what = "the picture" if link.picture else "the link to"
        hint = "Write it as Markdown, which counts from this file: [the words](2.md)"
        if link.address.startswith("/"):
            return f"{what} {link.address} counts from the start of a web server, where the guide need not lie", hint
        url = urls.page_url(path, directory_urls=self.directory_urls)
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(url), unquote(address.path))).removesuffix("/")
        target = self.by_address.get(wanted) if address.path else path
        if target is not None:
            place = unquote(address.fragment)
            # A browser knows “top” on every page.
            return self.place_fault(path, target, link, place) if place not in ("", "top") else None
        if wanted in self.addresses or wanted.startswith(MADE) or wanted in self.project.files:
            return None
        return f"{what} {address.path} leads nowhere", hint

    @cached_property
    def by_address(self) -> Mapping[str, str]:
        """The page that is found at an address, without the slash at its end."""
        return {urls.page_url(path, directory_urls=self.directory_urls).removesuffix("/"): path for path in self.pages}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Where every page is found."""
        each = {urls.page_url(path, directory_urls=self.directory_urls) for path in self.pages}
        return frozenset((".", "index.html", *each, *(url.removesuffix("/") for url in each)))


def links_lead_somewhere(project: Project, contents: Mapping[str, Content]) -> Iterator[Problem]:
    """A link leads to a page, a place, a picture or a paper that exists."""
    if any(found.links for found in contents.values()):
        yield from Links(project, contents).problems()
