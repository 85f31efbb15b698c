"""Search index → the files that the worker in the browser fetches; `index.schema.json` describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..model import Guide
from .index import Index
from .parts import digits
from .topic_questions import TopicQuestions


def write_index(guide: Guide, index: Index, folder: Path) -> None:
    """Write the search index as scripts: a worker can load those from a shared folder too."""
    folder.mkdir(exist_ok=True)
    for name, text in serialise(index):
        write_file(name, text, folder)
    write_file("start", written(start(guide)), folder)


def start(guide: Guide) -> dict[str, Any]:
    """What the box offers before anything is typed: the questions of the home page, each with its clause's address."""
    return {"questions": [(question.text, question.clause.url) for question in guide.questions]}


def write_file(name: str, text: str, folder: Path) -> None:
    literal = json.dumps(text, ensure_ascii=False)
    script = f'self.guideIndex=self.guideIndex||{{}};self.guideIndex["{name}"]=JSON.parse({literal});\n'
    (folder / f"{name}.js").write_text(script, encoding="utf-8", newline="\n")


def written(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def serialise(index: Index) -> Iterator[tuple[str, str]]:
    """The index as named files of JSON.

    `index` holds what every question needs, and so does `topics`, the words of the phrasebook's questions. `terms-N`
    holds a chunk of postings and `shard-N` the entries of a policy (or of the law), fetched when first needed.
    """
    yield (
        "index",
        written(
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
            }
        ),
    )
    yield "topics", written(topics(index.topics))
    for place, chunk in enumerate(index.chunks):
        yield f"terms-{place}", written({"postings": " ".join(chunk.postings)})
    for place, shard in enumerate(index.shards):
        yield f"shard-{place}", f'{{"terms":{json.dumps(digits(shard.terms))},{shard.rows[1:]}'


def topics(questions: TopicQuestions) -> dict[str, Any]:
    """The words of the phrasebook's questions, by topic."""
    counts = " ".join(map(digits, questions.counts))
    return {"here": digits(questions.here), "terms": questions.terms, "counts": counts}
