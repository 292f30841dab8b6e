"""What does each mask leave of an answer, and how is it read?"""

from __future__ import annotations

from typing import Any

import pytest

from app.formats.hidden import hidden
from app.formats.in_part import in_part, region_name, words
from app.reserving.masks import FITS, masked
from tests.formats.documents import field


@pytest.mark.parametrize(("mask", "value", "es", "en"), [
    ("year", "1990-02-01", "1990", "1990"),
    ("year", "1990", "1990", "1990"),
    ("age_band", "1990-02-01", "12 a 14 años", "12 to 14 years"),
    ("age_band", "1986-06", "15 a 17 años", "15 to 17 years"),
    ("age_band", "1986-05", "edad sin precisar", "age not certain"),
    ("age_band", "1930", "50 o más años", "50 or more years"),
    ("age_band", 17, "15 a 17 años", "15 to 17 years"),
    ("region", "SV", "Centroamérica", "Central America"),
    ("region", ["CU", "US", "HN"], "Norteamérica; Centroamérica; Caribe", "Northern America; Central America; Caribbean"),
    ("region", "XXA", "Mundo", "world"),
    ("initials", "María del Mar Ñuñez", "M. D. M. Ñ.", "M. D. M. Ñ."),
    ("initials", ["El Chele", "x"], "E. C.; X.", "E. C.; X."),
    ("count_band", 0, "0", "0"),
    ("count_band", 1, "1", "1"),
    ("count_band", 4, "2 a 4", "2 to 4"),
    ("count_band", "49.90", "25 a 49", "25 to 49"),
    ("count_band", "5000.00", "50 o más", "50 or more"),
])  # fmt: skip
def test_a_mask_leaves_what_its_name_says(mask: str, value: Any, es: str, en: str) -> None:
    left = masked(mask, value, "2004-05-24")
    assert left is not None
    assert (words(left, "es"), words(left, "en")) == (es, en)


def test_without_a_day_no_age_is_certain() -> None:
    assert masked("age_band", "1990", None) == in_part("age_band", "UNK")


def test_a_sealed_answer_is_not_looked_at() -> None:
    assert masked("year", hidden("c")) == in_part("year")
    assert words(in_part("year"), "es") == "visible solo en parte"
    assert words(in_part("year", hidden("c")), "en") == "shown in part only"


def test_an_answer_is_coarsened_once() -> None:
    left = in_part("year", "1990")
    assert masked("year", left) == left
    assert masked("age_band", left) is None


def test_every_kind_reads_what_stands_for_an_answer() -> None:
    for mask, kinds in FITS.items():
        for kind in kinds:
            asked = field(kind)
            assert asked.kind.is_answered(in_part(mask))
            assert asked.kind.show(in_part(mask), asked, "en", "en") == "shown in part only"
            assert asked.kind.cell(in_part(mask), asked, "en") == "shown in part only"
            assert asked.kind.dump(in_part(mask), asked, "en") == []


def test_regions_have_names() -> None:
    assert region_name("003", "es") == "Norteamérica"
    assert region_name("??", "en") == "??"
