"""Under which addresses do one's own communications stand, and how do they get the engine's pages?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from app.cases.common_format.format import CASE
from app.cases.exchanges import actions, against, deciding, naming, queries, reserved
from app.cases.exchanges.opened import OpenedCase
from app.formats.bound import Lists
from app.formats.words import N_
from app.intake.mounting import Mount, Part, Verbs
from app.intake.opened import Opened
from app.intake.routes import routes
from app.policy.permissions import Permission
from app.web.asked import said, unknown
from app.web.guard import current_actor
from app.web.locale import lang
from app.web.navigation import Entry
from app.workflow.machine import Machine
from app.workflow.names import name_of

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
NAV = Entry("cases.index", N_("Cases"), Permission.CASE_LIST)
KINDS = tuple(code.key for code in CASE.code_lists["report_kind"].codes)


def url_of(case: OpenedCase) -> str:
    return url_for("cases.show", case_id=case.id)


def kinds() -> list[tuple[str, str]]:
    """Every kind of communication with what it is called."""
    return [(code.key, code.label.say(lang())) for code in CASE.code_lists["report_kind"].codes]


@dataclass(frozen=True)
class Options:
    """What may be chosen above a list: (code, word)."""

    kinds: Sequence[tuple[str, str]]
    states: Sequence[tuple[str, str]]


def asked_of(machine: Machine, *, but: Collection[str] = ()) -> tuple[queries.Asked, str, Options]:
    """What the address asks of a list, what of it was left aside, and what may be chosen."""
    known = {"state": machine.states, "kind": KINDS}
    aside = unknown(known)
    asked = queries.Asked(**{n: "" if n in aside else request.args.get(n, "") for n in known})
    states = [
        (each, _(name_of(machine.name, each).word)) for each in machine.states if each not in but
    ]
    return asked, said(aside), Options(kinds(), states)


def lists(case: Opened) -> Lists:
    """The units and people to which answers of a communication may point, and what these are called."""
    return naming.lists(current_actor(), case.unit_id if isinstance(case, OpenedCase) else "")


MOUNT = Mount(
    name="cases",
    id_name="case_id",
    load=queries.get,
    load_to_write=queries.get,
    format=CASE,
    list=Permission.CASE_LIST,
    read=Permission.CASE_READ,
    edit=Permission.CASE_EDIT,
    history=Permission.CASE_READ,
    discard=Permission.CASE_DISCARD,
    revise=Permission.CASE_EDIT,
    open_sealed=Permission.CASE_OPEN,
    certify=Permission.CASE_RELEASE,
    parts=frozenset({Part.WRITING, Part.HISTORY, Part.DISCARDING, Part.REVISION}),
    verbs=Verbs(
        discard=actions.discard,
        drop=actions.drop,
        bring_back=actions.bring_back,
        reopen=actions.revise,
    ),
    noun=N_("Communication on a case"),
    layout="cases/layout.html",
    lists=lists,
    reserved=reserved.places,
    against=against.foreseen,
    refuses=deciding.refuses,
)
routes(blueprint, MOUNT)
