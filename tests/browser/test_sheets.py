"""What is printed on each sheet, in a real Chromium and, where it is installed, in a real Firefox."""

import io

import pdfplumber
import pytest
from support.firefox import firefox, needs_firefox

from macros.checks.glances import COLUMNS, MOST_LINES

pytestmark = pytest.mark.browser

PACK = "governors/social-networking/"
SECTION = "policies/social-networking/2-3/"
GLANCE = "policies/social-networking/at-a-glance/"


@pytest.fixture(scope="module")
def printed(chromium, address):
    """The text of each page of paper, from Chromium."""

    def prints(path: str) -> list[str]:
        page = chromium.new_page(locale="en-GB")
        page.goto(address + path)
        data = page.pdf(prefer_css_page_size=True)
        page.close()
        return sheets(data)

    return prints


@pytest.fixture(scope="module")
def printed_by_firefox(address, tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox")) as browser:
        yield lambda path: browser.prints(address + path)


def sheets(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [sheet.extract_text() for sheet in pdf.pages]


def test_a_policy_at_a_glance_is_one_sheet_with_its_slip(printed):
    (sheet,) = printed(GLANCE)
    for words in (
        "Always",
        "Never",
        "Ask first",
        "If it goes wrong",
        "2.3.9",
        "Receipt",
        "Signature",
        "adopted wording",
    ):
        assert words in sheet


def test_a_full_sheet_at_a_glance_is_still_one(chromium, address):
    """As many lines as a guide may have, each of twelve words."""
    page = chromium.new_page()
    page.goto(address + GLANCE)
    page.evaluate(
        """([groups, most]) => groups.forEach((group, at) => {
          const list = document.querySelector(`.glance-${group} ul`);
          const line = list.firstElementChild;
          line.firstChild.textContent = "You should never give out your personal address or number to any pupils ";
          list.replaceChildren(...Array.from({ length: at % 2 ? 4 : most - 4 }, () => line.cloneNode(true)));
        })""",
        [[group for column in COLUMNS for group in column], MOST_LINES],
    )
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(sheets(data)) == 1


def test_what_the_school_must_have_is_printed_whole(printed):
    text = "\n".join(printed("governors/required/"))
    for words in ("Basis and sources", "Not here", "Where this was found", "Not a complete list", "notice"):
        assert words in " ".join(text.split())


@pytest.mark.parametrize(
    "path", [PACK, SECTION, "legislation/sexual-offences-act-2003/", "governors/", "help/writing/"]
)
def test_no_sheet_holds_one_line_and_each_has_its_head_and_foot(printed, path):
    pages = printed(path)
    for number, sheet in enumerate(pages, 1):
        *lines, foot = sheet.split("\n")
        assert foot == f"Printed copies go out of date Page {number} of {len(pages)}"
        assert len(lines) > 4, "a head and more than three lines"
        assert "Cranborne Middle School" in lines[0]


def test_the_first_two_sheets_of_the_pack_are_for_the_meeting(printed):
    first, second, third, *_ = printed(PACK)
    assert "more matters are in the annexes" in " ".join(first.split())
    assert "Signed by the chair" in second
    assert "A. Law changed since the text was adopted" in third


def test_an_edition_is_printed_without_the_record_of_its_corrections(printed):
    text = "\n".join(printed("policies/social-networking/editions/2021-12/"))
    assert "2.3.4 Friending pupils" in text
    assert "What the correction of" not in text


@needs_firefox
def test_firefox_prints_what_chromium_prints(printed, printed_by_firefox):
    """As many sheets, but for what stands in the margins, which Firefox leaves empty. Bold words it draws as shapes."""
    for path, words in (
        (PACK, "Date of the meeting"),
        (SECTION, "Staff should never add a pupil at the school where they work as a “friend”"),
        (GLANCE, "Signature"),
    ):
        theirs, ours = sheets(printed_by_firefox(path)), printed(path)
        assert abs(len(theirs) - len(ours)) <= 1, path
        assert words in " ".join(" ".join(ours).split()), path
        assert words in " ".join(" ".join(theirs).split()), path
    assert "Page 1 of" not in theirs[0]


@needs_firefox
def test_firefox_keeps_the_pack_within_its_sheets(printed_by_firefox):
    data = printed_by_firefox(PACK)
    first, second, *_ = sheets(data)
    assert "more matters are in the" in first
    assert "Date of the meeting" in second
    assert "Signed by the chair" in second
    margin = 40  # points
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for sheet in pdf.pages:
            assert max(char["x1"] for char in sheet.chars) < sheet.width - margin, sheet.page_number
