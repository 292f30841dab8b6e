"""Which groups are there, and what stands in one, now or as of an earlier moment?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response, redirect, request, url_for

from app.db.errors import Missing
from app.documents.shown import Shown
from app.formats.spec import Format, Text
from app.groups import gathering, history, queries
from app.groups.facts import GroupFacts, facts_of, format_of
from app.groups.queries import OpenedGroup, Submitted
from app.groups.reasons import Words, differences, reasons
from app.groups.similar import Comparable, Shared
from app.groups.views.pages import blueprint, call_asked, countries, instant_asked
from app.needs.exports import theme_words
from app.policy.permissions import Permission
from app.web import locale
from app.web.guard import current_actor, guarded
from app.web.page import page

Tell = Callable[[Shared, Sequence[Comparable], Words], tuple[Text, ...]]


@blueprint.get("")
@guarded(Permission.GROUP_READ)
def index() -> Response:
    """GET /groups: the groups in use, newest first, and how many proposals wait for a word."""
    actor = current_actor()
    call, offered = call_asked()
    listed = queries.list_open(actor, request.args.get("after", "")[:400],
                               call_id=request.args.get("call", ""))  # fmt: skip
    return page(
        "groups/list.html", block="results", listed=listed, call=call, offered=offered,
        figures=queries.figures([row.NeedGroup.id for row in listed.rows]),
        nothing=queries.Figures(), countries=countries, asked=request.args.get("call", ""),
        waiting=queries.count_proposals(call.id) if call else 0,
        search=queries.search_of(call.id) if call else None,
    )  # fmt: skip


@blueprint.get("/<group_id>")
@guarded(Permission.GROUP_READ, load=queries.get)
def show(opened: OpenedGroup) -> Response:
    """GET /groups/<id>: its needs, what they share, its totals and its history."""
    as_of = instant_asked()
    name = queries.name_at(opened.group, as_of) if as_of else opened.name
    if name is None:
        raise Missing(opened.id)
    form = format_of(opened.call.id)
    facts, words = facts_of(opened.group, as_of), Words(form)
    return page(
        "groups/show.html", opened=opened, name=name, as_of=as_of, facts=facts, words=words,
        members=queries.members(opened.id, as_of), themes=theme_words, countries=countries,
        reasons=_said(facts, words, reasons), differences=_said(facts, words, differences),
        costs=_costs(facts, form), past=history.history(opened.group),
    )  # fmt: skip


def _said(facts: GroupFacts, words: Words, tell: Tell) -> list[str]:
    if facts.shared is None:
        return []
    return [each.say(locale.lang()) for each in tell(facts.shared, facts.needs, words)]


def _costs(facts: GroupFacts, form: Format) -> list[tuple[str, str]]:
    """Each line's words and its estimate, in the order of the form's lines."""
    field, shown = form.facts.get("costs"), Shown(locale.locale())
    words = {line.key: line.label.say(locale.lang()) for line in (field.lines if field else ())}
    order = {key: place for place, key in enumerate(words)}
    return [
        (words.get(each.line, each.line),
         f"{shown.number(each.amount, least_decimals=2)} {each.currency or ''}"
         if each.amount is not None else "")
        for each in sorted(facts.costs, key=lambda cost: order.get(cost.line, len(order)))
    ]  # fmt: skip


@blueprint.get("/of/<need_id>")
@guarded(Permission.GROUP_READ, load=queries.need)
def of_need(need: Submitted) -> Response:
    """GET /groups/of/<need>: leads to a need's group or proposal, or says why there is none."""
    if found := queries.group_of(need.id):
        return redirect(url_for("groups.show", group_id=found[0]), 303)  # type: ignore[return-value]
    if proposal_id := queries.proposal_with(need.id):
        return redirect(url_for("groups.proposal", proposal_id=proposal_id), 303)  # type: ignore[return-value]
    compared = gathering.needs_by_id([need.id], Words(format_of(need.call_id)))
    return page(
        "groups/alone.html", need=need, is_in_force=bool(compared),
        declines=bool(compared) and compared[0].joint is False,
        search=queries.search_of(need.call_id),
    )  # fmt: skip
