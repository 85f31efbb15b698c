"""Every word accounted for: those of the paper against those that the written files show.

The files are read back by the guide's own reader and rendered by its own Markdown, so that what is
counted is what a visitor would see, not what the import believes it wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown import Markdown

from ..authoring.pages import Page, read
from ..authoring.parser import AppendixEntryBlock, ClauseBlock, HeadingBlock, Text
from ..model import clause_numbers
from .document import FURNITURE, Block, Paper, Paragraph, Role, pieces_of_words, said, words
from .labels import Kind, label_of
from .structure.sections import Outline
from .writing.inline import rendered

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """Furniture left out, with where it stood."""

    text: str
    role: Role
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    read: int
    """Words in the paper."""
    placed: int
    """Words of it that the written files show in clauses, headings, lists and tables, or the cover."""
    unplaced: int
    """Words shown under “Unplaced”."""
    furniture: int
    lost: tuple[str, ...]
    added: tuple[str, ...]
    missed: int
    """Letters that the file holds and its reader did not give."""
    moved: str
    """The first words that arrive out of the paper's order; empty when all are in order."""
    removed: tuple[Removed, ...]

    @property
    def whole(self) -> bool:
        return not (self.lost or self.added or self.missed or self.moved)

    @property
    def share(self) -> float:
        """Per cent of the paper's words that are accounted for."""
        return 100.0 * (1 - len(self.lost) / self.read) if self.read else 0.0


def balance(paper: Paper, blocks: Sequence[Block], made: Outline, files: Mapping[str, str], md: Markdown) -> Ledger:
    """Compare the paper with the files. blocks: the paper's, each marked with its role."""
    by_role: dict[Role, list[str]] = {role: [] for role in Role}
    for block in blocks:
        by_role[block.role].append(unmarked(block))
    count = {role: sum(len(words(text)) for text in texts) for role, texts in by_role.items()}
    body, notes, loose = (pieces_of_words(" ".join(by_role[role])) for role in (Role.BODY, Role.NOTE, Role.LOOSE))
    shown, shown_notes, shown_loose = told(made, files, md)
    expected = without(body, implied(made))
    before, after = Counter([*expected, *notes, *loose]), Counter([*shown, *shown_notes, *shown_loose])
    lost, added = before - after, after - before
    return Ledger(
        read=sum(count.values()),
        placed=count[Role.BODY] + count[Role.NOTE] - sum(lost.values()),
        unplaced=count[Role.LOOSE],
        furniture=sum(count[role] for role in FURNITURE),
        lost=tuple(lost.elements()),
        added=tuple(added.elements()),
        missed=paper.missed,
        moved="" if lost or added else first_difference(*(unsaid(found, implied(made)) for found in (body, shown))),
        removed=tuple(
            Removed(text=said(block), role=block.role, place=block.place) for block in blocks if block.role in FURNITURE
        ),
    )


def unmarked(block: Block) -> str:
    """A block's words without the letter, “o” or “ü”, that Word's lists have for a bullet: a mark, as “•” is."""
    text = said(block)
    label, end = label_of(text) if isinstance(block, Paragraph) else (None, 0)
    return text[end:] if label is not None and label.kind is Kind.BULLET else text


def implied(made: Outline) -> Counter[str]:
    """Words that the guide itself puts before a number: the “Section” of “Section 2”."""
    found: Counter[str] = Counter()
    for section in made.sections:
        if (
            section.label
            and section.label.kind is Kind.NAMED
            and section.number
            and section.title
            and section.printed is None
        ):
            found.update(pieces_of_words(section.label.printed)[:1])
    found.update(made.implied)
    return found


def without(found: Sequence[str], some: Counter[str]) -> list[str]:
    left = Counter(some)
    kept = []
    for word in found:
        if left[word] > 0:
            left[word] -= 1
        else:
            kept.append(word)
    return kept


def unsaid(found: Sequence[str], said_by_guide: Counter[str]) -> list[str]:
    """Words whose order can be compared: a “Section” that the guide says itself may stand anywhere."""
    return [word for word in found if word not in said_by_guide]


def told(made: Outline, files: Mapping[str, str], md: Markdown) -> tuple[list[str], list[str], list[str]]:
    """The words that the files show, in the paper's order: text, notes, and what is unplaced."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "policies" / "paper"
        home.mkdir(parents=True)
        for name, text in files.items():
            (home / name).write_text(text, encoding="utf-8")
        pages = {
            page.path.rsplit("/", 1)[-1]: page
            for page in read(Path(folder), [f"policies/paper/{name}" for name in files])
        }
    shown: list[str] = []
    notes: list[str] = []
    loose: list[str] = []
    for block, unplaced in page_words(md, pages["index.md"], title=False):
        (loose if unplaced else notes if is_note(block) else shown).extend(pieces_of_words(block))
    parts = dict(made.parts)
    for section in made.sections:
        if section.number in parts and section.part != section.number:
            del parts[section.number]  # the section itself says what its part is called
        while parts and (number := next(iter(parts))) and number <= (section.part or ""):
            title = parts.pop(number)
            # A section that stands for its whole part says the part's title itself.
            if section.number != number:
                shown += pieces_of_words(f"{number} {title}")
        page = pages[f"{section.file}.md"]
        for block, _ in page_words(md, page, title=not section.borrowed):
            (notes if is_note(block) else shown).extend(pieces_of_words(block))
    for number, title in parts.items():
        shown += pieces_of_words(f"{number} {title}")
    return shown, notes, loose


def is_note(text: str) -> bool:
    return text[:1] in RAISED and text[:1] != ""


def page_words(md: Markdown, page: Page, *, title: bool) -> Iterator[tuple[str, bool]]:
    """The stretches of text that a page shows, and whether they stand under “Unplaced”."""
    keys = page.meta.keys or {}
    number = keys["number"].raw if "number" in keys else ""
    printed = keys["printed"].raw if "printed" in keys else number
    if title:
        letter = f"Appendix {keys['appendix'].raw}" if "appendix" in keys else ""
        yield f"{letter} {'' if printed == 'not stated' else printed} {keys['title'].raw}", False
    unplaced = False
    for block in page.blocks:
        if isinstance(block, HeadingBlock):
            unplaced = block.heading.text.strip() == "## Unplaced"
            if not unplaced:
                yield from ((text, False) for text in rendered(md, block.heading.text))
        elif isinstance(block, ClauseBlock):
            opener = block.call
            shown = opener["printed"] or (opener["id"] if clause_numbers.parse(opener["id"]) else "")
            if shown in (number, printed):
                shown = ""  # the section's own first words carry its number again
            yield f"{shown} {opener['title']}", False
        elif isinstance(block, AppendixEntryBlock):
            yield block.call["heading"], False
        text = "".join(node.text for node in block.nodes if isinstance(node, Text))
        yield from ((shown, unplaced) for shown in rendered(md, text))


def first_difference(one: Sequence[str], other: Sequence[str]) -> str:
    for at, (expected, found) in enumerate(zip(one, other, strict=False)):
        if expected != found:
            return " ".join(one[at : at + 8])
    return ""


def some(found: Iterable[str], most: int = 12) -> str:
    shown = list(found)
    return ", ".join(shown[:most]) + (f" and {len(shown) - most} more" if len(shown) > most else "")
