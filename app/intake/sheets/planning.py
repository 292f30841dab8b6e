"""What would become of each row of a filled workbook: a new draft, a change, nothing, or is it refused?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from app.extensions import db
from app.formats.completeness import missing, problems
from app.formats.sheet_columns import rows_in_sheet
from app.formats.words import N_
from app.intake.answers import Written, document_of, written_of_many
from app.intake.models import Dossier, Draft
from app.intake.names import colleagues
from app.intake.prefilled import Prefilled, prefilled
from app.intake.sheets.clashes import clash
from app.intake.sheets.filled import Filled, Record
from app.intake.sheets.fingerprints import Changes, compare, fingerprints, who_saved
from app.intake.sheets.made import Made, standing_of
from app.intake.sheets.problems import Problem, shown
from app.intake.sheets.queries import AT_ONCE
from app.policy.actor import Actor

NO_SUCH_DRAFT = N_(
    "Your delegation has no draft with this reference in this call. Empty the cell to make a new one."
)
NOT_A_DRAFT = N_("This is not being written now. Open it for changes in Enlace first.")
OTHER_VERSION = N_("This draft follows another version of the form. Change it in Enlace.")
EMPTIED = N_(
    "Everything in this row was emptied. Delete the whole row to leave the draft as it is, or fill it."
)
CHANGED_BY = N_(
    "%(who)s changed this in Enlace after the workbook was made. Write in Enlace what is to stand, or "
    "put into this cell what stands there."
)
MADE_AND_CHANGED = N_(
    "%(reference)s was made of this row and changed in Enlace since. Change it there, or in a workbook "
    "of your drafts."
)
CHANGED = N_(
    "This was changed in Enlace after the workbook was made. Write in Enlace what is to stand, or put "
    "into this cell what stands there."
)


KnownDrafts = dict[str, tuple[Dossier, Draft | None, Written]]
"""Reference -> what stands behind it."""


@dataclass(frozen=True)
class Known:
    """A draft that a row names by its reference."""

    dossier: Dossier
    draft: Draft
    found: Written


@dataclass
class Plan:
    """What is to be done with the rows that are good, and why the others are not."""

    new: list[Record] = field(default_factory=list)
    given: list[Prefilled] = field(default_factory=list)
    """What the drafts of the new rows will hold, made ready."""
    changed: list[tuple[Record, Known, Changes]] = field(default_factory=list)
    again: list[Record] = field(default_factory=list)
    """Rows of which drafts were made before, and that say the same as then."""
    anew: list[str] = field(default_factory=list)
    """References of withdrawn or discarded drafts whose rows make new ones."""
    mended: int = 0
    """Changes of drafts by rows of which they were made."""
    same: list[Record] = field(default_factory=list)
    bad: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    incomplete: int = 0
    """Good rows in which something is still missing that certification will ask for."""

    @property
    def bad_rows(self) -> int:
        return len(self.bad)


def make(filled: Filled, made: Mapping[str, Made], known: KnownDrafts) -> Plan:
    """The plan for a workbook, with the rows and drafts as they were seen; asks nothing."""
    plan = Plan(problems=list(filled.problems))
    for record in filled.records:
        _sort_rows(filled, record)
        if record.reference:
            _place_known(plan, filled, record, known)
        elif record.is_bad or record.is_empty:
            plan.bad.append(record)
        elif (before := made.get(record.mark)) and not before.is_given_up:
            _place_made(plan, filled, record, before, known)
        else:
            plan.new.append(record)
            plan.anew += [before.reference] if before else []
            _look_closer(plan, filled, record)
    plan.given = [prefilled(filled.form, record.answers) for record in plan.new]
    order = {name: number for number, name in enumerate(filled.sheets)}
    plan.problems.sort(
        key=lambda each: (each.is_remark, order.get(each.place.sheet, 0), each.place.row,
                          each.place.column)
    )  # fmt: skip
    return plan


def _sort_rows(filled: Filled, record: Record) -> None:
    """A grid's rows in the order of its lines, whichever way they stood."""
    for asked in filled.form.fields:
        if asked.is_grid and asked.key in record.answers:
            order = [line.key for line in asked.lines]
            record.answers[asked.key].sort(
                key=lambda row, order=order: order.index(row["id"]) if row["id"] in order else 99
            )


def bad_places(filled: Filled, plan: Plan) -> dict[str, list[int]]:
    """Sheet -> the rows that are left out: what somebody consents to, row by row."""
    found: dict[str, set[int]] = {}
    for place in (*(record.at for record in plan.bad), *filled.lost):
        found.setdefault(place.sheet, set()).add(place.row)
    return {sheet: sorted(rows) for sheet, rows in found.items()}


