"""YAML with line numbers: what a front matter or a settings file says, and where."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..formats.quick_state import quick_state

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | int | float | bool | date | None

CONFLICT = ("<<<<<<< ", ">>>>>>> ", "||||||| ")
"""What version control leaves where two changes meet."""
REASONS = {
    "mapping values are not allowed": "it holds a second colon, or the line before it is not finished",
    "could not find expected ':'": "a colon is missing",
    "cannot start any token": "its value begins with a character that is not read as a letter",
    "did not find expected key": "its quotes do not match, or its indentation differs",
    "found unexpected end of stream": "a quote is opened and never closed",
    "did not find expected alphabetic": "its value begins with a character that is not read as a letter",
    "did not find expected '-'": "its indentation differs from that of the lines around it",
    "did not find expected ',' or": "a bracket is opened and never closed",
    "did not find expected node": "a value is missing before a comma or a bracket",
    "unknown escape character": "a backslash stands in double quotes; write single ones",
    "while scanning": "it cannot be read",
    "unacceptable character": "it holds a character that nobody sees",
}
"""What the reader of YAML says, in plain words."""
RUNS = "tag:yaml.org,2002:python/"
"""How YAML's own tags begin that have a program run or looked up."""

DEEPEST = 50
"""Brackets within one another that a file of settings may have."""


class BrokenYaml(ValueError):
    """The text is not YAML; line is 1-based within the text."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@quick_state
@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A value and the line it stands on. Exactly one of the last three is its shape."""

    line: int
    scalar: Scalar = None
    raw: str = ""
    """A scalar as typed, before YAML made a number or a date of it."""
    quoted: bool = False
    items: tuple[Entry, ...] | None = None
    keys: dict[str, Entry] | None = None
    key_lines: dict[str, int] | None = None


def parse(text: str, first_line: int = 1) -> Entry:
    """Read one YAML document.

    Lines count from first_line, the line of the file on which text begins.
    Raises BrokenYaml for a syntax error, a key given twice, or a key that is no plain word.
    """
    if text.count("[") + text.count("{") > DEEPEST or re.search(r"^(?:[-?] ){40}", text, re.MULTILINE):
        refuse_depth(text, first_line)
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        for number, row in enumerate(text.split("\n")):
            if row.startswith(CONFLICT):
                message = "two versions were merged here: keep one, and remove the lines of <, = and > characters"
                raise BrokenYaml(first_line + number, message) from None
        mark = error.problem_mark or error.context_mark
        theirs = error.problem or str(error)
        plain_words = next((ours for part, ours in REASONS.items() if part in theirs), theirs)
        raise BrokenYaml(first_line + (mark.line if mark else 0), plain_words) from None
    except yaml.YAMLError as error:
        raise BrokenYaml(first_line, str(error)) from None
    if node is None:
        return Entry(line=first_line, keys={}, key_lines={})
    return convert(node, first_line, set())


def convert(node: Node, first_line: int, seen: set[int]) -> Entry:
    """A node and all that it holds. seen: those converted before, which only an alias names again."""
    line = first_line + node.start_mark.line
    if id(node) in seen:
        raise BrokenYaml(line, "a * character names a value of another line; write the value itself")
    seen.add(id(node))
    if node.tag == "!ENV":
        return from_environment(node, line)
    if node.tag.startswith(RUNS):
        raise BrokenYaml(line, "it names a program of Python, which no setting may")
    if node.tag.startswith("!") and node.tag != "!relative":
        raise BrokenYaml(line, f"“{node.tag}” means nothing here; a value that begins with ! goes in quotes")
    if isinstance(node, SequenceNode):
        return Entry(line=line, items=tuple(convert(item, first_line, seen) for item in node.value))
    if isinstance(node, MappingNode):
        keys: dict[str, Entry] = {}
        key_lines: dict[str, int] = {}
        for key, value in node.value:
            key_line = first_line + key.start_mark.line
            if not isinstance(key, ScalarNode):
                raise BrokenYaml(key_line, "a name before a colon must be a plain word")
            if key.value in keys:
                raise BrokenYaml(key_line, f"“{key.value}” is given twice")
            keys[key.value] = convert(value, first_line, seen)
            key_lines[key.value] = key_line
        return Entry(line=line, keys=keys, key_lines=key_lines)
    assert isinstance(node, ScalarNode)
    return Entry(line=line, scalar=scalar(node), raw=node.value, quoted=bool(node.style in ("'", '"')))


def refuse_depth(text: str, first_line: int) -> None:
    """BrokenYaml where brackets stand deeper within one another than any setting needs: YAML's reader would give up."""
    depth = deepest = 0
    for number, row in enumerate(text.split("\n")):
        for letter in row:
            depth += (letter in "[{") - (letter in "]}")
            deepest = max(deepest, depth)
        if deepest > DEEPEST or re.match(r"(?:[-?] ){40}", row):
            raise BrokenYaml(first_line + number, f"its brackets stand more than {DEEPEST} deep within one another")


def from_environment(node: Node, line: int) -> Entry:
    """The value of !ENV NAME or !ENV [NAME, …, otherwise], as MkDocs reads it."""
    several = isinstance(node, SequenceNode)
    parts = [convert(part, 1, set()) for part in node.value] if several else [Entry(line=line, raw=str(node.value))]
    otherwise = parts.pop() if len(parts) > 1 else Entry(line=line)
    for part in parts:
        if part.raw in os.environ:
            return Entry(line=line, scalar=os.environ[part.raw], raw=os.environ[part.raw])
    return replace(otherwise, line=line)


def plain(entry: Entry) -> Any:
    """A value without its lines, as YAML has it."""
    if entry.items is not None:
        return [plain(item) for item in entry.items]
    if entry.keys is not None:
        return {name: plain(value) for name, value in entry.keys.items()}
    return entry.scalar


def scalar(node: ScalarNode) -> Scalar:
    """The plain value; the text itself where YAML's own reading fails (2021-02-30, !ENV)."""
    try:
        value: Scalar = SafeConstructor().construct_object(node)
    except (ConstructorError, ValueError):
        return str(node.value)
    return value
