"""Parses the numbers, letters and bullets that open a paragraph, as papers print them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

BULLETS = "•·▪◦‣➢➤✓✔❖■□●○◆►▸⁃∙>–—-\uf0b7\uf0a7\uf0d8\uf076\uf0fc\u2212"
BOXES = "□■"
BULLET = re.compile(rf"(?:(?:[{re.escape(BULLETS)}]|\*(?=\s))\s*)+(?=\S)|[\ue000-\uf8ff]\s*|[oüØ§](?:\t|\s{{2,}})\s*")
"""One bullet, or the heap of them that extracted text leaves, such as “- >”. The letters are what becomes of Word's own
bullets, a ring, a tick, an arrow and a square, where their font is missing."""
NAMED = re.compile(
    r"(?P<name>section|part|chapter|appendix|annexe?|schedule|article)\s+(?P<mark>\d{1,2}(?:\.\d{1,3}){1,3}|\d{1,2}|[A-Z]\d?|[IVX]{1,5}|\([a-zivx]{1,4}\))(?![\w(])"
    r"(?P<stop>\s*[:.\-–—|]+\s*|\s*\t\s*|\s*$|\s+)",
    re.IGNORECASE,
)
COMPOUND = re.compile(r"(?P<mark>\d{1,2}(?:\.\d{1,3})*\.?(?:\((?:[a-z]|[ivx]{1,5}|\d{1,2})\))+)[.:]?\s*(?=\S)")
DOTTED = re.compile(r"(?P<mark>\d{1,2}(?:\.\d{1,3}){1,5}[a-z]?)(?![\d%])[.):]?(?P<gap>\s*)(?=\S|$)")
PLAIN = re.compile(r"(?P<mark>\(?\d{1,3}(?P<stop>[.):]?\)?))(?P<gap>\s*)(?=\S|$)")
LETTER = re.compile(
    r"(?P<mark>\((?:[a-zA-Z]{1,2}|[ivxIVX]{1,6})\)|(?:[a-zA-Z]|[ivx]{1,6}|[IVX]{1,6})[.)])(?P<gap>\s*)(?=\S)"
)
ALNUM = re.compile(r"(?P<mark>[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+(?=[A-Z‘“\"'(])")
MONTH = re.compile(
    r"(?:st|nd|rd|th)?\s*(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE
)
UNIT = re.compile(
    r"(?:%|am\b|pm\b|million|billion|per\b|percent|hours?\b|days?\b|weeks?\b|months?\b|years?\b|minutes?\b|metres?\b|"
    r"[kmgt]b\b|km\b|cm\b|mm\b|[/:]\d|o['’]clock|x\b|×)",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """The kinds of labels, each by an example."""

    DOTTED = "1.2"
    PLAIN = "1"
    COMPOUND = "4(b)"
    LETTERED = "(a)"
    ALNUM = "A1"
    NAMED = "Section 2"
    BULLET = "•"


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """The label of a paragraph."""

    kind: Kind
    printed: str
    """As the paper prints it, without the stop after it: “1.2”, “(a)”, “2”."""
    raw: str
    """With its stop: “1)”, “a.”."""
    number: tuple[int, ...] = ()
    """The figures of a dotted, plain or “Section 2” label."""
    name: str = ""
    """The word of a named one, in lower case."""
    weak: bool = False
    """Whether only its neighbours can show that it is a label at all: “12 Staff …”."""


def label_of(text: str) -> tuple[Label | None, int]:
    """The label a text opens with, and where its words begin."""
    lead = len(text) - len(text.lstrip())
    for parse in PARSERS:
        label, end = parse(text[lead:])
        if label is not None:
            return label, lead + end
    return None, 0


def named(text: str) -> tuple[Label | None, int]:
    match = NAMED.match(text)
    if not match:
        return None, 0
    rest = text[match.end() :]
    stopped = match["stop"].strip() or not rest
    # “Section 175 of the Act” is a sentence; “Section 2 Safer practice” a heading.
    if (
        not stopped
        and ("\t" not in match["stop"])
        and not (rest[:1].isupper() and len(rest.split()) <= 10 and rest[-1:] not in ".;,")
    ):
        return None, 0
    mark = match["mark"]
    number = tuple(int(piece) for piece in mark.split(".")) if mark[0].isdigit() else ()
    return Label(
        kind=Kind.DOTTED if len(number) > 1 else Kind.NAMED,
        printed=f"{match['name']} {mark}",
        raw=match[0].strip(),
        number=number,
        name=match["name"].lower(),
    ), match.end()


def compound(text: str) -> tuple[Label | None, int]:
    match = COMPOUND.match(text)
    if not match:
        return None, 0
    printed = re.sub(r"[\s\xa0]|\.(?=\()", "", match["mark"])
    return Label(kind=Kind.COMPOUND, printed=printed, raw=match["mark"]), match.end()


def dotted(text: str) -> tuple[Label | None, int]:
    match = DOTTED.match(text)
    if not match:
        return None, 0
    rest = text[match.end() :]
    if UNIT.match(rest) or (not match["gap"] and rest and not (rest[0].isupper() or rest[0] in "‘“\"'(")):
        return None, 0
    pieces = match["mark"].rstrip("abcdefghijklmnopqrstuvwxyz").split(".")
    if (
        len(pieces) == 2
        and rest[:1].islower()
        and len(pieces[1]) == 2
        and pieces[1][0] == "0"
        and not text[: match.end()].endswith("\t")
    ):
        return None, 0  # 9.05 in a sentence
    number = tuple(int(piece) for piece in pieces)
    return Label(kind=Kind.DOTTED, printed=match["mark"], raw=match[0].strip(), number=number), match.end()


def plain(text: str) -> tuple[Label | None, int]:
    match = PLAIN.match(text)
    if not match:
        return None, 0
    mark, rest = match["mark"], text[match.end() :]
    digits = re.sub(r"\D", "", mark)
    weak = not match["stop"]
    unclosed = mark.startswith("(") and not mark.endswith(")")
    glued = bool(rest) and not match["gap"]
    fits = may_be_weak(digits, rest, glued=glued) if weak else opens(rest) or not glued
    if unclosed or UNIT.match(rest) or not fits:
        return None, 0
    return Label(kind=Kind.PLAIN, printed=digits, raw=mark, number=(int(digits),), weak=weak), match.end()


def may_be_weak(digits: str, rest: str, *, glued: bool) -> bool:
    """Whether a number without a stop can be a label: “3 Training”, not “12 March” or “2021 was”."""
    if len(digits) > 2 or not opens(rest) or rest.startswith("(") or MONTH.match(rest):
        return False
    return rest[:1].isupper() or not glued


def opens(rest: str) -> bool:
    """Whether text can be the first words of a paragraph: a capital, a quotation mark or a bracket."""
    return rest[:1].isupper() or (rest[:1] != "" and rest[:1] in "‘“\"'(")


def lettered(text: str) -> tuple[Label | None, int]:
    match = LETTER.match(text)
    if not match:
        return None, 0
    mark = match["mark"]
    if not mark.startswith("(") and (
        not match["gap"] or (mark[0].isupper() and mark.endswith(".") and len(text.split()) < 2)
    ):
        return None, 0
    if not mark.startswith("(") and mark.endswith(".") and re.match(r"[A-Za-z]\.\s*[A-Za-z]\.", text):
        return None, 0  # e. g., J. K. Rowling
    return Label(kind=Kind.LETTERED, printed=mark, raw=mark), match.end()


def alnum(text: str) -> tuple[Label | None, int]:
    match = ALNUM.match(text)
    if not match or match["mark"] in ("A4", "A3", "A5"):
        return None, 0
    return Label(kind=Kind.ALNUM, printed=match["mark"], raw=match[0].strip(), weak=True), match.end()


def bullet(text: str) -> tuple[Label | None, int]:
    match = BULLET.match(text)
    if (
        not match
        or re.fullmatch(r"[-–—\s]*\d{1,3}[-–—\s]*", text)
        or (text[0] in BOXES and text[0] in text[match.end() :])  # boxes to tick, side by side
        or (text[0] in "-–—" and len(match[0].strip()) == 1 and not match[0][-1:].isspace() and text[1:2].isdigit())
    ):
        return None, 0
    return Label(kind=Kind.BULLET, printed="•", raw=match[0].strip()), match.end()


PARSERS: tuple[Callable[[str], tuple[Label | None, int]], ...] = (
    named, compound, dotted, plain, lettered, alnum, bullet,
)  # fmt: skip
"""In order: the first that finds its kind of label wins."""
