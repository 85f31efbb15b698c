"""Words as Markdown that shows exactly those words, and Markdown back as the words it shows.

Escapes are few, as a person would write them. Whatever Markdown would still change is found by
rendering it, and then every sign that could mean something is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from lxml import html as parser
from markdown import Markdown

from ..prose import converter
from .labels import Kind
from .lines import Line
from .paper import Paragraph, Span, Table, words

SPECIAL = re.compile(
    r"\\(?=[\\`*_{}\[\]()>#+.!-])|`|\*|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=[^\]]*\][(\[:])|!(?=\[)"
    r"|\{(?=[{%#:])|(?<=\{)\{|\}(?=\})|(?<=\})\}|(?<=[%#])\}"
)
CALL = re.compile(
    r"\b(clause|law|note|listed|ref|act|facts|provisions|cited_by|review_\w+|\w+_(?:list|index))\((?=\s*[\"“)])"
)
OPENING = re.compile(r"(#{1,6}|[-+](?=\s)|\d+(?=\.(?:\s|$))|>|={3,}$|-{3,}$|\|)")
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


def reader() -> Markdown:
    """The guide's own reader of clauses."""
    return converter()


def rendered(md: Markdown, text: str) -> Iterator[str]:
    """The paragraphs, items and cells of some Markdown as a reader sees them, numbers of lists too."""
    page = md.reset().convert(text)
    if not page.strip():
        return
    root = parser.fragment_fromstring(page, create_parent="div")
    yield from seen(root)


def seen(element: Any) -> Iterator[str]:
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
        if not isinstance(child.tag, str):
            run += child.tail or ""
            continue
        if child.tag in BLOCKS and run.strip():
            yield " ".join(run.split())
            run = ""
        if child.tag == "br":
            run += " "
        if child.tag == "li" and parent.tag == "ol":
            number = int(parent.get("start", "1")) + sum(1 for _ in child.itersiblings("li", preceding=True))
            run += f"{number}. "
        run += child.text or ""
        stack.append((child, iter(child)))
    if run.strip():
        yield " ".join(run.split())


BLOCKS = frozenset({"div", "p", "li", "ul", "ol", "td", "th", "tr", "table", "thead", "tbody", "blockquote", "pre", "hr", "h1", "h2",
                    "h3", "h4", "h5", "h6"})  # fmt: skip


def body(md: Markdown, lines: Sequence[Line]) -> str:
    """Paragraphs, lists, tables and notes, parted by blank lines; notes come last."""
    kept = [line for line in lines if not line.note] + [line for line in lines if line.note]
    said: list[str] = []
    position = 0
    while position < len(kept):
        if is_item(kept[position]):
            end = position
            while end < len(kept) and is_item(kept[end]):
                end += 1
            said.append(items(md, kept[position:end]))
            position = end
            continue
        block = kept[position].block
        said.append(table(md, block) if isinstance(block, Table) else paragraph(md, kept[position]))
        position += 1
    return "\n\n".join(filter(None, said))


def paragraph(md: Markdown, line: Line) -> str:
    assert isinstance(line.block, Paragraph)
    spans = line.block.spans
    if line.label is not None and line.label.kind is not Kind.BULLET:
        spans = (Span(f"{line.label.raw} "), *spans)
    return inline(md, spans)


def is_item(line: Line) -> bool:
    return line.label is not None and line.label.kind in (Kind.BULLET, Kind.LETTERED, Kind.PLAIN) and not line.note


def items(md: Markdown, lines: Sequence[Line]) -> str:
    """A list. Bullets and 1., 2., 3. are Markdown's own; (a), ii) and the like are kept as printed."""
    depths = nested(lines)
    counts: list[int] = []
    kinds: dict[int, bool] = {}
    rows: list[str] = []
    for at, (line, depth) in enumerate(zip(lines, depths, strict=True)):
        assert isinstance(line.block, Paragraph)
        assert line.label is not None
        del counts[depth + 1 :]
        counts += [0] * (depth + 1 - len(counts))
        before = next((back for back in range(at - 1, -1, -1) if depths[back] <= depth), None)
        first = before is None or depths[before] < depth
        marker, said = "-", inline(md, line.block.spans)
        if ordered(line) and (first or counts[depth] == line.label.number[0] - 1):
            counts[depth] = line.label.number[0]
            marker = f"{counts[depth]}."
        elif line.label.kind is not Kind.BULLET:
            said = f"{marked(line.label.raw)} {said}"
        kind = marker == "-"
        if not first and kinds.get(depth, kind) != kind:
            if depth:  # within an item two kinds of list would run together
                marker, said, kind = "-", f"{marked(line.label.raw)} {said}" if marker != "-" else said, True
                counts[depth] = -9
            else:
                rows.append("")
        kinds[depth] = kind
        rows.append(f"{'    ' * depth}{marker} {said}".rstrip())
    return "\n".join(rows)


def marked(raw: str) -> str:
    return re.sub(r"(\d+)\.$", r"\1\\.", raw)


def ordered(line: Line) -> bool:
    return line.label is not None and line.label.kind is Kind.PLAIN and line.label.raw.rstrip().endswith(".")


def nested(lines: Sequence[Line]) -> list[int]:
    """How deep each item of a list stands, by the file's own levels or by the kind of its mark."""
    found: list[int] = []
    stack: list[tuple[str, float]] = []
    for line in lines:
        assert isinstance(line.block, Paragraph)
        style = line.block.style
        place = style.depth * 100.0 if line.automatic and style.depth else style.indent
        key = mark_kind(line, stack)
        while stack and not same(stack[-1], (key, place)) and any(same(held, (key, place)) for held in stack):
            stack.pop()
        if not stack:
            stack.append((key, place))
        elif not same(stack[-1], (key, place)):
            if key == stack[-1][0] and place < stack[-1][1]:
                while len(stack) > 1 and place < stack[-1][1]:
                    stack.pop()
                stack[-1] = (key, place)
            elif len(stack) < 4:
                stack.append((key, place))
        found.append(len(stack) - 1)
    return found


def same(one: tuple[str, float], other: tuple[str, float]) -> bool:
    if one[0] != other[0]:
        return False
    return one[0] != "•" or abs(one[1] - other[1]) < 4


def mark_kind(line: Line, stack: Sequence[tuple[str, float]]) -> str:
    """The family of a mark: bullets, figures, letters, romans; (i) after (h) is a letter."""
    assert line.label is not None
    if line.label.kind is Kind.BULLET:
        return "•"
    shape = re.sub(r"\w+", "", line.label.raw)
    mark = re.sub(r"\W", "", line.label.raw)
    if mark.isdigit():
        return f"1{shape}"
    case = "a" if mark.islower() else "A"
    roman = bool(re.fullmatch(r"[ivx]+", mark.lower()))
    open_letters = [held for held, _ in stack if held == f"{case}{shape}"]
    open_romans = [held for held, _ in stack if held == f"{case}i{shape}"]
    if (
        roman
        and (open_romans or mark.lower() == "i" or len(mark) > 1)
        and not (open_letters and not open_romans and mark.lower() != "i")
    ):
        return f"{case}i{shape}"
    return f"{case}{shape}"


def table(md: Markdown, block: Table) -> str:
    rows = [row for row in block.rows if any(row)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    empty = [at for at in range(width) if not any(at < len(row) and row[at] for row in rows)]
    shown = []
    for row in rows:
        cells = [cell(md, row[at]) if at < len(row) else "" for at in range(width) if at not in empty]
        shown.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    rule = f"| {' | '.join(['---'] * (width - len(empty)))} |"
    return "\n".join([shown[0], rule, *shown[1:]])


def cell(md: Markdown, paragraphs: Sequence[Paragraph]) -> str:
    said = []
    for found in paragraphs:
        spans = (Span(f"{found.label} "), *found.spans) if found.label else found.spans
        rows = inline(md, spans)
        if rows:
            said.append(rows)
    return re.sub(r"(?<!\\)\|", r"\\|", "<br>".join(said))
