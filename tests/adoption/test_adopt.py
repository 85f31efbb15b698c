"""Adopting a policy and what comes of it: records, editions, what changed, old links, and no state in between."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.project import DAY, ROOT, build, config_for
from support.search_box import serve

from macros import project
from macros.adoption import adopt, front_matter
from macros.commands import main
from macros.history import redline, store
from macros.model import Difference

HOME = "policies/social-networking"
BODY = "Governing body"


def decision(policy="social-networking", **given):
    rest = dict.fromkeys(("on", "by", "outcome", "minute", "version", "correction"))
    return adopt.Decision(policy=policy, **(rest | given))


@pytest.fixture
def school(tmp_path):
    """A copy of the real guide that may be edited: its mkdocs.yml."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    return config_for(tmp_path, tmp_path / "docs")


def rewrite(school: Path, page: str, old: str, new: str) -> None:
    file = school.parent / "docs" / HOME / page
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def taken_out(school: Path, page: str, clause: str) -> str:
    """Cut a clause with all that belongs to it; what was cut."""
    file = school.parent / "docs" / HOME / page
    text = file.read_text(encoding="utf-8")
    found = re.search(rf'{{{{ clause\("{re.escape(clause)}".*?(?={{{{ clause\(|\Z)', text, re.DOTALL)
    file.write_text(text[: found.start()] + text[found.end() :], encoding="utf-8")
    return found[0]


def three_changed_one_removed_one_moved(school: Path) -> None:
    rewrite(school, "2-3.md", "it is far less likely to be misused", "it is much less likely to be misused by others")
    rewrite(school, "2-3.md", "- their colleagues", "- their colleagues and former colleagues")
    rewrite(school, "2-8.md", '"2.8.4", "Support for staff"', '"2.8.4", "Help for staff who are bullied"')
    taken_out(school, "2-3.md", "2.3.4")
    moved = taken_out(school, "2-5.md", "2.5.7").replace('"2.5.7"', '"2.6.4"')
    file = school.parent / "docs" / HOME / "2-6.md"
    file.write_text(file.read_text(encoding="utf-8").rstrip() + "\n\n" + moved, encoding="utf-8")


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
        for leaf in policy.editions[0].leaves:
            page.goto(f"{at}{leaf.page}/")
            lost = page.evaluate(
                "ids => ids.filter(id => !document.getElementById(id))", [found.anchor for found in leaf.passages]
            )
            assert lost == [], f"old links to {leaf.heading} lead nowhere"
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


