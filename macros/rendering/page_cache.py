"""The pages of earlier builds, taken instead of made again where nothing that they may depend on changed."""

from __future__ import annotations

import json
from collections import defaultdict
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

    def to_bytes(self) -> bytes:
        head = json.dumps([sorted(self.anchors), {path: dict(links) for path, links in self.links.items()}, self.extra])
        return f"{head}\n{self.html}".encode()

    @classmethod
    def from_bytes(cls, value: bytes) -> BuiltPage:
        head, _, html = value.decode().partition("\n")
        anchors, links, extra = json.loads(head)
        return cls(html=html, anchors=tuple(anchors), links=links, extra=extra)


BATCH = 8_000_000
"""Letters of pages that wait to be stored: all of a large guide are more than memory should hold."""


class PageCache:
    """Which pages of this build are taken from the store, and those that were made."""

    def __init__(self, store: Store, keys: Mapping[str, bytes], units: Mapping[str, str], pdfs: Path) -> None:
        """Keys and units are by page path; the pages of a unit are taken together or not at all."""
        self.store, self.keys = store, keys
        values = store.get(keys.values())
        present = {path: BuiltPage.from_bytes(values[key]) for path, key in keys.items() if key in values}
        members: dict[str, list[str]] = defaultdict(list)
        for path in keys:
            members[units.get(path, path)].append(path)
        self.taken: dict[str, BuiltPage] = {}
        for paths in members.values():
            pages = {path: present[path] for path in paths if path in present}
            if len(pages) == len(paths) and all(
                not page.extra or (pdfs / page.extra).exists() for page in pages.values()
            ):
                self.taken |= pages
        self.made: dict[str, BuiltPage] = {}
        self.weight = 0

    def add(self, path: str, page: BuiltPage) -> None:
        if path in self.keys:
            self.made[path] = page
            self.weight += len(page.html)
            if self.weight > BATCH:
                self.put()

    def put(self) -> None:
        """Hand over what was made since the last time."""
        self.store.put({self.keys[path]: page.to_bytes() for path, page in self.made.items()})
        self.made, self.weight = {}, 0

    def save(self) -> str:
        """Keep what was made for the next build; why that was not possible, or nothing."""
        self.put()
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
