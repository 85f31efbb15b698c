"""Lettered, roman and numbered lists that keep the marks of the paper: ``a.``, ``a)`` and ``(a)``.

A Python-Markdown extension on top of pymdownx.fancylists, which shows ``a)`` as ``a.``, has no ``(a)``, and counts on
from the first mark whatever the next ones are:
https://github.com/facelessuser/pymdown-extensions/blob/12.3/pymdownx/fancylists.py#L152
A list's element says how its marks are written: class ``paren`` for ``a)``, ``parens`` for ``(a)``, none for ``a.``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.fancylists import FancyListExtension, FancyOListProcessor, FancyUListProcessor

OPENING = re.compile(r"(?:\((?:[a-z]{1,2}|[ivxlcdm]{1,7}|[A-Z]|\d{1,3})\)|(?:[a-z]{1,2}|[ivxlcdm]{1,7}|\d{1,3})\)"
                     r"|(?:[a-z]|[ivxlcdm]{2,7}|[IVX]{1,5}|\d{1,3}\\)\.)[ ]")  # fmt: skip
"""A mark that the author gives a bullet's item: it needs no bullet besides."""


class Item(str):
    """The text of one item, with the number that its own mark stands for."""

    __slots__ = ("number",)
    number: str


class Unparenthesised:
    """A match as fancylists expects it: ``a)`` for ``(a)``."""

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match

    def group(self, number: int) -> str:
        return self.match.group(number).lstrip("(")


def accept_parentheses(processor: Any) -> None:
    """Have the patterns of fancylists match ``(a)`` too, though not ``(a.``."""
    # https://github.com/facelessuser/pymdown-extensions/blob/12.3/pymdownx/fancylists.py#L138
    for name in ("list_re", "child_re", "indent_re"):
        pattern = getattr(processor, name).pattern.replace(r"(?:\d+", r"(?!\(\w+\.)\(?(?:\d+", 1)
        setattr(processor, name, re.compile(pattern, re.VERBOSE))


class PrintedOListProcessor(FancyOListProcessor):  # type: ignore[misc]
    OL_TYPES = FancyOListProcessor.OL_TYPES | {
        f"parens-{kind}": style
        for kind, style in (("decimal", "1"), ("roman", "i"), ("ROMAN", "I"), ("alpha", "a"), ("ALPHA", "A"))
    }

    def __init__(self, parser: BlockParser, config: dict[str, Any]) -> None:
        super().__init__(parser, config)
        accept_parentheses(self)
        self.matches: list[re.Match[str]] = []

    def test(self, parent: Element, block: str) -> bool:
        """Whether a list begins here; a mark at the start of a bullet's item is a part of its text."""
        opens_item = parent.tag == "li" and not len(parent) and not parent.text
        return bool(super().test(parent, block)) and not (opens_item and OPENING.match(block))

    def get_fancy_type(self, m: re.Match[str], first: bool, fancy_type: str) -> tuple[str, str]:
        self.matches.append(m)
        if not m.group(1).startswith("("):
            return super().get_fancy_type(m, first, fancy_type)  # type: ignore[no-any-return]
        known = re.sub("^parens-", "paren-", fancy_type) if not fancy_type.startswith("paren-") else ""
        kind, _ = super().get_fancy_type(Unparenthesised(m), first, known)
        return kind.replace("paren-", "parens-"), fancy_type

    def get_start(self, fancy_type: str, m: re.Match[str]) -> str:
        return str(super().get_start(fancy_type, Unparenthesised(m)))

    def get_items(self, sibling: Element | None, block: str, blocks: list[str]) -> tuple[list[str], str]:
        """The items of a block, each with the number that its mark stands for."""
        self.matches = []
        items, kind = super().get_items(sibling, block, blocks)
        return list(self.numbered(items, kind, iter(self.matches))), kind

    def numbered(self, items: list[str], kind: str, matches: Iterator[re.Match[str]]) -> Iterator[str]:
        for text in items:
            if text.startswith(" " * self.tab_length):
                yield text
                continue
            item = Item(text)
            item.number = self.get_start(kind, next(matches))
            yield item


class PrintedUListProcessor(FancyUListProcessor):  # type: ignore[misc]
    def __init__(self, parser: BlockParser, config: dict[str, Any]) -> None:
        super().__init__(parser, config)
        accept_parentheses(self)


class ItemNumbers(BlockProcessor):
    """Notes on each item the number of its mark. It never takes a block: it only sees each one first."""

    def test(self, parent: Element, block: str) -> bool:
        if isinstance(block, Item):
            parent.set("value", block.number)
        return False

    def run(self, parent: Element, blocks: list[str]) -> None:
        raise NotImplementedError


class ListMarks(Treeprocessor):
    """Says on each list and item what its marks look like."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "ol" and (kind := element.get("__fancylist")):
                numbered_list(element, kind)
            elif element.tag == "ul":
                for item in element:
                    if OPENING.match(first_words(item)):
                        item.set("class", "marked")


def first_words(item: Element) -> str:
    text = item.text or ""
    return text if text.strip() or not len(item) or item[0].tag != "p" else item[0].text or ""


def numbered_list(element: Element, kind: str) -> None:
    delimiter, style = kind.split("-")
    if delimiter in ("paren", "parens"):
        element.set("class", delimiter)
    if style == "decimal":
        del element.attrib["type"]
    number = int(element.get("start", "1"))
    for item in element:
        value = int(item.attrib.pop("value", number))
        # Markdown's own “1.” counts on whatever its figures say; any other mark is printed as it is written.
        if value != number and kind != "dot-decimal":
            item.set("value", str(value))
            number = value
        number += 1


class PrintedListExtension(FancyListExtension):  # type: ignore[misc]
    def extendMarkdownBlocks(self, md: Markdown, blocks: Any) -> None:  # noqa: N802 - the library's name
        super().extendMarkdownBlocks(md, blocks)
        config = self.getConfigs()
        md.parser.blockprocessors.register(PrintedOListProcessor(md.parser, config), "olist", 40)
        md.parser.blockprocessors.register(PrintedUListProcessor(md.parser, config), "ulist", 30)
        md.parser.blockprocessors.register(ItemNumbers(md.parser), "item-numbers", 110)
        # Before the words within lines are read (20), so that a mark is seen as it was typed.
        md.treeprocessors.register(ListMarks(md), "list-marks", 25)


def makeExtension(**settings: Any) -> PrintedListExtension:  # noqa: N802 - the library's name
    return PrintedListExtension(**settings)
