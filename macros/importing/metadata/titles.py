"""Finds the title of a paper.

Over several lines, in a running head, or stated; a general word such as “Policy” is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...formats.person_names import listed
from ...formats.personal_data import is_person
from ..document import Paragraph, words
from ..structure.lines import Line, Look, capitals
from .dates import date_in
from .statements import FILE_TITLE, NEAR_TITLE, key_of, stated_titles

POLICY_WORD = re.compile(
    r"\b(?:policy|policies|procedures?|code|statement|plan|strategy|guidance|guidelines|protocol|handbook|"
    r"agreement|scheme|charter|constitution|by-?laws|terms of reference|standing orders|notice|manual|framework|"
    r"arrangements)\b",
    re.IGNORECASE,
)
BODY_WORD = re.compile(
    r"\b(?:school|academy|college|council|trust|federation|university|hospital|nursery|diocese|authority|charity|"
    r"foundation|group|homes|club|ltd|limited|association|partnership|parish|society)\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"\b(?:for|in|at|from|with|on|to|and)\b", re.IGNORECASE)
"""A word that shows that a line speaks of something rather than names a body."""
KIND = r"(?:polic(?:y|ies)|procedures?|document|statement|guidance|code|plan)"
GENERAL = re.compile(
    rf"(?:(?:the|our|this|a|whole|draft|model|example|template|academy|college|trust|school(?:[’']s)?|company|and|"
    rf"&|of|{KIND})\s+)*{KIND}"
    r"|(?:introduction|purpose|aims?|objectives?|scope|rationale|background|overview|summary|foreword|preface|"
    r"context|contents|"
    r"executive summary|definitions|key terms|glossary|principles|vision|values|mission|ethos|legislation|"
    r"responsibilities|roles|"
    r"statement of intent|"
    r"general|appendix|appendices|annex|table of contents|index|welcome|notes?|policy statements?)"
    r"(?:\s+(?:and|&|of|to|the|our|this|policy|aims?|objectives?|scope|purpose|rationale|statements?|intent|"
    r"procedures?|document|report|"
    r"principles|values|context|terms))*"
    rf"|(?:{KIND}\s+)?(?:version|document|amendment|revision|change|review)\s+(?:control|history|details|record|"
    rf"information|version|log)"
    r"(?:\s+(?:control|history|sheet|table|log|record|page))*",
    re.IGNORECASE,
)
"""Words that many papers have and none is known by."""
PLACEHOLDER = re.compile(r"^[<\[{(].*[>\]})]$|_{3,}|\[company|<business", re.IGNORECASE)
LEADS_ON = re.compile(r"(?:\b(?:and|of|for|the|to|in|on|with|or|a|at|by|from)|&|[,–—-])$", re.IGNORECASE)
CONTINUES = re.compile(r"(?:and|of|for|to|in|on|with|or|at|by|from|including|&)\b|[a-z(&]")
KNOWN_CAPITALS = listed(
    "ADHD AI AED APP ARE AUP BAME BYOD CAMHS CCTV CEIAG CIC CLA COSHH COVID CP CPD CSE DBS DFE DPA DPIA DPO DSE "
    "DSL EAL EHCP ELSA EVC EYFS EYPP FGB FGM FOI GDPR HBA HR HSE ICT IT ITT ECT KCSIE KS1 KS2 KS3 KS4 KS5 LA "
    "LAC LADO LGBT LGBTQ MAT MFL NQT NHS OFSTED PA PAT PE PECR PEEP PLAC PP PPA PPE PSED PSHE PTA RE RHE RIDDOR "
    "RSE RSHE SAR SCR SEMH SEN SENCO SEND SENDCO SLA SLT SMSC STEM TA TLR UK URN VAT"
)
"""What a title in capitals keeps in capitals."""
LONGEST_TITLE = 12
"""Words of a line that can be one."""
LONGEST_TOGETHER = 18
"""Words of a title of several lines."""
MOST_BESIDE = 3
"""Words of a title beside those of the file's name."""
FAR_LARGER = -8
"""Points above the size of the text, as a negative number, that a title has and no heading."""
MOST_LINES = 4
"""Lines of a title."""
FEWEST_SECTIONS = 4
"""Lines of one look that are the headings of sections, and none of them a title."""
LONG_PARAGRAPH = 25
"""Words of a line from which on it is text, and only what comes before it can be a title."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a paper."""

    text: str
    place: str
    sure: bool = True
    """Whether the paper itself has it; else a person is asked."""


