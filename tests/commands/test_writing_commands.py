"""What the commands that write do to what is there: sources, other files, and one another."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.project import ROOT, guide_command

from macros.formats import files
from macros.hosting import deploy

SMALL = ROOT / "tests" / "support" / "small"


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A small school's project with its site built once."""
    folder = tmp_path_factory.mktemp("school") / "project"
    shutil.copytree(SMALL, folder)
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").write_text("ref: refs/heads/main", encoding="utf-8")
    done = guide_command(folder, "site")
    assert done.returncode == 0, done.stderr
    return folder


def listing(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sources(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in listing(folder).items() if not name.startswith(("site", ".cache", ".guide"))}


@pytest.mark.parametrize(
    "into", ["docs", ".", "..", "docs/policies", "macros", "overrides", ".git", "/", "mkdocs.yml", "docs/new"]
)
def test_a_site_is_never_built_over_sources(school, into):
    before = sources(school)
    done = guide_command(school, "site", "--into", into)
    assert done.returncode == 1
    assert "Nothing was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert sources(school) == before


def test_a_site_is_never_built_over_files_of_others(school, tmp_path):
    web = tmp_path / "web"
    web.mkdir()
    (web / "timetable.html").write_text("Ours", encoding="utf-8")
    done = guide_command(school, "site", "--into", str(web))
    assert done.returncode == 1
    assert "timetable.html" in done.stderr
    assert [path.name for path in web.iterdir()] == ["timetable.html"]


def test_a_site_replaces_an_earlier_one_and_its_rules(school, tmp_path):
    target = tmp_path / "site"
    for into in (str(target), f"{target}/"):
        done = guide_command(school, "site", "--into", into)
        assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "site-server"]
    assert listing(target) == listing(school / "site")


@pytest.mark.parametrize(
    "into", ["docs/index.md", "mkdocs.yml", "docs/guide.zip", "notes.zip", "no/such/folder.zip", "site"]
)
def test_a_bundle_is_never_written_over_anything_else(school, into):
    (school / "notes.zip").write_text("Not a bundle", encoding="utf-8")
    before = sources(school)
    done = guide_command(school, "bundle", "--into", into)
    assert done.returncode == 1
    assert "Nothing was changed" in done.stderr
    assert sources(school) == before


@pytest.mark.parametrize("report", ["paper.txt", "docs/index.md", "docs/new.txt", "mkdocs.yml", "docs"])
def test_a_report_is_never_written_over_anything_else(school, report):
    (school / "paper.txt").write_text("Visitors policy\n\n1. Sign in.\n\n2. Wear a badge.\n", encoding="utf-8")
    before = sources(school)
    done = guide_command(school, "import", "paper.txt", "--id", "visitors", "--dry-run", "--report", report)
    assert done.returncode == 1
    assert "Nothing was changed" in done.stderr
    assert sources(school) == before


def test_a_report_replaces_an_earlier_report(school, tmp_path):
    (school / "paper.txt").write_text("Visitors policy\n\n1. Sign in.\n\n2. Wear a badge.\n", encoding="utf-8")
    for _ in range(2):
        done = guide_command(
            school, "import", "paper.txt", "--id", "visitors", "--dry-run", "--report", str(tmp_path / "report.txt")
        )
        assert done.returncode == 0, done.stderr


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", "from macros.commands import main; main()", *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_two_builds_at_once_both_leave_the_right_site(school):
    right = listing(school / "site")
    runs = [start(school, "site"), start(school, "site")]
    assert [run.wait() for run in runs] == [0, 0]
    assert listing(school / "site") == right


@pytest.mark.parametrize("parent_alone", [False, True])
def test_a_killed_build_leaves_the_old_site_and_the_next_is_right(school, parent_alone):
    right = listing(school / "site")
    for wait in (0.3, 0.9, 1.4):
        run = start(school, "site")
        time.sleep(wait)
        (os.kill if parent_alone else os.killpg)(run.pid, signal.SIGKILL)
        run.wait()
        assert listing(school / "site") == right
    done = guide_command(school, "site")
    assert done.returncode == 0, done.stderr
    assert listing(school / "site") == right
    assert not list(school.glob(".site-*"))


