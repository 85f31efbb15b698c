"""Markdown outside its own page, as in popovers and editions, by the extensions that MkDocs uses for pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import Treeprocessor

from . import plain_markdown

BUILT_IN = ("toc", "tables", "fenced_code")
"""What MkDocs adds by itself: https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/defaults.py#L118"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extensions:
    """The Markdown of a project: its extensions of Python-Markdown, and their settings."""

    names: tuple[str, ...] = BUILT_IN
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether plain words mean nothing to any of them."""
        return plain_markdown.is_known(self.names, self.settings)


class FragmentTree(Treeprocessor):
    """Takes out what works only on a text's own page.

    Links become words, because a relative one would lead astray; ids and the ways back from footnotes go, because a
    page may show several texts.
    """

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            parent.attrib.pop("id", None)
            for position, child in reversed(list(enumerate(parent))):
                if child.tag == "a" and child.get("class") == "footnote-backref":
                    remove_backref(parent, position)
                elif child.tag == "a":
                    child.tag = "span"
                    child.attrib.clear()


def remove_backref(parent: Element, position: int) -> None:
    """Take out the way back from a footnote, and the space before it."""
    before = parent[position - 1] if position else None
    if before is not None and before.tail:
        before.tail = before.tail.removesuffix(NBSP_PLACEHOLDER)
    if parent.text:
        parent.text = parent.text.removesuffix(NBSP_PLACEHOLDER)
    del parent[position]


class Fragment(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # After all others have set their ids and links; the last of Python-Markdown's own has 0.
        md.treeprocessors.register(FragmentTree(md), "fragment", -10)


def converter(extensions: Extensions, *, links: bool = False) -> Markdown:
    """The converter of a project's texts outside their own page; with links, of parts of that page."""
    md = Markdown(
        extensions=[*extensions.names, *([] if links else [Fragment()])],
        extension_configs={name: dict(settings) for name, settings in extensions.settings.items()},
    )
    md.plain, md.links = extensions.plain, links  # type: ignore[attr-defined]
    return md


CHECKED: dict[str, str] = {}
"""Why some extensions cannot be used, by all of their settings; nothing where they can."""


def unusable(extensions: Extensions) -> str:
    """Why extensions cannot be used as they are set; empty where they can."""
    key = repr(extensions)
    if key not in CHECKED:
        try:
            converter(extensions)
        except Exception as error:  # noqa: BLE001 - whatever a strange extension raises
            CHECKED[key] = f"{type(error).__name__}: {error}"
        else:
            CHECKED[key] = ""
    return CHECKED[key]


def html(md: Markdown, text: str) -> str:
    """A text as HTML; what needs no parser, which most does not, goes round it."""
    plain = plain_markdown.html(text, links=md.links) if md.plain else None  # type: ignore[attr-defined]
    return md.reset().convert(text) if plain is None else plain
