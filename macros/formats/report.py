"""A report as an outline, and the two ways of writing it down: plain text and Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 110
"""Characters a line of plain text; consoles of that width are common."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    says: str
    below: tuple[Point, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    headline: str
    """One line that stands for the whole, with its subject first: “Reviews: 1 overdue”."""
    lead: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    foot: tuple[str, ...] = ()


def point(says: str, *below: str | Point) -> Point:
    return Point(says=says, below=tuple(Point(says=entry) if isinstance(entry, str) else entry for entry in below))


def as_text(outline: Outline) -> str:
    """For a console; ends with a line's end."""
    blocks = ["\n".join(wrapped(part, "")) for part in (outline.headline, *outline.lead)]
    for chapter in outline.chapters:
        lines = [chapter.heading.upper()]
        for point in chapter.points:
            lines += text_of(point, 1)
        blocks.append("\n".join(lines))
    blocks += ["\n".join(wrapped(part, "")) for part in outline.foot]
    return "\n\n".join(blocks) + "\n"


def text_of(point: Point, depth: int) -> list[str]:
    lines = wrapped(point.says, "  " * depth)
    for below in point.below:
        lines += text_of(below, depth + 1)
    return lines


def wrapped(text: str, indent: str) -> list[str]:
    return wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def as_markdown(outline: Outline) -> str:
    """For an issue or a message; ends with a line's end."""
    blocks = [f"## {safe(outline.headline)}", *(safe(part) for part in outline.lead)]
    for chapter in outline.chapters:
        lines = [line for point in chapter.points for line in markdown_of(point, 0)]
        blocks += [f"### {safe(chapter.heading)}", "\n".join(lines)]
    blocks += [safe(part) for part in outline.foot]
    return "\n\n".join(blocks) + "\n"


def markdown_of(point: Point, depth: int) -> list[str]:
    says = f"**{safe(point.says)}**" if point.below and depth == 0 else safe(point.says)
    lines = [f"{'  ' * depth}- {says}"]
    for below in point.below:
        lines += markdown_of(below, depth + 1)
    return lines


def safe(text: str) -> str:
    """Words that come from elsewhere stay words: no mark-up, and nobody is called by an @."""
    escaped = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    return re.sub(r"([@#])(?=\w)", lambda match: f"&#{ord(match[1])};", escaped)
