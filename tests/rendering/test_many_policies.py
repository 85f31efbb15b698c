"""A library of many policies: how they are listed, grouped and shown on a law's page."""

import re
from dataclasses import replace

import pytest
from support.models import policy
from support.project import TODAY, guide_command
from support.search_box import serve

from bench.library import FORMS, Shape
from bench.library import library as generated
from macros.model import Part, Section
from macros.rendering import library

POLICIES = 14


def section(number: str, **given: object) -> Section:
    values = {"number": number, "printed": number, "title": f"T {number}", "url": "", "path": number}
    return Section(**values, clauses=(), notes=(), between=(), **given)


def part(number: str, *sections: Section) -> Part:
    return Part(number=number, title="Name" if number else "", sections=sections)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([part("", *(section(str(n)) for n in range(1, 9)))], [("", 8, True)]),
        (
            [part("", *(section(str(n)) for n in range(1, 24)))],
            [("1 to 10", 10, True), ("11 to 20", 10, False), ("21 to 23", 3, False)],
        ),
        ([part("1", section("1.1")), part("2", section("2.1"))], [("Section 1: Name", 1, False), ("Section 2: Name", 1, False)]),
    ],
)  # fmt: skip
def test_the_menu_of_a_long_policy_goes_in_groups(parts, expected):
    found = library.menu_groups(replace(policy(None, None), parts=tuple(parts)), "1")
    assert [(name, len(sections), here) for name, sections, here in found] == expected


def test_policies_are_listed_by_category_and_title(guide):
    school = replace(guide.organisation, categories=("Safeguarding", "Staff"))
    many = {
        name: replace(policy(None, None), id=name, title=name, category=category)
        for name, category in (("zoo", "Staff"), ("Bees", None), ("ant", "Staff"), ("cat", "Safeguarding"))
    }
    found = library.groups(replace(guide, organisation=school, policies=many), many.values())
    assert [(name, [one.title for one in members]) for name, members in found] == [
        ("Safeguarding", ["cat"]),
        ("Staff", ["ant", "zoo"]),
        ("Other policies", ["Bees"]),
    ]
    alone = library.groups(guide, [many["Bees"]])
    assert [name for name, _ in alone] == ["All policies"]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A guide of fourteen policies, and where it is served."""
    folder = tmp_path_factory.mktemp("many")
    FORMS["guide"](generated(Shape.of_policies(POLICIES), 1), folder)
    done = guide_command(folder, "site", GUIDE_PDF="off", GUIDE_TODAY=TODAY)
    assert done.returncode == 0, done.stdout + done.stderr
    server = serve(folder / "site")
    yield folder / "site", f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def rows(page) -> list[str]:
    return page.locator(".policy-rows > li:visible > a").all_inner_texts()


def test_the_home_page_leads_to_categories_and_audiences(many):
    text = (many[0] / "index.html").read_text(encoding="utf-8")
    assert text.count('<a href="policies/#category-') == 9  # eight, and those without one
    assert f"<strong>All {POLICIES} policies</strong>" in text
    assert 'href="for/staff/"' in text
    assert "card-title" not in text


def test_the_policies_can_be_filtered_and_stand_complete_without_javascript(many, chromium):
    page = chromium.new_page()
    page.clock.set_fixed_time(f"{TODAY}T12:00:00Z")
    page.goto(f"{many[1]}policies/")
    assert len(rows(page)) == POLICIES
    page.select_option("label:has-text('Order') select", "title")
    assert rows(page) == sorted(rows(page), key=str.casefold)
    page.select_option("label:has-text('Order') select", "")
    page.fill("input[type=search]", "keys")
    assert rows(page) == ["Keys policy"]
    assert page.inner_text(".list-result") == f"1 of {POLICIES} policies"
    page.fill("input[type=search]", "")
    page.select_option("label:has-text('For') select", "Staff")
    staff = rows(page)
    assert 0 < len(staff) < POLICIES
    page.goto(f"{many[1]}for/staff/")
    assert sorted(rows(page)) == sorted(staff)
    page.close()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{many[1]}policies/")
    assert len(rows(page)) == POLICIES
    assert "up to date" not in page.inner_text("main").lower()
    context.close()


def test_a_law_that_much_relies_on_lists_its_clauses_a_policy_at_a_time(many):
    pages = [path.read_text(encoding="utf-8") for path in sorted((many[0] / "legislation").glob("*/index.html"))]
    crowded = [text for text in pages if text.count('class="cited-group"') > 1]
    assert crowded
    for text in crowded:
        groups = re.findall(r'<details class="cited-group" id="by-([^"]+)"', text)
        assert len(groups) == len(set(groups))
        assert text.count("<li>", text.index("cited-group")) > library.MOST_WHOLE
        assert 'class="cited-text"' not in text


def test_on_a_phone_each_policy_is_one_short_row_of_the_register(many, chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.clock.set_fixed_time(f"{TODAY}T12:00:00Z")
    page.goto(f"{many[1]}governors/")
    heights = [row.bounding_box()["height"] for row in page.locator(".register tr:has(th[scope=row])").all()]
    assert len(heights) == POLICIES
    assert max(heights) < 110
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    context.close()
