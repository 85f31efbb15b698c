"""On the gist of a clause: it is short, and as strong as its clause. Where a policy has gists, each clause has one."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project
from ..model import Problem
from ..model.strength import weakness
from .glances import MOST_WORDS


def short_and_true(project: Project) -> Iterator[Problem]:
    """A gist has at most twelve words, and is no stronger and no weaker than its clause."""
    for policy in project.guide.policies.values():
        for clause in policy.clauses:
            if not clause.gist:
                continue
            if (count := len(clause.gist.split())) > MOST_WORDS:
                message, hint = f"“{clause.gist}” has {count} words", f"Say it in {MOST_WORDS} at most."
                yield Problem(
                    path=f"docs/{clause.path}", line=clause.line, rule="gist-length", message=message, hint=hint
                )
            elif fault := weakness(clause.gist, None, clause):
                message, hint = fault
                yield Problem(
                    path=f"docs/{clause.path}", line=clause.line, rule="gist-strength", message=message, hint=hint
                )


def missing(project: Project) -> Iterator[str]:
    """The clauses without a gist in policies that have gists, each policy with its clauses."""
    for policy in project.guide.policies.values():
        without = [clause.label for clause in policy.clauses if not clause.gist]
        if 0 < len(without) < len(policy.clauses):
            listed = ", ".join(without[:MOST_LISTED]) + (" …" if len(without) > MOST_LISTED else "")
            yield f"docs/{policy.path}: {listed}"


MOST_LISTED = 12
"""Clauses of one policy that are named; the rest follows when these are done."""
