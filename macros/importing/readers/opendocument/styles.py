"""Resolves OpenDocument's styles, their parents included, and works out how each list counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ..word.numbering import BULLET, figure
from ..xml import local

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
LEVELS = 10
DEEPEST = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a style sets. None is unset."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    scale: float | None = None
    """Size as a part of the parent's."""
    outline: int | None = None
    list_style: str | None = None
    indent: float | None = None
    centred: bool | None = None
    title: bool | None = None


FIELDS = ("bold", "italic", "hidden", "size", "outline", "list_style", "indent", "centred", "title")


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """How one level of a list counts and looks."""

    form: str
    prefix: str = ""
    suffix: str = ""
    display_levels: int = 1
    """How many levels its number shows."""
    start: int = 1
    pattern: str = ""
    """Such as “%1%.%2%.”, where the file gives one."""
    bullet: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of a document, by family and name."""

    elements: dict[tuple[str, str], Any] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)
    known: dict[tuple[str, str], Look] = field(default_factory=dict)

    def add(self, root: Any) -> None:
        for element in root.iter():
            name = local(element)
            if name in ("style", "default-style"):
                self.elements[element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", "")] = element
            elif name == "list-style":
                self.lists[element.get(f"{STYLE}name", "")] = dict(levels(element))
            elif name == "outline-style":
                self.outline = dict(levels(element))

    def look(self, family: str, name: str) -> Look:
        """A style's whole look."""
        if (family, name) not in self.known:
            chain: list[str] = []
            at = name
            while (family, at) in self.elements and at not in chain and len(chain) < DEEPEST:
                chain.append(at)
                at = self.elements[family, at].get(f"{STYLE}parent-style-name", "")
            look = own(self.elements.get((family, ""))) if family == "paragraph" else Look()
            for key in reversed(chain):
                look = over(own(self.elements[family, key]), look)
                if key in ("Title", "Titel") or self.elements[family, key].get(f"{STYLE}display-name") == "Title":
                    look = replace(look, title=True)
            self.known[family, name] = look
        return self.known[family, name]


def over(one: Look, base: Look) -> Look:
    look = replace(base, **{name: given for name in FIELDS if (given := getattr(one, name)) is not None})
    return replace(look, size=base.size * one.scale) if one.scale and base.size else look


def own(element: Any) -> Look:
    """What one style sets itself."""
    if element is None:
        return Look()
    letters = next((child for child in element if local(child) == "text-properties"), None)
    paragraph = next((child for child in element if local(child) == "paragraph-properties"), None)
    weight = None if letters is None else letters.get(f"{FO}font-weight")
    slant = None if letters is None else letters.get(f"{FO}font-style")
    size = "" if letters is None else letters.get(f"{FO}font-size", "")
    display = None if letters is None else letters.get(f"{TEXT}display")
    align = None if paragraph is None else paragraph.get(f"{FO}text-align")
    outline = element.get(f"{STYLE}default-outline-level", "")
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        hidden=None if display is None else display == "none",
        size=points(size) or None,
        scale=float(size[:-1]) / 100 if re.fullmatch(r"\d{1,4}(\.\d+)?%", size) else None,
        outline=int(outline) if outline.isdigit() else None,
        list_style=element.get(f"{STYLE}list-style-name"),
        indent=None
        if paragraph is None or not paragraph.get(f"{FO}margin-left")
        else points(paragraph.get(f"{FO}margin-left")),
        centred=None if align is None else align == "center",
    )


def points(length: str) -> float:
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)(pt|cm|mm|in)", length)
    return float(match[1]) * {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0}[match[2]] if match else 0.0


def levels(holder: Any) -> Iterator[tuple[int, Level]]:
    for element in holder:
        number = element.get(f"{TEXT}level", "") if isinstance(element.tag, str) else ""
        if not number.isdigit():
            continue
        if local(element).endswith("style-bullet") or local(element).endswith("style-image"):
            yield int(number), Level(form="bullet", bullet=True)
            continue
        display_levels = element.get(f"{TEXT}display-levels", "1")
        start = element.get(f"{TEXT}start-value", "1")
        yield (
            int(number),
            Level(
                form=FORMS.get(element.get(f"{STYLE}num-format", ""), "decimal"),
                prefix=element.get(f"{STYLE}num-prefix", ""),
                suffix=element.get(f"{STYLE}num-suffix", ""),
                display_levels=int(display_levels) if display_levels.isdigit() else 1,
                start=int(start) if start.isdigit() else 1,
                pattern=element.get(f"{LOEXT}num-list-format", ""),
            ),
        )


def label(levels_of: dict[int, Level], depth: int, counts: list[int]) -> str:
    """The number or bullet of a list before an item. depth counts from 1; counts hold each level's number."""
    level = levels_of.get(depth)
    if level is None or level.bullet:
        return BULLET
    if level.form == "none" and not level.pattern:
        return ""

    def number_at(at: int) -> str:
        by = levels_of.get(at, Level(form="decimal"))
        return figure(counts[at] or by.start, by.form)

    if level.pattern:
        return re.sub(
            r"%(\d{1,2})%", lambda mark: number_at(int(mark[1])) if 0 < int(mark[1]) <= LEVELS else "", level.pattern
        ).strip()
    first = max(depth - level.display_levels + 1, 1)
    numbers = filter(None, map(number_at, range(first, depth + 1)))
    return f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()
