"""How is a letter handed to a mail server, and what does its answer mean?

Python's own smtplib: it checks the server's certificate, which the library for Flask does not when it
begins to encrypt (see docs/decisions/0006-mail.md).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import config
from app import clock
from app.outbox.letters import Letter, refuse_breaks

PATIENCE = 20
"""Seconds to wait for each answer."""
LEAVING, PERMANENT = 421, 500


class Unreachable(Exception):
    """No conversation came about: says nothing about the letter."""


class Refused(Exception):
    """The server did not take the letter; `args[0]` is the kind of fault."""

    def __init__(self, kind: str, *, is_passing: bool = False) -> None:
        super().__init__(kind)
        self.is_passing = is_passing
        """Whether the server may take the same letter later, as far as it says."""


class BrokenOff(Refused):
    """The conversation ended early: by the letter's fault or by the server's, nobody can tell."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind, is_passing=True)


def send(letter: Letter, message_id: str, settings: config.Settings) -> None:
    """Returns once the server has accepted the letter. Raises Unreachable, Refused or BrokenOff."""
    message = build(letter, message_id, settings)
    with _conversation(settings) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPResponseException as answer:
            raise _refusal(answer.smtp_code) from None
        except smtplib.SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()))[0]
            raise _refusal(code) from None
        except smtplib.SMTPNotSupportedError as fault:
            raise Refused(type(fault).__name__) from None
        except (smtplib.SMTPException, OSError) as fault:
            raise BrokenOff(type(fault).__name__) from None


def _refusal(code: int) -> Refused:
    """What an answer means (RFC 5321, 4.2.1 and 3.8): 4xx may pass, with 421 the server leaves."""
    kind = f"smtp-{code}"
    return BrokenOff(kind) if code == LEAVING else Refused(kind, is_passing=code < PERMANENT)


def greet(settings: config.Settings) -> None:
    """Begin a conversation and end it. Raises Unreachable."""
    with _conversation(settings):
        pass


def build(letter: Letter, message_id: str, settings: config.Settings) -> EmailMessage:
    """The letter as it travels. The same message always has the same Message-ID."""
    refuse_breaks(letter.to, letter.name, letter.subject)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Enlace", addr_spec=settings.mail_from)
    message["To"] = Address(letter.name, addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.real_now())
    message["Message-ID"] = header_id(message_id, settings)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.lang
    message.set_content(letter.body, cte="quoted-printable")  # every server passes it on unchanged
    return message


def header_id(message_id: str, settings: config.Settings) -> str:
    """The Message-ID: stable, so that a letter sent twice is known to be one."""
    return f"<{message_id}@{settings.mail_from.rpartition('@')[2] or 'localhost'}>"


@contextmanager
def _conversation(settings: config.Settings) -> Iterator[smtplib.SMTP]:
    try:
        server = smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=PATIENCE)
    except (smtplib.SMTPException, OSError) as fault:
        raise Unreachable(type(fault).__name__) from None
    try:
        _introduce(server, settings)
        yield server
    finally:
        try:
            server.quit()
        except (smtplib.SMTPException, OSError):
            server.close()


def _introduce(server: smtplib.SMTP, settings: config.Settings) -> None:
    try:
        if settings.is_production:
            server.starttls(context=ssl.create_default_context())
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password)
    except (smtplib.SMTPException, OSError) as fault:
        raise Unreachable(type(fault).__name__) from None
