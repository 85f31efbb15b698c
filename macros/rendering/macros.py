"""What each macro writes on a page.

One function for each signature of `authoring/macro_signatures.py`, with the page before its arguments.
A function that is missing, or whose arguments differ, stops the import.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..authoring import macro_signatures
from ..authoring.macro_signatures import ALIASES, MACROS, Call
from ..authoring.suggestions import did_you_mean
from ..model import Clause, ClauseId, Instrument, InstrumentId, Policy, PolicyId, labels, urls
from ..reviews import register
from ..statutory import coverage
from ..statutory import labels as statutory_words
from ..statutory import register as register_of_requirements
from . import library

if TYPE_CHECKING:
    from .page import PageRenderer as Page

Implementation = Callable[..., str]

CHART_FROM = 12
"""Policies from which on the year is shown as a picture too."""

IMPLEMENTATIONS: dict[str, Implementation] = {}


class MacroError(ValueError):
    """A macro cannot be expanded; str() says why in plain words."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def implements(signature: Callable[..., str]) -> Callable[[Implementation], Implementation]:
    """Register what a macro writes; refuse a function whose arguments are not those of the signature."""

    def register_it(function: Implementation) -> Implementation:
        name = signature.__name__
        page, *arguments = inspect.signature(function).parameters.values()
        wanted = list(inspect.signature(signature).parameters.values())
        if page.name != "page" or arguments != wanted:
            raise TypeError(f"{name}() takes other arguments here than in macro_signatures")
        IMPLEMENTATIONS[name] = function
        return function

    return register_it


def expand(page: Page, call: Call) -> str:
    """What a call writes on a page."""
    function = IMPLEMENTATIONS[call.name]
    if call.more:  # values without a name follow those that fill every named parameter
        return function(page, *(call[name] for name in MACROS[call.name].parameters), *call.more)
    return function(page, **call.arguments)


def functions(page: Callable[[], Page]) -> Mapping[str, Callable[..., str]]:
    """Every macro as mkdocs-macros registers it: a function of the author's arguments. page: the one being rendered."""
    return {name: function_of(ALIASES.get(name, name), page) for name in (*MACROS, *ALIASES)}


def function_of(name: str, page: Callable[[], Page]) -> Callable[..., str]:
    def function(*args: object, **kwargs: object) -> str:
        call = macro_signatures.bind(
            name, [*map(text_of, args)], {key: text_of(value) for key, value in kwargs.items()}, 1
        )
        if call.fault:
            raise MacroError(call.fault, f"A right one is: {MACROS[name].example}")
        return expand(page(), call)

    function.__name__ = name
    function.__doc__ = MACROS[name].summary
    function.__signature__ = MACROS[name].signature  # type: ignore[attr-defined]
    return function


def text_of(value: object) -> object:
    """An argument that Jinja worked out: its text, if it is one (markupsafe's too)."""
    return str(value) if isinstance(value, str) else value


def find_clause(page: Page, written: str) -> Clause:
    clause = page.guide.clauses.get(
        ClauseId(written if "/" in written or not page.policy else f"{page.policy.id}/{written}")
    )
    if clause is None:
        raise MacroError(
            f"there is no clause “{written}”",
            did_you_mean(written, page.guide.clauses, otherwise="Name the policy and the clause’s id."),
        )
    return clause


def find_law(page: Page, written: str) -> Instrument:
    """The law that is named; the one whose page this is if none is."""
    law = page.guide.instruments.get(InstrumentId(written)) if written else page.instrument
    if law is None:
        raise MacroError(
            f"there is no law page “{written}”",
            did_you_mean(written, page.guide.instruments, otherwise="Give the law page’s file name without .md."),
        )
    return law


def find_policy(page: Page, written: str) -> Policy:
    """The policy that is named; the one whose page this is if none is."""
    policy = page.guide.policies.get(PolicyId(written)) if written else page.policy
    if policy is None:
        raise MacroError(
            f"there is no policy “{written}”", f"The policies are: {', '.join(page.guide.policies) or 'none yet'}."
        )
    return policy


@implements(macro_signatures.clause)
def clause(  # noqa: PLR0913, PLR0917 - what authors may say of a clause
    page: Page, id: str, title: str, printed: str = "", was: str = "", local: str = "", gist: str = ""
) -> str:
    raise MacroError("clause() opens a clause on a section of a policy only")


@implements(macro_signatures.law)
def law(page: Page, instrument: str, provision: str, reason: str) -> str:
    return ""  # clause.md.j2 places it beside the clause, from the model


@implements(macro_signatures.note)
def note(page: Page, text: str, kind: str = "", proposal: str = "", clauses: str = "") -> str:
    return page.block_template("note.html.j2", text=text)


