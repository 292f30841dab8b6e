"""Which planted word stands in which field of which record, and who may ever see it?

Every text of every row is marked with a word of its own, written as the database's owner. A page that
shows a word to somebody who is not entitled to that field has leaked it. Entitlement is written here
by hand, by table; what stands in no line is for nobody.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from sqlalchemy import JSON, String, Text, create_engine, text

from app.audit.commit import committed
from app.db.base import new_id
from app.db.classification import DataClass, class_of
from app.db.transactions import transaction
from app.extensions import db
from tests.access.asking import DAY, Somebody
from tests.access.expected import CASE_OFFICERS, CERTIFIERS, LEGAL, OF_DELEGATIONS, READERS
from tests.access.things import is_st, rows_of

WORD = re.compile(r"zq[0-9a-f]{6}qz")
MARKED = (DataClass.MEMBERS, DataClass.RESTRICTED, DataClass.PERSONAL)
CODES = frozenset({
    "country_decision.decision", "country_reveal.country", "consent.members", "consent.sponsors", "consent.withheld", "consent.released",
    "need_code.code", "need_audience.profile", "need_fact.country", "need_fact.themes",
    "need_fact.duration_band", "need_fact.duration_unit", "need_fact.modality", "need_fact.level",
    "course.lang", "course_split.payer", "pledge_line.form", "pledge_line.currency", "pledge_line.rate",
    "pledge_review.verdict", "nomination_row.profile", "attendance.reason", "follow_up.answer",
    "need_cost.line", "need_cost.currency", "need_cost.payer", "need_cost.form",
    "case_follow_up.outcome",
})  # fmt: skip
"""Codes and not words: a changed one would be another fact."""
JSON_TEXTS = frozenset({
    "version.document", "summary.preview", "summary_change.before", "summary_change.after",
    "edition_document.content", "match_run.content", "bundle.inputs",
})  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """Where a word was planted."""

    table: str
    column: str
    row: dict[str, Any]


Entitled = Callable[[Somebody, Planted, str], bool]


@dataclass
class Canaries:
    """The planted words, and whether somebody may see one on the page of an endpoint."""

    database: Any
    words: dict[str, Planted] = field(default_factory=dict)

    def plant(self) -> None:
        """Mark every text of every row."""
        changes: list[tuple[str, dict[str, Any]]] = []
        for table in db.metadata.sorted_tables:
            keys = [column.name for column in table.primary_key.columns]
            columns = [c for c in table.columns if _is_text(table.name, c)]
            for row in rows_of(table.name) if columns else ():
                marked = self._marked(table.name, columns, row)
                if marked:
                    sets = ", ".join(f'"{name}" = :{name}' for name in marked)
                    where = " AND ".join(f'"{key}" = :key_{key}' for key in keys)
                    values = {**marked, **{f"key_{key}": row[key] for key in keys}}
                    changes.append((f'UPDATE "{table.name}" SET {sets} WHERE {where}', values))
        _write_as_owner(self.database, changes)
        self._remember()

    def _marked(self, table: str, columns: list[Any], row: dict[str, Any]) -> dict[str, Any]:
        marked = {}
        for column in columns:
            value, name = row[column.name], f"{table}.{column.name}"
            if value in (None, ""):
                continue
            if isinstance(column.type, JSON):
                marked[column.name] = json.dumps(self._within(value, table, column.name, row))
            elif name in JSON_TEXTS:
                inside = self._within(json.loads(value), table, column.name, row)
                marked[column.name] = json.dumps(inside, ensure_ascii=False)
                if table == "edition_document":  # an edition that was altered is not shown at all
                    hash_of = hashlib.sha256(marked[column.name].encode()).hexdigest()
                    marked["hash"] = hash_of
            elif name in ("person.email", "invitation.email", "delivered_mail.to"):
                marked[column.name] = f"{self._word(table, column.name, row)}.{value}"
            else:
                marked[column.name] = f"{value} {self._word(table, column.name, row)}"
        return marked

    def _within(self, value: Any, table: str, column: str, row: dict[str, Any]) -> Any:
        if isinstance(value, dict):
            return {key: self._within(inner, table, column, row) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._within(inner, table, column, row) for inner in value]
        if isinstance(value, str) and " " in value.strip():  # words, and not a code
            return f"{value} {self._word(table, column, row)}"
        return value

    def _word(self, table: str, column: str, row: dict[str, Any]) -> str:
        word = f"zq{len(self.words):06x}qz"
        self.words[word] = Planted(table, column, row)
        return word

    def _remember(self) -> None:
        self.submitted = {row["id"]: row["is_submitted"] for row in rows_of("dossier")}
        self.invited = {(r["call_id"], r["organisation_id"]) for r in rows_of("call_invitation")}
        self.drafts = {row["id"]: row for row in rows_of("draft")}
        self.calls = {row["id"]: row for row in rows_of("call")}
        self.editions = {row["id"]: row for row in rows_of("edition")}
        self.comments = {row["id"]: row for row in rows_of("comment")}
        self.offers = {row["id"]: row for row in rows_of("offer")}
        self.courses = {row["id"]: row for row in rows_of("course")}
        self.seated = {(r["course_id"], r["organisation_id"]) for r in rows_of("course_seat")}
        self.sent = {(r["course_id"], r["sponsor_id"]) for r in rows_of("course_invitation")
                     if r["closed_at"] is None}  # fmt: skip
        self.pledges = {row["id"]: row for row in rows_of("pledge")}
        self.told = {(r["course_id"], r["organisation_id"]) for r in rows_of("nomination")
                     if r["host_told"]}  # fmt: skip
        self.summaries = rows_of("summary")
        self.routings = {row["id"]: row for row in rows_of("routing")}
        self.consents = {row["version_id"]: row for row in rows_of("consent")}
        self.handled = {
            (r["person_id"], r["organisation_id"], r["unit_id"]) for r in rows_of("membership")
            if r["role"] in ("case_officer", "child_protection_officer") and not r["ended_at"]
        }  # fmt: skip
        self.exchanges = {row["id"]: row for row in rows_of("exchange")}
        self.followed = {row["id"]: row for row in rows_of("case_follow_up")}
        self.addressees = {row["id"]: row for row in rows_of("addressee")}
        self.belongs = {
            (r["person_id"], r["organisation_id"])
            for r in rows_of("membership")
        }  # fmt: skip

    def leaked(self, who: Somebody, endpoint: str, body: bytes) -> list[Planted]:
        """What a page shows to somebody who may not see it."""
        seen = set(WORD.findall(readable(body)))
        found = [self.words[word] for word in seen if word in self.words]
        return [one for one in found if not self.may_see(who, one, endpoint)]

    def may_see(self, who: Somebody, planted: Planted, endpoint: str) -> bool:
        """Whether a field is for somebody."""
        entitled = ENTITLED.get(f"{planted.table}.{planted.column}") or ENTITLED.get(planted.table)
        return entitled is not None and entitled(self, who, planted.row, endpoint)

    def owner_of(self, released_id: str) -> str | None:
        """The organisation whose need a released summary speaks of."""
        return next((row["organisation_id"] for row in self.summaries
                     if row["released_id"] == released_id), None)  # fmt: skip


def _is_text(table: str, column: Any) -> bool:
    if f"{table}.{column.name}" in CODES or class_of(table, column.name) not in MARKED:
        return False
    return isinstance(column.type, String | Text | JSON) or f"{table}.{column.name}" in JSON_TEXTS


def _write_as_owner(database: Any, changes: list[tuple[str, dict[str, Any]]]) -> None:
    url = database.owner_url
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url)
    with engine.begin() as connection:
        triggers = []
        if database.is_a_file:
            rows = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            )
            triggers = [tuple(row) for row in rows]
            for name, _ in triggers:
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for statement, values in changes:
            connection.execute(text(statement), values)
        for _, statement in triggers:
            connection.exec_driver_sql(statement)
    engine.dispose()


def readable(body: bytes) -> str:
    """All text of an answer, also of a workbook, a Word document or a PDF."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as whole:
            return "\n".join(
                whole.read(name).decode("utf-8", "replace") for name in whole.namelist()
            )
    if body[:5] == b"%PDF-":
        pages = PdfReader(io.BytesIO(body)).pages
        return "\n".join(re.sub(r"\s+", "", page.extract_text()) for page in pages)
    return body.decode("utf-8", "replace")


