"""Replaces characters that only a symbol font has, or that are invisible, by ones that every font has."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ...formats import fonts
from ...model.labels import counted
from ..document import Block, Paper, Paragraph

WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆",
    0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA0: "▪", 0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xF0: "⇒", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""By the code that Wingdings gives them, the commonest such font."""
UNKNOWN = "□"
MOST_NAMED = 5
"""Symbols that a remark names."""
JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""What joins several smileys into one, and gives them a colour."""
PRIVATE = re.compile("[\ue000-\uf8ff]")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""Control characters. Those from 80 to 9F are Windows’ quotation marks and dashes, wrongly carried over."""
ODD = re.compile(f"{PRIVATE.pattern}|{UNSEEN.pattern}")


def with_plain_characters(paper: Paper) -> Paper:
    """The same paper in characters that every font has; a bullet that opens a paragraph is left for `labels`."""
    return with_printable_symbols(with_spelt_characters(paper))


def with_printable_symbols(paper: Paper) -> Paper:
    """The same paper without smileys and other symbols that the PDF of a policy cannot show."""
    unusual = {character for block in paper.blocks for character in block.text if is_unusual(character)}
    faceless = fonts.lacking(character for character in unusual if character not in JOINERS) if unusual else frozenset()
    if not faceless:
        return paper
    one = f"[{re.escape(''.join(sorted(faceless)))}]"
    symbol = re.compile(f"{one}(?:[{''.join(sorted(JOINERS))}]|{one})*")
    blocks = tuple(without(block, symbol) for block in paper.blocks)
    places = [f"“{match[0]}” ({block.place})" for block in paper.blocks for match in symbol.finditer(block.text)]
    more = f" and {len(places) - MOST_NAMED} more" if len(places) > MOST_NAMED else ""
    named = ", ".join(places[:MOST_NAMED])
    remark = f"symbols that no typeface of the PDF has, shown as {UNKNOWN}: {named}{more}; say them in words"
    return replace(paper, blocks=blocks, remarks=(*paper.remarks, remark))


def is_unusual(character: str) -> bool:
    """Whether a character is a symbol, and so no part of a word, beyond those that every typeface has."""
    return character > "\u2190" and unicodedata.category(character) in ("So", "Sk", "Sm", "Cn", "Cf", "Mn", "Me")


def without(block: Block, symbol: re.Pattern[str]) -> Block:
    """A block with the symbols that a pattern matches replaced."""
    if isinstance(block, Paragraph):
        spans = tuple(replace(span, text=symbol.sub(UNKNOWN, span.text)) for span in block.spans)
        return replace(block, spans=spans, label=symbol.sub(UNKNOWN, block.label))
    rows = tuple(
        tuple(tuple(p for one in cell if isinstance(p := without(one, symbol), Paragraph)) for cell in row)
        for row in block.rows
    )
    return replace(block, rows=rows)


def with_spelt_characters(paper: Paper) -> Paper:
    """The same paper with the characters of symbol fonts spelt in those of every font."""
    blocks = tuple(plain(block) for block in paper.blocks)
    unknown = [
        code
        for before, after in zip(paper.blocks, blocks, strict=True)
        for code in PRIVATE.findall(before.text)[len(PRIVATE.findall(after.text)) :]
        if ord(code) - 0xF000 not in WINGDINGS
    ]
    remark = f"{counted(len(unknown), 'character')} that only a symbol font has: shown as {UNKNOWN}"
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
