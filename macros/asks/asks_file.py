"""Adds phrasings to the text of an asks.yml; every other line stays as it is.

The result is read again and compared with what was meant, so a layout of YAML that this does not foresee is refused
and never damaged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..authoring import located_yaml
from ..authoring.located_yaml import BrokenYaml, Entry
from ..formats.yaml_scalar import scalar

HEAD = "# What people type when they need each clause. Search uses it; it is never shown.\n"
ITEM = re.compile(r"(\s*)- ")


class Unwritable(ValueError):
    """The file is laid out in a way that no line can be added to safely; str() says how to fix it."""


def with_drafted(text: str, phrasings: Mapping[str, Sequence[str]], order: Sequence[str]) -> str:
    """The file with drafted phrasings added, by the clause's id in its policy. order is that of the clauses."""
    ending = "\r\n" if "\r\n" in text else "\n"
    text = (text or HEAD).replace("\r\n", "\n")
    before = parsed(text)
    rows = text.rstrip("\n").split("\n")
    blocks: dict[int, list[str]] = {}
    for clause in (key for key in order if key in phrasings):
        lines = [f"- drafted: {scalar(phrase)}" for phrase in phrasings[clause]]
        if clause in (before.keys or {}):
            place, indent = end_of(before, clause, rows)
            blocks[place] = [*(f"{indent}{line}" for line in lines), *blocks.get(place, ())]
        else:
            place, first = place_of(before, clause, order, len(rows))
            block = [f'"{clause}":', *(f"  {line}" for line in lines)]
            blocks.setdefault(place, []).extend([*block, ""] if first else ["", *block])
    for place in sorted(blocks, reverse=True):
        rows[place:place] = blocks[place]
    result = "\n".join(rows) + "\n"
    try:
        right = plain(parsed(result)) == expected(plain(before), phrasings)
    except Unwritable:
        right = False
    if not right:
        raise Unwritable("The file is laid out in an unusual way. Write each phrase on a line of its own, after “- ”.")
    return result.replace("\n", ending)


def parsed(text: str) -> Entry:
    try:
        root = located_yaml.parse(text)
    except BrokenYaml as error:
        raise Unwritable(f"Line {error.line} cannot be read ({error}). Fix it first.") from None
    if root.keys is None:
        raise Unwritable("The file is not a list of clauses, each with its phrases.")
    return root


def plain(entry: Entry) -> dict[str, list[object]]:
    """Every item of every clause, as typed."""
    return {key: [typed(item) for item in listed.items or ()] for key, listed in (entry.keys or {}).items()}


def typed(item: Entry) -> object:
    return {mark: value.raw for mark, value in item.keys.items()} if item.keys is not None else item.raw


def expected(before: dict[str, list[object]], phrasings: Mapping[str, Sequence[str]]) -> dict[str, list[object]]:
    result = {key: list(items) for key, items in before.items()}
    for clause, texts in phrasings.items():
        result.setdefault(clause, []).extend({"drafted": phrase} for phrase in texts)
    return result


def end_of(root: Entry, clause: str, rows: Sequence[str]) -> tuple[int, str]:
    """The row after a clause's last phrase, and the indentation of its phrases."""
    items = (root.keys or {})[clause].items or ()
    if not items:
        return (root.key_lines or {})[clause], "  "
    place = items[-1].line
    match = ITEM.match(rows[place - 1])
    return place, match[1] if match else "  "


def place_of(root: Entry, clause: str, order: Sequence[str], end: int) -> tuple[int, bool]:
    """The row at which a clause without phrases begins, and whether that is before all others.

    It is behind the nearest clause before it that has some.
    """
    keys, lines = root.keys or {}, root.key_lines or {}
    earlier = [key for key in order[: order.index(clause)] if key in keys and keys[key].items]
    if earlier:
        return (keys[earlier[-1]].items or ())[-1].line, False
    return (min(lines.values()) - 1, True) if lines else (end, False)
