"""What meets the requirements: on the page, in the spreadsheet and in guide.json."""

import csv
import io
from dataclasses import replace

from macros.model import ClauseId, Meeting, PolicyId, PolicyStatus, SchoolKind
from macros.statutory import coverage, exports
from macros.statutory.coverage import Met

POLICY = PolicyId("social-networking")


def with_meets(guide, *meets: Meeting, **changes):
    policy = replace(guide.policies[POLICY], meets=meets, **changes)
    return replace(guide, policies={**guide.policies, POLICY: policy})


def row(guide, name: str):
    return next(row for row in coverage.rows(guide) if row.requirement.id == name)


def test_a_policy_a_clause_or_a_part_meets_a_requirement(real):
    guide = with_meets(
        real.guide,
        Meeting(requirement="complaints"),
        Meeting(requirement="child-protection", clause=ClauseId(f"{POLICY}/2.7.4")),
        Meeting(requirement="behaviour-policy", part=True),
    )
    assert row(guide, "complaints").met is Met.MET
    assert row(guide, "behaviour-policy").met is Met.PART
    assert row(guide, "child-protection").covers[0].clause.number == "2.7.4"
    assert row(guide, "school-uniform").met is Met.MISSING
    rows = coverage.rows(guide)
    assert [each.met for each in rows] == sorted((each.met for each in rows), key=list(Met)[::-1].index)
    assert coverage.totals(rows) == {Met.MET: 2, Met.PART: 1, Met.MISSING: len(rows) - 3}


def test_a_draft_meets_nothing(real):
    guide = with_meets(real.guide, Meeting(requirement="complaints"), status=PolicyStatus.DRAFT)
    assert row(guide, "complaints").met is Met.MISSING


def test_the_sample_says_what_it_covers_in_part_and_no_more(real):
    assert {each.requirement.id: each.met for each in coverage.rows(real.guide) if each.covers} == {
        "staff-behaviour-policy": Met.PART
    }


def test_the_spreadsheet_has_a_row_for_each_with_whole_addresses(real):
    guide = with_meets(real.guide, Meeting(requirement="complaints", clause=ClauseId(f"{POLICY}/2.8.5")))
    data = exports.spreadsheet(guide, "https://guide.example/")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == len(coverage.rows(guide))
    met = next(each for each in rows if each["Policy or document"] == "School complaints")
    assert met["In this guide"] == "Here"
    assert met["Met by"].startswith("Social networking policy, cl 2.8.5 https://guide.example/policies/")
    assert met["Legal basis"] == "Education Act 2002, s 29"


def test_a_guide_without_the_page_of_a_law_names_it_in_words(real):
    guide = replace(real.guide, instruments={})
    entry = next(each for each in exports.entries(guide) if each["id"] == "complaints")
    assert entry["basis"][0]["instrument"] is None
    assert entry["basis"][0]["title"] == "Education Act 2002"


def test_a_school_that_does_not_say_what_it_is_gets_all(real):
    guide = replace(real.guide, organisation=replace(real.guide.organisation, kind=()))
    academy = replace(
        real.guide, organisation=replace(real.guide.organisation, kind=(SchoolKind.ACADEMY, SchoolKind.PRIMARY))
    )
    assert len(coverage.rows(guide)) > len(coverage.rows(academy))


def test_the_page_says_that_it_is_not_complete_and_how_each_review_stands(site):
    page = (site / "governors" / "required" / "index.html").read_text(encoding="utf-8")
    assert "Not a complete list" in page
    assert page.count("<review-status chip") >= 1
    assert "Must be on the website" in page
    assert 'href="../../data/required.csv"' in page
    assert (site / "data" / "required.csv").is_file()
