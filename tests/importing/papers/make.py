"""Makes the papers that the import is tested on, with the real tools that schools use.

    .venv/bin/python tests/papers/make.py            # needs LibreOffice: apt install libreoffice-writer-nogui

Each paper is written here in our own words, with the habits of real ones: cover tables, contents lists,
automatic and typed numbers, faked headings, text boxes, footnotes, tracked changes. What it makes is committed,
so the tests need no LibreOffice.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

HERE = Path(__file__).resolve().parent

LEVELS = {
    "legal": [
        ("decimal", "%1."),
        ("decimal", "%1.%2"),
        ("decimal", "%1.%2.%3"),
        ("lowerLetter", "(%4)"),
        ("lowerRoman", "(%5)"),
    ],
    "letters": [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")],
    "section": [("decimal", "Section %1:"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")],
    "bullets": [("bullet", "•"), ("bullet", "o")],
    "roman": [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")],
}


def numbering(document, *kinds):
    """Lists of Word of our own; their ids by kind."""
    root = document.part.numbering_part.element
    for element in list(root):
        root.remove(element)
    ids = {}
    for position, kind in enumerate(kinds, 1):
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{360 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for depth, (form, text) in enumerate(LEVELS[kind])
        )
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{position}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        root.append(parse_xml(abstract))
        ids[kind] = position
    for position in ids.values():
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{position}"><w:abstractNumId w:val="{position}"/></w:num>')
        )
    return ids


def restart(document, list_id, new_id, depth=0, start=1):
    """Another list on the same counters that begins anew."""
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{new_id}"><w:abstractNumId w:val="{list_id}"/>'
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
    )
    return new_id


def numbered(paragraph, list_id, depth=0):
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )
    return paragraph


def bold(document, text, size=None):
    run = document.add_paragraph().add_run(text)
    run.bold = True
    if size:
        run.font.size = Pt(size)


def table(document, rows, style="Table Grid"):
    table = document.add_table(rows=0, cols=max(len(row) for row in rows))
    table.style = style
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    return table


def footnotes(document, notes):
    """Give the document footnotes; the ids are 2, 3, …"""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    elements = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="18"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for at, text in enumerate(notes, 2)
    )
    xml = f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>{elements}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def refer(paragraph, at):
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{at}"/>'))


def head_and_foot(document, head, foot):
    section = document.sections[0]
    section.header.paragraphs[0].text = head
    paragraph = section.footer.paragraphs[0]
    paragraph.text = f"{foot} Page "
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._r.append(parse_xml(f"<w:instrText {nsdecls('w')}>PAGE</w:instrText>"))


def attendance():
    """Typed 1 / 1.1, bold headings, a cover table, a contents list with dot leaders, an appendix with a form."""
    document = Document()
    head_and_foot(document, "Harbour Lane Primary School", "Attendance Policy")
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run("ATTENDANCE POLICY")
    run.bold, run.font.size = True, Pt(26)
    table(document, [
        ("Policy owner", "Assistant Headteacher (Pastoral)"), ("Approved by", "Full Governing Body"), ("Date approved", "14th September 2024"),
        ("Version", "3.2"), ("Review cycle", "Annual"), ("Next review date", "September 2025"),
    ])  # fmt: skip
    document.add_page_break()
    bold(document, "Contents", 14)
    for entry in ("1. Introduction ............................ 2", "2. Roles and responsibilities ....... 2", "3. Lateness ............................ 3",
                  "Appendix 1: Request for leave ........ 4"):  # fmt: skip
        document.add_paragraph(entry)
    document.add_page_break()
    bold(document, "1. Introduction", 14)
    document.add_paragraph(
        "1.1 Regular attendance is the single best thing a family can do for a child’s progress, and we ask every parent to plan holidays, visits and appointments with that in mind."
    )
    document.add_paragraph(
        "1.2 This policy should be read with our safeguarding policy. It follows the Education Act 1996 and the Equality Act 2010."
    )
    bold(document, "2. Roles and responsibilities", 14)
    document.add_paragraph("2.1\tThe headteacher will:")
    for item in (
        "keep the register open until 9.30 am;",
        "report figures to governors every term; and",
        "write to parents when attendance falls below 92%.",
    ):
        document.add_paragraph(item, style="List Bullet")
    document.add_paragraph("2.2\tClass teachers will:")
    for letter, item in zip(
        "abc",
        (
            "take the register twice a day;",
            "tell the office of any pattern that worries them;",
            "welcome a pupil back after an absence.",
        ),
        strict=True,
    ):
        document.add_paragraph(f"({letter}) {item}")
    document.add_paragraph(
        "2.2.1 A teacher who is unsure which code to use asks the attendance officer before the register closes."
    )
    document.add_paragraph(
        "2.3\tThe attendance officer is Mrs Jean Prowse, who can be reached on 01632 960 114 or at attendance@harbourlane.example."
    )
    bold(document, "3. Lateness", 14)
    document.add_paragraph("3.1 Pupils who arrive after 8.50 am are late. 12 late marks in a term lead to a meeting.")
    document.add_paragraph("3.2 The stages are set out below.")
    table(
        document,
        [
            ("Stage", "What happens", "Who"),
            ("1", "A text message home", "Office"),
            ("2", "A letter and a meeting", "Class teacher"),
            ("3", "A referral to the local authority", "Headteacher"),
        ],
    )
    document.add_paragraph("3.4 There is no clause 3.3 in this version; it was withdrawn.")
    document.add_page_break()
    bold(document, "Appendix 1: Request for leave", 14)
    document.add_paragraph(
        "Please return this form to the office at least ten school days before the first day of leave."
    )
    table(document, [("Name of pupil", ""), ("Class", ""), ("Dates requested", ""), ("Reason", "")])
    document.add_paragraph("Signed: ______________________    Date: ____________")
    return document


def whistleblowing():
    """Word's own numbers throughout: headings at level one, clauses at two and three, letters and romans; one restart."""
    document = Document()
    ids = numbering(document, "legal", "bullets")
    head_and_foot(document, "Northmoor Borough Council – OFFICIAL", "Whistleblowing v4")
    document.add_paragraph("Whistleblowing Policy and Procedure", style="Title")
    document.add_paragraph("Approved by Audit and Governance Committee on 3 March 2022")

    def level(text, depth, style=None):
        return numbered(document.add_paragraph(text, style=style), ids["legal"], depth)

    level("Purpose", 0, "Heading 1")
    level(
        "The council wants anyone who works for it, or with it, to be able to say what has gone wrong without fear.", 1
    )
    level("This procedure explains how to raise a concern and what will follow.", 1)
    level("Who may use it", 0, "Heading 1")
    level("It may be used by:", 1)
    level("employees of the council;", 3)
    level("agency workers, including:", 3)
    level("those who work at night; and", 4)
    level("those who work from home;", 4)
    level("elected members.", 3)
    level("Contractors should first follow the procedure in their own contract.", 1)
    level("Where a contract is silent, this procedure applies.", 2)
    level("The Monitoring Officer decides in cases of doubt.", 2)
    level("Raising a concern", 0, "Heading 1")
    level("Concerns may be raised with a line manager, in writing or in person.", 1)
    level(
        "The Public Interest Disclosure Act 1998 protects workers who make a disclosure in good time and in the right way.",
        1,
    )
    for text in ("Protect, the charity, gives free advice.", "A trade union may help too."):
        numbered(document.add_paragraph(text), ids["bullets"], 0)
    level("Records", 0, "Heading 1")
    level("The Monitoring Officer keeps a register for six years.", 1)
    document.add_paragraph("Annex A – Flow chart", style="Heading 1")
    other = restart(document, ids["legal"], 9)
    for text in ("Tell your manager.", "Write to the Monitoring Officer.", "Write to the auditor."):
        numbered(document.add_paragraph(text), other, 0)
    return document


