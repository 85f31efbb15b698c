"""Rules on a policy at a glance: each line is short, has a clause, and is as strong as that clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..assembly.assemble import Project, clause_id
from ..authoring.glances import WrittenLine
from ..authoring.suggestions import did_you_mean
from ..model import Clause, Problem
from ..model.glance import GlanceGroup
from ..model.labels import join_words
from .silences import removed

MOST_WORDS = 12
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


def clauses_of(project: Project) -> Iterator[tuple[WrittenLine, Clause | None]]:
    guide = project.guide
    for written in project.glances.entries:
        if written.policy in guide.policies:
            yield written, guide.clauses.get(clause_id(written.clause, written.policy))


def known_clauses(project: Project) -> Iterator[Problem]:
    """Each line at a glance is of a clause that exists."""
    for written, clause in clauses_of(project):
        if clause is None:
            own = [each.id.partition("/")[2] for each in project.guide.policies[written.policy].clauses]
            yield Problem(
                path=written.path,
                line=written.line,
                rule="glance-clause",
                message=f"there is no clause “{written.clause}”",
                hint=removed(project, clause_id(written.clause, written.policy)).replace("see:", "clause:")
                or did_you_mean(written.clause, own, otherwise='Name a clause of this policy: clause: "2.3.4"'),
            )


def short_lines(project: Project) -> Iterator[Problem]:
    """A line at a glance has at most twelve words."""
    for written, _ in clauses_of(project):
        if (count := len(written.text.split())) > MOST_WORDS:
            yield Problem(
                path=written.path,
                line=written.line,
                rule="glance-length",
                message=f"“{written.text}” has {count} words",
                hint=f"Say it in {MOST_WORDS} at most; who wants more opens the clause.",
            )


def as_strong_as_its_clause(project: Project) -> Iterator[Problem]:
    """A line at a glance has the word of duty that its clause has, and stands in a group that fits it."""
    for written, clause in clauses_of(project):
        if clause and (fault := weakness(written, clause)):
            message, hint = fault
            yield Problem(path=written.path, line=written.line, rule="glance-strength", message=message, hint=hint)


def weakness(written: WrittenLine, clause: Clause) -> tuple[str, str] | None:
    """Why a line is stronger or weaker than its clause, and what to do."""
    own, said = duties(clause.text), duties(written.text)
    text = f"“{written.text}”"
    allowed = join_words([f"“{word}”" for word in sorted(own)]) or "no word of duty"
    if own and not said:  # a clause in plain words, such as “Visitors sign in”, is put in plain words
        return f"{text} does not say how strong it is", f"Use a word of duty of {clause.label}, which has {allowed}."
    if other := sorted(said - own):
        return (
            f"{text} says “{other[0]}”, and {clause.label} does not",
            f"Be as strong as the clause, no more and no less: it has {allowed}.",
        )
    negative = bool(NEGATIVE.search(written.text))
    if written.group is GlanceGroup.NEVER and not negative:
        return f"{text} forbids nothing", "Move it to another group, such as always."
    if written.group is GlanceGroup.ALWAYS and negative:
        return f"{text} forbids something", "Move it to never, or to another group."
    if written.group is GlanceGroup.NEVER and EXCEPTION.search(clause.text) and not EXCEPTED.search(written.text):
        return f"{text} leaves out that {clause.label} has an exception", "Say the exception, or move it to ask-first."
    return None
