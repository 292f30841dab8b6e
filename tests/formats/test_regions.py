"""Is every country of the world in one region, and the Americas where they are?"""

from __future__ import annotations

import pycountry
import pytest

from app.formats.countries import MEMBERS, country_names
from app.formats.regions import REGIONS, is_american
from tests.formats.documents import case

NOWHERE = {"AQ"}


def test_every_country_has_one_region() -> None:
    assert set(REGIONS) | NOWHERE == {country.alpha_2 for country in pycountry.countries}
    assert set(country_names("en")) <= set(REGIONS) | NOWHERE


def test_every_region_has_its_words() -> None:
    assert {*REGIONS.values(), "MIXED"} == {code.key for code in case().code_lists["un_m49"].codes}


@pytest.mark.parametrize("country", [*MEMBERS, "BR", "CU", "GL", "AR"])
def test_the_americas_are_american(country: str) -> None:
    assert is_american(country) is True


@pytest.mark.parametrize("country", ["NP", "ES", "ET", "NZ", "RU", "TW"])
def test_other_continents_are_not(country: str) -> None:
    assert is_american(country) is False


def test_who_has_no_state_is_from_no_region() -> None:
    assert is_american("XXA") is None
