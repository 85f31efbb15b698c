"""What the engine answers: nothing alarming unasked, the law after the clauses, and silence where nothing answers."""

from dataclasses import replace
from types import MappingProxyType

import jsonschema
import pytest
import yaml
from support.project import ROOT
from support.search_engine import Engine, index_files
from support.search_figures import described, measure, read

from macros.data.guide_json import document
from macros.model import ClauseId, PolicyId

pytestmark = pytest.mark.browser

TEXT = {"type": "string", "minLength": 1}
ANSWER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["query", "notice", "corrected", "hits", "total", "more"],
    "properties": {
        "query": {"type": "string"},
        "notice": {
            "oneOf": [
                {"type": "null"},
                {"type": "object", "properties": {"kind": {"const": "no-answer"}, "guessed": {"type": "boolean"}}, "additionalProperties": False, "required": ["kind", "guessed"]},
                {
                    "type": "object",
                    "properties": {
                        "kind": {"const": "unknown-word"},
                        "words": {"type": "array", "minItems": 1, "items": TEXT},
                    },
                    "additionalProperties": False,
                    "required": ["kind", "words"],
                },
                {
                    "type": "object",
                    "properties": {
                        "kind": {"const": "silence"},
                        "text": TEXT,
                        "ask": TEXT,
                        "clause": {
                            "type": ["object", "null"],
                            "required": ["number", "title", "href"],
                            "properties": {"number": {"type": "string"}, "title": TEXT, "href": TEXT},
                        },
                    },
                    "additionalProperties": False,
                    "required": ["kind", "text", "ask", "clause"],
                },
            ]
        },
        "corrected": {"type": ["object", "null"], "required": ["from", "to"], "properties": {"from": TEXT, "to": TEXT}},
        "total": {"type": "integer", "minimum": 0},
        "more": {"type": "boolean"},
        "hits": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    "id", "kind", "number", "title", "place", "text", "href", "gist", "marks", "score",
                ],
                "properties": {
                    "id": TEXT, "kind": {"enum": ["clause", "law", "page"]}, "number": {"type": "string"}, "title": TEXT,
                    "place": TEXT, "text": {"type": "string"}, "href": TEXT, "gist": {"type": ["string", "null"]},
                    "marks": {"type": "array", "items": TEXT}, "score": {"type": ["number", "null"]},
                },
            },
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(chromium, real):
    opened = Engine(chromium, index_files(real))
    yield opened
    opened.page.close()


@pytest.fixture(scope="module")
def bare(chromium, real):
    """The engine with a guide for whose clauses nobody wrote phrasings, as after an import."""
    entries = tuple(entry for entry in real.phrasings.entries if entry.owner not in real.guide.clauses)
    opened = Engine(chromium, index_files(replace(real, phrasings=replace(real.phrasings, entries=entries))))
    yield opened
    opened.page.close()


@pytest.fixture(scope="module")
def sensitive(real):
    """The addresses of clauses and laws that may alarm."""
    files = index_files(real)
    guide = real.guide
    rows = [entry for name, data in files.items() if name.startswith("shard-") for entry in data["entries"]]
    titles = {rows[place][1] for place in files["index"]["sensitive"]}
    return {each.url for each in [*guide.clauses.values(), *guide.instruments.values()] if name_of(each) in titles}


def name_of(entry) -> str:
    return getattr(entry, "name", entry.title)


