"""Turns pages that are printed on their side, so that most of their words read from left to right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .drawing import Area, Drawing
from .words import Rule, Word

MOST = 0.6
"""The part of a page's letters that are turned alike where the page is on its side."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A page as the file has it: words and drawn lines, before they are put in order."""

    number: int
    width: float
    height: float
    words: Sequence[Word]
    drawing: Drawing = field(default=Drawing())


def upright(sheet: Sheet) -> Sheet:
    """A page turned by quarters until most of its words are upright."""
    letters: Counter[int] = Counter()
    for word in sheet.words:
        letters[word.angle] += len(word.text)
    angle, count = letters.most_common(1)[0] if letters else (0, 0)
    if not angle or angle % 90 or count < MOST * letters.total():
        return sheet
    sideways = angle % 180 == 90
    width, height = (sheet.height, sheet.width) if sideways else (sheet.width, sheet.height)
    corner = {90: (0.0, height), 180: (width, height), 270: (width, 0.0)}[angle]
    return replace(
        sheet,
        width=width,
        height=height,
        words=[turned_word(word, angle, corner) for word in sheet.words],
        drawing=replace(
            sheet.drawing,
            rules=tuple(turned_rule(rule, angle, corner) for rule in sheet.drawing.rules),
            fills=tuple(turned_area(area, angle, corner) for area in sheet.drawing.fills),
            shapes=tuple(turned_area(area, angle, corner) for area in sheet.drawing.shapes),
        ),
    )


def turned_word(word: Word, angle: int, corner: tuple[float, float]) -> Word:
    """A word on a page that was turned back by an angle; its places stay those along its own line."""
    rest = (word.angle - angle) % 360
    along, across = projected(*corner, rest)
    return replace(word, angle=rest, x0=word.x0 + along, x1=word.x1 + along, y=word.y + across)


def turned_rule(rule: Rule, angle: int, corner: tuple[float, float]) -> Rule:
    """A drawn line on a page that was turned back by an angle."""
    ends = ((rule.start, rule.at), (rule.end, rule.at)) if rule.across else ((rule.at, rule.start), (rule.at, rule.end))
    (x0, y0), (x1, y1) = (projected(x, y, angle) for x, y in ends)
    x0, x1, y0, y1 = x0 + corner[0], x1 + corner[0], y0 + corner[1], y1 + corner[1]
    across = rule.across if angle == 180 else not rule.across
    at, start, end = (y0, x0, x1) if across else (x0, y0, y1)
    return Rule(across=across, at=at, start=min(start, end), end=max(start, end))


def turned_area(area: Area, angle: int, corner: tuple[float, float]) -> Area:
    (x0, y0), (x1, y1) = (projected(x, y, angle) for x, y in ((area.x0, area.y0), (area.x1, area.y1)))
    xs, ys = sorted((x0 + corner[0], x1 + corner[0])), sorted((y0 + corner[1], y1 + corner[1]))
    return Area(x0=xs[0], y0=ys[0], x1=xs[1], y1=ys[1])


def projected(x: float, y: float, angle: int) -> tuple[float, float]:
    """A point by its places along and across a line at an angle to the page."""
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    return x * cosine + y * sine, y * cosine - x * sine
