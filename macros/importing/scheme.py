"""Which labels are the paper's own numbers: which open sections, which clauses, and which are items of lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .labels import Kind, Label
from .lines import Line, Look
from .paper import Table, words

ATTACHED = ("appendix", "annex", "annexe", "schedule")
"""Words that open what is attached to a paper; its numbers begin anew there."""


class Part(StrEnum):
    """What a line opens."""

    PART = "part"
    SECTION = "section"
    ATTACHED = "appendix"
    CLAUSE = "clause"
    HEADING = "heading"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheme:
    opens: Mapping[int, Part]
    """By line; what is not here is text, an item of a list or a note."""
    deep: bool
    """Whether sections are 1.1 under a part 1, rather than 1."""


def scheme(lines: Sequence[Line], title: str) -> Scheme:
    """Find out how a paper numbers, and what each of its lines opens."""
    attached = attached_lines(lines)
    heads = dict(first_figures(lines, attached))
    dotted = {at: line.label for at, line in enumerate(lines) if line.label and is_number(line.label)}
    deep = sections_are_second(lines, dotted, attached)
    opens: dict[int, Part] = {}
    for at, label in dotted.items():
        depth = significant(label)
        head = lines[at].heading
        if depth == 1:
            opens[at] = Part.PART if deep else Part.SECTION
        elif deep and depth == 2 and head:
            opens[at] = Part.SECTION
        else:
            opens[at] = Part.CLAUSE
    for at in heads:
        opens[at] = Part.PART if deep else Part.SECTION
    for at in flat_clauses(lines, heads, dotted, attached):
        opens[at] = Part.CLAUSE
    for at, line in enumerate(lines):
        if line.label and at not in opens and line.label.kind is Kind.COMPOUND:
            opens[at] = Part.CLAUSE
    for at in coded(lines):
        opens.setdefault(at, Part.CLAUSE)
    lettered = Part.HEADING if Part.SECTION in opens.values() else Part.SECTION
    for at in lettered_heads(lines):
        opens.setdefault(at, lettered)
    opens |= dict.fromkeys(attached, Part.ATTACHED)
    opens |= dict(unnumbered(lines, opens, title))
    return Scheme(opens=opens, deep=deep)


def is_number(label: Label) -> bool:
    return label.kind is Kind.DOTTED


def significant(label: Label) -> int:
    """How deep a dotted number stands: 1.0 is the first level, as 1 is."""
    number = label.number
    while len(number) > 1 and number[-1] == 0:
        number = number[:-1]
    return len(number)


def attached_lines(lines: Sequence[Line]) -> set[int]:
    """Where appendices begin: of several lines that name the same one, the last; the others only point to it."""
    last = {line.label.printed.lower(): at for at, line in enumerate(lines) if line.label and is_attached(line)}
    return set(last.values())


def is_attached(line: Line) -> bool:
    return (
        line.label is not None
        and line.label.kind is Kind.NAMED
        and line.label.name in ATTACHED
        and len(words(line.text)) <= 20
        and (line.heading or not line.text.rstrip().endswith("."))
    )


def has_children(lines: Sequence[Line], at: int) -> bool:
    """Whether the next dotted number belongs to the line's own."""
    label = lines[at].label
    assert label is not None
    for line in lines[at + 1 :]:
        if line.label and line.label.kind is Kind.DOTTED:
            return line.label.number[:1] == label.number[:1]
    return False


def first_figures(lines: Sequence[Line], attached: set[int]) -> Iterator[tuple[int, int]]:
    """The lines that open “1”, “2”, “Section 3” of the paper: a chain of headings that count up."""
    candidates = [
        at
        for at, line in enumerate(lines)
        if line.label and line.label.number and line.label.kind in (Kind.PLAIN, Kind.NAMED) and line.label.name not in ATTACHED
        and len(line.label.number) == 1 and (line.heading or (short_child(lines, at)))
    ]  # fmt: skip
    named = [at for at in candidates if kind(lines[at]) is Kind.NAMED]
    if len(named) >= 2:
        inner = [at for at in candidates if at not in named and has_children(lines, at)]
        candidates = named if not inner else [at for at in candidates if at not in named]
    looks = Counter(lines[at].look[:4] for at in candidates if has_children(lines, at))
    runs: list[list[int]] = [[]]
    expected = 1
    barriers = sorted(attached)
    for at in candidates:
        if barriers and at > barriers[0]:
            barriers = [barrier for barrier in barriers if barrier > at]
            expected = 1
            runs.append([])
        number = number_of(lines[at])
        fits = expected <= number <= expected + 2 or (number == expected - 1 and lines[at].look[0] < 9 and number > 0)
        if looks and not has_children(lines, at) and lines[at].look[:4] not in looks and not lines[at].heading:
            fits = False
        if fits and not (number > expected and weak(lines[at])):
            runs[-1].append(at)
            expected = number + 1
    for run in runs:
        if len(run) >= 2 or any(has_children(lines, at) for at in run) or any(lines[at].look[0] < 9 for at in run):
            yield from ((at, number_of(lines[at])) for at in run)


def short_child(lines: Sequence[Line], at: int) -> bool:
    """Whether a short line is followed at once by its own first child: “4 Training”, “4.1 All staff …”."""
    if len(words(lines[at].text)) > 14 or lines[at].text.endswith(";"):
        return False
    after = next((line for line in lines[at + 1 : at + 4] if line.label and line.label.kind is Kind.DOTTED), None)
    return after is not None and after.label is not None and after.label.number[:1] == lines[at].label_number


