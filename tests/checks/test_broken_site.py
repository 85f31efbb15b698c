"""One deliberately broken site against the whole ordered list of its problems."""

from support.project import DAY, ROOT, build, config_for

from macros import checks, project

BROKEN = ROOT / "tests" / "checks" / "broken"
GOLDEN = ROOT / "tests" / "checks" / "broken-site.txt"


def test_every_problem_is_listed_in_order(expect):
    problems = checks.check(project.examine(BROKEN / "mkdocs.yml", today=DAY))
    expect(GOLDEN, "\n\n".join(str(problem) for problem in problems) + "\n")


def test_every_rule_finds_something():
    """A rule that the broken site does not break is a rule nobody has seen work."""
    site = project.examine(BROKEN / "mkdocs.yml", today=DAY)
    silent = [rule.__name__ for rule in (*checks.RULES, *checks.PAGE_RULES) if not list(rule(site))]
    assert silent == ["same_name"]  # two such files cannot lie side by side on every disk


def test_nothing_is_built_and_the_status_says_so(tmp_path):
    built = tmp_path / "site"
    done = build(config_for(tmp_path, BROKEN / "docs"), built)
    assert done.returncode != 0
    assert "nothing was built" in done.stdout
    assert "docs/policies/broken/1-10.md:3" in done.stdout
    assert not built.exists()
