"""How much does a poor line have to carry for a case of five persons and six legs, with texts of 150 words?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.audit.commit import committed
from app.cases.common_format.format import CASE
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from tests.cases import typical
from tests.cases.exchanges.desk import Desk, Person
from tests.pages.test_weights import LATER

OFFICER = "hn.prosecutor"
TO = [("sv", "prosecution"), ("gt", "child_protection")]
AS_BROWSERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def begun(desk: Desk, kind: str) -> str:
    """The address of a draft that holds as much as a typical case."""
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        return f"/cases/{typical.begin(first_seat_of(OFFICER), TO, kind=kind)}"


def weight(answer: Any) -> int:
    """Bytes over the line, headers included."""
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] in ("gzip", "br", "zstd")
    return len(answer.data) + sum(
        len(name) + len(value) + 4 for name, value in answer.headers.items()
    )


def pages(case: str) -> Iterator[str]:
    """Every section, and of each table whose rows have pages the page of every row."""
    said = typical.document([])
    for section in CASE.sections:
        yield f"{case}/sections/{section.key}"
    for table in (field for field in CASE.fields if field.has_pages):
        yield from (f"{case}/sections/{table.key}.{row['id']}" for row in said[table.key])


def heavy(person: Person, case: str, page: str) -> Iterator[str]:
    """What is too heavy of a page: as it is asked for, and with what is sealed on it opened."""
    asked = weight(person.client.get(page, headers=AS_BROWSERS))
    sent = {**person.get(page).fields(page), "_section": page.rpartition("/")[2],
            "_purpose": "writing"}  # fmt: skip
    opened = weight(person.client.post(f"{case}/sections/openings", data=sent, headers=AS_BROWSERS))
    yield from (f"{page}: {each}" for each in (asked, opened) if each > LATER)


def of_a_case(person: Person, case: str) -> Iterator[str]:
    """What is too heavy of writing it, reading it over and releasing it."""
    for page in pages(case):
        yield from heavy(person, case, page)
    come = next(link for link in person.get(f"{case}/check").links()
                if link.startswith(f"{case}/certification"))  # fmt: skip
    yield from _too_heavy(person, case, f"{case}/check", come)


def _too_heavy(person: Person, *paths: str) -> Iterator[str]:
    for path in paths:
        asked = weight(person.client.get(path, headers=AS_BROWSERS))
        if asked > LATER:
            yield f"{path}: {asked}"


def test_every_page_of_a_long_case_is_light_also_with_what_is_sealed_opened(desk: Desk) -> None:
    officer = desk.be(OFFICER)
    case, alert = begun(desk, "CASE_SHARE"), begun(desk, "ALERT")

    for lang in ("es", "en"):
        with officer.client.session_transaction() as chosen:
            chosen["lang"] = lang
        found = [*of_a_case(officer, case),
                 *_too_heavy(officer, alert, f"{alert}/sections/alert", f"{alert}/check")]  # fmt: skip
        assert not found, "\n".join(found)
