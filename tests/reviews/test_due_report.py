"""`guide reviews`, and the script that keeps the one issue of reminders."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.models import policy
from support.project import ROOT, TODAY, guide_command

from macros.commands.exit_codes import Exit
from macros.formats import report
from macros.model import Problem
from macros.reviews import due_report, sentences
from macros.reviews import status as review_status

DAY = date.fromisoformat(TODAY)
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("form", "everything", "name"),
    [(report.as_text, True, "reviews.txt"), (report.as_markdown, False, "reviews.md")],
)
def test_the_list(guide, form, everything, name, expect):
    expect(GOLDEN / name, form(due_report.outline(due_report.remind(guide, DAY), all_of_them=everything)))


def test_the_data(guide, expect):
    found = due_report.document(due_report.remind(guide, DAY))
    expect(GOLDEN / "reviews.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize(
    ("within", "expected"),
    [(60, "due-soon"), (47, "due-soon"), (46, "current"), (0, "current"), (3650, "due-soon")],
)
def test_how_soon_is_soon(guide, within, expected):
    found = {one.policy.id: one.due for one in due_report.remind(guide, DAY, within=within).listed}
    assert found["keys"] == expected


def test_on_the_day_and_the_day_after(guide):
    due_on = date(2027, 1, 10)
    said = []
    for day in (due_on - timedelta(days=1), due_on, due_on + timedelta(days=1)):
        one = next(one for one in due_report.remind(guide, day).listed if one.policy.id == "keys")
        said.append((one.due.value, sentences.sentence(one.policy, day)))
    assert said == [
        ("due-soon", "Review due soon by 10 January 2027."),
        ("due-soon", "Review due today."),
        ("overdue", "Review overdue since 10 January 2027. The review due then is not recorded. It still applies."),
    ]


def test_a_policy_whose_settings_are_faulty_is_not_judged(guide):
    fault = Problem(path="docs/policies/keys/index.md", line=3, rule="x", message="x", hint="x")
    found = due_report.remind(guide, DAY, problems=[fault])
    assert [one.policy.id for one in found.of(due_report.Due.UNKNOWN)] == ["keys"]
    told = report.as_text(due_report.outline(found))
    assert "its dates cannot be trusted: docs/policies/keys/index.md" in told
    assert due_report.document(found)["policies"][0]["due_on"] is None


def test_two_hundred_policies_are_in_order(guide):
    import dataclasses

    start = date(2020, 1, 1)
    many = {
        f"p{n}": dataclasses.replace(
            policy(str(start + timedelta(days=n * 13)), 12), id=f"p{n}", title=f"P {n:03}", path=f"p{n}"
        )
        for n in range(200)
    }
    found = due_report.remind(dataclasses.replace(guide, policies=many), DAY).listed
    late = [one.standing.days_late for one in found]
    assert late == sorted(late, reverse=True)
    assert len(found) == 200


WORDS = {
    (
        "2021-12",
        12,
        None,
        "2026-11-24",
    ): "Review overdue since 31 December 2022. The yearly reviews of 2022, 2023, 2024 and "
    "2025 are not recorded. It still applies.",
    (
        "2021-12",
        24,
        None,
        "2026-11-24",
    ): "Review overdue since 31 December 2023. The reviews due by 31 December 2023 and 31 "
    "December 2025 are not recorded. It still applies.",
    (
        "2011-12",
        12,
        None,
        "2026-11-24",
    ): "Review overdue since 31 December 2012. 14 reviews due since then are not recorded. It still applies.",
    (
        "2011-12",
        36,
        "2026-10",
        "2026-11-24",
    ): "Review overdue since 31 October 2026. The review due then is not recorded. It still applies.",
    ("2025-12", 12, None, "2026-11-24"): "Review due soon by 31 December 2026.",
    ("2026-10", 12, None, "2026-11-24"): "Review up to date. The next is due by 31 October 2027.",
    (None, None, "autumn 2026", "2026-12-31"): "Review due today.",
    (
        None,
        12,
        None,
        "2026-11-24",
    ): "Neither an adoption nor a next review is recorded, so it is unknown when a review is due.",
}


@pytest.mark.parametrize("case", WORDS, ids=str)
def test_the_words_of_the_banner(case):
    adopted, months, stated, today = case
    assert sentences.sentence(policy(adopted, months, stated=stated), date.fromisoformat(today)) == WORDS[case]


FACTS = [
    (policy("2021-12", 12), "Adopted in December 2021 by the governing body. To be reviewed every year."),
    (
        replace(policy("2021-12", 12), approved_by="Governing body"),
        "Adopted in December 2021 by the governing body, who must review it every year.",
    ),
    (
        replace(policy("2021-12", 12, "2022-12"), reviewed_by="FGB"),
        (
            "Last reviewed in December 2022 by the governing body: unchanged. Adopted in December 2021. The FGB must review it "
            "every year."
        ),
    ),
    (
        policy("2021-12", 12, stated="autumn 2023"),
        (
            "Adopted in December 2021 by the governing body. To be reviewed every year. The policy states its next review: the "
            "autumn term of 2023. Counted from its adoption it would be due by 31 December 2022."
        ),
    ),
    (policy(None, None, stated="2026-11"), "The policy states its next review: November 2026."),
    (policy(None, None), ""),
]


@pytest.mark.parametrize(("found", "words"), FACTS, ids=[words for _, words in FACTS])
def test_what_is_recorded_in_words(found, words):
    assert sentences.facts(found) == words


def test_an_adoption_whose_body_is_not_named_names_none():
    found = policy("2021-12", 12)
    assert sentences.facts(replace(found, adopted=replace(found.adopted, by=None))) == (
        "Adopted in December 2021. To be reviewed every year."
    )


def test_the_words_are_those_of_the_pages(chromium):
    """The banner's script and the reminder say the same on the same day."""
    page = chromium.new_page()
    script = (ROOT / "overrides/assets/javascripts/review-status.js").read_text(encoding="utf-8")
    page.add_script_tag(content=script.replace("{{ review_sentences }}", sentences.TEXT))
    cases = [
        (anchor, months, stated, date(2021, 6, 1) + timedelta(days=step))
        for anchor in ("2021-12", "2024-02-29", "2022-10-30")
        for months in (4, 12, 24)
        for stated in (False, True)
        for step in range(0, 2400, 97)
    ]
    cases += [("2021-12", 12, False, date(2022, 12, 31) + timedelta(days=near)) for near in (-61, -60, -1, 0, 1)]
    cases += [("2021-12", None, True, date(2021, 12, 31) + timedelta(days=near)) for near in (-61, 0, 1, 4000)]
    forms = ("full", "line", "short")
    told = page.evaluate(
        """([cases, forms, soon]) => cases.map(([anchor, months, stated, today]) => forms.map((form) => {
             const {chip, rest} = guideReview.verdict(guideReview.standing({anchor, months, stated}, today, soon), months, form);
             return [chip, rest] }))""",
        [
            [[anchor, months, stated, day.isoformat()] for anchor, months, stated, day in cases],
            forms,
            review_status.SOON.days,
        ],
    )
    page.close()
    for (anchor, months, stated, day), answers in zip(cases, told, strict=True):
        found = policy(None if stated else anchor, months, stated=anchor if stated else None)
        assert [list(sentences.verdict(found, day, form)) for form in forms] == answers, (anchor, months, stated, day)


