"""The pure parts: numbers, dates, reviews, provisions, contrast."""

import json
from datetime import date

import pytest
from support.models import policy
from support.project import ROOT

from macros.authoring import settings
from macros.model import (
    InstrumentKind,
    NextReview,
    PartialDate,
    PolicyStatus,
    ReviewState,
    clause_numbers,
    labels,
    provisions,
)
from macros.reviews import status as review_status


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("2.3.7", (2, 3, 7)),
        ("4(b)(ii)", (4, "b", "ii")),
        ("3", (3,)),
        ("acting-openly", None),
        ("2.3.", None),
        ("", None),
    ],
)
def test_numbers_are_read(text, pieces):
    assert clause_numbers.parse(text) == pieces
    if pieces:
        assert clause_numbers.show(pieces) == text


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        ("2.3.7", "2.3.8", True), ("2.3.7", "2.3.9", False), ("2.3.7", "2.3.7(a)", True), ("2.3.7(b)", "2.3.8", True),
        ("4(a)", "4(b)", True), ("4(h)", "4(i)", True), ("4(b)(i)", "4(b)(ii)", True), ("4(b)(iv)", "4(c)", True),
        ("2.3.8", "2.3.7", False), ("2.9", "2.10", True), ("4(b)", "4(b)(ii)", False),
    ],
)  # fmt: skip
def test_what_follows_what(before, after, follows):
    assert clause_numbers.follows(clause_numbers.parse(before), clause_numbers.parse(after)) is follows


def test_skipped_numbers_are_named():
    assert clause_numbers.skipped((2, 3, 7), (2, 3, 10)) == ["2.3.8", "2.3.9"]
    assert clause_numbers.skipped((2, 3, 7), (2, 3, 2)) == []


@pytest.mark.parametrize(
    ("local", "anchor"),
    [("2.3.7", "clause-2-3-7"), ("4(b)(ii)", "clause-4-b-ii"), ("acting-openly", "clause-acting-openly")],
)
def test_anchors(local, anchor):
    assert clause_numbers.anchor(local) == anchor


@pytest.mark.parametrize(
    ("text", "last_day", "words"),
    [
        ("2021-12", date(2021, 12, 31), "December 2021"), ("2024-02", date(2024, 2, 29), "February 2024"),
        ("2024-01-31", date(2024, 1, 31), "31 January 2024"), ("1998", date(1998, 12, 31), "1998"),
    ],
)  # fmt: skip
def test_partial_dates(text, last_day, words):
    found = PartialDate.parse(text)
    assert (found.last_day, found.words, str(found)) == (last_day, words, text)


@pytest.mark.parametrize(
    "text", ["2021-13", "2021-02-30", "21-12", "2021-1", "December 2021", "", "2021-12-1", "٢٠٢١-12"]
)
def test_impossible_dates_are_refused(text):
    with pytest.raises(ValueError, match="“"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2022-02", 24, "2024-02"),
        ("2021-12-31", 2, "2022-02-28"),
        ("2021-12", 1, "2022-01"),
    ],
)
def test_months_are_added_within_the_calendar(start, months, end):
    assert str(PartialDate.parse(start).plus_months(months)) == end