def kind(line: Line) -> Kind | None:
    return line.label.kind if line.label else None


def number_of(line: Line) -> int:
    assert line.label is not None
    return line.label.number[0]


def weak(line: Line) -> bool:
    return line.label is not None and line.label.weak and not line.automatic


def sections_are_second(lines: Sequence[Line], dotted: Mapping[int, Label], attached: set[int]) -> bool:
    """Whether 1.1 is a heading over clauses 1.1.1, rather than a clause of its own."""
    end = min(attached, default=len(lines))
    second = [at for at, label in dotted.items() if significant(label) == 2 and at < end]
    third = [at for at, label in dotted.items() if significant(label) == 3 and at < end]
    heads = [at for at in second if lines[at].heading]
    texts = [at for at in third if not lines[at].heading]
    parents = {dotted[at].number[:2] for at in third}
    with_children = [at for at in second if dotted[at].number in parents]
    return (
        len(third) >= 3
        and len(texts) >= 0.5 * len(third)
        and len(heads) >= 0.6 * len(second)
        and len(with_children) >= 0.4 * len(second)
    )


def flat_clauses(
    lines: Sequence[Line], heads: Mapping[int, int], dotted: Mapping[int, Label], attached: set[int]
) -> Iterator[int]:
    """Paragraphs numbered 1, 2, 3 through most of the paper are its clauses; a short run is a list."""
    end = min(attached, default=len(lines))
    numbered = [at for at in range(end) if kind(lines[at]) is Kind.PLAIN and at not in heads]
    if heads or len(dotted) >= 3:
        return
    chain: list[int] = []
    for at in numbered:
        if number_of(lines[at]) == (number_of(lines[chain[-1]]) + 1 if chain else 1):
            chain.append(at)
    if len(chain) < 4 or len(chain) < 0.8 * len(numbered):
        return
    headings = [at for at in range(chain[0], chain[-1]) if lines[at].heading and lines[at].label is None]
    inside = sum(len(words(line.text)) for line in lines[chain[0] : end])
    all_words = sum(len(words(line.text)) for line in lines) or 1
    if inside >= 0.5 * all_words and (
        len(headings) >= 2 or len(words(" ".join(lines[at].text for at in chain))) >= 0.35 * inside
    ):
        yield from chain


def coded(lines: Sequence[Line]) -> Iterator[int]:
    """Codes such as A1, A2, B1: numbers if each letter counts up from 1."""
    found = [at for at, line in enumerate(lines) if kind(line) is Kind.ALNUM]
    if len(found) < 3:
        return
    expected: dict[str, int] = {}
    chain = []
    for at in found:
        label = lines[at].label
        assert label is not None
        letter, figure = label.printed[0], label.printed[1:].lstrip(".").split(".")[0]
        if int(figure) in (expected.get(letter, 1), expected.get(letter, 1) - 1):
            expected[letter] = int(figure) + 1
            chain.append(at)
    if len(chain) >= 3 and len(chain) >= 0.7 * len(found):
        yield from chain


def lettered_heads(lines: Sequence[Line]) -> Iterator[int]:
    """Headings A., B., C. or I., II., III. that count up."""
    found = [
        at
        for at, line in enumerate(lines)
        if line.heading and kind(line) is Kind.LETTERED and line.label and line.label.printed[0].isupper()
    ]
    marks = [lines[at].label.printed.rstrip(".)") for at in found]  # type: ignore[union-attr]
    if len(found) >= 3 and (marks[:3] == ["A", "B", "C"] or marks[:3] == ["I", "II", "III"]):
        yield from found


def unnumbered(lines: Sequence[Line], opens: Mapping[int, Part], title: str) -> Iterator[tuple[int, Part]]:
    """Headings without a number: those that look like the sections' are sections, lesser ones head clauses."""
    own = {" ".join(words(title.lower()))}
    free = [
        at
        for at, line in enumerate(lines)
        if line.heading and at not in opens and (line.label is None or line.label.kind in (Kind.NAMED, Kind.PLAIN, Kind.LETTERED))
        and line.look[0] != 0 and " ".join(words(line.whole.lower())) not in own and not isinstance(line.block, Table)
    ]  # fmt: skip
    sections = [at for at, part in opens.items() if part in (Part.SECTION, Part.PART) and lines[at].heading]
    listed = [at for at in free if lines[at].label and kind(lines[at]) is not Kind.NAMED and lines[at].look[0] == 9]
    free = [at for at in free if at not in listed]
    if sections:
        levels = Counter(lines[at].look for at in sections)
        usual = max(look for look, count in levels.items() if count >= 0.2 * len(sections))
        first = min(sections)
        for at in free:
            close = lines[at].look <= usual and usual != (9, 0, 0, 0, 0)
            yield at, Part.SECTION if close or (at < first and usual == (9, 0, 0, 0, 0)) else Part.HEADING
        return
    looks = Counter(lines[at].look for at in free)
    top = section_look(looks, [lines[at].look for at in free])
    for at in free:
        yield at, Part.SECTION if top is not None and lines[at].look <= top else Part.HEADING


def section_look(looks: Counter[Look], order: Sequence[Look]) -> Look | None:
    """The most prominent look that heads more than one stretch: a single one is the title."""
    for look in sorted(looks):
        if looks[look] >= 2:
            return look
    return max(looks) if looks and order else None
