"""The pages of earlier builds, taken instead of made again where nothing that they may depend on changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..formats.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class BuiltPage:
    """A page as it is written into the site, and what a build must know of it besides."""

    html: str
    anchors: tuple[str, ...] = ()
    """The ids that other pages may link to."""
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The links to places of other pages that its author wrote, by source file and place."""
    extra: str = ""
    """For the page of a whole policy, the file name of its PDF in the cache."""
    content: str = ""
    """For a page that is bound into a whole policy, its own text: what stood in the theme's frame."""

    def to_bytes(self) -> bytes:
        """The page as the store keeps it; its text, which mostly stands in it word for word, by where it does."""
        start = self.html.find(self.content) if self.content else 0
        place = [start, len(self.content)] if start >= 0 else self.content
        links = {path: dict(links) for path, links in self.links.items()}
        head = json.dumps([sorted(self.anchors), links, self.extra, place])
        return f"{head}\n{self.html}".encode()

    @classmethod
    def from_bytes(cls, value: bytes) -> BuiltPage:
        head, _, html = value.decode().partition("\n")
        anchors, links, extra, place = json.loads(head)
        content = place if isinstance(place, str) else html[place[0] : place[0] + place[1]]
        return cls(html=html, anchors=tuple(anchors), links=links, extra=extra, content=content)


class PageCache:
    """Which pages of this build are taken from the store, and those that were made."""

    def __init__(self, store: Store, keys: Mapping[str, bytes], pdfs: Path) -> None:
        """Keys are by page path; pdfs is the folder in which the PDF of a whole policy is to be found."""
        self.store, self.keys = store, keys
        values = store.get(keys.values())
        self.taken = {
            path: page
            for path, key in keys.items()
            if key in values
            for page in (BuiltPage.from_bytes(values[key]),)
            if not page.extra or (pdfs / page.extra).exists()
        }
        self.made: dict[str, BuiltPage] = {}

    def add(self, path: str, page: BuiltPage) -> None:
        if path in self.keys:
            self.made[path] = page

    def save(self) -> str:
        """Keep what was made for the next build; why that was not possible, or nothing."""
        self.store.put({self.keys[path]: page.to_bytes() for path, page in self.made.items()})
        fault = self.store.fault
        self.store.close()
        return fault


def write_pages(pages: Mapping[str, Any], site: Path) -> None:
    """Write pages into a site by the address of each; one that is there already stays untouched."""
    for address, html in pages.items():
        file = site / address
        data = html.encode("utf-8", errors="xmlcharrefreplace")
        if file.exists() and file.read_bytes() == data:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def stale_pages(expected: Iterable[str], site: Path) -> list[Path]:
    """The pages of a served site that no file stands for any longer."""
    known = set(expected)
    return [path for path in site.rglob("*.html") if path.relative_to(site).as_posix() not in known]
