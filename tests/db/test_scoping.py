"""Does Enlace itself notice when it is about to write another organisation's row?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from app.attachments.models import Attachment
from app.db.scoping import SYSTEM, Scope, Wall, WallBroken, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Answer, AnswerRow
from tests.db.rows import Filling, fill


@pytest.fixture
def two(app: Any) -> Iterator[dict[str, Filling]]:
    with app.app_context():
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            filled = fill(connection, hn="delegation", sv="delegation", st="secretariat")
        yield filled


def own_scope(filling: Filling, kind: str = "delegation") -> Scope:
    return Scope(Wall.ORGANISATION, filling.organisation_id, kind, filling.rows["person"]["id"])


def attachment(owner: Filling, person: Filling) -> Attachment:
    return Attachment(
        organisation_id=owner.organisation_id, subject_kind="membership", subject_id="x",
        sha256="0" * 64, name="nota.pdf", media_type="application/pdf", size=1,
        uploaded_by=person.rows["person"]["id"], created_at=datetime.now(UTC),
    )  # fmt: skip


def test_an_own_row_is_written(two: dict[str, Filling]) -> None:
    with transaction(writing=True, scope=own_scope(two["hn"])) as session:
        session.add(attachment(two["hn"], two["hn"]))


def test_a_row_for_another_organisation_is_not_written(two: dict[str, Filling]) -> None:
    with (
        pytest.raises(WallBroken),
        transaction(writing=True, scope=own_scope(two["hn"])) as session,
    ):
        session.add(attachment(two["sv"], two["hn"]))


def test_the_secretariat_writes_for_another_only_where_the_table_says_so(
    two: dict[str, Filling],
) -> None:
    scope = own_scope(two["st"], "secretariat")
    with transaction(writing=True, scope=scope) as session:
        session.add(attachment(two["sv"], two["st"]))
    answer = Answer(draft_id=two["sv"].rows["draft"]["id"], key="title", value="x", saved_by="x",
                    organisation_id=two["sv"].organisation_id, saved_at=datetime.now(UTC))  # fmt: skip
    with pytest.raises(WallBroken), transaction(writing=True, scope=scope) as session:
        session.add(answer)


def test_a_row_cannot_move_to_another_organisation(two: dict[str, Filling]) -> None:
    with transaction(writing=False) as session:
        own = session.get_one(Attachment, two["hn"].rows["attachment"]["id"])
        own.organisation_id = two["sv"].organisation_id
        with scoped(own_scope(two["hn"]), writing=True), pytest.raises(WallBroken):
            session.flush()


def test_a_foreign_row_cannot_be_taken_over_unseen(two: dict[str, Filling]) -> None:
    with transaction(writing=False) as session:
        foreign = session.get_one(AnswerRow, key_of(two["sv"]))
        session.expire(foreign)  # what it was is not known until it is asked for
        foreign.organisation_id = two["hn"].organisation_id
        with scoped(own_scope(two["hn"]), writing=True), pytest.raises(WallBroken):
            session.flush()


def key_of(filling: Filling) -> tuple[str, str]:
    row = filling.rows["answer_row"]
    return row["draft_id"], row["id"]


def test_a_foreign_row_cannot_be_removed(two: dict[str, Filling]) -> None:
    with transaction(writing=False) as session:
        foreign = session.get_one(AnswerRow, key_of(two["sv"]))
        session.delete(foreign)
        with scoped(own_scope(two["hn"]), writing=True), pytest.raises(WallBroken):
            session.flush()


def test_a_transaction_is_not_begun_within_another(app: Any) -> None:
    with app.app_context(), transaction(writing=False) as session:
        session.execute(db.select(1))
        with pytest.raises(RuntimeError, match="open already"), transaction(writing=True):
            pass


def test_an_id_that_is_none_never_reaches_a_setting_of_postgresql() -> None:
    from app.db import postgresql

    with pytest.raises(ValueError, match="letters and digits"):
        postgresql.statements(Scope(Wall.ORGANISATION, "x'; RESET ROLE; --", "delegation", ""))
