"""What can a workbook do that somebody made to do harm, or that meets a colleague's work half-way?"""

from __future__ import annotations

import secrets
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.documents.xlsx_cells import Odd, Why, unescaped
from app.intake.sheets import actions, made, working
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.sheets.filling import BASE, Form, Sender
from tests.intake.sheets.test_round_trip import counts, one_need, page_of, reasons, title_in
from tests.intake.writing import Writer

PATIENCE = 0.3
"""Seconds in which a colleague's save may come as far as it is let."""


@pytest.fixture
def sender(demonstration: Matrix) -> Sender:
    return Sender(demonstration)


def spelled(body: bytes, **signs: str) -> bytes:
    """The workbook with each mark replaced by what a program spells out, inside every part."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            text = old.read(name)
            for mark, sign in signs.items():
                text = text.replace(mark.encode(), sign.encode())
            new.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize("sign", ["_xD800_", "_x0000_", "_xDFFF_", "_x0001_", "_xFFFE_"])
class TestSignsThatNothingCanKeep:
    def test_they_are_a_problem_at_their_cell_wherever_they_stand(
        self, sender: Sender, sign: str
    ) -> None:
        form = one_need(sender, "MARK")
        for row, key in enumerate(("themes.1", "_reference", "window_from"), start=2):
            form.put("title", f"Fila {row}", row=row)
            form.put(key, "MARK", row=row)
        form.put("title", "Con hijas", row=5)
        form.put("_number", 5, row=2, table="audience")
        form.put("_row", "MARK", row=2, table="audience")
        form.put("profile", "Fiscalía", row=2, table="audience")
        form.pages[""].cell(form.key_row + 6, 70).value = "MARK"
        upload = sender.checked(spelled(form.body(), MARK=f"a{sign}b"))
        assert upload.state == "checked"
        assert counts(upload) == (1, 0, 0, 5)
        assert upload.findings["problem_count"] == 5
        assert "guarda" in page_of(sender, upload) or "conservar" in page_of(sender, upload)
        listed = load_workbook(BytesIO(sender.ask("GET", f"{BASE}/{upload.id}/problems.xlsx").body))
        assert len(list(listed.worksheets[0].iter_rows())) >= 6
        before = sender.drafts()
        assert sender.bring_in(upload, leave_out="yes").status == 303
        made = [sender.drafts()[key] for key in sender.drafts().keys() - before.keys()]
        assert [each["title"] for each in made] == ["Con hijas"]

    def test_they_are_read_as_no_text_at_all(self, sign: str) -> None:
        assert unescaped(f"a{sign}") == Odd(Why.SIGNS)


def test_signs_that_people_do_type_stay() -> None:
    assert unescaped("a_x0009__x000A__x000D_b_x005F_x") == "a\t\n\rb_x"


def test_the_hidden_id_of_a_row_is_never_taken_for_a_new_record(sender: Sender) -> None:
    form = one_need(sender, "Id ajeno")
    form.put("_row", "'; not an id of ours", table="audience")
    before = sender.drafts()
    sender.bring_in(sender.checked(form.body()))
    (made,) = [sender.drafts()[key] for key in sender.drafts().keys() - before.keys()]
    with sender.matrix.app.app_context():
        ids = {row["id"] for row in rows_of("answer_row")}
    assert made["audience"][0]["id"] in ids
    assert "'; not an id of ours" not in ids
    assert len(made["audience"][0]["id"]) == 20


def test_the_hidden_id_of_a_row_that_the_draft_has_not_adds_a_row_with_an_id_of_its_own(
    sender: Sender,
) -> None:
    sender.bring_in(sender.checked(one_need(sender, "Con fila").body()))
    form = Form(sender.form("drafts"))
    row = row_of(form, "Con fila")
    form.put("_number", row, row=80, table="audience")
    form.put("_row", "anything", row=80, table="audience")
    form.put("profile", "consular", row=80, table="audience")
    sender.bring_in(sender.checked(form.body()))
    with sender.matrix.app.app_context():
        assert "anything" not in {row["id"] for row in rows_of("answer_row")}
    made = next(each for each in sender.drafts().values() if each.get("title") == "Con fila")
    assert [each["profile"] for each in made["audience"]] == ["prosecutor", "consular"]


def row_of(form: Form, title: str) -> int:
    return next(n for n in range(1, 60) if title_in(form, n) == title)


class TestWithColleagues:
    def two(
        self, sender: Sender, demonstration: Matrix, title: str
    ) -> tuple[Form, list[Writer], list[int]]:
        """A workbook of two drafts, changed in both, and somebody who can write in either."""
        form = one_need(sender, title)
        form.put("title", "La segunda", row=2)
        before = sender.drafts()
        upload = sender.checked(form.body())
        sender.bring_in(upload)
        made = sorted(sender.drafts().keys() - before.keys())
        with sender.matrix.app.app_context():
            ids = {row["reference"]: row["id"] for row in rows_of("dossier")}
        writers = [Writer(demonstration, "hn.focal") for _ in made]
        for writer, reference in zip(writers, made, strict=True):
            writer.need = ids[reference]
        form = Form(sender.form("drafts"))
        rows = [next(n for n in range(1, 60) if form.pages[""].cell(form.key_row + n, 2).value == each)
                for each in made]  # fmt: skip
        for row in rows:
            form.put("title", "Desde el libro", row=row)
        return form, writers, rows

    def test_the_consent_to_leave_rows_out_is_for_these_rows_and_no_others(
        self, sender: Sender, demonstration: Matrix
    ) -> None:
        form, (first, second), _rows = self.two(sender, demonstration, "La primera")
        assert first.post("essentials", title="Cambiada").status < 400
        upload = sender.checked(form.body())
        assert counts(upload)[1::2] == (1, 1)
        sender.ask("POST", f"{BASE}/{upload.id}", leave_out="yes")
        assert first.post("essentials", title="La primera").status < 400
        assert second.post("essentials", title="Ahora esta").status < 400
        before = sender.drafts()
        assert sender.worked(upload.id).state == "checked"
        assert sender.drafts() == before

    def test_a_colleagues_save_waits_and_is_told_that_its_row_is_gone(
        self, sender: Sender, demonstration: Matrix, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form, (first, _second), rows = self.two(sender, demonstration, "Con una fila")
        table = form.pages["audience"]
        at = next(n for n in range(1, 90) if table.cell(form.key_row + n, 1).value == rows[0])
        row_id = table.cell(form.key_row + at, form.columns["audience"]["_row"]).value
        table.delete_rows(form.key_row + at)
        upload = sender.checked(form.body())
        assert counts(upload)[1::2] == (2, 0), reasons(upload)
        sender.ask("POST", f"{BASE}/{upload.id}")
        answers: list[Any] = []
        name = f"audience.{row_id}.women"
        path, sent = f"/needs/{first.need}/answers/audience/{row_id}/women", {
            name: "77", f"_revision.{name}": first.fields("essentials")[f"_revision.{name}"],
        }  # fmt: skip
        write = actions.write

        def meanwhile(*given: Any) -> Any:
            save.start()
            save.join(PATIENCE)
            return write(*given)

        save = threading.Thread(target=lambda: answers.append(first.send("PUT", path, sent)))
        monkeypatch.setattr(actions, "write", meanwhile)
        done = sender.worked(upload.id)
        save.join(30)
        assert done.state == "imported"
        assert [answer.status for answer in answers] == [409]

    @pytest.mark.parametrize(("key", "words", "state"), [("gap", "Otra pregunta", "imported"),
                                                         ("title", "La misma", "checked")])  # fmt: skip
    def test_a_colleagues_save_while_it_is_worked_out_comes_before(
        self, sender: Sender, demonstration: Matrix, monkeypatch: pytest.MonkeyPatch, key: str,
        words: str, state: str,
    ) -> None:  # fmt: skip
        form, (first, _second), _rows = self.two(sender, demonstration, f"Mientras {key}")
        upload = sender.checked(form.body())
        sender.ask("POST", f"{BASE}/{upload.id}")
        make = working.make
        saved: list[int] = []

        def meanwhile(*given: Any) -> Any:
            plan = make(*given)
            if not saved:
                with ThreadPoolExecutor(1) as other:
                    sent = {key: words}
                    saved.append(other.submit(first.post, "essentials", **sent).result(30).status)
            return plan

        monkeypatch.setattr(working, "make", meanwhile)
        done = sender.worked(upload.id)
        assert saved[0] < 400
        assert done.state == state, "what she saved is looked at, and stands"
        with sender.matrix.app.app_context():
            reference = next(r["reference"] for r in rows_of("dossier") if r["id"] == first.need)
        assert sender.drafts()[reference][key] == words
        assert (sender.drafts()[reference]["title"] == "Desde el libro") == (state == "imported")

    def test_whoever_saves_without_end_makes_people_look_again(
        self, sender: Sender, demonstration: Matrix, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form, _writers, _rows = self.two(sender, demonstration, "Sin fin")
        upload = sender.checked(form.body())
        sender.ask("POST", f"{BASE}/{upload.id}")
        before = sender.drafts()
        monkeypatch.setattr(
            working, "stands", lambda *_: made.Stands({secrets.token_hex(8): None}, {})
        )
        done = sender.worked(upload.id)
        assert (done.state, done.findings["is_again"]) == ("checked", True)
        assert sender.drafts() == before
