"""Resolves Word's styles, those they are based on included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .numbering import W, integer, value

DEEPEST = 20
"""Bases followed before a circle is assumed; Word itself allows eleven."""
OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a style, or the formatting on the spot, sets. None is unset."""

    name: str = ""
    heading: int | None = None
    bold: bool | None = None
    underlined: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    list_id: str | None = None
    list_depth: int | None = None
    centred: bool | None = None
    indent: float | None = None

    def over(self, base: Look) -> Look:
        """The look laid over another: what it does not set shows through."""
        set_here = {name: given for name in FIELDS if (given := getattr(self, name)) is not None and name != "name"}
        return replace(base, **set_here)


FIELDS = ("heading", "bold", "underlined", "italic", "hidden", "size", "list_id", "list_depth", "centred", "indent")


def flag(holder: Any, name: str) -> bool | None:
    switch = None if holder is None else holder.find(f"{W}{name}")
    return None if switch is None else switch.get(f"{W}val", "1") not in OFF


def letters(properties: Any) -> Look:
    """What a w:rPr sets."""
    size = value(properties, "w:sz")
    return Look(
        bold=flag(properties, "b"),
        underlined=flag(properties, "u"),
        italic=flag(properties, "i"),
        hidden=flag(properties, "vanish"),
        size=integer(size) / 2 if size else None,
    )


def paragraph(properties: Any) -> Look:
    """What a w:pPr sets, without the style it names."""
    if properties is None:
        return Look()
    numbers = properties.find(f"{W}numPr")
    level = value(properties, "w:outlineLvl")
    justified = value(properties, "w:jc")
    indent = properties.find(f"{W}ind")
    left = "" if indent is None else indent.get(f"{W}left", indent.get(f"{W}start", ""))
    depth = value(numbers, "w:ilvl")
    return Look(
        heading=integer(level) + 1 if level and integer(level) < 9 else None,
        list_id=value(numbers, "w:numId") or None,
        list_depth=integer(depth) if depth else None,
        centred=justified == "center" if justified else None,
        indent=integer(left) / 20 if left else None,
    )


def named_heading(name: str) -> int | None:
    """The level that a style's name tells: Title is 0, Heading 2 is 2."""
    match = re.fullmatch(r"heading\s*([1-9])", name.strip(), re.IGNORECASE)
    return int(match[1]) if match else 0 if name.strip().lower() == "title" else None


def read(root: Any) -> dict[str, Look]:
    """The look of every style by its id, its bases included; “” is what the document sets for all."""
    elements = {element.get(f"{W}styleId", ""): element for element in root.iter(f"{W}style")}
    defaults = letters(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    looks: dict[str, Look] = {"": defaults}
    for style_id in elements:
        looks[style_id] = resolved(style_id, elements, defaults)
    normal = next(
        (
            key
            for key, element in elements.items()
            if element.get(f"{W}default") and element.get(f"{W}type") == "paragraph"
        ),
        "",
    )
    looks[""] = looks[normal]
    return looks


def resolved(style_id: str, elements: Mapping[str, Any], defaults: Look) -> Look:
    chain: list[str] = []
    while style_id in elements and style_id not in chain and len(chain) < DEEPEST:
        chain.append(style_id)
        style_id = value(elements[style_id], "w:basedOn")
    look = defaults
    for key in reversed(chain):
        element = elements[key]
        name = value(element, "w:name")
        set_here = letters(element.find(f"{W}rPr")).over(paragraph(element.find(f"{W}pPr")))
        heading = named_heading(name)
        look = set_here.over(look)
        look = replace(look, name=name, heading=look.heading if heading is None else heading)
    return look


def list_of_style(root: Any) -> dict[str, str]:
    """By numbering style: the list it stands for."""
    return {
        element.get(f"{W}styleId", ""): list_id
        for element in root.iter(f"{W}style")
        if (list_id := value(element.find(f"{W}pPr/{W}numPr"), "w:numId"))
    }
