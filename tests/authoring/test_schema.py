"""The table of settings and the dataclasses that hold their values agree."""

from dataclasses import fields

import pytest

from macros.authoring.front_matter import FORMS
from macros.authoring.schema import SHAPES


def names(form):
    return {field.name for field in fields(form)} - {"complete"}


@pytest.mark.parametrize("kind", SHAPES)
def test_every_setting_has_its_field(kind):
    assert names(FORMS[kind]) == {setting.fills or name for name, setting in SHAPES[kind].items()}
    for setting in SHAPES[kind].values():
        if setting.fields is not None:
            assert names(setting.form) >= set(setting.fields)