def find_title(
    lines: Sequence[Line], facts: Mapping[str, str], school: str, file_name: str, running: Sequence[Line] = ()
) -> Title:
    """The title of a paper, without the school's own name before or after it: the first strategy that answers wins."""
    top = title_candidates(lines)
    candidates = Candidates(
        top=top, named=[line for line in top if names_a_policy(line)], school=school, file=title_of_file(file_name).text
    )
    capitals_of_text = frozenset(words_in_capitals(lines))
    answers: Iterator[tuple[str, str]] = (
        answer
        for strategy in (stated, as_the_file, largest, styled, named, in_running_lines, alone)
        for answer in strategy(lines, running, candidates)
    )
    for text, place in answers:
        plain = without_school(text, school, capitals_of_text)
        if plain and not is_general(plain) and not is_somebody(plain):
            return Title(plain, place)
    return title_of_properties(facts) or title_of_file(file_name)


def is_somebody(text: str) -> bool:
    """Whether a line is the name of a body or of a person, which no policy is called by."""
    return is_name_of_body(text) or is_person(text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """The lines near the top of a paper that could be its title."""

    top: list[Line]
    named: list[Line]
    """Those of them with a word such as “policy” or “procedure”."""
    school: str
    file: str = ""
    """What the file's name says."""


def title_candidates(lines: Sequence[Line]) -> list[Line]:
    """Short lines without a label and without a stop at the end, before the first long paragraph."""
    texts = (at for at, line in enumerate(lines[:NEAR_TITLE]) if len(words(line.text)) > LONG_PARAGRAPH)
    before_text = lines[: max(next(texts, NEAR_TITLE), 1)][:NEAR_TITLE]
    return [
        line
        for line in before_text
        if isinstance(line.block, Paragraph)
        and line.label is None
        and 0 < len(words(line.text)) <= LONGEST_TITLE
        and not line.text.endswith((".", ";", ","))
        and not is_fact(line.text)
    ]


def is_fact(text: str) -> bool:
    """Whether a line states a fact, is a date or a place for one, or has no words."""
    first, _, rest = text.partition(":")
    stated_here = (
        bool(rest.strip()) and bool(key_of(first)) and not FILE_TITLE.fullmatch(" ".join(first.split()).lower())
    )
    return bool(
        stated_here
        or PLACEHOLDER.search(text.strip())
        or re.match(r"version\b|v\d|\(?draft\)?$|\d", text.strip(), re.IGNORECASE)
        or (len(words(text)) <= 4 and date_in(text))
    )


def is_general(text: str) -> bool:
    """Whether many papers have these words: “Policy statement”, “Introduction”."""
    plain = " ".join(re.sub(r"[^\w&’' ]+", " ", text).split())
    return not plain or bool(GENERAL.fullmatch(plain))


def names_a_policy(line: Line) -> bool:
    """Whether a line has a word such as “policy”, says what it is about, and is neither a fact nor a sentence."""
    text = line.text
    first, _, rest = text.partition(":")
    fact = bool(rest.strip()) and (bool(key_of(first)) or is_general(first) or not first[:1].isupper())
    return (
        bool(POLICY_WORD.search(text))
        and not fact
        and not re.match(r"th(?:is|e) .*\b(?:is|will|was|has)\b|this ", text, re.IGNORECASE)
    )


# Strategies


def stated(lines: Sequence[Line], _: Sequence[Line], candidates: Candidates) -> Iterator[tuple[str, str]]:
    """What stands beside “Policy title” or “Title” at the head of the paper."""
    del candidates
    yield from stated_titles(lines)


def as_the_file(lines: Sequence[Line], _: Sequence[Line], candidates: Candidates) -> Iterator[tuple[str, str]]:
    """A line near the top that says what the file's name says, and little else."""
    wanted = set(words(candidates.file.lower()))
    for line in sorted(candidates.top, key=lambda one: one.look):
        own = words(line.text.lower())
        if (
            len(wanted) > 1
            and wanted <= set(own)
            and len(own) <= len(wanted) + MOST_BESIDE
            and not line.text.endswith(":")
        ):
            yield over_lines(line, lines), line.place


def largest(lines: Sequence[Line], _: Sequence[Line], candidates: Candidates) -> Iterator[tuple[str, str]]:
    """A line far larger than the text and than every other, whatever has a heading style."""
    sizes = sorted(line.look.size for line in candidates.top)
    for line in candidates.top:
        alone_so_large = line.look.size <= FAR_LARGER and (len(sizes) == 1 or sizes[1] > line.look.size)
        if alone_so_large and POLICY_WORD.search(line.text):
            yield over_lines(line, lines), line.place


def styled(lines: Sequence[Line], _: Sequence[Line], candidates: Candidates) -> Iterator[tuple[str, str]]:
    """The lines in the word processor's style “Title”, those with a word such as “policy” first."""
    titles = [line for line in candidates.top if line.look.level == 0]
    for line in sorted(titles, key=lambda one: one not in candidates.named):
        if line in candidates.named or not is_name_of_body(line.text):
            yield over_lines(line, lines), line.place


def named(lines: Sequence[Line], _: Sequence[Line], candidates: Candidates) -> Iterator[tuple[str, str]]:
    """Prominent lines: one much larger than the text, or one with a word such as “policy”."""
    largest = largest_title(candidates)
    if largest is not None and not heads_a_section(largest, lines, candidates):
        chosen = below_name_of_body(largest, candidates)
        yield over_lines(chosen, lines), chosen.place
    for line in sorted(candidates.named, key=lambda one: one.look):
        yield over_lines(line, lines), line.place


def in_running_lines(
    lines: Sequence[Line], running: Sequence[Line], candidates: Candidates
) -> Iterator[tuple[str, str]]:
    """A head or foot of the pages that names a policy."""
    del lines, candidates
    for line in running:
        for piece in re.split(r"\t+|\s{3,}|\s+[|–—-]\s+", line.text):
            text = re.sub(
                r"\W*\b(?:page|version|v)\W*\d.*$|\W*\b(?:19|20)\d\d(?:[-/]\d\d+)?\W*$", "", piece, flags=re.IGNORECASE
            )
            short = 1 < len(words(text)) <= LONGEST_TITLE and not is_fact(text)
            if short and POLICY_WORD.search(text) and not re.search(r"[.;]$|:\s*\S", text):
                yield text, line.place


def alone(lines: Sequence[Line], _: Sequence[Line], candidates: Candidates) -> Iterator[tuple[str, str]]:
    """The most prominent heading near the top that is like no other: those alike head sections."""
    headings = [line for line in candidates.top if line.heading and not is_name_of_body(line.text)]
    looks = [line.look for line in lines if line.heading and not is_name_of_body(line.text)]
    for line in sorted(headings, key=lambda one: one.look):
        if looks.count(line.look) == 1 and not is_general(line.text) and line.look == min(looks):
            yield over_lines(line, lines), line.place


def largest_title(candidates: Candidates) -> Line | None:
    """The most prominent line, if it is much larger than the text and says more than every paper does."""
    best = min((line.look for line in candidates.top), default=Look.PLAIN)
    top = [line for line in candidates.top if line.look == best and not is_general(line.text)]
    others = [line for line in top if not is_name_of_body(line.text)]
    top = others or top
    largest = min(top, key=lambda line: (line.look, line not in candidates.named), default=None)
    if largest is None or not largest.look.is_large or not without_school(largest.text, candidates.school):
        return None
    alike = [line for line in top if line.look == largest.look]
    better = [line for line in top if line in candidates.named]
    if (
        largest in candidates.named
        or not better
        or len(alike) == 1
        or over_lines(largest, candidates.top) != largest.text
    ):
        return largest
    return better[0]


def heads_a_section(largest: Line, lines: Sequence[Line], candidates: Candidates) -> bool:
    """Whether the largest line looks as the headings of sections do, and a line above it names the policy."""
    if largest in candidates.named:
        return False
    alike = sum(line.heading and line.look == largest.look for line in lines)
    return alike >= FEWEST_SECTIONS and any(lines.index(line) < lines.index(largest) for line in candidates.named)


def below_name_of_body(chosen: Line, candidates: Candidates) -> Line:
    """The title below the name of a council or a trust, where that name heads the paper."""
    if chosen in candidates.named or not is_name_of_body(chosen.text):
        return chosen
    return min(
        (line for line in candidates.named if line.heading and not is_general(line.text)),
        key=lambda line: line.look,
        default=chosen,
    )


def title_of_properties(facts: Mapping[str, str]) -> Title | None:
    """The title in the file's properties, if it is one of a policy."""
    title = " ".join(facts.get("title", "").split())
    if (
        not POLICY_WORD.search(title)
        or re.search(r"\.(docx?|pdf)$|^microsoft", title, re.IGNORECASE)
        or is_general(title)
    ):
        return None
    return Title(title, "the file’s properties", sure=False)


def title_of_file(file_name: str) -> Title:
    """The title by the file's name, without its version and its date."""
    name = re.sub(r"[_\-\s+]+", " ", re.sub(r"(?:\.\w+|\.docx?\.docx?)$", "", file_name)).strip()
    short = re.sub(
        r"(?:\s*\(\d+\)|\s+(?:v(?:ersion)?\s?\d[\d.]*|final|draft|copy|new|updated?|approved|signed|website|"
        r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|(?:19|20)\d\d(?:\s\d\d)?|\d\d))+$",
        "",
        name,
        flags=re.IGNORECASE,
    )
    return Title((short[:1].upper() + short[1:]) or name or "Policy", "the file’s name", sure=False)


