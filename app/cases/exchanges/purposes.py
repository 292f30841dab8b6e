"""For what may a unit open personal data that reached it? For that for which they were sent, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.formats.words import N_
from app.reserving.classes import STATISTICS

OF_EACH: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "PROTECTION": {"protecting": N_("To protect or assist the person")},
    "INVESTIGATION": {"investigating": N_("To investigate or prosecute")},
    "CONSULAR": {"assisting": N_("To give consular assistance")},
    "BORDER_ALERT": {"alerted": N_("To act upon the alert at a border")},
    STATISTICS: {},
})  # fmt: skip
"""Purpose of a communication -> what its personal data are opened for there: code, as it is recorded -> what it
is called. For statistics nobody needs to know who somebody is."""
IN_ANY = {
    "answering": N_("To answer the unit that sent it, in the same matter"),
    "supervising": N_("To supervise or audit"),
}
"""What serves the purpose of a communication, whichever it is."""


def fitting(sent_for: str | None) -> Mapping[str, str]:
    """What may be chosen where something was sent for this purpose."""
    own = OF_EACH.get(sent_for or "", {})
    return {**own, **IN_ANY} if own else {}


def served_by(code: str, sent_for: str | None) -> str:
    """For which purpose of a communication somebody reads who opens for this; "" for one that fits no other."""
    if code in IN_ANY:
        return sent_for or ""
    return next((purpose for purpose, codes in OF_EACH.items() if code in codes), "")
