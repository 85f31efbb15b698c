"""Reads what is drawn on a PDF page: the straight lines that tables are made of, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pypdfium2 import raw

from .words import Rule

MOST_RULES = 20_000
DEEPEST = 6
"""Forms within forms that are searched for lines of tables."""
SMALLEST_PICTURE = 2_500
"""Square points from which on a picture can hold words."""
THINNEST_BOX = 3.0
"""Points up to which a path is a line."""
SHORTEST_RULE = 6.0
BESIDE, GAP = 1.2, 2.0
"""Points within which two pieces are of one line: across it, and along it."""


def rules_and_pictures(page: Any) -> tuple[list[Rule], int]:
    """The straight lines of a page, and how many pictures it shows."""
    rules: list[Rule] = []
    pictures = 0
    for drawn in objects(page):
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = bounds(drawn)
            pictures += (right - left) * (top - bottom) > SMALLEST_PICTURE
        elif kind == raw.FPDF_PAGEOBJ_PATH and len(rules) < MOST_RULES:
            rules += edges(drawn)
    return joined(rules), pictures


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
    elif width > THINNEST_BOX and height > THINNEST_BOX and raw.FPDFPath_CountSegments(path) in (4, 5):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value:
            yield from (Rule(across=True, at=y, start=left, end=right) for y in (bottom, top))
            yield from (Rule(across=False, at=x, start=bottom, end=top) for x in (left, right))
