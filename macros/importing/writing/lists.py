"""Writes lists in Markdown: bullets and figures as its own, (a) and ii) as the paper prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown import Markdown

from ..document import Paragraph
from ..labels import Kind
from ..structure.lines import Line
from .inline import inline

NEAR = 8.0
"""Points by which the marks of one level may stand apart."""


def is_item(line: Line) -> bool:
    return line.label is not None and line.label.kind in (Kind.BULLET, Kind.LETTERED, Kind.PLAIN) and not line.note


def items(md: Markdown, lines: Sequence[Line]) -> str:
    """A list. Bullets and 1., 2., 3. are Markdown's own; (a), ii) and the like stay as printed."""
    depths = nested(lines)
    counts: list[int] = []
    kinds: dict[int, bool] = {}
    rows: list[str] = []
    for at, (line, depth) in enumerate(zip(lines, depths, strict=True)):
        assert isinstance(line.block, Paragraph)
        assert line.label is not None
        del counts[depth + 1 :]
        counts += [0] * (depth + 1 - len(counts))
        before = next((back for back in range(at - 1, -1, -1) if depths[back] <= depth), None)
        first = before is None or depths[before] < depth
        marker, text = "-", inline(md, line.block.spans)
        if ordered(line) and (first or counts[depth] == line.label.number[0] - 1):
            counts[depth] = line.label.number[0]
            marker = f"{counts[depth]}."
        elif line.label.kind is not Kind.BULLET:
            text = f"{marked(line.label.raw)} {text}"
        kind = marker == "-"
        if not first and kinds.get(depth, kind) != kind:
            if depth:  # within an item two kinds of list would run together
                marker, text, kind = "-", f"{marked(line.label.raw)} {text}" if marker != "-" else text, True
                counts[depth] = -9
            else:
                rows.append("")
        kinds[depth] = kind
        if text.strip() or marker != "-":  # a bullet without words would underline the line above it
            rows.append(f"{'    ' * depth}{marker} {text}".rstrip())
    return "\n".join(rows)


def marked(raw: str) -> str:
    """A mark as text, so that Markdown does not begin a list with it."""
    return re.sub(r"(\d+)\.$", r"\1\\.", raw)


def ordered(line: Line) -> bool:
    return line.label is not None and line.label.kind is Kind.PLAIN and line.label.raw.rstrip().endswith(".")


def nested(lines: Sequence[Line]) -> list[int]:
    """The level of each item of a list, by the file's own levels or by the kind of its mark."""
    depths: list[int] = []
    stack: list[tuple[str, float]] = []
    for at, line in enumerate(lines):
        assert isinstance(line.block, Paragraph)
        style = line.block.style
        place = style.depth * 100.0 if line.automatic and style.depth else style.indent
        key = letter_kind(line) if goes_on_in_letters(lines, at) else mark_kind(line, stack)
        if inner_count(line, key, place, stack):
            stack.append((key, place))
            depths.append(len(stack) - 1)
            continue
        while len(stack) > 1 and stack[-1][0] == stack[-2][0] == key != "•" and place < stack[-1][1] - NEAR:
            stack.pop()
        while stack and not same(stack[-1], (key, place)) and any(same(held, (key, place)) for held in stack):
            stack.pop()
        if not stack:
            stack.append((key, place))
        elif not same(stack[-1], (key, place)):
            if key == stack[-1][0] and place < stack[-1][1]:
                while len(stack) > 1 and place < stack[-1][1]:
                    stack.pop()
                stack[-1] = (key, place)
            elif len(stack) < 4:
                stack.append((key, place))
        depths.append(len(stack) - 1)
    return depths


def inner_count(line: Line, key: str, place: float, stack: Sequence[tuple[str, float]]) -> bool:
    """Whether a figure 1 further in begins a list within an item of figures."""
    first = line.label is not None and line.label.number == (1,)
    return first and bool(stack) and len(stack) < 4 and stack[-1][0] == key and place > stack[-1][1] + NEAR


def goes_on_in_letters(lines: Sequence[Line], at: int) -> bool:
    """Whether an “i.” or “v.” is the letter after “h.” or “u.”.

    At the same level of the file's list, or where no “ii.” follows.
    """
    mark = mark_of(lines[at])
    if mark.lower() not in ("i", "v", "x"):
        return False
    level = level_of(lines[at])
    before = next(
        (one for one in reversed(lines[:at]) if level_of(one) == level and shape_of(one) == shape_of(lines[at])), None
    )
    if before is None or len(mark_of(before)) != 1 or ord(mark_of(before)) != ord(mark) - 1:
        return False
    after = next((mark_of(one) for one in lines[at + 1 :] if shape_of(one) == shape_of(lines[at])), "")
    return bool(level) or after.lower() not in ("ii", "vi", "xi")


def mark_of(line: Line) -> str:
    return re.sub(r"\W", "", line.label.raw) if line.label is not None else ""


def shape_of(line: Line) -> str:
    """The stop or the brackets of a mark."""
    return re.sub(r"\w+", "", line.label.raw) if line.label is not None else ""


def level_of(line: Line) -> int:
    """The level that the file itself gives an item; 0 where its mark is typed."""
    return line.block.style.depth if line.automatic and isinstance(line.block, Paragraph) else 0


def letter_kind(line: Line) -> str:
    return f"{'a' if mark_of(line).islower() else 'A'}{shape_of(line)}"


def same(one: tuple[str, float], other: tuple[str, float]) -> bool:
    if one[0] != other[0]:
        return False
    return one[0] != "•" or abs(one[1] - other[1]) < 4


def mark_kind(line: Line, stack: Sequence[tuple[str, float]]) -> str:
    """The family of a mark: bullets, figures, letters, romans; (i) after (h) is a letter."""
    assert line.label is not None
    if line.label.kind is Kind.BULLET:
        return "•"
    shape = re.sub(r"\w+", "", line.label.raw)
    mark = re.sub(r"\W", "", line.label.raw)
    if mark.isdigit():
        return f"1{shape}"
    case = "a" if mark.islower() else "A"
    roman = bool(re.fullmatch(r"[ivx]+", mark.lower()))
    open_letters = [held for held, _ in stack if held == f"{case}{shape}"]
    open_romans = [held for held, _ in stack if held == f"{case}i{shape}"]
    if (
        roman
        and (open_romans or mark.lower() == "i" or len(mark) > 1)
        and not (open_letters and not open_romans and mark.lower() != "i")
    ):
        return f"{case}i{shape}"
    return f"{case}{shape}"
