"""How the tests read a PDF: as a screen reader does, by its tags, and page by page as the eye does."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pdfplumber
from pdfplumber.utils import resolve_all


@cache
def texts(path: Path) -> dict[tuple[int, int], str]:
    """The text of each piece of marked content, by page and number. What is not marked is furniture of the page."""
    found = defaultdict(str)
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                if char["mcid"] is not None:
                    found[page.page_number, char["mcid"]] += char["text"]
    return found


@cache
def tagged(path: Path) -> list[tuple[int, str, int, tuple[int, ...]]]:
    """The tags of a PDF in reading order, as (depth, tag, page, numbers of its marked content)."""

    def each(element, depth, page):
        page = element.get("page_number", page)
        yield depth, element["type"], page, tuple(element.get("mcids", ()))
        for child in element.get("children", ()):
            yield from each(child, depth + 1, page)

    with pdfplumber.open(path) as pdf:
        return [found for root in pdf.structure_tree for found in each(root, 0, 1)]


def drawn(path: Path) -> str:
    """The tags of a PDF with what stands in each, for a person to read."""
    rows = []
    for depth, tag, page, numbers in tagged(path):
        own = "".join(texts(path)[page, number] for number in numbers)
        rows.append(f"{'  ' * depth}{tag} {own}".rstrip())
    return "\n".join(rows) + "\n"


@cache
def read_aloud(path: Path) -> list[str]:
    """All that a screen reader says of each page but for the marks of lists, without white space."""
    marks = {(page, number) for _, tag, page, numbers in tagged(path) if tag == "Lbl" for number in numbers}
    found = defaultdict(str)
    for (page, number), text in sorted(texts(path).items()):
        if (page, number) not in marks:
            found[page] += "".join(text.split())
    return [found[page] for page in sorted(found)]


@cache
def pages(path: Path) -> list[str]:
    """What the eye reads on each page, headers and footers too."""
    with pdfplumber.open(path) as pdf:
        return [page.extract_text() for page in pdf.pages]


def outline(path: Path) -> list[tuple[int, str]]:
    with pdfplumber.open(path) as pdf:
        return [(level, title) for level, title, *_ in pdf.doc.get_outlines()]


def links(path: Path) -> tuple[set[str], int]:
    """The addresses that links lead out to, and how many links lead within the document."""
    outward, inward = set(), 0
    with pdfplumber.open(path) as pdf:
        for link in (link["data"] for page in pdf.pages for link in page.annots):
            action = resolve_all(link.get("A", {}))
            if "URI" in action:
                outward.add(action["URI"].decode())
            else:
                inward += 1
    return outward, inward
