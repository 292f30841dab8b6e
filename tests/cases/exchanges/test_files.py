"""How do files travel with a communication: sealed, marked, delivered only where they may be, opened on purpose?"""

from __future__ import annotations

import hashlib
import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from werkzeug.http import parse_options_header

from app import clock
from app.attachments.sealed import sweeping
from app.attachments.sealed.models import FileLink, SealedFile
from app.audit.models import AuditEvent
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.storage import sealed_bytes
from tests.cases.exchanges.desk import Desk, Person
from tests.intake.test_sealed_canaries import leaks
from tests.storage import samples

SENDER, RECEIVER = "hn.prosecutor", "sv.prosecutor"
SV, GT = ("sv", "prosecution"), ("gt", "prosecution")
PHOTO, ATTACHMENTS = "persons.girl.photo", "attachments"
NAME = "Qx911vwZk"
"""A name like no other."""
WORDS = "Qx912vwZk"
TEXT = f"Resolución {WORDS}\n".encode()


@pytest.fixture(autouse=True)
def nothing_lies_there_yet(desk: Desk) -> None:
    with desk.app.app_context(), scoped(SYSTEM):
        sweeping.sweep(older_than=0)


def add(
    desk: Desk, case_id: str, place: str = ATTACHMENTS, *, data: bytes = TEXT,
    name: str = f"{NAME}.txt", klass: str = "restricted", mark: str = "GREEN", key: str = SENDER,
) -> Any:  # fmt: skip
    """Add a file through its page, as a plain form."""
    person, page = desk.be(key), f"/cases/{case_id}/files/{place}"
    form = person.get(page).fields(page)
    form |= {"klass": klass, "mark": mark, "file": (io.BytesIO(data), as_sent(name))}
    return person.client.post(page, data=form, content_type="multipart/form-data")


def as_sent(name: str) -> str:
    """How a browser spells what would end the name."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def added(desk: Desk, case_id: str, place: str = ATTACHMENTS, **more: Any) -> str:
    """Add it; its id."""
    before = {each.id for each in rows(desk, SealedFile)}
    answer = add(desk, case_id, place, **more)
    assert answer.status_code == 303, answer.text
    return next(each.id for each in rows(desk, SealedFile) if each.id not in before)


def rows(desk: Desk, model: Any) -> list[Any]:
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        return list(session.execute(db.select(model.__table__)))


def bytes_there(desk: Desk) -> set[str]:
    with desk.app.app_context():
        return set(sealed_bytes.names())


def opening(person: Person, page: str, file_id: str, **more: Any) -> Any:
    """Ask to open a file from a page; the answer."""
    sent = {"file": file_id, "purpose": "protecting", **more}
    return person.send(page, f"{page}/openings", **sent)


def taken(person: Person, page: str, file_id: str) -> Any:
    """Open it and follow the link; the file's response."""
    sent = opening(person, page, file_id)
    assert sent.status == 303, sent.words
    return person.client.get(sent.location)


def draft(desk: Desk, *to: tuple[str, str]) -> str:
    return desk.begin(SENDER, list(to or [SV]))


def test_a_file_is_added_listed_and_opened_by_its_own_unit(desk: Desk) -> None:
    case_id, person = draft(desk), desk.be(SENDER)
    section = f"/cases/{case_id}/sections/exchange"
    assert person.send(section, _files=ATTACHMENTS).status == 303
    file_id = added(desk, case_id)
    assert f"{NAME}.txt" in person.get(f"/cases/{case_id}/files/{ATTACHMENTS}").words
    got = taken(person, f"/cases/{case_id}/files", file_id)
    assert got.data == TEXT
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["Content-Security-Policy"].startswith("sandbox")


def test_what_was_typed_is_saved_before_the_files_are_shown(desk: Desk) -> None:
    case_id, person = draft(desk), desk.be(SENDER)
    section = f"/cases/{case_id}/sections/exchange"
    sent = person.send(section, _files=ATTACHMENTS, request_text="¿Consta P1?")
    assert sent.status == 303, sent.words
    assert sent.location.endswith(f"/files/{ATTACHMENTS}")
    assert "¿Consta P1?" in person.get(section).html


