"""`guide law check` against a legislation.gov.uk of our own: what it says, and what it survives."""

import dataclasses
import json
import re
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import requests
from support.legislation import Answer, Legislation, effect, feed
from support.project import ROOT, TODAY, guide_command

from macros.commands.exit_codes import Exit
from macros.commands.law import exit_code
from macros.formats import report as text_report
from macros.law_updates import checkpoint, client, report, report_json, run
from macros.law_updates.feed import Unreadable, parse
from macros.law_updates.findings import Outcome
from macros.law_updates.references import Overlap, overlap_of, read
from macros.model import InstrumentKind

DAY = date.fromisoformat(TODAY)
GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LAW = "ukpga/2003/99"
SMALL = client.Limits(min_interval=5, retry_delays=(5, 20), read_timeout=1, max_pages=3, max_page_bytes=300_000)


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    found = Legislation()
    yield found
    found.close()


@pytest.fixture
def all_quiet(site):
    """Every law of the guide has one old change."""
    old = [("1999-01-01", "wholly in force")]
    for law in (LAW, "uksi/2018/999", "eur/2016/999", "ukpga/1990/99", "ukpga/1959/99", "ukpga/1999/9999"):
        site.changes(law, [effect(law, "s. 1", dates=old, modified="2001-01-01T00:00:00Z")])
    return site


class Talk:
    """An connection that never sleeps: it writes down how long it would have waited, and what it said."""

    def __init__(self, base, limits=SMALL):
        self.waits, self.said, self.time = [], [], 0.0
        self.connection = client.Client(
            user_agent=client.user_agent("St Mary’s (Test) School", "https://guide.example/"),
            base=base, limits=limits, sleep=self.wait, clock=lambda: self.time, log=self.said.append,
        )  # fmt: skip

    def wait(self, seconds):
        self.waits.append(seconds)
        self.time += seconds


def check(guide, talk, tmp_path, *names, **options):
    laws = [law for law in guide.instruments.values() if not names or law.id in names]
    return run.check(laws, talk.connection, today=DAY, now=NOW, path=tmp_path / ".guide" / "law-check.json", **options)


def outcome(found, name="borrowing-act-2003"):
    return next(one.outcome for one in found.findings if one.instrument.id == name)


def why(found, name="borrowing-act-2003"):
    return next(one.why for one in found.findings if one.instrument.id == name)


def asked_alone(guide, site, tmp_path, *answers, limits=SMALL):
    """The finding on one law for these answers, and the talk."""
    site.changes(LAW, *answers)
    talk = Talk(site.address, limits)
    found = check(guide, talk, tmp_path, "borrowing-act-2003")
    return found, talk


