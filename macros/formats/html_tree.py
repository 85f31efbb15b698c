"""HTML as a tree of lxml, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree, html
from lxml.etree import _Element as Element

__all__ = [
    "BLOCKS",
    "INLINE",
    "Element",
    "append",
    "attributes",
    "classes",
    "contents",
    "document",
    "drop",
    "elements",
    "inner_html",
    "marker",
    "named",
    "parse",
    "replace",
    "text",
    "with_attribute",
]

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


def parse(markup: str) -> Element:
    """A <div> that holds all of a stretch of HTML, without its comments; a whole document gives its body."""
    if not WHOLE_DOCUMENT.match(markup):
        markup = f"<html><body>{markup}</body></html>"
    document = etree.fromstring(markup, PARSER)
    root = next(child for child in document if child.tag == "body")
    document.remove(root)
    root.tag = "div"
    root.attrib.clear()
    if not (root.text or "").strip():
        root.text = None
    return root


def document(markup: str) -> Element:
    """The <html> of a whole page."""
    root: Element = html.document_fromstring(markup, parser=PARSER)
    return root


WHOLE_DOCUMENT = re.compile(r"\s*<(?:html|!doctype)", re.IGNORECASE)
PARSER = etree.HTMLParser(remove_comments=True, remove_pis=True)
"""Not that of lxml.html, which asks a function of Python for the class of each element."""


def inner_html(root: Element) -> str:
    """What an element holds, as HTML."""
    outer = etree.tostring(root, encoding="unicode", method="html", with_tail=False)
    return outer[outer.index(">") + 1 : outer.rindex("<")]


def drop(root: Element, *names: str) -> None:
    """Take elements of some tags or classes out of a tree, leaving the words that follow them."""
    for element in named(root, *names):
        remove(element)


def elements(root: Element, path: etree.XPath) -> list[Element]:
    """What a path finds: lxml looks through a tree itself many times as fast as Python can."""
    found: Any = path(root)
    return list(found)


def named(root: Element, *names: str) -> list[Element]:
    """The elements of some tags or classes; an XPath that tells classes apart takes six times as long."""
    wanted = frozenset(names)
    classed = elements(root, with_attribute("class"))
    return [
        *(element for element in root.iter(*names) if element is not root),
        *(each for each in classed if each.tag not in wanted and not wanted.isdisjoint(each.get("class", "").split())),
    ]


@cache
def with_attribute(name: str) -> etree.XPath:
    """The elements that have an attribute."""
    return etree.XPath(f"descendant::*[@{name}]")


def append(parent: Element, tag: str, words: str = "") -> Element:
    """A new element at another's end."""
    element = etree.SubElement(parent, tag)
    element.text = words or None
    return element


def remove(element: Element) -> None:
    """Take one element out of its tree, leaving the words that follow it."""
    parent = element.getparent()
    if parent is None:  # it went with another that held it
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    element.tail = None
    parent.remove(element)


def replace(element: Element, root: Element) -> None:
    """Put what another element holds in the place of this one."""
    parent = element.getparent()
    assert parent is not None
    position = parent.index(element)
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (root.text or "")
    else:
        before.tail = (before.tail or "") + (root.text or "")
    children = list(root)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
        element.tail = None
    remove(element)
    parent[position:position] = children


def text(element: Element) -> str:
    """The words of an element and of all that it holds."""
    return "".join(map(str, element.itertext()))


def marker(item: Element) -> str:
    """What a browser prints before an item of a numbered list, such as “1.” or “(a)”; empty for another's."""
    listed = item.getparent()
    if listed is None or listed.tag != "ol":
        return ""
    number = int(listed.get("start", "1")) - 1
    for sibling in listed:
        number = int(sibling.get("value", number + 1))
        if sibling is item:
            break
    figure = figured(number, listed.get("type", "1"))
    shape = classes(listed)
    return f"({figure})" if "parens" in shape else f"{figure})" if "paren" in shape else f"{figure}."


def figured(number: int, style: str) -> str:
    """A number as a list of some style writes it: 1, a, A, i or I."""
    if style.lower() == "a":
        letters = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letters if style == "a" else letters.upper()
    if style.lower() == "i":
        return roman(number) if style == "i" else roman(number).upper()
    return str(number)


def roman(number: int) -> str:
    letters = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        letters += sign * (number // value)
        number %= value
    return letters


def attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def contents(element: Element) -> Iterator[str | Element]:
    """What an element holds, in order: words and elements."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail
