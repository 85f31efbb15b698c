"""The model made of pages: what each passage is, and where it comes from."""

import shutil
from dataclasses import replace

import pytest
from support.project import DAY, ROOT

from macros import project
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer

SMALL = ROOT / "tests" / "support" / "small"


@pytest.fixture
def folder(tmp_path):
    """The small guide in a folder of its own."""
    return shutil.copytree(SMALL, tmp_path / "small")


def test_two_entries_with_one_heading_keep_their_own_law_and_address(folder):
    appendix = folder / "docs" / "policies" / "lending" / "appendix-a.md"
    entries = (
        '{{ listed("An act", "lending-act-1990") }}\n\nOne.\n\n{{ listed("An act", "old-lending-act-1950") }}\n\nTwo.\n'
    )
    appendix.write_text(f'---\ntitle: Law\nappendix: "A"\n---\n{entries}', encoding="utf-8")
    site = project.load(folder / "mkdocs.yml", today=DAY)
    first, second = site.guide.policies["lending"].listings
    assert (first.anchor, second.anchor) == ("law-an-act", "law-an-act-2")
    assert (first.instruments, second.instruments) == (("lending-act-1990",), ("old-lending-act-1950",))
    renderer = Renderer(guide=site.guide, pages=site.pages, bodies=site.bodies, extensions=site.extensions)
    rendered = render_page(renderer, "policies/lending/appendix-a.md", "policies/lending/appendix-a/")
    assert [rendered.markdown.count(f"#{name} ") for name in ("law-an-act", "law-an-act-2")] == [1, 1]
    html = str(rendered.stash.fill(rendered.markdown))
    assert html.index("legislation/lending-act-1990") < html.index("legislation/old-lending-act-1950")


def test_a_citation_knows_its_line(real):
    page = next(page for page in real.pages if page.path == "policies/social-networking/2-3.md")
    lines = [call.line for call in page.calls if call.name == "law"]
    section = next(found for found in real.guide.policies["social-networking"].sections if found.path == page.path)
    citations = [citation for clause in section.clauses for citation in clause.citations]
    assert [(citation.path, citation.line) for citation in citations] == [(page.path, line) for line in lines]


def test_a_law_counts_each_citing_clause_once(real):
    law = next(law for law in real.guide.instruments.values() if len(law.cited_by) > 1)
    twice = replace(law, cited_by=law.cited_by * 2)
    assert twice.citing_clauses == tuple(citation.clause for citation in law.cited_by)


def test_every_passage_lies_beside_its_block(real):
    for path, body in real.bodies.items():
        page = next(page for page in real.pages if page.path == path)
        assert [block for block, _ in body] == list(page.blocks)
        for block, passage in body:
            call = getattr(block, "call", None)
            assert (passage is None) == (call is None)
            if passage is not None:
                assert getattr(passage, "line", call.line) == call.line
