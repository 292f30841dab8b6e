"""Under which addresses does the report stand, and what do its pages share?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from unicodedata import category

from flask import Blueprint, current_app, request, url_for
from flask_babel import gettext as _

from app import clock
from app.calls.models import Call
from app.db.errors import Missing
from app.formats.words import N_
from app.policy.permissions import Permission
from app.reports import building, drawing, files, moments, queries
from app.reports.document import Lang
from app.reports.funding_table import only_left_out
from app.reports.models import Edition
from app.reports.report import Earlier, Report
from app.web import locale
from app.web.errors import Refusal
from app.web.guard import current_actor
from app.web.navigation import Entry

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
NAV = Entry("reports.index", N_("Report"), Permission.REPORT_READ)

BEFORE_OPENED = N_(
    "This call was opened on %(opened)s. A report can be as of that moment or of any later one."
)
NeedsUrl = Callable[..., str]


def moment_asked(call: Call) -> datetime:
    """The moment that the address names, exactly or by its day and hour; now if it names none.

    Raises Refusal for what is no moment of the past, or lies before the call was opened.
    """
    if exact := request.args.get("as_of"):
        moment = moments.in_past(exact.strip(), call.zone, locale.locale())
    elif (typed := _typed(call, moments.AS_OF)) is not None:
        moment = typed
    else:
        return clock.now()
    return _refuse_before(call, moment, moments.AS_OF)


def _refuse_before(call: Call, moment: datetime, fields: moments.Fields) -> datetime:
    """The moment, if the call was open by then: before, its countries had nothing to answer."""
    if moment < call.opens_at <= clock.now():
        opened = moments.told(call.opens_at, call.zone, locale.locale())
        raise Refusal(BEFORE_OPENED, field=fields.day, opened=opened)
    return moment


def _typed(call: Call, fields: moments.Fields) -> datetime | None:
    day, hour = (request.args.get(name, "").strip() for name in fields)
    if not day and not hour:
        return None
    return moments.typed(day, hour, call.zone, locale.locale(), fields)


def since_asked(call: Call) -> Earlier | None:
    """With what the address compares the figures of a call: a moment or an edition, or nothing.

    Raises Refusal for what is no moment of the past, Missing for an edition that there is not.
    """
    if (moment := _since_moment(call)) is not None:
        return building.figures_at(call, moment)
    other = other_edition(call.id)
    return building.figures_of(queries.get_frozen(current_actor(), other, "")) if other else None


def since_named(call: Call) -> str:
    """The same by its name: the moment as addresses carry it, or the edition's id; "" for nothing."""
    if (moment := _since_moment(call)) is not None:
        return moments.in_address(moment)
    other = other_edition(call.id)
    return other.id if other else ""


def _since_moment(call: Call) -> datetime | None:
    asked = request.args.get("since", "").strip()
    if (moment := _typed(call, moments.SINCE)) is None and asked.endswith("Z"):
        moment = moments.exact(asked)
    return None if moment is None else _refuse_before(call, moment, moments.SINCE)


def compared(report: Report, edition: Edition, audience: str) -> Report:
    """A published report, compared with another edition where the address names one."""
    other = other_edition(edition.call_id)
    if other is None or other.id == edition.id:
        return report
    document = queries.get_frozen(current_actor(), other, audience)
    return building.compared(report, building.figures_of(document))


def other_edition(call_id: str) -> Edition | None:
    """The edition with which the address compares, if any. Raises Missing for one that there is not."""
    asked = request.args.get("since", "").strip()
    if not asked:
        return None
    other = queries.get(current_actor(), asked)
    if other.call_id != call_id or other.state != queries.PUBLISHED:
        raise Missing(asked)
    return other


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
        # What is asked for on a page of its own must not be saved as if it were the file.
        "is_long": report.compilation.total.needs > files.LARGE,
        "told": moments.told(report.as_of, report.zone, locale.locale()),
        "tables": drawing.tables(report, locale.lang(), locale.locale()),
        "changes": drawing.changes(report, locale.lang(), locale.locale()),
        "funding": drawing.funding(report, locale.lang(), locale.locale()),
        "left_out": only_left_out(report.funding, locale.lang()),
        "offers": drawing.offers(report, locale.lang(), locale.locale()),
        "needs_url": needs_url,
    }


def choices(editions: Iterable[Edition], zone: str) -> list[tuple[str, str]]:
    """Editions to compare with: id, and what each is called."""
    return [
        (
            edition.id,
            _("Edition %(number)s", number=edition.number)
            + f" · {moments.told(edition.as_of, zone, locale.locale())}",
        )
        for edition in editions
        if edition.as_of
    ]


def live_needs_url(call: Call, as_of: datetime) -> NeedsUrl:
    """Leads from a figure to the needs behind it, as of the moment at which it was counted."""
    moment = moments.in_address(as_of)

    def url(**line: Any) -> str:
        return url_for("reports.needs_of_call", call_id=call.id, as_of=moment, **line)

    return url
