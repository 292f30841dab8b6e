"""How are sums of money added, converted and shared out without losing a cent?

Exact decimals throughout. An amount is rounded in one place, `cents`, to the nearest cent and, halfway
between two, to the even one. Courses are planned in US dollars; what is paid in another currency keeps
its own amount beside the dollars that it was worth at a dated rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

PLANNED_IN = "USD"
CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MOST = Decimal("9999999999.99")
"""What no single amount goes beyond."""
FINEST_RATE = Decimal("0.0000000001")
"""The smallest difference between two rates."""
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
"""Enough digits for any product of an amount and a rate, so that nothing is rounded twice."""


def cents(amount: Decimal) -> Decimal:
    """The amount in whole cents. Raises ValueError for what is no number."""
    if not amount.is_finite():
        raise ValueError("this is no amount of money")
    return amount.quantize(CENT, context=_EXACT)


def convert(amount: Decimal, rate: Decimal) -> Decimal:
    """What an amount is worth at a rate, in whole cents. Raises ValueError for a rate that is none."""
    if not rate.is_finite() or rate <= 0:
        raise ValueError("a rate is greater than zero")
    return cents(_EXACT.multiply(amount, rate))


def worth(usd: Decimal, rate: Decimal) -> Decimal:
    """The least amount of another currency that is worth so many dollars at a rate, in whole cents.

    Where no amount is worth exactly that, as of a currency dearer than the dollar, it is the greatest
    that is worth less.
    """
    halfway = _EXACT.divide(_EXACT.subtract(usd, CENT / 2), rate)
    least = max(halfway.quantize(CENT, ROUND_FLOOR, _EXACT), ZERO)
    for more in range(3):
        if convert(found := least + more * CENT, rate) == usd:
            return found
    return _EXACT.divide(usd, rate).quantize(CENT, ROUND_FLOOR, _EXACT)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts, in whole cents."""
    return cents(sum(amounts, ZERO))


def times(amount: Decimal, count: int) -> Decimal:
    """So many times an amount."""
    return cents(_EXACT.multiply(amount, Decimal(count)))


def missing(cost: Decimal, *parts: Decimal) -> Decimal:
    """What of a cost nobody covers yet; never less than nothing."""
    return max(cost - total(parts), ZERO)


def each_of(amount: Decimal, count: int) -> Decimal | None:
    """What falls to each of so many, rounded; None where there is nobody."""
    return cents(_EXACT.divide(amount, Decimal(count))) if count > 0 else None


def shares(amount: Decimal, weights: Sequence[int]) -> tuple[Decimal, ...]:
    """An amount in parts as great as their weights, to the cent: the parts add up to the amount.

    The cents that are left over go to the parts that lost most by rounding down, the first of equals
    first. Without any weight the first part is the whole. Raises ValueError for no parts, or a
    negative weight.
    """
    if not weights or min(weights) < 0:
        raise ValueError("parts have weights, and none is negative")
    whole = sum(weights)
    if whole == 0:
        return (cents(amount), *(ZERO for _ in weights[1:]))
    hundredths = int(cents(amount).scaleb(2))
    parts = [divmod(hundredths * weight, whole) for weight in weights]
    left = hundredths - sum(part for part, _ in parts)
    by_loss = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    luckier = set(by_loss[:left])
    return tuple(
        Decimal(part + (place in luckier)).scaleb(-2) for place, (part, _) in enumerate(parts)
    )
