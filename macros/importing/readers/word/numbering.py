"""Works out Word's automatic numbers as Word shows them.

Word stores no numbers: a paragraph names a list and a level, `numbering.xml` says how each level counts
and looks. Counters belong to the abstract list, so several lists may go on with one count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
BULLET = "•"


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """How one level of a list counts and looks."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    """Such as “%1.%2”; %n is the count of level n."""
    restarts_after: int | None = None
    """The level (from 1) whose paragraphs restart it; None for every higher one, 0 for never."""
    legal: bool = False
    """Whether all counts in it are shown as figures."""
    style: str = ""


@dataclass(slots=True)
class WordNumbers:
    """The counters of a document's lists."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By list: its levels, overrides applied."""
    abstract: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    """By list and level: where it starts anew on first use."""
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number_id: str, depth: int) -> str:
        """Count the next paragraph of a list; what Word shows before it, empty for nothing."""
        levels = self.levels.get(number_id)
        if levels is None or not 0 <= depth < LEVELS:
            return ""
        level = levels.get(depth, Level())
        counts = self.counts.setdefault(self.abstract[number_id], [None] * LEVELS)
        first = (number_id, depth) not in self.begun
        self.begun.add((number_id, depth))
        for shallower in range(depth):  # a level that is passed over counts as begun
            if counts[shallower] is None:
                counts[shallower] = levels.get(shallower, Level()).start
        before = counts[depth]
        if first and (number_id, depth) in self.starts:
            counts[depth] = self.starts[number_id, depth]
        else:
            counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, LEVELS):
            after = levels.get(deeper, Level()).restarts_after
            if after is None or (after and depth < after):
                counts[deeper] = None
        if level.form == "bullet":
            return BULLET if level.text.strip() else ""
        if level.form == "none":
            return re.sub(r"%\d", "", level.text).strip()
        return re.sub(
            r"%([1-9])", lambda mark: self.figure(levels, counts, int(mark[1]) - 1, level), level.text
        ).strip()

    def figure(self, levels: dict[int, Level], counts: list[int | None], depth: int, by: Level) -> str:
        level = levels.get(depth, Level())
        count = counts[depth]
        return figure(level.start if count is None else count, "decimal" if by.legal else level.form)


def figure(count: int, form: str) -> str:
    """A count in Word's number format: 4, 04, d, D, iv, IV."""
    if form in ("lowerRoman", "upperRoman"):
        numeral = roman(count)
        return numeral.upper() if form == "upperRoman" else numeral
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{count:02}"
    if form == "ordinal":
        teen = count % 100 in (11, 12, 13)
        return f"{count}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
    if form in ("none", "bullet"):
        return ""
    return str(count)


def roman(count: int) -> str:
    numeral = ""
    for amount, letters in ROMAN:
        while count >= amount:
            numeral, count = numeral + letters, count - amount
    return numeral


def value(element: Any, path: str, default: str = "") -> str:
    """The w:val of a child; the default where there is none."""
    child = None if element is None else element.find(path.replace("w:", W))
    return default if child is None else child.get(f"{W}val", default)


def integer(text: str, default: int = 0) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


def read(numbering: Any, style_lists: dict[str, str]) -> WordNumbers:
    """Read numbering.xml (None where the file has none). style_lists: list id by numbering style, for links."""
    counters = WordNumbers()
    if numbering is None:
        return counters
    abstracts = {element.get(f"{W}abstractNumId", ""): element for element in numbering.iter(f"{W}abstractNum")}
    numbers = {element.get(f"{W}numId", ""): element for element in numbering.iter(f"{W}num")}
    for number_id, number in numbers.items():
        abstract_id = value(number, "w:abstractNumId")
        for _ in range(5):  # a list style may refer to another; a circle ends here
            link = value(abstracts.get(abstract_id), "w:numStyleLink")
            linked = numbers.get(style_lists.get(link, "")) if link else None
            if linked is None:
                break
            abstract_id = value(linked, "w:abstractNumId")
        levels = dict(read_levels(abstracts.get(abstract_id)))
        for override in number.iter(f"{W}lvlOverride"):
            depth = integer(override.get(f"{W}ilvl", ""))
            levels |= dict(read_levels(override))
            start = override.find(f"{W}startOverride")
            if start is not None:
                counters.starts[number_id, depth] = integer(start.get(f"{W}val", ""), 1)
        counters.levels[number_id], counters.abstract[number_id] = levels, abstract_id
        for depth, level in levels.items():
            if level.style:
                counters.by_style.setdefault(level.style, (number_id, depth))
    return counters


def read_levels(holder: Any) -> Iterator[tuple[int, Level]]:
    for element in () if holder is None else holder.iter(f"{W}lvl"):
        restart = value(element, "w:lvlRestart")
        legal = element.find(f"{W}isLgl")
        level = Level(
            start=integer(value(element, "w:start"), 1),
            form=value(element, "w:numFmt", "decimal"),
            text=value(element, "w:lvlText"),
            restarts_after=integer(restart) if restart else None,
            style=value(element, "w:pStyle"),
        )
        if legal is not None and legal.get(f"{W}val") not in ("0", "false"):
            level = replace(level, legal=True)
        yield integer(element.get(f"{W}ilvl", "")), level
