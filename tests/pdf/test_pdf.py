"""Paper: what a browser prints of a section, the whole policy on one page, and its PDF, read as their readers read them."""

import base64
import os
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from markdown import Markdown
from support import pdfs
from support.project import DAY, EXTENSIONS, ROOT, build, config_for

from macros import project
from macros.formats import html_tree, qr
from macros.formats.fonts import lacking
from macros.model import labels
from macros.pdf import manuscript, typeset
from macros.pdf.typeset import Manuscript
from macros.rendering import paper
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer

POLICY = "policies/social-networking"
PDF = f"{POLICY}/social-networking.pdf"
ADDRESS = "https://guide.example/"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQMgkDAAD4AJ3MaiF4AAAAAElFTkSuQmCC"
)
"""A picture of one point."""


@pytest.fixture(scope="module")
def whole(site):
    """The whole policy's page as a tree."""
    return html_tree.parse((site / POLICY / "whole/index.html").read_text(encoding="utf-8"))


LAW = "Related law (not part of the policy)"
"""The heading of the notes at the policy's end."""


def of_class(root, name):
    return [element for element in root.iter() if name in html_tree.classes(element)]


def words(*elements) -> str:
    """What elements say, without white space."""
    return "".join("".join("".join(element.itertext()).split()) for element in elements)


# The whole policy as a PDF


def test_the_pdf_says_what_the_page_says(site, whole):
    """Word for word, to the end: every clause, the appendix, and the related law with its addresses."""
    told = "".join(pdfs.read_aloud(site / PDF))
    opening, text = of_class(whole, "whole-opening")[0], of_class(whole, "whole-text")[0]
    assert words(opening) in told
    assert "grooming" in words(text)
    assert told.endswith("".join(on_paper(text)))


def on_paper(element):
    """The words of the whole page in the order of paper."""
    for piece in html_tree.contents(element):
        if isinstance(piece, str):
            yield "".join(piece.split()).replace("§", "")  # the sign that a clause without a number has on the screen
        else:
            yield from on_paper(piece)


def officials(root) -> set[str]:
    """The official addresses that the notes of a page print, and those that their provisions lead to."""
    notes = [item for section in of_class(root, "law-notes") for item in section.iter("li")]
    printed = {words(item[-1]) for item in notes}
    return printed | {href for item in notes for a in item.iter("a") if (href := a.get("href", "")).startswith("http")}


def test_the_pdf_is_tagged_and_says_what_it_is(site):
    with pdfs.pdfplumber.open(site / PDF) as pdf:
        catalog = pdf.doc.catalog
        described = pdfs.resolve_all(catalog["Metadata"]).get_data().decode()
        assert catalog["Lang"] == b"en-GB"
        assert pdfs.resolve_all(catalog["MarkInfo"])["Marked"]
        assert pdfs.resolve_all(catalog["ViewerPreferences"])["DisplayDocTitle"]
        assert "<pdfuaid:part>1</pdfuaid:part>" in described
        assert pdf.metadata["Title"] == "Social networking policy"
        assert not {"CreationDate", "ModDate"} & set(pdf.metadata)
    assert typefaces(site / PDF) == {(f"AtkinsonHyperlegibleNext-{weight}", True) for weight in ("Regular", "Bold")}
    tags = [tag for _, tag, _, _ in pdfs.tagged(site / PDF)]
    assert {"H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Link", "Figure", "TOC", "TOCI"} <= set(tags)


def test_the_pdf_is_light(site):
    """23 pages, with the related law at the end."""
    assert (site / PDF).stat().st_size < 128_000


def typefaces(path: Path) -> set[tuple[str, bool]]:
    """The name of each typeface, and whether its program lies in the file."""
    with pdfs.pdfplumber.open(path) as pdf:
        found = set()
        for page in pdf.pages:
            for font in pdfs.resolve_all(page.page_obj.resources["Font"]).values():
                for each in font["DescendantFonts"]:
                    found.add((each["BaseFont"].name.partition("+")[2], "FontFile2" in each["FontDescriptor"]))
        return found


