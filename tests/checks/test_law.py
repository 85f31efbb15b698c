"""Rules on law pages that the broken site cannot show: what must not be reported."""

import pytest
from support.project import DAY

from macros import checks
from macros import project as projects
from macros.checks import law


def unused(folder):
    return [problem.path for problem in law.used_law(projects.examine(folder / "mkdocs.yml", today=DAY))]


@pytest.fixture
def successor(project):
    """A law that no clause relies on and no appendix lists."""
    page = project / "docs" / "legislation" / "quiet-act-1990.md"
    text = page.read_text(encoding="utf-8").replace("Quiet Act 1990", "Loud Act 2020").replace("1990/", "2020/")
    added = page.with_name("loud-act-2020.md")
    added.write_text(text, encoding="utf-8")
    return added


def link(page, to):
    page.write_text(page.read_text(encoding="utf-8") + f'\nSee {{{{ act("{to}") }}}}.\n', encoding="utf-8")


def test_a_law_that_another_laws_page_links_to_is_used(project, successor):
    assert unused(project) == ["docs/legislation/loud-act-2020.md"]
    link(successor.with_name("borrowing-act-2003.md"), "loud-act-2020")
    assert unused(project) == []
    assert not [
        found
        for found in checks.check(projects.examine(project / "mkdocs.yml", today=DAY))
        if found.rule == "unused-law"
    ]


def test_links_from_elsewhere_or_among_unused_laws_do_not_count(project, successor):
    other = successor.with_name("louder-act-2021.md")
    other.write_text(successor.read_text(encoding="utf-8").replace("Loud Act 2020", "Louder Act 2021"), "utf-8")
    link(successor, "loud-act-2020")
    link(successor, "louder-act-2021")
    link(other, "loud-act-2020")
    link(project / "docs" / "help" / "index.md", "loud-act-2020")
    assert unused(project) == ["docs/legislation/loud-act-2020.md", "docs/legislation/louder-act-2021.md"]
