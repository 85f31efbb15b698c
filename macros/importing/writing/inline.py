"""Writes text as Markdown that shows exactly that text, and renders Markdown back to the text it shows.

The plainest Markdown that shows the words is taken: whether it does is known by rendering it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from markdown import Markdown

from ...checks import dialects
from ...formats import html_tree
from ...formats.html_tree import Element
from ..document import UNSEEN, Span, words

SPECIAL = re.compile(
    r"\\(?=[\\`*_{}\[\]()>#+.!-])|`|\*|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=\^|[^\]]{0,400}\][(\[:])|\](?=\()|!(?=\[)"
    r"|\{(?=[{%#:])|(?<=\{)\{|\}(?=\})|(?<=\})\}|(?<=[%#])\}"
)
CALL = re.compile(
    r"\b(clause|law|note|listed|ref|act|facts|provisions|cited_by|review_\w+|\w+_(?:list|index))\((?=\s*[\"“)])"
)
OPENING = re.compile(r"(#{1,6}|[-+](?=\s)|\d+(?=\.(?:\s|$))|>|={3,}$|-{3,}$|\||:(?=\s))")
ADDRESS = re.compile(r"\bhttps?://[^\s<>“”\"]+[^\s<>“”\".,;:!?)\]’']")
EVERY = re.compile(r"([\\`*_{}\[\]()>#+.!-])")
ENTITIES = {"<": "&lt;", "&": "&amp;"}
MAY_MEAN = re.compile(r"[\\*_`<>\[\]&{}!]|^\W|^\d+\.|\s#")
"""What a line must hold for its Markdown to show anything else than itself."""
JINJA = re.compile(r"\\?\{(?=%|##)")
"""What Jinja would take for its own, though Markdown sees an escape."""


def escaped(text: str) -> str:
    """Plain text with the characters escaped that would mean something within a line."""
    markdown = SPECIAL.sub(lambda match: ENTITIES.get(match[0], f"\\{match[0]}"), text)
    return JINJA.sub("&#123;", CALL.sub(r"\1\\(", markdown))


def fully_escaped(text: str) -> str:
    """Plain text with every character escaped that could mean something."""
    return JINJA.sub("&#123;", EVERY.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;")))


def barely_escaped(text: str) -> str:
    """Plain text with only those characters escaped that would mean something to the guide itself."""
    markdown = re.sub(
        r"\*(?=\*)|(?<=\*)\*|\](?=\()|\[(?=\^)|\{(?=[{:#])|(?<=\{)\{|\}(?=\})|(?<=\})\}", r"\\\g<0>", text
    )
    return JINJA.sub("&#123;", CALL.sub(r"\1\\(", markdown))


def linked(text: str, escape: Callable[[str], str]) -> str:
    """Text with bare web addresses as links to themselves."""
    done, markdown = 0, ""
    for match in ADDRESS.finditer(text):
        markdown += escape(text[done : match.start()]) + f"<{match[0]}>"
        done = match.end()
    return markdown + escape(text[done:])


def inline(md: Markdown, spans: Sequence[Span]) -> str:
    """A paragraph's words on one line, with bold, italics and links: the plainest Markdown that shows them."""
    spans = tuple(replace(span, text=re.sub(r"\s+", " ", span.text.translate(UNSEEN))) for span in spans)
    plain = re.sub(r" +", " ", "".join(span.text for span in spans)).strip()
    for candidate in (
        "".join(formatted(span, barely_escaped) for span in spans),
        "".join(formatted(span, escaped) for span in spans),
        escaped(plain),
    ):
        markdown = with_escaped_opening(re.sub(r" +", " ", candidate).strip())
        if not MAY_MEAN.search(markdown) or shows(md, markdown) == plain:
            return dialects.escaped(markdown)
    return dialects.escaped(fully_escaped(plain))


def with_escaped_opening(line: str) -> str:
    """A line whose first characters would open a heading, a list or a rule, with these escaped."""
    return OPENING.sub(lambda match: escaped_opening(match[0]), line, count=1) if OPENING.match(line) else line


def escaped_opening(opening: str) -> str:
    if opening == ":":  # it would make a definition of the paragraph, and Markdown has no escape for it
        return "&#58;"
    return f"{opening}\\" if opening.isdigit() else f"\\{opening}"


def formatted(span: Span, escape: Callable[[str], str]) -> str:
    """A span with its bold, italics and link; the spaces around it stay outside."""
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


def shows(md: Markdown, markdown: str) -> str:
    """The text that a line of Markdown shows."""
    return " ".join(rendered(md, markdown)).strip()


def rendered(md: Markdown, text: str) -> Iterator[str]:
    """The paragraphs, items and cells of some Markdown as a reader sees them, numbers of lists too."""
    page = md.reset().convert(text)
    if not page.strip():
        return
    yield from block_texts(html_tree.parse(page))


def block_texts(element: Element) -> Iterator[str]:
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
