"""Bringing papers in: our own papers with their golden results, the first policy's adopted paper, and the command."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from support.project import DAY, EXTENSIONS, ROOT, config_for

from macros import project as projects
from macros.authoring import pages
from macros.commands import import_policy, main
from macros.importing import install, readers, report
from macros.importing.metadata import law_names
from macros.importing.pipeline import run
from macros.importing.structure.sections import Outline

PAPERS = ROOT / "tests" / "importing" / "papers"
GOLDEN = ROOT / "tests" / "importing" / "golden"
ADOPTED = ROOT.parent / "shared" / "source" / "social-networking-policy-2021-12.txt"
NAMES = sorted(path.name for path in PAPERS.iterdir() if path.suffix not in (".py", ""))


@pytest.fixture(scope="module")
def sources():
    return projects.read(ROOT / "mkdocs.yml")


@pytest.fixture(scope="module")
def laws(sources):
    return law_names.known_laws(sources.pages)


@pytest.fixture(scope="module")
def imported(laws):
    """A paper of tests/papers, or any file, imported; each once."""
    known = {}

    def get(path):
        if path not in known:
            paper = readers.read(path.read_bytes(), path.name)
            known[path] = run(
                paper, lambda _: None, file_name=path.name, title="", school="Cranborne Middle School", laws=laws,
                today=DAY, extensions=EXTENSIONS,
            )  # fmt: skip
        return known[path]

    return get


@pytest.mark.parametrize("name", NAMES)
def test_papers(imported, sources, name, expect):
    """Every word of every paper is accounted for, the guide takes it at once, and the result is as agreed."""
    result = imported(PAPERS / name)
    problems = install.problems_of(sources, "imported", result.files, DAY)
    rendered = report.report(name, "docs/policies/brought/", result, problems)
    files = "".join(f"\n======== {file}\n{text}" for file, text in result.files.items())
    expect(GOLDEN / f"{name}.txt", rendered + files)
    assert result.audit.complete
    assert result.audit.share == 100
    assert problems == []


def test_what_plain_word_makes(imported, tmp_path):
    """Facts side by side are told apart, Word's own lists nest, rows of a cell stay rows, a name before its post is told."""
    document = Document()
    document.add_paragraph("Data Policy", style="Title")
    document.add_paragraph("Approved by:\tGoverning body\tDate: 01.09.2025")
    document.add_paragraph("We ask for:")
    for style, text in (("List Bullet", "consent"), ("List Bullet 2", "in writing"), ("List Bullet", "a date")):
        document.add_paragraph(text, style=style)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("Term", "Meaning", "Data", "Any of:\n• names\n• marks"), strict=True):  # fmt: skip
        cell.text = text
    document.add_paragraph("Ask Rowena Ashby, Data Protection Officer.")
    document.save(tmp_path / "data.docx")
    result = imported(tmp_path / "data.docx")
    markdown = "".join(result.files.values())
    assert (result.cover.value("approved_by"), result.cover.adopted_on) == ("Governing body", "2025-09-01")
    assert "- consent\n    - in writing\n- a date\n" in markdown
    assert "| Data | Any of:<br>• names<br>• marks |" in markdown
    assert [(person.text, person.kind) for person in result.personal] == [("Rowena Ashby", "name")]
    assert result.audit.complete


def shape(outline: Outline):
    return [
        (section.number, section.printed, section.title, [(clause.id, clause.printed, clause.name) for clause in section.clauses])
        for section in outline.sections
    ]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith((".docx", ".html", ".txt", ".md"))])
def test_every_format_gives_the_same_policy(imported, name):
    """What LibreOffice made of a Word file has the sections, clauses, numbers and titles of the Word file."""
    word = imported(PAPERS / f"{Path(name).stem}.docx")
    assert shape(imported(PAPERS / name).outline) == shape(word.outline)


@pytest.fixture(scope="module")
def adopted(imported):
    if not ADOPTED.exists():
        pytest.skip("the adopted paper is not here")
    return imported(ADOPTED)


