"""Are dates read as the region writes them, and never as another day?"""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from app.formats import dates
from app.formats.dates import NotADate, read_date, read_partial_date, say_date, write_date
from tests.formats.test_numbers import REGION

DAY = date(2004, 6, 5)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("es_HN", "5/6/2004"),
        ("es_HN", "05-06-2004"),
        ("es_HN", "5.6.2004"),
        ("es_HN", "2004-06-05"),
        ("es_HN", "2004/6/5"),
        ("es_HN", "5 de junio de 2004"),
        ("es_HN", "5 de junio del 2004"),
        ("es_HN", "5 jun 2004"),
        ("es_HN", "June 5, 2004"),
        ("en_BZ", "05/06/2004"),
        ("en_BZ", "5th June 2004"),
        ("en_US", "6/5/2004"),
        ("es_PA", "5 jun. 2004"),
        ("fr_CA", "5 juin 2004"),
        ("en_CA", "2004-06-05"),
    ],
)
def test_a_day_is_read_as_its_region_writes_it(locale: str, text: str) -> None:
    assert read_date(text, locale) == DAY


@pytest.mark.parametrize("locale", ["es_PA", "en_CA", "fr_CA", "es_US"])
def test_where_both_orders_are_usual_figures_must_be_clear(locale: str) -> None:
    with pytest.raises(NotADate):
        read_date("5/6/2004", locale)
    assert read_date("24/5/2004", locale) == read_date("5/24/2004", locale) == date(2004, 5, 24)
    assert read_date("5/5/2004", locale) == date(2004, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("30/2/2004", "0/1/2004", "1/13/2004", "5/6/04", "5/6", "2004", "5 2004 junio"),
        *("5/6/2004 10:00", "mañana", "5 de brumario de 2004", "5/6/1066", "5/6/9999", "٥/٦/2004"),
        *("5 6 2004 7", "", "x" * 100, "20040605", "5 junio 04"),
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        read_date(text, "es_HN")


@given(st.sampled_from([*REGION, "es_PA", "en_US", "es_US"]), DAYS)
def test_what_is_written_is_read_back(locale: str, day: date) -> None:
    assert read_date(write_date(day, locale), locale) == day


@given(st.sampled_from(["es", "en"]), st.sampled_from(REGION), DAYS)
def test_a_date_in_words_is_read_back_anywhere(lang: str, locale: str, day: date) -> None:
    assert read_date(say_date(day, lang), locale) == day


def test_dates_are_said_in_words() -> None:
    assert say_date(date(2004, 5, 24), "es") == "24 de mayo de 2004"
    assert say_date(date(2004, 5, 24), "en") == "24 May 2004"


def test_no_short_month_means_two_months_in_the_languages_of_the_region() -> None:
    meanings: dict[str, set[int]] = {}
    for language in ("es", "en", "fr"):
        for width in ("wide", "abbreviated"):
            for month, name in Locale(language).months["format"][width].items():
                meanings.setdefault(name.casefold().strip("."), set()).add(month)
    assert all(len(months) == 1 for months in meanings.values())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2004", "2004"),
        ("05/2004", "2004-05"),
        ("2004-05", "2004-05"),
        ("mayo de 2004", "2004-05"),
        ("24/5/2004", "2004-05-24"),
    ],
)
def test_a_date_may_be_known_in_part(text: str, kept: str) -> None:
    assert read_partial_date(text, "es_HN") == kept


@pytest.mark.parametrize("text", ["04", "13/2004", "0/2004", "mayo", "5/5", "", "1/2/3"])
def test_a_part_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        read_partial_date(text, "es_HN")


@pytest.mark.parametrize(
    ("typed", "locale", "kind", "mentions"),
    [
        ("30/02/2004", "es_HN", dates.NoSuchDay, "30/02/2004"),
        ("31 de abril de 2004", "es_HN", dates.NoSuchDay, "31/04/2004"),
        ("2004-13-01", "es_PA", dates.NoSuchDay, "2004-13-01"),
        ("04/05/2004", "es_PA", dates.TwoDays, "4 de mayo de 2004"),
        ("04/05/2004", "es_PA", dates.TwoDays, "5 de abril de 2004"),
        ("00/05/2004", "es_PA", dates.NoSuchDay, "2004-05-00"),
        ("tomorrow", "en_US", dates.NotADate, "05/24/2004"),
    ],
)
def test_a_refused_date_says_what_is_wrong_with_it(
    typed: str, locale: str, kind: type, mentions: str
) -> None:
    with pytest.raises(kind) as refused:
        dates.read_date(typed, locale)
    message, params = refused.value.why(locale)
    assert mentions in message % params
