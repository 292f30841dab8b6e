"""Where does a sponsor ask what its money would complete, and take the justification away?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app import money
from app.accounts import cookie, throttle
from app.figures.gap import GAP_WORDS, GapLine, gap
from app.formats.words import N_
from app.funding.courses import rates
from app.funding.courses.figures import by_line
from app.funding.courses.lists import COST_LINES, CURRENCIES, THEMES, choices
from app.funding.courses.reading import written
from app.funding.means import asking, queries, reckoning, words
from app.funding.means.asking import Means
from app.funding.means.justification import Lang, on_one_page
from app.funding.means.reckoning import Answer
from app.funding.offers.queries import today
from app.policy.actor import locale_of
from app.policy.permissions import Permission
from app.web import locale
from app.web.downloads import download
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.navigation import Entry
from app.web.page import page

blueprint = Blueprint("means", __name__, url_prefix="/means")
NAV = Entry("means.show", N_("I have a sum"), Permission.MEANS_ASK)
BECAUSE = {
    reckoning.NO_LINE: N_("Nothing is missing there in the lines that you may pay."),
    reckoning.NO_DATES: N_("It has no dates yet, so nobody can say whether it ends by your last spending date."),
    reckoning.TOO_LATE: N_("It ends after your last spending date."),
    reckoning.OTHER_THEME: N_("It is about other themes."),
    reckoning.NOT_ENOUGH: N_("The sum does more elsewhere, or is not enough to complete anything here."),
}  # fmt: skip
EXAMPLE = "40,000"
FIGURES = ("amount", "currency", "spend_by", "lines", "themes")
"""What may stand in an address."""


@blueprint.route("", methods=["GET", "POST"])
@guarded(Permission.MEANS_ASK)
def show() -> Response:
    """GET, POST /means?amount=…: what a sum would complete; its figures stand in the address."""
    if request.method == "POST":
        return _asked()
    means, errors = _read(request.args, cookie.conditions()) if request.args else (None, {})
    return _page(request.args, errors, _answer(means) if means else None)


def _asked() -> Response:
    """Lead to the answer, whose address holds the figures alone; or say what cannot be read."""
    means, errors = _read(request.form, request.form["conditions"])
    if means is None or not is_submitted():
        return _page(request.form, errors, None)
    cookie.keep_conditions(means.conditions)
    figures: dict[str, Any] = {
        name: [each.strip() for each in request.form.getlist(name)] for name in FIGURES
    }
    return redirect(url_for("means.show", **figures), 303)  # type: ignore[return-value]


def _read(asked: MultiDict[str, str], conditions: str) -> tuple[Means | None, dict[str, str]]:
    return asking.read(asked, rates.known(), example=EXAMPLE, today=today(), conditions=conditions)


def _page(typed: MultiDict[str, str], errors: dict[str, str], found: Answer | None) -> Response:
    known, lang = rates.known(), locale.lang()
    return page(
        "means/show.html", status=422 if errors else 200, found=found, errors=errors,
        typed=typed, conditions=typed.get("conditions", cookie.conditions()),
        lines=choices(COST_LINES, lang), themes=choices(THEMES, lang),
        currencies=[each for each in choices(CURRENCIES, lang) if each[0] in known],
        planned_in=money.PLANNED_IN, because=BECAUSE, example=EXAMPLE, longest=asking.LONGEST,
        line_words=lambda line: COST_LINES.label(line, lang),
        query={name: typed.getlist(name) for name in FIGURES},
        drawing=_drawing(found) if found else "", offers=_offers(found) if found else {},
    )  # fmt: skip


@blueprint.get("/justification.pdf")
@guarded(Permission.MEANS_ASK)
def justified() -> Response:
    """GET /means/justification.pdf?amount=…: one page for the sponsor's headquarters."""
    means, errors = _read(request.args, cookie.conditions())
    if means is None:
        raise Refusal(N_("Ask first what the sum would complete."), field=next(iter(errors)))
    actor, lang = current_actor(), _lang_asked()
    document, printed = on_one_page(
        _answer(means), lang=lang, locale=locale_of(lang, actor.country), today=locale.today(),
        sponsor=actor.organisation_in(lang), organisation_id=actor.organisation_id,
        demonstration=current_app.config["ENLACE"].is_demonstration,
    )  # fmt: skip
    return download(printed, f"{words.FILE_NAME.say(lang)}-{document.reference}-{lang}.pdf")


def _lang_asked() -> Lang:
    """The language of the page that is printed: the one the address names, else the reader's."""
    return "en" if request.args.get("lang", locale.lang()) == "en" else "es"


def _drawing(found: Answer) -> str:
    """What was covered, what the sum covers and what stays missing, course by course."""
    lang = locale.lang()
    said = GAP_WORDS[lang]._replace(funded=_("Covered before"), promised=_("Your sum"))
    return gap(
        [GapLine(each.course.title(lang), each.course.standing.cost, each.covered, each.amount)
         for each in found.helped],
        words=said, show=locale.show_money, element_id="means",
        title=_("What is covered of each course, in US dollars"),
    )  # fmt: skip


def _offers(found: Answer) -> dict[str, dict[str, str]]:
    """Course -> the amounts with which its form of an offer is filled in beforehand, in the currency
    that was asked for at its rate.

    What is offered already stays in it: the new offer takes the place of the old one.
    """
    means = found.means
    return {
        each.course.course_id: {"currency": means.currency}
        | {
            f"amount-{line}": written(money.worth(amount, means.rate.usd))
            for line, amount in by_line([*each.course.own.items(), *each.lines]).items()
        }
        for each in found.helped
    }


def _answer(means: Means) -> Answer:
    """Raises TooManyRequests for somebody who asks again and again: it is reckoned, not looked up."""
    throttle.count_question("means", current_actor().person_id)
    return reckoning.answer(means, queries.fundable(current_actor(), today()))
