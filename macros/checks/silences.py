"""Rules on silences: what people ask and a policy does not say."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project, clause_id, nearest
from ..authoring.suggestions import did_you_mean
from ..model import Clause, ClauseId, PolicyId, Problem


def known_nearest(project: Project) -> Iterator[Problem]:
    """What a silence points to exists."""
    guide = project.guide
    for written in project.silences.entries:
        see = written.settings.see
        if see is None or written.policy not in guide.policies or nearest(written, guide.policies, guide.clauses):
            continue
        own = [key.partition("/")[2] for key in guide.clauses if key.startswith(f"{written.policy}/")]
        near = removed(project, clause_id(see, written.policy)) or did_you_mean(
            see, [*own, *guide.policies, *guide.clauses], otherwise=""
        )
        yield Problem(
            path=written.path,
            line=written.see_line,
            rule="unknown-see",
            message=f"there is no clause and no policy “{clause_id(see, written.policy) if '/' in see else see}”",
            hint=near or 'Name a clause of this policy (see: "2.4.1"), one of another ("lettings/1.2"), or a policy.',
        )


def removed(project: Project, key: ClauseId) -> str:
    """What to do about a clause that an adopted edition had; empty for any other."""
    policy, _, name = key.partition("/")
    for stone in project.guide.tombstones.get(PolicyId(policy), ()):
        if stone.passage.id == name:
            moved = stone.moved_to.id if isinstance(stone.moved_to, Clause) else ""
            return f"It moved: write see: {moved}" if moved else "It was removed: name another clause, or none."
    return ""


def one_subject(project: Project) -> Iterator[Problem]:
    """A policy names each subject once."""
    seen: dict[tuple[str, str], int] = {}
    for written in project.silences.entries:
        key = (written.policy, written.settings.text.casefold())
        first = seen.setdefault(key, written.line)
        if first != written.line:
            yield Problem(
                path=written.path,
                line=written.line,
                rule="silence-twice",
                message=f"“{written.settings.text}” is already a silence of this policy (line {first})",
                hint="Move the phrasings to the first one, and remove this one.",
            )


def unanswered(project: Project) -> Iterator[Problem]:
    """A phrase of a silence is given once, and no clause answers it."""
    answered = {entry.text.casefold(): entry for entry in project.phrasings.entries}
    seen: dict[str, str] = {}
    for written in project.silences.entries:
        for text, line in zip(written.settings.phrasings, written.phrasing_lines, strict=True):
            key, place = text.casefold(), f"{written.path}:{line}"
            first = seen.setdefault(key, place)
            if first != place:
                message, hint = f"“{text}” is already a phrase of a silence ({first})", "Remove one of the two."
            elif key in answered:
                entry = answered[key]
                message = f"“{text}” is a phrase of {entry.owner}, which answers it ({entry.path}:{entry.line})"
                hint = "Remove it here; or, if that clause does not answer it, remove it there."
            else:
                continue
            yield Problem(path=written.path, line=line, rule="silence-answered", message=message, hint=hint)
