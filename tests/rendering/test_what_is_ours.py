"""What is the guide's own is said to be so, on every page and on paper; and statuses read as a reader says them."""

import re
from dataclasses import replace

import pytest
from support import pdfs
from support.project import DAY

from macros import project as projects
from macros.formats import html_tree
from macros.model import InstrumentId, InstrumentStatus, PartialDate, Wording, labels
from macros.rendering import paper
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer
from macros.rendering.whole_policy import PolicyBinder

POLICY = "policies/social-networking"


def paragraphs(html: str) -> list[str]:
    """The lines of a page that say what is ours."""
    lines = (each for each in html_tree.parse(html).iter("p") if "standing-line" in html_tree.classes(each))
    return [html_tree.text(line) for line in lines]


def test_a_restated_policy_names_its_titles_and_an_adopted_one_does_not():
    restated, adopted = labels.standing_line(Wording.RESTATED), labels.standing_line(Wording.ADOPTED)
    assert "the adopted wording counts. Clause titles, related law and editor’s notes are ours" in restated
    assert adopted == "Related law and editor’s notes are ours and not part of the policy."


def test_every_page_of_a_policy_says_it_once(site, real):
    policy = real.guide.policies["social-networking"]
    sections = [section.url for section in policy.sections]
    others = [policy.url, *(appendix.url for appendix in policy.appendices), f"{policy.url}whole/"]
    for url in (*sections, *others, policy.editions[-1].url):
        line = labels.standing_line(Wording.RESTATED, gists=url in sections)
        html = (site / url / "index.html").read_text(encoding="utf-8")
        assert paragraphs(html) == [line], url
        assert ("lines “In short”" in line) == ('class="in-short"' in html), url


def test_the_pdf_says_it(site):
    told = " ".join(" ".join(pdfs.pages(site / f"{POLICY}/social-networking.pdf")).split())
    assert labels.standing_line(Wording.RESTATED) in told
    assert "Related law (not part of the policy)" in told


def test_a_policy_word_for_word_says_what_is_true_of_it(project):
    site = projects.load(project / "mkdocs.yml", today=DAY)
    renderer = Renderer(
        guide=site.guide, pages=(*site.pages, *site.generated), bodies=site.bodies, extensions=site.extensions
    )
    line = labels.standing_line(Wording.ADOPTED)
    for path in ("policies/borrowing/index.md", "policies/borrowing/1.md"):
        rendered = render_page(renderer, path, path.replace("index.md", "").replace(".md", "/"))
        assert rendered.view["standing_line"] == line
    content = dict.fromkeys(("policies/borrowing/index.md", "policies/borrowing/1.md"), "<p>Words.</p>")
    whole = PolicyBinder(renderer=renderer, content=content).bind(site.guide.policies["borrowing"])
    assert paragraphs(html_tree.inner_html(whole)) == [line]


def test_the_whole_policy_states_each_law_once_and_marks_lead_there(site, real):
    root = html_tree.parse((site / POLICY / "whole" / "index.html").read_text(encoding="utf-8"))
    clauses = real.guide.policies["social-networking"].clauses
    numbers = paper.note_numbers(clauses)
    places = {element.get("id"): element for element in root.iter() if element.get("id")}
    titles = {f"law-{number}": real.guide.instruments[law].title for law, number in numbers.items()}
    assert {place: html_tree.text(places[place][0]) for place in titles} == titles
    assert f"law-{len(titles) + 1}" not in places
    for clause in clauses:
        links = [a for a in places[clause.anchor].iter("a") if a.get("href", "").startswith("#law-")]
        assert [html_tree.text(a) for a in links] == ([paper.marks(clause, numbers)] if clause.citations else [])
        if links:
            first = min(numbers[citation.instrument] for citation in clause.citations)
            assert links[0].get("href") == f"#law-{first}", clause.id


def test_the_law_beside_a_clause_is_called_related(site):
    html = (site / POLICY / "2-8" / "index.html").read_text(encoding="utf-8")
    clause = html[html.index('id="clause-2-8-1"') : html.index('id="clause-2-8-2"')]
    assert '<aside class="clause-law" role="note">\n<p>Related law <span>not part of the policy</span>' in clause
    assert "<p>Related law: section 2.8 (not part of the policy)<" in html
    for page in site.rglob("*.html"):
        told = page.read_text(encoding="utf-8")
        # Clause 1.1.3 is called so: it says which law the policy takes account of.
        assert not re.findall(r"(?i)the law behind|law behind (?!the policy|dbs)", told), page


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (InstrumentStatus.IN_FORCE, "In force since 1 October 2010"),
        (InstrumentStatus.AMENDED, "In force since 1 October 2010, as amended"),
        (InstrumentStatus.PARTLY_IN_FORCE, "Coming into force in stages since 1 October 2010"),
        (InstrumentStatus.PART_REPEALED, "Partly repealed since 1 October 2010"),
        (InstrumentStatus.REPEALED, "Repealed on 1 October 2010"),
    ],
)
@pytest.mark.parametrize("dated", [True, False])
def test_a_status_reads_as_one_phrase(real, status, said, dated):
    key = InstrumentId("equality-act-2010")
    since = PartialDate.parse("2010-10-01") if dated else None
    law = replace(real.guide.instruments[key], status=status, since=since)
    guide = replace(real.guide, instruments={**real.guide.instruments, key: law})
    rendered = render_page(
        Renderer(guide=guide, pages=real.pages, bodies=real.bodies, extensions=real.extensions),
        f"legislation/{key}.md",
        f"legislation/{key}/",
    )
    html = str(rendered.stash.fill(rendered.markdown))
    line = re.search(r'<p class="facts-status">(.+?)</p>', html, re.DOTALL)[1]
    told = " ".join(re.sub(r"<[^>]+>", "", line).split())
    assert told == (said if dated else labels.STATUS_WORDS[status])
