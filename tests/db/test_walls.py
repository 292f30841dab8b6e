"""With guards and scoped queries gone, does the database itself still keep organisations apart?

Every question here is asked in plain SQL about whole tables, as nothing in Enlace ever would.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import create_engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.db.scoping import IDENTITY, SYSTEM, Scope, Wall, scoped
from app.db.sponsor_wall import SPONSOR_INSERTS, SPONSOR_READS, SPONSOR_UPDATES
from app.extensions import db
from tests.db.rows import Filling, all_tables, fill, owned_tables

OWNED = sorted(table.name for table in owned_tables())
SECRETARIAT_NEVER_SEES = {
    "draft",
    "answer",
    "answer_row",
    "presence",
    "sheet_row",
    "sheet_upload",
    "comment_mention",
    "organisation_key",
    "record_key",
    "wrapped_key",
    "erasure",
    "delivery",
    "delivery_sealed",
    "version_sealed",
    "case_erasure",
    "case_follow_up",
    "case_follow_up_step",
    "case_follow_up_handover",
    "sealed_file",
    "file_link",
}
"""What delegations are still writing, whom they address among themselves, what of a case reached them, and
what opens what they sealed."""
SECRETARIAT_ALONE = {"call_contact", "need_group_member"}
"""About a delegation, and not for it: how the Secretariat tried to reach it, whose needs resemble its own."""
GROUPS = ("need_group", "need_group_name", "group_search", "group_proposal", "group_proposal_need",
          "group_dismissal", "group_summary")  # fmt: skip
"""Which needs resemble each other: the Secretariat's view alone."""
OFTEN = 10
"""More often than a connection wants to be asked before it keeps a plan."""
UNOWNED_BUT_CLOSED = {
    "idempotency_key", "mail_choice", "notice", "calendar_feed", "sign_in", "factor", "factor_code", "invitation", "filing_link", "membership", "person", "audit_event", "outbox_message",
    "call", "call_extension", "call_taken_back", "edition", "edition_document", "edition_need", "report_file", "released_summary",
    "routing", "routing_answer", "summary_opening", "summary_question", "country_request", "country_reveal", *GROUPS,
    "course", "course_component", "course_role", "course_cost", "course_split", "course_sheet",
    "course_invitation", "course_country_told", "course_standing", "course_standing_change", "course_need", "pledge", "pledge_line", "pledge_move",
    "match_weights", "match_run", "bundle", "bundle_adoption", "cost_basis",
    "course_step", "course_session", "course_evaluation", "attendance", "year_figure",
    "addressee", "receipt", "format_standing", "format_opt_in",
}  # fmt: skip
OPEN_TO_ALL = {"organisation", "unit", "installation", "limit_counter", "delivered_mail",
               "format_version", "audit_head", "exchange_rate", "master_key"}  # fmt: skip
"""Names of the Conference, marks of keys, counters, rates of exchange, the demonstration's mail, published forms: no content."""


@pytest.fixture
def world(app: Any) -> Iterator[dict[str, Filling]]:
    """Two delegations, the Secretariat, two sponsors and others, each with a row in every table."""
    with app.app_context():
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            filled = fill(
                connection, hn="delegation", sv="delegation", st="secretariat", ca="sponsor",
                us="sponsor", ppt="presidency", ar="observer", cs="civil_society", op="operator",
            )  # fmt: skip
        yield filled


def scope_of(filling: Filling, kind: str) -> Scope:
    wall = Wall.SPONSOR if kind == "sponsor" else Wall.ORGANISATION
    return Scope(wall, filling.organisation_id, kind, filling.rows["person"]["id"])


def seen(scope: Scope, name: str) -> list[dict[str, Any]]:
    """Every row of the table that this scope gives to whoever asks for all of them."""
    with scoped(scope), db.engine.connect() as connection:
        return [
            dict(row) for row in connection.execute(select(db.metadata.tables[name])).mappings()
        ]


def owners_of_records(scope: Scope) -> list[str] | None:
    """Whose records are seen; None for who may not even ask."""
    dossier = db.metadata.tables["dossier"]
    with scoped(scope), db.engine.connect() as connection:
        try:
            return sorted(connection.execute(select(dossier.c.organisation_id)).scalars())
        except DBAPIError:
            return None


