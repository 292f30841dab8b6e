"""Is every reason told in both languages with its values, and what may a sponsor read of it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from app.formats.cleaning import plain
from app.formats.countries import MEMBERS, country_names
from app.formats.spec import Text
from app.matching.criterion import Pair
from app.matching.facts import Asked, NeedAsked, Offered, Window
from app.matching.match import findings, for_sponsor, match
from app.matching.weights import DEFAULT
from app.matching.wording import listed
from app.organisations.naming import ALSO_CALLED
from tests.matching import worlds
from tests.matching.worlds import LABELS, TODAY

BORDER = NeedAsked(
    key="border", country="HN", themes=("T2", "T3"), audience=(("prosecutor", 20), ("consular", 12)),
    level="practitioner", languages=("es", "en"), window=Window(date(2004, 8, 2), date(2004, 10, 29)),
    modality="in_person", hours=Decimal(24), costs=("trainers_travel", "participants_travel"),
)  # fmt: skip
COURSE = Offered(
    key="course", valid_until=date(2004, 12, 31), themes=("T3",), profiles=("consular",),
    level="advanced", seats_min=10, seats_max=30, countries=("GT", "SV"), modalities=("blended",),
    languages=("es",), days=5, window=Window(date(2004, 11, 15), date(2004, 11, 30)),
    costs=("trainers_travel",),
)  # fmt: skip
WHOLE = replace(COURSE, themes=("T2", "T3"))
SAID = {
    "theme": ("Se pide “Detección e indicadores” e “Identificación y entrevista, también de niñas y "
              "niños y con intérprete”; el ofrecimiento incluye “Identificación y entrevista, también "
              "de niñas y niños y con intérprete”."),
    "profile": ("Se pide para 20 de “Fiscalía” y 12 de “Personal consular”; el ofrecimiento es para "
                "“Personal consular”: 12 de 32 participantes."),
    "level": ("Nivel que se pide: “Aplicarlo en el trabajo de cada día”. Nivel que se ofrece: "
              "“Resolver casos difíciles sin ayuda”."),
    "language": "Se pide español e inglés; el ofrecimiento es en español.",
    "window": ("Se pide del 2 de agosto de 2004 al 29 de octubre de 2004. El ofrecimiento vale del "
               "15 de noviembre de 2004 al 30 de noviembre de 2004; el curso dura 5 días. "
               "No coinciden."),
    "seats": "Se pide para 32 participantes; el ofrecimiento es para grupos de 10 a 30 personas.",
    "eligibility": ("Países que lo piden: Honduras. El ofrecimiento está abierto a: Guatemala y "
                    "El Salvador."),
    "costs": ("Falta quien pague “Viaje de capacitadores” y “Viaje de participantes”; el ofrecimiento "
              "cubre “Viaje de capacitadores”."),
    "modality": "Modalidad que se pide: “Presencial”. Modalidad que se ofrece: “Semipresencial”.",
    "validity": "El ofrecimiento está vigente hasta el 31 de diciembre de 2004.",
}  # fmt: skip
CHANGES = {
    "window": "Uno de los dos períodos tendría que acercarse 17 días.",
    "eligibility": "El auspiciador tendría que admitir a Honduras.",
}


def _told(need=BORDER, offered=COURSE):
    return findings(match(Pair(Asked(key="need", needs=(need,)), offered, TODAY), DEFAULT, "x"),
                    DEFAULT, LABELS)  # fmt: skip


def test_reasons_hold_the_values_themselves():
    told = _told()
    assert {each.criterion: each.reason.es for each in told} == SAID
    assert {each.criterion: each.change.es for each in told if each.change} == CHANGES
    english = {each.criterion: each.reason.en for each in told}
    assert english["language"] == "Asked for: Spanish and English; the offer is in Spanish."
    assert english["window"].endswith("the course takes 5 days. They do not meet.")


PORT = replace(BORDER, key="port", country="SV", themes=("T3",), languages=(), modality="",
               costs=("trainers_travel", "participants_travel", "venue_logistics"))  # fmt: skip


def _told_of_group(*needs, offered=COURSE):
    pair = Pair(Asked(key="group", needs=needs), offered, TODAY)
    return {each.criterion: each for each in findings(match(pair, DEFAULT, "x"), DEFAULT, LABELS)}


def test_the_share_of_a_group_can_be_followed_by_hand():
    told = _told_of_group(BORDER, PORT)
    by_need = {key: each.reason.es.partition(" Por necesidad: ")[2] for key, each in told.items()}
    assert by_need == {
        "theme": "Honduras 1/2 y El Salvador todo; en promedio, 75\u00a0%.",
        "level": "Honduras 1/2 y El Salvador 1/2; en promedio, 50\u00a0%.",
        "language": "Honduras 1/2; en promedio, 50\u00a0%.",
        "window": "",
        "eligibility": "Honduras nada y El Salvador todo; en promedio, 50\u00a0%.",
        "costs": "Honduras 1/2 y El Salvador 1/3; en promedio, 41\u00a0%.",
        "modality": "Honduras 1/2; en promedio, 50\u00a0%.",
        "profile": "", "seats": "", "validity": "",
    }  # fmt: skip
    for each in told.values():
        percent = each.reason.en.partition(" By need: ")[2].rpartition("; ")[2]
        assert percent in ("", f"{each.share}% on average.")


def test_needs_of_one_country_that_are_met_alike_are_told_together():
    other = replace(BORDER, key="other")
    told = _told_of_group(BORDER, PORT, other)["costs"]
    assert told.reason.en.endswith(
        " By need: Honduras 1/2 (2 needs) and El Salvador 1/3; 44% on average."
    )
    assert "By need" not in _told_of_group(BORDER, other, offered=WHOLE)["theme"].reason.en


def test_what_is_not_asked_of_a_host_is_no_near_miss():
    host = Offered(key="host", valid_until=TODAY, themes=(), costs=("venue_logistics",), is_host=True,
                   window=Window(date(2004, 8, 1), date(2004, 12, 31)))  # fmt: skip
    pair = Pair(Asked(key="group", needs=(BORDER,)), host, TODAY)
    found = match(pair, DEFAULT, "host")
    assert found.failed == ()
    told = {each.criterion: each for each in findings(found, DEFAULT, LABELS)}
    for key in ("theme", "profile", "level", "language", "costs", "modality"):
        assert told[key].verdict == "not_asked"
        assert told[key].reason.en == "Not asked of who offers the place."
    assert told["window"].verdict == "fits"
    assert match(replace(pair, offered=replace(host, is_host=False)), DEFAULT, "x").failed == (
        "costs",
    )


def test_what_nobody_said_is_told_as_such():
    silent = NeedAsked(key="need", country="HN", themes=("T2",), audience=())
    told = {each.criterion: each.reason.es for each in _told(silent)}
    assert told["level"] == "No consta el nivel que se pide."
    assert told["seats"] == "No consta la cantidad de participantes que se pide."
    bare = Offered(key="bare", valid_until=TODAY, themes=("T2",))
    told = {each.criterion: each.reason.es for each in _told(offered=bare)}
    assert told["language"] == "No consta el idioma que se ofrece."
    assert told["window"] == "No consta el período que se ofrece."


@settings(max_examples=100)
@given(worlds.pairs(), worlds.weights())
def test_every_reason_and_change_exists_in_both_languages(pair, weights):
    for each in findings(match(pair, weights, "key"), weights, LABELS):
        for text in filter(None, (each.reason, each.change)):
            for said in (text.es, text.en):
                assert said[0].isupper(), said
                assert said.endswith("."), said
                assert "{" not in said
                assert "  " not in said
            assert text.es != text.en


@settings(max_examples=100)
@given(worlds.pairs())
def test_what_a_sponsor_may_read_names_no_country_and_nothing_its_offer_does_not_say(pair):
    others = _not_offered(pair)
    for key, text in for_sponsor(pair, LABELS).items():
        assert key not in ("eligibility", "validity")
        for lang in ("es", "en"):
            said = f" {plain(text.say(lang))} "
            assert not [name for name in _names(lang) if f" {plain(name)} " in said], said
            assert not [word for word in others[lang] if f"“{word}”" in text.say(lang)], said


def _names(lang):
    yield from (country_names(lang)[code] for code in MEMBERS)
    yield from (name for names in ALSO_CALLED.values() for name in names)
    yield "criollo beliceño" if lang == "es" else "Belize Kriol"


def _not_offered(pair):
    lists = {"themes": "themes", "profiles": "profiles", "costs": "cost_lines",
             "modalities": "modalities"}  # fmt: skip
    return {
        lang: {code.label.say(lang) for name, codes in lists.items() for code in LABELS[codes].codes
               if code.key not in getattr(pair.offered, name)}
        for lang in ("es", "en")
    }  # fmt: skip


def test_a_sponsor_is_not_told_of_a_language_that_tells_the_country():
    need = NeedAsked(key="need", country="BZ", themes=("T2",), audience=(), languages=("bzj", "en"))
    offered = Offered(key="x", valid_until=TODAY, themes=("T9",), languages=("bzj", "en"))
    told = for_sponsor(Pair(Asked(key="need", needs=(need,)), offered, TODAY), LABELS)
    assert told["language"] == Text("Puede darse en inglés, como usted ofrece.",
                                    "It can be given in English, as you offer.")  # fmt: skip


@pytest.mark.parametrize(("words", "said"), [
    (["español"], "español"),
    (["español", "inglés"], "español e inglés"),
    (["inglés", "español"], "inglés y español"),
    (["agua", "hielo"], "agua y hielo"),
    (["padres", "hijos"], "padres e hijos"),
    (["“Albergue”", "“Interpretación”"], "“Albergue” e “Interpretación”"),
])  # fmt: skip
def test_spanish_lists_end_as_they_sound(words, said):
    assert listed(Text(word, word) for word in words).es == said
