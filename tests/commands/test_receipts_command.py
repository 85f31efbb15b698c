"""`guide receipts`: what it prints and writes, and where it refuses to write."""

import pytest
from click.testing import CliRunner
from support.project import ROOT

from macros.commands import main

ANSWERS = (
    "Completion time,Email,Name,Policy,Edition\n1/9/26,jo@school.example,Jo Smith,Social networking policy,Dec-21\n"
)
STAFF = "Name,Email\nJo Smith,jo@school.example\nSam Okoro,sam@school.example\n"


@pytest.fixture
def run(monkeypatch, tmp_path):
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    monkeypatch.chdir(ROOT)

    def invoke(*options, answers=tmp_path / "answers.csv", staff=tmp_path / "staff.csv"):
        return CliRunner().invoke(main, ["receipts", str(answers), str(staff), *map(str, options)])

    return invoke


def test_it_says_who_has_read_what_and_writes_both_files(run, tmp_path):
    done = run("--policy", "social-networking", "--csv", tmp_path / "out.csv", "--page", tmp_path / "out.html")
    assert done.exit_code == 0, done.output
    assert "of 2 people 1 have read it" in " ".join(done.output.split())
    assert "Sam Okoro" in done.output
    assert "Jo Smith" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "Sam Okoro" in (tmp_path / "out.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "out.csv", "out.html", "staff.csv"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--csv", "site/receipts.csv"), "lies in the guide’s folder"),
        (("--page", "docs/governors/receipts.html"), "lies in the guide’s folder"),
        (("--csv", "../receipts.txt"), "does not end in .csv"),
        (("--policy", "social-netwrking"), "Did you mean “social-networking”?"),
        ((), "No policy asks for receipts"),
    ],
)
def test_names_never_go_into_the_guide(run, options, told):
    refused = run(*options)
    assert refused.exit_code == 1
    assert told in refused.output


def test_nothing_goes_into_a_built_guide_elsewhere(run, tmp_path):
    (tmp_path / "www" / "data").mkdir(parents=True)
    (tmp_path / "www" / "data" / "guide.json").write_text("{}")
    refused = run("--policy", "social-networking", "--page", tmp_path / "www" / "help" / "receipts.html")
    assert refused.exit_code == 1
    assert "lies in a built guide" in refused.output


def test_both_files_or_neither(run, tmp_path):
    refused = run(
        "--policy", "social-networking", "--csv", tmp_path / "out.csv", "--page", tmp_path / "none" / "out.html"
    )
    assert refused.exit_code == 1
    assert "Nothing was written" in refused.output
    assert not (tmp_path / "out.csv").exists()


def test_a_table_without_the_columns_is_told_plainly(run, tmp_path):
    (tmp_path / "other.csv").write_text("Colour\nred\n", encoding="utf-8")
    refused = run("--policy", "social-networking", answers=tmp_path / "other.csv")
    assert refused.exit_code == 1
    assert "has no column for the name or the e-mail address and the edition" in refused.output
