"""Marks of other kinds of Markdown, which the guide prints as they are typed.

An author who learned Markdown elsewhere would not notice: the page is built, and shows the marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..formats.html_tokens import COMMENT, TAG
from . import layout
from .markup import Fault, shortened
from .shown_words import Rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A mark of another Markdown: how it looks, what it does not do here, and what to write instead."""

    pattern: re.Pattern[str]
    reason: str
    hint: str
    extensions: frozenset[str] = frozenset()
    """Those that give it its meaning, where a school uses them."""


CALL_OUT = "For a call-out write !!! note on a line of its own, and its words below, each line after four spaces."
CONTENTS = "Take it out: the guide makes the list of contents itself."
HEADING = "Write ## before a heading, with a space after it: ## Signing in"
FORMULA = "Write it in words or in plain characters, such as 1/8, 3 × 4 or x²."
LINK = "Write the words in square brackets and right after them the address in round ones: [the gate](2.md)"
BOLD = "Write **bold** or *italics*."


def mark(pattern: str, reason: str, hint: str, *extensions: str) -> Mark:
    return Mark(pattern=re.compile(pattern), reason=reason, hint=hint, extensions=frozenset(extensions))


MARKS = (
    mark(
        r"\{(?:--|\+\+|~~|==|>>)[^}\n]*\}?",
        "it is no mark of a change here",
        "Take out the marks, and keep the words that count. What changed since the adoption the guide shows by itself.",
        "pymdownx.critic",
    ),
    mark(
        r"(?<![~\\])~~(?=[^\s~])[^~\n]*[^\s~]~~(?!~)|(?<![~\\])~~[^\s~]~~(?!~)",
        "tildes strike nothing out here",
        "Take out what no longer holds: the guide shows by itself what changed. "
        "To show words struck out write <del>words</del>.",
        "pymdownx.tilde",
    ),
    mark(
        r"(?<=\w)~[\w+-]{1,12}~(?![\w~])|(?<=[A-Z])~\d{1,2}~",
        "tildes lower nothing here",
        "Write <sub>2</sub>.",
        "pymdownx.tilde",
    ),
    mark(
        r"\^\^(?=[^\s^])[^^\n]*[^\s^]\^\^",
        "carets underline nothing here",
        BOLD + " To underline write <u>words</u>.",
        "pymdownx.caret",
    ),
    mark(
        r"\^\[[^\]\n]+\]",
        "a footnote is written in two places here",
        "Write [^1] in the text, and in the same clause on a line of its own: [^1]: Where this comes from.",
    ),
    mark(r"(?<=[\w)])\^[\w+-]{1,12}\^", "carets raise nothing here", "Write <sup>2</sup>.", "pymdownx.caret"),
    mark(r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])", "equals signs mark nothing here", BOLD, "pymdownx.mark"),
    mark(
        r"^[\s>]*(?:[-*+]|\d{1,3}[.)])\s+\[[ xX]?\](?=\s|$)",
        "it makes no box to tick here",
        "Leave out the brackets; for a box to tick on paper write ☐.",
        "pymdownx.tasklist",
    ),
    mark(
        r"(?<![\w:/])(?:(?<!:)):(?:[a-z][a-z0-9_+-]*|\+1|-1):(?![\w:/])",
        "it is the name of a picture that is not shown here",
        "Say it in words.",
        "pymdownx.emoji",
    ),
    mark(
        r"\$\$|(?<![\w$\\])\$(?=\S)[^$\n]*[\\^_{][^$\n]*\$(?!\w)|\\(?:frac|sqrt|times|text|begin|leq|geq|cdot|sum)\b",
        "formulas are not set here",
        FORMULA,
        "pymdownx.arithmatex",
    ),
    mark(r"\[\[_?(?:TOC|toc)_?\]\]", "it makes no list of contents here", CONTENTS),
    mark(
        r"!?\[\[(?!\^)[^\[\]\n]+\]\](?!\()",
        "double brackets make no link here",
        'Write {{ ref("2.3.4") }} for a clause, [the gate](2.md) for a page, '
        "![The steps of a report](steps.svg) for a picture.",
    ),
    mark(
        r"%%[^%\n]+%%",
        "it hides nothing here, and would be published",
        "A note to yourself stands between {## and ##}, and is never published.",
    ),
    mark(
        r"(?<![\w+])\+\+[a-z0-9]+(?:[+-][a-z0-9]+)*\+\+(?!\+)",
        "it makes no picture of keys here",
        "Write <kbd>Ctrl</kbd>+<kbd>Alt</kbd>.",
        "pymdownx.keys",
    ),
    mark(
        r"^\s*;?-{1,}8<-{1,}.*", "it brings in no other file here", "Write the text itself here.", "pymdownx.snippets"
    ),
    mark(
        r"\\(?:newpage|pagebreak|clearpage|hline|noindent|textbf|emph|item)\b\S*",
        "it is a command of another program",
        "Take it out: the guide breaks its pages itself.",
    ),
    mark(r"\[[^\[\]\n]+\]\{[.#=\w][^}\n]*\}", "what follows the brackets has no meaning here", BOLD),
    mark(
        r"\[-?@[\w:-]+[^\]\n]*\](?!\()",
        "it names no source here",
        "Name the source in words, or as a link: [its name](https://…)",
    ),
    mark(r"^\s*>\s*\[![A-Za-z]+\].*", "it makes no call-out here", CALL_OUT),
    mark(r"^\s*:{3,}.*", "it makes no call-out here", CALL_OUT),
    mark(r"^\s*\?{3}\+?(?:\s.*|$)", "nothing folds here", CALL_OUT, "pymdownx.details"),
    mark(r"^\s*={3}[!+]*\s+[\"“].*", "it makes no tabs here", "Give each a heading: " + HEADING, "pymdownx.tabbed"),
    mark(r"^\s*={2,6} [^=\n]+ ={2,6}\s*$|^h[1-6]\. .*", "it makes no heading here", HEADING),
    mark(r"^#{7,}.*", "six # are the most that a heading has", HEADING),
    mark(
        r"'''[^'\n]*(?:'''|$)",
        "three apostrophes have no meaning here",
        BOLD + " Code stands between two lines of ```.",
    ),
    mark(
        r"\[(b|i|u|s|url|img|quote|code|color|size|list)(?:=[^\]\n]*)?\].*?\[/\1\]",
        "square brackets have no such meaning here",
        BOLD,
    ),
    mark(
        r"\[[^\]\n]+\] \((?:https?://[^)\s]+|[\w./-]+\.(?:md|html?|pdf|docx?)(?:#[^)\s]*)?)\)",
        "the space between its brackets keeps it from being a link",
        LINK,
    ),
    mark(
        r"\([^()\n]+\)\[(?:https?://[^\]\s]+|[\w./-]+\.(?:md|html?|pdf|docx?)(?:#[^\]\s]*)?)\]",
        "its brackets are the wrong way round for a link",
        LINK,
    ),
    mark(
        r"^\+(?:[-=]{2,}\+)+\s*$",
        "a table is not drawn with + and - here",
        "Write a row such as | Age | Hours | and below it |---|---| and then a row for each.",
    ),
    mark(
        r"(?<!\\)\\$",
        "a backslash ends no line here",
        "For a new line leave two spaces at the end of this one, for a new paragraph an empty line.",
    ),
)
"""Every mark that is looked for, those that hold others first."""
IN_LINE = tuple(each for each in MARKS if not each.pattern.pattern.startswith("^") and each.pattern.pattern[-1] != "$")
"""Those that mean something within a line, wherever it stands."""
OF_MARKDOWN = re.compile(
    r"\*\*[^\s*][^*\n]*\*\*|!?\[[^\]\n]+\]\([^()\s]+\)|(`+)[^`\s][^`\n]*\1"
    r"|</?(?:a|b|br|code|del|div|em|i|img|ins|kbd|mark|p|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>"
    r"|&(?:#\d+|#x[\da-f]+|amp|gt|hellip|lsquo|lt|mdash|nbsp|ndash|pound|quot|rsquo);"
)
"""Marks of the guide's own Markdown, and HTML, which mean nothing where only words are shown."""
QUICK = re.compile(
    r"~|\^|==|\$|%%|\+\+|8<|\[[ xX]?\]|\[\[|\[!|\[-?@|\]\{|\] \(|\)\[|:[a-z+-]|\{[-+~=>]|\\[a-z]|\\$|'''|\[/"
    r"|^#{7}|^h[1-6]\. |^\s*(?:>\s*\[!|:::|\?\?\?|\+[-=])",
    re.MULTILINE,
)
"""What a text must hold to hold any of them: nearly none does."""
CODE = re.compile(r"(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)|<https?:[^>\s]*>|(?<=\]\()[^)\s]*|https?://\S+")
"""Stretches within a line in which nothing else has a meaning: code and addresses."""
FENCE = re.compile(r"\s*(```|~~~)")


