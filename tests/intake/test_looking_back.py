"""Does the history tell who wrote what, and can an earlier text be brought back?"""

from __future__ import annotations

import html
import json
import re
from base64 import urlsafe_b64decode
from urllib.parse import unquote

import pytest

from app.audit.models import AuditEvent
from app.db.transactions import transaction
from app.extensions import db
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen
from tests.intake.writing import Writer, fingerprint

BUTTON = re.compile(
    r'name="event" value="([0-9a-f]{64})"><input type="hidden" name="revision" value="(\w+:\d+)"'
)
MARK = re.compile(
    r'<(?:del|ins)><span class="hush">\[\w+: </span>(.*?)<span class="hush">\]</span></(?:del|ins)>'
)


class Past:
    """A draft in which two people of a delegation write, and its history."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.ana, self.marta = Writer(matrix, "hn.contributor"), Writer(matrix, "hn.focal")
        self.base = f"/needs/{self.ana.need}"

    def says(self, who: Writer, key: str, words: str) -> None:
        revision = who.fields("essentials")[f"_revision.{key}"]
        sent = {key: words, f"_revision.{key}": revision}
        assert who.send("PUT", f"{self.base}/answers/{key}", sent).status == 200

    def tells(self, who: Writer | None = None, question: str = "", **more: str) -> Seen:
        asked = "&".join(
            f"{name}={value}" for name, value in {"question": question, **more}.items()
        )
        who = who or self.ana
        answer = self.matrix.asker.ask(who.who, "GET", f"{self.base}/history?{asked}")
        return Seen(answer.status, html.unescape(answer.body.decode()), None)

    def bring_back(self, who: Writer, event: str, revision: str) -> int:
        sent = {"event": event, "revision": revision}
        return who.send("POST", f"{self.base}/restoration", sent).status


@pytest.fixture
def past(demonstration: Matrix) -> Past:
    return Past(demonstration)


def newest_of(shown: Seen) -> str:
    """The newest change, without the marks at the words that differ."""
    return MARK.sub(r"\1", shown.html.split('<li class="card"')[1])


def buttons(shown: Seen) -> list[tuple[str, str]]:
    return BUTTON.findall(shown.html)


def test_each_change_stands_there_with_its_writer_and_both_texts(past: Past) -> None:
    past.says(past.ana, "title", "Primer título")
    past.says(past.marta, "title", "Segundo título")
    newest = newest_of(past.tells(question="title"))
    assert newest.index("Primer título") < newest.index("Segundo título")
    assert "<b>Marta Zelaya" in newest
    assert "Segundo título" not in past.tells(question="gap").html


def test_the_words_that_went_and_came_are_marked_also_for_whoever_hears_the_page(
    past: Past,
) -> None:
    past.says(past.ana, "gap", "Faltan doce personas en el turno de noche.")
    past.says(past.ana, "gap", "Faltan quince personas en el turno de <b>noche.")
    page = past.tells(question="gap").tree()
    assert ["".join(each.itertext()) for each in page.iter("del")][:2] == [
        "[quitado: doce]", "[quitado: noche.]"
    ]  # fmt: skip
    assert "".join(next(page.iter("ins")).itertext()) == "[agregado: quince]"


def test_hostile_text_is_shown_as_text(past: Past) -> None:
    past.says(past.ana, "title", "<img src=x onerror=alert(1)>")
    answer = past.matrix.asker.ask(past.ana.who, "GET", f"{past.base}/history?question=title")
    assert b"<img src=x" not in answer.body
    assert b"&lt;img src=x onerror" in answer.body


def test_an_earlier_text_is_brought_back_as_a_new_change(past: Past) -> None:
    past.says(past.ana, "title", "El de antes")
    past.says(past.marta, "title", "El de ahora")
    event, revision = buttons(past.tells(question="title"))[0]
    assert past.bring_back(past.ana, event, revision) == 303
    assert past.ana.fields("essentials")["title"] == ["El de antes"]
    newest = newest_of(past.tells(question="title"))
    assert newest.index("El de ahora") < newest.index("El de antes")


def test_what_stands_now_offers_no_bringing_back(past: Past) -> None:
    past.says(past.ana, "title", "Lo que vale ahora")
    newest = newest_of(past.tells(question="title"))
    assert "restoration" not in newest


def test_bringing_back_over_a_colleagues_newer_text_changes_nothing(past: Past) -> None:
    past.says(past.ana, "title", "Uno")
    past.says(past.ana, "title", "Dos")
    event, revision = buttons(past.tells(question="title"))[0]
    past.says(past.marta, "title", "Tres, entretanto")
    before = fingerprint(past.matrix)
    assert past.bring_back(past.ana, event, revision) == 409
    assert fingerprint(past.matrix) == before


@pytest.mark.parametrize("event", ["", "x", "-1", "0", "99999999999", "9" * 40, "f" * 64])
def test_an_event_that_is_not_of_this_record_is_missing(past: Past, event: str) -> None:
    assert past.bring_back(past.ana, event, "1") == 404


def test_another_needs_text_cannot_be_brought_into_this_one(
    past: Past, demonstration: Matrix
) -> None:
    past.says(past.ana, "title", "De esta")
    past.says(past.ana, "title", "De esta, otra vez")
    event, revision = buttons(past.tells(question="title"))[0]
    other = Writer(demonstration, "hn.contributor", "returned")
    sent = {"event": event, "revision": revision}
    assert other.send("POST", f"/needs/{other.need}/restoration", sent).status == 404


def test_the_secretariat_reads_no_history_of_a_draft(past: Past) -> None:
    officer = next(one for one in past.matrix.everybody if one.key == "st.officer")
    assert past.matrix.asker.ask(officer, "GET", f"{past.base}/history").status in (403, 404)


@pytest.mark.parametrize("question", ["title", "audience", "essentials:", "costs:"])
def test_the_history_of_a_question_and_of_a_section_open(past: Past, question: str) -> None:
    assert past.tells(question=question).status == 200


@pytest.mark.parametrize("question", ["nothing", "nothing:", "title.x", "'; --"])
def test_a_question_that_the_form_does_not_ask_is_missing(past: Past, question: str) -> None:
    assert past.tells(question=question).status == 404


def test_a_long_history_is_read_page_by_page_without_repeating(past: Past) -> None:
    for number in range(30):
        past.says(past.ana, "title", f"Título {number}")
    first = past.tells(question="title")
    seen = re.findall(r'id="e-([0-9a-f]+)"', first.html)
    assert len(seen) == 25
    mark = re.search(r'mark=([^"&]+)" rel="next"', first.html)[1]
    further = re.findall(r'id="e-([0-9a-f]+)"', past.tells(question="title", mark=mark).html)
    assert further
    assert not set(seen) & set(further)


def test_no_page_tells_how_much_happens_elsewhere(past: Past) -> None:
    for number in range(26):
        past.says(past.ana, "title", f"Otro título {number}")
    shown = past.tells()
    with past.matrix.app.app_context(), transaction(writing=False) as session:
        newest = session.scalars(
            db.select(AuditEvent.seq).order_by(AuditEvent.seq.desc()).limit(60)
        )
        numbers = {str(seq) for seq in newest}
    assert len(numbers) == 60
    mark = re.search(r'mark=([^"&]+)" rel="next"', shown.html)[1]
    given = re.findall(r'(?:id|value)="(?:e-)?(\w+)"', shown.html)
    given += map(str, json.loads(urlsafe_b64decode(unquote(mark))))
    assert given
    assert not numbers & set(given)


class TestAfterAReturn:
    """A draft that was opened from a certified version begins with that version's answers."""

    @pytest.fixture
    def returned(self, demonstration: Matrix) -> tuple[Matrix, Writer]:
        writer = Writer(demonstration, "hn.contributor", "returned")
        if writer.need not in writer.open:
            assert writer.send("POST", f"/needs/{writer.need}/revision", {}).status == 303
        return demonstration, writer

    def test_the_first_change_is_told_from_what_was_certified(self, returned) -> None:
        matrix, writer = returned
        certified = writer.fields("essentials")["title"][0]
        revision = writer.fields("essentials")["_revision.title"]
        sent = {"title": "Después de la devolución", "_revision.title": revision}
        assert writer.send("PUT", f"/needs/{writer.need}/answers/title", sent).status == 200
        answer = matrix.asker.ask(writer.who, "GET", f"/needs/{writer.need}/history?question=title")
        newest = html.unescape(answer.body.decode()).split('<li class="card"')[1]
        assert newest.index(certified) < newest.index("Después de la devolución")


