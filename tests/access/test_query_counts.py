"""How many statements does each page send, and is it the same however much is stored?

The table below is written down: a page that asks once more, or once for each row, fails here. Pages
are asked with 100 and with 10,000 needs stored, so that every list is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func

from app.accounts.models import Person
from app.calls.models import Call, CallInvitation
from app.cases.follow_ups.models import CaseFollowUp
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.funding.offers.models import Offer, OfferLine
from app.funding.offers.terms import Terms
from app.intake.comments.models import Comment, CommentMention
from app.intake.models import Dossier, Version
from app.notices.models import Notice
from app.organisations.models import Organisation
from tests.access.expected import ENDPOINTS
from tests.access.matrix import Matrix, Question, decision
from tests.access.things import needs
from tests.access.world import demonstration as demonstration
from tests.calls.settled import MORNING
from tests.needs.reading import previewing
from tests.reports import accepted
from tests.reports.accepted import COUNTRIES, Accepted, Written, answers

PEOPLE = ("st.coordinator", "hn.focal", "ca.pledger", "ppt.reader")
OF_RESERVATIONS = frozenset(name for name in ENDPOINTS if name.startswith("reservations."))
OF_OTHERS = {
    "gt.focal": frozenset({"summaries.country", "summaries.part", "summaries.relay"}),
    "hn.legal": OF_RESERVATIONS,
    "hn.prosecutor": frozenset({
        "cases.index", "cases.beginning", "cases.show", "cases.certification", "cases.closing", "cases.recall",
        "cases.history", "cases.comparison", "desk.show", "htcds.upload", "case_follow_ups.begin_own",
        "cases.erasure",
    }),
    "gt.legal": frozenset({"cases.erasure", "desk.show"}),
    "gt.child": frozenset(name for name in ENDPOINTS if name.startswith("case_follow_ups.")) | {"desk.show"},
    "sv.prosecutor": frozenset({
        "cases.show", "cases.section", "cases.item", "cases.answer", "cases.cell", "cases.changes", "cases.check", "cases.certification",
        "cases.discarding", "cases.files", "cases.files_at", "received_cases.index", "received_cases.show",
        "received_cases.forward", "received_cases.files",
    }),
}  # fmt: skip
"""Pages that stand in the demonstration for somebody else."""
FILES = frozenset(
    {
        "htcds.own",
        "htcds.received",
        "means.justified",
        "needs.export",
        "needs.sheet_drafts",
        "needs.sheet_form",
        "needs.sheet_problems",
        "reports.of_call",
        "years.table",
        "reservations.matrix_file",
        "reports.of_edition",
        "reports.file_taken",
        "attachments.show",
        "sealed_files.show",
        "cases.file_removal",  # until there is a file it only leads back
    }
)
"""Files hold all rows and are read in chunks: they grow with what they hold."""
STREAMS = frozenset({"needs.live", "cases.live"})
"""What never ends is no page; tests/intake/test_live.py listens to it."""
FEW, MANY = 100, 10_000
PAGE, FULL = 25, ("st.coordinator", "hn.focal")
ROWS = {
    "needs.index": rb'href="/needs/([a-z0-9]{20})"',
    "needs.beginning": rb'name="from" type="checkbox" value="([a-z0-9]{20})"',
    "needs.comments": rb'id="c-([a-z0-9]{20})"',
    "offers.index": rb'href="/offers/([a-z0-9]{20})"',
    "notices.index": rb'action="/notices/([a-z0-9]{20})"',
    "reports.needs_of_call": rb'href="/needs/([a-z0-9]{20})',
    "summaries.index": rb'"/summaries/(?:of/)?([a-z0-9]{20})"',
}
"""What stands once in each row of a list; the lists must be full."""

STATEMENTS: dict[str, int] = {
    "accounts.me ca.pledger": 3,
    "accounts.me hn.focal": 3,
    "accounts.me ppt.reader": 3,
    "accounts.me st.coordinator": 3,
    "calendar.mine hn.focal": 2,
    "calendar.mine st.coordinator": 2,
    "calls.announcement st.coordinator": 3,
    "calls.answers st.coordinator": 4,
    "calls.closing st.coordinator": 3,
    "calls.contacts st.coordinator": 3,
    "calls.edit st.coordinator": 3,
    "calls.extension st.coordinator": 2,
    "calls.index hn.focal": 3,
    "calls.index st.coordinator": 3,
    "calls.invitations st.coordinator": 5,
    "calls.late_permission st.coordinator": 3,
    "calls.new st.coordinator": 3,
    "calls.opening st.coordinator": 3,
    "calls.revocation st.coordinator": 3,
    "calls.show hn.focal": 4,
    "calls.show st.coordinator": 4,
    "cases.answer sv.prosecutor": 9,
    "case_follow_ups.begin_own hn.prosecutor": 6,
    "case_follow_ups.begin_received gt.child": 6,
    "case_follow_ups.day gt.child": 2,
    "case_follow_ups.handover gt.child": 3,
    "case_follow_ups.index gt.child": 4,
    "case_follow_ups.outcome gt.child": 2,
    "case_follow_ups.show gt.child": 9,
    "case_follow_ups.step gt.child": 2,
    "case_follow_ups.taking_up gt.child": 2,
    "desk.show gt.child": 10,
    "desk.show gt.legal": 5,
    "cases.beginning hn.prosecutor": 3,
    "cases.cell sv.prosecutor": 9,
    "cases.changes sv.prosecutor": 6,
    "cases.item sv.prosecutor": 13,
    "cases.section sv.prosecutor": 10,
    "cases.certification hn.prosecutor": 9,
    "cases.check sv.prosecutor": 14,
    "cases.closing hn.prosecutor": 5,
    "cases.comparison hn.prosecutor": 8,
    "cases.discarding sv.prosecutor": 3,
    "cases.erasure gt.legal": 5,
    "cases.erasure hn.prosecutor": 7,
    "cases.files sv.prosecutor": 5,
    "cases.files_at sv.prosecutor": 8,
    "cases.history hn.prosecutor": 6,
    "cases.index hn.prosecutor": 3,
    "cases.recall hn.prosecutor": 2,
    "cases.show hn.prosecutor": 11,
    "cases.show sv.prosecutor": 8,
    "common_format.show ppt.reader": 4,
    "htcds.upload hn.prosecutor": 3,
    "envelopes.index st.coordinator": 5,
    "received_cases.files sv.prosecutor": 4,
    "received_cases.forward sv.prosecutor": 6,
    "received_cases.index sv.prosecutor": 4,
    "received_cases.show sv.prosecutor": 10,
    "desk.show hn.prosecutor": 8,
    "common_format.show hn.focal": 4,
    "common_format.show st.coordinator": 4,
    "days.show hn.focal": 3,
    "days.show st.coordinator": 3,
    "delegation.end_role hn.focal": 4,
    "delegation.invite hn.focal": 2,
    "delegation.note hn.focal": 3,
    "delegation.role hn.focal": 3,
    "delegation.show hn.focal": 5,
    "demonstration.letter ca.pledger": 2,
    "demonstration.letter hn.focal": 2,
    "demonstration.letter ppt.reader": 2,
    "demonstration.letter st.coordinator": 2,
    "demonstration.mail ca.pledger": 2,
    "demonstration.mail hn.focal": 2,
    "demonstration.mail ppt.reader": 2,
    "demonstration.mail st.coordinator": 2,
    "delivery.asked_sponsor ca.pledger": 2,
    "delivery.attend st.coordinator": 6,
    "delivery.attendance hn.focal": 6,
    "delivery.attendance st.coordinator": 6,
    "delivery.evaluation hn.focal": 3,
    "delivery.evaluation st.coordinator": 3,
    "delivery.follow_up hn.focal": 3,
    "delivery.follow_up st.coordinator": 3,
    "delivery.new_question st.coordinator": 2,
    "delivery.new_replication hn.focal": 2,
    "delivery.new_replication st.coordinator": 3,
    "delivery.new_session st.coordinator": 4,
    "delivery.nominate hn.focal": 4,
    "delivery.nominations hn.focal": 7,
    "delivery.nominations st.coordinator": 7,
    "delivery.question st.coordinator": 3,
    "delivery.replications hn.focal": 3,
    "delivery.replications st.coordinator": 3,
    "delivery.schedule hn.focal": 4,
    "delivery.schedule st.coordinator": 4,
    "delivery.session st.coordinator": 5,
    "delivery.show hn.focal": 7,
    "delivery.show st.coordinator": 8,
    "desk.became hn.focal": 7,
    "courses.cancel st.coordinator": 2,
    "courses.costs st.coordinator": 4,
    "courses.edit st.coordinator": 5,
    "courses.index hn.focal": 2,
    "courses.index st.coordinator": 2,
    "courses.new st.coordinator": 3,
    "courses.pledge st.coordinator": 5,
    "courses.rates st.coordinator": 2,
    "courses.replicate st.coordinator": 2,
    "courses.seats st.coordinator": 5,
    "courses.sheet st.coordinator": 21,
    "courses.show hn.focal": 13,
    "courses.show st.coordinator": 28,
    "desk.show ca.pledger": 9,
    "desk.show hn.focal": 23,
    "desk.show ppt.reader": 2,
    "desk.show st.coordinator": 19,
    "factors.give ca.pledger": 1,
    "factors.give hn.focal": 1,
    "factors.give ppt.reader": 1,
    "factors.give st.coordinator": 1,
    "factors.key hn.focal": 3,
    "factors.mine ca.pledger": 2,
    "factors.mine hn.focal": 2,
    "factors.mine ppt.reader": 2,
    "factors.mine st.coordinator": 2,
    "factors.passkey ca.pledger": 3,
    "factors.passkey hn.focal": 3,
    "factors.passkey ppt.reader": 3,
    "factors.passkey st.coordinator": 3,
    "factors.program ca.pledger": 3,
    "factors.program hn.focal": 3,
    "factors.program ppt.reader": 3,
    "factors.program st.coordinator": 3,
    "factors.remove ca.pledger": 2,
    "factors.remove hn.focal": 2,
    "factors.sheet ca.pledger": 3,
    "factors.sheet hn.focal": 3,
    "factors.sheet ppt.reader": 3,
    "factors.sheet st.coordinator": 3,
    "factors.to_give ca.pledger": 2,
    "factors.to_give hn.focal": 2,
    "factors.to_give ppt.reader": 2,
    "factors.to_give st.coordinator": 2,
    "factors.to_make ca.pledger": 3,
    "factors.to_make hn.focal": 3,
    "factors.to_make ppt.reader": 3,
    "factors.to_make st.coordinator": 3,
    "groups.add st.coordinator": 12,
    "groups.dissolve st.coordinator": 2,
    "groups.index st.coordinator": 7,
    "groups.merge st.coordinator": 3,
    "groups.of_need st.coordinator": 9,
    "groups.progress st.coordinator": 8,
    "groups.proposal st.coordinator": 5,
    "groups.proposals st.coordinator": 8,
    "groups.rename st.coordinator": 2,
    "groups.show st.coordinator": 12,
    "groups.split st.coordinator": 3,
    "bundles.adopt st.coordinator": 3,
    "bundles.computed_from st.coordinator": 2,
    "bundles.costs st.coordinator": 2,
    "bundles.index st.coordinator": 2,
    "bundles.new st.coordinator": 3,
    "bundles.progress st.coordinator": 24,
    "bundles.show st.coordinator": 24,
    "matches.of_group st.coordinator": 7,
    "matches.of_need st.coordinator": 3,
    "matches.of_offer st.coordinator": 3,
    "matches.run st.coordinator": 7,
    "matches.weighing st.coordinator": 2,
    "matches.weights st.coordinator": 3,
    "needs.answer hn.focal": 3,
    "needs.beginning hn.focal": 5,
    "needs.cell hn.focal": 3,
    "needs.changes hn.focal": 6,
    "needs.certification hn.focal": 5,
    "needs.check hn.focal": 3,
    "needs.comment hn.focal": 6,
    "needs.comment st.coordinator": 6,
    "needs.comments hn.focal": 5,
    "needs.comments st.coordinator": 5,
    "needs.comparison hn.focal": 5,
    "needs.comparison st.coordinator": 5,
    "needs.discarding hn.focal": 3,
    "needs.document_pdf hn.focal": 3,
    "needs.document_pdf st.coordinator": 3,
    "needs.index hn.focal": 5,
    "needs.index st.coordinator": 5,
    "needs.answer st.coordinator": 3,
    "needs.cell st.coordinator": 3,
    "needs.changes st.coordinator": 6,
    "needs.check st.coordinator": 3,
    "needs.filing hn.focal": 3,
    "needs.filing st.coordinator": 5,
    "needs.filings hn.focal": 2,
    "needs.filings st.coordinator": 2,
    "needs.history hn.focal": 6,
    "needs.new_filing st.coordinator": 3,
    "needs.refusal hn.focal": 2,
    "needs.section st.coordinator": 5,
    "needs.signed_reply st.coordinator": 3,
    "needs.receipt hn.focal": 3,
    "needs.receipt st.coordinator": 3,
    "needs.receipt_pdf hn.focal": 3,
    "needs.receipt_pdf st.coordinator": 3,
    "needs.review st.coordinator": 10,
    "needs.section hn.focal": 5,
    "needs.sheet hn.focal": 2,
    "needs.sheet_progress hn.focal": 2,
    "needs.sheets hn.focal": 3,
    "needs.show hn.focal": 5,
    "needs.show st.coordinator": 5,
    "needs.version hn.focal": 3,
    "needs.version st.coordinator": 3,
    "needs.withdrawal hn.focal": 2,
    "notices.choose_mail ca.pledger": 2,
    "notices.choose_mail hn.focal": 2,
    "notices.choose_mail ppt.reader": 2,
    "notices.choose_mail st.coordinator": 2,
    "notices.index ca.pledger": 2,
    "notices.index hn.focal": 2,
    "notices.index ppt.reader": 2,
    "notices.index st.coordinator": 2,
    "offers.edit ca.pledger": 3,
    "offers.edit hn.focal": 3,
    "offers.index ca.pledger": 3,
    "offers.index hn.focal": 4,
    "offers.index ppt.reader": 4,
    "offers.index st.coordinator": 4,
    "offers.new ca.pledger": 2,
    "offers.new hn.focal": 2,
    "offers.renewal ca.pledger": 2,
    "offers.renewal hn.focal": 2,
    "offers.show ca.pledger": 4,
    "offers.show hn.focal": 5,
    "offers.show ppt.reader": 5,
    "offers.show st.coordinator": 5,
    "offers.withdrawal ca.pledger": 2,
    "offers.withdrawal hn.focal": 2,
    "organisations.add_unit st.coordinator": 2,
    "organisations.admit st.coordinator": 1,
    "organisations.end st.coordinator": 2,
    "organisations.end_role st.coordinator": 4,
    "organisations.index st.coordinator": 2,
    "organisations.invite st.coordinator": 3,
    "organisations.note st.coordinator": 3,
    "organisations.rename st.coordinator": 2,
    "organisations.reset_factor st.coordinator": 3,
    "organisations.role st.coordinator": 5,
    "organisations.show st.coordinator": 5,
    "organisations.suspend st.coordinator": 3,
    "organisations.without_factor st.coordinator": 2,
    "pledges.show hn.focal": 6,
    "pledges.show st.coordinator": 6,
    "means.show ca.pledger": 2,
    "received_courses.index ca.pledger": 2,
    "received_courses.offer ca.pledger": 8,
    "received_courses.show ca.pledger": 10,
    "received.index ca.pledger": 4,
    "received.show ca.pledger": 15,
    "reservations.edit hn.legal": 5,
    "reservations.index hn.legal": 3,
    "reservations.matrix st.coordinator": 2,
    "reservations.new hn.legal": 1,
    "reservations.new_rule hn.legal": 3,
    "reservations.rule hn.legal": 5,
    "reservations.show hn.legal": 3,
    "reservations.text hn.legal": 3,
    "reservations.withdraw hn.legal": 3,
    "reports.file hn.focal": 2,
    "reports.file ppt.reader": 2,
    "reports.file st.coordinator": 2,
    "reports.file_progress hn.focal": 2,
    "reports.file_progress ppt.reader": 2,
    "reports.file_progress st.coordinator": 2,
    "reports.index hn.focal": 2,
    "reports.index ppt.reader": 2,
    "reports.index st.coordinator": 3,
    "reports.live st.coordinator": 21,
    "reports.needs_of_call st.coordinator": 3,
    "reports.needs_of_edition hn.focal": 3,
    "reports.needs_of_edition ppt.reader": 3,
    "reports.needs_of_edition st.coordinator": 3,
    "reports.of_calls st.coordinator": 2,
    "reports.publication st.coordinator": 49,
    "reports.show hn.focal": 4,
    "reports.show ppt.reader": 4,
    "reports.show st.coordinator": 4,
    "reports.texts st.coordinator": 2,
    "needs.preview hn.focal": 4,
    "summaries.change st.coordinator": 2,
    "summaries.country gt.focal": 6,
    "summaries.decision hn.focal": 3,
    "summaries.index st.coordinator": 2,
    "summaries.group st.coordinator": 18,
    "summaries.of_group st.coordinator": 5,
    "summaries.of_need hn.focal": 9,
    "summaries.of_need st.coordinator": 12,
    "summaries.of_routing st.coordinator": 13,
    "summaries.part gt.focal": 3,
    "summaries.relay gt.focal": 3,
    "summaries.sponsor st.coordinator": 4,
    "summaries.sponsors st.coordinator": 2,
    "summaries.show hn.focal": 8,
    "years.show hn.focal": 2,
    "years.show ppt.reader": 2,
    "years.show st.coordinator": 7,
    "summaries.show st.coordinator": 11,
}
"""Statements of each page, by endpoint and person, without those that put up the wall."""
ON_POSTGRESQL = {"received.show ca.pledger": 14}
"""Where the opening of a summary is put on record with one statement less."""


class Filling(Accepted):
    """Stores accepted needs beside those of the demonstration."""

    def __init__(self) -> None:
        found = db.session.execute(
            db.select(Organisation.country, Organisation.id)
            .where(Organisation.kind == "delegation", Organisation.country.in_(COUNTRIES))
        )  # fmt: skip
        self.organisations = {row.country: row.id for row in found}
        self.person = db.session.scalar(db.select(Dossier.started_by).limit(1))
        self.count = 0

    def up_to(self, count: int, call: Any) -> None:
        stored = db.session.scalar(db.select(func.count()).select_from(Dossier)) or 0
        self.count = 1000 + stored
        one = Written(answers=answers(), valid_from=MORNING)
        each = [
            # Honduras has every second one, so that its own list fills a page too.
            [Written(**{**vars(one), "country": "HN" if n % 2 else COUNTRIES[n % len(COUNTRIES)]})]
            for n in range(count - stored)
        ]
        self.needs(call, each)
        newest = (
            db.select(Version.id).where(Version.dossier_id == Dossier.id)
            .order_by(Version.number.desc()).limit(1).scalar_subquery()
        )  # fmt: skip
        is_filled = Dossier.state == "accepted", Dossier.accepted_version_id.is_(None)
        db.session.execute(
            db.update(Dossier.__table__).where(*is_filled)
            .values(accepted_version_id=newest, latest_version_id=newest)
        )  # fmt: skip


def talk_about(needs: list[str], many: int) -> None:
    """So many conversations about each need, and as many replies to the first of them."""
    person = db.session.execute(db.select(Person.id, Person.name).limit(1)).one()
    said, mentions = [], []
    for need in db.session.scalars(db.select(Dossier).where(Dossier.id.in_(needs))):
        ids = [new_id() for _ in range(2 * many)]
        about = {
            "organisation_id": need.organisation_id, "dossier_id": need.id, "circle": "shared",
            "section": "essentials", "field": "title", "version_number": 1, "text": "Words",
            "author_id": person.id, "author_name": person.name,
            "author_organisation_id": need.organisation_id,
        }  # fmt: skip
        said += [
            {**about, "id": each, "parent_id": ids[0] if n >= many else None,
             "created_at": MORNING - timedelta(minutes=n)} for n, each in enumerate(ids)
        ]  # fmt: skip
        mentions += [
            {"comment_id": each, "organisation_id": need.organisation_id, "person_id": person.id,
             "person_name": person.name} for each in ids
        ]  # fmt: skip
    db.session.execute(db.insert(Comment.__table__), said)
    db.session.execute(db.insert(CommentMention.__table__), mentions)


def offer_more(count: int) -> None:
    """Open offers of every sponsor and country, half of them to host and without a date."""
    owners = db.session.scalars(
        db.select(Organisation.id).where(Organisation.kind.in_(("sponsor", "delegation")))
    ).all()
    made, lines = [], []
    for number in range(count):
        hosts = bool(number % 2)
        terms = Terms(
            title=f"Offer {number}", kind="standing", roles=("host",) if hosts else ("payer",),
            valid_until=(MORNING + timedelta(days=number % 60 + 1)).date(), date_known=not hosts,
            remind_on=MORNING.date(),
        )  # fmt: skip
        for owner in owners:
            ids = {"offer_id": new_id(), "organisation_id": owner}
            made.append({"id": ids["offer_id"], "organisation_id": owner, "state": "open",
                         "is_demonstration": False, "edition": 1, "revision": 1, "reason": "",
                         "created_at": MORNING, "changed_at": MORNING, "opened_at": MORNING,
                         **terms.columns()})  # fmt: skip
            lines.append({**ids, "edition": 1, "line": "materials", "form": "cash", "currency": ""})
    db.session.execute(db.insert(Offer.__table__), made)
    db.session.execute(db.insert(OfferLine.__table__), lines)


def tell_everybody(matrix: Matrix, many: int) -> None:
    """So many notices for each of those who ask."""
    rows = [
        {"id": new_id(), "person_id": one.person_id, "organisation_id": one.organisation_id,
         "kind": "read", "subject_id": new_id(), "event": new_id(), "is_mailed": True,
         "at": MORNING + timedelta(minutes=n)}
        for one in matrix.everybody if one.key in PEOPLE for n in range(many)
    ]  # fmt: skip
    db.session.execute(db.insert(Notice.__table__), rows)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that are sent within the block."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        # Once a minute a demonstration looks whether it was begun again.
        is_of_wall = statement.startswith(("SET ", "PRAGMA", "BEGIN")) or "set_config" in statement
        if not is_of_wall and "installation" not in statement:
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def pages(matrix: Matrix) -> dict[str, Question]:
    """One question for each page and person: the first record that shows."""
    people = [one for one in matrix.everybody if one.key in PEOPLE]
    chosen: dict[str, Question] = {}
    asked = [*matrix.questions(people, ways=(False,))]
    for who in (one for one in matrix.everybody if one.key in OF_OTHERS):
        asked += matrix.questions([who], OF_OTHERS[who.key], ways=(False,))
    questions = (_answered(matrix, one) for one in asked)
    # The open call first, which is the one that is filled, and Honduras: other kinds of
    # organisations have no units to choose from.
    for question in sorted(questions, key=lambda one: not _comes_first(matrix, one)):
        name = f"{question.endpoint} {question.who.key}"
        if question.method != "GET" or question.endpoint in FILES or name in chosen:
            continue
        is_shown = decision(question) == "passed" and (
            matrix.asker.ask(question.who, "GET", question.path).status == 200
        )
        if is_shown:
            chosen[name] = question
    return chosen


OF_A_UNIT = ("organisations.invite st.coordinator", "organisations.role st.coordinator")
"""Pages that ask once more where there is a unit: which organisation or role comes first is chance."""


def _comes_first(matrix: Matrix, question: Question) -> bool:
    first = (matrix.things.open_call, _honduras(matrix))
    return question.thing is not None and question.thing.id in first


def _honduras(matrix: Matrix) -> str:
    return next(one.organisation_id for one in matrix.everybody if one.key == "hn.focal")


def _answered(matrix: Matrix, question: Question) -> Question:
    """The page as one comes to it: those of certification from the page with all answers."""
    if question.endpoint == "calls.revocation":
        return replace(question, path=f"{question.path}?country={_honduras(matrix)}")
    if question.endpoint not in ("needs.certification", "needs.preview") or not question.thing:
        return question
    read = matrix.asker.ask(question.who, "GET", f"/needs/{question.thing.id}/check")
    if read.status != 200 or b"/certification?" not in read.body:
        return question
    address = previewing(read.body.decode(), "members=named&sponsors=named")
    return replace(question, path=f"{question.path}?{address.partition('?')[2]}")


def counts(matrix: Matrix, asked: dict[str, Question]) -> dict[str, int]:
    """The statements of each page."""
    found = {}
    with matrix.app.app_context():
        for name, question in asked.items():
            with counting() as sent:
                answer = matrix.asker.ask(question.who, "GET", question.path)
            assert answer.status == 200, f"{question}: {answer.status}"
            if (row := ROWS.get(question.endpoint)) and question.who.key in FULL:
                assert len(set(re.findall(row, answer.body))) >= PAGE, question
            found[name] = len(sent)
    return found


@pytest.fixture
def lets_sponsors_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stored may be shown to sponsors, so that the list of summaries is full too."""
    made = accepted._consent

    def consent(*given: Any) -> dict[str, Any]:
        return {**made(*given), "sponsors": "unnamed"}

    monkeypatch.setattr(accepted, "_consent", consent)


