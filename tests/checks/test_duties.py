"""The words of duty that hold a line at a glance to its clause."""

import pytest

from macros.checks.glances import duties


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Staff must never post this.", {"must never"}),
        ("Staff should never add a pupil.", {"should never"}),
        ("Nor should personal equipment be brought in.", {"should not"}),
        ("Staff should make sure that they do not use it.", {"should", "should not"}),
        ("Staff are expected always to tell the head.", {"expected", "always"}),
        ("Anybody needs to ask; they may wait.", {"need to", "may"}),
        ("No circumstances will justify it.", {"no circumstances", "will"}),
        ("It should only be used for work.", {"should only"}),
        ("Mayor Willis mustered nobody.", set()),
    ],
)
def test_words_of_duty(text, words):
    assert duties(text) == words
