"""What is still open in a matter that somebody is about to close: questions without an answer, and whatever else stands on it?

Later features register what of theirs is open; exchanges do not know who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.cases.common_format.format import CASE
from app.cases.exchanges import queries
from app.cases.exchanges.opened import OpenedCase
from app.policy.actor import Actor
from app.web import locale

ASKING = ("REQUEST",)
"""Kinds that ask for an answer even where they name no day."""


@dataclass(frozen=True)
class LooseEnd:
    """Something that is open, and where it is looked at."""

    words: str
    url: str


Finds = Callable[[Actor, OpenedCase], Sequence[LooseEnd]]
_finding: list[Finds] = []


def finds_loose_ends(find: Finds) -> Finds:
    """Register what else may be open when a case is closed."""
    _finding.append(find)
    return find


def of_case(actor: Actor, case: OpenedCase) -> list[LooseEnd]:
    """All that is open of a case, in its whole matter."""
    return [*_unanswered(actor, case), *(each for find in _finding for each in find(actor, case))]


def _unanswered(actor: Actor, case: OpenedCase) -> Iterator[LooseEnd]:
    """What was asked in the matter, here or there, and has no answer."""
    thread = queries.thread(actor, case.exchange.thread_id)
    answered = {each.exchange.answers_id for each in thread
                if each.exchange.kind == "REPLY" and each.exchange.released_at}  # fmt: skip
    own = [each.exchange.id for each in thread if each.addressee is None]
    asked = queries.addressees_of(own)
    for each in thread:
        exchange = each.exchange
        if exchange.state != "released" or not (exchange.reply_by or exchange.kind in ASKING):
            continue
        called = f"{CASE.code_lists['report_kind'].label(exchange.kind, locale.lang())} {exchange.reference}"
        if each.addressee is not None:
            if each.addressee.id not in answered:
                yield LooseEnd(
                    _("%(what)s waits for your answer", what=called),
                    url_for("received_cases.show", addressee_id=each.addressee.id),
                )
            continue
        for row in asked[exchange.id]:
            if row.Addressee.id not in answered and row.Addressee.state != "rejected":
                yield LooseEnd(
                    _("%(what)s has no answer from %(unit)s", what=called, unit=row.Unit.name(locale.lang())),
                    url_for("cases.show", case_id=exchange.id),
                )  # fmt: skip
