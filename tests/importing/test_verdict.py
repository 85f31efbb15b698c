"""What an import says about itself: sure, read it through, or cut it yourself, and each reason for it."""

import pytest
from support.project import DAY, EXTENSIONS

from macros.importing import readers, report
from macros.importing.metadata import law_names
from macros.importing.pipeline import run
from macros.importing.verdict.evidence import Grade

SENTENCE = "Staff read this policy once a year and ask their line manager about what they do not understand."


def imported(text, name="visits.md", laws=None):
    paper = readers.read(text.encode(), name)
    return run(
        paper, lambda _: None, file_name=name, title="", school="", laws=laws, today=DAY, extensions=EXTENSIONS
    )  # fmt: skip


@pytest.fixture
def laws():
    return law_names.known_laws([])


def sections(*titles, words=SENTENCE):
    return "".join(f"\n## {title}\n\n{words}\n" for title in titles)


WHOLE = "# Visits Policy\n" + sections("Aims", "Planning a visit", "Travel", "First aid")


def test_a_whole_paper_is_sure(laws):
    verdict = imported(WHOLE, laws=laws).verdict
    assert (verdict.grade, verdict.reasons) == (Grade.SURE, ())
    assert verdict.line.startswith("sure: ")


@pytest.mark.parametrize(
    ("text", "grade", "reason"),
    [
        ("# Visits Policy\n\n" + f"{SENTENCE}\n\n" * 60, Grade.CUT, "no headings"),
        (WHOLE.replace("## Aims", "Contents\n\nAims ..... 1\n\nPlanning a visit ..... 2\n\nTravel ..... 3\n\nInsurance of pupils ..... 4\n\n## Aims"), Grade.READ, "1 of 4 entries of its contents list was not found as headings: Insurance of pupils"),
        ("# Visits Policy\n" + "".join(f"\n## {n}. Topic {'ABCDE'[n]}\n" for n in range(1, 5)) + sections("5. Travel"), Grade.CUT, "4 sections have no text: Topic B"),
        ("# Visits Policy\n" + sections("Aims") + sections("Travel", words=f"{SENTENCE}\n\n" * 60), Grade.CUT, "the section “Travel” holds"),
        ("# Visits Policy\n" + sections("Aims", "and the Headteacher"), Grade.READ, "like part of a sentence or a form: and the Headteacher"),
        ("# Visits Policy\n" + sections("Aims", "Signed: ____________"), Grade.READ, "like part of a sentence or a form"),
        ("# Visits Policy\n" + sections("Aims", "Travel", words="Parents are told by the\n\nheadteacher in good time before every visit."), Grade.READ, "2 sentences broken in two, first “… are told by the”"),
        ("# Policy\n" + sections("Aims", "Travel"), Grade.READ, "its text states no title"),
        ("# And Travel Policy\n" + sections("Aims", "Travel"), Grade.READ, "looks like a part of a title"),
        ("# Holly Bank Primary School\n" + sections("Aims", "Travel"), Grade.READ, "its text states no title"),
        ("# Holly Bank School and Nursery\n" + sections("Aims", "Travel"), Grade.READ, "may be a body’s name"),
        ("# Visits Policy\n\n## 1. Aims\n\n1.1 Staff plan early.\n\n1.2 Parents are told.\n\n1.5 The head agrees.\n\n1.4 Pay is late.\n\n## 2. Travel\n\n2.1 We go by bus.\n", Grade.READ, "number breaks the sequence: 1.4"),
    ],
)  # fmt: skip
def test_each_fault_is_a_reason(laws, text, grade, reason):
    verdict = imported(text, laws=laws).verdict
    assert verdict.grade is grade
    assert any(reason in one.text for one in verdict.reasons), verdict


def test_a_title_that_hardly_agrees_with_the_files_name_is_told(laws):
    verdict = imported(WHOLE, "relationships-and-health-education.md", laws).verdict
    assert "hardly agree" in verdict.line


def test_many_reasons_together_mean_to_cut_it(laws, monkeypatch):
    from macros.importing.verdict import judge

    monkeypatch.setattr(judge, "TOO_MANY", 1)
    text = "# Policy\n" + sections("Aims", "Travel")
    assert imported(text, laws=laws).verdict.grade is Grade.CUT


def test_the_report_opens_with_the_verdict_and_the_policy_is_marked(laws):
    result = imported("# Policy\n" + sections("Aims", "Travel"), laws=laws)
    text = report.report("visits.md", "docs/policies/visits/", result, [])
    assert text.split("\n")[0] == result.verdict.line
    assert f'import: unread\nimport_advice: "{result.verdict.line}"\n---\n' in result.files["index.md"]


def test_a_paper_leaves_out_a_number_only_where_it_does(laws):
    """A number that opens a line of the file is none that the paper leaves out."""
    gap = "# Visits\n\n## 1. Aims\n\n1.1 Staff plan.\n\n1.3 The head agrees.\n\n## 2. Travel\n\n2.1 By bus.\n"
    assert any("has no number 1.2;" in one for one in imported(gap, laws=laws).questions)
    from macros.importing import questions

    draft = imported(gap, laws=laws).outline
    told = list(questions.odd_numbers(draft, {"1.2": "page 4"}))
    assert not any("The paper has no number" in one for one in told)
    assert any("Number 1.2 opens a line of the paper (page 4)" in one for one in told)


def test_what_is_left_out_once_is_shown_in_full_and_the_rest_by_its_kind(laws):
    long = "This page is left blank on purpose, and holds a sentence that nobody should lose without being told"
    pages = "\f".join(
        f"Visits Policy\n\n{SENTENCE}\n\n{text}\n\nPage {n} of 4" for n, text in enumerate(("a", "b", "c", long), 1)
    )
    rows = list(report.furniture_rows(imported(pages, "visits.txt", laws)))
    assert any("page number, 4 times" in row for row in rows)
