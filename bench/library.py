"""A library of policies made of a number: one shape at every size, the same words in every form that is measured.

    python -m bench.library FOLDER [--pages 500 | --policies 70] [--seed 1] [--form guide|lean|stock|hugo]

A policy has 8 sections of 10 clauses and rests on 12 laws; there is a law to two policies. The first policy of a seed has the
same words whatever the size of the library, but for the names of the laws and policies that it points to.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bench import words

ROOT = Path(__file__).resolve().parent.parent
SIZES = (60, 500, 2000, 8000)
SECTIONS, CLAUSES = 8, 10
MAIN_PAGES = 5
POOL = 12
"""Laws that a policy rests on."""
HUBS = 3
"""Laws that every second policy rests on, however many there are: their pages grow with the library."""
TODAY = "2026-11-24"
"""The day on which every library is built."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """How many pages of each kind a library has."""

    policies: int
    appendices: int
    laws: int
    few_asks: bool = False
    """Whether a tenth of the policies have phrasings, as in a school that began a year ago; else three fifths."""

    @property
    def pages(self) -> int:
        return self.policies * (1 + SECTIONS) + self.appendices + self.laws + MAIN_PAGES

    @classmethod
    def of_pages(cls, pages: int) -> Shape:
        """The shape with exactly so many pages."""
        policies = max(1, round((pages - MAIN_PAGES) / 9.9))
        while (laws := pages - MAIN_PAGES - 9 * policies - appendices(policies)) < 4:
            policies -= 1
        return cls(policies=policies, appendices=appendices(policies), laws=laws)

    @classmethod
    def of_policies(cls, policies: int, *, few_asks: bool = False) -> Shape:
        laws = max(4, policies // 2)
        return cls(policies=policies, appendices=appendices(policies), laws=laws, few_asks=few_asks)

    def has_asks(self, number: int) -> bool:
        return number % 10 == 0 if self.few_asks else number % 5 in (0, 2, 3)


def appendices(policies: int) -> int:
    return sum(1 for number in range(policies) if has_appendix(number))


def has_appendix(number: int) -> bool:
    return number % 5 in (1, 3)


def has_editions(number: int) -> bool:
    return number % 10 in (1, 4, 7)


def has_reviews(number: int) -> bool:
    return number % 5 != 2


def has_parts(number: int) -> bool:
    return number % 2 == 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    id: str
    title: str
    provisions: tuple[tuple[str, str], ...]
    heir: str
    """The law that replaced it; empty while it is in force."""
    settings: str
    before: str
    """Markdown above the provisions."""
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    number: str
    title: str
    text: str
    """Markdown in the guide's own form."""
    ties: tuple[tuple[str, str, str], ...]
    """Law, provision, reason."""
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    number: str
    title: str
    clauses: tuple[Clause, ...]

    @property
    def file(self) -> str:
        return self.number.replace(".", "-")


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    id: str
    title: str
    settings: str
    before: str
    acts: tuple[dict[str, str], ...]
    """The adoption and each amendment, oldest first."""
    sections: tuple[Section, ...]
    appendix: tuple[tuple[str, str, str], ...]
    """Heading, law, Markdown of each entry."""
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    shape: Shape
    policies: tuple[Policy, ...]
    laws: tuple[Law, ...]


def library(shape: Shape, seed: int) -> Library:
    """The library that a shape and a seed stand for."""
    laws = tuple(law(number, shape, seed) for number in range(shape.laws))
    seen: set[str] = set()
    policies = tuple(policy(number, shape, seed, laws, seen) for number in range(shape.policies))
    return Library(shape=shape, policies=policies, laws=laws)


def law_id(number: int) -> str:
    return re.sub("[^a-z0-9]+", "-", law_title(number).lower())


def law_title(number: int) -> str:
    name = words.LAWS[number % len(words.LAWS)]
    return f"{name} Act {1951 + (number // len(words.LAWS) * 7 + number) % 74}"


