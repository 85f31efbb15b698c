"""Markdown that means nothing but its words, as HTML without a parser: paragraphs, short lists, our own headings.

Most of what policies hold is of this kind, and the parser takes a hundred times as long for the same HTML. What is not
surely of this kind is refused. Tests hold both ways to one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from markdown.extensions.toc import slugify, unique

COMMENT = "<!--stash [0-9a-f]{32}-->"
"""A mark of the stash."""

KNOWN = frozenset(
    {"abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "macros.formats.printed_lists",
     "tables", "toc"}
)  # fmt: skip
"""Extensions to which plain words mean nothing. Of any other, such as one for smart quotes, nobody can tell."""

LETTER = r"[^\W_]"
WORDS = rf"(?:{LETTER}++| ++|[,.:;’‘“”()%£€/?!–—…'-]++)"
"""Letters, figures and signs that mean themselves."""
VALUE = r'"[^"<>\[\]\\`&*!\n]*"'
TAG = rf"</?(?:a|button|span)(?: (?:aria-label|class|data-full|href|popovertarget|translate|type)={VALUE})*>"
"""The tags of a link as our templates write them."""
ENTITY = r"&(?:amp|lt|gt|\#34|\#39);"
"""As Jinja escapes what an author writes."""
STRESSED = rf"{LETTER}{WORDS}*+(?<! )"
STRONG = rf"(?<![*\w])\*\*{STRESSED}\*\*(?![*\w])"
EMPHASIS = rf"(?<![*\w])\*{STRESSED}\*(?![*\w])"
LINK = rf"(?<!!)\[{STRESSED}\]\(https?://[\w./?=%\#~-]+\)"
LINE = (
    rf"(?={LETTER}|[“‘£€*\[]|</?[abs]){WORDS}?+(?:{WORDS}|{TAG}|{ENTITY}|{STRONG}|{EMPHASIS}|{LINK})*+"
    r"(?<=[^\W_]|[,.:;’”)%?!…>*])"
)
INLINE = re.compile(rf"\*\*({STRESSED})\*\*|\*({STRESSED})\*|\[({STRESSED})\]\((https?://[\w./?=%\#~-]+)\)")
LIST_MARK = re.compile(r"(?:\d+|[A-Za-z]{1,2}|[ivxlcdmIVXLCDM]+)[.)](?:\s|$)", re.MULTILINE)
"""What begins an item of a list, if a line begins with it."""
ROW = re.compile(LINE)
PARAGRAPH = re.compile(rf"{LINE}(?:\n{LINE})*+")
"""Lines in which nothing has a meaning to Markdown but stress and a link to elsewhere, if none begins with a mark."""
LIST = re.compile(rf"(?:-|1\.) {LINE}(?:\n(?:(?:    )?-|\d+\.) {LINE})*+")
TABLE = re.compile(r"(\|[^\n]*\|)\n(\|(?: ?-+ ?\|)+)\n(\|[^\n]*\|(?:\n\|[^\n]*\|)*)")
QUOTATION = re.compile(rf"> {LINE}")
HEADING = re.compile(
    rf"(#{{1,6}}) (<a class=\"clause-number\" translate=\"no\" href=\"\#[\w-]+\""
    rf"(?: aria-label={VALUE})?>[\w.()§-]+</a> ?)?"
    rf"((?:{LETTER}|[“‘£€])(?:{WORDS}|{ENTITY})*(?<! ))?"
    rf"(?: +\{{: \#([\w-]+)(?: \.([\w-]+))?(?: (data-notes)=({VALUE}))? \}})?"
)
OURS = re.compile(rf"{TAG}|{LINK}")
BOUND = re.compile(r"[\[<{#]|```|~~~|\A[\s:]|^[-=*_ \t]+$", re.MULTILINE)
"""What else may have a meaning to the rest of its page or take one from it: definitions, links, headings, fences."""
BLANK = re.compile(r"\n\s*\n")
BREAK = re.compile(rf"(?:(?<=\n\n)|\A\n*)(?:{COMMENT}(?:\n{COMMENT})*|\#[^\n]*)(?=\n\n|\n*\Z)")
"""What parts a page: marks of the stash, and headings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainPage:
    """What a parser would have made of a page."""

    html: str
    headings: tuple[tuple[int, str, str], ...]
    """Level, id and name of each."""


