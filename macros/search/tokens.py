"""Text → search tokens and stems, exactly as the engine in the browser makes them.

`overrides/assets/javascripts/search/engine.js` holds the other half; a test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from sys import intern

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
    return list(chain.from_iterable(map(parts, words(text))))


TEXTS = 12_000
"""How many texts are kept with their words: both what a clause is about and the index ask for them, more than once."""


@lru_cache(maxsize=TEXTS)
def words(text: str) -> tuple[str, ...]:
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        plain = ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return tuple(map(intern, WORD.findall(plain)))


# What follows is kept by the word: a guide has few, whatever its size.


@cache
def parts(word: str) -> tuple[str, ...]:
    """The tokens of one word as it is written."""
    if NUMBER.fullmatch(word):
        return (word,)
    several = re.split(r"[-.]", word.removesuffix("'s").replace("'", ""))
    longer = [part for part in several if len(part) > 2] if len(several) > 1 else []
    return tuple(filter(None, ("".join(several), *longer)))


@cache
def content_parts(word: str) -> tuple[str, ...]:
    return tuple(token for token in parts(word) if token not in STOP)


@cache
def stem_parts(word: str) -> tuple[str, ...]:
    return tuple(map(stem, content_parts(word)))


@cache
def every_stem_part(word: str) -> tuple[str, ...]:
    return tuple(map(stem, parts(word)))


def content(text: str) -> tuple[str, ...]:
    """The words of a text in order, without stop words."""
    return tuple(chain.from_iterable(map(content_parts, words(text))))


@lru_cache(maxsize=TEXTS)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text in order, without stop words."""
    return tuple(chain.from_iterable(map(stem_parts, words(text))))


def spaced(words: Iterable[str]) -> str:
    """Stems as a text in which each has a space on either side, so that a phrase is found as a part of it."""
    return f" {' '.join(words)} "


@lru_cache(maxsize=TEXTS // 10)
def searchable(text: str) -> str:
    """The stems of a text in which to look for phrases: once with the stop words, once without."""
    every = chain.from_iterable(map(every_stem_part, words(text)))
    return f"{spaced(every)}|{spaced(stems(text))}"
