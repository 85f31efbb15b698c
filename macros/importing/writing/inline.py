"""Words as Markdown that shows exactly those words, and Markdown back as the words it shows.

The plainest Markdown that shows the words is taken: whether it does is found by rendering it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from markdown import Markdown

from ...formats import html_tree
from ...formats.html_tree import Element
from ..document import Span, words

SPECIAL = re.compile(
    r"\\(?=[\\`*_{}\[\]()>#+.!-])|`|\*|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=[^\]]{0,400}\][(\[:])|!(?=\[)"
    r"|\{(?=[{%#:])|(?<=\{)\{|\}(?=\})|(?<=\})\}|(?<=[%#])\}"
)
CALL = re.compile(
    r"\b(clause|law|note|listed|ref|act|facts|provisions|cited_by|review_\w+|\w+_(?:list|index))\((?=\s*[\"“)])"
)
OPENING = re.compile(r"(#{1,6}|[-+](?=\s)|\d+(?=\.(?:\s|$))|>|={3,}$|-{3,}$|\||:(?=\s))")
ADDRESS = re.compile(r"\bhttps?://[^\s<>“”\"]+[^\s<>“”\".,;:!?)\]’']")
EVERY = re.compile(r"([\\`*_{}\[\]()>#+.!-])")
ENTITIES = {"<": "&lt;", "&": "&amp;"}
JINJA = re.compile(r"\\?\{(?=%|##)")
"""What Jinja would take for its own, though Markdown sees an escape."""


def escaped(text: str) -> str:
    """Plain words with the signs escaped that would mean something within a line."""
    said = SPECIAL.sub(lambda sign: ENTITIES.get(sign[0], f"\\{sign[0]}"), text)
    return JINJA.sub("&#123;", CALL.sub(r"\1\\(", said))


def fully(text: str) -> str:
    return JINJA.sub("&#123;", EVERY.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;")))


def barely(text: str) -> str:
    """Plain words with only those signs changed that would mean something to the guide itself."""
    said = re.sub(r"\{(?=[{:])|(?<=\{)\{|\}(?=\})|(?<=\})\}", r"\\\g<0>", text)
    return JINJA.sub("&#123;", CALL.sub(r"\1\\(", said))


def linked(text: str, escape: Callable[[str], str]) -> str:
    """Words with bare web addresses as links to themselves."""
    done, said = 0, ""
    for match in ADDRESS.finditer(text):
        said += escape(text[done : match.start()]) + f"<{match[0]}>"
        done = match.end()
    return said + escape(text[done:])


def inline(md: Markdown, spans: Sequence[Span]) -> str:
    """A paragraph's words on one line, with bold, italics and links: the plainest Markdown that shows them."""
    spans = tuple(replace(span, text=re.sub(r"\s+", " ", span.text.replace("\xad", ""))) for span in spans)
    plain = re.sub(r" +", " ", "".join(span.text for span in spans)).strip()
    for said in (
        "".join(formatted(span, barely) for span in spans),
        "".join(formatted(span, escaped) for span in spans),
        escaped(plain),
    ):
        tried = re.sub(r" +", " ", said).strip()
        tried = OPENING.sub(lambda sign: opening(sign[0]), tried, count=1) if OPENING.match(tried) else tried
        if not re.search(r"[\\*_`<>\[\]&{}!]|^\W|^\d+\.|\s#", tried) or shows(md, tried) == plain:
            return tried
    return fully(plain)


def opening(sign: str) -> str:
    if sign == ":":  # it would make a definition of the paragraph, and Markdown has no escape for it
        return "&#58;"
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def formatted(span: Span, escape: Callable[[str], str]) -> str:
    lead = span.text[: len(span.text) - len(span.text.lstrip())]
    tail = span.text[len(span.text.rstrip()) :] if span.text.strip() else ""
    core = span.text.strip()
    if not core:
        return span.text
    if span.link and words(core):
        core = f"<{core}>" if core == span.link else f"[{escape(core)}]({span.link})"
    else:
        core = linked(core, escape)
    if words(core):
        mark = "**" * span.bold + "*" * span.italic
        core = f"{mark}{core}{mark[::-1]}"
    return f"{lead}{core}{tail}"


def shows(md: Markdown, said: str) -> str:
    """The words that a line of Markdown shows."""
    return " ".join(rendered(md, said)).strip()


def rendered(md: Markdown, text: str) -> Iterator[str]:
    """The paragraphs, items and cells of some Markdown as a reader sees them, numbers of lists too."""
    page = md.reset().convert(text)
    if not page.strip():
        return
    yield from seen(html_tree.parse(page))


def seen(element: Element) -> Iterator[str]:
    """The text of each innermost block, in order."""
    stack = [(element, iter(element))]
    run = element.text or ""
    while stack:
        parent, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            if parent.tag in BLOCKS:
                if run.strip():
                    yield " ".join(run.split())
                run = ""
            run += (parent.tail or "") if stack else ""
            continue
        if child.tag in BLOCKS and run.strip():
            yield " ".join(run.split())
            run = ""
        if child.tag == "br":
            run += " "
        if child.tag == "li" and parent.tag == "ol":
            run += f"{html_tree.marker(child)} "
        run += child.text or ""
        stack.append((child, iter(child)))
    if run.strip():
        yield " ".join(run.split())


BLOCKS = frozenset({"div", "p", "li", "ul", "ol", "td", "th", "tr", "table", "thead", "tbody", "blockquote", "pre",
                    "hr", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})  # fmt: skip
