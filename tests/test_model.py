"""The pure parts: numbers, dates, reviews, provisions, contrast."""

import ast
import json
import re
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from macros import load, numbering, pieces, provision, review, settings, words
from macros.model import Cycle, InstrumentKind, Outcome, PartialDate, Policy, PolicyId, Review, ReviewStatus, Wording
from macros.render import Renderer


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("2.3.7", (2, 3, 7)),
        ("4(b)(ii)", (4, "b", "ii")),
        ("3", (3,)),
        ("acting-openly", None),
        ("2.3.", None),
        ("", None),
    ],
)
def test_numbers_are_read(text, pieces):
    assert numbering.parse(text) == pieces
    if pieces:
        assert numbering.show(pieces) == text


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        ("2.3.7", "2.3.8", True), ("2.3.7", "2.3.9", False), ("2.3.7", "2.3.7(a)", True), ("2.3.7(b)", "2.3.8", True),
        ("4(a)", "4(b)", True), ("4(h)", "4(i)", True), ("4(b)(i)", "4(b)(ii)", True), ("4(b)(iv)", "4(c)", True),
        ("2.3.8", "2.3.7", False), ("2.9", "2.10", True), ("4(b)", "4(b)(ii)", False),
    ],
)  # fmt: skip
def test_what_follows_what(before, after, follows):
    assert numbering.follows(numbering.parse(before), numbering.parse(after)) is follows


def test_skipped_numbers_are_named():
    assert numbering.skipped((2, 3, 7), (2, 3, 10)) == ["2.3.8", "2.3.9"]
    assert numbering.skipped((2, 3, 7), (2, 3, 2)) == []


@pytest.mark.parametrize(
    ("local", "anchor"),
    [("2.3.7", "clause-2-3-7"), ("4(b)(ii)", "clause-4-b-ii"), ("acting-openly", "clause-acting-openly")],
)
def test_anchors(local, anchor):
    assert numbering.anchor(local) == anchor


@pytest.mark.parametrize(
    ("text", "last_day", "words"),
    [
        ("2021-12", date(2021, 12, 31), "December 2021"), ("2024-02", date(2024, 2, 29), "February 2024"),
        ("2024-01-31", date(2024, 1, 31), "31 January 2024"), ("1998", date(1998, 12, 31), "1998"),
    ],
)  # fmt: skip
def test_partial_dates(text, last_day, words):
    found = PartialDate.parse(text)
    assert (found.last_day, found.words, str(found)) == (last_day, words, text)


@pytest.mark.parametrize(
    "text", ["2021-13", "2021-02-30", "21-12", "2021-1", "December 2021", "", "2021-12-1", "٢٠٢١-12"]
)
def test_impossible_dates_are_refused(text):
    with pytest.raises(ValueError, match="“"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2022-02", 24, "2024-02"),
        ("2021-12-31", 2, "2022-02-28"),
        ("2021-12", 1, "2022-01"),
    ],
)
def test_months_are_added_within_the_calendar(start, months, end):
    assert str(PartialDate.parse(start).plus_months(months)) == end


def policy(adopted: str | None, months: int | None, *reviews: str) -> Policy:
    def act(on: str, outcome: Outcome | None = None) -> Review:
        return Review(on=PartialDate.parse(on), by="Governing body", outcome=outcome, minute=None, version=None)

    return Policy(
        id=PolicyId("p"), title="P", summary="", url="", path="", wording=Wording.ADOPTED, applies_to=None, owner=None,
        approved_by=None, version=None, statutory=None, supersedes=None, consultation=None, related=(),
        adopted=act(adopted) if adopted else None, reviews=tuple(act(on, Outcome.UNCHANGED) for on in reviews),
        cycle=Cycle(months=months) if months else None, parts=(), appendices=(), editions=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("adopted", "months", "reviews", "today", "status", "days_late", "missed", "next_due"),
    [
        ("2021-12", 12, (), "2026-11-22", "overdue", 1422, 4, "2026-12-31"),  # the first policy, today
        ("2021-12", 12, (), "2022-11-01", "due-soon", -60, 0, "2022-12-31"),
        ("2021-12", 12, (), "2022-10-31", "current", -61, 0, "2022-12-31"),
        ("2021-12", 12, (), "2022-12-31", "due-soon", 0, 0, "2022-12-31"),  # due today is not late
        ("2021-12", 12, (), "2023-01-01", "overdue", 1, 1, "2023-12-31"),
        ("2024-02-29", 12, (), "2025-03-01", "overdue", 1, 1, "2026-02-28"),
        (
            "2024-01-10",
            12,
            ("2024-12-20",),
            "2025-01-11",
            "current",
            -364,
            0,
            "2026-01-10",
        ),  # early keeps the anniversary
        ("2024-01-10", 12, ("2024-11-20",), "2025-01-11", "current", -313, 0, "2025-11-20"),  # too early does not
        ("2024-01-10", 12, ("2025-03-01",), "2025-03-02", "current", -364, 0, "2026-03-01"),
    ],
)
def test_review_standing(adopted, months, reviews, today, status, days_late, missed, next_due):
    found = review.standing(policy(adopted, months, *reviews), date.fromisoformat(today))
    assert (found.status, found.days_late, found.missed, found.next_due_on) == (
        status, days_late, missed, date.fromisoformat(next_due),
    )  # fmt: skip


