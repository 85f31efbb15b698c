"""What each page of the site may depend on, as a fingerprint: where two are equal, so are the pages.

The fingerprints are wider than need be, never narrower. A page of a policy depends on every file of the policy's
folder, on the laws and policies that these name, and on the laws that stand beside those; the page of a law, on
itself and on every policy that names it; any other page, on everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..authoring.located_yaml import Entry
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..formats.store import digest


def page_keys(
    pages: Iterable[Page], digests: Mapping[str, bytes], base: bytes
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The fingerprint of every page that has one, and the policy or law that it belongs to, if any, by path.

    digests are those of the files of docs by path; base is that of all else: settings, package, theme, day.
    Pages that mkdocs-macros expands have none: they may ask for anything.
    """
    dependencies = Dependencies(tuple(pages), digests)
    owners = {page.path: owner for page in dependencies.pages if (owner := dependencies.owner(page.path))}
    return dependencies.keys(base), owners


class Dependencies:
    """The files that each policy, law and page may depend on."""

    def __init__(self, pages: tuple[Page, ...], digests: Mapping[str, bytes]) -> None:
        self.pages, self.digests = pages, digests
        self.laws = {page.name: page.path for page in pages if page.kind is PageKind.INSTRUMENT}
        self.folders: dict[str, list[str]] = defaultdict(list)
        for path in sorted(digests):
            if path.startswith("policies/") and path.count("/") > 1:
                self.folders[path.split("/")[1]].append(path)
        self.named: dict[str, set[str]] = defaultdict(set)
        """The laws and policies that each law or policy names, by id; policies as ``policies/id``."""
        for page in pages:
            if owner := self.owner(page.path):
                self.named[owner] |= set(self.names(page))
        self.naming: dict[str, set[str]] = defaultdict(set)
        for owner, named in self.named.items():
            for name in named:
                self.naming[name].add(owner)

    def owner(self, path: str) -> str | None:
        """The policy (``policies/id``) or law that a page belongs to; None for a page on its own."""
        match path.split("/"):
            case ["policies", policy, _, *_]:
                return f"policies/{policy}"
            case ["governors", name] if f"{name.removesuffix('.md')}" in self.folders:
                return f"policies/{name.removesuffix('.md')}"
            case ["legislation", name] if name.removesuffix(".md") in self.laws:
                return name.removesuffix(".md")
        return None

    def names(self, page: Page) -> Iterator[str]:
        words = [value for call in page.calls for value in call.arguments.values()]
        for word in (*words, *texts(page.meta)):
            policy = word.partition("/")[0]
            if policy in self.folders:
                yield f"policies/{policy}"
            if word in self.laws:
                yield word

    def around(self, owner: str) -> set[str]:
        """A policy or law with what it names, what names it if it is a law, and the laws beside those."""
        near = {owner} | self.named[owner]
        if owner in self.laws:
            near |= self.naming[owner]
        for name in tuple(near):
            near |= self.named[name]
            near |= {other for other in self.naming[name] if other in self.laws}
        return near

    def files(self, owner: str) -> list[str]:
        return self.folders[owner.removeprefix("policies/")] if owner.startswith("policies/") else [self.laws[owner]]

    def keys(self, base: bytes) -> dict[str, bytes]:
        own = {owner: self.digest_of(self.files(owner)) for owner in self.owners()}
        units = {owner: digest(base, *(own[name] for name in sorted(self.around(owner) & set(own)))) for owner in own}
        everything = digest(base, self.digest_of(sorted(self.digests)))
        return {
            page.path: digest(units.get(self.owner(page.path) or "", everything), page.path)
            for page in self.pages
            if not page.dynamic
        }

    def owners(self) -> Iterator[str]:
        yield from (f"policies/{policy}" for policy in self.folders)
        yield from self.laws

    def digest_of(self, paths: Iterable[str]) -> bytes:
        return digest(*(part for path in paths for part in (path.encode(), self.digests[path])))


def texts(entry: Entry) -> Iterator[str]:
    """Every value of a front matter, as typed."""
    if entry.raw:
        yield entry.raw
    if isinstance(entry.scalar, str):
        yield entry.scalar
    for part in (*(entry.items or ()), *(entry.keys or {}).values()):
        yield from texts(part)
