"""Are figures and dates written as each region writes them?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from app.documents.shown import Shown

LOCALES = ["es_HN", "es_419", "es_MX", "es_CR", "en_BZ", "en_CA", "es_PA"]


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("es_HN", "18,400.50"), ("en_CA", "18,400.50"), ("es_CR", "18\u00a0400,50")],
)
def test_money_has_two_decimals_and_the_region_s_signs(locale: str, shown: str) -> None:
    assert Shown(locale).cell(Decimal("18400.5"), "money") == shown


def test_a_figure_is_never_rounded() -> None:
    assert Shown("es_HN").cell(Decimal("0.12345678"), "number") == "0.12345678"
    assert Shown("es_HN").cell(Decimal("1.005"), "money") == "1.005"


def test_whole_hours_have_no_decimals_and_half_hours_do() -> None:
    shown = Shown("es_HN")
    assert shown.cell(Decimal("1160.00"), "hours") == "1,160"
    assert shown.cell(Decimal("7.50"), "hours") == "7.5"


def test_nothing_is_an_empty_text_and_a_text_is_itself_in_any_column() -> None:
    shown = Shown("es_HN")
    assert shown.cell(None, "money") == ""
    assert shown.cell("n/d", "money") == "n/d"


def test_dates_are_written_as_the_region_does() -> None:
    assert Shown("es_HN").cell(date(2004, 5, 24), "date") == "24 may 2004"
    assert Shown("es_HN").long_date(date(2004, 5, 24)) == "24 de mayo de 2004"
    assert Shown("en_BZ").long_date(date(2004, 5, 24)) == "24 May 2004"


@given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from(LOCALES))
def test_figures_are_written_as_unicode_s_own_data_say(value: Decimal, locale: str) -> None:
    if value == 0:
        value = Decimal(0)  # minus nothing is written by nobody
    assert Shown(locale).number(value) == format_decimal(value, locale=locale)