def folders(tmp_path: Path) -> tuple[Path, Path]:
    target, aside = tmp_path / "site", tmp_path / "aside"
    fresh = aside / "fresh"
    for folder, text in ((target, "old"), (fresh, "new")):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(text, encoding="utf-8")
    return target, aside


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_folder_is_replaced_or_left(tmp_path, monkeypatch, exchanging):
    if not exchanging:
        monkeypatch.setattr(files, "exchange", lambda *_: False)
    target, aside = folders(tmp_path)
    undo = files.replace_folder(aside / "fresh", target, aside)
    assert (target / "index.html").read_text(encoding="utf-8") == "new"
    undo()
    assert (target / "index.html").read_text(encoding="utf-8") == "old"


def test_a_folder_that_is_a_disk_of_its_own_has_its_contents_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "site")
    target, _ = folders(tmp_path)
    with files.workspace(target) as aside:
        shutil.copytree(tmp_path / "aside/fresh", aside / "fresh")
        undo = files.replace_folder(aside / "fresh", target, aside)
        assert (target / "index.html").read_text(encoding="utf-8") == "new"
        undo()
        assert (target / "index.html").read_text(encoding="utf-8") == "old"


def test_when_one_folder_cannot_be_replaced_neither_is(tmp_path, monkeypatch):
    target, aside = folders(tmp_path)
    with pytest.raises(OSError, match="No such file"):
        deploy.deploy((aside / "fresh", target, aside), (tmp_path / "absent", tmp_path / "rules", aside))
    assert (target / "index.html").read_text(encoding="utf-8") == "old"


def test_a_site_behind_a_link_is_replaced_where_the_link_leads(school, tmp_path):
    shutil.copytree(school / "site", tmp_path / "web")
    (tmp_path / "web/index.html").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "web")
    done = guide_command(school, "site", "--into", str(tmp_path / "link"))
    assert done.returncode == 0, done.stderr
    assert listing(tmp_path / "web") == listing(school / "site")
    assert (tmp_path / "link").is_symlink()


def test_a_site_that_lacks_pages_is_not_put_in_place(school, tmp_path):
    shutil.copytree(school / "site", tmp_path / "site")
    deploy.check_complete(tmp_path / "site")
    data = json.loads((tmp_path / "site/data/guide.json").read_text(encoding="utf-8"))
    (tmp_path / "site" / data["policies"][0]["sections"][0]["url"] / "index.html").unlink()
    with pytest.raises(deploy.Incomplete, match="1 pages are missing"):
        deploy.check_complete(tmp_path / "site")


@pytest.mark.parametrize("command", ["site", "bundle"])
def test_a_build_that_is_refused_lists_the_problems_as_the_check_does(school, tmp_path, command):
    folder = tmp_path / "project"
    shutil.copytree(school, folder, symlinks=True)
    (folder / "docs/index.md").write_bytes(b"---\ntitle: Caf\xe9\n---\n")
    listed = guide_command(folder, "check")
    done = guide_command(folder, command)
    assert (done.returncode, listed.returncode) == (1, 1)
    assert "is not saved as UTF-8" in listed.stderr
    assert listed.stderr.strip() in done.stderr
    assert "Traceback" not in done.stderr
    assert "Nothing was changed in " in done.stderr


def test_the_check_builds_where_only_a_build_can_tell_where_a_link_leads(school, tmp_path):
    folder = shutil.copytree(school, tmp_path / "project", symlinks=True)
    (folder / "docs/help/own.md").write_text(
        "---\ntitle: Own\n---\n[here](index.md) and [there]({{ page.title }}.md)\n", encoding="utf-8"
    )
    before = listing(folder / "site")
    done = guide_command(folder, "check")
    assert done.returncode == 1
    assert "docs/help/own.md:4: the link to Own.md leads nowhere" in done.stderr
    (folder / "docs/help/own.md").write_text("---\ntitle: index\n---\n[here]({{ page.title }}.md)\n", encoding="utf-8")
    done = guide_command(folder, "check")
    assert (done.returncode, listing(folder / "site")) == (0, before), done.stderr
