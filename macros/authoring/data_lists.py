"""Data files that are a list of entries, each a group of settings: silences, home questions."""

from __future__ import annotations

from pathlib import Path

from ..model import Problem
from .located_yaml import Entry
from .phrasings import tree


def entries(path: Path, file: str, problems: list[Problem], *, rule: str, hint: str) -> tuple[Entry, ...]:
    """The entries of a file, none where there is no file; rule and hint are of the problem of one that is no list."""
    root = tree(path, file, problems, rule=rule, hint=hint)
    if root.items is None and root.keys != {}:
        message = "this file is not a list, with “- ” before each entry"
        problems.append(Problem(path=file, line=root.line, rule=rule, message=message, hint=hint))
    return root.items or ()
