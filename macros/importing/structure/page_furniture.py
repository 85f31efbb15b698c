"""Recognises page furniture: contents lists, page numbers, running lines.

Nothing is thrown away here: a paragraph gets its role, and the word audit lists it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from ..document import Block, Paragraph, Role, Table, words
from ..labels import Kind, label_of

CONTENTS = re.compile(
    r"(?:table\s+of\s+)?contents(?:\s+(?:page|list))?(?:\s*[(–-]\s*part\s+\w{1,3}\)?)?|list of contents|index"
    r"|in this policy",
    re.IGNORECASE,
)
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
"""Characters, dots and all."""
LONGEST_ENTRY = 25
"""Words in an entry of a contents list."""
FEWEST_ENTRIES = 4
"""Lines from which on a list that nothing calls contents can be one."""
ENOUGH = 0.7
"""The part of its lines that come again as headings."""
SPREAD = 3
"""The text between the headings has this many times the words of their list."""
PATIENCE = 3
"""Odd lines in a contents list that are passed over if it goes on after them."""


def with_roles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, each with its role."""
    return tuple(with_running_lines(with_page_numbers(with_contents(blocks))))


def with_contents(blocks: Sequence[Block]) -> list[Block]:
    """Mark contents lists: those under their heading, and runs of entries with dot leaders."""
    marked = list(blocks)
    keys = [title_key(block.text) if len(block.text) < 300 else "" for block in blocks]
    for position in range(len(marked)):
        if heads_contents(marked, position):
            end = end_of_contents(marked, position + 1, keys)
            if end > position + 1:
                marked[position:end] = [as_contents(block) for block in marked[position:end]]
    return with_contents_heading(with_announced_headings(with_leaders(marked)))


def heads_contents(blocks: Sequence[Block], position: int) -> bool:
    """Whether a block is the heading of a contents list that the file does not mark as one."""
    block = blocks[position]
    if not isinstance(block, Paragraph) or not is_contents(block):
        return False
    return block.role is Role.BODY or typed_below(blocks, position)


def typed_below(blocks: Sequence[Block], position: int) -> bool:
    """Whether only the word “Contents” has Word's style for it, and the list below is typed."""
    after = next((block for block in blocks[position + 1 :] if block.text.strip()), None)
    return blocks[position].role is Role.CONTENTS and after is not None and after.role is Role.BODY


def is_contents(block: Block) -> bool:
    return bool(CONTENTS.fullmatch(block.text.strip().rstrip(":")))


def as_contents(block: Block) -> Block:
    """A block of the body as one of a contents list; others keep their role."""
    return replace(block, role=Role.CONTENTS) if block.role is Role.BODY else block


def with_leaders(blocks: Sequence[Block]) -> list[Block]:
    """Mark three entries or more, one after another, that end in dots and a page."""
    marked = list(blocks)
    run: list[int] = []
    for position, block in enumerate([*blocks, None]):
        if block is not None and is_leader(block):
            run.append(position)
        elif block is None or block.text.strip():
            for at in run if len(run) >= 3 else ():
                marked[at] = as_contents(marked[at])
            run = []
    return marked


def is_leader(block: Block) -> bool:
    entry = len(block.text) < LONGEST_TEXT and DOTS.search(block.text) and has_page(block.text)
    return block.role is Role.BODY and bool(entry)


def with_contents_heading(blocks: Sequence[Block]) -> list[Block]:
    """Mark the word “Contents” before a list that is marked."""
    following = [*blocks[1:], None]
    return [
        as_contents(block) if after is not None and after.role is Role.CONTENTS and is_contents(block) else block
        for block, after in zip(blocks, following, strict=True)
    ]


