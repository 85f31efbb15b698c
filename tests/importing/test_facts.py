"""What a paper states about itself: each fact where it stands, with its words; none that it does not state."""

import pytest
from support.project import DAY, EXTENSIONS

from macros.importing.document import Paper, Paragraph, Role, Span, Style, Table
from macros.importing.metadata.law_names import Laws
from macros.importing.pipeline import run
from macros.importing.report import report

BODY = "Everybody who works here reads this policy once a year, and tells the school office on that day that it has been read."


def paragraph(text, role=Role.BODY, **style):
    return Paragraph(spans=(Span(text),), place="paragraph 1", role=role, style=Style(**style))


def table(*rows):
    return Table(rows=tuple(tuple((paragraph(text),) for text in row) for row in rows), place="a table")


def imported(*cover, end=(), feet=()):
    """A paper whose cover, end and page feet are given; its title and two sections come by themselves."""
    text = [
        paragraph("Scope", heading=1),
        paragraph(BODY),
        paragraph("Care", heading=1),
        paragraph(BODY.replace("policy", "page")),
    ]
    blocks = [
        paragraph("Cameras policy", heading=0),
        *(one if isinstance(one, Table) else paragraph(one) for one in cover),
        *text,
    ]
    blocks += [one if isinstance(one, Table) else paragraph(one) for one in end] + [
        paragraph(one, Role.RUNNING_LINE) for one in feet
    ]
    return run_paper(blocks)


def run_paper(blocks):
    return run(
        Paper(blocks=tuple(blocks)), lambda _: None, file_name="paper.docx", title="", school="Hill School", laws=Laws(ids={}, titles={}),
        today=DAY, extensions=EXTENSIONS,
    )  # fmt: skip


def facts(result):
    return {finding.key: finding.value for finding in result.cover.findings if finding.key != "title"}


@pytest.mark.parametrize(
    ("cover", "stated"),
    [
        (["Adopted: November", "2021"], {"adopted_on": "2021-11"}),
        (["Adopted: November\n2021"], {"adopted_on": "2021-11"}),
        (["DATE OF REVIEW: June 2024", "DATE OF NEXT REVIEW: June 2026"], {"next_review": "2026-06"}),
        (["DATE OF NEXT REVIEW: June 2026", "DATE OF REVIEW: June 2024"], {"next_review": "2026-06"}),
        (["Approved on: 3 May 2022", "Review date: May 2024"], {"adopted_on": "2022-05-03", "next_review": "2024-05"}),
        (["Next review: Autumn term 2027"], {"next_review": "autumn 2027"}),
        (["Owner: Mrs J Prowse, Deputy Headteacher"], {"owner": "Deputy Headteacher"}),
        (["Policy owner: Assistant Headteacher (Pastoral)"], {"owner": "Assistant Headteacher (Pastoral)"}),
        (["Adopted by the Governing Body on 3 May 2022"], {"approved_by": "Governing Body", "adopted_on": "2022-05-03"}),
        ([table(("Approved by", "Trust Board"), ("Reviewed by", "Welfare Committee"), ("Version", "2.1"))],
         {"approved_by": "Trust Board", "reviewed_by": "Welfare Committee", "version": "2.1"}),
        ([table(("Approved by: Governors", "Date: 3 May 2022"))], {"approved_by": "Governors", "adopted_on": "2022-05-03"}),
        (["Effective from: 1 September 2025"], {"effective_from": "2025-09-01"}),
    ],
)  # fmt: skip
def test_facts_that_are_stated(cover, stated):
    assert facts(imported(*cover)) == stated


@pytest.mark.parametrize(
    "cover",
    [
        ["Date shared with staff: 3 May 2022"], [table(("Approved by", "__________"), ("Date shared with staff", "3 May 2022"))],
        ["This policy applies to:", "Employees"], ["Adopted: ____________"], ["Approved by: [insert name]"], ["Review date: June 2024"],
        ["Owner: Rowena Ashby"], ["Date adopted: 3 May 2031"], ["Fees and charges are reviewed annually."], ["Once it is adopted on 3 May 2022, staff are told."],
    ],
)  # fmt: skip
def test_nothing_is_invented(cover):
    assert facts(imported(*cover)) == {}


@pytest.mark.parametrize(
    "words", ["DRAFT", "Draft for consultation", "NOT RATIFIED", "Status: Draft", "This version awaiting approval"]
)
def test_a_draft_is_no_adoption(words):
    result = imported(words, "Approved on: 3 May 2022")
    assert facts(result) == {"status": "draft"}
    assert "status: draft\n" in result.files["index.md"]
    assert any("taken for a draft" in question for question in result.questions)


