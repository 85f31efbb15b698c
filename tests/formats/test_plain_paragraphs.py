"""Plain Markdown goes round the parser, and comes out as it would have made it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.project import EXTENSIONS

from macros.formats import markdown, plain_markdown
from macros.formats.markdown import Extensions

MD = markdown.converter(EXTENSIONS)
PAGE = markdown.converter(EXTENSIONS, links=True)
WORDS = st.sampled_from(
    ["Staff", "must", "never", "a", "i.", "1.", "2)", "(b)", "£5", "“so”", "don’t", "e.g.", "24/7", "?", "!", "–", "-", "…",
     ",", ".", ":", " ", "  ", "\n", "\n\n", "\n\n\n", "\t", "*", "_x_", "#", "[a]", "<b>", "&", "HTML", "I.", "A.", "v)",
     "100%", "é", "*so*", "**so**", "**", "[a](https://a.example/b_c)", "![a](https://a.example/b)", "&amp;", "&#39;",
     '<a href="../x/#clause-1">1.1</a>', '<span class="ref">', "</span>", "* ", "{: #x }", "[a](b.md)", "\\"]
)  # fmt: skip
LINES = st.sampled_from(
    ["- a item", "- **b**", "    - c", "    - d", "1. e", "2. f", "3. g", "- 1. h", "> quoted", "> a. quoted", "words of it",
     "| a | b |", "|---|---|", "| c | *d* |", "| c |", "|---|", "| c | |", "- ", "* i", "(a) j", "(b) k", "a) l", "", "",
     "", "  ", "## Head", "---", ":   defined", "!!! note", "    inset", "```", "| :-- | --- |"]
)  # fmt: skip
MARKS = st.sampled_from([f"<!--stash {figure * 32}-->" for figure in "0a"])
HEADINGS = st.sampled_from(
    ['## <a class="clause-number" translate="no" href="#clause-1-1">1.1</a> Name it {: #clause-1-1 data-notes="1–2" }',
     '## <a class="clause-number" translate="no" href="#clause-1-2" aria-label="Link to this clause">§</a>  {: #clause-1-2 .untitled }',
     "## In plain English", "## In plain English", "### Tom &amp; Jerry’s? {: #in-plain-english }", "# Top", "## 2 - 3",
     "## *Stress*", "## Trailing #", "#### a {: .x }"]
)  # fmt: skip
TEXTS = (
    st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
    | st.lists(WORDS, min_size=1, max_size=14).map("".join)
    | st.lists(LINES, min_size=1, max_size=9).map("\n".join)
)
PAGES = st.lists(MARKS | HEADINGS | TEXTS, min_size=1, max_size=8).flatmap(
    lambda parts: st.lists(
        st.sampled_from(["\n\n", "\n\n", "\n\n", "\n\n\n", "\n"]), min_size=len(parts), max_size=len(parts)
    ).map(lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True)))
)


@settings(max_examples=4000, derandomize=True, deadline=None)
@given(TEXTS)
def test_a_text_is_what_the_parser_makes_of_it(text):
    for md in (MD, PAGE):
        assert markdown.html(md, text) == md.reset().convert(text)


@settings(max_examples=4000, derandomize=True, deadline=None)
@given(PAGES)
def test_a_page_is_what_the_parser_makes_of_it(text):
    page = plain_markdown.page(text, lambda part: markdown.html(PAGE, part))
    if page is None:
        return
    assert page.html == PAGE.reset().convert(text)
    assert list(page.headings) == list(flat(PAGE.toc_tokens))


def flat(tokens):
    for token in tokens:
        yield token["level"], token["id"], token["name"]
        yield from flat(token["children"])


@pytest.mark.parametrize(
    "text",
    [
        "Staff must never do so, unless (and until) the headteacher agrees.",
        "Write down:\n\n- who **saw** it\n- when:\n    - the day\n    - the hour\n\nand no more.",
        "1. first\n2. second",
        "> Quoted “so”.",
        "| What | When |\n|---|---|\n| *a* form | |",
        'See <a href="../2/#clause-2-1">2.1</a> and [the form](https://forms.example/a_b).',
    ],
)
def test_the_way_round_is_taken(text):
    assert plain_markdown.html(text) is not None


def test_a_page_of_clauses_takes_the_way_round():
    text = f"<!--stash {'0' * 32}-->\n\n\n{HEADINGS_OF_CLAUSES}\n\nWords.\n\n<!--stash {'1' * 32}-->\n\n"
    assert plain_markdown.page(text, pytest.fail).headings == ((2, "clause-1-1", "1.1 Name it"),)


HEADINGS_OF_CLAUSES = (
    '## <a class="clause-number" translate="no" href="#clause-1-1">1.1</a> Name it {: #clause-1-1 data-notes="1–2" }'
)


@pytest.mark.parametrize(
    ("name", "settings_"),
    [("smarty", {}), ("abbr", {"glossary": {"LA": "local authority"}}), ("toc", {"permalink": True})],
)
def test_an_extension_that_may_change_plain_words_closes_the_way_round(name, settings_):
    extensions = Extensions(names=(*EXTENSIONS.names, name), settings={**EXTENSIONS.settings, name: settings_})
    assert EXTENSIONS.plain
    assert not extensions.plain