def law(number: int, shape: Shape, seed: int) -> Law:
    rng = random.Random(f"{seed}/law/{number}")
    topic = rng.choice(words.TOPICS)
    heir = law_id(number - 1) if number % 12 == 11 else ""
    year = int(law_title(number)[-4:])
    provisions = tuple(
        (f"s {ref}", words.fill(rng.choice(words.REASONS), rng, topic))
        for ref in sorted(rng.sample(range(1, 60), rng.randint(3, 6)))
    )
    rows = [
        f"title: {law_title(number)}",
        "kind: act",
        f"citation: {year} c. {900 + number}",
        f"official: ukpga/{year}/{900 + number}",
        f"extent: {rng.choice(('United Kingdom', 'England and Wales', 'England'))}",
        f"status: {'repealed' if heir else rng.choice(('amended', 'in-force'))}",
        f'since: "{year + 1}-04-01"' if year < 2024 else "since: not stated",
        *([f"replaced_by: [{heir}]"] if heir else []),
        f"confidence: {rng.choice(('verified', 'knowledge'))}",
        'checked_on: "2026-09-01"',
        f"gist: {words.sentences(rng, topic, 2)}",
        "provisions:",
    ]
    for ref, what in provisions:
        rows += [f"  - ref: {ref}", f"    what: {what}"]
    if rng.random() < 0.5:
        rows += ["changes:", '  - on: "2025-04-01"', "    kind: amended", f"    what: {words.sentences(rng, topic, 1)}"]
    other = law_id((number + 1) % shape.laws)
    before = (
        f"**For you.** {words.sentences(rng, topic, 2)}\n\n{{{{ facts() }}}}\n\n## In plain English\n\n"
        + "\n\n".join(words.sentences(rng, topic, 3) for _ in range(3))
        + f' The {{{{ act("{other}") }}}} adds to this.\n\n'
    )
    asks = (f"{law_title(number).lower()}", f"law on {topic} c {900 + number}", f"{topic} act {year} c {900 + number}")
    return Law(
        id=law_id(number), title=law_title(number), provisions=provisions, heir=heir, settings="\n".join(rows) + "\n",
        before=before, asks=asks,
    )  # fmt: skip


def topic_of(number: int) -> str:
    return words.TOPICS[number % len(words.TOPICS)]


def policy_title(number: int) -> str:
    scope, again = number // len(words.TOPICS) % len(words.SCOPES), number // (len(words.TOPICS) * len(words.SCOPES))
    topic = topic_of(number)
    return f"{topic[0].upper()}{topic[1:]} policy{words.SCOPES[scope]}{f', volume {again + 1}' if again else ''}"


def policy_id(number: int) -> str:
    return re.sub("[^a-z0-9]+", "-", policy_title(number).replace(" policy", "").lower())


def section_numbers(number: int) -> list[str]:
    if not has_parts(number):
        return [str(place) for place in range(1, SECTIONS + 1)]
    return [f"{1 + place // 3}.{1 + place % 3}" for place in range(SECTIONS)]


def policy(number: int, shape: Shape, seed: int, laws: tuple[Law, ...], seen: set[str]) -> Policy:
    """One policy; seen collects the asks of all, since two clauses cannot share one."""
    rng = random.Random(f"{seed}/policy/{number}")
    topic = topic_of(number)
    numbers = section_numbers(number)
    titles = rng.sample(words.SECTIONS, SECTIONS)
    rests_on = pool(rng, number, shape, laws)
    heirs = {law.id: laws[at - 1] for at, law in enumerate(laws) if law.heir and law in rests_on}
    # Each clause has a source of chance of its own: its words do not depend on the size of the library.
    sections = tuple(
        Section(
            number=place,
            title=words.fill(title, rng, topic),
            clauses=tuple(
                clause(
                    random.Random(f"{seed}/{number}/{at}/{n}"), number, at * CLAUSES + n, shape, rests_on, heirs, seen
                )
                for n in range(CLAUSES)
            ),
        )
        for at, (place, title) in enumerate(zip(numbers, titles, strict=True))
    )
    entries = [laws[(number * 3 + step) % len(laws)] for step in range(min(4, len(laws)))]
    acts = decisions(number, rng)
    return Policy(
        id=policy_id(number),
        title=policy_title(number),
        settings=policy_settings(number, rng, topic, acts) + stated(number, seed, acts),
        before="\n\n".join(words.sentences(rng, topic, 3) for _ in range(2)) + "\n",
        acts=tuple(act for act in acts if act.get("outcome") != "unchanged"),
        sections=sections,
        appendix=tuple(
            (entry.title, entry.id, "\n\n".join(words.sentences(rng, topic, 3) for _ in range(2))) for entry in entries
        )
        if has_appendix(number)
        else (),
        number=number,
    )


