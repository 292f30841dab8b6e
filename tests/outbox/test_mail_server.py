"""How is a letter handed to a mail server, and what is understood from its answers?"""

from __future__ import annotations

import email
import email.policy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outbox import mail_server
from app.outbox.letters import BadLetter, Letter
from tests.outbox.smtp import Server
from tests.outbox.smtp import smtp as smtp
from tests.support.world import settings


def told(**more: Any) -> Any:
    return settings("sqlite://", Path(), mail_from="enlace@crm.example", **more)


def letter(**more: str) -> Letter:
    about = {"to": "ana@example.org", "name": "Ana Ñandú", "lang": "es", "subject": "Acuse de recibo",
             "body": "Su necesidad llegó.\n"}  # fmt: skip
    return Letter(**{**about, **more})


def sending(smtp: Server, **more: str) -> None:
    mail_server.send(letter(**more), "abc", told(mail_server="127.0.0.1", mail_port=smtp.port))


def test_what_was_accepted_is_what_was_written(smtp: Server) -> None:
    sending(smtp)
    message = email.message_from_string(smtp.accepted[0], policy=email.policy.default)
    assert message["Subject"] == "Acuse de recibo"
    assert message["To"].addresses[0].display_name == "Ana Ñandú"
    assert message["Message-ID"] == "<abc@crm.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip() == "Su necesidad llegó."
    assert smtp.accepted[0].isascii()


def test_the_same_message_always_has_the_same_id(smtp: Server) -> None:
    sending(smtp)
    sending(smtp)
    ids = {email.message_from_string(one)["Message-ID"] for one in smtp.accepted}
    assert ids == {"<abc@crm.example>"}


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"RCPT": "550 unknown"}, "smtp-550"),
        ({"RCPT": "451 later"}, "smtp-451"),
        ({"DATA": "554 no"}, "smtp-554"),
        ({"END": "552 too large"}, "smtp-552"),
        ({"MAIL": "530 who are you"}, "smtp-530"),
        ({"END": "hang up"}, "SMTPServerDisconnected"),
    ],
)
def test_a_refusal_speaks_of_the_letter(smtp: Server, answers: dict[str, str], fault: str) -> None:
    smtp.answers.update(answers)
    with pytest.raises(mail_server.Refused) as refused:
        sending(smtp)
    assert refused.value.args == (fault,)


@pytest.mark.parametrize(
    ("answers", "kind", "is_passing"),
    [
        ({"RCPT": "550 unknown"}, mail_server.Refused, False),
        ({"RCPT": "451 later"}, mail_server.Refused, True),
        ({"MAIL": "452 disk full"}, mail_server.Refused, True),
        ({"MAIL": "421 closing"}, mail_server.BrokenOff, True),
        ({"RCPT": "421 closing"}, mail_server.BrokenOff, True),
        ({"DATA": "hang up"}, mail_server.BrokenOff, True),
        ({"MAIL": "silence"}, mail_server.BrokenOff, True),
    ],
)
def test_what_the_server_may_yet_take_is_told_from_what_it_never_will(
    smtp: Server, answers: dict[str, str], kind: type[mail_server.Refused], is_passing: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(mail_server, "PATIENCE", 0.2)
    smtp.answers.update(answers)
    with pytest.raises(mail_server.Refused) as refused:
        sending(smtp)
    assert (type(refused.value), refused.value.is_passing) == (kind, is_passing)


@pytest.mark.parametrize("answers", [{"GREETING": "421 busy"}, {"GREETING": "hello"}])
def test_a_server_that_does_not_talk_says_nothing_of_the_letter(
    smtp: Server, answers: dict[str, str]
) -> None:
    smtp.answers.update(answers)
    with pytest.raises(mail_server.Unreachable):
        sending(smtp)


def test_a_server_that_is_away_says_nothing_of_the_letter() -> None:
    with pytest.raises(mail_server.Unreachable):
        mail_server.send(letter(), "abc", told(mail_server="127.0.0.1", mail_port=1))


def test_in_production_nothing_is_sent_in_the_clear(smtp: Server) -> None:
    production = told(mail_server="127.0.0.1", mail_port=smtp.port, environment="production")
    with pytest.raises(mail_server.Unreachable):
        mail_server.send(letter(), "abc", production)
    assert smtp.accepted == []


def test_a_wrong_password_does_not_use_up_the_tries_of_a_letter(smtp: Server) -> None:
    smtp.answers["EHLO"] = "250 AUTH PLAIN"
    smtp.answers["AUTH"] = "535 wrong"
    with pytest.raises(mail_server.Unreachable):
        mail_server.send(
            letter(), "abc",
            told(mail_server="127.0.0.1", mail_port=smtp.port, mail_user="u", mail_password="p"),
        )  # fmt: skip


@given(st.text(alphabet=st.sampled_from("\r\n\x00\x0b\x85\u2028ab"), min_size=1, max_size=8))
def test_no_header_can_become_two(text: str) -> None:
    is_plain = not set(text) - set("ab")
    for part in ("subject", "name"):
        try:
            built = mail_server.build(letter(**{part: text}), "abc", told())
        except BadLetter:
            assert not is_plain
        else:
            assert is_plain
            assert built.keys().count("To") == 1


@pytest.mark.parametrize(
    "address", ["", "nobody", "a b@example.org", "a@b@c", "a@example.org, b@x.org"]
)
def test_what_is_no_address_is_not_written_to(address: str) -> None:
    with pytest.raises(Exception, match=r".*"):
        mail_server.build(letter(to=address), "abc", told())
