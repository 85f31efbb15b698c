"""Guesses of what a clause is about: cases word for word, what authors decide, and what it costs, as counts."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from support.models import policy as bare_policy

from macros.model import Clause, ClauseId, Part, PolicyId, Section
from macros.search import guesses
from macros.search.guesses import TopicChoices, guess, phrasings_of
from macros.search.school_words import GENERAL, subjects

CASES = Path(__file__).parent / "guesses"
ATTENDANCE = CASES / "attendance.md"
EXPECTED = re.compile(r"(?<=^```topics\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def read_policy(case: Path, title: str = ""):
    """The policy of a case: its title, a line a section, a line a clause (number, title, text)."""
    text = EXPECTED.sub("", case.read_text(encoding="utf-8"))
    sections: list[Section] = []
    for line in text.splitlines():
        if line.startswith("## "):
            sections.append(
                Section(number=None, printed=None, title=line[3:], url="", path="", clauses=(), notes=(), between=())
            )
        elif line.count(" |") == 2:
            number, name, words = (part.strip() for part in line.split("|"))
            clause = Clause(
                id=ClauseId(f"p/{number}"), number=number, title=name, section="", anchor="", url="", place="",
                text=words, was=None, notes=(), citations=(), path="", line=1,
            )  # fmt: skip
            sections[-1] = replace(sections[-1], clauses=(*sections[-1].clauses, clause))
    part = Part(number="", title="", sections=tuple(sections))
    return replace(bare_policy(None, None), id=PolicyId("p"), title=title or text.partition("\n")[0][2:], parts=(part,))


def topics(policy, phrased=(), choices=None) -> dict[str, list[str]]:
    return {
        clause.removeprefix("p/"): [each.topic for each in several]
        for clause, several in guess(policy, phrased, choices or TopicChoices()).items()
    }


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_each_clause_is_about_what_it_says(case, expect):
    listed = "".join(f"{clause}: {', '.join(names)}\n" for clause, names in topics(read_policy(case)).items())
    expect(case, EXPECTED.sub(lambda _: listed, case.read_text(encoding="utf-8")))


CHANGED = "| Version | Date | Changes |\n| --- | --- | --- |\n| 2 | May 2024 | How to report a child absent, and leave in term time |"
ABSENCE = "Parents ask for leave of absence in term time, and report an absence by telephone."
FIELDS = "Reason for absence: ______\n\nLeave of absence in term time: ____\n\nSigned ........"


@pytest.mark.parametrize(
    ("text", "filled_in"),
    [
        (CHANGED, True),
        (FIELDS, True),
        (CHANGED.replace("Version", "Term"), False),
        (f"{CHANGED}\n\n{ABSENCE}", False),
        (f"{FIELDS}\n\n{ABSENCE}", False),
        ("Telephone: 01725 000000", False),
        ("Date of next review: March 2026", False),
    ],
)
def test_versions_and_fields_of_a_form_answer_what_their_heading_says_alone(text, filled_in):
    case = read_policy(ATTENDANCE)
    section = case.parts[0].sections[0]
    clause = replace(section.clauses[0], title="Holidays in term time", text=text)
    assert guesses.is_filled_in(text) is filled_in
    assert bool(guesses.clause_words(clause, section).fields["text"]) is not filled_in
    assert guesses.clause_words(clause, section).fields["title"]


def test_the_longest_title_says_the_subject():
    assert guesses.titled("Staff attendance policy") == ("staff-absence",)
    assert guesses.titled("Attendance policy") == ("attendance",)
    assert set(guesses.titled("Behaviour and exclusion policy")) == {"behaviour", "exclusion"}


def test_the_settings_overrule_the_title():
    policy = read_policy(CASES / "lettings.md")
    of = lambda policy: {name.partition("/")[0] for names in topics(policy).values() for name in names}  # noqa: E731
    assert "lettings" in of(policy)
    assert "lettings" not in of(replace(policy, subjects=("attendance",)))
    assert of(replace(policy, subjects=())) <= {GENERAL}


def test_a_clause_with_phrasings_of_its_author_has_no_guesses_nor_has_its_second_best():
    before = topics(read_policy(ATTENDANCE))
    after = topics(read_policy(ATTENDANCE), phrased={"p/4.1"})
    assert "attendance/holidays in term time" in before["4.1"]
    assert "4.1" not in after
    assert not any("attendance/holidays in term time" in names for names in after.values())


def test_an_author_gives_a_topic_to_one_clause_and_takes_it_from_another():
    choices = TopicChoices(
        taken={"p/1.1": ["attendance/fines"], "p/9.9": ["attendance/lateness"]},
        dropped={"p/3.4": ["attendance/appointments"]},
    )
    result = guess(read_policy(ATTENDANCE), {"p/1.1"}, choices)
    assert [each.topic for each in result["p/1.1"] if each.taken] == ["attendance/fines"]
    assert "do i get fined for taking kids out of school" in phrasings_of(result, taken=True)["p/1.1"]
    assert "p/1.1" not in phrasings_of(result)
    elsewhere = [each.topic for clause, several in result.items() if clause != "p/1.1" for each in several]
    assert "attendance/fines" not in elsewhere
    assert "attendance/appointments" not in elsewhere


def test_general_phrasings_name_the_subject():
    texts = {
        text
        for several in phrasings_of(guess(read_policy(ATTENDANCE), (), TopicChoices())).values()
        for text in several
    }
    assert "when is the attendance policy reviewed" in texts
    assert not any("{" in text for text in texts)
    unknown = read_policy(CASES / "lettings.md", title="The Zeppelin policy")
    assert guesses.names_of(unknown, ()) == ["zeppelin"]


def test_a_subject_that_nothing_shows_is_never_read(monkeypatch):
    read: Counter[str] = Counter()
    real = guesses.topics
    monkeypatch.setattr(guesses, "topics", lambda name: read.update([name]) or real(name))
    guess(read_policy(CASES / "unnamed.md"), (), TopicChoices())
    near = subjects()["anti-bullying"].near
    assert read == Counter({"anti-bullying": 1, **dict.fromkeys(near, 1), "animals": 1, GENERAL: 1})


def test_each_text_is_cut_into_words_once():
    guesses.searchable.cache_clear()
    policy = read_policy(ATTENDANCE)
    guess(policy, (), TopicChoices())
    distinct = {clause.text for clause in policy.clauses} | {clause.title for clause in policy.clauses}
    assert guesses.searchable.cache_info().misses <= len(distinct | {section.title for section in policy.sections}) + 1
