"""Replaces characters that only a symbol font has, or that are invisible, by ones that every font has."""

from __future__ import annotations

import re
from dataclasses import replace

from ..document import Block, Paper, Paragraph

WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆",
    0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA0: "▪", 0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xF0: "⇒", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""By the code that Wingdings gives them, the commonest such font."""
UNKNOWN = "□"
PRIVATE = re.compile("[\ue000-\uf8ff]")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""Control characters. Those from 80 to 9F are Windows’ quotation marks and dashes, wrongly carried over."""
ODD = re.compile(f"{PRIVATE.pattern}|{UNSEEN.pattern}")


def with_plain_characters(paper: Paper) -> Paper:
    """The same paper in characters that every font has; a bullet that opens a paragraph is left for `labels`."""
    blocks = tuple(plain(block) for block in paper.blocks)
    unknown = [
        code
        for before, after in zip(paper.blocks, blocks, strict=True)
        for code in PRIVATE.findall(before.text)[len(PRIVATE.findall(after.text)) :]
        if ord(code) - 0xF000 not in WINGDINGS
    ]
    remark = f"characters that only a symbol font has, {len(unknown)} in all: shown as {UNKNOWN}"
    return replace(paper, blocks=blocks, remarks=(*paper.remarks, remark) if unknown else paper.remarks)


def plain(block: Block) -> Block:
    """A block in characters that every font has."""
    if not ODD.search(block.text):
        return block
    if isinstance(block, Paragraph):
        return spelt(block, bullet=len(block.text) - len(block.text.lstrip()) + 1)
    rows = tuple(tuple(tuple(spelt(one, bullet=0) for one in cell) for cell in row) for row in block.rows)
    return replace(block, rows=rows)


def spelt(paragraph: Paragraph, *, bullet: int) -> Paragraph:
    """A paragraph with each odd character after its first `bullet` characters replaced."""
    spans, seen = [], 0
    for span in paragraph.spans:
        end = max(0, min(len(span.text), bullet - seen))
        text = UNSEEN.sub(replacement, span.text[:end]) + ODD.sub(replacement, span.text[end:])
        spans.append(replace(span, text=text))
        seen += len(span.text)
    return replace(paragraph, spans=tuple(spans))


def replacement(match: re.Match[str]) -> str:
    code = ord(match[0])
    if UNSEEN.match(match[0]):
        return bytes([code]).decode("cp1252", "ignore") if 0x80 <= code < 0xA0 else ""
    return WINGDINGS.get(code - 0xF000, UNKNOWN)
