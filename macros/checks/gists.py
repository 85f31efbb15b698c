"""On the gist of a clause: it is short, and as strong as its clause. Where a policy has gists, each clause has one.

A clause may be changed before anybody thinks of its gist. The gist is left out then, which is said and is no fault; one
that is too long is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.macro_signatures import Call
from ..model import Clause, Problem
from ..model.strength import weakness
from .glances import MOST_WORDS

MOST_LISTED = 12
"""Clauses of one policy that are named; the rest follows when these are done."""


def written(project: Project) -> Iterator[tuple[Call, Clause]]:
    """Each gist as it is written, with its clause."""
    clauses = {
        (clause.path, clause.line): clause for policy in project.guide.policies.values() for clause in policy.clauses
    }
    for page in project.pages:
        for block in page.clauses:
            if block.call["gist"] and (clause := clauses.get((page.path, block.call.line))):
                yield block.call, clause


def short(project: Project) -> Iterator[Problem]:
    """A gist has at most twelve words."""
    for call, clause in written(project):
        if (count := len(call["gist"].split())) > MOST_WORDS:
            yield Problem(
                path=f"docs/{clause.path}",
                line=clause.line,
                rule="gist-length",
                message=f"“{call['gist']}” has {count} words",
                hint=f"Say it in {MOST_WORDS} at most.",
            )


def left_out(project: Project) -> Iterator[str]:
    """The gists that are on no page, since they are weaker or stronger than their clause; why, and what to do."""
    for call, clause in written(project):
        if fault := weakness(call["gist"], None, clause):
            yield f"docs/{clause.path}:{clause.line}: {fault[0]}\n    {fault[1]}"


def missing(project: Project) -> Iterator[str]:
    """The clauses without a gist in policies that have gists, each policy with its clauses."""
    having = {clause.id for _, clause in written(project)}
    for policy in project.guide.policies.values():
        without = [clause.label for clause in policy.clauses if clause.id not in having]
        if 0 < len(without) < len(policy.clauses):
            listed = ", ".join(without[:MOST_LISTED]) + (" …" if len(without) > MOST_LISTED else "")
            yield f"docs/{policy.path}: {listed}"
