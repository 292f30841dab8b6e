"""Can the course be given in the way that is asked: language, modality, seats, cost lines?"""

from __future__ import annotations

from fractions import Fraction

from app.formats.spec import Text
from app.matching.criterion import ByNeed, Criterion, Pair, covered
from app.matching.facts import NeedAsked
from app.matching.wording import Labels, after, called, languages, people, say, silent

INTERPRETATION = "interpretation"
"""The cost line of interpretation and translation."""
WIDESPREAD = frozenset({"es", "en"})
"""Languages that tell nothing of a country; the others do, and no sponsor is told that they match."""
BLENDED = "blended"
OF_BLENDED = frozenset({"in_person", "virtual_live", "self_paced"})


class Language(ByNeed):
    """Of the languages of each need, how many are spoken; one that is interpreted counts by half."""

    key = "language"
    is_of_host = False

    def is_told(self, pair: Pair) -> bool:
        return bool(pair.offered.languages)

    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction | None:
        share = covered(need.languages, pair.offered.languages)
        if share is None or not _is_interpreted(pair):
            return share
        return (1 + share) / 2

    def reason(self, pair: Pair, labels: Labels) -> Text:
        asked, offered = pair.asked.codes("languages"), frozenset(pair.offered.languages)
        if not asked or not offered:
            return silent(Text("el idioma", "the language"), is_asked=bool(asked))
        told = say("Se pide {asked}; el ofrecimiento es en {offered}.",
                   "Asked for: {asked}; the offer is in {offered}.",
                   asked=languages(labels, asked), offered=languages(labels, offered))  # fmt: skip
        if asked <= offered or not _is_interpreted(pair):
            return told
        return after(told, Text("Cubre la interpretación: lo demás cuenta la mitad.",
                                "It covers interpretation: the rest counts half."))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        asked = languages(labels, pair.asked.codes("languages"))
        return say("Tendría que darse en alguno de estos idiomas, o cubrir la interpretación: {asked}.",
                   "It would have to be given in one of these languages, or to cover interpretation: {asked}.",
                   asked=asked)  # fmt: skip

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        common = pair.asked.codes("languages") & frozenset(pair.offered.languages) & WIDESPREAD
        if not common:
            return None
        return say("Puede darse en {common}, como usted ofrece.",
                   "It can be given in {common}, as you offer.",
                   common=languages(labels, common))  # fmt: skip


def _is_interpreted(pair: Pair) -> bool:
    return INTERPRETATION in pair.offered.costs


class Modality(ByNeed):
    """Whether it can be given as asked; a blended course and one of its halves serve by half."""

    key = "modality"
    is_of_host = False

    def is_told(self, pair: Pair) -> bool:
        return bool(pair.offered.modalities)

    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction | None:
        return _best(need.modality, pair.offered.modalities)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        asked, offered = pair.asked.codes("modality"), pair.offered.modalities
        if not asked or not offered:
            return silent(Text("la modalidad", "the way of teaching"), is_asked=bool(asked))
        return say("Modalidad que se pide: {asked}. Modalidad que se ofrece: {offered}.",
                   "Way of teaching asked for: {asked}. Offered: {offered}.",
                   asked=called(labels, "modalities", asked),
                   offered=called(labels, "modalities", offered))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        return say("La modalidad tendría que ser {asked}.",
                   "The way of teaching would have to be {asked}.",
                   asked=called(labels, "modalities", pair.asked.codes("modality")))  # fmt: skip

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        common = pair.asked.codes("modality") & frozenset(pair.offered.modalities)
        if not common:
            return None
        return say("Se busca la modalidad que usted ofrece: {common}.",
                   "The way of teaching sought is the one you offer: {common}.",
                   common=called(labels, "modalities", common))  # fmt: skip


def _best(asked: str, offered: tuple[str, ...]) -> Fraction | None:
    """How well the best of the modalities offered serves."""
    return max(_alike(asked, each) for each in offered) if asked else None


def _alike(asked: str, offered: str) -> Fraction:
    if asked == offered:
        return Fraction(1)
    is_half = BLENDED in (asked, offered) and OF_BLENDED & {asked, offered}
    return Fraction(1, 2) if is_half else Fraction(0)


class Seats(Criterion):
    """Of the participants, how many find a seat; or how near they come to the fewest it needs."""

    key = "seats"

    def share(self, pair: Pair) -> Fraction | None:
        everybody, fewest, most = _seats(pair)
        if not everybody or (fewest is None and most is None):
            return None
        if most is not None and everybody > most:
            return Fraction(most, everybody)
        return Fraction(min(everybody, fewest or 0), fewest) if fewest else Fraction(1)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        everybody, fewest, most = _seats(pair)
        if not everybody or (fewest is None and most is None):
            return silent(Text("la cantidad de participantes", "the number of participants"),
                          is_asked=bool(everybody))  # fmt: skip
        return say("Se pide para {people}; el ofrecimiento es para grupos {seats}.",
                   "Asked for {people}; the offer is for groups of {seats}.",
                   people=people(everybody), seats=_size(fewest, most))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        return Text(
            "El ofrecimiento tendría que incluir cupos.", "The offer would have to have seats."
        )

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        if self.share(pair) != 1:
            return None
        return Text("La cantidad de participantes cabe en los cupos de su ofrecimiento.",
                    "The number of participants fits the seats of your offer.")  # fmt: skip


def _size(fewest: int | None, most: int | None) -> Text:
    if fewest is None:
        return say("de hasta {most} personas", "up to {most} people", most=most or 0)
    if most is None:
        return say("de {fewest} personas o más", "{fewest} people or more", fewest=fewest)
    return say("de {fewest} a {most} personas", "{fewest} to {most} people",
               fewest=fewest, most=most)  # fmt: skip


def _seats(pair: Pair) -> tuple[int, int | None, int | None]:
    return pair.asked.participants, pair.offered.seats_min, pair.offered.seats_max


class Costs(ByNeed):
    """Of the cost lines that each country does not pay itself, how many the offer covers.

    A host pays what the place costs; nobody asks it to pay more.
    """

    key = "costs"

    def is_told(self, pair: Pair) -> bool:
        return bool(pair.offered.costs)

    def is_asked(self, pair: Pair) -> bool:
        return not pair.offered.is_host

    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction | None:
        return covered(need.costs, pair.offered.costs)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        asked, offered = pair.asked.codes("costs"), frozenset(pair.offered.costs)
        if not asked or not offered:
            return silent(
                Text("la cobertura de costos", "the cover of costs"), is_asked=bool(asked)
            )
        words = called(labels, "cost_lines", asked)
        if asked <= offered:
            return say("Falta quien pague {asked}; el ofrecimiento lo cubre todo.",
                       "Somebody is needed to pay {asked}; the offer covers all of it.",
                       asked=words)  # fmt: skip
        return say("Falta quien pague {asked}; el ofrecimiento cubre {offered}.",
                   "Somebody is needed to pay {asked}; the offer covers {offered}.",
                   asked=words, offered=called(labels, "cost_lines", asked & offered or offered))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        return say("Tendría que cubrir alguno de estos rubros: {asked}.",
                   "It would have to cover one of these lines: {asked}.",
                   asked=called(labels, "cost_lines", pair.asked.codes("costs")))  # fmt: skip

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        common = pair.asked.codes("costs") & frozenset(pair.offered.costs)
        if not common:
            return None
        return say("Se busca quien cubra lo que usted ofrece cubrir: {common}.",
                   "Somebody is sought to cover what you offer to cover: {common}.",
                   common=called(labels, "cost_lines", common))  # fmt: skip
