"""A trust of three schools and five policies: one text, each school's name, values, local clauses and adoptions."""

import csv
import json
import re

import pytest
from support.project import TODAY, guide_command

from bench.library import FORMS, Shape
from bench.library import library as generated

SCHOOLS = {
    "ash": 'name: Ash Primary School\nshort_name: Ash\ncolour: "#5a1f1f"\ndsl: Deputy headteacher\nsite_url: https://ash.example/\n',
    "birch": 'name: Birch Infant School\ncolour: "#1f4e5f"\ndsl: Headteacher\n',
    "cedar": 'name: Cedar High School\ncolour: "#333366"\ndsl: Head of inclusion\n',
}
KEYS = "docs/policies/keys/1-1.md"
LOCAL = '{{ clause("1.1.1", "Who holds keys") }}\n\nAt Ash the caretaker holds every key.\n'
OWN = '{{ clause("1.1.11", "The bicycle shed") }}\n\nThe key of the bicycle shed hangs in the office.\n'


@pytest.fixture
def trust(tmp_path):
    """The trust's project: its clause 1.1.1 on keys may be written by a school, and names the school."""
    FORMS["guide"](generated(Shape.of_policies(5), 1), tmp_path)
    page = tmp_path / KEYS
    text = page.read_text(encoding="utf-8")
    opened = re.sub(r'(clause\("1\.1\.1", "[^"]*")\)', r'\1, local="yes")', text)
    assert opened != text
    first = re.search(r'local="yes"\) }}\n\n', opened)
    opened = f"{opened[: first.end()]}Ask the {{{{ school.dsl }}}} of {{{{ school.name }}}}. {opened[first.end() :]}"
    page.write_text(opened, encoding="utf-8")
    for name, settings in SCHOOLS.items():
        (tmp_path / "schools").mkdir(exist_ok=True)
        (tmp_path / f"schools/{name}.yml").write_text(settings, encoding="utf-8")
    local = tmp_path / "schools/ash/policies/keys"
    local.mkdir(parents=True)
    (local / "1-1.md").write_text(LOCAL + "\n" + OWN, encoding="utf-8")
    adopted = '---\nadopted:\n  on: "2025-07-01"\n  by: Governors of Ash\nowner: Caretaker\nreviews: []\nnext_review: "2026-03"\n---\n'
    (local / "index.md").write_text(adopted, encoding="utf-8")
    return tmp_path


def run(folder, *arguments):
    return guide_command(folder, *arguments, GUIDE_PDF="off", GUIDE_TODAY=TODAY, SITE_URL="")


def section(folder, school) -> str:
    return (folder / f"sites/{school}/policies/keys/1-1/index.html").read_text(encoding="utf-8")


def test_each_school_has_a_guide_of_its_own_from_one_text(trust):
    before = {path: path.read_bytes() for path in (trust / "docs").rglob("*") if path.is_file()}
    for name in SCHOOLS:
        done = run(trust, "site", "--school", f"schools/{name}.yml")
        assert done.returncode == 0, done.stdout + done.stderr
    ash, birch, cedar = (section(trust, name) for name in SCHOOLS)
    assert "the caretaker holds every key" in ash
    assert "bicycle shed" in ash
    assert "Ask the" not in ash
    assert ash.index("1.1.10") < ash.index('id="clause-1-1-11"')
    assert "Ask the Headteacher of Birch Infant School." in birch
    assert "Ask the Head of inclusion of Cedar High School." in cedar
    assert "bicycle shed" not in birch + cedar
    for text, name in ((ash, "Ash Primary School"), (birch, "Birch Infant School"), (cedar, "Cedar High School")):
        assert [other for other in (s.split("\n")[0][6:] for s in SCHOOLS.values()) if other in text] == [name]
    assert 'href="https://ash.example/policies/keys/1-1/"' in ash
    assert "governors of Ash" in (trust / "sites/ash/policies/keys/index.html").read_text(encoding="utf-8")
    assert "#5a1f1f" in (trust / "sites/ash/assets/stylesheets/").joinpath(
        next(p.name for p in (trust / "sites/ash/assets/stylesheets").glob("guide.*.css"))
    ).read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in (trust / "docs").rglob("*") if path.is_file()} == before

    rolled = run(
        trust, "rollup", "sites/ash", "sites/birch", "sites/cedar", "--csv", "register.csv", "--format", "json"
    )
    assert rolled.returncode == 0, rolled.stderr
    found = json.loads(rolled.stdout)["policies"]
    assert len(found) == 15
    mine = next(one for one in found if one["school"] == "Ash Primary School" and one["title"] == "Keys policy")
    assert (mine["status"], mine["review_due_on"], mine["owner"]) == ("overdue", "2026-03-31", "Caretaker")
    rows = list(csv.reader((trust / "register.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 16
    text = run(trust, "rollup", "sites/ash", "sites/birch", "sites/cedar").stdout
    assert text.startswith("Reviews: 3 schools, 15 policies\n")
    assert "Ash Primary School: Keys policy, since 31 March 2026. Looked after by: Caretaker" in text


def test_a_local_clause_is_to_be_looked_at_again_when_the_trusts_words_change(trust):
    check = ("check", "--school", "schools/ash.yml")
    first = run(trust, *check)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "  schools/ash/policies/keys/1-1.md:1: keys/1.1.1\n" in first.stdout
    assert run(trust, *check, "--compared").returncode == 0
    assert "1.1.1" not in run(trust, *check).stdout
    page = trust / KEYS
    page.write_text(page.read_text(encoding="utf-8").replace("Ask the", "Always ask the", 1), encoding="utf-8")
    assert "keys/1.1.1" in run(trust, *check).stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{{ clause("1.1.2", "Not ours to change") }}\n\nWords.\n',
            "schools/ash/policies/keys/1-1.md:1: the trust’s clause 1.1.2 is not one that schools may write themselves",
        ),
        (
            '{{ clause("1.1.99", "Gone", local="yes") }}\n\nWords.\n',
            "schools/ash/policies/keys/1-1.md:1: the trust has no clause 1.1.99 any more",
        ),
    ],
)
def test_a_local_clause_that_cannot_be_placed_is_refused(trust, text, message):
    (trust / "schools/ash/policies/keys/1-1.md").write_text(text, encoding="utf-8")
    done = run(trust, "site", "--school", "schools/ash.yml")
    assert done.returncode == 1
    assert message in done.stderr
    assert not (trust / "sites").exists() or not list((trust / "sites").iterdir())


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("schools/oak.yml", "there is no such file"),
        ("schools/bad.yml", "“name” is not one line of text"),
        ("schools/nameless.yml", "the school has no name"),
    ],
)
def test_a_schools_file_that_cannot_be_read_is_refused(trust, file, message):
    (trust / "schools/bad.yml").write_text("name: [a, b]\n", encoding="utf-8")
    (trust / "schools/nameless.yml").write_text("dsl: Head\n", encoding="utf-8")
    done = run(trust, "check", "--school", file)
    assert done.returncode == 1
    assert f"{file}:1: {message}" in done.stderr


def test_a_rollup_of_something_else_is_refused(trust, tmp_path):
    (tmp_path / "other.json").write_text('{"policies": []}', encoding="utf-8")
    for argument, words in (("other.json", "is not the reviews.json of a guide"), ("sites/none", "No such file")):
        done = run(trust, "rollup", argument)
        assert done.returncode == 1
        assert words in done.stderr
