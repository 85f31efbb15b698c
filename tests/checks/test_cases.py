"""What the guide refuses, one file a rule: the files that break it and the whole of what an author is told.

A case gives the files in which it differs from `cases/base`, a small guide without a fault; `latin-1` after a path
saves that file so. The message block is renewed with --force-regen: read it as an author would.
"""

import ast
import re
import shutil
from pathlib import Path

import pytest
from support.project import DAY, ROOT, complete

from macros import checks
from macros import project as projects
from macros.model import Problem

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
FENCE = re.compile(r"^```(\S+)(?: (latin-1))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROBLEMS = re.compile(r"(?<=^```problems\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
REPORTING = ("checks", "authoring", "history/store.py", "project.py")
"""Where macros/ finds problems in the sources; rendering's only one is an error of our own or of a school's macro."""
ACCOMPANIED = {"reserved-name": {"own-address"}, "edition-twice": {"review-order"}}
"""Rules that cannot be broken alone."""
WITHOUT_CASE = {"same-name": "two such files cannot lie side by side on every disk"}
"""Rules without a case file, each with the reason."""


def problems_of(config: Path) -> list[Problem]:
    try:
        return checks.check(projects.examine(config, today=DAY))
    except projects.CheckFailed as failed:  # settings that cannot be read end everything
        return failed.problems


def rules() -> set[str]:
    """The names of all rules in the code that reports them."""
    return {
        name.value
        for place in REPORTING
        for file in sorted((ROOT / "macros" / place).rglob("*.py")) or [ROOT / "macros" / place]
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for name in names(call)
        if isinstance(name, ast.Constant) and isinstance(name.value, str)
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name.value)
    }


def names(call: ast.Call) -> list[ast.expr]:
    """Where the name of a rule can be among the arguments of a call that reports a problem."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    placed = call.args[1:3] if called in ("problem", "fault", "report") else []
    return [*placed, *(keyword.value for keyword in call.keywords if keyword.arg == "rule")]


def test_the_base_of_all_cases_has_no_problem(tmp_path):
    folder = complete(shutil.copytree(BASE, tmp_path / "guide"))
    assert problems_of(folder / "mkdocs.yml") == []


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_the_rule_reports_its_case_word_for_word(case, tmp_path, expect):
    text = case.read_text(encoding="utf-8")
    folder = shutil.copytree(BASE, tmp_path / "guide")
    for path, encoding, content in FENCE.findall(text):
        if path != "problems":
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode(encoding or "utf-8"))
    complete(folder)
    problems = problems_of(folder / "mkdocs.yml")
    assert {problem.rule for problem in problems} == {case.stem} | ACCOMPANIED.get(case.stem, set())
    listed = "\n\n".join(str(problem) for problem in problems) + "\n"
    renewed, blocks = PROBLEMS.subn(lambda _: listed, text)
    assert blocks == 1
    expect(case, renewed)


def test_every_rule_has_a_case():
    known = rules()
    cases = {case.stem for case in CASES.glob("*.md")}
    assert len(known) > 50
    assert cases | set(WITHOUT_CASE) == known
    assert not cases & set(WITHOUT_CASE)
