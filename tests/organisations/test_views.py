"""What do the pages of organisations show to whom?"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import event, select

from app import clock
from app.accounts.models import Invitation, Person
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Membership, Organisation, Unit
from tests.accounts.house import Browser, House
from tests.accounts.posted import promised
from tests.support.good_html import assert_good_html

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def role_id(app: Flask, house: House, key: str, role: str) -> str:
    with app.app_context(), transaction(writing=False) as session:
        return session.scalars(
            select(Membership.id).where(
                Membership.person_id == house.people[key], Membership.role == role
            )
        ).one()


def one(app: Flask, model, *conditions):
    with app.app_context(), transaction(writing=False) as session:
        found = session.scalars(select(model).where(*conditions)).one()
        session.expunge(found)
        return found


@pytest.fixture
def coordinator(house: House, browser_of: Callable[..., Browser]) -> Browser:
    return browser_of().be(house, "st.coordinator")


@pytest.fixture
def focal(house: House, browser_of: Callable[..., Browser]) -> Browser:
    return browser_of().be(house, "hn.focal")


@pytest.fixture
def invitation_id(app: Flask, house: House, focal: Browser) -> str:
    fields = {"name": "Nueva", "email": "nueva@example.org", "role": "contributor", "lang": "es"}
    assert focal.send("/delegation/invitations/new", **fields).status_code == 303
    return one(app, Invitation).id


class TestWho:
    """Each page, for each role: what it answers."""

    PAGES: ClassVar = {
        "/organisations": {"st.coordinator", "st.second"},
        "/organisations/{hn}": {"st.coordinator", "st.second"},
        "/organisations/roles/{contributor}": {"st.coordinator", "st.second"},
        "/organisations/new": {"st.coordinator"},
        "/organisations/{hn}/names": {"st.coordinator"},
        "/organisations/{hn}/end": {"st.coordinator"},
        "/organisations/{hn}/units/new": {"st.coordinator"},
        "/organisations/{hn}/invitations/new": {"st.coordinator"},
        "/organisations/roles/{contributor}/end": {"st.coordinator"},
        "/organisations/roles/{contributor}/suspension": {"st.coordinator"},
        "/organisations/roles/{focal}/note": {"st.coordinator"},
        "/delegation": {"hn.focal", "hn.contributor", "sv.focal", "us.focal"},
        "/delegation/roles/{contributor}": {"hn.focal", "hn.contributor"},
        "/delegation/roles/{contributor}/end": {"hn.focal"},
        "/delegation/roles/{focal}/note": {"hn.focal"},
        "/delegation/invitations/new": {"hn.focal", "sv.focal", "us.focal"},
    }
    EVERYBODY: ClassVar = ("st.coordinator", "st.second", "hn.focal", "hn.contributor", "sv.focal", "us.focal",
                 "ar.observer", "sponsor")  # fmt: skip

    @pytest.mark.parametrize("key", EVERYBODY)
    def test_pages_are_for_those_they_are_for(
        self, app: Flask, house: House, somebody: Browser, key: str
    ) -> None:
        somebody.be(house, "us.focal", "us.sponsor") if key == "sponsor" else somebody.be(
            house, key
        )
        ids = {
            "hn": house.organisations["hn"],
            "contributor": role_id(app, house, "hn.contributor", "contributor"),
            "focal": role_id(app, house, "hn.focal", "focal_point"),
        }
        for pattern, may in self.PAGES.items():
            answer = somebody.get(pattern.format(**ids))
            assert (answer.status_code == 200) is (key in may), (key, pattern, answer.status_code)
            assert answer.status_code in (200, 403, 404)
            assert_good_html(answer.text)

    def test_nobody_sees_them_without_signing_in(self, house: House, somebody: Browser) -> None:
        for pattern in self.PAGES:
            path = pattern.format(hn=house.organisations["hn"], contributor="x", focal="x")
            assert somebody.get(path).status_code == 303

    def test_a_foreign_role_is_answered_like_one_that_never_was(
        self, app: Flask, house: House, focal: Browser
    ) -> None:
        foreign = role_id(app, house, "sv.focal", "focal_point")
        for path in (
            "/delegation/roles/{}",
            "/delegation/roles/{}/end",
            "/delegation/roles/{}/note",
        ):
            answers = [focal.get(path.format(each)) for each in (foreign, "x" * 20)]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert (
                len(
                    {
                        answer.text.replace(foreign, "x" * 20) and len(answer.text)
                        for answer in answers
                    }
                )
                == 1
            )

    def test_foreign_invitations_and_roles_cannot_be_touched(
        self, app: Flask, house: House, browser_of: Callable[..., Browser], invitation_id: str
    ) -> None:
        stranger = browser_of().be(house, "sv.focal")
        contributor = role_id(app, house, "hn.contributor", "contributor")
        paths = (
            f"/delegation/invitations/{invitation_id}/message",
            f"/delegation/invitations/{invitation_id}/withdrawal",
            f"/delegation/roles/{contributor}/end",
            f"/delegation/roles/{contributor}/note",
        )
        for path in paths:
            assert stranger.send("/delegation", path).status_code == 404
        assert one(app, Membership, Membership.id == contributor).ended_at is None
        assert [kind for kind, _ in promised(app)] == ["invitation"]


class TestSecretariat:
    def test_the_list_shows_every_organisation_with_its_people(
        self, house: House, coordinator: Browser
    ) -> None:
        shown = coordinator.get("/organisations").text
        for name in (
            "Honduras",
            "Estados Unidos",
            "EE. UU., cooperación",
            "Argentina",
            "Secretaría Técnica",
        ):
            assert name in shown
        only = coordinator.get("/organisations?kind=sponsor").text
        assert "EE. UU., cooperación" in only
        assert "Honduras" not in only
        assert "Honduras" in coordinator.get("/organisations?kind=nonsense").text

    def test_an_organisation_is_admitted_and_shown_in_both_languages(
        self, app: Flask, house: House, coordinator: Browser
    ) -> None:
        fields = {"kind": "observer", "country": "CO", "name_es": "Colombia (prueba)", "name_en": "Colombia (test)",
                  "zone": "America/Bogota"}  # fmt: skip
        answer = coordinator.send("/organisations/new", **fields)
        assert answer.status_code == 303
        assert "<h1>Colombia (prueba)</h1>" in coordinator.get(answer.location).text
        coordinator.send("/me", "/language", lang="en", next="/me")
        shown = coordinator.get(answer.location).text
        assert "<h1>Colombia (test)</h1>" in shown
        assert_good_html(shown)

    @pytest.mark.parametrize(
        ("wrong", "place"),
        [
            ({"kind": "empire"}, "kind"),
            ({"country": "ZZ"}, "country"),
            ({"kind": "delegation", "country": ""}, "country"),
            ({"kind": "delegation", "country": "HN"}, "country"),
            ({"name_es": ""}, "name_es"),
            ({"name_en": "x" * 161}, "name_en"),
            ({"name_es": "a\u202eb"}, "name_es"),
            ({"zone": "Europe/Atlantis"}, "zone"),
        ],
    )
    def test_what_does_not_fit_is_said_at_its_place_and_the_text_stays(
        self, house: House, coordinator: Browser, wrong: dict[str, str], place: str
    ) -> None:
        fields = {"kind": "sponsor", "country": "CO", "name_es": "Nombre que queda", "name_en": "Name that stays",
                  "zone": "America/Bogota"} | wrong  # fmt: skip
        answer = coordinator.send("/organisations/new", **fields)
        assert answer.status_code == 422
        assert f'id="error-{place}"' in answer.text
        assert_good_html(answer.text)
        assert "Nombre que queda" in answer.text or place == "name_es"

    def test_ending_an_organisation_signs_its_people_out_and_admitting_it_again_lets_them_in(
        self, app: Flask, house: House, coordinator: Browser, focal: Browser
    ) -> None:
        path = f"/organisations/{house.organisations['hn']}"
        assert coordinator.send(f"{path}/end").status_code == 303
        assert not focal.is_signed_in()
        assert coordinator.send(path, f"{path}/readmission").status_code == 303
        assert focal.is_signed_in()

    def test_the_secretariat_cannot_end_itself(self, house: House, coordinator: Browser) -> None:
        answer = coordinator.send(f"/organisations/{house.organisations['st']}/end")
        assert answer.status_code == 422
        assert coordinator.is_signed_in()

    def test_units_are_named_and_ended(
        self, app: Flask, house: House, coordinator: Browser
    ) -> None:
        path = f"/organisations/{house.organisations['hn']}"
        fields = {"kind": "border_post", "name_es": "Puesto de prueba", "name_en": "Test post"}
        assert coordinator.send(f"{path}/units/new", **fields).status_code == 303
        assert "Puesto de prueba" in coordinator.get(path).text
        unit = one(app, Unit, Unit.name_en == "Test post")
        assert coordinator.send(path, f"/organisations/units/{unit.id}/end").status_code == 303
        assert "Puesto de prueba" not in coordinator.get(path).text
        assert (
            coordinator.send(f"{path}/units/new", **(fields | {"kind": "castle"})).status_code
            == 422
        )

    def test_a_suspended_person_is_signed_out_at_once_and_can_be_let_in_again(
        self, app: Flask, house: House, coordinator: Browser, focal: Browser
    ) -> None:
        path = f"/organisations/roles/{role_id(app, house, 'hn.focal', 'focal_point')}"
        assert coordinator.send(f"{path}/suspension").status_code == 303
        assert not focal.is_signed_in()
        assert coordinator.send(path, f"{path}/restoration").status_code == 303
        assert not focal.is_signed_in(), "an old sign-in must not come back to life"
        assert focal.be(house, "hn.focal").is_signed_in()

    def test_the_last_coordinator_cannot_be_removed(
        self, app: Flask, house: House, coordinator: Browser
    ) -> None:
        path = f"/organisations/roles/{role_id(app, house, 'st.coordinator', 'coordinator')}/end"
        assert coordinator.send(path).status_code == 422
        assert coordinator.get("/organisations/new").status_code == 200

    def test_a_new_focal_point_is_accepted_the_same_day_with_the_note_and_its_file(
        self, app: Flask, house: House, coordinator: Browser, browser_of: Callable[..., Browser]
    ) -> None:
        colleague = browser_of().be(house, "hn.contributor")
        assert colleague.get("/delegation/invitations/new").status_code == 403
        fields = {"name": "Quien era colega", "email": "hn.contributor@example.org", "lang": "es",
                  "role": "focal_point", "note_number": "SRE-77", "note_date": "10 de mayo de 2004",
                  "note_file": (io.BytesIO(PDF), "nota.pdf")}  # fmt: skip
        path = f"/organisations/{house.organisations['hn']}/invitations/new"
        answer = coordinator.send(path, **fields)
        assert answer.status_code == 303
        assert colleague.get("/delegation/invitations/new").status_code == 200
        role = one(
            app,
            Membership,
            Membership.role == "focal_point",
            Membership.person_id == house.people["hn.contributor"],
        )
        assert (role.note_number, str(role.note_date)) == ("SRE-77", "2004-05-10")
        assert role.accepted_by == house.people["st.coordinator"]
        for reader in (coordinator, colleague):
            with reader.get(f"/files/{role.note_file}") as file:
                assert (file.status_code, file.data) == (200, PDF)
        assert browser_of().be(house, "sv.focal").get(f"/files/{role.note_file}").status_code == 404

    @pytest.mark.parametrize(
        ("wrong", "place"),
        [
            ({"role": "king"}, "role"),
            ({"role": ""}, "role"),
            ({"role": "sponsor_reader"}, "role"),
            ({"email": "nobody"}, "email"),
            ({"email": "a@b\r\nBcc: c@example.org"}, "email"),
            ({"name": ""}, "name"),
            ({"lang": "xx"}, "lang"),
            ({"role": "focal_point"}, "note_number"),
            ({"role": "focal_point", "note_number": "7"}, "note_date"),
            ({"role": "focal_point", "note_number": "7", "note_date": "mañana"}, "note_date"),
            ({"role": "focal_point", "note_number": "7", "note_date": "31/02/2004"}, "note_date"),
            ({"role": "focal_point", "note_number": "7", "note_date": "2090-01-01"}, "note_date"),
            ({"role": "focal_point", "note_number": "7", "note_date": "2004-05-10",
              "note_file": (b"<svg onload=alert(1)>", "nota.svg")}, "note_file"),
            ({"role": "case_officer"}, "unit"),
            ({"role": "case_officer", "unit": "x"}, "unit"),
        ],
    )  # fmt: skip
    def test_an_invitation_that_does_not_fit_is_refused_at_its_place(
        self, app: Flask, house: House, coordinator: Browser, wrong: dict, place: str
    ) -> None:
        fields = {
            "name": "Nombre que queda",
            "email": "nueva@example.org",
            "lang": "es",
            "role": "contributor",
        } | wrong
        if file := fields.get("note_file"):
            fields["note_file"] = (io.BytesIO(file[0]), file[1])
        answer = coordinator.send(
            f"/organisations/{house.organisations['hn']}/invitations/new", **fields
        )
        assert answer.status_code == 422
        assert f'id="error-{place}"' in answer.text
        assert_good_html(answer.text)
        assert "Nombre que queda" in answer.text or place == "name"
        assert promised(app) == []


class TestDelegation:
    def test_colleagues_see_each_other_and_only_the_focal_point_may_change_it(
        self,
        app: Flask,
        house: House,
        focal: Browser,
        browser_of: Callable[..., Browser],
        invitation_id: str,
    ) -> None:
        for browser, may in ((focal, True), (browser_of().be(house, "hn.contributor"), False)):
            shown = browser.get("/delegation").text
            assert "Hn Focal" in shown
            assert "Hn Contributor" in shown
            assert "Nueva" in shown
            assert "Sv Focal" not in shown
            assert ("/delegation/invitations/new" in shown) is may
            assert (f"/delegation/invitations/{invitation_id}/withdrawal" in shown) is may

    def test_a_colleagues_role_ends_and_they_are_told(
        self, app: Flask, house: House, focal: Browser, browser_of: Callable[..., Browser]
    ) -> None:
        colleague = browser_of().be(house, "hn.contributor")
        path = f"/delegation/roles/{role_id(app, house, 'hn.contributor', 'contributor')}"
        assert f"{path}/end" in focal.get(path).text
        assert_good_html(focal.get(f"{path}/end").text)
        assert focal.send(f"{path}/end").status_code == 303
        assert not colleague.is_signed_in()
        assert ("role-ended", f"person:{house.people['hn.contributor']}") in promised(app)
        assert focal.get(path).status_code == 404

    def test_a_focal_point_does_not_end_a_focal_points_role(
        self, app: Flask, house: House, focal: Browser
    ) -> None:
        path = f"/delegation/roles/{role_id(app, house, 'hn.focal', 'focal_point')}"
        assert f"{path}/end" not in focal.get(path).text
        assert focal.get(f"{path}/end").status_code == 403
        assert focal.send("/delegation", f"{path}/end").status_code == 403
        assert focal.is_signed_in()

    def test_a_tampered_form_makes_no_focal_point(
        self, app: Flask, house: House, focal: Browser
    ) -> None:
        fields = {"name": "x", "email": "x@example.org", "lang": "es", "role": "focal_point",
                  "note_number": "7", "note_date": "2004-05-10"}  # fmt: skip
        assert focal.send("/delegation/invitations/new", **fields).status_code == 403
        assert promised(app) == []

    def test_the_note_is_written_by_the_focal_point_and_accepted_by_the_secretariat(
        self, app: Flask, house: House, focal: Browser, coordinator: Browser
    ) -> None:
        membership = role_id(app, house, "hn.focal", "focal_point")
        own, their = f"/delegation/roles/{membership}", f"/organisations/roles/{membership}"
        answer = focal.send(f"{own}/note", note_number="SRE-9", note_date="10/05/2004")
        assert answer.status_code == 303
        assert f"{their}/acceptance" in coordinator.get(their).text
        assert coordinator.send(their, f"{their}/acceptance").status_code == 303
        assert (
            one(app, Membership, Membership.id == membership).accepted_by
            == house.people["st.coordinator"]
        )
        assert f"{their}/acceptance" not in coordinator.get(their).text

    def test_a_note_without_its_number_is_refused(
        self, app: Flask, house: House, focal: Browser
    ) -> None:
        path = f"/delegation/roles/{role_id(app, house, 'hn.focal', 'focal_point')}/note"
        answer = focal.send(path, note_number="", note_date="")
        assert answer.status_code == 422
        assert 'id="error-note_number"' in answer.text


def test_long_lists_are_read_page_by_page_with_a_fixed_number_of_queries(
    app: Flask, house: House, coordinator: Browser
) -> None:
    def fill(count: int) -> None:
        with app.app_context(), transaction(writing=True) as session:
            for number in range(count):
                person = Person(
                    name=f"Persona {number:03}", email=f"p{count}.{number}@example.org", lang="es",
                    zone="America/Panama", active=True, fs_uniquifier=f"{count}.{number}",
                    created_at=clock.now(),
                )  # fmt: skip
                session.add(person)
                session.flush()
                session.add(
                    Membership(
                        person_id=person.id, organisation_id=house.organisations["hn"],
                        role="contributor", created_at=clock.now(),
                    )
                )  # fmt: skip
                session.add(
                    Organisation(
                        key=f"o{count}.{number}", kind="sponsor", name_es=f"Organización {count}.{number:03}",
                        name_en="x", zone="America/Panama", created_at=clock.now(),
                    )
                )  # fmt: skip

    def queries(path: str) -> int:
        seen: list[str] = []

        def note(_c, _cursor, statement, *_):
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert coordinator.get(path).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    paths = ("/organisations", f"/organisations/{house.organisations['hn']}")
    fill(30)
    before = [queries(path) for path in paths]
    fill(90)
    assert [queries(path) for path in paths] == before

    import html
    import re

    names, path = [], paths[1]
    while path:
        shown = coordinator.get(path).text
        names += re.findall(r">(Persona \d+|Hn \w+)</a>", shown)
        following = re.search(r'href="([^"]+)" rel="next"', shown)
        path = html.unescape(following[1]) if following else ""
    assert len(names) == 122
    assert names == sorted(names)
    back = re.search(r'href="([^"]+)" rel="prev"', shown)
    assert "Persona" in coordinator.get(html.unescape(back[1])).text
