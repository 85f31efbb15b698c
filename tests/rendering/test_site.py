"""The built site: whole, deterministic, true without JavaScript, asking nothing of anyone else."""

import hashlib
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from support.pages import Page, resolve
from support.project import ROOT, build, config_for

SECTION = "policies/social-networking/2-3/index.html"


@pytest.fixture(scope="module")
def pages(site):
    return {path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_link_and_anchor_leads_somewhere(site, pages):
    broken = []
    for name, page in pages.items():
        if name == "404.html":
            continue
        for link in page.links:
            if re.match(r"https?:|mailto:|//", link):
                continue
            file, fragment = resolve(name, link)
            if not (site / file).is_file() or (fragment and fragment not in pages[file].ids):
                broken.append((name, link))
    assert broken == []


def test_every_pop_up_is_there_and_no_id_is_used_twice(pages):
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        assert set(page.targets) <= set(page.popovers), name


def test_headings_begin_at_one_and_never_skip(pages):
    for name, page in pages.items():
        assert page.headings[0] == 1, name
        assert page.headings.count(1) == 1, name
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), name


def test_no_page_names_the_engine(site):
    for path in site.rglob("*.html"):
        assert 'name="generator"' not in path.read_text(encoding="utf-8"), path


def test_nothing_is_loaded_from_elsewhere(site, pages):
    for name, page in pages.items():
        assert [url for url in page.loads if re.match(r"(https?:)?//", url)] == [], name
    for sheet in site.rglob("*.css"):
        assert re.findall(r"url\([\"']?(?:https?:)?//", sheet.read_text(encoding="utf-8")) == [], sheet


class Named(HTMLParser):
    """Whatever names another host, but for links that a reader chooses, the page's own address, and words for paper."""

    def __init__(self, text: str):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        kept = tag == "a" or ("rel", "canonical") in attrs
        self.found += [
            (tag, name, value)
            for name, value in attrs
            if not kept and name != "xmlns" and not name.startswith("data-") and re.match(r"(https?:)?//", value or "")
        ]


def test_only_links_name_another_host_and_none_is_told_who_reads(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert Named(text).found == [], path
        assert '<meta name="referrer" content="no-referrer">' in text, path


def test_without_javascript_no_page_claims_to_be_up_to_date(site):
    """The status of the day belongs to the script; what stands in the page must stay true for ever."""
    for path in site.rglob("*.html"):
        if "help" not in path.parts:  # the help explains those words
            assert not re.search("up to date|overdue by|days late", path.read_text(encoding="utf-8"), re.IGNORECASE), (
                path
            )
    assert "Review due by <strong>31 December 2022</strong>" in (site / SECTION).read_text(encoding="utf-8")


def test_every_policy_page_has_its_banner(site, real):
    for policy in real.guide.policies.values():
        for place in (policy, *policy.sections, *policy.appendices):
            text = (site / place.url / "index.html").read_text(encoding="utf-8")
            assert re.search('<review-status( line)? anchor="2021-12" months="12" soon="60">', text), place.url


def test_every_clause_is_a_place(site, real):
    for clause in real.guide.clauses.values():
        url, _, anchor = clause.url.partition("#")
        text = (site / url / "index.html").read_text(encoding="utf-8")
        assert re.search(rf'<h2[^>]* id="{anchor}"', text), clause.id
        for citation in clause.citations:
            law = (site / real.guide.instruments[citation.instrument].url / "index.html").read_text(encoding="utf-8")
            assert f"#{anchor}" in law, (clause.id, citation.instrument)


def test_the_data_keeps_its_schema(site):
    data = json.loads((site / "data/guide.json").read_text(encoding="utf-8"))
    schema = json.loads((site / "data/guide.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    policy = data["policies"][0]
    assert policy["review_due_on"] == "2022-12-31"
    assert (policy["status_at_build"], policy["missed_reviews"]) == ("overdue", 4)
    clause = next(c for s in policy["sections"] for c in s["clauses"] if c["id"] == "social-networking/2.3.4")
    assert clause["url"].endswith("#clause-2-3-4")
    assert clause["sha256"] == hashlib.sha256(clause["text"].encode()).hexdigest()


def test_two_builds_of_a_day_are_alike(site, tmp_path):
    again = tmp_path / "again"
    assert build(ROOT / "mkdocs.yml", again, SITE_URL="https://guide.example/").returncode == 0
    assert tree(site) == tree(again)


def tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_sources_and_engineers_pages_stay_off_the_site(site):
    assert not list(site.rglob("*.md")) + list(site.rglob("*.yml"))
    assert not (site / "project").exists()


def test_every_setting_is_in_the_author_help(site):
    from macros.authoring.page_kinds import PageKind
    from macros.authoring.schema import SHAPES

    text = (site / "help/writing/index.html").read_text(encoding="utf-8")
    wanted = {name for kind in (PageKind.POLICY, PageKind.SECTION) for name in SHAPES[kind]}
    wanted |= set(SHAPES[PageKind.INSTRUMENT]) | {"outcome", "minute", "appendix"}
    assert [name for name in wanted if name not in text] == []


def test_a_comment_is_taken_for_no_mark_of_the_guide_and_is_refused(tmp_path):
    """Marks that stand for the guide's own HTML are comments too; none that an author writes reaches a page."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    section = tmp_path / "docs/policies/social-networking/2-3.md"
    text = section.read_text(encoding="utf-8")
    section.write_text(f"{text}\n<!--place 0-->\n\n<!--stash 0-->\n", encoding="utf-8")
    done = build(config_for(tmp_path, tmp_path / "docs"), tmp_path / "site")
    assert done.returncode == 1
    assert "2-3.md" in done.stdout + done.stderr
    assert "{##" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_every_page_says_in_its_head_what_it_is(site):
    """What a chat shows of a link: a title and a description of the page's own."""
    for path, words in {
        "policies/social-networking/2-3/index.html": "Social networking policy: ",
        "policies/social-networking/index.html": "What Cranborne Middle School expects of staff",
        "legislation/defamation-act-2013/index.html": "reputation",
    }.items():
        head = (site / path).read_text(encoding="utf-8").partition("</head>")[0]
        described = re.findall(r'<meta name="description" property="og:description" content="([^"]+)">', head)
        assert len(described) == 1, path
        assert words in described[0]
        assert len(described[0]) < 320
        title = re.search(r'property="og:title" content="([^"]+)"', head)
        assert title, path


def test_a_browser_can_take_up_the_guides_search(site):
    assert 'type="application/opensearchdescription+xml"' in (site / "index.html").read_text(encoding="utf-8")
    text = (site / "data/opensearch.xml").read_text(encoding="utf-8")
    assert 'template="https://guide.example/?q={searchTerms}"' in text
