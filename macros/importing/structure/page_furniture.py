"""What belongs to the paper's pages and not to its text: contents lists, page numbers, running lines.

Nothing is thrown away here: a paragraph is marked with its role, and the ledger lists it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..document import Block, Paragraph, Role, Table, words
from ..labels import label_of

CONTENTS = re.compile(r"(?:table\s+of\s+)?contents(?:\s+page)?|index|in this policy", re.IGNORECASE)
LEADER = re.compile(r"(?:(?:\.\s?|…\s?|·\s?|_){3,}|\t+|\s{2,})\s*(?:page\s*)?(\d{1,3}|[ivx]{1,5})\s*$", re.IGNORECASE)
DOTS = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|(?:…\s){2,})\s*(\d{1,3}|[ivx]{1,5})?\s*$", re.IGNORECASE)
TRAILING = re.compile(r"\s+(?:page\s*)?\d{1,3}\s*$", re.IGNORECASE)
PAGE = re.compile(
    r"[-–—\s|]*(?:page|pg\.?|p\.)\s*\|?\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—\s|.]*|\d{1,3}\s*\|\s*p\s?a\s?g\s?e\s*|[-–—]\s*\d{1,3}\s*[-–—]"
    r"|\d{1,3}\s+of\s+\d{1,3}",
    re.IGNORECASE,
)
PAGED = re.compile(r"\bpage\s*\|?\s*\d{1,3}\b|\b\d{1,3}\s*\|\s*page\b", re.IGNORECASE)
LONGEST_TEXT = 400
"""Letters in it, dots and all."""
LONGEST_ENTRY = 25
"""Words in an entry of a contents list."""
PATIENCE = 3
"""Odd lines in a contents list that are passed over if it goes on after them."""


def marked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, each with what it is."""
    found = list(blocks)
    contents(found)
    page_numbers(found)
    running_lines(found)
    return tuple(found)


def as_role(block: Block, role: Role) -> Block:
    return replace(block, role=role)


def contents(blocks: list[Block]) -> None:
    """Mark contents lists: those under their heading, and runs of entries with dot leaders."""
    keys = [title_key(block.text) if len(block.text) < 300 else "" for block in blocks]
    for position, block in enumerate(blocks):
        head = isinstance(block, Paragraph) and is_contents(block)
        if head and (block.role is Role.BODY or typed_below(blocks, position)):
            end = end_of_contents(blocks, position + 1, keys)
            if end > position + 1:
                mark(blocks, range(position, end), Role.CONTENTS)
    leaders(blocks)
    heading_before_contents(blocks)


def typed_below(blocks: Sequence[Block], position: int) -> bool:
    """Whether only the word “Contents” has Word's style for it, and the list below was typed."""
    after = next((block for block in blocks[position + 1 :] if block.text.strip()), None)
    return blocks[position].role is Role.CONTENTS and after is not None and after.role is Role.BODY


def is_contents(block: Block) -> bool:
    return bool(CONTENTS.fullmatch(block.text.strip().rstrip(":")))


def mark(blocks: list[Block], positions: Iterable[int], role: Role) -> None:
    for at in positions:
        if blocks[at].role is Role.BODY:
            blocks[at] = replace(blocks[at], role=role)


def leaders(blocks: list[Block]) -> None:
    """Three entries or more, one after another, that end in dots and a page."""
    run: list[int] = []
    for position, block in enumerate(blocks):
        entry = len(block.text) < LONGEST_TEXT and DOTS.search(block.text) and has_page(block.text)
        if block.role is Role.BODY and entry:
            run.append(position)
        elif block.text.strip():
            mark(blocks, run if len(run) >= 3 else (), Role.CONTENTS)
            run = []
    mark(blocks, run if len(run) >= 3 else (), Role.CONTENTS)


def heading_before_contents(blocks: list[Block]) -> None:
    """The word “Contents” before a list that the file itself marks."""
    for position, (block, after) in enumerate(itertools.pairwise(blocks)):
        if (
            block.role is Role.BODY
            and after.role is Role.CONTENTS
            and CONTENTS.fullmatch(block.text.strip().rstrip(":"))
        ):
            blocks[position] = as_role(block, Role.CONTENTS)


def has_page(text: str) -> bool:
    return bool(re.search(r"(\d{1,3}|[ivx]+)\s*$", text.strip(), re.IGNORECASE))