# What a change touches.


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("s 127(2)(a)-(b)", "s. 127", Overlap.TOUCHES),
        ("s 127(2)(a)-(b)", "s. 127(2)(b)(i)", Overlap.TOUCHES),
        ("s 127(2)(a)-(b)", "s. 127(2)(c)", Overlap.ELSEWHERE),
        ("s 127(1)", "s. 127(2)(a)", Overlap.ELSEWHERE),
        ("s 127(1)", "s. 127A", Overlap.ELSEWHERE),
        ("s 12", "s. 127", Overlap.ELSEWHERE),
        ("s 2(4)", "ss. 1-3", Overlap.TOUCHES),
        ("s 3", "ss. 1, 3 and 5", Overlap.TOUCHES),
        ("s 4", "ss. 1, 3 and 5", Overlap.ELSEWHERE),
        ("ss 66A-66B", "s. 66B(2)", Overlap.TOUCHES),
        ("ss 66A-66B", "s. 66AA", Overlap.TOUCHES),
        ("ss 66A-66B", "s. 66ZA", Overlap.ELSEWHERE),
        ("ss 66A-66B", "s. 66", Overlap.ELSEWHERE),
        ("ss 35-36", "ss. 35A-35C", Overlap.TOUCHES),
        ("arts 12-22D", "Art. 22A(3)", Overlap.TOUCHES),
        ("reg 3", "regs. 2-4", Overlap.TOUCHES),
        ("reg 3", "s. 3", Overlap.ELSEWHERE),
        ("s 5", "Sch. 5", Overlap.ELSEWHERE),
        ("sch 1 para 18", "Sch. 1", Overlap.TOUCHES),
        ("sch 1 para 18", "Sch.", Overlap.TOUCHES),
        ("sch 1 para 18", "Sch. 1 para. 17-19", Overlap.TOUCHES),
        ("sch 1 para 18", "Sch. 1 para. 19", Overlap.ELSEWHERE),
        ("sch 1 para 18", "Sch. A1 para. 18", Overlap.ELSEWHERE),
        ("sch 1 para 18", "Sch. 1 Pt. 2", Overlap.MAY_TOUCH),
        ("sch 1 art 8", "Sch. 1 Pt. I", Overlap.MAY_TOUCH),
        ("pt II", "Pt. 2", Overlap.MAY_TOUCH),
        ("pt II", "Pt. III", Overlap.ELSEWHERE),
        ("sch 2 para 4", "Sch. 1 para. 1, Sch. 2 para. 4", Overlap.TOUCHES),
        ("s 65(3)", "s. 65(2)-(4)", Overlap.TOUCHES),
        ("s 65(5)", "s. 65(2)-(4)", Overlap.ELSEWHERE),
        ("s 65(7)", "s. 65(6)(7)", Overlap.TOUCHES),
        ("s 2(1)(v)", "s. 2(1)(ii)-(ix)", Overlap.TOUCHES),
        ("s 4(3)", "s. 4(1), (3)", Overlap.TOUCHES),
        ("s 66", "Pt. 5", Overlap.MAY_TOUCH),
        ("sch 1", "Pt. 5", Overlap.ELSEWHERE),
        ("pt 5", "s. 66", Overlap.ELSEWHERE),
        ("s 1", "Act", Overlap.TOUCHES),
        ("s 1", "", Overlap.TOUCHES),
        ("sch 1", "s. 4, Sch.", Overlap.TOUCHES),
    ],
)
def test_a_change_touches_a_place(ours, theirs, expected):
    assert max(overlap_of(read(ours)[0], span) for span in read(theirs)) is expected


@pytest.mark.parametrize(
    ("addresses", "label", "expected"),
    [
        (["section/127/2/a"], "s. 127(2)(a)", {("section", "127", "2", "a")}),
        ([("section/65/2", "section/65/4")], "s. 65(2)-(4)", {("section", "65", "2")}),
        (["section/1", "schedule/2"], "s. 1, Sch. 2", {("section", "1"), ("schedule", "2")}),
        (None, "Sch. 7 para. 2(3)", {("schedule", "7", "paragraph", "2", "3")}),
        (None, "Act", {()}),
        (["../../uksi/1/1/regulation/3"], "s. 4", {("section", "4")}),
    ],
)
def test_the_feed_says_where(addresses, label, expected):
    found = parse([feed([effect(LAW, label, addresses=addresses)]).replace(b"ukpga/2003/99/../../", b"")], LAW)
    assert {span.first for span in found.effects[0].places} == expected


def test_a_schedule_before_its_paragraph_is_one_place():
    both = feed([effect(LAW, "Sch. 7 para. 2", addresses=["schedule/7", "schedule/7/paragraph/2"])])
    found = parse([both.replace(b"</ukm:Section>, ", b"</ukm:Section> ")], LAW)
    assert [span.first for span in found.effects[0].places] == [("schedule", "7", "paragraph", "2")]


# What it says.


