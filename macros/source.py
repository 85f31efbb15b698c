"""Files → pages: front matter, and prose parted by macro calls with their true lines.

The only reader of docs/. Jinja's own lexer finds the calls and Jinja's own parser reads
their arguments, so there is no second grammar and nothing is executed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from . import entries
from .calls import Call, Computed, PageKind, bind
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
    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = field(default=())
    """Faults of form: what could not be read at all."""

    @property
    def file(self) -> str:
        """As an author sees it, from the project's folder."""
        return f"docs/{self.path}"

    @property
    def calls(self) -> Iterator[Call]:
        return (piece for piece in self.pieces if isinstance(piece, Call))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The page cut where a clause, a list entry or a heading begins."""
        openers: list[Call | Heading | None] = [None]
        runs: list[list[Piece]] = [[]]
        for piece in self.pieces:
            if isinstance(piece, Heading) or (isinstance(piece, Call) and piece.name in ("clause", "listed")):
                openers.append(piece)
                runs.append([])
            else:
                runs[-1].append(piece)
        return tuple(
            Block(opener=opener, pieces=tuple(run))
            for opener, run in zip(openers, runs, strict=True)
            if opener is not None or run
        )


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
        rows = text.split("\n")
        faults: list[TemplateSyntaxError] = []
        while True:
            try:
                return list(self.strict_pieces("\n".join(rows), first_line)), faults
            except TemplateSyntaxError as error:
                faults.append(error)
                if not rows[error.lineno - 1]:
                    return [], faults
                rows[error.lineno - 1] = ""

    def strict_pieces(self, text: str, first_line: int) -> Iterator[Piece]:
        """Part prose from calls; raises TemplateSyntaxError at the line where a faulty call opens."""
        tokens = iter(self.jinja.lex(text))
        for line, token, value in tokens:
            at = first_line + line - 1
            if token == "data":
                yield from paragraphs(value, at)
            elif token == "variable_begin":
                yield self.call(self.inside(tokens, line), line, at)
            elif token == "block_begin":
                raise TemplateSyntaxError("“{%” has no meaning here", line)

    def inside(self, tokens: Iterator[tuple[int, str, str]], line: int) -> str:
        """The words up to the closing brackets."""
        words: list[str] = []
        try:
            for _, token, value in tokens:
                if token == "variable_end":
                    return "".join(words)
                words.append(value)
        except TemplateSyntaxError as error:
            raise TemplateSyntaxError(error.message or "", line) from None
        raise TemplateSyntaxError("it is never closed with }}", line)

    def call(self, expression: str, line: int, at: int) -> Call:
        """Read what stands between {{ and }}; line is within the text, at within the file."""
        try:
            template = self.jinja.parse("{{" + expression + "}}")
        except TemplateSyntaxError as error:
            raise TemplateSyntaxError(error.message or "", line) from None
        output = template.body[0] if template.body else None
        node = output.nodes[0] if isinstance(output, nodes.Output) and output.nodes else None
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            raise TemplateSyntaxError(f"“{expression.strip()}” is not a macro call", line)
        starred = (Computed(),) if node.dyn_args or node.dyn_kwargs else ()
        args = (*(literal(argument) for argument in node.args), *starred)
        return bind(node.node.name, args, {pair.key: literal(pair.value) for pair in node.kwargs}, at)


def literal(node: nodes.Expr) -> object:
    return node.value if isinstance(node, nodes.Const) else Computed()


def paragraphs(text: str, line: int) -> Iterator[Text | Heading]:
    """Cut running Markdown before and after each heading line, outside fenced code."""
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
        return Page(path=path, kind=kind_of(path, empty), meta=empty, pieces=(), problems=(problem,))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    meta, body, first_line, problems = front_matter(text, shown, empty)
    pieces, faults = parser.pieces(body, first_line)
    problems += [
        Problem(
            path=shown,
            line=first_line + error.lineno - 1,
            rule="macro-syntax",
            message=f"this macro call cannot be read ({(error.message or '').partition(' at ')[0]})",
            hint="Check its quotes, commas and brackets. A right one is: "
            '{{ law("defamation-act-2013", "s 1", "Why it matters to staff.") }}',
        )
        for error in faults
    ]
    return Page(path=path, kind=kind_of(path, meta), meta=meta, pieces=tuple(pieces), problems=tuple(problems))


def front_matter(text: str, shown: str, empty: Entry) -> tuple[Entry, str, int, list[Problem]]:
    """Part a file into its front matter, its body and the body's first line."""
    if not text.startswith("---\n"):
        return empty, text, 1, []
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
            hint="Each setting is a word, a colon, a space and its value. A value with a colon in it goes "
            'in quotes: title: "Bullying: what to do"',
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
