"""Python, which makes the index, and the engine, which reads it, cut any text into the same words and stems."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.search_engine import Engine

from macros.search import tokens

pytestmark = pytest.mark.browser

EMPTY = {"index": {"stop": [], "terms": [], "kinds": "", "doc_freq": [], "same": [], "means": {}, "names": {}}}
CUT = "texts => texts.map(text => engine.tokenize(text).map(word => [word, engine.stem(word)]))"
PIECES = (
    "e-mail", "E‑Mail", "log-ins", "don’t", "pupils'", "child's", "children’s", "2.3.4", "4(b)(ii)", "1.2.3-second", "www.gov.uk", "s.o.s.", "a.b",
    "naïve", "CAFÉ", "ﬁle", "K", "ß", "İstanbul", "Æ", "x²", "½", "l’école", "mother-in-law", "U.K.", "GDPR's", "'quoted'", "rock'n'roll", "--", "…",
    "שלום", "日本", "😀", "\u0301", "\u20d0", "\ufe0f", "\u00a0", "\t", "re-", "-ing", "123abc", "3rd", "10.30am", "running", "policies", "generously", "skis",
)  # fmt: skip
TEXTS = st.lists(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).flatmap(
        lambda pieces: st.sampled_from(["", " ", "-", ".", "'"]).map(lambda between: between.join(pieces))
    ),
    min_size=20,
    max_size=40,
)


@pytest.fixture(scope="module")
def page(chromium):
    engine = Engine(chromium, EMPTY)
    yield engine.page
    engine.page.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(texts=TEXTS)
def test_both_halves_cut_alike(page, texts):
    short = [text[:140] for text in texts]  # the engine reads no more than 300 units, of which a character may be two
    assert page.evaluate(CUT, short) == [
        [[word, tokens.stem(word)] for word in tokens.tokenize(text)] for text in short
    ]