# The command.


@pytest.mark.parametrize(
    ("arguments", "today", "status"),
    [
        ((), TODAY, Exit.OK),
        (("--fail-on", "overdue"), TODAY, Exit.DUE),
        (("--fail-on", "due-soon"), TODAY, Exit.DUE),
        (("--due-within", "-1"), TODAY, Exit.USAGE_ERROR),
        (("--fail-on", "never"), TODAY, Exit.USAGE_ERROR),
    ],
)
def test_the_command(project, arguments, today, status):
    done = guide_command(project, "reviews", *arguments, GUIDE_TODAY=today)
    assert done.returncode == status, done.stderr


def test_what_fails_and_what_does_not(guide):
    import dataclasses

    def fails(name, on):
        one = {name: guide.policies[name]}
        return due_report.fails(due_report.remind(dataclasses.replace(guide, policies=one), DAY), on)

    assert [fails("borrowing", on) for on in (None, "overdue", "due-soon")] == [False, True, True]
    assert [fails("clubs", on) for on in (None, "overdue", "due-soon")] == [False, True, True]
    assert [fails("keys", on) for on in (None, "overdue", "due-soon")] == [False, False, True]
    assert [fails("visitors", on) for on in (None, "overdue", "due-soon")] == [False, False, False]


def test_reviews_are_listed_although_the_texts_have_problems(project):
    page = project / "docs" / "policies" / "keys" / "index.md"
    page.write_text(page.read_text(encoding="utf-8").replace('"2025-01-10"', '"2025-13-10"'), encoding="utf-8")
    done = guide_command(project, "reviews", "--format", "json")
    assert done.returncode == Exit.PROBLEMS
    assert {one["id"]: one["status"] for one in json.loads(done.stdout)["policies"]} == {
        "keys": "unknown", "clubs": "never-reviewed", "borrowing": "overdue", "visitors": "current",
    }  # fmt: skip
    assert "1 problem" in done.stderr


