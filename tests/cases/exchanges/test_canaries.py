"""After a working day with cases: does any personal or secret word of one lie anywhere in plain?

A word of its own stands in each of the questions that take words, of every class; the day is everybody's:
typed field by field and as sections, met by another window's, released, received, opened, accepted, answered,
passed on, recalled, exported, told by mail. What is kept is searched in every spelling, and unpacked.
"""

from __future__ import annotations

import random
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.cases.common_format.format import CASE
from tests.access.canaries import readable
from tests.access.things import rows_of
from tests.cases.exchanges import letters
from tests.cases.exchanges.addresses import every
from tests.cases.exchanges.desk import Desk, Person
from tests.cases.exchanges.test_openings_on_record import EVERYBODY, OFFICERS, post
from tests.intake.test_sealed_canaries import Canaries, kept, leaks

SV, GT = ("sv", "prosecution"), ("gt", "child_protection")
CROSSED = "1999-01-17"
"""A secret day, which is written as such in any document."""
PACKED = (b"x\x01", b"x\x9c", b"x\xda")
"""How deflated bytes begin."""
TYPED = ("national_case_ref", "detection_place", "investigation_notes")


class Case:
    """A case with an answer to every question, and a word of its own in each that takes words."""

    def __init__(self) -> None:
        self.canaries, self.sealed, self.plain = Canaries(), list[str](), list[str]()
        chance = random.Random(20040524)
        self.answers = letters.a_case(chance, [], "GREEN") | {"purpose": "PROTECTION"}
        del self.answers["recipient_units"]  # which the desk chooses
        for place in list(letters.places(self.answers)):
            self._fill(chance, place)
        self.answers["companion_crossings"][0]["date"] = CROSSED

    def sing(self, klass: str) -> str:
        word = self.canaries.sing()
        (self.sealed if klass in ("personal", "secret") else self.plain).append(word)
        return word

    def _fill(self, chance: random.Random, place: letters.Place) -> None:
        kind, klass = place.field.kind.name, place.field.klass.value
        if kind in ("text", "long_text"):
            place.put(self.answers, self.sing(klass))
        elif kind == "texts":
            place.put(self.answers, [self.sing(klass)])
        elif place.name == "persons.asylum_flag":
            place.put(self.answers, {"code": "NO_INDICATION", "detail": self.sing(klass)})
        elif kind == "code_with_detail" and "detail" not in place.field.options:
            given = place.get(self.answers) or letters.value(chance, place.field)
            place.put(self.answers, {**given, "detail": self.sing(klass)})
        while place.get(self.answers) is None and letters.an_answer(chance, place) is not None:
            place.put(self.answers, letters.an_answer(chance, place))


def test_a_case_has_a_word_in_every_question_that_takes_words() -> None:
    case = Case()
    words = {place.name for place in letters.places(case.answers)
             if place.field.kind.name in ("text", "long_text", "texts")}  # fmt: skip
    assert len(words) > 25
    assert len(case.sealed) > 20
    assert len(case.plain) > 10
    asked = {place.name for place in letters.places(case.answers) if place.field.is_asked}
    answered = {p.name for p in letters.places(case.answers) if p.get(case.answers) is not None}
    assert {name for name in asked - answered if _can_be_filled(name)} == set()


def _can_be_filled(name: str) -> bool:
    table, _dot, cell = name.partition(".")
    field = CASE.field(table).cell(cell) if cell else CASE.field(table)
    return field.kind.name not in letters.SKIPPED and name not in letters.KEPT


def write(desk: Desk, case: Case, case_id: str) -> None:
    """Type into sealed questions field by field and as a section, from two windows of different age."""
    hn = desk.be("hn.prosecutor")
    at = f"/cases/{case_id}"
    for key in TYPED:
        page = f"{at}/sections/{'envelope' if key == 'national_case_ref' else 'case'}"
        fields = hn.get(page).fields(page)
        typed = {**fields, key: case.sing("secret")}
        assert hn.client.put(f"{at}/answers/{key}", data=typed).status_code == 200, key
        met = hn.client.put(
            f"{at}/answers/{key}",
            data=typed | {"_key": f"another-key-of-{key}"[:24], key: case.sing("secret")},
        )
        assert met.status_code == 409, key
    page = f"{at}/sections/case"
    old = hn.get(page).fields(page)
    for status in (303, 409):
        sent = old | {key: case.sing("secret") for key in TYPED[1:]}
        sent |= {"_key": f"window-of-age-{status}-0000000"[:24]}
        assert hn.client.post(page, data=sent).status_code == status, status
    bad = hn.send(page, detection_date=case.sing("secret"), detection_place=case.sing("personal"))
    assert bad.status == 422