@pytest.fixture
def eventful(all_quiet):
    """Every law of the guide with something to tell; two pages for the first."""
    site = all_quiet
    first = [
        effect(
            LAW,
            "s. 127(2)(a)(b)",
            addresses=["section/127/2/a", "section/127/2/b"],
            dates=[("2026-11-20", "wholly in force")],
            key="a",
        ),
        effect(
            LAW,
            "s. 127(1)",
            kind="words substituted",
            dates=[("2027-01-01", "for certain purposes"), (None, "")],
            title="The Rude Words Regulations 2026",
            where="reg. 4(a)",
            modified="2026-11-21T08:00:00Z",
            applied="true",
            key="b",
        ),
        effect(LAW, "ss. 1-3, 9", kind="inserted", dates=[(None, "")], key="c"),
        effect(LAW, "Sch. 3", kind="omitted", dates=[("2026-11-02", "wholly in force")], modified="", key="d"),
    ]
    second = [
        effect(LAW, "Act", kind="applied (with modifications)", dates=[], modified="2026-11-19T00:00:00Z", title="@everyone *Act* <2026>", key="e"),
        effect(LAW, "Sch. 1 Pt. 2", kind="coming into force", dates=[("2026-11-01", "in force at 1.11.2026 for E.")], modified="2025-01-01T00:00:00Z", key="f"),
        effect(LAW, "sch 1 para 18", kind="words inserted", dates=[("2027-04-01", "wholly in force")], modified="2025-01-01T00:00:00Z", key="g"),
        effect(LAW, "s. 127(1)", dates=[("2020-11-01", "wholly in force")], modified="2020-01-01T00:00:00Z", key="h"),
    ]  # fmt: skip
    site.changes(LAW, Answer(feed(first, pages=2, total=8)), Answer(feed(second, page=2, pages=2, total=8)))
    site.changes("uksi/2018/999", [effect("uksi/2018/999", "reg. 7", dates=[("2026-11-10", "")])])
    site.changes("eur/2016/999", [])
    old, other = "ukpga/Eliz2/7-8/99", "ukpga/Eliz2/8-9/99"
    site.changes(
        "ukpga/1959/99", [effect(other, "s. 2", key="x"), effect(old, "s. 2", addresses=["section/2"], key="y")]
    )
    site.answers["/id/eur/2016/999"] = [Answer(status=303)]
    site.changes("ukpga/1999/9999", [])
    site.answers["/id/ukpga/1999/9999"] = [Answer(status=404)]
    return site


@pytest.mark.parametrize(
    ("form", "name"), [(text_report.as_text, "law-check.txt"), (text_report.as_markdown, "law-check.md")]
)
def test_the_report(guide, eventful, tmp_path, form, name, expect):
    found = check(guide, Talk(eventful.address), tmp_path)
    expect(GOLDEN / name, form(report.outline(found, guide)))
    assert exit_code(found) is Exit.LAW_CHANGED


def test_the_help_shows_what_the_command_prints():
    shown = (ROOT / "docs" / "help" / "reviews.md").read_text(encoding="utf-8").split("```text\n")[1].split("\n```")[0]
    printed = (GOLDEN / "law-check.txt").read_text(encoding="utf-8")
    assert "\n".join(f"    {line}" for line in shown.split("\n")) in printed


def test_the_data(guide, eventful, tmp_path, expect):
    expect(
        GOLDEN / "law-check.json",
        json.dumps(report_json.document(check(guide, Talk(eventful.address), tmp_path)), ensure_ascii=False, indent=1)
        + "\n",
    )


def test_nothing_new(guide, all_quiet, tmp_path):
    found = check(guide, Talk(all_quiet.address), tmp_path)
    assert exit_code(found) is Exit.OK
    told = text_report.as_text(report.outline(found, guide))
    assert "Law: no change where the guide relies on it" in told
    assert "6 laws have not changed since their last check" in told
    assert not (tmp_path / ".guide").exists()


