"""Does a town tell its country, in both languages, and no ordinary word?"""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from app.formats.countries import MEMBERS
from app.organisations.cities import CITIES
from app.organisations.naming import found, of_country, phrase

ROOT = Path(__file__).resolve().parents[2]
TOWNS = {phrase(name) for names in CITIES.values() for name in names}
TOLD = [
    ("BZ", "a course in Belmopan"), ("BZ", "Ciudad de Belice"), ("CA", "In OTTAWA, in June"),
    ("CR", "en San José, en junio"), ("CR", "San Jose"), ("DO", "a Santo Domingo"),
    ("GT", "Ciudad de Guatemala"), ("HN", "Escuela judicial de Tegucigalpa"),
    ("MX", "Ciudad de México"), ("MX", "in Mexico City"), ("NI", "managua"), ("PA", "Panama City"),
    ("SV", "en la sede de San Salvador"), ("US", "Washington, D. C."), ("US", "Nueva York"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "text"), TOLD)
def test_a_text_that_names_a_capital_names_its_country(country: str, text: str) -> None:
    assert found(text, set(of_country(country)))
    others = {name for each in MEMBERS if each != country for name in of_country(each)}
    assert not found(text, others)


def test_every_member_has_towns() -> None:
    assert set(CITIES) == set(MEMBERS)


def test_no_town_is_a_word_that_enlace_itself_says() -> None:
    said = gettext.translation("messages", ROOT / "translations", ["es"])
    catalogue = vars(said)["_catalog"]
    words = [*(str(key) for key in catalogue), *catalogue.values()]
    words += [path.read_text() for path in (ROOT / "app/needs").glob("*.yaml")]
    assert [word for text in words if (word := found(str(text), TOWNS))] == []


@pytest.mark.parametrize(
    "text",
    ["el progreso de la unión", "un colón y un limón", "la libertad y la esperanza", "el paso del león",
     "rivas y victoria", "the progress of liberty", "a phoenix from Regina"],
)  # fmt: skip
def test_words_that_are_towns_somewhere_tell_nobody(text: str) -> None:
    assert not found(text, TOWNS)
