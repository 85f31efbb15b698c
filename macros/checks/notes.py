"""Rules on editor's notes: their kinds, and the clauses that they name besides their own."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project, clause_id, names_in
from ..authoring.macro_signatures import MACROS
from ..authoring.suggestions import did_you_mean
from ..model import Clause, NoteKind, PolicyId, Problem


def known_kinds(project: Project) -> Iterator[Problem]:
    """A note's kind is one of those that the review pack knows."""
    for page in project.pages:
        for call in page.calls:
            kind = "" if call.name != "note" or call.fault else call["kind"]
            if kind and kind not in list(NoteKind):
                yield page.problem(
                    call.line,
                    "unknown-kind",
                    f"there is no kind “{kind}” of note",
                    did_you_mean(kind, NoteKind, otherwise=f"The kinds are: {', '.join(NoteKind)}."),
                )


def known_clauses(project: Project) -> Iterator[Problem]:
    """The clauses that a note is about besides its own are there, in the same policy."""
    known = project.guide.clauses
    for page in project.pages:
        if page.kind not in MACROS["note"].kinds:
            continue
        for call in page.calls:
            for name in names_in(call["clauses"]) if call.name == "note" and not call.fault else ():
                key = clause_id(name, page.folder)
                if key in known and key.startswith(f"{page.folder}/"):
                    continue
                own = [other.partition("/")[2] for other in known if other.startswith(f"{page.folder}/")]
                yield page.problem(
                    call.line,
                    "note-clause",
                    f"the note is about clause “{name}”, and this policy has none",
                    gone(project, page.folder, name)
                    or did_you_mean(name, own, otherwise='Name clauses of this policy, as in: clauses="2.4.2, 2.4.4"'),
                )


def gone(project: Project, policy: str, name: str) -> str:
    """What to do about a clause that an adopted edition had; empty for any other."""
    for stone in project.guide.tombstones.get(PolicyId(policy), ()):
        if stone.passage.id == name:
            if isinstance(stone.moved_to, Clause):
                return f"It moved: name {stone.moved_to.id.partition('/')[2]} instead."
            return "It was removed; take its name out, and look at the proposal again."
    return ""
