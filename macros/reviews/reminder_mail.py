"""Reminders as messages, one a post: what is due among the policies that it looks after, in the banner's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ..model import urls
from ..model.labels import counted, day_in_words, within
from . import sentences
from .due_report import COUNTED, Due, Reminder, Reminders

NOT_STATED = "not stated"
WRITTEN_OF = (Due.NO_DATE, Due.OVERDUE, Due.DUE_SOON)
MORNING = time(6)
"""The hour that a message says it was written at; only its day is known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    post: str
    """“not stated” for the policies that name none."""
    address: str
    """Empty where the settings have none for the post."""
    subject: str
    body: str

    @property
    def name(self) -> str:
        """The post as it stands in the name of a file."""
        return urls.slug(self.post) or "post"


def letters(reminders: Reminders, owners: Mapping[str, str], school: str, site_url: str) -> tuple[Letter, ...]:
    """A letter to every post that looks after a policy whose review is due. site_url ends in a slash, or is empty."""
    addresses = {post.casefold(): address for post, address in owners.items()}
    by_post: dict[str, list[Reminder]] = defaultdict(list)
    names: dict[str, str] = {}
    for reminder in reminders.listed:
        if reminder.due in WRITTEN_OF:
            post = reminder.policy.owner or NOT_STATED
            by_post[post.casefold()].append(reminder)
            names.setdefault(post.casefold(), post)
    return tuple(
        Letter(
            post=names[key],
            address=addresses.get(key, ""),
            subject=f"Policy reviews: {summary(due)} ({school})",
            body=body(names[key], due, reminders, school, site_url),
        )
        for key, due in by_post.items()
    )


def summary(due: list[Reminder]) -> str:
    counts = [(sum(one.due is kind for one in due), COUNTED[kind]) for kind in WRITTEN_OF]
    return ", ".join(f"{count} {words}" for count, words in counts if count)


def body(post: str, due: list[Reminder], reminders: Reminders, school: str, site_url: str) -> str:
    who = (
        f"Nobody is named as looking after {'this policy' if len(due) == 1 else 'these policies'} of {school}."
        if post == NOT_STATED
        else f"You look after {counted(len(due), 'policy', 'policies')} of {school} as {within(post)}. "
        f"{'Its review needs' if len(due) == 1 else 'Their reviews need'} you."
    )
    parts = ["Hello,", who, f"As at {day_in_words(reminders.on)}:"]
    for one in due:
        verdict = sentences.sentence(one.policy, reminders.on, timedelta(days=reminders.within))
        where = f"{site_url}{urls.pack_url(one.policy)}" if site_url else "in the policy guide, under Governors"
        parts.append(f"{one.policy.title}\n{verdict}\nWhat is to be decided, with a draft minute: {where}")
    stop = "Once the decision is recorded in the guide, these messages stop"
    parts.append(f"{stop}. All reviews: {site_url}governors/" if site_url else f"{stop}.")
    return "\n\n".join(parts) + "\n"


def message(letter: Letter, reminders: Reminders, sender: str, *, draft: bool = False) -> EmailMessage:
    """A letter as a message. A draft is one for a person to send: Outlook opens it ready to be sent."""
    result = EmailMessage(policy=SMTP)
    result["Subject"] = letter.subject
    if sender:
        result["From"] = Address(addr_spec=sender)
    if letter.address:
        result["To"] = Address(addr_spec=letter.address)
    result["Date"] = format_datetime(datetime.combine(reminders.on, MORNING, UTC))
    if draft:
        # https://learn.microsoft.com/en-us/archive/blogs/stephen_griffin/did-i-send-that
        result["X-Unsent"] = "1"
    else:
        domain = sender.rpartition("@")[2]
        result["Message-ID"] = f"<{reminders.on}.{letter.name}.reviews@{domain}>"
        result["Auto-Submitted"] = "auto-generated"
    result.set_content(letter.body)
    return result
