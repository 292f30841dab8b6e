"""Does a filled workbook become drafts exactly as it says, once, whole or not at all?"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.db.transactions import transaction
from app.extensions import db
from app.intake.sheets import jobs
from app.intake.sheets.layout import MOST_RECORDS
from app.intake.sheets.models import SheetUpload
from app.web.guard import rule_of
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.sheets.filling import BASE, Form, Sender
from tests.intake.sheets.planting import plant
from tests.intake.writing import Writer, fingerprint
from tests.support.good_html import assert_good_html

MINE = "hn.contributor"


@pytest.fixture
def sender(demonstration: Matrix) -> Sender:
    return Sender(demonstration)


def counts(upload: SheetUpload) -> tuple[int, int, int, int]:
    """New, changed, unchanged and bad rows."""
    assert upload.findings is not None
    return tuple(upload.findings[key] for key in ("new", "changed", "same", "bad"))  # type: ignore[return-value]


def one_need(sender: Sender, title: str) -> Form:
    form = Form(sender.form())
    form.put("title", title)
    form.put("_number", 1, table="audience")
    form.put("profile", "Fiscalía", table="audience")
    form.put("women", 12, table="audience")
    form.put("men", 8, table="audience")
    return form


class TestTheForm:
    def test_it_is_in_the_readers_language_with_lists_and_a_hidden_row_of_keys(
        self, sender: Sender
    ) -> None:
        book = load_workbook(BytesIO(sender.form()))
        page = book.worksheets[1]
        form = Form(sender.form())
        assert page.row_dimensions[form.key_row].hidden
        assert form.heading("title") == "Título *"
        assert book["_lists"].sheet_state == "hidden"
        lists = {rule.formula1 for rule in page.data_validations.dataValidation}
        assert {"list_themes", "list_yes_no", "list_countries_members"} <= lists
        themes = book.defined_names["list_themes"].attr_text.replace("$", "").split("!")[1]
        assert book["_lists"][themes][1][0].value == "Detección e indicadores"

    def test_a_call_that_is_not_open_gives_none(self, sender: Sender) -> None:
        with sender.matrix.app.app_context():
            closed = next(row["id"] for row in rows_of("call") if row["state"] == "scheduled")
        answer = sender.ask("GET", f"{BASE}/{closed}/form.xlsx")
        assert answer.status == 409


class TestFillingIn:
    def test_a_row_becomes_a_draft_that_says_where_it_came_from(self, sender: Sender) -> None:
        before = sender.drafts()
        form = one_need(sender, "Entrevista en frontera")
        form.put("themes.1", "Detección e indicadores")
        form.put("themes.3", "Consular protection\nT20")
        form.put("duration.count", 4)
        form.put("duration.unit", "semanas")
        form.put("duration.hours", 6.5)
        upload = sender.checked(form.body())
        assert counts(upload) == (1, 0, 0, 0)
        assert sender.drafts() == before

        assert sender.bring_in(upload).status == 303
        (reference,) = sender.drafts().keys() - before.keys()
        made = sender.drafts()[reference]
        assert made["themes"] == ["T2", "T14", "T20"]
        assert made["duration"] == {"unit": "weeks", "count": 4, "hours": "6.5"}
        assert [{**row, "id": ""} for row in made["audience"]] == [
            {"id": "", "profile": "prosecutor", "women": 12, "men": 8}
        ]
        assert sender.upload(upload.id).findings["made"] == [reference]
        with sender.matrix.app.app_context():
            events = rows_of("audit_event")
        saved = [each for each in events if upload.id in (each["detail"] + each["subject_id"])]
        assert {"filled-from-sheet", "sheet-brought-in"} <= {e["kind"] for e in saved}
        (begun,) = [e["value"] for e in saved if e["kind"] == "filled-from-sheet"]
        assert begun["title"] == "Entrevista en frontera"
        need = next(row["id"] for row in _dossiers(sender) if row["reference"] == reference)
        history = sender.ask("GET", f"/needs/{need}/history").body.decode()
        assert "lo llenó desde una hoja de cálculo" in history
        of_title = sender.ask("GET", f"/needs/{need}/history?question=title").body.decode()
        assert "lo llenó desde una hoja de cálculo" in of_title
        assert "Entrevista en frontera" in of_title

    def test_what_is_decided_twice_or_sent_twice_is_made_once(self, sender: Sender) -> None:
        body = one_need(sender, "Una sola vez").body()
        upload = sender.checked(body)
        sender.bring_in(upload)
        once = sender.drafts()
        assert sender.bring_in(upload).status == 303
        sender.worked(upload.id)
        again = sender.checked(body)
        assert counts(again) == (0, 0, 0, 0)
        assert "1 fila ya se creó" in page_of(sender, again)
        assert sender.bring_in(again).status == 422
        assert sender.drafts() == once

    def test_the_same_file_decided_on_in_two_windows_is_brought_in_once(
        self, sender: Sender
    ) -> None:
        body = one_need(sender, "Dos ventanas").body()
        first, second = sender.checked(body), sender.checked(body)
        before = sender.drafts()
        for upload in (first, second):
            sender.ask("POST", f"{BASE}/{upload.id}")
        for upload in (first, second):
            sender.worked(upload.id)
        assert len(sender.drafts()) == len(before) + 1

    def test_a_colleague_reads_it_and_another_country_finds_nothing(
        self, sender: Sender, demonstration: Matrix
    ) -> None:
        upload = sender.checked(one_need(sender, "Solo nuestro").body())
        assert Sender(demonstration, "hn.focal").ask("GET", f"{BASE}/{upload.id}").status == 200
        foreign = Sender(demonstration, "mx.focal")
        for method, path in (("GET", ""), ("POST", ""), ("GET", "/problems.xlsx")):
            assert foreign.ask(method, f"{BASE}/{upload.id}{path}").status == 404
        assert Sender(demonstration, "st.officer").ask("GET", f"{BASE}/{upload.id}").status == 403

    def test_another_countrys_workbook_touches_nothing_of_it(
        self, sender: Sender, demonstration: Matrix
    ) -> None:
        mine = Form(sender.form("drafts"))
        mine.put("title", "Robado")
        foreign = Sender(demonstration, "mx.focal")
        before = sender.drafts()
        upload = foreign.checked(mine.body())
        assert counts(upload)[:2] == (0, 0)
        assert reasons(upload) >= {
            "Your delegation has no draft with this reference in this call. "
            "Empty the cell to make a new one."
        }
        assert sender.drafts() == before


def reasons(upload: SheetUpload) -> set[str]:
    assert upload.findings is not None
    return {each["message"] for each in upload.findings["problems"]}


def page_of(sender: Sender, upload: SheetUpload) -> str:
    answer = sender.ask("GET", f"{BASE}/{upload.id}")
    assert answer.status == 200
    text = answer.body.decode()
    assert_good_html(text)
    return text


class TestNumbers:
    def test_as_many_rows_have_a_number_as_a_workbook_takes(self, sender: Sender) -> None:
        form = one_need(sender, "La primera")
        form.put("title", "La última", row=MOST_RECORDS)
        form.put("_number", MOST_RECORDS, row=2, table="audience")
        form.put("women", 3, row=2, table="audience")
        upload = sender.checked(form.body())
        assert counts(upload) == (2, 0, 0, 0), upload.findings["problems"]
        assert upload.total == 4  # what was looked at: rows that say something

    def test_a_row_whose_number_was_deleted_is_named_where_it_is_missed(
        self, sender: Sender
    ) -> None:
        form = one_need(sender, "Sin número")
        form.put("_number", None)
        upload = sender.checked(form.body())
        (problem,) = upload.findings["problems"]
        assert problem["message"].endswith("row %(row)s has none: write its number there.")
        assert problem["params"]["row"] == form.key_row + 1


class TestMistakes:
    def test_forty_mistakes_are_forty_problems_each_at_its_place(self, sender: Sender) -> None:
        body, expected, form = plant(sender.form())
        assert len(expected) == 40
        upload = sender.checked(body)
        found = {}
        for problem in upload.findings["problems"]:
            place = problem["place"]
            at = form.book[place["sheet"]].cell(place["row"], place["column"]).coordinate
            if not problem["is_remark"]:
                found[place["sheet"], at] = problem["message"]
        assert found == expected
        assert upload.findings["problem_count"] == 40

        text = page_of(sender, upload)
        assert "40 problemas" in text
        assert "astronauta" in text
        assert "=HYPERLINK(A1)" in text
        listed = load_workbook(BytesIO(sender.ask("GET", f"{BASE}/{upload.id}/problems.xlsx").body))
        assert len(list(listed.worksheets[0].iter_rows())) >= 41

    def test_nothing_is_brought_in_by_halves_unless_somebody_says_so(self, sender: Sender) -> None:
        form = one_need(sender, "La buena")
        form.put("title", "La mala", row=2)
        form.put("modality", "a ratos", row=2)
        upload = sender.checked(form.body())
        before = sender.drafts()
        assert counts(upload) == (1, 0, 0, 1)
        refused = sender.bring_in(upload)
        assert refused.status == 422
        assert_good_html(refused.body.decode())
        assert sender.drafts() == before
        assert sender.bring_in(upload, leave_out="yes").status == 303
        made = [sender.drafts()[key]["title"] for key in sender.drafts().keys() - before.keys()]
        assert made == ["La buena"]

    def test_contradictions_are_named_and_stop_nothing(self, sender: Sender) -> None:
        form = one_need(sender, "Con fechas al revés")
        form.put("window_from", "2004-11-26")
        at = form.put("window_to", "2004-09-06")
        upload = sender.checked(form.body())
        assert counts(upload) == (1, 0, 0, 0)
        (problem,) = upload.findings["problems"]
        assert problem["is_remark"]
        assert at == f"{'Z'}{problem['place']['row']}"
        assert "El último día posible está antes del primero" in page_of(sender, upload)

    def test_what_stands_in_a_column_of_their_own_is_not_lost_silently(
        self, sender: Sender
    ) -> None:
        form = one_need(sender, "Con columna propia")
        form.pages[""].cell(form.key_row + 1, 70).value = "nota nuestra"
        upload = sender.checked(form.body())
        assert counts(upload) == (0, 0, 0, 1)
        assert reasons(upload) == {
            "This column does not belong to the form. Move its text, or empty it."
        }

    def test_columns_may_be_moved_rows_sorted_and_headings_changed(self, sender: Sender) -> None:
        form = one_need(sender, "Movida")
        page = form.pages[""]
        page.insert_rows(1)
        page.delete_rows(2)
        page.move_range("D1:D40", cols=66)
        page.insert_rows(form.key_row + 1, 3)
        upload = sender.checked(form.body())
        assert counts(upload) == (1, 0, 0, 0), upload.findings["problems"]
        assert upload.findings["titles"] == [["new", "Movida"]]


REFUSED = {
    "otro.xlsm": (b"x", "Envíe un libro de Excel"), "hoja.csv": (b"a,b", "Envíe un libro de Excel"),
    "vacío.xlsx": (b"", "Elija"), "no.xlsx": (b"PK\x03\x04nada", "guárdelo otra vez como Excel (.xlsx)"),
}  # fmt: skip


class TestRefusals:
    @pytest.mark.parametrize("name", REFUSED)
    def test_what_is_no_workbook_is_refused_at_once_and_kept_nowhere(
        self, sender: Sender, name: str
    ) -> None:
        body, words = REFUSED[name]
        before = fingerprint(sender.matrix)
        answer = sender.send(body, name)
        assert answer.status == 422
        assert_good_html(answer.body.decode())
        assert 'id="error-file"' in answer.body.decode()
        assert words in answer.body.decode()
        assert "PDF" not in answer.body.decode()
        assert fingerprint(sender.matrix) == before

    def test_a_workbook_that_is_no_form_of_ours_is_refused_in_words(self, sender: Sender) -> None:
        other = load_workbook(BytesIO(sender.form()))
        for page in other.worksheets:
            page.delete_rows(1, 4)
        target = BytesIO()
        other.save(target)
        upload = sender.checked(target.getvalue())
        assert upload.state == "refused"
        assert "fila oculta de claves" in page_of(sender, upload)

    def test_so_many_at_once_wait_for_one_another(self, sender: Sender) -> None:
        body = one_need(sender, "Muchas").body()
        assert {sender.send(body).status for _ in range(5)} == {303}
        assert sender.send(body).status == 409
        with sender.matrix.app.app_context():
            jobs.continue_all()
        assert sender.send(body).status == 303

    def test_what_waits_is_known_by_its_name_and_may_be_discarded(
        self, sender: Sender, demonstration: Matrix
    ) -> None:
        body = one_need(sender, "Por descartar").body()
        sent = sender.send(body, "segunda versión.xlsx").location.rpartition("/")[2]
        path = f"{BASE}/{sent}"
        assert sender.ask("POST", path, discard="yes").status == 409  # it is being checked
        upload = sender.worked(sent)
        assert "segunda versión.xlsx" in page_of(sender, upload)
        assert "segunda versión.xlsx" in sender.ask("GET", BASE).body.decode()
        assert Sender(demonstration, "mx.focal").ask("POST", path, discard="yes").status == 404
        for _ in range(2):
            assert sender.ask("POST", path, discard="yes").status == 303
        assert "segunda versión.xlsx" not in sender.ask("GET", BASE).body.decode()
        assert "Se descartó el libro" in page_of(sender, upload)
        gone = sender.upload(sent)
        assert (gone.state, gone.name, gone.file_id, gone.findings) == ("discarded", "", None, None)
        with sender.matrix.app.app_context():
            assert [row for row in rows_of("attachment") if row["subject_id"] == sent] == []
        assert sender.ask("POST", path).status == 409
        assert sender.worked(sent).state == "discarded"

    def test_files_are_forgotten_and_the_page_says_so(self, sender: Sender) -> None:
        upload = sender.checked(one_need(sender, "Vieja").body())
        with sender.matrix.app.app_context():
            with transaction(writing=True) as session:
                session.get_one(SheetUpload, upload.id).uploaded_at -= 2 * jobs.KEPT
            jobs.forget_old()
            left = [row for row in rows_of("attachment") if row["subject_id"] == upload.id]
        assert left == []
        assert sender.upload(upload.id).findings is None
        assert "Fue hace tiempo" in page_of(sender, upload)


class TestComingBack:
    def test_drafts_that_nobody_changed_are_unchanged(self, sender: Sender) -> None:
        drafts = sender.drafts()
        upload = sender.checked(sender.form("drafts"))
        assert counts(upload) == (0, 0, len(drafts), 0)
        assert "no hay nada que incorporar" in page_of(sender, upload)

    def test_what_was_changed_in_the_workbook_is_changed_in_the_draft(self, sender: Sender) -> None:
        sender.bring_in(sender.checked(one_need(sender, "Antes").body()))
        form = Form(sender.form("drafts"))
        row = next(n for n in range(1, 40) if title_in(form, n) == "Antes")
        reference = form.pages[""].cell(form.key_row + row, 2).value
        form.put("title", "Después", row=row)
        form.put("place_preference", "Cerca", row=row)
        table = form.pages["audience"]
        at = next(n for n in range(1, 60) if table.cell(form.key_row + n, 1).value == row)
        form.put("women", 99, row=at, table="audience")
        form.put("_number", row, row=70, table="audience")
        form.put("profile", "consular", row=70, table="audience")
        upload = sender.checked(form.body())
        assert counts(upload)[1::2] == (1, 0), upload.findings["problems"]
        sender.bring_in(upload)
        now = sender.drafts()[reference]
        assert (now["title"], now["place_preference"]) == ("Después", "Cerca")
        assert [row.get("women") for row in now["audience"]] == [99, None]
        assert [row["profile"] for row in now["audience"]] == ["prosecutor", "consular"]

    def test_what_a_colleague_changed_meanwhile_is_never_overwritten(
        self, sender: Sender, demonstration: Matrix
    ) -> None:
        writer = Writer(demonstration, "hn.focal")
        form = Form(sender.form("drafts"))
        reference = next(row["reference"] for row in _dossiers(sender) if row["id"] == writer.need)
        row = next(n for n in range(1, 40) if form.pages[""].cell(form.key_row + n, 2).value == reference)  # fmt: skip
        writer.post("essentials", title="Lo que escribió otra persona")
        same_place = form.put("title", "Lo que dice el libro", row=row)
        upload = sender.checked(form.body())
        assert counts(upload)[1::2] == (0, 1)
        (problem,) = upload.findings["problems"]
        assert problem["message"].startswith("%(who)s changed this")
        assert form.pages[""].cell(problem["place"]["row"], problem["place"]["column"]).coordinate == same_place  # fmt: skip
        assert sender.drafts()[reference]["title"] == "Lo que escribió otra persona"
        text = page_of(sender, upload)
        assert "Lo que dice el libro" in text
        assert "Lo que escribió otra persona" in text
        assert f'href="/needs/{writer.need}/sections/essentials#title"' in text
        file = sender.ask("GET", f"{BASE}/{upload.id}/problems.xlsx").body
        listed = [
            str(cell.value) for cell in list(load_workbook(BytesIO(file)).worksheets[0].rows)[-1]
        ]
        assert listed[3:5] == ["Lo que dice el libro", "Lo que escribió otra persona"]

        form = Form(sender.form("drafts"))
        upload = sender.checked(with_change(form, row, "Desde el libro"))
        assert counts(upload)[1::2] == (1, 0)
        writer.post("essentials", title="Mientras tanto")
        sender.bring_in(upload)
        assert sender.upload(upload.id).state == "checked"
        assert "Algo cambió en Enlace" in page_of(sender, upload)
        assert sender.drafts()[reference]["title"] == "Mientras tanto"

    def test_an_empty_draft_that_nobody_filled_in_is_unchanged(
        self, sender: Sender, demonstration: Matrix
    ) -> None:
        started = Sender(demonstration, "hn.focal").ask("POST", "/needs", call=sender.call)
        assert started.status == 303
        drafts = sender.drafts()
        assert {} in drafts.values()
        upload = sender.checked(sender.form("drafts"))
        assert counts(upload) == (0, 0, len(drafts), 0)
        assert upload.findings["problems"] == []

    def test_a_row_that_was_emptied_is_asked_about(self, sender: Sender) -> None:
        form = Form(sender.form("drafts"))
        page = form.pages[""]
        for column in range(4, 60):
            page.cell(form.key_row + 1, column).value = None
        for table in ("audience", "costs"):
            form.pages[table].delete_rows(form.key_row + 1, 60)
        upload = sender.checked(form.body())
        assert counts(upload)[3] == 1
        assert any(
            reason.startswith("Everything in this row was emptied") for reason in reasons(upload)
        )


def with_change(form: Form, row: int, title: str) -> bytes:
    form.put("title", title, row=row)
    return form.body()


def title_in(form: Form, row: int) -> Any:
    return form.pages[""].cell(form.key_row + row, form.columns[""]["title"]).value


def _dossiers(sender: Sender) -> list[dict[str, Any]]:
    with sender.matrix.app.app_context():
        return rows_of("dossier")


def test_both_pages_are_good_html(sender: Sender) -> None:
    answer = sender.ask("GET", BASE)
    assert answer.status == 200
    assert_good_html(answer.body.decode())
    upload_id = sender.send(one_need(sender, "En camino").body()).location.rpartition("/")[2]
    text = page_of(sender, sender.upload(upload_id))
    assert 'http-equiv="refresh"' in text
    assert "every 2s" in text
    progress = f"{BASE}/{upload_id}/progress"
    assert text.count(progress) == 2
    assert_good_html(sender.ask("GET", progress).body.decode())
    # An open page that asks by itself keeps no abandoned session alive.
    assert rule_of(sender.matrix.app, "needs.sheet_progress").is_unattended
    assert not rule_of(sender.matrix.app, "needs.sheet").is_unattended


def test_a_person_who_may_no_longer_draft_brings_nothing_in(sender: Sender) -> None:
    upload = sender.checked(one_need(sender, "Ya no").body())
    sender.ask("POST", f"{BASE}/{upload.id}")
    before = sender.drafts()
    with sender.matrix.app.app_context(), transaction(writing=True) as session:
        table = db.metadata.tables["membership"]
        session.execute(
            db.update(table).where(table.c.person_id == sender.who.person_id)
            .values(ended_at=db.func.current_timestamp())
        )  # fmt: skip
    assert sender.worked(upload.id).state == "refused"
    assert sender.drafts() == before


def test_who_may_only_read_needs_is_led_to_no_form(demonstration: Matrix) -> None:
    for key, is_led in (("mx.focal", True), ("mx.legal", False)):
        listed = Sender(demonstration, key).ask("GET", "/needs")
        assert listed.status == 200
        assert (BASE.encode() in listed.body) is is_led, key
