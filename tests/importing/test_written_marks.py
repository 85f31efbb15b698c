"""Marks of other kinds of Markdown in a paper: shown as they are printed there, and no problem of the page."""

from html import unescape

import pytest
from support.project import EXTENSIONS

from macros.checks import dialects
from macros.checks.plain_words import spaced
from macros.formats import html_tree, markdown
from macros.importing.document import Span
from macros.importing.writing.inline import inline

PRINTED = (
    "[ ] Yes [x] No",
    "~~x~~ and ==y== and ^^z^^",
    "Well done :smile:",
    "H~2~O and 20 m^2^",
    "a ** b",
    "see [the gate](the office",
    "[the gate] (1.md) or (the gate)[1.md]",
    "ends in \\",
    "!!! Important note",
    "$x^2$ and $$",
    "[[wiki]] and ![[gate.png]]",
    "++ctrl+alt++ %%note%% {++more++}",
    '=== "Tab"',
    "== Heading ==",
    "+---+---+",
    "> [!NOTE] x",
    "??? more",
    "::: note",
    "h2. Heading",
    "'''x'''",
    "\\newpage",
    "Staff.^[A note.]",
)


@pytest.mark.parametrize("printed", PRINTED)
@pytest.mark.parametrize("before", ["", "- ", "1. "])
def test_what_a_paper_prints_is_shown_and_means_nothing(printed, before):
    md = markdown.converter(EXTENSIONS, links=True)
    written = inline(md, [Span(text=printed)])
    assert list(dialects.faults([(1, before + written)], EXTENSIONS.names)) == []
    shown = html_tree.text(html_tree.parse(md.reset().convert(written)))
    assert unescape(shown).strip() == printed


@pytest.mark.parametrize("printed", [*PRINTED, "**Doors** and `gates`", "[the gate](2.md) &amp; <b>doors</b>"])
def test_a_title_of_a_paper_keeps_its_characters_and_holds_no_mark(printed):
    title = spaced(printed)
    assert dialects.mark_in_words(title) == ""
    assert title.replace(" ", "") == printed.replace(" ", "")
