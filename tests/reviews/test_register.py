"""The register, the year, the review pack and the files that governors take with them."""

import csv
import io
import json
import os
import shutil
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from xml.etree import ElementTree as ET

import icalendar
import pytest
import vobject
import yaml
from support.project import ROOT, build, config_for
from support.search_box import serve

from macros.model import Cycle, InstrumentStatus, Outcome, PartialDate, PolicyId, Review, ReviewState
from macros.reviews import calendars, exports, feed, pack, register

DAY = date(2026, 11, 22)
YEAR_ON = date(2027, 11, 23)
REFERENCE = ROOT.parent / "shared" / "reference" / "instruments.yml"


def act(on: str, outcome: Outcome | None = None) -> Review:
    return Review(on=PartialDate.parse(on), by="Governing body", outcome=outcome, minute=None, version=None)


def library(guide, policies):
    return replace(guide, policies=MappingProxyType({policy.id: policy for policy in policies}))


@pytest.fixture(scope="module")
def many(real):
    """Two hundred policies with every standing and several cycles."""
    one = real.guide.policies["social-networking"]
    made = []
    for number in range(200):
        months = (12, 24, 4, 36, 1)[number % 5]
        adopted = act(str(PartialDate(2020 + number % 7, 1 + number % 11, 1 + number % 28))) if number % 10 else None
        made.append(
            replace(
                one,
                id=PolicyId(f"policy-{number:03}"),
                title=f"=Policy, “{number}”",
                url=f"policies/policy-{number:03}/",
                owner=("Headteacher", None, "Bursar")[number % 3],
                adopted=adopted,
                cycle=Cycle(months=months),
                editions=(),
            )
        )
    return library(real.guide, made)


def test_worst_first_and_in_that_order_on_any_day(many):
    rows = register.rows(many)
    assert len(rows) == 200
    due = [row.standing.due_on for row in rows]
    assert due[:20] == [None] * 20
    assert due[20:] == sorted(due[20:])
    later = register.rows(replace(many, built_on=date(2027, 3, 1)))
    assert [row.policy.id for row in later] == [row.policy.id for row in rows]
    assert sum(register.totals(rows).values()) == 200
    assert register.totals(rows)[ReviewState.NEVER_REVIEWED] == 20


def test_the_year_holds_each_due_day_once(real, many):
    months = register.year(register.rows(real.guide), DAY)
    shown = [(month.name, [str(day) for day, _ in month.due]) for month in months if month.due]
    assert shown == [("", ["2022-12-31"]), ("December 2026", ["2026-12-31"])]
    assert [months[1].name, months[-1].name, len(months)] == ["November 2026", "October 2027", 13]
    monthly = register.year([row for row in register.rows(many) if row.policy.cycle.months == 1 and row.anchor], DAY)
    assert {len(month.due) for month in monthly[2:]} == {
        len([row for row in register.rows(many) if row.policy.cycle.months == 1 and row.anchor])
    }


def calendar_of(guide, address="") -> bytes:
    return dict(calendars.files(guide, register.rows(guide), address))["data/reviews.ics"]


def events_of(raw: bytes) -> dict[str, tuple]:
    """Every event by its uid: its day, what it says, where it leads."""
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
    return {
        str(event["uid"]).removesuffix("@policy-guide"): (
            event["dtstart"].dt, str(event["summary"]), str(event.get("url", "")), str(event["description"])
        )
        for event in events
    }  # fmt: skip


def test_the_calendar_is_read_alike_by_two_others(many):
    """Two readers that share no code with its writer."""
    raw = calendar_of(many, "https://guide.example/")
    lines = raw.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any("\n" in line or "VALARM" in line for line in lines)
    ours = events_of(raw)
    theirs = {
        event.uid.value.removesuffix("@policy-guide"): (
            event.dtstart.value, event.summary.value, event.url.value, event.description.value
        )
        for event in vobject.readOne(raw.decode()).vevent_list
    }  # fmt: skip
    assert ours == theirs
    rows = register.rows(many)
    soon = {f"{day}.{row.policy.id}.review" for row in rows for day in register.due_days(row, YEAR_ON)}
    assert soon <= set(ours)
    assert {key.split(".")[1] for key in ours} == {row.policy.id for row in rows if row.anchor}  # none without a day
    assert all(
        place == f"https://guide.example/governors/{key.split('.')[1]}/" for key, (_, _, place, _) in ours.items()
    )