def test_headings_of_the_pdf_never_skip(site):
    levels = [int(tag[1]) for _, tag, _, _ in pdfs.tagged(site / PDF) if re.fullmatch("H[1-6]", tag)]
    tags = pdfs.tagged(site / PDF)
    within = {below for (deep, tag, *_), (depth, below, *_) in pairwise(tags) if tag[0] == "H" and depth > deep}
    assert within <= {"Link", "Span"}, "a heading holds words, not blocks"
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_bookmarks_lead_to_parts_sections_and_clauses(site, real):
    policy = real.guide.policies["social-networking"]
    wanted = []
    for part in policy.parts:
        wanted.append((1, f"Section {part.number}: {part.title}"))
        for section in part.sections:
            wanted.append((2, section.heading))
            wanted += [(3, f"{clause.number or ''} {clause.title}".strip()) for clause in section.clauses]
    for appendix in policy.appendices:
        wanted.append((1, appendix.heading))
        wanted += [(2, entry.heading) for entry in appendix.listings]
    assert pdfs.outline(site / PDF) == [(1, "Contents"), *wanted, (1, LAW)]


def test_links_of_the_pdf_lead_to_clauses_and_to_the_law(site, real, whole):
    outward, inward = pdfs.links(site / PDF)
    assert officials(whole) <= outward
    assert "https://www.legislation.gov.uk/id/ukpga/2002/32/section/141F" in officials(whole)
    laws = tuple(law.uri for law in real.guide.instruments.values())
    assert all(to.startswith((*laws, ADDRESS)) for to in outward), outward
    refs = [link for link in of_class(whole, "whole-text")[0].iter("a") if link.get("href", "").startswith("#clause-")]
    clauses = sum(len(section.clauses) for section in real.guide.policies["social-networking"].sections)
    assert inward > clauses + len([link for link in refs if "clause-number" not in html_tree.classes(link)])


def test_no_clause_is_split(site, real):
    """Every clause of the policy fits on a page, so each lies on one."""
    pages = [unexpanded(page) for page in pdfs.read_aloud(site / PDF)]
    for clause in real.guide.clauses.values():
        assert any(spoken(clause) in page for page in pages), clause.id


def unexpanded(page: str) -> str:
    """A page without what its abbreviations are short for, which paper puts in brackets."""
    return re.sub(r"\[[^\]]*\]", "", page)


def spoken(clause) -> str:
    """What a clause says, without white space."""
    return words(html_tree.parse(Markdown().convert(clause.text)))


def test_no_page_of_the_pdf_ends_with_a_heading(site, real):
    for number, page in enumerate(pdfs.pages(site / PDF)[2:], 3):
        assert last_line(page) not in headings(real.guide), number


def test_each_page_says_from_where_to_where_it_goes(site):
    """Each section that stands on a page, and the law where it goes on from the page before."""
    before, law = "", False
    seen = set()
    for page in pdfs.pages(site / PDF)[2:]:
        head, *lines, _ = page.split("\n")
        told = head.removeprefix("Cranborne Middle School · Social networking policy ")
        begun = [
            found[1]
            for line in lines
            if (found := re.fullmatch(r"(\d(?:\.\d)?) [A-Z].*", line))
            or (found := re.fullmatch(r"(Appendix A): .*", line))
        ]
        top = lines[0] if not lines[0].startswith("Section ") else ""
        goes_on = before if top and not re.match(rf"{re.escape(begun[0])}\b(?!\.)" if begun else "$", top) else ""
        numbers = [*([goes_on] if goes_on else []), *begun]
        if law:
            assert told == "Related law, continued"
            seen.add("law")
        elif len(numbers) > 1:
            assert told.endswith(f"{numbers[0]}–{numbers[-1]}"), told
            seen.add("range")
        elif numbers:
            assert told.startswith(numbers[0]), told
        before = begun[-1] if begun else before
        law = law or LAW in lines
    assert seen == {"law", "range"}


def test_what_the_cover_says_it_says_once(site):
    cover = " ".join(pdfs.pages(site / PDF)[0].split())
    assert "not stated" not in cover
    facts = cover[cover.index("Applies to") :]
    assert (
        "Adopted December 2021, by the governing body Last reviewed no review recorded Review cycle every year" in facts
    )
    assert "School Cranborne" not in facts
    assert "must review it" not in cover
    assert cover.count("by the governing body") == 1
    assert cover.count("into plain English") == 1