def test_the_adopted_paper_arrives_whole(adopted, sources):
    assert adopted.audit.complete
    clauses = [clause for section in adopted.outline.sections for clause in section.clauses]
    printed = [clause.label.printed for clause in clauses if clause.label]
    sections = {
        "1.1": 4,
        "1.2": 3,
        "1.3": 1,
        "2.1": 2,
        "2.2": 3,
        "2.3": 10,
        "2.4": 5,
        "2.5": 7,
        "2.6": 3,
        "2.7": 5,
        "2.8": 5,
    }
    wanted = [f"{section}.{n}" for section, count in sections.items() for n in range(1, count + 1)]
    wanted.insert(wanted.index("1.2.3"), "1.2.3")
    assert printed == [*wanted, "3.1.1"]
    assert len(printed) == 50
    assert [section.number for section in adopted.outline.sections if section.number == "1.4"] == ["1.4"]
    principles = next(section for section in adopted.outline.sections if section.number == "1.4").clauses
    assert len(principles) == 3
    assert adopted.files["appendix-a.md"].count("{{ listed(") == 17
    assert install.problems_of(sources, "imported", adopted.files, DAY) == []


def test_text_out_equals_text_in(adopted):
    """The words of the written Markdown are those of the paper's body, taken straight from its lines."""
    import re

    text = ADOPTED.read_text(encoding="utf-8")
    head, _, rest = text.partition("Contents\n")
    body = head + rest[rest.index("\nSection 1: Introduction") :]
    paper = re.findall(r"[^\W_]+", body)
    out = []
    parts = iter(
        [("1", "Introduction"), ("2", "Safer Social Media Practice in Schools"), ("3", ""), ("4", "Appendices")]
    )
    seen = ""
    for name, page in adopted.files.items():
        settings, _, markdown = page.removeprefix("---\n").partition("\n---\n")
        title = re.search(r"title: (.*)", settings)[1]
        number = re.search(r'number: "(.*)"', settings)
        while name != "index.md" and seen != (number[1][0] if number else "4"):
            seen, part = next(parts)
            out.append(f"Section {seen} {part}")
        if name != "index.md":
            out.append(
                f"Appendix A {title}" if "appendix" in settings else f"{number[1] if number[1] != '3' else ''} {title}"
            )
        markdown = re.sub(
            r'{{ clause\("([^"]+)", "()"(?:, printed="([^"]+)")?\) }}',
            lambda m: m[3] or (m[1] if m[1][0].isdigit() else ""),
            markdown,
        )
        markdown = re.sub(r'{{ listed\("([^"]+)".*?\) }}', r"\1", markdown)
        out.append(re.sub(r"{##.*?##}", "", markdown))
    assert re.findall(r"[^\W_]+", " ".join(out)) == paper


# The command


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A guide of its own, entered."""
    shutil.copytree(ROOT / "tests" / "support" / "small" / "docs", tmp_path / "docs")
    config_for(tmp_path, Path("docs"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def guide(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "docs").rglob("*"))
        if path.is_file()
    }


def test_a_paper_comes_in_and_builds(project):
    done = guide("import", PAPERS / "attendance.docx", "--strict", "--report", "report.txt")
    assert done.exit_code == 0, done.output
    assert "Wrote 5 files into docs/policies/attendance/" in done.output
    assert "100.00 % accounted for" in (project / "report.txt").read_text(encoding="utf-8")
    assert projects.load(project / "mkdocs.yml", today=DAY).guide.clauses["attendance/2.2.1"].number == "2.2.1"
    again = guide("import", PAPERS / "attendance.docx")
    assert again.exit_code == 0
    assert "holds exactly this already" in again.output


ODD = """Visitors policy

1. Signing in

1.1 Visitors sign in <!-- at the office --> and read {: the notice } first[^1].

1.2 #MeToo is a movement. Write <b>bold</b> & <script>alert(1)</script> as text.

