"""A report as an outline, and the two ways of writing it down: plain text and Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 110
"""Characters a line of plain text; consoles of that width are common."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    text: str
    below: tuple[Point, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    headline: str
    """One line that sums it up, with its subject first: “Reviews: 1 overdue”."""
    lead: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    foot: tuple[str, ...] = ()


def point(text: str, *below: str | Point) -> Point:
    return Point(text=text, below=tuple(Point(text=entry) if isinstance(entry, str) else entry for entry in below))


def as_text(outline: Outline) -> str:
    """For a console; ends with a line's end."""
    blocks = ["\n".join(wrapped(part, "")) for part in (outline.headline, *outline.lead)]
    for chapter in outline.chapters:
        lines = [chapter.heading.upper()]
        for entry in chapter.points:
            lines += text_of(entry, 1)
        blocks.append("\n".join(lines))
    blocks += ["\n".join(wrapped(part, "")) for part in outline.foot]
    return "\n\n".join(blocks) + "\n"


def text_of(entry: Point, depth: int) -> list[str]:
    lines = wrapped(entry.text, "  " * depth)
    for below in entry.below:
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
        lines = [line for entry in chapter.points for line in markdown_of(entry, 0)]
        blocks += [f"### {safe(chapter.heading)}", "\n".join(lines)]
    blocks += [safe(part) for part in outline.foot]
    return "\n\n".join(blocks) + "\n"


def markdown_of(entry: Point, depth: int) -> list[str]:
    text = f"**{safe(entry.text)}**" if entry.below and depth == 0 else safe(entry.text)
    lines = [f"{'  ' * depth}- {text}"]
    for below in entry.below:
        lines += markdown_of(below, depth + 1)
    return lines


def safe(text: str) -> str:
    """Text from elsewhere, escaped: no mark-up, no mention by an @."""
    escaped = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    return re.sub(r"([@#])(?=\w)", lambda match: f"&#{ord(match[1])};", escaped)