def test_feet_of_pages_state_facts():
    feet = ["Version No: 3", "Next Review Date: June 2027", "ADOPTED BY COUNCIL 28 SEPTEMBER 2020"]
    assert facts(imported(feet=feet)) == {
        "version": "3",
        "next_review": "2027-06",
        "approved_by": "COUNCIL",
        "adopted_on": "2020-09-28",
    }


def test_cycles_are_the_policys_own():
    assert facts(imported(end=["This policy will be reviewed every two years by the governors."])) == {
        "review_every": "2 years"
    }
    assert facts(imported(end=["Appendix 1: Fees", "Charges for lettings are reviewed annually."])) == {}


def test_a_fact_is_shown_with_its_words_and_its_line_is_not_printed_again():
    result = imported(
        "Approved by: Governing Body", "Hill School", table(("Version", "2"), ("Telephone", "01632 960114"))
    )
    index = result.files["index.md"]
    assert "approved by: Governing Body (“Approved by: Governing Body”, paragraph 1)" in report(
        "a.docx", "x/", result, []
    )
    assert index.count("Governing Body") == 1
    assert "Hill School" in index
    assert "| Telephone | 01632 960114 |" in index
    assert "| Version" not in index
    assert result.audit.complete
    assert result.audit.stated == 8


def test_lines_of_sections_that_became_facts_are_not_printed_again():
    result = imported(
        end=["Keys are handed in on the last day.", "Next review: June 2027", "Date of next review: June 2027", table(("Approved by", "Governors"), ("Signed", "in the file"))]
    )  # fmt: skip
    assert facts(result) == {"next_review": "2027-06", "approved_by": "Governors"}
    text = result.files["care.md"]
    assert "Keys are handed in" in text
    assert "June 2027" not in text
    assert "| Signed | in the file |" in text
    assert "Governors" not in text
    assert result.audit.complete


def test_a_heading_over_nothing_but_facts_goes_with_them():
    blocks = (
        paragraph("Cameras policy", heading=0), paragraph("Scope", heading=1), paragraph(BODY),
        paragraph("Document history", heading=1), table(("Version", "2.1"), ("Approved by", "Trust Board")),
        paragraph("Care", heading=1), paragraph(BODY),
    )  # fmt: skip
    result = run_paper(blocks)
    assert sorted(result.files) == ["care.md", "index.md", "scope.md"]
    assert facts(result) == {"version": "2.1", "approved_by": "Trust Board"}
    assert result.audit.complete


@pytest.mark.parametrize(
    "line",
    ["This policy is reviewed every two years.", "2.1 Review date: June 2027", "3. Review cycle: every two years"],
)
def test_sentences_and_numbered_clauses_that_state_facts_stay(line):
    result = imported(end=[line])
    assert any(line.split(" ", 1)[1].split(": ")[-1].strip(".") in text for text in result.files.values())
    assert result.audit.complete


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Approved April 26, 2019", {"adopted_on": "2019-04-26"}),  # 26 is no year
        ("Approved on: September 3rd 2021", {"adopted_on": "2021-09-03"}),
        ("Approved on: September 21", {"adopted_on": "2021-09"}),
    ],
)
def test_a_day_after_its_month(line, stated):
    assert facts(imported(line)) == stated


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("This policy is reviewed annually.", True), ("The cameras policy is reviewed annually.", True),
        ("The school’s policy is reviewed every year.", True),
        ("The complaints policy is reviewed annually.", False), ("Such policies are reviewed annually.", False),
        ("The emergency plan is reviewed annually.", False),
    ],
)  # fmt: skip
def test_a_sentence_states_facts_of_its_own_policy_alone(sentence, own):
    assert facts(imported(end=[sentence])) == ({"review_every": "1 year"} if own else {})


def test_the_heading_of_a_job_owns_no_policy():
    assert facts(imported("Job title: Midday supervisor")) == {}


@pytest.mark.parametrize("name", ["Hill School", "Riverside Sailing Club", "Marston Academy Trust"])
def test_the_name_of_a_body_is_no_title(name):
    text = [paragraph(BODY, size=11.0)] * 6
    result = run_paper([paragraph(name, size=20.0), *text])
    assert result.cover.title == "Paper"
    assert any("title was not found" in question for question in result.questions)
