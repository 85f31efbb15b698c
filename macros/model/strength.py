"""How strong a line at a glance is, beside its clause: the words of duty of the two, and what turns them round."""

from __future__ import annotations

import re

from .glance import GlanceGroup
from .labels import join_words
from .policy import Clause

DUTY = re.compile(
    r"\b(?P<nor>nor )?(?P<modal>must|should|may|can|will)(?P<more> not| never| always| only)?\b"
    r"|\b(?P<cannot>cannot)\b|\b(?P<need>needs? to)\b|\b(?P<other>never|always|at all times|no circumstances"
    r"|required|expected|advised|encouraged)\b",
    re.IGNORECASE,
)
"""Words on which the force of a rule hangs, each with what makes it stronger or turns it round."""
MADE_SURE = re.compile(r"\b(must|should|needs? to) make sure that \w+ do not\b", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(not|never|no|nor|cannot)\b", re.IGNORECASE)
EXCEPTION = re.compile(r"\b(unless|except|other than)\b", re.IGNORECASE)
EXCEPTED = re.compile(r"\b(unless|except|other than|outside|without|but for)\b", re.IGNORECASE)


def duties(text: str) -> set[str]:
    """The words of duty in a text: “must”, “should not”, “need to”."""
    words = set()
    for match in DUTY.finditer(text):
        if match["modal"]:
            turned = " not" if match["nor"] and not match["more"] else ""
            words.add(f"{match['modal']}{match['more'] or ''}{turned}".lower())
        else:
            words.add(match[0].lower().replace("needs to", "need to"))
    return words | {f"{match[1].lower()} not" for match in MADE_SURE.finditer(text)}


def weakness(line: str, group: GlanceGroup, clause: Clause) -> tuple[str, str] | None:
    """Why a line is stronger or weaker than its clause, and what to do."""
    own, said = duties(clause.text), duties(line)
    text = f"“{line}”"
    allowed = join_words([f"“{word}”" for word in sorted(own)]) or "no word of duty"
    if own and not said:  # a clause in plain words, such as “Visitors sign in”, is put in plain words
        return f"{text} does not say how strong it is", f"Use a word of duty of {clause.label}, which has {allowed}."
    if other := sorted(said - own):
        return (
            f"{text} says “{other[0]}”, and {clause.label} does not",
            f"Be as strong as the clause, no more and no less: it has {allowed}.",
        )
    negative = bool(NEGATIVE.search(line))
    if group is GlanceGroup.NEVER and not negative:
        return f"{text} forbids nothing", "Move it to another group, such as always."
    if group is GlanceGroup.ALWAYS and negative:
        return f"{text} forbids something", "Move it to never, or to another group."
    if group is GlanceGroup.NEVER and EXCEPTION.search(clause.text) and not EXCEPTED.search(line):
        return f"{text} leaves out that {clause.label} has an exception", "Say the exception, or move it to ask-first."
    return None
