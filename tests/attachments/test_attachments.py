"""Is a file put to a record only of one's own, and given only to whom it may concern?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.attachments import actions, queries, sweeping
from app.attachments.models import Attachment
from app.audit.commit import committed
from app.audit.models import AuditEvent
from app.db.errors import Missing
from app.db.scoping import Scope, Wall
from app.db.transactions import transaction
from app.policy.actor import Actor, OrganisationKind, Role
from app.storage import files
from app.web.errors import Refusal
from tests.accounts.house import House, actor
from tests.storage import samples as made

DELEGATION, SECRETARIAT = OrganisationKind.DELEGATION, OrganisationKind.SECRETARIAT


def upload(content: bytes = made.PDF, name: str = "oficio 17.pdf") -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def scope_of(who: Actor) -> Scope:
    return Scope(Wall.ORGANISATION, who.organisation_id, who.organisation_kind.value, who.person_id)


@pytest.fixture
def focal(house: House) -> Actor:
    return actor(house, "hn.focal", "hn", DELEGATION, Role.FOCAL_POINT)


@pytest.fixture
def other(house: House) -> Actor:
    return actor(house, "sv.focal", "sv", DELEGATION, Role.FOCAL_POINT)


@pytest.fixture
def coordinator(house: House) -> Actor:
    return actor(house, "st.coordinator", "st", SECRETARIAT, Role.COORDINATOR)


def attached(app: Any, who: Actor, kind: str = "membership", **more: Any) -> str:
    with app.app_context(), committed(scope_of(who)):
        return actions.attach(who, kind, "m1", upload(), **more).id


def test_a_file_is_kept_with_its_name_type_and_size_and_is_on_record(
    app: Any, focal: Actor
) -> None:
    file_id = attached(app, focal)
    with app.app_context(), transaction(writing=False) as session:
        kept = session.get_one(Attachment, file_id)
        assert (kept.name, kept.media_type, kept.size) == (
            "oficio 17.pdf", "application/pdf", len(made.PDF),
        )  # fmt: skip
        assert kept.organisation_id == focal.organisation_id
        event = session.execute(
            select(AuditEvent).where(AuditEvent.subject_id == file_id)
        ).scalar_one()
        assert event.kind == "file-attached"
        assert "oficio" not in event.detail
        assert files.path_of(kept.sha256).exists()


def test_a_file_that_is_not_let_in_is_refused_at_its_place(app: Any, focal: Actor) -> None:
    with app.app_context(), pytest.raises(Refusal) as refused, committed(scope_of(focal)):
        actions.attach(focal, "membership", "m1", upload(b"<svg/>", "a.svg"), field="note_file")
    assert (refused.value.field, refused.value.status) == ("note_file", 422)


def test_nobody_but_the_secretariat_puts_a_file_to_another_organisation(
    app: Any, focal: Actor, other: Actor, coordinator: Actor
) -> None:
    with app.app_context(), pytest.raises(Missing), committed(scope_of(focal)):
        actions.attach(focal, "membership", "m1", upload(), other.organisation_id)
    file_id = attached(app, coordinator, organisation_id=other.organisation_id)
    with app.app_context(), transaction(writing=False, scope=scope_of(other)):
        assert queries.get(other, file_id).organisation_id == other.organisation_id


def found(app: Any, who: Actor, file_id: str) -> bool:
    with app.app_context(), transaction(writing=False, scope=scope_of(who)):
        try:
            queries.get(who, file_id)
        except Missing:
            return False
        return True


def test_a_file_exists_for_its_organisation_and_the_secretariat_and_not_while_it_is_drafted(
    app: Any, focal: Actor, other: Actor, coordinator: Actor
) -> None:
    note, drafted = attached(app, focal), attached(app, focal, kind="draft")
    assert [found(app, who, note) for who in (focal, other, coordinator)] == [True, False, True]
    assert [found(app, who, drafted) for who in (focal, other, coordinator)] == [True, False, False]


def test_the_files_of_a_record_are_listed_for_whom_they_exist(
    app: Any, focal: Actor, other: Actor
) -> None:
    first, second = attached(app, focal), attached(app, focal)
    with app.app_context():
        for who, ids in ((focal, {first, second}), (other, set())):
            with transaction(writing=False, scope=scope_of(who)):
                listed = queries.list_of(who, "membership", "m1")
                assert {one.id for one in listed} == ids


class TestDownload:
    def test_a_file_comes_as_a_download_and_never_to_be_run(
        self, app: Any, house: House, browser_of: Any, focal: Actor
    ) -> None:
        file_id = attached(app, focal)
        answer = browser_of().be(house, "hn.focal").get(f"/files/{file_id}")
        assert (answer.status_code, answer.data) == (200, made.PDF)
        headers = answer.headers
        assert headers["Content-Disposition"].startswith('attachment; filename="oficio 17.pdf"')
        assert headers["Content-Type"] == "application/pdf"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Length"] == str(len(made.PDF))

    def test_a_foreign_file_is_answered_as_one_that_does_not_exist(
        self, app: Any, house: House, browser_of: Any, focal: Actor
    ) -> None:
        file_id = attached(app, focal)
        browser = browser_of().be(house, "sv.focal")
        foreign, missing = (
            browser.get(f"/files/{file_id}"),
            browser.get("/files/nosuchfileatall00000"),
        )
        assert foreign.status_code == missing.status_code == 404
        assert without_chance(foreign.text) == without_chance(missing.text)

    def test_others_are_refused_before_anything_is_looked_for(
        self, app: Any, house: House, browser_of: Any, focal: Actor
    ) -> None:
        file_id = attached(app, focal)
        for path in (f"/files/{file_id}", "/files/nosuchfileatall00000"):
            assert browser_of().be(house, "ar.observer").get(path).status_code == 403
            assert app.test_client().get(path).status_code in (302, 303)


def without_chance(page: str) -> str:
    import re

    page = re.sub(
        r'(name="(csrf_token|_key)" value|hx-headers:inherited|content)=["\'][^"\']*["\']', "", page
    )
    return re.sub(r"/files/\w+", "", re.sub(r'"X-CSRFToken": "[^"]*"', "", page))


def test_the_sweeper_leaves_what_a_record_speaks_of(app: Any, focal: Actor) -> None:
    attached(app, focal)
    with app.app_context():
        orphan = files.store(io.BytesIO(made.TEXT), name="a.txt")
        path: Path = files.path_of(orphan.sha256)
        assert sweeping.sweep() == 0
        assert sweeping.sweep(older_than=0) >= 1
        assert not path.exists()
        assert len(sweeping.spoken_of()) == 1
        assert all(files.path_of(sha256).exists() for sha256 in sweeping.spoken_of())
