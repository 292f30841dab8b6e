"""What is said in the place of an answer that a reader does not see whole, and to its sender before it goes?"""

from __future__ import annotations

from collections.abc import Mapping

from app.cases.reservations.words import PARTS
from app.formats.in_part import RECEIVER, SENDER
from app.formats.words import N_
from app.reserving.decision import CLASS, LAW, Decision
from app.reserving.rule import Effect
from app.web.sentences import gettext as _

STATE_WORDS = {
    "masked": N_("shown in part only"),
    "reserved_by_sender": N_("reserved by the country that sends it"),
    "reserved_by_receiver": N_("reserved by the country that receives it"),
    "not_provided": N_("not provided"),
}
KEPT_BACK: Mapping[str, str] = {
    SENDER: N_("kept back by a reservation of your country"),
    RECEIVER: N_("kept back by a reservation of the country that receives it"),
    CLASS: N_("kept back: for statistics nothing personal or secret goes"),
}
AUTHORISED: Mapping[str, str] = {
    SENDER: N_("only once your country authorises it"),
    RECEIVER: N_("only once the country that receives it authorises it"),
}
CONSENTED: Mapping[str, str] = {
    SENDER: N_("only of persons who consent, by a reservation of your country"),
    RECEIVER: N_("only of persons who consent, by a reservation of the country that receives it"),
}
IN_PART: Mapping[str, str] = {
    SENDER: N_("in part, by a reservation of your country: %(part)s"),
    RECEIVER: N_("in part, by a reservation of the country that receives it: %(part)s"),
}
BARRED = N_("kept back by its mark or by law")
HANGS = N_("not there: it counts by an answer that does not go whole")


def why_left_out(decision: Decision) -> str:
    """Why a unit would not get an answer whole, and by whose word; for whoever sends it."""
    whose = decision.by
    if not decision.exists:
        return _(BARRED if whose == LAW else HANGS)
    if decision.effect is Effect.DENY:
        return _(KEPT_BACK[whose])
    if decision.waits_for:
        return _(AUTHORISED[whose])
    if decision.mask:
        return _(IN_PART[whose], part=_(PARTS[decision.mask]).lower())
    return _(CONSENTED[whose])
