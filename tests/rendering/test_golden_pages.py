"""A small guide and all that comes of it, as files to read: tests/support/small → tests/golden."""

import json
import os
from pathlib import Path

import pytest
from support.golden import expect
from support.project import ROOT, TODAY

from macros import project
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
    os.environ["GUIDE_TODAY"] = TODAY
    return project.load(ROOT / "tests" / "support" / "small" / "mkdocs.yml")


@pytest.mark.parametrize("name", PAGES)
def test_pages(small, name):
    url = PAGES[name].removesuffix("index.md").replace(".md", "/")
    rendered = render_page(Renderer(guide=small.guide, pages=(*small.pages, *small.made)), PAGES[name], url)
    around = {key: str(value) for key, value in rendered.view.items() if key in ("banner", "pager", "peeks", "jump")}
    parts = [
        str(rendered.view["fill"](rendered.markdown)),
        *(f"<!-- {key} -->\n{value}" for key, value in around.items() if value),
    ]
    expect(GOLDEN / name, f"<!-- {rendered.title} -->\n" + "\n".join(parts).strip() + "\n")


def test_data(small):
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