def test_a_link_works_once_for_one_person_in_one_sign_in(desk: Desk) -> None:
    case_id, person = draft(desk), desk.be(SENDER)
    file_id = added(desk, case_id, PHOTO, data=picture("JPEG"), name="a.jpg", klass="personal")
    page = f"/cases/{case_id}/files"
    link = opening(person, page, file_id).location
    for other in ("hn.child", RECEIVER):
        assert desk.be(other).client.get(link).status_code == 303
    assert person.client.head(link).status_code == 200
    assert person.client.get(link).status_code == 200
    assert person.client.get(link).status_code == 303
    assert NAME not in link
    late = opening(person, page, file_id).location
    with desk.app.app_context():
        clock.set_offset(clock.now() - clock.real_now() + timedelta(minutes=2))
    assert person.client.get(late).status_code == 303


def test_no_opening_without_a_purpose_or_of_what_is_not_there(desk: Desk) -> None:
    case_id, person = draft(desk), desk.be(SENDER)
    mine, foreign = added(desk, case_id), added(desk, draft(desk), name="otro.txt")
    page = f"/cases/{case_id}/files"
    assert opening(person, page, mine, purpose="").status == 422
    assert opening(person, page, foreign).status == 422
    assert not rows(desk, FileLink)
    kinds = [each.kind for each in rows(desk, AuditEvent)]
    assert "sealed-opened" not in kinds
    assert opening(person, page, mine).status == 303
    [event] = [each for each in rows(desk, AuditEvent) if each.kind == "sealed-opened"]
    detail = event.detail if isinstance(event.detail, dict) else json.loads(event.detail)
    assert (detail["purpose"], detail["file"]) == ("protecting", mine)


def test_files_reach_a_unit_by_their_class_and_mark_alone(desk: Desk) -> None:
    case_id = draft(desk)
    added(desk, case_id, name="abierto.txt", data=b"abierto")
    added(desk, case_id, name="personal.txt", data=b"personal", klass="personal")
    secret = added(desk, case_id, name="secreto.txt", data=b"secreto", klass="secret")
    told = added(desk, case_id, name="liberado.txt", data=b"liberado", klass="secret")
    added(desk, case_id, PHOTO, data=picture("PNG"), name="ficha.png", klass="personal", mark="RED")
    unit = desk.unit(*SV)
    desk.release(SENDER, case_id, **{f"released.{unit}": [told]})
    person, at = desk.be(RECEIVER), desk.received(RECEIVER)
    assert f"{at}/files" in person.get(at).links()
    page = person.get(f"{at}/files")
    assert "abierto.txt" in page.words
    for name in ("personal.txt", "secreto.txt", "liberado.txt", "ficha.png"):
        assert name not in page.html, name
    copies = {each.id: each for each in rows(desk, SealedFile) if each.record_id != case_id}
    assert len(copies) == 4
    assert secret not in page.html
    assert not set(copies) & {
        each.id for each in rows(desk, SealedFile) if each.record_id == case_id
    }
    bodies = {taken(person, f"{at}/files", each).data for each in copies}
    assert {b"abierto", b"personal", b"liberado"} < bodies
    assert b"secreto" not in bodies


def test_a_strict_mark_keeps_a_file_from_whoever_it_is_passed_on_to(desk: Desk) -> None:
    case_id = draft(desk)
    added(desk, case_id, name="verde.txt", data=b"verde", mark="GREEN")
    added(desk, case_id, name="rojo.txt", data=b"rojo", mark="RED")
    desk.release(SENDER, case_id)
    at = desk.received(RECEIVER)
    assert "rojo.txt" in desk.be(RECEIVER).get(f"{at}/files").words
    sent = desk.be(RECEIVER).send(f"{at}/forwarding", unit=desk.unit(*GT))
    assert sent.status == 303, sent.words
    desk.follow()
    there = desk.be("gt.prosecutor").get(desk.received("gt.prosecutor") + "/files")
    assert "verde.txt" in there.words
    assert "rojo.txt" not in there.html


def test_a_file_of_another_record_goes_nowhere(desk: Desk) -> None:
    other = added(desk, draft(desk), name="ajeno.txt", data=b"ajeno")
    case_id, person = draft(desk), desk.be(SENDER)
    section = f"/cases/{case_id}/sections/exchange"
    assert (
        person.send(section, **{ATTACHMENTS: other, f"_revision.{ATTACHMENTS}": "0"}).status == 303
    )
    form = person.get(section).fields(section)
    answer = person.client.put(
        f"/cases/{case_id}/answers/{ATTACHMENTS}", data={**form, ATTACHMENTS: other}
    )
    assert answer.status_code == 404
    desk.release(SENDER, case_id)
    assert "ajeno.txt" not in desk.be(RECEIVER).get(f"{desk.received(RECEIVER)}/files").html
    assert len([each for each in rows(desk, SealedFile) if each.id == other]) == 1


