"""How does a page get at what reached a unit: with the opening on record before anything of it is shown?

Every page of a received communication is loaded here and nowhere else. What the sender is told, "opened",
is so whichever page came first: the answers, the files, a sheet, a follow-up, an answer to it.
"""

from __future__ import annotations

from flask import request

from app.cases.exchanges import queries, receiving
from app.cases.exchanges.opened import Received
from app.db.errors import Missing
from app.db.scoping import is_writing
from app.policy.actor import Actor
from app.web.identity import begin_writing
from app.web.transaction import record_now


def received(actor: Actor, addressee_id: str) -> Received:
    """A communication that reached one of the actor's units; opened, where it may still be read.

    Raises Missing.
    """
    found = queries.get_received(actor, addressee_id)
    if found.state != "delivered" or not found.is_readable or request.method == "HEAD":
        return found  # HEAD shows nobody anything
    goes_on_writing = is_writing()
    record_now(lambda: receiving.open_first(actor, queries.get_received(actor, addressee_id)))
    if goes_on_writing:
        begin_writing()
    return queries.get_received(actor, addressee_id)


def readable(actor: Actor, addressee_id: str) -> Received:
    """The same, where it may still be read. Raises Missing."""
    found = received(actor, addressee_id)
    if not found.is_readable:
        raise Missing(addressee_id)
    return found