def is_known(names: Collection[str], settings: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether plain words and our headings stay what they are under some extensions."""
    changing = {name for name in ("abbr", "toc") if any(settings.get(name, {}).values())}
    return KNOWN.issuperset(names) and not changing


def html(text: str, *, links: bool = True) -> str | None:
    """A text as HTML; None if it needs a parser. links: whether to keep them; else their words are left."""
    parts = []
    before = ""
    for block in BLANK.split(text):
        if PARAGRAPH.fullmatch(block) and not has_mark(block):
            kind, part = "", f"<p>{block}</p>"
        elif LIST.fullmatch(block):
            kind, part = "list", listed(block)
        elif match := TABLE.fullmatch(block):
            kind, part = "table", table(*match.groups())
        elif QUOTATION.fullmatch(block) and not has_mark(block[2:]):
            kind, part = "quotation", f"<blockquote>\n<p>{block[2:]}</p>\n</blockquote>"
        else:
            return None
        if not part or (kind and kind == before):  # two lists or quotations are one to the parser
            return None
        parts.append(part)
        before = kind
    return inline("\n".join(parts), links=links)


def inline(text: str, *, links: bool) -> str:
    """Stress and links within lines."""
    if "*" not in text and "[" not in text:
        return text

    def element(match: re.Match[str]) -> str:
        strong, emphasis, words, address = match.groups()
        if strong:
            return f"<strong>{strong}</strong>"
        if emphasis:
            return f"<em>{emphasis}</em>"
        return f'<a href="{address}">{words}</a>' if links else f"<span>{words}</span>"

    return INLINE.sub(element, text)


def has_mark(block: str) -> bool:
    """Whether a line begins as an item of a list does."""
    return any(LIST_MARK.match(line) for line in block.split("\n"))


ITEM_END = "</li>\n"


def listed(block: str) -> str:
    """A list of one kind of mark, its items followed by bullets or not; nothing if it is another kind of list."""
    tag = "ul" if block.startswith("-") else "ol"
    out = ""
    inner: list[str] = []
    for row in (*block.split("\n"), ""):
        mark, _, item = row.lstrip().partition(" ")
        if LIST_MARK.match(item):
            return ""
        if row.startswith(" "):
            inner.append(f"<li>{item}</li>\n")
            continue
        if row and (mark == "-") != (tag == "ul"):
            return ""
        if inner:
            out = f"{out.removesuffix(ITEM_END)}<ul>\n{''.join(inner)}</ul>\n{ITEM_END}"
            inner = []
        out += f"<li>{item}{ITEM_END}" if row else ""
    return f"<{tag}>\n{out}</{tag}>"


def table(head: str, rule: str, body: str) -> str:
    """A table whose rows have as many cells as its head; nothing for any other."""
    names = cells(head)
    rows = [cells(row) for row in body.split("\n")]
    if any(len(row) != len(names) or not all(map(is_cell, row)) for row in (names, *rows)) or len(cells(rule)) != len(
        names
    ):
        return ""
    out = ["<table>", "<thead>", "<tr>", *(f"<th>{cell}</th>" for cell in names), "</tr>", "</thead>", "<tbody>"]
    for row in rows:
        out += ("<tr>", *(f"<td>{cell}</td>" for cell in row), "</tr>")
    return "\n".join((*out, "</tbody>", "</table>"))


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row[1:-1].split("|")]


def is_cell(cell: str) -> bool:
    return not cell or ROW.fullmatch(cell) is not None


def page(text: str, fragment: Callable[[str], str]) -> PlainPage | None:
    """A whole page as HTML, with its headings; None if its parts cannot be converted one by one.

    fragment converts a stretch between two marks or headings, if it needs a parser for itself.
    """
    parts: list[str] = []
    titles: list[tuple[int, re.Match[str]]] = []
    end = 0

    def converted(start: int, stop: int) -> bool:
        """Convert a stretch; whether that could be done without the rest of the page."""
        if stretch := text[start:stop].strip("\n"):
            plain = html(stretch)
            if plain is None and BOUND.search(OURS.sub("x", stretch)):
                return False
            parts.append(f"{fragment(stretch) if plain is None else plain}\n")
        return True

    for match in BREAK.finditer(text):
        if not converted(end, match.start()):
            return None
        end = match.end()
        block = match[0].strip("\n")
        if block.startswith("<!--"):
            parts.append(f"{block}\n\n")
        elif heading := HEADING.fullmatch(block):
            titles.append((len(parts), heading))
            parts.append("")
        else:
            return None
    if not converted(end, len(text)):
        return None
    headings = []
    for (place, heading), anchor in zip(titles, anchors(heading for _, heading in titles), strict=True):
        parts[place] = heading_html(heading, anchor)
        headings.append((len(heading[1]), anchor, name(heading)))
    return PlainPage(html="".join(parts).strip(), headings=tuple(headings))


def heading_html(heading: re.Match[str], anchor: str) -> str:
    marks, link, title, _, class_, key, value = heading.groups("")
    attributes = (f' class="{class_}"' if class_ else "") + (f" {key}={value}" if key else "")
    inner = f"{link}{title}".strip()
    return f'<h{len(marks)}{attributes} id="{anchor}">{inner}</h{len(marks)}>\n'


def name(heading: re.Match[str]) -> str:
    """A heading without its tags."""
    return " ".join(re.sub(r"<[^>]*>", "", f"{heading[2] or ''}{heading[3] or ''}").split())


def anchors(headings: Iterator[re.Match[str]]) -> Iterator[str]:
    """The id of each heading: the one that is written, or one of its words that no other has."""
    each = list(headings)
    used = {heading[4] for heading in each if heading[4]}
    for heading in each:
        yield heading[4] or unique(slugify(unescape(name(heading)), "-"), used)
