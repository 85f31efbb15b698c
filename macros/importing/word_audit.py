"""Audits the words of an import: those of the paper against those that the written files show.

The files are parsed by the guide's own parser and rendered by its own Markdown, so that what is counted
is what a visitor would see, not what the import believes it wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown import Markdown

from ..authoring import pages as authored_pages
from ..authoring.pages import Page
from ..authoring.parser import AppendixEntryBlock, ClauseBlock, HeadingBlock, Text
from ..authoring.schema import NOT_STATED
from ..model import clause_numbers
from .document import FURNITURE, Block, Paper, Paragraph, Role, pieces_of_words, printed_text, words
from .labels import Kind, label_of
from .structure.sections import Outline
from .writing.files import UNPLACED
from .writing.inline import rendered

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """A line of page furniture that was left out."""

    text: str
    role: Role
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WordAudit:
    """Where every word of the paper went."""

    read: int
    """Words in the paper."""
    placed: int
    """Words of it that the written files show in clauses, headings, lists and tables, or the cover."""
    unplaced: int
    """Words under “Unplaced”."""
    stated: int
    """Words of the cover that state facts, which index.md gives as settings."""
    furniture: int
    lost: tuple[str, ...]
    added: tuple[str, ...]
    missed: int
    """Letters that the file holds and its reader did not give."""
    moved: str
    """The first words that arrive out of the paper's order; empty when all are in order."""
    removed: tuple[Removed, ...]

    @property
    def complete(self) -> bool:
        """Whether every word arrived once and in order."""
        return not (self.lost or self.added or self.missed or self.moved)

    @property
    def share(self) -> float:
        """Per cent of the paper's words that are accounted for."""
        return 100.0 * (1 - len(self.lost) / self.read) if self.read else 0.0


def audit(  # noqa: PLR0913 - what is compared, each by its name
    paper: Paper,
    blocks: Sequence[Block],
    outline: Outline,
    files: Mapping[str, str],
    md: Markdown,
    *,
    facts: Sequence[str] = (),
) -> WordAudit:
    """Compare the paper with the files.

    blocks: the paper's, each with its role; facts: lines that became settings, in order.
    """
    texts: dict[Role, list[str]] = {role: [] for role in Role}
    for block in blocks:
        texts[block.role].append(without_bullet(block))
    count = {role: sum(len(words(text)) for text in texts[role]) for role in Role}
    body, notes, loose = (pieces_of_words(" ".join(texts[role])) for role in (Role.BODY, Role.NOTE, Role.LOOSE))
    body = without_runs(body, [pieces_of_words(text) for text in facts])
    written = written_words(outline, files, md)
    implied = implied_words(outline)
    before = Counter([*without(body, implied), *notes, *loose])
    after = Counter([*written.body, *written.notes, *written.unplaced])
    lost, added = before - after, after - before
    stated = sum(len(words(text)) for text in facts)
    moved = "" if lost or added else first_difference(comparable(body, implied), comparable(written.body, implied))
    return WordAudit(
        read=sum(count.values()),
        placed=count[Role.BODY] + count[Role.NOTE] - sum(lost.values()) - stated,
        stated=stated,
        unplaced=count[Role.LOOSE],
        furniture=sum(count[role] for role in FURNITURE),
        lost=tuple(lost.elements()),
        added=tuple(added.elements()),
        missed=paper.missed,
        moved=moved,
        removed=tuple(
            Removed(text=printed_text(block), role=block.role, place=block.place)
            for block in blocks
            if block.role in FURNITURE
        ),
    )


def without_bullet(block: Block) -> str:
    """A block's words without the letter, “o” or “ü”, that Word's lists have for a bullet: a mark, as “•” is."""
    text = printed_text(block)
    label, end = label_of(text) if isinstance(block, Paragraph) else (None, 0)
    return text[end:] if label is not None and label.kind is Kind.BULLET else text


def implied_words(outline: Outline) -> Counter[str]:
    """Words that the guide itself puts before a number: the “Section” of “Section 2”."""
    implied = Counter(outline.implied)
    for section in outline.sections:
        named = section.label is not None and section.label.kind is Kind.NAMED
        if section.label and named and section.number and section.title and section.printed is None:
            implied.update(pieces_of_words(section.label.printed)[:1])
    return implied