@pytest.mark.parametrize("found", [policy(None, 12), policy("2021-12", None)])
def test_without_a_date_or_a_cycle_nothing_is_claimed(found):
    assert review.standing(found, date(2026, 11, 22)).status is ReviewStatus.NEVER_REVIEWED


@pytest.mark.parametrize(
    ("ref", "path", "spoken"),
    [
        ("s 141F", "section/141F", "section 141F"), ("ss 16-19", "section/16", "sections 16–19"),
        ("s 127(2)(a)-(b)", "section/127", "section 127(2)(a)–(b)"), ("reg 3", "regulation/3", "regulation 3"),
        ("sch 1 art 8", "schedule/1", "schedule 1 article 8"), ("pt II", "part/II", "part II"),
        ("art 5", "article/5", "article 5"), ("part four", None, "part four"),
    ],
)  # fmt: skip
def test_provisions_lead_to_their_address(ref, path, spoken):
    base = "https://www.legislation.gov.uk/id/ukpga/2002/32"
    assert provision.uri(base, ref) == (f"{base}/{path}" if path else None)
    assert provision.spoken(ref) == spoken
    assert provision.uri("https://www.gov.uk/x", ref) is None


def test_contrast_is_that_of_wcag():
    assert settings.contrast_with_white("#000000") == pytest.approx(21)
    assert settings.contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        'One {{ ref("2.8.3") }} two.\n\n# Three\n{{ law("a", "s 1", "Because {it} is so.") }}\n',
        '{{ clause("1.2", "T", printed="1.2") }}\nWords\n\n{{ act(\n  "a",\n  "b"\n) }} end',
        '{{ note("It’s “so”.") }}', "no call at all\n", "", '{{ ref("a" "b") }}',
    ],
)  # fmt: skip
def test_the_quick_way_reads_as_jinja_does(text):
    quick = pieces.quickly(text, 5)
    assert quick is not None
    assert quick == list(pieces.Parser().parsed(text, 5))


@pytest.mark.parametrize(
    "text",
    [
        '{{ ref("a}}b") }}',
        "{% raw %}x{% endraw %}",
        "{{ ref(a) }}",
        '{{ ref("\\n") }}',
        "{{ ref(1.2) }}",
        "{{ x }}",
        "{{ ref(",
    ],
)
def test_the_quick_way_leaves_the_rest_to_jinja(text):
    assert pieces.quickly(text, 1) is None


LAYERS = (
    {"model", "numbering", "provision", "entries", "calls", "prose", "redline", "exits", "outline"},
    {"tree", "qr", "typefaces", "hosting"},
    {"pieces", "editions", "record", "addresses"},
    {"source", "review", "fields", "settings", "asks", "search", "comparison"},
    {"made", "register"},
    {"build", "pack"},
    {"checks", "words", "reading"},
    {"changes_feed", "review_files", "reminders", "lawcheck"},
    {"publish", "render"},
    {"whole"},
    {"paper"},
    {"load"},
    {"adopt", "importing"},
    {"cli", "__init__", "hooks"},
)


def test_imports_run_one_way():
    """A module imports only from layers below it; only the glue knows MkDocs."""
    rank = {name: level for level, names in enumerate(LAYERS) for name in names}
    for path in sorted((ROOT / "macros").rglob("*.py")):
        room = path.relative_to(ROOT / "macros").parts[0].removesuffix(".py")
        for module in imported(path):
            first = module.split(".")[0]
            assert first != "mkdocs" or room in ("__init__", "hooks"), f"{path} imports {module}"
            if first == "macros":
                other = [*module.split("."), "__init__"][1]
                assert rank[other] < rank[room] or other == room, f"{path} imports {module}"


def imported(path: Path):
    """Full names of what a file imports, also through import_module("…")."""
    package = ["macros", *path.relative_to(ROOT / "macros").parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names] if not node.module else [module]
            yield from names
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            yield node.args[0].value


def test_every_kind_of_law_has_its_words_and_stands_in_the_schema_and_the_help():
    schema = json.loads((ROOT / "macros" / "guide.schema.json").read_text(encoding="utf-8"))
    help_page = (ROOT / "docs" / "help" / "writing.md").read_text(encoding="utf-8")
    kinds = [kind.value for kind in InstrumentKind]
    assert list(words.KIND_WORDS) == kinds
    assert len(set(words.KIND_WORDS.values())) == len(kinds)
    assert schema["$defs"]["instrument"]["properties"]["kind"]["enum"] == kinds
    assert [kind for kind in kinds if f"`{kind}`" not in help_page] == []


def test_the_page_of_judge_made_law_leads_to_a_judgment(project):
    page = project / "docs" / "legislation" / "library-guidance.md"
    text = page.read_text(encoding="utf-8").replace("publisher: Department for Libraries\n", "")
    text = text.replace("kind: statutory-guidance", "kind: common-law")
    page.write_text(
        re.sub(r"official: .*", "official: https://judgments.example/uk/cases/2004/22.html", text), encoding="utf-8"
    )
    site = load.load(project / "mkdocs.yml")
    rendered = Renderer(guide=site.guide, pages=(*site.pages, *site.made)).page(
        "legislation/library-guidance.md", "legislation/library-guidance/"
    )
    shown = str(rendered.view["fill"](rendered.markdown))
    assert "<dt>Kind</dt><dd>Judge-made law</dd>" in shown
    assert '<dt>Leading judgment</dt><dd><a href="https://judgments.example/uk/cases/2004/22.html"' in shown
    assert ">judgments.example<" in shown
