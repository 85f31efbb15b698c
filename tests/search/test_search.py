"""Search: both halves cut words alike, and the right clause comes first in the real box."""

import json
import re

import pytest
from support.project import DAY, ROOT
from support.search_box import QUESTIONS, ask
from support.search_figures import described, measure, read

from macros.project import load
from macros.search import tokens

pytestmark = pytest.mark.browser

FLOORS = {1: 0.83, 3: 0.97}
"""Shares with the answer among so many first results, just under those of the day they were set; see `make bench-search`."""


@pytest.fixture
def page(chromium, address):
    """The home page, where the box is open."""
    opened = chromium.new_page()
    opened.goto(address)
    yield opened
    opened.close()


def test_the_right_clause_comes_first(page, site):
    guide = json.loads((site / "data/guide.json").read_text(encoding="utf-8"))
    figures = measure(lambda question: ask(page, question), guide, read(QUESTIONS))
    for most, floor in FLOORS.items():
        assert figures.hit_at(most) >= floor, [described(miss) for miss in figures.misses]
    assert figures.nothing == 0
    assert figures.alarms() < 0.05
    for kind in ("number", "law nickname"):
        assert figures.by_kind[kind].hit_at(1) == 1, [described(miss) for miss in figures.by_kind[kind].misses]


SCRIPTS = ("snowball/base-stemmer", "snowball/english-stemmer", "engine")
SUFFIXES = re.split(
    " ",
    "s es ies ed edly eed eedly ing ingly ly ally er or ator ate ation ational ative isation ization ise ize iser izer "
    "ist ism ity ility iveness ousness fulness ness ous ful fully less lessly ment ement ements able ible al ical ic "
    "ance ence ant ent ion y ied e us ss 's '",
)


@pytest.fixture
def engine(page, address):
    """A page with the engine's scripts, outside the worker."""
    for name in SCRIPTS:
        page.add_script_tag(url=f"{address}assets/javascripts/search/{name}.js")
    return page


def test_both_halves_make_the_same_tokens_and_stems(engine, real):
    texts = [clause.text for clause in real.guide.clauses.values()]
    texts += [ask.text for ask in real.phrasings.entries] + [law.gist for law in real.guide.instruments.values()]
    texts += ["E-mail, log-ins & web-cams: don’t; pupils’ 2.3.4 naïve café 4(b)(ii) www.gov.uk", "", "…"]
    result = engine.evaluate(
        """texts => {
             const index = {stop: [], terms: [], kinds: "", doc_freq: [], same: [], means: {}, names: {}}, stemmer = new EnglishStemmer();
             const engine = new GuideSearch(index, word => stemmer.stemWord(word), () => {});
             return texts.map(text => engine.tokenize(text).map(word => [word, engine.stem(word)])) }""",
        [text[:300] for text in texts],
    )
    assert result == [[[word, tokens.stem(word)] for word in tokens.tokenize(text[:300])] for text in texts]


def test_both_stemmers_are_of_one_release(engine, real):
    """Every word of the guide with every ending that the stemmer knows: more than 50,000 words."""
    texts = [clause.text for clause in real.guide.clauses.values()] + [ask.text for ask in real.phrasings.entries]
    plain = {word for text in texts for word in tokens.tokenize(text) if word.isalpha()}
    words = sorted(plain | {word + suffix for word in plain for suffix in SUFFIXES})
    assert len(words) > 50_000
    stems = engine.evaluate(
        "words => { const stemmer = new EnglishStemmer(); return words.map(word => stemmer.stemWord(word)) }", words
    )
    assert [
        (word, stem) for word, stem in zip(words, stems, strict=True) if stem != tokens.STEMMER.stemWord(word)
    ] == []


def test_asks_are_not_on_the_pages(site):
    text = (site / "policies/social-networking/2-3/index.html").read_text(encoding="utf-8")
    asks = [
        ask.text
        for ask in load(ROOT / "mkdocs.yml", today=DAY).phrasings.entries
        if ask.owner.startswith("social-networking/2.3") and len(ask.text.split()) > 5
    ]
    assert [ask for ask in asks if ask in text] == []
