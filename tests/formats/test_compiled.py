"""What is made of the package's own files is made once for as long as they are the same."""

import pytest

from macros.formats.compiled import compiled


@pytest.fixture
def value(tmp_path):
    source = tmp_path / "source.txt"
    source.write_text("one", encoding="utf-8")
    made = []

    def make():
        made.append(source.read_text(encoding="utf-8"))
        return {"text": made[-1], "both": (1, ["two"])}

    def ask():
        return compiled(tmp_path, "value", [source], make)

    ask.source, ask.made, ask.file = source, made, tmp_path / "__pycache__" / "value.pyc"
    return ask


def test_a_value_is_made_once(value):
    assert [value(), value()] == [{"text": "one", "both": (1, ["two"])}] * 2
    assert value.made == ["one"]


def test_it_is_made_again_when_a_file_changes(value):
    value()
    value.source.write_text("another", encoding="utf-8")
    assert value()["text"] == "another"


@pytest.mark.parametrize("keep", [0, 10, 30, -1])
def test_a_damaged_file_costs_time_alone(value, keep):
    value()
    value.file.write_bytes(value.file.read_bytes()[:keep])
    assert value()["text"] == "one"
    assert value.made == ["one", "one"]


def test_a_byte_that_changed_on_the_disk_is_noticed(value):
    value()
    data = bytearray(value.file.read_bytes())
    data[-3] ^= 1
    value.file.write_bytes(data)
    assert value()["text"] == "one"


def test_where_nothing_can_be_written_it_is_made_each_time(value):
    value.file.parent.write_text("a file in the folder's place", encoding="utf-8")
    assert [value(), value()] == [{"text": "one", "both": (1, ["two"])}] * 2
    assert value.made == ["one", "one"]
