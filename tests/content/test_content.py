"""The real content: complete, tied to the law, and true to the adopted paper."""

import re
from collections import Counter

import pytest
import yaml
from support.project import ROOT

from macros.model import ClauseId, InstrumentId, PolicyId

POLICY = PolicyId("social-networking")
SHARED = ROOT.parent / "shared"
NUMBERED = {
    "1.1": 4, "1.2": 3, "1.3": 1, "2.1": 2, "2.2": 3, "2.3": 10, "2.4": 5, "2.5": 7, "2.6": 3, "2.7": 5, "2.8": 5,
}  # fmt: skip


@pytest.fixture(scope="module")
def policy(real):
    return real.guide.policies[POLICY]


def test_all_clauses_stand_under_their_own_numbers(real, policy):
    wanted = [f"{section}.{n}" for section, count in NUMBERED.items() for n in range(1, count + 1)]
    wanted.insert(wanted.index("1.2.3") + 1, "1.2.3-second")
    at = wanted.index("2.1.1")
    wanted[at:at] = ["responsible-for-own-conduct", "acting-openly", "reviewing-practice"]
    wanted.append("3.1.1")
    assert [clause.id.split("/")[1] for clause in policy.clauses] == wanted
    assert len(wanted) == 53
    assert policy.clauses[wanted.index("1.2.3-second")].number == "1.2.3"
    second = policy.clauses[wanted.index("1.2.3-second")]
    assert real.guide.citation(second) == "Social networking policy (Dec 2021), cl 1.2.3 (second)"


def test_titles_are_short_and_distinct(policy):
    titles = [clause.title for clause in policy.clauses]
    assert all(2 <= len(title.split()) <= 5 for title in titles), titles
    assert len({title.casefold() for title in titles}) == len(titles)


def test_the_appendix_lists_eighteen_acts_under_seventeen_headings(policy):
    assert len(policy.listings) == 17
    assert len({key for entry in policy.listings for key in entry.instruments}) == 18
    assert all(entry.text for entry in policy.listings)


def test_what_the_paper_got_wrong_has_a_note(policy):
    noted = {key for entry in policy.listings if entry.notes for key in entry.instruments}
    assert {
        "data-protection-act-1998", "telecommunications-act-1984", "regulation-of-investigatory-powers-act-2000",
        "sexual-offences-act-2003", "communications-act-2003",
    } <= noted  # fmt: skip
    notes = {clause.number: " ".join(clause.notes) for clause in policy.clauses}
    assert "2019" in notes["2.3.7"]
    assert "2019" in notes["2.3.9"]
    assert "X" in notes["2.1.1"].split() or "X." in notes["2.1.1"]


STRONG_WORDS = re.compile(
    r"\b(must(?: never| not)?|should(?: never| not)?|never|will|may|need to|needs to|advised|encouraged|expected)\b"
)


def strength(text: str) -> set[str]:
    found = {word.replace("needs", "need") for word in STRONG_WORDS.findall(text.lower())}
    return {
        word
        for word in found
        if word in ("must", "must never", "must not", "should never", "should not", "advised", "encouraged")
    }


def paper() -> dict[str, str]:
    """The adopted wording by clause number; the second 1.2.3 as 1.2.3-second."""
    source = SHARED / "source" / "social-networking-policy-2021-12.txt"
    if not source.exists():
        pytest.skip("the adopted paper is not beside the project")
    body = source.read_text(encoding="utf-8").split("Section 1: Introduction")[-1].split("Section 4: Appendices")[0]
    found: dict[str, str] = {}
    for chunk in re.split(r"(?m)^(?:- )?(?=\d\.\d\.\d+ )", body)[1:]:
        number, _, text = chunk.partition(" ")
        text = re.split(r"(?m)^(?:\d\.\d [A-Z]|Section \d:)", text)[0]
        found[f"{number}-second" if number in found else number] = " ".join(text.split())
    return found


def test_every_clause_keeps_the_strength_of_the_paper(policy):
    adopted = paper()
    assert len(adopted) == 50
    wrong = {}
    for clause in policy.clauses:
        local = clause.id.split("/")[1]
        if local == "2.4.2":
            continue  # the paper's one “should … and not use” is our “should not use”
        if local in adopted and strength(adopted[local]) != strength(clause.text):
            wrong[local] = (strength(adopted[local]), strength(clause.text))
    assert wrong == {}


def test_the_words_are_ours(policy):
    """No clause carries over a long run of the paper's words."""
    adopted = " ".join(paper().values()).casefold()
    flat = " ".join(re.findall(r"[\w’']+", adopted.replace("'", "’")))
    copied = {}
    for clause in policy.clauses:
        words = re.findall(r"[\w’]+", re.sub(r"[“\"][^”\"]{60,}[”\"]", "", clause.text).casefold())
        for start in range(len(words) - 11):
            if " ".join(words[start : start + 12]) in flat:
                copied[clause.id] = " ".join(words[start : start + 12])
    assert copied == {}


def register() -> list[dict]:
    source = SHARED / "reference" / "instruments.yml"
    if not source.exists():
        pytest.skip("the register of facts is not beside the project")
    return yaml.safe_load(source.read_text(encoding="utf-8"))


def test_every_instrument_that_is_sure_has_a_page(real):
    sure = {found["id"] for found in register() if found["confidence"] != "unsure"}
    assert set(real.guide.instruments) == sure


def test_every_strong_tie_stands_at_its_clause(real):
    missing = []
    for found in register():
        if found["confidence"] == "unsure":
            continue
        for tie in found["clauses"]:
            local = tie["clause"].replace(" (second)", "-second")
            clause = real.guide.clauses[ClauseId(f"{POLICY}/{local}")]
            if tie["strength"] == "strong" and found["id"] not in {c.instrument for c in clause.citations}:
                missing.append((found["id"], local))
    assert missing == []


def test_law_pages_agree_with_the_register(real):
    for found in register():
        if found["confidence"] == "unsure":
            continue
        page = real.guide.instruments[InstrumentId(found["id"])]
        if found["legislation_id"]:
            assert page.uri == f"https://www.legislation.gov.uk/id/{found['legislation_id']}", found["id"]
        if found["status"] in ("repealed", "part-repealed", "amended"):
            assert page.status == found["status"], found["id"]
        if found["status"] in ("repealed", "part-repealed"):
            assert str(page.since) == found["effective"], found["id"]
        assert set(page.replaced_by) == set(found["replaced_by"]), found["id"]
        assert page.confidence == found["confidence"], found["id"]


def test_backlinks_are_the_inverse_of_the_ties(real):
    forward = Counter(
        (citation.instrument, clause.id) for clause in real.guide.clauses.values() for citation in clause.citations
    )
    backward = Counter(
        (law.id, citation.clause) for law in real.guide.instruments.values() for citation in law.cited_by
    )
    assert forward == backward
    assert sum(forward.values()) > 90