def medicines():
    """Unnumbered, with styled headings of two levels, footnotes, a text box, tracked changes, comments' marks and hidden words."""
    document = Document()
    document.add_paragraph("Supporting Pupils with Medical Conditions", style="Title")
    document.add_paragraph("St Aldhelm’s CE Primary School")
    document.add_paragraph(
        "Adopted by the Resources Committee on 8 November 2023. This policy will be reviewed every three years."
    )
    footnotes(document, ["Children and Families Act 2014, section 100.", "Kept in the office, top drawer."])
    document.add_heading("Aims", 1)
    paragraph = document.add_paragraph("No child should be kept from school because of a medical condition")
    refer(paragraph, 2)
    paragraph.add_run(", and every child should take part as fully as they are able.")
    document.add_paragraph("We will:", style="Normal")
    for item in (
        "keep a care plan for each child who needs one",
        "train enough staff to cover absence",
        "tell supply teachers what they need to know",
    ):
        document.add_paragraph(item, style="List Bullet")
    document.add_heading("Roles", 1)
    document.add_heading("The headteacher", 2)
    paragraph = document.add_paragraph("The headteacher makes sure that staff are ")
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="A"><w:r><w:delText>told </w:delText></w:r></w:del>')
    )
    paragraph._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="2" w:author="A"><w:r><w:t xml:space="preserve">trained </w:t></w:r></w:ins>'
        )
    )
    paragraph.add_run("and insured.")
    hidden = paragraph.add_run(" (check with HR)")
    hidden.font.hidden = True
    document.add_heading("Parents and carers", 2)
    paragraph = document.add_paragraph("Parents tell us of any change at once. The form is on the ")
    link = parse_xml(
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{document.part.relate_to("https://www.example.org/forms", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)}"><w:r><w:t>school website</w:t></w:r></w:hyperlink>'
    )
    paragraph._p.append(link)
    paragraph.add_run(".")
    document.add_heading("Medicines in school", 1)
    paragraph = document.add_paragraph(
        "Medicines are given only with written consent, and each dose is written down at once"
    )
    refer(paragraph, 3)
    paragraph.add_run(".")
    box = parse_xml(
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="2000000" cy="600000"/><wp:docPr id="7" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>In an emergency dial 999 first, then the office.</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>'
        "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>In an emergency dial 999 first, then the office.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document.element.body.insert(len(document.element.body) - 1, box)
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Emergency medicines are kept unlocked, within reach of an adult.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(len(document.element.body) - 1, control)
    document.add_heading("Monitoring", 1)
    document.add_paragraph("The named governor looks at the records each term.")
    return document


def flat():
    """A council's short policy: paragraphs 1 to 14 under unnumbered headings in capitals, restarting nowhere."""
    document = Document()
    bold(document, "Gifts and Hospitality Policy", 18)
    sections_by_heading = {
        "INTRODUCTION": ["Officers are sometimes offered gifts by people who mean well.", "This policy says what may be accepted and what must be refused."],
        "GIFTS": ["A gift worth less than £25 may be kept.", "A gift worth more must be refused, or given to the Mayor’s charity.", "Cash is always refused, whatever the sum.", "Every offer is written in the register within five working days, whether or not it was accepted."],
        "HOSPITALITY": ["A working lunch may be accepted.", "Tickets to sport or the theatre may not.", "An officer who takes part in a tender accepts nothing from any bidder, from the day the notice is published until the contract is signed."],
        "BREACHES": ["A breach may lead to disciplinary action.", "A serious breach may be an offence under the Bribery Act 2010."],
    }  # fmt: skip
    count = 0
    for heading, clauses in sections_by_heading.items():
        bold(document, heading)
        for clause in clauses:
            count += 1
            document.add_paragraph(f"{count}.\t{clause}")
    return document


def lone_working():
    """An NHS paper: n.n.n as headings, 1.0 and 2.0, a table of versions, table of duties numbered in its first column."""
    document = Document()
    head_and_foot(document, "Westvale Community NHS Trust", "Lone Working Policy V2.1 CORP-HS-07")
    bold(document, "Lone Working Policy", 20)
    table(document, [("Document control", ""), ("Version:", "2.1"), ("Ratified by:", "Health and Safety Group"), ("Date ratified:", "21/06/2021"),
                     ("Name of originator/author:", "Colin Marsh, Health and Safety Adviser"), ("Date issued:", "July 2021"), ("Review date:", "June 2024"), ("Target audience:", "All staff")])  # fmt: skip
    bold(document, "Version history")
    table(
        document,
        [
            ("Version", "Date", "Author", "Comment"),
            ("1.0", "May 2018", "Health and Safety Adviser", "First issue"),
            ("2.0", "March 2020", "Health and Safety Adviser", "Rewritten"),
            ("2.1", "June 2021", "Health and Safety Adviser", "Minor changes"),
        ],
    )
    bold(document, "CONTENTS")
    for entry, page in (
        ("1.0\tIntroduction", 3),
        ("2.0\tDuties", 3),
        ("2.1\tManagers", 3),
        ("2.2\tStaff", 4),
        ("3.0\tRisk assessment", 4),
    ):
        document.add_paragraph(f"{entry}\t{page}")
    document.add_page_break()
    bold(document, "1.0 Introduction", 14)
    document.add_paragraph(
        "Many of our staff visit people in their homes, often alone and after dark. The trust accepts that this cannot always be avoided."
    )
    bold(document, "2.0 Duties", 14)
    bold(document, "2.1 Managers")
    document.add_paragraph("Managers carry out a risk assessment before a new service begins and after every incident.")
    bold(document, "2.1.1 Out of hours")
    document.add_paragraph("Managers on call hold the list of visits and the number of each member of staff.")
    bold(document, "2.2 Staff")
    document.add_paragraph(
        "Staff carry a charged telephone, keep their diary up to date, and leave whenever they feel unsafe."
    )
    bold(document, "3.0 Risk assessment", 14)
    table(
        document,
        [
            ("3.1", "Each visit is graded before it is made."),
            ("3.2", "A red visit is never made alone."),
            ("3.3", "Grades are looked at again every 6 months."),
        ],
    )
    bold(document, "4.0 Monitoring", 14)
    document.add_paragraph(
        "The Health and Safety Group reads every report of an incident at its next meeting and reports once a year to the Board."
    )
    return document


def code_of_conduct():
    """Section 1 / 1.1 heading / 1.1.1 clauses by Word's numbers; 1.3.2 typed over an automatic number that was switched off; duplicates."""
    document = Document()
    document.add_paragraph("Code of Conduct for Staff and Volunteers", style="Title")
    document.add_paragraph("Summer 2022")
    parts = [
        ("Section 1: Introduction", [("1.1 Purpose", ["Adults in school set the example that pupils follow.", "This code says what is expected, and applies on every visit and at every event as well as in lessons.", "It was agreed with the recognised trade unions in July 2022."]),
                                    ("1.2 Status", ["The code does not replace the law or professional standards.", "Where it conflicts with a contract, the contract prevails."])]),
        ("Section 2: Expectations", [("2.1 Dress and appearance", ["Staff dress for the work they do, safely and without slogans.", "Lanyards are worn at all times on site."]),
                                     ("2.2 Use of telephones", ["Telephones stay in lockers during lessons.", "Photographs of pupils are taken only with the school’s own cameras.", "Photographs are deleted at the end of each term."])]),
    ]  # fmt: skip
    for part, sections in parts:
        document.add_heading(part, 1)
        for section, clauses in sections:
            document.add_heading(section, 2)
            number = section.split()[0]
            for at, clause in enumerate(clauses, 1):
                printed = f"{number}.{2 if (number, at) == ('2.2', 3) else at}"
                document.add_paragraph(f"{printed}\N{NO-BREAK SPACE}{clause}")
    document.add_heading("Section 3: Review", 1)
    document.add_paragraph("3.1.1 Governors review this code every two years.")
    document.add_heading("Appendix A - Relevant legislation", 1)
    for law, text in (
        ("Equality Act 2010", "Protects people from discrimination."),
        ("Human Rights Act 1998", "Gives effect to the Convention rights."),
        ("Health and Safety at Work etc. Act 1974", "Lays duties on employers and employees."),
    ):
        bold(document, law)
        document.add_paragraph(text)
    return document


def lettered():
    """Clauses 1(a)(ii) typed in full, numbers with brackets 1), and letters A. to D. as headings."""
    document = Document()
    bold(document, "Letting of Premises Policy", 16)
    for letter, heading, clauses in (
        ("A", "Who may hire", ["1(a) Local clubs may hire the hall on weekday evenings.", "1(a)(i) A club with more than half its members under 18 pays half.", "1(a)(ii) A club that owes us money may not hire.", "1(b) Families may hire the hall on Saturdays."]),
        ("B", "What it costs", ["2(a) Charges are set by the Finance Committee each spring.", "2(b) A deposit of £50 is paid on booking:", "1) by card in the office;", "2) by bank transfer; or", "3) by cheque, if the booking is a month away."]),
        ("C", "Leaving the hall", ["3(a) The hall is left as it was found.", "3(b) Lights are turned off and doors locked."]),
    ):  # fmt: skip
        bold(document, f"{letter}. {heading}", 13)
        for clause in clauses:
            document.add_paragraph(clause)
    return document


def two_columns():
    """A newsletter-like policy in two columns, with hyphenation and a rule of thumb in a box."""
    document = Document()
    document.add_paragraph("Homework Policy", style="Title")
    document.add_section(WD_SECTION.CONTINUOUS)
    columns = document.sections[-1]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    for number, (heading, texts) in enumerate((
        ("Why we set homework", ["Homework helps pupils to remember what they learned, and shows families what we teach. It is never a punishment, and it never takes the place of rest, reading or play.", "A pupil who has caring responsibilities at home can do it at the lunchtime club instead."]),
        ("How much", ["In Years 3 and 4 we set half an hour a week, in Years 5 and 6 an hour.", "Reading aloud for ten minutes a day is homework in every year, and the most useful of all."]),
        ("What families do", ["Families give a quiet place and a little encouragement. They tell the teacher when a task was too hard or took too long, so that the next one can be set better.", "They do not do the task themselves."]),
        ("What teachers do", ["Teachers set tasks on Thursdays and collect them on Tuesdays. They say what was done well and one thing to do next.", "They do not mark homework for presentation alone."]),
    ), 1):  # fmt: skip
        document.add_heading(f"{number}. {heading}", 1)
        for at, text in enumerate(texts, 1):
            document.add_paragraph(f"{number}.{at} {text}")
    return document


def markup():
    """Words that Markdown or the guide would take for markup, kept as printed."""
    document = Document()
    document.add_heading("Passwords Policy", 0)
    document.add_heading("1 Rules", 1)
    for text in (
        "1.1 A password holds *at least* three of: letters, digits, signs such as # _ * < > & ~ and {{ brackets }}.",
        "1.2 Write [name]_[year] in the file name, e.g. smith_2024; never C:\\Users\\smith.",
        '1.3 {% if %} and {# this #} are no commands here. Nor is clause("1.2").',
        "1.4 Fractions such as 1/2, sums such as 2 * 3 * 4 = 24, and 5 < 7 > 3 stay as they are | all of them.",
        "1.5 # of attempts: 5. Then wait 10 minutes & try again &amp; again.",
    ):
        document.add_paragraph(text)
    document.add_heading("2 Exceptions", 1)
    document.add_paragraph("+ plus is not a bullet, nor is 2024. a year at the start")
    return document


def behaviour():  # noqa: PLR0915 - one paper, from top to bottom
    """Headings numbered 1, 5.1 by hand over text without numbers; a cover table with dates; appendices with a form; one number left out."""
    d = Document()
    head_and_foot(d, "", "© Model School")
    p = d.add_paragraph()
    r = p.add_run("Behaviour and relationships policy")
    r.font.size = Pt(28)
    r.bold = True
    p = d.add_paragraph()
    r = p.add_run("Oakfield School")
    r.font.size = Pt(16)
    table(
        d,
        [
            ("Approved by:", "Full governing board", "Date: 12 October 2023"),
            ("Last reviewed on:", "12 October 2023", ""),
            ("Next review due by:", "12 October 2024", ""),
        ],
    )
    d.add_page_break()
    p = d.add_paragraph()
    r = p.add_run("Contents")
    r.bold = True
    r.font.size = Pt(14)
    for i, t in enumerate(
        [
            "Aims",
            "Legislation and statutory requirements",
            "Definitions",
            "Bullying",
            "Roles and responsibilities",
            "Appendix 1: written statement of behaviour principles",
        ],
        1,
    ):
        d.add_paragraph((f"{i}. " if i < 6 else "") + t + " " + "." * 60 + f" {i + 1}")
    p = d.add_paragraph()
    r = p.add_run("1. Aims")
    r.bold = True
    r.font.size = Pt(14)
    d.add_paragraph("This policy aims to:")
    for t in [
        "Create a positive culture that promotes excellent behaviour",
        "Establish a whole-school approach to maintaining high standards",
        "Outline the expectations and consequences of behaviour",
    ]:
        d.add_paragraph(t, style="List Bullet")
    p = d.add_paragraph()
    r = p.add_run("2. Legislation and statutory requirements")
    r.bold = True
    r.font.size = Pt(14)
    d.add_paragraph("This policy is based on legislation and advice from the Department for Education on:")
    for t in [
        "Behaviour in schools: advice for headteachers 2022",
        "The Equality Act 2010",
        "Keeping Children Safe in Education",
    ]:
        d.add_paragraph(t, style="List Bullet")
    d.add_paragraph(
        "In addition, this policy is based on section 175 of the Education Act 2002, which outlines a school’s duty to safeguard and promote the welfare of its pupils."
    )
    p = d.add_paragraph()
    r = p.add_run("3. Definitions")
    r.bold = True
    r.font.size = Pt(14)
    p = d.add_paragraph()
    r = p.add_run("Misbehaviour")
    r.bold = True
    p.add_run(" is defined as:")
    for t in ["Disruption in lessons", "Poor attitude"]:
        d.add_paragraph(t, style="List Bullet")
    p = d.add_paragraph()
    r = p.add_run("5. Roles and responsibilities")
    r.bold = True
    r.font.size = Pt(14)
    for h, t in (
        ("5.1 The governing board", "The governing board is responsible for monitoring this policy’s effectiveness."),
        ("5.2 The headteacher", "The headteacher is responsible for:"),
        ("5.3 Teachers and staff", "Staff are responsible for a calm and safe environment."),
    ):
        p = d.add_paragraph()
        r = p.add_run(h)
        r.bold = True
        r.font.size = Pt(11)
        d.add_paragraph(t)
        if t.endswith(":"):
            for b in ["Reviewing this policy", "Giving due consideration to the school’s statement"]:
                d.add_paragraph(b, style="List Bullet")
    d.add_page_break()
    p = d.add_paragraph()
    r = p.add_run("Appendix 1: written statement of behaviour principles")
    r.bold = True
    r.font.size = Pt(14)
    for b in ["Every pupil understands they have the right to feel safe", "All pupils are free from discrimination"]:
        d.add_paragraph(b, style="List Bullet")
    p = d.add_paragraph()
    r = p.add_run("Appendix 2: staff training log")
    r.bold = True
    r.font.size = Pt(14)
    table(d, [("Training", "Date", "Signature"), ("", "", ""), ("", "", "")])
    return d


def records():
    """Heading styles used for whole clauses; a numbered heading over numbered clauses."""
    d = Document()
    ids = numbering(d, "legal")
    d.add_paragraph("Records Management Policy", style="Title")

    def level(t, k, s):
        return numbered(d.add_paragraph(t, style=s), ids["legal"], k)

    for h in ("Scope", "Retention", "Disposal"):
        level(h, 0, "Heading 1")
        level(
            "Records are kept for as long as the schedule says and no longer, unless a court or the information officer asks that they be kept.",
            1,
            "Heading 2",
        )
        level("Paper", 1, "Heading 2")
        level(
            "Paper records are kept in the strong room, which is locked at night and whose key is held by the office manager.",
            2,
            "Heading 3",
        )
        level("Short text.", 2, "Heading 3")
    return d


def parents():
    """A paper that is one table: headings beside their text."""
    d = Document()
    d.add_paragraph("Parent Code of Conduct")
    table(
        d,
        [
            ("Purpose", "We want every visit to be calm. This code says what we ask of parents."),
            ("What we ask", "Parents:\n• speak politely\n• keep dogs outside"),
            ("What follows", "1. A word with the headteacher\n2. A letter\n3. A ban from the site"),
        ],
    )
    return d


def devices():
    """A trust's name above a title of two lines, contents typed under Word's own heading, a foot wider than the text,
    “o” for a bullet, signs of a symbol typeface, boxes to tick, an address over the line's end, forms that begin alike."""
    d = Document()
    ids = numbering(d, "bullets")
    head_and_foot(
        d, "", "Devices Policy – issued by the central team of the trust – please do not print – version 2.1 –"
    )
    d.sections[0].footer.paragraphs[0].paragraph_format.right_indent = Pt(-60)
    d.add_paragraph("Hill Trust", style="Title")
    d.add_paragraph("Borrowing of Devices", style="Title")
    d.add_paragraph("Policy and Procedure", style="Title")
    d.add_paragraph("Contents", style="TOC Heading")
    for entry in ("1. Lending", "2. Return", "Appendix 1: Form for pupils", "Appendix 2: Form for staff"):
        d.add_paragraph(f"{entry}\t2")
    d.add_page_break()
    d.add_heading("1. Lending", 1)
    d.add_paragraph(
        "1.1\tThe trust lends a device to every pupil who has none at home, for as long as the pupil needs it."
    )
    d.add_paragraph("1.2\tA device is lent when:")
    for text, depth in (
        ("the form is signed", 0),
        ("by the pupil", 1),
        ("by a parent", 1),
        ("the device is marked", 0),
    ):
        numbered(d.add_paragraph(text), ids["bullets"], depth)
    table(d, [("Kind", "Lent"), ("Tablet", "\uf0fc"), ("Camera", "\uf0fb"), ("Drone", "\uf0aa")])
    d.add_heading("2. Return", 1)
    d.add_paragraph("2.1\tSettings \uf0e0 Reset clears the device before it is given back to the office.")
    d.add_paragraph(
        "2.2\tHow: https://www.example.org/the-devices-of-the-trust/clearing-and-resetting-a-device/in-ten-steps"
    )
    d.add_paragraph("□ Charger\t□ Case\t□ Pen")
    for at, whom in enumerate(("pupils", "staff"), 1):
        d.add_page_break()
        d.add_heading(f"Appendix {at}: Form for {whom}", 1)
        d.add_paragraph("1. I take care of the device")
        d.add_paragraph("2. I bring it back")
    return d


def pay():
    """Underlined headings, appendices named before they come."""
    d = Document()
    p = d.add_paragraph()
    r = p.add_run("PAY POLICY 2024/25")
    r.underline = True
    d.add_paragraph("Adopted: 10.10.24")
    for n, h in enumerate(("Introduction", "Pay reviews", "Appeals"), 1):
        p = d.add_paragraph()
        r = p.add_run(f"{n}.\t{h.upper()}")
        r.underline = True
        d.add_paragraph(
            f"{n}.1\tThe governing body will pay staff in line with the national document, as it stands each September."
        )
        d.add_paragraph(f"{n}.2\tSee Appendix A: Pay ranges and Appendix B: Timetable for details.")
        d.add_paragraph("\t(i)\tfirst;\n\t(ii)\tsecond;")
    d.add_paragraph("Appendices")
    d.add_paragraph("Appendix A: Pay ranges")
    d.add_paragraph("Appendix B: Timetable")
    d.add_page_break()
    bold(d, "Appendix A: Pay ranges")
    table(d, [("Range", "Minimum", "Maximum"), ("M1", "£30,000", "£32,000")])
    bold(d, "Appendix B: Timetable")
    d.add_paragraph("October: reviews. November: letters.")
    return d


PAPERS = {
    "attendance": (attendance, ("docx", "pdf")),
    "whistleblowing": (whistleblowing, ("docx", "pdf", "odt", "html")),
    "medicines": (medicines, ("docx", "pdf", "odt")),
    "gifts": (flat, ("docx", "pdf")),
    "lone-working": (lone_working, ("docx", "pdf", "odt")),
    "code-of-conduct": (code_of_conduct, ("docx", "pdf")),
    "lettings": (lettered, ("docx", "pdf")),
    "homework": (two_columns, ("docx", "pdf")),
    "passwords": (markup, ("docx", "pdf")),
    "behaviour": (behaviour, ("docx", "pdf")),
    "records": (records, ("docx",)),
    "parents": (parents, ("docx", "pdf")),
    "devices": (devices, ("docx", "pdf")),
    "pay": (pay, ("docx", "pdf")),
}


def convert(path, kind, into):
    subprocess.run(
        ["soffice", "--headless", "--convert-to", kind, "--outdir", str(into), str(path)],
        check=True,
        capture_output=True,
    )


def main(wanted):
    if not shutil.which("soffice"):
        sys.exit("LibreOffice is missing: apt install libreoffice-writer-nogui")
    for name, (make, kinds) in PAPERS.items():
        if wanted and name not in wanted:
            continue
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.docx"
            make().save(path)
            shutil.copy(path, HERE / path.name)
            for kind in kinds[1:]:
                convert(path, kind, HERE)
        print(name, *kinds)


if __name__ == "__main__":
    main(sys.argv[1:])
