"""Which children does a communication tell of, as its unit may read it without opening anything?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.cases.exchanges import queries as exchanges
from app.cases.exchanges import reading
from app.cases.exchanges.opened import OpenedCase, Received
from app.cases.follow_ups.models import CaseFollowUp
from app.cases.follow_ups.opened import Child, Source
from app.db.errors import Missing
from app.formats.hidden import stands_in
from app.intake.actions import document_in
from app.intake.queries import latest_version
from app.policy.actor import Actor
from app.sealing.envelope import SealingUnavailable, Unopenable

ENDED = ("draft", "recalled", "erased")
"""States of one's own communication in which nobody begins to follow from it."""


def own(actor: Actor, case_id: str) -> Source:
    """A communication that one of the actor's units released. Raises Missing."""
    return of_case(exchanges.get(actor, case_id))


def received(actor: Actor, addressee_id: str) -> Source:
    """A communication that reached one of the actor's units and may still be read. Raises Missing.

    A new release that nobody has opened yet is not read in passing. Raises SealingUnavailable, Erased or
    Unopenable.
    """
    found = exchanges.get_readable(actor, addressee_id)
    if found.state == "delivered":
        raise Missing(addressee_id)
    return of_received(actor, found)


def of_case(case: OpenedCase) -> Source:
    """What a communication of one's own tells of, as it was certified last."""
    version = None if case.exchange.state in ENDED else latest_version(case)
    document = document_in(version) if version else {}
    return Source(case, case.unit, case.exchange, None, children_in(document))


def of_received(actor: Actor, found: Received) -> Source:
    """What a copy tells of, through the rules of now."""
    document = reading.read(actor, found).document
    return Source(found, found.unit, found.exchange, found.id, children_in(document))


def again(actor: Actor, case_id: str | None, addressee_id: str | None) -> Source | None:
    """What a follow-up began from, as it may be read now; None where it may not any more."""
    try:
        return received(actor, addressee_id) if addressee_id else own(actor, case_id or "")
    except Missing:
        return None


def child_of(actor: Actor, row: CaseFollowUp) -> Child | None:
    """The child's row in the communication, as it may be read now; None where it may not."""
    try:
        source = again(actor, row.exchange_id, row.addressee_id)
    except (SealingUnavailable, Unopenable):
        return None
    children = source.children if source else ()
    return next((child for child in children if child.row_id == row.row_id), None)


def children_in(document: Mapping[str, Any]) -> tuple[Child, ...]:
    """The rows about minors, each with the numbers of the child and of the person with it."""
    people = {
        row["id"]: _said(row.get("person_local_id")) or f"P{number}"
        for number, row in enumerate(_rows(document, "persons"), 1)
    }
    return tuple(
        Child(
            row_id=row["id"], label=people.get(_said(row.get("minor_local_id")), f"M{number}"),
            companion=people.get(_said(row.get("accompanying_local_id")), "—"),
            due_on=_day(row.get("followup_due")), is_warned=bool(row.get("indicators")),
        )
        for number, row in enumerate(_rows(document, "minors"), 1)
    )  # fmt: skip


def _rows(document: Mapping[str, Any], table: str) -> list[Mapping[str, Any]]:
    rows = document.get(table)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _said(value: Any) -> str:
    return value if isinstance(value, str) and not stands_in(value) else ""


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_said(value))
    except ValueError:
        return None
