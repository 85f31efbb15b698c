"""A page's Markdown parted into prose, headings and macro calls, each with its line.

Jinja's own parser finds the calls and reads their arguments, so there is no second grammar,
and nothing is executed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from .macro_signatures import MACROS, Call, Computed, bind


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Markdown as written."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line of Markdown that opens with #. It ends a clause."""

    text: str
    line: int


Piece = Text | Heading | Call

OPENERS = ("clause", "listed")
"""Macros that open a stretch of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A stretch of a page: what opens it (None for a page's first words), and what follows."""

    opener: Call | Heading | None
    pieces: tuple[Piece, ...]

    def calls(self, name: str) -> Iterator[Call]:
        return (piece for piece in self.pieces if isinstance(piece, Call) and piece.name == name)


def cut(pieces: Iterable[Piece]) -> Iterator[Block]:
    """Cut a page where a clause, a list entry or a heading begins."""
    opener: Call | Heading | None = None
    run: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Heading) or (isinstance(piece, Call) and piece.name in OPENERS):
            if opener is not None or run:
                yield Block(opener=opener, pieces=tuple(run))
            opener, run = piece, []
        else:
            run.append(piece)
    if opener is not None or run:
        yield Block(opener=opener, pieces=tuple(run))


@dataclass(frozen=True, slots=True)
class Parser:
    """One Jinja environment for a whole reading of docs/."""

    jinja: Environment = field(
        # `{#` opens no comment: authors write `{#id}` in Markdown.
        default_factory=lambda: Environment(
            comment_start_string="{##", comment_end_string="##}", keep_trailing_newline=True
        )
    )

    def pieces(self, text: str, first_line: int) -> tuple[list[Piece], list[TemplateSyntaxError]]:
        """Part prose from calls. A call that cannot be read is left out, so that the rest still counts."""
        if (simple := quickly(text, first_line)) is not None:
            return simple, []
        rows = text.split("\n")
        faults: list[TemplateSyntaxError] = []
        while True:
            try:
                return list(self.parsed("\n".join(rows), first_line)), faults
            except TemplateSyntaxError:
                faults.append(self.fault("\n".join(rows)))
                if not rows[faults[-1].lineno - 1]:
                    return [], faults
                rows[faults[-1].lineno - 1] = ""

    def parsed(self, text: str, first_line: int) -> Iterator[Piece]:
        """The prose and calls of a page in order, as Jinja itself reads them."""
        for output in self.jinja.parse(text).body:
            for node in output.nodes if isinstance(output, nodes.Output) else [output]:
                at = first_line + node.lineno - 1
                if isinstance(node, nodes.TemplateData):
                    yield from paragraphs(node.data, at)
                elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
                    starred = (Computed(),) if node.dyn_args or node.dyn_kwargs else ()
                    args = (*(literal(argument) for argument in node.args), *starred)
                    yield bind(node.node.name, args, {pair.key: literal(pair.value) for pair in node.kwargs}, at)
                else:
                    raise TemplateSyntaxError("this is not a macro call", node.lineno)

    def fault(self, text: str) -> TemplateSyntaxError:
        """The first call that cannot be read, at the line where it opens: Jinja names the one where it gave up."""
        opened, words = 0, ""
        try:
            for line, token, value in self.jinja.lex(text):
                if token == "block_begin":
                    return TemplateSyntaxError("“{%” has no meaning here", line)
                if token == "variable_begin":
                    opened, words = line, ""
                elif token == "variable_end":
                    self.only_call("{{" + words + "}}")
                    opened = 0
                else:
                    words += value
        except TemplateSyntaxError as error:
            return TemplateSyntaxError(error.message or "", opened or error.lineno)
        return TemplateSyntaxError("it is never closed with }}", opened or 1)

    def only_call(self, text: str) -> None:
        list(self.parsed(text, 1))


def quickly(text: str, first_line: int) -> list[Piece] | None:
    """The pieces of a page of plain literal calls, or None where only Jinja can tell.

    Jinja's parser takes most of the time of a large guide, and a call with literal
    arguments is also one of Python, whose parser is written in C. Whatever is not exactly that
    (raw blocks, comments, escapes, faults) is left to Jinja; a test holds the two to the same answer.
    """
    if "{%" in text or "{##" in text:
        return None
    pieces: list[Piece] = []
    done = 0
    while (start := text.find("{{", done)) >= 0:
        end = text.find("}}", start)
        inside = text[start + 2 : end].strip()
        if end < 0 or "\\" in inside:
            return None
        try:
            call = ast.parse(inside, mode="eval").body
        except (SyntaxError, ValueError):
            return None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return None
        values = [*call.args, *(pair.value for pair in call.keywords)]
        if not all(isinstance(value, ast.Constant) and isinstance(value.value, str) for value in values):
            return None
        at = first_line + text.count("\n", 0, start)
        pieces += paragraphs(text[done:start], first_line + text.count("\n", 0, done))
        constants = [value.value for value in values if isinstance(value, ast.Constant)]
        keywords = zip((pair.arg or "" for pair in call.keywords), constants[len(call.args) :], strict=True)
        pieces.append(bind(call.func.id, constants[: len(call.args)], dict(keywords), at))
        done = end + 2
    pieces += paragraphs(text[done:], first_line + text.count("\n", 0, done))
    return pieces


def literal(node: nodes.Expr) -> object:
    return node.value if isinstance(node, nodes.Const) else Computed()


def paragraphs(text: str, line: int) -> Iterator[Text | Heading]:
    """Cut running Markdown before and after each heading line, outside fenced code."""
    if "#" not in text:
        if text:
            yield Text(text=text, line=line)
        return
    run: list[str] = []
    start, fenced = line, False
    for number, row in enumerate(text.splitlines(keepends=True), line):
        if row.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        marks = len(row) - len(row.lstrip("#"))
        if not fenced and 1 <= marks <= 6 and row[marks : marks + 1] == " ":
            if run:
                yield Text(text="".join(run), line=start)
            yield Heading(text=row.rstrip(), line=number)
            run, start = [], number + 1
        else:
            run.append(row)
    if run:
        yield Text(text="".join(run), line=start)


def advice(row: str) -> str:
    """How to mend the macro call that opens in a row which cannot be read."""
    name = row.partition("{{")[2].strip().partition("(")[0]
    example = f"A right one is: {(MACROS.get(name) or MACROS['law']).example}"
    if any(sign in row for sign in ("(“", "“,", "(”", ", “", "”)", "(‘", "’)")):
        return f"Its quotes are curly, as word processors make them; type straight ones. {example}"
    if row.count('"') % 2:
        return f"A straight quote is missing, or one stands inside the words (write “ and ” there). {example}"
    if row.count("(") != row.count(")") or row.count("{{") != row.count("}}"):
        return f"A bracket is missing. {example}"
    if "(" not in row:
        return "If you meant no macro, take away the two curly brackets."
    return f"Check the commas between its values. {example}"
