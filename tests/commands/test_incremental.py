"""A build that takes pages of earlier ones leaves, byte for byte, what a clean build leaves."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.project import DAY, ROOT, TODAY, guide_command, small_school

from macros.assembly.page_keys import page_keys
from macros.formats.files import digests
from macros.formats.memo import Memo
from macros.project import load


@pytest.fixture
def school(tmp_path):
    return small_school(tmp_path / "project")


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


def edit(folder: Path, rng: random.Random) -> dict[str, str]:  # noqa: C901, PLR0912, PLR0915 - one kind of edit after another
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
            "number",
            "order",
            "section",
            "picture",
            "template",
            "owner",
            "explained",
            "gist",
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
        case "number":
            replaced(rng.choice(sections), r'^(\{\{ clause\("[^"]+", "[^"]*")\) \}\}', r'\1, printed="9.9") }}')
        case "order":
            page = docs / "policies/lending/index.md"
            page.write_text(
                text_of(page).replace("---\n", f"---\norder: [{rng.choice(('1', '2'))!r}]\n", 1), encoding="utf-8"
            )
        case "section":
            extra = docs / "policies/plain/extra.md"
            extra.unlink() if extra.exists() else extra.write_text(
                f'---\ntitle: {word}\n---\n{{{{ clause("{word}", "A title") }}}}\n\nWords.\n', encoding="utf-8"
            )
        case "picture":
            picture = docs / "help/picture.svg"
            picture.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><title>{word}</title></svg>", encoding="utf-8")
            os.utime(picture, (0, 0))  # what a backup gives back is older than what it replaces
            picture.unlink() if rng.random() < 0.3 else None
        case "template":
            replaced(
                folder / "overrides/main.html",
                r"^\{% block footer %\}.*",
                f"{{% block footer %}}{word}{{% endblock %}}",
            )
        case "owner":
            replaced(docs / "policies/lending/index.md", r"^owner:.*", f"owner: The {word}")
        case "explained":
            chosen = rng.choice(("librarian", "weeks", "introduction"))
            (docs / "words.yml").write_text(f"- word: {chosen}\n  text: It is {word}.\n", encoding="utf-8")
        case "gist":
            replaced(
                rng.choice(sections),
                r'^(\{\{ clause\("[^"]+", "[^"]*")[^)]*\) \}\}',
                rf'\1, gist="It is {word}.") }}}}',
            )
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


REBUILD = """
import json, os, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
for line in sys.stdin:
    os.environ.update(json.loads(line))
    try:
        config = load_config(site_dir="site")
        build(config, dirty=True)
        result = {
            "made": sorted(config.plugins["macros"].cache.made), "computed": sys.modules["macros"].memory().computed
        }
    except Abort as problem:
        result = {"problem": str(problem)}
    print("result", json.dumps(result), flush=True)
