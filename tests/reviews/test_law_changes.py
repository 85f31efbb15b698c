"""What changed in the law since the policies were adopted: the page of it and its feed."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from support.project import DAY

from macros import project as projects
from macros.checks import law as law_rules
from macros.model import PartialDate
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer
from macros.reviews import feed, law_changes, pack

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
CHANGES = """changes:
  - on: "2020-01-01"
    kind: amended
    what: Before every adoption.
  - on: "2021-12-15"
    kind: amended
    what: In the month of the adoption.
    provisions: [s 900]
  - on: "2022-05-01"
    kind: amended
    what: About false messages.
    provisions: [s 127(2)]
  - on: "2022-05-01"
    kind: part-repealed
    what: About nobody knows what.
    by: quiet-act-1990
  - on: "2026-10-10"
    kind: amended
    what: After both.
    provisions: [sch 1]
  - on: "2027-02-01"
    kind: repealed
    what: Still ahead.
---
"""
OTHER = '---\ntitle: {title}\n{rest}changes:\n  - on: "2024-03-01"\n    kind: amended\n    what: In between.\n---\n'


@pytest.fixture
def library(project):
    """Two policies adopted at different times that rely on one law; a law of the younger alone; a law of none."""
    docs = project / "docs"
    act = docs / "legislation" / "borrowing-act-2003.md"
    text = act.read_text(encoding="utf-8")
    act.write_text(text.replace("---\n{{ facts", CHANGES + "{{ facts") + '\n{{ act("loud-act-2020") }}\n', "utf-8")
    quiet = (docs / "legislation" / "quiet-act-1990.md").read_text(encoding="utf-8")
    for name in ("Loud Act 2020", "Visiting Act 2021"):
        rest = quiet.partition("title: Quiet Act 1990\n")[2].replace("1990/", f"{name[-4:]}/")
        rest, _, body = rest.partition("---\n")
        page = docs / "legislation" / f"{name.lower().replace(' ', '-')}.md"
        page.write_text(OTHER.format(title=name, rest=rest) + body, encoding="utf-8")
    (docs / "policies" / "visitors" / "1.md").write_text(
        '---\ntitle: Visitors\nnumber: "1"\n---\n{{ clause("1.1", "Signing in") }}\n\nVisitors sign in.\n\n'
        '{{ law("borrowing-act-2003", "sch 1 para 18", "It is why.") }}\n'
        '{{ law("visiting-act-2021", "", "It is why.") }}\n',
        encoding="utf-8",
    )
    return project


def places(found):
    return {effect.policy.id: [clause.id.split("/")[1] for clause in effect.clauses] for effect in found.effects}


def test_each_policy_counts_from_its_own_adoption_and_provisions_narrow_what_is_touched(library):
    found = law_changes.law_changes(projects.load(library / "mkdocs.yml", today=DAY).guide)
    assert [(change.change.what, places(change)) for change in found.changes] == [
        ("Still ahead.", {"borrowing": ["1.1", "1.2", "1.3"], "visitors": ["1.1"]}),
        ("After both.", {"borrowing": ["1.1", "1.3"], "visitors": ["1.1"]}),
        ("In between.", {}),
        ("About nobody knows what.", {"borrowing": ["1.1", "1.2", "1.3"]}),
        ("About false messages.", {"borrowing": ["1.2", "1.3"]}),
        ("In the month of the adoption.", {"borrowing": ["1.3"]}),
    ]
    assert [change.law.title for change in found.changes if change.change.what == "In between."] == ["Loud Act 2020"]
    assert found.earlier == 2  # before every adoption, and the law of the younger policy alone
    assert [change.change.what for change in found.ahead] == ["Still ahead."]
    assert [change.name for change in found.changes][3:5] == [
        "borrowing-act-2003-2022-05-01-2",
        "borrowing-act-2003-2022-05-01",
    ]


def test_the_page_tells_it_by_year_and_says_what_lies_ahead(library):
    site = projects.load(library / "mkdocs.yml", today=DAY)
    renderer = Renderer(
        guide=site.guide, pages=(*site.pages, *site.generated), bodies=site.bodies, extensions=site.extensions
    )
    rendered = render_page(renderer, "legislation/changes.md", "legislation/changes/")
    html = str(rendered.stash.fill(rendered.markdown))
    assert re.findall(r"^## (.+?) \{", html, re.MULTILINE) == ["Still to come", "2026", "2024", "2022", "2021"]
    assert "<strong>To be repealed.</strong> Still ahead." in html
    assert "<strong>Partly repealed.</strong> About nobody knows what. By the <a" in html
    assert "Borrowing policy: what changed since it was adopted in December 2021" in html
    assert "Visitors policy: what changed since it was adopted on 30 September 2026" in html
    assert "Clubs policy: no adoption is recorded" in html
    assert "Read again in the Visitors policy:" in html
    assert '<li><a href="../../policies/visitors/1/#clause-1-1">1.1 Signing in</a></li>' in html
    assert "No clause relies on what changed." in html
    assert "2 earlier changes are left out" in html
    assert rendered.view["feed"]["url"] == "../../data/law-changes.xml"


def test_a_law_page_and_the_pack_say_what_lies_ahead(library):
    site = projects.load(library / "mkdocs.yml", today=DAY)
    renderer = Renderer(
        guide=site.guide, pages=(*site.pages, *site.generated), bodies=site.bodies, extensions=site.extensions
    )
    for path in ("legislation/borrowing-act-2003", "governors/borrowing"):
        rendered = render_page(renderer, f"{path}.md", f"{path}/")
        html = str(rendered.stash.fill(rendered.markdown))
        assert "<strong>To be repealed.</strong> Still ahead." in html
        assert "<strong>Amended.</strong> After both." in html


def test_a_provision_that_nobody_can_read_is_reported(library):
    page = library / "docs" / "legislation" / "borrowing-act-2003.md"
    page.write_text(page.read_text(encoding="utf-8").replace("[s 127(2)]", "[the middle]"), encoding="utf-8")
    site = projects.examine(library / "mkdocs.yml", today=DAY)
    (problem,) = law_rules.readable_changes(site)
    assert page.read_text(encoding="utf-8").split("\n")[problem.line - 1] == "    provisions: [the middle]"


@pytest.mark.parametrize(
    ("cited", "ref", "same"),
    [
        ("s 127(1)", "s 127", True),
        ("s 127(1)", "s 127(2)(a)", False),
        ("ss 66A-66B", "s 66B", True),
        ("s 181", "pt 10", True),  # whether part 10 holds it, its address does not tell
        ("part two", "part two", True),
        ("part two", "part four", False),
        ("part two", "s 2", False),
    ],
)
def test_where_references_meet(cited, ref, same):
    assert law_changes.same_place(cited, ref) is same


def test_nothing_of_the_model_is_missed_and_nothing_is_older_than_the_policy(real):
    """Against the review pack, which works the same out by another way."""
    guide = real.guide
    policy = guide.policies["social-networking"]
    found = law_changes.law_changes(guide).changes
    assert {
        (item.law.id, change) for item in pack.pack(guide, policy, guide.built_on).news for change in item.changes
    } == {
        (item.law.id, item.change)
        for item in found
        if item.law.id in pack.ties_of(policy) or any(entry.policy == policy.id for entry in item.law.listed_in)
    }
    assert min(item.change.on.last_day for item in found) > date(2021, 11, 30)
    by_name = {item.name: item for item in found}
    assert places(by_name["equality-act-2010-2024-10-26"]) == {"social-networking": ["2.3.8", "2.8.2", "2.8.5"]}
    assert places(by_name["communications-act-2003-2024-01-31"]) == {"social-networking": []}  # only the appendix
    assert by_name["employment-rights-act-2025-2027-01-01"].ahead


@pytest.mark.parametrize("address", ["", "https://guide.example/"])
@pytest.mark.parametrize("made", [feed.feed, feed.law_feed])
def test_the_feeds_are_valid_atom(real, made, address):
    SCHEMA.assertValid(etree.fromstring(made(real.guide, address)))


def test_an_entry_of_the_feed_keeps_its_name_and_day(real):
    guide = real.guide
    before, after = (
        etree.fromstring(feed.law_feed(replace(guide, built_on=day), "https://guide.example/"))
        for day in (guide.built_on, date(2026, 12, 24))
    )
    told = [
        [
            tuple(entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "updated", "title"))
            for entry in root.findall("a:entry", ATOM)
        ]
        for root in (before, after)
    ]
    assert told[0] == told[1]
    assert len({identity for identity, _, _ in told[0]}) == len(told[0]) == len(law_changes.law_changes(guide).changes)
    ahead = [entry for entry in told[0] if entry[2].startswith("Employment Rights Act 2025: comes into force on 1 J")]
    assert [updated for _, updated, _ in ahead] == ["2026-11-24T00:00:00Z"]
    # The day comes: the same entry, now of that day.
    day = etree.fromstring(feed.law_feed(replace(guide, built_on=date(2027, 1, 1)), ""))
    first = day.find("a:entry", ATOM)
    assert first.findtext("a:id", namespaces=ATOM) == ahead[0][0]
    assert first.findtext("a:updated", namespaces=ATOM) == "2027-01-01T00:00:00Z"
    assert first.findtext("a:title", namespaces=ATOM) == (
        "Employment Rights Act 2025: came into force on 1 January 2027"
    )


def test_an_entry_leads_to_its_place_on_the_page_and_names_the_clauses(real, site):
    root = etree.parse(site / "data" / "law-changes.xml").getroot()
    page = (site / "legislation" / "changes" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="alternate feed" type="application/atom+xml"' in page
    for entry in root.findall("a:entry", ATOM):
        address, _, fragment = entry.find("a:link", ATOM).get("href").partition("#")
        assert address == "https://guide.example/legislation/changes/"
        assert f'id="{fragment}"' in page
    summaries = [entry.findtext("a:summary", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]
    assert any("Read again in the Social networking policy: 2.3.8 Equality law online; " in told for told in summaries)
    assert PartialDate.parse(root.findtext("a:updated", namespaces=ATOM)[:10]).last_day <= real.guide.built_on


def test_staff_and_governors_find_the_page(site):
    for page, link in (
        ("legislation", "changes/"),
        ("governors", "../legislation/changes/"),
        ("governors/social-networking", "../../legislation/changes/"),
        ("help/reviews", "../../legislation/changes/"),
    ):
        assert f'href="{link}"' in (site / page / "index.html").read_text(encoding="utf-8"), page


def test_each_policy_and_each_law_has_a_feed_of_its_own(guide):
    found = dict(feed.files(guide, "https://guide.example/"))
    assert {"data/changes.xml", "data/law-changes.xml", "data/policies/keys.xml"} <= set(found)
    for path, content in found.items():
        root = etree.fromstring(content)
        own = root.find("{*}link[@rel='self']")
        assert own.get("href") == f"https://guide.example/{path}"
    titles = [title.text for title in etree.fromstring(found["data/policies/keys.xml"]).findall("{*}entry/{*}title")]
    assert titles
    assert all(title.startswith("Keys policy: ") for title in titles)
    assert len({etree.fromstring(content).findtext("{*}id") for content in found.values()}) == len(found)
