"""How easily a page reads: Flesch's reading ease and a reading age, by the library `readability`.

It is the nearest to counted syllables of the libraries weighed, and the only one without other packages: over the
first policy it counts 0.05 syllables a word too few, where textstat counts 0.14 too few, which is 12 points of ease.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import readability

from ..assembly.assemble import Project
from ..authoring.macro_signatures import Call
from ..authoring.pages import Page
from ..formats import html_tree, markdown
from ..formats.html_tree import Element

OLDEST = 14
"""The reading age in years that our own prose should not pass: public writing aims lower, law is seldom easier."""
FEWEST = 60
"""Words below which a page is too short for the formulas to mean anything."""
SENTENCE_END = re.compile(r"(?<=[.!?:;])[”’)]*\s+")
"""Flesch counts what stands between such signs as a sentence, and so do readers."""
LONG = 25
"""Words from which on a sentence is shown to the author."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Readability:
    path: str
    """The page below docs/."""
    words: int
    ease: int
    """Flesch's reading ease: 100 is very easy, 60 plain English, 30 hard."""
    age: int
    """Years, from the Flesch–Kincaid grade: a pupil of American grade 9 is 14."""
    longest: str
    """The longest sentence, if it is long."""

    @property
    def too_hard(self) -> bool:
        return self.age > OLDEST


def pages(project: Project) -> Iterator[Readability]:
    """A reading of every page that is long enough, in the order of the pages."""
    md = markdown.converter(project.extensions)
    for page in project.pages:
        measured = measure(page.path, sentences(markdown.html(md, own_words(page))))
        if measured:
            yield measured


def measure(path: str, lines: list[str]) -> Readability | None:
    """The reading of some sentences; None if they are too few words."""
    split = [re.findall(r"[\w’'-]+", line) for line in lines]
    words = sum(map(len, split))
    if words < FEWEST:
        return None
    grades = readability.getmeasures("\n".join(" ".join(line) for line in split), lang="en")["readability grades"]
    longest = max(range(len(split)), key=lambda place: len(split[place]))
    return Readability(
        path=path,
        words=words,
        ease=round(grades["FleschReadingEase"]),
        age=round(grades["Kincaid"]) + 5,
        longest=lines[longest] if len(split[longest]) >= LONG else "",
    )


def own_words(page: Page) -> str:
    """A page's Markdown with its links as words. Asides and reasons are sentences of their own."""
    gist = (page.meta.keys or {}).get("gist")
    texts = [gist.raw, "\n\n"] if gist else []
    for block in page.blocks:
        for piece in block.nodes:
            if not isinstance(piece, Call):
                texts.append(piece.text)
            elif piece.name in ("ref", "act"):
                texts.append(piece["text"] or "this")
            elif piece.name == "note":
                texts.append(f"\n\n{piece['text']}\n\n")
        texts.append("\n\n")
    return "".join(texts)


def sentences(html: str) -> list[str]:
    """The sentences of running text: no headings, tables or examples of code. An item of a list ends a sentence."""
    running = (
        line for text in paragraphs(html_tree.parse(html)) for line in SENTENCE_END.split(" ".join(text.split()))
    )
    return [line.strip() for line in running if re.search(r"[a-z]", line)]


def paragraphs(element: Element) -> Iterator[str]:
    """The running text of an element, parted at the bounds of the blocks that it holds."""
    run = ""
    for node in html_tree.contents(element):
        if isinstance(node, str):
            run += node
        elif node.tag in PARTED:
            yield run
            yield from paragraphs(node)
            run = ""
        elif node.tag not in SKIPPED:
            first, *others = paragraphs(node)
            run += first
            for other in others:
                yield run
                run = other
    yield run


PARTED = frozenset({"p", "li", "ul", "ol", "div", "dl", "dt", "dd"})
SKIPPED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "svg", "button"})