def without(sequence: Sequence[str], removed: Counter[str]) -> list[str]:
    """A sequence without the first occurrences of some words."""
    left = Counter(removed)
    rest = []
    for word in sequence:
        if left[word] > 0:
            left[word] -= 1
        else:
            rest.append(word)
    return rest


def without_runs(sequence: Sequence[str], runs: Sequence[Sequence[str]]) -> list[str]:
    """A sequence without some stretches of it, each looked for after the one before.

    What is not there leaves nothing out.
    """
    rest = list(sequence)
    begin = 0
    for run in runs:
        at = next((at for at in range(begin, len(rest) - len(run) + 1) if rest[at : at + len(run)] == list(run)), None)
        if at is not None and run:
            del rest[at : at + len(run)]
            begin = at
    return rest


def comparable(sequence: Sequence[str], implied: Counter[str]) -> list[str]:
    """Words whose order can be compared: a “Section” that the guide adds by itself may be anywhere."""
    return [word for word in sequence if word not in implied]


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenWords:
    """The words that the files show, in the paper's order."""

    body: list[str]
    notes: list[str]
    unplaced: list[str]


def written_words(outline: Outline, files: Mapping[str, str], md: Markdown) -> WrittenWords:
    """Collect the words that the files show: titles of parts, then section by section."""
    pages = {name: authored_pages.parse(f"policies/paper/{name}", text) for name, text in files.items()}
    body: list[str] = []
    notes: list[str] = []
    loose: list[str] = []
    for text, unplaced in page_words(md, pages["index.md"], title=False):
        (loose if unplaced else notes if is_note(text) else body).extend(pieces_of_words(text))
    parts = dict(outline.parts)
    for section in outline.sections:
        if section.number in parts and section.part != section.number:
            del parts[section.number]  # the section's own title is that of its part
        while parts and (number := next(iter(parts))) and number <= (section.part or ""):
            title = parts.pop(number)
            if section.number != number:  # the section of a whole part shows the part's title itself
                body += pieces_of_words(f"{number} {title}")
        for text, _ in page_words(md, pages[f"{section.file}.md"], title=not section.borrowed):
            (notes if is_note(text) else body).extend(pieces_of_words(text))
    for number, title in parts.items():
        body += pieces_of_words(f"{number} {title}")
    return WrittenWords(body=body, notes=notes, unplaced=loose)


def is_note(text: str) -> bool:
    return text[:1] in RAISED and text[:1] != ""


def page_words(md: Markdown, page: Page, *, title: bool) -> Iterator[tuple[str, bool]]:
    """The texts that a page shows, and whether each is under “Unplaced”."""
    keys = page.meta.keys or {}
    number = keys["number"].raw if "number" in keys else ""
    printed = keys["printed"].raw if "printed" in keys else number
    if title:
        letter = f"Appendix {keys['appendix'].raw}" if "appendix" in keys else ""
        yield f"{letter} {'' if printed == NOT_STATED else printed} {keys['title'].raw}", False
    unplaced = False
    for block in page.blocks:
        if isinstance(block, HeadingBlock):
            unplaced = block.heading.text.strip() == UNPLACED
            if not unplaced:
                yield from ((text, False) for text in rendered(md, block.heading.text))
        elif isinstance(block, ClauseBlock):
            call = block.call
            label = call["printed"] or (call["id"] if clause_numbers.parse(call["id"]) else "")
            if label in (number, printed):
                label = ""  # the section's own first words carry its number again
            yield f"{label} {call['title']}", False
        elif isinstance(block, AppendixEntryBlock):
            yield block.call["heading"], False
        markdown = "".join(node.text for node in block.nodes if isinstance(node, Text))
        yield from ((text, unplaced) for text in rendered(md, markdown))


def first_difference(expected: Sequence[str], actual: Sequence[str]) -> str:
    """The words from which on two sequences differ; empty if they do not."""
    for at, (one, other) in enumerate(zip(expected, actual, strict=False)):
        if one != other:
            return " ".join(expected[at : at + 8])
    return ""


def sample(sequence: Iterable[str], most: int = 12) -> str:
    """The first words of a list, and how many more there are."""
    listed = list(sequence)
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "")
