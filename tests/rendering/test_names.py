"""What a clause is called where a screen reader says it: its pop-up, and the law beside it."""

import dataclasses

import pytest
from support.project import DAY, EXTENSIONS, ROOT

from macros import project
from macros.rendering.renderer import Renderer


@pytest.fixture(scope="module")
def small():
    return project.load(ROOT / "tests" / "support" / "small" / "mkdocs.yml", today=DAY)


@pytest.mark.parametrize(
    ("number", "title", "name"),
    [("1.1", "Who may borrow", "1.1 Who may borrow"), (None, "", "Everyone may borrow"), ("1.1", "", "1.1 Everyone may borrow")],
)  # fmt: skip
def test_a_clause_always_has_a_name(small, number, title, name):
    renderer = Renderer(
        guide=small.guide, pages=(*small.pages, *small.generated), bodies=small.bodies, extensions=EXTENSIONS
    )
    renderer.templates.filters["stashed"] = str
    clause = dataclasses.replace(
        next(iter(small.guide.clauses.values())), number=number, title=title, text="Everyone may borrow"
    )
    around = {"link": str, "page_url": str, "here": "policies/lending/1.md"}
    popover = renderer.templates.get_template("popovers.html.j2").render(popovers={"peek-x": clause}, **around)
    assert f'aria-label="{name}">\n<p><b>{name}</b></p>' in popover
