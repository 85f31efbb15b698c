"""Values go into a pickle and come out of it as they are."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, fields

import pytest

from macros.authoring.located_yaml import Entry
from macros.authoring.macro_signatures import Call
from macros.authoring.parser import AppendixEntryBlock, ClauseBlock, Text
from macros.formats.quick_state import quick_state

CALL = Call(name="clause", arguments={"id": "1.1", "title": "Words"}, more=("x",), line=3)
TEXT = Text(text="Some words.", line=4)


@pytest.mark.parametrize(
    "value",
    [
        CALL,
        TEXT,
        ClauseBlock(call=CALL, nodes=(TEXT, CALL)),
        AppendixEntryBlock(call=CALL, nodes=()),
        Entry(line=1, keys={"title": Entry(line=1, scalar=3, raw="3")}, key_lines={"title": 1}),
    ],
)
def test_a_value_comes_back_equal_and_frozen(value):
    for back in (pickle.loads(pickle.dumps(value, protocol=5)), copy.deepcopy(value), copy.copy(value)):
        assert back == value
        assert all(type(getattr(back, each.name)) is type(getattr(value, each.name)) for each in fields(value))
        with pytest.raises(FrozenInstanceError):
            setattr(back, fields(value)[0].name, None)


def test_a_value_of_one_field_is_refused():
    @dataclass(frozen=True, slots=True)
    class One:
        only: int

    with pytest.raises(AssertionError):
        quick_state(One)
