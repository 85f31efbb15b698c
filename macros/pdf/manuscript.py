"""A whole policy's page as a manuscript for the typesetter: plain data, read by policy.typ.

A node is a text, or a dictionary of its tag, what it holds (``kids``) and what else the typesetter must know.
Nothing is escaped, because no code is generated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeGuard
from urllib.parse import urljoin

from ..formats import fonts, html_tree, qr
from ..formats.html_tree import Element
from ..model import Guide, Policy

Node = str | dict[str, Any]

ELSEWHERE = frozenset({"keep", "whole-contents", "law-notes", "footnote-backref"})
"""Classes of what paper shows in its own way, or not at all: links to other forms, contents, the notes of
the law, the way back from a footnote."""

IN_THE_MARGIN = ("tag", "number", "title", "marks")
LINE = 50
"""Characters that fit on any line of a clause."""
SHORT = 44
"""Lines that fit on a page: a clause of fewer need not be measured, which takes long."""

PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Endings of the pictures that the typesetter knows."""

ATTRIBUTES = ("id", "align", "type", "start", "value", "alt")
"""Attributes that the typesetter asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Turns the elements of one page into nodes; knows where the page stands and what its links lead to."""

    url: str
    """The page's, relative to the site's root."""
    site_url: str
    official: Mapping[str, str]
    """The official address of each law, by the address of its page here."""
    places: frozenset[str]
    """The ids of the page."""

    def inside(self, element: Element) -> list[Node]:
        """What an element holds, with its white space as a browser would show it."""
        nodes: list[Node] = []
        for piece in html_tree.contents(element):
            node = self.piece(piece)
            if isinstance(node, str) and nodes and isinstance(nodes[-1], dict) and nodes[-1]["tag"] == "br":
                node = node.lstrip()
            if node is not None and node != "":
                nodes.append(node)
        if any(is_block(node) for node in nodes):
            nodes = [node for node in nodes if not isinstance(node, str) or node.strip()]
        for node, after in pairwise(nodes):
            if is_tagged(node, "p") and is_tagged(after, "ul", "ol"):
                node["leads"] = True  # and stays with it
        return trimmed(nodes) if is_block({"tag": element.tag}) else nodes

    def piece(self, piece: str | Element) -> Node | None:
        if isinstance(piece, str):
            return re.sub(r"[ \t\r\n\f]+", " ", piece)
        return self.node(piece)

    def node(self, element: Element) -> Node | None:
        marked = html_tree.classes(element)
        if marked & ELSEWHERE or element.get("id") in ELSEWHERE:
            return None
        if "whole-section" in marked:
            return self.section(element)
        if "clause" in marked:
            return self.clause(element)
        if element.tag == "pre":
            return {"tag": "pre", "text": html_tree.text(element).rstrip("\n")}
        node: dict[str, Any] = {"tag": element.tag, "kids": self.inside(element)}
        if marked:
            node["class"] = sorted(marked)
        node |= {name: element.attrib[name] for name in ATTRIBUTES if name in element.attrib}
        if element.tag == "a" and (to := self.target(element.get("href", ""))):
            node["to"] = to
        if element.tag == "img":
            node["src"] = urljoin(f"/{self.url}", element.get("src", ""))
        return node

    def section(self, element: Element) -> Node:
        return {"tag": "section", **self.heading(element[0]), "kids": self.inside(element)[1:]}

    def clause(self, element: Element) -> Node:
        body = next(child for child in element if "clause-body" in html_tree.classes(child))
        kids = self.inside(body)[1:]
        return {
            "tag": "clause",
            **self.heading(body[0]),
            "marks": marks(body[0]),
            "short": sum(map(lines, kids)) < SHORT,
            "kids": kids,
        }

    def heading(self, element: Element) -> dict[str, Any]:
        """A heading's level beneath the policy's title, its place, number and words."""
        words = " ".join(html_tree.text(element).removesuffix(marks(element)).split())
        first = element[0] if len(element) else None
        numbered = first is not None and html_tree.classes(first) & {"clause-number", "section-number"}
        number = html_tree.text(first).strip() if first is not None and numbered else ""
        return {
            "level": int(element.tag[1]) - 1,
            "id": element.get("id", ""),
            "number": number.replace("§", ""),
            "title": words.removeprefix(number).strip(),
        }

    def notes(self, root: Element) -> list[Node]:
        """The notes of the law at the policy's end."""
        lists = (element for element in root.iter("section") if "law-notes" in html_tree.classes(element))
        return [self.note(item) for notes in lists for item in notes.iter("li")]

    def note(self, item: Element) -> Node:
        law, *told, _ = self.inside(item)
        official = html_tree.text(item[-1])
        assert isinstance(law, dict)
        return {
            "tag": "note",
            "id": item.get("id", ""),
            "law": law | {"to": official},
            "kids": told,
            "official": official,
        }

    def target(self, href: str) -> str:
        """Where a link leads on paper: a place of the document (#…), a whole address, or nowhere."""
        if href.startswith("#"):
            return href if href[1:] in self.places else ""
        url = urljoin(f"/{self.url}", href).removeprefix("/")
        if re.match(r"[a-z]+:", url):
            return url
        page, _, _ = url.partition("#")
        return self.official.get(page) or (self.site_url and self.site_url + url)


