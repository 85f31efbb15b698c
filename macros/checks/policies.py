"""Rules for what a policy states of itself: its title, category, audiences and dates."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project, clause_id
from ..authoring.front_matter import PolicySettings
from ..authoring.pages import Page
from ..authoring.suggestions import did_you_mean
from ..model import Policy, Problem
from ..reviews import status
from ..statutory.register import register


def pages_of(project: Project) -> Iterator[tuple[Page, Policy]]:
    pages = {page.path: page for page in project.pages}
    return ((pages[policy.path], policy) for policy in project.guide.policies.values())


def line_of(page: Page, setting: str) -> int:
    return (page.meta.key_lines or {}).get(setting, 1)


def known_categories(project: Project) -> Iterator[Problem]:
    """A policy's category is one of the guide's."""
    known = project.guide.organisation.categories
    for page, policy in pages_of(project):
        if policy.category and policy.category not in known:
            yield page.problem(
                line_of(page, "category"),
                "unknown-category",
                f"there is no category “{policy.category}”",
                did_you_mean(policy.category, known, otherwise=f"The categories are: {', '.join(known)}.")
                + " Others go into mkdocs.yml, under extra: school: categories:",
            )


def known_audiences(project: Project) -> Iterator[Problem]:
    """Each audience of a policy is one of the guide's."""
    known = project.guide.organisation.audiences
    for page, policy in pages_of(project):
        for audience in policy.audiences:
            if audience not in known:
                yield page.problem(
                    line_of(page, "audiences"),
                    "unknown-audience",
                    f"there is no audience “{audience}”",
                    did_you_mean(audience, known, otherwise=f"The audiences are: {', '.join(known)}.")
                    + " Others go into mkdocs.yml, under extra: school: audiences:",
                )


def known_requirements(project: Project) -> Iterator[Problem]:
    """What a policy says that it meets is in the register, is said once, and its clause exists."""
    known = register().ids
    for page, policy in pages_of(project):
        seen: set[str] = set()
        for written in project.front_matter.of(page, PolicySettings).meets:
            name = written.requirement
            if name not in known:
                message = f"nothing that schools must have is called “{name}”"
                hint = did_you_mean(name, known, otherwise=f"The names are: {', '.join(known)}.")
            elif name in seen:
                message, hint = f"“{name}” is listed twice", "Remove one of the two."
            elif written.clause and clause_id(written.clause, policy.id) not in project.guide.clauses:
                own = [clause.id.partition("/")[2] for clause in policy.clauses]
                message = f"“{name}”: there is no clause “{written.clause}”"
                hint = did_you_mean(written.clause, own, otherwise='Name a clause of this policy, or write: "in part"')
            else:
                seen.add(name)
                continue
            yield page.problem(written.line, "unknown-requirement", message, hint)


def next_review_ahead(project: Project) -> Iterator[Problem]:
    """The next review that a policy states comes after the last one recorded."""
    for page, policy in pages_of(project):
        if status.overtaken(policy) and policy.next_review:
            last = policy.decisions[-1]
            what = "review" if last.outcome else "adoption"
            yield page.problem(
                line_of(page, "next_review"),
                "next-review-past",
                f"the next review is given as {policy.next_review.words}; the {what} of {last.on.words} is recorded",
                "Write when the one after that is due, or remove the line: it is then counted from the last one.",
            )
