"""`guide start`: from the sample to a school's own guide, all of it or nothing."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.project import DAY, ROOT, guide_command
from support.school import rewrite

from macros import checks
from macros import project as projects
from macros.authoring.school_settings import Unwritable, with_school
from macros.commands import main
from macros.formats import files
from macros.model import SchoolKind
from macros.setup import start

ANSWERS = start.Answers(name="St Mary’s: a school", short_name="St Mary’s", council="", colour="#1f4e5f", logo=None)


@pytest.fixture
def school(tmp_path):
    """A fresh copy of the guide: its mkdocs.yml."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in ("macros", "overrides"):
        (tmp_path / name).symlink_to(ROOT / name)
    return Path(shutil.copy(ROOT / "mkdocs.yml", tmp_path))


def listing(config):
    folder = config.parent
    kept = [config, *(folder / "docs").rglob("*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept if path.is_file()}


def test_the_sample_is_known_by_its_edition(real):
    """After a correction of the sample: put the new checksum into macros/setup/start.py."""
    assert start.own_texts(real.guide) == ""


def test_the_guide_is_the_schools_and_passes_with_no_policy(school, tmp_path):
    logo = tmp_path / "Crest.PNG"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n")
    answers = start.Answers(name=ANSWERS.name, short_name="", council="Dorset Council", colour="", logo=logo)
    start.start(school, answers, today=DAY)
    project = projects.load(school, today=DAY)
    assert (project.guide.policies, project.guide.questions, project.guide.silences) == ({}, (), {})
    assert len(project.guide.library) == len(project.guide.instruments) > 50
    assert (project.guide.organisation.name, project.guide.organisation.local_authority) == (
        ANSWERS.name,
        "Dorset Council",
    )
    assert (school.parent / "docs/assets/logo.png").read_bytes() == b"\x89PNG\r\n\x1a\n"
    before = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    changed = [row.strip() for row in school.read_text(encoding="utf-8").split("\n") if row not in before]
    assert sorted(changed) == ['kind: ""', 'logo: "assets/logo.png"', 'name: "St Mary’s: a school"', 'short_name: ""']
    assert not [path for path in school.parent.iterdir() if path.name.startswith(".docs")]


def test_it_builds_at_once(school):
    start.start(school, ANSWERS, today=DAY)
    done = guide_command(school.parent, "site", GUIDE_PDF="off")
    assert done.returncode == 0, done.stderr
    home = (school.parent / "site/index.html").read_text(encoding="utf-8")
    assert "No policy is here yet" in home
    assert 'id="questions"' not in home
    assert "<strong>St Mary’s</strong>" in home
    assert "No policy relies on a law yet" in (school.parent / "site/legislation/index.html").read_text(
        encoding="utf-8"
    )


def test_it_can_be_done_again_until_there_is_a_policy(school):
    start.start(school, ANSWERS, today=DAY)
    start.start(school, start.Answers(name="Other", short_name="", council="", colour="", logo=None), today=DAY)
    assert projects.load(school, today=DAY).guide.organisation.name == "Other"


def own_policy(school):
    shutil.copytree(ROOT / "tests/support/small/docs/policies/plain", school.parent / "docs/policies/plain")


def own_words(school):
    rewrite(school, "2-3.md", "it is far less likely", "it is hardly likely")


def own_review(school):
    decision = 'reviews:\n  - on: "2026-11-20"\n    by: Governing body\n    outcome: unchanged\n'
    rewrite(school, "index.md", "reviews: []\n", decision)


@pytest.mark.parametrize("change", [own_policy, own_words, own_review])
def test_a_guide_with_a_schools_own_texts_is_refused(school, change):
    change(school)
    before = listing(school)
    with pytest.raises(start.CannotStart, match="for a fresh copy only"):
        start.start(school, ANSWERS, today=DAY)
    assert listing(school) == before


def test_pages_outside_the_folder_are_left_alone(school):
    school.write_text(school.read_text("utf-8").replace("docs_dir: docs", f"docs_dir: {school.parent}/docs"), "utf-8")
    before = listing(school)
    with pytest.raises(start.CannotStart, match="docs_dir: docs"):
        start.start(school, ANSWERS, today=DAY)
    assert listing(school) == before


def test_settings_that_would_not_pass_change_nothing(school):
    before = listing(school)
    with pytest.raises(start.CannotStart, match="not a colour that white text can be read on"):
        start.start(school, start.Answers(name="X", short_name="", council="", colour="#ffffff", logo=None), today=DAY)
    assert listing(school) == before
    assert not [path for path in school.parent.iterdir() if path.name.startswith(".docs")]


@pytest.mark.parametrize("killed", [False, True])
@pytest.mark.parametrize("stop", range(12))
def test_interrupted_anywhere_the_old_state_or_the_new_is_left(school, monkeypatch, stop, killed):
    """Every flush, rename and exchange fails in turn; with killed, nothing runs afterwards until the next command."""
    before = listing(school)
    left = [stop]

    def failing(real):
        def act(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0 and (killed or left[0] == -1):
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        return act

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing(os.fsync))
        broken.setattr(Path, "replace", failing(Path.replace))
        broken.setattr(Path, "rename", failing(Path.rename))
        broken.setattr(Path, "unlink", failing(Path.unlink))
        broken.setattr(files, "exchange", failing(files.exchange))
        with suppress(KeyboardInterrupt):
            start.start(school, ANSWERS, today=DAY)
    start.recover(school)  # as the next command does
    project = projects.load(school, today=DAY)
    new = project.guide.organisation.name == ANSWERS.name
    assert (len(project.guide.policies) == 0) is new
    after = {name: data for name, data in listing(school).items() if not Path(name).name.startswith(".")}
    assert new or after == before
    assert not (school.parent / start.STORED).exists()
    assert checks.check(project) == []


def test_the_command_asks_and_says_what_is_next(school, monkeypatch):
    monkeypatch.chdir(school.parent)
    before = listing(school)
    answers = "St Mary’s Primary School\n\nDorset Council\nmaintained, primary\n#1f4e5f\n\n"
    for given in ("", "St Mary’s\n", answers + "n\n"):
        stopped = CliRunner().invoke(main, ["start"], input=given)
        assert stopped.exit_code == 1
        assert "Nothing was changed" in stopped.output
        assert listing(school) == before
    done = CliRunner().invoke(main, ["start"], input=answers + "y\n")
    assert done.exit_code == 0, done.output
    assert "The guide is now that of St Mary’s Primary School" in done.output
    assert "guide import policy.docx" in done.output
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    kind = projects.load(school, today=DAY).guide.organisation.kind
    assert kind == (SchoolKind.MAINTAINED, SchoolKind.PRIMARY)
    assert CliRunner().invoke(main, ["new", "visitors"]).exit_code == 0
    refused = CliRunner().invoke(main, ["start", "--name", "X", "--yes"])
    assert refused.exit_code == 1
    assert "holds the Visitors policy" in refused.output


@pytest.mark.parametrize(("logo", "why"), [("none.png", "no file"), ("docs/index.md", "cannot be the logo")])
def test_a_logo_is_a_picture(school, monkeypatch, logo, why):
    monkeypatch.chdir(school.parent)
    before = listing(school)
    done = CliRunner().invoke(main, ["start", "--name", "X", "--yes", "--logo", logo])
    assert done.exit_code == 1
    assert why in done.output
    assert listing(school) == before


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_settings_are_changed_line_by_line(ending):
    text = (
        'site_name: G  # ours\nextra:\n  school:\n    # The name.\n    name: "Old"\n    logo: ""\n  generator: false\n'
    )
    new = {"name": "A: B", "short_name": "A", "logo": "a.svg"}
    assert with_school(text.replace("\n", ending), new).replace(ending, "\n") == (
        "site_name: G  # ours\nextra:\n  school:\n    # The name.\n"
        '    name: "A: B"\n    short_name: A\n    logo: "a.svg"\n  generator: false\n'
    )


@pytest.mark.parametrize(
    "text",
    ["extra: {school: {name: Old}}\n", "extra:\n  school:\n    name: >\n      Old\n      School\n", "a: b\n", "a: [\n"],
)
def test_a_layout_that_is_not_foreseen_is_refused(text):
    with pytest.raises(Unwritable):
        with_school(text, {"name": "New"})


def test_an_import_finds_the_law_of_the_library(school):
    start.start(school, ANSWERS, today=DAY)
    paper = "Equality policy\n\n1. Duties\n\n1.1. The school follows the Equality Act 2010 in all that it does.\n"
    (school.parent / "equality.txt").write_text(paper, encoding="utf-8")
    done = guide_command(school.parent, "import", "equality.txt")
    assert done.returncode == 0, done.stderr
    pages = "".join(page.read_text("utf-8") for page in (school.parent / "docs/policies/equality").glob("*.md"))
    assert '{{ law("equality-act-2010", "", "") }}' in pages
