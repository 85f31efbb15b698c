"""PDFs as schools make them: figures, weights, sideways words, tables, broken lines, contents lists, notes, charts."""

import pytest
from support.pdf_writer import box, fill, lines, page, pdf, rule, text
from support.project import DAY, EXTENSIONS

from macros.importing import readers
from macros.importing.document import Paragraph, Role, Table
from macros.importing.metadata.law_names import Laws
from macros.importing.pipeline import run
from macros.importing.readers.pdf.weights import Strokes, bold_fonts
from macros.importing.readers.pdf.words import FontStyle, Word

SENTENCE = "Everybody at school reads these words, and the ones below them, once every year."


def read(*pages):
    return readers.read(pdf(*pages), "paper.pdf")


def texts(paper, role=Role.BODY):
    return [block.text for block in paper.blocks if isinstance(block, Paragraph) and block.role is role]


def imported(*pages, title=""):
    return run(
        read(*pages), lambda _: None, file_name="paper.pdf", title=title, school="Hill School", laws=Laws(ids={}, titles={}), today=DAY,
        extensions=EXTENSIONS,
    )  # fmt: skip


def headings(result):
    return [section.title for section in result.outline.sections]


# Characters


@pytest.mark.parametrize(
    "words", ["Adopted on 11 February 2011.", "Call 0117 111 1111.", "From 4 to 11 years, 1.11 and 11.1."]
)
def test_figures_are_parted_by_spaces_only(words):
    """Two figures 1 have much white between them."""
    assert texts(read(page(text(50, 700, words)))) == [words]


def test_figures_in_columns_are_parted():
    assert texts(read(page(text(50, 700, "Form"), text(120, 700, "12"), text(160, 700, "15")))) == ["Form\t12\t15"]


def test_print_to_pdf_says_nothing_of_weights():
    paper = read(page(lines(50, 700, SENTENCE, SENTENCE, font="unnamed")))
    assert not any(span.bold for block in paper.blocks for span in block.spans)


def test_a_font_without_a_weight_is_bold_by_its_strokes():
    words = [Word(text=f, x0=0, x1=9, y=0, size=10, font=f) for f in ("f1", "f1", "f2", "f3")]
    strokes = Strokes()
    for font, width in (("f1", 0.9), ("f2", 1.25), ("f3", 0.92)):
        for _ in range(3):
            strokes.add(FontStyle(size=10, font=font), "l", width)
    assert bold_fonts(words, strokes) == {("f2", 0)}


@pytest.mark.parametrize(
    ("weights", "bold"), [((400, 700), {700}), ((700, 700), {700}), ((700, 750), {700}), ((600, 400), set())]
)
def test_weights_are_compared_with_the_commonest(weights, bold):
    usual, other = weights
    words = [
        Word(text="plain words", x0=0, x1=9, y=0, size=10, weight=usual),
        Word(text="few", x0=0, x1=9, y=0, size=10, weight=other),
    ]
    assert {weight for _, weight in bold_fonts(words, Strokes())} == (bold if usual == 400 else set())


# Sideways


def grid(xs, ys):
    return [*(rule(x, ys[0], x, ys[-1]) for x in xs), *(rule(xs[0], y, xs[-1], y) for y in ys)]


def test_sideways_heads_of_a_table_are_its_heads():
    paper = read(
        page(
            text(50, 760, SENTENCE),
            *grid((50, 250, 290, 330), (700, 600, 580)),
            text(60, 650, "Action"), text(275, 605, "Acceptable", angle=90), text(315, 605, "Refer to head", angle=90),
            text(60, 586, "Sharing files"), text(265, 586, "X"),
        )
    )  # fmt: skip
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    rows = [[" ".join(paragraph.text for paragraph in cell) for cell in row] for row in table.rows]
    assert rows == [["Action", "Acceptable", "Refer to head"], ["Sharing files", "X", ""]]
    assert not texts(paper, Role.MARK)


def test_a_page_on_its_side_is_turned():
    rows = [SENTENCE, "And they go on.", "Nobody needs to ask."]
    paper = read(page(*(text(100 + 14 * at, 100, row, angle=90) for at, row in enumerate(rows))))
    assert " ".join(texts(paper)).split() == " ".join(rows).split()


