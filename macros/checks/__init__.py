"""What the guide refuses. Each rule is a generator of problems; its docstring is the rule.

In: the assembled project. Out: problems, each with its file, line, rule and a way to fix it.
Must not know: how pages are rendered, the command line, MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from ..assembly.assemble import Project
from ..authoring.pages import Page
from ..formats.memo import Memo
from ..model import PolicyId, Problem
from . import (
    causes,
    clauses,
    content,
    editions,
    footnotes,
    gists,
    glances,
    law,
    links,
    markup,
    notes,
    pages,
    pdf,
    phrasings,
    plain_words,
    policies,
    questions,
    silences,
    swallowed,
    words,
)

Rule = Callable[[Project], Iterator[Problem]]

ROOTS = frozenset({"not-utf-8", "front-matter", "macro-syntax", "macro-call", "unknown-value", "settings",
     "stray-file", "missing-file",
     "edition-damaged", "edition-place", "edition-twice", "edition-unrecorded", "missing-edition"})  # fmt: skip
"""Rules whose breach makes others look broken; such problems come first."""

PAGE_RULES: tuple[Rule, ...] = (
    pages.right_calls,
    pages.right_place,
    pages.plain_names,
    pages.needed_calls,
    pages.loose_macros,
    pages.calls_alone,
    pages.titles_in_words,
    plain_words.plain_words,
    pages.left_over_merges,
    pages.one_title,
    clauses.right_ids,
    clauses.in_their_section,
    clauses.in_order,
    clauses.reviews_in_order,
    clauses.saying_something,
    law.law_in_a_clause,
    pdf.reserved_name,
    pdf.letters_on_paper,
    footnotes.footnotes_in_their_clause,
)
"""Those that look at one page after another, and of all else at its policy only."""
RULES: tuple[Rule, ...] = (
    pages.stray_pages,
    pages.main_pages,
    pages.own_addresses,
    pages.same_name,
    clauses.unique_ids,
    clauses.one_page_a_section,
    clauses.sections_in_order,
    clauses.ordered_sections_exist,
    clauses.known_refs,
    notes.known_kinds,
    notes.known_clauses,
    editions.editions_recorded,
    editions.formerly_known,
    editions.ids_never_reused,
    law.known_law,
    law.known_provisions,
    law.readable_changes,
    law.cited_once,
    law.living_law,
    phrasings.known_owners,
    phrasings.one_answer,
    phrasings.known_topics,
    phrasings.known_subjects,
    questions.known_answers,
    silences.known_nearest,
    silences.one_subject,
    silences.unanswered,
    gists.short,
    glances.short_lines,
    glances.one_sheet,
    words.short_explanations,
    words.explained_once,
    policies.known_categories,
    policies.known_audiences,
    policies.known_requirements,
    policies.next_review_ahead,
)


def check(project: Project, memo: Memo | None = None) -> list[Problem]:
    """Every problem of the site, in the order of its files and lines.

    A page that is as it was in the build before, whose memo this is, need not be looked at again by itself.
    """
    memo = memo or Memo()
    guide = project.guide
    problems = [*project.problems, *(problem for rule in RULES for problem in rule(project))]
    for page in project.pages:
        policy = PolicyId(page.path.split("/")[1]) if page.path.startswith("policies/") else PolicyId("")
        around = (guide.policies.get(policy), guide.histories.get(policy))
        settings = (project.front_matter.by_path[page.path], project.extensions, guide.organisation, guide.built_on)
        inputs = (page, *settings, *around)
        problems += memo("checked page", page.path, inputs, partial(check_page, project, page))
    contents = {page.path: content_of(project, page, memo) for page in project.pages}
    problems += (problem for each in contents.values() for problem in each.problems)
    problems += links.links_lead_somewhere(project, contents)
    return in_order(causes.first(problems, project))


def content_of(project: Project, page: Page, memo: Memo) -> content.Content:
    """What the text of a page comes to."""
    hosts = project.guide.organisation.hosts  # of everything else a page's content depends on itself alone
    inputs = (page, project.extensions, hosts)
    try:
        return memo("content", page.path, inputs, partial(content.read, page, project.extensions, hosts))
    except Exception as error:
        error.add_note(f"while checking {page.file}")
        raise


def of_html(project: Project, path: str, html: str) -> list[Problem]:
    """What a page that only a build can expand asks of elsewhere, or runs, by the same rules.

    What the plugin's own macros print is not its author's, so the rest of its HTML is not looked at.
    """
    page = next(page for page in project.pages if page.path == path)
    faults = markup.Markup(kind=page.kind, hosts=project.guide.organisation.hosts).faults(markup.without_stash(html))
    return [
        page.problem(1, rule=fault.rule, message=fault.message, hint=fault.hint)
        for fault in faults
        if fault.rule == "bad-address" or fault.mark in markup.PROGRAMS
    ]


def left_to_build(project: Project) -> list[str]:
    """The pages that name what only the plugin knows, so that only a build can tell where their links lead."""
    return [page.path for page in project.pages if page.dynamic and page.expanded is None and not page.problems]


def of_expanded(project: Project, path: str, text: str, source: str) -> list[Problem]:
    """Where the links of such a page lead nowhere, and what of it no browser would show, once a build has expanded it.

    source: the text of its file.
    """
    pages = tuple(
        replace(page, expanded=markup.without_stash(text)) if page.path == path else page for page in project.pages
    )
    page = next(page for page in pages if page.path == path)
    reading = content.read(page, project.extensions, project.guide.organisation.hosts)
    problems = list(links.links_lead_somewhere(replace(project, pages=pages), {path: reading}))
    for line, fault in dict.fromkeys(swallowed.tags(markup.without_stash(text), source, project.extensions)):
        problems.append(page.problem(line, rule=fault.rule, message=fault.message, hint=fault.hint))
    return problems


def check_page(project: Project, page: Page) -> tuple[Problem, ...]:
    """The problems that a page has by itself."""
    alone = replace(project, pages=(page,))
    try:
        return tuple(problem for rule in PAGE_RULES for problem in rule(alone))
    except Exception as error:
        error.add_note(f"while checking {page.file}")
        raise


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.rule, problem.message))