1.3 [Contact]: the office. Use {# braces #} and {{ more }} and {% raw %}.
"""


def test_marks_that_a_paper_prints_pass_and_are_shown(project):
    (project / "odd.txt").write_text(ODD, encoding="utf-8")
    done = guide("import", "odd.txt", "--id", "odd")
    assert done.exit_code == 0, done.output
    guide_ = projects.load(project / "mkdocs.yml", today=DAY).guide
    assert guide_.clauses["odd/1.1"].name.startswith("Visitors sign in <!-- at the office -->")
    assert "[^1]" in guide_.clauses["odd/1.1"].text


def test_an_import_reads_the_project_once_and_builds_it_once(project, monkeypatch):
    """Counted: the pages read, the builds, and the questions to the calendar of one import, its checks included."""
    pages_read, builds, days = [], [], []
    real_page, real_build = pages.read_page, projects.build

    def read_page(docs, path, *more):
        pages_read.append(path)
        return real_page(docs, path, *more)

    def build(*arguments, **options):
        builds.append(options["today"])
        return real_build(*arguments, **options)

    monkeypatch.setattr(pages, "read_page", read_page)
    monkeypatch.setattr(projects, "build", build)
    monkeypatch.setattr(import_policy.clock, "today", lambda: days.append(DAY) or DAY)
    before = sorted(path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("*.md"))
    assert guide("import", PAPERS / "gifts.docx").exit_code == 0
    assert sorted(pages_read) == before
    assert builds == [DAY]
    assert len(days) == 1


def test_a_dry_run_writes_nothing(project):
    before = tree(project)
    assert "nothing was written" in guide("import", PAPERS / "gifts.docx", "--dry-run").output
    assert tree(project) == before


def test_edits_are_never_overwritten_unasked(project):
    guide("import", PAPERS / "gifts.docx", "--id", "gifts")
    page = project / "docs" / "policies" / "gifts" / "gifts.md"
    page.write_text(page.read_text(encoding="utf-8").replace("may be kept", "may be eaten"), encoding="utf-8")
    (page.parent / "asks.yml").write_text('"3":\n  - can i keep a gift\n', encoding="utf-8")
    before = tree(project)
    refused = guide("import", PAPERS / "gifts.docx", "--id", "gifts")
    assert refused.exit_code == 1
    assert "may be [-eaten.-] {+kept.+}" in refused.output
    assert tree(project) == before
    forced = guide("import", PAPERS / "gifts.docx", "--id", "gifts", "--force")
    assert forced.exit_code == 0, forced.output
    assert "may be kept" in page.read_text(encoding="utf-8")
    assert (page.parent / "asks.yml").exists()
    assert "may be eaten" in (project / ".before-import" / "gifts" / "gifts.md").read_text(encoding="utf-8")


def test_another_paper_of_one_title_is_no_version_of_the_first(project):
    guide("import", PAPERS / "gifts.docx", "--id", "gifts")
    before = tree(project)
    refused = guide("import", PAPERS / "attendance.docx", "--id", "gifts")
    assert refused.exit_code == 1
    assert "another paper of this title" in refused.output
    assert "--id gifts-2" in refused.output
    assert tree(project) == before


@pytest.mark.parametrize("replaced", [False, True])
def test_an_interruption_leaves_the_tree_as_it_was(project, monkeypatch, replaced):
    if replaced:
        guide("import", PAPERS / "gifts.docx", "--id", "gifts")
        (project / "docs" / "policies" / "gifts" / "gifts.md").write_text("---\ntitle: Gifts\n---\n", encoding="utf-8")
    before = tree(project)
    real = Path.replace

    def interrupted(self, target):
        if self.name.startswith(".import-"):
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    guide("import", PAPERS / "gifts.docx", "--id", "gifts", "--force")
    assert tree(project) == before
    assert not list(project.glob(".import-*"))


def test_strict_refuses_what_is_not_whole(project, monkeypatch):
    from macros.importing import word_audit

    before = tree(project)
    monkeypatch.setattr(word_audit.WordAudit, "complete", property(lambda _: False))
    done = guide("import", PAPERS / "gifts.docx", "--strict")
    assert done.exit_code == 1
    assert "nothing was written" in done.output
    assert tree(project) == before


@pytest.mark.parametrize("wrong", ["../escape", "Capital", "a b", "-x-", "a--b"])
def test_an_id_cannot_lead_out(project, wrong):
    done = guide("import", PAPERS / "gifts.docx", "--id", wrong)
    assert done.exit_code == 1
    assert "cannot be an address" in done.output


def test_a_missing_file_is_told(project):
    done = guide("import", "no-such.docx")
    assert done.exit_code == 1
    assert "cannot be opened" in done.output