def test_a_watermark_stays_one():
    paper = read(page(lines(50, 700, SENTENCE, SENTENCE), text(200, 300, "DRAFT", size=60, angle=45)))
    assert texts(paper, Role.MARK) == ["DRAFT"]


# Tables


def test_borders_drawn_piece_by_piece_make_a_table():
    """Writer draws the border of each cell, and the pieces leave gaps."""
    down = [rule(x, y, x, y - 38) for x in (50, 150, 500) for y in (700, 660)]
    across = [rule(x, y, end, y) for y in (700, 660, 622) for x, end in ((50, 149), (150, 500))]
    words = [
        text(60, 680, "Topic"),
        text(160, 680, "What pupils know"),
        text(60, 640, "Families"),
        text(160, 640, "Care for others"),
    ]
    (table,) = [block for block in read(page(*down, *across, *words)).blocks if isinstance(block, Table)]
    assert len(table.rows) == 2


def test_cells_told_apart_by_colour_make_a_table():
    """No line is drawn: a head of three dark cells over rows of which every second is tinted."""
    xs = (50, 200, 350, 500)
    cells = [fill(x, y, 148, 28, 0.8) for y in (700, 640) for x in xs[:3]]
    words = [
        text(x + 5, y + 10, word)
        for y, row in ((700, ("Act", "Who sees it", "What follows")), (670, ("Late", "Tutor", "A talk")), (640, ("Rude", "Head", "A letter")))
        for x, word in zip(xs, row, strict=False)
    ]  # fmt: skip
    (table,) = [block for block in read(page(*cells, *words)).blocks if isinstance(block, Table)]
    rows = [[" ".join(paragraph.text for paragraph in cell) for cell in row] for row in table.rows]
    assert rows == [["Act", "Who sees it", "What follows"], ["Late", "Tutor", "A talk"], ["Rude", "Head", "A letter"]]


def cells(paper):
    return [
        [" ".join(paragraph.text for paragraph in cell) for cell in row]
        for block in paper.blocks if isinstance(block, Table) for row in block.rows
    ]  # fmt: skip


ROLES = (
    text(50, 760, "3. Roles", font="bold"), text(50, 740, SENTENCE),
    text(50, 700, "Role"), text(200, 700, "Responsibilities"),
    lines(50, 670, "Designated", "safeguarding lead", font="bold"), text(200, 663, "Sees that all staff know the signs."),
    text(50, 620, "Head of school", font="bold"), lines(200, 627, "Is told of every concern on the day, and", "writes to parents."),
    text(50, 570, SENTENCE),
)  # fmt: skip


def test_a_table_without_lines_is_one():
    """Browsers and online editors print tables so: cells in the middle of their rows, and nothing drawn."""
    paper = read(page(*ROLES))
    assert cells(paper) == [
        ["Role", "Responsibilities"],
        ["Designated safeguarding lead", "Sees that all staff know the signs."],
        ["Head of school", "Is told of every concern on the day, and writes to parents."],
    ]
    assert texts(paper) == ["3. Roles", SENTENCE, SENTENCE]


def test_a_table_without_lines_may_leave_cells_empty():
    paper = read(
        page(
            *(text(50, y, word) for y, word in ((700, "Area"), (670, "Budget"), (640, "Orders"))),
            *(text(180, y, word) for y, word in ((700, "Type"), (670, "For a year"), (640, "Small"), (610, "Large"))),
            *(text(320, y, word) for y, word in ((700, "Who decides"), (670, "Governors"), (640, "Head"), (610, "Governors"))),
        )
    )  # fmt: skip
    assert cells(paper)[1:] == [
        ["Budget", "For a year", "Governors"],
        ["Orders", "Small", "Head"],
        ["", "Large", "Governors"],
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("1.1", "The head decides on this."),
            ("1.2", "The governors decide on that."),
            ("1.3", "Nobody decides on it."),
        ],
        [("•", "pens, and what is written with"), ("•", "paper"), ("•", "rulers and all else that is long")],
        [("Introduction", "Page 3"), ("Who decides on what", "Page 4"), ("How we tell you", "Page 6")],
        [("Name:", "Hill School"), ("Place:", "On the hill"), ("Head:", "The head of school")],
        [("Signed ______", "Date ______"), ("Head ______", "Date ______"), ("Chair ______", "Date ______")],
    ],
)
def test_lists_contents_and_forms_are_no_tables(rows):
    drawn = [
        text(x, 700 - 30 * at, word) for at, row in enumerate(rows) for x, word in zip((50, 200), row, strict=True)
    ]
    assert cells(read(page(text(50, 740, SENTENCE), *drawn))) == []


