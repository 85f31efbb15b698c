"""The history of a policy: editions, what changed between them, and where old links lead."""

import json
import re

import pytest
from support.project import DAY, ROOT, build
from support.school import BODY, HOME, decision, school, taken_out, three_changed_one_removed_one_moved
from support.search_box import serve

from macros import project
from macros.adoption import adopt
from macros.history import redline, store
from macros.model import Difference

__all__ = ["school"]


def test_the_text_in_force_is_the_text_on_the_pages(real):
    """The sample's pages are those of its edition; every clause says so."""
    policy = real.guide.policies["social-networking"]
    assert real.guide.histories[policy.id].pending == ()
    assert {history.since for history in real.guide.histories[policy.id].clauses.values()} == {policy.adopted.on}
    assert len(real.guide.histories[policy.id].clauses) == len(policy.clauses)


def test_a_second_edition_and_every_old_link(school, chromium, tmp_path):
    three_changed_one_removed_one_moved(school)
    between = project.load(school, today=DAY).guide
    assert (
        between.histories["social-networking"].clauses["social-networking/2.3.1"].since is None
    )  # changed, and nobody adopted it
    told = adopt.record(
        school, decision(on="2026-11-20", by=BODY, outcome="amended", minute="2026/41", version="2"), today=DAY
    )
    assert [row.split()[0] for row in told.split("\n")[1:]] == ["2.3.1", "2.3.4", "2.3.6", "2.6.4", "2.8.4"]

    guide = project.load(school, today=DAY).guide
    policy = guide.policies["social-networking"]
    assert [str(edition.on) for edition in policy.editions] == ["2021-12", "2026-11-20"]
    assert policy.version == "2"
    assert guide.citation(policy.clauses[0]).startswith("Social networking policy (Nov 2026)")
    since = {key.partition("/")[2]: found for key, found in guide.histories["social-networking"].clauses.items()}
    assert str(since["2.3.1"].since) == "2026-11-20"
    assert since["2.3.1"].kinds == {Difference.REWORDED}
    assert str(since["2.6.4"].since) == "2026-11-20"
    assert since["2.6.4"].kinds == {Difference.MOVED}  # nobody wrote was=: the texts are alike
    assert str(since["2.3.2"].since) == "2021-12"
    gone = {stone.passage.id: stone for stone in guide.tombstones["social-networking"]}
    assert set(gone) == {"2.3.4", "2.5.7"}
    assert gone["2.3.4"].moved_to is None
    assert gone["2.5.7"].moved_to.id == "social-networking/2.6.4"

    done = build(school, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    server = serve(tmp_path / "site")
    page = chromium.new_page()
    at = f"http://127.0.0.1:{server.server_port}/{HOME}/"
    try:
        for snapshot in policy.editions[0].snapshots:
            page.goto(f"{at}{snapshot.page}/")
            lost = page.evaluate(
                "ids => ids.filter(id => !document.getElementById(id))", [found.anchor for found in snapshot.passages]
            )
            assert lost == [], f"old links to {snapshot.heading} lead nowhere"
        page.goto(f"{at}2-3/#clause-2-3-4")
        assert "was removed on 20 November 2026" in page.inner_text(":target")
        page.click(":target a")
        assert page.url.endswith("/editions/2021-12/#clause-2-3-4")
        assert "Superseded" in page.inner_text(".edition-state")
        assert page.get_attribute("meta[name=robots]", "content") == "noindex"
        page.goto(f"{at}2-5/#clause-2-5-7")
        page.click(":target a >> nth=0")
        assert page.url.endswith("/2-6/#clause-2-6-4")
        page.goto(f"{at}2-3/#clause-2-3-1")
        page.click(".clause:has(:target) .since a")
        assert page.url.endswith("/changes/#clause-2-3-1")
        assert page.inner_text(":target ins >> nth=0").strip("[]").removeprefix("put in:").strip() == "much"
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    # Out of search and of the A to Z.
    index = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "site" / "search").glob("*.js"))
    assert "clause-2-3-4" not in index
    assert "editions/" not in index


def test_what_nobody_adopted_is_cited_as_a_draft(school):
    three_changed_one_removed_one_moved(school)
    guide = project.load(school, today=DAY).guide
    cited = {key.partition("/")[2]: guide.citation(clause) for key, clause in guide.clauses.items()}
    assert cited["2.3.1"] == "Social networking policy (draft, not adopted), cl 2.3.1"
    assert cited["2.3.2"] == "Social networking policy (Dec 2021), cl 2.3.2"


def test_a_section_that_went_still_answers(school, tmp_path):
    """Old links to the page of a section that is gone land on what became of its clauses."""
    taken_out(school, "2-1.md", "2.1.1")
    last = taken_out(school, "2-1.md", "2.1.2")
    (school.parent / "docs" / HOME / "2-1.md").unlink()
    file = school.parent / "docs" / HOME / "2-2.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + last.replace("2.1.2", "2.2.4"), encoding="utf-8")
    adopt.record(school, decision(on="2026-11", by=BODY, outcome="amended"), today=DAY)
    assert build(school, tmp_path / "site").returncode == 0
    html = (tmp_path / "site" / HOME / "2-1" / "index.html").read_text(encoding="utf-8")
    assert {f'id="clause-2-1-{number}"' for number in (1, 2)} <= set(re.findall(r'id="clause-[\d-]+"', html))
    assert "../2-2/#clause-2-2-4" in html


def test_an_edition_reads_back_as_it_was_written(real):
    policy = real.guide.policies["social-networking"]
    edition = policy.editions[0]
    text = store.serialise(edition)
    assert text == (ROOT / "docs" / edition.path).read_text(encoding="utf-8")
    read = store.parse(text.encode(), edition.path)
    assert store.with_former_texts(read, ROOT / "docs" / edition.path) == (edition, [])
    laid_out_anew = json.dumps(json.loads(text), ensure_ascii=True)
    assert store.parse(laid_out_anew.encode(), edition.path) == read


REDLINES = {
    "a word": ("<p>far less likely</p>", "<p>much less likely</p>", ["-far+much= less likely"]),
    "a list item": ("<ul><li>one</li><li>two</li></ul>", "<ul><li>one</li><li>two</li><li>three</li></ul>", ["=one", "=two", "+three"]),
    "words with little in common": ("<p>Cats sleep in the sun all day</p>", "<p>No phones at dinner</p>", ["-Cats sleep in the sun all day", "+No phones at dinner"]),
    "looks alone": ("<p>a <strong>bold</strong> word</p>", "<p>a bold word</p>", ["=a bold word"]),
    "one word between two changes": ("<p>keep your old phone and tablet locked up here now please</p>", "<p>keep every new device or laptop switched off here now please</p>",
        ["=keep= -your old phone and tablet locked up= +every new device or laptop switched off= here now please"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REDLINES)
def test_redline(name):
    before, after, expected = REDLINES[name]
    marks = {"same": "=", "gone": "-", "new": "+"}
    rows = ["".join(marks[run.kind] + run.text for run in row.runs) for row in redline.redline(before, after)]
    assert rows == expected
