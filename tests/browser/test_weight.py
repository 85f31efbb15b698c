"""What a page weighs on its way to the reader: compressed bodies, as the shipped nginx rules send them (gzip, level 6)."""

import gzip

import pytest
from support.servers import ask, needs_nginx

pytestmark = pytest.mark.browser

PAGE = 10_500
"""Bytes of a section's HTML, its pop-ups and its law in it."""
FIRST_VIEW = 110_000
"""Bytes of everything a first visit to a section fetches, typefaces included."""
NEXT_VIEW = 8_000
"""Bytes of the next section of the same visit."""


def policy_pages(real) -> list[str]:
    return [
        place.url for policy in real.guide.policies.values() for place in (policy, *policy.sections, *policy.appendices)
    ]


def test_every_page_of_a_policy_is_light(site, real):
    heavy = {}
    for url in policy_pages(real):
        size = len(gzip.compress((site / url / "index.html").read_bytes(), 6))
        if size > PAGE:
            heavy[url] = size
    assert heavy == {}


@needs_nginx
def test_gzip_is_what_the_server_does(site, open_guide):
    """The figures above are those of the wire."""
    url = "policies/social-networking/2-3/"
    sent = ask(open_guide, f"/{url}", headers={"Accept-Encoding": "gzip"})
    assert sent.one("Content-Encoding") == "gzip"
    assert gzip.decompress(unchunked(sent.body)) == (site / url / "index.html").read_bytes()
    assert len(sent.body) < PAGE


def unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        whole += body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]
    return whole


@needs_nginx
def test_a_visit_is_light(chromium, open_guide):
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    weights: dict[str, float] = {}
    names: dict[str, str] = {}
    wire.on("Network.requestWillBeSent", lambda sent: names.__setitem__(sent["requestId"], sent["request"]["url"]))
    heads: dict[str, float] = {}
    wire.on(
        "Network.responseReceived",
        lambda got: heads.__setitem__(got["requestId"], got["response"]["encodedDataLength"]),
    )
    wire.on(
        "Network.loadingFinished",
        lambda done: weights.__setitem__(
            names[done["requestId"]], max(0, done["encodedDataLength"] - heads[done["requestId"]])
        ),
    )
    wire.send("Network.enable")
    totals = []
    for url in ("2-3", "2-4"):
        weights.clear()
        page.goto(f"{open_guide}policies/social-networking/{url}/", wait_until="networkidle")
        totals.append(sum(weights.values()))
        print(
            url, round(totals[-1]), {name.rpartition("/")[2] or "page": round(size) for name, size in weights.items()}
        )
    context.close()
    assert totals[0] <= FIRST_VIEW
    assert totals[1] <= NEXT_VIEW