def test_a_removed_file_is_destroyed_unless_it_was_certified(desk: Desk) -> None:
    case_id, person = draft(desk), desk.be(SENDER)
    keeps, goes = added(desk, case_id, name="queda.txt"), added(desk, case_id, name="sale.txt")
    removal = f"/cases/{case_id}/files/{ATTACHMENTS}/{goes}/removal"
    assert person.send(removal).status == 303
    assert person.client.get(removal).status_code == 303
    assert "sale.txt" not in person.get(f"/cases/{case_id}/files").html
    with desk.app.app_context(), scoped(SYSTEM):
        assert sweeping.sweep() == 0, "not before a day has passed"
        assert sweeping.sweep(older_than=0) == 1
    assert bytes_there(desk) == {keeps}
    desk.release(SENDER, case_id)
    assert (
        person.client.post(f"/cases/{case_id}/revision", data=form_of(person, case_id)).status_code
        == 303
    )
    assert person.send(f"/cases/{case_id}/files/{ATTACHMENTS}/{keeps}/removal").status == 303
    with desk.app.app_context(), scoped(SYSTEM):
        assert sweeping.sweep(older_than=0) == 0, "what was certified still has it"


def form_of(person: Person, case_id: str) -> Any:
    return person.get(f"/cases/{case_id}").fields(f"/cases/{case_id}/revision")


def test_what_is_recalled_forgets_its_files(desk: Desk) -> None:
    case_id = draft(desk)
    mine = added(desk, case_id)
    desk.release(SENDER, case_id)
    [copy] = [each.id for each in rows(desk, SealedFile) if each.record_id != case_id]
    assert bytes_there(desk) == {mine, copy}
    assert desk.be(SENDER).send(f"/cases/{case_id}/recall", reason="Error").status == 303
    desk.follow()
    with desk.app.app_context(), scoped(SYSTEM):
        assert sweeping.sweep(older_than=0) == 1
    assert bytes_there(desk) == {mine}


