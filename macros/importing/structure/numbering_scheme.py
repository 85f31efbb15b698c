"""Finds the numbering scheme of a paper: which labels open sections, which clauses, and which are items of lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from ..document import Paragraph, Table, words
from ..labels import Kind, Label
from .lines import Line, Look
from .sequences import ATTACHED, coded, flat_clauses, lettered_headings, top_level_numbers

MOST_TITLE_LINES = 4


class Part(StrEnum):
    """What a line opens."""

    PART = "part"
    SECTION = "section"
    ATTACHED = "appendix"
    CLAUSE = "clause"
    HEADING = "heading"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheme:
    """What each line of a paper opens."""

    opens: Mapping[int, Part]
    """By line; what is not here is text, an item of a list or a note."""
    deep: bool
    """Whether sections are 1.1 under a part 1, rather than 1."""


def scheme(lines: Sequence[Line], title: str) -> Scheme:
    """Find out how a paper numbers, and what each of its lines opens."""
    attached = attached_lines(lines)
    heads = dict(top_level_numbers(lines, attached))
    dotted = {at: line.label for at, line in enumerate(lines) if line.label and line.label.kind is Kind.DOTTED}
    # A version or a date on the cover, “3.2”, is no clause of a paper that begins with 1 below it.
    dotted = {at: label for at, label in dotted.items() if at > min(heads, default=-1) or label.number[0] == 1}
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
        over = max((one for one in attached if one < at), default=None)
        within = over is not None and lines[over].heading and lines[over].look <= lines[at].look
        opens[at] = Part.CLAUSE if within else Part.PART if deep else Part.SECTION
    for at in flat_clauses(lines, heads, dotted, attached):
        opens[at] = Part.CLAUSE
    for at, line in enumerate(lines):
        if line.label and at not in opens and line.label.kind is Kind.COMPOUND:
            opens[at] = Part.CLAUSE
    for at in coded(lines):
        opens.setdefault(at, Part.CLAUSE)
    lettered = Part.HEADING if Part.SECTION in opens.values() else Part.SECTION
    for at in lettered_headings(lines):
        opens.setdefault(at, lettered)
    opens |= dict.fromkeys(attached, Part.ATTACHED)
    opens |= dict(unnumbered(lines, opens, title))
    return Scheme(opens=opens, deep=deep)


def significant(label: Label) -> int:
    """The level of a dotted number: 1.0 is at the first, as 1 is."""
    number = label.number
    while len(number) > 1 and number[-1] == 0:
        number = number[:-1]
    return len(number)


def attached_lines(lines: Sequence[Line]) -> set[int]:
    """Where appendices begin: of several lines that name the same one, the last; the others only point to it."""
    named = [at for at, line in enumerate(lines) if is_attached(line)]
    runs = [[at for _, at in run] for _, run in groupby(enumerate(named), key=lambda pair: pair[1] - pair[0])]
    listed = {at for run in runs for at in run if len(run) >= LEAST_RUN and all_differ(lines, run)}
    last = {lines[at].labelled_name: at for at in named if at not in listed}
    return {at for at in last.values() if not is_passed_over(lines, at)}


def all_differ(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether lines one after another name different appendices: they list them, and hold nothing."""
    return len({lines[at].labelled_name for at in run}) == len(run)


def is_passed_over(lines: Sequence[Line], at: int) -> bool:
    """Whether the paper's own numbers go on below a line: then it is a heading of the text, and attaches nothing."""
    numbered = [
        (position, line.label.number)
        for position, line in enumerate(lines)
        if line.label and (line.label.kind is Kind.DOTTED or (line.label.kind is Kind.PLAIN and line.heading))
    ]
    before = next((number for position, number in reversed(numbered) if position < at), ())
    after = next((number for position, number in numbered if position > at), ())
    return bool(before and after) and follows(before, after)


def follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether a number is the next one: 4 after 3 or 3.2, 3.3 after 3.2, 3.1 after 3, 4.1 after 3.2."""
    if len(after) > len(before):
        return after == (*before, 1)
    level = len(after) - 1
    rises = after[:level] == before[:level] and after[level] == before[level] + 1
    opens = len(after) > 1 and after[0] == before[0] + 1 and set(after[1:]) == {1}
    return rises or opens


def is_attached(line: Line) -> bool:
    return (
        line.label is not None
        and line.label.kind is Kind.NAMED
        and line.label.name in ATTACHED
        and len(words(line.text)) <= 20
        and (line.heading or not line.text.rstrip().endswith("."))
    )


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


LEAST_RUN = 3
"""Numbered sections from which on a heading without a number among them is inside one of them."""
LONGEST_SHARE = 0.5
"""The part of a paper's words from which on a section is too long to be one."""


LONGEST_OF_FEW = 0.8
"""The same where a paper would else have too many sections."""
LEAST_SECTIONS, MOST_SECTIONS = 4, 25
"""Pages of a policy that a reader can oversee; a paper with more headings has two levels of them."""


