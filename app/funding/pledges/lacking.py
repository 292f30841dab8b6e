"""What is still missing before a course can be carried, and what would the Secretariat do next?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.funding.courses import fixing
from app.funding.courses.figures import Standing
from app.funding.courses.models import Course
from app.funding.courses.parts import Asked
from app.web import locale


@dataclass(frozen=True)
class Step:
    """The one next step: what it is for, what its button says, and where it leads."""

    words: str
    label: str
    endpoint: str


SEATS = Step(N_("Next: give countries seats."), N_("Seats"), "courses.seats")
COSTS = Step(N_("Next: write what it costs, and from whom each line is expected."), N_("Costs"),
             "courses.costs")  # fmt: skip
LAST_DAY = Step(N_("Next: write the last day for pledges."), N_("Edit the course"), "courses.edit")
SHEET = Step(N_("Next: look at what sponsors would read, and send it to them."),
             N_("What sponsors read"), "courses.sheet")  # fmt: skip
RENEWAL = Step(N_("The course changed since it was last sent. Sponsors still read the older sheet."),
               N_("What sponsors read"), "courses.sheet")  # fmt: skip
DAYS = Step(N_("Next: write when and where it is held, and who hosts it."), N_("Edit the course"),
            "courses.edit")  # fmt: skip
AFTERWARDS = {
    "open": Step(N_("Next: fix the date."), N_("Fix the date"), "delivery.show"),
    "scheduled": Step(N_("Next: record who came, once it was held."), N_("Record that it was held"),
                      "delivery.show"),
    "delivered": Step(N_("Next: conclude the evaluation."), N_("Conclude the evaluation"),
                      "delivery.show"),
    "evaluated": Step(N_("Next: close the course."), N_("Close the course"), "delivery.show"),
}  # fmt: skip


def next_step(course: Course, *, is_older: bool, has_costs: bool) -> Step | None:
    """What the Secretariat would do next with a course; None where nothing is left to do."""
    if course.state == "planned":
        if not course.seats:
            return SEATS
        if not has_costs:
            return COSTS
        return LAST_DAY if course.decide_by is None else SHEET
    if is_older and course.state in ("open", "scheduled"):
        return RENEWAL
    if course.state == "open" and not all(
        is_there for _words, is_there, _endpoint in fixing.required(course)
    ):
        return DAYS
    return AFTERWARDS.get(course.state)


def of(course: Course, stands: Standing, asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """(in words, where it is looked after) of all that a course still lacks."""
    found = [
        (_(words), url_for(endpoint, course_id=course.id))
        for words, is_there, endpoint in fixing.required(course)
        if not is_there
    ]
    if stands.missing:
        amount = locale.show_money(stands.missing)
        found.append(
            (
                _("%(amount)s US dollars that nobody has confirmed or offered", amount=amount),
                "#money",
            )
        )
    if stands.promised:
        amount = locale.show_money(stands.promised)
        found.append(
            (
                _("the confirmation of %(amount)s US dollars that are offered", amount=amount),
                "#pledges",
            )
        )
    for each in asked:
        if each.state != "confirmed":
            name = each.organisation.name(locale.lang())
            found.append((_("the word of %(name)s on its part", name=name), "#parts"))
    return found
