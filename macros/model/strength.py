"""How strong a gist or a line at a glance is, beside its clause: their words of duty, and what turns them round."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
FACTS = frozenset({"can", "will"})
"""Words that mostly state what is, and need no word of duty beside them."""
BARE = frozenset({"never", "always"})
"""Words that are as strong without a “must” or “should” before them: “Never accept a friend request”."""
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


def weakness(line: str, group: GlanceGroup | None, clause: Clause) -> tuple[str, str] | None:
    """Why a line is stronger or weaker than its clause, and what to do. group is None for a clause's gist."""
    return next(weaknesses(line, group, clause), None)


def weaknesses(line: str, group: GlanceGroup | None, clause: Clause) -> Iterator[tuple[str, str]]:
    own, said = duties(clause.text), duties(line)
    text = f"“{line}”"
    allowed = join_words([f"“{word}”" for word in sorted(own)]) or "no word of duty"
    if own - FACTS and not said:  # a clause in plain words, such as “Visitors sign in”, is put in plain words
        yield f"{text} does not say how strong it is", f"Use a word of duty of {clause.label}, which has {allowed}."
    bare = {word for word in said & BARE if any(each.endswith(f" {word}") for each in own)}
    if other := sorted(said - own - bare):
        yield (
            f"{text} says “{other[0]}”, and {clause.label} does not",
            f"Be as strong as the clause, no more and no less: it has {allowed}.",
        )
    if group is None and (lost := sorted(strongest(own) - strongest(said | {f"must {word}" for word in bare}))):
        yield (
            f"{text} is weaker than {clause.label}, which has “{lost[0]}”",
            "Say the strongest thing that the clause says; who wants the rest reads on.",
        )
    negative = bool(NEGATIVE.search(line))
    if group is GlanceGroup.NEVER and not negative:
        yield f"{text} forbids nothing", "Move it to another group, such as always."
    if group is GlanceGroup.ALWAYS and negative:
        yield f"{text} forbids something", "Move it to never, or to another group."
    forbids = group is GlanceGroup.NEVER or (group is None and negative)
    if forbids and EXCEPTION.search(clause.text) and not EXCEPTED.search(line):
        otherwise = "or move it to ask-first" if group else "or leave the gist out"
        yield f"{text} leaves out that {clause.label} has an exception", f"Say the exception, {otherwise}."


def strongest(words: set[str]) -> set[str]:
    """The words of duty that a gist of their clause may not lose: that it must, and that it is never."""
    kinds = {"must": r"must|no circumstances", "never": r"never|no circumstances"}
    return {kind for kind, form in kinds.items() if any(re.search(rf"\b({form})\b", word) for word in words)}
