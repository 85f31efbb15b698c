"""Finds the names of people in a text, whatever language they come from.

A name is a run of words with capitals that are not ordinary words. How much it takes to believe in one depends on
how ordinary its words are:
“Oluwaseun Adeyemi” is a name anywhere, “Grace Field” only beside a post, before a telephone number, or alone in a cell.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOKEN = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W\d_]+)*")
TITLES = listed(
    "mr mrs ms miss mx dr cllr councillor rev revd reverend fr father sister brother canon sir dame lord lady prof "
    "professor"
)
SAID_OF_RELIGIOUS = listed("father sister brother canon lord lady")
"""Titles that are ordinary words as well; a name must follow."""
PARTICLES = listed(
    "de da do dos das du di del della van von der den ter la le el al bin bint binti ibn ap ab y e mac ní nic ó st an"
)
POSTS = (
    r"head\s?teacher|head of [\w ]+|principal|deputy(?: head(?:teacher)?)?|assistant head(?:teacher)?|(?:school |"
    r"office |site |premises )?business manager|"
    r"(?:deputy |designated )?(?:safeguarding|senior|child protection) (?:lead|officer|person|governor)|ddsl|dsl|"
    r"sendco|senco|sbm|"
    r"(?:vice[- ])?chair(?:man|woman|person)?(?: of [\w ]+)?|data protection officer|dpo|(?:link |lead |parent |"
    r"staff )?governor|trustee|clerk(?: to [\w ]+)?|"
    r"chief executive(?: officer)?|ceo|director[\w ]*|(?:\w+ )?manager|(?:\w+ )?officer|author|owner|written by|"
    r"prepared by|produced by|reviewed by|approved by|"
    r"lead(?: \w+)?|signed|names?|contact|(?:first|qualified) aiders?|(?:school )?nurse|caretaker|"
    r"(?:\w+ )?(?:teacher|assistant|administrator|coordinator|co-ordinator|"
    r"supervisor|secretary|technician|mentor|counsellor|worker|consultant|adviser|advisor)|bursar|lado|"
    r"receptionist|cook|cleaner|photo(?:graph)?s?|source"
)
BESIDE = re.compile(
    rf"(?:\b(?:{POSTS})\)?\s*(?:[:–—|-]|is|are|\t|\(|,)+\s*|\b(?:by|to|with|from|named|called|contact|dear|attn|cc|"
    rf"c/o|signed)\s*:?\s+)$",
    re.IGNORECASE,
)
"""What stands before a name in a strong place."""
FOLLOWED = re.compile(
    rf"\s*(?:[,(–—|:-]|\t|is|as)\s*(?:our |the |a |an )?(?:\w+ ){{0,3}}?(?:{POSTS})\b|"
    rf"\s*[,(–—|:-]?\s*(?:\(?\+?0?\d{{2,}}|[\w.+-]+@)",
    re.IGNORECASE,
)
"""What stands after one."""
NUMBERED = listed(
    "appendix annex annexe section schedule part table figure class group year form category band plan level "
    "vitamin hepatitis version room block grade tier type "
                     "step phase stage unit option key"
)  # fmt: skip
"""Words that a single letter belongs to: “Appendix A”."""
NEVER = re.compile(
    r"(?:tion|sions?|ments?|ings?|ity|ities|ness|ances?|ences?|able|ible|ive|isms?|ships?|ful|ology|ised|ized|ical|"
    r"ously|ively|ations?|ists?)$"
)
"""Endings that no name has."""
LONGEST = 5
"""Words of a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its place."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return self.text.lower().replace("'", "’")


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of one of the lists beside this module."""
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


def first_name(word: Word) -> bool:
    """Whether a word is a first name in England, seldom anything else."""
    return word.plain in words_of("first_names.txt")


def also_a_word(word: Word) -> bool:
    """Whether a word is a first name and an ordinary word: Grace, Mark, Dawn."""
    return word.plain in words_of("first_names_and_words.txt")


def ordinary(word: Word) -> bool:
    """Whether a word is one of the language, an abbreviation or a Roman figure, rather than a name."""
    plain = word.plain
    if (
        plain in LITTLE
        or re.fullmatch(r"[IVX]{2,}", word.text)
        or (word.text.isupper() and 1 < len(plain) < 5 and not first_name(word))
    ):
        return True
    stems = {plain.removesuffix(ending) for ending in ("", "’s", "s", "es", "d", "ed")} | {*plain.split("-")[:1]}
    return bool(stems & words_of("common_words.txt")) or bool(NEVER.search(plain))


LITTLE = listed("at of in my no eg ie on to by is it we he do up us as if or so be am pm tv pe re ok tel")


def elsewhere(word: Word) -> bool:
    """Whether a word is of a place, a product, a people or a body."""
    return word.plain.removesuffix("’s") in words_of("places_and_brands.txt") or bool(
        re.search(r"(?:shire|ofsted|gov|soft|net)$", word.plain)
    )


def person_names(text: str, written_small: Container[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Where the names of people are in a text.

    written_small: words that the paper also writes in lower case, which are no names.
    """
    for run in runs(text):
        for start, end in names_in(text, run):
            words = [
                word for word in run if start <= word.start < end and len(word.text) > 1 and word.plain not in PARTICLES
            ]
            known = any(title(word) or first_name(word) for word in words)
            if known or not words or words[0].plain not in written_small:
                yield start, end


