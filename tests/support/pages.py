"""A built page read for its ids, links and files."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """Ids, links and loaded files of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.ids, self.links, self.loads, self.headings = [], [], [], []
        self.popovers, self.targets = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if (tag == "link" and found.get("rel") in ("stylesheet", "icon")) or tag in ("script", "img", "iframe"):
            self.loads.append(found.get("href") or found.get("src") or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "popovertarget" in found:
            self.targets.append(found["popovertarget"])
        if "popover" in found:
            self.popovers.append(found["id"])


def resolve(page: str, link: str) -> tuple[str, str]:
    """A relative link as a file of the site and a fragment."""
    parts = urlsplit(link)
    path = (Path("/") / page).parent / unquote(parts.path) if parts.path else Path("/") / page
    file = str(Path(re.sub(r"/[^/]+/\.\.(?=/|$)", "", "")) / path)
    pieces: list[str] = []
    for piece in file.split("/"):
        if piece == "..":
            pieces.pop()
        elif piece not in ("", "."):
            pieces.append(piece)
    found = "/".join(pieces)
    if parts.path.endswith(("/", "..")) or (parts.path in ("", ".") and parts.path != "") or not found:
        found = f"{found}/index.html".removeprefix("/")
    return found, parts.fragment


def kinds_of_page(site: Path) -> list[str]:
    """The longest page of each kind, whatever kinds the site has: its class in the theme, and its part of the site."""
    longest: dict[tuple, tuple[int, str]] = {}
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(site).as_posix()
        kind = (re.search(r'class="md-content ([\w -]+)"', text)[1], name.split("/")[0], name.count("/"))
        longest[kind] = max(longest.get(kind, (0, "")), (len(text), name))
    return sorted(name.removesuffix("index.html") for _, name in longest.values())
