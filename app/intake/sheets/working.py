"""What does a job do with a filled workbook: check it, or bring in what was decided?

The file is read, and what becomes of its rows is worked out, while nothing is held; what was found or
made is written in one transaction, as short as it can be, if nothing has moved by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app import clock
from app.audit.commit import committed
from app.calls import queries as calls
from app.calls.models import Call
from app.db.changing import changed
from app.db.errors import Missing
from app.db.scoping import Scope
from app.db.transactions import transaction
from app.extensions import db
from app.formats.spec import Format
from app.formats.words import N_
from app.intake import published
from app.intake.sheets import actions, queries, reading
from app.intake.sheets.filled import Filled
from app.intake.sheets.layout import Mark
from app.intake.sheets.made import Stands, stands
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.mounting import SheetMount
from app.intake.sheets.planning import Plan, bad_places, known_drafts, make, name_people, titles
from app.intake.sheets.problems import MOST_KEPT, kept
from app.policy.actor import Actor
from app.policy.engine import require
from app.storage import files
from app.storage.refusals import Unwelcome
from app.web.errors import Refusal

EVERY = 100
"""Rows after which progress is written down."""
TITLES = 50
TIMES = 3
"""How often it is worked out anew while colleagues go on saving; then people look again."""
OTHER_FORM = N_("This spreadsheet belongs to another form. Download the right one here.")
OTHER_CALL = N_("The call of this spreadsheet is not open to your delegation now.")
OTHER_VERSION = N_("The form of this call has another version now. Download it again.")
MAY_NOT = N_("Whoever sent this spreadsheet may no longer start drafts for this delegation.")
_UPLOAD = SheetUpload.__table__
Update = dict[str, Any]


class Overtaken(Exception):
    """The claim had ended, and another job is at the upload: this one stops and writes nothing."""


def check(actor: Actor, mount: SheetMount, scope: Scope, upload: SheetUpload) -> None:
    filled = _read(actor, mount, scope, upload)
    plan, _seen = _work_out(actor, mount, scope, filled)
    _write(upload, state="checked", findings=_findings(upload, filled, plan))


def _work_out(actor: Actor, mount: SheetMount, scope: Scope, filled: Filled) -> tuple[Plan, Stands]:
    """What is to be done, and how everything stood. On SQLite a reader too holds up whoever commits:
    so everything is read at once, and worked out with nothing open."""
    with transaction(writing=False, scope=scope):
        require(actor, mount.start)
        _call_of(actor, filled)
        seen = stands(actor, filled)
        known = known_drafts(actor, filled, seen.references)
    plan = make(filled, seen.rows, known)
    with transaction(writing=False, scope=scope):
        name_people(actor, plan)
    return plan, seen


def bring_in(actor: Actor, mount: SheetMount, scope: Scope, upload: SheetUpload) -> None:
    """Make what was decided; where things changed since, say so and let people look again."""
    findings: Update = {}
    for _ in range(TIMES):
        filled = _read(actor, mount, scope, upload)
        plan, seen = _work_out(actor, mount, scope, filled)
        findings = _findings(upload, filled, plan)
        if findings["bad_at"] != (upload.findings or {}).get("bad_at"):
            break
        try:
            _make(actor, mount, scope, upload, _Prepared(filled, plan, seen), findings)
            return
        except _Moved:
            continue
        except actions.Meanwhile:
            break
    _write(upload, state="checked", findings={**findings, "is_again": True})


@dataclass(frozen=True)
class _Prepared:
    """What is to be made, and how everything stood that it was worked out from."""

    filled: Filled
    plan: Plan
    seen: Stands


class _Moved(Exception):
    """A colleague saved something while it was worked out; nothing was written."""


def _make(
    actor: Actor, mount: SheetMount, scope: Scope, upload: SheetUpload, prepared: _Prepared,
    findings: Update,
) -> None:  # fmt: skip
    filled, seen = prepared.filled, prepared.seen
    with committed(scope):
        call = _call_of(actor, filled)
        queries.hold_drafts(actor, call.id, seen.references)
        queries.wait_for_others(actor, call.id)
        if stands(actor, filled) != seen:
            raise _Moved
        made = actions.write(actor, mount, upload, call, filled.form, prepared.plan)
        db.session.execute(
            db.update(_UPLOAD).where(_UPLOAD.c.id == upload.id)
            .values(findings={**findings, "made": made}, claimed_at=None)
        )  # fmt: skip


def _read(actor: Actor, mount: SheetMount, scope: Scope, upload: SheetUpload) -> Filled:
    """Read the file; no transaction is open while its rows are read."""

    def form_of(mark: Mark) -> Format:
        if mark.format_name != mount.format_name:
            raise Unwelcome(OTHER_FORM)
        with transaction(writing=False, scope=scope):
            try:
                return published.get(mark.format_name, mark.version)
            except Missing:
                raise Unwelcome(OTHER_FORM) from None

    with files.open_file(upload.sha256) as file:
        return reading.read(file, form_of, actor.locale, _progress(upload))


def _progress(upload: SheetUpload) -> Callable[[int, int], None]:
    def say(done: int, total: int) -> None:
        if done % EVERY == 0:
            now = clock.real_now()
            mine = (_UPLOAD.c.id == upload.id, _UPLOAD.c.claimed_at == upload.claimed_at)
            further = db.update(_UPLOAD).where(*mine).values(done=done, total=total, claimed_at=now)
            with transaction(writing=True) as session:
                if not changed(session, further):
                    raise Overtaken
            upload.claimed_at = now

    return say


def _call_of(actor: Actor, filled: Filled) -> Call:
    """The call the workbook was made for, if it is open. Raises Unwelcome."""
    try:
        call = calls.get_open(actor, filled.mark.call_id)
    except (Missing, Refusal):
        raise Unwelcome(OTHER_CALL) from None
    if (call.format_name, call.format_version) != (filled.form.name, filled.form.version):
        raise Unwelcome(OTHER_VERSION)
    return call


def _findings(upload: SheetUpload, filled: Filled, plan: Plan) -> Update:
    blocking = [each for each in plan.problems if not each.is_remark]
    return {
        "new": len(plan.new), "changed": len(plan.changed),
        "same": len(plan.same), "bad": plan.bad_rows + len(filled.lost),
        "bad_at": bad_places(filled, plan),
        "incomplete": plan.incomplete, "call": filled.mark.call_id,
        "problems": [kept(each) for each in plan.problems[:MOST_KEPT]],
        "problem_count": len(blocking), "remark_count": len(plan.problems) - len(blocking),
        "titles": titles(plan, filled.form.title_field, TITLES),
        "again": [each.reference for each in plan.again], "anew": plan.anew,
        "mended": plan.mended,
        "version": filled.form.version,
    }  # fmt: skip


def refuse(upload: SheetUpload, message: str, params: Update | None = None) -> None:
    plain = {key: value if isinstance(value, int | str) else str(value)
             for key, value in (params or {}).items()}  # fmt: skip
    _write(upload, state="refused", findings={"refusal": message, "params": plain})


def give_up(upload: SheetUpload) -> None:
    """Say that the workbook could not be worked on."""
    _write(upload, state="failed")


def _write(upload: SheetUpload, **values: Any) -> None:
    with transaction(writing=True) as session:
        session.execute(
            db.update(_UPLOAD)
            .where(_UPLOAD.c.id == upload.id, _UPLOAD.c.state == upload.state)
            .values(claimed_at=None, **values)
        )
