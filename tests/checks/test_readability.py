"""The reading age: what the library says, what counts as a sentence, and that our own prose keeps below 14."""

from click.testing import CliRunner
from support.project import ROOT

from macros import commands
from macros.checks import readability

HARDER: dict[str, str] = {}
"""Pages above the age, each with the reason why it cannot be said more simply."""


def test_our_own_prose_can_be_read_at_fourteen(real):
    hard = {page.path: page.age for page in readability.pages(real) if page.too_hard}
    assert set(hard) == set(HARDER), hard


def test_every_section_and_law_is_measured_unless_very_short(real):
    measured = {page.path for page in readability.pages(real)}
    short = {page.path for page in real.pages if page.path.count("/") and page.path not in measured}
    assert short == {
        "governors/required.md", "help/find.md", "help/words.md", "legislation/index.md", "policies/index.md",
        "policies/social-networking/3.md",
    }  # fmt: skip


def test_what_counts_as_a_sentence():
    html = (
        "<h2>No heading</h2><p>One sentence: two. “Three?” Four</p><ul><li>five</li><li><p>six</p></li></ul>"
        "<table><tr><td>no table</td></tr></table><pre>no code</pre><div><p>seven; seven</p></div>"
    )
    assert readability.sentences(html) == ["One sentence:", "two.", "“Three?", "Four", "five", "six", "seven;", "seven"]


def test_simple_words_are_young_and_long_words_old():
    simple = readability.measure("a.md", ["The cat sat on the mat and saw the dog."] * 10)
    hard = readability.measure(
        "b.md",
        [
            "Institutional responsibilities necessitate comprehensive documentation notwithstanding considerable administrative inconvenience"
        ]
        * 10,
    )
    assert simple.age <= 8
    assert simple.ease > 90
    assert hard.age > readability.OLDEST
    assert hard.ease < 30
    assert readability.measure("c.md", ["Too few words."]) is None


def test_the_hard_sentence_is_shown(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(readability, "OLDEST", 13)
    told = CliRunner().invoke(commands.main, ["reading"])
    assert told.exit_code == 0, told.output
    assert "docs/policies/social-networking/2-7.md" in told.output
    assert "Split this sentence: “" in told.output
    assert "docs/help/index.md" not in told.output
