"""What the HTML of a page may hold: one allow-list of elements, attributes and addresses for every page.

A check reads by it what the pages' texts come to, and a build what only a build can expand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from ..authoring.page_kinds import PageKind
from ..formats import html_tree
from ..formats.html_tokens import VOID, Comment, NoTag, Tag, Words, tokens
from ..formats.stash import MARK

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
class Fault:
    """What is wrong with a piece of HTML; mark is what to look for in the lines of its source."""

    mark: str
    rule: str
    message: str
    hint: str


WORD = re.compile(r"[^\W_]+")


def words(text: str) -> Iterator[str]:
    return (match[0].casefold() for match in WORD.finditer(text))


@dataclass(kw_only=True, slots=True)
class Markup:
    """A text's HTML, read once: what of it no page may hold, the words that it shows, the addresses in its tags."""

    kind: PageKind
    hosts: Sequence[str] = ()
    """Those whose pictures and films the school allows."""
    passage: bool = False
    """Whether it is of a clause or an entry, which has no headings."""
    macro: str = ""
    """The word that stands in the text for what a macro writes."""
    shown: Counter[str] = field(default_factory=Counter)
    addresses: list[tuple[str, bool]] = field(default_factory=list)
    """Each with whether it is of a picture."""
    open_tags: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Elements that are told already, with what they hold."""

    def faults(self, html: str) -> Iterator[Fault]:
        for token in tokens(html):
            match token:
                case Words(text=text):
                    yield from self.words(text)
                case Comment(text=text):
                    yield comment(text)
                case NoTag(text=text):
                    yield from no_tag(text)
                case Tag(closing=True) as tag:
                    yield from self.closed(tag.name)
                case Tag() as tag:
                    yield from self.opened(tag)
            if len(self.open_tags) > DEEPEST:
                yield TOO_DEEP
                return
        yield from (not_closed(name) for name in self.open_tags if name not in self.refused)

    def words(self, text: str) -> Iterator[Fault]:
        self.shown.update(words(text))
        if not {"code", "pre"} & set(self.open_tags):
            yield from printed_marks(text)
        elif self.macro and self.macro in text:
            yield Fault(
                mark=self.macro,
                rule="macro-place",
                message="a macro stands within code, where the HTML that it makes would be printed",
                hint="Take it out of the code, or the ` around it away.",
            )

    def opened(self, tag: Tag) -> Iterator[Fault]:
        for key, value in tag.attributes.items():
            self.shown.update((*words(key), *words(value)))
        within = bool(self.refused & set(self.open_tags))
        own = [] if within else list(unfit(tag, self.kind, self.hosts, passage=self.passage))
        yield from own
        if within or any(fault.mark == f"<{tag.name}" for fault in own):
            self.refused.add(tag.name)
        key = {"a": "href", "img": "src"}.get(tag.name, "")
        note = "footnote" in tag.attributes.get("class", "")
        if (address := tag.attributes.get(key, "#")) not in ("", "#") and not note:
            self.addresses.append((address, key == "src"))
        if tag.name not in VOID:
            self.open_tags.append(tag.name)

    def closed(self, name: str) -> Iterator[Fault]:
        """What is wrong where an element is closed."""
        if name in VOID or (name not in self.open_tags and name in self.refused):
            return
        if name not in self.open_tags:
            yield Fault(
                mark=f"</{name}",
                rule="page-markup",
                message=f"</{name}> closes nothing that is open here, and would end what stands around the text",
                hint=f"Take it out, or put <{name}> where it begins." if name not in BY_ELEMENT else "Take it out.",
            )
            return
        while (last := self.open_tags.pop()) != name:
            if last not in self.refused:
                yield not_closed(last)


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

OPEN_BOLD = Fault(
    mark="**",
    rule="other-markdown",
    message="“**” would be printed: the bold that it begins never ends, or there is a space inside its stars",
    hint="Write **bold** without spaces inside the stars, and both pairs in one paragraph. "
    "For the stars themselves write \\*\\*",
)
OPEN_LINK = Fault(
    mark="](",
    rule="other-markdown",
    message="this link would be printed as it is typed: its round bracket never closes, "
    "or there is a space in its address",
    hint="Write [the gate](2.md). An address with spaces stands between < and >: [the list](<the list.pdf>) "
    "Within <div> and the like no Markdown is read.",
)


def comment(text: str) -> Fault:
    return Fault(
        mark="<!--",
        rule="comment",
        message=f"the comment “{shortened(text[4:-3].strip())}” would be published in the source of the page",
        hint="Take it out, or write it between {## and ##}: {## Ask the office. ##} Those are never published.",
    )


def no_tag(text: str) -> Iterator[Fault]:
    if text.startswith("<!--"):
        yield NO_COMMENT_END
        return
    if text.startswith("</"):
        return  # its beginning is told
    yield Fault(
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
    if "**" in text:
        yield OPEN_BOLD
    if "](" in text:
        yield OPEN_LINK
    if match := re.search(r"\{#[^#}].*?#\}", text):
        yield Fault(
            mark="{#",
            rule="comment",
            message=f"“{shortened(match[0])}” is no comment here and would be printed",
            hint="Write two # on each side, {## Ask the office. ##}, or take it out.",
        )


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


PROGRAMS = frozenset(
    f"<{name}"
    for name in (
        "applet",
        "base",
        "embed",
        "form",
        "frame",
        "iframe",
        "link",
        "math",
        "meta",
        "object",
        "script",
        "svg",
    )
)
"""How the marks of elements begin that run something, or ask for it elsewhere."""
HOSTS = (
    "The guide asks nothing of other sites. Link to it: [What it is](https://…). If the school trusts the site, name "
    "it in mkdocs.yml under school: allow_hosts: [https://…]"
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
    elif key in ADDRESSES and policy and OWN_COMPUTER.match(cleaned(value)):
        yield Fault(
            mark=value,
            rule="bad-address",
            message=f"the link to {shortened(value, 60)} leads to the reader’s own computer, where nothing is",
            hint="Name the page by its file: [the gate](2.md), or give its address on the web.",
        )
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
    if scheme and scheme[1].lower() in ("mailto", "tel") and not REACHED[scheme[1].lower()].match(clean):
        return (
            f"the link to {shown} is no whole address of a mailbox or a telephone",
            "Write it like this: mailto:office@our-school.example or tel:01258000000",
        )
    try:
        host = urlsplit(clean)
        whole = not scheme or scheme[1].lower() not in ("http", "https") or bool(host.hostname)
    except ValueError:
        whole = False
    if not whole:
        return f"the link to {shown} is not a whole address", "Copy it again from the line at the top of the browser."
    return None


OWN_COMPUTER = re.compile(r"https?://(?:localhost|127\.\d|0\.0\.0\.0|\[::1\])", re.IGNORECASE)
REACHED = {
    "mailto": re.compile(r"mailto:[^@\s?]+@[\w-]+(?:\.[\w-]+)+(?:[?,;]|$)", re.IGNORECASE),
    "tel": re.compile(r"tel:[+\d(]", re.IGNORECASE),
}
"""How addresses look that reach somebody."""


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