def test_reminders_are_events_of_their_own(real):
    found = {key: event[:2] for key, event in events_of(calendar_of(real.guide)).items()}
    due, soon = date(2026, 12, 31), "Social networking policy"
    assert found.pop("2022-12-31.social-networking.review") == (date(2022, 12, 31), f"Review was due: {soon}")
    assert found.pop("2026-12-31.social-networking.review") == (due, f"Review due: {soon}")
    for days in (60, 14):
        key = f"2026-12-31.social-networking.review-{days}-days-ahead"
        assert found.pop(key) == (due - timedelta(days=days), f"Review due in {days} days: {soon}")
    months = [*((2026, 12),), *((2027, month) for month in range(1, 12))]
    assert found == {
        f"{year}-{month:02}-01.social-networking.overdue": (
            date(year, month, 1), f"Overdue since 31 December 2022: {soon}"
        )
        for year, month in months
    }  # fmt: skip


def test_a_day_keeps_its_event_over_a_year(real):
    """Whatever the day of the build: one uid is one day, and the start of each coming month is there."""
    days: dict[str, date] = {}
    for offset in range(0, 366, 3):
        today = DAY + timedelta(days=offset)
        events = events_of(calendar_of(replace(real.guide, built_on=today)))
        for uid, event in events.items():
            assert days.setdefault(uid, event[0]) == event[0]
        overdue = [event[0] for uid, event in events.items() if uid.endswith("overdue")]
        assert len(overdue) == 12
        assert min(overdue) >= today
        assert {day.day for day in overdue} == {1}


def test_after_a_review_nothing_is_overdue(real):
    guide = real.guide
    policy = guide.policies["social-networking"]
    reviewed = library(guide, [replace(policy, reviews=(act("2026-12-10", Outcome.UNCHANGED),))])
    # More than a year away, yet the next.
    assert {uid[:10] for uid in events_of(calendar_of(reviewed))} == {"2027-12-10"}


def test_a_calendar_a_policy_and_a_calendar_a_post(many):
    found = dict(calendars.files(many, register.rows(many), "https://guide.example/"))
    dated = [row.policy for row in register.rows(many) if row.standing.due_on]
    assert set(found) == {
        "data/reviews.ics",
        "data/calendars/owners/headteacher.ics",
        "data/calendars/owners/bursar.ics",
        *(f"data/calendars/policies/{policy.id}.ics" for policy in dated),
    }
    every = events_of(found["data/reviews.ics"])
    for name in ("Headteacher", "Bursar"):
        own = {policy.id for policy in dated if policy.owner == name}
        assert events_of(found[f"data/calendars/owners/{name.lower()}.ics"]) == {
            uid: event for uid, event in every.items() if uid.split(".")[1] in own
        }
    one = events_of(found[f"data/calendars/policies/{dated[0].id}.ics"])
    assert one == {uid: event for uid, event in every.items() if uid.split(".")[1] == dated[0].id}


def test_no_title_breaks_a_calendar(real):
    policy = real.guide.policies["social-networking"]
    title = "Émigré; 手紙, “pupils’” \\ and\r\nBEGIN:VEVENT " + "ö" * 90
    raw = calendar_of(library(real.guide, [replace(policy, title=title)]), "https://guide.example/")
    wanted = title.replace("\r", "")
    assert {event[1].partition(": ")[2] for event in events_of(raw).values()} == {wanted}
    read = vobject.readOne(raw.decode()).vevent_list
    assert {event.summary.value.partition(": ")[2] for event in read} == {wanted}


def test_the_spreadsheet_opens_in_excel_and_runs_nothing(many):
    raw = exports.spreadsheet(many, register.rows(many), "https://guide.example/")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 201
    table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(table) == 200
    assert table[0]["Policy"].startswith("'=Policy, “")
    dated = next(row for row in table if row["Review due by"])
    assert date.fromisoformat(dated["Review due by"])
    assert dated["Address"].startswith("https://guide.example/policies/policy-")


def test_the_register_as_json(real):
    found = exports.document(real.guide, register.rows(real.guide))["policies"]
    assert [
        (entry["id"], entry["review_due_on"], entry["missed_reviews"], entry["status_at_build"]) for entry in found
    ] == [("social-networking", "2022-12-31", 4, "overdue")]
    assert found[0]["acts"][0]["edition"] == "policies/social-networking/editions/2021-12/"


@pytest.mark.parametrize("address", ["", "https://guide.example/"])
def test_the_feed_is_atom(real, address):
    policy = real.guide.policies["social-networking"]
    guide = library(real.guide, [replace(policy, reviews=(act("2026-11", Outcome.UNCHANGED),))])
    root = ET.fromstring(feed.feed(guide, address))
    atom = {"a": "http://www.w3.org/2005/Atom"}
    entries = root.findall("a:entry", atom)
    for found in (root, *entries):
        for needed in ("title", "id", "updated"):
            assert found.findtext(f"a:{needed}", namespaces=atom)
    ids = [found.findtext("a:id", namespaces=atom) for found in entries]
    assert len(set(ids)) == 2
    assert all(name.startswith("urn:uuid:") for name in ids)
    assert ids == [
        found.findtext("a:id", namespaces=atom)
        for found in ET.fromstring(feed.feed(guide, "x/")).findall("a:entry", atom)
    ]
    assert [found.findtext("a:updated", namespaces=atom) for found in entries] == [
        "2026-11-24T00:00:00Z",
        "2021-12-31T00:00:00Z",
    ]
    hrefs = [found.find("a:link", atom).get("href") for found in entries]
    assert hrefs[1] == (address or "../") + "policies/social-networking/editions/2021-12/"


def laws_told(found: pack.Pack) -> set[str]:
    """The laws that a pack says changed, and those that it says changed them: a clause cites the law to be read."""
    return {key for news in found.news for key in (news.law.id, *(change.by for change in news.changes))} - {None}


def test_the_pack_tells_what_the_reference_tells(real):
    """Against facts kept apart from the pages: every law of the policy that changed after its adoption is in the pack."""
    if not REFERENCE.exists():
        pytest.skip("the reference facts are not beside the project")
    guide = real.guide
    policy = guide.policies["social-networking"]
    found = pack.pack(guide, policy, DAY)
    told = laws_told(found)
    known = [
        entry for entry in yaml.safe_load(REFERENCE.read_text(encoding="utf-8")) if entry["id"] in guide.instruments
    ]
    wanted = {entry["id"] for entry in known if str(entry["effective"] or "") > "2021-12-31"}
    assert len(wanted) > 5
    assert wanted <= told, wanted - told
    repealed = {entry["id"] for entry in known if entry["status"] in ("repealed", "part-repealed")}
    assert repealed <= {law.id for law in found.repealed}


def test_the_pack_misses_nothing_of_the_model(real):
    guide = real.guide
    policy = guide.policies["social-networking"]
    found = pack.pack(guide, policy, DAY)
    assert [str(day) for day in found.fell_due] == ["2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31"]
    places = (*policy.sections, *policy.clauses, *policy.appendices, *policy.listings)
    assert len(found.notes) == sum(len(place.notes) for place in places) == 30
    assert {clause.id for clause in found.without_law} | {
        tie.clause for law in guide.instruments.values() for tie in law.cited_by
    } == set(guide.clauses)
    changed = {
        law.id
        for law in guide.instruments.values()
        if any(change.on.last_day > date(2021, 12, 31) for change in law.changes)
    }
    assert changed <= laws_told(found)
    for news in found.news:
        assert (
            [tie for _, ties in news.ties for tie in ties]
            and {tie.instrument for _, ties in news.ties for tie in ties} == {news.law.id}
        ) or news.listings
    assert {law.id for law in found.repealed} == {
        law.id
        for law in guide.instruments.values()
        if law.status in (InstrumentStatus.REPEALED, InstrumentStatus.PART_REPEALED)
    }


