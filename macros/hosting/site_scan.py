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
INLINE_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
SUSPECT = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
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


def read(site: Path) -> BuiltSite:
    """Read a built site's folder; CannotPublish when a page holds what the policy of its scripts forbids."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    faults = [fault for path, text in pages.items() for fault in forbidden(path.relative_to(site).as_posix(), text)]
    if faults:
        raise CannotPublish("\n\n".join(faults))
    home = CANONICAL.search(pages.get(site / "index.html", ""))
    return BuiltSite(
        files=tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())),
        scripts=tuple(sorted({fingerprint(script) for text in pages.values() for script in inline_scripts(text)})),
        address=home[1].removesuffix("index.html") if home else "",
    )


def inline_scripts(text: str) -> Iterator[str]:
    """The scripts that stand in a page; blocks of data are none, and a browser never runs them."""
    for attributes, script in INLINE_SCRIPT.findall(text):
        if "src=" not in attributes and "json" not in attributes:
            yield script


def fingerprint(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def forbidden(page: str, text: str) -> Iterator[str]:
    """Faults of a page. Only pages that may have one are read in full: that takes long in a large guide."""
    if SUSPECT.search(INLINE_SCRIPT.sub("", text)):
        for what in inline_code(html_tree.document(text)):
            yield (
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
