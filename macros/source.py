"""Files → pages: front matter, and prose parted by macro calls with their true lines.

The only reader of docs/. Jinja's own lexer finds the calls and Jinja's own parser reads
their arguments, so there is no second grammar and nothing is executed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from . import entries
from .calls import MACROS, Call, Computed, PageKind, bind
from .entries import Entry
from .model import Problem


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

CONFLICT = ("<<<<<<< ", ">>>>>>> ", "||||||| ")
"""What version control leaves where two changes meet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A stretch of a page: what opens it (None for a page's first words), and what follows."""

    opener: Call | Heading | None
    pieces: tuple[Piece, ...]

    def calls(self, name: str) -> Iterator[Call]:
        return (piece for piece in self.pieces if isinstance(piece, Call) and piece.name == name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    path: str
    """Relative to docs/, with forward slashes."""
    kind: PageKind
    meta: Entry
    blocks: tuple[Block, ...]
    calls: tuple[Call, ...]
    problems: tuple[Problem, ...] = field(default=())
    """Faults of form: what could not be read at all."""

    @property
    def file(self) -> str:
        """As an author sees it, from the project's folder."""
        return f"docs/{self.path}"


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


def read(docs: Path, paths: Iterable[str]) -> tuple[Page, ...]:
    """Read the named pages of docs; a page that cannot be read carries its problems."""
    parser = Parser()
    return tuple(read_page(docs, path, parser) for path in sorted(paths))


def read_page(docs: Path, path: str, parser: Parser) -> Page:
    shown = f"docs/{path}"
    empty = Entry(line=1, keys={}, key_lines={})
    try:
        text = (docs / path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        problem = Problem(
            path=shown,
            line=before.count(b"\n") + 1,
            rule="not-utf-8",
            message="this file is not saved as UTF-8, so some letters cannot be read",
            hint="Open it in your editor, choose “Save with encoding” and pick UTF-8.",
        )
        return Page(path=path, kind=kind_of(path, empty), meta=empty, blocks=(), calls=(), problems=(problem,))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    meta, body, first_line, problems = front_matter(text, shown, empty)
    pieces, faults = parser.pieces(body, first_line)
    problems += [
        Problem(
            path=shown,
            line=first_line + error.lineno - 1,
            rule="macro-syntax",
            message=f"this macro call cannot be read ({(error.message or '').partition(' at ')[0]})",
            hint=advice(body.split("\n")[error.lineno - 1]),
        )
        for error in faults
    ]
    return Page(
        path=path,
        kind=kind_of(path, meta),
        meta=meta,
        blocks=tuple(cut(pieces)),
        calls=tuple(piece for piece in pieces if isinstance(piece, Call)),
        problems=tuple(problems),
    )


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


def yaml_advice(row: str) -> str:
    """How to mend the line of settings that cannot be read."""
    if "\t" in row:
        return "There is a tab in this line; use spaces."
    if row.startswith(CONFLICT):
        return "Two versions were merged here and left for you to choose: keep one, and remove the marks."
    if re.match(r"\s*\w+:\S", row):
        return "Put a space after the colon."
    return (
        "Each setting is a word, a colon, a space and its value. A value that holds a colon or opens with a quote goes "
        'in double quotes: title: "Bullying: what to do"'
    )


def front_matter(text: str, shown: str, empty: Entry) -> tuple[Entry, str, int, list[Problem]]:
    """Part a file into its front matter, its body and the body's first line."""
    if not text.strip():
        problem = Problem(
            path=shown,
            line=1,
            rule="front-matter",
            message="this file is empty",
            hint="Write it, or remove the file.",
        )
        return empty, "", 1, [problem]
    if not text.startswith("---\n"):
        if not re.search(r"(?m)^title:", text[:400]):
            return empty, text, 1, []
        problem = Problem(
            path=shown,
            line=1,
            rule="front-matter",
            message="the settings at the top do not begin on the first line with ---",
            hint="Make the very first line three hyphens (---) and nothing else, with no empty line before it.",
        )
        return empty, "", 1, [problem]
    head, fence, body = text[4:].partition("\n---\n")
    if not fence and not head.endswith("\n---"):
        problem = Problem(
            path=shown,
            line=1,
            rule="front-matter",
            message="the block of settings at the top is opened with --- but never closed",
            hint="Put a line of three hyphens (---) after the last setting.",
        )
        return empty, "", 1, [problem]
    first_line = head.count("\n") + 4
    try:
        meta = entries.parse(head.removesuffix("\n---"), first_line=2)
    except entries.BrokenYaml as error:
        problem = Problem(
            path=shown,
            line=error.line,
            rule="front-matter",
            message=f"the settings at the top cannot be read ({error})",
            hint=yaml_advice([*text.split("\n"), ""][error.line - 1]),
        )
        return empty, body, first_line, [problem]
    if meta.keys is None:
        problem = Problem(
            path=shown,
            line=2,
            rule="front-matter",
            message="the settings at the top are not a list of names and values",
            hint="Write one setting a line, like this: title: Safer online behaviour",
        )
        return empty, body, first_line, [problem]
    return meta, body, first_line, []


def kind_of(path: str, meta: Entry) -> PageKind:
    """What a page is follows from where it lies."""
    match path.split("/"):
        case ["policies", _, "index.md"]:
            return PageKind.POLICY
        case ["policies", _, _]:
            return PageKind.APPENDIX if "appendix" in (meta.keys or {}) else PageKind.SECTION
        case ["legislation", name] if name != "index.md":
            return PageKind.INSTRUMENT
    return PageKind.PLAIN
