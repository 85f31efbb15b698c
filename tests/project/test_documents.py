"""The documents for engineers name what exists, and everything that they ought to name."""

import ast
import re
from pathlib import Path

import pytest
from support.project import ROOT

PROJECT = ROOT / "docs" / "project"
ARCHITECTURE = PROJECT / "architecture.md"
DECISIONS = PROJECT / "decisions"
INDEX = DECISIONS / "README.md"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ARCHITECTURE, *sorted(DECISIONS.glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:macros|tests|bench|overrides|docs|requirements|\.github)/[^`\s]*)`")
ROW = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rooms() -> set[str]:
    return {path.parent.name for path in (ROOT / "macros").glob("*/__init__.py")}


def section(text: str, title: str) -> str:
    """A section of a document, from its heading to the next one."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def anchors(text: str) -> set[str]:
    """The places of a document's headings, as code hosts name them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_room_is_in_the_table_of_rooms():
    table = dict(ROW.findall(section(read(ARCHITECTURE), "The rooms")))
    assert set(table) == rooms()
    assert all(
        len(cells.split(" | ")) == 3 and all(cell.strip() for cell in cells.split(" | ")) for cells in table.values()
    )


def test_the_floors_drawn_are_those_that_import_linter_holds():
    drawn = re.findall(r"^\d  (.+)$", section(read(ARCHITECTURE), "The law of imports"), re.MULTILINE)
    contract = re.search(
        r'^containers = \["macros"\]\nexhaustive = true\nlayers = \[(.+?)^\]',
        read(ROOT / "pyproject.toml"),
        re.MULTILINE | re.DOTALL,
    )
    assert contract
    held = [floor.replace("hooks", "glue") for floor in re.findall(r'"(.+?)"', contract[1])]
    assert drawn == held


@pytest.mark.parametrize("room", sorted(rooms()))
def test_every_room_says_what_comes_in_what_goes_out_and_what_it_must_not_know(room):
    docstring = ast.get_docstring(ast.parse(read(ROOT / "macros" / room / "__init__.py"))) or ""
    assert re.search(r"^In: .+ Out: .+^Must not know: ", docstring, re.MULTILINE | re.DOTALL), docstring


def test_every_decision_is_in_the_index_under_its_own_title():
    indexed = {file: title for title, file in re.findall(r"^- \[(.+)\]\((\S+)\)$", read(INDEX), re.MULTILINE)}
    written = {
        path.name: read(path).partition("\n")[0].removeprefix("# ") for path in DECISIONS.glob("*.md") if path != INDEX
    }
    assert indexed == written


@pytest.mark.parametrize("decision", sorted(path.name for path in DECISIONS.glob("*.md") if path != INDEX))
def test_every_decision_says_what_why_and_what_else(decision):
    text = read(DECISIONS / decision)
    places = [text.find(f"\n**{part}") for part in ("Decision.", "Why.", "What else was weighed")]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_make_target_named_exists(document):
    targets = set(re.findall(r"^([\w-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    code = re.findall(r"`([^`\n]+)`", read(document)) + re.findall(
        r"^(?:\w+=\S+ )?make .+$", read(document), re.MULTILINE
    )
    for line in code:
        if call := re.match(r"(?:\w+=\S+ )*make ([a-z][\w-]*)", line):
            assert call[1] in targets, line


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_named_exists(document):
    for path in PATH.findall(read(document)):
        pattern = "<" in path or "…" in path
        first_test_to_come = path in {f"tests/{room}/" for room in rooms()}
        assert pattern or first_test_to_come or list(ROOT.glob(path.rstrip("/"))), path


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document):
    for link in LINK.findall(read(document)):
        file, _, fragment = link.partition("#")
        if "://" in link:
            continue
        target = (document.parent / file).resolve() if file else document
        assert target.exists(), link
        assert not fragment or fragment in anchors(read(target)), link