def test_bold_words_run_over_the_end_of_a_line():
    paper = read(
        page(
            text(50, 700, "Bring what is left to the office, since it must"), text(261, 700, "never go into the bin", font="bold"),
            text(50, 686, "or the sink.", font="bold"), text(50, 660, SENTENCE),
        )
    )  # fmt: skip
    assert len(texts(paper)) == 2
    assert texts(paper)[0].endswith("into the bin or the sink.")


def test_headings_by_their_place_alone():
    """In a paper typed in one size, short lines at the margin with text below them; not those of its lists."""
    rows = []
    for at, title in enumerate(("Meetings", "Letters home", "What to do when late")):
        y = 760 - 150 * at
        rows += [
            text(50, y, title),
            lines(50, y - 30, SENTENCE, SENTENCE),
            text(90, y - 70, "Written words"),
            text(90, y - 90, SENTENCE),
        ]
    result = imported(page(text(50, 800, "MEETINGS POLICY"), *rows), title="Meetings policy")
    assert headings(result) == ["Meetings", "Letters home", "What to do when late"]
    assert any("guessed by the place" in reason.text for reason in result.verdict.reasons)


def test_lines_to_be_filled_in_head_nothing():
    result = imported(
        page(text(50, 800, "Trips policy", size=20), *(part for at, title in enumerate(("Aims", "Costs", "Consent"))
             for part in (text(50, 760 - 80 * at, title, font="bold", size=14), lines(50, 730 - 80 * at, SENTENCE, SENTENCE))),
             text(50, 500, "Parent’s signature ______ Date ______", font="bold"), lines(50, 470, SENTENCE, SENTENCE))
    )  # fmt: skip
    assert headings(result) == ["Aims", "Costs", "Consent"]
    assert not [
        clause.name for section in result.outline.sections for clause in section.clauses if "signature" in clause.name
    ]


def test_a_form_in_a_pdf_is_to_be_read():
    fields = [
        text(50, 600 - 30 * at, f"{name} ____________") for at, name in enumerate(("Name", "Address", "Class", "Date"))
    ]
    result = imported(page(text(50, 760, "Trips policy", size=20), lines(50, 720, SENTENCE, SENTENCE), *fields))
    assert any(reason.text == "4 lines to be filled in, as in a form" for reason in result.verdict.reasons)


def test_a_line_like_all_headings_is_no_title():
    parts = [
        part for at, title in enumerate(("Important contacts", "Aims", "Who does what", "When we meet", "Review"))
        for part in (text(50, 700 - 100 * at, title, font="bold", size=16), lines(50, 670 - 100 * at, SENTENCE, SENTENCE))
    ]  # fmt: skip
    cover = lines(50, 800, "Hill Primary School", "First Aid Policy for Visits", font="bold")
    assert imported(page(cover, *parts)).outline.title == "First Aid Policy for Visits"


def test_stripes_behind_running_text_are_no_table():
    stripes = [fill(x, 700 - 14 * at, 230, 13) for at in range(3) for x in (45, 280)]
    paper = read(page(*stripes, lines(50, 703, *[SENTENCE] * 3)))
    assert not [block for block in paper.blocks if isinstance(block, Table)]


# Charts


