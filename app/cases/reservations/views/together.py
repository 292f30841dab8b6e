"""Where does the Secretariat see what the countries can tell each other, and take it away as a file?"""

from __future__ import annotations

from flask import Response, request

from app import clock
from app.cases.common_format.format import CASE
from app.cases.reservations import together, words
from app.cases.reservations.terms import PURPOSES
from app.cases.reservations.together import Asked
from app.cases.reservations.views.pages import blueprint
from app.db.errors import Missing
from app.documents.bulk import sheet
from app.documents.csv import csv_text
from app.formats.countries import MEMBERS, choices_of
from app.policy.permissions import Permission
from app.reserving.tlp import MARKS
from app.web import locale
from app.web.downloads import download
from app.web.guard import guarded
from app.web.page import finish_reading, page
from app.web.sentences import gettext as _


@blueprint.get("/matrix")
@guarded(Permission.RESERVATION_MATRIX)
def matrix() -> Response:
    """GET /reservations/matrix: piece by piece, for all pairs, for one country, or for one pair."""
    asked = _asked()
    table = together.table(asked, clock.today())
    countries = list(choices_of("members", locale.lang()).items())
    return page(
        "reservations/matrix.html", block="results", asked=asked, table=table,
        headings=table.headings(asked), sections=together.sections(), countries=countries,
        purposes=words.purposes_to_choose(CASE),
        marks=[(mark, f"TLP:{mark.replace('_', '+')}") for mark in MARKS],
    )  # fmt: skip


@blueprint.get("/matrix.<ending>")
@guarded(Permission.RESERVATION_MATRIX)
def matrix_file(ending: str) -> Response:
    """GET /reservations/matrix.<xlsx or csv>: the same as a file, with a column for each pair."""
    if ending not in ("xlsx", "csv"):
        raise Missing(ending)
    columns, rows = together.file_of(_asked(), clock.today())
    finish_reading()
    if ending == "csv":
        pieces = csv_text(columns, rows)
        return download((piece.encode() for piece in pieces), "reservations.csv")
    return download(sheet(columns, rows, title=_("Reservations")), "reservations.xlsx")


def _asked() -> Asked:
    known = {
        "section": {key for key, _title in together.sections()}, "sender": set(MEMBERS),
        "receiver": set(MEMBERS), "purpose": set(PURPOSES), "mark": set(MARKS),
    }  # fmt: skip
    given = {name: request.args.get(name, "") for name in known}
    return Asked(**{name: text if text in known[name] else "" for name, text in given.items()})