def is_refused(scope: Scope, statement: Any) -> bool:
    """Whether the database stops the statement, or lets it change nothing."""
    with scoped(scope, writing=True), db.engine.connect() as connection:
        try:
            changed = connection.execute(statement).rowcount
        except DBAPIError:
            return True
        finally:
            connection.rollback()
    return changed == 0


@pytest.fixture
def postgresql(database: Any) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("SQLite has no row-level security; docs/decisions/0003-sqlite.md says so")


@pytest.mark.usefixtures("postgresql")
class TestPostgreSQL:
    def test_every_table_is_expected_here(self) -> None:
        assert {table.name for table in all_tables()} == {*OWNED, *UNOWNED_BUT_CLOSED, *OPEN_TO_ALL}

    @pytest.mark.parametrize("who", ["hn", "sv"])
    def test_a_delegation_sees_its_own_rows_and_no_others(self, world: Any, who: str) -> None:
        scope = scope_of(world[who], "delegation")
        for name in OWNED:
            owners = [row["organisation_id"] for row in seen(scope, name)]
            own = [] if name in SECRETARIAT_ALONE else [world[who].organisation_id]
            assert owners == own, name

    def test_a_plan_kept_from_others_shows_the_next_who_ask_no_more_than_their_own(
        self, world: Any
    ) -> None:
        """A connection serves everybody, and keeps the plan of what is asked often."""
        asked = [(scope_of(world[who], kind), seen_by) for who, kind, seen_by in (
            ("hn", "delegation", ["hn"]), ("ca", "sponsor", None), ("sv", "delegation", ["sv"]),
        )]  # fmt: skip
        for scope, keys in [(SYSTEM, list(world)), *asked] * 2:
            expected = keys and sorted(world[key].organisation_id for key in keys)
            for _ in range(OFTEN):
                assert owners_of_records(scope) == expected

    @pytest.mark.parametrize(
        ("who", "kind"),
        [("ppt", "presidency"), ("ar", "observer"), ("cs", "civil_society"), ("op", "operator")],
    )
    def test_others_see_no_row_but_those_that_bear_their_name(
        self, world: Any, who: str, kind: str
    ) -> None:
        for name in OWNED:
            for row in seen(scope_of(world[who], kind), name):
                assert row["organisation_id"] == world[who].organisation_id, name

    def test_the_secretariat_sees_what_was_submitted_and_never_what_is_being_written(
        self, world: Any
    ) -> None:
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            dossier = db.metadata.tables["dossier"]
            unsent = dossier.c.organisation_id == world["sv"].organisation_id
            connection.execute(update(dossier).where(unsent).values(is_submitted=False))
        scope, own = scope_of(world["st"], "secretariat"), world["st"].organisation_id
        for name in OWNED:
            owners = {row["organisation_id"] for row in seen(scope, name)} - {own}
            if name in SECRETARIAT_NEVER_SEES:
                assert not owners, name
            else:
                assert world["hn"].organisation_id in owners, name
        for name in ("dossier", "need"):
            owners = {row["organisation_id"] for row in seen(scope, name)}
            assert world["sv"].organisation_id not in owners, name

    def test_a_sponsor_sees_only_what_was_sent_to_it(self, world: Any) -> None:
        scope, own = scope_of(world["ca"], "sponsor"), world["ca"]
        assert [row["id"] for row in seen(scope, "routing")] == [own.rows["routing"]["id"]]
        assert [row["id"] for row in seen(scope, "released_summary")] == [
            own.rows["released_summary"]["id"]
        ]
        for name in ("summary_opening", "summary_question"):
            assert [row["sponsor_id"] for row in seen(scope, name)] == [own.organisation_id]
        for name in ("offer", "offer_line", "offer_move"):
            assert [row["organisation_id"] for row in seen(scope, name)] == [own.organisation_id]
        for name in ("idempotency_key",):
            assert [row["person_id"] for row in seen(scope, name)] == [own.rows["person"]["id"]]

    def test_groups_of_similar_needs_are_the_secretariats_alone(self, world: Any) -> None:
        for name in (
            *GROUPS,
            "need_group_member",
            "match_weights",
            "match_run",
            "bundle",
            "bundle_adoption",
            "cost_basis",
        ):
            assert seen(scope_of(world["st"], "secretariat"), name), name
            for who, kind in (("hn", "delegation"), ("ppt", "presidency"), ("ar", "observer"),
                              ("op", "operator")):  # fmt: skip
                assert not seen(scope_of(world[who], kind), name), (who, name)

    def test_members_read_an_open_offer_of_others_and_other_sponsors_do_not(
        self, world: Any
    ) -> None:
        offered_by = world["ca"].organisation_id
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            offer = db.metadata.tables["offer"]
            theirs = offer.c.organisation_id == offered_by
            connection.execute(update(offer).where(theirs).values(state="open"))
        for who, kind, reads in (
            ("hn", "delegation", True), ("ppt", "presidency", True), ("ar", "observer", False),
            ("us", "sponsor", False), ("op", "operator", False),
        ):  # fmt: skip
            for name in ("offer", "offer_line", "offer_move"):
                rows = seen(scope_of(world[who], kind), name)
                owners = {row["organisation_id"] for row in rows}
                assert (offered_by in owners) is reads, (who, name)

    def test_a_draft_of_an_offer_is_its_writers_alone(self, world: Any) -> None:
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            connection.execute(update(db.metadata.tables["offer"]).values(opened_at=None))
        own = world["st"].organisation_id
        for name in ("offer", "offer_line", "offer_move"):
            rows = seen(scope_of(world["st"], "secretariat"), name)
            assert {row["organisation_id"] for row in rows} == {own}, name

    def test_a_recalled_summary_is_gone_for_the_sponsor(self, world: Any) -> None:
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            connection.execute(update(db.metadata.tables["routing"]).values(state="recalled"))
        assert seen(scope_of(world["ca"], "sponsor"), "released_summary") == []

    def test_without_a_scope_there_is_no_row(self, world: Any) -> None:
        for scope in (IDENTITY, Scope(Wall.ORGANISATION), Scope(Wall.SPONSOR)):
            for name in (*OWNED, "edition", "edition_document", "edition_need", "routing", "released_summary",
                         "idempotency_key", "audit_event"):  # fmt: skip
                with suppress(DBAPIError):
                    assert seen(scope, name) == [], name

    def test_only_the_secretariat_knows_everybody(self, world: Any) -> None:
        people = seen(scope_of(world["hn"], "delegation"), "person")
        assert [row["id"] for row in people] == [world["hn"].rows["person"]["id"]]
        assert len(seen(scope_of(world["st"], "secretariat"), "person")) == len(world)

    def test_a_foreign_row_cannot_be_changed_removed_or_planted(self, world: Any) -> None:
        scope, foreign = scope_of(world["hn"], "delegation"), world["sv"]
        for name in OWNED:
            table = db.metadata.tables[name]
            theirs = table.c.organisation_id == foreign.organisation_id
            same = {"organisation_id": foreign.organisation_id}
            assert is_refused(scope, update(table).where(theirs).values(same)), name
            assert is_refused(scope, delete(table).where(theirs)), name
            planted = {key.name: f"planted-{key.name}" for key in table.primary_key}
            row = foreign.rows[name] | planted | same
            assert is_refused(scope, insert(table).values(row)), name

    def test_nobody_but_the_secretariat_writes_its_decisions(self, world: Any) -> None:
        scope = scope_of(world["hn"], "delegation")
        for name, column in (
            ("call_invitation", "late_until"), ("review", "decided_at"), ("organisation", "name_es"),
            ("unit", "name_es"), ("call", "title_es"), ("edition", "meeting"), ("routing", "why"),
        ):  # fmt: skip
            table = db.metadata.tables[name]
            same = update(table).values({column: table.c[column]})
            assert is_refused(scope, same), name
            assert not is_refused(SYSTEM, same) or name == "review", name

    def test_nobody_gives_themselves_a_role_elsewhere(self, world: Any) -> None:
        scope, table = scope_of(world["hn"], "delegation"), db.metadata.tables["membership"]
        elsewhere = world["st"].rows["membership"] | {
            "id": "planted", "person_id": world["hn"].rows["person"]["id"], "role": "coordinator",
        }  # fmt: skip
        assert is_refused(scope, insert(table).values(elsewhere))
        assert not is_refused(SYSTEM, insert(table).values(elsewhere))

    def test_a_colleague_can_be_seen_and_not_changed(self, world: Any) -> None:
        with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
            colleague = world["hn"].rows["person"] | {
                "id": "colleague", "key": "colleague", "email": "colleague", "fs_uniquifier": "other",
            }  # fmt: skip
            connection.execute(insert(db.metadata.tables["person"]).values(colleague))
            seat = world["hn"].rows["membership"] | {
                "id": "seat", "person_id": "colleague", "role": "x", "note_file": None,
            }  # fmt: skip
            connection.execute(insert(db.metadata.tables["membership"]).values(seat))
        scope, person = scope_of(world["hn"], "delegation"), db.metadata.tables["person"]
        assert "colleague" in {row["id"] for row in seen(scope, "person")}
        taken_over = update(person).where(person.c.id == "colleague").values(password="mine")
        assert is_refused(scope, taken_over)


