"""Reads plain text and Markdown: lines are joined into the paragraphs they were before something broke them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document import Block, Paper, Paragraph, Span, Style, Table, UnreadableFile, count_letters
from ..labels import BULLETS, Kind, label_of
from .xml import safe

INLINE = re.compile(
    r"\[(?P<words>[^\[\]\n]+)\]\((?P<link>[^()\s]+)\)|(?P<mark>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=mark)"
    r"|(?<![\w*])(?P<star>[*_])(?=\S)(?P<italic>[^*_\n]+?)(?<=\S)(?P=star)(?![\w*])"
)
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
    blocks = tuple(TextReader(rows=rows, markdown=markdown, width=wrapped_at(rows)).blocks())
    missed = 0 if markdown else count_letters([text]) - count_letters(block.text for block in blocks)
    return Paper(blocks=blocks, missed=max(missed, 0))


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
