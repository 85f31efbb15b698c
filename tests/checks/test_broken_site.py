"""One deliberately broken site against the whole ordered list of its problems."""

import shutil

import pytest
from support.project import DAY, ROOT, build, complete, config_for

from macros import checks, project

BROKEN = ROOT / "tests" / "checks" / "broken"
GOLDEN = ROOT / "tests" / "checks" / "broken-site.txt"


@pytest.fixture
def broken(tmp_path):
    return project.examine(complete(shutil.copytree(BROKEN, tmp_path / "guide")) / "mkdocs.yml", today=DAY)


def test_every_problem_is_listed_in_order(broken, expect):
    problems = checks.check(broken)
    expect(GOLDEN, "\n\n".join(str(problem) for problem in problems) + "\n")


def test_every_rule_finds_something(broken):
    """A rule that the broken site does not break is a rule nobody has seen work."""
    silent = [rule.__name__ for rule in (*checks.RULES, *checks.PAGE_RULES) if not list(rule(broken))]
    assert silent == ["same_name"]  # two such files cannot lie side by side on every disk


def test_nothing_is_built_and_the_status_says_so(tmp_path):
    built = tmp_path / "site"
    done = build(config_for(tmp_path, BROKEN / "docs"), built)
    assert done.returncode != 0
    assert "nothing was built" in done.stdout
    assert "docs/policies/broken/1-10.md:3" in done.stdout
    assert not built.exists()
