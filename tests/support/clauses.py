"""A clause on its page, as readers use it."""

import re


def clause(page, number: str):
    return page.locator(".clause", has=page.locator(f"#clause-{number.replace('.', '-')}"))


def copy_button(page, number: str, what: str):
    """What the Copy menu of a clause offers, the menu open: “Link”, “Citation”, “Words with citation”."""
    menu = clause(page, number).locator(".menu.copy")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    return menu.locator("button", has_text=re.compile(f"^{what}$"))
