"""Where are the totals of each year read, and taken away as a file?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from flask import Blueprint, Response
from flask_babel import gettext as _

from app.db.errors import Missing
from app.documents.bulk import sheet
from app.documents.csv import csv_text
from app.documents.model import Column, Row
from app.figures import Stack, stacked
from app.formats.numbers import write_number
from app.formats.words import N_
from app.funding.delivery import years
from app.funding.delivery.years import COLUMNS, MEANING, Year
from app.policy.permissions import Permission
from app.web import locale
from app.web.downloads import download
from app.web.guard import current_actor, guarded
from app.web.navigation import Entry
from app.web.page import finish_reading, page

blueprint = Blueprint("years", __name__, url_prefix="/years")
NAV = Entry("years.show", N_("Years"), Permission.YEARS_READ)


@blueprint.get("")
@guarded(Permission.YEARS_READ)
def show() -> Response:
    """GET /years: offers, needs, matches, seats offered, used and finished, year by year."""
    found, at = _found()
    return page(
        "delivery/years.html", years=found, at=at, columns=COLUMNS, meaning=MEANING,
        total=years.total(found), chart=_chart(found) if found else "",
    )  # fmt: skip


@blueprint.get("/table.<ending>")
@guarded(Permission.YEARS_READ)
def table(ending: str) -> Response:
    """GET /years/table.<xlsx or csv>: the same table as a file."""
    if ending not in ("xlsx", "csv"):
        raise Missing(ending)
    found, _at = _found()
    finish_reading()
    columns = [Column(key="year", header=_("Year"), kind="text", width=8)]
    columns += [Column(key=what, header=_(label), kind="number") for what, label in COLUMNS.items()]
    rows: list[Row] = [(str(each.year), *(each[what] for what in COLUMNS)) for each in found]
    if ending == "csv":
        return download(_encoded(csv_text(columns, rows)), "years.csv")
    return download(sheet(columns, rows, title=_("Years")), "years.xlsx")


def _found() -> tuple[list[Year], datetime | None]:
    """The Secretariat reads what stands now, members what the clock counted last."""
    if current_actor().is_secretariat:
        return years.count(), None
    return years.counted()


def _chart(found: list[Year]) -> str:
    """Seats of each year: finished, used without finishing, offered and not used."""
    region = locale.locale()

    def stack(each: Year) -> Stack:
        parts = (
            each["finished"],
            each["used"] - each["finished"],
            max(0, each["offered"] - each["used"]),
        )
        return Stack(
            str(each.year), tuple(Decimal(part) for part in parts),
            tuple(write_number(part, region) for part in parts),
            write_number(max(each["offered"], each["used"]), region),
        )  # fmt: skip

    return stacked(
        [stack(each) for each in found], element_id="seats-by-year", title=_("Seats by year"),
        key=(_("finished"), _("came and did not finish"), _("not used")),
        description=_("For each year, how many of the seats offered were used and how many people "
                      "finished. The table below holds the same figures."),
    )  # fmt: skip


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)
