"""The few facts of mkdocs.yml that the guide needs: whose it is and where its pages lie."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pathspec import GitIgnoreSpec

from . import entries
from .entries import BrokenYaml, Entry
from .model import Organisation, Problem

TIMEZONE = "Europe/London"
READABLE = 4.5
"""Least contrast of text on its ground that WCAG 2.2 AA allows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    docs: Path
    organisation: Organisation
    directory_urls: bool
    excluded: tuple[str, ...]
    problems: tuple[Problem, ...]

    def pages(self) -> list[str]:
        """The Markdown files of docs, relative to it, without those kept off the site."""
        spec = GitIgnoreSpec.from_lines(self.excluded)
        found = (path.relative_to(self.docs).as_posix() for path in self.docs.rglob("*.md"))
        return [path for path in found if not spec.match_file(path)]


def today() -> date:
    """The day in Europe/London; GUIDE_TODAY=YYYY-MM-DD sets another, for tests."""
    fixed = os.environ.get("GUIDE_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(ZoneInfo(TIMEZONE)).date()


def load(path: Path) -> Settings:
    """Read mkdocs.yml; ValueError when it is no YAML at all."""
    try:
        root = entries.parse(path.read_text(encoding="utf-8"))
    except BrokenYaml as error:
        raise ValueError(f"{path.name}:{error.line}: {error}") from None
    school = child(child(root, "extra"), "school")
    colour = word(school, "colour") or "#1f4e5f"
    problems = []
    if not word(school, "name"):
        problems.append(
            Problem(
                path=path.name,
                line=school.line if school else 1,
                rule="school-name",
                message="the school has no name",
                hint="Under extra: school: write, for example, name: Cranborne Middle School",
            )
        )
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour) or contrast_with_white(colour) < READABLE:
        entry = child(school, "colour")
        problems.append(
            Problem(
                path=path.name,
                line=entry.line if entry else 1,
                rule="school-colour",
                message=f"“{colour}” is not a colour that white text can be read on",
                hint='Write a darker colour as six figures after a #, in quotes: colour: "#1f4e5f"',
            )
        )
    excluded = child(root, "exclude_docs")
    urls = child(root, "use_directory_urls")
    docs = child(root, "docs_dir")
    return Settings(
        docs=path.parent / (docs.raw if docs else "docs"),
        organisation=Organisation(
            name=word(school, "name") or "The school",
            local_authority=word(school, "local_authority"),
            colour=colour,
        ),
        directory_urls=not (urls and urls.scalar is False),
        excluded=tuple(excluded.raw.splitlines()) if excluded else (),
        problems=tuple(problems),
    )


def child(entry: Entry | None, name: str) -> Entry | None:
    return (entry.keys or {}).get(name) if entry else None


def word(entry: Entry | None, name: str) -> str | None:
    found = child(entry, name)
    return found.raw.strip() or None if found else None


def contrast_with_white(colour: str) -> float:
    """WCAG contrast ratio of #rrggbb to white, 1 to 21."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
