"""Do the offer's own terms let the course happen: its period, its countries, its validity?"""

from __future__ import annotations

from fractions import Fraction

from app.formats.spec import Text
from app.matching.criterion import ByNeed, Criterion, Pair
from app.matching.facts import NeedAsked, Window
from app.matching.wording import Labels, after, countries, day, days, listed, say, silent, window

SPOKEN_WINDOWS = 3
"""So many periods of a group are told one by one; of more, only how many fit."""


class Period(ByNeed):
    """How many of the course's days lie in both periods."""

    key = "window"

    def is_told(self, pair: Pair) -> bool:
        """A standing offer without a period holds at any time; one for a single time must tell it."""
        return pair.offered.is_standing or pair.offered.usable.is_stated

    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction | None:
        return _common(pair, need)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        asked, offered = _windows(pair), pair.offered.usable
        if not asked or not self.is_told(pair):
            return silent(Text("el período", "the period"), is_asked=bool(asked))
        told = say("El ofrecimiento vale {offered}{length}.", "The offer holds {offered}{length}.",
                   offered=window(offered), length=_taking(pair))  # fmt: skip
        if len(asked) <= SPOKEN_WINDOWS:
            wanted = say("Se pide {asked}.", "Asked for {asked}.", asked=listed(map(window, asked)))
            return after(wanted, told, self._met(pair))
        return after(told, self._met(pair))

    def _met(self, pair: Pair) -> Text:
        shares = [share for need in pair.asked.needs if (share := _common(pair, need)) is not None]
        if len(shares) > 1:
            return say("Cabe en {met} de {all} períodos.", "It fits in {met} of {all} periods.",
                       met=sum(share == 1 for share in shares), all=len(shares))  # fmt: skip
        if shares[0] == 1:
            return Text("Cabe.", "It fits.")
        if shares[0]:
            return say("Coinciden {common}.", "They have {common} in common.",
                       common=days(int(shares[0] * _length(pair))))  # fmt: skip
        return Text("No coinciden.", "They do not meet.")

    def change(self, pair: Pair, labels: Labels) -> Text:
        gap = min(-(both or 0) for asked in _windows(pair)
                  if (both := asked.days_with(pair.offered.usable)) is not None)  # fmt: skip
        return say("Uno de los dos períodos tendría que acercarse {days}.",
                   "One of the two periods would have to come {days} closer.",
                   days=days(gap + 1))  # fmt: skip

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        if self.share(pair) != 1:
            return None
        return Text("Puede darse dentro del período de su ofrecimiento.",
                    "It can be held within the period of your offer.")  # fmt: skip


def _windows(pair: Pair) -> list[Window]:
    """The different periods that are asked, in order."""
    stated = {need.window for need in pair.asked.needs if need.window.is_stated}
    return sorted(stated, key=lambda each: (str(each.first or ""), str(each.last or "")))


def _length(pair: Pair) -> int:
    return pair.offered.days or pair.asked.days


def _taking(pair: Pair) -> Text:
    """How long the course takes, where a side says so; a day is enough where none does."""
    if not pair.offered.days and not any(need.hours for need in pair.asked.needs):
        return Text("", "")
    return say("; el curso dura {length}", "; the course takes {length}",
               length=days(_length(pair)))  # fmt: skip


def _common(pair: Pair, need: NeedAsked) -> Fraction | None:
    if not need.window.is_stated:
        return None
    both, length = need.window.days_with(pair.offered.usable), _length(pair)
    return Fraction(1) if both is None else Fraction(max(0, min(both, length)), length)


class Eligibility(ByNeed):
    """How many of the needs come from countries to which the offer is open."""

    key = "eligibility"
    rules_out = True

    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction:
        admitted = pair.offered.countries
        return Fraction(not admitted or need.country in admitted)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        asked, offered = pair.asked.countries, pair.offered.countries
        if not offered:
            return Text("El ofrecimiento está abierto a todos los países.",
                        "The offer is open to all countries.")  # fmt: skip
        return say("Países que lo piden: {asked}. El ofrecimiento está abierto a: {offered}.",
                   "Countries that ask: {asked}. The offer is open to: {offered}.",
                   asked=countries(asked), offered=countries(offered))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        return say("El auspiciador tendría que admitir a {asked}.",
                   "The sponsor would have to admit {asked}.",
                   asked=countries(pair.asked.countries))  # fmt: skip


class Validity(Criterion):
    """Whether the offer still holds today."""

    key = "validity"
    rules_out = True

    def share(self, pair: Pair) -> Fraction | None:
        return Fraction(pair.offered.valid_until >= pair.today)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        until = day(pair.offered.valid_until)
        if self.share(pair):
            return say("El ofrecimiento está vigente hasta el {until}.",
                       "The offer is valid until {until}.", until=until)  # fmt: skip
        return say(
            "El ofrecimiento venció el {until}.", "The offer expired on {until}.", until=until
        )

    def change(self, pair: Pair, labels: Labels) -> Text:
        return Text("El auspiciador tendría que renovarlo.", "The sponsor would have to renew it.")
