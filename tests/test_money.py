"""Is no cent lost or made, whatever is added, converted or shared out?"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import money

AMOUNTS = st.decimals(min_value=0, max_value=money.MOST, places=2)
RATES = st.decimals(min_value=money.FINEST_RATE, max_value=10**6, places=10)


@given(AMOUNTS, RATES)
def test_a_conversion_is_within_half_a_cent_of_the_exact_product(
    amount: Decimal, rate: Decimal
) -> None:
    exact = Fraction(amount) * Fraction(rate)
    assert abs(Fraction(money.convert(amount, rate)) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.005", "0.00"), ("0.015", "0.02"), ("0.025", "0.02"), ("-1.005", "-1.00")]
)  # fmt: skip
def test_halves_of_a_cent_go_to_the_even_cent(amount: str, rounded: str) -> None:
    assert money.cents(Decimal(amount)) == Decimal(rounded)


@given(AMOUNTS, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_shares_add_up_to_the_whole_and_none_is_off_by_a_cent(
    amount: Decimal, weights: list[int]
) -> None:
    parts = money.shares(amount, weights)
    assert money.total(parts) == amount
    assert len(parts) == len(weights)
    if whole := sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            exact = Fraction(amount) * weight / whole
            assert abs(Fraction(part) - exact) < Fraction(1, 100)


@given(AMOUNTS, st.lists(st.integers(0, 50), min_size=1, max_size=8))
def test_shares_are_the_same_each_time(amount: Decimal, weights: list[int]) -> None:
    assert money.shares(amount, weights) == money.shares(amount, weights)


@given(st.lists(AMOUNTS, max_size=30))
def test_a_total_does_not_depend_on_the_order(amounts: list[Decimal]) -> None:
    assert money.total(amounts) == money.total(reversed(amounts)) == sum(amounts, money.ZERO)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_what_is_missing_is_never_less_than_nothing(
    cost: Decimal, funded: Decimal, promised: Decimal
) -> None:
    left = money.missing(cost, funded, promised)
    assert left == max(Decimal(0), cost - funded - promised)


@given(AMOUNTS, st.integers(1, 500))
def test_times_and_each_undo_each_other_to_the_cent(amount: Decimal, count: int) -> None:
    each = money.each_of(money.times(amount, count), count)
    assert each == amount


def test_among_nobody_nothing_falls_to_anybody() -> None:
    assert money.each_of(Decimal(100), 0) is None


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity"])
def test_what_is_no_rate_is_refused(rate: str) -> None:
    with pytest.raises(ValueError, match="rate"):
        money.convert(Decimal(1), Decimal(rate))


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_what_are_no_weights_is_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        money.shares(Decimal(1), weights)


def test_what_is_no_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="amount"):
        money.cents(Decimal("NaN"))


@given(
    usd=st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2)),
    rate=st.integers(1, 3 * 10**6).map(lambda parts: Decimal(parts).scaleb(-6)),
)
def test_what_dollars_are_worth_in_another_currency_is_never_worth_more_than_they_are(
    usd: Decimal, rate: Decimal
) -> None:
    found = money.worth(usd, rate)

    assert money.convert(found, rate) <= usd
    if rate <= 1:
        assert money.convert(found, rate) == usd
        assert money.convert(found - money.CENT, rate) < usd
    assert money.convert(found + money.CENT, rate) >= usd
