"""A small guide and all that comes of it, as files to read: tests/support/small → tests/golden."""

import json
import re
from pathlib import Path

import pytest
from support.project import DAY, EXTENSIONS, ROOT

from macros import project as projects
from macros.data import guide_json
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer

GOLDEN = Path(__file__).parent / "golden"
PAGES = {
    "section.md": "policies/lending/1.md",
    "appendix.md": "policies/lending/appendix-a.md",
    "unnumbered.md": "policies/plain/introduction.md",
    "law.md": "legislation/lending-act-1990.md",
    "governors.md": "governors/index.md",
    "legislation.md": "legislation/index.md",
    "edition.md": "policies/lending/editions/2020-02-29.md",
    "changes.md": "policies/lending/changes.md",
    "pack.md": "governors/lending.md",
}


@pytest.fixture(scope="module")
def small():
    return projects.load(ROOT / "tests" / "support" / "small" / "mkdocs.yml", today=DAY)


@pytest.mark.parametrize("name", PAGES)
def test_pages(small, name, expect):
    url = PAGES[name].removesuffix("index.md").replace(".md", "/")
    pages = (*small.pages, *small.generated)
    renderer = Renderer(guide=small.guide, pages=pages, bodies=small.bodies, extensions=EXTENSIONS)
    rendered = render_page(renderer, PAGES[name], url)
    around = {
        key: str(value)
        for key, value in rendered.view.items()
        if key in ("banner", "law_notes", "pager", "popovers", "tools")
    }
    parts = [
        str(rendered.stash.fill(rendered.markdown)),
        *(f"<!-- {key} -->\n{value}" for key, value in around.items() if value),
    ]
    expect(GOLDEN / name, f"<!-- {rendered.title} -->\n" + "\n".join(parts).strip() + "\n")


def test_data(small, expect):
    expect(
        ROOT / "tests" / "data" / "guide.json",
        json.dumps(guide_json.document(small.guide), ensure_ascii=False, indent=1) + "\n",
    )


def test_the_model_cannot_be_changed(small):
    clause = next(iter(small.guide.clauses.values()))
    with pytest.raises(AttributeError):
        clause.title = "Another"
    with pytest.raises(TypeError):
        small.guide.clauses["x/1"] = clause


def test_the_page_of_judge_made_law_leads_to_a_judgment(project):
    path = project / "docs" / "legislation" / "library-guidance.md"
    text = path.read_text(encoding="utf-8").replace("publisher: Department for Libraries\n", "")
    text = text.replace("kind: statutory-guidance", "kind: common-law")
    path.write_text(
        re.sub(r"official: .*", "official: https://judgments.example/uk/cases/2004/22.html", text), encoding="utf-8"
    )
    site = projects.load(project / "mkdocs.yml", today=DAY)
    renderer = Renderer(
        guide=site.guide, pages=(*site.pages, *site.generated), bodies=site.bodies, extensions=site.extensions
    )
    rendered = render_page(renderer, "legislation/library-guidance.md", "legislation/library-guidance/")
    html = str(rendered.stash.fill(rendered.markdown))
    assert "<dt>Kind</dt><dd>Judge-made law</dd>" in html
    assert '<dt>Leading judgment</dt><dd><a href="https://judgments.example/uk/cases/2004/22.html"' in html
    assert ">judgments.example<" in html
