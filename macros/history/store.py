"""Adopted editions: a policy's text as data beside it, `editions/2021-12.json`, independent of version control.

The checksum tells an edition that somebody edited by hand from one that a body adopted.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from sys import intern
from typing import Any

from ..formats.memo import Memo
from ..model import (
    Appendix,
    Citation,
    ClauseId,
    Correction,
    Edition,
    InstrumentId,
    Outcome,
    PartialDate,
    Passage,
    Policy,
    PolicyId,
    Problem,
    Review,
    Section,
    SectionSnapshot,
    Wording,
    urls,
)
from ..model.clause_numbers import anchor

SCHEMA = 1
PENDING = ".new"
"""Ends the name of an edition that `guide adopt` has written but not yet put in its place."""


class Damaged(ValueError):
    """A file is not an edition as `guide adopt` writes them; str() says why, line is where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEditions:
    """What lies in the folders of editions."""

    editions: Mapping[str, tuple[Edition, ...]]
    """By policy, oldest first."""
    pending: Mapping[str, tuple[Edition, ...]]
    """Written by an adoption that was interrupted; they count where the record names them."""
    keepers: frozenset[str]
    """The policies that have a folder of editions: from then on each adopted text is to be in it."""
    problems: tuple[Problem, ...]


NONE = StoredEditions(editions={}, pending={}, keepers=frozenset(), problems=())


def read(docs: Path, *, directory_urls: bool = True, memo: Memo | None = None) -> StoredEditions:
    """Read every edition under docs; what is damaged is left out and reported."""
    memo = memo or Memo()
    editions: dict[str, list[Edition]] = defaultdict(list)
    pending: dict[str, list[Edition]] = defaultdict(list)
    problems: list[Problem] = []
    for file in sorted(docs.glob("policies/*/editions/*")):
        name = file.relative_to(docs).as_posix()
        waiting = file.name.endswith(f".json{PENDING}")
        if file.suffix != ".json" and not waiting:
            continue
        if not file.is_file():
            message = "this is a folder, or a link to nothing, where an edition should be"
            problems.append(problem(name, 1, "edition-damaged", message, RESTORE))
            continue
        try:
            raw = file.read_bytes()
            edition = memo(
                "edition", name, (raw, directory_urls), partial(parse, raw, name, directory_urls=directory_urls)
            )
        except Damaged as damaged:
            if not waiting:  # half a file of an interrupted adoption: the old state holds
                problems.append(problem(name, damaged.line, "edition-damaged", str(damaged), RESTORE))
            continue
        policy = name.split("/")[1]
        edition, lost = with_former_texts(edition, file)
        problems += lost
        if waiting:
            pending[policy].append(edition)
        elif faults := list(misplaced(edition, name, policy, docs)):
            problems += faults
        else:
            editions[policy].append(edition)
    return StoredEditions(
        editions={policy: in_order(several) for policy, several in editions.items()},
        pending={policy: in_order(several) for policy, several in pending.items()},
        keepers=frozenset(folder.parent.name for folder in docs.glob("policies/*/editions") if folder.is_dir()),
        problems=tuple(problems),
    )


def with_former_texts(edition: Edition, file: Path) -> tuple[Edition, list[Problem]]:
    """An edition with the texts that its corrections replaced; a problem for each that is lost or was changed."""
    if not edition.corrections:
        return edition, []
    problems: list[Problem] = []
    corrections: list[Correction] = []
    for number, correction in enumerate(edition.corrections, 1):
        former = file.parent / former_name(edition, number)
        text: Edition | None = None
        if correction.former:
            try:
                text = parse(former.read_bytes(), edition.path)
            except (OSError, Damaged):
                text = None
            if text is None or checksum_of(text) != correction.former:
                name = f"policies/{edition.policy}/editions/{former_name(edition, number)}"
                message = f"the text as it read before the correction of {correction.on.words} is lost or was changed"
                problems.append(problem(name, 1, "edition-damaged", message, RESTORE))
        corrections.append(replace(correction, snapshots=text.snapshots if text else ()))
    return replace(edition, corrections=tuple(corrections)), problems


def former_name(edition: Edition, number: int) -> str:
    """The file in the folder of editions that keeps an edition as it read before its nth correction."""
    return f"corrected/{edition.on}.{number}.json"


