"""Makes a Word file of lists of every form, and records the number that LibreOffice prints before each paragraph of every Word paper.

    .venv/bin/python tests/importing/numbers/make.py     # needs LibreOffice: apt install libreoffice-writer-nogui

What it makes is committed, so the tests need no LibreOffice.
"""

import json
import random
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

HERE = Path(__file__).resolve().parent
PAPERS = HERE.parent / "papers"
SEED = 20
LISTS = 60
FORMS = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero")

LEGAL = [("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"), ("lowerLetter", "(%4)")]
ACT = [("decimal", "%1."), ("decimal", "%1.(%2)"), ("lowerLetter", "%1.(%2)(%3)"), ("lowerRoman", "(%4)")]
CHAPTERS = [("upperRoman", "Chapter %1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)")]
RUNNING = [("upperLetter", "%1."), ("decimal", "%2."), ("lowerLetter", "(%3)")]

CASES = [
    (LEGAL, {}, [1, 1, 0, 1, 1, 2, 0, 2, 2, 1]),  # a sub-level comes first
    (LEGAL, {}, [2, 2, 1, 0, 3, 3, 0, 3]),
    (ACT, {}, [0, 1, 1, 2, 2, 0, 1, 2, 3, 3, 2]),
    (ACT, {}, [1, 2, 2, 0, 1, 2]),
    (CHAPTERS, {}, [0, 1, 1, 0, 1]),
    (RUNNING, {}, [0, 1, 1, 0, 1, 2, 2, 1, 0, 1]),
    (LEGAL, {0: 4}, [1, 0, 1, 0, 1]),
    (LEGAL, {1: 0}, [0, 1, 1, 0, 1]),
]
"""The levels of a list, where some of them start, and the levels of its paragraphs in order. What LibreOffice does not know of
Word’s numbers (figures for all levels, levels that never start again) is not here."""


def level(depth, form, text, start):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def drawn(dice):
    """A list of levels drawn by lot, and paragraphs that go up and down in it, with a second list on its counters now and then."""
    deepest = dice.randint(2, 4)
    levels = []
    for depth in range(deepest):
        parents = "".join(f"%{count}." for count in range(dice.randint(1, depth + 1), depth + 1))
        levels.append(
            (dice.choice(FORMS), f"{dice.choice(('', parents))}%{depth + 1}{dice.choice(('.', ')', '', ':'))}")
        )
    starts = {depth: dice.randint(1, 5) for depth in range(deepest) if dice.random() < 0.2}
    return levels, starts, [dice.randrange(deepest) for _ in range(dice.randint(5, 14))]


def lists():
    """The Word file: each list under a plain line, its paragraphs with words of their own."""
    dice = random.Random(SEED)
    document = Document()
    root = document.part.numbering_part.element
    for element in list(root):
        root.remove(element)
    cases = [*CASES, *(drawn(dice) for _ in range(LISTS))]
    numbers = []
    for at, (levels, starts, _) in enumerate(cases, 1):
        inner = "".join(level(depth, form, text, starts.get(depth, 1)) for depth, (form, text) in enumerate(levels))
        root.append(parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
        ))  # fmt: skip
        numbers.append(f'<w:num {nsdecls("w")} w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>')
        start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{1 + at % 3}"/></w:lvlOverride>' if at % 2 else ""
        numbers.append(f'<w:num {nsdecls("w")} w:numId="{at + 500}"><w:abstractNumId w:val="{at}"/>{start}</w:num>')
    root.extend(map(parse_xml, numbers))
    for at, (_, _, depths) in enumerate(cases, 1):
        document.add_paragraph(f"List {at} begins")
        for count, depth in enumerate(depths):
            again = at > len(CASES) and at % 3 == 0 and count > len(depths) / 2
            paragraph = document.add_paragraph(f"Words {at} and {count}")
            paragraph._p.get_or_add_pPr().append(parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{at + 500 * again}"/></w:numPr>'
            ))  # fmt: skip
    return document


def printed(path, folder):
    """Every line of a Word file as LibreOffice prints it, numbers and all."""
    kind = "txt:Text (encoded):UTF8"
    subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)], check=True, capture_output=True)  # fmt: skip
    return [
        " ".join(line.split()) for line in (folder / f"{path.stem}.txt").read_text(encoding="utf-8-sig").split("\n")
    ]


def main():
    lists().save(HERE / "lists.docx")
    with TemporaryDirectory() as folder:
        record = {
            path.name: [line for line in printed(path, Path(folder)) if re.search(r"\w", line)]
            for path in (HERE / "lists.docx", *sorted(PAPERS.glob("*.docx")))
        }
    (HERE / "printed.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