def faults(rows: Rows, extensions: Collection[str]) -> Iterator[tuple[int, Fault]]:
    """What the lines of a text hold of other kinds of Markdown."""
    text = "\n".join(row for _, row in rows)
    if QUICK.search(text):
        marks = [each for each in MARKS if not each.extensions & set(extensions)]
        for line, row in outside_code(rows):
            yield from ((line, fault) for fault in mark_faults(row, marks))
    if layout.LISTED.search(text):
        yield from layout.list_faults(list(outside_code(rows)))
    if "|" in text:
        yield from layout.table_faults(list(outside_code(rows)))
    if "!!!" in text:
        yield from call_out_faults(rows)
    if "```" in text:
        yield from (
            (
                line,
                printed(row.strip(), "no diagram is drawn here", "Draw it with another program and show the picture."),
            )
            for line, row in rows
            if re.match(r"\s*```+\s*\{?\.?(?:mermaid|plantuml|math|dot|graphviz)\b", row)
        )


def printed(text: str, reason: str, hint: str) -> Fault:
    message = f"“{shortened(text)}” would be printed as it is typed: {reason}"
    return Fault(mark="", rule="other-markdown", message=message, hint=hint)


def spaces(match: re.Match[str]) -> str:
    """As many spaces as there are characters, so that what follows keeps its place."""
    return " " * len(match[0])


