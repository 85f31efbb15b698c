"""Clauses that nobody would find."""

import shutil
from dataclasses import replace

import pytest
from support.project import DAY, ROOT

from macros import project as projects
from macros.asks import coverage


@pytest.fixture
def small(tmp_path):
    return shutil.copytree(ROOT / "tests" / "support" / "small", tmp_path / "small")


def reasons(site, policy: str, guesses=None):
    rows = coverage.hard_to_find(site, [site.guide.policies[policy]], guesses or {})
    return {row.clause.id.partition("/")[2]: row.reason for row in rows}


def test_no_and_few_phrasings(small):
    asks = '"1.1":\n  - can i\n  - drafted: may i\n"1.2":\n' + "".join(f"  - word{n}\n" for n in range(5))
    (small / "docs/policies/lending/asks.yml").write_text(asks, encoding="utf-8")
    site = projects.load(small / "mkdocs.yml", today=DAY)
    guesses = {"lending/1.4": ("fines for books", "overdue books")}
    assert reasons(site, "lending", guesses) == {
        "1.1": "2 of at least 5 phrasings",
        "1.2-second": "no phrasings",
        "1.4": "no phrasings, 2 guessed",
        "1.5": "no phrasings",
    }
    assert coverage.drafted(site) == {"lending": 1}


def test_rare_words_only(real):
    policy = real.guide.policies["social-networking"]
    assert reasons(real, policy.id) == {}
    rare = [
        "brouhaha",
        "managing personal information",
        "zugzwang",
        "misused information",
        "floccinaucinihilipilification",
    ]
    others = [entry for entry in real.phrasings.entries if entry.owner != f"{policy.id}/2.3.1"]
    first = next(entry for entry in real.phrasings.entries if entry.owner == f"{policy.id}/2.3.1")
    entries = (*others, *(replace(first, text=text) for text in rare))
    site = replace(real, phrasings=replace(real.phrasings, entries=entries))
    assert reasons(site, policy.id) == {"2.3.1": "its phrasings hold rare words only, or the clause’s own"}
