"""What a server must know of a built site, read from the site itself."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..formats import html_tree
from ..formats.html_tree import Element

FINGERPRINTED = re.compile(r"\.[0-9a-f]{8}\.(?:(?:min\.)?(?:js|css)|woff2)$")
"""Names that hold a part of their content's hash, so that what such an address gives never changes."""
INLINE_SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
SUSPECT = tuple(
    map(
        re.compile,
        (rb"<style\b", rb"style(?<=[\s\"'/]style)\s*=", rb"on(?<=[\s\"'/]on)[a-z]+\s*=", rb"javascript:"),
    )
)
"""What may be a style or a script, in lower case. Each begins with letters of its own, which `re` finds fastest."""
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')


class CannotPublish(Exception):
    """A built page holds what no strict server may let through; str() says which, and how to fix it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BuiltSite:
    files: tuple[str, ...]
    """Paths relative to the site's folder, with slashes, sorted."""
    scripts: tuple[str, ...]
    """Hashes of the scripts that stand in pages, as a Content-Security-Policy names them, sorted."""
    address: str
    """Where the site will be, such as https://policies.example.org/guide/; empty if not known."""
    frames: tuple[str, ...] = ()
    """Hosts whose pages may show the site in a frame; none but those."""
    hosts: tuple[str, ...] = ()
    """Hosts whose pictures and films the site's pages may show; none but those."""

    @property
    def base(self) -> str:
        """The path of the site on its server, with a slash at both ends."""
        return f"/{urlsplit(self.address).path.strip('/')}/".replace("//", "/")

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""

    @property
    def encrypted(self) -> bool:
        return self.address.startswith("https:")

    @property
    def fingerprinted(self) -> tuple[str, ...]:
        return tuple(name for name in self.files if FINGERPRINTED.search(name))

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of the names in use, with their dot, sorted."""
        return tuple(sorted({Path(name).suffix.lower() for name in self.files} - {""}))


def read(site: Path, frames: tuple[str, ...] = (), hosts: tuple[str, ...] = ()) -> BuiltSite:
    """Read a built site's folder; CannotPublish when a page holds what the policy of its scripts forbids."""
    files = tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()))
    faults: list[str] = []
    scripts: set[bytes] = set()
    for name in files:
        if name.endswith(".html"):
            page = (site / name).read_bytes()
            faults += forbidden(name, page)
            scripts.update(inline_scripts(page))
    if faults:
        raise CannotPublish("\n\n".join(faults))
    home = CANONICAL.search((site / "index.html").read_text(encoding="utf-8")) if "index.html" in files else None
    return BuiltSite(
        files=files,
        scripts=tuple(sorted(map(fingerprint, scripts))),
        address=home[1].removesuffix("index.html") if home else "",
        frames=frames,
        hosts=hosts,
    )


def inline_scripts(page: bytes) -> Iterator[bytes]:
    """The scripts that the theme puts into a page; blocks of data are none, and a browser never runs them."""
    article, end = page.find(b"<article"), page.rfind(b"</article")
    for match in INLINE_SCRIPT.finditer(page):
        if b"src=" not in match[1] and b"json" not in match[1] and not article <= match.start() < end:
            yield match[2]


def fingerprint(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def forbidden(page: str, content: bytes) -> Iterator[str]:
    """Faults of a page. Only pages that may have one are read in full: that takes long in a large guide."""
    text = page_text(content)
    if any(b"src=" not in match[1] and b"json" not in match[1] for match in INLINE_SCRIPT.finditer(text)):
        yield refused(page, "<script>")
    lower = INLINE_SCRIPT.sub(b"", content).lower()
    if any(pattern.search(lower) for pattern in SUSPECT):
        for what in inline_code(html_tree.document(content.decode())):
            yield refused(page, what)


def page_text(content: bytes) -> bytes:
    """The article of a page: what its author wrote, and what the guide makes of it."""
    start, end = content.find(b"<article"), content.rfind(b"</article")
    return content[start:end] if 0 <= start < end else b""


def refused(page: str, what: str) -> str:
    return (
        f"the page {page.removesuffix('index.html') or 'home'}: {what} would not work, because the server’s "
        "rules refuse scripts and styles inside pages.\n"
        "  Take it out of the page’s text. Looks belong in overrides/assets/stylesheets/, scripts in "
        "overrides/assets/javascripts/."
    )


def inline_code(root: Element) -> Iterator[str]:
    """Styles and scripts written into a page's elements."""
    for element in root.iter():
        if element.tag == "style":
            yield "<style>"
        for name, value in html_tree.attributes(element).items():
            if name == "style" or name.startswith("on"):
                yield f'{name}="{value}"'
            elif value.strip().lower().startswith("javascript:"):
                yield f"a {name} that begins with javascript:"