def certified_twice(matrix: Matrix) -> tuple[Writer, str]:
    """Somebody of a delegation with a need of which two versions were certified."""
    from tests.access.things import needs

    with matrix.app.app_context():
        found = next(row for row in needs() if row["versions_count"] > 1)
    who = next(
        one
        for one in matrix.everybody
        if one.organisation_id == found["organisation_id"] and one.key.endswith(".focal")
    )
    writer = Writer.__new__(Writer)
    writer.matrix, writer.who, writer.need = matrix, who, found["id"]
    return writer, found["id"]


class TestComparison:
    """Two certified versions side by side."""

    def test_two_versions_stand_side_by_side_with_what_was_asked(
        self, demonstration: Matrix
    ) -> None:
        writer, need = certified_twice(demonstration)
        shown = demonstration.asker.ask(writer.who, "GET", f"/needs/{need}/comparison")
        assert b'<h2 id="changes">' in shown.body
        same = demonstration.asker.ask(
            writer.who, "GET", f"/needs/{need}/comparison?before=1&after=1"
        )
        assert same.status == 200
        assert b'<h2 id="changes">' not in same.body

    def test_the_order_in_which_they_are_chosen_does_not_matter(
        self, demonstration: Matrix
    ) -> None:
        writer, need = certified_twice(demonstration)
        ways = [
            demonstration.asker.ask(writer.who, "GET", f"/needs/{need}/comparison?{way}").body
            for way in ("before=1&after=2", "before=2&after=1")
        ]
        headings = [re.search(rb"<h2 id=\"changes\">(.*?)</h2>", body)[1] for body in ways]
        assert headings[0] == headings[1]

    @pytest.mark.parametrize("number", ["0", "99", "x", "-1", "1" * 30])
    def test_a_version_that_is_not_there_is_missing(
        self, demonstration: Matrix, number: str
    ) -> None:
        writer, need = certified_twice(demonstration)
        path = f"/needs/{need}/comparison?before={number}"
        assert demonstration.asker.ask(writer.who, "GET", path).status == 404


@pytest.mark.parametrize("question", ["essentials:", "gap"])
def test_the_history_of_a_section_leads_back_to_where_one_writes(past: Past, question: str) -> None:
    back = '<a class="back" href="{}">'
    assert back.format(f"{past.base}/sections/essentials") in past.tells(question=question).html
    assert back.format(past.base) in past.tells().html
    reader = Writer(past.matrix, "hn.legal")
    assert back.format(past.base) in past.tells(reader, question=question).html


def test_the_button_that_compares_says_so(past: Past) -> None:
    accepted = Writer(past.matrix, "hn.contributor", "accepted")
    page = past.matrix.asker.ask(accepted.who, "GET", f"/needs/{accepted.need}/comparison")
    assert "Comparar</button>" in page.body.decode()
    assert "Filtrar" not in page.body.decode()
