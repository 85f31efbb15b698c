"""Questions with known answers, and the figures of how a search answers them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NOTICES = ("silence", "unknown-word", "no-answer")
"""What a search may say beside its results: a silence somebody wrote down, a word nobody wrote, nothing near."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    text: str
    gold: tuple[str, ...]
    """What answers it, best first: a clause as “2.3.4” or “lending/2.3.4”, a section, “appendix-a”, a law; empty for
    a question that nothing answers."""
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a search made of one question."""

    links: tuple[str, ...]
    """The addresses of the results, in order, as they end."""
    notice: str | None
    """One of NOTICES, or none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One question, its answer, and where in the results the first right one is, from 0; none where it is not there."""

    question: Question
    answer: Answer
    place: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """How a search answered some questions; shares are of 1."""

    outcomes: tuple[Outcome, ...]

    @property
    def answerable(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.question.gold)

    @property
    def unanswerable(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.question.gold)

    @property
    def by_kind(self) -> dict[str, "Figures"]:
        kinds = dict.fromkeys(outcome.question.kind for outcome in self.answerable)
        return {
            kind: Figures(outcomes=tuple(each for each in self.answerable if each.question.kind == kind))
            for kind in kinds
        }

    def hit_at(self, most: int) -> float:
        """The share of the answerable questions whose answer is among so many first results."""
        return share(outcome.place is not None and outcome.place < most for outcome in self.answerable)

    @property
    def reciprocal(self) -> float:
        """The mean reciprocal rank."""
        ranks = [0 if outcome.place is None else 1 / (outcome.place + 1) for outcome in self.answerable]
        return sum(ranks) / max(1, len(ranks))

    @property
    def nothing(self) -> float:
        """The share of the answerable questions that found nothing at all."""
        return share(not outcome.answer.links for outcome in self.answerable)

    def alarms(self, *notices: str) -> float:
        """The share of the answerable questions that were told one of some notices, or any, though an answer is there."""
        return share(outcome.answer.notice in (notices or NOTICES) for outcome in self.answerable)

    def told(self, *notices: str) -> float:
        """The share of the unanswerable questions that were told one of some notices, or any."""
        return share(outcome.answer.notice in (notices or NOTICES) for outcome in self.unanswerable)

    @property
    def misses(self) -> tuple[Outcome, ...]:
        """Answerable questions whose answer does not come first, and unanswerable ones that were not told."""
        return tuple(
            outcome
            for outcome in self.outcomes
            if (outcome.place != 0 if outcome.question.gold else outcome.answer.notice is None)
        )


def share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / max(1, len(listed))


def read(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON list of {"q", "gold", "kind"}."""
    return tuple(
        Question(text=each["q"], gold=tuple(each["gold"]), kind=each.get("kind", "question"))
        for each in json.loads(path.read_text(encoding="utf-8"))
    )


def measure(ask: Callable[[str], Answer], guide: dict, questions: Iterable[Question]) -> Figures:
    """Ask every question. guide is what data/guide.json holds."""
    return Figures(outcomes=tuple(outcome(question, ask(question.text), guide) for question in questions))


def outcome(question: Question, answer: Answer, guide: dict) -> Outcome:
    right = {url for wanted in question.gold for url in addresses(guide, wanted, question.kind)}
    place = next((place for place, link in enumerate(answer.links) if any(ends(link, url) for url in right)), None)
    return Outcome(question=question, answer=answer, place=place)


def ends(link: str, url: str) -> bool:
    return link == url or link.endswith(f"/{url}")


def addresses(guide: dict, wanted: str, kind: str) -> Iterator[str]:
    """The ends of the links that answer; a section's number means its page or any clause of it."""
    for policy in guide["policies"]:
        letters = (appendix for appendix in policy["appendices"] if wanted == f"appendix-{appendix['letter'].lower()}")
        yield from (appendix["url"] for appendix in letters)
        for section in policy["sections"]:
            clauses = [clause["url"] for clause in section["clauses"] if is_named(clause["id"], wanted)]
            yield from clauses
            if wanted == section["number"] or (clauses and "number" in kind):
                yield section["url"]
    yield from (law["url"] for law in guide["instruments"] if law["id"] == wanted)


def is_named(clause_id: str, wanted: str) -> bool:
    """Whether a clause is the one that was wanted, named with its policy or without."""
    return wanted in {clause_id, clause_id.split("/")[1]}


def table(figures: Figures) -> str:
    """The figures as a table for people."""
    lines = [f"{'kind':<20}{'asked':>6}{'hit@1':>8}{'hit@3':>8}{'MRR':>8}"]
    rows = figures.by_kind if len(figures.by_kind) > 1 else {}
    for kind, part in (rows | {"all": figures}).items() if figures.answerable else ():
        lines.append(
            f"{kind:<20}{len(part.answerable):>6}{part.hit_at(1):>8.2f}{part.hit_at(3):>8.2f}{part.reciprocal:>8.2f}"
        )
    lines = lines if figures.answerable else []
    if figures.answerable:
        wrongly = ", ".join(f"{notice} {figures.alarms(notice):.1%}" for notice in NOTICES)
        lines.append(
            f"of {len(figures.answerable)} with an answer: found nothing {figures.nothing:.1%}; wrongly told {wrongly}"
        )
    if figures.unanswerable:
        rightly = ", ".join(f"{notice} {figures.told(notice):.0%}" for notice in NOTICES)
        lines.append(f"of {len(figures.unanswerable)} without: told {figures.told():.0%} ({rightly})")
    return "\n".join(lines)


def described(miss: Outcome) -> str:
    """A miss on one line."""
    results = ", ".join(link.rpartition("policies/")[2] for link in miss.answer.links[:3]) or "nothing"
    told = f"; told {miss.answer.notice}" if miss.answer.notice else ""
    wants = f"wants {', '.join(miss.question.gold[:2])}" if miss.question.gold else "has no answer"
    return f"{miss.question.kind}: “{miss.question.text}” {wants}; got {results}{told}"
