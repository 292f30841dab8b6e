"""How are promised messages delivered, each at least once and hardly ever twice?

Between a mail server's acceptance and our note of it a crash makes a message go out again, with the
same Message-ID. In the demonstration the mail and the note are one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from flask import current_app

import config
from app import clock
from app.db.base import new_id
from app.db.errors import is_passing
from app.db.transactions import transaction
from app.outbox import conditions, deeds, families, kinds, lease, letters, mail_server, recipients
from app.outbox.lease import Taken
from app.outbox.letters import Letter
from app.outbox.models import DeliveredMail

log = structlog.get_logger()


@dataclass
class Drained:
    """What became of the messages that were due."""

    sent: int = 0
    done: int = 0
    """Deeds, which are no letters."""
    failed: int = 0
    is_reachable: bool = True
    """Whether the mail server held out to the end of the conversations."""


def drain() -> Drained:
    """Deliver every message that is due; stop early while the mail server cannot be reached."""
    done = Drained()
    _carry_out_deeds(done)  # they do not wait for a mail server
    while done.is_reachable and (message := _take()) is not None:
        _try(message, done)
    return done


def _carry_out_deeds(done: Drained) -> None:
    while (message := _take(deeds.names())) is not None:
        try:
            done.done += _carry_out(message)
        except Exception as fault:
            if is_passing(fault):
                raise
            done.failed += 1
            _note_failure(message, fault)


def _try(message: Taken, done: Drained) -> None:
    """Deliver one message, or note why not; a database fault that passes is raised, and the lease ends."""
    try:
        done.sent += _deliver(message)
    except mail_server.Unreachable as fault:
        done.is_reachable = False
        log.warning("mail_server_unreachable", fault=str(fault))
        with transaction(writing=True) as session:
            lease.put_back(session, message, "unreachable")
    except Exception as fault:  # one bad message must not hold up the others
        if is_passing(fault):
            raise
        # After a broken conversation each further letter could take as long to fail.
        done.is_reachable = not isinstance(fault, mail_server.BrokenOff)
        done.failed += 1
        _note_failure(message, fault)


def _take(only: tuple[str, ...] | None = None) -> Taken | None:
    with transaction(writing=True) as session:
        return lease.take(session, only=only, without=deeds.names() if only is None else ())


def _carry_out(message: Taken) -> int:
    while True:
        try:
            return _look_and_write(message)
        except deeds.LookAgain:  # each time somebody else has written, so that it comes to an end
            continue


def _look_and_write(message: Taken) -> int:
    """What is written for a promise and the note that it was done are one transaction."""
    with transaction(writing=False):
        write = deeds.look(message.kind, message.params)
    with transaction(writing=True) as session:
        if not lease.sent(session, message):
            return 0
        write()
        return 1


def _note_failure(message: Taken, fault: Exception) -> None:
    kind = str(fault) if isinstance(fault, mail_server.Refused) else type(fault).__name__
    log.warning(
        "mail_failed", message=message.id, kind=message.kind, fault=kind, tries=message.tries
    )
    is_passing = isinstance(fault, mail_server.Refused) and fault.is_passing
    with transaction(writing=True) as session:
        lease.failed(session, message, kind, is_passing=is_passing)


def _deliver(message: Taken) -> int:
    """One letter, or the message split into one for each person; how many letters went out."""
    settings: config.Settings = current_app.config["ENLACE"]
    with transaction(writing=False):
        people = _readers(message)
        ids = [person.id for person in people]
        letter = _write(message, people[0], settings) if len(people) == 1 else None
    if letter is None:
        with transaction(writing=True) as session:
            _ = lease.split(session, message, ids) if ids else lease.void(session, message)
        return 0
    if settings.mail_server:
        mail_server.send(letter, message.id, settings)
        with transaction(writing=True) as session:
            lease.sent(session, message)
        return 1
    return _keep(letter, message, settings)


def _readers(message: Taken) -> Sequence[recipients.Addressee]:
    """Whom it reaches now: nobody where its reason is gone, or who does without it."""
    if not conditions.is_still_due(message.kind, message.params):
        return []
    return families.willing(message.kind, recipients.find(message.recipient))


def _write(message: Taken, person: recipients.Addressee, settings: config.Settings) -> Letter:
    given = kinds.variables(message.kind, message.params, person)
    return letters.write(message.kind, given, person, settings.base_url)


def _keep(letter: Letter, message: Taken, settings: config.Settings) -> int:
    """Without a mail server, as in the demonstration, mail is kept to be read at /demo/mail."""
    with transaction(writing=True) as session:
        if not lease.sent(session, message):
            return 0
        session.add(
            DeliveredMail(
                id=new_id(),
                message_id=mail_server.header_id(message.id, settings),
                to=letter.to,
                subject=letter.subject,
                body=letter.body,
                sent_at=clock.now(),
            )
        )
    return 1
