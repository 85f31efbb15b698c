"""Rules for the title of an import: it says something, is whole, and agrees with the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import words
from ..metadata.titles import BODY_WORD, POLICY_WORD
from .evidence import Evidence, Reason, shortened
from .structure import OPEN_END

GENERIC = re.compile(
    r"(?:school |our |the )?(?:policy|policies|policy statement|statement|introduction|purpose|contents|key terms|"
    r"document.*|version.*|aims?|rationale|scope|procedures?|guidance|appendix.*)",
    re.IGNORECASE,
)
LIKE = 4
"""Letters in which two forms of a word agree: “visit”, “visits”."""
SILENT = frozenset(
    {"policy", "policies", "final", "draft", "copy", "version", "updated", "update", "approved", "signed", "school",
     "primary", "academy", "trust", "document", "january", "february", "march", "april", "june", "july", "august",
     "september", "october", "november", "december", "autumn", "spring", "summer", "with", "from"}
)  # fmt: skip
"""Words that files of policies have in their names beside what they are about."""


def title(evidence: Evidence) -> Iterator[Reason]:
    """A title that the paper's text does not state, or that says nothing."""
    text = evidence.outline.title
    if evidence.title_from.startswith("the file"):
        yield Reason(f"its text states no title; “{shortened(text)}” is from {evidence.title_from}")
    elif GENERIC.fullmatch(text.strip()):
        yield Reason(f"“{text}” says too little for a title")
    elif is_cut_short(text):
        yield Reason(f"“{shortened(text)}” looks like a part of a title")
    elif not agrees_with_name(text, evidence.file_name):
        yield Reason(f"the title “{shortened(text)}” and the file’s name, {evidence.file_name}, hardly agree")


def is_cut_short(text: str) -> bool:
    """Whether a title begins or ends in the middle of something."""
    begins = re.match(r"(?:and|&|or|of|for|to|in|with)\b|[a-z,;)&]", text)
    return bool(begins or re.match(r"(?:And|Of|For|To|With)\b", text) or OPEN_END.search(text)) or text.count(
        "("
    ) != text.count(")")


def agrees_with_name(text: str, file_name: str) -> bool:
    """Whether a title has most of the telling words of the file's name, which somebody gave it for its matter."""
    named = [word for word in words(file_name.rpartition(".")[0].replace("_", " ").lower()) if is_telling(word)]
    titled = " ".join(words(text.lower()))
    return len(named) < 2 or sum(word[:LIKE] in titled for word in named) > 0.5 * len(named)


def is_telling(word: str) -> bool:
    """Whether a word of a file's name can be one of its title."""
    return len(word) > LIKE - 1 and word.isalpha() and word not in SILENT


def title_in_text(evidence: Evidence) -> Iterator[Reason]:
    """A title that stands below the first heading: that heading is then one of the paper, not of its text."""
    own = words(evidence.outline.title.lower())
    for section in evidence.outline.sections[:2]:
        for line in (line for clause in section.clauses for line in clause.lines[:3]):
            if words(line.text.lower()) == own:
                yield Reason(f"the title stands in the text, below “{shortened(section.title)}”")
                return


def heading_of_body(evidence: Evidence) -> Iterator[Reason]:
    """A title that is the name of a school and not of a paper."""
    if BODY_WORD.search(evidence.outline.title) and not POLICY_WORD.search(evidence.outline.title):
        yield Reason(f"the title, “{shortened(evidence.outline.title)}”, may be a body’s name")
