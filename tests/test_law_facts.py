"""The facts of law in facts.yml, each against its page; how the table works stands at its top."""

import re
from collections.abc import Iterator

import pytest
import yaml
from conftest import ROOT

FOLDER = ROOT / "docs" / "legislation"
TABLE = (ROOT / "tests" / "facts.yml").read_text(encoding="utf-8")
FACTS = yaml.safe_load(TABLE)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DATE = rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b"
PENALTY = r"\b(?:\d+|two|six|five|seven|ten) (?:months|years)\b|life in prison"


def in_words(day: str) -> str:
    """2026-11-24 as 24 November 2026; anything else as it is."""
    if not (parts := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)):
        return day
    return f"{int(parts[3])} {MONTHS[int(parts[2]) - 1]} {parts[1]}"


def plain(text: str) -> str:
    """Text as read: macros and links as their words, without marks, in one line."""
    text = re.sub(r'\{\{ act\("([^"]+)"\) \}\}', lambda macro: settings_and_body(macro[1])[0]["title"], text)
    text = re.sub(r'\{\{ \w+\("[^"]*", "([^"]*)"\) \}\}', r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"[*_]{1,2}|\{\{.*?\}\}|\{:.*?\}", "", text)).strip()


def settings_and_body(page: str) -> tuple[dict, str]:
    _, head, body = (FOLDER / f"{page}.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(head, yaml.BaseLoader), body  # `on` stays a word


def passages(page: str) -> Iterator[str]:
    """Every passage of a page that states facts."""
    settings, body = settings_and_body(page)
    yield str(settings.get("citation", ""))
    yield f"{settings['status']} {in_words(settings['since'])}"
    yield settings["gist"]
    for provision in settings.get("provisions", []):
        repealed = f" (repealed {in_words(provision['repealed_on'])})" if "repealed_on" in provision else ""
        yield plain(f"{provision['ref']}: {provision['what']}{repealed}")
    for change in settings.get("changes", []):
        yield plain(f"{in_words(change['on'])}: {change['what']}")
    for passage in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", body):
        yield plain(passage)


def having(page: str, words: list[str]) -> list[str]:
    """The passages of a page with all of these words."""
    return [text for text in passages(page) if all(word.casefold() in text.casefold() for word in words)]


ALL = [(page, fact) for page, entry in FACTS.items() for fact in entry["facts"]]


@pytest.mark.parametrize("page", FACTS)
def test_every_fact_is_sourced_and_dated(page):
    for fact in FACTS[page]["facts"]:
        stated = FACTS[page] | fact
        assert re.match(r"https?://\S+$", stated["source"]), fact
        assert re.fullmatch(DATE, in_words(stated["looked_up"])), fact
        assert fact["confidence"] in {"verified", "knowledge", "unsure"}, fact
        assert fact["words"], fact
        assert set(fact) <= {"words", "confidence", "source", "looked_up"}, fact


@pytest.mark.parametrize(
    ("page", "fact"), ALL, ids=lambda value: value if isinstance(value, str) else "+".join(value["words"])
)
def test_the_fact_stands_on_its_page(page, fact):
    stating = having(page, fact["words"])
    assert stating, f"{page} no longer states {fact['words']}"
    if fact["confidence"] == "unsure":
        hedge = f"when we looked on {in_words((FACTS[page] | fact)['looked_up'])}"
        assert all(hedge in text for text in stating), f"{page} states as certain what nobody could tell: {stating}"


@pytest.mark.parametrize("page", FACTS)
def test_what_was_corrected_stays_corrected(page):
    for wrong in FACTS[page].get("never", []):
        assert not having(page, [wrong]), f"{page} says again: {wrong}"


def test_every_law_page_has_its_facts():
    assert re.findall(r"(?m)^([a-z0-9-]+):$", TABLE) == sorted(FACTS)  # none twice: YAML would keep the last in silence
    assert set(FACTS) == {file.stem for file in FOLDER.glob("*.md")} - {"index"}


@pytest.mark.parametrize("page", FACTS)
def test_every_date_penalty_and_hedge_has_a_fact(page):
    """Nothing that can drift stands on a page without a source in the table."""
    facts = FACTS[page]["facts"]
    named = " ".join(word for fact in facts for word in fact["words"]).casefold()
    looked = {in_words((FACTS[page] | fact)["looked_up"]) for fact in facts}
    unsure = [fact for fact in facts if fact["confidence"] == "unsure"]
    for text in passages(page):
        if "when we looked on" in text:
            assert any(all(word.casefold() in text.casefold() for word in fact["words"]) for fact in unsure), text
        for found in re.findall(f"{DATE}|{PENALTY}", text):
            assert found in looked or found.casefold() in named, f"{found}: {text}"
    assert str(settings_and_body(page)[0].get("citation", "")).casefold() in named


@pytest.mark.parametrize("page", sorted(file.stem for file in FOLDER.glob("*.md") if file.stem != "index"))
def test_the_page_opens_with_what_it_means_for_staff(page):
    """One paragraph of a few lines, before anything else, and it says something to do or not to do."""
    opening = settings_and_body(page)[1].lstrip().split("\n\n")[0]
    assert opening.startswith("**For you.** "), opening
    assert 20 <= len(opening.split()) <= 65, len(opening.split())


@pytest.mark.parametrize("page", FACTS)
def test_nobody_is_sent_to_check_what_the_page_should_say(page):
    assert not [
        text for text in passages(page) if re.search(r"check (whether|that|if) .*in force", text, re.IGNORECASE)
    ]
