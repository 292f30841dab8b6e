"""Under which addresses does the report stand, and what do its pages share?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from unicodedata import category

from flask import Blueprint, current_app, request, url_for

from app import clock
from app.calls.models import Call
from app.formats.words import N_
from app.policy.permissions import Permission
from app.reports import drawing, moments
from app.reports.document import Lang
from app.reports.report import Report
from app.web import locale
from app.web.navigation import Entry

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
NAV = Entry("reports.index", N_("Report"), Permission.REPORT_READ)

NeedsUrl = Callable[..., str]


def moment_asked(call: Call) -> datetime:
    """The moment that the address names, exactly or by its day; now if it names none.

    Raises Refusal for what is no day of the past.
    """
    if exact := request.args.get("as_of"):
        return moments.in_past(exact.strip(), call.zone, locale.locale())
    if typed := request.args.get("on", "").strip():
        return moments.end_of_day(typed, call.zone, locale.locale())
    return clock.now()


def drawn_again(text: str) -> str:
    """What was typed, as a page can hold it: without control characters, which nobody sees."""
    return "".join(sign for sign in text if sign in "\r\n\t" or category(sign) != "Cc")


def lang_asked() -> Lang:
    """The language of a file: the one the address names, else that of the page."""
    lang = request.args.get("lang", locale.lang())
    return "en" if lang == "en" else "es"


def is_demonstration() -> bool:
    return current_app.config["ENLACE"].is_demonstration


def shown(report: Report, needs_url: NeedsUrl) -> dict[str, Any]:
    """What every page with figures is given."""
    return {
        "report": report,
        "told": moments.told(report.as_of, report.zone, locale.locale()),
        "tables": drawing.tables(report, locale.lang(), locale.locale()),
        "needs_url": needs_url,
    }


def live_needs_url(call: Call, as_of: datetime) -> NeedsUrl:
    """Leads from a figure to the needs behind it, as of the moment at which it was counted."""
    moment = moments.in_address(as_of)

    def url(**line: Any) -> str:
        return url_for("reports.needs_of_call", call_id=call.id, as_of=moment, **line)

    return url
