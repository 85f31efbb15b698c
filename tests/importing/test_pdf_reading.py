"""PDFs as schools make them: figures, weights, sideways words, tables, broken lines, contents lists, notes, charts."""

import pytest
from support.pdf_writer import fill, lines, page, pdf, rule, text
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


# Notes


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
