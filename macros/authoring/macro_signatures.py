"""The macros authors may call: their arguments, and the pages they belong on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .page_kinds import PageKind


@dataclass(frozen=True, slots=True)
class Computed:
    """An argument that is worked out (a variable, a sum); refused by the checks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One macro call, its arguments named."""

    name: str
    arguments: Mapping[str, str]
    """Empty when the call is faulty."""
    line: int
    fault: str | None = None
    """What is wrong with the call in plain words."""

    def __getitem__(self, argument: str) -> str:
        return self.arguments.get(argument, "")


ANYWHERE = frozenset(PageKind)
CLAUSES = frozenset({PageKind.SECTION})


@dataclass(frozen=True, kw_only=True, slots=True)
class Macro:
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    """Optional arguments, in order after the needed ones."""
    rest: str = ""
    """A name for any further arguments."""
    on: frozenset[PageKind] = ANYWHERE
    example: str


MACROS: Mapping[str, Macro] = {
    "clause": Macro(
        needs=("id", "title"),
        takes=("printed", "was"),
        on=CLAUSES,
        example='{{ clause("2.3.4", "Pupils as online friends") }}',
    ),
    "law": Macro(
        needs=("instrument", "provision", "reason"),
        on=CLAUSES,
        example='{{ law("defamation-act-2013", "s 1", "Why it matters to staff.") }}',
    ),
    "note": Macro(
        needs=("text",),
        on=frozenset({PageKind.SECTION, PageKind.APPENDIX}),
        example='{{ note("The service named here is now called X.") }}',
    ),
    "listed": Macro(
        needs=("heading", "instrument"),
        rest="instruments",
        on=frozenset({PageKind.APPENDIX}),
        example='{{ listed("Computer misuse act 1990", "computer-misuse-act-1990") }}',
    ),
    "ref": Macro(needs=("clause",), takes=("text",), example='{{ ref("2.8.3") }}'),
    "act": Macro(needs=("instrument",), takes=("text",), example='{{ act("equality-act-2010") }}'),
    "facts": Macro(takes=("instrument",), example='{{ facts() }} on a law page, {{ facts("uk-gdpr") }} elsewhere'),
    "provisions": Macro(
        takes=("instrument",),
        example='{{ provisions() }} on a law page, {{ provisions("uk-gdpr") }} elsewhere',
    ),
    "cited_by": Macro(
        takes=("instrument",),
        example='{{ cited_by() }} on a law page, {{ cited_by("uk-gdpr") }} elsewhere',
    ),
    "review_banner": Macro(takes=("policy",), example='{{ review_banner("social-networking") }}'),
    "review_register": Macro(example="{{ review_register() }}"),
    "review_year": Macro(example="{{ review_year() }}"),
    "policy_list": Macro(example="{{ policy_list() }}"),
    "clause_index": Macro(example="{{ clause_index() }}"),
    "topic_index": Macro(example="{{ topic_index() }}"),
    "legislation_list": Macro(example="{{ legislation_list() }}"),
    "contact": Macro(example="{{ contact() }}"),
}


"""Every macro by name: the one definition that checks, rendering and the author help share."""


def bind(name: str, args: Sequence[object], kwargs: Mapping[str, object], line: int) -> Call:
    """Name the arguments of a call; what is wrong with them becomes its fault."""
    macro = MACROS.get(name)
    if macro is None:
        return Call(name=name, arguments={}, line=line, fault=f"there is no macro called “{name}”")
    try:
        bound = dict(named(name, macro, args, kwargs))
    except ValueError as error:
        return Call(name=name, arguments={}, line=line, fault=str(error))
    return Call(name=name, arguments=bound, line=line)


def named(name: str, macro: Macro, args: Sequence[object], kwargs: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Pair each argument with its name; ValueError says what is wrong in plain words."""
    names = [*macro.needs, *macro.takes]
    if len(args) > len(names) and not macro.rest:
        raise ValueError(f"{name}() takes at most {len(names)} values and was given {len(args)}")
    names += [f"{macro.rest}{position}" for position in range(len(names), len(args))]
    given = dict(zip(names, args, strict=False))
    for key, value in kwargs.items():
        if key not in names:
            raise ValueError(f"{name}() has nothing called “{key}”")
        if key in given:
            raise ValueError(f"{name}() was given its {key} twice")
        given[key] = value
    for key in macro.needs:
        if key not in given:
            raise ValueError(f"{name}() lacks its {key}; is a comma missing?")
    for key, value in given.items():
        if isinstance(value, Computed):
            raise ValueError(f"the {key} of {name}() must be written out, in straight quotes")
        if not isinstance(value, str):
            raise ValueError(f"the {key} of {name}() must be in quotes, not {value}")
        yield key, value.strip()