def test_every_status_is_explained():
    told = (ROOT / "docs" / "help" / "reviews.md").read_text(encoding="utf-8").split("{: #status }")[1]
    assert [int(row.split("|")[1]) for row in told.split("\n") if row.startswith("| ") and row[2].isdigit()] == list(
        Exit
    )


# The script.

GH = """#!{python}
import json, pathlib, sys
store = pathlib.Path({store!r})
issues = json.loads(store.read_text())
args = sys.argv[1:]
def option(name):
    return args[args.index(name) + 1]
with store.with_name("calls").open("a") as calls:
    calls.write(" ".join(args[:2]) + "\\n")
if args[:2] == ["issue", "list"]:
    assert option("--app") == "github-actions" and option("--state") == "open" and "--jq" in args
    ours = [one for one in issues if one["open"] and one["label"] == option("--label") and one["author"] == "app/github-actions"]
    if ours:
        print(ours[0]["number"], ours[0]["title"], sep="\\t")
elif args[:2] == ["label", "create"]:
    assert "--force" in args
elif args[:2] == ["issue", "create"]:
    issues.append(dict(number=len(issues) + 1, title=option("--title"), body=pathlib.Path(option("--body-file")).read_text(),
                       label=option("--label"), author="app/github-actions", open=True, comments=[]))
else:
    one = next(one for one in issues if one["number"] == int(args[2]))
    if args[1] == "edit":
        one.update(title=option("--title"), body=pathlib.Path(option("--body-file")).read_text())
    elif args[1] == "comment":
        one["comments"].append(option("--body") if "--body" in args else pathlib.Path(option("--body-file")).read_text())
    elif args[1] == "close":
        one["open"] = False
        one["comments"].append(option("--comment"))
    else:
        sys.exit("unknown: " + " ".join(args))
store.write_text(json.dumps(issues))
"""
GUIDE = """#!/bin/sh
cat "{folder}/$1.md"
exit $(cat "{folder}/$1.status")
"""
FOREIGN = [
    {
        "number": 1,
        "title": "Somebody’s",
        "body": "Theirs",
        "label": "guide reminder",
        "author": "parent",
        "open": True,
        "comments": [],
    },
    {
        "number": 2,
        "title": "Other",
        "body": "Other",
        "label": "bug",
        "author": "app/github-actions",
        "open": True,
        "comments": [],
    },
]