RESTORE = (
    "Bring back the file as it was (from version control or a backup). A text is changed on its own page, never here."
)


def problem(path: str, line: int, rule: str, message: str, hint: str) -> Problem:
    return Problem(path=f"docs/{path}", line=line, rule=rule, message=message, hint=hint)


def in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    return tuple(sorted(editions, key=lambda edition: edition.on))


def misplaced(edition: Edition, name: str, policy: str, docs: Path) -> Iterator[Problem]:
    """The file's name is its date, its folder its policy; so no two editions have one date."""
    right = f"policies/{policy}/editions/{edition.on}.json"
    if edition.policy != policy:
        message = f"this is an edition of the policy “{edition.policy}”, in the folder of another"
        hint = f"Its place is docs/policies/{edition.policy}/editions/. If you copied it as a start, remove it here."
        yield problem(name, 1, "edition-place", message, hint)
    elif name != right and (docs / right).exists():
        message = f"there is already an edition of {edition.on.words}, in docs/{right}"
        yield problem(name, 1, "edition-twice", message, "Keep the one that the body adopted, and remove the other.")
    elif name != right:
        message = f"this is the edition of {edition.on.words}, under another name"
        yield problem(name, 1, "edition-place", message, f"Name it {edition.on}.json")


def parse(raw: bytes, path: str, *, directory_urls: bool = True) -> Edition:
    """Read one edition; Damaged when it is not whole, or not as it was stored."""
    try:
        text = raw.decode("utf-8")
        data = json.loads(text)
    except UnicodeDecodeError:
        raise Damaged(1, "this edition is not saved as UTF-8") from None
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise Damaged(getattr(error, "lineno", 1), "this edition cannot be read: a part of it is missing") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise Damaged(1, f"this is not an edition of the form this guide reads (schema {SCHEMA})")
    if data.get("sha256") != checksum(data):
        line = next((n for n, row in enumerate(text.split("\n"), 1) if row.startswith(' "sha256"')), 1)
        raise Damaged(line, "this edition was changed by hand: its text and its checksum do not match")
    try:
        return edition(data, path, directory_urls=directory_urls)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        raise Damaged(1, "this edition lacks a part that every edition has") from None


