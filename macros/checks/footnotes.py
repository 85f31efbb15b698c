"""Rules on footnotes and abbreviations: a clause is also read alone, in popovers, on law pages and in editions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.parser import Block, Text
from ..model import Problem
from .pdf import policy_pages

REFERENCE = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
DEFINITION = re.compile(r"^ {0,3}\[\^([^\]]*)\]:")


def footnotes_in_their_clause(project: Project) -> Iterator[Problem]:
    """A footnote stands in the clause that refers to it, under a name that no other of its page has."""
    for page in policy_pages(project):
        names: set[str] = set()
        for block in page.blocks:
            definitions = list(matches(block, DEFINITION))
            for line, name in matches(block, REFERENCE):
                if name not in {defined for _, defined in definitions}:
                    yield page.problem(
                        line,
                        "footnote",
                        f"the footnote [^{name}] is not in the clause that refers to it",
                        f"Write it below in the same clause, on a line of its own: [^{name}]: Where this comes from.",
                    )
            for line, name in definitions:
                if name in names:
                    yield page.problem(
                        line,
                        "footnote",
                        f"another footnote of this page is called [^{name}] too",
                        f"Give this one another name, such as [^{name}-2], here and where the text refers to it.",
                    )
                names.add(name)


def matches(block: Block, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The lines of a block's text where a pattern matches, each with its first group."""
    for node in block.nodes:
        if isinstance(node, Text) and "[^" in node.text:
            for line, row in enumerate(node.text.split("\n"), node.line):
                yield from ((line, match[1]) for match in pattern.finditer(row))
