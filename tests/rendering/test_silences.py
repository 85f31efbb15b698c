"""What a policy does not say, on the policy's page."""

import lxml.html
import pytest
from support.project import DAY, EXTENSIONS, ROOT

from macros import project as projects
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer


@pytest.fixture(scope="module")
def small():
    return projects.load(ROOT / "tests" / "support" / "small" / "mkdocs.yml", today=DAY)


def contents(site, policy: str):
    renderer = Renderer(guide=site.guide, pages=site.pages, bodies=site.bodies, extensions=EXTENSIONS)
    view = render_page(renderer, f"policies/{policy}/index.md", f"policies/{policy}/").view
    return lxml.html.fromstring(f"<div>{view['contents']}</div>")


def test_a_policys_page_lists_what_it_does_not_say(small):
    section = contents(small, "lending").get_element_by_id("silences").getparent()
    assert [" ".join(item.text_content().split()) for item in section.iter("li")] == [
        "Laptops & tablets. Ask the headteacher. Nearest: 1.1 Who may borrow.",
        "Books for parents. Ask the librarian. Nearest: Policy without numbers.",
        "Overdue notices in the holidays. Ask the librarian.",
    ]
    assert section.xpath(".//a/@href") == ["1/#clause-1-1", "../plain/"]
    assert "no part of the policy" in section.text_content()
    assert "can i borrow a laptop" not in section.text_content()


def test_a_post_that_is_to_be_asked_about_everything_is_named_once(real):
    section = contents(real, "social-networking").get_element_by_id("silences").getparent()
    assert section.text_content().count("Ask the headteacher.") == 1


def test_a_policy_without_silences_says_nothing_of_them(small):
    assert not contents(small, "plain").xpath("//*[@id='silences']")
