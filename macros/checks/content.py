"""What the text of each page comes to: what is wrong with it, every word shown, and where it leads.

A text is converted as the build converts it, and its HTML is read strictly. What needs no parser, as most text does,
holds nothing but words and is passed by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ..authoring.expansion import IN_LINE
from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import AppendixEntryBlock, Block, ClauseBlock, HeadingBlock, Text
from ..formats import markdown, plain_markdown
from ..formats.html_tokens import TAG
from ..formats.markdown import Extensions
from ..model import Problem, labels
from . import dialects
from .markup import NO_COMMENT_END, TOO_DEEP, Fault, Markup, shortened
from .shown_words import Rows, lost_words, source_words

MACRO = "macroref"
"""The word that stands for what a macro writes into a line."""
ESCAPABLE = ("{:", "{#", "<!--", "**", "](")
"""Marks that an author means to print where a backslash is before them, or a character of them is written as &lt;."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link or a picture of a text, as its author wrote its address."""

    address: str
    picture: bool
    markup: bool
    """Whether it is written as HTML, which a build leaves as it is."""
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What the text of a page comes to: what is wrong with it, and where it leads."""

    problems: tuple[Problem, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A stretch of a page that is read by itself."""

    text: str
    rows: Rows
    passage: bool = False
    """Whether it is the text of a clause or an entry."""
    title: bool = False
    """Whether it is the title of a clause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one stretch comes to."""

    faults: tuple[tuple[int, Fault], ...] = ()
    links: tuple[Link, ...] = ()


def read(page: Page, extensions: Extensions, hosts: Sequence[str]) -> Content:
    """Convert a page's text and read what comes of it. hosts: those whose pictures and pages the school allows."""
    problems: dict[tuple[int, str, str], Problem] = {}
    links: list[Link] = []
    for unit in units(page):
        reading = read_unit(unit, page, extensions, hosts)
        links += reading.links
        for line, fault in (*source_faults(unit.rows, extensions.names, title=unit.title), *reading.faults):
            key = (line, fault.rule, fault.message)
            problems.setdefault(key, page.problem(line, rule=fault.rule, message=fault.message, hint=fault.hint))
    return Content(problems=tuple(once_each(problems.values())), links=tuple(links))


def once_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems, those of other kinds of Markdown that have one answer told once with all their lines."""
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.rule == "other-markdown":
            alike.setdefault(problem.hint, []).append(problem)
        else:
            yield problem
    for first, *others in alike.values():
        lines = sorted({str(each.line) for each in others} - {str(first.line)}, key=int)
        if not lines:
            yield first
            continue
        rest = labels.join_words(lines, most=5)
        yield replace(first, message=f"{first.message} (the same on {'line' if len(lines) == 1 else 'lines'} {rest})")


def is_unescaped(rows: Rows, mark: str) -> bool:
    return any(re.search(rf"(?<!\\){re.escape(mark)}", row) for _, row in rows)


def read_unit(unit: Unit, page: Page, extensions: Extensions, hosts: Sequence[str]) -> Reading:
    rows = unit.rows
    if extensions.plain and is_plain(unit.text):
        return Reading()
    try:
        html, addresses = converted(unit.text, extensions)
    except RecursionError:
        return Reading(faults=((line_of(rows, ""), TOO_DEEP),))
    markup = Markup(kind=page.kind, hosts=hosts, passage=unit.passage, macro=MACRO)
    told = list(markup.faults(html))
    if unit.title:  # what a title shows of a comment is told by its source
        told = [fault for fault in told if fault is not NO_COMMENT_END]
    told = [fault for fault in told if fault.mark not in ESCAPABLE or is_unescaped(rows, fault.mark)]
    if unit.passage:
        told += passage_faults(html, rows)
    faults = [
        (heading_line(rows) if fault.rule == "hidden-heading" else line_of(rows, fault.mark), fault) for fault in told
    ]
    if not told and (not page.dynamic or page.expanded is not None):
        faults += lost_words(rows, Counter(source_words(unit.text)) - markup.shown)
    if page.dynamic and page.expanded is None:  # where its links lead is seen once it is built
        return Reading(faults=tuple(faults))
    by_markdown = {address for address, _ in addresses}
    as_html = [each for each in markup.addresses if each[0] not in by_markdown]
    told_here = [address for address, _ in addresses if MACRO in address]
    faults += [(line_of(rows, MACRO), MACRO_IN_LINK) for _ in told_here[:1]]
    addresses = [each for each in addresses if MACRO not in each[0]]
    links = (
        Link(address=address, picture=picture, markup=written, line=line_of(rows, address or "]()"))
        for listed, written in ((addresses, False), (as_html, True))
        for address, picture in listed
    )
    return Reading(faults=tuple(faults), links=tuple(links))


MACRO_IN_LINK = Fault(
    mark=MACRO,
    rule="macro-place",
    message="a macro stands in the address of a link, and makes a whole link of its own",
    hint='Leave out the brackets around it and write it alone: {{ ref("2.3.4") }}',
)
MADE_CODE = Fault(
    mark="    ",
    rule="other-markdown",
    message="these words stand after four spaces or a tab, so they would be shown as the code of a program",
    hint="Take the spaces away. For an item within an item there must be one above it with fewer.",
)
TITLE_HINT = "Write the title in plain words; **bold** and *italics* work in it."
CONTENTS = Fault(
    mark="[TOC]",
    rule="other-markdown",
    message="“[TOC]” makes a list of contents here",
    hint=dialects.CONTENTS,
)


def passage_faults(html: str, rows: Rows) -> Iterator[Fault]:
    """What Markdown makes of a policy's passage that no policy means."""
    if "<pre><code>" in html and not any(row.lstrip().startswith(("```", "~~~", "<pre")) for _, row in rows):
        yield MADE_CODE
    if '<div class="toc">' in html:
        yield CONTENTS


