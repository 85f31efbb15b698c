"""Data files that are a list of entries, each a group of settings: silences, home questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from ..model import Problem
from .located_yaml import Entry
from .phrasings import tree
from .schema import SchemaReader, Setting

Form = TypeVar("Form")


def entries(path: Path, file: str, problems: list[Problem], *, rule: str, hint: str) -> tuple[Entry, ...]:
    """The entries of a file, none where there is no file; rule and hint are of the problem of one that is no list."""
    root = tree(path, file, problems, rule=rule, hint=hint)
    if root.items is None and root.keys != {}:
        message = "this file is not a list, with “- ” before each entry"
        problems.append(Problem(path=file, line=root.line, rule=rule, message=message, hint=hint))
    return root.items or ()


def settings_of(  # noqa: PLR0913 - the entry, its form, and where it stands
    entry: Entry, file: str, problems: list[Problem], *, form: type[Form], fields: Mapping[str, Setting], name: str,
    subject: str, example: str,
) -> Form:  # fmt: skip
    """The settings of one entry, those that are faulty left out; none of them is a date."""
    reader = SchemaReader(path=file, today=date.max, subject=subject)
    settings = reader.member(name, entry, Setting(fields=fields, form=form, example=example))
    problems += reader.problems
    assert isinstance(settings, form)
    return settings
