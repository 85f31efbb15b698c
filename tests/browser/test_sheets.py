"""What is printed on one sheet, in a real Chromium."""

import io

import pdfplumber
import pytest

pytestmark = pytest.mark.browser


def printed(chromium, address, path: str) -> list[str]:
    """The text of each page of paper."""
    context = chromium.new_context(locale="en-GB")
    try:
        page = context.new_page()
        page.goto(address + path)
        data = page.pdf(prefer_css_page_size=True)
    finally:
        context.close()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [sheet.extract_text() for sheet in pdf.pages]


def test_a_policy_at_a_glance_is_one_sheet_with_its_slip(chromium, address):
    sheets = printed(chromium, address, "policies/social-networking/at-a-glance/")
    assert len(sheets) == 1
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
        assert words in sheets[0]


def test_what_the_school_must_have_is_printed_whole(chromium, address):
    text = "\n".join(printed(chromium, address, "governors/required/"))
    for words in ("Basis and sources", "Not here", "Where this was found", "Not a complete list", "notice"):
        assert words in " ".join(text.split())
