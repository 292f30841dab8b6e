"""Where is a group named, filled, split, merged and dissolved?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.formats.spec import Text
from app.groups import actions, gathering, queries
from app.groups.facts import facts_of, format_of
from app.groups.queries import OpenedGroup
from app.groups.reasons import Words, obstacles
from app.groups.views.pages import blueprint, countries, group_url, named
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted, number_sent
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.transaction import start_over
from app.workflow import tables

Errors = list[tuple[str, str]]
Shown = Callable[[OpenedGroup], Mapping[str, Any]]


def _form(opened: OpenedGroup, template: str, do: Callable[[], Response], shown: Shown) -> Response:
    """The page of a form, or what follows from sending it. Where and why it was refused is said there."""
    tables.GROUP.after(opened.group.state, "edit")
    errors, status = Errors(), 200
    if is_submitted():
        try:
            return do()
        except Refusal as refusal:
            if refusal.field is None:
                raise
            # Some of it was written before it was refused: the page is drawn from what stands.
            start_over()
            opened = queries.get(current_actor(), opened.id)
            errors, status = [(refusal.field, refusal.say())], refusal.status
    return page(template, status=status, opened=opened, errors=errors, back=group_url(opened),
                **shown(opened))  # fmt: skip


@blueprint.route("/<group_id>/name", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def rename(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/name: how it is called."""

    def do() -> Response:
        actions.rename(current_actor(), opened, named(), number_sent("revision"))
        return done(group_url(opened), _("The name was saved."))

    return _form(opened, "groups/name.html", do,
                 lambda now: {"typed": _typed(now.name), "work_form": True})  # fmt: skip


def _typed(name: Text) -> dict[str, str]:
    return {
        "name_es": request.form.get("name_es", name.es),
        "name_en": request.form.get("name_en", name.en),
    }


@blueprint.route("/<group_id>/needs", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def add(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/needs: put further needs into it."""

    def do() -> Response:
        actions.add(current_actor(), opened, _chosen())
        return done(group_url(opened), _("The group was changed."))

    return _form(opened, "groups/add.html", do, _candidates)


def _candidates(opened: OpenedGroup) -> dict[str, Any]:
    """The needs that could come in, and what speaks against each."""
    words, is_all = Words(format_of(opened.call.id)), request.args.get("all") == "yes"
    facts = facts_of(opened.group)
    listed = queries.candidates(opened.group, () if is_all else facts.common_themes,
                                request.args.get("after", "")[:400])  # fmt: skip
    found = gathering.needs_by_id([row.need_id for row in listed.rows], words)
    against = {
        need.need_id: [each.say(locale.lang()) for each in obstacles(need, facts.shared, words)]
        for need in found
        if facts.shared is not None
    }
    return {"listed": listed, "against": against, "is_all": is_all, "countries": countries,
            "chosen": _chosen()}  # fmt: skip


def _chosen() -> list[str]:
    return list(dict.fromkeys(request.form.getlist("needs")))


@blueprint.route("/<group_id>/split", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def split(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/split: let needs leave, alone or as a group of their own."""

    def do() -> Response:
        if request.form.get("becomes") != "group":
            actions.take_out(current_actor(), opened, _chosen())
            return done(group_url(opened), _("The group was changed."))
        made = actions.split(current_actor(), opened, _chosen(), named())
        there = url_for("groups.show", group_id=made.id)
        return done(there, _("The group was split: this is the new one."))

    return _form(opened, "groups/split.html", do, lambda now: {
        "chosen": _chosen(), "members": queries.members(now.id),
        "typed": _typed(Text(f"{now.name.es} (2)", f"{now.name.en} (2)")),
        "becomes": request.form.get("becomes", "alone"), "work_form": True,
    })  # fmt: skip


@blueprint.route("/<group_id>/merge", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def merge(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/merge: take over the needs of another group."""

    def do() -> Response:
        actions.merge(current_actor(), opened, _other(opened))
        return done(group_url(opened), _("The groups were merged."))

    return _form(opened, "groups/merge.html", do, lambda now: {
        "others": [(key, name.say(locale.lang())) for key, name in queries.others_of(now.group)],
        "chosen": request.form.get("group", ""),
    })  # fmt: skip


def _other(opened: OpenedGroup) -> OpenedGroup:
    """The group that was chosen. Raises Refusal for none."""
    chosen: Any = request.form.get("group", "")
    if chosen not in [key for key, _name in queries.others_of(opened.group)]:
        raise Refusal(actions.ITSELF, field="group")
    return queries.get(current_actor(), chosen)


@blueprint.route("/<group_id>/dissolution", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def dissolve(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/dissolution: end it; its needs stay as they are."""
    tables.GROUP.after(opened.group.state, "dissolve")
    if is_submitted():
        actions.dissolve(current_actor(), opened)
        return done(group_url(opened), _("The group was dissolved."))
    return page("groups/dissolution.html", opened=opened, back=group_url(opened))