def runs(text: str) -> Iterator[list[Word]]:
    """Words with capitals one after another, particles and initials among them."""
    run: list[Word] = []
    for match in TOKEN.finditer(text):
        word = Word(match[0], match.start(), match.end())
        gap = text[run[-1].end : word.start] if run else ""
        joined = bool(run) and (
            gap == " " or (gap in (". ", ".") and is_initial_or_title(run[-1])) or gap == "\N{NO-BREAK SPACE}"
        )
        if run and not joined:
            yield run
            run = []
        if (
            has_capital(word)
            or (run and word.plain in PARTICLES and len(word.plain) > 1)
            or (run and word.text == "and" and title(run[-1]))
        ):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def has_capital(word: Word) -> bool:
    return word.text[0].isupper()


def is_initial_or_title(word: Word) -> bool:
    return len(word.text) <= 2 or title(word)


def title(word: Word) -> bool:
    return word.plain in TITLES


def names_in(text: str, run: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The names within a run: after a title, else where ordinary words do not part it."""
    at = 0
    while at < len(run):
        if title(run[at]):
            end = end_of_titled(run, at)
            if end > at + 1:
                yield run[at].start, run[end - 1].end
            at = max(end, at + 1)
            continue
        end = at
        while end < len(run) and not title(run[end]) and not (parts(run[end]) and not goes_with(run, at, end)):
            end += 1
        piece = list(run[at:end])
        while piece and piece[-1].plain in PARTICLES and not has_capital(piece[-1]):
            piece.pop()
        if is_name(text, piece, run):
            yield piece[0].start, piece[-1].end
        at = max(end, at + 1)
        while at < len(run) and parts(run[at]) and not title(run[at]):
            at += 1
    if len(run) == 1 and not title(run[0]) and (reverse := surname_first(text, run[0])):
        yield run[0].start, reverse


def end_of_titled(run: Sequence[Word], at: int) -> int:
    """The end of a name that opens with a title.

    Up to three words that are no ordinary ones, “Mr and Mrs” among them.
    """
    end = at + 1
    while end < len(run) and (run[end].text == "and" or title(run[end])):
        end += 1
    begin = end
    while (
        end < len(run) and end - begin < LONGEST and (end == begin or not ordinary(run[end]) or len(run[end].text) == 1)
    ):
        if (
            end == begin
            and (run[at].plain in SAID_OF_RELIGIOUS or elsewhere(run[end]))
            and (ordinary(run[end]) or elsewhere(run[end]))
        ):
            return at
        if run[end].plain in POST_WORDS:
            break
        end += 1
    return end if any(len(word.text) > 1 and word.plain not in PARTICLES for word in run[begin:end]) else at


POST_WORDS = listed("head headteacher principal chair teacher officer manager governor clerk director school academy")


def parts(word: Word) -> bool:
    """Whether a word ends a name: an ordinary one, or one of a place."""
    return len(word.text) > 1 and (ordinary(word) or elsewhere(word)) and not first_name(word) and not also_a_word(word)


def goes_with(run: Sequence[Word], at: int, end: int) -> bool:
    """Whether an ordinary word is the surname of the first name before it: “Hannah Brown”, “Oliver King”."""
    before = run[at:end]
    if (
        not before
        or len(before) > 2
        or elsewhere(run[end])
        or run[end].plain in STRICT
        or not (end + 1 == len(run) or not ordinary(run[end + 1]))
    ):
        return False
    return first_name(before[0]) or also_a_word(before[0]) or not (ordinary(before[0]) or elsewhere(before[0]))


STRICT = listed(
    "act acts academy association authority board body building centre charity church class clerk club code "
    "college committee council court curriculum data day department director duty "
    "education federation foundation governor governors group guidance head headteacher health home hospital house "
    "hub inquiry law lead local manager method national nursery office officer "
    "order park parent plan policy primary principal procedure process programme project pupil pupils record "
    "report road room safety scheme school section service services site social "
    "staff stage street support team teacher term trust unit university way week year report review guide award "
    "awards lane close avenue drive hall infant junior scale model theory pyramid "
    "taxonomy hierarchy competence guidelines principles test assembly festival signs shield card cross"
)
"""Ordinary words that are no surname where they stand behind a name."""


def is_name(text: str, piece: Sequence[Word], run: Sequence[Word]) -> bool:
    """Whether the words between ordinary ones are a name, by how ordinary they are and where they stand."""
    full = [word for word in piece if len(word.text) > 1 and word.plain not in PARTICLES]
    if not full or len(piece) > LONGEST + 1 or any(word.plain in STRICT for word in piece):
        return False
    if belongs_to_a_body(text[piece[-1].end :]) or (any(map(elsewhere, full)) and not first_name(full[0])):
        return False
    if any(len(word.text) == 1 for word in piece):
        return len(full) == 1 and has_initials(text, piece, full[0], preceding(text, piece[0], run))
    return len(full) > 1 and are_names(full, strong=in_strong_place(text, piece))


def belongs_to_a_body(following: str) -> bool:
    """Whether the words after a piece show it to be of an Act, a school or a street."""
    if re.match(r"\s*(?:\([^()]{3,60}\)\s*)?(?:Act|Order|Regulations|Rules|Code|Bill)\b", following):
        return True
    capital = re.match(r"[ \N{NO-BREAK SPACE}][A-Z][\w’'-]*", following)
    return capital is not None and next_word(following) in STRICT


def has_initials(text: str, piece: Sequence[Word], surname: Word, before: str) -> bool:
    """Whether a surname has initials before it: “J. Ashby”, not “Appendix A Forms”."""
    named = has_capital(surname) and (first_name(surname) or not ordinary(surname))
    return named and before not in NUMBERED and piece[0] is not surname and not shouted_alone(surname, text)


def are_names(full: Sequence[Word], *, strong: bool) -> bool:
    """Whether two words or more are a first name and a surname, by how ordinary they are."""
    plain_words = [word for word in full if ordinary(word) and not first_name(word)]
    if all(word.text.isupper() for word in full):
        return not plain_words and (strong or any(first_name(word) or also_a_word(word) for word in full))
    if first_name(full[0]) or first_name(full[-1]):
        return True
    if also_a_word(full[0]):
        return strong or not (ordinary(full[-1]) or also_a_word(full[-1]))
    if plain_words:
        return strong and len(plain_words) < len(full) and not ordinary(full[0])
    return all(map(has_capital, full))


def shouted_alone(word: Word, text: str) -> bool:
    """Whether a short word is in capitals in a text that is not: an abbreviation."""
    return word.text.isupper() and len(word.text) < LONGEST and not text.isupper()


def next_word(text: str) -> str:
    match = TOKEN.search(text)
    return match[0].lower() if match else ""


def preceding(text: str, word: Word, run: Sequence[Word]) -> str:
    """The word before a piece of a run."""
    earlier = [one for one in run if one.end <= word.start]
    if earlier:
        return earlier[-1].plain
    match = re.search(r"([^\W\d_]+)\W{1,2}$", text[: word.start])
    return match[1].lower() if match else ""


def in_strong_place(text: str, piece: Sequence[Word]) -> bool:
    """Whether words stand where a name is expected: alone, beside a post, before a telephone number."""
    before, after = text[: piece[0].start], text[piece[-1].end :]
    alone = not re.search(r"\w", before) and not re.search(r"\w", after)
    return alone or bool(BESIDE.search(before)) or bool(FOLLOWED.match(after))


def surname_first(text: str, word: Word) -> int | None:
    """The end of a name whose surname comes first: “Ashby, Rowena”; None if the word opens none."""
    match = re.match(r", ([A-ZÀ-ÖØ-Þ][\w’'-]+)(?=\s*$|\s*[,;(|\t–-])", text[word.end :])
    if not match or ordinary(word) or elsewhere(word) or re.search(r"\w", text[: word.start].rsplit("\n", 1)[-1]):
        return None
    given = Word(match[1], 0, 0)
    known = first_name(given) or also_a_word(given)
    return (
        word.end + match.end()
        if known or (word.text.isupper() and not ordinary(given)) or (not ordinary(given) and not elsewhere(given))
        else None
    )
