"""How is what was asked and what was offered written down, and read again?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.matching.facts import Asked, NeedAsked, Offered, Window

_OF_NEED = ("key", "country", "level", "modality")
_MANY_OF_NEED = ("themes", "languages", "costs")
_OF_OFFER = ("key", "level", "seats_min", "seats_max", "days", "is_standing")
_MANY_OF_OFFER = ("themes", "profiles", "countries", "modalities", "languages", "costs")


def write(side: Asked | Offered) -> dict[str, Any]:
    """Plain values of one spelling, for canonical JSON."""
    if isinstance(side, Asked):
        return {"key": side.key, "needs": [_need(need) for need in side.needs]}
    return (
        {name: getattr(side, name) for name in _OF_OFFER}
        # Left out where it is not so, as in what was written before anybody asked.
        | ({"is_host": True} if side.is_host else {})
        | {name: list(getattr(side, name)) for name in _MANY_OF_OFFER}
        | {"window": _window(side.window), "valid_until": _day(side.valid_until),
           "last_spending_on": _day(side.last_spending_on)}
    )  # fmt: skip


def _need(need: NeedAsked) -> dict[str, Any]:
    return (
        {name: getattr(need, name) for name in _OF_NEED}
        | {name: list(getattr(need, name)) for name in _MANY_OF_NEED}
        | {"audience": [list(each) for each in need.audience], "window": _window(need.window),
           "hours": f"{need.hours.normalize():f}"}
    )  # fmt: skip


def read(written: Mapping[str, Any]) -> Asked | Offered:
    """What was written, as it was."""
    if "needs" in written:
        return Asked(key=written["key"], needs=tuple(map(_read_need, written["needs"])))
    return Offered(
        **_plain(written, _OF_OFFER, _MANY_OF_OFFER),
        window=_read_window(written["window"]), valid_until=date.fromisoformat(written["valid_until"]),
        last_spending_on=_read_day(written["last_spending_on"]),
        is_host=written.get("is_host", False),
    )  # fmt: skip


def _read_need(written: Mapping[str, Any]) -> NeedAsked:
    return NeedAsked(
        **_plain(written, _OF_NEED, _MANY_OF_NEED),
        audience=tuple((profile, people) for profile, people in written["audience"]),
        window=_read_window(written["window"]), hours=Decimal(written["hours"]),
    )  # fmt: skip


def _plain(written: Mapping[str, Any], one: Iterable[str], many: Iterable[str]) -> dict[str, Any]:
    return {name: written[name] for name in one} | {name: tuple(written[name]) for name in many}


def _window(window: Window) -> list[str | None]:
    return [_day(window.first), _day(window.last)]


def _read_window(written: list[str | None]) -> Window:
    return Window(*map(_read_day, written))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
