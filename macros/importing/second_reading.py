"""Compares the words that a reader placed with those of a plain extraction of the same file.

The word audit sees what is lost after reading. What goes wrong in reading it cannot see: words split or glued,
figures parted, columns run into each other, words left out. A plain extraction has faults of its own, so a
difference is a place to look at, not a fault.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .document import UNSEEN, Block, Extract, Paper, Role, Table, words

HYPHEN = re.compile(r"(?<=\w)(?:[\x02\xad\ufffe]\s*|[-‐]\s*\n\s*)(?=\w)")
"""A word broken at the end of a line; some extractions mark the hyphen with a character of their own."""
TOKEN = re.compile(r"[^\W_]+")
MOST_PIECES = 12
"""Pieces of a word set with spaces between its letters."""
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
"""Its letters are often raised, which some readings take for a word of their own."""
MARGINS = ("page header", "page footer")
"""The places of what word processors keep outside of the text, and a plain walk of the text does not meet."""
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
CONTEXT = 4
"""Words on each side of an example."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two readings differ."""

    placed: str
    """As the reader placed it; empty for what it left out."""
    plain: str
    """As the plain extraction has it; empty for what that has not."""
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondReading:
    """Where two readings of one file differ. Each kind holds every place, in the order of the file."""

    compared: int = 0
    """Words of the plain extraction; none where that failed."""
    figures_parted: tuple[Difference, ...] = ()
    split: tuple[Difference, ...] = ()
    glued: tuple[Difference, ...] = ()
    dropped: tuple[Difference, ...] = ()
    added: tuple[Difference, ...] = ()
    order: tuple[Difference, ...] = ()
    """Words that follow each other within a paragraph, and nowhere in the plain extraction."""

    @property
    def words_differ(self) -> int:
        """How many words differ, whatever their order."""
        kinds = (self.figures_parted, self.split, self.glued, self.dropped, self.added)
        return sum(map(len, kinds))


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place."""

    text: str
    place: str


def compare(paper: Paper, blocks: Sequence[Block]) -> SecondReading:
    """Hold the blocks of a paper against the plain extraction of its file."""
    broken: set[str] = set()
    plain = list(plain_tokens(paper.plain.extracts, broken))
    # The marks of notes stand in a PDF's text; word processors make them, so a walk of their files does not meet them.
    marks = any(extract.place.startswith(("page", "line")) for extract in paper.plain.extracts)
    placed = list(placed_tokens(blocks, marks=marks))
    if not plain:
        return SecondReading()
    in_plain, in_placed = Counter(one.text for one in plain), Counter(one.text for one in placed)
    missing, surplus = in_plain - in_placed, in_placed - in_plain
    parted = list(joins(placed, missing, surplus))
    joined = list(joins(plain, surplus, missing))
    split = [(whole, run) for whole, run in parted if whole not in broken and not ORDINAL.fullmatch(whole)]
    glued = [
        (whole, run)
        for whole, run in joined
        if not any(token.text in broken for token in run) and not ORDINAL.fullmatch(whole)
    ]
    unexplained = {*missing, *surplus}
    differing = unexplained | {token.text for _, run in (*parted, *joined) for token in run} | set(broken)
    return SecondReading(
        compared=len(plain),
        figures_parted=tuple(as_split(one) for one in split if one[0].isdigit()),
        split=tuple(as_split(one) for one in split if not one[0].isdigit()),
        glued=tuple(Difference(whole, " ".join(token.text for token in run), run[0].place) for whole, run in glued),
        dropped=tuple(Difference("", token.text, token.place) for token in taken(plain, missing)),
        added=tuple(Difference(token.text, "", token.place) for token in taken(placed, surplus)),
        order=tuple(out_of_order(blocks, plain, differing, marks=marks)),
    )


def as_split(one: tuple[str, list[Token]]) -> Difference:
    whole, run = one
    return Difference(" ".join(token.text for token in run), whole, run[0].place)


def plain_tokens(extracts: Sequence[Extract], broken: set[str]) -> Iterator[Token]:
    """The words of a plain extraction; words broken at a line's end are joined, and added to `broken`."""
    for extract in extracts:
        text = plain_characters(HYPHEN.sub("\x02", extract.text))
        for match in re.finditer(r"[^\W_]+(?:\x02[^\W_]+)*", text):
            word = match[0].replace("\x02", "")
            if word != match[0]:
                broken.add(word)
            if is_counted(word):
                yield Token(word, extract.place)