REFUSED = {
    "earlier than the last": ({"on": "2021-06", "by": BODY, "outcome": "unchanged"}, "The last decision recorded is in December 2021"),
    "two lines": ({"on": "2026-11-20", "by": "Governing\nbody", "outcome": "unchanged"}, "in one"),
    "the last again": ({"on": "2021-12", "by": "Head", "outcome": "unchanged"}, "already recorded"),
    "in the future": ({"on": "2026-12-01", "by": BODY, "outcome": "unchanged"}, "is in the future"),
    "no such day": ({"on": "2026-02-30", "by": BODY, "outcome": "unchanged"}, "a day that does not exist"),
    "no date": ({"by": BODY, "outcome": "unchanged"}, "--on 2026-11-30"),
    "no body": ({"on": "2026-11-20", "outcome": "unchanged"}, '--by "Governing body"'),
    "no outcome": ({"on": "2026-11-20", "by": BODY}, "unchanged, amended, replaced"),
    "unknown outcome": ({"on": "2026-11-20", "by": BODY, "outcome": "fine"}, "“fine” is not an outcome"),
    "amended without change": ({"on": "2026-11-20", "by": BODY, "outcome": "amended"}, "Nothing was changed"),
    "replaced without change": ({"on": "2026-11-20", "by": BODY, "outcome": "replaced"}, "Nothing was changed"),
    "nothing to correct": ({"correction": "A slip"}, "nothing to correct"),
    "a correction by a body": ({"correction": "A slip", "by": BODY}, "not a decision of a body"),
    "unknown policy": ({"policy": "x"}, "The policies are: social-networking"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_nonsense_is_refused(real, name):
    told, why = REFUSED[name]
    page = (ROOT / "docs" / HOME / "index.md").read_text(encoding="utf-8")
    with pytest.raises(adopt.InvalidDecision, match=re.escape(why)):
        adopt.make_plan(real, decision(**told), page)


def test_unchanged_is_refused_when_the_text_changed(school):
    three_changed_one_removed_one_moved(school)
    with pytest.raises(adopt.InvalidDecision, match=r"cannot be “unchanged”(?s:.*)2\.3\.4 Friending pupils: removed"):
        adopt.record(school, decision(on="2026-11-20", by=BODY, outcome="unchanged"), today=DAY)
    with pytest.raises(
        adopt.InvalidDecision, match=r"A correction is for slips(?s:.*)2\.3\.4 Friending pupils: it was added, re"
    ):
        adopt.record(school, decision(correction="Slips"), today=DAY)


def test_a_correction_keeps_the_former_text_and_shows_what_it_changed(school):
    former = (school.parent / "docs" / HOME / "editions/2021-12.json").read_text(encoding="utf-8")
    rewrite(school, "2-3.md", "it is far less likely", "it is far, far less likely")
    questions = []
    adopt.record(school, decision(correction="A slip in 2.3.1"), lambda text: questions.append(text) or True, today=DAY)
    assert "is {+far,+} far less" in questions[0]
    guide = project.load(school, today=DAY).guide
    policy, history = guide.policies["social-networking"], guide.histories["social-networking"]
    assert history.pending == ()
    *earlier, correction = policy.editions[-1].corrections
    assert correction.why == "A slip in 2.3.1"
    assert policy.reviews == ()
    kept = school.parent / "docs" / HOME / f"editions/corrected/2021-12.{len(earlier) + 1}.json"
    assert kept.read_text(encoding="utf-8") == former
    (changed,) = history.corrections[policy.editions[-1].on][-1][1]
    assert changed.passage.number == "2.3.1"
    kept.write_text(former.replace("far less", "much less"), encoding="utf-8")
    with pytest.raises(project.CheckFailed, match="lost or was changed"):
        project.load(school, today=DAY)


def test_a_correction_that_is_not_confirmed_changes_nothing(school):
    rewrite(school, "2-3.md", "it is far less likely", "it is far, far less likely")
    before = {path: path.read_bytes() for path in school.parent.rglob("*.json")}
    with pytest.raises(adopt.InvalidDecision, match="not confirmed"):
        adopt.record(school, decision(correction="A slip"), lambda _: False, today=DAY)
    assert {path: path.read_bytes() for path in school.parent.rglob("*.json")} == before


GRAVE = {
    "a duty": ("2.3.4", "never", "may", "a word of duty"),
    "many words": ("2.3.1", "it is far less likely", "it is by a very long way ever so much less likely", "more than 5 words"),
}  # fmt: skip


def reworded(school, clause, old, new):
    for file in sorted((school.parent / "docs" / HOME).glob("*.md")):
        text = file.read_text(encoding="utf-8")
        start = text.find(f'clause("{clause}"')
        if start >= 0:
            assert old in text[start:]
            file.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", GRAVE)
def test_a_correction_that_touches_a_rule_is_refused(school, name):
    clause, old, new, why = GRAVE[name]
    reworded(school, clause, old, new)
    with pytest.raises(adopt.InvalidDecision, match=rf"{re.escape(clause)}.*{why}(?s:.*)--outcome amended"):
        adopt.record(school, decision(correction="A slip"), today=DAY)


def test_all_clauses_cannot_be_replaced_by_a_correction(school):
    for file in (school.parent / "docs" / HOME).glob("[123]-*.md"):
        text = re.sub(r"(?m)^(?!---|\{\{|[a-z]+:|$).+$", "Other words stand here.", file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
    with pytest.raises((adopt.InvalidDecision, project.CheckFailed)):
        adopt.record(school, decision(correction="slips"), today=DAY)


def test_a_restatement_is_confirmed_with_what_to_compare(school):
    reworded(school, "2.3.4", "never", "not")
    questions = []
    adopt.record(
        school, decision(correction="Plainer", restated=True), lambda text: questions.append(text) or True, today=DAY
    )
    assert "Compare these with the adopted wording first" in questions[0]
    index = school.parent / "docs" / HOME / "index.md"
    index.write_text(
        index.read_text(encoding="utf-8").replace("wording: restated", "wording: adopted"), encoding="utf-8"
    )
    reworded(school, "2.3.4", "not", "never")
    with pytest.raises(adopt.InvalidDecision, match="word for word"):
        adopt.record(school, decision(correction="Plainer", restated=True), today=DAY)


def test_a_confirmed_text_stays_in_force(school):
    adopt.record(school, decision(on="2026-11-20", by=BODY, outcome="unchanged"), today=DAY)
    policy = project.load(school, today=DAY).guide.policies["social-networking"]
    assert [review.outcome for review in policy.reviews] == ["unchanged"]
    assert [str(edition.on) for edition in policy.editions] == ["2021-12"]


FRONT = '---\r\ntitle: T  # ours\r\nadopted:\r\n  on: "2021-12"\r\n  by: GB\r\n{reviews}# how often\r\nreview_every: 1 year\r\nversion: "1"  # printed\r\n---\r\nText\r\n'
LAYOUTS = {
    "none yet": ("", ["reviews:", '  - on: "2026-11-20"']),
    "an empty list": ("reviews: []  # none\r\n", ["reviews:  # none", '  - on: "2026-11-20"']),
    "nothing": ("reviews:\r\n", ["reviews:", '  - on: "2026-11-20"']),
    "a list": ("reviews:\r\n  - on: '2022-01-01' # late\r\n    by: GB\r\n    outcome: unchanged\r\n\r\n", ["    outcome: unchanged", '  - on: "2026-11-20"']),
    "a list at the margin": ("reviews:\r\n- on: '2022-01-01'\r\n  by: GB\r\n", ["  by: GB", '- on: "2026-11-20"']),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_record_is_added_and_every_other_line_kept(name):
    reviews, (before, new) = LAYOUTS[name]
    text = FRONT.replace("{reviews}", reviews)
    said = {"on": "2026-11-20", "by": "Full: governing body", "outcome": "amended", "minute": "7"}
    after = front_matter.with_version(front_matter.with_review(text, said), "2")
    rows = after.split("\r\n")
    assert rows[rows.index(new) - 1] == before
    assert 'version: "2"  # printed' in rows
    kept = [row for row in text.split("\r\n") if row not in rows]
    assert kept in (
        [],
        ["reviews: []  # none"],
        ['version: "1"  # printed'],
        ["reviews: []  # none", 'version: "1"  # printed'],
    )
    assert any("Full: governing body" in row for row in rows)


def test_a_layout_that_cannot_be_added_to_is_refused():
    with pytest.raises(front_matter.Unwritable, match="cannot be added to"):
        front_matter.with_review(
            FRONT.replace("{reviews}", "reviews: [{on: '2022-01-01', by: GB}]\r\n"), {"on": "2026-11-20"}
        )


@pytest.mark.parametrize("stop", range(9))
def test_interrupted_anywhere_the_old_state_or_the_new_stands(school, monkeypatch, stop):
    """Every write, flush and rename of an adoption fails in turn."""
    three_changed_one_removed_one_moved(school)
    left = [stop]

    def failing(real):
        def act(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        return act

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing(os.fsync))
        broken.setattr(Path, "replace", failing(Path.replace))
        broken.setattr(Path, "mkdir", failing(Path.mkdir))
        told = decision(on="2026-11-20", by=BODY, outcome="amended")
        try:
            adopt.record(school, told, today=DAY)
        except KeyboardInterrupt:
            finished = False
        else:
            finished = True
    policy = project.load(school, today=DAY).guide.policies["social-networking"]  # and no check finds fault
    acts, kept = [str(act.on) for act in policy.acts], [str(edition.on) for edition in policy.editions]
    assert acts == kept
    assert acts in (["2021-12"], ["2021-12", "2026-11-20"])
    assert finished == (stop >= 7)
    if len(acts) == 1:  # the old state can be adopted anew
        adopt.record(school, told, today=DAY)


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


def test_the_command(school, monkeypatch):
    monkeypatch.chdir(school.parent)
    refused = CliRunner().invoke(main, ["adopt", "social-networking", "--on", "2026-11-20", "--by", BODY])
    assert (refused.exit_code, "Nothing was recorded" in refused.output) == (1, True)
    done = CliRunner().invoke(
        main, ["adopt", "social-networking", "--on", "2026-11-20", "--by", BODY, "--outcome", "unchanged"]
    )
    assert (done.exit_code, "stays in force" in done.output) == (0, True)


def test_a_month_that_holds_the_last_act_is_too_vague(school):
    adopt.record(school, decision(on="2026-11-20", by=BODY, outcome="unchanged"), today=DAY)
    with pytest.raises(adopt.InvalidDecision, match="Give the day"):
        adopt.record(school, decision(on="2026-11", by=BODY, outcome="unchanged"), today=DAY)