class Repository:
    """Issues in a file, a gh that works on them, and a guide that says what it is told to."""

    def __init__(self, folder):
        self.folder, self.store = folder, folder / "issues.json"
        self.store.write_text(json.dumps(FOREIGN), encoding="utf-8")
        for name, text in (
            ("gh", GH.format(python=sys.executable, store=str(self.store))),
            ("guide", GUIDE.format(folder=folder)),
        ):
            (folder / name).write_text(text, encoding="utf-8")
            (folder / name).chmod(0o755)

    def remind(self, reviews, law, said="1 overdue"):
        for name, status, text in (
            ("reviews", reviews, f"## Reviews: {said}\n\nA list.\n"),
            ("law", law, f"## Law: status {law}\n\nIts list.\n"),
        ):
            (self.folder / f"{name}.md").write_text(text, encoding="utf-8")
            (self.folder / f"{name}.status").write_text(str(int(status)), encoding="utf-8")
        (self.folder / "calls").write_text("", encoding="utf-8")
        path = f"{self.folder}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            [str(ROOT / ".github" / "remind.sh")], env=os.environ | {"PATH": path, "GUIDE": str(self.folder / "guide")},
            capture_output=True, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
        assert json.loads(self.store.read_text(encoding="utf-8"))[:2] == FOREIGN, (
            "an issue of somebody else was touched"
        )
        return done

    @property
    def ours(self):
        return json.loads(self.store.read_text(encoding="utf-8"))[2:]

    @property
    def calls(self):
        return (self.folder / "calls").read_text(encoding="utf-8").split("\n")[:-1]


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


needs_bash = pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux")


@needs_bash
def test_opens_one_updates_it_and_closes_it(repository):
    assert repository.remind(Exit.DUE, Exit.LAW_CHANGED).returncode == 0
    assert [one["title"] for one in repository.ours] == ["Reviews: 1 overdue. Law: status 4"]
    assert "A list." in repository.ours[0]["body"]
    assert "Its list." in repository.ours[0]["body"]
    repository.remind(Exit.DUE, Exit.LAW_CHANGED)
    assert len(repository.ours) == 1
    assert repository.ours[0]["comments"] == []  # the same as last week: nobody is called
    repository.remind(Exit.DUE, Exit.OK, said="2 overdue")
    assert repository.ours[0]["title"] == "Reviews: 2 overdue. Law: status 0"
    assert repository.ours[0]["comments"] == ["The list above has changed: Reviews: 2 overdue. Law: status 0."]
    repository.remind(Exit.OK, Exit.OK)
    assert [one["open"] for one in repository.ours] == [False]
    repository.remind(Exit.OK, Exit.LAW_CHANGED)
    assert [one["open"] for one in repository.ours] == [False, True]


@needs_bash
def test_nothing_due_and_no_issue_does_nothing(repository):
    assert "Nothing is due." in repository.remind(Exit.OK, Exit.OK).stdout
    assert repository.calls == ["issue list"]


@needs_bash
def test_a_law_that_could_not_be_asked_closes_nothing(repository):
    done = repository.remind(Exit.OK, Exit.NOT_ASKED)
    assert "::warning title=The law could not be asked::" in done.stdout
    assert repository.ours == []
    repository.remind(Exit.OK, Exit.LAW_CHANGED)
    body = repository.ours[0]["body"]
    repository.remind(Exit.OK, Exit.NOT_ASKED)
    assert repository.ours[0]["open"]
    assert repository.ours[0]["body"] == body
    assert "could not be asked" in repository.ours[0]["comments"][-1]


@needs_bash
def test_due_reviews_are_told_although_the_law_could_not_be_asked(repository):
    repository.remind(Exit.DUE, Exit.NOT_ASKED)
    assert "A list." in repository.ours[0]["body"]


@needs_bash
@pytest.mark.parametrize(
    ("reviews", "law"), [(Exit.PROBLEMS, Exit.OK), (Exit.OK, Exit.PROBLEMS), (Exit.USAGE_ERROR, Exit.OK)]
)
def test_a_guide_with_problems_touches_nothing(repository, reviews, law):
    done = repository.remind(reviews, law)
    assert done.returncode == 1
    assert "fix that first" in done.stderr
    assert repository.calls == []


@needs_bash
def test_a_very_long_list_still_fits(repository):
    repository.remind(Exit.DUE, Exit.OK, said="1 overdue\n\n" + "- a policy – überfällig\n" * 5000)
    assert len(repository.ours[0]["body"]) < 65_536
    assert "…and more" in repository.ours[0]["body"]
