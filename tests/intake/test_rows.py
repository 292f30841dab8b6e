"""Is a row of a table removed only by whoever has read it, and can it come back?"""

from __future__ import annotations

import html
import re

import pytest

from app.intake import drafting
from tests.access.asking import Answer
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.writing import Writer, fingerprint


class Table:
    """The audience of a draft, in which two people of a delegation write."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.ana, self.marta = Writer(matrix, "hn.contributor"), Writer(matrix, "hn.focal")
        before = self.rows()
        assert self.ana.post("essentials", _add="audience").status == 303
        [self.row] = self.rows() - before
        self.says(self.ana, "women", "7")

    def rows(self) -> set[str]:
        names = self.ana.fields("essentials")
        return {name.split(".")[2] for name in names if name.startswith("_revision.audience.")}

    def remove(self, who: Writer | None = None) -> None:
        assert (who or self.ana).post("essentials", _remove=self.row).status == 303
        assert self.row not in self.rows()

    def history(self, question: str = "audience", who: Writer | None = None) -> str:
        path = f"/needs/{self.ana.need}/history?question={question}"
        answer = self.matrix.asker.ask((who or self.ana).who, "GET", path)
        assert answer.status == 200
        return html.unescape(answer.body.decode())

    def button(self) -> dict[str, str]:
        """What the button at the newest event sends; empty where there is none."""
        newest = self.history().split('<li class="card"')[1]
        return dict(re.findall(r'name="(event|revision)" value="([^"]+)"', newest))

    def bring_back(self, sent: dict[str, str], who: Writer | None = None) -> Answer:
        who = who or self.ana
        return who.send("POST", f"/needs/{who.need}/restoration", sent)

    def says(self, who: Writer, cell: str, words: str) -> None:
        name = f"audience.{self.row}.{cell}"
        sent = {name: words, f"_revision.{name}": who.fields("essentials")[f"_revision.{name}"][0]}
        path = f"/needs/{who.need}/answers/audience/{self.row}/{cell}"
        assert who.send("PUT", path, sent).status == 200


@pytest.fixture
def table(demonstration: Matrix) -> Table:
    return Table(demonstration)


def test_a_row_in_which_a_colleague_wrote_since_is_not_removed(table: Table) -> None:
    page = table.ana.fields("essentials")
    table.says(table.marta, "women", "8")
    refused = table.ana.send("POST", table.ana.page("essentials"), {**page, "_remove": table.row})
    assert refused.status == 409
    assert "en la fila que usted quería quitar" in refused.body.decode()
    assert table.row in table.rows()


def test_a_row_is_not_removed_by_a_request_that_does_not_say_what_it_saw(table: Table) -> None:
    sent = {"_remove": table.row}
    assert table.ana.send("POST", table.ana.page("essentials"), sent).status == 409
    assert table.row in table.rows()


@pytest.mark.parametrize("question", ["audience", "essentials:", ""])
def test_history_tells_what_a_removed_row_held(table: Table, question: str) -> None:
    table.says(table.marta, "region", "Ocotepeque, costa")
    table.remove(table.marta)
    newest = table.history(question).split('<li class="card"')[1]
    assert "Marta Zelaya" in newest
    assert "quitó una fila" in newest
    assert "Ocotepeque, costa" in newest.split("Después")[0]
    assert "Mujeres: 7" in newest.split("Después")[0]


def test_a_removed_row_is_brought_back_as_it_was_as_a_new_change(table: Table) -> None:
    before = table.ana.fields("essentials")
    table.remove()
    assert table.bring_back(table.button(), table.marta).status == 303
    after = table.ana.fields("essentials")
    mine = [name for name in before if f"audience.{table.row}." in name]
    assert {name: after[name] for name in mine} == {name: before[name] for name in mine}
    newest, removal = table.history().split('<li class="card"')[1:3]
    assert "Marta Zelaya" in newest
    assert "recuperó una fila" in newest
    assert "Mujeres: 7" in newest.split("Después")[1]
    assert "Recuperar esta fila" not in newest + removal


def test_the_trail_keeps_what_the_row_held_each_time(table: Table) -> None:
    table.remove()
    table.bring_back(table.button())
    with table.matrix.app.app_context():
        kept = [
            (each["kind"], each["part"], each["value"]) for each in rows_of("audit_event")
            if each["row_id"] == table.row and each["kind"] in ("row-removed", "row-brought-back")
        ]  # fmt: skip
    held = {"id": table.row, "women": 7}
    assert kept == [("row-removed", "audience", held), ("row-brought-back", "audience", held)]


def test_whoever_was_writing_in_it_goes_on_in_the_row_that_came_back(table: Table) -> None:
    name = f"audience.{table.row}.women"
    seen = table.marta.fields("essentials")[f"_revision.{name}"][0]
    sent, path = {name: "9", f"_revision.{name}": seen}, f"answers/audience/{table.row}/women"
    table.remove()
    assert table.marta.send("PUT", f"/needs/{table.marta.need}/{path}", sent).status == 409
    table.bring_back(table.button())
    assert table.marta.send("PUT", f"/needs/{table.marta.need}/{path}", sent).status == 200


def test_a_row_is_brought_back_once(table: Table) -> None:
    table.remove()
    sent = table.button()
    assert table.bring_back(sent).status == 303
    before = fingerprint(table.matrix)
    assert table.bring_back(sent, table.marta).status == 409
    assert fingerprint(table.matrix) == before


def test_an_earlier_removal_brings_back_nothing_once_the_row_says_something_else(
    table: Table,
) -> None:
    table.remove()
    first = table.button()
    table.bring_back(first)
    table.says(table.marta, "women", "8")
    table.remove()
    assert table.bring_back(first).status == 409
    assert table.bring_back(table.button()).status == 303
    assert "Mujeres: 8" in table.history().split('<li class="card"')[1]


def test_a_row_comes_back_only_into_the_draft_that_the_page_showed(table: Table) -> None:
    table.remove()
    sent = table.button()
    for seen in (f"{'0' * 20}:0", ":0"):
        assert table.bring_back({**sent, "revision": seen}).status == 409
    for lacking in ("event", "revision"):
        left = {name: text for name, text in sent.items() if name != lacking}
        assert table.bring_back(left).status == 400
    assert table.row not in table.rows()


@pytest.mark.parametrize("key", ["hn.legal", "mx.focal", "st.officer"])
def test_who_may_not_write_in_the_draft_brings_no_row_back(table: Table, key: str) -> None:
    table.remove()
    who = next(one for one in table.matrix.everybody if one.key == key)
    path = f"/needs/{table.ana.need}/restoration"
    answer = table.matrix.asker.ask(who, "POST", path, data=table.button())
    assert answer.status == (403 if key == "hn.legal" else 404)
    assert table.row not in table.rows()


def test_who_only_reads_is_told_what_a_removed_row_held_and_offered_nothing(table: Table) -> None:
    table.remove()
    reader = next(one for one in table.matrix.everybody if one.key == "hn.legal")
    path = f"/needs/{table.ana.need}/history?question=audience"
    newest = table.matrix.asker.ask(reader, "GET", path).body.decode().split('<li class="card"')[1]
    assert "Mujeres: 7" in newest
    assert "restoration" not in newest


def test_adding_a_row_leads_to_its_first_input(table: Table) -> None:
    added = table.ana.post("essentials", _add="audience").location
    path, _sep, place = added.partition("#")
    shown = table.matrix.asker.ask(table.ana.who, "GET", path).body.decode()
    assert f'<select class="govuk-select" id="{place}"' in shown
    row = place.split(".")[1]
    assert shown.partition(f'id="row-{row}"')[2].index(f'id="{place}"') < 2000


def test_a_full_table_takes_no_row_back(table: Table) -> None:
    table.remove()
    sent = table.button()
    while table.ana.post("essentials", _add="audience").status == 303:
        assert len(table.rows()) <= drafting.ROWS_LIMIT
    refused = table.bring_back(sent)
    assert refused.status == 422
    assert "Esta tabla está llena" in refused.body.decode()
    assert table.row not in table.rows()
