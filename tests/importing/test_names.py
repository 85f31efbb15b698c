"""Names, telephone numbers and e-mail addresses: found wherever they stand, in no address, and few that are none."""

import shutil
from pathlib import Path

import pytest
from docx import Document
from support.project import DAY, EXTENSIONS, ROOT, guide_command

from macros import project as projects
from macros.checks.personal_data import unreviewed
from macros.formats.person_names import person_names
from macros.formats.personal_data import details, is_person
from macros.importing import readers
from macros.importing.metadata.law_names import Laws
from macros.importing.pipeline import run
from macros.importing.structure import ids

HERE = Path(__file__).parent / "names"
PLACES = (
    "{}", "{}", "Headteacher: {}", "{} (first aider)", "Please speak to {} in the office before the visit.", "The form was signed by {} and sent on.",
    "Photo: {}, at the school fair", "{}", "Concerns go to {}.", "Contact {} on 01632 960114", "{}, Site manager", "The plan is kept by {} for a year.",
)  # fmt: skip
"""Cells, items, captions and sentences, one after another."""
LEAST_FOUND, MOST_FALSE = 95, 5
"""Of a hundred."""


def listed(name):
    rows = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [row for row in rows if not row.startswith("#")]


def placed(name, half):
    """Half of a list, each of it in a place of its own; a surname that comes first stands alone, as it does in lists."""
    for at, text in enumerate(listed(name)[half::2]):
        place = "{}" if ", " in text else PLACES[at % len(PLACES)]
        yield text, place.format(text)


@pytest.mark.parametrize("half", [0, 1])
def test_most_names_are_found_and_little_else(half):
    """The first half was looked at while the rules were made, the second was not."""
    names, others = list(placed("names", half)), list(placed("not_names", half))
    assert (len(names), len(others)) == (100, 100)
    hits = [name for name, text in names if any((text[start:end] in name and end - start > len(name) / 2) or name in text[start:end] for start, end in person_names(text))]  # fmt: skip
    false = [other for other, text in others if list(person_names(text))]
    assert len(hits) >= LEAST_FOUND
    assert len(false) <= MOST_FALSE


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Rowena Ashby", True),
        ("Mrs J Prowse", True),
        ("Assistant Headteacher", False),
        ("Governing Body", False),
        ("Rowena Ashby, clerk", False),
    ],
)
def test_a_person_or_a_post(text, person):
    assert is_person(text) is person


def test_words_that_the_paper_writes_small_are_no_names():
    assert list(details("Ligature Training", frozenset({"ligature"}))) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Submitting a request for an authorised absence", "submitting-request-authorised-absence"), ("For further advice and guidance in relation to pay", "further-advice-guidance-relation-pay"),
        ("Who sits on it", "who-sits-on-it"), ("Appendix A", "appendix-a"), ("Contact Rowena Ashby on 01632 960114", "contact"), ("Rowena Ashby", ""),
    ],
)  # fmt: skip
def test_addresses_are_short_whole_and_without_names(text, address):
    assert ids.slug(text) == address


@pytest.fixture
def paper(tmp_path):
    """A Word file with names in a table, a list, a heading and a link."""
    document = Document()
    document.add_paragraph("Visits policy", style="Title")
    document.add_heading("Scope", 1)
    document.add_paragraph("Everybody who goes on a visit reads this, and the leader of it tells the office so.")
    document.add_heading("Leave agreed with Oluwaseun Adeyemi", 1)
    document.add_paragraph("It is asked for in writing, a fortnight before the visit begins, by whoever leads it.")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("Post", "Name", "Telephone", "First aider", "Grace Fielding", "07700 900123"), strict=True):  # fmt: skip
        cell.text = text
    document.add_paragraph("Paweł Zieliński, minibus", style="List Bullet")
    document.save(tmp_path / "visits.docx")
    return tmp_path / "visits.docx"


def test_names_in_tables_lists_and_headings(paper):
    result = run(
        readers.read(paper.read_bytes(), paper.name), lambda _: None, file_name=paper.name, title="", school="", laws=Laws(ids={}, titles={}),
        today=DAY, extensions=EXTENSIONS,
    )  # fmt: skip
    assert {one.text for one in result.personal} == {
        "Oluwaseun Adeyemi",
        "Grace Fielding",
        "07700 900123",
        "Paweł Zieliński",
    }
    assert "leave-agreed.md" in result.files
    assert not [name for name in result.files if "adeyemi" in name]
    assert "names: unreviewed\n" in result.files["index.md"]


def test_check_says_so_until_they_are_reviewed(paper, tmp_path):
    small = shutil.copytree(ROOT / "tests" / "support" / "small", tmp_path / "small")
    assert guide_command(small, "import", str(paper)).returncode == 0
    said = list(unreviewed(projects.read(small / "mkdocs.yml").build(DAY)))
    assert said[0].startswith("docs/policies/visits/index.md: may these be published?")
    assert any("Grace Fielding (docs/policies/visits/leave-agreed.md:" in row for row in said)
    index = small / "docs/policies/visits/index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("names: unreviewed", "names: reviewed"), encoding="utf-8")
    assert list(unreviewed(projects.read(small / "mkdocs.yml").build(DAY))) == []
