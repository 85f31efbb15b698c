"""`guide reviews --mail` and `--send`: a letter a post, sent once a day."""

import email
import email.policy
import json

import pytest
from support.project import DAY, guide_command
from support.smtp import mail_server

from macros.commands.exit_codes import Exit
from macros.reviews import due_report, reminder_mail

ADDRESSES = """
    owners:
      Librarian: librarian@school.example
      site manager: site@school.example
      not stated: clerk@school.example
    mail:
      host: 127.0.0.1
      sender: guide@school.example
      security: none
"""


@pytest.fixture
def school(project):
    """A project whose posts have addresses."""
    config = project / "mkdocs.yml"
    lines = config.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.strip().startswith("name:"))
    indent = lines[at][: -len(lines[at].lstrip())]
    rows = [f"{indent}{row[4:]}" for row in ADDRESSES.strip("\n").split("\n")]
    config.write_text("\n".join([*lines[: at + 1], *rows, *lines[at + 1 :]]), encoding="utf-8")
    return project


def read(raw: bytes | str) -> email.message.EmailMessage:
    data = raw.encode() if isinstance(raw, str) else raw
    return email.message_from_bytes(data, policy=email.policy.default)


def owners(guide) -> set[str]:
    due = due_report.remind(guide, DAY)
    return {one.policy.owner or "not stated" for kind in reminder_mail.WRITTEN_OF for one in due.of(kind)}


def test_a_letter_a_post_in_the_banners_words(guide):
    found = reminder_mail.letters(
        due_report.remind(guide, DAY), {"SITE MANAGER": "site@school.example"}, "Small School", "https://guide.example/"
    )
    assert {letter.post for letter in found} == owners(guide)
    assert {letter.post: letter.address for letter in found if letter.address} == {
        "Site manager": "site@school.example"
    }
    every = "\n".join(letter.body for letter in found)
    for kind in reminder_mail.WRITTEN_OF:
        for one in due_report.remind(guide, DAY).of(kind):
            assert every.count(f"https://guide.example/governors/{one.policy.id}/") == 1
    for kind in (due_report.Due.CURRENT, due_report.Due.NOT_IN_FORCE, due_report.Due.UNKNOWN):
        for one in due_report.remind(guide, DAY).of(kind):
            assert one.policy.title not in every
    assert "Review overdue since" in every


def test_messages_are_written_as_files(school):
    done = guide_command(school, "reviews", "--mail", "out", SITE_URL="https://guide.example/")
    assert done.returncode == Exit.OK, done.stderr
    files = sorted((school / "out").iterdir())
    assert f"Wrote {len(files)} message" in done.stderr
    assert all(file.name.startswith("2026-11-24-") and file.suffix == ".eml" for file in files)
    for file in files:
        message = read(file.read_bytes())
        assert message["To"].addresses[0].domain == "school.example"
        assert message["X-Unsent"] == "1"
        assert message["Subject"].startswith("Policy reviews: ")
        assert message.get_content_type() == "text/plain"
        assert "As at 24 November 2026" in message.get_content()
    again = guide_command(school, "reviews", "--mail", "out")
    assert again.returncode == Exit.OK
    assert sorted((school / "out").iterdir()) == files


def test_a_post_without_an_address_is_named(project):
    done = guide_command(project, "reviews", "--mail", "out")
    assert done.returncode == Exit.OK
    assert "mkdocs.yml has no address for the post “" in done.stderr
    assert all(read(file.read_bytes())["To"] is None for file in (project / "out").iterdir())


def test_a_folder_that_is_a_file_is_left_alone(school):
    (school / "out").write_text("mine", encoding="utf-8")
    done = guide_command(school, "reviews", "--mail", "out")
    assert done.returncode == 1
    assert "No message could be written into out" in done.stderr
    assert (school / "out").read_text(encoding="utf-8") == "mine"


