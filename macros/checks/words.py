"""Rules on the words that the guide explains."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.words import FILE
from ..model import Problem

LONGEST = 30
"""Words of an explanation: it is read in the middle of a clause."""


def short_explanations(project: Project) -> Iterator[Problem]:
    """What a word means is said in at most thirty words."""
    for written in project.words.entries:
        if (count := len(written.word.text.split())) > LONGEST:
            yield Problem(
                path=FILE,
                line=written.line,
                rule="word-length",
                message=f"“{written.word.word}” is explained in {count} words",
                hint=f"Say it in {LONGEST} at most: it is read in the middle of a clause.",
            )


def explained_once(project: Project) -> Iterator[Problem]:
    """No word, and no form of one, is explained twice."""
    first: dict[str, int] = {}
    for written in project.words.entries:
        for form in dict.fromkeys((*written.word.forms, written.word.anchor)):
            if form in first and first[form] != written.line:
                yield Problem(
                    path=FILE,
                    line=written.line,
                    rule="word-twice",
                    message=f"“{written.word.word}” is explained in line {first[form]} already",
                    hint="Keep one of the two, and write other forms of a word there: also: [groomed]",
                )
                break
            first.setdefault(form, written.line)
