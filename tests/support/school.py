"""A copy of the real guide that a test may edit, and decisions on its policy."""

import re
import shutil
from pathlib import Path

import pytest
from support.project import ROOT, config_for

from macros.adoption import adopt

HOME = "policies/social-networking"
BODY = "Governing body"


def decision(policy="social-networking", **given):
    rest = dict.fromkeys(("on", "by", "outcome", "minute", "version", "correction"))
    return adopt.Decision(policy=policy, **(rest | given))


@pytest.fixture
def school(tmp_path):
    """A copy of the real guide that may be edited: its mkdocs.yml."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    return config_for(tmp_path, tmp_path / "docs")


def rewrite(school: Path, page: str, old: str, new: str) -> None:
    file = school.parent / "docs" / HOME / page
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def taken_out(school: Path, page: str, clause: str) -> str:
    """Cut a clause with all that belongs to it; what was cut."""
    file = school.parent / "docs" / HOME / page
    text = file.read_text(encoding="utf-8")
    found = re.search(rf'{{{{ clause\("{re.escape(clause)}".*?(?={{{{ clause\(|\Z)', text, re.DOTALL)
    file.write_text(text[: found.start()] + text[found.end() :], encoding="utf-8")
    return found[0]


def three_changed_one_removed_one_moved(school: Path) -> None:
    rewrite(school, "2-3.md", "it is far less likely to be misused", "it is much less likely to be misused by others")
    rewrite(school, "2-3.md", "- their colleagues", "- their colleagues and former colleagues")
    rewrite(school, "2-8.md", '"2.8.4", "Support for staff"', '"2.8.4", "Help for staff who are bullied"')
    taken_out(school, "2-3.md", "2.3.4")
    rewrite(school, "silences.yml", '  see: "2.3.4"\n', "")
    moved = taken_out(school, "2-5.md", "2.5.7").replace('"2.5.7"', '"2.6.4"')
    file = school.parent / "docs" / HOME / "2-6.md"
    file.write_text(file.read_text(encoding="utf-8").rstrip() + "\n\n" + moved, encoding="utf-8")


def reworded(school, clause, old, new):
    """Change a word of a clause's own text, and of its gist if it stands there too."""
    for file in sorted((school.parent / "docs" / HOME).glob("*.md")):
        text = file.read_text(encoding="utf-8")
        start = text.find(f'clause("{clause}"')
        if start >= 0:
            end = text.index("{{", start)  # where the law begins
            assert old in text[text.index("\n", start) : end]
            file.write_text(text[:start] + text[start:end].replace(old, new) + text[end:], encoding="utf-8")
