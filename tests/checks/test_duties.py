"""The words of duty that hold a line at a glance to its clause."""

import pytest

from macros.model.glance import GlanceGroup
from macros.model.strength import duties, weakness


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


@pytest.mark.parametrize(
    ("text", "group", "right"),
    [
        ("Visitors sign in.", GlanceGroup.ALWAYS, True),
        ("Visitors must sign in.", GlanceGroup.ALWAYS, False),
        ("Visitors sign in.", GlanceGroup.NEVER, False),
    ],
)
def test_a_clause_in_plain_words_is_put_in_plain_words(real, text, group, right):
    clause = next(clause for clause in real.guide.clauses.values() if not duties(clause.text))
    assert (weakness(text, group, clause) is None) == right