def with_announced_headings(blocks: Sequence[Block]) -> list[Block]:
    """Mark a list, whatever is above it, of lines that come again below it with text between them.

    Of two runs of the same titles the longer one is the text.
    """
    marked = list(blocks)
    keys = [title_keys(block) for block in marked]
    first = next((at for at, block in enumerate(marked) if len(words(block.text)) > LONGEST_ENTRY), len(marked))
    later: dict[str, list[int]] = {}
    for at, block in enumerate(marked):
        if block.role is Role.BODY and isinstance(block, Paragraph) and (key := title_key(block.text.strip())):
            later.setdefault(key, []).append(at)
    run: list[int] = []
    matches: list[int] = []
    for at, block in enumerate(marked[: len(marked) // 2]):
        again = comes_again(keys[at], later, [at, *matches])
        if again is not None and is_entry(block):
            run, matches = ([*run, at], [*matches, *again])
        elif run and at - run[-1] > PATIENCE:
            if announces(marked, run, matches):
                break
            run, matches = [], []
    if announces(marked, run, matches) and run[0] <= max(first, 2 * FEWEST_ENTRIES + 4):
        for at in range(run[0], run[-1] + 1):
            marked[at] = as_contents(marked[at])
    return marked


def is_entry(block: Block) -> bool:
    """Whether a block can be one line of a contents list: short, and no bullet."""
    if block.role is not Role.BODY or not isinstance(block, Paragraph) or len(words(block.text)) > LONGEST_ENTRY:
        return False
    label, _ = label_of(block.text.strip())
    return label is None or label.kind is not Kind.BULLET


def title_keys(block: Block) -> list[str]:
    """The titles that a line of a contents list holds: several where it is set in columns."""
    text = re.sub(r"^(?:table of )?contents\b[:\s]*", "", block.text.strip(), flags=re.IGNORECASE)
    parts = [part for part in re.split(r"\t+", text) if re.search(r"[^\W\d_]", part)]
    pieces = [re.sub(r"^\d+(?:\.\d+)*[.)]?$", "", part) for part in parts]
    return [key for piece in pieces if (key := title_key(TRAILING.sub("", piece.strip())))]


def comes_again(keys: Sequence[str], later: Mapping[str, Sequence[int]], taken: Sequence[int]) -> list[int] | None:
    """Where the titles of a line come again, below the line itself; None if one does not."""
    places: list[int] = []
    for key in keys:
        place = next(
            (at for at in later.get(key, ()) if at > taken[0] and at not in taken[1:] and at not in places), None
        )
        if place is None:
            return None
        places.append(place)
    return places or None


def announces(blocks: Sequence[Block], run: Sequence[int], matches: Sequence[int]) -> bool:
    """Whether a run of lines lists the headings of the text: enough of them, close together, and far apart below."""
    if len(run) < FEWEST_ENTRIES or min(matches) <= run[-1] or len(run) < ENOUGH * (run[-1] - run[0] + 1):
        return False
    listed = sum(len(words(block.text)) for block in blocks[run[0] : run[-1] + 1])
    text = sum(len(words(block.text)) for block in blocks[min(matches) : max(matches)])
    return text > SPREAD * listed


def has_page(text: str) -> bool:
    return bool(re.search(r"(\d{1,3}|[ivx]+)\s*$", text.strip(), re.IGNORECASE))


class Entry(StrEnum):
    """How much a block below “Contents” looks like an entry."""

    CERTAIN = "certain"
    MARKED = "marked"
    """The file itself, or an earlier rule, sets it apart from the text."""
    LIKELY = "likely"
    """The end of it comes again as a heading."""
    NONE = "none"


def end_of_contents(blocks: Sequence[Block], start: int, keys: Sequence[str]) -> int:
    """The first block after a contents list that begins at start; start itself if there is none."""
    end, passed = start, 0
    for position, entry in contents_entries(blocks, start, keys):
        passed = 0 if entry is Entry.CERTAIN else passed + (entry in (Entry.LIKELY, Entry.NONE))
        if entry is not Entry.NONE:
            end = position + 1
        if passed > PATIENCE:
            break
    return end


def contents_entries(blocks: Sequence[Block], start: int, keys: Sequence[str]) -> Iterator[tuple[int, Entry]]:
    """The blocks below “Contents”, classified, up to the first that can only be text."""
    later = Counter(key for key in keys[start:] if key)
    tails = Counter(last_words(key) for key in later if " " in key)
    entries: set[str] = set()
    for position in range(start, len(blocks)):
        block = blocks[position]
        if not block.text.strip():
            continue
        if isinstance(block, Table):
            if not contents_table(block):
                return
            yield position, Entry.CERTAIN
        elif len(block.text.strip()) > LONGEST_TEXT:
            return
        elif block.role is not Role.BODY:
            yield position, Entry.MARKED
        else:
            if ends_contents(block, entries):
                return
            entry = entry_of(block, later, tails)
            if entry is Entry.CERTAIN:
                entries |= {title_key(block.text.strip()), unpaged_key(block)}
            yield position, entry


def ends_contents(block: Block, entries: set[str]) -> bool:
    """Whether a block is the text after a contents list: an entry comes again as a heading, or it is long."""
    again = title_key(block.text.strip()) in entries and not is_paged(block)
    return again or len(words(block.text)) > LONGEST_ENTRY


def entry_of(block: Block, later: Counter[str], tails: Counter[str]) -> Entry:
    """How sure it is that a block is an entry, by its page and by the headings that come later."""
    text, bare = block.text.strip(), unpaged_key(block)
    key = title_key(text)
    if is_paged(block) or (key and later[key] > 1) or (TRAILING.search(text) and bare in later):
        return Entry.CERTAIN
    if len(words(text)) <= 12 and tails[last_words(bare)] > 1:
        return Entry.LIKELY
    return Entry.NONE


def is_paged(block: Block) -> bool:
    """Whether a line ends in leaders or a tab and a page."""
    return bool(LEADER.search(block.text)) or ("\t" in block.text.strip() and has_page(block.text))


def unpaged_key(block: Block) -> str:
    return title_key(TRAILING.sub("", block.text.strip()))


def last_words(key: str) -> str:
    return " ".join(key.split()[-2:])


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


def with_page_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Mark “Page 3 of 9” wherever it is, and bare figures that rise page by page."""
    candidates = {
        at: block.text.strip()
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.role is Role.BODY and not block.label
    }
    pages = {at for at, text in candidates.items() if PAGE.fullmatch(text)}
    bare = [(at, int(text)) for at, text in candidates.items() if at not in pages and re.fullmatch(r"\d{1,3}", text)]
    rising = [(one, after) for (one, page), (after, next_page) in itertools.pairwise(bare) if next_page == page + 1]
    if len(rising) >= 2:
        pages |= set(itertools.chain.from_iterable(rising))
    return [replace(block, role=Role.PAGE_NUMBER) if at in pages else block for at, block in enumerate(blocks)]


def with_running_lines(blocks: Sequence[Block]) -> list[Block]:
    """Mark lines that carry a page number and recur, and lines that recur at the edge of every page."""
    edge = set(edge_positions(blocks))
    shapes = Counter(shape(block.text) for block in blocks if isinstance(block, Paragraph) and block.role is Role.BODY)
    edges = Counter(shape(blocks[at].text) for at in edge)
    sheets = len({block.page for block in blocks if block.page > 0})
    least = sheets if sheets < 4 else max(3, sheets // 2)

    def is_running(at: int, block: Block) -> bool:
        if not isinstance(block, Paragraph) or block.role is not Role.BODY or len(words(block.text)) > LONGEST_ENTRY:
            return False
        key = shape(block.text)
        paged = PAGED.search(block.text) and shapes[key] >= 2
        at_edge = not block.style.size and at in edge and sheets >= 2 and edges[key] >= least
        return bool(key and (paged or at_edge))

    return [
        replace(block, role=Role.RUNNING_LINE) if is_running(at, block) else block for at, block in enumerate(blocks)
    ]


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
