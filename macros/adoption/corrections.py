"""What a correction of an edition may change: slips of the pen, never what the body decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from ..model import Changed, Difference, Passage

MOST_WORDS, MOST_IN_ALL = 5, 15
"""Words that a slip may change in one clause, and a correction in the whole policy."""
STRENGTH = frozenset(
    "must shall should may might can cannot can't could will would need never not no nor none neither without only "
    "always all any every unless except if or and before after until within least most allowed forbidden prohibited "
    "required expected entitled permitted banned free refuse refuses refused".split()
)
"""Words on which the force of a rule hangs."""
NUMBERS = frozenset(
    "once twice one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty sixty hundred "
    "first second third half daily weekly monthly termly yearly annually".split()
)
BODIES = frozenset(
    "governing governor governors headteacher head principal deputy board trust trustee trustees council authority "
    "committee chair lead officer manager staff teacher teachers employee employees volunteer volunteers pupil pupils "
    "parent parents school police union".split()
)
"""Who decides, acts or is bound, where no capital shows it."""
WORD = re.compile(r"[\w’'-]+")
SENTENCE_START = re.compile(r"(?:^|[.!?:•\n-]\s+)[\w’'-]+")


def serious(changes: tuple[Changed, ...]) -> list[tuple[Changed, str]]:
    """The changes that are more than a slip, each with the reason."""
    listed = [(changed, reason) for changed in changes if (reason := seriousness(changed))]
    if not listed and sum(map(words_changed, changes)) > MOST_IN_ALL:
        reason = f"together the changes touch more than {MOST_IN_ALL} words"
        listed = [(max(changes, key=words_changed), reason)]
    return listed


def seriousness(changed: Changed) -> str | None:
    """Why a change is more than a slip; None if it is one."""
    if not changed.kinds <= {Difference.REWORDED, Difference.RETITLED} or not (changed.before and changed.after):
        return "it was added, removed, moved or renumbered"
    before, after = tokens(changed.before), tokens(changed.after)
    for what, marks in (("a word of duty", strength), ("a number", numbers), ("who acts or decides", bodies)):
        if difference := differing(marks(before), marks(after)):
            return f"it changes {what} ({difference})"
    if words_changed(changed) > MOST_WORDS:
        return f"it changes more than {MOST_WORDS} words"
    return None


def tokens(passage: Passage) -> list[str]:
    """The words of a passage; one that opens a sentence in lower case, since its capital says nothing."""
    text = f"{passage.title}\n{passage.text}"
    return WORD.findall(SENTENCE_START.sub(lambda start: start[0].lower(), text).replace("’", "'"))


def strength(words: list[str]) -> Counter[str]:
    return Counter(low for word in words if (low := word.lower()) in STRENGTH or low.endswith("n't"))


def numbers(words: list[str]) -> Counter[str]:
    return Counter(word for word in words if any(sign.isdigit() for sign in word) or word.lower() in NUMBERS)


def bodies(words: list[str]) -> Counter[str]:
    return Counter(word for word in words if word[0].isupper() or word.lower() in BODIES)


def differing(before: Counter[str], after: Counter[str]) -> str:
    parts = [f"“{word}” taken out" for word in before - after] + [f"“{word}” put in" for word in after - before]
    return ", ".join(parts[:3])


def words_changed(changed: Changed) -> int:
    """How many words were taken out or put in; one put in another's place counts once."""
    assert changed.before
    assert changed.after
    before, after = tokens(changed.before), tokens(changed.after)
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for what, i1, i2, j1, j2 in opcodes if what != "equal")


def redline(changed: Changed) -> Iterator[str]:
    """What a change takes out and puts in, as lines for a terminal: [-old-] {+new+}."""
    assert changed.before
    assert changed.after
    for label, old, new in (
        ("title", changed.before.title, changed.after.title),
        ("text", changed.before.text, changed.after.text),
    ):
        if old != new:
            yield f"{label}: {marked(old.split(), new.split())}"


def marked(old: list[str], new: list[str]) -> str:
    parts: list[str] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            run = old[i1:i2]
            parts.append(" ".join(run if len(run) <= 12 else [*run[:5], "…", *run[-5:]]))
            continue
        if i2 > i1:
            parts.append(f"[-{' '.join(old[i1:i2])}-]")
        if j2 > j1:
            parts.append(f"{{+{' '.join(new[j1:j2])}+}}")
    return " ".join(parts)
