"""Reads what is drawn on a PDF page: the straight lines that tables are made of, filled cells, shapes, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from .words import Rule

MOST_RULES = 20_000
DEEPEST = 6
"""Forms within forms that are searched for lines of tables."""
SMALLEST_PICTURE = 2_500
"""Square points from which on a picture can hold words."""
ROOM = (22.0, 9.0)
"""The width and height in points of the smallest shape that holds words."""
RECTANGLE = (4, 5)
"""The corners of a rectangle: files draw its last side, or leave that to closing it."""
WHITE = 253
"""The least red, green and blue that count as white."""
THINNEST_BOX = 3.0
"""Points up to which a path is a line."""
SHORTEST_RULE = 6.0
BESIDE, GAP = 1.2, 2.0
"""Points within which two pieces are of one line: across it, and along it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        return self.x0 - margin <= x <= self.x1 + margin and self.y0 - margin <= y <= self.y1 + margin

    def touches(self, other: Area, margin: float) -> bool:
        """Whether two areas overlap, or are side by side without room between them."""
        across = self.x0 - margin <= other.x1 and other.x0 - margin <= self.x1
        return across and self.y0 - margin <= other.y1 and other.y0 - margin <= self.y1

    def encloses(self, other: Area) -> bool:
        return self.holds(other.x0, other.y0, 1) and self.holds(other.x1, other.y1, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """What is drawn on a page."""

    rules: tuple[Rule, ...] = ()
    fills: tuple[Area, ...] = ()
    """Filled rectangles without a frame."""
    shapes: tuple[Area, ...] = ()
    """The extents of framed shapes: boxes, lozenges, round ones."""
    arrows: int = 0
    """Shapes too narrow to hold words, and lines that are neither level nor upright."""
    pictures: int = 0


def drawn_on(page: Any) -> Drawing:
    """What is drawn on a page, in forms within it too."""
    rules: list[Rule] = []
    fills: dict[tuple[int, ...], Area] = {}
    shapes: dict[tuple[int, ...], Area] = {}
    arrows = pictures = 0
    for drawn in objects(page):
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = bounds(drawn)
            pictures += (right - left) * (top - bottom) > SMALLEST_PICTURE
        elif kind == raw.FPDF_PAGEOBJ_PATH and len(rules) + len(shapes) + len(fills) < MOST_RULES:
            area = Area(**dict(zip(("x0", "y0", "x1", "y1"), bounds(drawn), strict=True)))
            place = tuple(round(side / 3) for side in (area.x0, area.y0, area.x1, area.y1))
            rules += edges(drawn)
            filled, framed = drawn_as(drawn)
            corners = raw.FPDFPath_CountSegments(drawn)
            if is_roomy(area) and framed and corners >= RECTANGLE[0]:
                shapes[place] = area
            elif is_roomy(area) and filled and corners in RECTANGLE and is_tinted(drawn):
                fills[place] = area
            elif min(area.x1 - area.x0, area.y1 - area.y0) > THINNEST_BOX:
                arrows += not is_roomy(area) or corners < RECTANGLE[0]
    return Drawing(
        rules=tuple(joined(rules)), fills=tuple(fills.values()), shapes=tuple(shapes.values()), arrows=arrows,
        pictures=pictures,
    )  # fmt: skip


def is_roomy(area: Area) -> bool:
    """Whether a shape can hold words."""
    return area.x1 - area.x0 > ROOM[0] and area.y1 - area.y0 > ROOM[1]


def is_tinted(path: Any) -> bool:
    """Whether a shape is filled with a colour that shows on white paper."""
    colours = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(path, *(ctypes.byref(colour) for colour in colours))
    return colours[3].value > 0 and min(colour.value for colour in colours[:3]) < WHITE


def drawn_as(path: Any) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it has an outline."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value), bool(stroke.value)


def joined(rules: list[Rule]) -> list[Rule]:
    """Lines whose pieces are joined: word processors draw the borders of a table cell by cell, and in dashes."""
    whole: list[Rule] = []
    for piece in sorted(rules, key=lambda rule: (rule.across, round(rule.at / BESIDE), rule.start)):
        last = whole[-1] if whole else None
        if (
            last is not None
            and last.across == piece.across
            and abs(last.at - piece.at) <= BESIDE
            and piece.start <= last.end + GAP
        ):
            whole[-1] = replace(last, end=max(last.end, piece.end))
        else:
            whole.append(piece)
    return [rule for rule in whole if rule.end - rule.start >= SHORTEST_RULE]


def objects(page: Any) -> Iterator[Any]:
    """The objects of a page, those within forms included."""
    count = min(raw.FPDFPage_CountObjects(page), 4 * MOST_RULES)
    waiting = [(raw.FPDFPage_GetObject(page, at), 0) for at in range(count)]
    while waiting:
        drawn, depth = waiting.pop()
        if not drawn:
            continue
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_FORM:
            if depth < DEEPEST:
                inner = min(raw.FPDFFormObj_CountObjects(drawn), MOST_RULES)
                waiting.extend((raw.FPDFFormObj_GetObject(drawn, at), depth + 1) for at in range(inner))
        else:
            yield drawn


def bounds(drawn: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(drawn, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    return left.value, bottom.value, right.value, top.value


def edges(path: Any) -> Iterator[Rule]:
    """The lines of a path: a thin one is a line, a box that is stroked is four."""
    left, bottom, right, top = bounds(path)
    width, height = right - left, top - bottom
    if height <= THINNEST_BOX and width > height:
        yield Rule(across=True, at=(top + bottom) / 2, start=left, end=right)
    elif width <= THINNEST_BOX:
        yield Rule(across=False, at=(left + right) / 2, start=bottom, end=top)
    elif min(width, height) > THINNEST_BOX and raw.FPDFPath_CountSegments(path) in RECTANGLE and drawn_as(path)[1]:
        yield from (Rule(across=True, at=y, start=left, end=right) for y in (bottom, top))
        yield from (Rule(across=False, at=x, start=bottom, end=top) for x in (left, right))
