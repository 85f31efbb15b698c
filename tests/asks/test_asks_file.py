"""Drafted phrasings in asks.yml: what is added, where, and that nothing else changes."""

import pytest
import yaml

from macros.asks.asks_file import Unwritable, with_drafted

ORDER = ["1.1", "1.2", "1.3", "acting-openly"]
FILE = """\
# Ours.
"1.2":
  - when is it due   # said at the desk
  - primary: due date

acting-openly:
    - "in the open: always"
"""


def test_phrasings_go_behind_those_of_their_clause_and_new_clauses_into_the_policys_order():
    added = {"acting-openly": ["no secrets"], "1.3": ["is there: a fee"], "1.1": ["can i"], "1.2": ["renew", "longer"]}
    assert with_drafted(FILE, added, ORDER) == (
        "# Ours.\n"
        '"1.1":\n  - drafted: can i\n\n'
        '"1.2":\n  - when is it due   # said at the desk\n  - primary: due date\n'
        "  - drafted: renew\n  - drafted: longer\n\n"
        '"1.3":\n  - drafted: "is there: a fee"\n\n'
        'acting-openly:\n    - "in the open: always"\n    - drafted: no secrets\n'
    )


def test_a_file_whose_clauses_stand_in_another_order_keeps_it():
    text = '"1.3":\n  - c\n"1.1":\n  - a\n'
    result = yaml.safe_load(with_drafted(text, {"1.1": ["aa"], "1.2": ["b"], "1.3": ["cc"]}, ORDER))
    assert result == {
        "1.3": ["c", {"drafted": "cc"}],
        "1.1": ["a", {"drafted": "aa"}],
        "1.2": [{"drafted": "b"}],
    }
    assert list(result) == ["1.3", "1.1", "1.2"]


def test_a_new_file_says_what_it_is_for():
    text = with_drafted("", {"1.2": ["yes"]}, ORDER)
    assert text.startswith("# What people type")
    assert yaml.safe_load(text) == {"1.2": [{"drafted": "yes"}]}


def test_the_line_endings_of_a_file_stay():
    text = FILE.replace("\n", "\r\n")
    result = with_drafted(text, {"1.2": ["renew"]}, ORDER)
    assert result.count("\r\n") == result.count("\n") == text.count("\n") + 1


@pytest.mark.parametrize(
    "phrase", ["yes", "no: never", "# first", "'quoted'", "2.10", "null", "- dash", "a  b", "€ & *"]
)
def test_whatever_a_phrasing_holds_is_read_as_it_was(phrase):
    assert yaml.safe_load(with_drafted(FILE, {"1.2": [phrase]}, ORDER))["1.2"][-1] == {"drafted": phrase}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('"1.2": [one, two]\n', "unusual way"),
        ('"1.2":\n  - one\n    and more\n', "unusual way"),
        ("- a list\n", "not a list of clauses"),
        ('"1.2":\n - "open\n', "cannot be read"),
    ],
)
def test_a_layout_that_is_not_foreseen_is_refused(text, why):
    with pytest.raises(Unwritable, match=why):
        with_drafted(text, {"1.2": ["three"]}, ORDER)
