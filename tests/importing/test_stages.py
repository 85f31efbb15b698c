"""The stages of an import: their values are frozen, and each rule of the heuristics decides what its name says."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest
from support.project import EXTENSIONS

from macros.formats.markdown import converter
from macros.importing import readers
from macros.importing.document import Paragraph, Role, Span, Style, Table
from macros.importing.labels import label_of
from macros.importing.metadata import law_names, titles
from macros.importing.readers.pdf.chars import whole_codes
from macros.importing.readers.pdf.paragraphs import Facts, begins_paragraph
from macros.importing.readers.pdf.words import Char, FontStyle, Row, Word, group_words
from macros.importing.structure import ids, page_furniture, sequences
from macros.importing.structure.layout_tables import TableUse, filled_rows, use_of
from macros.importing.structure.lines import Line, Look, lines
from macros.importing.structure.lower_case_titles import with_lower_case_titles
from macros.importing.structure.nesting import nested
from macros.importing.structure.numbering_scheme import scheme
from macros.importing.structure.ring_bullets import with_ring_bullets
from macros.importing.structure.section_builder import outline
from macros.importing.structure.sections import Clause, Outline, Section
from macros.importing.writing import blocks, lists


def paragraph(text, **style):
    return Paragraph(spans=(Span(text),), place="line 1", style=Style(**style))


def line(text, *, heading=False, look=Look.PLAIN):
    label, end = label_of(text)
    return Line(block=paragraph(text).after(end), label=label, heading=heading, look=look)


@pytest.mark.parametrize("value", [Clause(place=""), Section(place=""), Outline(title=""), line("Scope")])
def test_the_values_of_stages_are_frozen(value):
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, "another")


def test_naming_returns_a_new_outline_and_leaves_the_old_one():
    body = lines([paragraph(text) for text in ("1. Scope", "1.1 Staff must read this.", "1.2 Pupils may.")])
    draft = outline(body, scheme(body, "Policy"), "Policy")
    named = ids.name(draft)
    assert [clause.id for clause in draft.sections[0].clauses] == ["", ""]
    assert [clause.id for clause in named.sections[0].clauses] == ["1.1", "1.2"]


def test_marking_furniture_leaves_the_blocks_as_they_were():
    blocks = (paragraph("Scope"), paragraph("Page 3 of 9"))
    assert [block.role for block in page_furniture.with_roles(blocks)] == [Role.BODY, Role.PAGE_NUMBER]
    assert [block.role for block in blocks] == [Role.BODY, Role.BODY]


def test_looks_are_ordered_by_prominence():
    title, larger, capitals, bold = Look(level=0), Look(size=-4), Look(capitals=-1), Look(bold=-1)
    assert sorted([Look.PLAIN, bold, capitals, larger, title]) == [title, larger, capitals, bold, Look.PLAIN]
    assert [look.is_large for look in (title, larger, Look(size=-3), bold)] == [True, True, False, False]


# Numbers


@pytest.mark.parametrize(
    ("barriers", "stretches"), [(set(), [[1, 4, 7]]), ({5}, [[1, 4], [7]]), ({0, 2, 9}, [[1], [4, 7]])]
)
def test_barriers_split_the_candidates(barriers, stretches):
    assert list(sequences.split_at(barriers, [1, 4, 7])) == stretches


@pytest.mark.parametrize(
    ("texts", "runs"),
    [
        (["1. One", "2. Two", "3. Three"], [[1, 2, 3]]),
        (["1. One", "2. Two", "9. Nine"], [[1, 2]]),  # too far
        (["2. Two", "3. Three"], [[2, 3]]),  # the first is missing
        (["1. One", "4 Four"], [[1]]),  # a gap, and no stop after the number
    ],
)
def test_runs_count_up(texts, runs):
    numbered = [line(text, heading=True) for text in texts]
    runs_of_lines = sequences.ascending_runs(numbered, range(len(numbered)), set())
    assert [[sequences.number_of(numbered[at]) for at in run] for run in runs_of_lines] == runs


def test_a_one_with_clauses_begins_to_count_anew():
    texts = ["1. One", "2. Two", "1. One again", "1.1 Its clause", "2. Two again"]
    numbered = [line(text, heading=True) for text in texts]
    assert sequences.ascending_runs(numbered, [0, 1, 2, 4], set()) == [[0, 1], [2, 4]]


def test_a_number_without_a_run_numbers_nothing():
    assert not sequences.is_numbering([line("3. Three", heading=True), line("Text")], [0])
    assert sequences.is_numbering([line("3. Three", heading=True), line("3.1 Text")], [0])
    assert sequences.is_numbering([line("3. Three", look=Look(level=1))], [0])


WORDS = "Staff act on what this paragraph says and tell the school office on the day when they have done so."


def running_paper(numbers, headings=("Scope", "Registers", "Absence"), every=6, after=None):
    """Paragraphs of one count under headings; `after` gives the list that a paragraph has of its own."""
    texts = []
    for at, number in enumerate(numbers):
        if at % every == 0:
            texts.append(paragraph(headings[at // every], heading=1))
        texts.append(paragraph(f"{number}. {WORDS}"))
        texts += [paragraph(text) for text in (after or {}).get(number, ())]
    return texts


def ids_of(blocks):
    body = lines(blocks)
    named = ids.name(outline(body, scheme(body, "Policy"), "Policy"))
    return [[clause.printed or clause.id for clause in section.clauses] for section in named.sections]


@pytest.mark.parametrize(
    ("numbers", "after", "sections"),
    [
        (range(1, 19), {}, [range(1, 7), range(7, 13), range(13, 19)]),
        (range(1, 19), {4: ["1. one", "2. two", "3. three"], 9: ["1. one", "2. two"]}, [range(1, 7), range(7, 13), range(13, 19)]),
        (range(1, 19), {3: ["1. one", "2. two", "3. three"]}, [range(1, 7), range(7, 13), range(13, 19)]),  # as many items as clauses
        ([*range(1, 9), *range(10, 13), 12, *range(13, 19)], {}, [range(1, 7), [7, 8, 10, 11, 12, 12], range(13, 19)]),  # one left out, one twice
    ],
)  # fmt: skip
def test_a_count_through_the_paper_numbers_its_clauses(numbers, after, sections):
    assert ids_of(running_paper(numbers, after=after)) == [[str(number) for number in section] for section in sections]


@pytest.mark.parametrize("name", ["Section {}: Care", "{}. Care"])
def test_a_count_through_numbered_sections(name):
    headings = [name.format(number) for number in (1, 2, 3)]
    body = lines(running_paper(range(1, 19), headings))
    named = ids.name(outline(body, scheme(body, "Policy"), "Policy"))
    assert [section.number for section in named.sections] == ["", "", ""]
    assert [section.printed for section in named.sections] == [
        heading.split(".")[0].split(":")[0] for heading in headings
    ]
    assert [clause.id for clause in named.sections[2].clauses] == [str(number) for number in range(13, 19)]


def test_a_list_in_each_section_is_no_count():
    texts = []
    for count, heading in enumerate(("Scope", "Registers", "Absence", "Appeals", "Records")):
        texts += [paragraph(heading, heading=1), paragraph(WORDS), paragraph("We will:")]
        texts += [paragraph(f"{item}. do one of these things") for item in range(1, 4 + count)]
    assert all(len(clauses) == 1 for clauses in ids_of(texts))


def test_legal_numbers_are_ids():
    texts = [paragraph("1. Scope", heading=1), *(paragraph(f"1.{mark} {WORDS}") for mark in ("(1)", "(2)", "(2)(a)", "(2)(b)", "(3)"))]  # fmt: skip
    texts += [paragraph("2. Care", heading=1), paragraph(f"2.(1) {WORDS}")]
    assert ids_of(texts) == [["1(1)", "1(2)", "1(2)(a)", "1(2)(b)", "1(3)"], ["2(1)"]]


# Headings


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Scope", True), ("Scope of this policy and the people whom it covers in and out of our school on any day", False),
        ("It ends as a sentence.", False), ("and it goes on", False), ("(a) An item", False), ("• A bullet", False), ("It leads on:", False),
        ("An open (bracket", False), ("Approved by the governors", False), ("And so on, etc.", True),
    ],
)  # fmt: skip
def test_plain_headings(text, heading):
    """In a paper without styled headings, a short line above text is one unless something forbids it."""
    blocks = [paragraph("First."), paragraph(text), paragraph("Everybody at school reads these words, and the ones below them, once every year.")]  # fmt: skip
    assert lines(blocks)[1].heading is heading


@pytest.mark.parametrize(
    ("text", "style", "heading"),
    [("Scope.", {"heading": 2}, True), ("an item;", {"heading": 2}, False), ("Larger", {"size": 14.0}, True), ("As the text", {"size": 11.0}, False)],
)  # fmt: skip
def test_styled_headings(text, style, heading):
    body = [paragraph(f"Text number {count} says what everybody must do.", size=11.0) for count in range(9)]
    styled = [paragraph(f"Styled {count}", heading=1, size=16.0) for count in range(3)]
    assert lines([*styled, *body, paragraph(text, **{"size": 11.0} | style), body[0]])[-2].heading is heading


def test_a_paper_without_any_style_has_the_headings_that_its_lines_show():
    """Word knows the size of each line; where nothing is larger or bold, a short line above text is a heading still."""
    text = paragraph("Everybody at school reads these words, and the ones below them, once every year.", size=11.0)
    plain = [paragraph("Scope", size=11.0), text, paragraph("Care of keys", size=11.0), text]
    assert [line.heading for line in lines(plain)] == [True, False, True, False]
    styled = [paragraph(f"Styled {count}", size=16.0) for count in range(3)]
    assert [line.heading for line in lines([*plain, *styled, text])][:4] == [False] * 4


@pytest.mark.parametrize(
    ("heads", "read"),
    [
        (("ARTICLE VI Meetings", "ARTICLE VII Staff", "ARTICLE VIII indemnification"), "indemnification"),
        (("Section 1 – Aims", "Section 2 – Staff", "Section 3 – scope", "Section 4 – Books"), "scope"),
        (("Section 1 Aims", "Section 2 Staff", "Section 3 books of the school", "Section 4 Returns"), "books of the school"),
        (("Section 1 Aims", "Section 2 Staff", "Section 3 of the rules", "Section 4 Returns"), None),
        (("Section 1 Aims", "Section 2 Staff", "Section 2 books", "Section 3 Returns"), None),
        (("Section 1 Aims", "Section 2 Staff", "Section 3 books"), "books"),
        (("Section 1 Aims", "• Section 2 books", "Section 3 Returns"), None),
        (("Section 1 Aims", "Section 2 Staff", "section 3 books", "Section 4 Returns"), None),
    ],
)  # fmt: skip
def test_a_title_in_lower_case_heads_where_the_count_of_headings_needs_it(heads, read):
    text = "The board of the school meets six times in each year, and more often if the chair calls it for a reason."
    body = with_lower_case_titles(lines([paragraph(one) for head in heads for one in (head, text)]))
    headed = [line.text for line in body if line.heading and line.text[:1].islower()]
    assert headed == ([read] if read else [])


# Tables


def table(*rows):
    cells = tuple(
        tuple(tuple(paragraph(text) for text in cell.split("|")) if cell else () for cell in row) for row in rows
    )
    return Table(rows=cells, place="page 1")


@pytest.mark.parametrize(
    ("rows", "use"),
    [
        ([["", ""]], TableUse.EMPTY), ([["One box"]], TableUse.BOX), ([["One|two"], ["three|four"]], TableUse.BOX),
        ([["1.1", "Staff"], ["1.2", "Pupils"]], TableUse.NUMBERED_CLAUSES), ([["Term", "Meaning"], ["Data", "Facts"]], TableUse.DATA),
        ([["1.1", "Staff"], ["Term", "Meaning"], ["Data", "Facts"]], TableUse.DATA),
    ],
)  # fmt: skip
def test_what_a_table_is_for(rows, use):
    assert use_of(filled_rows(table(*rows))) is use


# Contents lists


def test_a_contents_list_ends_where_its_first_entry_comes_again():
    texts = ["Contents", "Scope\t2", "Training\t3", "A line of the cover", "Scope", "Everybody reads this.", "Training"]
    roles = [block.role for block in page_furniture.with_roles([paragraph(text) for text in texts])]
    assert roles == [Role.CONTENTS] * 3 + [Role.BODY] * 4


# Titles


def candidates(*top, school="Hill School"):
    return titles.Candidates(top=list(top), named=[one for one in top if titles.names_a_policy(one)], school=school)


def test_each_strategy_finds_its_title():
    styled, large = line("Behaviour", look=Look(level=0)), line("Attendance", look=Look(size=-6))
    named, heading, school = line("Fire policy"), line("Uniform", heading=True), line("Hill School", heading=True)
    assert next(titles.styled([large, styled], [], candidates(large, styled)))[0] == "Behaviour"
    assert titles.largest_title(candidates(named, large)) == large
    assert titles.largest_title(candidates(named)) is None
    assert next(titles.named([heading, named], [], candidates(heading, named)))[0] == "Fire policy"
    assert next(titles.alone([school, heading], [], candidates(school, heading)))[0] == "Uniform"
    assert titles.title_of_file("fire_safety-v2.docx").text == "Fire safety"
    assert titles.title_of_properties({"title": "Microsoft Word - policy.doc"}) is None


BIG, HEAD, TEXT = Look(size=-12), Look(level=1), Look.PLAIN
TITLED = (
    "Everybody who works here reads these words every year, and says to the office that they have read all of them."
)


def title_of(*rows, running=(), file_name="paper.docx", facts=()):
    body = [line(text, heading=look < TEXT, look=look) for look, text in (*rows, (TEXT, TITLED))]
    return titles.find_title(body, dict(facts), "Hill School", file_name, [line(text) for text in running])


def test_a_line_that_says_what_the_file_is_called_is_the_title():
    body = (Look(size=-6, bold=-1), "Acorn Health Solutions"), (TEXT, "Keys and locks risk assessment")
    asked = title_of(*body, file_name="Locks Risk Assessment v2.docx")
    assert (asked.text, asked.sure) == ("Keys and locks risk assessment", True)
    assert title_of(*body, file_name="paper.docx").text != "Keys and locks risk assessment"


def test_a_line_far_larger_than_all_others_outdoes_a_heading_style():
    body = (Look(size=-12, bold=-1), "Key holding procedure"), (Look(level=1, size=-4), "Objectives, matters and users")
    assert title_of(*body).text == "Key holding procedure"
    assert titles.is_general("Purpose of this procedure")
    assert titles.is_general("Executive summary")
    assert titles.title_of_file("Audit report.docx.docx").text == "Audit report"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(BIG, "Supporting pupils"), (BIG, "with medical conditions"), (BIG, "Policy")], "Supporting pupils with medical conditions Policy"),
        ([(BIG, "Hill School"), (BIG, "Keeping pupils safe"), (BIG, "and well"), (BIG, "policy")], "Keeping pupils safe and well policy"),
        ([(BIG, "DBS POLICY")], "DBS policy"), ([(BIG, "H&S POLICY FOR VISITS")], "H&S policy for visits"), ([(BIG, "ANTI-BULLYING POLICY")], "Anti-bullying policy"),
        ([(BIG, "Policy"), (TEXT, "Homework policy"), (HEAD, "Purpose")], "Homework policy"),
        ([(TEXT, "Policy title: Use of cameras")], "Use of cameras"), ([(BIG, "SAFEGUARDING: MISSING PUPILS POLICY")], "Safeguarding: missing pupils policy"),
        ([(HEAD, "Introduction"), (TEXT, "Uniform policy")], "Uniform policy"), ([(BIG, "Northfield Learning Trust"), (BIG, "Leave policy")], "Leave policy"),
    ],
)  # fmt: skip
def test_titles_of_covers(rows, title):
    of_cover = title_of(*rows)
    assert (of_cover.text, of_cover.sure) == (title, True)


@pytest.mark.parametrize(
    "general",
    ["Policy", "Policy statement", "Policy Statement:", "Introduction", "Purpose", "School policy", "Document version control log", "KEY TERMS", "Aims and objectives"],
)  # fmt: skip
def test_a_general_word_is_no_title(general):
    assert title_of((BIG, general), running=["Hill School\tHomework policy\tPage 1 of 9"]) == titles.Title(
        "Homework policy", "line 1"
    )
    asked = title_of((BIG, general), file_name="Home_work v2 (1).docx")
    assert (asked.text, asked.sure) == ("Home work", False)
    assert "--title" in next(titles.title_question(asked))
    assert list(titles.title_question(title_of((BIG, "Homework policy")))) == []


# Lines of a PDF


def row(text, *, x0=50.0, y=700.0, x1=540.0, edge=545.0, size=11.0, bold=False):
    return Row(words=(Word(text=text, x0=x0, x1=x1, y=y, size=size, bold=bold),), y=y, edge=edge)


BEFORE = row("the line before it")


@pytest.mark.parametrize(
    ("before", "after", "begins"),
    [
        (BEFORE, row("and goes on", y=687), False),
        (BEFORE, row("Far below", y=650), True),
        (BEFORE, row("Larger", y=687, size=16), True),
        (BEFORE, row("broken in the next column", y=740, x0=320), False),
        (BEFORE, row("Another column", y=740, x0=320), True),
        (BEFORE, row("2.1 All staff", y=687), True),
        (BEFORE, row("- as a dash", y=687, x0=80), False),
        (BEFORE, row("Bold words", y=687, bold=True), True),
        (replace(BEFORE, words=(replace(BEFORE.words[0], x1=200),)), row("word", y=687, x1=80), True),  # it had room
    ],
)
def test_rules_of_paragraphs(before, after, begins):
    facts = Facts(body=11.0, leading=1.2, vocabulary=frozenset())
    assert begins_paragraph([before], after, facts) is begins


def test_a_character_that_pdfium_gives_in_halves_is_one_and_half_of_one_is_unmapped() -> None:
    assert whole_codes([0x41, 0xD835, 0xDC00, 0x42]) == [0x41, 0x1D400, 0x200B, 0x42]
    assert whole_codes([0xD835, 0x41, 0xDC00, 0xD800]) == [0, 0x41, 0, 0]


def test_characters_are_grouped_into_words():
    plain, bold = FontStyle(size=10.0), FontStyle(size=10.0, bold=True)
    chars = [Char("a", 0, 5, 0, plain), Char("b", 5.5, 10, 0, plain), Char("c", 14, 19, 0, plain), None, Char("d", 19, 24, 0, plain),
             Char("e", 24, 29, 0, bold), Char("f", 29, 34, -12, bold)]  # fmt: skip
    assert [(word.text, word.bold) for word in group_words(chars)] == [
        ("ab", False), ("c", False), ("d", False), ("e", True), ("f", True),
    ]  # fmt: skip


# Laws

LAWS = law_names.Laws(
    ids={
        "equality act 2010": "equality-act-2010", "keeping children safe in education 2026": "kcsie", "keeping children safe in education": "kcsie",
        "crime and policing act 2026": "crime-and-policing-act-2026",
    },
    titles={},
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("See the Equality Act 2010.", ["equality-act-2010"]), ("See the Equality Act 2006.", []), ("the Equality Act", []),
        ("Keeping children safe in education (KCSIE)", ["kcsie"]), ("Keeping children safe in education 2021", []),
        ("the Anti-social Behaviour, Crime and Policing Act 2014", []), ("We are working together as a team.", []),
    ],
)  # fmt: skip
def test_the_year_of_a_law_must_fit(text, laws):
    assert LAWS.named(text) == laws


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("under the Management of Health and Safety at Work Regulations 1999 we assess risks", ["Management of Health and Safety at Work Regulations 1999"]),
        ("Support under Part VI of the Immigration and Asylum Act 1999", ["Immigration and Asylum Act 1999"]),
        ("Schedule 2 to the Childcare Act 2006 and section 175 of the Education Act 2002", ["Childcare Act 2006", "Education Act 2002"]),
        ("Duties of the Governing Board under the Equality Act and the Education Act 2011", ["Education Act 2011"]),
        ("The Representation of the People Act 1983", ["Representation of the People Act 1983"]),
        ("the Health and Safety at Work etc. Act 1974", ["Health and Safety at Work etc. Act 1974"]),
        ("the Education Act 1996 and 2002", ["Education Act 1996", "Education Act 2002"]),
        ("The Children Acts 1989 and 2004 and, by the Act 1998, others", ["Children Act 1989", "Children Act 2004"]),
        ("the Health and Social Care Act 2008 and 2015 Regulations", ["Health and Social Care Act 2008"]),
        ("Human Rights Act, 1998; the Equality Act (2010)", ["Human Rights Act 1998", "Equality Act 2010"]),
        ("UK GDPR and Data Protection Act 2018", ["Data Protection Act 2018"]),
        ("the Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975", ["Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975"]),
        ("Standing Order 2019, our Dress Code 2023, the School Admissions Code 2021", ["School Admissions Code 2021"]),
    ],
)  # fmt: skip
def test_laws_without_a_page_are_named_without_the_sentence_around_them(text, names):
    assert list(law_names.names_in(text)) == names


# Lists


def items_of(*texts):
    body = lines([one if isinstance(one, Paragraph) else paragraph(one) for one in texts])
    return lists.items(converter(EXTENSIONS), body)


def automatic(label, text, depth):
    return replace(paragraph(text, depth=depth, item=True), label=label)


def test_a_list_nests_by_the_files_own_levels():
    """The “i.” after “h.” is a letter at its level; one level in it is a Roman figure."""
    letters = [automatic(f"{letter}.", f"item {letter}", 1) for letter in "abcdefghij"]
    assert all(not row.startswith(" ") for row in items_of(*letters).split("\n"))
    inner = [*letters[:8], automatic("i.", "inner", 2), automatic("ii.", "inner too", 2), letters[8]]
    assert [row.startswith("    ") for row in items_of(*inner).split("\n")] == [False] * 8 + [True, True, False]


def test_typed_letters_go_on_past_h():
    assert all(not row.startswith(" ") for row in items_of(*(f"{letter}. item" for letter in "abcdefghij")).split("\n"))
    typed = [*(f"{letter}. item" for letter in "abcdefgh"), "i. inner", "ii. inner too"]
    assert items_of(*typed).split("\n")[-1].startswith("    ")


def test_a_ring_for_a_bullet():
    blocks = [paragraph(text) for text in ("• school cameras", "o on the premises", "o on visits", "Or not.")]
    assert [(block.label, block.text) for block in with_ring_bullets(blocks)][1:] == [
        ("•", "on the premises"),
        ("•", "on visits"),
        ("", "Or not."),
    ]
    assert with_ring_bullets([paragraph("o dear")])[0].label == ""


MARKDOWN = """---
title: Homework policy
status: draft
---

