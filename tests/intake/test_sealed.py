"""Is an answer of class personal or secret written, kept and read as it must be?"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.exc import OperationalError

from app.accounts.models import SignIn
from app.audit import trail
from app.audit.commit import committed
from app.audit.models import AuditEvent
from app.audit.verify import verify
from app.db.models import IdempotencyKey
from app.db.scoping import SYSTEM
from app.db.transactions import transaction
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.hidden import is_hidden
from app.intake import actions as intake
from app.intake import published
from app.intake.answers import document_of
from app.intake.history import value_at
from app.intake.models import NO_ROW, Answer, Draft, VersionSealed
from app.intake.sealed import places, untouched
from app.intake.seen import Seen
from app.sealing import envelope
from app.sealing.keys import EXTENSION
from app.sealing.master import Keyring
from tests.accounts.giving import print_sheet
from tests.accounts.house import Browser, House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.vault import OPEN, VAULT, Vault, blueprint, load

NAME, OTHER, NOTES = "Nombre Que Nadie Ve", "Otro Nombre Escrito", "Notas que nadie lee"


@pytest.fixture
def app(app: Flask, database: Any, instance: Any) -> Iterator[Flask]:
    """The application with one feature more."""
    from app import create_app
    from tests.support.world import let_go, settings

    made = create_app(settings(database.url, instance))
    made.register_blueprint(blueprint())
    yield made
    let_go(made)


@pytest.fixture
def vault(app: Flask, house: House) -> Vault:
    return Vault(app, house)


@pytest.fixture
def written(vault: Vault) -> Vault:
    page = vault.page()
    answer = vault.send(page, title="Caja", name=NAME, notes=NOTES, birth="1991-05", colour="red")
    assert answer.status_code == 303
    return vault


def rows(vault: Vault, table: Any, **where: Any) -> list[Any]:
    columns = table.__table__.c
    with vault.app.app_context(), transaction(writing=False) as session:
        asked = db.select(table.__table__).where(*(columns[k] == v for k, v in where.items()))
        return list(session.execute(asked).all())


def pdf_text(body: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def events(vault: Vault, kind: str) -> list[Any]:
    return rows(vault, AuditEvent, kind=kind)


def is_whole(vault: Vault) -> bool:
    with vault.app.app_context():
        return not verify().faults


def certify(vault: Vault) -> str:
    """Certify by the page; where it leads."""
    answer = vault.post("/certifying")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_what_is_saved_is_stored_as_sealed_bytes_and_nothing_else(written: Vault) -> None:
    stored = {each.key: each for each in rows(written, Answer)}
    assert {key for key, each in stored.items() if each.sealed} == {
        "title", "name", "notes", "birth", "colour",
    }, "of a form with anything sensitive every answer is sealed, of whatever class"  # fmt: skip
    assert all(each.value is None for each in stored.values())
    assert [each.title for each in rows(written, Draft)] == [""]
    told = {each.part: each for each in events(written, "answer-saved")}
    for key in ("name", "title"):
        assert told[key].sealed == stored[key].sealed
        assert told[key].value is None
    assert written.now().value("title") == "Caja", "which is read without opening anything"
    assert not events(written, "sealed-opened")
    assert is_whole(written)


def test_bytes_of_one_place_or_revision_open_in_no_other(written: Vault) -> None:
    draft = rows(written, Draft)[0]
    names = [each for each in rows(written, Answer) if each.key == "name"]
    assert written.put("name", OTHER).status_code == 200
    [newer] = [each for each in rows(written, Answer) if each.key == "name"]
    with written.app.app_context(), transaction(writing=False, scope=SYSTEM):
        key = places.key_of(draft)

        def opens(sealed: bytes, place: tuple[str, str], revision: int, at: Any = draft) -> bool:
            klass = VAULT.sealed[place[1]]
            try:
                envelope.unseal(key, places.in_draft(at, place, klass, revision), sealed)
            except envelope.Unopenable:
                return False
            return True

        assert opens(names[0].sealed, ("", "name"), 1)
        assert opens(newer.sealed, ("", "name"), 2)
        assert not opens(names[0].sealed, ("", "name"), 2), "replayed over a newer one"
        assert not opens(names[0].sealed, ("", "notes"), 1), "moved to another question"
        assert not opens(names[0].sealed, ("r1", "name"), 1), "moved to another row"
        elsewhere = SimpleNamespace(id="other", dossier_id=draft.dossier_id,
                                    organisation_id=draft.organisation_id)  # fmt: skip
        assert not opens(names[0].sealed, ("", "name"), 1, elsewhere), "moved to another draft"


def test_no_page_shows_it_and_an_empty_box_leaves_it_as_it_is(written: Vault) -> None:
    shown = written.ana.get(written.section()).text
    assert NAME not in shown
    assert "Sellado</span>" in shown or "Sellado · HC, <time>" in shown
    before = written.now().revision("name")
    assert written.send(written.page(), title="Otra caja").status_code == 303
    assert written.put("name", "").status_code == 200
    assert written.now().revision("name") == before
    assert is_hidden(written.now().value("name"))


@pytest.mark.parametrize("page", ["", "/check", "/history", "/answers/name", "/answers/colour",
                                  "/changes", "/document.pdf"])  # fmt: skip
def test_no_reading_address_tells_it(written: Vault, page: str) -> None:
    answer = written.ana.get(written.url + page)
    assert answer.status_code == 200
    text = pdf_text(answer.data) if page.endswith(".pdf") else answer.text
    for word in (
        NAME,
        NOTES,
        "1991-05",
        "05/1991",
        " checked",
        "rojo" if page != "/answers/colour" else NAME,
    ):
        assert word not in text
    if page in ("/check", "/history", "/document.pdf"):
        assert "sellado" in text


def test_a_save_answers_that_it_is_sealed_and_the_kept_answer_holds_no_value(vault: Vault) -> None:
    answer = vault.put("name", NAME)
    assert answer.status_code == 200
    assert "Sellado" in answer.text
    assert NAME not in answer.text
    assert NAME not in str(rows(vault, IdempotencyKey))


def test_what_was_just_saved_is_not_saved_again_with_its_section(vault: Vault) -> None:
    page, answer = vault.page(), vault.put("name", NAME)
    hidden = dict(re.findall(r'name="(_same[^"]+|_rev[^"]+)" value="([^"]+)"', answer.text))
    sent = page | {"name": NAME, "title": "Caja"} | hidden
    assert vault.send(sent).status_code == 303
    assert vault.now().revision("name") == 1
    assert vault.send(sent | {"name": OTHER, **vault_seen(vault)}).status_code == 303
    assert vault.now().revision("name") == 2


def vault_seen(vault: Vault) -> dict[str, Any]:
    return {name: each for name, each in vault.page().items() if name.startswith("_revision.")}


def test_a_token_fits_one_text_at_one_place_and_nobody_makes_one(vault: Vault) -> None:
    assert vault.put("name", NAME).status_code == 200
    [here] = rows(vault, Draft)
    there = SimpleNamespace(
        id="e", dossier_id=here.dossier_id, organisation_id=here.organisation_id
    )
    name, notes = ("", "name"), ("", "notes")

    def fits(draft: Any, place: tuple[str, str], value: str, sent: str) -> bool:
        return untouched.is_untouched(draft, VAULT, place, value, sent)

    with vault.app.app_context(), transaction(writing=True, scope=SYSTEM):
        made = untouched.token(here, VAULT, name, 3, NAME)
        assert fits(here, name, NAME, made)
        for draft, place, value in ((there, name, NAME), (here, notes, NAME), (here, name, OTHER)):
            assert not fits(draft, place, value, made)
        for nonsense in ("", ".", "3.", "x.y", made + "0", "-3" + made[1:], "²." + made):
            assert not fits(here, name, NAME, nonsense)
        envelope.destroy(here.dossier_id, here.organisation_id, None, "test")
        assert not fits(here, name, NAME, made), "nor does it tell anything once the key is gone"


def test_what_is_kept_of_a_saving_tells_nothing_to_who_has_the_secrets_of_the_server(
    vault: Vault,
) -> None:
    page = vault.page()
    saving = {"name": NAME, "_revision.name": page["_revision.name"],
              **vault.ana.hidden(vault.ana.get("/me"))}  # fmt: skip
    answer, again = (vault.ana.client.put(f"{vault.url}/answers/name", data=saving) for _ in "12")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.text == answer.text
    otherwise = vault.ana.client.put(f"{vault.url}/answers/name", data=saving | {"name": OTHER})
    assert otherwise.status_code == 422
    assert vault.now().revision("name") == 1
    [token] = re.findall(r'name="_same.name" value="(\d+\.[0-9a-f]{64})"', answer.text)
    sent = page | {"name": NAME, "notes": NOTES} | vault_seen(vault)
    assert vault.send(sent).status_code == 303
    kept = rows(vault, IdempotencyKey)
    assert any(each.body for each in kept), "the answer to the script is kept, to be given again"
    for each in kept:
        for told in (token, token.partition(".")[2], "_same", NAME):
            assert told.encode() not in (each.body or b"")
            assert told not in str(each)
    with vault.app.app_context(), transaction(writing=False, scope=SYSTEM):
        [draft] = rows(vault, Draft)
        said = canonical_json([draft.id, 1, "", "name", NAME])
        secret = str(vault.app.config["SECRET_KEY"]).encode()
        for key in (secret, b"untouched:" + secret):
            guessed = hmac.new(key, said, hashlib.sha256).hexdigest()
            assert guessed not in answer.text, "a token is made with the key of the record"


def test_it_is_removed_by_pressing_so_and_only_by_whoever_saw_it_last(written: Vault) -> None:
    page = written.page()
    assert written.put("name", OTHER, written.beto).status_code == 200
    assert written.send(page, _take_out="name").status_code == 409
    assert is_hidden(written.now().value("name"))
    assert written.send(written.page(), _take_out="name").status_code == 303
    assert written.now().value("name") is None
    assert written.now().value("notes") is not None
    [kept] = [each for each in rows(written, Answer) if each.key == "name"]
    assert kept.sealed is None
    assert is_whole(written)


def test_two_who_write_at_once_choose_without_reading_either(written: Vault) -> None:
    page = written.page()
    assert written.put("notes", OTHER, written.beto).status_code == 200
    told = written.put("notes", "Mis notas", page=page)
    assert told.status_code == 409
    for word in (OTHER, "Mis notas", "Unir"):
        assert word not in told.text
    assert "no se muestra a nadie" in told.text
    assert told.text.count("data-choose") == 2
    assert "data-joined" not in told.text
    refused = written.send(page, notes="Mis notas")
    assert refused.status_code == 409
    assert OTHER not in refused.text
    form = written.form(refused)
    kept = written.send(form, _resolve="notes:theirs")
    assert kept.status_code == 303
    assert written.now().revision("notes") == 2
    mine = written.send(page | {"notes": "Mis notas"})
    assert written.send(written.form(mine), _resolve="notes:mine").status_code == 303
    assert written.now().revision("notes") == 3


def test_opened_to_compare_the_panel_holds_both_texts(written: Vault) -> None:
    page = written.page()
    assert written.put("notes", OTHER, written.beto).status_code == 200
    form = written.form(written.send(page, notes="Mis notas"))
    shown = written.open(page=form)
    assert shown.status_code == 200
    assert OTHER in shown.text
    assert "Mis notas" in shown.text
    assert "Unir" not in shown.text
    assert written.send(written.form(shown), _resolve="notes:mine").status_code == 303


def test_opening_shows_the_section_once_and_is_on_record_first(written: Vault) -> None:
    assert "_purpose" in written.ana.get(written.section()).text
    shown = written.open()
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    for words in (NAME, NOTES, "1991"):
        assert words in shown.text
    assert "está abierto en esta página" in shown.text
    [event] = events(written, "sealed-opened")
    assert event.person_id == written.house.people["hn.contributor"]
    assert event.part == "one"
    assert json.loads(event.detail) == {
        "purpose": "checking", "keys": ["birth", "colour", "name", "notes"],
    }  # fmt: skip
    assert NAME not in written.ana.get(written.section()).text
    assert "abrió lo sellado" in written.ana.get(f"{written.url}/history").text
    assert is_whole(written)


def test_a_second_factor_is_asked_for_and_one_press_does_both(written: Vault) -> None:
    codes = print_sheet(written.ana)
    with written.app.app_context(), transaction(writing=True) as session:
        session.execute(db.update(SignIn).values(factor_at=None))
    page = written.page()
    for more in ({}, {"factor": "2222-2222-2222"}):
        refused = written.open(page=page, notes=OTHER, **more)
        assert refused.status_code == 422
        assert NAME not in refused.text
        assert OTHER in refused.text, "what was typed stays"
    assert not events(written, "sealed-opened")
    shown = written.open(page=page, notes=OTHER, factor=codes[0])
    assert shown.status_code == 200
    assert NAME in shown.text
    assert OTHER in shown.text
    assert "factor" not in written.form(shown), "fresh for ten minutes"


def test_what_is_opened_is_drawn_where_its_boxes_save(written: Vault) -> None:
    shown = written.open()
    page = f"{written.url}/sections/openings"
    boxes = {urljoin(page, each) for each in re.findall(r'hx-put="([^"]+)"', shown.text)}
    assert f"{written.url}/answers/name" in boxes
    assert all(written.ana.get(each).status_code == 200 for each in boxes)


def test_a_drawing_of_what_is_sealed_is_kept_for_nobody(written: Vault) -> None:
    def mark(page: Any) -> str:
        return re.findall(r'id="saved-colour".*?</p>', page.text)[0]

    first = mark(written.open())
    assert "Sellado · HC" in first
    assert written.put("colour", "red", written.beto).status_code == 200
    for page in (written.ana.get(written.section()), written.open()):
        assert "Sellado · HF" in mark(page)
    assert mark(written.open()) != first


def test_what_a_sealed_answer_said_is_told_by_its_mark(written: Vault) -> None:
    draft = written.now().draft
    with written.app.app_context(), transaction(writing=False, scope=SYSTEM):
        said = value_at(load(written.hn, written.id), (NO_ROW, "name"), Seen(draft, 1))
    assert said == {"sealed": f"{draft}:1"}


def test_each_opening_is_an_event_of_its_own(written: Vault) -> None:
    page = written.page()
    for _ in range(2):
        assert NAME in written.open(page=page).text
    assert len(events(written, "sealed-opened")) == 2


def test_what_was_opened_and_not_touched_is_not_saved(written: Vault) -> None:
    form = written.form(written.open())
    assert form["name"] == [NAME]
    assert written.send(form, notes=OTHER, title="T").status_code == 303
    now = written.now()
    assert [now.revision(key) for key in ("name", "birth", "colour", "notes")] == [1, 1, 1, 2]


def test_nothing_is_shown_without_a_purpose_a_permission_or_by_asking_to_read(
    written: Vault,
) -> None:
    for more, status in (
        ({"_purpose": ""}, 422), ({"_purpose": "curiosity"}, 422), ({"_purpose": None}, 400),
        ({"_section": "nowhere"}, 404), ({"_version": "1"}, 404), ({"_version": "x"}, 404),
    ):  # fmt: skip
        answer = written.open(**more)
        assert (answer.status_code, NAME in answer.text) == (status, False), more
    assert written.ana.get(f"{written.url}/sections/openings").status_code == 404
    switched = written.open(_lang="en")
    assert NAME not in switched.text
    foreign = Browser(written.app).be(written.house, "sv.focal")
    assert written.open(foreign, page={}).status_code in (403, 404)
    assert written.open(written.irene, page={}).status_code in (403, 404)
    assert not events(written, "sealed-opened")


def test_where_it_cannot_be_put_on_record_nothing_is_shown(
    written: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = written.page()

    def fails(session: Any) -> None:
        raise OperationalError("append", {}, Exception("the disk is full"))

    monkeypatch.setattr(trail, "append_queued", fails)
    answer = None
    with contextlib.suppress(OperationalError):
        answer = written.open(page=page)
    assert answer is None or (answer.status_code >= 500 and NAME not in answer.text)


def test_rows_are_sealed_cell_by_cell_and_come_back_as_they_were(vault: Vault) -> None:
    row = vault.add_row()
    cell = f"people.{row}.surname"
    assert vault.put(cell, NAME).status_code == 200
    assert vault.put(f"people.{row}.aliases", "Uno\nDos").status_code == 200
    assert NAME not in vault.ana.get(vault.section("two")).text
    assert NAME not in vault.ana.get(f"{vault.url}/answers/people").text
    assert NAME in vault.open(section="two").text
    assert vault.send(vault.page(section="two"), section="two", _remove=row).status_code == 303
    past = vault.ana.get(f"{vault.url}/history?question=people").text
    assert NAME not in past
    sent = dict(re.findall(r'name="(event|revision)" value="([^"]+)"', past))
    assert vault.post("/restoration", vault.ana, **sent).status_code == 303
    assert NAME in vault.open(section="two").text
    assert NAME not in str(events(vault, "row-removed"))


def test_on_the_page_of_a_row_that_row_alone_is_opened_and_named_in_the_record(
    vault: Vault,
) -> None:
    rows_of = {}
    for words in (NAME, OTHER):
        added = vault.send(vault.page(section="three"), section="three", _add="friends")
        row = rows_of[words] = added.location.rpartition(".")[2]
        page = vault.page(section=f"friends.{row}")
        sent = {f"friends.{row}.alias": words}
        assert vault.send(page, section=f"friends.{row}", **sent).status_code == 303
    shown = vault.open(section=f"friends.{rows_of[OTHER]}")
    assert shown.status_code == 200
    assert OTHER in shown.text
    assert NAME not in shown.text
    [event] = events(vault, "sealed-opened")
    assert (event.part, event.row_id) == ("three", rows_of[OTHER])
    assert "abrió lo sellado" in vault.ana.get(f"{vault.url}/history").text


def test_an_earlier_answer_comes_back_without_being_shown(written: Vault) -> None:
    assert written.put("name", OTHER).status_code == 200
    past = written.ana.get(f"{written.url}/history?question=name").text
    assert NAME not in past
    assert OTHER not in past
    forms = re.findall(r'name="event" value="([^"]+)".*?name="revision" value="([^"]+)"', past)
    assert len(forms) == 1, "the newest stands in the draft"
    event, revision = forms[0]
    answer = written.post("/restoration", written.ana, event=event, revision=revision)
    assert answer.status_code == 303
    assert written.now().revision("name") == 3
    assert NAME in written.open().text


def test_a_version_holds_what_was_committed_to_and_its_hash_needs_no_key(written: Vault) -> None:
    shown = written.ana.get(certify(written))
    assert shown.status_code == 200
    assert NAME not in shown.text
    assert "sellado" in shown.text
    [version] = written.versions()
    document = json.loads(version.document)
    assert version.hash == hashlib.sha256(version.document.encode()).hexdigest()
    assert "Caja" in shown.text
    for key in ("title", "name", "notes", "birth", "colour"):
        assert re.fullmatch("[0-9a-f]{64}", document[key]["sealed"]), key
    assert {each.key for each in rows(written, VersionSealed)} == {
        "title", "name", "notes", "birth", "colour",
    }  # fmt: skip
    assert version.title == ""
    [judged] = events(written, "sealed-judged")
    assert json.loads(judged.detail)["keys"] == ["birth", "colour", "name", "notes"]
    opened = written.post("/sections/openings", written.beto, _version="1", _section="one", **OPEN)
    assert opened.status_code == 200
    assert NAME in opened.text
    [event] = events(written, "sealed-opened")
    assert json.loads(event.detail)["version"] == 1


def test_what_does_not_go_together_is_seen_at_certification_alone(vault: Vault) -> None:
    page = vault.page()
    sent = {"title": "Caja", "name": NAME, "came": "24/05/2004", "left": "20/05/2004"}
    assert vault.send(page, **sent).status_code == 303
    assert "Salió antes" not in vault.ana.get(f"{vault.url}/check").text
    with pytest.raises(intake.Incomplete) as told:
        vault.act(intake.certify, clearance=intake.Clearance(), lang="es")
    [wrong] = told.value.found
    assert wrong.field_key == "left"
    assert not events(vault, "sealed-judged"), "nothing of it stands"


def test_sealed_answers_go_on_into_the_next_draft_and_stay_the_same_answer(written: Vault) -> None:
    certify(written)
    written.act(intake.return_to_delegation, written.st(), reasons={"one": "Falta."})
    assert written.post("/revision", written.ana).status_code == 303
    form = written.form(written.open())
    assert form["name"] == [NAME]
    assert written.send(form, left="20/05/2004").status_code == 303
    certify(written)
    first, second = (json.loads(each.document) for each in written.versions())
    assert first["name"] == second["name"]
    assert first["title"] == second["title"]
    compared = written.ana.get(f"{written.url}/comparison").text
    assert "Nombre" not in compared.split("<h1>")[1].split("</section>")[0]


def test_a_section_was_mended_only_where_a_sealed_answer_was_written_anew(written: Vault) -> None:
    certify(written)
    written.act(intake.return_to_delegation, written.st(), reasons={"one": "Falta."})
    assert written.post("/revision", written.ana).status_code == 303
    waiting = "Todavía no se cambió nada"
    before = written.ana.get(f"{written.url}/check").text
    assert "nada" in before
    assert written.put("name", OTHER).status_code == 200
    after = written.ana.get(f"{written.url}/check").text
    assert len(re.findall("no se ha cambiado|no se cambió", before)) > len(
        re.findall("no se ha cambiado|no se cambió", after)
    ), waiting


def test_what_is_certified_unseen_is_told_by_marks_alone(written: Vault) -> None:
    with written.app.app_context(), transaction(writing=False, scope=SYSTEM):
        draft = rows(written, Draft)[0]
    before = document_of(VAULT, written.now())
    assert NAME not in json.dumps(before)
    assert before["name"] == {"sealed": f"{draft.id}:1"}
    assert written.put("name", NAME).status_code == 200
    assert document_of(VAULT, written.now()) != before


def test_a_condition_that_hangs_on_what_is_sealed_hides_nothing(written: Vault) -> None:
    shown = written.ana.get(written.section()).text
    assert 'data-when="colour"' not in shown
    assert 'id="why"' in shown
    assert 'data-when="colour"' in written.open().text


def test_an_erased_record_says_so_its_chain_and_version_hold(written: Vault) -> None:
    certify(written)
    with written.app.app_context(), committed():
        envelope.destroy(written.id, written.hn.organisation_id, written.hn, "retention_over")
    shown = written.beto.get(f"{written.url}/versions/1")
    assert "borraron para siempre" in shown.text
    assert "borrado para siempre" in shown.text
    assert "borraron para siempre" in written.beto.get(written.url).text
    assert NAME not in shown.text
    assert "Caja" not in shown.text
    for page in ("", "/history", "/history?question=title", "/document.pdf"):
        said = written.beto.get(written.url + page)
        assert said.status_code == 200, page
        assert "Caja" not in (pdf_text(said.data) if page.endswith("pdf") else said.text), page
    opened = written.post("/sections/openings", written.beto, _version="1", _section="one", **OPEN)
    assert opened.status_code == 409
    assert NAME not in opened.text
    assert not events(written, "sealed-opened")
    [version] = written.versions()
    assert version.hash == hashlib.sha256(version.document.encode()).hexdigest()
    assert is_whole(written)


def test_an_erased_draft_says_so_and_takes_no_answer(written: Vault) -> None:
    page = written.page()
    row = written.add_row()
    assert written.put(f"people.{row}.role", "Caja").status_code == 200
    assert written.send(
        written.page(section="two"), section="two", _remove=row
    ).status_code == 303  # fmt: skip
    assert "Caja" in written.ana.get(f"{written.url}/history?question=people").text
    with written.app.app_context(), committed():
        envelope.destroy(written.id, written.hn.organisation_id, written.hn, "on_request")
    for path in (
        "/sections/one",
        "/check",
        "/history",
        "/history?question=people",
        "/answers/title",
    ):
        shown = written.ana.get(written.url + path)
        assert shown.status_code == 200, path
        assert "Caja" not in shown.text, path
    shown = written.ana.get(written.section())
    assert "borraron para siempre" in shown.text
    assert not {"title", "name", "left"} & written.form(shown).keys()
    assert written.put("title", OTHER, page=page).status_code == 409
    assert is_whole(written)


def test_without_keys_its_pages_say_so_and_the_rest_of_enlace_goes_on(
    written: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = written.page()
    monkeypatch.setitem(written.app.extensions, EXTENSION, Keyring("", None))
    for path in ("/sections/one", "/check", "", "/history", "/answers/title"):
        shown = written.ana.get(written.url + path)
        assert shown.status_code == 503, path
        assert "falta su llave" in shown.text, path
    for name in ("title", "name"):
        assert written.put(name, OTHER, page=page).status_code == 503
    assert written.open(page=page).status_code == 503
    assert written.post("/certifying").status_code == 503
    for path in ("/needs", "/me", "/vault"):
        assert written.ana.get(path).status_code == 200, path
    monkeypatch.undo()
    assert written.now().value("title") == "Caja", "nothing was lost"


def test_the_pages_of_a_form_without_sealed_answers_ask_no_more(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted for needs in tests/access/test_query_counts.py; here that nothing of sealing is asked."""
    plain = replace(VAULT, sections=tuple(
        replace(each, fields=tuple(f for f in each.fields if f.key in ("title", "left")))
        for each in VAULT.sections
    ), checks=())  # fmt: skip
    monkeypatch.setitem(published._sources, VAULT.name, plain)

    def never(*_: Any) -> None:
        raise AssertionError("asked of a form without sealed answers")

    for name in ("is_available", "key_for"):
        monkeypatch.setattr(envelope, name, never)
    assert vault.put("title", "Caja").status_code == 200
    assert vault.ana.get(f"{vault.url}/check").status_code == 200