def test_the_crest_stands_on_paper(small, small_manuscript, tmp_path):
    """On the PDF's cover and on what a browser prints."""
    crested = replace(small, organisation=replace(small.organisation, logo="assets/crest.png"))
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/crest.png").write_bytes(PICTURE)
    whole = manuscript.of(
        crested.policies["lending"], crested, html_tree.parse('<div class="whole-opening"></div>'), url="", site_url=""
    )
    path = tmp_path / "crested.pdf"
    path.write_bytes(typeset.pdf(Manuscript.of(small_manuscript | {"text": [], "crest": whole["crest"]}), tmp_path))
    with pdfs.pdfplumber.open(path) as pdf:
        assert len(pdf.pages[0].images) == 1
    assert masthead(crested).count('<img class="crest" src="../../../assets/crest.png" alt="">') == 1
    elsewhere = replace(small, organisation=replace(small.organisation, logo="https://school.example/crest.png"))
    assert 'src="https://school.example/crest.png"' in masthead(elsewhere)
    assert manuscript.crest("https://school.example/crest.png") is None
    assert "crest" not in masthead(small)


def masthead(guide) -> str:
    pages = project.load(ROOT / "tests" / "support" / "small" / "mkdocs.yml", today=DAY).pages
    renderer = Renderer(guide=guide, pages=pages, bodies={}, extensions=EXTENSIONS)
    return str(render_page(renderer, "policies/lending/1.md", "policies/lending/1/").view["masthead"])


def test_each_page_says_where_it_belongs(site):
    first, second, *_, last = pdfs.pages(site / PDF)
    count = len(pdfs.pages(site / PDF))
    assert f"Page 1 of {count}" in first
    assert "Cranborne Middle School · Social networking policy" not in first
    assert second.startswith("Cranborne Middle School · Social networking policy")
    assert f"Page {count} of {count}" in last
    assert last.split("\n")[0].endswith("Related law, continued")


def test_the_same_manuscript_gives_the_same_bytes(site, tmp_path):
    """Set anew by another process, which has another seed for its hashes."""
    done = build(config_for(tmp_path, ROOT / "docs"), tmp_path / "site", SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / PDF).read_bytes() == (site / PDF).read_bytes()


# Every construct


@pytest.fixture(scope="module")
def small():
    return project.load(ROOT / "tests" / "support" / "small" / "mkdocs.yml", today=DAY).guide


@pytest.fixture(scope="module")
def small_manuscript(small):
    """Everything that the Markdown of a clause may hold, in the place of a section's text."""
    md = Markdown(extensions=EXTENSIONS.names, extension_configs=EXTENSIONS.settings)
    made = md.convert((ROOT / "tests/pdf/constructs/constructs.md").read_text(encoding="utf-8"))
    section = f'<section class="whole-section"><h2 id="clause-1-1">Constructs</h2>{made}</section>'
    html = f'<div class="whole-opening"></div><div class="whole-text">{section}</div>'
    policy = small.policies["lending"]
    return manuscript.of(policy, small, html_tree.parse(html), url="policies/lending/whole/", site_url=ADDRESS)


def test_every_construct_survives(small_manuscript, tmp_path, expect):
    """Read tests/pdf/constructs.txt beside tests/pdf/constructs/constructs.md."""
    picture = tmp_path / "policies/lending/whole/steps.svg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes((ROOT / "tests/pdf/constructs/steps.svg").read_bytes())
    path = tmp_path / "constructs.pdf"
    path.write_bytes(typeset.pdf(Manuscript.of(small_manuscript), tmp_path))
    expect(Path(__file__).parent / "constructs.txt", pdfs.drawn(path))
    outward, _ = pdfs.links(path)
    assert {"https://www.gov.uk/", "https://www.gov.uk/guidance", ADDRESS + "help/"} <= outward
    assert "https://www.legislation.gov.uk/id/ukpga/1990/99" in outward


def test_the_head_of_a_table_may_hold_a_link(small_manuscript):
    """A table of contacts has no head row, so its first row is taken for one; long, it goes on over the page."""
    link = {"tag": "a", "kids": ["the police"], "href": "https://www.police.uk/"}
    rows = [{"tag": "tr", "kids": [{"tag": "td", "kids": [word]} for word in ("Who", link)]} for _ in range(90)]
    manuscript = Manuscript.of(
        small_manuscript | {"text": [{"tag": "table", "kids": [{"tag": "tbody", "kids": rows}]}]}
    )
    assert typeset.pdf(manuscript, ROOT).startswith(b"%PDF")