def chart(*, top=700):
    """Boxes of words below each other, two side by side, with lines between them."""
    boxes = {(200, top): "A concern is raised", (200, top - 80): "Is a child in danger?", (60, top - 160): "Call the police", (340, top - 160): "Tell the lead"}  # fmt: skip
    drawn = [box(x, y, 180, 40) + "\n" + text(x + 10, y + 16, words) for (x, y), words in boxes.items()]
    arrows = [rule(290, top, 290, top - 40), rule(200, top - 60, 150, top - 120), rule(380, top - 60, 430, top - 120), rule(290, top + 70, 290, top + 40)]  # fmt: skip
    return [*drawn, *arrows, text(140, top - 90, "Yes"), text(420, top - 90, "No")]


def test_a_flow_chart_is_unplaced_and_shown_as_a_picture():
    sentences = lines(50, 820, SENTENCE, SENTENCE)
    result = imported(page(sentences, *chart()), page(lines(50, 780, SENTENCE, SENTENCE)), title="Fire policy")
    paper = read(page(sentences, *chart()))
    assert texts(paper, Role.LOOSE) == [
        "A concern is raised",
        "Is a child in danger?",
        "Call the police",
        "Tell the lead",
        "Yes\tNo".replace("\t", " "),
    ]
    assert texts(paper)[0] == f"{SENTENCE} {SENTENCE}"
    assert list(result.pictures) == ["chart-page-1.png"]
    assert result.pictures["chart-page-1.png"].startswith(b"\x89PNG")
    written = "".join(text for name, text in result.files.items() if name != "index.md")
    assert "](chart-page-1.png)" in written
    assert "Call the police" in result.files["index.md"].partition("## Unplaced")[2]
    assert any("a flow chart on page 1" in remark for remark in result.remarks)
    assert result.audit.complete


def test_boxes_of_a_table_are_no_chart():
    cells = [
        box(50 + 150 * x, 600 + 40 * y, 150, 40) + "\n" + text(60 + 150 * x, 610 + 40 * y, f"Cell {x}{y}")
        for x in range(3)
        for y in range(3)
    ]
    paper = read(page(*cells))
    assert not texts(paper, Role.LOOSE)
    assert [len(block.rows) for block in paper.blocks if isinstance(block, Table)] == [3]


# Margins


def test_a_foot_of_one_page_lands_in_no_sentence():
    first = page(lines(50, 700, SENTENCE, SENTENCE, "It is read by everybody who works here, and by those who", leading=14),
                 text(50, 30, "Made by the office on a day of May", size=8))  # fmt: skip
    second = page(lines(50, 780, "visit often. Nobody is alone.", SENTENCE), text(50, 60, "It ends here."))
    paper = read(first, second)
    assert texts(paper, Role.RUNNING_LINE) == ["Made by the office on a day of May"]
    assert any("by those who visit often" in block for block in texts(paper))


def test_printed_comments_are_told_apart():
    paper = read(page(lines(50, 780, "Everybody reads these words, all of them,", "once a year."), lines(420, 780, "Commented [AB1]: Is this so?", "Ask.", size=8)))  # fmt: skip
    assert texts(paper, Role.COMMENT) == ["Commented [AB1]: Is this so? Ask."]
    assert texts(paper) == ["Everybody reads these words, all of them, once a year."]
    assert "1 comment printed in the margin: left out" in paper.remarks


# Sentences


@pytest.mark.parametrize(
    ("rows", "paragraphs"),
    [
        (("A meeting may be called at any time by the", "Chair."), 1),
        (("A meeting may be called at any time, by post,", "or by telephone."), 1),
        (("Pupils come to school in:", "a white shirt"), 2),
        (("All visitors sign in.", "Nobody is alone."), 2),
        (("The forms are kept for as long as (see", "9.2 above) is needed."), 1),
    ],
)  # fmt: skip
def test_short_lines_break_no_sentence(rows, paragraphs):
    """A line that ends without a stop before one that begins small is one sentence, however much room was left."""
    wide = f"{SENTENCE} It is long."
    paper = read(page(text(50, 700, wide), lines(50, 660, *rows)))
    assert len(texts(paper)) == 1 + paragraphs


def test_a_line_of_two_sizes_breaks_no_sentence():
    small = text(50, 686, "The rules for it are in another paper, and we follow them for each pupil who", size=9.9)
    ends = [text(387, 686, "is away,"), text(50, 672, "who does not come.")]
    paper = read(page(lines(50, 700, f"{SENTENCE} It is long."), small, *ends))
    assert texts(paper)[-1].endswith("who is away, who does not come.")