def marks(heading: Element) -> str:
    """The numbers of a clause's notes, which its heading ends in; empty where it has none."""
    last = heading[-1] if len(heading) else None
    leads = last is not None and last.tag == "sup" and [link.get("href", "")[:5] for link in last] == ["#law-"]
    return html_tree.text(last) if last is not None and leads else ""


def is_tagged(node: Node, *tags: str) -> TypeGuard[dict[str, Any]]:
    return isinstance(node, dict) and node["tag"] in tags


def is_block(node: Node) -> bool:
    return isinstance(node, dict) and node["tag"] not in html_tree.INLINE


def lines(node: Node, width: float = LINE) -> float:
    """More lines than a node takes on paper, where a line of it holds so many characters."""
    if isinstance(node, str):
        return len(node) / width
    if node["tag"] in ("img", "pre"):
        return SHORT
    if node["tag"] == "tr":
        cells = [kid for kid in node["kids"] if is_block(kid)]
        return 1 + max((lines(cell, width / len(cells)) for cell in cells), default=0)
    if node["tag"] == "dl":
        width *= 0.7
    own = 1.5 if is_block(node) else 1 if node["tag"] == "br" else 0
    return own + sum(lines(kid, width) for kid in node["kids"])


def headings(nodes: list[Node]) -> dict[str, Node]:
    """What policy.typ asks of a heading of a numbered place, by its id."""
    places: dict[str, Node] = {}
    for node in nodes:
        if isinstance(node, dict):
            if "number" in node:
                places[node["id"]] = {name: node[name] for name in IN_THE_MARGIN if name in node}
            places |= headings(node.get("kids", []))
    return places


def trimmed(nodes: list[Node]) -> list[Node]:
    """Without the white space at both ends of a block."""
    for place, cut in ((0, str.lstrip), (-1, str.rstrip)):
        if nodes and isinstance(nodes[place], str):
            nodes[place] = cut(str(nodes[place]))
    return [node for node in nodes if node != ""]


def crest(logo: str) -> Node | None:
    """The school's crest, unless it lies elsewhere or is a picture that the typesetter does not know."""
    known = "://" not in logo and logo.lower().endswith(PICTURES)
    return {"tag": "img", "src": f"/{logo}", "alt": ""} if known else None


def of(policy: Policy, guide: Guide, root: Element, *, url: str, site_url: str) -> dict[str, Any]:
    """All that policy.typ asks for. root holds the whole page's text; url is the page's own address."""
    reader = Reader(
        url=url,
        site_url=site_url,
        official={law.url: law.uri for law in guide.instruments.values()},
        places=frozenset(filter(None, (element.get("id") for element in root.iter()))),
    )
    opening, *parts = [node for node in reader.inside(root) if isinstance(node, dict)]
    text = [kid for node in parts for kid in node["kids"]]
    return {
        "title": policy.title,
        "summary": policy.summary,
        "school": guide.organisation.name,
        "authority": guide.organisation.local_authority or "",
        "faces": fonts.FAMILIES,
        "colour": guide.organisation.colour,
        "adopted": f"Adopted {policy.adopted.on.words}" if policy.adopted else "",
        "address": site_url and site_url + url,
        "crest": crest(guide.organisation.logo or ""),
        "qr": qr.standalone(site_url + url) if site_url else "",
        "opening": opening["kids"],
        "headings": headings(text),
        "text": text,
        "notes": reader.notes(root),
    }