def is_plain(text: str) -> bool:
    """Whether a text holds nothing but words, for which no parser is needed."""
    if "<" in text:  # our own tags need no parser either, and whose they are is not known yet
        return False
    blocks = plain_markdown.BLANK.split(text.strip("\n")) if "#" in text else [text]
    rest = "\n\n".join(block for block in blocks if not TITLE.fullmatch(block))
    return not rest or plain_markdown.html(rest) is not None


TITLE = re.compile(rf"#{{2,6}} {plain_markdown.LINE}")
"""A heading of plain words."""


def units(page: Page) -> Iterator[Unit]:
    """The stretches of a page that are read by themselves.

    A clause is shown in many places, so all that it needs stands in it. Other pages are read as one.
    """
    own = page.kind in (PageKind.SECTION, PageKind.APPENDIX)
    for blocks in ([block] for block in page.blocks) if own else [list(page.blocks)]:
        text = "".join(map(text_of, blocks)) if page.expanded is None else page.expanded
        if text.strip():
            rows = joined([row for block in blocks for row in rows_of(block)]) or [(1, "")]
            passage = bool(blocks) and isinstance(blocks[0], ClauseBlock | AppendixEntryBlock)
            yield Unit(text=text.strip("\n"), rows=rows, passage=passage)
    for block in page.clauses:
        title = block.call["title"]
        if title and not plain_markdown.ROW.fullmatch(title):
            yield Unit(text=f"## {escaped(title)} {{: #title }}", rows=[(block.call.line, title)], title=True)


def escaped(title: str) -> str:
    """A title as a template puts it into the page's Markdown."""
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_of(block: Block) -> str:
    """A block as Markdown, with a word for each link that a macro makes."""
    parts = [f"{block.heading.text}\n"] if isinstance(block, HeadingBlock) else []
    for node in block.nodes:
        if isinstance(node, Text):
            parts.append(node.text)
        elif isinstance(node, Call):
            parts.append(MACRO if node.name in IN_LINE else "\n\n")
    return "".join(parts)


def rows_of(block: Block) -> Iterator[tuple[int, str]]:
    if isinstance(block, HeadingBlock):
        yield block.heading.line, block.heading.text
    for node in block.nodes:
        if isinstance(node, Text):
            yield from enumerate(node.text.split("\n"), node.line)


def joined(rows: Rows) -> Rows:
    """Rows as they stand in the file: what a macro within a line parts is one row, with a word for what it makes."""
    whole: list[tuple[int, str]] = []
    for line, row in rows:
        if whole and whole[-1][0] == line:
            before = whole.pop()[1]
            row = f"{before}{MACRO}{row}" if before.strip() or row.strip() else ""  # noqa: PLW2901
        whole.append((line, row))
    return whole


def line_of(rows: Rows, mark: str) -> int:
    """The line on which a mark first stands; that of the first words where it stands on none."""
    small = mark.casefold()
    by_words = (line for line, row in rows if row.strip())
    marked = (line for line, row in rows if small and small in row.casefold())
    return next(marked, next(by_words, rows[0][0]))


def heading_line(rows: Rows) -> int:
    """The line that Markdown takes for a heading although no space follows its #, or because it is underlined."""
    for (line, row), (_, after) in pairwise([*rows, (0, "")]):
        if re.match(r" {0,3}#", row) or (row.strip() and re.fullmatch(r" {0,3}(=+|-+) *", after)):
            return line
    return rows[0][0]


