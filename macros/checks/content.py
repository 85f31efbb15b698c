"""What a page may hold: one allow-list of elements, attributes and addresses for every page, and every word shown.

A page's text is converted as the build converts it, and its HTML is read strictly. What needs no parser, as most text does,
holds nothing but words and is passed by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ..authoring.expansion import IN_LINE
from ..authoring.macro_signatures import Call
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import AppendixEntryBlock, Block, ClauseBlock, HeadingBlock, Text
from ..formats import html_tree, markdown, plain_markdown
from ..formats.html_tokens import COMMENT, TAG, VOID, Comment, NoTag, Tag, Words, tokens
from ..formats.markdown import Extensions
from ..formats.stash import MARK
from ..model import Problem

POLICY_KINDS = (PageKind.POLICY, PageKind.SECTION, PageKind.APPENDIX)
SCREEN_ONLY = frozenset(
    {"address", "caption", "col", "colgroup", "details", "dfn", "figcaption", "figure", "h1", "samp", "summary", "time",
     "var", "wbr"}
)  # fmt: skip
"""Elements that a page may hold if it is no policy's, beside those that have a form on paper."""
FRAMES = frozenset({"audio", "iframe", "source", "track", "video"})
"""Elements that show what another site gives; only from a host that the school's settings allow."""
ANYWHERE = frozenset({"class", "dir", "id", "lang", "role", "title", "translate"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"download", "href", "hreflang", "name", "rel", "target", "type"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"align", "alt", "decoding", "height", "loading", "src", "width"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"type", "value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"align", "colspan", "headers", "rowspan", "valign"}),
    "th": frozenset({"abbr", "align", "colspan", "headers", "rowspan", "scope", "valign"}),
    "time": frozenset({"datetime"}),
    **dict.fromkeys(FRAMES, frozenset({"allowfullscreen", "controls", "height", "kind", "label", "loading", "poster",
                                       "preload", "src", "srclang", "type", "width"})),
}  # fmt: skip
ADDRESSES = frozenset({"cite", "href"})
"""Attributes that lead a reader elsewhere."""
SOURCES = frozenset({"poster", "src"})
"""Attributes that have a browser fetch something by itself."""
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
OWN_NAMES = re.compile(r"__|data-md-|main$")
"""How ids and data begin that the page's frame and the theme's script have for themselves."""
DEEPEST = 24
"""Elements within one another, from which on neither the build nor a reader can follow."""


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
class Fault:
    """What is wrong with a piece of HTML; mark is what to look for in the lines of its source."""

    mark: str
    rule: str
    message: str
    hint: str


Rows = Sequence[tuple[int, str]]


def read(page: Page, extensions: Extensions, hosts: Sequence[str]) -> Content:
    """Convert a page's text and read what comes of it. hosts: those whose pictures and pages the school allows."""
    problems: dict[tuple[int, str, str], Problem] = {}
    links: list[Link] = []

    def report(line: int, fault: Fault) -> None:
        key = (line, fault.rule, fault.message)
        problems.setdefault(key, page.problem(line, rule=fault.rule, message=fault.message, hint=fault.hint))

    for text, rows, passage, title in units(page):
        for line, fault in source_faults(rows, title=title):
            report(line, fault)
        if extensions.plain and "<" not in text and plain_markdown.html(text) is not None:
            continue
        try:
            html, addresses = converted(text, extensions)
        except RecursionError:
            report(line_of(rows, ""), TOO_DEEP)
            continue
        found_links = [(address, picture, False) for address, picture in addresses]
        shown: Counter[str] = Counter()
        told = list(faults(html, page.kind, hosts, shown, found_links, passage=passage))
        if title:  # what a title shows of a comment is told already
            told = [fault for fault in told if fault is not NO_COMMENT_END]
        for fault in told:
            report(heading_line(rows) if fault.rule == "hidden-heading" else line_of(rows, fault.mark), fault)
        known = not page.dynamic or page.expanded is not None
        if known and not told and (lost := Counter(source_words(text)) - shown):
            report(*lost_words(rows, lost))
        for address, picture, markup in found_links:
            line = line_of(rows, address or "]()")
            links.append(Link(address=address, picture=picture, markup=markup, line=line))
    return Content(problems=tuple(problems.values()), links=tuple(links))


def units(page: Page) -> Iterator[tuple[str, Rows, bool, bool]]:
    """The stretches of a page that are read by themselves: text and lines, whether a passage of a policy, or its title.

    A clause is shown in many places, so all that it needs stands in it. Other pages are read whole.
    """
    own = page.kind in (PageKind.SECTION, PageKind.APPENDIX)
    for blocks in ([block] for block in page.blocks) if own else [list(page.blocks)]:
        text = "".join(map(text_of, blocks)) if page.expanded is None else page.expanded
        rows = [row for block in blocks for row in rows_of(block)]
        if text.strip() and rows:
            yield text.strip("\n"), rows, isinstance(blocks[0], ClauseBlock | AppendixEntryBlock), False
    for block in page.clauses:
        title = block.call["title"]
        if title and not plain_markdown.ROW.fullmatch(title):
            yield f"## {escaped(title)} {{: #title }}", [(block.call.line, title)], False, True


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
            parts.append("ref" if node.name in IN_LINE else "\n\n")
    return "".join(parts)


def rows_of(block: Block) -> Iterator[tuple[int, str]]:
    if isinstance(block, HeadingBlock):
        yield block.heading.line, block.heading.text
    for node in block.nodes:
        if isinstance(node, Text):
            yield from enumerate(node.text.split("\n"), node.line)


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


def faults(  # noqa: C901 - one pass over the tokens
    html: str,
    kind: PageKind,
    hosts: Sequence[str] = (),
    shown: Counter[str] | None = None,
    links: list[tuple[str, bool, bool]] | None = None,
    *,
    passage: bool = False,
) -> Iterator[Fault]:
    """What of a text's HTML no page may hold. shown and links collect its words and the addresses written as HTML."""
    shown = Counter() if shown is None else shown
    markdown_links = {address for address, _, _ in links or ()}
    open_tags: list[str] = []
    refused: set[str] = set()
    """Elements that are told already, and what they hold with them."""
    for token in tokens(html):
        match token:
            case Words(text=text):
                shown.update(words(text))
                if "code" not in open_tags and "pre" not in open_tags:
                    yield from printed_marks(text)
            case Comment(text=text):
                yield comment(text)
            case NoTag(text=text):
                if text.startswith("<!--"):
                    yield NO_COMMENT_END
                elif not text.startswith("</"):
                    yield no_tag(text)
            case Tag(name=name, closing=True):
                yield from (fault for fault in closed(name, open_tags) if fault.mark[1:] not in refused)
            case Tag() as tag:
                shown.update(word for value in tag.attributes.values() for word in words(value))
                shown.update(word for name in tag.attributes for word in words(name))
                own = [] if refused & set(open_tags) else list(unfit(tag, kind, hosts, passage=passage))
                yield from own
                if any(fault.mark == f"<{tag.name}" for fault in own) or refused & set(open_tags):
                    refused.add(tag.name)
                key = {"a": "href", "img": "src"}.get(tag.name, "")
                address = tag.attributes.get(key, "#")
                if links is not None and not address.startswith("#") and address not in markdown_links:
                    links.append((address, key == "src", True))
                if tag.name not in VOID:
                    open_tags.append(tag.name)
                if len(open_tags) > DEEPEST:
                    yield TOO_DEEP
                    return
    yield from (not_closed(name) for name in open_tags if name not in refused)


def without_stash(html: str) -> str:
    """HTML without the marks of what is put into it later."""
    return MARK.sub("", html)


TOO_DEEP = Fault(
    mark="",
    rule="too-deep",
    message=f"this text has more than {DEEPEST} elements within one another, which no reader can follow",
    hint="Write it as several lists, quotes or paragraphs, one after another.",
)
NO_COMMENT_END = Fault(
    mark="<!--",
    rule="comment",
    message="“<!--” begins a comment that never ends, so what follows it would not be shown",
    hint="Take it out. A note to yourself stands between {## and ##}, and is never published.",
)


def comment(text: str) -> Fault:
    return Fault(
        mark="<!--",
        rule="comment",
        message=f"the comment “{shortened(text[4:-3].strip())}” would be published in the source of the page",
        hint="Take it out, or write it between {## and ##}: {## Ask the office. ##} Those are never published.",
    )


def no_tag(text: str) -> Fault:
    return Fault(
        mark=text[:12].rstrip(),
        rule="page-markup",
        message=f"“{shortened(text.partition('>')[0] + ('>' if '>' in text else ''))}” begins like a tag and is none",
        hint="For the character itself write &lt; and leave a space after it.",
    )


def shortened(text: str, most: int = 30) -> str:
    words_only = " ".join(text.split())
    return words_only if len(words_only) <= most else f"{words_only[:most].rstrip()}…"


def printed_marks(text: str) -> Iterator[Fault]:
    """Marks that their author meant to be hidden, and that would be printed."""
    if "<!--" in text:
        yield NO_COMMENT_END
    if match := re.search(r"\{:[^{}\n]*\}", text):
        yield Fault(
            mark="{:",
            rule="page-markup",
            message=f"“{shortened(match[0])}” would be printed as it is written",
            hint="Take it out. How pages look is the same for all of them.",
        )
    if match := re.search(r"\{#[^#}].*?#\}", text):
        yield Fault(
            mark="{#",
            rule="comment",
            message=f"“{shortened(match[0])}” is no comment here and would be printed",
            hint="Write two # on each side, {## Ask the office. ##}, or take it out.",
        )


def closed(name: str, open_tags: list[str]) -> Iterator[Fault]:
    """What is wrong where an element is closed; takes it from those that are open."""
    if name in VOID:
        return
    if name not in open_tags:
        yield Fault(
            mark=f"</{name}",
            rule="page-markup",
            message=f"</{name}> closes nothing that is open here, and would end what stands around the text",
            hint=f"Take it out, or put <{name}> where it begins.",
        )
        return
    while (last := open_tags.pop()) != name:
        yield not_closed(last)


def not_closed(name: str) -> Fault:
    return Fault(
        mark=f"<{name}",
        rule="page-markup",
        message=f"<{name}> is opened here and never closed, so it would take in what follows",
        hint=f"Put </{name}> where it ends, or take it out.",
    )


def unfit(tag: Tag, kind: PageKind, hosts: Sequence[str], *, passage: bool) -> Iterator[Fault]:
    """What is wrong with one element."""
    name, policy = tag.name, kind in POLICY_KINDS
    mark = "![" if name == "img" and policy else f"<{name}"
    if policy and name == "h1" and not passage:
        return  # a heading that begins with one #, which pages.one_title tells
    printed = html_tree.INLINE | html_tree.BLOCKS
    if passage and re.fullmatch("h[1-6]", name):
        yield heading()
        return
    if name not in printed:
        if policy and name in SCREEN_ONLY | FRAMES:
            mark = f"<{name}"
            message = f"<{name}> has no form on paper, so the PDF of the policy would lose it"
            hint = "Say it in plain Markdown: paragraphs, lists, tables, quotes, links and pictures all print."
            yield Fault(mark=mark, rule="no-form-on-paper", message=message, hint=hint)
            return
        if name in FRAMES and not (hosts or not tag.attributes.get("src")):
            yield Fault(mark=mark, rule="page-markup", message=f"<{name}> shows something of another site", hint=HOSTS)
            return
        if name not in SCREEN_ONLY | FRAMES:
            message, hint = element_fault(tag)
            yield Fault(mark=mark, rule="page-markup", message=message, hint=hint)
            return
    if name == "img" and policy and not tag.attributes.get("alt", "").strip():
        source = tag.attributes.get("src", "")
        message = f"the picture {source} is not described, so a reader who cannot see it misses what it shows"
        hint = "Say in the square brackets what it shows: "
        yield Fault(
            mark=mark,
            rule="no-form-on-paper",
            message=message,
            hint=f"{hint}![The steps of a report, from pupil to headteacher](steps.svg)",
        )
    for key, value in tag.attributes.items():
        yield from attribute_faults(tag, key, value, hosts, policy=policy)


HOSTS = (
    "The guide asks nothing of other sites. Link to it: [What it is](https://…). If the school trusts the site, name it "
    "in mkdocs.yml under school: allow_hosts: [https://…]"
)
BY_ELEMENT: Mapping[str, str] = {
    **dict.fromkeys(
        ("script", "noscript", "template", "canvas", "svg", "math", "object", "embed", "applet"),
        "Take it out. A page can hold words, tables and pictures, and no programs.",
    ),
    **dict.fromkeys(
        ("style", "link", "font", "center", "big", "strike", "blink", "marquee"),
        "Take it out, with its </…> if it has one: how pages look is the same for all of them.",
    ),
    **dict.fromkeys(
        ("form", "input", "button", "select", "textarea", "label", "option", "fieldset"),
        "Link to the form instead: [Report a visitor](https://…)",
    ),
    **dict.fromkeys(
        ("html", "head", "body", "title", "base", "meta", "main", "article", "header", "footer", "nav", "section",
         "aside", "frame", "frameset", "dialog"),
        "Take it out: the guide makes what stands around a text. Headings that begin with ## divide a page.",
    ),
}  # fmt: skip


def element_fault(tag: Tag) -> tuple[str, str]:
    """Why no page may hold an element, and what to write instead."""
    if tag.name in BY_ELEMENT:
        return f"no page may hold <{tag.name}>", BY_ELEMENT[tag.name]
    inside = " ".join((tag.name, *tag.attributes))
    return (
        f"<{inside}> is read as a tag of HTML, so these words would not be shown",
        f"Write the words without < and >. For the characters themselves write &lt;{inside}&gt;",
    )


def heading() -> Fault:
    return Fault(
        mark="",
        rule="hidden-heading",
        message="a line here would be shown as a heading: it begins with #, or = or - underline it",
        hint="For the character itself write \\# at the start of the line. Leave an empty line before ---.",
    )


def attribute_faults(tag: Tag, key: str, value: str, hosts: Sequence[str], *, policy: bool) -> Iterator[Fault]:
    """What is wrong with an attribute."""
    name = tag.name
    if key == "style" or key.startswith("on"):
        yield Fault(
            mark=key,
            rule="page-markup",
            message=f"{key}= is a style or a program in <{name}>, which no page may hold",
            hint=f"Take out {key}=… How pages look is the same for all of them.",
        )
    elif key in ADDRESSES and (reason := bad_address(value)):
        yield Fault(mark=value, rule="bad-address", message=reason[0], hint=reason[1])
    elif key in SOURCES:
        yield from source_fault(tag, value, hosts, policy=policy)
    elif not (key in ANYWHERE or key in ATTRIBUTES.get(name, ()) or key.startswith(("aria-", "data-"))):
        yield Fault(
            mark=key,
            rule="page-markup",
            message=f"“{key}” is nothing that <{name}> may say of itself, so a reader would not see it",
            hint="Take it out. If it is a word of the text, write it without { } or < > around it.",
        )
    elif (key == "id" and OWN_NAMES.match(value)) or OWN_NAMES.match(key):
        yield Fault(
            mark=value,
            rule="page-markup",
            message=f"the guide has the name “{value if key == 'id' else key}” for itself",
            hint="Give it another name, or take it out.",
        )


def cleaned(address: str) -> str:
    """An address as browsers read it: without the blanks and control characters that they pass over."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]", "", unescape(address))


def bad_address(address: str) -> tuple[str, str] | None:
    """Why a link cannot lead to an address, and how to fix it."""
    clean = cleaned(address)
    shown = shortened(address, 60)
    if re.match(r"[a-zA-Z]:", clean) or clean.startswith("\\") or "\\" in clean:
        return (
            f"the link to {shown} leads to a place on one computer or network, which no reader has",
            "Put the file beside the page and name it, or give its address on the web.",
        )
    if clean.startswith("//"):
        return f"the link to {shown} does not say how to get there", f"Write https: before it: https:{clean}"
    scheme = re.match(r"([a-zA-Z][\w+.-]*):", clean)
    if scheme and scheme[1].lower() not in SCHEMES:
        return (
            f"the link to {shown} is no address of a page, a mailbox or a telephone",
            "An address begins with https:, http:, mailto: or tel:, or is the name of a file of the guide.",
        )
    try:
        host = urlsplit(clean)
        whole = not scheme or scheme[1].lower() not in ("http", "https") or bool(host.hostname)
    except ValueError:
        whole = False
    if not whole:
        return f"the link to {shown} is not a whole address", "Copy it again from the line at the top of the browser."
    return None


def source_fault(tag: Tag, address: str, hosts: Sequence[str], *, policy: bool) -> Iterator[Fault]:
    """Why a picture or a film cannot come from where it is said to lie."""
    clean = cleaned(address)
    if not re.match(r"[a-zA-Z][\w+.-]*:|//|\\", clean) and "\\" not in clean:
        return
    if not policy and any(allows(host, clean) for host in hosts):
        return
    what = "picture" if tag.name == "img" else f"<{tag.name}>"
    rule = "no-form-on-paper" if policy else "bad-address"
    local = not re.match(r"https?:|//", clean, re.IGNORECASE)
    shown = shortened(address, 60)
    if local:
        message = f"the {what} {shown} does not lie beside the pages"
        hint = "Save it beside the page and name it by its file: ![What it shows](steps.svg)"
        yield Fault(mark=address, rule="bad-address", message=message, hint=hint)
        return
    message = f"the {what} {shown} is on another site, and the guide loads nothing from other sites"
    hint = "Save it beside the policy’s pages and name it by its file: ![What it shows](steps.svg)" if policy else HOSTS
    yield Fault(mark=address, rule=rule, message=message, hint=hint)


def allows(host: str, address: str) -> bool:
    """Whether an address is of a host as settings name it: https://films.example, https://*.films.example."""
    scheme, _, name = host.partition("://")
    parts = urlsplit(address)
    if parts.scheme.lower() != scheme or not parts.netloc:
        return False
    return parts.netloc.endswith(name[1:]) if name.startswith("*.") else parts.netloc == name


WORD = re.compile(r"[^\W_]+")
MARKS = re.compile(r"^(?:[ \t>]*(?:[-*+•]|\(?\w{1,7}[.)]\)?)(?=[ \t])[ \t]*)+")
"""What may stand before the words of a line as the mark of a list."""
NAMES = re.compile(r"\]\s?\[[^\]\n]*\]|^ {0,3}\[\^?[^\]\n]+\]:|\[\^[^\]\n]+\]|^\*\[[^\]\n]+\]:", re.MULTILINE)
"""The names of link targets and footnotes, which are never shown."""
FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)


