"""Who has read which edition: two hundred staff, three editions, and the exports of two kinds of form."""

import csv
import io
from dataclasses import replace

import pytest
from support.project import DAY

from macros.formats.report import as_text
from macros.formats.tables import Unreadable
from macros.model import Correction, PartialDate, PolicyId
from macros.receipts import differences, report, tables
from macros.receipts.reconcile import Standing, edition_of, plain_name, reconcile, totals

FORMS = "ID,Start time,Completion time,Email,Name,Policy you have read,Which edition of the policy?,Clauses\r\n"
GOOGLE = "Timestamp,Email Address,Your name,Policy,Edition\r\n"


def reworded(snapshots, **changes):
    """The snapshots with other texts, or without the clauses whose text is None. Names: c2_3_4 for clause 2.3.4."""
    by_id = {name.removeprefix("c").replace("_", "."): text for name, text in changes.items()}
    return tuple(
        replace(
            snapshot,
            passages=tuple(
                replace(passage, text=by_id[passage.id]) if by_id.get(passage.id) else passage
                for passage in snapshot.passages
                if passage.id not in by_id or by_id[passage.id]
            ),
        )
        for snapshot in snapshots
    )


@pytest.fixture(scope="module")
def policy(real):
    """The sample with three editions: the second reworded 2.3.4, the third 2.8.1, and took 2.8.4 out."""
    sample = real.guide.policies[PolicyId("social-networking")]
    first = sample.editions[0]
    texts = [
        first.snapshots,
        second := reworded(first.snapshots, c2_3_4="Staff must never add a pupil, or a former pupil, as a friend."),
        reworded(second, c2_8_1="Cyberbullying is bullying through technology, by anyone.", c2_8_4=None),
    ]
    dates = ("2021-12", "2023-03", "2025-01-15")
    editions = tuple(
        replace(first, snapshots=text, act=replace(first.act, on=PartialDate.parse(on)))
        for on, text in zip(dates, texts, strict=True)
    )
    return replace(sample, editions=editions, receipt=True)


def staff_of(count: int) -> bytes:
    rows = [f"Person {chr(65 + n // 26)}{chr(65 + n % 26)} Example,p{n}@school.example,Teacher" for n in range(count)]
    return ("Name,Email,Post\n" + "\n".join(rows)).encode()


def answered(*rows: str, head: str = FORMS) -> bytes:
    return (head + "\r\n".join(rows)).encode("utf-8-sig")


def counted(policy, staff: bytes, answers: bytes):
    people = tables.staff(staff, "staff.csv")
    return reconcile([policy], people, tables.answers(answers, "answers.csv", asks_policy=True))


def form_row(n: int, edition: str, policy: str = "Social networking policy") -> str:
    return f"{n},1/9/25 08:00,1/9/25 08:01,P{n}@School.example,Person,{policy},{edition},all"


def test_two_hundred_staff_and_three_editions(policy):
    editions = ["December 2021"] * 50 + ["March 2023"] * 60 + ["15 January 2025"] * 70
    result = counted(policy, staff_of(200), answered(*(form_row(n, on) for n, on in enumerate(editions))))
    assert result.doubts == ()
    assert totals(result, policy) == {Standing.READ: 70, Standing.AGAIN: 110, Standing.UNREAD: 20}
    first, second = result.receipts[0], result.receipts[50]
    assert first.changed == ("2.3.4", "2.8.1", "2.8.4 (removed)")
    assert second.changed == ("2.8.1", "2.8.4 (removed)")
    assert report.message(first) == (
        "You confirmed the Social networking policy of December 2021. "
        "Since you signed, 2.3.4, 2.8.1 and 2.8.4 (removed) changed."
    )
    assert report.message(result.receipts[199]) == "Please read the Social networking policy and confirm that you have."


def test_the_newest_edition_that_somebody_confirmed_counts(policy):
    result = counted(policy, staff_of(1), answered(form_row(0, "15 January 2025"), form_row(0, "December 2021")))
    assert result.receipts[0].standing is Standing.READ


def test_a_correction_asks_nobody_again(policy):
    slip = Correction(
        on=PartialDate.parse("2025-02-01"), why="A slip", former="0" * 64, snapshots=policy.editions[1].snapshots
    )
    newest = policy.editions[-1]
    corrected = replace(
        newest, snapshots=reworded(newest.snapshots, c2_4_3="Staff should never share passwords."), corrections=(slip,)
    )
    policy = replace(policy, editions=(*policy.editions[:-1], corrected))
    result = counted(policy, staff_of(1), answered(form_row(0, "15 January 2025")))
    assert result.receipts[0].standing is Standing.READ


def test_what_only_moved_or_got_another_title_is_not_to_be_read_again(policy):
    newest = policy.editions[-1]
    renamed = tuple(
        replace(snapshot, passages=tuple(replace(each, title=f"{each.title} again") for each in snapshot.passages))
        for snapshot in newest.snapshots
    )
    assert differences.between(newest, replace(newest, snapshots=renamed)) == ()
    assert differences.between(policy.editions[0], newest) != ()


