"""What the guide refuses. Each rule is a generator of problems; its docstring is the rule.

In: the assembled project. Out: problems, each with its file, line, rule and a way to fix it.
Must not know: how pages are rendered, the command line, MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..assembly.assemble import Project
from ..model import Problem
from . import clauses, editions, footnotes, law, notes, pages, pdf, phrasings, policies, questions, silences

Rule = Callable[[Project], Iterator[Problem]]

ROOTS = frozenset({"not-utf-8", "front-matter", "macro-syntax", "macro-call", "unknown-value", "settings",
     "stray-file", "missing-file",
     "edition-damaged", "edition-place", "edition-twice", "edition-unrecorded", "missing-edition"})  # fmt: skip
"""Rules whose breach makes others look broken; such problems come first."""

RULES: tuple[Rule, ...] = (
    pages.right_calls,
    pages.right_place,
    pages.stray_pages,
    pages.main_pages,
    pages.own_addresses,
    pages.plain_names,
    pages.same_name,
    pages.needed_calls,
    pages.loose_macros,
    pages.left_over_merges,
    pages.one_title,
    pages.links_lead_somewhere,
    clauses.right_ids,
    clauses.unique_ids,
    clauses.in_their_section,
    clauses.in_order,
    clauses.one_page_a_section,
    clauses.sections_in_order,
    clauses.ordered_sections_exist,
    clauses.reviews_in_order,
    clauses.saying_something,
    clauses.known_refs,
    notes.known_kinds,
    notes.known_clauses,
    editions.editions_recorded,
    editions.formerly_known,
    editions.ids_never_reused,
    law.known_law,
    law.known_provisions,
    law.readable_changes,
    law.law_in_a_clause,
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
    pdf.reserved_name,
    pdf.form_on_paper,
    pdf.letters_on_paper,
    footnotes.footnotes_in_their_clause,
    policies.own_titles,
    policies.known_categories,
    policies.known_audiences,
    policies.next_review_ahead,
)


def check(project: Project) -> list[Problem]:
    """Every problem of the site, in the order of its files and lines."""
    return in_order([*project.problems, *(problem for rule in RULES for problem in rule(project))])


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.rule, problem.message))