def words(text: str) -> Iterator[str]:
    return (match[0].casefold() for match in WORD.finditer(text))


def source_words(text: str) -> Iterator[str]:
    """The words that an author wrote to be shown."""
    bare = COMMENT.sub(" ", text)
    bare = TAG.sub(" ", NAMES.sub(" ", FENCE.sub(" ", bare)))
    for row in bare.split("\n"):
        yield from words(unescape(MARKS.sub("", row)))


def lost_words(rows: Rows, lost: Counter[str]) -> tuple[int, Fault]:
    """The line on which words stand that the page would not show, and why it would not."""
    line, row = max(rows, key=lambda each: sum(word in lost for word in set(source_words(each[1]))))
    missing = shortened(" ".join(word for word in WORD.findall(row) if word.casefold() in lost), 60)
    message = f"“{missing or shortened(' '.join(lost))}” would not be shown on the page"
    if re.match(r" {0,3}\[[^\]]+\]:", row):
        hint = (
            "A line that begins with […]: is read as the address of a link. Leave out the brackets: Contact: the office"
        )
    elif row.lstrip().startswith("*["):
        hint = "*[…]: explains a short form that the same text uses. Use it, or leave out the line."
    elif "|" in row:
        hint = "This row has more cells than the first row of its table. Give the first row a cell for each, empty if need be."
    elif "{" in row:
        hint = "What stands between { and } is not shown. Leave the brackets out."
    else:
        hint = "Take away the characters around it that Markdown reads as its own, or put \\ before each of them."
    return line, Fault(mark="", rule="lost-words", message=message, hint=hint)


HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees, and that turn the direction of a line or end it for other programs."""
TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*")


def source_faults(rows: Rows, *, title: bool) -> Iterator[tuple[int, Fault]]:
    """What is told by the source better than by what is made of it."""
    if title:
        yield from title_faults(*rows[0])
        return
    for line, row in rows:
        if match := HIDDEN.search(row):
            message = f"there is an invisible character here (U+{ord(match[0]):04X}), which changes how the line is shown"
            hint = "Delete the line and type it again; it came with a copy from another program."
            yield line, Fault(mark="", rule="hidden-character", message=message, hint=hint)
    fences = [(line, row.strip()[:3]) for line, row in rows if row.lstrip().startswith(("```", "~~~"))]
    if len(fences) % 2:
        message = f"“{fences[-1][1]}” opens a stretch of code and none closes it"
        hint = f"Put a line of {fences[-1][1]} after the last line of it, or take this line out."
        yield fences[-1][0], Fault(mark="", rule="page-markup", message=message, hint=hint)
    if fences:
        return
    for (_, before), (line, row), (_, after) in zip([(0, ""), *rows], rows, [*rows[1:], (0, "")], strict=False):
        if barred(row) and barred(after) and not barred(before) and not TABLE_RULE.fullmatch(after):
            message = "this table lacks the line below its first row, so it would be printed with its bars"
            hint = "Below the first row write a line of hyphens with a bar between each two cells: |---|---|"
            yield line, Fault(mark="", rule="page-markup", message=message, hint=hint)
        elif tabbed(row) and tabbed(after) and not tabbed(before):
            message = "these rows have tabs between their cells, as a spreadsheet copies them, and would run together"
            hint = "Write a table: | Age | Hours | and below it |---|---| and then a row for each."
            yield line, Fault(mark="", rule="page-markup", message=message, hint=hint)


def barred(row: str) -> bool:
    return len(row.strip()) > 1 and row.strip().startswith("|") and row.strip().endswith("|")


def tabbed(row: str) -> bool:
    return bool(re.search(r"\S\t+\S", row))


def title_faults(line: int, title: str) -> Iterator[tuple[int, Fault]]:
    """What of a title would not be shown as it is meant."""
    if (match := TAG.search(title) or re.search("<!--", title)) and "`" not in title:
        message = f"the title would show “{shortened(match[0])}” as it is written"
        hint = "Write the title in plain words; **bold** and *italics* work in it."
        yield line, Fault(mark="", rule="page-markup", message=message, hint=hint)
    if title.rstrip().endswith("#"):
        message = "the # at the end of this title would not be shown"
        yield line, Fault(mark="", rule="lost-words", message=message, hint="Write it in words, or put a word after it.")