def end_of_contents(blocks: Sequence[Block], start: int, keys: Sequence[str]) -> int:
    """The first block after a contents list that begins at start; start itself if there is none."""
    entries: set[str] = set()
    end, odd, position = start, 0, start
    later = Counter(key for key in keys[start:] if key)
    tails = Counter(" ".join(key.split()[-2:]) for key in later if " " in key)
    while position < len(blocks) and odd <= PATIENCE:
        block = blocks[position]
        position += 1
        text = block.text.strip()
        if not text:
            continue
        if len(text) > LONGEST_TEXT and not isinstance(block, Table):
            break
        if isinstance(block, Table):
            if not contents_table(block):
                break
            end, odd = position, 0
            continue
        if block.role is not Role.BODY:
            end = position
            continue
        key = title_key(text)
        paged = bool(LEADER.search(block.text) or ("\t" in text.strip() and has_page(text)))
        if key in entries and not paged:
            break
        if len(words(text)) > LONGEST_ENTRY:
            break
        bare = title_key(TRAILING.sub("", text))
        if paged or (key and later[key] > 1) or (TRAILING.search(text) and bare in later):
            entries |= {key, bare}
            end, odd = position, 0
        elif len(words(text)) <= 12 and tails[" ".join(bare.split()[-2:])] > 1:
            end, odd = position, odd + 1
        else:
            odd += 1
    return end


def title_key(text: str) -> str:
    """A heading's words alone: without number, leaders, page and case, to find it again in the text."""
    text = LEADER.sub("", text.strip())
    text = DOTS.sub("", text)
    _, end = label_of(text)
    return " ".join(words(text[end:].lower()))


def contents_table(table: Table) -> bool:
    """Whether a table is a contents list: its rows end in page numbers that rise."""
    last = [" ".join(paragraph.text for paragraph in row[-1]).strip() for row in table.rows if any(row)]
    pages = [int(text) for text in last if re.fullmatch(r"\d{1,3}", text)]
    return len(pages) >= 3 and len(pages) >= 0.6 * len(last) and pages == sorted(pages)


def page_numbers(blocks: list[Block]) -> None:
    """Mark “Page 3 of 9” wherever it stands, and bare figures that rise page by page."""
    bare: list[tuple[int, int]] = []
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role is not Role.BODY or block.label:
            continue
        text = block.text.strip()
        if PAGE.fullmatch(text):
            blocks[position] = as_role(block, Role.PAGE_NUMBER)
        elif re.fullmatch(r"\d{1,3}", text):
            bare.append((position, int(text)))
    rising = [pair for pair, after in itertools.pairwise(bare) if after[1] == pair[1] + 1]
    if len(rising) >= 2:
        for position, _ in {*rising, *(after for pair, after in itertools.pairwise(bare) if pair in rising)}:
            blocks[position] = as_role(blocks[position], Role.PAGE_NUMBER)


def running_lines(blocks: list[Block]) -> None:
    """Mark lines that carry a page number and recur, and lines that recur at the edge of every page."""
    shapes = Counter(shape(block.text) for block in blocks if isinstance(block, Paragraph) and block.role is Role.BODY)
    edges = Counter(shape(blocks[at].text) for at in edge_positions(blocks))
    sheets = len({block.page for block in blocks if block.page > 0})
    edge = set(edge_positions(blocks))
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role is not Role.BODY or len(words(block.text)) > LONGEST_ENTRY:
            continue
        key = shape(block.text)
        paged = PAGED.search(block.text) and shapes[key] >= 2
        at_edge = (
            not block.style.size
            and position in edge
            and sheets >= 2
            and edges[key] >= (sheets if sheets < 4 else max(3, sheets // 2))
        )
        if key and (paged or at_edge):
            blocks[position] = as_role(block, Role.RUNNING_LINE)


def edge_positions(blocks: Sequence[Block]) -> Iterator[int]:
    """The first and last two paragraphs of every page, where the format knows pages."""
    pages: dict[int, list[int]] = {}
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.page > 0 and block.text.strip():
            pages.setdefault(block.page, []).append(position)
    for positions in pages.values():
        yield from {*positions[:2], *positions[-2:]}


def shape(text: str) -> str:
    """A line with its figures made alike, so that page 3 and page 4 are one line."""
    return " ".join(re.sub(r"\d+", "0", text).lower().split())