def test_each_is_sent_once_a_day(school):
    with mail_server() as (box, port):
        first = guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port))
        assert first.returncode == Exit.OK, first.stderr
        sent = sorted(recipient for recipient, _ in box.messages)
        assert sent
        assert len(set(sent)) == len(sent)
        again = guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port))
        assert again.returncode == Exit.OK
        assert sorted(recipient for recipient, _ in box.messages) == sent
        assert all(f"Not sent to {one}: it had its message of today already." in again.stderr for one in sent)
        tomorrow = guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port), GUIDE_TODAY="2026-11-25")
        assert tomorrow.returncode == Exit.OK
        assert sorted(recipient for recipient, _ in box.messages) == sorted(sent * 2)
    ids = {read(text)["Message-ID"] for _, text in box.messages}
    assert len(ids) == len(box.messages)
    message = read(box.messages[0][1])
    assert message["From"] == "guide@school.example"
    assert message["Auto-Submitted"] == "auto-generated"


def test_one_that_is_refused_is_named_and_tried_again(school):
    with mail_server() as (box, port):
        box.refused = {"clerk@school.example"}
        done = guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port))
        assert done.returncode == Exit.PROBLEMS
        assert "Not sent to clerk@school.example: the mail server refused it (550 no such mailbox)." in done.stderr
        others = len(box.messages)
        box.refused = set()
        assert guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port)).returncode == Exit.OK
        assert [recipient for recipient, _ in box.messages[others:]] == ["clerk@school.example"]


def test_after_a_broken_connection_nobody_is_written_to_twice(school):
    with mail_server() as (box, port):
        box.breaks_off = True
        done = guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port))
        assert done.returncode == 1
        assert "is not known; it is not written to again today." in done.stderr
        box.breaks_off = False
        guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port))
    recipients = [recipient for recipient, _ in box.messages]
    assert len(set(recipients)) == len(recipients)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"GUIDE_MAIL_PORT": "1"}, "cannot be reached"),
        ({"GUIDE_MAIL_PORT": "many"}, "“many” is not the number of a port"),
        ({"GUIDE_MAIL_SECURITY": "some"}, "“some” is not a way to keep mail private"),
        ({"GUIDE_MAIL_FROM": "the office"}, "“the office” is not an e-mail address"),
        ({"GUIDE_MAIL_USER": "guide", "GUIDE_MAIL_PASSWORD": "xyzzy"}, "for anyone to read"),
    ],
)
def test_what_cannot_be_sent_is_said_and_nothing_recorded(school, environment, words):
    done = guide_command(school, "reviews", "--send", **environment)
    assert done.returncode == 1
    assert words in done.stderr
    assert "xyzzy" not in done.stderr
    assert not (school / ".guide" / "reminders-sent.json").exists()


def test_a_server_that_cannot_keep_a_secret_gets_none(school):
    with mail_server() as (box, port):
        done = guide_command(
            school, "reviews", "--send", GUIDE_MAIL_PORT=str(port), GUIDE_MAIL_SECURITY="starttls",
            GUIDE_MAIL_USER="guide", GUIDE_MAIL_PASSWORD="xyzzy",
        )  # fmt: skip
    assert done.returncode == 1
    assert "lets nothing be sent" in done.stderr
    assert box.messages == []


def test_without_a_server_nothing_is_sent(project):
    done = guide_command(project, "reviews", "--send")
    assert done.returncode == 1
    assert "the settings lack the mail’s host and sender" in done.stderr


def test_a_record_that_cannot_be_read_stops_everything(school):
    (school / ".guide").mkdir(exist_ok=True)
    (school / ".guide" / "reminders-sent.json").write_text("[]", encoding="utf-8")
    with mail_server() as (box, port):
        done = guide_command(school, "reviews", "--send", GUIDE_MAIL_PORT=str(port))
    assert done.returncode == 1
    assert "cannot be read. Delete it if nothing was sent today." in done.stderr
    assert box.messages == []


def test_the_report_stays_whole_for_programs(school):
    done = guide_command(school, "reviews", "--mail", "out", "--format", "json")
    assert json.loads(done.stdout)["as_at"] == "2026-11-24"
