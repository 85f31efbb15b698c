"""`guide new`: a policy to write, with nothing of another in it."""

import shutil

import pytest
from support.project import DAY, ROOT, config_for, guide_command

from macros import project as projects


@pytest.fixture
def small(tmp_path):
    return shutil.copytree(ROOT / "tests" / "support" / "small", tmp_path / "small")


def test_a_new_policy_is_a_draft_and_passes(small):
    done = guide_command(small, "new", "visitors", "--title", "Visitors: a policy")
    assert done.returncode == 0, done.stderr
    policy = projects.load(small / "mkdocs.yml", today=DAY).guide.policies["visitors"]
    assert policy.title == "Visitors: a policy"
    assert policy.decisions == ()
    assert policy.editions == ()
    assert (policy.owner, policy.approved_by, policy.applies_to, policy.cycle) == (None, None, None, None)
    assert [clause.id for clause in policy.clauses] == ["visitors/1.1"]


@pytest.mark.parametrize(
    ("policy", "title"),
    [("visitors", "Visitors policy"), ("fire-safety", "Fire safety policy"), ("pay-policy", "Pay policy")],
)
def test_without_a_title_it_has_one_made_of_its_name(small, policy, title):
    assert guide_command(small, "new", policy).returncode == 0
    assert projects.load(small / "mkdocs.yml", today=DAY).guide.policies[policy].title == title


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("lending",), "is there already"),
        (("Visitors policy",), "cannot be an address"),
        (("../visitors",), "cannot be an address"),
        (("loans", "--title", "LENDING policy"), "has the title “Lending policy” already"),
    ],
)
def test_what_cannot_be_begun_changes_nothing(small, arguments, message):
    before = {path: path.read_bytes() for path in (small / "docs").rglob("*") if path.is_file()}
    done = guide_command(small, "new", *arguments)
    assert done.returncode == 1
    assert message in done.stderr
    assert {path: path.read_bytes() for path in (small / "docs").rglob("*") if path.is_file()} == before


def test_two_policies_of_one_title_are_said_and_pass(small):
    """A paper may be brought in beside the pages that it is to replace."""
    shutil.copytree(small / "docs/policies/plain", small / "docs/policies/plain-again")
    done = guide_command(small, "check")
    assert done.returncode == 0, done.stderr
    assert "docs/policies/plain/index.md: docs/policies/plain-again/index.md has the title “" in done.stdout
    assert "write in the older: status: superseded" in done.stdout


def test_a_gist_and_a_line_at_a_glance_that_no_longer_fit_their_clause_are_left_out_and_said(tmp_path):
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    config = config_for(tmp_path, tmp_path / "docs")
    page = tmp_path / "docs/policies/social-networking/2-3.md"
    text = page.read_text(encoding="utf-8")
    assert "should never add a pupil" in text
    page.write_text(text.replace("should never add a pupil", "may add a pupil", 1), encoding="utf-8")
    done = guide_command(tmp_path, "check")
    assert done.returncode == 0, done.stderr
    assert "Left out at a glance: docs/policies/social-networking/glance.yml:" in done.stdout
    assert "Gist left out: docs/policies/social-networking/2-3.md:" in done.stdout
    guide = projects.load(config, today=DAY).guide
    assert [clause.number for clause in guide.clauses.values() if not clause.gist] == ["2.3.4"]
    glance = guide.glances["social-networking"]
    assert "2.3.4" not in {line.clause.number for lines in glance.values() for line in lines}
