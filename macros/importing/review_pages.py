"""Renders what came of a folder of papers as pages to click through: a list, and each paper beside its own pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from ..model.labels import counted
from .document import Paragraph, Table, words
from .folder import Outcome, PaperReport, laws_without_page
from .structure.lines import Line
from .structure.sections import Clause, Outline, Section

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 1.2rem 0 .3rem; }
table { border-collapse: collapse; }
td, th { border: 1px solid #808080; padding: .3rem .5rem; text-align: left; vertical-align: top; }
.refused, .skipped, .cut, .read, .sure { font-weight: 700; white-space: nowrap; }
.refused, .cut { color: light-dark(#a1130f, #ff9d96); }
.skipped, .read { color: light-dark(#7a4b00, #ffc069); }
.sure { color: light-dark(#17612f, #8bd6a0); }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.beside > div { height: calc(100vh - 8rem); overflow: auto; border: 1px solid #808080; padding: .5rem 1rem; }
.beside > div { min-width: 0; }
.pages img { width: 100%; height: auto; border-bottom: 3px solid; background: #fff; }
.number { font-weight: 700; }
pre { white-space: pre-wrap; }
@media (width < 50rem) { .beside { display: block; } .beside > div { height: auto; } }
"""
OPENING = 6
"""Words by which the page of a clause is found."""


def page(title: str, body: Iterable[str]) -> str:
    content = "\n".join(body)
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{content}\n</body>\n</html>\n"
    )


def index(reports: Sequence[PaperReport], summary: str) -> str:
    """The list of the papers, those that need a person most first."""
    return page("Imported papers", index_body(reports, summary))


def index_body(reports: Sequence[PaperReport], summary: str) -> Iterator[str]:
    yield f"<h1>Imported papers</h1>\n<p>{escape(summary)}</p>"
    yield "<table>\n<tr><th>Result</th><th>Policy</th><th>Why</th><th>To decide</th><th>File</th></tr>"
    for report in reports:
        name = escape(report.title or "—")
        policy = f'<a href="{report.policy}.html">{name}</a><br>{escape(report.size)}' if report.imported else name
        yield (
            f'<tr><td class="{css_class(report.outcome)}">{escape(report.outcome)}</td><td>{policy}</td>'
            f"<td>{escape(without_grade(report))}</td><td>{escape(to_decide(report))}</td><td>{escape(report.file)}</td></tr>"
        )
    yield "</table>"
    if laws := laws_without_page(reports):
        yield "<h2>Laws that papers name and the guide has no page for</h2>\n<ul>"
        yield from (f"<li>{escape(law)} ({escape(', '.join(papers))})</li>" for law, papers in laws.items())
        yield "</ul>"


def css_class(outcome: Outcome) -> str:
    return outcome.split()[0]


def without_grade(report: PaperReport) -> str:
    return report.why.removeprefix(f"{report.outcome}: ")


def to_decide(report: PaperReport) -> str:
    """What else waits for a person, counted."""
    things = (
        (report.problems, "problem that guide check lists", "problems that guide check lists"),
        (report.personal, "name, number or address", "names, numbers or addresses"),
        (report.suggestions, "law suggested", "laws suggested"),
    )
    return ", ".join(counted(count, one, many) for count, one, many in things if count)


def paper_page(report: PaperReport, outline: Outline, pages: Sequence[str], why_no_pages: str) -> str:
    """A paper as it was understood, beside its own pages. pages: the texts of those that were drawn."""
    return page(report.title, paper_body(report, outline, pages, why_no_pages))


def paper_body(report: PaperReport, outline: Outline, pages: Sequence[str], why_no_pages: str) -> Iterator[str]:
    yield f'<p><a href="index.html">All papers</a></p>\n<h1>{escape(report.title)}</h1>'
    yield (
        f'<p><span class="{css_class(report.outcome)}">{escape(report.outcome)}</span>: '
        f"{escape(without_grade(report))}</p>"
    )
    yield f"<details><summary>The whole report</summary><pre>{escape(report.report)}</pre></details>"
    yield '<div class="beside">\n<div class="text" tabindex="0" role="region" aria-label="The text that was imported">'
    finder = PageFinder(pages)
    if outline.cover:
        yield f"<h2>On the policy’s first page{finder.link(outline.cover)}</h2>"
        yield from map(line_of, outline.cover)
    for section in outline.sections:
        yield from section_of(section, finder)
    if outline.loose:
        yield "<h2>Unplaced</h2>"
        yield from map(line_of, outline.loose)
    yield '</div>\n<div class="pages" tabindex="0" role="region" aria-label="The pages of the paper">'
    for number in range(1, len(pages) + 1):
        source = f"{report.policy}/{number}.png"
        yield f'<img id="page-{number}" src="{source}" alt="Page {number} of the paper" loading="lazy">'
    yield f"{'' if pages else f'<p>{escape(why_no_pages)}</p>'}</div>\n</div>"


class PageFinder:
    """Finds the page of a paper on which lines stand, going forward."""

    def __init__(self, pages: Sequence[str]) -> None:
        self.pages = [" ".join(words(text.lower())) for text in pages]
        self.at = 0

    def link(self, lines: Sequence[Line]) -> str:
        """A link to the page of the first line that can be found; empty without one."""
        for line in lines:
            opening = " ".join(words(line.text.lower())[:OPENING])
            if len(opening) < OPENING:
                continue
            for number in range(self.at, len(self.pages)):
                if opening in self.pages[number]:
                    self.at = number
                    return f' <a href="#page-{number + 1}">page {number + 1}</a>'
        return ""


def section_of(section: Section, finder: PageFinder) -> Iterator[str]:
    first = [line for clause in section.clauses for line in (*filter(None, [clause.title]), *clause.lines)]
    heading = f"{section.printed or section.number} {section.title}".strip() or section.file
    yield f"<h2>{escape(heading)}{finder.link(first)}</h2>"
    for clause in section.clauses:
        yield from clause_of(clause)


def clause_of(clause: Clause) -> Iterator[str]:
    number = clause.printed or (clause.label.printed if clause.label else "")
    if number or clause.name:
        yield f'<p class="number">{escape(f"{number} {clause.name}".strip())}</p>'
    yield from map(line_of, clause.lines)


def line_of(line: Line) -> str:
    if isinstance(line.block, Table):
        return table_of(line.block)
    return f"<p>{escape(f'{line.label.raw} ' if line.label else '')}{escape(line.text)}</p>"


def table_of(table: Table) -> str:
    rows = ("".join(f"<td>{'<br>'.join(map(text_of, cell))}</td>" for cell in row) for row in table.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def text_of(paragraph: Paragraph) -> str:
    return escape(f"{paragraph.label} {paragraph.text}".strip())
