"""How are the offers of a report listed? In one table, the same on the page and in every file."""

from __future__ import annotations

from app.documents.model import Column, Table
from app.formats.spec import Text
from app.reports import sentences as say
from app.reports.offered import ListedOffer


def offers_table(offers: tuple[ListedOffer, ...], lang: str) -> Table:
    """The offers of a report, the same on the page and in every file."""

    def together(words: tuple[Text, ...]) -> str:
        return "; ".join(each.say(lang) for each in words)

    return Table(
        key="offers",
        title=say.OFFERS.say(lang),
        columns=(
            Column(key="by", header=say.OFFERED_BY.say(lang), width=22),
            Column(key="offer", header=say.OFFER.say(lang), width=32),
            Column(key="roles", header=say.ROLE.say(lang), width=24),
            Column(key="covers", header=say.COVERS.say(lang), width=30),
            Column(key="until", header=say.STANDS_UNTIL.say(lang), kind="date", width=18),
        ),
        rows=tuple(
            (one.by.say(lang), one.title, together(one.roles), together(one.covers),
             one.valid_until)
            for one in offers
        ),
    )  # fmt: skip
