"""The pages of earlier builds, taken instead of made again where nothing that they may depend on changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ..formats.spool import Spool, Spooled
from ..formats.store import Store

Place = tuple[int, int] | str


def text_at(place: Place, html: str) -> str:
    return place if isinstance(place, str) else html[slice(*place)]


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

    @property
    def place(self) -> Place:
        """Where its own text stands in the page; that text itself where it does not stand there word for word."""
        start = self.html.find(self.content) if self.content else 0
        return (start, start + len(self.content)) if start >= 0 else self.content

    def to_bytes(self) -> bytes:
        links = {path: dict(links) for path, links in self.links.items()}
        head = json.dumps([sorted(self.anchors), links, self.extra, self.place])
        return f"{head}\n{self.html}".encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredPage:
    """A page of an earlier build as the store holds it; see BuiltPage. Most are written as they are, and never read."""

    value: bytes
    anchors: tuple[str, ...]
    links: Mapping[str, Mapping[str, str]]
    extra: str
    place: Place

    @classmethod
    def from_bytes(cls, value: bytes) -> StoredPage:
        anchors, links, extra, place = json.loads(value[: value.index(b"\n")])
        place = place if isinstance(place, str) else tuple(place)
        return cls(value=value, anchors=tuple(anchors), links=links, extra=extra, place=place)

    @property
    def data(self) -> memoryview:
        """Its HTML as it is written into the site."""
        return memoryview(self.value)[self.value.index(b"\n") + 1 :]

    @property
    def content(self) -> str:
        return text_at(self.place, str(self.data, "utf-8"))


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedPage:
    """A page that the last build of this process left in the folder that it serves."""

    key: bytes
    page: BuiltPage | StoredPage
    """Without its HTML, which lies in the folder."""
    place: Place

    def content(self, file: Path) -> str:
        """The page's own text, from where it lies."""
        return text_at(self.place, file.read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True, slots=True)
class MadePage:
    """A page that this build made."""

    served: ServedPage
    value: Spooled
    """What the store is to hold, put aside until the build is through."""


class Values(Mapping[bytes, bytes]):
    """What was put aside, fetched one by one: all pages of a large guide at once are more than memory should hold."""

    def __init__(self, spooled: Mapping[bytes, Spooled]) -> None:
        self.spooled = spooled

    def __getitem__(self, key: bytes) -> bytes:
        return str(self.spooled[key]).encode()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.spooled)

    def __len__(self) -> int:
        return len(self.spooled)


class PageCache:
    """Which pages of this build are taken from the store or lie in the site already, and those that were made."""

    def __init__(
        self,
        store: Store,
        keys: Mapping[str, bytes],
        pdfs: Path,
        spool: Spool,
        served: Mapping[str, ServedPage] = MappingProxyType({}),
    ) -> None:
        """Keys and served are by page path; pdfs is the folder in which the PDF of a whole policy is to be found."""
        self.store, self.keys, self.served = store, keys, served
        self.untouched = {path: page for path, page in served.items() if keys.get(path) == page.key}
        values = store.get(key for path, key in keys.items() if path not in self.untouched)
        self.stored = {
            path: page
            for path, key in keys.items()
            if key in values
            for page in (StoredPage.from_bytes(values[key]),)
            if not page.extra or (pdfs / page.extra).exists()
        }
        self.taken: dict[str, BuiltPage | StoredPage] = {path: page.page for path, page in self.untouched.items()}
        self.taken |= self.stored
        self.made: dict[str, MadePage] = {}
        self.spool = spool

    def add(self, path: str, page: BuiltPage) -> None:
        if path in self.keys:
            value = self.spool.put(page.to_bytes().decode())
            self.made[path] = MadePage(served=self.now(path, page), value=value)

    def now(self, path: str, page: BuiltPage | StoredPage) -> ServedPage:
        without = replace(page, value=b"") if isinstance(page, StoredPage) else replace(page, html="", content="")
        return ServedPage(key=self.keys[path], page=without, place=page.place)

    def content(self, path: str, file: Path) -> str:
        """The own text of a taken page, which lies in the site if it is not in the store."""
        return self.stored[path].content if path in self.stored else self.untouched[path].content(file)

    def save(self) -> str:
        """Keep what was made for the next build; why that was not possible, or nothing."""
        former = [page.key for path, page in self.served.items() if self.keys.get(path) != page.key]
        values = Values({self.keys[path]: made.value for path, made in self.made.items()})
        self.store.put(values, instead_of=former)
        fault = self.store.fault
        self.store.close()
        return fault

    def now_served(self) -> dict[str, ServedPage]:
        """What the next build of this process finds in the folder."""
        stored = {path: self.now(path, page) for path, page in self.stored.items()}
        return self.untouched | stored | {path: made.served for path, made in self.made.items()}


def write_pages(pages: Mapping[str, StoredPage], site: Path) -> None:
    """Write pages into a site by the address of each; one that is there already stays untouched."""
    for address, page in pages.items():
        file = os.path.join(site, *address.split("/"))  # noqa: PTH118 - thousands of them
        folder = os.path.dirname(file)  # noqa: PTH120
        if not os.path.isdir(folder):  # noqa: PTH112
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        elif os.path.exists(file) and Path(file).read_bytes() == page.data:  # noqa: PTH110
            continue
        with open(file, "wb") as stream:  # noqa: PTH123
            stream.write(page.data)


def stale_pages(expected: Iterable[str], site: Path) -> list[Path]:
    """The pages of a served site that no file stands for any longer."""
    known = {os.path.join(site, *address.split("/")) for address in expected}  # noqa: PTH118 - thousands of them
    return [
        Path(folder, name)
        for folder, _, names in os.walk(site)
        for name in names
        if name.endswith(".html") and f"{folder}{os.sep}{name}" not in known
    ]
