"""What must be read again: the rules that one edition of a policy changed against another."""

from __future__ import annotations

from collections.abc import Iterable

from ..history.diff import compare
from ..model import Changed, Difference, Edition, Guide, Policy, labels

TO_READ = frozenset({Difference.ADDED, Difference.REMOVED, Difference.REWORDED})
"""A rule that was moved, renumbered or given another title need not be read again."""
MOST = 12
"""Names of changed clauses from which on a link just says how many more there are."""


def rules_changed(changes: Iterable[Changed]) -> tuple[Changed, ...]:
    """The changes of words, without headings, which have none of their own."""
    return tuple(
        changed
        for changed in changes
        if changed.kinds & TO_READ and any(passage and passage.text for passage in (changed.before, changed.after))
    )


def between(signed: Edition, current: Edition) -> tuple[Changed, ...]:
    """What somebody who read one edition must read of another.

    Both count as they stand today: a correction changed no rule, so it asks nobody to read again.
    """
    return rules_changed(compare(signed.snapshots, current.snapshots))


def names(changes: Iterable[Changed]) -> tuple[str, ...]:
    """What the changed rules are called: “2.3.4”, “2.9.1 (new)”, “2.8.4 (removed)”."""
    return tuple(dict.fromkeys(name(changed) for changed in changes))


def name(changed: Changed) -> str:
    marks = {Difference.ADDED: " (new)", Difference.REMOVED: " (removed)"}
    return changed.passage.label + next((mark for kind, mark in marks.items() if kind in changed.kinds), "")


def new_in_edition(guide: Guide, policy: Policy) -> str:
    """The rules that the newest edition changed; empty for a first one, and where it changed none."""
    step = next(iter(guide.histories[policy.id].steps), None)
    changed = names(rules_changed(step.changes)) if step and step.edition == policy.editions[-1] else ()
    return labels.join_words(changed, most=MOST) if changed else ""
