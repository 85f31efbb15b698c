"""Rules for the words of an import: those of two readings, sentences, what was left out, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model.labels import counted
from ..document import Role, Table
from ..second_reading import MARGINS, Difference
from ..structure.lines import BLANK, Line
from .evidence import Evidence, Grade, Reason, examples, shortened
from .headings import is_pdf, lines_left_out_once

WORD_SHARE, DROPPED_SHARE, ORDER_SHARE, SENTENCE_SHARE, LOST_SHARE = 0.02, 0.01, 0.01, 0.02, 0.01
"""Faults a word of the paper from which on its text cannot be read."""
UNPLACED_SHARE = 0.1
FEWEST_BLANKS = 4
"""Lines to be filled in from which on a part of a paper is a form; fewer are for a signature and its date."""
FEW = 5
"""Broken sentences that are no reason to give a paper up, however short it is."""
LEADS_ON = re.compile(r"[:;…][\"”’')\]]*\s*$|[:;]\s*(?:and|or)$")
"""The end of a line after which another may begin with a small letter."""


def broken_sentences(evidence: Evidence) -> Iterator[Reason]:
    """Paragraphs that begin with a small letter, where the one before leads to nothing."""
    if not evidence.drawn:
        return
    places = []
    for clause in evidence.clauses:
        for one, after in zip(clause.lines, clause.lines[1:], strict=False):
            if is_broken(one, after):
                places.append(f"“… {' '.join(one.text.split()[-4:])}” ({one.place})")
    if places:
        lost = len(places) > max(SENTENCE_SHARE * evidence.size, FEW)
        yield Reason(
            f"{counted(len(places), 'sentence')} broken in two, first {places[0]}", Grade.CUT if lost else Grade.READ
        )


def is_broken(one: Line, after: Line) -> bool:
    if one.note or after.note or isinstance(one.block, Table) or isinstance(after.block, Table):
        return False
    if not one.text or after.label is not None or one.block.role is not Role.BODY:
        return False
    return after.text.lstrip("(“‘")[:1].islower() and not LEADS_ON.search(one.text)


def words_differ(evidence: Evidence) -> Iterator[Reason]:
    """What the two readings of the file do not agree on."""
    second = evidence.second
    if not second.compared:
        yield Reason("the file could not be read a second time, so nothing stands against the reading")
        return
    if second.figures_parted:
        yield Reason(
            f"{counted(len(second.figures_parted), 'number')} parted in reading: {pairs(second.figures_parted)}"
        )
    others = (*second.split, *second.glued)
    if others:
        lost = len(others) > WORD_SHARE * second.compared
        yield Reason(
            f"{counted(len(others), 'word')} split or run together in one of two readings: {pairs(others)}",
            Grade.CUT if lost else Grade.READ,
        )
    if second.dropped:
        lost = len(second.dropped) > DROPPED_SHARE * second.compared and len(second.dropped) > 10
        yield Reason(
            f"{counted(len(second.dropped), 'word')} of the file not in the text: "
            f"{examples(f'{one.plain} ({one.place})' for one in second.dropped)}",
            Grade.CUT if lost else Grade.READ,
        )
    if second.added:
        yield Reason(
            f"{counted(len(second.added), 'word')} in the text and not in the other reading: "
            f"{examples(f'{one.placed} ({one.place})' for one in second.added)}"
        )
    if second.order:
        lost = len(second.order) > ORDER_SHARE * second.compared
        yield Reason(
            f"{counted(len(second.order), 'place')} where words follow each other otherwise than in the file, as from "
            f"columns or tables run together: {examples(f'{one.placed} ({one.place})' for one in second.order)}",
            Grade.CUT if lost else Grade.READ,
        )


def pairs(differences: Iterable[Difference]) -> str:
    return examples(f"“{one.placed}” or “{one.plain}” ({one.place})" for one in differences)


def audited_words(evidence: Evidence) -> Iterator[Reason]:
    """What the word audit found."""
    audit = evidence.audit
    if audit.lost or audit.added or audit.missed:
        lost = len(audit.lost) > LOST_SHARE * audit.read
        yield Reason("words were lost or added on the way into the pages", Grade.CUT if lost else Grade.READ)
    elif audit.moved:
        yield Reason(f"the text is out of the paper’s order, first at “{shortened(audit.moved)}”")
    if audit.unplaced:
        lost = audit.unplaced > UNPLACED_SHARE * audit.read
        yield Reason(f"{audit.unplaced} words have no place in the text", Grade.CUT if lost else Grade.READ)


def left_out(evidence: Evidence) -> Iterator[Reason]:
    """Lines that were left out though they come once and have more words than a page number."""
    lines = lines_left_out_once(evidence.audit, evidence.outline)
    # Word and OpenDocument keep headers and footers apart from the text, once for all pages.
    once = [line.text for line in lines if line.role is not Role.CONTENTS and line.place not in MARGINS]
    if once:
        yield Reason(
            f"{counted(len(once), 'line')} left out that {'comes' if len(once) == 1 else 'come'} once: {examples(once)}"
        )


def drawn_tables(evidence: Evidence) -> Iterator[Reason]:
    """Tables of a PDF are worked out from drawn lines and gaps."""
    tables = sum(isinstance(block, Table) and block.role is Role.BODY for block in evidence.blocks)
    if is_pdf(evidence) and tables:
        yield Reason(f"{counted(tables, 'table')} worked out from the lines on the page")


def form(evidence: Evidence) -> Iterator[Reason]:
    """Lines to be filled in: the fields of a form stand on a page in an order that no line tells."""
    blanks = sum(bool(BLANK.search(line.text)) for clause in evidence.clauses for line in clause.lines)
    if is_pdf(evidence) and blanks >= FEWEST_BLANKS:
        yield Reason(f"{counted(blanks, 'line')} to be filled in, as in a form")


def pictures(evidence: Evidence) -> Iterator[Reason]:
    """Diagrams hold words that cannot be read."""
    for remark in evidence.paper.remarks:
        if re.match(r"\d+ (?:diagram|inserted file|characters? have no known)", remark):
            yield Reason(remark)
