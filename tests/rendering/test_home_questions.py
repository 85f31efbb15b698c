"""The questions on the home page, from docs/questions.yml."""

import shutil

import pytest
from support.project import DAY, EXTENSIONS, ROOT

from macros import project as projects
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer

HOME = "---\ntitle: Home\n---\n{{ home_questions() }}\n\n## Policies\n"


@pytest.fixture
def small(tmp_path):
    folder = shutil.copytree(ROOT / "tests" / "support" / "small", tmp_path / "small")
    (folder / "docs/index.md").write_text(HOME, encoding="utf-8")
    return folder


def home(folder) -> str:
    site = projects.load(folder / "mkdocs.yml", today=DAY)
    renderer = Renderer(guide=site.guide, pages=site.pages, bodies=site.bodies, extensions=EXTENSIONS)
    rendered = render_page(renderer, "index.md", "")
    return str(rendered.stash.fill(rendered.markdown))


def ask(folder, *questions):
    rows = (f'- question: "{text}"\n  clause: {clause}\n' for text, clause in questions)
    (folder / "docs/questions.yml").write_text("".join(rows), encoding="utf-8")


def test_each_question_opens_to_its_clause_under_one_heading(small):
    ask(small, ("Who may borrow?", "lending/1.1"), ("Late: what then?", "lending/1.4"))
    page = home(small)
    assert page.count("## Questions staff ask {: #questions }") == 1
    assert page.index("<summary>Who may borrow?</summary>") < page.index('href="policies/lending/1/#clause-1-1"')
    assert page.index("<summary>Late: what then?</summary>") < page.index('href="policies/lending/1/#clause-1-4"')


def test_an_answer_is_complete_where_it_opens(small):
    """The gist, the clause's words and its law, without a script and without leaving the page."""
    ask(small, ("Who may borrow?", "lending/1.1"), ("For how long?", "lending/1.2"))
    first, second = home(small).split("<details")[1:]
    assert "In short" not in first
    assert "Anyone may borrow:" in first
    assert 'href="legislation/lending-act-1990/">Lending Act 1990</a>, s 1;' in first
    assert 'href="legislation/old-lending-act-1950/">Old Lending Act 1950</a>' in first
    assert '<span class="chip chip-repealed">Repealed</span>' in first
    assert second.index("Three weeks, and the Act allows more.") < second.index(
        "<p>Three weeks. The Act allows four.</p>"
    )


def test_the_policy_is_named_where_the_questions_are_of_several(small):
    ask(small, ("Who may borrow?", "lending/1.1"))
    assert "Lending policy" not in home(small)
    ask(small, ("Who may borrow?", "lending/1.1"), ("Must I be kind?", "plain/being-kind"))
    assert "Who may borrow</a>, Lending policy" in home(small)


def test_without_questions_the_heading_is_gone(small):
    assert "Questions" not in home(small)


def test_a_removed_policy_takes_its_questions_with_it(small):
    ask(small, ("Who may borrow?", "lending/1.1"), ("May I keep a hamster?", "pets/1.1"))
    assert "Who may borrow?" in home(small)
    assert "hamster" not in home(small)
