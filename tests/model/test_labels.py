"""Words made in one place: plurals, ordinals, lists."""

import pytest

from macros.model import labels


def test_plurals():
    assert [labels.counted(n, "policy", "policies") for n in (0, 1, 2)] == ["0 policies", "1 policy", "2 policies"]
    assert labels.counted(1422, "day") == "1,422 days"


@pytest.mark.parametrize(
    ("words", "most", "joined"),
    [([], None, ""), (["a"], None, "a"), (["a", "b"], None, "a and b"), (["a", "b", "c"], None, "a, b and c"), (["a", "b", "c"], 2, "a, b and 1 more")],
)  # fmt: skip
def test_lists(words, most, joined):
    assert labels.join_words(words, most=most) == joined


def test_ordinals():
    numbers = (1, 2, 12, 13, 21, 22, 23, 111)
    assert [labels.ordinal(n) for n in numbers] == [
        "first",
        "second",
        "twelfth",
        "13th",
        "21st",
        "22nd",
        "23rd",
        "111th",
    ]
    assert [labels.number_in_words(n) for n in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
