"""The words of duty that hold a line at a glance to its clause."""

from dataclasses import replace

import pytest

from macros.model.glance import GlanceGroup
from macros.model.strength import duties, strongest, weakness


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


def test_every_clause_of_the_sample_has_a_gist_as_strong_as_itself(real):
    clauses = real.guide.clauses.values()
    assert [clause.id for clause in clauses if not clause.gist] == []
    assert {clause.id: weakness(clause.gist, None, clause) for clause in clauses if clause.gist} == dict.fromkeys(
        real.guide.clauses
    )
    for clause in clauses:
        assert strongest(duties(clause.text)) <= strongest(duties(clause.gist)), clause.id


@pytest.mark.parametrize(
    ("gist", "rule", "right"),
    [
        ("You must never post insults.", "Staff must never post insults.", True),
        ("You should never post insults.", "Staff must never post insults.", False),
        ("Never post insults.", "Staff must never post insults.", True),
        ("Never post insults.", "Staff should never post insults.", True),
        ("Never post insults.", "Staff should not post insults.", False),
        ("Never post insults.", "Staff must ask first. They may post praise.", False),
        ("You must post no insults.", "Staff must never post insults. They must ask first.", False),
        ("Insults are not posted.", "Staff must never post insults.", False),
        ("You should ask first.", "Staff should ask first, and must never post insults.", False),
        ("You should not park here.", "Staff should not park here unless it is late.", False),
        ("You should not park here except late.", "Staff should not park here unless it is late.", True),
        ("A blog is a site.", "A blog is a site that anybody can read.", True),
    ],
)
def test_a_gist_says_the_strongest_thing_and_no_more(real, gist, rule, right):
    clause = replace(next(iter(real.guide.clauses.values())), text=rule)
    assert (weakness(gist, None, clause) is None) == right