def mark_faults(row: str, marks: Collection[Mark]) -> Iterator[Fault]:
    """The marks in a row, each stretch told once."""
    rest = TAG.sub(spaces, COMMENT.sub(spaces, CODE.sub(spaces, row)))
    for each in marks:
        for match in each.pattern.finditer(rest):
            yield printed(match[0].strip(), each.reason, each.hint)
        rest = each.pattern.sub(spaces, rest)


def mark_in_words(text: str) -> str:
    """The first mark in a text that is shown as plain words; nothing where there is none."""
    rest = re.sub(r"https?://\S+", spaces, text)
    if match := OF_MARKDOWN.search(rest):
        return match[0]
    if not QUICK.search(rest):
        return ""
    matches = (each.pattern.search(rest) for each in IN_LINE)
    return next((match[0].strip() for match in matches if match), "")


def escaped(row: str) -> str:
    """A row of Markdown that shows its words alike, and holds no mark of another kind."""
    row = re.sub(r"^\[(?=[ xX]?\](?:\s|$))", "&#91;", row)  # it may come to stand in an item of a list
    for _ in range(len(row)):
        rest = CODE.sub(spaces, row) if QUICK.search(row) else ""
        match = next((found for each in MARKS if (found := each.pattern.search(rest))), None)
        if match is None:
            break
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if row[start] in "-*+>" and (bracket := row.find("[", start)) >= 0:  # the mark of a list stays one
            start = bracket
        row = f"{row[:start]}&#{ord(row[start])};{row[start + 1 :]}"
    return row


def outside_code(rows: Rows) -> Iterator[tuple[int, str]]:
    """The rows that are not code between fences."""
    fence = ""
    for line, row in rows:
        match = FENCE.match(row)
        if match and fence in ("", match[1]):
            fence = "" if fence else match[1]
            yield line, ""
        else:
            yield line, "" if fence else row


KINDS = frozenset(
    {"abstract", "attention", "bug", "caution", "danger", "error", "example", "failure", "hint", "important", "info",
     "note", "question", "quote", "success", "summary", "tip", "todo", "warning"}
)  # fmt: skip
OPENING = re.compile(r'\s*!!! ?([\w-]+)(?: +"[^"“”]*")?\s*')


def call_out_faults(rows: Rows) -> Iterator[tuple[int, Fault]]:
    """Call-outs that Markdown does not see, or whose words stand outside them."""
    listed = list(outside_code(rows))
    for place, (line, row) in enumerate(listed):
        if not re.match(r"\s*!!!", row):
            continue
        opening = OPENING.fullmatch(row)
        if not opening or opening[1].lower() not in KINDS:
            hint = 'Write the kind in one word and a title in straight quotes: !!! note "Ask first"'
            yield line, printed(row.strip(), "this is how no call-out begins", hint)
            continue
        indent = len(row) - len(row.lstrip())
        inside = next((after for _, after in listed[place + 1 :] if after.strip()), "")
        if inside and len(inside.expandtabs(4)) - len(inside.expandtabs(4).lstrip()) < indent + 4:
            message = f"the call-out “{shortened(row.strip())}” is empty: the words below it would stand outside"
            yield (
                line,
                Fault(
                    mark="",
                    rule="other-markdown",
                    message=message,
                    hint="Put four spaces before each line of its words.",
                ),
            )
