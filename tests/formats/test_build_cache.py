"""What a build worked out is there for the next one, and nothing else is."""

import pytest

from macros.formats.build_cache import BuildCache


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".cache/parts.sqlite"


def build(file, words, base=b"1"):
    """The lengths of some words, and how many of them were worked out."""
    cache = BuildCache(file, base)
    lengths = [cache("length", (word,), lambda word=word: {"length": len(word)}) for word in words]
    cache.save()
    return lengths, cache.computed.get("length", 0)


def test_equal_inputs_are_worked_out_once(file):
    assert build(file, ["one", "three"]) == ([{"length": 3}, {"length": 5}], 2)
    assert build(file, ["one", "three"]) == ([{"length": 3}, {"length": 5}], 0)
    assert build(file, ["one", "seven", "eleven"])[1] == 2


def test_a_value_is_of_its_kind_and_programs(file):
    build(file, ["one"])
    assert build(file, ["one"], base=b"2")[1] == 1
    cache = BuildCache(file, b"1")
    assert cache("name", ("one",), lambda: "another kind") == "another kind"


def test_what_a_build_did_not_use_is_let_go(file):
    build(file, ["one", "three"])
    build(file, ["one"])
    assert build(file, ["three"])[1] == 1


def test_without_a_file_nothing_is_written():
    cache = BuildCache()
    assert [cache("length", ("one",), lambda: 3), cache("length", ("one",), lambda: 4)] == [3, 4]
    cache.save()


def test_a_file_that_is_no_store_costs_time_alone(file):
    file.parent.mkdir()
    file.write_bytes(b"no database at all" * 100)
    assert build(file, ["one"]) == ([{"length": 3}], 1)
    build(file, ["one"])
    assert build(file, ["one"]) == ([{"length": 3}], 0)


def test_many_values_are_written_as_they_come(file, monkeypatch):
    monkeypatch.setattr("macros.formats.build_cache.BATCH", 10)
    cache = BuildCache(file, b"1")
    for word in ("one", "three", "eleven"):
        cache("length", (word,), lambda word=word: {"length": len(word)})
    assert not cache.fresh
    cache.save()
    assert build(file, ["one", "three", "eleven"])[1] == 0
