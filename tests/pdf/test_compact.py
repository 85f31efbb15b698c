"""The PDF made light reads as Typst's own: the same glyphs in the same places, the same tags, bookmarks and links."""

from itertools import chain

import pytest
import typst
from support import pdfs
from support.project import ROOT

from macros.formats import fonts
from macros.pdf.compact import compact, figure


def typeset(text: str) -> bytes:
    """What Typst makes of its own markup."""
    source = f'#set document(title: "Light")\n#set text(font: {fonts.FAMILIES}, lang: "en")\n{text}'.replace("'", '"')
    document = typst.Compiler(source.encode(), root=str(ROOT), font_paths=fonts.fonts()).compile(
        format="pdf", pdf_standards=["ua-1"]
    )
    assert isinstance(document, bytes)
    return document


TEXTS = {
    "paragraphs": "= One\n" + "A paragraph of several lines (with brackets) and a back\\\\slash. " * 12 + "\n\n== Two\n" + "*Bold* and _italic_. " * 30,
    "links": 'See #link("https://example.org/a")[#underline[the *first* of\nour addresses]] and #link(<two>)[two].\n' * 9 + "= Two <two>",
    "lists": "- one\n- two\n  + three\n  + four\n/ Term: what it means",
    "tables": "#table(columns: 2, table.header([A], [B]), [1], [#underline[2]], [3], [4])",
    "pictures": '#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"40\\" height=\\"20\\"><text y=\\"9\\">abc</text><rect width=\\"9\\" height=\\"4\\"/></svg>"), alt: "A")',
    "pages": "= One\n#lorem(900)\n#pagebreak()\n#lorem(100)",
    "no text": "#pagebreak()",
    "many letters": '#text(font: "DejaVu Sans Mono", "' + "".join(map(chr, range(0xC0, 0x250))) + '") #lorem(9)',
}  # fmt: skip


@pytest.fixture(params=TEXTS)
def both(request, tmp_path):
    """A text as Typst writes it, and made light."""
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    before.write_bytes(typeset(TEXTS[request.param]))
    after.write_bytes(compact(before.read_bytes()))
    return before, after


def glyphs(path):
    with pdfs.pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for glyph in page.chars:
                yield page.page_number, *(glyph[name] for name in ("text", "fontname", "non_stroking_color")), glyph


def test_every_glyph_is_in_its_place(both):
    before, after = (list(glyphs(path)) for path in both)
    assert [each[:-1] for each in after] == [each[:-1] for each in before]
    for one, other in zip(before, after, strict=True):
        for side in ("x0", "x1", "top", "bottom"):
            assert other[-1][side] == pytest.approx(one[-1][side], abs=0.02)


def test_lines_and_boxes_are_drawn(both):
    def drawn(path):
        with pdfs.pdfplumber.open(path) as pdf:
            return [
                sorted((round(each["x0"], 1), round(each["top"], 1), round(each["x1"], 1)) for each in page.lines + page.rects)
                for page in pdf.pages
            ]  # fmt: skip

    before, after = map(drawn, both)
    assert [len(page) for page in after] == [len(page) for page in before]
    for one, other in zip(chain(*before), chain(*after), strict=True):
        assert other == pytest.approx(one, abs=0.11)


def test_it_reads_aloud_as_before(both):
    before, after = both
    assert pdfs.read_aloud(after) == pdfs.read_aloud(before)
    assert pdfs.outline(after) == pdfs.outline(before)
    assert pdfs.links(after) == pdfs.links(before)
    tags = [[tag for _, tag, *_ in pdfs.tagged(path) if tag != "Span"] for path in both]
    assert tags[1] == tags[0]


def test_every_tagged_piece_has_its_tag(both):
    """What is marked on a page is in the tree still, and the tree names nothing more than before."""

    def named(path):
        return {(page, mark) for _, _, page, marks in pdfs.tagged(path) for mark in marks}

    before, after = map(named, both)
    assert after <= before
    assert set(pdfs.texts(both[1])) & before <= after


def test_it_is_lighter_and_alike():
    document = typeset(TEXTS["links"] + TEXTS["paragraphs"])
    assert len(compact(document)) < len(document) / 2
    assert compact(document) == compact(document)


@pytest.mark.parametrize(
    ("value", "text"), [(0, b"0"), (-0.001, b"0"), (12.0, b"12"), (100, b"100"), (-3.456, b"-3.46"), (-0.5, b"-0.5")]
)
def test_numbers(value, text):
    assert figure(value) == text
