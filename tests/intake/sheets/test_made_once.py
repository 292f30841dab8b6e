"""Does a row make one draft, however often its file is mended and sent again?"""

from __future__ import annotations

import pytest

from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.sheets.filling import Form, Sender
from tests.intake.sheets.test_round_trip import counts, one_need, page_of, reasons
from tests.intake.writing import Writer


@pytest.fixture
def sender(demonstration: Matrix) -> Sender:
    return Sender(demonstration)


def brought_in(sender: Sender, form: Form, **data: str) -> dict[str, str]:
    """Reference -> title of the drafts that were made."""
    before = sender.drafts().keys()
    assert sender.bring_in(sender.checked(form.body()), **data).status == 303
    now = sender.drafts()
    return {key: now[key]["title"] for key in now.keys() - before}


def test_a_file_that_is_mended_after_rows_were_left_out_makes_only_those(sender: Sender) -> None:
    form = one_need(sender, "La buena de dos")
    form.put("title", "La mala de dos", row=2)
    form.put("modality", "a ratos", row=2)
    (good,) = brought_in(sender, form, leave_out="yes")
    form.put("modality", None, row=2)
    again = sender.checked(form.body())
    assert counts(again) == (1, 0, 0, 0)
    assert f"1 fila ya se creó: {good}" in page_of(sender, again)
    assert list(brought_in(sender, form).values()) == ["La mala de dos"]
    assert counts(sender.checked(form.body())) == (0, 0, 0, 0)


def test_a_row_without_a_key_is_known_by_its_answers(sender: Sender) -> None:
    form = one_need(sender, "Sin clave")
    for row in (1, 2):
        form.put("_seen", None, row=row)
        form.put("title", "Sin clave", row=row)
    form.put("_number", 2, row=2, table="audience")
    for key, value in (("profile", "Fiscalía"), ("women", 12), ("men", 8)):
        form.put(key, value, row=2, table="audience")
    assert len(brought_in(sender, form)) == 2
    form.put("title", "Otra", row=3)
    assert list(brought_in(sender, form).values()) == ["Otra"]


def test_a_row_that_was_copied_with_its_key_makes_a_draft_of_its_own(sender: Sender) -> None:
    form = one_need(sender, "Copiada")
    page, column = form.pages[""], form.columns[""]["_seen"]
    form.put("title", "La copia", row=2)
    form.put("_seen", page.cell(form.key_row + 1, column).value, row=2)
    assert set(brought_in(sender, form).values()) == {"Copiada", "La copia"}
    assert counts(sender.checked(form.body())) == (0, 0, 0, 0)


def test_a_row_that_says_something_else_changes_the_draft_that_was_made_of_it(
    sender: Sender,
) -> None:
    form = one_need(sender, "Antes de pensarlo")
    (reference,) = brought_in(sender, form)
    form.put("title", "Después de pensarlo")
    form.put("women", 13, table="audience")
    upload = sender.checked(form.body())
    assert counts(upload) == (0, 1, 0, 0)
    assert "cambia el borrador que se creó con ella" in page_of(sender, upload)
    before = sender.drafts()[reference]["audience"][0]["id"]
    assert brought_in(sender, form) == {}
    now = sender.drafts()[reference]
    assert now["title"] == "Después de pensarlo"
    assert [(row["id"], row["women"]) for row in now["audience"]] == [(before, 13)]
    form.put("women", 14, table="audience")
    assert counts(sender.checked(form.body())) == (0, 1, 0, 0)


def test_a_row_whose_draft_was_withdrawn_makes_another(
    sender: Sender, demonstration: Matrix
) -> None:
    form = one_need(sender, "Vuelve a hacer falta")
    (withdrawn,) = brought_in(sender, form)
    with sender.matrix.app.app_context():
        need = next(row["id"] for row in rows_of("dossier") if row["reference"] == withdrawn)
    focal = Sender(demonstration, "hn.focal")
    assert focal.ask("POST", f"/needs/{need}/withdrawal", reason="Se retiró.").status == 303
    upload = sender.checked(form.body())
    assert counts(upload) == (1, 0, 0, 0)
    assert f"se retiró o se descartó: {withdrawn}" in page_of(sender, upload)
    (anew,) = brought_in(sender, form)
    assert anew != withdrawn
    again = sender.checked(form.body())
    assert counts(again) == (0, 0, 0, 0)
    assert f"1 fila ya se creó: {anew}" in page_of(sender, again)


def discarded(sender: Sender, reference: str) -> str:
    """Discard the draft; the address of the need."""
    with sender.matrix.app.app_context():
        need = next(row["id"] for row in rows_of("dossier") if row["reference"] == reference)
    assert sender.ask("POST", f"/needs/{need}/discarding").status == 303
    return f"/needs/{need}"


def test_a_row_whose_draft_was_discarded_makes_another_and_the_page_says_so(
    sender: Sender,
) -> None:
    form = one_need(sender, "Descartada y vuelta a enviar")
    (before,) = brought_in(sender, form)
    discarded(sender, before)
    upload = sender.checked(form.body())
    assert counts(upload) == (1, 0, 0, 0)
    assert f"se retiró o se descartó: {before}" in page_of(sender, upload)
    (anew,) = brought_in(sender, form)
    assert f"1 fila ya se creó: {anew}" in page_of(sender, sender.checked(form.body()))


def test_a_draft_that_was_brought_back_is_known_by_its_row_again(sender: Sender) -> None:
    form = one_need(sender, "Descartada y recuperada")
    (reference,) = brought_in(sender, form)
    need = discarded(sender, reference)
    assert sender.ask("POST", f"{need}/bringing-back").status == 303
    upload = sender.checked(form.body())
    assert counts(upload) == (0, 0, 0, 0)
    assert f"1 fila ya se creó: {reference}" in page_of(sender, upload)


def test_what_was_changed_in_enlace_since_is_a_problem_at_the_row(
    sender: Sender, demonstration: Matrix
) -> None:
    form = one_need(sender, "Se cambia en Enlace")
    (reference,) = brought_in(sender, form)
    writer = Writer(demonstration, "hn.focal")
    with sender.matrix.app.app_context():
        writer.need = next(r["id"] for r in rows_of("dossier") if r["reference"] == reference)
    assert writer.post("essentials", title="En Enlace").status < 400
    assert counts(sender.checked(form.body())) == (0, 0, 0, 0)  # says the same as when it was made
    form.put("title", "En el libro")
    upload = sender.checked(form.body())
    assert counts(upload) == (0, 0, 0, 1)
    assert any("was made of this row and changed in Enlace" in each for each in reasons(upload))
    (problem,) = [each for each in upload.findings["problems"] if not each["is_remark"]]
    assert problem["place"]["row"] == form.key_row + 1
    assert sender.drafts()[reference]["title"] == "En Enlace"
