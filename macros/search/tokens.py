"""Text → search tokens and stems, exactly as the engine in the browser makes them.

`overrides/assets/javascripts/search/engine.js` holds the other half; a test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from snowballstemmer.english_stemmer import EnglishStemmer

WORD = re.compile(r"[a-z0-9]+(?:[-'.][a-z0-9]+)*")
ACCENTS = re.compile("[\u0300-\u036f]")
NUMBER = re.compile(r"\d+(?:\.\d+)+")
STOP = frozenset(
    "a about after all also am an and any are as at be because been before being but by can cannot could did do does "
    "doing dont for from had has have having he her here him his how i if im in into is it its just let may me might "
    "my no of off on once or our out over own s same shall she should so some such t than that the their them then "
    "there these they this those to too under until up us very was we were what whats when where which while who whom "
    "why will with would you your allowed ok okay".split()
)
"""Words that tell no clause from another. The engine gets this list with the index."""

STEMMER = EnglishStemmer()
"""The pure Python class: `snowballstemmer.stemmer()` prefers PyStemmer, of whatever release, where there is one."""


@cache
def stem(word: str) -> str:
    return word if word[0].isdigit() else str(STEMMER.stemWord(word))


def tokenize(text: str) -> list[str]:
    """Split a text into words, in order, stop words among them; a hyphenated word also gives its longer parts."""
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        plain = ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    tokens: list[str] = []
    for word in WORD.findall(plain):
        if NUMBER.fullmatch(word):
            tokens.append(word)
            continue
        bare = word.removesuffix("'s").replace("'", "")
        parts = re.split(r"[-.]", bare)
        tokens.append("".join(parts))
        if len(parts) > 1:
            tokens += [part for part in parts if len(part) > 2]
    return [token for token in tokens if token]


@cache
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as `tokenize` has them, kept: both what a clause is about and the index ask for them."""
    return tuple(tokenize(text))


@cache
def content(text: str) -> tuple[str, ...]:
    """The words of a text in order, without stop words."""
    return tuple(token for token in tokens(text) if token not in STOP)


@cache
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text in order, without stop words."""
    return tuple(stem(token) for token in content(text))


def spaced(words: Iterable[str]) -> str:
    """Stems as a text in which each has a space on either side, so that a phrase is found as a part of it."""
    return f" {' '.join(words)} "


@cache
def searchable(text: str) -> str:
    """The stems of a text in which to look for phrases: once with the stop words, once without."""
    return f"{spaced(stem(token) for token in tokens(text))}|{spaced(stems(text))}"
