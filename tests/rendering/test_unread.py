"""A policy that was imported says on its pages that nobody has read it against its paper yet, until somebody says so."""

import shutil

import pytest
from support.project import DAY, EXTENSIONS, ROOT, config_for

from macros import project as projects
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer

LINE = "This text was brought in from a paper and has not been read against it yet."


def banners(folder, setting):
    first = folder / "docs" / "policies" / "lending" / "index.md"
    first.write_text(
        first.read_text(encoding="utf-8").replace("\nversion:", f"\n{setting}version:", 1), encoding="utf-8"
    )
    site = projects.load(folder / "mkdocs.yml", today=DAY)
    renderer = Renderer(guide=site.guide, pages=site.pages, bodies=site.bodies, extensions=EXTENSIONS)
    pages = {
        "index.md": "policies/lending/",
        "1.md": "policies/lending/1/",
        "appendix-a.md": "policies/lending/appendix-a/",
    }
    return [render_page(renderer, f"policies/lending/{name}", url).view["banner"] for name, url in pages.items()]


@pytest.fixture
def small(tmp_path):
    shutil.copytree(ROOT / "tests" / "support" / "small" / "docs", tmp_path / "docs")
    config_for(tmp_path, tmp_path / "docs")
    return tmp_path


def test_every_page_of_an_unread_policy_says_so(small):
    assert all(LINE in banner for banner in banners(small, "import: unread\nimport_advice: read it through\n"))


@pytest.mark.parametrize("setting", ["import: read\nimport_advice: read it through\n", ""])
def test_a_policy_that_was_read_or_written_here_says_nothing(small, setting):
    assert not any(LINE in banner for banner in banners(small, setting))


def test_another_word_for_it_is_a_problem(small):
    with pytest.raises(projects.CheckFailed, match="“import”"):
        banners(small, "import: almost\n")
