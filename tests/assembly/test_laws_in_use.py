"""Which laws a policy relies on, and which the guide only keeps."""

import json

import pytest
from support.project import DAY, guide_command

from macros import checks
from macros import project as projects
from macros.data import guide_json
from macros.model import labels
from macros.reviews import law_changes
from macros.search.entries import law_entries


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


def library(folder):
    site = projects.examine(folder / "mkdocs.yml", today=DAY)
    assert checks.check(site) == []
    return [law.id for law in site.guide.library]


def test_a_law_that_another_laws_page_links_to_is_in_use(project, successor):
    assert library(project) == ["loud-act-2020"]
    link(successor.with_name("borrowing-act-2003.md"), "loud-act-2020")
    assert library(project) == []


def test_links_from_elsewhere_or_within_the_library_do_not_count(project, successor):
    other = successor.with_name("louder-act-2021.md")
    other.write_text(successor.read_text(encoding="utf-8").replace("Loud Act 2020", "Louder Act 2021"), "utf-8")
    link(successor, "loud-act-2020")
    link(successor, "louder-act-2021")
    link(other, "loud-act-2020")
    link(project / "docs" / "help" / "index.md", "loud-act-2020")
    assert library(project) == ["loud-act-2020", "louder-act-2021"]


def test_the_library_is_off_every_list_and_out_of_search(project, successor):
    guide = projects.load(project / "mkdocs.yml", today=DAY).guide
    assert "loud-act-2020" in guide.instruments
    assert "Loud Act 2020" not in {entry.title for entry in law_entries(guide, {})}
    assert "Loud Act 2020" not in {topic for topic, _ in labels.topics(guide, {})}
    shown = law_changes.law_changes(guide)
    assert "loud-act-2020" not in {item.law.id for item in (*shown.ahead, *shown.past)}
    data = {law["id"]: law["in_use"] for law in json.loads(json.dumps(guide_json.document(guide)))["instruments"]}
    assert data["loud-act-2020"] is False
    assert data["borrowing-act-2003"] is True


def test_the_commands_know_the_library(project, successor):
    checked = guide_command(project, "check")
    assert checked.returncode == 0
    assert "1 law page that nothing cites, kept as a library: guide law list" in checked.stdout
    listed = guide_command(project, "law", "list").stdout
    assert "loud-act-2020             Loud Act 2020 (in the library: nothing cites it yet)\n" in listed
    assert "borrowing-act-2003        Borrowing Act 2003\n" in listed
    found = guide_command(project, "law", "list", "borrowing", "act").stdout
    assert found.startswith("borrowing-act-2003  Borrowing Act 2003\n    s 127(1): What it says.\n")
    assert guide_command(project, "law", "list", "zebra").returncode == 1