def decisions(number: int, rng: random.Random) -> list[dict[str, str]]:
    """What bodies decided on a policy, oldest first."""
    first = 2019 + number % 4
    acts = [{"on": f"{first}-{1 + number % 12:02}-{1 + number % 27:02}", "by": "Governing body"}]
    if has_reviews(number):
        years = range(first + 1, 2027 if number % 3 else 2025)
        for year in years:
            outcome = rng.choice(("unchanged", "unchanged", "amended"))
            acts.append({"on": f"{year}-03-{1 + number % 27:02}", "by": "Governing body", "outcome": outcome})
        acts[-1]["minute"] = f"{years[-1]}/{10 + number % 80}"
    return acts


def policy_settings(number: int, rng: random.Random, topic: str, acts: list[dict[str, str]]) -> str:
    rows = [
        f"title: {policy_title(number)}",
        f"summary: {words.sentences(rng, topic, 1)}",
        "wording: adopted",
        "applies_to: All staff, governors and volunteers",
        f"owner: {'not stated' if number % 7 == 6 else rng.choice(('Headteacher', 'Business manager', 'Site manager'))}",
        "approved_by: Governing body",
        f"version: {'not stated' if number % 3 else chr(34) + str(1 + number % 9) + chr(34)}",
        f"review_every: {rng.choice(('1 year', '2 years', '3 years'))}",
        "adopted:",
    ]
    rows += [f"  {key}: {quoted(value)}" for key, value in acts[0].items()]
    if acts[1:]:
        rows.append("reviews:")
        for act in acts[1:]:
            lines = [f"{key}: {quoted(value)}" for key, value in act.items()]
            rows += [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]
    if has_parts(number):
        rows += ["parts:", '  "1": First things', '  "2": Everyday practice', '  "3": Looking back']
    return "\n".join(rows) + "\n"


CATEGORIES = (
    "Staff", "Teaching and learning", "Premises and money", "Health and safety", "Behaviour and welfare",
    "Data and technology", "Safeguarding", "Governance",
)  # fmt: skip


def stated(number: int, seed: int, acts: list[dict[str, str]]) -> str:
    """What a paper states besides: its category, whom it is for, its next review in each of the ways, a status."""
    rng = random.Random(f"{seed}/stated/{number}")
    rows = [] if number % 10 == 9 else [f"category: {CATEGORIES[number % len(CATEGORIES)]}"]
    if number % 4 != 3:
        named = rng.sample(("Staff", "Pupils", "Parents", "Governors"), rng.randint(1, 3))
        rows.append(f"audiences: [{', '.join(named)}]")
    after = int(acts[-1]["on"][:4]) + rng.randint(1, 3)
    following = (f'"{after}-09-{1 + number % 28:02}"', f'"{after}-11"', f"autumn {after}", f'"{after}"')
    if number % 3 == 1:
        rows.append(f"next_review: {following[number % 4]}")
    if number % 20 in (7, 13):
        rows.append(f"status: {'draft' if number % 20 == 7 else 'withdrawn'}")
    elif number % 2:
        rows.append("status: approved")
    if number % 6 == 5:
        rows += ["reviewed_by: Resources committee", f'effective_from: "{acts[0]["on"]}"']
    return "".join(f"{row}\n" for row in rows)


def quoted(value: str) -> str:
    return f'"{value}"' if value[0].isdigit() else value