def placed_tokens(blocks: Sequence[Block], *, marks: bool) -> Iterator[Token]:
    """The words of blocks as they were placed, without the numbers that the word processor makes."""
    for text, place in texts(blocks):
        for match in TOKEN.finditer(plain_characters(text if marks else RAISED.sub("", text))):
            if is_counted(match[0]):
                yield Token(match[0], place)


def texts(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """The text of every paragraph and of every cell's paragraphs, with its place."""
    for block in blocks:
        if block.place in MARGINS:
            continue
        if isinstance(block, Table):
            for paragraph in block.paragraphs:
                yield paragraph.text, block.place
        else:
            yield block.text, block.place


def plain_characters(text: str) -> str:
    """A text in the plain forms of its characters: ligatures apart, raised figures on the line."""
    return unicodedata.normalize("NFKC", text.translate(UNSEEN))


def is_counted(word: str) -> bool:
    """Whether a word counts.

    Letters that are bullets do not, such as the ring of an inner list and those of symbol fonts.
    """
    return len(word) > 1 or (word.isascii() and word != "o")


def joins(tokens: Sequence[Token], wholes: Counter[str], parts: Counter[str]) -> Iterator[tuple[str, list[Token]]]:
    """Neighbours that make one of `wholes` together, some of them among `parts`; both are counted down."""
    longest = max(map(len, wholes), default=0)
    skip = 0
    for at, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        whole, best = token.text, 0
        for end in range(at + 1, min(at + MOST_PIECES, len(tokens))):
            whole += tokens[end].text
            if len(whole) > longest:
                break
            if wholes[whole] > 0 and any(parts[one.text] > 0 for one in tokens[at : end + 1]):
                best = end
        if best:
            run = list(tokens[at : best + 1])
            name = "".join(one.text for one in run)
            wholes[name] -= 1
            for one in run:
                parts[one.text] -= parts[one.text] > 0
            skip = best - at
            yield name, run


def taken(tokens: Sequence[Token], left: Counter[str]) -> Iterator[Token]:
    """The tokens that are left over, the last ones of each word: earlier ones more often have their partner."""
    rest = Counter({word: count for word, count in left.items() if count > 0})
    chosen = []
    for token in reversed(tokens):
        if rest[token.text] > 0:
            rest[token.text] -= 1
            chosen.append(token)
    yield from reversed(chosen)


def out_of_order(
    blocks: Sequence[Block], plain: Sequence[Token], differing: set[str], *, marks: bool
) -> Iterator[Difference]:
    """Neighbours within a paragraph that are no neighbours in the plain extraction.

    A sentence that goes on over the end of a page has the page's foot between its halves there: one a page is no fault.
    """
    pairs = {(one.text, other.text) for one, other in itertools.pairwise(plain)}
    forgiven: Counter[str] = Counter()
    for text, place in texts([block for block in blocks if block.role in (Role.BODY, Role.NOTE)]):
        sequence = [
            word for word in words(plain_characters(text if marks else RAISED.sub("", text))) if is_counted(word)
        ]
        for at, pair in enumerate(itertools.pairwise(sequence)):
            if pair in pairs or differing & set(pair):
                continue
            forgiven[place] += 1
            if forgiven[place] == 1 and place.startswith("page"):
                continue
            around = sequence[max(at + 1 - CONTEXT, 0) : at + 1], sequence[at + 1 : at + 1 + CONTEXT]
            yield Difference(f"{' '.join(around[0])} / {' '.join(around[1])}", "", place)