def test_every_element_that_is_allowed_is_set(small_manuscript):
    """What the checks let through the typesetter knows: nothing is dropped in silence."""
    known = set(re.findall(r'"([a-z0-6]+)"', (ROOT / "macros/pdf/policy.typ").read_text(encoding="utf-8")))
    plain = {"div", "abbr", "span"}  # shown as what they hold
    within = {"li", "dd", "td", "th", "tr", "tbody", "thead", "tfoot"}  # known by what holds them
    headings = {"h2", "h3", "h4", "h5", "h6"}
    assert (html_tree.INLINE | html_tree.BLOCKS) - plain - within - headings <= known


def test_letters_that_no_typeface_has():
    assert lacking("Zoë’s ✓ → ł") == frozenset()
    assert lacking("good 👍 日") == {"👍", "日"}
    assert lacking("none\ufeffseen") == {"\ufeff"}


def test_what_the_typesetter_refuses_is_told(small_manuscript):
    manuscript = Manuscript.of(small_manuscript | {"text": [{"tag": "p", "kids": ["日"]}]})
    with pytest.raises(typeset.TypesetError, match="The PDF of “Lending policy” cannot be set"):
        typeset.pdf(manuscript, ROOT)


def test_what_was_set_is_not_set_again(small_manuscript, tmp_path, monkeypatch):
    plain = small_manuscript | {"text": []}
    manuscript, other = Manuscript.of(plain), Manuscript.of(plain | {"title": "Another"})
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
    typeset.print_all({"a.pdf": manuscript}, tmp_path / "one", tmp_path / "cache")
    monkeypatch.setattr(typeset, "pdf", lambda *_, **__: pytest.fail("set again"))
    typeset.print_all({"a.pdf": manuscript}, tmp_path / "two", tmp_path / "cache")
    assert (tmp_path / "one/a.pdf").read_bytes() == (tmp_path / "two/a.pdf").read_bytes()
    monkeypatch.undo()
    typeset.print_all({"a.pdf": other}, tmp_path / "two", tmp_path / "cache")
    assert (tmp_path / "one/a.pdf").read_bytes() != (tmp_path / "two/a.pdf").read_bytes()


def test_what_nobody_asks_for_leaves_the_cache_in_time(tmp_path):
    for name, days in (("new.pdf", 0), ("recent.pdf", 29), ("old.pdf", 31)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1e9 - days * 86400,) * 2)
    typeset.tidy(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"new.pdf", "recent.pdf"}


