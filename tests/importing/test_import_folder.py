"""A folder of papers is brought in in one go: the better format, one report, gone on with, nothing lost by a bad file."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.project import ROOT, config_for

from macros import project as projects
from macros.commands import import_folder, main
from macros.importing import folder as folders
from macros.importing.readers import office

PAPERS = ROOT / "tests" / "importing" / "papers"
VISITS = "# Visits Policy\n\n## Aims\n\nStaff plan early.\n\n## Travel\n\nWe go by bus to the <i>Museum</i>.\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A guide of its own, entered."""
    shutil.copytree(ROOT / "tests" / "support" / "small" / "docs", tmp_path / "docs")
    config_for(tmp_path, Path("docs"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "program", lambda: None)
    return tmp_path


@pytest.fixture
def papers(project):
    """A school's folder: a paper in two formats, one of the older kind, a broken one, a crest."""
    folder = project / "papers"
    (folder / "2024").mkdir(parents=True)
    for name in ("gifts.docx", "gifts.pdf"):
        shutil.copy(PAPERS / name, folder / name)
    (folder / "2024" / "visits.md").write_text(VISITS, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (folder / "~$gifts.docx").write_bytes(b"a lock")
    (folder / "Thumbs.db").write_bytes(b"pictures")
    return folder


def guide(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def policies(project):
    return {path.name for path in (project / "docs" / "policies").iterdir() if path.is_dir()}


def test_of_one_paper_in_two_formats_the_better_is_taken(papers):
    chosen = folders.selection(papers)
    assert [path.relative_to(papers).as_posix() for path in chosen.papers] == [
        "2024/visits.md",
        "broken.pdf",
        "gifts.docx",
    ]
    assert chosen.passed_over == {papers / "gifts.pdf": papers / "gifts.docx"}


def test_a_bad_file_stops_no_other_and_leaves_nothing(project, papers):
    before = policies(project)
    done = guide("import", papers)
    assert done.exit_code == 1
    assert policies(project) - before == {"gifts-and-hospitality", "visits"}
    assert "gifts.pdf: not read, since gifts.docx is the same paper" in done.output
    assert re.search(r"^\[2 of 3\] broken.pdf: The file is damaged", done.output, re.MULTILINE)
    text = (project / "import-report" / "report.txt").read_text(encoding="utf-8")
    assert text.index("refused") < text.index("Visits Policy")
    loaded = projects.read(project / "mkdocs.yml")
    assert {"policies/visits/index.md", "policies/gifts-and-hospitality/index.md"} <= {
        page.path for page in loaded.pages
    }


def test_a_second_run_does_only_what_is_not_done(project, papers, monkeypatch):
    guide("import", papers)
    (papers / "broken.pdf").unlink()
    (papers / "late.md").write_text(VISITS.replace("Visits", "Late pupils"), encoding="utf-8")
    read = []
    real = import_folder.understood
    monkeypatch.setattr(
        import_folder, "understood", lambda run, paper, file: read.append(paper.name) or real(run, paper, file)
    )
    again = guide("import", papers)
    assert again.exit_code == 0, again.output
    assert read == ["late.md"]
    assert "gifts.docx → gifts-and-hospitality: imported before" in again.output
    report = (project / "import-report" / "index.html").read_text(encoding="utf-8")
    assert all(name in report for name in ("gifts-and-hospitality.html", "visits.html", "late-pupils.html"))


def test_a_policy_that_was_removed_is_brought_in_again(project, papers):
    guide("import", papers)
    shutil.rmtree(project / "docs" / "policies" / "visits")
    assert "visits.md → visits: sure" in guide("import", papers).output


def test_a_second_paper_of_one_title_is_left_out_and_told_how(project, papers):
    (papers / "visits old.md").write_text(VISITS.replace("bus", "train"), encoding="utf-8")
    (papers / "copy.md").write_text(VISITS, encoding="utf-8")
    done = guide("import", papers)
    page = (project / "docs" / "policies" / "visits" / "travel.md").read_text(encoding="utf-8")
    assert "by bus" in page
    assert "skipped: it has the same title as 2024/visits.md" in done.output
    assert f'guide import "{papers / "visits old.md"}" --id visits-2' in done.output
    assert "copy.md: skipped: it is the same file as 2024/visits.md" in done.output


def test_at_a_terminal_it_is_asked_for(project, papers, monkeypatch):
    (papers / "visits old.md").write_text(VISITS.replace("bus", "train"), encoding="utf-8")
    monkeypatch.setattr(import_folder, "is_terminal", lambda: True)
    monkeypatch.setattr(import_folder.click, "confirm", lambda *_, **__: True)
    guide("import", papers)
    assert "by train" in (project / "docs" / "policies" / "visits-2" / "travel.md").read_text(encoding="utf-8")


def test_papers_of_one_title_are_offered_different_addresses(project, papers):
    for name, vehicle in (("a.md", "train"), ("b.md", "boat")):
        (papers / name).write_text(VISITS.replace("bus", vehicle), encoding="utf-8")
    done = guide("import", papers)
    offered = re.findall(r'To bring it in as well: guide import "([^"]*)" --id (\S+)', done.output)
    assert {Path(file).name: address for file, address in offered} == {"a.md": "visits-2", "b.md": "visits-3"}


def test_a_title_that_a_policy_at_another_address_has_is_not_brought_in_unasked(project, papers):
    paper = papers / "2024" / "visits.md"
    guide("import", paper, "--id", "trips")
    before = policies(project)
    alone = guide("import", paper)
    assert alone.exit_code == 1
    assert "docs/policies/trips/ has the title “Visits Policy” already. Nothing was written." in alone.output
    assert "add --id visits. " in alone.output
    assert "skipped: it has the same title as docs/policies/trips/" in guide("import", paper.parent).output
    assert policies(project) == before
    assert guide("import", paper, "--id", "visits").exit_code == 0
    assert policies(project) == before | {"visits"}


def test_edits_of_a_policy_that_is_there_are_kept(project, papers):
    target = project / "docs" / "policies" / "visits"
    guide("import", papers / "2024" / "visits.md")
    page = target / "travel.md"
    page.write_text(page.read_text(encoding="utf-8").replace("bus", "coach"), encoding="utf-8")
    done = guide("import", papers)
    assert "coach" in page.read_text(encoding="utf-8")
    assert "skipped: it has the same title as docs/policies/visits/" in done.output


def test_a_dry_run_of_a_folder_writes_nothing(project, papers):
    before = policies(project)
    done = guide("import", papers, "--dry-run")
    assert "Dry run: nothing was written." in done.output
    assert policies(project) == before
    assert not (project / "import-report").exists()


def test_a_paper_stands_beside_its_own_pages(project, papers):
    (papers / "gifts.docx").unlink()
    guide("import", papers)
    report = project / "import-report"
    page = (report / "gifts-and-hospitality.html").read_text(encoding="utf-8")
    assert 'href="#page-1"' in page
    assert (report / "gifts-and-hospitality" / "1.png").read_bytes().startswith(b"\x89PNG")
    assert "&lt;i&gt;Museum&lt;/i&gt;" in (report / "visits.html").read_text(encoding="utf-8")


def test_old_word_files_go_through_libreoffice_or_are_told_what_to_do(project, papers, monkeypatch):
    (papers / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0 an old paper")
    assert "old.doc: This is an old format (.doc), and LibreOffice" in guide("import", papers).output
    monkeypatch.setattr(office, "program", lambda: "soffice")
    monkeypatch.setattr(
        office,
        "converted",
        lambda files, ending, _: {file: PAPERS / f"parents.{ending}" for file in files if ending == "docx"},
    )
    assert re.search(r"old.doc → [a-z-]+: ", guide("import", papers).output)


def test_an_interrupted_record_is_no_obstacle(project, papers):
    guide("import", papers, "--no-pictures")
    (project / "import-report" / folders.RECORD).write_text('{"papers": [{"file"', encoding="utf-8")
    assert "visits.md → visits: sure" in guide("import", papers, "--no-pictures").output


def test_the_options_of_one_paper_are_refused_for_a_folder(project, papers):
    assert guide("import", papers, "--id", "x").exit_code == 2


def test_an_empty_folder_is_told(project):
    (project / "empty").mkdir()
    done = guide("import", project / "empty")
    assert done.exit_code == 1
    assert "There is no paper in" in done.output


def test_check_says_what_is_not_read_until_somebody_says_it_was(project, papers):
    guide("import", papers, "--no-pictures")
    first = project / "docs" / "policies" / "visits" / "index.md"
    said = guide("check").output
    assert "docs/policies/visits/index.md: imported and not read yet. sure: " in said
    first.write_text(first.read_text(encoding="utf-8").replace("import: unread", "import: read"), encoding="utf-8")
    assert "policies/visits/index.md" not in guide("check").output


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_libreoffice_is_ended_with_what_it_started(tmp_path):
    script, mark = tmp_path / "soffice", tmp_path / "mark"
    script.write_text(f"#!/bin/sh\n(sleep 2; touch '{mark}') &\nwait\n", encoding="utf-8")
    script.chmod(0o755)
    office.run([str(script)], 1)
    time.sleep(2)
    assert not mark.exists()
