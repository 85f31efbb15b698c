"""The data that search comes with: the phrasebook and the thesaurus keep to their form."""

from collections import Counter

import pytest

from macros.search import school_words
from macros.search.index import normal
from macros.search.school_words import GENERAL, listed, phrase, subjects, thesaurus, topics

PATHS = sorted((school_words.FOLDER / "phrasebook").glob("*.yml"))
SUBJECTS = [path.stem for path in PATHS]
PLAIN = set("abcdefghijklmnopqrstuvwxyz0123456789 ’-+&/.,%£é")


def repeated(items):
    return [item for item, count in Counter(items).items() if count > 1]


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_has_its_settings_and_no_others(name):
    data = school_words.load(f"phrasebook/{name}")
    needed = {"names", "titles", "words", "topics"}
    assert needed <= data.keys() <= needed | {"policy-titles", "near"}
    assert listed(data["names"])
    assert data["names"] == data["names"].lower()
    assert name == GENERAL or (listed(data["titles"]) and listed(data["words"]))
    assert not repeated(listed(data["titles"]))
    assert set(subjects()[name].near) <= set(SUBJECTS) - {name, GENERAL}
    for topic, entry in data["topics"].items():
        assert entry.keys() <= {"cues", "headings", "support", "asks"}, topic
        assert "asks" in entry, topic
        assert entry.keys() & {"cues", "headings"}, topic
        assert topic == topic.strip() and "/" not in topic  # noqa: PT018


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_questions_are_what_people_type(name):
    asks = [ask for topic in topics(name) for ask in topic.asks]
    assert not repeated(asks)
    for ask in asks:
        bare = ask.replace("{subject}", "") if name == GENERAL else ask
        assert bare == ask.strip() or name == GENERAL
        assert set(bare) <= PLAIN, ask
        assert 0 < len(ask) <= 90, ask
        assert "  " not in ask


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_cue_says_something_and_is_given_once(name):
    for topic, entry in school_words.load(f"phrasebook/{name}")["topics"].items():
        for key in ("cues", "headings", "support"):
            cues = listed(entry.get(key, ""))
            assert not repeated(cues), (topic, key)
            assert all(phrase(part).strip() for cue in cues for part in cue.split("+")), (topic, key)


def test_no_title_is_that_of_two_subjects():
    titles = {
        (title, subject.id) for subject in subjects().values() for title in (*subject.titles, *subject.policy_titles)
    }
    assert not repeated(title for title, _ in titles)


def test_no_topic_of_a_subject_has_the_cues_of_another():
    for name in SUBJECTS:
        assert not repeated(topic.cues for topic in topics(name) if topic.cues), name


def test_the_thesaurus_is_lower_case_and_says_nothing_twice():
    same, means = thesaurus()["same"], thesaurus()["means"]
    for group in same:
        forms = [normal(word) for word in group]
        assert len(group) > 1
        assert all(forms), group
        assert not repeated(forms), group
    assert not repeated(tuple(sorted(group)) for group in same)
    words = [
        *(word for group in same for word in group),
        *means,
        *(word for others in means.values() for word in others),
    ]
    assert [word for word in words if word != word.lower() or word != word.strip()] == []
    for word, others in means.items():
        assert others
        assert normal(word) not in map(normal, others), word
        assert not repeated(others), word


def test_a_school_adds_to_the_thesaurus_and_takes_nothing_from_it():
    both = school_words.together([("ark", "library")], {"vape": ("toilet",), "ark": ("room",)})
    assert ("ark", "library") in both["same"]
    assert set(thesaurus()["same"]) < set(both["same"])
    assert both["means"]["ark"] == ("room",)
    assert both["means"]["snus"] == thesaurus()["means"]["snus"]
    assert "toilet" in both["means"]["vape"]