@pytest.mark.parametrize(
    ("adopted", "months", "reviews", "today", "status", "days_late", "missed", "next_due"),
    [
        ("2021-12", 12, (), "2026-11-22", "overdue", 1422, 4, "2026-12-31"),  # the first policy, today
        ("2021-12", 12, (), "2022-11-01", "due-soon", -60, 0, "2022-12-31"),
        ("2021-12", 12, (), "2022-10-31", "current", -61, 0, "2022-12-31"),
        ("2021-12", 12, (), "2022-12-31", "due-soon", 0, 0, "2022-12-31"),  # due today is not late
        ("2021-12", 12, (), "2023-01-01", "overdue", 1, 1, "2023-12-31"),
        ("2024-02-29", 12, (), "2025-03-01", "overdue", 1, 1, "2026-02-28"),
        (
            "2024-01-10",
            12,
            ("2024-12-20",),
            "2025-01-11",
            "current",
            -364,
            0,
            "2026-01-10",
        ),  # early keeps the anniversary
        ("2024-01-10", 12, ("2024-11-20",), "2025-01-11", "current", -313, 0, "2025-11-20"),  # too early does not
        ("2024-01-10", 12, ("2025-03-01",), "2025-03-02", "current", -364, 0, "2026-03-01"),
    ],
)
def test_review_standing(adopted, months, reviews, today, status, days_late, missed, next_due):
    found = review_status.standing(policy(adopted, months, *reviews), date.fromisoformat(today))
    assert (found.status, found.days_late, found.missed, found.next_due_on) == (
        status, days_late, missed, date.fromisoformat(next_due),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "months", "today", "status", "missed", "due", "next_due"),
    [
        ("2026-11", None, "2026-11-24", "due-soon", 0, "2026-11-30", "2026-11-30"),
        ("2026-11", None, "2026-12-01", "overdue", 1, "2026-11-30", None),  # nothing says when the next would be
        ("2022-03-10", 12, "2024-03-11", "overdue", 3, "2022-03-10", "2025-03-10"),
        ("autumn 2026", 24, "2026-11-24", "due-soon", 0, "2026-12-31", "2026-12-31"),
        ("Spring term 2026", None, "2026-05-01", "overdue", 1, "2026-04-30", None),
        ("2027", None, "2026-11-24", "current", 0, "2027-12-31", "2027-12-31"),
    ],
)
def test_a_next_review_that_is_stated_counts_before_the_cycle(stated, months, today, status, missed, due, next_due):
    found = review_status.standing(policy("2021-12", months, stated=stated), date.fromisoformat(today))
    assert (found.status, found.missed, str(found.due_on)) == (status, missed, due)
    assert found.next_due_on == (date.fromisoformat(next_due) if next_due else None)


def test_what_is_not_in_force_falls_due_on_no_day():
    for status in (PolicyStatus.DRAFT, PolicyStatus.WITHDRAWN, PolicyStatus.SUPERSEDED):
        found = review_status.standing(policy("2021-12", 12, status=status), date(2026, 11, 24))
        assert (found.status, found.due_on, found.missed) == (ReviewState.NOT_IN_FORCE, None, 0)


@pytest.mark.parametrize("text", ["autumn", "autumn 26", "winter 2026", "every year", "2026-13", "Autumn 2026-27"])
def test_a_next_review_is_a_date_or_a_term(text):
    with pytest.raises(ValueError, match=r"not a date|does not exist"):
        NextReview.parse(text)


@pytest.mark.parametrize("found", [policy(None, 12), policy("2021-12", None)])
def test_without_a_date_or_a_cycle_nothing_is_claimed(found):
    assert review_status.standing(found, date(2026, 11, 22)).status is ReviewState.NEVER_REVIEWED


@pytest.mark.parametrize(
    ("ref", "path", "spoken"),
    [
        ("s 141F", "section/141F", "section 141F"), ("ss 16-19", "section/16", "sections 16–19"),
        ("s 127(2)(a)-(b)", "section/127", "section 127(2)(a)–(b)"), ("reg 3", "regulation/3", "regulation 3"),
        ("sch 1 art 8", "schedule/1", "schedule 1 article 8"), ("pt II", "part/II", "part II"),
        ("art 5", "article/5", "article 5"), ("part four", None, "part four"),
    ],
)  # fmt: skip
def test_provisions_lead_to_their_address(ref, path, spoken):
    base = "https://www.legislation.gov.uk/id/ukpga/2002/32"
    assert provisions.uri(base, ref) == (f"{base}/{path}" if path else None)
    assert provisions.spoken(ref) == spoken
    assert provisions.uri("https://www.gov.uk/x", ref) is None


def test_contrast_is_that_of_wcag():
    assert settings.contrast_with_white("#000000") == pytest.approx(21)
    assert settings.contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)


def test_every_kind_of_law_has_its_words_and_stands_in_the_schema_and_the_help():
    schema = json.loads((ROOT / "macros" / "data" / "guide.schema.json").read_text(encoding="utf-8"))
    help_page = (ROOT / "docs" / "help" / "writing.md").read_text(encoding="utf-8")
    kinds = [kind.value for kind in InstrumentKind]
    assert list(labels.KIND_WORDS) == kinds
    assert len(set(labels.KIND_WORDS.values())) == len(kinds)
    assert schema["$defs"]["instrument"]["properties"]["kind"]["enum"] == kinds
    assert [kind for kind in kinds if f"`{kind}`" not in help_page] == []
