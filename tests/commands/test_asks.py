"""`guide asks`: from a request to phrasings that search knows."""

import shutil

import pytest
import yaml
from support.project import ROOT, guide_command

ANSWER = """Here you are:
[1.1]
- Can I take a book home?
- can Mrs Smith have one
[1.5]
- spilt tea on it
"""


@pytest.fixture
def small(tmp_path):
    return shutil.copytree(ROOT / "tests" / "support" / "small", tmp_path / "small")


def listing(folder):
    return {path: path.read_bytes() for path in (folder / "docs").rglob("*") if path.is_file()}


def test_from_a_request_to_drafted_phrasings(small):
    done = guide_command(small, "asks", "draft", "lending")
    assert done.returncode == 0, done.stderr
    request = small / "asks-lending.txt"
    request.write_text(request.read_text(encoding="utf-8") + ANSWER, encoding="utf-8")
    line = request.read_text(encoding="utf-8").split("\n").index("- can Mrs Smith have one") + 1

    tried = guide_command(small, "asks", "take", "asks-lending.txt", "--dry-run")
    assert "Nothing was written" in tried.stdout
    assert not (small / "docs/policies/lending/asks.yml").exists()

    taken = guide_command(small, "asks", "take", "asks-lending.txt")
    assert taken.returncode == 0, taken.stderr
    assert f"line {line}, 1.1, “can Mrs Smith have one”: it holds a name (Mrs Smith)" in taken.stdout
    assert "Wrote 2 phrasings for 2 clauses" in taken.stdout
    assert yaml.safe_load((small / "docs/policies/lending/asks.yml").read_text(encoding="utf-8")) == {
        "1.1": [{"drafted": "can i take a book home"}],
        "1.5": [{"drafted": "spilt tea on it"}],
    }

    checked = guide_command(small, "check")
    assert checked.returncode == 0
    assert "2 phrasings drafted and not read yet: guide asks show lending" in checked.stdout
    assert "  drafted  spilt tea on it\n" in guide_command(small, "asks", "show", "lending").stdout
    assert "  1.4 Fines: no phrasings\n" in guide_command(small, "asks", "check", "lending").stdout

    again = guide_command(small, "asks", "take", "asks-lending.txt")
    assert again.returncode == 1
    assert "it is there already" in again.stdout
    assert "No phrasing was taken" in again.stderr


@pytest.mark.parametrize(
    ("name", "content", "arguments", "message"),
    [
        ("a.txt", b"[1.1]\ncan i\n", (), "does not say which policy"),
        ("a.txt", b"Policy: lendin\n[1.1]\ncan i\n", (), "Did you mean “lending”?"),
        ("a.txt", b"caf\xe9\n", ("--policy", "lending"), "not saved as UTF-8"),
        ("a.docx", b"PK\x03\x04...", ("--policy", "lending"), "not plain text"),
        ("a.txt", b"", ("--policy", "lending"), "no answer"),
        ("a.txt", b"Sorry, I cannot help with that.\n", ("--policy", "lending"), "No phrasing was taken"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(small, name, content, arguments, message):
    (small / name).write_bytes(content)
    before = listing(small)
    done = guide_command(small, "asks", "take", name, *arguments)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert listing(small) == before


def test_a_file_of_phrasings_in_an_odd_layout_stays_as_it_is(small):
    asks = small / "docs/policies/lending/asks.yml"
    asks.write_text('"1.1": [one thing, another thing]\n', encoding="utf-8")
    (small / "a.txt").write_text("Policy: lending\n" + ANSWER, encoding="utf-8")
    done = guide_command(small, "asks", "take", "a.txt")
    assert done.returncode == 1
    assert "Nothing was written" in done.stderr
    assert asks.read_text(encoding="utf-8") == '"1.1": [one thing, another thing]\n'


@pytest.mark.parametrize("target", ["docs/asks.txt", "notes.txt", "docs", "asks-lending.txt"])
def test_a_request_is_never_written_over_anything_else(small, target):
    (small / "notes.txt").write_text("Ours", encoding="utf-8")
    assert guide_command(small, "asks", "draft", "lending").returncode == 0
    request = small / "asks-lending.txt"
    request.write_text(request.read_text(encoding="utf-8") + ANSWER, encoding="utf-8")
    before = {**listing(small), request: request.read_bytes()}
    done = guide_command(small, "asks", "draft", "lending", "--into", target)
    assert done.returncode == 1
    assert "Nothing was written" in done.stderr
    assert {**listing(small), request: request.read_bytes()} == before
    assert (small / "notes.txt").read_text(encoding="utf-8") == "Ours"


def test_show_lists_guesses_by_topic_and_what_was_taken_over(small):
    index = small / "docs/policies/lending/index.md"
    index.write_text(
        index.read_text(encoding="utf-8").replace("summary:", "subject: charging\nsummary:", 1), encoding="utf-8"
    )
    asks = small / "docs/policies/lending/asks.yml"

    def damage() -> str:
        done = guide_command(small, "asks", "show", "lending")
        assert done.returncode == 0, done.stderr
        return done.stdout.split("1.5 Damaged books\n")[1]

    assert "  guessed: charging/damage and breakage\n    my child broke a window do i pay\n" in damage()
    asks.write_text('"1.5":\n  - topic: uniform/shoes\n  - not: charging/damage and breakage\n', encoding="utf-8")
    assert "  taken over: uniform/shoes\n    are trainers allowed\n" in damage()
    assert "charging/damage and breakage" not in damage()
