"""Rules on the questions of the home page."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.questions import FILE, WrittenQuestion
from ..authoring.suggestions import did_you_mean
from ..model import ClauseId, PolicyId, Problem


def known_answers(project: Project) -> Iterator[Problem]:
    """The clause of a question exists, unless its whole policy is gone."""
    clauses = project.guide.clauses
    for written in project.questions.entries:
        name = written.settings.clause
        if ClauseId(name) in clauses or (without_policy(project, written) and "/" in name):
            continue
        yield Problem(
            path=FILE,
            line=written.clause_line,
            rule="unknown-clause",
            message=f"there is no clause “{name}”",
            hint=did_you_mean(name, clauses, otherwise="Name the policy and the clause: social-networking/2.3.5"),
        )


def without_policy(project: Project, written: WrittenQuestion) -> bool:
    """Whether a question is left out because its policy is not here."""
    return PolicyId(written.settings.clause.partition("/")[0]) not in project.guide.policies