@pytest.fixture
def every_opening_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a pause: a sponsor's page then does the most."""
    monkeypatch.setattr("app.summaries.opening.PAUSE", timedelta(0))


@pytest.fixture
def lets_honduras_be_late(demonstration: Matrix) -> None:
    """So that there is late permission to revoke."""
    key = (demonstration.things.open_call, _honduras(demonstration))
    with demonstration.app.app_context(), transaction(writing=True) as session:
        late = session.get_one(Call, key[0]).closes_at + timedelta(days=1)
        session.get_one(CallInvitation, key).late_until = late


@pytest.fixture
def lets_a_follow_up_end(demonstration: Matrix) -> None:
    """So that one can be taken up again: that of the person who travels with the child."""
    with demonstration.app.app_context(), transaction(writing=True) as session:
        followed = db.select(CaseFollowUp).where(CaseFollowUp.kind == "companion")
        session.scalars(followed).one().state = "closed"


def test_each_page_sends_the_same_statements_however_much_is_stored(
    demonstration: Matrix, database: Any, lets_sponsors_read: None, every_opening_is_recorded: None,
    lets_honduras_be_late: None, lets_a_follow_up_end: None,
) -> None:  # fmt: skip
    asked, found = pages(demonstration), []
    with demonstration.app.app_context():
        spoken_of = [row["id"] for row in needs()]
    for stored in (FEW, MANY):
        with demonstration.app.app_context(), transaction(writing=True):
            talk_about(spoken_of, PAGE + 1 if stored == FEW else 2 * PAGE)
            offer_more(PAGE + 1 if stored == FEW else 8 * PAGE)
            tell_everybody(demonstration, PAGE + 1 if stored == FEW else 8 * PAGE)
            call = db.session.get_one(Call, demonstration.things.open_call)
            Filling().up_to(stored, call)
        found.append(counts(demonstration, asked))
    few, many = found
    assert many == few, {name: (few[name], many[name]) for name in few if few[name] != many[name]}
    expected = STATEMENTS if database.is_a_file else {**STATEMENTS, **ON_POSTGRESQL}
    for page in OF_A_UNIT:
        assert many[page] in (expected[page] - 1, expected[page])
        many[page] = expected[page]
    assert many == expected, "\n".join(
        f'    "{name}": {count},' for name, count in many.items() if expected.get(name) != count
    )


def test_every_page_behind_a_sign_in_is_counted(demonstration: Matrix) -> None:
    counted = {name.split()[0] for name in STATEMENTS}
    pages_there_are = {
        rule.endpoint for rule in demonstration.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and ENDPOINTS[rule.endpoint].who is not None
    }  # fmt: skip
    assert pages_there_are - FILES - STREAMS == counted
