"""Is the offer about what is asked, for those who ask, at their level?"""

from __future__ import annotations

from fractions import Fraction

from app.formats.spec import Text
from app.matching.criterion import ByNeed, Criterion, Pair, covered
from app.matching.facts import NeedAsked
from app.matching.wording import Labels, called, listed, people, quoted, say, silent

LEVELS = ("awareness", "practitioner", "advanced", "expert", "trainer")
"""From the first to the last: a course one step away still serves by half."""


class Theme(ByNeed):
    """Of the themes of each need, how many the offer has."""

    key = "theme"
    is_of_host = False

    def is_told(self, pair: Pair) -> bool:
        return bool(pair.offered.themes)

    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction | None:
        return covered(need.themes, pair.offered.themes)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        asked, offered = pair.asked.codes("themes"), frozenset(pair.offered.themes)
        if not asked or not offered:
            return silent(
                Text("el contenido temático", "the thematic content"), is_asked=bool(asked)
            )
        common, words = asked & offered, called(labels, "themes", asked)
        if asked <= offered:
            return say("Se pide {asked}; el ofrecimiento lo incluye todo.",
                       "Asked for: {asked}; the offer includes all of it.", asked=words)  # fmt: skip
        if common:
            return say("Se pide {asked}; el ofrecimiento incluye {common}.",
                       "Asked for: {asked}; the offer includes {common}.",
                       asked=words, common=called(labels, "themes", common))  # fmt: skip
        return say("Se pide {asked}; el ofrecimiento trata {offered}.",
                   "Asked for: {asked}; the offer is about {offered}.",
                   asked=words, offered=called(labels, "themes", offered))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        return say("El ofrecimiento tendría que incluir alguno de estos temas: {asked}.",
                   "The offer would have to include one of these themes: {asked}.",
                   asked=called(labels, "themes", pair.asked.codes("themes")))  # fmt: skip

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        common = pair.asked.codes("themes") & frozenset(pair.offered.themes)
        if not common:
            return None
        return say("Coincide con el contenido temático de su ofrecimiento: {common}.",
                   "It matches the thematic content of your offer: {common}.",
                   common=called(labels, "themes", common))  # fmt: skip


class Profile(Criterion):
    """Of the participants, how many have a profile that the offer is for."""

    key = "profile"
    is_of_host = False

    def is_told(self, pair: Pair) -> bool:
        return bool(pair.offered.profiles)

    def share(self, pair: Pair) -> Fraction | None:
        everybody = pair.asked.participants
        if not everybody or not pair.offered.profiles:
            return None
        return Fraction(_reached(pair), everybody)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        audience, offered = pair.asked.audience(), pair.offered.profiles
        if not pair.asked.participants or not offered:
            return silent(Text("el perfil de participantes", "the profile of participants"),
                           is_asked=bool(pair.asked.participants))  # fmt: skip
        asked = listed(
            say("{people} de {profile}", "{people} of {profile}", people=audience[code],
                profile=quoted(labels, "profiles", code))
            for code in sorted(audience, key=lambda code: (-audience[code], code))
        )  # fmt: skip
        return say("Se pide para {asked}; el ofrecimiento es para {offered}: {reached} de {everybody}.",
                   "Asked for {asked}; the offer is for {offered}: {reached} of {everybody}.",
                   asked=asked, offered=called(labels, "profiles", offered), reached=_reached(pair),
                   everybody=people(pair.asked.participants))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        return say("El ofrecimiento tendría que admitir alguno de estos perfiles: {asked}.",
                   "The offer would have to admit one of these profiles: {asked}.",
                   asked=called(labels, "profiles", pair.asked.audience()))  # fmt: skip

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        common = frozenset(pair.asked.audience()) & frozenset(pair.offered.profiles)
        if not common:
            return None
        return say("Es para personas del perfil que usted ofrece capacitar: {common}.",
                   "It is for people of the profile that you offer to train: {common}.",
                   common=called(labels, "profiles", common))  # fmt: skip


def _reached(pair: Pair) -> int:
    audience = pair.asked.audience()
    return sum(audience.get(profile, 0) for profile in frozenset(pair.offered.profiles))


class Level(ByNeed):
    """Whether the level is the same (all of it) or a step away (half)."""

    key = "level"
    is_of_host = False

    def is_told(self, pair: Pair) -> bool:
        return pair.offered.level in LEVELS

    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction | None:
        return _near(need.level, pair.offered.level)

    def reason(self, pair: Pair, labels: Labels) -> Text:
        asked = pair.asked.codes("level") & frozenset(LEVELS)
        if not asked or pair.offered.level not in LEVELS:
            return silent(Text("el nivel", "the level"), is_asked=bool(asked))
        return say("Nivel que se pide: {asked}. Nivel que se ofrece: {offered}.",
                   "Level asked for: {asked}. Level offered: {offered}.",
                   asked=called(labels, "levels", asked),
                   offered=quoted(labels, "levels", pair.offered.level))  # fmt: skip

    def change(self, pair: Pair, labels: Labels) -> Text:
        return say("El nivel tendría que acercarse a {asked}.",
                   "The level would have to come closer to {asked}.",
                   asked=called(labels, "levels", pair.asked.codes("level")))  # fmt: skip

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        if pair.offered.level not in pair.asked.codes("level"):
            return None
        return say("Se busca el nivel que usted ofrece: {level}.",
                   "The level sought is the one you offer: {level}.",
                   level=quoted(labels, "levels", pair.offered.level))  # fmt: skip


def _near(asked: str, offered: str) -> Fraction | None:
    if asked not in LEVELS:
        return None
    steps = abs(LEVELS.index(asked) - LEVELS.index(offered))
    return Fraction(max(0, 2 - steps), 2)
