"""Words that are explained: where a clause is marked, what a press shows, and what stands on paper."""

import pytest
from support.project import DAY, EXTENSIONS, ROOT, small_school

from macros import project as projects
from macros.model.words import Word, finder
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer

HR = Word(word="HR", full="human resources", text="Those who advise on employing people.")
GROOMING = Word(word="grooming", text="Building trust in order to abuse.", also=("groomed",))
TRUST = Word(word="trust", text="Belief in somebody.")
POSITION = Word(word="position of trust", text="A role with power.", also=("positions of trust",))


def used(text: str, *words: Word) -> list[tuple[str, str]]:
    """What is found in a text, each beside the word that it is."""
    find = finder(words)
    assert find
    return [(text[use.start : use.end], use.word.word) for use in find.uses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask HR, or another HR.", ["HR", "HR"]),
        ("Ask hr in THR or HR-led teams.", []),
        ("Both HRs agree.", ["HRs"]),
        ("Grooming, and who is groomed.", ["Grooming", "groomed"]),
        ("Positions of\ntrust need trust.", ["Positions of\ntrust", "trust"]),
        ("See [HR](https://hr.example/HR), `HR` and <b title='HR'>HR</b>.", ["HR"]),
        ("```\nHR\n```\n\n## HR\n\nhttps://example.org/HR and {: #HR }", []),
        ('<a href="x">ask HR</a>', []),
    ],
)
def test_words_are_found_in_running_text_alone(text, expected):
    assert [form for form, _ in used(text, HR, GROOMING, TRUST, POSITION)] == expected


def test_the_longest_word_counts():
    assert used("a position of trust", TRUST, POSITION) == [("position of trust", "position of trust")]
    assert finder(()) is None


WORDS = """\
- word: librarian
  full: keeper of books
  text: Who looks after books.
- word: wear
  text: Damage by use.
- word: crew
  full: Everybody
  text: Who work here.
- word: unicorn
  text: An animal.
"""


@pytest.fixture
def rendered(tmp_path):
    project = small_school(tmp_path / "project")
    (project / "docs/words.yml").write_text(WORDS, encoding="utf-8")
    section = project / "docs/policies/lending/1.md"
    text = section.read_text(encoding="utf-8")
    more = '\n\n{{ clause("1.6", "Lost books") }}\n\nEverybody (crew) tells the librarian. A librarian asks.'
    section.write_text(text.replace("\n\n## Words after", f"{more}\n\n## Words after librarian"), encoding="utf-8")
    (project / "docs/help/words.md").write_text("---\ntitle: Words\n---\n{{ word_list() }}\n", encoding="utf-8")
    site = projects.load(project / "mkdocs.yml", today=DAY)
    pages = (*site.pages, *site.generated)
    renderer = Renderer(guide=site.guide, pages=pages, bodies=site.bodies, extensions=EXTENSIONS)

    def render(path: str) -> tuple[str, str]:
        page = render_page(renderer, path, path.replace(".md", "/"))
        return str(page.stash.fill(page.markdown)), str(page.view["popovers"])

    return render


def test_the_first_use_in_each_clause_opens_what_it_means(rendered):
    html, popovers = rendered("policies/lending/1.md")
    before, _, rest = html.partition('href="#clause-1-5"')
    first, _, second = rest.partition('href="#clause-1-6"')
    assert 'popovertarget="word-' not in before
    assert first.count('popovertarget="word-librarian"') == 1
    assert second.count('popovertarget="word-librarian"') == 1
    assert "A librarian asks." in second
    assert "## Words after librarian" in html
    assert popovers.count('id="word-librarian" popover') == 1
    assert "is short for keeper of books</p>\n<p>Who looks after books.</p>" in popovers
    assert "unicorn" not in popovers


def test_on_paper_a_short_form_is_written_out_once_a_page(rendered):
    html, _ = rendered("policies/lending/1.md")
    assert html.count('data-full="keeper of books"') == 1
    assert 'popovertarget="word-crew"' in html
    assert 'data-full="Everybody"' not in html  # the clause says it itself


def test_the_page_of_words_has_those_that_clauses_use(rendered):
    html, _ = rendered("help/words.md")
    assert '<dt id="word-librarian">librarian: keeper of books</dt>\n<dd>Who looks after books.</dd>' in html
    assert "unicorn" not in html


def test_the_words_of_the_sample_are_used_or_wait(real):
    """A clause of the sample has a few marked words at most: no thicket."""
    assert ROOT.joinpath("docs/words.yml").exists()
    find = finder(real.guide.words)
    assert find
    for clause in real.guide.clauses.values():
        assert len({use.word for use in find.uses(clause.text)}) <= 3, clause.id
    assert {"LADO", "HR", "DCC", "grooming", "disrepute"} <= {word.word for word in real.guide.words_in_use}
