"""What an unknown law may mean."""

import pytest

from macros.checks import law


@pytest.mark.parametrize(
    ("written", "laws"),
    [
        ("gdpr", ["uk-gdpr"]),
        ("UK GDPR", ["uk-gdpr"]),
        ("kcsie", ["keeping-children-safe-in-education-2026"]),
        ("equality-act", ["equality-act-2010"]),
        ("equalty-act-2010", ["equality-act-2010"]),
        ("defamation-act", ["defamation-act-1996", "defamation-act-2013"]),
        ("fences-act-2020", []),
    ],
)
def test_an_unknown_law_is_answered_with_those_it_may_mean(real, written, laws):
    assert law.meant(written, law.names_of_laws(real)) == laws
