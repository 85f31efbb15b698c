"""The readers: labels and Word's numbers one by one, hostile files refused, random policies whole, damaged files survived."""

import json
import random
import re
import subprocess
import sys
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.project import DAY, EXTENSIONS, ROOT

from macros import checks, project
from macros.assembly.assemble import build
from macros.authoring import pages as authored_pages
from macros.formats.markdown import converter
from macros.importing import install, readers
from macros.importing.document import Paper, Paragraph, Role, Span, UnreadableFile
from macros.importing.labels import label_of
from macros.importing.metadata.dates import cycle_in, date_in
from macros.importing.metadata.law_names import Laws
from macros.importing.metadata.titles import find_title
from macros.importing.pipeline import run
from macros.importing.readers import sandbox
from macros.importing.readers.symbols import with_plain_characters
from macros.importing.readers.word.numbering import Level, WordNumbers, figure
from macros.importing.structure.lines import lines
from macros.importing.writing.inline import inline, shows

PAPERS = ROOT / "tests" / "importing" / "papers"


@pytest.mark.parametrize(
    ("text", "printed", "rest"),
    [
        ("1.2.3 Staff must", "1.2.3", "Staff must"), ("1.2.3\N{NO-BREAK SPACE}Staff", "1.2.3", "Staff"), ("1.1Introduction", "1.1", "Introduction"),
        ("2.10.\tScope", "2.10", "Scope"), ("Section 2: Scope", "Section 2", "Scope"), ("Section 2 Safer practice", "Section 2", "Safer practice"),
        ("1) First", "1", "First"), ("12. Last", "12", "Last"), ("(a) one", "(a)", "one"), ("iv. four", "iv.", "four"), ("4(b)(ii) Sub", "4(b)(ii)", "Sub"),
        ("Appendix A – Forms", "Appendix A", "Forms"), ("- > Support", "•", "Support"), ("·  Prevent", "•", "Prevent"), ("A1.2 Aims", "A1.2", "Aims"),
        ("3 Training", "3", "Training"), ("o\tRing", "•", "Ring"), ("ü\tTick", "•", "Tick"), ("§  Square", "•", "Square"),
    ],
)  # fmt: skip
def test_labels_are_read(text, printed, rest):
    label, end = label_of(text)
    assert (label.printed, text[end:]) == (printed, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Section 175 of the Education Act 2002 requires it.", "12 March 2021", "2.5 million people", "9.30 am is late", "45p a mile", "12 weeks after starting",
        "Part of the plan", "e.g. this", "A4 paper", "1.5%", "2021 was the year", "I think so", "-5 degrees",
        "□ Yes  □ No", "§ 12 applies",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_label(text):
    assert label_of(text)[0] is None


@pytest.mark.parametrize(
    ("count", "form", "numeral"),
    [
        (4, "lowerRoman", "iv"),
        (28, "lowerLetter", "bb"),
        (3, "decimalZero", "03"),
        (22, "ordinal", "22nd"),
        (9, "upperRoman", "IX"),
    ],
)
def test_figures(count, form, numeral):
    assert figure(count, form) == numeral


def test_words_numbers_count_as_word_does():
    levels = {
        0: Level(text="%1."),
        1: Level(text="%1.%2"),
        2: Level(form="lowerLetter", text="(%3)"),
        3: Level(text="%1.%2.%4", legal=True),
    }
    numbers = WordNumbers(levels={"1": levels, "2": levels}, abstract={"1": "a", "2": "a"}, starts={("2", 0): 7})
    seen = [numbers.label("1", depth) for depth in (0, 1, 1, 2, 2, 1, 2, 0, 1)]
    assert seen == ["1.", "1.1", "1.2", "(a)", "(b)", "1.3", "(a)", "2.", "2.1"]
    assert [numbers.label("2", 0), numbers.label("2", 0), numbers.label("1", 0)] == [
        "7.",
        "8.",
        "9.",
    ]  # one count, begun anew
    assert numbers.label("3", 0) == ""


def numbered_texts(blocks):
    """Each paragraph of the body on its first line, with the number that the word processor gave it; bullets left out."""
    for block in blocks:
        for paragraph in [block] if isinstance(block, Paragraph) else block.paragraphs:
            label = paragraph.label if re.search(r"\w", paragraph.label) else ""
            if paragraph.text.strip() and paragraph.role in (Role.BODY, Role.CONTENTS):
                yield label, " ".join(f"{label} {paragraph.text.strip().splitlines()[0]}".split())


PRINTED = json.loads((ROOT / "tests" / "importing" / "numbers" / "printed.json").read_text(encoding="utf-8"))


def test_numbers_are_those_that_libreoffice_prints():
    """Sixty lists of every form, counted up and down, a sub-level first, two lists on one count."""
    path = ROOT / "tests" / "importing" / "numbers" / "lists.docx"
    blocks = readers.read(path.read_bytes(), path.name).blocks
    assert [text for _, text in numbered_texts(blocks)] == PRINTED["lists.docx"]


@pytest.mark.parametrize("name", [name for name in PRINTED if (PAPERS / name).exists()])
def test_numbers_of_papers_are_those_that_libreoffice_prints(name):
    blocks = readers.read((PAPERS / name).read_bytes(), name).blocks
    numbered = [text for label, text in numbered_texts(blocks) if label]
    assert [text for text in numbered if text not in PRINTED[name]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12th May 2021", "2021-05-12"), ("05/02/24", "2024-02-05"), ("Sept 2023", "2023-09"), ("31.12.2020", "2020-12-31"), ("2019", "2019"), ("32/13/2020", None), ("soon", None)],
)  # fmt: skip
def test_dates(text, expected):
    assert str(date_in(text) or "") == (expected or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("annually", "1 year"), ("every two years", "2 years"), ("3 yearly", "3 years"), ("18 months", "18 months"), ("Biennial", "2 years"), ("bi-annual", None), ("as needed", None)],
)  # fmt: skip
def test_cycles(text, expected):
    assert cycle_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A tick \uf0fc, a box \uf06f, none \uf0aa", "A tick ✓, a box □, none □"), ("Zero\ufeffwidth", "Zerowidth"),
        ("the school\x92s", "the school’s"), ("\uf0b7\tA bullet \uf0e0 there", "\uf0b7\tA bullet → there"),
    ],
)  # fmt: skip
def test_characters_that_no_other_font_has(text, expected):
    paper = Paper(blocks=(Paragraph(spans=(Span(text[:4], bold=True), Span(text[4:])), place="paragraph 1"),))
    assert with_plain_characters(paper).blocks[0].text == expected