def exchange(desk: Desk, case: Case, case_id: str) -> str:
    """Release, receive, open, accept, answer, pass on and recall; where it arrived."""
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    sv = desk.be("sv.prosecutor")
    opened = sv.send(at, f"{at}/openings", purpose="protecting")
    assert any(word in opened.html for word in case.sealed)
    assert sv.send(at, f"{at}/receipt", verb="accept", reason="").status == 303
    answer = post(sv, f"{at}/reply", kind="REPLY")
    assert answer.status_code == 303
    _write_reply(sv, answer.location, case)
    assert post(sv, f"{at}/forwarding", unit=desk.unit("gt", "prosecution")).status_code == 303
    desk.follow()
    desk.be("gt.prosecutor").get(desk.received("gt.prosecutor"))
    assert post(desk.be("hn.prosecutor"), f"/cases/{case_id}/revision").status_code == 303
    opens = {"_purpose": "checking", "_section": "case"}
    mine = post(desk.be("hn.prosecutor"), f"/cases/{case_id}/sections/openings", **opens)
    assert mine.status_code == 200
    other = desk.begin("hn.prosecutor", [SV], **case.answers)
    desk.release("hn.prosecutor", other)
    said = desk.be("hn.prosecutor").send(f"/cases/{other}/recall", reason="Se envió por error.")
    assert said.status == 303, said.words
    desk.follow()
    return at


def _write_reply(sv: Person, at: str, case: Case) -> None:
    page = f"{at}/sections/envelope"
    fields = sv.get(page).fields(page)
    typed = {**fields, "national_case_ref": case.sing("secret")}
    assert sv.client.put(f"{at}/answers/national_case_ref", data=typed).status_code == 200


def look_everywhere(desk: Desk, ids: dict[str, str]) -> dict[str, bytes]:
    """What everybody gets at every address, with headers; what is said often, once."""
    said: dict[str, set[str]] = {}
    for key in EVERYBODY:
        for path in every(desk.app, "GET", ids):
            is_of_case = any(id in path for id in ids.values())
            if key not in OFFICERS and not is_of_case and path.count("/") > 1:
                continue
            answer = desk.be(key).client.get(path)
            assert answer.status_code != 500, (key, path)
            text = readable(answer.get_data()) + str(answer.headers)
            said.setdefault(key, set()).update(text.splitlines())
    return {key: "\n".join(sorted(lines)).encode() for key, lines in said.items()}


def unpacked(places: dict[str, bytes]) -> dict[str, bytes]:
    """What lies packed in what is kept: the parts of archives, and deflated bytes wherever they begin."""
    return {f"{where}, unpacked": b"\n".join(_inside(held)) for where, held in places.items()}


def _inside(held: bytes) -> Iterator[bytes]:
    if held.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(held)) as whole:
            yield from (whole.read(name) for name in whole.namelist())
    for begins in PACKED:
        at = held.find(begins)
        while at >= 0:
            with suppress(zlib.error):  # two bytes that look like it
                yield zlib.decompressobj().decompress(held[at : at + 1_000_000], 1_000_000)
            at = held.find(begins, at + 2)


def test_no_personal_or_secret_word_of_a_case_lies_anywhere_in_plain(
    desk: Desk, database: Any, instance: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = Case()
    case_id = desk.begin("hn.prosecutor", [SV, GT], **case.answers)
    write(desk, case, case_id)
    at = exchange(desk, case, case_id)
    said = look_everywhere(desk, {"case_id": case_id, "addressee_id": at.rsplit("/", 1)[1]})
    for key in EVERYBODY[:6]:
        assert post(desk.be(key), "/sign-out").status_code in (302, 303)
    places = kept(desk, database, instance)
    places["logs"] = "".join(capfd.readouterr()).encode()
    assert leaks(case.sealed, places | said) == []
    assert leaks([*case.sealed, CROSSED], places | unpacked(places)) == []
    of_units = {"hn.prosecutor", "sv.prosecutor", "gt.child", "gt.prosecutor"}
    assert leaks(case.plain, {key: each for key, each in said.items() if key not in of_units}) == []
    assert {key for _word, key in leaks(case.plain, said)} >= {"hn.prosecutor", "sv.prosecutor"}
    assert leaks(["CRM-HND-2004"], places), "the search finds what lies there"


def test_sealed_answers_of_cases_have_no_value_beside_them(desk: Desk) -> None:
    desk.begin("hn.prosecutor", [SV], **Case().answers)
    with desk.app.app_context():
        cases = {row["id"] for row in rows_of("exchange")}
        drafts = {row["id"] for row in rows_of("draft") if row["dossier_id"] in cases}
        answers = [row for row in rows_of("answer") if row["draft_id"] in drafts]
        events = [row for row in rows_of("audit_event") if row["subject_id"] in drafts]
    sealed = [row for row in answers if row["key"] in CASE.sealed]
    assert len(sealed) > 25
    assert [row["key"] for row in sealed if row["value"] is not None or not row["sealed"]] == []
    parts = [row for row in events if row["part"] in CASE.sealed]
    assert [row["part"] for row in parts if row["value"] is not None] == []


def test_the_search_unpacks_what_lies_packed() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("a", "Qx007vwZk")
    held = {"zip": packed.getvalue(), "in a page": b"--" + zlib.compress(b"Qx008vwZk" * 9) + b"--"}
    assert leaks(["Qx007vwZk", "Qx008vwZk"], unpacked(held)) == [
        ("Qx007vwZk", "zip, unpacked"), ("Qx008vwZk", "in a page, unpacked"),
    ]  # fmt: skip
