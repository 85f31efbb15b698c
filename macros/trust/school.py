"""A school's file: its settings and values, the address of its site, and where its local texts lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..authoring import located_yaml
from ..authoring.located_yaml import BrokenYaml
from ..formats.files import NotUtf8, read_text
from ..model import Problem

EXAMPLE = "name: Oakfield Primary School"


class InvalidSchool(Exception):
    """The school's file or its local texts cannot be used; str() lists every problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    file: Path
    values: Mapping[str, str]
    """What stands under ``extra: school:`` in place of, or besides, the trust's."""
    site_url: str
    """Where its guide will be; empty where not known."""

    @property
    def id(self) -> str:
        """The file's name without its ending."""
        return self.file.stem

    @property
    def texts(self) -> Path:
        """The folder of its local texts, laid out as docs is; it need not exist."""
        return self.file.with_suffix("")

    @property
    def compared(self) -> Path:
        """The file that says which words of the trust each local clause was last compared with."""
        return self.texts / "compared.json"


def read(file: Path) -> School:
    """Read a school's file; raises InvalidSchool."""

    def refuse(line: int, message: str, hint: str) -> InvalidSchool:
        return InvalidSchool(Problem(path=file.as_posix(), line=line, rule="school", message=message, hint=hint))

    if not file.is_file():
        raise refuse(
            1, "there is no such file", f"Name the school’s own file, which begins with a line such as: {EXAMPLE}"
        )
    try:
        root = located_yaml.parse(read_text(file))
    except NotUtf8 as error:
        raise refuse(error.line, f"this file {error}", error.hint) from None
    except BrokenYaml as error:
        raise refuse(
            error.line, f"this file cannot be read ({error})", f"Write one setting a line: {EXAMPLE}"
        ) from None
    keys = root.keys or {}
    for name, entry in keys.items():
        if entry.items is not None or entry.keys is not None or not entry.raw.strip():
            raise refuse(entry.line, f"“{name}” is not one line of text", f"Write one setting a line: {EXAMPLE}")
    if "name" not in keys:
        raise refuse(1, "the school has no name", f"Add a line such as: {EXAMPLE}")
    values = {name: entry.raw.strip() for name, entry in keys.items()}
    return School(file=file, site_url=values.pop("site_url", ""), values=values)