@pytest.mark.parametrize(
    ("first", "size", "second", "title"),
    [
        ("Westbrook County Council", 20, "Model Capability Policy", "Model Capability Policy"),
        ("Managing Attendance", 16, "Policy and Procedure", "Managing Attendance Policy and Procedure"),
        ("Guidance for a Trust", 20, "Statement of Purpose and Policy", "Guidance for a Trust"),
    ],
)
def test_titles_of_two_lines(first, size, second, title):
    paragraph = "<w:p><w:r><w:rPr><w:b/><w:sz w:val='{}'/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    text = "<w:p><w:r><w:rPr><w:sz w:val='22'/></w:rPr><w:t>Everybody reads this paper once a year.</w:t></w:r></w:p>"
    paper = readers.read(word(paragraph.format(size * 2, first) + paragraph.format(32, second) + text * 3), "x.docx")
    assert find_title(lines(paper.blocks), {}, "", "x.docx").text == title


# Hostile files


def archive(parts, **options):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


def word(body="", extra=None, types=""):
    with zipfile.ZipFile(PAPERS / "gifts.docx") as real:
        parts = {name: real.read(name) for name in real.namelist()}
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts["word/document.xml"] = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    return archive(parts | (extra or {}))


def odt(content):
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def scan():
    """A page that is a picture."""
    import pypdfium2
    from pypdfium2.raw import FPDFBitmap_BGR

    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(document)
    bitmap = pypdfium2.PdfBitmap.new_native(600, 800, FPDFBitmap_BGR)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


