"""Which request does each act send, and where may it be asked?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app import clock
from tests.accounts.house import Browser
from tests.calls.browsing import Seen
from tests.intake.ledger import Place, read
from tests.intake.placing import CHOICES, DAY, ESSENTIALS, ROW, Placed, Stage

ACTS_IN: dict[str, tuple[str, ...]] = {
    "draft": ("certify", "withdraw", "discard", "say_ready", "save", "save_otherwise", "save_the_same", "save_cell",
              "add_row", "remove_row", "close", "extend"),
    "submitted": ("accept", "return", "withdraw"),
    "returned": ("reopen", "withdraw"),
    "mended": ("certify", "withdraw", "save"),
    "accepted": ("reopen", "withdraw", "copy"),
    "revised": ("certify", "withdraw", "save", "reopen", "close"),
    "discarded": ("bring_back", "discard", "save"),
    "closed": ("certify", "start", "permit", "extend"),
    "open": ("start", "copy", "close", "extend"),
}  # fmt: skip
"""Where the need and its call stand -> what may then be asked of them."""


@dataclass(frozen=True)
class Sending:
    """A request that somebody is about to make."""

    who: str
    method: str
    path: str
    fields: dict[str, Any] = field(default_factory=dict)


Draw = Callable[[Stage, Placed], Sending]


def essentials(stage: Stage, placed: Placed) -> dict[str, Any]:
    """What the form of the first section carries as it stands."""
    path = f"/needs/{placed.need}/sections/{ESSENTIALS}"
    shown = Browser(stage.app).be(stage.house, "hn.contributor").get(path)
    sent = Seen(200, shown.text, None).fields(path)
    return {name: text for name, text in sent.items() if name not in ("csrf_token", "_key")}


def _seen(stage: Stage, placed: Placed, place: Place) -> str:
    """What a page showed of an answer that was drawn while the draft was open."""
    return str(read(stage.app, placed.need).shown()[place])


def _save(text: str, who: str = "hn.contributor") -> Draw:
    return lambda stage, placed: Sending(
        who, "PUT", f"/needs/{placed.need}/answers/title",
        {"title": text, "_revision.title": _seen(stage, placed, ("", "title"))},
    )  # fmt: skip


def _of_need(who: str, page: str, **fields: str) -> Draw:
    return lambda _, placed: Sending(who, "POST", f"/needs/{placed.need}/{page}", fields)


def _of_call(page: str, **fields: str) -> Draw:
    return lambda _, placed: Sending(
        "st.coordinator", "POST", f"/calls/{placed.call}/{page}", {"revision": "1", **fields}
    )


def _day(instant: datetime) -> str:
    return f"{instant:%d/%m/%Y}"


def _certify(stage: Stage, placed: Placed) -> Sending:
    return Sending(
        "hn.focal", "POST", f"/needs/{placed.need}/certification",
        {"members": CHOICES.members, "sponsors": CHOICES.sponsors, "lang": "es",
         "preview_hash": placed.preview_hash, "shown": placed.shown_hash},
    )  # fmt: skip


def _review(**fields: str) -> Draw:
    return lambda _, placed: Sending(
        "st.coordinator", "POST", f"/needs/{placed.need}/review",
        {"version": placed.version, **fields},
    )  # fmt: skip


def _rows_of(**more: str) -> Draw:
    return lambda stage, placed: Sending(
        "hn.contributor", "POST", f"/needs/{placed.need}/sections/{ESSENTIALS}",
        {**essentials(stage, placed), **more},
    )  # fmt: skip


def _permit(stage: Stage, placed: Placed) -> Sending:
    until = {"until_day": _day(clock.now() + 30 * DAY), "until_hour": "18:00"}
    country = stage.house.organisations["hn"]
    return _of_call("late-permission", country=country, reason="Se pidió.", **until)(stage, placed)


def _extend(stage: Stage, placed: Placed) -> Sending:
    later = {"closes_day": _day(clock.now() + 20 * DAY), "closes_hour": "18:00"}
    return _of_call("extension", reason="Se pidió.", **later)(stage, placed)


ACTS: dict[str, Draw] = {
    "certify": _certify,
    "withdraw": _of_need("hn.focal", "withdrawal", reason="Ya no hace falta."),
    "say_ready": _of_need("hn.contributor", "readiness", ready="yes"),
    "discard": _of_need("hn.contributor", "discarding"),
    "bring_back": _of_need("hn.focal", "bringing-back"),
    "reopen": _of_need("hn.contributor", "revision"),
    "accept": _review(verdict="accept"),
    "return": _review(verdict="return", returned=ESSENTIALS, **{f"reason.{ESSENTIALS}": "Falta."}),
    "save": _save("Entrevista a víctimas"),
    "save_otherwise": _save("Detección", "hn.focal"),
    "save_the_same": _save("Entrevista a víctimas", "hn.focal"),
    "save_cell": lambda stage, placed: Sending(
        "hn.focal", "PUT", f"/needs/{placed.need}/answers/audience/{ROW}/women",
        {f"audience.{ROW}.women": "14",
         f"_revision.audience.{ROW}.women": _seen(stage, placed, (ROW, "audience.women"))},
    ),
    "add_row": _rows_of(_add="audience"),
    "remove_row": _rows_of(_remove=ROW),
    "close": _of_call("closing"),
    "extend": _extend,
    "permit": _permit,
    "start": lambda _, placed: Sending("hn.contributor", "POST", "/needs",
                                       {"call": placed.call}),
    "copy": lambda _, placed: Sending(
        "hn.contributor", "POST", "/needs/beginning",
        {"for_call": placed.call, "from": placed.need},
    ),
}  # fmt: skip
"""Each act as the request that its page sends."""