def test_a_sentence_in_widely_set_lines_is_one():
    rows = [
        "I would like you to talk about this with your child, and we shall be glad to",
        "help where we can.",
        "Please sign below.",
    ]
    paper = read(page(lines(50, 780, *[SENTENCE] * 4), lines(50, 600, *rows, leading=25)))
    assert texts(paper)[-2:] == [f"{rows[0]} {rows[1]}", rows[2]]


@pytest.mark.parametrize(
    ("rows", "paragraphs"),
    [
        (("Policy for the Management", "of Visits", "and Camps"), ["Policy for the Management of Visits and Camps"]),
        (("Hill School", "Fire Policy"), ["Hill School", "Fire Policy"]),
        (("Adopted: May 2022", "Next review: May 2024"), ["Adopted: May 2022", "Next review: May 2024"]),
    ],
)
def test_the_lines_of_a_title_are_one(rows, paragraphs):
    paper = read(page(lines(50, 780, *rows, size=20, font="bold", leading=24), lines(50, 600, *[SENTENCE] * 6)))
    assert texts(paper)[: len(paragraphs)] == paragraphs


# Notes


def test_a_note_of_two_paragraphs_is_one():
    words = [
        text(50, 80, "1", size=6),
        text(55, 76, "A note of some words about it.", size=9),
        text(50, 50, "More of it.", size=9),
    ]
    paper = read(
        page(lines(50, 700, SENTENCE), text(50, 670, "Schools have a duty"), text(152, 674, "1", size=6), *words)
    )
    assert texts(paper, Role.NOTE) == ["¹ A note of some words about it. More of it."]


def test_notes_as_large_as_the_text_come_after_the_paragraph_that_holds_their_mark():
    paper = read(
        page(
            lines(50, 700, SENTENCE), text(50, 670, "Schools have a duty"), text(152, 674, "1", size=6), text(158, 670, "to act."),
            text(50, 640, "Nobody is alone."),
            text(50, 80, "1", size=6), text(55, 76, "A note of some words about it."),
        )
    )  # fmt: skip
    bodies = [block.text for block in paper.blocks]
    assert bodies[1].startswith("Schools have a duty¹")
    assert bodies[2] == "¹ A note of some words about it."


# Contents lists


TITLES = ("Aims", "Who does what", "Training", "Complaints")


def text_of_titles(y=600):
    drawn = []
    for number, title in enumerate(TITLES, 1):
        drawn += [
            text(50, y, f"{number}. {title}", font="bold", size=13),
            lines(50, y - 24, SENTENCE, SENTENCE, SENTENCE),
        ]
        y -= 90
    return drawn


@pytest.mark.parametrize(
    "entries",
    [
        [lines(50, 760, "Contents", *(f"{n}. {title}" for n, title in enumerate(TITLES, 1)))],
        [lines(50, 760, *(f"{n}. {title}" for n, title in enumerate(TITLES, 1)))],
        [lines(50, 760, "Contents: 1. Aims", *(f"{n}. {title}" for n, title in enumerate(TITLES[1:], 2)))],
        [lines(50, 760, *(f"{n}. {title}   {n + 2}" for n, title in enumerate(TITLES, 1)))],
        [lines(50, 760, "1. Aims", "2. Who does what"), lines(300, 760, "3. Training", "4. Complaints")],
    ],
    ids=["under its name", "without a name", "on one line with its name", "with pages", "in columns"],
)
def test_a_contents_list_is_no_text(entries):
    result = imported(
        page(text(50, 800, "Fire policy", size=20, font="bold"), *entries, *text_of_titles()), title="Fire policy"
    )
    assert headings(result) == list(TITLES)
    assert all(clause.lines for section in result.outline.sections for clause in section.clauses)
    assert result.audit.complete


# Sections


def numbered(*titles, y=760, font="bold", between=()):
    """A paper of numbered headings with a sentence below each."""
    drawn = []
    for title in titles:
        drawn += [text(50, y, title, font=font, size=12), lines(50, y - 18, SENTENCE)]
        y -= 55
    return page(*drawn, *between)


