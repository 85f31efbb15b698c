"""Finds flow charts on a PDF page: boxes of words with arrows between them, which have no order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...labels import Kind, label_of
from .columns import levels, rows_of
from .drawing import Area, Drawing
from .words import Row, Rule, Word

FEWEST_SHAPES = 4
"""Boxes of words from which on a drawing can be a chart."""
FEWEST_ARROWS = 3
"""Arrows and lines between them."""
INSIDE = 0.55
"""The part of the words of a chart that are in its boxes; beside them are only “yes” and “no”."""
LONGEST_BOX = 90
"""Words of a box from which on it is text in a frame."""
APART = 3.0
"""Points between two boxes of a chart; the cells of a table touch."""
AROUND = 14.0
"""Points around its boxes where words still belong to a chart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A flow chart of a page."""

    area: Area
    texts: tuple[str, ...]
    """The words of each box, from the top down, then those beside the boxes."""


def find_chart(words: Sequence[Word], drawing: Drawing) -> tuple[Chart | None, list[Word]]:
    """The flow chart of a page, if it has one, and the words outside it."""
    boxes = {box: inside for box in apart(drawing) if (inside := words_in(box, words))}
    links = drawing.arrows + sum(not on_edge(rule_middle(rule), boxes) for rule in drawing.rules)
    if len(boxes) < FEWEST_SHAPES or links < FEWEST_ARROWS or any(len(text) > LONGEST_BOX for text in boxes.values()):
        return None, list(words)
    area = around(list(boxes))
    in_boxes = {id(word) for text in boxes.values() for word in text}
    beside = [
        word
        for row in rows_of(levels([word for word in words if id(word) not in in_boxes and area.holds(*word.middle)]))
        for word in (() if is_outside(row) else row.words)
    ]
    inside = [word for text in boxes.values() for word in text] + beside
    if len(in_boxes) < INSIDE * len(inside):
        return None, list(words)
    in_order = sorted(boxes, key=lambda box: (-round(box.y1 / 12), box.x0))
    texts = [as_text(boxes[box]) for box in in_order] + ([as_text(beside)] if beside else [])
    taken = {id(word) for word in inside}
    return Chart(area=area, texts=tuple(texts)), [word for word in words if id(word) not in taken]


def is_outside(row: Row) -> bool:
    """Whether a line among the boxes is the page's number or the label of its appendix."""
    label, _ = label_of(row.text)
    return row.text.strip().isdigit() or (label is not None and label.kind is Kind.NAMED)


def apart(drawing: Drawing) -> list[Area]:
    """Shapes that are no cells of a table and no frames around others."""
    inner = [
        shape
        for shape in drawing.shapes
        if not any(
            shape is not other and shape.encloses(other) and not other.encloses(shape) for other in drawing.shapes
        )
    ]
    return [
        shape
        for shape in inner
        if not any(shape is not other and shape.touches(other, APART) and not twins(shape, other) for other in inner)
    ]


def twins(one: Area, other: Area) -> bool:
    """Whether one shape is drawn over the other: its shadow, or its line on its filling."""
    return one.encloses(other) or other.encloses(one)


def words_in(box: Area, words: Sequence[Word]) -> list[Word]:
    return [word for word in words if box.holds(*word.middle)]


def rule_middle(rule: Rule) -> tuple[float, float]:
    middle = (rule.start + rule.end) / 2
    return (middle, rule.at) if rule.across else (rule.at, middle)


def on_edge(point: tuple[float, float], boxes: Iterable[Area]) -> bool:
    return any(box.holds(*point, 2) for box in boxes)


def around(boxes: Sequence[Area]) -> Area:
    return Area(
        x0=min(box.x0 for box in boxes) - AROUND,
        y0=min(box.y0 for box in boxes) - AROUND,
        x1=max(box.x1 for box in boxes) + AROUND,
        y1=max(box.y1 for box in boxes) + AROUND,
    )


def as_text(words: Sequence[Word]) -> str:
    """The words of a box as one line."""
    return " ".join(" ".join(row.text.split()) for row in rows_of(levels(words)))
