"""A build that takes pages of earlier ones leaves, byte for byte, what a clean build leaves."""

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.project import DAY, ROOT, TODAY, guide_command

from macros.assembly.page_keys import page_keys
from macros.formats.files import digests
from macros.formats.memo import Memo
from macros.project import load

SMALL = ROOT / "tests" / "support" / "small"


@pytest.fixture
def school(tmp_path):
    """A small school's project, of which every file may be edited."""
    folder = tmp_path / "project"
    shutil.copytree(SMALL / "docs", folder / "docs")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "macros").symlink_to(ROOT / "macros")
    return folder


def build(
    folder: Path, into: str, *, incremental: bool, over: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build into an empty folder or, as `guide serve` does, over what the last build left."""
    if not over:
        shutil.rmtree(folder / into, ignore_errors=True)
    taking = {"GUIDE_INCREMENTAL": "1"} if incremental else {}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *(["--dirty"] if incremental else []), "-d", into],
        cwd=folder,
        env=os.environ
        | {"NO_MKDOCS_2_WARNING": "1", "GUIDE_TODAY": TODAY, "PYTHONPATH": str(ROOT)}
        | taking
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def listing(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def replaced(path: Path, pattern: str, new: str) -> None:
    path.write_text(re.sub(pattern, new, text_of(path), count=1, flags=re.MULTILINE), encoding="utf-8")


def edit(folder: Path, rng: random.Random) -> dict[str, str]:  # noqa: C901 - one kind of edit after another
    """One random edit; what changes in the environment."""
    docs = folder / "docs"
    sections = sorted(path for path in docs.glob("policies/*/*.md") if "clause(" in text_of(path))
    laws = sorted(docs.glob("legislation/*-*.md"))
    word = f"changed{rng.randrange(1000)}"
    match rng.choice(
        (
            "text",
            "title",
            "policy",
            "law text",
            "law gist",
            "law title",
            "tie",
            "page",
            "theme",
            "setting",
            "day",
            "asks",
        )
    ):
        case "text":
            page = rng.choice(sections)
            page.write_text(
                f"{text_of(page).rstrip()} The word is {word}.\n"
                if not text_of(page).rstrip().endswith("}}")
                else f"{text_of(page)}\nThe word is {word}.\n",
                encoding="utf-8",
            )
        case "title":
            replaced(rng.choice(sections), r"^title: .*", f"title: {word}")
        case "policy":
            replaced(rng.choice(sorted(docs.glob("policies/*/index.md"))), r"^title: .*", f"title: {word} policy")
        case "law text":
            page = rng.choice(laws)
            page.write_text(f"{text_of(page).rstrip()}\n\nThe word is {word}.\n", encoding="utf-8")
        case "law gist":
            replaced(rng.choice(laws), r"^gist: .*", f"gist: It is {word}.")
        case "law title":
            replaced(rng.choice(laws), r"^title: .*", f"title: The {word} Act 1990")
        case "tie":
            replaced(rng.choice(sections), r'(\{\{ law\("[^"]+", "[^"]*", ")[^"]*', rf"\g<1>It is {word}.")
        case "page":
            extra = docs / "help" / "extra.md"
            extra.unlink() if extra.exists() else extra.write_text(
                f"---\ntitle: {word}\n---\nWords.\n", encoding="utf-8"
            )
        case "theme":
            sheet = folder / "overrides/assets/stylesheets/print.css"
            sheet.write_text(f"{text_of(sheet)}\n.{word} {{\n  color: red;\n}}\n", encoding="utf-8")
        case "setting":
            replaced(folder / "mkdocs.yml", r"^    name: .*", f"    name: {word} School")
        case "day":
            return {"GUIDE_TODAY": f"2026-12-{rng.randrange(1, 28):02}"}
        case "asks":
            (docs / "legislation/asks.yml").write_text("", encoding="utf-8")
    return {}


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_result_is_that_of_a_clean_build(school, seed):
    rng = random.Random(seed)
    assert build(school, "site", incremental=True).returncode == 0
    for _ in range(6):
        environment: dict[str, str] = {}
        for _ in range(rng.randrange(1, 3)):
            environment |= edit(school, rng)
        taken = build(school, "site", incremental=True, **environment)
        clean = build(school, "clean", incremental=False, **environment)
        assert taken.returncode == clean.returncode, taken.stderr + clean.stderr
        if clean.returncode == 0:
            assert listing(school / "site") == listing(school / "clean")


@pytest.mark.parametrize("seed", range(2))
def test_while_serving_no_page_is_stale_or_left_over(school, seed):
    rng = random.Random(f"serving {seed}")
    extra = school / "docs/help/extra.md"
    for step in range(6):
        if step == 1:
            extra.write_text("---\ntitle: Extra\n---\nWords.\n", encoding="utf-8")
        elif step == 3:
            extra.unlink(missing_ok=True)
        elif step:
            edit(school, rng)
        over = build(school, "site", incremental=True, over=True)
        clean = build(school, "clean", incremental=False)
        assert over.returncode == clean.returncode, over.stderr + clean.stderr
        if clean.returncode == 0:
            site, wanted = listing(school / "site"), listing(school / "clean")
            assert {name: site.get(name) for name in wanted} == wanted
            assert {name for name in site if name.endswith(".html")} == {
                name for name in wanted if name.endswith(".html")
            }


def test_a_link_to_a_place_that_went_is_noticed_on_a_page_that_is_not_made_again(school):
    help_page, target = school / "docs/help/index.md", school / "docs/legislation/lending-act-1990.md"
    target.write_text(f"{text_of(target)}\n## A place {{: #place }}\n\nWords.\n", encoding="utf-8")
    help_page.write_text(f"{text_of(help_page)}\n[There](../legislation/lending-act-1990.md#place)\n", encoding="utf-8")
    assert build(school, "site", incremental=True).returncode == 0
    replaced(target, r"#place", "#elsewhere")
    broken = build(school, "site", incremental=True)
    assert broken.returncode != 0
    assert "#place" in broken.stderr


def keys(folder: Path) -> dict[str, bytes]:
    site = load(folder / "mkdocs.yml", today=DAY)
    return page_keys(site, digests(folder / "docs"), b"", Memo())


def test_an_edit_touches_its_policy_the_laws_it_names_and_the_pages_about_everything(school):
    apart = school / "docs/policies/apart"
    shutil.copytree(school / "docs/policies/plain", apart)
    for path in apart.glob("*.md"):
        path.write_text(re.sub(r"\{\{ (?:ref|act|law)\(.*?\) \}\}", "", text_of(path)), encoding="utf-8")
    before = keys(school)
    (section,) = (path for path in (school / "docs/policies/lending").glob("1.md"))
    section.write_text(f"{text_of(section).rstrip()} More words.\n", encoding="utf-8")
    after = keys(school)
    changed = {path for path in after if before.get(path) != after[path]}
    assert "policies/lending/1.md" in changed
    assert "policies/lending/whole.md" in changed
    assert "legislation/lending-act-1990.md" in changed
    assert "governors/index.md" in changed
    assert not any(path.startswith("policies/apart/") for path in changed)


def test_a_build_with_nothing_changed_makes_nothing(school):
    first = guide_command(school, "site")
    assert first.returncode == 0, first.stderr
    assert "Building" in first.stdout
    again = guide_command(school, "site")
    assert "up to date" in again.stdout
    assert "Building" not in again.stdout
    (school / "site/index.html").write_text("Tampered with", encoding="utf-8")
    before = listing(school / "site")
    assert "Building" in guide_command(school, "site").stdout
    assert listing(school / "site") != before


@pytest.mark.parametrize("damage", ["cut", "another version", "read-only"])
def test_a_bad_cache_costs_time_alone(school, damage):
    assert build(school, "clean", incremental=False).returncode == 0
    assert build(school, "site", incremental=True).returncode == 0
    cache = school / ".cache"
    if damage == "cut":
        store = cache / "pages.sqlite"
        store.write_bytes(store.read_bytes()[:5000])
    elif damage == "another version":
        (cache / "pages.sqlite").write_bytes(b"Something else")
    else:
        shutil.rmtree(cache)
        cache.mkdir()
        (cache / "pages.sqlite").mkdir()
    done = build(school, "site", incremental=True)
    assert done.returncode == 0, done.stderr
    assert listing(school / "site") == listing(school / "clean")
