"""Which reservations has one's country stated, and what does one of them do?"""

from __future__ import annotations

from flask import Response

from app import clock
from app.cases.common_format.format import CASE
from app.cases.reservations import queries, readers, shown, words
from app.cases.reservations.queries import Found, Stated
from app.cases.reservations.terms import of_record
from app.cases.reservations.views.pages import blueprint
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.page import page


@blueprint.get("")
@guarded(Permission.RESERVATION_READ)
def index() -> Response:
    """GET /reservations: the legal texts of one's country and what follows from each."""
    listed = queries.list_stated(current_actor())
    rows = [(stated, [shown.row(rule) for rule in stated.current]) for stated in listed]
    return page("reservations/list.html", rows=rows)


@blueprint.get("/<text_id>")
@guarded(Permission.RESERVATION_READ, load=queries.get_stated)
def show(stated: Stated) -> Response:
    """GET /reservations/<text>: a legal text, its rules, and all earlier versions of both."""
    current = [shown.row(rule) for rule in stated.current]
    past = [shown.row(rule) for rule in stated.rules if rule not in stated.current]
    may_write = allowed(current_actor(), Permission.RESERVATION_WRITE, stated)
    return page("reservations/show.html", stated=stated, current=current, past=past,
                may_write=may_write)  # fmt: skip


@blueprint.get("/rules/<rule_id>")
@guarded(Permission.RESERVATION_READ, load=queries.get_rule)
def rule(found: Found) -> Response:
    """GET /reservations/rules/<rule>: what it says, its effect by example, and what can be done with it."""
    return draw_rule(found)


def draw_rule(found: Found, *, error: str = "") -> Response:
    """The page of a rule; with an error where its confirmation was refused."""
    actor, says = current_actor(), of_record(found.rule)
    is_live = found.rule.state in ("draft", "in_force")
    may_write = is_live and allowed(actor, Permission.RESERVATION_WRITE, found)
    made = shown.example_of(actor, found, clock.today()) if is_live else None
    return page(
        "reservations/rule.html", status=422 if error else 200, found=found, rule=found.rule,
        row=shown.row(found.rule), text=found.text, made=made, may_write=may_write,
        change=shown.change_of(found) if is_live else None, error=error,
        reads=readers.already_read(actor, found.rule) if is_live else [],
        may_confirm=may_write and found.rule.state == "draft",
        is_author=found.text.written_by == actor.person_id,
        discloses=says.discloses, wide=words.listed(words.data_label(code, CASE) for code in says.data),
    )  # fmt: skip