def title_question(title: Title) -> Iterator[str]:
    """What to give where the paper's own title was not found."""
    if not title.sure:
        where = f"“{title.text}” comes from {title.place}"
        yield f'The paper’s own title was not found; {where}. Give the right one: --title "…"'


# Several lines


def over_lines(line: Line, lines: Sequence[Line]) -> str:
    """A title over several lines.

    “Supporting pupils” “with medical conditions” “Policy”, “Managing Attendance” “Policy”.
    """
    at = lines.index(line)
    text, last = line.text, line
    for after in lines[at + 1 : at + MOST_LINES]:
        if not goes_on(text, last, after):
            break
        text, last = f"{text} {after.text}", after
    for back in range(at - 1, max(at - MOST_LINES, -1), -1):
        before = lines[back]
        kind = POLICY_WORD.match(text) or re.match(r"(?:and|with|for|of|in|to)\b|&", text)
        if not (kind and alike(before, line)) or is_name_of_body(before.text):
            break
        text = f"{before.text} {text}"
    return text


def goes_on(text: str, last: Line, after: Line) -> bool:
    """Whether a title goes on in the line below it."""
    if not isinstance(after.block, Paragraph) or not words(after.text) or after.label is not None:
        return False
    if (
        len(words(text)) + len(words(after.text)) > LONGEST_TOGETHER
        or len(words(after.text)) > 8
        or is_fact(after.text)
    ):
        return False
    if LEADS_ON.search(text):
        return True
    if not alike(last, after) or is_name_of_body(after.text) or after.text.endswith((".", ";", ":")):
        return False
    kind = POLICY_WORD.match(after.text) and not POLICY_WORD.search(text) and not is_name_of_body(text)
    return bool(kind or (CONTINUES.match(after.text) and last.look.is_large) or is_middle(text, last, after))


