"""Search index → the files that the worker in the browser fetches; `index.schema.json` describes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from ..model import ClauseId, Guide
from .index import Index, Row, build_index


def write_index(
    guide: Guide,
    phrasings: Mapping[str, tuple[str, ...]],
    thesaurus: Mapping[str, Any],
    folder: Path,
    guessed: Mapping[ClauseId, tuple[str, ...]] | None = None,
) -> None:
    """Write the search index as scripts: a worker can load those from a shared folder too."""
    folder.mkdir(exist_ok=True)
    for name, data in serialise(build_index(guide, phrasings, thesaurus, guessed)):
        write_file(name, data, folder)
    write_file("start", start(guide), folder)


def start(guide: Guide) -> dict[str, Any]:
    """What the box offers before anything is typed: the questions of the home page, each with its clause's address."""
    return {"questions": [(question.text, question.clause.url) for question in guide.questions]}


def write_file(name: str, data: Mapping[str, Any], folder: Path) -> None:
    text = json.dumps(json.dumps(data, ensure_ascii=False, separators=(",", ":")), ensure_ascii=False)
    script = f'self.guideIndex=self.guideIndex||{{}};self.guideIndex["{name}"]=JSON.parse({text});\n'
    (folder / f"{name}.js").write_text(script, encoding="utf-8", newline="\n")


def serialise(index: Index) -> Iterator[tuple[str, dict[str, Any]]]:
    """The index as named files of JSON-able data.

    `index` holds what every question needs, `elsewhere` the questions of other subjects. `terms-N` holds a chunk of
    postings and `shard-N` the entries of a policy (or of the law); both are fetched when a question first needs them.
    """
    yield (
        "index",
        {
            "steps": index.steps,
            "feedback": index.feedback,
            "stop": index.stop,
            "ids": index.ids,
            "starts": index.starts,
            "kinds": index.kinds,
            "terms": index.terms,
            "doc_freq": index.doc_freq,
            "forms": index.forms,
            "authored": index.authored,
            "ordinary": index.ordinary,
            "spelt": index.spelt,
            "sensitive_words": index.sensitive_words,
            "sensitive": index.sensitive,
            "chunks": [chunk.first for chunk in index.chunks],
            "names": dict(index.names),
            "same": index.same,
            "means": dict(index.means),
        },
    )
    yield "elsewhere", asdict(index.elsewhere)
    for place, chunk in enumerate(index.chunks):
        yield f"terms-{place}", {"postings": " ".join(map(digits, chunk.postings))}
    for place, shard in enumerate(index.shards):
        yield f"shard-{place}", {"arounds": shard.arounds, "entries": [cells(row) for row in shard.entries]}


DIGITS = "".join(map(chr, range(33, 127))).translate({ord('"'): None, ord("\\"): None})
"""What numbers are written with: the first half are digits that others follow, the second half last digits."""


def digits(numbers: Iterable[int]) -> str:
    """Numbers as text, half as long as in figures and commas: most are small.

    >>> digits([0, 45, 46])
    'P~#P'
    """
    return "".join(WRITTEN[number] if number < len(WRITTEN) else written(number) for number in numbers)


def written(number: int) -> str:
    base = len(DIGITS) // 2
    text = DIGITS[base + number % base]
    while number := number // base:
        text = DIGITS[number % base] + text
    return text


WRITTEN = tuple(map(written, range(1000)))
FIELDS = attrgetter(*(each.name for each in fields(Row)))
"""The values of a row, which asdict would copy one by one."""
PHRASINGS = [each.name for each in fields(Row)].index("phrasings")


def cells(row: Row) -> list[Any]:
    """A row without the names of its fields, which would be most of its bytes; without last ones that are none."""
    values = list(FIELDS(row))
    values[PHRASINGS] = " ".join(map(digits, row.phrasings))
    while values[-1] is None:
        values.pop()
    return values