@pytest.fixture(scope="module")
def schools(tmp_path_factory):
    """Where a site of three policies with other dates, cycles and owners is served."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "tests/support/small/docs/policies/lending", folder / "docs/policies/lending")
    shutil.copytree(ROOT / "tests/support/small/docs/policies/plain", folder / "docs/policies/plain")
    for name in ("lending-act-1990.md", "old-lending-act-1950.md"):
        shutil.copy(ROOT / "tests/support/small/docs/legislation" / name, folder / "docs/legislation")
    done = build(config_for(folder, folder / "docs"), folder / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    server = serve(folder / "site")
    yield f"http://127.0.0.1:{server.server_port}/governors/"
    server.shutdown()
    server.server_close()


def titles(page) -> list[str]:
    return [row.strip() for row in page.locator("table.register tbody tr:visible th[scope=row]").all_inner_texts()]


def test_the_register_says_what_to_do_and_sorts_and_filters_on_the_day_of_reading(chromium, schools):
    page = chromium.new_page()
    page.clock.set_fixed_time("2028-02-29T12:00:00Z")
    page.goto(schools)
    assert titles(page) == ["Social networking policy", "Lending policy", "Policy without numbers"]
    assert page.locator(".register-group:visible").all_inner_texts() == ["Overdue (1)", "Due soon (1)", "No date (1)"]
    assert page.inner_text(".register-totals") == "Put this on the next agenda: Social networking policy."
    assert (
        page.inner_text(".register-account")
        == "3 policies as at 29 February 2028: 1 overdue, 1 due soon and 1 no date."
    )
    page.get_by_role("button", name="Due soon 1").click()
    assert titles(page) == ["Lending policy"]
    assert page.inner_text(".register-shown") == "1 of 3 shown"
    assert page.url.endswith("?status=due-soon")
    page.get_by_role("button", name="All 3").click()
    page.select_option("select", "not stated")
    assert titles(page) == ["Social networking policy", "Policy without numbers"]
    page.close()


def test_an_owners_list_can_be_bookmarked(chromium, schools):
    page = chromium.new_page()
    page.clock.set_fixed_time("2028-02-29T12:00:00Z")
    page.goto(f"{schools}?owner=Librarian")
    assert titles(page) == ["Lending policy"]
    assert page.inner_text(".register-totals") == "Nothing is overdue. Due within 60 days: Lending policy."
    assert "looked after by: Librarian" in page.inner_text(".register-account")
    page.select_option("select", "")
    assert "owner" not in page.url
    page.goto(f"{schools}?owner=Nobody")
    assert len(titles(page)) == 3
    page.close()


def test_without_javascript_the_register_is_whole_and_claims_nothing(chromium, schools):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(schools)
    assert titles(page) == ["Policy without numbers", "Social networking policy", "Lending policy"]
    assert "On 24 November 2026, the day this page was made: 1 overdue" in page.inner_text(".register-totals")
    assert "up to date" not in page.inner_text("main").lower()
    assert page.locator("select").count() == 0
    assert "Overdue from before 24 November 2026: Social networking policy (31 December 2022)" in page.inner_text(
        ".year-list"
    )
    context.close()


def test_the_files_are_published(site):
    data = site / "data"
    assert json.loads((data / "reviews.json").read_text(encoding="utf-8"))["built_on"] == os.environ["GUIDE_TODAY"]
    assert {"reviews.csv", "reviews.ics", "changes.xml"} <= {file.name for file in data.iterdir()}
    assert b"https://guide.example/governors/social-networking/" in (data / "reviews.ics").read_bytes().replace(
        b"\r\n ", b""
    )
