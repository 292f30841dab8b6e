"""Where is a group named, filled, split, merged and dissolved?"""

from __future__ import annotations

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
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow import tables

Errors = list[tuple[str, str]]


def _errors(refusal: Refusal) -> tuple[Errors, int]:
    """What is wrong and where, and the status with which it is said. Raises what has no place."""
    if refusal.field is None:
        raise refusal
    return [(refusal.field, refusal.say())], refusal.status


@blueprint.route("/<group_id>/name", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def rename(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/name: how it is called."""
    tables.GROUP.after(opened.group.state, "edit")
    errors: Errors = []
    status = 200
    if is_submitted():
        try:
            actions.rename(current_actor(), opened, named())
        except Refusal as refusal:
            errors, status = _errors(refusal)
        else:
            return done(group_url(opened), _("The name was saved."))
    return page("groups/name.html", status=status, opened=opened, errors=errors, work_form=True,
                typed=_typed(opened.name), back=group_url(opened))  # fmt: skip


def _typed(name: Text) -> dict[str, str]:
    return {
        "name_es": request.form.get("name_es", name.es),
        "name_en": request.form.get("name_en", name.en),
    }


@blueprint.route("/<group_id>/needs", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def add(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/needs: put further needs into it."""
    tables.GROUP.after(opened.group.state, "edit")
    errors: Errors = []
    status = 200
    if is_submitted():
        try:
            actions.add(current_actor(), opened, _chosen())
        except Refusal as refusal:
            errors, status = _errors(refusal)
        else:
            return done(group_url(opened), _("The group was changed."))
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
    return page("groups/add.html", status=status, opened=opened, errors=errors, listed=listed,
                against=against, is_all=is_all, countries=countries, chosen=_chosen(),
                back=group_url(opened))  # fmt: skip


def _chosen() -> list[str]:
    return list(dict.fromkeys(request.form.getlist("needs")))


@blueprint.route("/<group_id>/split", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def split(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/split: let needs leave, alone or as a group of their own."""
    tables.GROUP.after(opened.group.state, "edit")
    errors: Errors = []
    status = 200
    if is_submitted():
        try:
            return _split(opened)
        except Refusal as refusal:
            errors, status = _errors(refusal)
    return page(
        "groups/split.html", status=status, opened=opened, errors=errors, chosen=_chosen(),
        members=queries.members(opened.id), typed=_typed(_other_name(opened.name)),
        becomes=request.form.get("becomes", "alone"), back=group_url(opened), work_form=True,
    )  # fmt: skip


def _other_name(name: Text) -> Text:
    return Text(f"{name.es} (2)", f"{name.en} (2)")


def _split(opened: OpenedGroup) -> Response:
    if request.form.get("becomes") == "group":
        made = actions.split(current_actor(), opened, _chosen(), named())
        return done(
            url_for("groups.show", group_id=made.id), _("The group was split: this is the new one.")
        )
    actions.take_out(current_actor(), opened, _chosen())
    return done(group_url(opened), _("The group was changed."))


@blueprint.route("/<group_id>/merge", methods=["GET", "POST"])
@guarded(Permission.GROUP_EDIT, load=queries.get)
def merge(opened: OpenedGroup) -> Response:
    """GET, POST /groups/<id>/merge: take over the needs of another group."""
    tables.GROUP.after(opened.group.state, "edit")
    errors: Errors = []
    status = 200
    if is_submitted():
        try:
            actions.merge(current_actor(), opened, _other(opened))
        except Refusal as refusal:
            errors, status = _errors(refusal)
        else:
            return done(group_url(opened), _("The groups were merged."))
    others = [(key, name.say(locale.lang())) for key, name in queries.others_of(opened.group)]
    return page("groups/merge.html", status=status, opened=opened, errors=errors, others=others,
                chosen=request.form.get("group", ""), back=group_url(opened))  # fmt: skip


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