# Homework policy

1. write the date
1. write the title
    1. in ink
    1. underlined
1. hand it in

Again:

1. one
"""


def test_markdown_is_read_as_it_is_shown():
    """Settings are no text; a list that repeats “1.” counts on, within an item from 1 again."""
    paper = readers.read(MARKDOWN.encode(), "homework.md")
    assert [block.text for block in paper.blocks if block.role is Role.RUNNING_LINE] == [
        "title: Homework policy",
        "status: draft",
    ]
    numbers = [label.printed for block in paper.blocks if (label := label_of(block.text)[0]) is not None]
    assert numbers == ["1", "2", "1", "2", "3", "1"]


# More headings than pages


def sections_of(texts):
    body = lines(texts)
    return ids.name(nested(outline(body, scheme(body, "Policy"), "Policy"))).sections


def test_a_paper_of_forty_alike_headings_has_few_pages_and_keeps_every_heading():
    headings = [f"Heading {chr(65 + count // 26)}{chr(97 + count % 26)}" for count in range(40)]
    texts = []
    for count, heading in enumerate(headings):
        texts += [paragraph(heading, heading=1), *[paragraph(WORDS)] * (9 if count == 3 else 1)]
    pages = sections_of(texts)
    assert len(pages) == 25
    shown = [[clause.name or page.title for clause in page.clauses] for page in pages]
    assert [name for page in shown for name in page] == headings  # each once, in the paper's order
    assert ["Heading Ad"] in shown  # a long one keeps its page
    assert pages[0].title == "Heading Aa and Heading Ab"
    assert all(page.borrowed for page in pages if len(page.clauses) > 1)


def test_sections_go_to_the_page_of_their_article():
    texts = [
        paragraph(
            "Memorandum of the school and everybody in it, as it was agreed in the year in which it opened its doors"
        )
    ]
    for article in ("I", "II", "III", "IV"):
        texts.append(paragraph(f"Article {article}: Matter {article}", heading=1))
        for section in range(1, 8):
            texts += [paragraph(f"Section {section}: Point {section}", heading=2), paragraph(WORDS)]
    pages = [page for page in sections_of(texts) if page.label]
    assert [(page.title, page.printed) for page in pages] == [
        (f"Matter {article}", f"Article {article}") for article in ("I", "II", "III", "IV")
    ]
    assert [clause.printed for clause in pages[1].clauses] == [f"Section {section}" for section in range(1, 8)]
    assert [clause.name for clause in pages[1].clauses] == [f"Point {section}" for section in range(1, 8)]


def test_numbered_sections_that_share_a_page_keep_their_numbers():
    texts = []
    for number in range(1, 41):
        texts += [
            paragraph(f"{number}. Matter {number}", heading=1),
            paragraph(f"{number}.1 {WORDS}"),
            paragraph(f"{number}.2 {WORDS}"),
        ]
    pages = sections_of(texts)
    assert len(pages) == 25
    listed = [clause.id for page in pages for clause in page.clauses if clause.id and "." in clause.id]
    assert listed == [f"{number}.{clause}" for number in range(1, 41) for clause in (1, 2)]
    shared = next(page for page in pages if page.shared)
    assert shared.title.startswith("1–2 Matter 1 and Matter 2")
    assert [clause.id for clause in shared.clauses] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


def test_a_few_headings_and_parts_stay_as_they_are():
    few = lines([one for count in range(24) for one in (paragraph(f"Heading {count} a", heading=1), paragraph(WORDS))])
    before = outline(few, scheme(few, "Policy"), "Policy")
    assert nested(before) is before


def test_text_before_the_first_prominent_heading_counts_when_sections_are_chosen():
    texts = [paragraph("Policy", heading=0)]
    for count in range(5):
        texts += [paragraph(f"Matter {count} of ours", heading=2), *[paragraph(WORDS)] * 3]
    texts += [one for count in range(3) for one in (paragraph(f"Form {count} to use", heading=1), paragraph(WORDS))]
    titles_of = [section.title for section in sections_of(texts)]
    assert titles_of == [
        *(f"Matter {count} of ours" for count in range(5)),
        *(f"Form {count} to use" for count in range(3)),
    ]


def test_a_single_heading_over_the_whole_paper_leaves_the_lesser_ones_to_divide_it():
    texts = [
        paragraph("Policy statement", heading=2),
        *[paragraph(WORDS)] * 2,
        paragraph("Examples of bullying", heading=3),
        paragraph(WORDS),
    ]
    assert [section.title for section in sections_of(texts)] == ["Policy statement", "Examples of bullying"]


def test_a_bullet_without_words_and_a_drawn_line_are_not_written():
    body_lines = lines([paragraph("• one"), paragraph("\uf0b7"), paragraph("_" * 60), paragraph("Name: ____________")])
    text = blocks.body(converter(EXTENSIONS), body_lines)
    assert text.replace("\\", "") == "- one\n\nName: ____________"


def test_section_and_dotted_number_are_one_label():
    label, end = label_of("Section 2.3 Proxies")
    assert (label.printed, label.number, "Section 2.3 Proxies"[end:]) == ("Section 2.3", (2, 3), "Proxies")
    assert label_of("Section 2.3 of this policy says so.") == (None, 0)
    texts = [paragraph("Article I: Meetings", heading=1)]
    texts += [paragraph(f"Section 1.{number}. {WORDS}") for number in (1, 2, 3)]
    (page,) = [page for page in sections_of(texts) if page.title == "Meetings"]
    assert [(clause.id, clause.printed) for clause in page.clauses] == [
        (f"1.{number}", f"Section 1.{number}") for number in (1, 2, 3)
    ]
