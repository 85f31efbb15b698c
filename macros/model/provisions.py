"""References to parts of the law, and their official addresses."""

from __future__ import annotations

import re

REFERENCE = re.compile(
    r"""(?P<unit>ss?|regs?|arts?|paras?|sch|pt)\s      # what is counted: s 12, arts 33-34, sch 1
        (?P<number>\d+[A-Z]*|[IVX]+)                   # its number: 12, 141F, II
        (?P<rest>.*)                                   # (1)(a), -34, para 18, ch 2""",
    re.VERBOSE,
)
PATHS = {
    "s": "section", "ss": "section", "reg": "regulation", "regs": "regulation", "art": "article",
    "arts": "article", "para": "paragraph", "paras": "paragraph", "sch": "schedule", "pt": "part",
}  # fmt: skip
WORDS = {
    "s": "section", "ss": "sections", "reg": "regulation", "regs": "regulations", "art": "article",
    "arts": "articles", "para": "paragraph", "sch": "schedule", "pt": "part", "ch": "chapter",
    "prot": "protocol",
}  # fmt: skip


def uri(instrument: str, ref: str) -> str | None:
    """The official address of a provision of a legislation.gov.uk instrument.

    A range leads to its first member, a sub-section to its section and a schedule's
    paragraph to the schedule: those are the pages that exist for certain.
    None where the reference or the instrument's address tells nothing.
    Source: legislation.gov.uk/developer/uris.

    >>> uri("https://www.legislation.gov.uk/id/ukpga/2002/32", "s 141F")
    'https://www.legislation.gov.uk/id/ukpga/2002/32/section/141F'
    """
    match = REFERENCE.match(ref)
    if not match or not instrument.startswith("https://www.legislation.gov.uk/id/"):
        return None
    return f"{instrument}/{PATHS[match['unit']]}/{match['number']}"


def printed(ref: str) -> str:
    """With the dash of a range: ``ss 16–19``."""
    return re.sub(r"(?<=[\w)])-(?=[\w(])", "–", ref)


def spoken(ref: str) -> str:
    """In whole words, for titles and screen readers: ``section 141F``."""
    return " ".join(WORDS.get(word, word) for word in printed(ref).split())