def unnumbered(lines: Sequence[Line], opens: Mapping[int, Part], title: str) -> Iterator[tuple[int, Part]]:
    """Headings without a number: those that look like the sections' are sections, lesser ones head clauses."""
    title_at = set(title_lines(lines, title))
    free = [
        at
        for at, line in enumerate(lines)
        if at not in opens and at not in title_at and is_free_heading(line)
    ]  # fmt: skip
    sections = [at for at, part in opens.items() if part in (Part.SECTION, Part.PART) and lines[at].heading]
    if sections:
        lowest = usual_look([lines[at].look for at in sections])
        before_sections = range(min(sections)) if lowest.is_plain else range(0)
        least = None if lowest.is_plain else lowest
    else:
        before_sections, least = range(0), section_look(lines, free)
    for at in free:
        prominent = least is not None and lines[at].look <= least
        section = (prominent and not within_numbered(lines, opens, sections, at)) or at in before_sections
        yield at, Part.SECTION if section else Part.HEADING


def within_numbered(lines: Sequence[Line], opens: Mapping[int, Part], sections: Sequence[int], at: int) -> bool:
    """Whether a heading without a number is inside a numbered section, or inside what is attached."""
    before = max((one for one in opens if one < at), default=None)
    after = min((one for one in opens if one > at), default=None)
    first, second = (lines[one].label_number if one is not None else () for one in (before, after))
    if first and first == second:
        return True
    attached = max((one for one in opens if one < at and opens[one] is Part.ATTACHED), default=None)
    numbered = [one for one in sections if lines[one].label is not None and (attached is None or one > attached)]
    over = attached if attached is not None else max((one for one in numbered if one < at), default=None)
    inside = attached is not None or (len(sections) >= LEAST_RUN and any(one > at for one in numbered))
    return over is not None and inside and lines[over].look <= lines[at].look


def is_free_heading(line: Line) -> bool:
    """Whether a line can head a section or clauses without a number: no title, and no numbered item of a list."""
    if not line.heading or line.look.level == 0 or isinstance(line.block, Table):
        return False
    item = line.label is not None and line.label.kind in (Kind.PLAIN, Kind.LETTERED)
    return line.look.is_styled if item else line.label is None or line.label.kind is Kind.NAMED


def usual_look(looks: Sequence[Look]) -> Look:
    """The least prominent look that a fifth of the numbered sections have."""
    counts = Counter(looks)
    return max((look for look, count in counts.items() if count >= 0.2 * len(looks)), default=max(counts))


def title_lines(lines: Sequence[Line], title: str) -> Iterator[int]:
    """The lines that say the title, on one line or on several."""
    wanted = words(title.lower())
    texts = [words(line.labelled_text.lower()) if isinstance(line.block, Paragraph) else [] for line in lines]
    for at in range(len(lines)):
        said: list[str] = []
        for last in range(at, min(at + MOST_TITLE_LINES, len(lines))):
            said += texts[last]
            if said == wanted and texts[at] and texts[last]:
                yield from range(at, last + 1)
            if not texts[at] or said != wanted[: len(said)]:
                break


def section_look(lines: Sequence[Line], free: Sequence[int]) -> Look | None:
    """The most prominent look that heads more than one section and divides the paper: a single one is the title's."""
    looks = sorted({lines[at].look for at in free})
    least = next((look for look in looks if sum(lines[at].look == look for at in free) >= 2), None)
    if least is None and looks:
        return looks[0] if longest_share(lines, free[:1]) <= LONGEST_SHARE else looks[-1]
    if least is None:
        return None
    shares = {look: longest_share(lines, [at for at in free if lines[at].look <= look]) for look in looks}
    possible = [look for look in looks if look >= least]
    dividing = (look for look in possible if shares[look] <= LONGEST_SHARE)
    chosen = next(dividing, min(possible, key=lambda look: (shares[look], look)))
    return (
        chosen
        if number_of_heads(lines, free, chosen) <= MOST_SECTIONS
        else fewer_sections(lines, free, shares) or chosen
    )


def fewer_sections(lines: Sequence[Line], free: Sequence[int], shares: Mapping[Look, float]) -> Look | None:
    """The least prominent look that heads few enough sections; lesser headings are titles of clauses within them."""
    few = [look for look in shares if LEAST_SECTIONS <= number_of_heads(lines, free, look) <= MOST_SECTIONS]
    return max((look for look in few if shares[look] <= LONGEST_OF_FEW), default=None)


def number_of_heads(lines: Sequence[Line], free: Sequence[int], look: Look) -> int:
    return sum(lines[at].look <= look for at in free)


def longest_share(lines: Sequence[Line], heads: Sequence[int]) -> float:
    """The part of a paper's words that is in its longest section, or before its first heading."""
    counts = [len(words(line.text)) for line in lines]
    stretches = zip([0, *heads], [*heads, len(lines)], strict=True)
    return max(sum(counts[at:end]) for at, end in stretches) / (sum(counts) or 1)
