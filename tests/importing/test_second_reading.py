"""Two readings of one file stand against each other: what each kind of difference is, and what is none."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from macros.importing import readers
from macros.importing.document import Extract, Paper, Paragraph, PlainText, Role, Span, Table
from macros.importing.second_reading import compare

PAPERS = Path(__file__).parent / "papers"


def paragraph(text, role=Role.BODY, place="page 1"):
    return Paragraph(spans=(Span(text),), place=place, role=role)


def compared(placed, plain):
    blocks = tuple(placed if isinstance(placed, list) else [paragraph(placed)])
    return compare(Paper(blocks=blocks, plain=PlainText(extracts=(Extract(plain, "page 1"),))), blocks)


@pytest.mark.parametrize(
    ("placed", "plain", "kind", "differences"),
    [
        ("Tell us by 1 1 May", "Tell us by 11 May", "figures_parted", [("1 1", "11")]),
        ("The head t eacher reads", "The head teacher reads", "split", [("t eacher", "teacher")]),
        ("The headteacherreads it", "The headteacher reads it", "glued", [("headteacherreads", "headteacher reads")]),
        ("Staff do", "Staff do not shout", "dropped", [("", "not"), ("", "shout")]),
        ("Staff do not", "Staff do", "added", [("not", "")]),
        ("A c t now", "Act now", "split", [("A c t", "Act")]),
    ],
)
def test_each_kind_of_difference_is_told_with_its_place(placed, plain, kind, differences):
    second = compared(placed, plain)
    assert [(one.placed, one.plain) for one in getattr(second, kind)] == differences
    assert {one.place for one in getattr(second, kind)} == {"page 1"}
    assert second.words_differ == len(differences)


@pytest.mark.parametrize(
    ("placed", "plain"),
    [
        ("a safeguarding lead", "a safe\ufffeguarding lead"),  # a hyphen at the line's end
        ("a safe-guarding lead", "a safe-\nguarding lead"),
        ("the 7 th day", "the 7th day"),
        ("an efficient office", "an e\ufb03cient o\ufb03ce"),
        ("see note¹ here", "see note1 here"),
    ],
)
def test_two_ways_of_setting_a_word_are_no_difference(placed, plain):
    assert compared(placed, plain).words_differ == 0


def test_columns_run_together_are_told_by_their_order():
    plain = "Parents bring the form to the office before nine\nStaff sign the book and wear a badge at all times"
    apart = [paragraph(line) for line in plain.split("\n")]
    together = [
        paragraph("Parents bring the Staff sign the form to the book and wear office before nine a badge at all times")
    ]
    assert compared(apart, plain).order == ()
    assert len(compared(together, plain).order) == 2


def test_the_foot_of_a_page_within_a_sentence_is_no_disorder():
    assert (
        compared(
            [paragraph("Tell the head at once"), paragraph("Page 1", Role.PAGE_NUMBER)], "Tell the Page 1 head at once"
        ).order
        == ()
    )


def test_heads_of_a_table_that_were_left_out_are_told():
    table = Table(rows=(((paragraph("Swearing"),), (paragraph("Yes"),)),), place="page 2")
    second = compared([table], "Behaviour Acceptable Swearing Yes")
    assert [one.plain for one in second.dropped] == ["Behaviour", "Acceptable"]


def word(build):
    document, stream = Document(), BytesIO()
    build(document)
    document.save(stream)
    return readers.read(stream.getvalue(), "paper.docx")


def test_the_contents_list_that_word_made_is_read_by_its_styles():
    def build(document):
        for level in ("1", "2", "3"):
            document.styles.add_style(f"toc {level}", 1).base_style = None
            document.add_paragraph(f"Entry {level}\t2", style=f"toc {level}")
        document.add_paragraph("The text of the policy.")

    assert word(build).plain.contents == ("Entry 1\t2", "Entry 2\t2")


@pytest.mark.parametrize(
    "name", sorted(path.name for path in PAPERS.iterdir() if path.suffix in (".docx", ".odt", ".html"))
)
def test_a_plain_walk_agrees_with_the_readers_of_markup(name):
    paper = readers.read((PAPERS / name).read_bytes(), name)
    second = compare(paper, paper.blocks)
    assert second.compared > 30
    assert (second.words_differ, second.order) == (0, ())


def test_a_second_extraction_that_fails_refuses_nothing(monkeypatch):
    from macros.importing.readers import plain_markup

    monkeypatch.setattr(plain_markup, "of_html", lambda _: 1 / 0)
    paper = readers.read(b"<h1>Policy</h1><p>Words.</p>", "page.html")
    assert paper.plain == PlainText()
    assert compare(paper, paper.blocks).compared == 0
