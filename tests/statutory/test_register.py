"""The register of what schools must have: its facts have sources, and it says what applies to which school."""

import re

import pytest

from macros.authoring.macro_signatures import MACROS
from macros.model import SchoolKind
from macros.model.school import PHASES, RUN, consistent
from macros.statutory.register import Duty, OnWebsite, register

SCHOOLS = [(run, phase) for run in RUN for phase in PHASES]


def ids(*kinds: str) -> set[str]:
    return {each.id for each in register().requirements(tuple(map(SchoolKind, kinds)))}


def test_every_requirement_can_be_named_and_traced():
    names = register().ids
    assert len(names) == len(set(names)) > 20
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) and name not in MACROS for name in names)
    for kinds in SCHOOLS:
        for each in register().requirements(kinds):
            assert each.name
            assert each.about.endswith(".")
            assert each.sources
            assert all(source.address.startswith("https://") for source in each.sources)
            assert all(basis.address.startswith("https://") for basis in each.basis)
            assert each.cycle is None or each.cycle % 12 == 0
            assert all(text is None or text.endswith(".") for text in (each.approval, each.note))


def test_what_is_not_confirmed_officially_is_on_no_official_page_alone():
    """An entry is official as soon as one of its sources is the Department's or the law's own."""
    official = re.compile(r"https://www\.(gov\.uk|legislation\.gov\.uk)(/|$)")
    for each in register().requirements(()):
        assert each.official == any(official.match(source.address) for source in each.sources)


def test_every_law_that_it_names_is_the_one_on_our_page(real):
    """With the same official number, so that the page and the register cannot mean two laws."""
    named = {
        (basis.law, basis.title): basis.address
        for run, phase in SCHOOLS
        for each in register().requirements((run, phase))
        for basis in each.basis
        if basis.law
    }
    assert len(named) > 8
    for (law, title), address in named.items():
        assert address.startswith(real.guide.instruments[law].uri), law
        if not law.startswith("keeping-children"):
            assert real.guide.instruments[law].title.replace("etc. ", "etc ") == title.replace("etc. ", "etc ")


@pytest.mark.parametrize(
    ("kinds", "has", "lacks"),
    [
        (
            ("maintained", "primary"),
            {"teacher-appraisal", "governors-allowances"},
            {"careers-guidance", "whistleblowing"},
        ),
        (
            ("academy", "secondary"),
            {"careers-guidance", "whistleblowing"},
            {"teacher-appraisal", "governors-allowances"},
        ),
        (("maintained", "middle"), {"careers-guidance", "admission-arrangements"}, {"school-food"}),
        (("academy", "special", "primary"), {"behaviour-policy"}, {"admission-arrangements"}),
        (("maintained", "nursery"), {"complaints"}, {"relationships-and-sex-education", "admission-arrangements"}),
    ],
)
def test_what_applies_to_a_school(kinds, has, lacks):
    assert has <= ids(*kinds)
    assert not lacks & ids(*kinds)
    assert ids(*kinds) < ids()


def test_names_law_and_website_are_those_of_who_runs_the_school():
    maintained, academy = (
        {each.id: each for each in register().requirements((run, SchoolKind.PRIMARY))}["behaviour-policy"]
        for run in RUN
    )
    assert maintained.name == "Behaviour and written statement of principles"
    assert (maintained.website, academy.website) == (OnWebsite.MUST, OnWebsite.SHOULD)
    assert [basis.provision for basis in maintained.basis] == ["ss 88-89"]
    assert [basis.provision for basis in academy.basis] == ["sch para 9"]
    assert maintained.basis[0].address == "https://www.legislation.gov.uk/id/ukpga/2006/40/section/88"
    assert maintained.duty is Duty.MUST


def test_a_school_is_run_by_one_and_has_a_phase():
    assert consistent((SchoolKind.MAINTAINED, SchoolKind.NURSERY, SchoolKind.PRIMARY))
    for wrong in ((SchoolKind.PRIMARY,), (SchoolKind.ACADEMY,), (*RUN, SchoolKind.PRIMARY), ()):
        assert not consistent(wrong)
