"""How does a country of a test state what its law keeps back? As its legal adviser does, for every page."""

from __future__ import annotations

from typing import Any

from app.audit.commit import committed
from app.cases.reservations import actions, queries
from app.cases.reservations.terms import Terms
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from tests.cases.exchanges.desk import Desk


def reserve(
    desk: Desk, key: str, *data: str, direction: str = "send", effect: str = "deny",
    mask: str | None = None, discloses: bool = True, counterparts: tuple[str, ...] = (), **more: Any,
) -> None:  # fmt: skip
    """A rule in force, stated and confirmed by the legal adviser `key`."""
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        actor = first_seat_of(key)
        text = actions.write_text(
            actor, instrument="Ley de ejemplo", article="1", url="", words="No se entrega.",
            is_restricted=False, is_demonstration=True,
        )  # fmt: skip
        terms = Terms(data=data, direction=direction, effect=effect, mask=mask, discloses=discloses,
                      counterparts=counterparts, **more)  # fmt: skip
        made = actions.write_rule(actor, queries.get_stated(actor, text.series_id), terms)
        actions.confirm(actor, queries.get_rule(actor, made.id))
