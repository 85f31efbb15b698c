"""Compares an import with the files that are already there, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

SAME = 0.5
"""Share of words in common from which on two papers of one title are one."""
NEAR = 6
"""Words of context on each side of a change."""


def is_same_paper(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether two texts are one paper, edited or in another version: they have half of their words in common."""
    one, other = (Counter(word for text in files.values() for word in text.split()) for files in (before, after))
    return 2 * (one & other).total() >= SAME * (one.total() + other.total())


def redline(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Lines to read: files that come and go, then within files [-what goes-] and {+what comes+}."""
    for name in [*after, *(name for name in before if name not in after)]:
        if name not in before:
            yield f"{name}: new"
        elif name not in after:
            yield f"{name}: no longer made by the import"
        elif before[name] != after[name]:
            yield f"{name}:"
            yield from (f"    {change}" for change in changes(before[name], after[name]))


def changes(before: str, after: str) -> Iterator[str]:
    """Each change with some words around it; lines are matched first, which is quicker for long files."""
    old, new = before.split("\n"), after.split("\n")
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from words_changed(" ".join(old[a:b]), " ".join(new[c:d]))


def words_changed(before: str, after: str) -> Iterator[str]:
    """Each change of words within lines that changed."""
    old, new = before.split(), after.split()
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone = f"[-{' '.join(old[a:b])}-]" if b > a else ""
        come = f"{{+{' '.join(new[c:d])}+}}" if d > c else ""
        yield " ".join(filter(None, [" ".join(old[max(a - NEAR, 0) : a]), gone, come, " ".join(old[b : b + NEAR])]))
