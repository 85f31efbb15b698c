"""Labels that count up: chains of 1, 2, 3 and A, B, C through a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..document import words
from ..labels import Kind, Label
from .lines import Line

ATTACHED = ("appendix", "annex", "annexe", "schedule")
"""Words that open what is attached to a paper; its numbers begin anew there."""


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
        if line.label and line.label.number and line.label.kind in (Kind.PLAIN, Kind.NAMED)
        and line.label.name not in ATTACHED
        and len(line.label.number) == 1 and (line.heading or (short_child(lines, at)))
    ]  # fmt: skip
    if sum(lines[at].heading for at in candidates) >= 2:
        candidates = [at for at in candidates if lines[at].heading]
    named = [at for at in candidates if kind(lines[at]) is Kind.NAMED]
    if len(named) >= 2:
        inner = [at for at in candidates if at not in named and has_children(lines, at)]
        candidates = named if not inner else [at for at in candidates if at not in named]
    looks = Counter(lines[at].look[:4] for at in candidates if has_children(lines, at))
    runs: list[list[int]] = [[]]
    expected = 1
    named_heads = {at for at, line in enumerate(lines) if line.heading and kind(line) is Kind.NAMED}
    barriers = sorted(attached | (named_heads - set(candidates)))
    for at in candidates:
        if barriers and at > barriers[0]:
            barriers = [barrier for barrier in barriers if barrier > at]
            expected = 1
            runs.append([])
        number = number_of(lines[at])
        if number == 1 and expected > 2 and lines[at].heading and has_children(lines, at):
            expected = 1  # the paper begins to count anew
            runs.append([])
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
