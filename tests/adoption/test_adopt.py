"""Adopting a policy: what is recorded, what is refused, and no state in between."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.project import DAY, ROOT
from support.school import BODY, HOME, decision, reworded, rewrite, school, three_changed_one_removed_one_moved

from macros import project
from macros.adoption import adopt, front_matter
from macros.commands import main

__all__ = ["school"]


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
    "a next review that is none": (
        {"on": "2026-11-20", "by": BODY, "outcome": "unchanged", "next_review": "soon"}, "--next-review 2027-11, or autumn 2027"
    ),
    "a next review before the decision": (
        {"on": "2026-11-20", "by": BODY, "outcome": "unchanged", "next_review": "2026-11-20"}, "does not come after the decision"
    ),
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
    decisions, kept = [str(act.on) for act in policy.decisions], [str(edition.on) for edition in policy.editions]
    assert decisions == kept
    assert decisions in (["2021-12"], ["2021-12", "2026-11-20"])
    assert finished == (stop >= 7)
    if len(decisions) == 1:  # the old state can be adopted anew
        adopt.record(school, told, today=DAY)


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


def test_the_next_review_is_recorded_with_the_decision(school):
    page = school.parent / "docs" / HOME / "index.md"
    adopt.record(
        school, decision(on="2026-11-20", by=BODY, outcome="unchanged", next_review="Autumn term 2027"), today=DAY
    )
    assert '\nnext_review: "autumn 2027"\n' in page.read_text(encoding="utf-8")


def test_a_next_review_that_is_past_is_taken_out(school):
    page = school.parent / "docs" / HOME / "index.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("review_every:", 'next_review: "2022-12"\nreview_every:'), encoding="utf-8")
    summary = adopt.record(school, decision(on="2026-11-20", by=BODY, outcome="unchanged"), today=DAY)
    assert "December 2022, was taken out: it is now counted from this one, every year." in summary
    assert "next_review" not in page.read_text(encoding="utf-8")


def test_a_draft_that_is_adopted_is_approved(school):
    page = school.parent / "docs" / HOME / "index.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("review_every:", "status: draft\nreview_every:"), encoding="utf-8")
    adopt.record(school, decision(on="2026-11-20", by=BODY, outcome="unchanged"), today=DAY)
    assert "\nstatus: approved\n" in page.read_text(encoding="utf-8")


def test_a_first_edition_is_shown_and_confirmed(school, monkeypatch):
    folder = school.parent
    monkeypatch.chdir(folder)
    assert CliRunner().invoke(main, ["new", "visitors"]).exit_code == 0
    page = folder / "docs/policies/visitors/index.md"
    before = page.read_bytes()
    decided = ["adopt", "visitors", "--on", "2026-11-20", "--by", BODY]
    for refusal in ("n\n", ""):
        refused = CliRunner().invoke(main, decided, input=refusal)
        assert refused.exit_code == 1
        assert (
            "Visitors policy:\n  adopted on 20 November 2026 by the governing body\n  1 section, 1 clause, 7 words\n"
            in refused.output
        )
        assert "Is this the text that was adopted?" in refused.output
        assert page.read_bytes() == before
        assert not (folder / "docs/policies/visitors/editions").exists()
    assert CliRunner().invoke(main, decided, input="y\n").exit_code == 0
    policy = project.load(school, today=DAY).guide.policies["visitors"]
    assert [str(edition.on) for edition in policy.editions] == ["2026-11-20"]


def test_a_policy_that_nobody_has_read_since_its_import_is_adopted_only_when_somebody_says_so(school, monkeypatch):
    monkeypatch.chdir(school.parent)
    assert CliRunner().invoke(main, ["new", "visitors"]).exit_code == 0
    page = school.parent / "docs/policies/visitors/index.md"
    read = page.read_text(encoding="utf-8")
    marks = "import: unread\nimport_advice: read it through\nnames: unreviewed\n"
    page.write_text(read.replace("title:", f"{marks}title:", 1), encoding="utf-8")
    section = school.parent / "docs/policies/visitors/1.md"
    section.write_text(f"{section.read_text(encoding='utf-8')}\nRing 01632 960123.\n", encoding="utf-8")
    before = page.read_bytes()
    decided = ["adopt", "visitors", "--on", "2026-10-20", "--by", BODY]
    refused = CliRunner().invoke(main, decided, input="n\n")
    assert refused.exit_code == 1
    assert "nobody has said that it was read beside it. The import said: read it through" in refused.output
    assert "write in docs/policies/visitors/index.md: import: read" in refused.output
    assert "write in docs/policies/visitors/index.md: names: reviewed" in refused.output
    assert "Is this the text that was adopted?" in refused.output
    assert page.read_bytes() == before

    assert CliRunner().invoke(main, decided, input="y\n").exit_code == 0
    later = ["adopt", "visitors", "--on", "2026-11-20", "--by", BODY, "--outcome", "unchanged"]
    asked = CliRunner().invoke(main, later, input="n\n")
    assert "Record it all the same?" in asked.output
    assert asked.exit_code == 1
    page.write_text(
        page.read_text(encoding="utf-8")
        .replace("import: unread", "import: read")
        .replace("names: unreviewed", "names: reviewed"),
        encoding="utf-8",
    )
    settled = CliRunner().invoke(main, later)
    assert settled.exit_code == 0
    assert "Not looked at yet" not in settled.output


def test_a_script_need_not_confirm_a_first_edition_and_a_later_one_asks_nothing(school, monkeypatch):
    monkeypatch.chdir(school.parent)
    assert CliRunner().invoke(main, ["new", "visitors"]).exit_code == 0
    first = ["adopt", "visitors", "--on", "2026-10-20", "--by", BODY, "--yes"]
    assert CliRunner().invoke(main, first).exit_code == 0
    page = school.parent / "docs/policies/visitors/1.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Write here", "Say here"), encoding="utf-8")
    later = ["adopt", "visitors", "--on", "2026-11-20", "--by", BODY, "--outcome", "amended"]
    assert CliRunner().invoke(main, later).exit_code == 0