def clause(
    rng: random.Random,
    of: int,
    place: int,
    shape: Shape,
    rests_on: tuple[Law, ...],
    heirs: Mapping[str, Law],
    seen: set[str],
) -> Clause:
    """The clause at a place in its policy, of 80."""
    topic = topic_of(of)
    section = section_numbers(of)[place // CLAUSES]
    title = words.fill(rng.choice(words.TITLES), rng, topic)
    text = body(rng, of, topic, shape)
    asks = []
    for _ in range(10):
        ask = words.fill(rng.choice(words.ASKS), rng, f"{topic}{words.SCOPES[of // len(words.TOPICS) % 20]}")
        if shape.has_asks(of) and ask not in seen:
            seen.add(ask)
            asks.append(ask)
    return Clause(
        number=f"{section}.{1 + place % CLAUSES}",
        title=title,
        text=text,
        ties=ties(rng, place, topic, rests_on, heirs),
        asks=tuple(asks),
    )


def body(rng: random.Random, of: int, topic: str, shape: Shape) -> str:
    """A clause's Markdown: paragraphs, and now and then a list, a table, emphasis, links, a note."""
    blocks = [words.sentences(rng, topic, rng.randint(2, 4))]
    if rng.random() < 0.35:
        blocks.append(words.sentences(rng, topic, rng.randint(1, 3)))
    if rng.random() < 0.15:
        blocks[0] = blocks[0].replace(" should ", rng.choice((" **should** ", " *should* ")), 1)
    blocks[0] += links(rng, of, topic, shape)
    blocks += ornament(rng, topic)
    if rng.random() < 0.03:
        blocks.append(f'{{{{ note("{words.sentences(rng, topic, 1)}") }}}}')
    return "\n\n".join(blocks)


def links(rng: random.Random, of: int, topic: str, shape: Shape) -> str:
    """Sentences with a link: to a web page, to a clause of the same policy, to one of another."""
    text = ""
    if rng.random() < 0.05:
        text += f" The {topic} form is at [forms.example](https://forms.example/{policy_id(of)})."
    if rng.random() < 0.15:
        text += f' See also {{{{ ref("{some_clause(rng, of)}") }}}}.'
    if rng.random() < 0.08 and shape.policies > 1:
        other = (of + rng.choice((-3, -2, -1, 1, 2, 3))) % shape.policies
        text += f' The same holds under {{{{ ref("{policy_id(other)}/{some_clause(rng, other)}") }}}}.'
    return text


def some_clause(rng: random.Random, of: int) -> str:
    return f"{rng.choice(section_numbers(of))}.{rng.randint(1, CLAUSES)}"


def ornament(rng: random.Random, topic: str) -> list[str]:
    """A list in a fifth of the clauses; seldom a table or a quotation."""
    chance = rng.random()
    if chance < 0.22:
        mark = rng.choice(("- ", "- ", "1. "))
        items = [f"{mark}{words.fill(item, rng, topic)}" for item in rng.sample(words.ITEMS, rng.randint(3, 5))]
        if rng.random() < 0.2:
            items.insert(2, "\n".join(f"    - {words.fill(item, rng, topic)}" for item in words.ITEMS[:2]))
        return ["Write down:", "\n".join(items)]
    if chance < 0.26:
        what = [words.fill("the {thing}", rng, topic) for _ in range(4)]
        rows = [f"| {thing} | {rng.choice(words.WHO)} | {rng.choice(words.WHEN)} |" for thing in what]
        return ["\n".join(["| What | Who | When |", "|---|---|---|", *rows])]
    return [f"> {words.sentences(rng, topic, 2)}"] if chance < 0.28 else []


def pool(rng: random.Random, of: int, shape: Shape, laws: tuple[Law, ...]) -> tuple[Law, ...]:
    """The laws that a policy rests on, those first that no other may name: so none is left out.

    The number is the same in every library that has as many, so that a policy's pages do not grow with it.
    """
    share = -(-shape.laws // shape.policies)
    found = {law.id: law for law in (laws[(of * share + step) % len(laws)] for step in range(share))}
    for law in laws[:HUBS]:
        if rng.random() < 0.5:
            found[law.id] = law
    while len(found) < min(POOL, len(laws)):
        law = laws[int(min(rng.random(), rng.random()) * len(laws))]
        found[law.id] = law
    return tuple(found.values())


def ties(
    rng: random.Random, place: int, topic: str, rests_on: tuple[Law, ...], heirs: Mapping[str, Law]
) -> tuple[tuple[str, str, str], ...]:
    """One to three ties of the clause at a place in its policy; a law that was repealed brings its heir."""
    chosen = list(rng.choices(rests_on, k=rng.choice((1, 1, 2, 2, 3))))
    if place < len(rests_on):
        chosen[0] = rests_on[place]
    found: dict[str, tuple[str, str, str]] = {}
    for law in chosen:
        for each in (law, *([heirs[law.id]] if law.heir else [])):
            ref = rng.choice(("", *(ref for ref, _ in each.provisions)))
            found.setdefault(each.id, (each.id, ref, words.fill(rng.choice(words.REASONS), rng, topic)))
    return tuple(found.values())


# --- The guide's own form


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


MAIN = {
    "": ("Policy guide", "## Policies\n\n{{ policy_overview() }}\n\n"),
    "policies/": ("Policies", "{{ policy_list() }}\n"),
    "legislation/": ("Legislation", "{{ legislation_list() }}\n"),
    "governors/": ("Governors", "## Review register\n\n{{ review_register() }}\n\n## The next twelve months\n\n{{ review_year() }}\n"),
    "help/": ("Using the guide", "## Every clause and topic\n\n{{ clause_index() }}\n\n{{ topic_index() }}\n\n{{ contact() }}\n"),
}  # fmt: skip
INTRODUCTION = "Every policy of the school, clause by clause, with the law behind it. Search from any page, or start with a policy.\n"


def guide_docs(library: Library, docs: Path) -> None:
    """The library as an author of the guide writes it, without its editions."""
    for name, (title, text) in MAIN.items():
        write(docs / f"{name}index.md", f"---\ntitle: {title}\n---\n{INTRODUCTION}\n{text}")
    write(docs / "thesaurus.yml", (ROOT / "docs/thesaurus.yml").read_text(encoding="utf-8"))
    write(docs / "legislation/asks.yml", "".join(asks(law.id, law.asks) for law in library.laws))
    for law in library.laws:
        text = f"---\n{law.settings}---\n{law.before}{{{{ provisions() }}}}\n\n{{{{ cited_by() }}}}\n"
        write(docs / f"legislation/{law.id}.md", text)
    for policy in library.policies:
        home = docs / "policies" / policy.id
        write(home / "index.md", f"---\n{policy.settings}---\n\n{policy.before}")
        for section in policy.sections:
            write(home / f"{section.file}.md", section_page(section))
        if policy.appendix:
            entries = "".join(
                f'{{{{ listed("{head}", "{law}") }}}}\n\n{text}\n\n' for head, law, text in policy.appendix
            )
            write(home / "appendix-a.md", f'---\ntitle: The law in brief\nappendix: "A"\n---\n{entries}')
        if library.shape.has_asks(policy.number):
            each = (asks(clause.number, clause.asks) for section in policy.sections for clause in section.clauses)
            write(home / "asks.yml", "".join(each))


def section_page(section: Section) -> str:
    parts = [f'---\ntitle: {section.title}\nnumber: "{section.number}"\n---\n']
    for clause in section.clauses:
        parts.append(f'{{{{ clause("{clause.number}", "{clause.title}") }}}}\n\n{clause.text}\n\n')
        parts += [f'{{{{ law("{law}", "{ref}", "{reason}") }}}}\n' for law, ref, reason in clause.ties]
        parts.append("\n")
    return "".join(parts)


def asks(owner: str, texts: tuple[str, ...]) -> str:
    return f'"{owner}":\n' + "".join(f"  - {text}\n" for text in texts) if texts else ""


def settings_text() -> str:
    """The project's own settings, for a school that does not exist."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(    name:).*", r"\1 Example School", text)
    return re.sub(r"(?m)^(    local_authority:).*", r"\1 Example Council", text)


def guide_project(library: Library, folder: Path) -> None:
    """A whole project of the guide: settings, pages, asks, editions, and the package by link."""
    write(folder / "mkdocs.yml", settings_text())
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    guide_docs(library, folder / "docs")
    write_editions(library, folder)


def write_editions(library: Library, folder: Path) -> None:
    """Keep the adopted texts of a share of the policies: mostly the words of today, some clauses in former ones."""
    from macros import clock, project
    from macros.history import store
    from macros.model import Outcome, PartialDate, PolicyId, Review

    if not any(has_editions(policy.number) for policy in library.policies):
        return
    site = project.examine(folder / "mkdocs.yml", today=clock.today())
    for policy in library.policies:
        if not has_editions(policy.number):
            continue
        rng = random.Random(f"editions/{policy.id}")
        newest = site.guide.policies[PolicyId(policy.id)]
        for age, act in enumerate(reversed(policy.acts)):
            decision = Review(
                on=PartialDate.parse(act["on"]),
                by=act["by"],
                outcome=Outcome(act["outcome"]) if "outcome" in act else None,
                minute=act.get("minute"),
                version=None,
            )
            edition = aged(store.edition_of(newest, decision), rng, age)
            write(folder / "docs" / edition.path, store.serialise(edition))


def aged(edition: Any, rng: random.Random, age: int) -> Any:
    """An edition whose words differ from today's the more, the older it is."""

    def former(passage: Any) -> Any:
        if passage.number is None or rng.random() > 0.02 + 0.06 * age:
            return passage
        return replace(passage, text=f"{passage.text}\n\nThis was so until the next review.")

    snapshots = tuple(
        replace(snapshot, passages=tuple(map(former, snapshot.passages))) for snapshot in edition.snapshots
    )
    return replace(edition, snapshots=snapshots)


# --- The same words as plain Markdown


def plain_text(text: str, titles: dict[str, str]) -> str:
    """A text's macro calls as the links that they become."""

    def ref(match: re.Match[str]) -> str:
        where, _, number = match[1].rpartition("/")
        file = number.rpartition(".")[0].replace(".", "-")
        label = f"{titles[where]}, clause {number}" if where else f"clause {number}"
        return f"[{label}]({f'../{where}/' if where else ''}{file}.md#{anchor_of(number)})"

    text = re.sub(r'\{\{ ref\("([^"]+)"\) \}\}', ref, text)
    text = re.sub(r'\{\{ note\("([^"]+)"\) \}\}', r"> **Editor’s note.** \1", text)
    text = re.sub(r'\{\{ act\("([^"]+)"\) \}\}', lambda match: f"[{titles[match[1]]}]({match[1]}.md)", text)
    return text.replace("{{ facts() }}\n\n", "")


def anchor_of(number: str) -> str:
    return "clause-" + number.replace(".", "-")


def plain_docs(library: Library, docs: Path, anchor: str = " {{: #{} }}", index: str = "index.md") -> None:
    """The library as plain Markdown: each tie a link in a list, nothing derived. anchor, index: how a form writes them."""
    titles = {law.id: law.title for law in library.laws} | {policy.id: policy.title for policy in library.policies}
    lists = {
        "policies/": "".join(f"- [{policy.title}]({policy.id}/{index})\n" for policy in library.policies),
        "legislation/": "".join(f"- [{law.title}]({law.id}.md)\n" for law in library.laws),
    }
    for name, (title, _) in MAIN.items():
        write(docs / f"{name}{index}", heading(title, index) + f"{INTRODUCTION}\n{lists.get(name, '')}")
    for law in library.laws:
        facts = "".join(f"- **{ref}**: {what}\n" for ref, what in law.provisions)
        text = plain_text(law.before, titles)
        write(docs / f"legislation/{law.id}.md", heading(law.title, index) + f"{text}## Provisions\n\n{facts}")
    for policy in library.policies:
        home = docs / "policies" / policy.id
        sections = "".join(f"- [{section.number} {section.title}]({section.file}.md)\n" for section in policy.sections)
        write(home / index, heading(policy.title, index) + f"{policy.before}\n{sections}")
        for section in policy.sections:
            parts = [heading(f"{section.number} {section.title}", index)]
            for clause in section.clauses:
                parts.append(f"## {clause.number} {clause.title}{anchor.format(anchor_of(clause.number))}\n\n")
                parts.append(plain_text(clause.text, titles) + "\n\n")
                for law, ref, reason in clause.ties:
                    label = f"{titles[law]}, {ref}" if ref else titles[law]
                    parts.append(f"- [{label}](../../legislation/{law}.md): {reason}\n")
                parts.append("\n")
            write(home / f"{section.file}.md", "".join(parts))
        if policy.appendix:
            entries = "".join(f"## {head}\n\n{text}\n\n" for head, _, text in policy.appendix)
            write(home / "appendix-a.md", heading("Appendix A: The law in brief", index) + entries)


def heading(title: str, index: str) -> str:
    return f'---\ntitle: "{title}"\n---\n\n' if index == "_index.md" else f"# {title}\n\n"


class Settings(yaml.SafeLoader):
    """Reads mkdocs.yml without following its !ENV."""


Settings.add_multi_constructor("!", lambda loader, suffix, node: None)


def extensions() -> list[Any]:
    """The Markdown extensions that the guide lists."""
    return yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Settings)["markdown_extensions"]


def material_project(library: Library, folder: Path, *, lean: bool) -> None:
    """The plain words under the theme: with its whole navigation in each page, or lean with none."""
    theme: dict[str, Any] = {"name": "material", "font": False} | ({"custom_dir": "lean"} if lean else {})
    settings = {"site_name": "Plain", "theme": theme, "markdown_extensions": extensions(), "plugins": ["search"]}
    write(folder / "mkdocs.yml", json.dumps(settings))  # JSON is YAML
    if lean:
        write(folder / "lean/partials/nav.html", '<nav class="md-nav" aria-label="Navigation"></nav>\n')
    plain_docs(library, folder / "docs")


HUGO_LINK = (
    "{{- $link := urls.Parse .Destination -}}{{- with .Page.GetPage $link.Path -}}"
    '<a href="{{ .RelPermalink }}{{ with $link.Fragment }}#{{ . }}{{ end }}">{{ $.Text | safeHTML }}</a>'
    '{{- else -}}<a href="{{ .Destination }}">{{ .Text | safeHTML }}</a>{{- end -}}\n'
)
HUGO_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>'
    "<main><h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}</main></body></html>\n"
)


