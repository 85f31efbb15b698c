"""The search index: its files keep to the schema, which is what the engine reads, and its parts fit together."""

import json
import re
from dataclasses import replace

import jsonschema
import pytest
from support.project import ROOT

from macros.formats.build_cache import BuildCache
from macros.search import index, parts
from macros.search.files import serialise, start
from macros.search.guesses import TopicChoices, guide_guesses
from macros.search.index import build_index
from macros.search.parts import digits
from macros.search.school_words import GENERAL, subject_of, topic_places

SCHEMA = json.loads((ROOT / "macros/search/index.schema.json").read_text(encoding="utf-8"))
SCRIPTS = ROOT / "overrides/assets/javascripts/search"


def files_of(site, guide=None):
    asks = site.phrasings
    built = build_index(guide or site.guide, asks.by_owner(), {"same": asks.same, "means": asks.means})
    return {name: json.loads(text) for name, text in serialise(built)}


@pytest.fixture(scope="module")
def files(real):
    return files_of(real)


def check(name: str, data: object) -> None:
    kind = name.partition("-")[0]
    schema = {"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator(schema).validate(data)


def lists(text):
    """The lists of numbers that a text of the index stands for, read as the engine does."""
    digits = [chr(code) for code in range(33, 127) if chr(code) not in '"\\']
    half = len(digits) // 2
    lists = []
    for part in text.split(" "):
        lists.append([])
        number = 0
        for digit in map(digits.index, part):
            number = number * half + digit % half
            if digit >= half:
                lists[-1].append(number)
                number = 0
        assert number == 0
    return lists


def test_numbers_are_written_with_digits_that_tell_where_each_ends():
    numbers = [0, 1, 45, 46, 2115, 2116, 97335, 97336, 1_000_000]
    assert lists(digits(numbers)) == [numbers]
    assert not set(digits(range(10_000))) & set(' "\\')


def test_every_file_keeps_to_the_schema(files):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert {name.partition("-")[0] for name in files} == {"index", "terms", "shard", "topics"}
    for name, data in files.items():
        check(name, data)


def test_the_schema_has_what_the_scripts_read_and_nothing_else():
    text = "".join((SCRIPTS / name).read_text(encoding="utf-8") for name in ("engine.js", "worker.js"))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    read = set(re.findall(r"(?<![/\w])index\.(\w+)", text))
    read |= {name for names in re.findall(r"\{ ([\w, ]+) \} = this\.index;", text) for name in names.split(", ")}
    assert read == set(SCHEMA["$defs"]["index"]["properties"])
    of_files = set(re.findall(r"\bfile\.(\w+)", text)) - {"js"}
    kinds = ("terms", "shard", "topics", "start")
    assert of_files == {name for kind in kinds for name in SCHEMA["$defs"][kind]["properties"]}
    cells = re.search(r"const \[([\w, ]+)\] = file\.entries", text)[1].split(", ")
    assert len(cells) == len(SCHEMA["$defs"]["row"]["prefixItems"])


def test_the_box_offers_the_questions_of_the_home_page(real):
    data = json.loads(json.dumps(start(real.guide)))
    check("start", data)
    assert data["questions"][0] == [
        "Can I accept a pupil’s friend or follow request?",
        "policies/social-networking/2-3/#clause-2-3-5",
    ]
    assert len(data["questions"]) == len(real.guide.questions)


def test_the_parts_of_the_index_fit_together(files):
    main = files["index"]
    size = len(main["kinds"])
    shards = [data for name, data in files.items() if name.startswith("shard-")]
    chunks = [data for name, data in files.items() if name.startswith("terms-")]
    assert main["terms"] == sorted(main["terms"])
    assert len(main["doc_freq"]) == len(main["terms"]) == sum(len(lists(chunk["postings"])) for chunk in chunks)
    assert len(main["chunks"]) == len(chunks)
    assert len(main["ids"]) == len(shards) == len(main["starts"]) - 1
    assert [len(shard["entries"]) for shard in shards] == [
        after - start for start, after in zip(main["starts"], main["starts"][1:], strict=False)
    ]
    assert main["starts"][-1] == size
    assert {main["kinds"][entry] for entry in main["names"].values()} == {"l"}
    postings = [posting for chunk in chunks for posting in lists(chunk["postings"])]
    for posting, count in zip(postings, main["doc_freq"], strict=True):
        assert len(posting) == 2 * count
        assert sum(posting[::2]) < size
        assert max(posting[1::2]) <= main["steps"]
    for shard in shards:
        (terms,) = lists(shard["terms"])
        assert len(set(terms)) == len(terms)
        assert all(place < len(main["terms"]) for place in terms)
        used = {place for row in shard["entries"] for phrasing in lists(row[3]) for place in phrasing}
        assert used == set(range(len(terms)))


def test_clauses_are_tied_to_topics_that_the_index_has(real):
    guesses = guide_guesses(real.guide, (), TopicChoices(), BuildCache())
    files = {
        name: json.loads(text)
        for name, text in serialise(build_index(real.guide, {}, {"same": (), "means": {}}, guesses))
    }
    topics, steps = files["topics"], files["index"]["steps"]
    assert topics["terms"] == sorted(topics["terms"])
    (here,), counts = lists(topics["here"]), lists(topics["counts"])
    places = {place for pairs in counts for place in pairs[::2]}
    assert len(counts) == len(topics["terms"])
    assert places <= set(range(len(topic_places())))
    assert min(count for pairs in counts for count in pairs[1::2]) == 1
    ties = [lists(row[8])[0] for name, data in files.items() if "shard" in name for row in data["entries"] if row[8:]]
    tied = {place for pairs in ties for place in pairs[::2]}
    general = {place for topic, place in topic_places().items() if subject_of(topic) == GENERAL}
    assert tied
    assert set(here) == tied | general
    assert {share for pairs in ties for share in pairs[1::2]} <= set(range(1, steps + 1))


def test_what_authors_wrote_phrasings_for_is_tied_to_no_topic_and_has_all_of_its_subject(files):
    rows = [row for name, data in files.items() if name.startswith("shard-") for row in data["entries"]]
    assert not any(row[8] for row in rows if row[8:])
    subjects = {topic: place for topic, place in topic_places().items() if subject_of(topic) == "social-networking"}
    assert set(subjects.values()) <= set(lists(files["topics"]["here"])[0])
    assert topic_places()["uniform/non-uniform days"] not in lists(files["topics"]["here"])[0]


def test_a_school_adds_words_of_what_may_alarm(real):
    def alarming(**own):
        built = build_index(real.guide, real.phrasings.by_owner(), {"same": (), "means": {}, **own})
        return set(built.sensitive), set(built.sensitive_words)

    before, after = alarming(), alarming(sensitive=["passwords"])
    assert after[1] - before[1] == {"password"}
    assert after[0] > before[0]


@pytest.mark.parametrize("address", [None, "office@school.example"])
def test_the_address_for_feedback_reaches_the_worker(real, address):
    guide = replace(real.guide, organisation=replace(real.guide.organisation, feedback=address))
    files = files_of(real, guide)
    assert files["index"]["feedback"] == address
    check("index", files["index"])


def test_a_large_guide_keeps_fewer_phrasings_and_shorter_texts(real, monkeypatch):
    monkeypatch.setattr(index, "LARGE", 10)
    monkeypatch.setattr(index, "PHRASINGS", 10)
    monkeypatch.setattr(parts, "SNIPPET", 40)
    monkeypatch.setattr(index, "CHUNK", 1000)
    files = files_of(real)
    for name, data in files.items():
        check(name, data)
    rows = [row for name, data in files.items() if name.startswith("shard-") for row in data["entries"]]
    assert max(len(row[3].split()) for row in rows) == 4
    assert max(len(row[2]) for row in rows if row[4] >= 0) <= 42
    chunks = [lists(data["postings"]) for name, data in files.items() if name.startswith("terms-")]
    assert len(chunks) > 5
    assert all(len(chunk) == 1 or sum(map(len, chunk)) <= 1000 for chunk in chunks)


def with_word(guide, policy, old, new):
    """A guide in which the first clause of a policy that holds a word has another instead."""
    places = [(part, section) for part in policy.parts for section in part.sections]
    part, section, clause = next(
        (part, section, clause) for part, section in places for clause in section.clauses if old in clause.text.split()
    )

    def swapped(members, member, other):
        return tuple(other if each is member else each for each in members)

    edited = replace(clause, text=clause.text.replace(old, new, 1))
    sections = swapped(part.sections, section, replace(section, clauses=swapped(section.clauses, clause, edited)))
    parts = swapped(policy.parts, part, replace(part, sections=sections))
    return replace(guide, policies={**guide.policies, policy.id: replace(policy, parts=parts)})


def test_an_edit_works_out_its_own_policy_and_gives_what_a_new_index_gives(real, tmp_path):
    def built(guide, cache):
        index = build_index(guide, real.phrasings.by_owner(), {"same": (), "means": {}}, cache=cache)
        cache.save()
        return dict(serialise(index)), {
            kind: cache.computed.get(kind, 0) for kind in ("search part", "search postings")
        }

    def cache():
        return BuildCache(tmp_path / "search.sqlite", b"")

    count = len(real.guide.policies) + 1
    assert built(real.guide, cache())[1] == {"search part": count, "search postings": count}
    assert built(real.guide, cache()) == (built(real.guide, BuildCache())[0], {"search part": 0, "search postings": 0})
    policy = next(iter(real.guide.policies.values()))
    edited = with_word(real.guide, policy, "staff", "quokka")
    files, computed = built(edited, cache())
    assert computed == {"search part": 1, "search postings": 1}
    assert "quokka" in json.loads(files["index"])["terms"]
    assert files == built(edited, BuildCache())[0]
