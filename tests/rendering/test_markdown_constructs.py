"""What policies need of Markdown, in each of the six places where it is read: one case a construct."""

import re
import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from support import pdfs
from support.project import DAY, EXTENSIONS, ROOT, TODAY, build, config_for

from macros import project
from macros.formats import html_tree
from macros.formats.markdown import converter
from macros.history import store
from macros.importing import readers
from macros.importing.metadata.law_names import Laws
from macros.importing.pipeline import run
from macros.importing.writing.inline import rendered


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    source: str
    """What an author writes in a clause."""
    html: tuple[str, ...]
    """What every page that shows the clause holds, its ids and links aside."""
    paper: tuple[str, ...]
    """What the PDF prints, and what an imported paper keeps when it prints the same."""
    absent: str = "•"
    """What no place shows."""
    imported: str = ""
    """The lines of a paper that look like it, if not the source itself."""


CASES = {
    "(a)": Case(
        source="Staff:\n\n(a) write first\n(b) write second\n    (i) in roman\n    (ii) in roman again",
        html=('<ol class="parens" type="a">', "<li>write first</li>", '<ol class="parens" type="i">'),
        paper=("(a) write first", "(b) write second", "(i) in roman", "(ii) in roman again"),
    ),
    "(c) after a gap": Case(
        source="(a) before the gap\n(d) after the gap",
        html=('<ol class="parens" type="a">', '<li value="4">after the gap</li>'),
        paper=("(a) before the gap", "(d) after the gap"),
    ),
    "a)": Case(
        source="a) one bracket\nb) one again",
        html=('<ol class="paren" type="a">', "<li>one bracket</li>"),
        paper=("a) one bracket", "b) one again"),
    ),
    "i.": Case(
        source="i. roman one\nii. roman two\niii. roman three",
        html=('<ol type="i">', "<li>roman two</li>"),
        paper=("i. roman one", "iii. roman three"),
    ),
    "1)": Case(
        source="3) figure three\n4) figure four",
        html=('<ol class="paren" start="3">', "<li>figure three</li>"),
        paper=("3) figure three", "4) figure four"),
    ),
    "a bullet and a mark": Case(
        source="- (a) its own mark\n- (b) and another",
        html=('<li class="marked">(a) its own mark</li>', '<li class="marked">(b) and another</li>'),
        paper=("(a) its own mark", "(b) and another"),
    ),
    "a bullet and a roman mark in capitals": Case(
        source="- I. one\n- III. three",
        html=('<li class="marked">I. one</li>', '<li class="marked">III. three</li>'),
        paper=("I. one", "III. three"),
    ),
    "a footnote": Case(
        source="A claim[^source] to check.\n\n[^source]: Where the claim is from.",
        html=('<div class="footnote">', "Where the claim is from."),
        paper=("to check.", "Where the claim is from."),
        absent="[^",
    ),
    "a definition list": Case(
        source="Device\n:   Anything with a screen.",
        html=("<dl>", "<dt>Device</dt>", "<dd>Anything with a screen.</dd>"),
        paper=("Device Anything with a screen.",),
        absent=":   Anything",
        imported="A device is defined thus.\n:   Anything with a screen.",
    ),
    "an abbreviation": Case(
        source="Ask the DSL at once.\n\n*[DSL]: designated safeguarding lead",
        html=('<abbr title="designated safeguarding lead">DSL</abbr>',),
        paper=("Ask the DSL at once.",),
        absent="*[DSL]",
    ),
    "a call-out": Case(
        source='!!! warning "In danger"\n    Ring the police on 999.',
        html=('<div class="admonition warning">', "<p>Ring the police on 999.</p>"),
        paper=("In danger", "Ring the police on 999."),
        absent="!!!",
    ),
    "a table": Case(
        source="| Who | When |\n|-----|-----:|\n| Head | daily |",
        html=("<table>", "<td>Head</td>", '<td align="right">daily</td>'),
        paper=("Who When", "Head daily"),
        imported="| Whoever is asked | replies daily. |\n|---|---|",
    ),
}
NAMES = list(CASES)
ADDRESS = "https://guide.example/"