def test_google_forms_with_the_name_in_a_question(policy):
    rows = ['2025/09/01 8:01:00 am,,"AA EXAMPLE, Mr Person",social networking POLICY,Edition of Mar 2023']
    result = counted(policy, staff_of(3), answered(*rows, head=GOOGLE))
    assert result.doubts == ()
    assert [each.signed and str(each.signed.on) for each in result.receipts] == ["2023-03", None, None]
    assert plain_name("SMITH, Dr Jo") == plain_name("Jo Smith") == "jo smith"


def test_a_name_alone_is_enough_where_one_person_has_it(policy):
    rows = [",,Jo Smith,Social networking policy,2021-12"]
    result = counted(policy, b"Full name\nJo Smith\nSam Okoro\n", answered(*rows, head=GOOGLE))
    assert [each.standing for each in result.receipts] == [Standing.AGAIN, Standing.UNREAD]


def test_two_people_of_one_name(policy):
    staff = "Name;E-mail;Role\nJo Smith;jo@school.example;Teacher\nJo Smith;j.smith@school.example;Cook\n".encode(
        "cp1252"
    )
    by_name = ",,Jo Smith,Social networking policy,2021-12"
    by_address = ",J.Smith@school.example,Jo Smith,Social networking policy,2021-12"
    result = counted(policy, staff, answered(by_name, by_address, head=GOOGLE))
    assert [each.signed is not None for each in result.receipts] == [False, True]
    assert [doubt.why for doubt in result.doubts] == [
        "2 people on the list are called Jo Smith; the answer does not tell which"
    ]
    without = counted(policy, b"Name\nJo Smith\nJo Smith\n", answered(by_name, head=GOOGLE))
    assert len(without.receipts) == 2
    assert len(without.doubts) == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (form_row(0, "June 1999"), "“June 1999” is no edition of the Social networking policy, which has those of December 2021, March 2023 and 15 January 2025"),
        (form_row(0, ""), "it names no edition of the Social networking policy"),
        (form_row(0, "2021-12", policy="Lettings policy"), "no policy here that asks for receipts is called “Lettings policy”"),
        (form_row(77, "2021-12"), "nobody on the list of staff has this name or address"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_counted_is_told_with_its_line(policy, row, why):
    result = counted(policy, staff_of(1), answered(row))
    assert [(doubt.answer.line, doubt.why) for doubt in result.doubts] == [(2, why)]
    assert why in " ".join(as_text(report.outline(result, DAY)).split())


@pytest.mark.parametrize(
    "written",
    ["2021-12", "December 2021", "Dec 2021", "Dec-21", "01/12/2021", "the edition of December 2021", "2021-12-01"],
)
def test_an_edition_is_known_however_a_form_or_excel_writes_it(policy, written):
    assert edition_of(written.removeprefix("the "), policy) is policy.editions[0]


def test_a_day_is_known_in_the_ways_of_spreadsheets(policy):
    for written in ("2025-01-15", "15/01/2025", "15-Jan-25", "15 Jan 2025", "15 January 2025"):
        assert edition_of(written, policy) is policy.editions[2]


@pytest.mark.parametrize(
    ("answers", "staff", "told"),
    [
        (b"ID,Colour\n1,red\n", b"Name\nJo\n",
         "answers.csv has no column for the name or the e-mail address and the policy and the edition. Its columns are: “ID”, “Colour”."),
        (b"Name,Policy,Edition\n", b"Number\n1\n",
         "staff.csv has no column for the name or the e-mail address. Its columns are: “Number”."),
        (b"PK\x03\x04....", b"Name\nJo\n", "answers.csv is an Excel workbook"),
        (b"", b"Name\nJo\n", "answers.csv is empty"),
    ],
)  # fmt: skip
def test_tables_with_other_columns_are_refused_plainly(policy, answers, staff, told):
    with pytest.raises(Unreadable) as refused:
        counted(policy, staff, answers)
    assert told in str(refused.value)


def test_the_spreadsheet_has_a_message_for_each_and_no_formulas(policy):
    staff = b'Name,Email\n"=HYPERLINK(1)",x@school.example\n'
    rows = list(csv.DictReader(io.StringIO(report.spreadsheet(counted(policy, staff, answered())).decode("utf-8-sig"))))
    assert rows[0]["Name"] == "'=HYPERLINK(1)"
    assert rows[0]["Status"] == "Has not confirmed"
    assert rows[0]["Message"].startswith("Please read")


def test_the_page_to_print_escapes_names_and_says_not_to_publish(policy):
    staff = b"Name\n<b>Jo</b> Smith\n"
    page = report.page(counted(policy, staff, answered()), DAY, "Test School")
    assert "&lt;b&gt;Jo&lt;/b&gt; Smith" in page
    assert "do not publish" in page
    assert "http" not in page