HOSTILE = {
    "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "a.html": b"<script>alert(1)</script>",
    "a.png": b"<svg/>",
    "a.pdf": b"%PDF-1.7\n/JavaScript (app.alert(1))\n%%EOF\n",
    "b.pdf": samples.PDF + samples.archive({"x": b"y"}),
    "b.jpg": samples.jpeg(),
    "c.png": samples.png(60_000, 60_000),
    "a.txt": b"\x00\x01",
    "": b"x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_let_in_is_refused_at_its_place_and_not_kept(desk: Desk, name: str) -> None:
    case_id = draft(desk)
    answer = add(desk, case_id, data=HOSTILE[name], name=name, mark="AMBER")
    assert answer.status_code == 422, name
    assert 'id="error-file"' in answer.text
    assert re.search(r'value="AMBER" checked', answer.text), "what was chosen stays chosen"
    assert not rows(desk, SealedFile)
    assert not bytes_there(desk)


def test_no_class_below_that_of_the_question(desk: Desk) -> None:
    case_id = draft(desk)
    assert (
        add(desk, case_id, PHOTO, data=picture("PNG"), name="a.png", klass="restricted").status_code
        == 422
    )
    assert add(desk, case_id, klass="public").status_code == 422
    assert add(desk, case_id, mark="PURPLE").status_code == 422
    assert not rows(desk, SealedFile)
    page = (
        desk.be(SENDER)
        .get(f"/cases/{case_id}/files/{ATTACHMENTS}")
        .fields(f"/cases/{case_id}/files/{ATTACHMENTS}")
    )
    assert (page["klass"], page["mark"]) == (["secret"], ["RED"]), (
        "the strictest unless one says otherwise"
    )


def test_only_so_many_files_stand_at_a_question(desk: Desk) -> None:
    case_id = draft(desk)
    page = f"/cases/{case_id}/files/{PHOTO}"
    form = desk.be(SENDER).get(page).fields(page)
    added(desk, case_id, PHOTO, data=picture("PNG"), name="a.png", klass="personal")
    form |= {"klass": "personal", "mark": "RED", "file": (io.BytesIO(picture("PNG")), "b.png")}
    again = desk.be(SENDER).client.post(page, data=form, content_type="multipart/form-data")
    assert again.status_code == 422
    assert len(rows(desk, SealedFile)) == 1


def picture(kind: str) -> bytes:
    """A picture whose camera noted where it was taken, and more behind its end."""
    noted = Image.Exif()
    noted[0x010E] = WORDS  # what is on it
    noted[0x0112] = 6  # lying on its side
    body = io.BytesIO()
    Image.new("RGB", (6, 4), (200, 10, 10)).save(body, format=kind, exif=noted)
    assert WORDS.encode() in body.getvalue()
    return body.getvalue()


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg")])
def test_a_picture_is_drawn_anew_without_what_was_noted_in_it(
    desk: Desk, kind: str, name: str
) -> None:
    case_id = draft(desk)
    behind = WORDS.encode() if kind == "JPEG" else b""
    file_id = added(desk, case_id, PHOTO, data=picture(kind) + behind, name=name, klass="personal")
    got = taken(desk.be(SENDER), f"/cases/{case_id}/files", file_id).data
    assert WORDS.encode() not in got
    with Image.open(io.BytesIO(got)) as drawn:
        assert drawn.size == (4, 6), "upright"
        assert not drawn.getexif()


@pytest.mark.parametrize("name", [
    "\u202etxt.exe.txt", "../../etc/passwd.txt", "a\r\nSet-Cookie: x=y.txt", "\ud83d\ude00 niña.txt",
    '";filename=x.exe;".txt', "e\u0301" * 300 + ".txt", "\u0000.txt", "CON.txt",
])  # fmt: skip
def test_a_hostile_name_is_harmless(desk: Desk, name: str) -> None:
    case_id = draft(desk)
    name = name.encode("utf-16", "surrogatepass").decode("utf-16")
    file_id = added(desk, case_id, name=name)
    got = taken(desk.be(SENDER), f"/cases/{case_id}/files", file_id)
    said = got.headers["Content-Disposition"]
    assert said.startswith('attachment; filename="')
    kind, parts = parse_options_header(said)
    assert (kind, list(parts)) == ("attachment", ["filename"])
    assert parts["filename"].endswith(".txt")
    assert "\n" not in said
    assert "%E2%80%AE" not in said
    assert "Set-Cookie: x" not in str(got.headers).replace(said, "")


def test_no_byte_and_no_name_of_a_file_lies_anywhere_in_plain(
    desk: Desk, instance: Path, capfd: pytest.CaptureFixture[str], database: Any
) -> None:
    case_id = draft(desk)
    file_id = added(desk, case_id, name=f"{NAME}.txt", klass="personal")
    photo = added(desk, case_id, PHOTO, data=picture("PNG"), name=f"{NAME}.png", klass="personal")
    add(desk, case_id, name=f"{NAME}.svg")
    add(desk, case_id, name=f"{NAME}.pdf", data=TEXT)
    desk.release(SENDER, case_id)
    person, at = desk.be(RECEIVER), desk.received(RECEIVER)
    for copy in [each.id for each in rows(desk, SealedFile) if each.record_id != case_id]:
        assert taken(person, f"{at}/files", copy).status_code == 200
    for each in (file_id, photo):
        assert taken(desk.be(SENDER), f"/cases/{case_id}/files", each).status_code == 200
    places = {"logs": "".join(capfd.readouterr()).encode()}
    for path in instance.rglob("*"):
        if path.is_file():
            places[str(path)] = path.read_bytes()
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        for table in db.metadata.sorted_tables:
            places[table.name] = b"\n".join(
                bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                for row in session.execute(db.select(table)) for v in row
            )  # fmt: skip
    assert leaks([NAME, WORDS], places) == []
    digest = hashlib.sha256(TEXT)
    for spelt in (digest.hexdigest().encode(), digest.digest()):
        assert not [where for where, held in places.items() if spelt in held]


def test_a_backup_holds_sealed_files_as_they_lie_there(
    desk: Desk, tmp_path: Path, database: Any
) -> None:
    if not database.is_a_file:
        pytest.skip("a dump of PostgreSQL is tried in tests/cli/test_backup.py")
    file_id = added(desk, draft(desk))
    made = desk.app.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "backup")])
    assert made.exit_code == 0, made.output
    copied = tmp_path / "backup" / "files" / "sealed" / file_id[:2] / file_id
    with desk.app.app_context():
        assert copied.read_bytes() == sealed_bytes.get(file_id)