"""
"""One build after another, in one process and into one folder, as while serving."""


class Serving:
    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", REBUILD],
            cwd=folder,
            env=os.environ
            | {"NO_MKDOCS_2_WARNING": "1", "GUIDE_TODAY": TODAY, "PYTHONPATH": str(ROOT)}
            | {"GUIDE_INCREMENTAL": "1", "GUIDE_SERVING": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def build(self, **environment: str) -> dict[str, Any]:
        self.process.stdin.write(json.dumps(environment) + "\n")
        self.process.stdin.flush()
        row = next(row for row in self.process.stdout if row.startswith("result "))
        return json.loads(row.removeprefix("result "))

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def serving(school):
    process = Serving(school)
    yield process
    process.close()


def compare_with_clean(school: Path) -> None:
    """The served folder holds what a clean build leaves, to the byte, but the PDFs, which are set when asked for."""
    site, wanted = listing(school / "site"), listing(school / "clean")
    wanted = {name: data for name, data in wanted.items() if not name.endswith(".pdf")}
    assert sorted(site) == sorted(wanted)
    assert [name for name in wanted if site[name] != wanted[name]] == []


@pytest.mark.parametrize("seed", range(3))
def test_while_serving_no_page_is_stale_or_left_over(school, serving, seed):
    rng = random.Random(f"serving {seed}")
    extra = school / "docs/help/extra.md"
    environment: dict[str, str] = {}
    for step in range(7):
        if step == 1:
            extra.write_text("---\ntitle: Extra\n---\nWords.\n", encoding="utf-8")
        elif step == 3:
            extra.unlink(missing_ok=True)
        elif step:
            environment |= edit(school, rng)
        result = serving.build(**environment)
        clean = build(school, "clean", incremental=False, **environment)
        assert ("problem" in result) == bool(clean.returncode), str(result) + clean.stderr
        if clean.returncode == 0:
            compare_with_clean(school)


def test_while_serving_a_save_costs_the_pages_that_show_it(school, serving):
    section = school / "docs/policies/lending/1.md"
    first = serving.build()
    assert first["computed"]["parsed page"] == len([*(school / "docs").rglob("*.md")])
    assert serving.build() == {"made": [], "computed": {}}
    replaced(section, r"Three weeks\.", "Four weeks.")
    after = serving.build()
    assert after["computed"]["parsed page"] == after["computed"]["policy"] == 1
    assert after["computed"]["checked page"] == 3  # those of its policy
    assert after["made"] == [
        "governors/lending.md",
        "help/index.md",  # it shows the clause in a pop-up
        "policies/lending/1.md",
        "policies/lending/changes.md",
        "policies/lending/index.md",
        "policies/lending/whole.md",
    ]
    replaced(section, r"Anyone may borrow:", "Everyone may borrow:")
    assert "legislation/lending-act-1990.md" in serving.build()["made"]
    replaced(section, r"clause\(\"1.1\", \"Who may borrow\"\)", 'clause("1.1", "Who borrows")')
    assert "legislation/changes.md" in serving.build()["made"]


def test_after_a_problem_was_fixed_only_its_pages_are_made(school, serving):
    section = school / "docs/policies/lending/1.md"
    serving.build()
    replaced(section, r'act\("lending-act-1990"', 'act("no-such-act"')
    assert "no-such-act" in serving.build()["problem"]
    replaced(section, r'act\("no-such-act"', 'act("lending-act-1990"')
    assert serving.build()["made"] == []


def test_a_link_to_a_place_that_went_is_noticed_on_a_page_that_is_not_made_again(school):
    help_page, target = school / "docs/help/index.md", school / "docs/legislation/lending-act-1990.md"
    target.write_text(f"{text_of(target)}\n## A place {{: #place }}\n\nWords.\n", encoding="utf-8")
    help_page.write_text(f"{text_of(help_page)}\n[There](../legislation/lending-act-1990.md#place)\n", encoding="utf-8")
    assert build(school, "site", incremental=True).returncode == 0
    replaced(target, r"#place", "#elsewhere")
    broken = build(school, "site", incremental=True)
    assert broken.returncode != 0
    assert "#place" in broken.stdout + broken.stderr


def test_what_mkdocs_warns_of_is_said_at_every_build_until_it_is_fixed(school):
    page = school / "docs/help/index.md"
    page.write_text(f"{text_of(page)}\n![A picture](no-such-picture.svg)\n", encoding="utf-8")
    for _ in range(2):
        broken = build(school, "site", incremental=True)
        assert broken.returncode != 0
        assert "no-such-picture.svg" in broken.stdout + broken.stderr


def keys(folder: Path) -> dict[str, bytes]:
    site = load(folder / "mkdocs.yml", today=DAY)
    return page_keys(site, digests(folder / "docs"), b"", Memo())


def test_an_edit_touches_its_policy_the_laws_it_names_and_the_pages_that_list_clauses(school):
    apart = school / "docs/policies/apart"
    shutil.copytree(school / "docs/policies/plain", apart)
    for path in apart.glob("*.md"):
        path.write_text(re.sub(r"\{\{ (?:ref|act|law)\(.*?\) \}\}", "", text_of(path)), encoding="utf-8")
    replaced(apart / "index.md", r"^title: .*", "title: A policy apart")
    before = keys(school)
    section = school / "docs/policies/lending/1.md"
    replaced(section, r'clause\("1.1", "Who may borrow"\)', 'clause("1.1", "Who borrows")')
    after = keys(school)
    changed = {path for path in after if before.get(path) != after[path]}
    assert {
        "policies/lending/1.md",
        "policies/lending/whole.md",
        "governors/lending.md",
        "legislation/lending-act-1990.md",
        "legislation/changes.md",
    } <= changed
    assert "governors/index.md" not in changed
    assert not any(path.startswith("policies/apart/") for path in changed)


def test_a_word_touches_the_pages_that_explain_it(school):
    (school / "docs/words.yml").write_text("- word: librarian\n  text: Who looks after books.\n", encoding="utf-8")
    (school / "docs/help/words.md").write_text("---\ntitle: Words\n---\n{{ word_list() }}\n", encoding="utf-8")
    before = keys(school)
    replaced(school / "docs/words.yml", "Who looks after", "Whoever lends")
    changed = {path for path, key in keys(school).items() if before[path] != key}
    assert {"policies/lending/1.md", "policies/lending/whole.md", "help/words.md"} <= changed
    assert not any(path.startswith(("policies/plain/", "legislation/")) for path in changed)


def test_the_home_page_depends_on_the_law_of_its_answers(school):
    (school / "docs/index.md").write_text("---\ntitle: Home\n---\n{{ home_questions() }}\n", encoding="utf-8")
    (school / "docs/questions.yml").write_text("- question: Who?\n  clause: lending/1.1\n", encoding="utf-8")
    before = keys(school)
    replaced(school / "docs/legislation/lending-act-1990.md", r"^title: .*", "title: The Loans Act 1990")
    assert keys(school)["index.md"] != before["index.md"]


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
    assert "This build took longer than need be: .cache/ could not be used" in done.stderr