@pytest.mark.parametrize(
    "question",
    [
        "password", "2.3.4", "kcsie", "appendix a", "watsap", "former pupils", "asbestos", "how do i claim mileage", "", "?!", "a",
        "constructor", "__proto__", "(.*)+[a-z]{2,}\\d$^|", "<script>alert(1)</script>", "שלום pupils مرحبا", "password " * 600,
    ],
)  # fmt: skip
def test_an_answer_has_one_form(engine, question):
    for options in ({}, {"literal": True}, {"limit": 2}, {"policy": "social-networking"}, {"policy": "nowhere"}):
        answer = engine.answer(question, **options)
        jsonschema.Draft202012Validator(ANSWER).validate(answer)
        assert len(answer["hits"]) == min(answer["total"], options.get("limit", 6))
        assert answer["more"] == (answer["total"] > len(answer["hits"]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("watsap", "whatsapp"), ("pasword", "password"), ("confidental", "confidential"), ("emial", "email")],
)
def test_a_slip_is_read_as_the_word_it_was_meant_to_be(engine, typed, meant):
    answer = engine.answer(f"about {typed}")
    assert answer["corrected"] == {"from": typed, "to": meant}
    assert answer["hits"]
    literal = engine.answer(f"about {typed}", literal=True)
    assert literal["corrected"] is None
    assert literal["notice"] == {"kind": "unknown-word", "words": [typed]}


@pytest.mark.parametrize(
    "word",
    [
        "vape",
        "vaping",
        "park",
        "hope",
        "lunch",
        "tape",
        "nudge",
        "grape",
        "porch",
        "terrier",
        "nose",
        "reset",
        "talented",
    ],
)
def test_a_word_is_not_taken_for_another_with_a_different_beginning_or_for_one_that_may_alarm(engine, word):
    assert engine.answer(word)["corrected"] is None


UNASKED = (
    "vaping", "vape", "can pupils vape", "swimming", "class photo on my phone", "can i take class photos on my own phone",
    "photos of children on my phone", "rate my teacher", "school trip", "fire drill", "coaching football", "my brother's wedding",
    "lunch", "pictures of the school play", "who may look after a child", "meeting a pupil's parents", "sleepover", "bath time",
    "swimming kit", "swimming lessons", "class photo order", "cycling to school",
)  # fmt: skip


@pytest.mark.parametrize("question", UNASKED)
def test_nothing_alarming_comes_first_unasked(engine, sensitive, question):
    assert not {hit["href"] for hit in engine.answer(question)["hits"][:1]} & sensitive


@pytest.mark.parametrize("question", UNASKED)
def test_a_guess_of_what_people_ask_does_not_ask_for_what_may_alarm(bare, sensitive, question):
    assert not {hit["href"] for hit in bare.answer(question)["hits"][:1]} & sensitive


@pytest.mark.parametrize(
    ("question", "number"),
    [("pornography", "2.7.2"), ("porn on a work laptop", "2.7.2"), ("indecent images", "2.7.1"), ("grooming", "2.6.3"), ("LADO", "2.7.4")],
)  # fmt: skip
def test_what_may_alarm_comes_first_where_it_was_asked_for(engine, question, number):
    assert engine.answer(question)["hits"][0]["number"] == number


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who may see my profile", "clause"), ("defamation", "clause"), ("bullying", "clause"), ("harassment", "clause"),
        ("freedom of information", "law"), ("what does the equality act say", "law"), ("uk gdpr", "law"),
    ],
)  # fmt: skip
def test_the_law_comes_first_only_where_the_question_names_it(engine, question, kind):
    assert engine.answer(question)["hits"][0]["kind"] == kind


def test_a_silence_says_whom_to_ask_and_what_comes_nearest(engine):
    notice = engine.answer("can i accept a friend request from an ex pupil")["notice"]
    assert notice["kind"] == "silence"
    assert notice["text"] == "Contact with former pupils"
    assert notice["ask"] == "the headteacher"
    assert notice["clause"]["number"] == "2.3.4"


def test_a_word_that_stands_nowhere_is_named_and_an_ordinary_one_is_not(engine):
    assert engine.answer("lasagne on the field")["notice"] == {"kind": "unknown-word", "words": ["lasagne"]}
    assert engine.answer("gorgeous passwords")["notice"] is None


def test_marks_are_what_was_typed_and_not_what_it_means(engine):
    """The thesaurus finds “mobile phone” for “cell”, and no text marks it."""
    marks = engine.answer("cell number")["hits"][0]["marks"]
    assert "number" in marks
    assert not {"mobil", "phone"} & set(marks)


