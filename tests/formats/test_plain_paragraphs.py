"""Plain paragraphs go round the Markdown parser, and come out as it would have made them."""

from hypothesis import given, settings
from hypothesis import strategies as st
from support.project import EXTENSIONS

from macros.formats import markdown

MD = markdown.converter(EXTENSIONS)
PIECES = st.sampled_from(
    ["Staff", "must", "never", "a", "i.", "1.", "2)", "(b)", "£5", "“so”", "don’t", "e.g.", "24/7", "?", "!", "–", "-", "…",
     ",", ".", ":", " ", "  ", "\n", "\n\n", "\n\n\n", "\t", "*", "_x_", "#", "[a]", "<b>", "&", "HTML", "I.", "A.", "v)", "100%"]
)  # fmt: skip


@settings(max_examples=3000, derandomize=True, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14).map(" ".join) | st.lists(PIECES, min_size=1, max_size=14).map("".join))
def test_a_text_is_what_the_parser_makes_of_it(text):
    assert markdown.html(MD, text) == MD.reset().convert(text)


def test_the_way_round_is_taken():
    assert markdown.PLAIN.fullmatch("Staff must never do so, unless (and until) the headteacher agrees.")
