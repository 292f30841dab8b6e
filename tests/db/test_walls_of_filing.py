"""With guards and queries gone, where may the Secretariat write for a country, and what never?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from tests.db.rows import Filling
from tests.db.test_walls import is_refused, postgresql, scope_of, seen, world

__all__ = ["postgresql", "world"]
WRITTEN = ("draft", "answer", "answer_row", "presence")
pytestmark = pytest.mark.usefixtures("postgresql")


def set_(table: str, of: Filling, **values: Any) -> None:
    """Change the row of an organisation as the database's owner would."""
    chosen = db.metadata.tables[table]
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        own = chosen.c.organisation_id == of.organisation_id
        connection.execute(update(chosen).where(own).values(values))


def owners(world: dict[str, Filling], table: str) -> set[str]:
    rows = seen(scope_of(world["st"], "secretariat"), table)
    return {row["organisation_id"] for row in rows} - {world["st"].organisation_id}


@pytest.fixture
def filed(world: dict[str, Filling]) -> dict[str, Filling]:
    """Honduras's draft is one that the Secretariat began, and nothing of it was submitted."""
    set_("dossier", world["hn"], is_submitted=False, on_behalf=True)
    set_("draft", world["hn"], on_behalf=True)
    return world


def test_it_reads_and_writes_what_it_began_until_the_country_answers(filed: Any) -> None:
    scope = scope_of(filed["st"], "secretariat")
    draft = db.metadata.tables["draft"]
    saves = update(draft).where(draft.c.on_behalf).values(title="Otra")
    assert not is_refused(scope, saves)
    for name in WRITTEN:
        assert owners(filed, name) == {filed["hn"].organisation_id}, name
    set_("dossier", filed["hn"], on_behalf=False)
    for name in (*WRITTEN, "dossier", "need"):
        assert filed["hn"].organisation_id not in owners(filed, name), name
    assert is_refused(scope, saves)


@pytest.mark.parametrize(
    ("table", "values"),
    [("draft", {"on_behalf": False}), ("dossier", {"is_submitted": True})],
)
def test_it_reads_no_draft_that_a_delegation_began_and_none_once_it_was_submitted(
    filed: Any, table: str, values: dict[str, bool]
) -> None:
    set_(table, filed["hn"], **values)
    for name in WRITTEN:
        assert not owners(filed, name), name


def test_it_cannot_make_a_draft_of_a_delegation_its_own(filed: Any) -> None:
    scope, draft = scope_of(filed["st"], "secretariat"), db.metadata.tables["draft"]
    theirs = draft.c.organisation_id == filed["sv"].organisation_id
    assert is_refused(scope, update(draft).where(theirs).values(on_behalf=True))
    planted = filed["sv"].rows["draft"] | {"id": "planted", "on_behalf": True}
    assert is_refused(scope, insert(draft).values(planted))


@pytest.mark.parametrize(
    "changes", [{"certified_role": "focal_point"}, {"number": 2}, {"certified_by": "hn"}, {}]
)
def test_it_writes_no_version_but_the_first_as_a_signed_reply_under_its_own_id(
    filed: Any, changes: dict[str, Any]
) -> None:
    scope, version = scope_of(filed["st"], "secretariat"), db.metadata.tables["version"]
    dossier = filed["hn"].rows["dossier"] | {
        "id": "filed", "reference": "filed", "is_submitted": False, "on_behalf": True,
    }  # fmt: skip
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        connection.execute(insert(db.metadata.tables["dossier"]).values(dossier))
    said = filed["hn"].rows["version"] | {
        "id": "planted", "dossier_id": "filed", "receipt": "planted", "number": 1, "certified_role": "signed_reply",
        "certified_by": filed["st"].rows["person"]["id"], **changes,
    }  # fmt: skip
    if said["certified_by"] == "hn":
        said["certified_by"] = filed["hn"].rows["person"]["id"]
    assert is_refused(scope, insert(version).values(said)) is bool(changes)


@pytest.mark.parametrize("changes", [{"members": "named"}, {"sponsors": "unnamed"}, {}])
def test_it_writes_down_no_consent_but_to_nothing(filed: Any, changes: dict[str, str]) -> None:
    scope, consent = scope_of(filed["st"], "secretariat"), db.metadata.tables["consent"]
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        signed = filed["hn"].rows["version"] | {
            "id": "signed", "receipt": "signed", "number": 9, "certified_role": "signed_reply",
        }  # fmt: skip
        connection.execute(insert(db.metadata.tables["version"]).values(signed))
    said = {"members": "none", "sponsors": "none", **changes}
    planted = filed["hn"].rows["consent"] | {"version_id": "signed"} | said
    assert is_refused(scope, insert(consent).values(planted)) is bool(changes)
    by_hand = filed["hn"].rows["consent"] | {"version_id": "certified"} | said
    assert is_refused(scope, insert(consent).values(by_hand))
