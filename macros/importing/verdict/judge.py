"""How far an import can be trusted, in one line that a person can act on, with the reasons.

Each rule looks at one thing that goes wrong, and says nothing where that did not happen. An import is sure where no
rule has anything to say: a reason too many costs a reading, one too few a wrong policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import numbers, structure, text, titles
from .evidence import Evidence, Grade, Reason, Verdict

TOO_MANY = 9
"""Reasons that together mean more work than to begin anew."""
RULES: tuple[Callable[[Evidence], Iterator[Reason]], ...] = (
    structure.no_headings,
    structure.headings_of_contents,
    numbers.broken_sequence,
    structure.one_large_section,
    structure.empty_sections,
    structure.text_before_headings,
    structure.odd_headings,
    text.words_differ,
    text.audited_words,
    text.broken_sentences,
    structure.crumbs,
    text.left_out,
    structure.many_sections,
    structure.guessed_headings,
    titles.title,
    titles.title_in_text,
    titles.heading_of_body,
    text.drawn_tables,
    text.form,
    text.pictures,
)
"""In the order of what a person would see first."""


def judge(evidence: Evidence) -> Verdict:
    """The verdict on an import."""
    reasons = [reason for rule in RULES for reason in rule(evidence)]
    reasons.sort(key=lambda reason: reason.grade is not Grade.CUT)
    grade = max((reason.grade for reason in reasons), key=list(Grade).index, default=Grade.SURE)
    if len(reasons) >= TOO_MANY:
        grade = Grade.CUT
    return Verdict(grade=grade, reasons=tuple(reasons))
