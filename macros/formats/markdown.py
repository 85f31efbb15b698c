"""A clause's Markdown as HTML outside its own page, by the same library MkDocs uses."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class UnlinkedTree(Treeprocessor):
    """Turns links into their words: shown elsewhere, a relative link would lead astray."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            link.tag = "span"
            link.attrib.clear()


class Unlinked(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.treeprocessors.register(UnlinkedTree(md), "unlinked", 0)


def converter() -> Markdown:
    """A reader of clause text; the extensions are those of mkdocs.yml that clauses use."""
    return Markdown(extensions=["tables", "sane_lists", Unlinked()])


def html(md: Markdown, text: str) -> str:
    return md.reset().convert(text)