def test_a_heading_may_end_in_a_stop_where_its_number_fits():
    result = imported(numbered("1. Aims", "2. Who does what.", "3. Training", "4. Complaints:"), title="Fire policy")
    assert [section.number for section in result.outline.sections] == ["1", "2", "3", "4"]


def test_a_schedule_within_the_numbers_attaches_nothing():
    titles = ["1. Aims", "2. Who does what", "Schedule 1 of offences", "3. Training", "4. Complaints"]
    result = imported(numbered(*titles), title="Fire policy")
    assert [section.number for section in result.outline.sections] == ["1", "2", "3", "4"]


def test_a_list_of_appendices_attaches_nothing():
    names = lines(50, 300, "Appendix 1 – A form", "Appendix 2 – A letter", "Appendix 3 – A leaflet", leading=24)
    result = imported(numbered("1. Aims", "2. Who does what", between=[names]), title="Fire policy")
    assert not any(section.attached for section in result.outline.sections)


def test_facts_of_the_cover_head_no_section():
    cover = [
        text(50, 800, "Fire policy", size=20, font="bold"),
        lines(50, 770, "DATE OF ADOPTION: May 2022", "TO BE REVIEWED BY: Governors", size=14),
    ]
    result = imported(numbered("Aims", "Who does what", "Training", y=700, between=cover), title="Fire policy")
    assert headings(result) == ["Aims", "Who does what", "Training"]


def test_text_before_the_first_heading_is_an_introduction():
    opening = lines(50, 800, SENTENCE, SENTENCE)
    result = imported(numbered("Aims", "Who does what", "Training", y=700, between=[opening]), title="Fire policy")
    assert headings(result) == ["Introduction", "Aims", "Who does what", "Training"]
    assert SENTENCE not in result.files["index.md"]
    assert result.audit.complete


def test_headings_without_a_number_among_numbered_ones_are_within_them():
    result = imported(
        numbered("1. Aims", "2. Who does what", "The head", "3. Training", "4. Review"), title="Fire policy"
    )
    assert headings(result) == ["Aims", "Who does what", "Training", "Review"]
    assert [clause.name for clause in result.outline.sections[1].clauses] == ["", "The head"]


def test_addresses_and_fields_of_forms_head_nothing():
    titles = ["Aims", "Who does what", "Telephone 01626 353 911", "Mail office@hill.example", "Training"]
    form = lines(50, 300, "Your name:", "Your address:", "Date:", font="bold", leading=30)
    result = imported(numbered(*titles, between=[form]), title="Fire policy")
    assert headings(result) == ["Aims", "Who does what", "Training"]
    assert not any(clause.name for section in result.outline.sections for clause in section.clauses)


def test_numbered_headings_inside_an_appendix_are_within_it():
    titles = ["1. Aims", "2. Who does what", "Appendix 1: A list of questions", "1. Before", "2. After"]
    result = imported(numbered(*titles), title="Fire policy")
    assert [section.title for section in result.outline.sections] == ["Aims", "Who does what", "A list of questions"]
    assert [clause.name for clause in result.outline.sections[2].clauses if clause.name] == ["Before", "After"]


def test_a_list_in_large_type_heads_nothing():
    rules = lines(50, 300, "1. Raise your hand", "2. Listen", "3. Walk", "4. Tidy up", size=16, leading=40)
    result = imported(numbered("Aims", "Who does what", "Training", between=[rules]), title="Fire policy")
    assert headings(result) == ["Aims", "Who does what", "Training"]


def test_a_table_before_the_first_heading_is_text():
    words = [
        text(x, y, f"{word} of the school and of its pupils in every year")
        for y in (760, 730, 700)
        for x, word in ((55, "Name"), (300, "Place"))
    ]
    result = imported(
        numbered(
            "Aims", "Who does what", "Training", y=640, between=[*grid((50, 290, 560), (775, 745, 715, 690)), *words]
        ),
        title="Fire policy",
    )
    assert headings(result)[0] == "Introduction"
    assert "| Name" not in result.files["index.md"]