class Addresses(Treeprocessor):
    """Collects the links and pictures of a text, at the point where MkDocs looks at them."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.addresses: list[tuple[str, bool]] = []

    def run(self, root: Any) -> None:
        self.addresses = [
            (str(element.get(key)), key == "src")
            for element in root.iter()
            if (key := {"a": "href", "img": "src"}.get(element.tag)) and element.get(key) is not None
            if "footnote" not in str(element.get("class"))
        ]


class Collecting(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L489
        md.addresses = Addresses(md)  # type: ignore[attr-defined]
        md.treeprocessors.register(md.addresses, "addresses", 0)  # type: ignore[attr-defined]


CONVERTERS: dict[str, Markdown] = {}
"""That of the project's texts: one for all pages, since making it takes longer than most pages do."""


def converted(text: str, extensions: Extensions) -> tuple[str, list[tuple[str, bool]]]:
    """A text as HTML, and the addresses in it with whether each is of a picture."""
    key = repr(extensions)
    if key not in CONVERTERS:
        CONVERTERS.clear()
        CONVERTERS[key] = markdown.converter(extensions, links=True)
        Collecting().extendMarkdown(CONVERTERS[key])
    md = CONVERTERS[key]
    html = md.reset().convert(text)
    return html, md.addresses.addresses  # type: ignore[attr-defined]


HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that nobody sees, and that turn the direction of a line, end it for other programs, or part a word."""
MISREAD = re.compile("â€[™œ\u009d˜¦“”]|Ã[\u0080-\u00bf©¨¢ª¯´»]|Â[£§©®°·]|\ufffd|[\ue000-\uf8ff]")
"""What is left of a letter that was read by the wrong encoding, or that only one typeface had."""


def source_faults(rows: Rows, extensions: Collection[str], *, title: bool) -> Iterator[tuple[int, Fault]]:
    """What is told by the source better than by what is made of it."""
    if title:
        yield from title_faults(*rows[0])
        known = [each for each in dialects.IN_LINE if not each.extensions & set(extensions)]
        for fault in dialects.mark_faults(rows[0][1], known):
            yield rows[0][0], replace(fault, hint=TITLE_HINT)
        return
    text = "\n".join(row for _, row in rows)
    for line, row in rows if HIDDEN.search(text) or MISREAD.search(text) else ():
        if match := HIDDEN.search(row):
            message = (
                f"there is an invisible character here (U+{ord(match[0]):04X}), which changes how the line is shown"
            )
            hint = "Delete the line and type it again; it came with a copy from another program."
            yield line, Fault(mark="", rule="hidden-character", message=message, hint=hint)
        if match := MISREAD.search(row):
            message = f"“{match[0]}” is what a program left of a letter that it could not read"
            yield line, Fault(mark="", rule="hidden-character", message=message, hint="Type the letter that was meant.")
    fenced = rows if "```" in text or "~~~" in text else ()
    fences = [(line, match[1]) for line, row in fenced if (match := dialects.FENCE.match(row))]
    if len(fences) % 2:
        message = f"“{fences[-1][1]}” opens a stretch of code and none closes it"
        hint = f"Put a line of {fences[-1][1]} after the last line of it, or take this line out."
        yield fences[-1][0], Fault(mark="", rule="page-markup", message=message, hint=hint)
    yield from dialects.faults(rows, extensions)
    if fences or "\t" not in text:
        return
    for (_, before), (line, row), (_, after) in zip([(0, ""), *rows], rows, [*rows[1:], (0, "")], strict=False):
        if tabbed(row) and tabbed(after) and not tabbed(before):
            message = "these rows have tabs between their cells, as a spreadsheet copies them, and would run together"
            hint = "Write a table: | Age | Hours | and below it |---|---| and then a row for each."
            yield line, Fault(mark="", rule="page-markup", message=message, hint=hint)


def tabbed(row: str) -> bool:
    return "\t" in row and bool(re.search(r"[^\s•·▪◦‣●○–—]\t+\S", row))


def title_faults(line: int, title: str) -> Iterator[tuple[int, Fault]]:
    """What of a title would not be shown as it is meant."""
    if (match := TAG.search(title) or re.search("<!--", title)) and "`" not in title:
        message = f"the title would show “{shortened(match[0])}” as it is written"
        yield line, Fault(mark="", rule="page-markup", message=message, hint=TITLE_HINT)
    if title.rstrip().endswith("#"):
        message = "the # at the end of this title would not be shown"
        yield (
            line,
            Fault(mark="", rule="lost-words", message=message, hint="Write it in words, or put a word after it."),
        )