def clause_number(name: str) -> str:
    return f"1.{NAMES.index(name) + 1}"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site whose policy has a clause for each construct, referred to by another section and kept as an edition."""
    folder = tmp_path_factory.mktemp("constructs")
    shutil.copytree(ROOT / "tests/support/small/docs", folder / "docs")
    home = folder / "docs/policies/constructs"
    home.mkdir()
    shutil.copy(folder / "docs/policies/lending/index.md", home / "index.md")
    index = (home / "index.md").read_text(encoding="utf-8")
    index = re.sub(r"reviews:\n.*?review_every", "reviews: []\nreview_every", index, flags=re.DOTALL)
    (home / "index.md").write_text(index.replace("Lending policy", "Constructs policy"), encoding="utf-8")
    law = '{{ law("lending-act-1990", "s 1", "It is the reason.") }}'
    clauses = (
        f'{{{{ clause("{clause_number(name)}", "Clause {clause_number(name)}") }}}}\n\n{case.source}\n\n{law}\n'
        for name, case in CASES.items()
    )
    (home / "1.md").write_text('---\ntitle: All\nnumber: "1"\n---\n' + "\n".join(clauses), encoding="utf-8")
    refs = ", ".join(f'{{{{ ref("{clause_number(name)}") }}}}' for name in CASES)
    again = CASES["a footnote"].source
    (home / "2.md").write_text(
        f'---\ntitle: Others\nnumber: "2"\n---\n{{{{ clause("2.1", "Others") }}}}\n\nSee {refs}.\n\n{again}\n',
        encoding="utf-8",
    )
    config = config_for(folder, folder / "docs")
    policy = project.examine(config, today=DAY).guide.policies["constructs"]
    (home / "editions").mkdir()
    edition = store.edition_of(policy, policy.adopted)
    (home / f"editions/{policy.adopted.on}.json").write_text(store.serialise(edition), encoding="utf-8")
    done = build(config, folder / "site", SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@cache
def tree(path):
    return html_tree.parse(path.read_text(encoding="utf-8"))


def page_text(built, name, place):
    """The HTML of a place that shows a clause, without ids and links."""
    number = clause_number(name).replace(".", "-")
    if place == "page":
        root = next(found for found in tree(built / "policies/constructs/1/index.html").iter("article"))
    elif place == "popover":
        root = next(
            found
            for found in tree(built / "policies/constructs/2/index.html").iter("div")
            if found.get("popover") is not None and f'#clause-{number}"' in html_tree.inner_html(found)
        )
    elif place == "law page":
        root = next(
            found
            for found in tree(built / "legislation/lending-act-1990/index.html").iter("article")
            if f'/constructs/1/#clause-{number}"' in html_tree.inner_html(found) and "cited" in html_tree.classes(found)
        )
    elif place == "edition":
        heading = next(
            found
            for found in tree(built / "policies/constructs/editions/2020-02-29/index.html").iter("h3")
            if found.get("id") == f"clause-{number}"
        )
        root = heading.getparent()
    return re.sub(r' (?:id|href)="[^"]*"', "", html_tree.inner_html(root))


@pytest.mark.parametrize("place", ["page", "popover", "law page", "edition"])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_shown(built, name, place):
    text = page_text(built, name, place)
    assert [part for part in CASES[name].html if part not in text] == []
    if place != "page":
        assert CASES[name].absent not in text


@pytest.mark.parametrize("name", NAMES)
def test_it_is_printed(built, name):
    number = clause_number(name)
    text = " ".join(" ".join(pdfs.pages(built / "policies/constructs/constructs.pdf")).split())
    own = text[text.rindex(f"{number} Clause {number}") :]
    assert [part for part in CASES[name].paper if part not in own] == []
    assert CASES[name].absent not in own.split("Related law")[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_that_prints_it_is_imported_as_it_is(name):
    """Nothing that a paper prints is taken for Markdown's own, and the marks of its lists come back."""
    body = CASES[name].imported or CASES[name].source
    text = f"Example policy\n\n1. Introduction\n\nSome words before.\n\n{body}\n\nSome words after."
    result = run(
        readers.read(text.encode(), "example.txt"), lambda _: None, file_name="example.txt", title="", school="",
        laws=Laws(ids={}, titles={}), today=date.fromisoformat(TODAY), extensions=EXTENSIONS,
    )  # fmt: skip
    assert result.audit.complete, result.audit
    md = converter(EXTENSIONS)
    texts = (re.sub(r"(?s)^---.*?---|{{.*?}}", "", file) for file in result.files.values())
    shown = " ".join(text for file in texts for text in rendered(md, file))
    printed = " ".join(re.sub(r"(?m)^ *- ", "", body).split())
    assert printed in " ".join(shown.split())


def test_no_id_occurs_twice(built):
    for path in built.rglob("*.html"):
        ids = [element.get("id") for element in tree(path).iter() if "id" in element.attrib]
        assert sorted(ids) == sorted(set(ids)), path


def test_footnotes_of_two_sections_lead_to_their_own_on_the_whole_page(built):
    root = tree(built / "policies/constructs/whole/index.html")
    ids = {element.get("id") for element in root.iter() if "id" in element.attrib}
    hrefs = [link.get("href") for link in root.iter("a") if "footnote" in link.get("class", "")]
    assert len(hrefs) == 4
    assert {href.removeprefix("#") for href in hrefs} <= ids


def test_words_outside_their_page_have_no_links_and_no_ids():
    text = "## Title\n\n[words](other.md){: #x } and a note[^1].\n\n[^1]: The *note*\n"
    shown = converter(EXTENSIONS).convert(text)
    assert " id=" not in shown
    assert "href" not in shown
    assert "<p>The <em>note</em></p>" in shown