@pytest.mark.parametrize(
    ("checked_on", "in_force", "modified", "expected"),
    [
        ("2026-11", "2026-11-01", "", Outcome.CHANGED),  # a month counts from its first day
        ("2026-11", "2026-10-31", "", Outcome.UNCHANGED),
        ("2026-11-10", "2026-11-10", "", Outcome.UNCHANGED),  # on the day we saw it
        ("2026-11-10", "2026-11-11", "", Outcome.CHANGED),
        ("2026-11-10", "2026-11-24", "", Outcome.CHANGED),
        ("2026-11-10", "2026-11-25", "", Outcome.UNCHANGED),  # still to come, and known
        ("2026-11-10", "2001-01-01", "2026-11-10T23:59:59Z", Outcome.CHANGED),  # perhaps after our look
        ("2026-11-10", "2001-01-01", "2026-11-09T23:59:59Z", Outcome.UNCHANGED),
        ("2026-11-10", None, "2026-11-12T00:00:00Z", Outcome.CHANGED),
        ("2026-11-10", None, "", Outcome.UNCHANGED),  # nobody can say when it came
        ("2026-11-10", "2026-13-99", "", Outcome.CHANGED),  # a date that is none: somebody must look
        ("2026-11-10", "yesterday", "2001-01-01T00:00:00Z", Outcome.CHANGED),
    ],
)
def test_what_is_news(guide, site, tmp_path, checked_on, in_force, modified, expected):
    law = guide.instruments["borrowing-act-2003"]
    law = dataclasses.replace(law, checked_on=type(law.checked_on).parse(checked_on))
    site.changes(LAW, [effect(LAW, "s. 127(1)", dates=[(in_force, "")], modified=modified)])
    found = run.check([law], Talk(site.address).connection, today=DAY, now=NOW, path=tmp_path / "x" / "kept.json")
    assert found.findings[0].outcome is expected


def test_a_clause_without_title_or_number_is_named_by_its_first_words(guide, all_quiet, tmp_path):
    key = "borrowing/1.1"
    clauses = dict(guide.clauses) | {key: dataclasses.replace(guide.clauses[key], number=None, title="")}
    bare = dataclasses.replace(guide, clauses=clauses)
    all_quiet.changes(LAW, [effect(LAW, "s. 127(1)", dates=[("2026-11-20", "")])])
    lines = text_report.as_text(report.outline(check(guide, Talk(all_quiet.address), tmp_path), bare)).split("\n")
    (line,) = [line for line in lines if f"docs/{clauses[key].path}:{clauses[key].line}" in line]
    assert line.strip().startswith(guide.clauses[key].text.split()[0])


# How it asks.


def test_it_says_who_asks_and_asks_gently(guide, all_quiet, tmp_path):
    talk = Talk(all_quiet.address)
    check(guide, talk, tmp_path)
    assert talk.waits == [5] * 5  # before every question but the first
    assert "about 6 laws" in talk.said[0]
    assert talk.said[1] == "1 of 6: Borrowing Act 2003"
    path, query, headers = all_quiet.asked[0]
    assert (path, query) == (
        f"/changes/affected/{LAW}/data.feed",
        {"results-count": ["500"], "sort": ["modified"], "page": ["1"]},
    )
    assert headers["User-Agent"].startswith("policy-guide/")
    assert headers["User-Agent"].endswith("(law check; St Mary's Test School; https://guide.example/)")
    assert "Authorization" not in headers
    assert [asked[0] for asked in all_quiet.asked if "1959" in asked[0]] == [
        "/changes/affected/ukpga/1959/99/data.feed"
    ]


@pytest.mark.parametrize("link", [True, False])
def test_pages_are_followed_to_the_last(guide, site, tmp_path, link):
    pages = [Answer(feed([effect(LAW, f"s. {n}", key=str(n))], page=n, pages=3, total=3, link=link)) for n in (1, 2, 3)]
    found, _ = asked_alone(guide, site, tmp_path, *pages)
    assert outcome(found) is Outcome.CHANGED
    assert [asked[1]["page"] for asked in site.asked] == [["1"], ["2"], ["3"]]


def test_a_wrong_number_is_a_law_to_check(guide, site, tmp_path):
    for answer in (Answer(status=404, kind="text/html"), Answer(feed([]))):
        site.answers[f"/id/{LAW}"] = [Answer(status=404, kind="text/html")]
        found, _ = asked_alone(guide, site, tmp_path, answer)
        assert outcome(found) is Outcome.CHECK
        told = text_report.as_text(report.outline(found, guide))
        assert "Check the law" in told
        assert "broken" not in told