class TestSponsor:
    """On both databases: nothing but the tables of app/db/sponsor_wall.py."""

    def test_sees_no_other_table(self, world: Any) -> None:
        scope = scope_of(world["ca"], "sponsor")
        for table in all_tables():
            if table.name not in SPONSOR_READS:
                with pytest.raises(
                    DBAPIError, match=r"prohibited|not authorized|permission denied"
                ):
                    seen(scope, table.name)

    def test_cannot_even_count_another_table(self, world: Any) -> None:
        scope = scope_of(world["ca"], "sponsor")
        for table in all_tables():
            if table.name in SPONSOR_READS:
                continue
            count = select(func.count()).select_from(table)
            with scoped(scope), db.engine.connect() as connection, pytest.raises(DBAPIError):
                connection.execute(count)

    def test_changes_no_other_table_or_column(self, world: Any) -> None:
        scope = scope_of(world["ca"], "sponsor")
        for table in all_tables():
            assert is_refused(scope, delete(table)), table.name
            for column in table.columns:
                if column.name not in SPONSOR_UPDATES.get(table.name, ()):
                    same = update(table).values({column.name: column})
                    assert is_refused(scope, same), f"{table.name}.{column.name}"
            if table.name not in SPONSOR_INSERTS and table.name in world["ca"].rows:
                planted = {key.name: f"planted-{key.name}" for key in table.primary_key}
                row = world["ca"].rows[table.name] | planted
                assert is_refused(scope, insert(table).values(row)), table.name

    def test_answers_on_its_own_routing(self, world: Any) -> None:
        routing = db.metadata.tables["routing"]
        own = update(routing).where(routing.c.id == world["ca"].rows["routing"]["id"])
        assert not is_refused(scope_of(world["ca"], "sponsor"), own.values(state="interested"))

    def test_the_connection_is_free_again_for_others(self, world: Any) -> None:
        scope = scope_of(world["ca"], "sponsor")
        with pytest.raises(DBAPIError):
            seen(scope, "need")
        assert len(seen(SYSTEM, "need")) == len(world)

    def test_a_statement_prepared_before_the_wall_does_not_pass_it(self, world: Any) -> None:
        needs = select(db.metadata.tables["need"])
        with db.engine.connect() as connection:
            with scoped(SYSTEM):
                assert connection.execute(needs).all()
                connection.rollback()
            with scoped(scope_of(world["ca"], "sponsor")), pytest.raises(DBAPIError):
                connection.execute(needs)


GRANTS = """
    SELECT table_name, privilege_type, '' AS column_name
    FROM information_schema.role_table_grants WHERE grantee = 'enlace_sponsor'
    UNION
    SELECT c.table_name, c.privilege_type, c.column_name
    FROM information_schema.role_column_grants c
    WHERE grantee = 'enlace_sponsor' AND NOT EXISTS (
        SELECT 1 FROM information_schema.role_table_grants t
        WHERE t.grantee = c.grantee AND t.table_name = c.table_name
            AND t.privilege_type = c.privilege_type)
"""


def test_a_sponsor_is_granted_what_its_list_of_tables_says(database: Any) -> None:
    if database.is_a_file:
        pytest.skip("SQLite asks the list itself")
    engine = create_engine(database.owner_url)
    with engine.connect() as connection:
        granted = {tuple(row) for row in connection.execute(text(GRANTS))}
    engine.dispose()
    said = {(table, "SELECT", "") for table in SPONSOR_READS}
    said |= {(table, "INSERT", "") for table in SPONSOR_INSERTS}
    said |= {(table, "UPDATE", each) for table, of in SPONSOR_UPDATES.items() for each in of}
    assert granted == said