def hugo_project(library: Library, folder: Path) -> None:
    """The plain words for Hugo, in the barest pages: what writing the words alone costs a program of machine code."""
    write(
        folder / "hugo.toml",
        'baseURL = "https://plain.example/"\ntitle = "Plain"\ndisableKinds = ["taxonomy", "term", "rss"]\n',
    )
    for name in ("single", "list", "index"):
        write(folder / f"layouts/{'' if name == 'index' else '_default/'}{name}.html", HUGO_PAGE)
    write(folder / "layouts/_default/_markup/render-link.html", HUGO_LINK)
    plain_docs(library, folder / "content", anchor=" {{#{}}}", index="_index.md")


FORMS: dict[str, Callable[[Library, Path], None]] = {
    "guide": guide_project,
    "lean": lambda library, folder: material_project(library, folder, lean=True),
    "stock": lambda library, folder: material_project(library, folder, lean=False),
    "hugo": hugo_project,
}


def with_mark(section: Section, position: int, mark: str) -> Section:
    """A section with a word of its own in one clause's title and text."""
    clauses = list(section.clauses)
    clause = clauses[position]
    text = f"The word of this edit is {mark}. {clause.text}"
    clauses[position] = replace(clause, title=f"{clause.title} {mark}", text=text)
    return replace(section, clauses=tuple(clauses))


def section_file(folder: Path, policy: Policy, section: Section) -> Path:
    return folder / "docs/policies" / policy.id / f"{section.file}.md"


def save(path: Path, text: str) -> None:
    """Save as editors do: beside, then in its place."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=500, help="60, 500, 2000, 8000 or another number from 60 on")
    parser.add_argument(
        "--policies", type=int, help="a school's library: so many policies, a tenth of them with phrasings"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=FORMS, default="guide")
    asked = parser.parse_args()
    school = asked.policies and Shape.of_policies(asked.policies, few_asks=True)
    shape = school or Shape.of_pages(asked.pages)
    FORMS[asked.form](library(shape, asked.seed), asked.folder)
    print(f"{shape.pages} pages: {shape.policies} policies, {shape.appendices} appendices, {shape.laws} laws.")


if __name__ == "__main__":
    main()