NESTED = 10_000
HOSTILE = {
    "bomb.docx": (lambda: word("<w:p/>", {"word/media/x.xml": "0" * 80_000_000}), "unpacks to far more"),
    "entities.docx": (lambda: word(extra={"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "entities"),
    "outside.odt": (lambda: odt('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'), "entities"),
    "deep.docx": (lambda: word("<w:sdt><w:sdtContent>" * NESTED + "</w:sdtContent></w:sdt>" * NESTED), "damaged|deeply"),
    "deep.odt": (lambda: odt("<a>" * NESTED + "</a>" * NESTED), "deeply"),
    "deep.html": (lambda: b"<html>" + b"<div>" * NESTED + b"words" + b"</div>" * NESTED, "deeply"),
    "path.docx": (lambda: word("<w:p/>", {"../../escape.xml": "<x/>"}), "outside"),
    "macros.docm": (lambda: word("<w:p/>", {"word/vbaProject.bin": b"x"}), "macros"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word format"),
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "rich.rtf": (lambda: b"{\\rtf1 words}", "Rich Text"),
    "picture.pdf": (lambda: b"\x89PNG\r\n\x1a\n", "picture"),
    "cut.docx": (lambda: (PAPERS / "gifts.docx").read_bytes()[:9_000], "damaged"),
    "cut.pdf": (lambda: b"%PDF-1.7\nnothing", "damaged"),
    "empty.txt": (lambda: b" \n", "empty"),
    "nothing.txt": (lambda: b"--- *** ---", "No words"),
    "bytes.txt": (lambda: b"PO\0\x01\x02" * 50, "not a text file|not read"),
    "sheet.xlsx": (lambda: archive({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "not a Word or OpenDocument"),
    "scan.pdf": (scan, "scan"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_plain_words(tmp_path, name):
    make, message = HOSTILE[name]
    (tmp_path / name).write_bytes(make())
    with pytest.raises(UnreadableFile, match=message):
        readers.read(readers.load(tmp_path / name), name)


def form():
    """A PDF that prints a line and holds a field, a program and an attached file."""
    stream = b"BT /F1 12 Tf 72 700 Td (Some words of a policy.) Tj ET"
    names = b"<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert(1))>>]>>/EmbeddedFiles<</Names[(x.txt)7 0 R]>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>/Names %s>>" % names,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Jo)/Rect[72 600 200 620]>>",
        b"<</Type/Filespec/F(x.txt)/EF<</F 8 0 R>>>>",
        b"<</Type/EmbeddedFile/Length 2>>stream\nhi\nendstream",
    ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("name", "data", "remarks"),
    [
        ("form.pdf", form(), ["attached file", "programs", "form"]),
        ("page.html", b'<p>Words.<b style="display: none">Hidden.</b></p><p hidden>More.</p><script>x()</script>', ["2 stretches of hidden text"]),
    ],
)  # fmt: skip
def test_what_no_page_prints_is_told(name, data, remarks):
    paper = readers.read(data, name)
    assert len(paper.remarks) == len(remarks)
    for remark, words in zip(paper.remarks, remarks, strict=True):
        assert words in remark


def test_a_text_of_brackets_is_read_in_one_go():
    with pytest.raises(UnreadableFile, match="No words"):
        readers.read(b"[" * 200_000, "brackets.md")


def first_words(paper, tell):
    tell("counting")
    return paper.blocks[0].text


def dies(paper, tell):
    import os

    os._exit(1)


def hangs(paper, tell):
    while True:
        pass


def talks_for_ever(paper, tell):
    while True:
        tell("still reading")
        time.sleep(0.1)


def swells(paper, tell):
    return len(bytearray(sandbox.MEMORY))


def test_a_file_costs_one_process_at_most(tmp_path, monkeypatch):
    path = tmp_path / "x.txt"
    path.write_text("Words.", encoding="utf-8")
    heard = []
    assert sandbox.read_in_sandbox(path, first_words, heard.append) == "Words."
    assert heard == ["counting"]
    with pytest.raises(UnreadableFile, match="opened"):
        sandbox.read_in_sandbox(tmp_path / "missing.txt", first_words, heard.append)
    with pytest.raises(UnreadableFile, match="fail"):
        sandbox.read_in_sandbox(path, dies, heard.append)
    with pytest.raises(UnreadableFile, match="memory"):
        sandbox.read_in_sandbox(path, swells, heard.append)
    monkeypatch.setattr(sandbox, "LONGEST", 2)
    for endless in (hangs, talks_for_ever):
        with pytest.raises(UnreadableFile, match="too long"):
            sandbox.read_in_sandbox(path, endless, heard.append)


# Random policies

WORD = st.sampled_from(
    [
        "staff",
        "pupils",
        "must",
        "may",
        "school",
        "record",
        "office",
        "parent",
        "term",
        "policy",
        "safe",
        "check",
        "never",
        "always",
        "report",
    ]
)
SENTENCE = st.lists(WORD, min_size=14, max_size=30).map(lambda sampled: " ".join(sampled).capitalize() + ".")
TITLE = st.lists(WORD, min_size=1, max_size=3).map(lambda sampled: " ".join(sampled).capitalize())
POLICY = st.lists(st.tuples(TITLE, st.lists(SENTENCE, min_size=1, max_size=4)), min_size=2, max_size=5)


def as_word(policy, automatic):
    sys.path.insert(0, str(PAPERS))
    from docx import Document
    from make import numbered, numbering

    document = Document()
    ids = numbering(document, "legal")
    document.add_paragraph("Random Policy", style="Title")
    for at, (title, clauses) in enumerate(policy, 1):
        heading = document.add_heading(title if automatic else f"{at}. {title}", 1)
        if automatic:
            numbered(heading, ids["legal"], 0)
        for inner, clause in enumerate(clauses, 1):
            paragraph = document.add_paragraph(clause if automatic else f"{at}.{inner} {clause}")
            if automatic:
                numbered(paragraph, ids["legal"], 1)
    out = BytesIO()
    document.save(out)
    return out.getvalue(), "x.docx"


def as_text(policy):
    rows = ["Random Policy", ""]
    for at, (title, clauses) in enumerate(policy, 1):
        rows += [f"{at}. {title}", "", *(f"{at}.{inner}\t{clause}\n" for inner, clause in enumerate(clauses, 1))]
    return "\n".join(rows).encode(), "x.txt"


def as_html(policy):
    rows = ["<h1>Random Policy</h1>"]
    for at, (title, clauses) in enumerate(policy, 1):
        rows += [
            f"<h2>{at}. {title}</h2>",
            *(f"<p>{at}.{inner} {clause}</p>" for inner, clause in enumerate(clauses, 1)),
        ]
    return ("<!doctype html><html><body>" + "".join(rows) + "</body></html>").encode(), "x.html"


def structure(data, name):
    paper = readers.read(data, name)
    result = run(
        paper,
        file_name=name,
        title="",
        school="",
        laws=Laws(ids={}, titles={}),
        today=DAY,
        extensions=EXTENSIONS,
        tell=lambda _: None,
    )
    assert result.audit.complete
    return [
        (section.title, [(clause.id, " ".join(clause.lines[0].text.split())) for clause in section.clauses]) for section in result.outline.sections
    ]  # fmt: skip


def wanted(policy):
    return [
        (title, [(f"{at}.{inner}", clause) for inner, clause in enumerate(clauses, 1)])
        for at, (title, clauses) in enumerate(policy, 1)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(POLICY)
def test_random_policies_arrive_as_they_are(policy):
    for file in (as_word(policy, automatic=True), as_word(policy, automatic=False), as_text(policy), as_html(policy)):
        assert structure(*file) == wanted(policy), file[1]


@pytest.mark.browser
def test_random_policies_arrive_through_pdf(chromium):
    page = chromium.new_page()

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(POLICY)
    def printed(policy):
        page.set_content(as_html(policy)[0].decode())
        assert structure(page.pdf(format="A4"), "x.pdf") == wanted(policy)

    printed()
    page.close()


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab 1.-+*_#<>&[](){}|!:\\`~=%/'\"\n"), min_size=1, max_size=40))
def test_any_words_are_shown_as_printed(text):
    plain = " ".join(text.split())
    md = converter(EXTENSIONS)
    markdown = inline(md, (Span(text),))
    assert shows(md, markdown) == plain or not any(sign.isalnum() for sign in plain)
    assert "{{" not in markdown
    assert "{%" not in markdown


FUZZ = """
import random, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from macros.importing import readers
from macros.importing.document import UnreadableFile
rng = random.Random(7)
path = Path({path!r})
whole = path.read_bytes()
for turn in range({turns}):
    data = bytearray(whole)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data))
        match rng.randrange(4):
            case 0: data[at] = rng.randrange(256)
            case 1: del data[at : at + rng.randrange(200)]
            case 2: data[at:at] = data[max(at - 300, 0) : at]
            case 3: data[at : at + 8] = b"\\xff" * 8
    try:
        readers.read(bytes(data), path.name)
    except UnreadableFile:
        pass
print("survived")
"""


@pytest.mark.parametrize("name", ["attendance.docx", "medicines.odt", "attendance.pdf", "whistleblowing.html"])
def test_damaged_files_are_read_or_refused(name):
    """In a process of its own, which ends whatever happens: a crash or an endless loop fails here."""
    code = FUZZ.format(root=str(ROOT), path=str(PAPERS / name), turns=60)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=400, check=False)
    assert done.stdout.strip() == "survived", done.stderr[-2000:]


@pytest.mark.parametrize("name", ["attendance.docx", "medicines.odt"])
def test_damaged_xml_inside_is_read_or_refused(name):
    """Damage that the archive's checksums would hide is done to the parts themselves."""
    rng = random.Random(11)
    with zipfile.ZipFile(PAPERS / name) as real:
        parts = {part: real.read(part) for part in real.namelist()}
    for _ in range(60):
        broken = dict(parts)
        part = rng.choice([name_of_part for name_of_part in parts if name_of_part.endswith(".xml")])
        text = bytearray(broken[part])
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(text))
            text[at : at + rng.randrange(30)] = rng.choice(
                [b"", b"<w:p>", b"</w:p>", b"9999999999", b'w:val="-1"', b"&x;"]
            )
        broken[part] = bytes(text)
        try:
            readers.read(archive(broken), name)
        except UnreadableFile:
            continue


def test_every_paragraph_knows_its_place():
    for name in ("attendance.docx", "attendance.pdf", "medicines.odt", "whistleblowing.html"):
        paper = readers.read((PAPERS / name).read_bytes(), name)
        assert all(block.place for block in paper.blocks)
        assert all(isinstance(block, Paragraph) or block.rows for block in paper.blocks)


SCRAPS = (
    "staff",
    "pupils must",
    "see 2.1)",
    "Equality Act 2010",
    "9.30 am",
    "12 March 2021",
    "*note*",
    "{{x}}",
    "a|b",
    "£5",
    "record",
)
MARKS = ("", "", "", "2.1 ", "1.1\t", "3.2.1 ", "1. ", "2)", "(a) ", "• ", "- > ", "Section 1: ", "Section 2: ", "Appendix A: ", "PART B - ", "A1 ", "1(b)(ii) ",
         "iv. ", "B. ", "1.0 ", "0.4 ")  # fmt: skip


def scrap(rng):
    """A line such as mangled papers have: any mark, any words, any case."""
    text = " ".join(rng.choice(SCRAPS) for _ in range(rng.choice((0, 1, 2, 8))))
    text = rng.choice((text, text.capitalize(), text.upper() if len(text) < 30 else f"{text}."))
    return f"{rng.choice(MARKS)}{text}{rng.choice(('', chr(10)))}"


@pytest.fixture(scope="module")
def small():
    return project.examine(ROOT / "tests" / "support" / "small" / "mkdocs.yml", today=DAY)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_paper_its_words_arrive_and_the_guide_takes_it(small, tmp_path, seed):
    rng = random.Random(seed)
    text = "\n".join(scrap(rng) for _ in range(rng.randint(3, 40)))
    result = run(
        readers.read(text.encode(), "x.txt"), lambda _: None, file_name="x.txt", title="", school="", laws=Laws(ids={}, titles={}),
        today=DAY,
        extensions=EXTENSIONS,
    )  # fmt: skip
    assert result.audit.complete, (result.audit.lost, result.audit.added, result.audit.moved)
    home = tmp_path / "policies" / "scraps"
    install.write_all(home, result.files)
    pages = authored_pages.read(tmp_path, [f"policies/scraps/{name}" for name in result.files])
    both = build((*small.pages, *pages), organisation=small.guide.organisation, today=DAY)
    assert [problem for problem in checks.check(both) if "scraps" in problem.path] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Well done 🎯 all", "Well done □ all"),
        ("A family 👩‍👩‍👧 and 👍🏽", "A family □ and □"),
        ("A heart ❤️ and ✓ and →", "A heart ❤️ and ✓ and →"),
    ],
)
def test_symbols_without_a_typeface_are_shown_as_a_box(text, shown):
    """A smiley does not keep a policy from paper; the report says where it was."""
    paper = with_plain_characters(Paper(blocks=(Paragraph(spans=(Span(text),), place="page 3"),)))
    assert paper.blocks[0].text == shown
    assert any("(page 3)" in remark for remark in paper.remarks) is (text != shown)