def checksum(data: Mapping[str, Any]) -> str:
    """SHA-256 of all that the file says but the checksum itself, however it is laid out."""
    rest = {key: value for key, value in data.items() if key != "sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def text(value: object) -> str:
    """A part that is words; TypeError for any other."""
    if not isinstance(value, str):
        raise TypeError
    return value


def text_or_none(value: object) -> str | None:
    return None if value is None else text(value)


def edition(data: Mapping[str, Any], path: str, *, directory_urls: bool) -> Edition:
    on = PartialDate.parse(data["on"])
    policy = PolicyId(data["policy"])
    folder = f"policies/{policy}/editions/{on}"
    return Edition(
        policy=policy,
        title=text(data["title"]),
        wording=Wording(data["wording"]),
        act=Review(
            on=on,
            by=text_or_none(data["by"]),
            outcome=Outcome(data["outcome"]) if data["outcome"] else None,
            minute=text_or_none(data["minute"]),
            version=text_or_none(data["version"]),
        ),
        parts={text(number): text(title) for number, title in data["parts"].items()},
        snapshots=tuple(snapshot(section, policy) for section in data["pages"]),
        corrections=tuple(
            Correction(
                on=PartialDate.parse(correction["on"]), why=text(correction["why"]), former=correction.get("former")
            )
            for correction in data["corrections"]
        ),
        url=urls.page_url(f"{folder}.md", directory_urls=directory_urls),
        path=path,
    )


def snapshot(data: Mapping[str, Any], policy: str) -> SectionSnapshot:
    appendix = "appendix" in data
    passages = tuple(passage(clause, data["page"], policy, appendix=appendix) for clause in data["clauses"])
    between = [""] * (len(passages) + 1)
    for position, words in data.get("between", {}).items():
        between[range(len(between))[int(position)]] = text(words)
    return SectionSnapshot(
        page=text(data["page"]),
        number=text(data["appendix"]) if appendix else text_or_none(data["number"]),
        title=text(data["title"]),
        appendix=appendix,
        passages=passages,
        between=tuple(between),
    )


def passage(data: Mapping[str, Any], page: str, policy: str, *, appendix: bool) -> Passage:
    """A clause or an entry; its words are kept once, for most are those of other editions and of today."""
    return Passage(
        id=f"{page}#{data['id']}" if appendix else data["id"],
        anchor=data["id"] if appendix else anchor(data["id"]),
        number=text_or_none(data["number"]),
        title=intern(data["title"]),
        text=intern(data["text"]),
        was=text_or_none(data.get("was")),
        citations=tuple(
            Citation(
                clause=ClauseId(f"{policy}/{data['id']}"),
                instrument=InstrumentId(intern(text(tie["instrument"]))),
                provision=intern(tie["provision"] or ""),
                reason=intern(tie["reason"]),
            )
            for tie in data.get("cites", ())
        ),
    )


def edition_of(policy: Policy, act: Review, corrections: tuple[Correction, ...] = ()) -> Edition:
    """The policy's text of today, as the edition that a decision puts in force."""
    return Edition(
        policy=policy.id,
        title=policy.title,
        wording=policy.wording,
        act=act,
        parts={part.number: part.title for part in policy.parts if part.number},
        snapshots=snapshots(policy),
        corrections=corrections,
        url="",
        path=f"policies/{policy.id}/editions/{act.on}.json",
    )


def snapshots(policy: Policy) -> tuple[SectionSnapshot, ...]:
    """The policy's text as it stands today, in the form in which editions keep theirs."""
    return (
        *(section_snapshot(section) for section in policy.sections),
        *(appendix_snapshot(appendix) for appendix in policy.appendices),
    )


def section_snapshot(section: Section) -> SectionSnapshot:
    return SectionSnapshot(
        page=page_name(section.path),
        number=section.printed,
        title=section.title,
        appendix=False,
        passages=tuple(
            Passage(
                id=clause.id.partition("/")[2],
                anchor=clause.anchor,
                number=clause.number,
                title=clause.title,
                text=clause.text,
                was=clause.was,
                citations=clause.citations,
            )
            for clause in section.clauses
        ),
        between=section.between,
    )


def appendix_snapshot(appendix: Appendix) -> SectionSnapshot:
    page = page_name(appendix.path)
    return SectionSnapshot(
        page=page,
        number=appendix.letter,
        title=appendix.title,
        appendix=True,
        passages=tuple(
            Passage(id=f"{page}#{entry.anchor}", anchor=entry.anchor, number=None, title=entry.heading, text=entry.text)
            for entry in appendix.listings
        ),
        between=appendix.between,
    )


def page_name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def serialise(edition: Edition) -> str:
    """The edition as the text of its file, checksum last."""
    data = content(edition)
    data["sha256"] = checksum(data)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def checksum_of(edition: Edition) -> str:
    return checksum(content(edition))


def content(edition: Edition) -> dict[str, Any]:
    act = edition.act
    return {
        "schema": SCHEMA,
        "policy": edition.policy,
        "title": edition.title,
        "wording": str(edition.wording),
        "on": str(act.on),
        "by": act.by,
        "outcome": str(act.outcome) if act.outcome else None,
        "minute": act.minute,
        "version": act.version,
        "corrections": [
            {"on": str(correction.on), "why": correction.why}
            | ({"former": correction.former} if correction.former else {})
            for correction in edition.corrections
        ],
        "parts": dict(edition.parts),
        "pages": [snapshot_data(snapshot) for snapshot in edition.snapshots],
    }


def snapshot_data(snapshot: SectionSnapshot) -> dict[str, Any]:
    between = {str(position): text for position, text in enumerate(snapshot.between) if text}
    return {
        "page": snapshot.page,
        "appendix" if snapshot.appendix else "number": snapshot.number,
        "title": snapshot.title,
        **({"between": between} if between else {}),
        "clauses": [passage_data(passage, appendix=snapshot.appendix) for passage in snapshot.passages],
    }


def passage_data(passage: Passage, *, appendix: bool) -> dict[str, Any]:
    ties = [
        {"instrument": tie.instrument, "provision": tie.provision or None, "reason": tie.reason}
        for tie in passage.citations
    ]
    return {
        "id": passage.anchor if appendix else passage.id,
        "number": passage.number,
        "title": passage.title,
        "text": passage.text,
        **({"was": passage.was} if passage.was else {}),
        **({"cites": ties} if ties else {}),
    }