@pytest.mark.parametrize("half", ["tune", "report"])
def test_silence_is_told_where_nothing_answers_and_not_elsewhere(engine, real, half):
    """Questions written before anything was fitted; only those of the first half were looked at since."""
    figures = measure(engine.ask, document(real.guide), read(ROOT / f"tests/search/silence-{half}.json"))
    assert figures.told() >= 0.85
    assert figures.alarms("unknown-word") <= 0.04
    assert figures.alarms("no-answer") + figures.alarms("silence") <= 0.03
    assert figures.nothing == 0
    assert figures.hit_at(3) >= 0.9, [described(miss) for miss in figures.misses]


def test_the_figures_where_nobody_wrote_phrasings(bare, real):
    """Floors just under those of the day they were set."""
    guide = document(real.guide)
    figures = measure(bare.ask, guide, read(ROOT / "tests/search/questions.json"))
    assert figures.hit_at(1) >= 0.75, [described(miss) for miss in figures.misses]
    assert figures.hit_at(3) >= 0.9
    assert figures.alarms() <= 0.08
    silences = measure(bare.ask, guide, read(ROOT / "tests/search/silence-report.json"))
    assert silences.told() >= 0.8
    assert silences.alarms("no-answer") <= 0.02


FOUR = yaml.safe_load((ROOT / "tests/search/four-policies.yml").read_text(encoding="utf-8"))


def made(real, key: str, data: dict):
    """A policy of one section, in the form of the real one."""
    first = next(iter(real.guide.policies.values()))
    part, section, clause = first.parts[0], first.sections[0], first.clauses[0]
    address = f"policies/{key}/1/"
    clauses = tuple(
        replace(
            clause, id=ClauseId(f"{key}/{number}"), number=number, title=title, text=text, citations=(), notes=(),
            url=f"{address}#clause-{number.replace('.', '-')}",
        )
        for number, (title, text) in data["clauses"].items()
    )  # fmt: skip
    sections = (replace(section, number="1", printed="1", title=data["title"], url=address, clauses=clauses),)
    return replace(
        first, id=PolicyId(key), title=data["title"], url=f"policies/{key}/", parts=(replace(part, sections=sections),), appendices=(),
    )  # fmt: skip


def guide_of(real, *policies):
    by_id = MappingProxyType({policy.id: policy for policy in policies})
    clauses = MappingProxyType({clause.id: clause for policy in policies for clause in policy.clauses})
    return replace(real.guide, policies=by_id, clauses=clauses)


def test_policies_with_and_without_phrasings_are_found_alike_in_one_guide(chromium, real):
    """The social networking policy has fifty phrasings a clause, the four others none."""
    own = next(iter(real.guide.policies.values()))
    others = [made(real, key, data) for key, data in FOUR.items()]
    asked = [
        (question, {f"{key}/{number}" for number in ([gold] if isinstance(gold, str) else gold)})
        for key, data in FOUR.items()
        for question, gold in data["questions"].items()
    ]
    shares = {}
    for name, policies in {"alone": others, "together": [own, *others]}.items():
        guide = guide_of(real, *policies)
        engine = Engine(chromium, index_files(real, guide))
        urls = {question: {guide.clauses[ClauseId(each)].url for each in gold} for question, gold in asked}
        first = [bool(set(engine.ask(question).links[:1]) & gold) for question, gold in urls.items()]
        shares[name] = sum(first) / len(first)
        if name == "together":
            mixed = measure(engine.ask, document(real.guide), read(ROOT / "tests/search/silence-tune.json"))
        engine.page.close()
    engine = Engine(chromium, index_files(real))
    alone = measure(engine.ask, document(real.guide), read(ROOT / "tests/search/silence-tune.json"))
    engine.page.close()
    assert shares["alone"] >= 0.9
    assert shares["together"] >= shares["alone"] - 0.1
    assert mixed.hit_at(1) >= alone.hit_at(1) - 0.07
