"""Finds labels that count up: runs of 1, 2, 3 and A, B, C through a paper."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from ..document import Paragraph, words
from ..labels import Kind, Label
from .lines import Line, Look

ATTACHED = ("appendix", "annex", "annexe", "schedule")
"""Words that open what is attached to a paper; its numbers begin anew there."""
LEAST_DOTTED = 3
"""Numbers such as 1.2 from which on they are the clauses of a paper."""
LEAST_RUNNING = 4
"""Paragraphs that count up from which on they can be the clauses of a paper."""
MOST_LEFT_OUT = 2
"""Numbers that a count may leave out at one place."""


LEAST_LIST = 4
"""Numbered lines one after another from which on they are a list."""
MOST_BETWEEN = 0.3
"""The words between them, as a part of their own, that the wrapped ends of items may have."""
LONGEST_HEAD = 16
"""Words of a numbered heading."""


def has_children(lines: Sequence[Line], at: int) -> bool:
    """Whether the next dotted number belongs to the line's own."""
    label = lines[at].label
    assert label is not None
    for line in lines[at + 1 :]:
        if line.label and line.label.kind is Kind.DOTTED:
            return line.label.number[:1] == label.number[:1]
    return False


def top_level_numbers(lines: Sequence[Line], attached: set[int]) -> Iterator[tuple[int, int]]:
    """The lines that open “1”, “2”, “Section 3” of the paper, with their numbers: runs of headings that count up."""
    candidates = without_rivals(lines, number_candidates(lines))
    looks = {lines[at].look for at in candidates if has_children(lines, at)}
    named_headings = {at for at, line in enumerate(lines) if line.heading and kind(line) is Kind.NAMED}
    barriers = attached | (named_headings - set(candidates))
    for stretch in split_at(barriers, candidates):
        for run in ascending_runs(lines, stretch, looks):
            if is_numbering(lines, run):
                yield from ((at, number_of(lines[at])) for at in sorted({*run, *left_out(lines, run)}))


def number_candidates(lines: Sequence[Line]) -> list[int]:
    """Lines with a number of one figure that are headings, or are followed by their own first child."""
    return [
        at
        for at, line in enumerate(lines)
        if line.label is not None
        and line.label.kind in (Kind.PLAIN, Kind.NAMED)
        and line.label.name not in ATTACHED
        and len(line.label.number) == 1
        and (line.heading or short_child(lines, at))
    ]


def without_rivals(lines: Sequence[Line], candidates: list[int]) -> list[int]:
    """The candidates of one kind: headings before others; “Section 2” or “2”, whichever the clauses go by."""
    if sum(lines[at].heading for at in candidates) >= 2:
        candidates = [at for at in candidates if lines[at].heading]
    named = [at for at in candidates if kind(lines[at]) is Kind.NAMED]
    if len(named) < 2:
        return candidates
    plain = [at for at in candidates if at not in set(named)]
    return plain if any(has_children(lines, at) for at in plain) else named


def left_out(lines: Sequence[Line], run: Sequence[int]) -> Iterator[int]:
    """The short lines with the numbers that a run leaves out: a heading that ends in a stop looks like a sentence."""
    for before, after in pairwise(run):
        wanted, at = number_of(lines[before]) + 1, before + 1
        while wanted < number_of(lines[after]):
            counted = any(lines[one].label_number == (wanted - 1,) for one in range(at, after))
            head = next(
                (
                    one
                    for one in range(at, after)
                    if is_head_number(lines, one, wanted, lines[after])
                    and (lines[one].look <= lines[after].look or not counted)
                ),
                None,
            )
            if head is None:
                break
            yield head
            at, wanted = head + 1, wanted + 1


def is_head_number(lines: Sequence[Line], at: int, number: int, other: Line) -> bool:
    """Whether a line has a number of a run, in the form that the run has, and is short enough to be a heading."""
    line = lines[at]
    if line.label is None or other.label is None or line.label_number != (number,):
        return False
    alike = line.label.kind is other.label.kind and line.label.raw.lstrip("0123456789") == other.label.raw.lstrip(
        "0123456789"
    )
    return alike and len(words(line.text)) <= LONGEST_HEAD


def split_at(barriers: set[int], positions: Sequence[int]) -> Iterator[list[int]]:
    """Positions in stretches that no barrier interrupts: the numbers begin anew after each."""
    ordered = sorted(barriers)
    for _, stretch in groupby(positions, key=lambda at: bisect(ordered, at)):
        yield list(stretch)


def ascending_runs(lines: Sequence[Line], candidates: Sequence[int], looks: set[Look]) -> list[list[int]]:
    """The runs of candidates that count up; a “1” with clauses of its own begins another."""
    runs: list[list[int]] = [[]]
    expected = 1
    for at in candidates:
        if expected > 2 and begins_anew(lines, at):
            expected = 1
            runs.append([])
        if continues(lines[at], expected) and looks_like_parent(lines, at, looks):
            runs[-1].append(at)
            expected = number_of(lines[at]) + 1
    return runs


def begins_anew(lines: Sequence[Line], at: int) -> bool:
    """Whether the paper begins to count again."""
    return number_of(lines[at]) == 1 and lines[at].heading and has_children(lines, at)


