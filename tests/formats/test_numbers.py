"""Are numbers read as the region writes them, and never as another number?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.numbers import NotANumber, read_number, write_number

REGION = ("es_HN", "es_CR", "es_MX", "es_419", "en_BZ", "en_CA", "fr_CA")
NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("locale", "text", "number"),
    [
        ("es_HN", "18,400.50", "18400.50"),
        ("es_HN", "18400.5", "18400.5"),
        ("es_HN", "18 400.50", "18400.50"),
        ("es_HN", "1,234", "1234"),
        ("es_419", "1,234,567.89", "1234567.89"),
        ("en_BZ", " 7 ", "7"),
        ("es_CR", f"18{NBSP}400,50", "18400.50"),
        ("es_CR", f"18{NARROW}400,50", "18400.50"),
        ("es_CR", "18.400,50", "18400.50"),
        ("es_CR", "18.400", "18400"),
        ("fr_CA", "18 400,5", "18400.5"),
        ("es_HN", "\u22125", "-5"),
        ("es_HN", "-0", "0"),
        ("es_HN", "007", "7"),
    ],
)
def test_a_number_is_read_as_its_region_writes_it(locale: str, text: str, number: str) -> None:
    assert read_number(text, locale, places=2) == Decimal(number)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("es_HN", "1.234"),  # neither 1,234 nor 1.23
        ("es_HN", "18.400,50"),
        ("es_HN", "1,50"),
        ("es_HN", "18,40.50"),
        ("es_HN", "1,2345"),
        ("es_HN", "1,234 567"),
        ("es_HN", "5."),
        ("es_HN", ".5"),
        ("es_HN", "1e3"),
        ("es_HN", "+5"),
        ("es_HN", "--5"),
        ("es_HN", "L 500"),
        ("es_HN", "500 USD"),
        ("es_HN", "٣"),
        ("es_HN", "１２"),
        ("es_HN", "NaN"),
        ("es_HN", "Infinity"),
        ("es_HN", ""),
        ("es_HN", "9" * 16),
        ("es_CR", "1,234"),  # in Costa Rica a decimal mark and three decimals
        ("es_CR", "18,400.50"),
        ("es_CR", "18.40"),
        ("fr_CA", "18,400"),
    ],
)
def test_what_could_be_another_number_is_refused(locale: str, text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text, locale, places=2)


def test_a_point_that_may_be_decimal_or_group_is_refused_where_three_decimals_are_allowed() -> None:
    with pytest.raises(NotANumber):
        read_number("1.234", "es_CR", places=3)
    assert read_number("1.234.567", "es_CR", places=3) == 1234567
    assert read_number("1.234", "es_HN", places=3) == Decimal("1.234")


def test_a_whole_number_has_no_decimal_mark() -> None:
    with pytest.raises(NotANumber):
        read_number("5.0", "es_HN", places=0)


def test_numbers_are_written_as_the_region_does() -> None:
    amount = Decimal("18400.50")
    assert write_number(amount, "es_HN", places=2, least=2) == "18,400.50"
    assert write_number(amount, "es_CR", places=2, least=2) == f"18{NBSP}400,50"
    assert write_number(Decimal("6.50"), "es_HN", places=2) == "6.5"
    assert write_number(1250, "en_BZ") == "1,250"


@given(
    st.sampled_from(REGION),
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
)
def test_what_is_written_is_read_back(locale: str, number: Decimal) -> None:
    for least in (0, 2):
        written = write_number(number, locale, places=2, least=least)
        assert read_number(written, locale, places=2) == number


@given(st.sampled_from(REGION), st.text(alphabet="0123456789., -\u00a0", max_size=12))
def test_any_text_of_figures_and_marks_is_read_or_refused(locale: str, text: str) -> None:
    try:
        number = read_number(text, locale, places=2)
    except NotANumber:
        return
    assert f"{abs(number):f}".replace(".", "").lstrip("0") in "".join(
        letter for letter in text if letter.isdigit()
    )
