"""The text for an assistant: every clause that needs phrasings, and nobody's name."""

import shutil

import pytest
from support.project import DAY, ROOT

from macros import project as projects
from macros.asks import answer, request


@pytest.fixture
def small(tmp_path):
    return shutil.copytree(ROOT / "tests" / "support" / "small", tmp_path / "small")


def text_for(folder, **options):
    site = projects.load(folder / "mkdocs.yml", today=DAY)
    return request.request(site, site.guide.policies["lending"], **options)


def test_it_holds_the_clauses_and_their_ids(small):
    text = text_for(small)
    assert text.startswith(request.OPENING)
    assert "\nPolicy: lending\n" in text
    assert "[1.2-second] How long again\nThe paper numbers this one 1.2 too.\n" in text
    assert request.wanted_clauses(text) == 5
    assert answer.policy_named(text) == "lending"


def test_clauses_that_have_enough_are_named_and_not_asked_about(small):
    phrases = "".join(f"  - thing {letter}\n" for letter in "abcdefghijklmno")
    (small / "docs/policies/lending/asks.yml").write_text(f'"1.4":\n{phrases}', encoding="utf-8")
    text = text_for(small)
    assert "Write nothing for these:\n1.4 Fines\n" in text
    assert "[1.4]" not in text
    assert request.wanted_clauses(text) == 4
    assert request.wanted_clauses(text_for(small, every=True)) == 5


def test_nobodys_name_or_number_leaves_the_school(small):
    page = small / "docs/policies/lending/1.md"
    words = "Ask Mrs J. Smith (j.smith@school.example, 01258 123456), or the librarian: Anna Brown. See Tom Price at St Mary’s."
    page.write_text(page.read_text(encoding="utf-8").replace("Three weeks.", words), encoding="utf-8")
    text = text_for(small)
    for part in ("Smith", "school.example", "123456", "Anna", "Brown", "Tom", "Price"):
        assert part not in text
    assert "at St Mary’s." in text
    assert "Ask (a name, left out) ((an e-mail address, left out), (a telephone number, left out))" in text


def test_an_answer_below_the_request_is_all_that_is_read(small):
    text = text_for(small)
    assert answer.answer_in(text)[0].strip() == ""
    pasted, line = answer.answer_in(text + "[1.1]\ncan i\n")
    assert pasted == "\n[1.1]\ncan i\n"
    assert (text + "[1.1]\ncan i\n").split("\n")[line] == "[1.1]"
    assert answer.answer_in("[1.1]\ncan i\n") == ("[1.1]\ncan i\n", 1)