def _is_own(who: Somebody, row: dict[str, Any]) -> bool:
    return row["organisation_id"] == who.organisation_id


def _own(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return _is_own(who, row) and bool(who.roles & READERS)


def _own_or_st(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who) or _own(all_, who, row, endpoint)


def _st(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who)


def _handles(all_: Canaries, who: Somebody, row: dict[str, Any]) -> bool:
    return (who.person_id, who.organisation_id, row["unit_id"]) in all_.handled


def _exchange(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    """An envelope: its unit's, the Secretariat's once it is released, and of those whom it reached."""
    reached = (each for each in all_.addressees.values() if each["exchange_id"] == row["id"])
    return (
        _handles(all_, who, row) or (is_st(who) and row["released_at"] is not None)
        or any(each["delivered_at"] and _handles(all_, who, each) for each in reached)
    )  # fmt: skip


def _addressee(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    """What became of it at a unit: that unit's and the sender's; of its words the Secretariat knows none."""
    addressee = all_.addressees[row.get("addressee_id", row["id"])]
    return _handles(all_, who, addressee) or _handles(
        all_, who, all_.exchanges[addressee["exchange_id"]]
    )


def _followed(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    """A follow-up and its steps: of the unit that follows, and of nobody else."""
    return _handles(all_, who, all_.followed[row.get("follow_up_id", row["id"])])


def _erasure(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    """A proposal to erase: of the unit, and of its delegation's legal adviser, who may second it."""
    is_adviser = bool(who.roles & LEGAL) and who.organisation_id == row["organisation_id"]
    return is_adviser or _handles(all_, who, all_.exchanges[row["exchange_id"]])


def _members(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who) or who.kind in ("delegation", "presidency")


def _dossier(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    if row["id"] in all_.exchanges:
        return _handles(all_, who, all_.exchanges[row["id"]])
    is_known = row["is_submitted"] or row["on_behalf"]
    return _own(all_, who, row, endpoint) or (is_st(who) and bool(is_known))


def _draft(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    draft = row if "dossier_id" in row else all_.drafts[row["draft_id"]]
    if draft["dossier_id"] in all_.exchanges:
        return _handles(all_, who, all_.exchanges[draft["dossier_id"]])
    return _own(all_, who, row, endpoint) or (is_st(who) and bool(draft["on_behalf"]))


def _version(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    if row["dossier_id"] in all_.exchanges:
        return _handles(all_, who, all_.exchanges[row["dossier_id"]])
    return _own_or_st(all_, who, row, endpoint)


def _fact(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return _own_or_st(all_, who, row, endpoint)


def _attachment(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    is_known = row["subject_kind"] != "draft"
    return _own(all_, who, row, endpoint) or (is_st(who) and is_known)


def _comment(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return _own(all_, who, row, endpoint) or (is_st(who) and row["circle"] == "shared")


def _mention(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    said = all_.comments[row["comment_id"]]
    is_of_author = said["author_organisation_id"] == who.organisation_id
    return is_of_author and _comment(all_, who, said, endpoint)


def _call(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    call = all_.calls[row["call_id"] if "call_id" in row else row["id"]]
    is_invited = (call["id"], who.organisation_id) in all_.invited and who.roles & READERS
    return is_st(who) or (call["state"] != "draft" and bool(is_invited))


def _taken_back(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    is_invited = (row["call_id"], who.organisation_id) in all_.invited and who.roles & READERS
    return is_st(who) or bool(is_invited)


def _edition(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    edition = all_.editions[row["edition_id"] if "edition_id" in row else row["id"]]
    is_member = who.kind in ("delegation", "presidency") and bool(who.roles & OF_DELEGATIONS)
    is_theirs = edition["state"] == "published" and row.get("audience", "members") == "members"
    return is_st(who) or (is_member and is_theirs)


def _released(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    is_sent = any(
        routing["released_id"] == row["id"] and routing["sponsor_id"] == who.organisation_id
        and routing["state"] != "recalled" for routing in all_.routings.values()
    )  # fmt: skip
    is_owner = all_.owner_of(row["id"]) == who.organisation_id and bool(who.roles & READERS)
    return is_st(who) or is_sent or is_owner


def _routing(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    is_sponsor = row["sponsor_id"] == who.organisation_id and row["state"] != "recalled"
    return is_st(who) or is_sponsor


def _routing_log(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    is_owner = all_.owner_of(row["released_id"]) == who.organisation_id
    return _routing(all_, who, row, endpoint) or (is_owner and bool(who.roles & READERS))


def _question(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who) or row["sponsor_id"] == who.organisation_id


def _person(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    is_colleague = (row["id"], who.organisation_id) in all_.belongs
    return is_st(who) or is_colleague or row["id"] == who.person_id


def _person_name(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    # The page on which one chooses a person names them all; it is of the demonstration alone.
    return endpoint == "joining.demo_sign_in" or _person(all_, who, row, endpoint)


def _invitation(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who) or (_is_own(who, row) and bool(who.roles & (READERS | CERTIFIERS)))


def _mail(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return who.is_signed_in and endpoint.startswith("demonstration.")


def _browser(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return row["person_id"] == who.person_id


def _event(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    # What an event keeps are answers: its record's own delegation reads them in the history.
    return row["owner_organisation_id"] == who.organisation_id and bool(who.roles & READERS)


def _offer(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    offer = all_.offers[row.get("offer_id", row.get("id"))]
    is_member = who.kind in ("delegation", "presidency") and bool(who.roles & OF_DELEGATIONS)
    is_theirs = _is_own(who, offer) and (who.kind == "sponsor" or is_member)
    is_known = is_st(who) and offer["opened_at"] is not None
    return is_theirs or is_known or (is_member and offer["state"] == "open")


def _offer_for_few(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who) or _is_own(who, row)


def _course(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    course = all_.courses[row.get("course_id", row.get("id", ""))]
    is_there = (course["id"], who.organisation_id) in all_.seated
    takes_part = is_there or course["host_id"] == who.organisation_id
    is_theirs = takes_part and course["state"] != "planned" and bool(who.roles & READERS)
    return is_st(who) or is_theirs


def _attendance(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    is_told = (row["course_id"], row["organisation_id"]) in all_.told
    is_host = all_.courses[row["course_id"]]["host_id"] == who.organisation_id
    return is_st(who) or _is_own(who, row) or (is_host and is_told)


def _course_sent(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who) or (row["course_id"], who.organisation_id) in all_.sent


def _course_invitation(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return is_st(who) or row["sponsor_id"] == who.organisation_id


def _reservation(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    return row["organisation_id"] == who.organisation_id and bool(
        who.roles & (LEGAL | CASE_OFFICERS)
    )


def _pledge(all_: Canaries, who: Somebody, row: dict[str, Any], endpoint: str) -> bool:
    pledge = all_.pledges[row.get("pledge_id", row["id"])]
    is_offered = pledge["round"] > 0 and _course(
        all_, who, {"course_id": pledge["course_id"]}, endpoint
    )
    return is_st(who) or _is_own(who, pledge) or is_offered


ENTITLED: dict[str, Callable[[Canaries, Somebody, dict[str, Any], str], bool]] = {
    "answer": _draft,
    "attachment": _attachment,
    "audit_event": _event,
    "call": _call,
    "call_contact": _st,
    "call_extension": _call,
    "call_taken_back": _taken_back,
    "call_invitation": _own_or_st,
    "comment": _comment,
    "comment_mention": _mention,
    "course": _course,
    "attendance": _attendance,
    "course_component": _course,
    "course_evaluation": _course,
    "course_replication": _own_or_st,
    "course_session": _course,
    "follow_up": _own_or_st,
    "nomination_row": _attendance,
    "course_cost": _course,
    "course_invitation": _course_invitation,
    "course_seat": _own_or_st,
    "course_sheet": _course_sent,
    "pledge": _pledge,
    "pledge_line": _pledge,
    "pledge_move": _pledge,
    "pledge_review": _own_or_st,
    "delivered_mail": _mail,
    "dossier": _dossier,
    "draft": _draft,
    "filing": _own_or_st,
    "filing_link": _own_or_st,
    "edition": _edition,
    "edition_document": _edition,
    "invitation": _invitation,
    "need_fact": _fact,
    "offer": _offer,
    "offer.reason": _offer_for_few,
    "offer_line": _offer,
    "offer_move.by_name": _offer_for_few,
    "offer_move.content": _offer,
    "offer_move.reason": _offer_for_few,
    "person.name": _person_name,
    "person.email": _person,
    "released_summary": _released,
    "reservation_rule": _reservation,
    "reservation_text": _reservation,
    "review": _own_or_st,
    "review_section": _own_or_st,
    "routing": _routing,
    "routing.reason": _routing_log,
    "routing.why": _routing_log,
    "question_relay": _own_or_st,
    "country_decision": _own_or_st,
    "routing_answer": _st,
    "sheet_upload": _own,
    "factor": _browser,
    "sign_in": _browser,
    "bundle": _st,
    "cost_basis": _st,
    "group_proposal": _st,
    "match_run": _st,
    "match_weights": _st,
    "need_group_name": _st,
    "summary": _own_or_st,
    "summary_change": _own_or_st,
    "summary_question": _question,
    "version": _version,
    "exchange": _exchange,
    "addressee": _addressee,
    "case_erasure": _erasure,
    "case_follow_up": _followed,
    "case_follow_up_step": _followed,
    "receipt": _addressee,
    "format_standing": _members,
    "format_opt_in": _members,
}


def add_records() -> None:
    """Add what the demonstration has not: invitations, files of drafts, spreadsheets that were sent in,
    calls before they open, groups' summaries, a reason that was taken back."""
    with committed():
        add_group_summary()
    with transaction(writing=True) as session:
        from app import clock
        from app.accounts.models import Invitation, Person
        from app.attachments.models import Attachment
        from app.calls.models import Call, CallInvitation
        from app.funding.courses.models import CourseInvitation
        from app.organisations.models import Organisation
        from app.storage import files

        now, real = clock.now(), clock.real_now()
        by = session.scalar(db.select(Person.id).where(Person.key == "st.coordinator"))
        organisations = dict(session.execute(db.select(Organisation.key, Organisation.id)).all())
        stored = files.store(io.BytesIO(b"plain words"), name="words.txt")
        for key in ("hn", "mx"):
            session.add(Invitation(
                id=new_id(), token_hash=new_id(), organisation_id=organisations[key],
                email=f"new.{key}@example.org", name="Somebody new", role="contributor", lang="es",
                invited_by=by, created_at=real, expires_at=real + 3 * DAY,
            ))  # fmt: skip
            for kind in ("draft", "version"):
                session.add(Attachment(
                    id=new_id(), organisation_id=organisations[key], subject_kind=kind,
                    subject_id=new_id(), sha256=stored.sha256, name="Letter of the office.txt",
                    media_type="text/plain", size=stored.size, uploaded_by=by, created_at=now,
                ))  # fmt: skip
            session.add(a_spreadsheet(session, organisations[key], now))
        add_factors(session, now)
        add_comments(session, now)
        add_offers(session, organisations, now)
        add_matches(session)
        add_reservations()
        add_delivery(session, organisations, by, now)
        add_bundle()
        add_waiting_parts(session, organisations, by, now)
        session.scalars(db.select(CourseInvitation).order_by(CourseInvitation.id)).first().why = ""
        for state, begins in (("draft", 20 * DAY), ("scheduled", 30 * DAY)):
            call = Call(
                id=new_id(), code=f"test-{state}", title_es=f"Convocatoria {state} nueva",
                title_en=f"New {state} call", guidance_es="Guía larga", guidance_en="Long guidance",
                format_name="need", format_version=1, zone="America/Panama",
                opens_at=now + begins, closes_at=now + begins + 30 * DAY, state=state,
                created_at=now,
            )  # fmt: skip
            session.add(call)
            session.flush()
            session.add(CallInvitation(call_id=call.id, organisation_id=organisations["hn"],
                                       invited_at=now))  # fmt: skip


def add_factors(session: Any, now: Any) -> None:
    """A second factor that has a name, of some; and of one a program that has yet to show its first code."""
    from app.accounts.factors import kept_keys, totp
    from app.accounts.factors.models import Factor
    from app.accounts.models import Person

    for key in ("hn.focal", "mx.focal", "ca.pledger"):
        person_id = session.scalar(db.select(Person.id).where(Person.key == key))
        session.add(Factor(id=new_id(), person_id=person_id, kind="totp", name="Telephone at work",
                           created_at=now, confirmed_at=now))  # fmt: skip
        if key == "hn.focal":
            begun = Factor(id=new_id(), person_id=person_id, kind="totp", name="Another telephone",
                           created_at=now)  # fmt: skip
            begun.sealed = kept_keys.seal(begun.id, person_id, totp.new_key())
            session.add(begun)


def add_group_summary() -> None:
    """A group's summary, made by the acts of those concerned.

    In it a country stands by name and one without, one objected, and of one nothing goes to sponsors; a
    sponsor asked about it.
    """
    from app.cli.actors import actor_of
    from app.formats.spec import Text
    from app.groups import actions as grouping
    from app.groups import queries as groups
    from app.groups.models import NeedGroupMember
    from app.intake.models import Dossier
    from app.organisations.models import Organisation
    from app.summaries import received, responding
    from app.summaries.groups import actions, queries, sending
    from app.summaries.models import Routing, SummaryQuestion

    st = actor_of("st.coordinator")

    def prepared(references: tuple[str, ...], es: str, en: str) -> Any:
        needs = db.session.scalars(
            db.select(Dossier).where(Dossier.reference.in_(references))
        ).all()
        assert len(needs) == len(references), references
        ids = [each.id for each in needs]
        for member in db.session.scalars(db.select(NeedGroupMember).where(
                NeedGroupMember.need_id.in_(ids), NeedGroupMember.valid_to.is_(None))).all():  # fmt: skip
            grouping.take_out(st, groups.get(st, member.group_id), [member.need_id])
        group = grouping.begin(st, needs[0].call_id, ids, Text(es, en))
        record = actions.prepare(st, groups.get(st, group.id))
        assert record is not None
        return record

    record = prepared(("GTM-2004-003", "NIC-2004-001", "SLV-2004-003", "CRI-2004-001"),
                      "Un grupo remitido", "A group that was sent")  # fmt: skip
    words = {"gt": "consented", "ni": "consented", "sv": "objected"}
    asked = {each.opened.organisation.key: each for each in queries.asked(st, record.id)}
    assert set(asked) == set(words), "of the fourth nothing goes to sponsors"
    for key, decision in words.items():
        actions.decide(actor_of(f"{key}.focal", key), asked[key], decision=decision,
                       reason="Por ahora no" if decision == "objected" else "")  # fmt: skip
    unhcr = db.session.scalars(db.select(Organisation).where(Organisation.key == "unhcr")).one()
    sending.route(st, queries.get(st, record.id), sponsor_ids=[unhcr.id], why="It fits.")
    db.session.flush()
    routing = db.session.scalars(db.select(Routing).where(
        Routing.released_id == record.released_id)).one()  # fmt: skip
    asks = actor_of("unhcr.pledger")
    responding.ask(asks, received.get(asks, routing.id), text="When?")
    db.session.flush()
    assert db.session.scalar(db.select(SummaryQuestion.id).where(
        SummaryQuestion.routing_id == routing.id))  # fmt: skip


def add_waiting_parts(session: Any, organisations: dict[str, str], by: str, now: Any) -> None:
    """A group's summary about which two countries were asked and have not said their word."""
    from app.groups.models import NeedGroup, NeedGroupName
    from app.summaries.models import GroupSummary, Summary, SummaryChange

    call_id = session.scalar(db.select(NeedGroup.call_id).order_by(NeedGroup.id).limit(1))
    group = NeedGroup(id=new_id(), call_id=call_id, state="dissolved", created_by=by,
                      created_at=now, dissolved_by=by, dissolved_at=now)  # fmt: skip
    session.add(group)
    session.flush()
    session.add(NeedGroupName(id=new_id(), group_id=group.id, name_es="Otro grupo",
                              name_en="Another group", valid_from=now, by=by))  # fmt: skip
    asked = [organisations[key] for key in ("gt", "sv")]
    members = session.scalars(db.select(Summary).where(Summary.organisation_id.in_(asked))
                              .order_by(Summary.organisation_id, Summary.id)).all()  # fmt: skip
    grouping = GroupSummary(id=new_id(), group_id=group.id, needs=[], state="asking", prepared_by=by,
                            prepared_at=now)  # fmt: skip
    session.add(grouping)
    session.flush()
    session.add_all(SummaryChange(
        id=new_id(), organisation_id=summary.organisation_id, summary_id=summary.id,
        grouping_id=grouping.id, before=summary.preview, after=summary.preview, kind="grouping",
        note="Together", proposed_by=by, proposed_at=now, closes_at=now + 7 * DAY,
    ) for summary in members)  # fmt: skip


def add_offers(session: Any, organisations: dict[str, str], now: Any) -> None:
    """An offer in each other state, of a sponsor and of a delegation that would host."""
    from app.funding.offers.models import Offer
    from app.funding.offers.terms import Terms

    last = (now + 30 * DAY).date()
    for key, role in (("ca.sponsor", "payer"), ("hn", "host")):
        terms = Terms(title="Words of an offer", roles=(role,), kind="standing",
                      contact="An office of ours", valid_until=last)  # fmt: skip
        for state, opened in (("draft", None), ("withdrawn", now), ("expired", now)):
            session.add(Offer(
                id=new_id(), organisation_id=organisations[key], state=state, created_at=now,
                changed_at=now, opened_at=opened, ended_at=opened,
                reason="Their own reason" if state == "withdrawn" else "", **terms.columns(),
            ))  # fmt: skip


def add_reservations() -> None:
    """A text of Honduras with a rule in each state, the legal adviser of which writes and confirms."""
    from app.cases.reservations import actions, queries
    from app.cases.reservations.terms import Terms
    from app.cli.actors import actor_of

    adviser = actor_of("hn.legal")
    text = actions.write_text(
        adviser, instrument="Ley nuestra", article="7", url="https://ejemplo.example/ley",
        words="Lo que la ley reserva.", is_restricted=True,
    )  # fmt: skip
    stated = queries.get_stated(adviser, text.series_id)
    terms = Terms(data=("key:summary",), direction="send", effect="deny", discloses=True)
    for verb in ("draft", "discard", "confirm", "withdraw"):
        rule = actions.write_rule(adviser, stated, terms)
        found = queries.get_rule(adviser, rule.id)
        if verb == "discard":
            actions.discard(adviser, found)
        elif verb != "draft":
            actions.confirm(adviser, found)
        if verb == "withdraw":
            actions.withdraw(adviser, queries.get_rule(adviser, rule.id), reason="Cambió la ley.")


def add_matches(session: Any) -> None:
    """What fits a need in force, a group of needs and an offer."""
    from app.cli.actors import actor_of
    from app.funding.matches import actions, computing, queries
    from app.funding.offers.models import Offer
    from app.groups.models import NeedGroup
    from app.needs.models import NeedFact

    session.flush()
    in_force = NeedFact.valid_from.is_not(None) & NeedFact.valid_to.is_(None)
    need = session.scalars(
        db.select(NeedFact.need_id).where(in_force).order_by(NeedFact.title)
    ).first()
    group = session.scalars(db.select(NeedGroup.id).where(NeedGroup.state == "open")).first()
    offer = session.scalars(
        db.select(Offer.id).where(Offer.state == "open").order_by(Offer.title)
    ).first()
    st = actor_of("st.coordinator")
    for subject in (queries.need(st, need), queries.group(st, group), queries.offer(st, offer)):
        actions.keep(st, subject, computing.compute(subject, queries.weights()))


def add_delivery(session: Any, organisations: dict[str, str], by: Any, now: Any) -> None:
    """What is written down of each course: a session, a question, two delegations' people, one of which
    lets the host know, a replication, and the question of a year later to a country and a sponsor."""
    from datetime import time

    from app.funding.courses.models import Course, CourseSeat
    from app.funding.delivery import models

    written = {"recorded_by": by, "recorded_at": now}
    courses = list(session.scalars(db.select(Course)))
    sent, seat = courses[0], session.scalars(
        db.select(CourseSeat).where(CourseSeat.organisation_id == organisations["hn"])).first()  # fmt: skip
    for state in ("scheduled", "delivered"):  # listed behind the one that was sent
        course = Course(
            id=new_id(), reference=f"~{new_id()}", state=state, title_es="Otro curso",
            title_en="Another course", starts_on=now.date(), ends_on=now.date(),
            host_id=sent.host_id, seats=seat.seats, countries=1, created_by=by, created_at=now)  # fmt: skip
        session.add(course)
        session.flush()
        session.add(CourseSeat(course_id=course.id, need_id=seat.need_id, seats=seat.seats,
                               organisation_id=seat.organisation_id))  # fmt: skip
        courses.append(course)
    for course in courses:
        session.add(models.CourseSession(
            id=new_id(), course_id=course.id, day=now.date(), starts=time(9), ends=time(12),
            topic_es="Tema de una sesión", topic_en="Topic of a session", changed_at=now))  # fmt: skip
        session.add(models.CourseEvaluation(
            id=new_id(), course_id=course.id, kind="confidence", question_es="Pregunta del curso",
            question_en="Question of the course", after_answers=4, **written))  # fmt: skip
        for key, is_told in (("hn", True), ("gt", False)):
            whose = {"course_id": course.id, "organisation_id": organisations[key]}
            session.add(models.Nomination(**whose, host_told=is_told, sent_by=by, sent_at=now))
            session.flush()
            session.add(models.NominationRow(
                **whose, position=1, profile="consular", rank="Rank of somebody", women=1))  # fmt: skip
            session.add(models.Attendance(**whose, women=1, reason="travel", note="Note of it",
                                          **written))  # fmt: skip
            session.add(models.CourseReplication(
                id=new_id(), **whose, held_on=now.date(), institution="An institution", **written))  # fmt: skip
    for key, side in (("hn", "country"), ("gt", "country"), ("ca.sponsor", "sponsor"),
                      ("iom", "sponsor")):  # fmt: skip
        session.add(models.FollowUp(
            id=new_id(), course_id=sent.id, organisation_id=organisations[key], side=side,
            asked_at=now, due_on=now.date(), text="Words of an answer"))  # fmt: skip


def add_bundle() -> None:
    """A proposal of courses that is ready, and what lines are planned to cost."""
    from dataclasses import replace
    from decimal import Decimal

    from app.bundling import record
    from app.bundling.solving import propose
    from app.calls import queries as calls
    from app.cli.actors import actor_of
    from app.funding.bundles import actions, basis, computing
    from app.funding.bundles.inputs import Asked

    st = actor_of("st.coordinator")
    basis.write(st, {"materials": replace(basis.PROPOSED["materials"], amount=Decimal(40),
                                          note="Figures of an earlier year")})  # fmt: skip
    call = calls.latest(st)
    assert call is not None
    bundle = actions.make(st, call, Asked.usual())
    world = record.world_of(bundle.inputs["world"])
    plan = propose(world)
    assert plan.courses, "the demonstration holds a course that can be proposed"
    bundle.result, bundle.gist = record.written(plan), computing.gist(world, plan)
    bundle.state = "ready"


def add_comments(session: Any, now: Any) -> None:
    """One conversation in each circle about a certified need of two countries, with a reply."""
    from app.accounts.models import Person
    from app.intake.comments.models import Comment, CommentMention
    from app.intake.models import Dossier
    from app.notices.telling import Notification, tell
    from app.organisations.models import Membership, Organisation

    for key in ("hn", "mx"):
        dossier, author = session.execute(
            db.select(Dossier, Person)
            .join(Organisation, Organisation.id == Dossier.organisation_id)
            .join(Membership, Membership.organisation_id == Organisation.id)
            .join(Person, Person.id == Membership.person_id)
            .where(Organisation.key == key, Dossier.is_submitted, Membership.role == "focal_point")
            .order_by(Dossier.reference)
        ).first()
        for circle in ("delegation", "shared"):
            about = {
                "organisation_id": dossier.organisation_id, "dossier_id": dossier.id,
                "circle": circle, "section": "essentials", "field": "title", "version_number": 1,
                "author_id": author.id, "author_name": author.name,
                "author_organisation_id": dossier.organisation_id, "created_at": now,
            }  # fmt: skip
            first = Comment(id=new_id(), text=f"Words of the {circle} circle", **about)
            session.add(first)
            session.flush()
            session.add(Comment(id=new_id(), parent_id=first.id, text="A reply to it", **about))
            tell([Notification(person_id=author.id, organisation_id=dossier.organisation_id,
                               kind="replied", subject_id=first.id, dossier_id=dossier.id,
                               event=first.id)])  # fmt: skip
            session.add(CommentMention(
                comment_id=first.id, person_id=author.id, person_name=author.name,
                organisation_id=dossier.organisation_id,
            ))  # fmt: skip


def a_spreadsheet(session: Any, organisation_id: str, now: Any) -> Any:
    """A workbook that was checked, with a problem in it."""
    from app.formats.words import N_
    from app.intake.sheets.models import SheetUpload
    from app.intake.sheets.problems import Place, Problem, kept
    from app.organisations.models import Membership

    by = session.scalar(
        db.select(Membership.person_id).where(
            Membership.organisation_id == organisation_id, Membership.role == "focal_point"
        )
    )
    place = Place("Necesidades de capacitación", 5, 4, "title")
    problem = Problem(place, N_("Choose one of the answers offered."), {}, "Somebody's own words")
    return SheetUpload(
        id=new_id(), organisation_id=organisation_id, format_name="need", sha256=new_id(),
        name="A name of their own.xlsx",
        uploaded_by=by, uploaded_at=now, lang="es", state="checked",
        findings={
            "new": 1, "changed": 0, "same": 0, "bad": 1, "incomplete": 1, "call": "",
            "problems": [kept(problem)], "problem_count": 1, "remark_count": 0,
            "titles": [["new", "Title of their own"]], "version": 1,
        },
    )  # fmt: skip