def test_a_law_that_moved_is_a_law_to_check(guide, site, tmp_path):
    site.answers[f"/id/{LAW}"] = [
        Answer(status=301, headers={"Location": "http://www.legislation.gov.uk/id/wsi/2003/99"})
    ]
    found, _ = asked_alone(guide, site, tmp_path, Answer(feed([])))
    assert outcome(found) is Outcome.CHECK
    told = text_report.as_text(report.outline(found, guide))
    assert "has it at https://www.legislation.gov.uk/id/wsi/2003/99, not at" in told


def test_where_nothing_can_be_kept_the_check_goes_on(guide, all_quiet, tmp_path):
    (tmp_path / ".guide").write_text("a file where the folder should be", encoding="utf-8")
    talk = Talk(all_quiet.address)
    assert exit_code(check(guide, talk, tmp_path)) is Exit.OK
    assert any("cannot be stored" in said for said in talk.said)


def bomb():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    return f'<?xml version="1.0"?><!DOCTYPE feed [{entities}]>'.encode() + feed([]).split(b"?>", 1)[1].replace(
        b"<id>x", b"<id>&e11;"
    )


ENOUGH = feed([effect(LAW, "s. 1")])
GOES_WRONG = {
    "a web page": (Answer(b"<html><body>Log in to the school's Wi-Fi</body></html>", kind="text/html"), "a web page instead"),
    "a page said to be XHTML": (Answer(b"<html/>", kind="application/xhtml+xml"), "a web page instead"),
    "no type": (Answer(ENOUGH, kind=""), "something unnamed"),
    "another document": (Answer(b"<rss/>"), "not the feed"),
    "malformed": (Answer(ENOUGH.replace(b"</entry>", b"</entr>")), "damaged (line"),
    "nothing at all": (Answer(b""), "breaks off"),
    "cut short": (Answer(ENOUGH[: len(ENOUGH) // 2]), "breaks off"),
    "no UTF-8": (Answer(ENOUGH.replace(b"An Act", b"An \xff Act")), "damaged"),
    "an unknown encoding": (Answer(ENOUGH.replace(b'"utf-8"', b'"klingon"')), "an encoding that cannot be read"),
    "an entity bomb": (Answer(bomb()), "declares a document type"),
    "an outside entity": (Answer(b'<!DOCTYPE feed SYSTEM "http://127.0.0.1/x">' + ENOUGH.split(b"?>", 1)[1]), "declares a document type"),
    "nested too deep": (Answer(ENOUGH.split(b"<id>", 1)[0] + b"<a>" * 5000), "nested too deep"),
    "huge": (Answer(feed([effect(LAW, "s. 1")] * 800)), "larger than"),
    "huge when unpacked": (Answer(feed(["<!--" + "x" * 5_000_000 + "-->"]), packed=True), "larger than"),
    "fewer than it counts": (Answer(feed([effect(LAW, "s. 1")], total=7)), "counts 7 changes but holds 1"),
    "endless pages": (Answer(feed([effect(LAW, "s. 1")], pages=9, total=9)), "goes on after 3 pages"),
    "another site": (Answer(status=302, headers={"Location": "https://example.org/feed"}), "another site (example.org)"),
    "a file": (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "another site"),
    "a redirect to nowhere": (Answer(status=302), "in a loop"),
    "an odd status": (Answer(status=418, kind="text/plain"), "status 418"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOES_WRONG)
def test_what_is_no_feed_is_told_and_nothing_is_claimed(guide, site, tmp_path, name):
    answer, said = GOES_WRONG[name]
    found, _ = asked_alone(guide, site, tmp_path, answer)
    assert outcome(found) is Outcome.UNANSWERED
    assert said in why(found)
    assert exit_code(found) is Exit.NOT_ASKED
    assert "Could not be asked" in text_report.as_markdown(report.outline(found, guide))


def test_a_packed_feed_is_unpacked(guide, site, tmp_path):
    found, _ = asked_alone(guide, site, tmp_path, Answer(feed([effect(LAW, "s. 1")]), packed=True))
    assert outcome(found) is Outcome.CHANGED


@pytest.mark.parametrize("ends", [True, False])
def test_a_feed_in_chunks_is_read_and_its_end_is_missed(guide, site, tmp_path, ends):
    whole = feed([effect(LAW, "s. 1")])
    pieces = [whole[start : start + 100] for start in range(0, len(whole), 100)] + ([b""] if ends else [])
    chunks = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
    answer = Answer(headers={"Transfer-Encoding": "chunked"}, chunks=chunks)
    found, _ = asked_alone(guide, site, tmp_path, answer)
    assert outcome(found) is (Outcome.CHANGED if ends else Outcome.UNANSWERED)
    assert why(found) == ("" if ends else "broke off its answer.")
    assert len(site.asked) == (1 if ends else 1 + len(SMALL.retry_delays))


def test_a_redirect_within_the_site_is_followed(guide, site, tmp_path):
    site.answers["/elsewhere"] = [Answer(feed([effect(LAW, "s. 1")]))]
    found, _ = asked_alone(guide, site, tmp_path, Answer(status=301, headers={"Location": "/elsewhere"}))
    assert outcome(found) is Outcome.CHANGED


def test_redirects_in_a_loop_end(guide, site, tmp_path):
    found, _ = asked_alone(
        guide, site, tmp_path, Answer(status=302, headers={"Location": f"/changes/affected/{LAW}/data.feed"})
    )
    assert "in a loop" in why(found)
    assert len(site.asked) == SMALL.max_redirects + 1


def test_plain_http_is_raised_to_https():
    connection = client.Client(user_agent="x")
    asked = f"{client.OFFICIAL}/y"
    assert (
        connection.redirect_target(asked, "http://legislation.gov.uk/x?page=2") == "https://legislation.gov.uk/x?page=2"
    )
    assert connection.redirect_target(asked, "/x") == f"{client.OFFICIAL}/x"
    for there in (
        "https://legislation.gov.uk.example/",
        "https://www.legislation.gov.uk@example.org/",
        "ftp://www.legislation.gov.uk/",
        "http://[",
    ):
        with pytest.raises(client.Unanswered):
            connection.redirect_target(asked, there)


def test_busy_is_asked_again_later(guide, site, tmp_path):
    answers = [
        Answer(status=503, kind="text/html"),
        Answer(status=429, headers={"Retry-After": "33"}),
        [effect(LAW, "s. 1")],
    ]
    found, talk = asked_alone(guide, site, tmp_path, *answers)
    assert outcome(found) is Outcome.CHANGED
    assert talk.waits == [5, 5, 33, 5]  # wait, the pause between questions, as long as it asked, the pause
    assert any("busy (503). Asking again in 5 seconds" in said for said in talk.said)


def test_a_truncated_answer_is_asked_for_again(guide, site, tmp_path):
    whole = feed([effect(LAW, "s. 1")])
    found, _ = asked_alone(guide, site, tmp_path, Answer(whole[:200], claims=len(whole)), Answer(whole))
    assert outcome(found) is Outcome.CHANGED


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (requests.exceptions.SSLError(), "certificate is not right"),
        (requests.exceptions.ProxyError(), "proxy of this network"),
        (requests.exceptions.ConnectTimeout(), "Is this computer online?"),
    ],
)
def test_a_network_in_the_way_is_named(guide, tmp_path, error, said):
    def get(*_, **__):
        raise error

    talk = Talk("http://127.0.0.1:9")
    talk.connection.session.get = get
    found = check(guide, talk, tmp_path)
    assert said in found.stopped
    assert exit_code(found) is Exit.NOT_ASKED


def test_a_silent_site_is_given_up(guide, tmp_path):
    def get(*_, **__):
        raise requests.ReadTimeout

    talk = Talk("http://127.0.0.1:9")
    talk.connection.session.get = get
    found = check(guide, talk, tmp_path)
    assert found.stopped == "Several laws in a row had no answer."
    assert why(found) == "does not answer."


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_long_wait_is_not_waited_for(guide, all_quiet, tmp_path, form):
    soon = datetime.now(UTC) + timedelta(seconds=1000)
    later = "1000" if form == "seconds" else format_datetime(soon, usegmt=True)
    all_quiet.changes("uksi/2018/999", Answer(status=429, headers={"Retry-After": later}))
    talk = Talk(all_quiet.address)
    found = check(guide, talk, tmp_path)
    assert re.fullmatch("legislation.gov.uk asks us to come back in 1[5-7] minutes.", found.stopped)
    assert max(talk.waits) == 5


def test_refused(guide, site, tmp_path):
    found, talk = asked_alone(guide, site, tmp_path, Answer(status=403))
    assert "refuses us (403)" in found.stopped
    assert talk.waits == []


def test_always_busy_ends(guide, all_quiet, tmp_path):
    for law in (LAW, "uksi/2018/999", "eur/2016/999", "ukpga/1990/99", "ukpga/1959/99", "ukpga/1999/9999"):
        all_quiet.changes(law, Answer(status=503))
    found = check(guide, Talk(all_quiet.address), tmp_path)
    assert found.stopped == "Several laws in a row had no answer."
    assert len(all_quiet.asked) == 3 * 3


def test_a_slow_answer_is_given_up(guide, site, tmp_path):
    talk = Talk(site.address)
    site.changes(LAW, Answer(ENOUGH))
    ticks = iter(range(0, 100_000, 200))
    talk.connection.clock = lambda: next(ticks)  # every look at the clock is 200 seconds later
    found = check(guide, talk, tmp_path, "borrowing-act-2003")
    assert "took longer than 300 seconds" in why(found)


# Interrupted, offline, resumed.


def test_offline_says_so_and_changes_nothing(guide, tmp_path):
    talk = Talk("http://127.0.0.1:9")
    found = check(guide, talk, tmp_path)
    assert found.stopped == "legislation.gov.uk cannot be reached. Is this computer online?"
    assert exit_code(found) is Exit.NOT_ASKED
    told = text_report.as_text(report.outline(found, guide))
    assert "6 could not be asked about" in told
    assert "Open Government" not in told
    assert sum(talk.waits) <= 15
    assert not (tmp_path / ".guide").exists()


@pytest.mark.parametrize("trouble", ["the network goes", "Ctrl+C"])
def test_an_interrupted_check_goes_on_from_there(guide, eventful, tmp_path, trouble):
    whole = check(guide, Talk(eventful.address), tmp_path)
    eventful.changes(LAW, *(Answer(page) for page in two_pages()))
    eventful.asked.clear()
    talk = Talk(eventful.address)
    real = talk.connection.effects

    def effects(instrument, number):
        if len(eventful.asked) >= 4:
            raise KeyboardInterrupt if trouble == "Ctrl+C" else client.ServiceUnavailable(client.UNREACHABLE)
        return real(instrument, number)

    talk.connection = Interrupting(talk.connection, effects)
    first = check(guide, talk, tmp_path)
    assert first.stopped
    assert any(found.left_over for found in first.findings)
    asked = [path for path, _, _ in eventful.asked]
    second = check(guide, Talk(eventful.address), tmp_path)
    again = [path for path, _, _ in eventful.asked][len(asked) :]
    assert not set(asked) & set(again) - {"/changes/affected/ukpga/1999/9999/data.feed", "/id/ukpga/1999/9999"}
    assert {found.instrument.id: found.outcome for found in second.findings} == {
        found.instrument.id: found.outcome for found in whole.findings
    }
    assert not (tmp_path / ".guide").exists()


class Interrupting:
    def __init__(self, connection, effects):
        self.log, self.limits, self.effects = connection.log, connection.limits, effects


def two_pages():
    return [
        feed([effect(LAW, "s. 127(1)", key="a")], pages=2, total=2),
        feed([effect(LAW, "Act", key="b")], page=2, pages=2, total=2),
    ]


def test_what_was_kept_is_used_only_while_it_holds(guide, all_quiet, tmp_path):
    path = tmp_path / ".guide" / "law-check.json"
    law = guide.instruments["borrowing-act-2003"]
    answers = parse(
        [
            feed(
                [
                    effect(
                        LAW,
                        "s. 127(2)(a)",
                        addresses=[("section/127/2/a", "section/127/2/b")],
                        dates=[("2026-11-20", "x"), (None, "")],
                    )
                ]
            )
        ],
        LAW,
    ).effects
    heard = checkpoint.snapshot(law.checked_on.first_day, str(law.checked_on), answers)
    assert heard.effects == answers
    checkpoint.save(path, checkpoint.Checkpoint(began=NOW - timedelta(hours=1), laws={law.uri: heard}))
    assert checkpoint.load(path, NOW).laws == {law.uri: heard}  # nothing is lost on the way
    assert checkpoint.load(path, NOW + timedelta(days=1)).laws == {}
    assert checkpoint.load(path, NOW - timedelta(days=1)).laws == {}
    moved = dataclasses.replace(law, checked_on=type(law.checked_on).parse("2026-11-21"))
    run.check([moved], Talk(all_quiet.address).connection, today=DAY, now=NOW, path=path)
    assert len(all_quiet.asked) == 1  # its page was checked since, so it is asked about again
    for damage in ("", "{", "[]", '{"form": 1, "began": "2026-11-22T11:00:00+00:00", "laws": {"x": {}}}'):
        path.parent.mkdir(exist_ok=True)
        path.write_text(damage, encoding="utf-8")
        assert checkpoint.load(path, NOW).laws == {}


def test_afresh_asks_again(guide, all_quiet, tmp_path):
    law = guide.instruments["borrowing-act-2003"]
    path = tmp_path / ".guide" / "law-check.json"
    heard = checkpoint.FeedSnapshot(since=str(law.checked_on), recorded=1, effects=())
    checkpoint.save(path, checkpoint.Checkpoint(began=NOW, laws={law.uri: heard}))
    check(guide, Talk(all_quiet.address), tmp_path, "borrowing-act-2003", afresh=True)
    assert len(all_quiet.asked) == 1


# The command.


def test_the_command(project, all_quiet):
    all_quiet.changes(LAW, [effect(LAW, "s. 127(1)", dates=[("2026-11-20", "")])])
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    done = guide_command(
        project, "law", "check", "borrowing-act-2003", "--format", "json", GUIDE_LEGISLATION=all_quiet.address
    )
    assert done.returncode == Exit.LAW_CHANGED, done.stderr
    data = json.loads(done.stdout)
    assert [law["outcome"] for law in data["laws"]] == ["changed"]
    assert data["laws"][0]["changes"][0]["clauses"] == ["borrowing/1.1"]
    assert "1 of 1: Borrowing Act 2003" in done.stderr
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    quiet = guide_command(project, "law", "check", "quiet-act-1990", GUIDE_LEGISLATION=all_quiet.address)
    assert quiet.returncode == Exit.OK
    unknown = guide_command(project, "law", "check", "no-such-act")
    assert unknown.returncode == Exit.USAGE_ERROR
    assert "There is no law page docs/legislation/no-such-act.md." in unknown.stderr


def test_the_parser_forgets_as_it_goes():
    """A feed far larger than a page's limit is read in little memory."""
    import tracemalloc

    entry = effect(LAW, "s. 1", dates=[("2001-01-01", "")]).encode()
    head, tail = feed([]).split(b"</feed>")[0], b"</feed>"
    tracemalloc.start()
    found = parse((chunk for chunk in [head, *([entry] * 4000), tail]), LAW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.entries == 4000
    assert peak < 4 * 4000 * len(entry)


def test_unreadable_is_told_in_a_sentence():
    with pytest.raises(Unreadable, match="not the feed"):
        parse([b"<html/>"], LAW)


def test_of_judge_made_law_newer_judgments_are_looked_for(guide, site, tmp_path):
    law = dataclasses.replace(guide.instruments["library-guidance"], kind=InstrumentKind.COMMON_LAW)
    found = run.check(
        [law], Talk(site.address).connection, today=DAY, now=NOW, path=tmp_path / ".guide" / "law-check.json"
    )
    assert "Look for newer judgments" in str(list(report.guidance(found)))
