"""HTML as a tree and back: what MkDocs made of the authors' words, to be set anew elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder, tostring

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements that never hold anything, so that nothing closes them."""
INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "s", "small", "span",
     "strong", "sub", "sup", "u"}
)  # fmt: skip
"""Elements that stand within a line."""
BLOCKS = frozenset(
    {"blockquote", "dd", "div", "dl", "dt", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table",
     "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
"""Elements on lines of their own. What is in neither set has no form on paper: no policy may hold it."""


def parse(html: str) -> Element:
    """A tree whose root holds all of a stretch of HTML; forgives what a browser forgives."""
    grower = Grower()
    grower.feed(html)
    return grower.grown()


def html(root: Element) -> str:
    """What a root holds, as HTML; the root itself is left out."""
    whole = tostring(root, encoding="unicode", method="html", short_empty_elements=False)
    return whole[whole.index(">") + 1 : whole.rindex("<")]


class Grower(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.builder.start("div", {})
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while self.open:
            last = self.open.pop()
            self.builder.end(last)
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        self.builder.data(data)

    def grown(self) -> Element:
        self.close()
        for tag in (*reversed(self.open), "div"):
            self.builder.end(tag)
        return self.builder.close()


def without(root: Element, *names: str) -> None:
    """Take elements of some tags or classes out of a tree, leaving the words that follow them."""
    for parent in list(root.iter()):
        before: Element | None = None
        for child in list(parent):
            if child.tag not in names and classes(child).isdisjoint(names):
                before = child
                continue
            if before is None:
                parent.text = (parent.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            parent.remove(child)


def classes(element: Element) -> frozenset[str]:
    return frozenset(element.get("class", "").split())


def pieces(element: Element) -> Iterator[str | Element]:
    """What an element holds, in order: words and elements."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail
