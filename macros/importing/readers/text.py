"""Reads plain text and Markdown: lines are joined into the paragraphs they were before something broke them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import (
    Block,
    Extract,
    Paper,
    Paragraph,
    PlainText,
    Role,
    Span,
    Style,
    Table,
    UnreadableFile,
    count_letters,
)
from ..labels import BULLETS, Kind, label_of
from .xml import safe

INLINE = re.compile(
    r"\[(?P<words>[^\[\]\n]+)\]\((?P<link>[^()\s]+)\)|(?P<mark>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=mark)"
    r"|(?<![\w*])(?P<star>[*_])(?=\S)(?P<italic>[^*_\n]+?)(?<=\S)(?P=star)(?![\w*])"
)
RING = re.compile(r"\s*o\s+\S")
"""A ring for a bullet, as copied text has it."""
ITEM = re.compile(r"(?P<number>\d{1,3})[.)]\s")
LONGEST_SETTINGS = 80
"""Lines of the settings that may open a Markdown file."""
RULE = re.compile(r"\s*([-=_*])(?:\s*\1){2,}\s*")
ENDS = re.compile(r"[.!?:;][\"”’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file."""

    text: str
    line: int
    page: int


def read(data: bytes, *, markdown: bool = False) -> Paper:
    """Read text in UTF-8, UTF-16 or the Windows code page."""
    text = decoded(data)
    rows: list[Row] = []
    line = 1
    for page, sheet in enumerate(text.split("\f"), 1):
        for row in sheet.split("\n"):
            rows.append(Row(row.rstrip(), line, page))
            line += 1
        line -= 1
    opening = front_matter(rows) if markdown else []
    rest = rows[len(opening) :]
    read_rows = TextReader(rows=rest, markdown=markdown, width=wrapped_at(rest)).blocks()
    blocks = (*settings_of(opening), *(counted_on(read_rows) if markdown else read_rows))
    missed = 0 if markdown else count_letters([text]) - count_letters(block.text for block in blocks)
    return Paper(blocks=blocks, missed=max(missed, 0))


def front_matter(rows: Sequence[Row]) -> Sequence[Row]:
    """The settings in YAML that open a Markdown file, with the two lines that fence them; nothing for another file."""
    if not rows or rows[0].text.strip() != "---":
        return []
    end = next((at for at, row in enumerate(rows[1:LONGEST_SETTINGS], 1) if row.text.strip() in ("---", "...")), None)
    inner = [row.text for row in rows[1:end]] if end else []
    keyed = [text for text in inner if re.match(r"[\w-]+:(?:\s|$)", text)]
    return rows[: end + 1] if end and keyed and inner[0] == keyed[0] else []


def settings_of(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """Settings as lines at the edge of the page: they are listed, may state facts, and are not printed."""
    for row in rows[1:-1]:
        if row.text.strip():
            yield Paragraph(
                spans=(Span(row.text.strip()),), place=f"line {row.line}", role=Role.RUNNING_LINE, page=row.page
            )


def counted_on(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a Markdown file, a list that repeats “1.” counted on as every program shows it."""
    counts: dict[float, tuple[str, int]] = {}
    for block in blocks:
        match = ITEM.match(block.text) if isinstance(block, Paragraph) and not block.label else None
        indent = block.style.indent if isinstance(block, Paragraph) else 0.0
        if not isinstance(block, Paragraph) or (match is None and not block.label and not indent):
            counts.clear()
        elif match is not None:
            counts = {place: count for place, count in counts.items() if place <= indent}
            first, count = counts.get(indent, ("", 0))
            goes_on = match["number"] == first
            counts[indent] = (match["number"], count + 1 if goes_on else int(match["number"]))
            if goes_on:
                lead = block.after(match.end("number"))
                yield replace(lead, spans=(Span(str(count + 1)), *lead.spans))
                continue
        yield block


def plain(data: bytes) -> PlainText:
    """The lines of the file as they are; what only marks a line as a heading or leads elsewhere is no text."""
    rows = re.sub(r"\]\([^()\s]+\)", "]", decoded(data)).split("\n")
    return PlainText(
        extracts=tuple(Extract(row, f"line {number}") for number, row in enumerate(rows, 1) if row.strip())
    )


def decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        if b"\0" in data[:4096]:
            raise UnreadableFile("This is not a text file. Save the paper as .docx, .pdf, .odt, .html or .txt.")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\x85", "\n")
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u200c\u200d\ufeff]", "", text)


def wrapped_at(rows: Sequence[Row]) -> int:
    """The width at which the file's lines are broken; 0 where a line is a whole paragraph."""
    full = [
        len(one.text)
        for one, after in itertools.pairwise(rows)
        if one.text.strip() and after.text.strip() and not ENDS.search(one.text) and label_of(after.text)[0] is None
    ]
    if len(full) < 5:
        return 0
    width = sorted(full)[int(len(full) * 0.95)]
    near = sum(length > width * 0.75 for length in full)
    return width if 30 <= width <= 140 and near > 0.6 * len(full) else 0


@dataclass(slots=True)
class TextReader:
    """Walks the lines of a file."""

    rows: Sequence[Row]
    markdown: bool
    width: int
    mark: str = ""
    """A bullet on a line of its own that waits for its words."""

    def blocks(self) -> Iterator[Block]:
        run: list[Row] = []
        position = 0
        while position < len(self.rows):
            row = self.rows[position]
            if self.markdown and row.text.lstrip().startswith("|"):
                yield from self.paragraph(run)
                run = []
                end = position
                while end < len(self.rows) and self.rows[end].text.lstrip().startswith("|"):
                    end += 1
                yield table(self.rows[position:end])
                position = end
                continue
            if run and not self.goes_on(run[-1], row):
                yield from self.paragraph(run)
                run = []
            if row.text.strip() and not RULE.fullmatch(row.text):
                run.append(row)
            position += 1
        yield from self.paragraph(run)

    def goes_on(self, before: Row, row: Row) -> bool:
        """Whether a line belongs to the paragraph of the line before it."""
        if not row.text.strip() or RULE.fullmatch(row.text) or label_of(row.text)[0] is not None:
            return False
        if RING.match(row.text) and (RING.match(before.text) or is_bullet(before.text)):
            return False
        if self.markdown and (row.text.startswith("#") or before.text.startswith("#")):
            return False
        if row.text.strip()[0].islower() and not ENDS.search(before.text):
            return True
        if not self.width:
            return False
        return len(before.text) + 1 + len(row.text.split()[0]) > self.width * 0.92

    def paragraph(self, run: Sequence[Row]) -> Iterator[Paragraph]:
        if not run:
            return
        text = run[0].text
        for row in run[1:]:
            text = join(text, row.text.strip())
        indent = len(text) - len(text.lstrip())
        heading: int | None = None
        text = text.strip()
        if self.markdown and (match := re.match(r"(#{1,6})\s+(.*?)\s*#*$", text)):
            heading, text = len(match[1]), match[2]
        label, end = label_of(text)
        mark, self.mark = self.mark if label is None and not text.endswith(":") else "", ""
        if label is not None and label.kind is Kind.BULLET:
            mark, text = "•", text[end:]
        elif re.fullmatch(rf"[{re.escape(BULLETS)}*]", text):
            mark, text = "•", ""
        if mark and not text:
            self.mark = mark
            return
        spans = tuple(inline(text)) if self.markdown else (Span(text),)
        yield Paragraph(
            spans=spans,
            place=f"line {run[0].line}",
            label=mark,
            page=run[0].page,
            style=Style(heading=heading, indent=4.0 * indent, depth=1 if mark else 0, item=bool(mark)),
        )


def is_bullet(text: str) -> bool:
    label, _ = label_of(text)
    return label is not None and label.kind is Kind.BULLET


def join(one: str, other: str) -> str:
    """Two lines of a paragraph; a word broken at the line's end is left as printed, hyphen and all."""
    return f"{one}{other}" if re.search(r"\w-$", one) and other[:1].islower() else f"{one} {other}"


def inline(text: str) -> Iterator[Span]:
    """Markdown's bold, italics and links as spans."""
    done = 0
    for match in INLINE.finditer(text):
        if match.start() > done:
            yield Span(text[done : match.start()])
        if match["words"]:
            yield Span(match["words"], link=safe(match["link"]))
        elif match["bold"]:
            yield Span(match["bold"], bold=True)
        else:
            yield Span(match["italic"], italic=True)
        done = match.end()
    if done < len(text):
        yield Span(text[done:])


def table(rows: Sequence[Row]) -> Table:
    cells = []
    for row in rows:
        if re.fullmatch(r"[\s|:\-]+", row.text):
            continue
        texts = [part.strip() for part in re.split(r"(?<!\\)\|", row.text.strip().strip("|"))]
        cells.append(
            tuple((Paragraph(spans=tuple(inline(text)), place=f"line {row.line}"),) if text else () for text in texts)
        )
    return Table(rows=tuple(cells), place=f"line {rows[0].line}", page=rows[0].page)
