"""Does a record that ended still say what was written in it, to those who could read it before?"""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.access.asking import Answer
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.writing import Writer
from tests.needs.reading import certifying, complete

__all__ = ["complete", "demonstration"]

TITLE, GAP = "Acogida en la costa", "Nadie sabe a quién llamar de noche."
HERE = "Ana Rivas (demostración) está en"


class Given:
    """A draft of Honduras that Ana writes and her focal point gives up."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.ana, self.marta = Writer(matrix, "hn.contributor"), Writer(matrix, "hn.focal")
        started = self.ask(self.ana, "/needs", call=matrix.things.open_call)
        self.need = self.ana.need = self.marta.need = started.location.split("/")[2]
        assert self.ana.post("essentials", title=TITLE, gap=GAP).status == 303

    def ask(self, who: Writer, path: str, **sent: str) -> Answer:
        return who.send("POST" if sent else "GET", path, sent)

    def as_(self, key: str, path: str) -> Answer:
        who = next(one for one in self.matrix.everybody if one.key == key)
        return self.matrix.asker.ask(who, "GET", path)

    def page(self, path: str = "", who: Writer | None = None) -> str:
        answer = self.ask(who or self.ana, f"/needs/{self.need}{path}")
        assert answer.status == 200, answer.location
        return answer.body.decode()

    def withdraw(self) -> None:
        sent = self.ask(self.marta, f"/needs/{self.need}/withdrawal", reason="Se repite.")
        assert sent.status == 303


def words_of(paper: Answer) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.body)).pages)
    return " ".join(text.split())


@pytest.fixture
def given(demonstration: Matrix) -> Given:
    return Given(demonstration)


def test_its_delegation_reads_its_title_and_its_last_answers(given: Given) -> None:
    given.withdraw()
    page = given.page()
    assert f"<h1>{TITLE}</h1>" in page
    assert GAP in page
    assert "Aún sin título" not in page
    for path in (f"/needs?words={TITLE}", "/mine"):
        listed = given.ask(given.ana, path).body.decode()
        assert (given.need in listed, TITLE in listed) == (True, True), path
    for key in ("mx.focal", "st.officer"):
        assert given.as_(key, f"/needs/{given.need}").status == 404
        assert TITLE not in given.as_(key, "/needs").body.decode()


def test_the_secretariat_reads_what_was_certified_and_no_word_of_the_draft(given: Given) -> None:
    ana = Writer(given.matrix, "hn.contributor", "accepted")
    given.need = given.marta.need = ana.need
    assert given.ask(ana, f"/needs/{given.need}/revision", go="1").status == 303
    assert ana.post("essentials", title=TITLE, gap=GAP).status == 303
    given.withdraw()
    assert GAP in given.page()
    for path in (f"/needs/{given.need}", "/needs?state=withdrawn"):
        read = given.as_("st.officer", path)
        assert (read.status, given.need in read.body.decode()) == (200, True)
        assert TITLE not in read.body.decode()
    assert GAP not in words_of(given.as_("st.officer", f"/needs/{given.need}/document.pdf"))
    assert GAP in words_of(given.as_("hn.contributor", f"/needs/{given.need}/document.pdf"))


def test_its_document_is_a_pdf_with_what_was_written_last(given: Given) -> None:
    given.withdraw()
    asked = given.ask(given.ana, f"/needs/{given.need}/document.pdf")
    assert (asked.status, asked.body[:5]) == (200, b"%PDF-")
    assert GAP in words_of(asked)


def test_a_colleague_who_was_writing_in_it_is_told_who_ended_it(given: Given) -> None:
    fields = given.ana.fields("essentials")
    given.withdraw()
    saved = given.ana.send("PUT", f"/needs/{given.need}/answers/gap", {**fields, "gap": "Otra"})
    assert saved.status == 409
    assert "Marta Zelaya (demostración) la retiró el" in saved.body.decode()
    assert "No se guardó nada" in saved.body.decode()
    assert given.ask(given.ana, f"/needs/{given.need}/sections/essentials").status == 303
    assert GAP in given.page()


@pytest.mark.parametrize("act", ["withdrawing", "certifying"])
def test_before_it_ends_one_reads_who_is_in_the_draft(
    given: Given, act: str, complete: None
) -> None:
    leads_to = certifying(given.page("/check", given.marta)).removeprefix(f"/needs/{given.need}")
    path = leads_to if act == "certifying" else "/withdrawal"
    assert HERE not in given.page(path, given.marta)
    there = {"section": "essentials", "place": "gap"}
    assert given.ana.send("PUT", f"/needs/{given.need}/presence", there).status == 204
    assert "Ana Rivas (demostración) está en «" in given.page(path, given.marta)