def is_middle(text: str, last: Line, after: Line) -> bool:
    """Whether both lines are large, and the kind of paper is named at the end of the second.

    “Equality” “Accessibility plan”.
    """
    return (
        last.look.size < -3
        and not POLICY_WORD.search(text)
        and bool(re.search(rf"\b{KIND}$", after.text, re.IGNORECASE))
        and not is_name_of_body(text)
    )


def alike(one: Line, other: Line) -> bool:
    """Whether two lines of one look are both headings."""
    if not (isinstance(one.block, Paragraph) and isinstance(other.block, Paragraph)):
        return False
    return one.look == other.look and one.heading and other.heading


def is_name_of_body(text: str) -> bool:
    """Whether a line is the name of a school or another body: “Hill School”, not “Training for the school”."""
    return bool(BODY_WORD.search(text)) and not POLICY_WORD.search(text) and not SUBJECT.search(text)


# Capitals


def words_in_capitals(lines: Sequence[Line]) -> Iterator[str]:
    """The words that the paper writes in capitals within ordinary text: its own abbreviations."""
    for line in lines:
        if not capitals(line.text) and len(words(line.text)) > 3:
            yield from re.findall(r"\b[A-Z][A-Z&]*[A-Z]\d?\b", line.text)


def without_school(text: str, school: str, capitals_of_text: frozenset[str] = frozenset()) -> str:
    """A title without the school's name, capitals only for abbreviations; empty if it has no other words."""
    line = " ".join(text.split()).strip(" :–—-|_*")
    short = (
        re.sub(rf"^{re.escape(school)}\W*|\W*{re.escape(school)}$", "", line, flags=re.IGNORECASE).strip()
        if school
        else line
    )
    short = short if words(short) else ""
    if short.isupper() and len(short) > 5:
        short = in_lower_case(short, KNOWN_CAPITALS | capitals_of_text)
    return short[:1].upper() + short[1:]


def in_lower_case(text: str, kept_in_capitals: frozenset[str]) -> str:
    """A text in capitals in lower case, without its abbreviations.

    Those known, those with an “&”, those without a vowel.
    """

    def written(match: re.Match[str]) -> str:
        word = match[0]
        bare = re.sub(r"[’']S$", "", word)
        short = bare in kept_in_capitals or "&" in bare or not re.search(r"[AEIOUY]", bare)
        return bare + word[len(bare) :].lower() if short else word.lower()

    return re.sub(r"[A-Z][A-Z\d&’']*", written, text)