def test_many_are_set_by_several_processes(small_manuscript, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(typeset, "PROGRESS_INTERVAL", -1)  # tell at every step
    monkeypatch.setattr(typeset, "IN_PROCESS", 2)
    plain = small_manuscript | {"text": []}
    manuscripts = {f"{n}.pdf": Manuscript.of(plain | {"title": f"Policy {n}"}) for n in range(4)}
    typeset.print_all(manuscripts, tmp_path, tmp_path / "cache")
    assert [(tmp_path / f"{n}.pdf").read_bytes()[:5] for n in range(4)] == [b"%PDF-"] * 4
    assert capsys.readouterr().err.split("\n")[0] == "Setting PDFs: 1 of 4 …"


# The whole policy on one page


def test_the_whole_page_holds_every_clause_and_entry_once(whole, real):
    ids = [element.get("id") for element in whole.iter() if "id" in element.attrib]
    for clause in real.guide.clauses.values():
        assert ids.count(clause.anchor) == 1, clause.id
    entries = real.guide.policies["social-networking"].listings
    assert [ids.count(f"section-appendix-a-{entry.anchor}") for entry in entries] == [1] * len(entries)


def test_links_within_the_policy_stay_on_the_whole_page(whole):
    text = of_class(whole, "whole-text")[0]
    hrefs = [link.get("href") for link in text.iter("a")]
    assert "#clause-1-2-1" in hrefs
    assert [href for href in hrefs if re.match(r"\.\./(\d|appendix)", href)] == []


def test_the_whole_page_is_not_searched(site):
    for index in (site / "search").glob("*.js"):
        assert "/whole/" not in index.read_text(encoding="utf-8"), index


def test_every_page_of_a_policy_offers_the_whole_of_it(site, real):
    policy = real.guide.policies["social-networking"]
    for place in (policy, *policy.sections, *policy.appendices):
        text = (site / place.url / "index.html").read_text(encoding="utf-8")
        assert re.search(r'href="[^"]*/?whole/"', text), place.url
        assert 'social-networking.pdf" type="application/pdf"' in text, place.url


# Printed by a browser


@pytest.fixture(scope="module")
def printed(chromium, address, tmp_path_factory):
    """Print a page of the site as a browser does; gives the PDF's path."""

    @cache
    def prints(path: str, **context) -> Path:
        page = chromium.new_context(**context).new_page()
        page.goto(address + path)
        into = tmp_path_factory.mktemp("printed") / "page.pdf"
        page.pdf(path=str(into), prefer_css_page_size=True, tagged=True)
        page.context.close()
        return into

    return prints


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no script"])
def section(printed, request):
    return printed(f"{POLICY}/2-3/", java_script_enabled=request.param)


@pytest.mark.browser
def test_a_printed_section_says_what_it_is(section):
    first, *others = pdfs.pages(section)
    assert first.startswith(
        "Cranborne Middle School\nSocial networking policy\nAdopted December 2021 by the governing body"
    )
    assert f"{ADDRESS}{POLICY}/2-3/ · Printed copies go out of date" in first
    assert "not stated" not in first
    count = len(others) + 1
    for number, page in enumerate(others, 2):
        top, bottom = page.split("\n")[0], page.split("\n")[-1]
        assert top == "Cranborne Middle School · Social networking policy · 2.3 Safer online behaviour"
        assert bottom == f"Printed copies go out of date Page {number} of {count}"
    assert first.split("\n")[-1] == f"Printed copies go out of date Page 1 of {count}"


@pytest.mark.browser
def test_a_printed_section_holds_its_text_and_nothing_of_the_navigation(section, real):
    pages = pdfs.read_aloud(section)
    told = "".join(pages)
    for clause in (clause for clause in real.guide.clauses.values() if clause.section == "2.3"):
        # What breaks is read in an order of the browser's own.
        assert paper.may_break(clause) or any(spoken(clause) in page for page in pages), clause.id
        assert all(sentence in told for sentence in re.split(r"(?<=[.:])", spoken(clause))[:1]), clause.id
    for gone in (
        "Copylink",
        "Copycitation",
        "Wholepolicy",
        "Printthis",
        "Previous",
        "Next",
        "Search",
        "Legislation",
        "Contents",
    ):
        assert gone not in told, gone


@pytest.mark.browser
def test_the_law_of_a_printed_section_is_numbered_at_its_end(section, real):
    told = "\n".join(pdfs.pages(section))
    body, _, notes = told.partition("Related law: section 2.3 (not part of the policy)")
    clauses = [clause for clause in real.guide.clauses.values() if clause.section == "2.3"]
    wanted = paper.law_notes(real.guide, clauses)
    assert [int(found) for found in re.findall(r"(?m)^(\d+) [A-Z]", notes)] == list(range(1, len(wanted) + 1))
    assert len(wanted) < sum(len(clause.citations) for clause in clauses)
    unspaced = "".join(notes.split())
    assert [unspaced.count(address) for address in ("--2", "/1998/42/schedule/1", "/2002/32/section/141F")] == [1, 1, 1]
    numbers = {note.law.id: number for number, note in enumerate(wanted, 1)}
    for clause in clauses:
        assert clause.title in body, clause.id
        assert paper.marks(clause, numbers) in body, clause.id
    assert "2.3.4, 2.3.5, part two" in " ".join(notes.split())
    assert "legislation.gov.uk" not in body


def test_marks_of_notes_join_what_follows_on(real):
    clause = real.guide.clauses["social-networking/2.3.9"]
    laws = [citation.instrument for citation in clause.citations]
    assert paper.marks(clause, dict(zip(laws, (7, 2, 3, 4), strict=True))) == "2–4, 7"
    assert paper.marks(clause, dict.fromkeys(laws, 5)) == "5"


@pytest.fixture(scope="module")
def rules(chromium, address, tmp_path_factory):
    """A section's second form on paper."""
    page = chromium.new_page()
    page.goto(f"{address}{POLICY}/2-3/")
    page.evaluate("document.documentElement.dataset.print = 'rules'")
    into = tmp_path_factory.mktemp("rules") / "page.pdf"
    page.pdf(path=str(into), prefer_css_page_size=True)
    page.close()
    return "\n".join(pdfs.pages(into))


@pytest.mark.browser
def test_the_rules_alone(rules, section, real):
    """Title, status, numbers and words; nothing of ours besides."""
    unspaced = "".join(rules.split())
    for clause in (clause for clause in real.guide.clauses.values() if clause.section == "2.3"):
        assert f"{clause.number} {clause.title}\n" in rules, clause.id
    assert "Safer online behaviour" in rules
    assert "Review overdue" in rules
    for ours in ("Relatedlaw", "Editor’snote", "Unchangedsince", "Clausetitles,relatedlaw", "legislation.gov.uk"):
        assert ours not in unspaced, ours
    assert "Editor’s note" in "\n".join(pdfs.pages(section))


@pytest.mark.browser
def test_the_standing_of_the_day_is_on_paper(printed):
    with_script, without = (pdfs.pages(printed(f"{POLICY}/2-3/", java_script_enabled=on))[0] for on in (True, False))
    assert re.search(r"As at \d+ \w+ 20\d\d: Review", with_script)
    assert "Review due by 31 December 2022" in without


@pytest.mark.browser
def test_the_whole_policy_prints(printed, real):
    told = "".join("".join(page.split()) for page in pdfs.pages(printed(f"{POLICY}/whole/")))
    for clause in real.guide.clauses.values():
        assert "".join(clause.title.split()) in told, clause.id
    body, _, law = told.partition("".join(LAW.split()))
    clauses = real.guide.policies["social-networking"].clauses
    for note in paper.law_notes(real.guide, clauses):
        assert f"{''.join(note.law.title.split())}" in law, note.law.id
        assert "".join(note.address.split()) in law, note.law.id
    numbers = paper.note_numbers(clauses)
    for clause in clauses:
        assert f"{clause.title} {paper.marks(clause, numbers)}".replace(" ", "") in body, clause.id


@pytest.mark.browser
def test_each_sheet_of_the_whole_policy_names_its_section(printed, real):
    sections = [section.heading for section in real.guide.policies["social-networking"].sections]
    for sheet in pdfs.pages(printed(f"{POLICY}/whole/"))[1:]:
        line = next(line for line in sheet.split("\n")[1:] if not line.startswith("Section "))
        assert line in (*sections, "Appendix A: Relevant legislation", LAW)


@pytest.mark.browser
def test_no_sheet_of_the_whole_policy_ends_with_a_heading(printed, real):
    for path in (f"{POLICY}/whole/", f"{POLICY}/2-3/", f"{POLICY}/2-7/"):
        for number, sheet in enumerate(pdfs.pages(printed(path)), 1):
            contents = path.endswith("whole/") and number == 1
            assert contents or last_line(sheet) not in headings(real.guide), (path, number)
            assert len(sheet.split("\n")) > 4, (path, number)  # head, foot, and more than two lines between


@pytest.mark.browser
def test_a_short_clause_stays_on_its_sheet(printed, real):
    sheets = [unexpanded("".join(sheet.split())) for sheet in pdfs.pages(printed(f"{POLICY}/whole/"))]
    short = [clause for clause in real.guide.clauses.values() if not paper.may_break(clause)]
    assert len(short) > 20
    for clause in short:
        assert any(spoken(clause) in sheet.replace("•", "") for sheet in sheets), clause.id


def last_line(sheet: str) -> str:
    """The last line above the foot."""
    lines = sheet.split("\n")
    return re.sub(r"[\d,– ]+$", "", lines[-2]) if re.search(r"[a-z][\d,– ]+$", lines[-2]) else lines[-2]


def headings(guide) -> set[str]:
    """What must not stand last on a sheet: headings, and an entry's law alone."""
    policy = guide.policies["social-networking"]
    laws = (guide.instruments[name] for entry in policy.listings for name in entry.instruments)
    return {
        *(section.heading for section in policy.sections),
        *(f"Section {part.number}: {part.title}" for part in policy.parts),
        *(f"{clause.number} {clause.title}" for clause in policy.clauses),
        *(clause.title for clause in policy.clauses),
        *(entry.heading for entry in policy.listings),
        *(f"{law.title} {labels.STATUS_WORDS[law.status]}" for law in laws),
    }


def test_the_code_on_paper_is_the_pages_own_address(site):
    text = (site / POLICY / "2-3/index.html").read_text(encoding="utf-8")
    assert str(qr.inline(f"{ADDRESS}{POLICY}/2-3/")) in text


def test_a_site_without_an_address_prints_none(small):
    assert "<svg" not in masthead(small)
    assert "https://" not in masthead(small)
