"""What governors must decide, and the draft of what they resolve: derived, worst first, in the clause's own words."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from support.project import DAY, ROOT, guide_command

from macros import project as projects
from macros.model import Clause, Cycle, NextReview, Note, NoteKind, Outcome, PartialDate, Review
from macros.reviews import matters, pack, pack_word, resolution, status

SMALL = ROOT / "tests" / "support" / "small" / "mkdocs.yml"


@pytest.fixture(scope="module")
def small():
    return projects.load(SMALL, today=DAY).guide


def agenda(guide, policy="social-networking"):
    found = guide.policies[policy]
    return matters.agenda(guide, found, pack.pack(guide, found, guide.built_on))


def with_notes(guide, policy: str, *noted: tuple[str, Note]):
    """The guide with other notes at some clauses of a policy, and with none elsewhere."""
    notes: dict[str, list[Note]] = {}
    for key, note in noted:
        notes.setdefault(key, []).append(note)
    before = guide.policies[policy]
    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(
                    section,
                    notes=(),
                    clauses=tuple(
                        replace(clause, notes=tuple(notes.get(clause.id.partition("/")[2], ())))
                        for clause in section.clauses
                    ),
                )
                for section in part.sections
            ),
        )
        for part in before.parts
    )
    after = replace(before, parts=parts)
    return replace(
        guide,
        policies={**guide.policies, policy: after},
        clauses={**guide.clauses, **{clause.id: clause for clause in after.clauses}},
    )


def test_the_sample_has_eight_matters_the_worst_first(real):
    found = agenda(real.guide)
    assert [matter.heading for matter in found.matters] == [
        "Repealed law",
        "Clauses that do not agree",
        "A body that no longer exists",
        "Law that has changed",
        "A number printed twice",
        "Not in the policy: contact with former pupils",
        "Not in the policy: taking photographs of pupils on your own phone",
        "Not in the policy: artificial intelligence",
    ]
    assert found.left_out == len(real.guide.silences["social-networking"]) - 3
    places = [[point.short for point, _ in matter.places] for matter in found.matters]
    assert places[1] == ["2.5.6", "2.4.2", "2.4.4", "2.5.3"]
    assert places[2] == ["2.3.7", "2.3.9", "2.8.4"]
    assert places[4] == ["1.2.3", "1.2.3"]


def test_every_word_that_is_quoted_is_the_policys_own(real):
    for matter in agenda(real.guide).matters:
        assert matter.places
        for point, words in matter.places:
            own = matters.plain(point.at.text)
            kept = words.removeprefix("… ").removesuffix(" …")
            assert kept
            assert kept in own


def test_the_sentence_is_shown_that_the_proposal_is_about(real):
    body_gone = agenda(real.guide).matters[2]
    words = {point.short: words for point, words in body_gone.places}
    assert "Dorset County Council" in words["2.3.7"]
    assert words["2.3.7"].startswith("… ")
    assert "the DCC staff counsellor" in words["2.8.4"]


def test_no_change_is_made_up(small):
    """Proposals are those of notes and silences, to the letter."""
    found = agenda(small, "lending").matters
    written = {silence.proposal for silence in small.silences["lending"]}
    written |= {note.note.proposal for note in pack.pack(small, small.policies["lending"], DAY).notes}
    assert {proposal for matter in found for proposal in matter.proposals} <= written
    assert matters.NO_PROPOSAL == "No change is proposed yet."


def test_repealed_law_is_found_without_a_note(small):
    first = agenda(small, "lending").matters[0]
    assert first.heading == "Repealed law"
    assert [point.short for point, _ in first.places] == ["1.1", "Lending acts 1950 and 1990"]
    assert first.faults == ("The Old Lending Act 1950 was repealed in July 1990 and replaced by the Lending Act 1990.",)
    assert first.proposals == ()


def test_a_law_named_in_the_words_alone_is_found(small):
    clause = small.policies["lending"].clauses[3]
    section = next(one for one in small.policies["lending"].sections if clause in one.clauses)
    changed = replace(clause, text="As the Old Lending Act 1950 says, there are fines.", citations=())
    part = small.policies["lending"].parts[0]
    sections = tuple(
        replace(one, clauses=tuple(changed if each is clause else each for each in one.clauses))
        if one is section
        else one
        for one in part.sections
    )
    policy = replace(
        small.policies["lending"], parts=(replace(part, sections=sections), *small.policies["lending"].parts[1:])
    )
    points = list(matters.repealed_law(small, policy))
    assert clause.id in [point.at.id for point in points if isinstance(point.at, Clause)]


def test_a_note_with_a_proposal_is_a_matter_of_its_kind(small):
    guide = with_notes(
        small,
        "lending",
        ("1.4", Note(text="Nobody pays.", proposal="Take the clause out.")),
        ("1.5", Note(text="It says less than 1.4.", kind=NoteKind.DISAGREE, clauses=("lending/1.4",))),
        ("1.2", Note(text="A remark and nothing more.")),
    )
    found = {matter.heading: matter for matter in agenda(guide, "lending").matters}
    assert found["Another point"].proposals == ("Take the clause out.",)
    disagree = found["Clauses that do not agree"]
    assert [point.short for point, _ in disagree.places] == ["1.5", "1.4"]
    assert disagree.proposals == ()
    assert not any("A remark" in fault for matter in found.values() for fault in matter.faults)
    order = [matter.heading for matter in agenda(guide, "lending").matters]
    assert order.index("Clauses that do not agree") < order.index("Another point")


def test_there_are_at_most_eight(small):
    notes = [
        (clause.id.partition("/")[2], Note(text=f"Point {number}.", kind=NoteKind.BODY_GONE, proposal=f"Do {number}."))
        for number, clause in enumerate(small.policies["lending"].clauses * 3)
    ]
    found = agenda(with_notes(small, "lending", *notes), "lending")
    assert len(found.matters) == 8
    assert found.left_out > 0


@pytest.mark.parametrize(
    ("text", "wanted", "words"),
    [
        ("", [], ""),
        ("One. Two.", [], "One. Two."),
        ("Say nothing about:\n\n- pupils\n- staff.\n\nNever.", [], "Say nothing about: pupils; staff. Never."),
        ("First. Second thing. Third.", ["thing"], "… Second thing. Third."),
        ("*Never* add a [pupil](x.md) \\(at all\\).", [], "Never add a pupil (at all)."),
    ],
)
def test_an_excerpt_is_plain_words(text, wanted, words):
    assert matters.excerpt(text, wanted, 200) == words


def test_an_excerpt_that_is_cut_says_so():
    long = "Staff must do this and that. " * 20
    words = matters.excerpt(long.strip(), [], 100)
    assert words.endswith(" …")
    assert len(words) < 140
    endless = "word " * 100
    assert matters.excerpt(endless.strip(), [], 100).endswith("word …")


@pytest.mark.parametrize(
    ("decided_on", "due"),
    [(date(2026, 11, 24), date(2027, 11, 24)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_the_next_review_is_the_one_that_the_banner_will_count(real, decided_on, due):
    policy = real.guide.policies["social-networking"]
    assert resolution.due_after(policy, decided_on) == due
    day = PartialDate(decided_on.year, decided_on.month, decided_on.day)
    decision = Review(on=day, by=None, outcome=Outcome.AMENDED, minute="1", version=None)
    assert status.standing(replace(policy, reviews=(decision,)), decided_on).due_on == due


def test_a_decision_a_little_early_keeps_the_anniversary(real):
    policy = replace(real.guide.policies["social-networking"], adopted=None, reviews=())
    adopted = Review(on=PartialDate(2025, 12, 10), by=None, outcome=None, minute=None, version=None)
    assert resolution.due_after(replace(policy, adopted=adopted), DAY) == date(2027, 12, 10)


def test_the_next_review_is_worked_out_or_left_open(real):
    policy = real.guide.policies["social-networking"]
    assert resolution.next_review(policy, DAY) == (
        "Reviewed every year: if the decision falls on 24 November 2026, by 24 November 2027."
    )
    stated = replace(policy, next_review=NextReview.parse("2026-12"), cycle=Cycle(months=24))
    assert resolution.next_review(stated, DAY).endswith("by 24 November 2028.")
    assert "choose a day" in resolution.next_review(replace(policy, cycle=None), DAY)


def test_the_resolution_names_nobody_and_invents_nothing(real):
    policy = replace(real.guide.policies["social-networking"], approved_by=None, adopted=None, cycle=None)
    draft = resolution.resolution(policy, DAY)
    assert draft.body == "The body that approves it"
    assert draft.record == (
        "Neither an adoption nor a next review is recorded, so it is unknown when a review is due.",
    )


def test_the_word_file_says_what_the_page_says(real):
    guide = real.guide
    policy = guide.policies["social-networking"]
    raw = pack_word.word_file(guide, policy, "https://guide.example/")
    document = docx.Document(io.BytesIO(raw))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for matter in agenda(guide).matters:
        assert matter.heading in text
        for point, words in matter.places:
            assert point.label in text
            assert words in text
        assert all(part in text for part in (*matter.faults, *(matter.proposals or (matters.NO_PROPOSAL,))))
    assert text.count("☐ accept   ☐ change   ☐ leave") == 8
    assert "https://guide.example/governors/social-networking/" in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {*resolution.FACTS, *resolution.ACTIONS, *resolution.SIGNATURES, resolution.NEXT_REVIEW} <= set(cells)
    assert "by 24 November 2027." in text
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)


def test_the_command_writes_a_word_file_and_nothing_half(project):
    done = guide_command(project, "pack", "keys", "--docx", "--into", "out/keys.docx")
    assert done.returncode == 0, done.stderr
    assert docx.Document(project / "out" / "keys.docx").core_properties.title.startswith("Review pack: ")
    unknown = guide_command(project, "pack", "key", "--docx")
    assert unknown.returncode == 1
    assert "There is no policy “key”. Did you mean “keys”?" in unknown.stderr
    (project / "folder.docx").mkdir()
    refused = guide_command(project, "pack", "keys", "--docx", "--into", "folder.docx")
    assert refused.returncode == 1
    assert "could not be written" in refused.stderr
    assert sorted(path.name for path in project.glob("*.docx*")) == ["folder.docx"]
    assert guide_command(project, "pack", "keys").returncode == 2


@pytest.mark.browser
def test_the_pack_is_printed_on_few_sheets_the_decisions_on_the_first(chromium, address, tmp_path):
    import pdfplumber

    page = chromium.new_page()
    page.goto(f"{address}governors/social-networking/")
    page.pdf(path=tmp_path / "pack.pdf", prefer_css_page_size=True)
    page.close()
    with pdfplumber.open(tmp_path / "pack.pdf") as pdf:
        sheets = [sheet.extract_text() for sheet in pdf.pages]
    assert len(sheets) <= 9
    assert "1. Repealed law" in sheets[0]
    assert "8. Not in the policy: artificial intelligence" in sheets[0]
    assert "17 more matters" in sheets[0]
    assert "Draft resolution and minute" in sheets[1]
    assert "Signed by the chair" in sheets[1]
    head = "Cranborne Middle School · Social networking policy · review pack"
    assert all(sheet.startswith(head) for sheet in sheets[1:])
    assert all(len(sheet.splitlines()) > 12 for sheet in sheets)  # nothing stranded
    assert "not kept" not in sheets[0]


@pytest.mark.browser
def test_on_paper_no_row_takes_the_layout_of_a_phone(chromium, address):
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{address}governors/social-networking/")
    row = page.locator("table.law-news tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "block"
    page.emulate_media(media="print")
    assert row.evaluate("row => getComputedStyle(row).display") == "table-row"
    page.close()


@pytest.mark.browser
def test_a_pack_can_be_worked_through(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}governors/social-networking/")
    group = page.get_by_role("radiogroup", name="Decision on matter 3")
    group.get_by_label("accept").check()
    group.get_by_label("change").check()
    assert group.get_by_label("change").is_checked()
    assert not group.get_by_label("accept").is_checked()
    page.get_by_label("Who carries out matter 3").fill("Office manager")
    page.get_by_label("Next review by").fill("24 November 2027")
    page.reload()
    assert page.get_by_label("Who carries out matter 3").input_value() == ""
    page.close()


@pytest.mark.browser
def test_the_calendar_can_be_subscribed_to(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}governors/")
    assert page.get_by_role("link", name="Subscribe to all reviews").get_attribute("href") == (
        "webcal://guide.example/data/reviews.ics"
    )
    code = page.locator("code[data-copy]").first
    assert code.inner_text() == "https://guide.example/data/reviews.ics"
    assert page.get_by_role("button", name="Copy of the address: calendar of all reviews").is_visible()
    page.close()
