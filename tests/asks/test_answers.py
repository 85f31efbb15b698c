"""Answers of assistants, one file each: what they wrote, and what the guide takes of it.

The policy is the small lending policy, with the phrasings and silences named here. The part below the line is renewed
with --force-regen: read it as an author would.
"""

from pathlib import Path

import pytest
from support.project import DAY, ROOT

from macros import project as projects
from macros.asks import answer, screening

CASES = Path(__file__).parent / "cases"
RESULT = "===== taken =====\n"


@pytest.fixture(scope="module")
def lending(tmp_path_factory):
    import shutil

    folder = shutil.copytree(ROOT / "tests" / "support" / "small", tmp_path_factory.mktemp("asks") / "small")
    asks = '"1.2":\n  - for how many days\n"1.4":\n  - is there a fee for bringing it back late\n'
    (folder / "docs/policies/lending/asks.yml").write_text(asks, encoding="utf-8")
    return projects.load(folder / "mkdocs.yml", today=DAY)


def result(site, text: str) -> str:
    policy = site.guide.policies["lending"]
    titles = {clause.id.partition("/")[2]: clause.title for clause in policy.clauses}
    parsed = answer.read(text, titles)
    screened = screening.screen(site, policy, parsed.offers)
    rows = [f"{clause}: {phrasing}" for clause, texts in screened.accepted.items() for phrasing in texts]
    rows += [f"NOT line {r.offer.line}, {r.offer.clause}, “{r.offer.text}”: {r.reason}" for r in screened.refused]
    rows += [f"passed over: {', '.join(map(str, parsed.chatter))}"] if parsed.chatter else []
    return "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_an_answer_is_taken_for_what_it_is(lending, case, expect):
    text = case.read_text(encoding="utf-8").partition(RESULT)[0]
    expect(case, text + RESULT + result(lending, text))