def continues(line: Line, expected: int) -> bool:
    """Whether a number is the expected one, one of the two after it, or the last one again under a heading style."""
    number = number_of(line)
    if number > expected and weak(line):
        return False
    return expected <= number <= expected + 2 or (0 < number == expected - 1 and line.look.is_styled)


def looks_like_parent(lines: Sequence[Line], at: int, looks: set[Look]) -> bool:
    """Whether a line is a heading, has clauses of its number, or looks as those do that have some."""
    return not looks or lines[at].heading or has_children(lines, at) or lines[at].look in looks


def is_numbering(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether a run numbers the paper: two numbers or more, or one with clauses or a heading style."""
    if len(run) >= LEAST_LIST and is_list(lines, run):
        return False
    return len(run) >= 2 or any(has_children(lines, at) or lines[at].look.is_styled for at in run)


def is_list(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether numbered lines come one after another with next to nothing between: the items of a list."""
    own = sum(len(words(lines[at].text)) for at in run)
    between = sum(len(words(lines[at].text)) for at in range(run[0], run[-1])) - own + len(words(lines[run[-1]].text))
    return between < MOST_BETWEEN * own and not any(lines[at].look.is_styled for at in run)


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
    if len(dotted) >= LEAST_DOTTED or not numbered:
        return
    headings = {at for at in range(end) if at in heads or (lines[at].heading and lines[at].label is None)}
    alike = [[at for at in numbered if form(lines[at]) == one] for one in {form(lines[at]) for at in numbered}]
    chain = max((running(lines, group, headings) for group in alike), key=lambda one: (len(one), one))
    crossed = len([at for at in headings if chain and chain[0] < at < chain[-1]])
    if len(chain) < LEAST_RUNNING or (heads and crossed < 2):
        return
    throughout = crossed >= 2 and len(chain) >= 0.6 * len(
        [at for at in numbered if form(lines[at]) == form(lines[chain[0]])]
    )
    if len(chain) < 0.8 * len(numbered) and not throughout:
        return
    inside = sum(len(words(line.text)) for line in lines[chain[0] : end])
    all_words = sum(len(words(line.text)) for line in lines) or 1
    own = len(words(" ".join(lines[at].text for at in chain)))
    if inside >= 0.5 * all_words and (crossed >= 2 or own >= 0.35 * inside):
        yield from chain


def form(line: Line) -> tuple[bool, str, int]:
    """How a number is set: typed or automatic, with its stop or brackets, and its level in the file's own list."""
    assert line.label is not None
    depth = line.block.style.depth if line.automatic and isinstance(line.block, Paragraph) else 0
    return line.automatic, re.sub(r"\d+", "", line.label.raw), depth


def running(lines: Sequence[Line], group: Sequence[int], headings: set[int]) -> list[int]:
    """The longest count through a group of numbered lines; lists of their own within it are passed over.

    A count may leave out a number or two, and may print one twice in a row, as papers do that were edited by hand.
    """
    runs = contiguous(lines, group)
    chain: list[int] = []
    for place, run in enumerate(runs):
        first, last = number_of(lines[run[0]]), number_of(lines[run[-1]])
        wanted = number_of(lines[chain[-1]]) + 1 if chain else 1
        later = [number_of(lines[one[0]]) for one in runs[place + 1 :]]
        again = bool(chain) and first == wanted - 1 > 1 and group[group.index(run[0]) - 1] == chain[-1]
        gap = bool(chain) and 0 < first - wanted <= MOST_LEFT_OUT and wanted not in later
        if first == wanted or again or gap:
            chain += run
        elif chain and first == 1 and last >= wanted and wanted not in later:
            # a list of just as many items as there were clauses: the clause after it seems to be its next item
            goes_on = run[wanted - 1]
            if not any(chain[-1] < at < goes_on for at in headings):
                chain += run[wanted - 1 :]
    return chain


def contiguous(lines: Sequence[Line], group: Sequence[int]) -> list[list[int]]:
    """A group of numbered lines in runs, each of which counts up by one."""
    runs: list[list[int]] = []
    for at in group:
        if runs and number_of(lines[at]) == number_of(lines[runs[-1][-1]]) + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def coded(lines: Sequence[Line]) -> Iterator[int]:
    """Codes such as A1, A2, B1: numbers if each letter counts up from 1."""
    codes = [at for at, line in enumerate(lines) if kind(line) is Kind.ALNUM]
    expected: dict[str, int] = {}
    chain = []
    for at in codes:
        label = lines[at].label
        assert label is not None
        letter, figure = label.printed[0], int(label.printed[1:].lstrip(".").split(".")[0])
        if figure in (expected.get(letter, 1), expected.get(letter, 1) - 1):
            expected[letter] = figure + 1
            chain.append(at)
    if len(chain) >= 3 and len(chain) >= 0.7 * len(codes):
        yield from chain


def lettered_headings(lines: Sequence[Line]) -> Iterator[int]:
    """Headings A., B., C. or I., II., III. that count up."""
    marks = {
        at: line.label.printed.rstrip(".)")
        for at, line in enumerate(lines)
        if line.heading and line.label and line.label.kind is Kind.LETTERED and line.label.printed[0].isupper()
    }
    if list(marks.values())[:3] in (["A", "B", "C"], ["I", "II", "III"]):
        yield from marks
