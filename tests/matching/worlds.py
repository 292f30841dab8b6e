"""Which needs and offers does hypothesis make up to be judged?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from app.formats.countries import MEMBERS
from app.matching.criterion import Pair
from app.matching.facts import Asked, NeedAsked, Offered, Window
from app.matching.weights import KEYS, Weights
from app.needs.format import NEED

LABELS = NEED.code_lists
TODAY = date(2004, 5, 24)


def _codes(name: str, few: int = 6) -> list[str]:
    return [code.key for code in LABELS[name].codes][:few]


def some(name: str, *, least: int = 0, most: int = 4, few: int = 6):
    """A few codes of a list; few enough that two of them often meet."""
    return st.lists(st.sampled_from(_codes(name, few)), min_size=least, max_size=most,
                    unique=True).map(tuple)  # fmt: skip


days = st.integers(-40, 200).map(lambda number: TODAY + timedelta(number))


@st.composite
def windows(draw):
    first, last = draw(st.none() | days), draw(st.none() | days)
    return Window(first, max(first, last) if first and last else last)


level = st.sampled_from(["", *_codes("levels")])
modality = st.sampled_from(["", *_codes("modalities", 4)])
countries = st.lists(st.sampled_from(MEMBERS), max_size=4, unique=True).map(tuple)


@st.composite
def needs(draw, key: str = "need"):
    profiles = draw(some("profiles"))
    return NeedAsked(
        key=key, country=draw(st.sampled_from(MEMBERS)), themes=draw(some("themes")),
        audience=tuple((each, draw(st.integers(0, 60))) for each in profiles), level=draw(level),
        languages=draw(some("languages")), window=draw(windows()), modality=draw(modality),
        hours=Decimal(draw(st.integers(0, 200))) / 4, costs=draw(some("cost_lines")),
    )  # fmt: skip


@st.composite
def asks(draw, key: str = "asked"):
    return Asked(
        key=key, needs=tuple(draw(needs(f"need{n}")) for n in range(draw(st.integers(1, 4))))
    )


@st.composite
def offers(draw, key: str = "offer"):
    fewest, most = draw(st.none() | st.integers(1, 80)), draw(st.none() | st.integers(1, 80))
    return Offered(
        key=key, valid_until=draw(days), themes=draw(some("themes")), profiles=draw(some("profiles")),
        level=draw(level), seats_min=fewest, seats_max=max(fewest, most) if fewest and most else most,
        countries=draw(countries), modalities=draw(some("modalities", most=2, few=4)),
        languages=draw(some("languages")), days=draw(st.none() | st.integers(1, 20)),
        window=draw(windows()), last_spending_on=draw(st.none() | days),
        is_standing=draw(st.booleans()), costs=draw(some("cost_lines")), is_host=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def pairs(draw):
    return Pair(draw(asks()), draw(offers()), TODAY)


@st.composite
def weights(draw):
    cuts = sorted(
        draw(st.lists(st.integers(0, 100), min_size=len(KEYS) - 1, max_size=len(KEYS) - 1))
    )
    points = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return Weights(dict(zip(KEYS, points, strict=True)), draw(st.integers(0, 100)))
