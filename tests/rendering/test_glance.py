"""A policy on one sheet, the receipt slip, and the link to the school's form."""

from dataclasses import replace

import pytest
from support.project import EXTENSIONS

from macros.model import PolicyId
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer

SAMPLE = PolicyId("social-networking")
FORM = "https://forms.example/view?pp=1&a={policy}&b={edition}&c={clauses}"


@pytest.fixture
def rendered(real):
    def render(name: str, *, form: str | None = None, **changes):
        policy = replace(real.guide.policies[SAMPLE], **changes)
        organisation = replace(real.guide.organisation, receipts=form)
        guide = replace(real.guide, organisation=organisation, policies={**real.guide.policies, SAMPLE: policy})
        pages = (*real.pages, *real.generated)
        renderer = Renderer(guide=guide, pages=pages, bodies=real.bodies, extensions=EXTENSIONS)
        path = f"policies/{SAMPLE}/{name}.md"
        url = path.removesuffix("index.md").replace(".md", "/")
        page = render_page(renderer, path, url)
        return str(page.stash.fill(page.markdown)), page.surround()

    return render


def test_each_line_stands_in_its_group_with_its_clause(real, rendered):
    html, _ = rendered("at-a-glance")
    for group, lines in real.guide.glances[SAMPLE].items():
        section = html.partition(f'id="glance-{group}"')[2].partition("</section>")[0]
        assert f">{group.words}</h2>" in section
        assert section.count("<li>") == len(lines) > 0
        for line in lines:
            assert f"#{line.clause.anchor}" in section


def test_a_policy_without_a_sheet_still_has_a_slip(real, rendered):
    html, _ = rendered("at-a-glance")
    assert 'id="receipt"' in html
    for field in ("Name", "Post", "Date", "Signature"):
        assert f"<dt>{field}</dt>" in html
    assert "edition of December 2021" in html


def test_the_page_links_to_the_form_with_its_places_filled(rendered):
    _, view = rendered("index", form=FORM, receipt=True)
    cover = str(view["cover"])
    assert "a=Social%20networking%20policy&amp;b=December%202021&amp;c=all" in cover
    assert "Nothing is kept on this site" in cover


def test_a_school_without_a_form_has_the_slip_on_paper(rendered):
    _, view = rendered("index", receipt=True)
    assert "I have read this" not in str(view["cover"])
    assert 'href="at-a-glance/#receipt"' in str(view["cover"])


def test_staff_are_asked_only_where_the_policy_says_so(rendered):
    _, view = rendered("index", form=FORM)
    assert "You are asked to confirm" not in str(view["cover"])


def test_a_text_that_no_body_adopted_has_nothing_to_confirm_in_a_form(rendered):
    _, view = rendered("index", form=FORM, receipt=True, editions=())
    assert "forms.example" not in str(view["cover"])
