"""After a day's work with a sensitive form: does any word of what is sealed lie anywhere in plain?

A word of its own is typed into every sealed place, and written over, met by a colleague's, removed, brought
back, opened, certified, returned, revised and printed; every page of the engine is read by its own people
and by the Secretariat. Then all that is kept is searched, in every spelling in which it could lie there.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.db.transactions import transaction
from app.extensions import db
from app.intake import actions as intake
from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.test_sealed import app as app
from tests.intake.test_sealed import certify, is_whole
from tests.intake.test_sealed import pdf_text as pdf_text
from tests.intake.vault import OPEN, Vault

PLAIN = "Zarzamora"
"""Stands in the title, which pages show without opening anything: it is read there, and kept sealed too."""


class Canaries:
    """Words that are like no other, one for each time something is typed."""

    def __init__(self) -> None:
        self.sung: list[str] = []

    def sing(self) -> str:
        self.sung.append(f"Qx{len(self.sung):03d}vwZk")
        return self.sung[-1]


def spellings(word: str) -> Iterator[bytes]:
    """How a word may lie in a file or a table."""
    plain = word.encode()
    yield plain
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield plain.hex().encode()
    for before in range(3):
        inside = base64.b64encode(b"x" * before + plain + b"x" * 3)
        yield inside[4 if before else 0 : -8]


def kept(vault: Any, database: Any, instance: Path) -> dict[str, bytes]:
    """Everything that is kept, by where it is."""
    found: dict[str, bytes] = {}
    with vault.app.app_context(), transaction(writing=False) as session:
        for table in db.metadata.sorted_tables:
            for row in session.execute(db.select(table)):
                found[table.name] = found.get(table.name, b"") + b"\n".join(map(_bytes, row))
    files = [path for path in instance.rglob("*") if path.is_file()]
    if database.is_a_file:
        name = re.sub(r"^sqlite:/*", "/", database.url)
        files += Path(name).parent.glob(Path(name).name + "*")
    return found | {str(path): path.read_bytes() for path in files}


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def leaks(words: list[str], places: dict[str, bytes]) -> list[tuple[str, str]]:
    found, spelt = [], [(word, tuple(spellings(word))) for word in words]
    for where, held in places.items():
        lower = held.lower()
        found += [
            (word, where) for word, ways in spelt
            if word.lower().encode() in lower or any(each in held for each in ways)
        ]  # fmt: skip
    return found


PAGES = ("", "/sections/one", "/sections/two", "/check", "/history", "/history?question=name",
         "/history?question=people", "/history?question=one:", "/answers/name", "/answers/notes",
         "/answers/people", "/changes", "/comments", "/document.pdf", "/versions/1",
         "/versions/1/receipt", "/versions/1/receipt.pdf", "/versions/2", "/comparison", "/review",
         "/withdrawal", "/discarding", "/readiness", "/sections/openings", "/sections/one?name=x")  # fmt: skip


def read_everything(vault: Vault) -> dict[str, bytes]:
    """What every page says that can be had by asking, headers too."""
    said: dict[str, bytes] = {}
    for name, who in (("ana", vault.ana), ("beto", vault.beto), ("irene", vault.irene)):
        for page in PAGES:
            for way in ({}, {"HX-Request": "true"}):
                answer = who.get(vault.url + page, headers=way)
                assert answer.status_code != 500, (name, page)
                body = answer.data
                if body.startswith(b"%PDF"):
                    body = pdf_text(body).encode()
                said[f"{name} {page} {way}"] = body + str(answer.headers).encode()
    return said


def write_everything(vault: Vault, canaries: Canaries) -> str:
    """Type into every sealed place, in every way in which something is typed."""
    sing = canaries.sing
    page = vault.page()
    whole = {"title": PLAIN, "name": sing(), "notes": sing(), "colour": "red", "birth": "1937-11"}
    assert vault.send(page, **whole).status_code == 303
    assert vault.put("name", sing(), vault.beto).status_code == 200
    assert vault.put("notes", sing(), page=page).status_code == 409
    refused = vault.send(page, notes=sing(), name=sing())
    assert refused.status_code == 409
    mine = vault.form(refused)
    assert vault.send(mine, _resolve="notes:mine", **{"_resolve.": "x"}).status_code in (303, 409)
    bad = vault.send(vault.page(), birth=sing(), name=sing())
    assert bad.status_code == 422
    assert vault.put("birth", sing()).status_code == 422
    row = vault.add_row()
    assert vault.put(f"people.{row}.surname", sing()).status_code == 200
    assert vault.put(f"people.{row}.aliases", f"{sing()}\n{sing()}").status_code == 200
    return row


def go_through(vault: Vault, canaries: Canaries) -> None:
    row = write_everything(vault, canaries)
    old = vault.page(section="two")
    assert vault.send(vault.page(section="two"), section="two", _remove=row).status_code == 303
    typed = {f"people.{row}.surname": canaries.sing()}
    assert vault.send(old | typed, section="two").status_code == 409
    past = vault.ana.get(f"{vault.url}/history?question=people").text
    sent = dict(re.findall(r'name="(event|revision)" value="([^"]+)"', past))
    assert vault.post("/restoration", vault.ana, **sent).status_code == 303
    past = vault.ana.get(f"{vault.url}/history?question=name").text
    event, revision = re.findall(
        r'name="event" value="([^"]+)".*?name="revision" value="([^"]+)"', past
    )[0]
    assert vault.post(
        "/restoration", vault.ana, event=event, revision=revision
    ).status_code == 303  # fmt: skip
    opened = vault.open()
    assert any(word in opened.text for word in canaries.sung)
    assert vault.send(vault.form(opened), left="20/05/2004").status_code == 303
    assert vault.send(vault.page(), _take_out="birth").status_code == 303
    certify(vault)
    vault.post("/sections/openings", vault.beto, _version="1", _section="two", **OPEN)
    vault.act(intake.return_to_delegation, vault.st(), reasons={"one": "Falta."})
    assert vault.post("/revision", vault.ana).status_code == 303
    assert vault.put("notes", canaries.sing()).status_code == 200
    certify(vault)


@pytest.fixture
def vault(app: Flask, house: House) -> Vault:
    return Vault(app, house)


def test_no_word_of_what_is_sealed_lies_anywhere_in_plain(
    vault: Vault, database: Any, instance: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    canaries = Canaries()
    go_through(vault, canaries)
    said = read_everything(vault)
    places = kept(vault, database, instance)
    logged = {"logs": "".join(capfd.readouterr()).encode()}
    assert len(canaries.sung) > 12
    assert leaks(canaries.sung, places | logged | said) == []
    assert leaks(["1937-11"], places | logged) == []
    assert leaks([PLAIN], places | logged) == []
    found = {where for _word, where in leaks(["HND-V-001"], places)}
    assert {"dossier", "version"} <= found, "the search finds what lies there"
    assert leaks([PLAIN], said)
    assert is_whole(vault)


@pytest.mark.parametrize("before", range(4))
def test_the_search_knows_every_spelling(before: int) -> None:
    word, pad = "Qx007vwZk", "y" * before
    for held in (
        f"{pad}{word}".encode(), f"{pad}{word}".encode("utf-16-le"), word.encode().hex().encode(),
        base64.b64encode(f"{pad}{word}zz".encode()), word.lower().encode(),
    ):  # fmt: skip
        assert leaks([word], {"here": b"--" + held + b"--"}), held
    assert not leaks([word], {"here": b"Qx008vwZk"})
