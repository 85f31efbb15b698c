"""Sends reminders by SMTP, each once a day; the only module here that goes to the network.

What was sent is written down before it is sent, so that whatever breaks meanwhile, nobody is written to twice.
"""

from __future__ import annotations

import json
import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from ..formats import files

PATIENCE = 30.0
"""Seconds to wait for the server."""


class CannotSend(Exception):
    """The messages cannot be sent; str() says why, in plain words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    host: str
    port: int
    security: str
    """“starttls”, “tls” or “none”."""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    sent: tuple[str, ...]
    """The addresses that were written to."""
    before: tuple[str, ...]
    """Those that had been written to on the same day."""
    refused: tuple[tuple[str, str], ...]
    """Those that the server refused, each with its words."""


def send(messages: Iterable[EmailMessage], server: Server, on: date, record: Path) -> Sent:
    """Send what was not yet sent on a day. Raises CannotSend where none can be sent."""
    log = Log.read(record)
    fresh: list[EmailMessage] = []
    before: list[EmailMessage] = []
    for message in messages:
        (before if log.has(on, key_of(message)) else fresh).append(message)
    sent: list[str] = []
    refused: list[tuple[str, str]] = []
    if fresh:
        with connect(server) as smtp:
            for message in fresh:
                log.add(on, key_of(message))
                try:
                    smtp.send_message(message)
                except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
                    log.remove(on, key_of(message))
                    refused.append((str(message["To"]), words_of(error)))
                except (smtplib.SMTPException, OSError) as error:
                    # The server may have taken it all the same, so that it stays written down as sent.
                    before_that = f" Sent before that: {', '.join(sent)}." if sent else ""
                    raise CannotSend(
                        f"The mail server {server.host} broke off ({words_of(error)}). Whether {message['To']} has its "
                        f"message is not known; it is not written to again today.{before_that}"
                    ) from None
                else:
                    sent.append(str(message["To"]))
    return Sent(sent=tuple(sent), before=tuple(str(one["To"]) for one in before), refused=tuple(refused))


def key_of(message: EmailMessage) -> str:
    return f"{message['To']} {message['Message-ID']}"


def connect(server: Server) -> smtplib.SMTP:
    """A connection on which messages can be sent."""
    if server.password and server.security == "none":
        raise CannotSend(
            "The password would go over the network for anyone to read. Set security: starttls, as the school’s mail "
            "server allows, or take the password away."
        )
    try:
        if server.security == "tls":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    except (smtplib.SMTPException, OSError) as error:
        raise CannotSend(f"The mail server {server.host}, port {server.port}, cannot be reached ({error}).") from None
    try:
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
    except (smtplib.SMTPException, OSError) as error:
        smtp.close()
        raise CannotSend(f"The mail server {server.host} lets nothing be sent: {words_of(error)}.") from None
    return smtp


def words_of(error: Exception) -> str:
    """What a server said, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return f"{code} {text_of(said)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {text_of(error.smtp_error)}"
    return " ".join(str(error).split())


def text_of(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Log:
    """What was sent on which day, in a file."""

    path: Path
    days: dict[str, list[str]]

    @classmethod
    def read(cls, path: Path) -> Log:
        try:
            days = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except (OSError, ValueError):
            days = None
        if not isinstance(days, dict) or not all(isinstance(keys, list) for keys in days.values()):
            raise CannotSend(
                f"{path.as_posix()}, which says what was sent, cannot be read. Delete it if nothing was sent today."
            )
        return cls(path=path, days=days)

    def has(self, on: date, key: str) -> bool:
        return key in self.days.get(on.isoformat(), ())

    def add(self, on: date, key: str) -> None:
        self.days.setdefault(on.isoformat(), []).append(key)
        self.write()

    def remove(self, on: date, key: str) -> None:
        self.days[on.isoformat()].remove(key)
        self.write()

    def write(self) -> None:
        """Only the newest days: no other is asked for again."""
        newest = sorted(self.days)[-7:]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({day: self.days[day] for day in newest}, ensure_ascii=False, indent=1)
        files.replace_text(self.path, f"{text}\n")