@implements(macro_signatures.listed)
def listed(page: Page, heading: str, instrument: str, *instruments: str) -> str:
    raise MacroError("listed() opens an entry on an appendix only")


@implements(macro_signatures.ref)
def ref(page: Page, clause: str, text: str = "") -> str:
    target = find_clause(page, clause)
    return page.template("ref.html.j2", clause=target, words=text)


@implements(macro_signatures.act)
def act(page: Page, instrument: str, text: str = "") -> str:
    return page.template("law_link.html.j2", instrument=find_law(page, instrument), words=text)


@implements(macro_signatures.facts)
def facts(page: Page, instrument: str = "") -> str:
    return page.block_template("facts.html.j2", law=find_law(page, instrument))


@implements(macro_signatures.provisions)
def provisions(page: Page, instrument: str = "") -> str:
    return page.template("provisions.md.j2", law=find_law(page, instrument))


@implements(macro_signatures.cited_by)
def cited_by(page: Page, instrument: str = "") -> str:
    return page.template("cited_by.md.j2", law=find_law(page, instrument))


@implements(macro_signatures.review_banner)
def review_banner(page: Page, policy: str = "") -> str:
    return page.block_template("banner.html.j2", policy=find_policy(page, policy))


@implements(macro_signatures.review_register)
def review_register(page: Page) -> str:
    rows = register.rows(page.guide)
    return page.block_template("review_register.html.j2", rows=rows, totals=register.totals(rows))


@implements(macro_signatures.review_year)
def review_year(page: Page) -> str:
    months = register.year(register.rows(page.guide), page.guide.built_on)
    most = max(4, *(len(month.due) for month in months))
    return page.block_template(
        "review_year.html.j2", months=months, most=most, policies=len(page.guide.policies), chart_from=CHART_FROM
    )


@implements(macro_signatures.review_calendars)
def review_calendars(page: Page) -> str:
    rows = [row for row in register.rows(page.guide) if row.standing.due_on]
    owners = sorted({row.policy.owner for row in rows if row.policy.owner}, key=str.casefold)
    by_calendar = {urls.owner_calendar(name): name for name in owners}
    return page.block_template(
        "review_calendars.html.j2",
        site_url=page.renderer.site_url,
        calendar=urls.CALENDAR,
        others=[
            *((f"Looked after by: {name}", path) for path, name in by_calendar.items()),
            *(
                (policy.title, urls.policy_calendar(policy.id))
                for policy in library.by_title(row.policy for row in rows)
            ),
        ],
    )


@implements(macro_signatures.statutory_register)
def statutory_register(page: Page) -> str:
    rows = coverage.rows(page.guide)
    return page.block_template(
        "statutory_register.html.j2", rows=rows, totals=coverage.totals(rows), online=coverage.for_the_website(rows),
        register=register_of_requirements.register(), words=statutory_words,
        sources=list(dict.fromkeys(source for row in rows for source in row.requirement.sources)),
    )  # fmt: skip


@implements(macro_signatures.policy_list)
def policy_list(page: Page) -> str:
    return page.block_template("policy_list.html.j2", **library.overview(page.guide))


@implements(macro_signatures.policy_overview)
def policy_overview(page: Page) -> str:
    return page.block_template("policy_overview.html.j2", **library.overview(page.guide))


@implements(macro_signatures.clause_index)
def clause_index(page: Page) -> str:
    policies = library.by_title(page.guide.policies.values())
    return page.template("clause_index.md.j2", policies=policies, few=library.FEW)


@implements(macro_signatures.home_questions)
def home_questions(page: Page) -> str:
    questions = page.guide.questions
    if not questions:
        return ""
    several = len({page.guide.policy_of(question.clause).id for question in questions}) > 1
    html = page.block_template("home_questions.html.j2", questions=questions, several=several)
    return f"## Questions staff ask {{: #questions }}{html}"


@implements(macro_signatures.topic_index)
def topic_index(page: Page) -> str:
    return page.block_template(
        "topic_index.html.j2", letters=labels.by_initial(labels.topics(page.guide, page.renderer.asks))
    )


@implements(macro_signatures.word_list)
def word_list(page: Page) -> str:
    words = sorted(page.guide.words_in_use, key=lambda word: word.word.casefold())
    return page.block_template("word_list.html.j2", words=words)


@implements(macro_signatures.legislation_list)
def legislation_list(page: Page) -> str:
    laws = sorted(page.guide.laws_in_use, key=lambda law: law.title.casefold())
    return page.template("legislation_list.md.j2", laws=laws)


@implements(macro_signatures.contact)
def contact(page: Page) -> str:
    return page.template("contact.html.j2")


if missing := set(MACROS) - set(IMPLEMENTATIONS):
    raise NotImplementedError(f"rendering/macros.py lacks {', '.join(sorted(missing))}")
