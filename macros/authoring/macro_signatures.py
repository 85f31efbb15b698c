"""The signatures of the macros: one function each, which checks, author help and renderer share.

The functions have no body: `rendering/macros.py` registers what each of them writes on the page.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern

from ..formats.quick_state import quick_state
from .page_kinds import WRITTEN, PageKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NonLiteral:
    """An argument that is not text in quotes, such as a number, a variable or a sum."""

    number: str = ""
    """The number as written, where the argument is one."""


@quick_state
@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One macro call, its arguments bound to the names of the macro's parameters."""

    name: str
    arguments: Mapping[str, str]
    """Empty when the call is faulty, and for a macro without arguments."""
    more: tuple[str, ...] = ()
    """Further values of a macro that takes any number of them."""
    line: int
    fault: str | None = None
    """What is wrong with the call in plain words."""

    def __getitem__(self, argument: str) -> str:
        return self.arguments.get(argument, "")

    @property
    def instruments(self) -> tuple[str, ...]:
        """The laws that the call names."""
        return tuple(filter(None, (self["instrument"], *self.more)))


Signature = Callable[..., str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Macro:
    """A macro as authors know it."""

    name: str
    signature: inspect.Signature
    summary: str
    """What it does: the docstring."""
    example: str
    kinds: frozenset[PageKind]
    """The kinds of page on which it works."""
    parameters: tuple[str, ...] = field(default=())
    """The names of its arguments, in order."""
    required: tuple[str, ...] = field(default=())


MACROS: dict[str, Macro] = {}
"""Every macro by name, in the order of this file."""
ALIASES = {"cite": "law", "law_link": "act"}
"""Other names of macros, as clear or clearer; a call by one is a call of the macro."""

ANYWHERE = frozenset(WRITTEN)
SECTIONS = frozenset({PageKind.SECTION})
APPENDICES = frozenset({PageKind.APPENDIX})


def macro(*, example: str, kinds: frozenset[PageKind] = ANYWHERE) -> Callable[[Signature], Signature]:
    """Register a function's signature and docstring as those of a macro."""

    def register(function: Signature) -> Signature:
        signature = inspect.signature(function, eval_str=True)
        named = [each for each in signature.parameters.values() if each.kind is each.POSITIONAL_OR_KEYWORD]
        MACROS[function.__name__] = Macro(
            name=function.__name__,
            signature=signature,
            summary=inspect.getdoc(function) or "",
            example=example,
            kinds=kinds,
            parameters=tuple(each.name for each in named),
            required=tuple(each.name for each in named if each.default is each.empty),
        )
        return function

    return register


@macro(kinds=SECTIONS, example='{{ clause("2.3.4", "Pupils as online friends") }}')
def clause(  # type: ignore[empty-body]  # noqa: PLR0913, PLR0917 - what authors may say of a clause
    id: str, title: str, printed: str = "", was: str = "", local: str = "", gist: str = ""
) -> str:
    """Opens a clause: its number and a title of two to five words. It runs to the next clause or heading."""


@macro(kinds=SECTIONS, example='{{ law("defamation-act-2013", "s 1", "Why it matters to staff.") }}')
def law(instrument: str, provision: str, reason: str) -> str:  # type: ignore[empty-body]
    """Cites a law related to the clause: its page, the provision (or "" for all of it), the reason in one sentence."""


@macro(
    kinds=SECTIONS | APPENDICES,
    example='{{ note("The service named here is now called X.") }}',
)
def note(text: str, kind: str = "", proposal: str = "", clauses: str = "") -> str:  # type: ignore[empty-body]
    """Adds an editor’s note, which is shown apart from the policy’s text. The rest is for the review pack."""


@macro(kinds=APPENDICES, example='{{ listed("Computer misuse act 1990", "computer-misuse-act-1990") }}')
def listed(heading: str, instrument: str, *instruments: str) -> str:  # type: ignore[empty-body]
    """Opens the entry of a law in an appendix: the heading that the paper prints, and the law’s page or pages."""


@macro(example='{{ ref("2.8.3") }}')
def ref(clause: str, text: str = "") -> str:  # type: ignore[empty-body]
    """Links to a clause, in other words if you give them. From another policy’s page, name the policy first."""


@macro(example='{{ act("equality-act-2010") }}')
def act(instrument: str, text: str = "") -> str:  # type: ignore[empty-body]
    """Links to a law’s page, in other words if you give them."""


@macro(example='{{ facts() }} on a law page, {{ facts("uk-gdpr") }} elsewhere')
def facts(instrument: str = "") -> str:  # type: ignore[empty-body]
    """Shows a law’s facts: its status, its extent and where to read it."""


@macro(example='{{ provisions() }} on a law page, {{ provisions("uk-gdpr") }} elsewhere')
def provisions(instrument: str = "") -> str:  # type: ignore[empty-body]
    """Shows a law’s provisions."""


@macro(example='{{ cited_by() }} on a law page, {{ cited_by("uk-gdpr") }} elsewhere')
def cited_by(instrument: str = "") -> str:  # type: ignore[empty-body]
    """Shows the clauses that rely on a law."""


@macro(example='{{ review_banner("social-networking") }}')
def review_banner(policy: str = "") -> str:  # type: ignore[empty-body]
    """Shows a policy’s review box on a page of another kind. Policy pages have theirs already."""


@macro(example="{{ review_register() }}")
def review_register() -> str:  # type: ignore[empty-body]
    """Shows the register of reviews."""


@macro(example="{{ review_year() }}")
def review_year() -> str:  # type: ignore[empty-body]
    """Shows the reviews of the next twelve months as a picture."""


@macro(example="{{ review_calendars() }}")
def review_calendars() -> str:  # type: ignore[empty-body]
    """Shows how to subscribe to the calendars of reviews: of all, of each policy and of each post."""


@macro(example="{{ statutory_register() }}")
def statutory_register() -> str:  # type: ignore[empty-body]
    """Shows what a school of this kind must or should have, and which policy meets it."""


@macro(example="{{ policy_list() }}")
def policy_list() -> str:  # type: ignore[empty-body]
    """Lists every policy with how its review stands: cards for a few, a row each by category for more."""


@macro(example="{{ policy_overview() }}")
def policy_overview() -> str:  # type: ignore[empty-body]
    """Shows the policies on the home page: cards for a few, for more a line for each category."""


@macro(example="{{ home_questions() }}")
def home_questions() -> str:  # type: ignore[empty-body]
    """Lists the questions of `docs/questions.yml`, under their heading; each opens to its answer."""


@macro(example="{{ clause_index() }}")
def clause_index() -> str:  # type: ignore[empty-body]
    """Lists every clause of every policy."""


@macro(example="{{ topic_index() }}")
def topic_index() -> str:  # type: ignore[empty-body]
    """Lists the topics A to Z."""


@macro(example="{{ word_list() }}")
def word_list() -> str:  # type: ignore[empty-body]
    """Lists the words of `docs/words.yml` that clauses use, each with what it means."""


@macro(example="{{ legislation_list() }}")
def legislation_list() -> str:  # type: ignore[empty-body]
    """Lists the law A to Z."""


@macro(example="{{ contact() }}")
def contact() -> str:  # type: ignore[empty-body]
    """Says whom to write to: the school and its address for feedback, from `mkdocs.yml`."""


def bind(name: str, args: Sequence[object], kwargs: Mapping[str, object], line: int) -> Call:
    """Bind the values of a call to the macro's parameters; what is wrong with them becomes the call's fault."""
    name = ALIASES.get(name, name)
    macro = MACROS.get(name)
    if macro is None:
        return Call(name=name, arguments={}, line=line, fault=f"there is no macro called “{name}”")
    if not kwargs and len(macro.required) <= len(args) <= len(macro.parameters):
        texts = [intern(arg.strip()) for arg in args if isinstance(arg, str)]
        if len(texts) == len(args):  # as nearly every call: it needs none of what follows
            return Call(name=name, arguments=dict(zip(macro.parameters, texts, strict=False)), line=line)
    try:
        bound = macro.signature.bind(*args, **kwargs).arguments
    except TypeError:
        return Call(name=name, arguments={}, line=line, fault=misfit(macro, args, kwargs))
    arguments: dict[str, str] = {}
    more: tuple[str, ...] = ()
    for key, value in bound.items():
        several = value if isinstance(value, tuple) else (value,)
        for each in several:
            if not isinstance(each, str):
                return Call(name=name, arguments={}, line=line, fault=not_text(name, key, each))
        if isinstance(value, tuple):
            more = tuple(each.strip() for each in value)
        else:
            arguments[key] = value.strip()
    return Call(name=name, arguments=arguments, more=more, line=line)


def misfit(macro: Macro, args: Sequence[object], kwargs: Mapping[str, object]) -> str:
    """Why the values do not fit the macro's parameters, in plain words."""
    name, names = macro.name, macro.parameters
    if unknown := next((key for key in kwargs if key not in names), None):
        return f"{name}() has nothing called “{unknown}”"
    if twice := next((key for key in kwargs if key in names[: len(args)]), None):
        return f"{name}() has two values for its {twice}"
    if missing := next((key for key in macro.required[len(args) :] if key not in kwargs), None):
        return f"{name}() needs its {missing}; is a comma missing?"
    most = "no value" if not names else "at most 1 value" if len(names) == 1 else f"at most {len(names)} values"
    return f"{name}() takes {most}, and has {len(args)}"


def not_text(name: str, key: str, value: object) -> str:
    """Why an argument that is not text in quotes is refused."""
    if isinstance(value, NonLiteral) and not value.number:
        return f"the {key} of {name}() must be written out, in straight quotes"
    literal = value.number if isinstance(value, NonLiteral) else value
    return f"the {key} of {name}() must be in quotes, not {literal}"
