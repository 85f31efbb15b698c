"""On a policy at a glance: each line is short, has a clause, and is as strong as that clause.

A clause may be changed or removed before anybody thinks of the sheet. Its line is left out then, which is said and is
no fault; a line that is too long is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project, clause_id
from ..authoring.glances import WrittenLine
from ..authoring.suggestions import did_you_mean
from ..model import Clause, PolicyId, Problem
from ..model.glance import GlanceGroup
from ..model.strength import weakness
from .silences import removed

MOST_WORDS = 12
COLUMNS = ((GlanceGroup.ALWAYS, GlanceGroup.WRONG), (GlanceGroup.NEVER, GlanceGroup.ASK_FIRST))
"""What stands below one another on the sheet."""
MOST_LINES = 16
"""So many of a column fit on a sheet of A4 with the slip, where each takes two lines."""


def clauses_of(project: Project) -> Iterator[tuple[WrittenLine, Clause | None]]:
    guide = project.guide
    for written in project.glances.entries:
        if written.policy in guide.policies:
            yield written, guide.clauses.get(clause_id(written.clause, written.policy))


def left_out(project: Project) -> Iterator[str]:
    """The lines that are not on the sheet, each with its place, why, and what to do."""
    for written, clause in clauses_of(project):
        if clause is None:
            own = [each.id.partition("/")[2] for each in project.guide.policies[written.policy].clauses]
            why = f"there is no clause “{written.clause}”"
            fix = removed(project, clause_id(written.clause, written.policy)).replace(
                "see:", "clause:"
            ) or did_you_mean(written.clause, own, otherwise='Name a clause of this policy: clause: "2.3.4"')
        elif not (text := written.text or clause.gist):
            why, fix = f"{clause.label} has no gist", "Say the line below its clause: text: You should ask first."
        elif fault := weakness(text, written.group, clause):
            why, fix = fault
        else:
            continue
        yield f"{written.path}:{written.line}: {why}\n    {fix}"


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


def one_sheet(project: Project) -> Iterator[Problem]:
    """A policy at a glance has no more lines than a sheet of A4 holds."""
    columns: dict[tuple[PolicyId, int], list[WrittenLine]] = {}
    for written, _ in clauses_of(project):
        column = next(number for number, groups in enumerate(COLUMNS) if written.group in groups)
        columns.setdefault((written.policy, column), []).append(written)
    for (_, column), lines in columns.items():
        if len(lines) > MOST_LINES:
            groups = " and ".join(f"“{group.words}”" for group in COLUMNS[column])
            yield Problem(
                path=lines[0].path,
                line=lines[MOST_LINES].line,
                rule="glance-sheet",
                message=f"{groups} have {len(lines)} lines together",
                hint=f"One sheet of paper holds {MOST_LINES}: keep those that staff need most.",
            )
