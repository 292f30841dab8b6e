"""How does the share of a group come about, so that it can be followed by hand?"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from app.formats.spec import Text
from app.matching.criterion import ByNeed, Criterion, Pair, mean, percent
from app.matching.wording import count, countries, listed, say

ALL, NOTHING = Text("todo", "all of it"), Text("nada", "nothing")
NEED, NEEDS = Text("necesidad", "need"), Text("necesidades", "needs")


def mean_told(criterion: Criterion, pair: Pair) -> Text | None:
    """The shares of the needs and their mean; None of one need, or of all or nothing."""
    if (
        not isinstance(criterion, ByNeed)
        or len(pair.asked.needs) < 2
        or not criterion.is_told(pair)
    ):
        return None
    shares = [(need.country, criterion.of_need(pair, need)) for need in pair.asked.needs]
    stated = [(country, share) for country, share in shares if share is not None]
    whole = mean(share for _, share in stated)
    if whole in (None, 0, 1):
        return None
    told = sorted(Counter(stated).items(), key=lambda each: (each[0][0], -each[0][1]))
    each = listed(_of_country(country, share, needs) for (country, share), needs in told)
    return say("Por necesidad: {each}; en promedio, {percent}\u00a0%.",
               "By need: {each}; {percent}% on average.", each=each, percent=percent(whole) or 0)  # fmt: skip


def _of_country(country: str, share: Fraction, needs: int) -> Text:
    """ "Honduras 3/7", "El Salvador todo (2 necesidades)"."""
    part = {Fraction(1): ALL, Fraction(0): NOTHING}.get(share, Text(str(share), str(share)))
    if needs == 1:
        return say("{country} {part}", "{country} {part}", country=countries([country]), part=part)
    return say("{country} {part} ({needs})", "{country} {part} ({needs})",
               country=countries([country]), part=part, needs=count(needs, NEED, NEEDS))  # fmt: skip
