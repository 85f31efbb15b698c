"""Writes a school's settings into mkdocs.yml; every other line stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from ..formats.yaml_scalar import scalar
from . import located_yaml
from .located_yaml import BrokenYaml

ALWAYS_QUOTED = frozenset({"colour", "logo"})


class Unwritable(ValueError):
    """The file is laid out in a way that its lines cannot be changed safely."""

    def __init__(self) -> None:
        super().__init__(
            "The block “extra: school:” is laid out in an unusual way. Put each of its settings on a line of its own, "
            "such as: name: Cranborne Middle School"
        )


def with_school(text: str, values: Mapping[str, str]) -> str:
    """The text of mkdocs.yml with other values under extra: school:, each on a line of its own."""
    ending = "\r\n" if "\r\n" in text else "\n"
    rows = text.replace("\r\n", "\n").split("\n")
    lines = school_lines(text)
    if "name" not in lines:
        raise Unwritable
    indent = rows[lines["name"] - 1][: -len(rows[lines["name"] - 1].lstrip())]
    for name, value in values.items():
        row = f"{indent}{name}: {scalar(value, always_quoted=name in ALWAYS_QUOTED)}"
        if name in lines:
            rows[lines[name] - 1] = row
    after = lines["name"]
    rows[after:after] = [f"{indent}{name}: {scalar(value)}" for name, value in values.items() if name not in lines]
    result = "\n".join(rows)
    if plain(result) != expected(plain(text), values):
        raise Unwritable
    return result.replace("\n", ending)


def school_lines(text: str) -> dict[str, int]:
    """The line of each setting of the school."""
    try:
        entry = located_yaml.parse(text.replace("\r\n", "\n"))
    except BrokenYaml:
        raise Unwritable from None
    for name in ("extra", "school"):
        entry = (entry.keys or {}).get(name, located_yaml.Entry(line=1))
    return dict(entry.key_lines or {})


def plain(text: str) -> dict[str, object]:
    try:
        value = located_yaml.plain(located_yaml.parse(text.replace("\r\n", "\n")))
    except BrokenYaml:
        raise Unwritable from None
    return value if isinstance(value, dict) else {}


def expected(before: dict[str, object], values: Mapping[str, str]) -> dict[str, object]:
    extra = before["extra"]
    assert isinstance(extra, dict)
    return {**before, "extra": {**extra, "school": {**extra["school"], **values}}}