def known_drafts(actor: Actor, filled: Filled, references: Set[str]) -> KnownDrafts:
    """The drafts of these references with everything in them."""
    wanted, known = sorted(references), {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            db.select(Dossier, Draft)
            .outerjoin(Draft, (Draft.dossier_id == Dossier.id) & Draft.closed_at.is_(None))
            .where(Dossier.organisation_id == actor.organisation_id,
                   Dossier.call_id == filled.mark.call_id,
                   Dossier.format_name == filled.form.name,
                   Dossier.reference.in_(wanted[start:start + AT_ONCE]))
        ).all()  # fmt: skip
        found = written_of_many([draft.id for _, draft in rows if draft])
        for dossier, draft in rows:
            known[dossier.reference] = (dossier, draft, found.get(draft.id if draft else "", Written("")))  # fmt: skip
    db.session.expunge_all()  # what is known of them outlives the transaction
    return known


def _place_known(plan: Plan, filled: Filled, record: Record, known: dict[str, Any]) -> None:
    at = record.reference_at or record.at
    reason = _reason(record, filled, known)
    if reason:
        plan.problems.append(Problem(at, reason, {}, shown(record.reference)))
    if reason or record.is_bad:
        plan.bad.append(record)
        return
    dossier, draft, found = known[record.reference]
    stored = document_of(filled.form, found)
    changes = compare(filled.form, filled.present, record.answers, record.seen, stored)
    if record.is_empty and not changes.is_none:
        plan.problems.append(Problem(at, EMPTIED, {}, shown(record.reference)))
        plan.bad.append(record)
        return
    for asked in changes.conflicts:
        plan.problems.append(
            Problem(record.place_of(asked.key), CHANGED_BY, {"who": who_saved(asked, found)},
                    clash=clash(dossier.id, asked, record.answers, stored))
        )  # fmt: skip
    if changes.conflicts:
        plan.bad.append(record)
    elif changes.is_none:
        plan.same.append(record)
    else:
        plan.changed.append((record, Known(dossier, draft, found), changes))
        _look_closer(plan, filled, record)


def _place_made(
    plan: Plan, filled: Filled, record: Record, made: Made, known: dict[str, Any]
) -> None:
    """A row of which a draft was made is no second one: it says the same, or it mends that draft."""
    record.reference, record.is_made = made.reference, True
    if record.standing == made.answers:
        plan.again.append(record)
        return
    dossier, draft, found = known[record.reference]
    stored = document_of(filled.form, found)
    _give_ids(filled, record, stored)
    changes = compare(filled.form, filled.present, record.answers,
                      fingerprints(filled.form, stored), stored)  # fmt: skip
    if draft is not None and changes.is_none:
        plan.again.append(record)
    elif _reason(record, filled, known) or standing_of(filled.form, stored) != made.answers:
        plan.problems.append(Problem(record.at, MADE_AND_CHANGED, {"reference": record.reference}))
        plan.bad.append(record)
    else:
        plan.changed.append((record, Known(dossier, draft, found), changes))
        plan.mended += 1
        _look_closer(plan, filled, record)


def _give_ids(filled: Filled, record: Record, stored: dict[str, Any]) -> None:
    """The rows of tables are those that were made of them, in their order."""
    for asked in filled.form.fields:
        if asked.is_rows and not asked.is_grid:
            there = rows_in_sheet(asked, stored.get(asked.key, ()))
            pairs = zip(record.answers.get(asked.key, ()), there, strict=False)
            for row, before in pairs:
                row["id"] = before["id"]


def _reason(record: Record, filled: Filled, known: dict[str, Any]) -> str | None:
    if record.reference not in known:
        return NO_SUCH_DRAFT
    _dossier, draft, _found = known[record.reference]
    if draft is None:
        return NOT_A_DRAFT
    if draft.format_version != filled.form.version:
        return OTHER_VERSION
    return None


def _look_closer(plan: Plan, filled: Filled, record: Record) -> None:
    """Note what certification will ask for: a draft may wait for it."""
    form = filled.form
    contradictions = problems(form, record.answers)
    plan.incomplete += bool(contradictions or missing(form, record.answers))
    plan.problems += [
        Problem(record.place_of(each.field_key, each.row_id, each.cell), sentence=each.message,
                is_remark=True)
        for each in contradictions
    ]  # fmt: skip


def name_people(actor: Actor, plan: Plan) -> None:
    """Say who changed what, by name, in one query."""
    wanted = {str(each.params["who"]) for each in plan.problems if each.message == CHANGED_BY}
    known = colleagues(actor, wanted) if wanted else {}
    plan.problems = [_named(each, known) for each in plan.problems]


def _named(problem: Problem, known: dict[str, str]) -> Problem:
    if problem.message != CHANGED_BY:
        return problem
    name = known.get(str(problem.params["who"]), "")
    message, params = (CHANGED_BY, {"who": name}) if name else (CHANGED, {})
    return replace(problem, message=message, params=params)


def titles(plan: Plan, key: str, most: int) -> Sequence[tuple[str, str]]:
    """(kind, title) of the first good rows, for a look at what will be made."""

    def each() -> Iterable[tuple[str, str]]:
        for record in plan.new:
            yield "new", str(record.answers.get(key) or "")
        for record, _known, _changes in plan.changed:
            yield "changed", str(record.answers.get(key) or record.reference)

    found = list(each())
    return found[:most]
