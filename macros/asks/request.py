"""The text for an assistant: what to write, in which form, and the clauses of a policy without personal data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..assembly.assemble import Project
from ..formats.personal_data import KINDS, details, first_names
from ..model import Clause, Policy
from ..search.entries import plain

ENOUGH = 15
"""Phrasings that a clause has already, so that no more are asked for."""
WANTED = 15
"""Phrasings asked for at each clause."""
POLICY_LINE = "Policy: "
ANSWER_BELOW = "===== Paste the answer below this line, and save ====="
OPENING = "Search phrasings for a school policy"
"""The first line, by which an earlier request is known."""

INSTRUCTIONS = f"""\
{OPENING}

Staff, governors, parents and pupils look for the rules of the policy below by typing what they want to know into a
search box. They have not read the policy and do not use its words. Write what they would type.

What to write
- For each clause below, {WANTED} different things that somebody would type who needs just that clause.
- Ask from several sides: teaching assistants, supply teachers, new staff, office staff, governors, parents; before
  something happens and after it went wrong; whole questions and two or three words.
- Everyday words, slang, short forms, names of apps. Not the clause's own words or its title.
- Each phrasing belongs to one clause: the one that answers it. If two clauses could, leave it out.
- Only what the clause answers. If the policy does not answer a question, leave the question out.
- In lower case, at most twelve words, no question mark, British English.
- No names of people, no telephone numbers, no addresses. Nothing offensive.

The form of the answer
Plain text and nothing else: no introduction, no remarks. Above each group the clause in square brackets, as it stands
below; under it one phrasing a line. Like this, but with your own lines:

[1.1]
do visitors have to sign in
parent turned up without an appointment
"""


def request(project: Project, policy: Policy, *, every: bool = False) -> str:
    """The text for an assistant. every: for clauses too that have enough phrasings."""
    counts = Counter(entry.owner for entry in project.phrasings.entries)
    wanted = [clause for clause in policy.clauses if every or counts[clause.id] < ENOUGH]
    others = [clause for clause in policy.clauses if clause not in wanted]
    parts = [INSTRUCTIONS, f"{POLICY_LINE}{policy.id}\n{without_personal_data(f'{policy.title}. {policy.summary}')}\n"]
    if others:
        names = "\n".join(f"{local_id(clause)} {without_personal_data(clause.name)}" for clause in others)
        parts.append(f"Clauses that have enough. Write nothing for these:\n{names}\n")
    parts += ["The clauses\n", *(clause_text(clause) for clause in wanted), f"{ANSWER_BELOW}\n"]
    return "\n".join(parts)


def wanted_clauses(text: str) -> int:
    """How many clauses a request asks about."""
    return len(re.findall(r"(?m)^\[", text.partition("The clauses\n")[2]))


def clause_text(clause: Clause) -> str:
    heading = f"[{local_id(clause)}] {clause.title}".strip()
    return f"{without_personal_data(heading)}\n{without_personal_data(plain(clause.text))}\n"


def local_id(clause: Clause) -> str:
    """The clause's id within its policy."""
    return clause.id.partition("/")[2]


def without_personal_data(text: str) -> str:
    for kind, match in sorted((*details(text), *capital_names(text)), key=lambda item: -len(item[1])):
        text = text.replace(match, f"({KINDS[kind]}, left out)")
    return text


def capital_names(text: str) -> Iterator[tuple[str, str]]:
    return ((kind, name) for kind, name in first_names(text) if name[0].isupper())
