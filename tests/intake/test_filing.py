"""Does a need that arrived by letter wait for its country's word, behind the delegation's wall?"""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from app.attachments import actions as attachments
from app.db import scoping
from app.db.transactions import transaction
from app.intake import presence
from tests.access.asking import Answer, Somebody
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen
from tests.intake.writing import fingerprint
from tests.needs.reading import previewing
from tests.storage.samples import PDF
from tests.support.delivering import deliver

ORIGINAL = {
    "channel": "letter", "received_on": "20/05/2004", "office": "Cancillería",
    "sender": "Marta Paz", "number": "OF-17", "note": "",
}  # fmt: skip

UNCONFIRMED = "redactada por la ST, sin confirmar"


class Desk:
    """The Secretariat, which files for Honduras, and Honduras, which answers."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.st, self.hn, self.mx = map(self.somebody, ("st.officer", "hn.focal", "mx.focal"))
        self.ana = self.somebody("hn.contributor")

    def somebody(self, key: str) -> Somebody:
        return next(one for one in self.matrix.everybody if one.key == key)

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self.matrix.app.app_context():
            return rows_of(table)

    def ask(self, who: Somebody, path: str, **data: Any) -> Answer:
        return self.matrix.asker.ask(who, "POST" if data else "GET", path, data=data)

    def file(self, **changes: Any) -> Answer:
        sent = {"call": self.matrix.things.open_call, "country": self.hn.organisation_id,
                "original": (io.BytesIO(PDF), "carta.pdf"), **ORIGINAL, **changes}  # fmt: skip
        return self.ask(self.st, "/needs/filings/new",
                        **{name: said for name, said in sent.items() if said is not None})  # fmt: skip

    def filed(self, **changes: Any) -> str:
        """A need filed, and written by the Secretariat on its pages; its id."""
        answer = self.file(**changes)
        assert answer.status == 303, answer.body.decode()
        need_id = answer.location.split("/")[2]
        assert self.write(self.st, need_id).status == 303
        return need_id

    def write(self, who: Somebody, need_id: str, **changes: Any) -> Answer:
        """Fill in the first section, from its page as it stands."""
        path = f"/needs/{need_id}/sections/essentials"
        shown = self.ask(who, path)
        if shown.status != 200:
            return shown
        fields = Seen(200, shown.body.decode(), None).fields(path)
        row = next(name.split(".")[1] for name in fields if name.endswith(".women")
                   and name.startswith("audience."))  # fmt: skip
        typed = {
            "title": "Entrevista", "gap": "Nadie sabe.", "themes": ["T2"], "duration.count": "4",
            "duration.unit": "days", "duration.hours": "6", f"audience.{row}.profile": "prosecutor",
            f"audience.{row}.women": "12", f"audience.{row}.men": "8", **changes,
        }  # fmt: skip
        kept = {name: sent for name, sent in fields.items() if name not in ("csrf_token", "_key")}
        return self.ask(who, path, **{**kept, **typed, "_stay": "1"})

    def certify(self, who: Somebody, need_id: str) -> Answer:
        """Go through both pages of certification."""
        path = f"/needs/{need_id}/certification"
        answers = self.ask(who, f"/needs/{need_id}/check").body.decode()
        chosen = previewing(answers, "members=named&sponsors=unnamed&lang=es")
        fields = Seen(200, self.ask(who, chosen).body.decode(), None).fields(path)
        return self.ask(
            who, path, **{k: v for k, v in fields.items() if k not in ("csrf_token", "_key")}
        )

    def reply(self, need_id: str, **changes: Any) -> Answer:
        path = f"/needs/{need_id}/filing/reply"
        fields = Seen(200, self.ask(self.st, path).body.decode(), None).fields(path)
        sent = {"shown": fields["shown"], "sender": "Ministra de Gobernación", "lang": "en",
                "reply": (io.BytesIO(PDF), "respuesta.pdf"), **changes}  # fmt: skip
        return self.ask(
            self.st, path, **{name: said for name, said in sent.items() if said is not None}
        )

    def accept(self, need_id: str) -> None:
        sent = {"verdict": "accept", "version": self.need(need_id)["latest_version_id"]}
        assert self.ask(self.st, f"/needs/{need_id}/review", **sent).status == 303

    def need(self, need_id: str) -> dict[str, Any]:
        return next(row for row in self.rows("dossier") if row["id"] == need_id)

    def filing(self, need_id: str) -> dict[str, Any]:
        return next(row for row in self.rows("filing") if row["dossier_id"] == need_id)

    def told_of_an_answer(self, need_id: str) -> list[str]:
        """Whom the promised messages about the country's answer reach."""
        return [row["recipient"] for row in self.rows("outbox_message")
                if row["kind"] == "need-filing-answered" and row["params"]["need"] == need_id]  # fmt: skip

    def submitted(self) -> int:
        return sum(row["is_submitted"] for row in self.rows("dossier")
                   if row["organisation_id"] == self.hn.organisation_id)  # fmt: skip


@pytest.fixture
def desk(demonstration: Matrix) -> Desk:
    return Desk(demonstration)


def test_what_is_filed_is_the_delegations_and_counts_for_nothing(desk: Desk) -> None:
    counted = desk.submitted()
    need_id = desk.filed()
    need, filing = desk.need(need_id), desk.filing(need_id)
    assert need["organisation_id"] == desk.hn.organisation_id
    assert (need["is_submitted"], need["on_behalf"], need["filed_from"]) == (False, True, "letter")
    assert (filing["state"], filing["office"], filing["sender"]) == (
        "waiting",
        "Cancillería",
        "Marta Paz",
    )
    assert desk.submitted() == counted
    assert UNCONFIRMED in desk.ask(desk.hn, "/needs").body.decode()
    assert need_id not in desk.ask(desk.st, "/needs").body.decode()
    for who in (desk.st, desk.hn):
        page = desk.ask(who, f"/needs/{need_id}").body.decode()
        assert "Redactada por la Secretaría Técnica a partir de una carta" in page
        assert f"/needs/{need_id}/filing" in desk.ask(who, "/").body.decode()
        assert filing["reference"] in desk.ask(who, "/needs/filings").body.decode()
    letters = [row["params"] for row in desk.rows("outbox_message") if row["kind"] == "need-filed"]
    assert letters.count({"need": need_id}) == 1


READS_ALONG = (
    "La Secretaría Técnica lee y escribe en este borrador hasta que su punto focal responda."
)


def test_who_writes_in_it_for_the_country_reads_that_the_secretariat_does_too(desk: Desk) -> None:
    path = f"/needs/{desk.filed()}/sections/essentials"
    assert READS_ALONG in desk.ask(desk.hn, path).body.decode()
    assert READS_ALONG not in desk.ask(desk.st, path).body.decode()
    own = next(row for row in desk.rows("dossier") if row["state"] == "draft"
               and row["organisation_id"] == desk.hn.organisation_id and not row["on_behalf"])  # fmt: skip
    shown = desk.ask(desk.hn, f"/needs/{own['id']}/sections/essentials")
    assert (shown.status, READS_ALONG in shown.body.decode()) == (200, False)


def test_for_others_it_does_not_exist(desk: Desk) -> None:
    need_id = desk.filed()
    for path in ("", "/filing", "/sections/essentials", "/check"):
        assert desk.ask(desk.mx, f"/needs/{need_id}{path}").status == 404
    assert need_id not in desk.ask(desk.mx, "/needs/filings").body.decode()
    other = next(row for row in desk.rows("dossier") if row["state"] == "draft"
                 and not row["on_behalf"] and not row["is_submitted"])  # fmt: skip
    for path in ("", "/sections/essentials", "/filing/reply"):
        assert desk.ask(desk.st, f"/needs/{other['id']}{path}").status == 404


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"original": None}, "original"),
        ({"channel": "telephone", "original": None}, "note"),
        ({"channel": "pigeon"}, "channel"),
        ({"received_on": "20/05/2054"}, "received_on"),
        ({"country": "z" * 20}, "country"),
        ({"sender": ""}, "sender"),
        ({"office": "x" * 201}, "office"),
    ],
)
def test_an_original_that_says_too_little_is_refused_at_its_place_and_nothing_is_kept(
    desk: Desk, changes: dict[str, Any], place: str
) -> None:
    before = fingerprint(desk.matrix)
    answer = desk.file(**changes)
    assert answer.status == 422
    assert f'href="#{place}' in answer.body.decode()
    assert fingerprint(desk.matrix) == before


def test_a_telephone_call_is_filed_with_a_note_in_place_of_an_original(desk: Desk) -> None:
    need_id = desk.filed(channel="telephone", original=None, note="Piden un curso de entrevista.")
    assert desk.filing(need_id)["file_id"] is None
    assert "a partir de una llamada" in desk.ask(desk.hn, f"/needs/{need_id}").body.decode()


def test_the_focal_point_confirms_by_certifying_and_the_secretariat_writes_no_more(
    desk: Desk,
) -> None:
    need_id = desk.filed()
    answer = desk.certify(desk.hn, need_id)
    assert answer.location == f"/needs/{need_id}/versions/1/receipt"
    need, filing = desk.need(need_id), desk.filing(need_id)
    assert (need["is_submitted"], need["on_behalf"], need["state"]) == (True, False, "submitted")
    assert (filing["state"], filing["way"]) == ("confirmed", "enlace")
    assert filing["decided_by"] == desk.hn.person_id
    assert desk.write(desk.st, need_id).status == 404
    assert need_id in desk.ask(desk.st, "/needs").body.decode()


def test_a_delegation_that_takes_it_over_has_it_alone(desk: Desk) -> None:
    need_id = desk.filed()
    assert desk.ask(desk.ana, f"/needs/{need_id}/filing/taking-over", go="1").status == 403
    assert desk.ask(desk.hn, f"/needs/{need_id}/filing/taking-over", go="1").status == 303
    for path in ("", "/sections/essentials", "/filing"):
        assert desk.ask(desk.st, f"/needs/{need_id}{path}").status == 404
    assert desk.write(desk.ana, need_id, title="Nuestra").status == 303
    words = f"/needs?words={desk.filing(need_id)['reference']}"
    listed = desk.ask(desk.hn, words).body.decode()
    assert (need_id in listed, UNCONFIRMED in listed) == (True, False)
    listed = desk.ask(desk.st, "/needs/filings").body.decode()
    assert desk.filing(need_id)["reference"] in listed
    assert need_id not in listed
    assert desk.certify(desk.hn, need_id).status == 303
    assert desk.filing(need_id)["state"] == "taken-over"


@pytest.mark.parametrize(
    ("answer", "words"),
    [("taking-over", "Honduras continúa este borrador"), ("refusal", "Honduras dice que esto no es"),
     ("certification", "Honduras ya lo confirmó")],
)  # fmt: skip
def test_who_was_drafting_for_a_country_is_told_what_it_answered(
    desk: Desk, answer: str, words: str
) -> None:
    need_id = desk.filed()
    path = f"/needs/{need_id}/sections/essentials"
    fields = Seen(200, desk.ask(desk.st, path).body.decode(), None).fields(path)
    if answer == "certification":
        assert desk.certify(desk.hn, need_id).status == 303
    else:
        said = desk.ask(desk.hn, f"/needs/{need_id}/filing/{answer}", reason="No la enviamos.")
        assert said.status == 303
    saved = desk.matrix.asker.ask(
        desk.st, "PUT", f"/needs/{need_id}/answers/gap", data={**fields, "gap": "Otra"}
    )
    for told in (saved, desk.ask(desk.st, path), desk.ask(desk.st, f"/needs/{need_id}/changes"),
                 desk.ask(desk.st, path, **{**fields, "_stay": "1"})):  # fmt: skip
        page = told.body.decode()
        assert (told.status, words in page, "mal escrita" in page) == (404, True, False)
    assert 'href="/needs/filings"' in desk.ask(desk.st, path).body.decode()
    assert words not in desk.ask(desk.mx, path).body.decode()


def test_the_way_to_what_was_filed_leads_there_also_where_enlace_stands_below_a_path(
    desk: Desk,
) -> None:
    need_id, asker = desk.filed(), desk.matrix.asker
    assert desk.ask(desk.hn, f"/needs/{need_id}/filing/taking-over", go="1").status == 303
    answer = asker.client(desk.st).get(
        f"/needs/{need_id}", headers={"Cookie": asker.cookies[str(desk.st)]},
        environ_overrides={"SCRIPT_NAME": "/enlace"},
    )  # fmt: skip
    assert answer.status_code == 404
    assert 'href="/enlace/needs/filings"' in answer.get_data(as_text=True)


def test_who_is_drafting_for_a_country_hears_of_its_answer_at_once(desk: Desk) -> None:
    need_id = desk.filed()
    draft_id = next(row["id"] for row in desk.rows("draft") if row["dossier_id"] == need_id)

    def marks() -> object:
        with desk.matrix.app.app_context(), transaction(writing=False):
            return presence.marks([draft_id])[draft_id]

    before = marks()
    assert marks() == before
    assert desk.ask(desk.hn, f"/needs/{need_id}/filing/taking-over", go="1").status == 303
    assert marks() != before


def test_a_country_may_say_that_it_is_not_its_own(desk: Desk) -> None:
    need_id, counted = desk.filed(), desk.submitted()
    path = f"/needs/{need_id}/filing/refusal"
    assert desk.ask(desk.hn, path, reason="").status == 422
    assert desk.ask(desk.hn, path, reason="No la enviamos.").status == 303
    assert desk.need(need_id)["state"] == "withdrawn"
    assert (desk.filing(need_id)["state"], desk.submitted()) == ("refused", counted)
    assert desk.ask(desk.st, f"/needs/{need_id}").status == 404
    assert desk.told_of_an_answer(need_id) == [f"person:{desk.st.person_id}"]


def test_whoever_filed_it_reads_the_reason_and_is_led_to_it(desk: Desk) -> None:
    need_id = desk.filed()
    desk.ask(desk.hn, f"/needs/{need_id}/filing/refusal", reason="Nunca salió de aquí.")
    deliver(desk.matrix.app)
    for path in ("/needs/filings", "/needs/filings?lang=en"):
        listed = desk.ask(desk.st, path).body.decode()
        reference = desk.filing(need_id)["reference"]
        row = listed.partition(f">{reference}<")[2].partition("</tr>")[0]
        assert "Nunca salió de aquí." in row
        assert desk.filing(need_id)["decided_name"] in row
    told = [row for row in desk.rows("notice") if row["event"] == f"filing-answered:{need_id}"]
    assert [row["person_id"] for row in told] == [desk.st.person_id]
    assert "Un país respondió sobre algo" in desk.ask(desk.st, "/notices").body.decode()
    led = desk.ask(desk.st, f"/notices/{told[0]['id']}", go="1")
    assert (led.status, led.location) == (303, "/needs/filings")


def test_either_side_knows_the_other_as_a_side_and_its_own_people_by_name(desk: Desk) -> None:
    need_id = desk.filed()
    for who in (desk.st, desk.hn, desk.ana):
        path, sent = f"/needs/{need_id}/presence", {"section": "essentials", "place": ""}
        assert desk.matrix.asker.ask(who, "PUT", path, data=sent).status == 204

    def told(who: Somebody) -> list[str]:
        said = json.loads(desk.ask(who, f"/needs/{need_id}/changes").body)
        return sorted(each["here"] for each in said["people"])

    assert told(desk.hn) == [
        "Ana Rivas (demostración) también está aquí", "Secretaría Técnica también está aquí",
    ]  # fmt: skip
    assert told(desk.st) == ["Delegación también está aquí"] * 2
    with desk.matrix.app.app_context():
        people = {row["id"]: row["name"] for row in rows_of("person")}
    assert desk.write(desk.ana, need_id, title="De Ana").status == 303
    history = desk.ask(desk.hn, f"/needs/{need_id}/history").body.decode()
    assert "<b>Secretaría Técnica</b>" in history
    assert f"<b>{people[desk.ana.person_id]}</b>" in history
    assert people[desk.st.person_id] not in history


def test_both_sides_may_speak_of_what_waits_for_its_countrys_word(desk: Desk) -> None:
    need_id = desk.filed()
    path = f"/needs/{need_id}/comments?section=essentials&field=title"
    assert desk.ask(desk.st, path, text="¿Es así, Honduras?", circle="shared").status == 303
    asked = next(row for row in desk.rows("comment") if row["text"] == "¿Es así, Honduras?")
    answer = desk.ask(desk.hn, f"/needs/comments/{asked['id']}", text="Así es")
    assert answer.status == 303
    assert desk.ask(desk.hn, path, text="Otra cosa", circle="shared").status == 303
    for who in (desk.st, desk.hn):
        page = desk.ask(who, path).body.decode()
        assert "Así es" in page
        assert "Otra cosa" in page


def test_withdrawing_what_was_not_answered_is_an_answer(desk: Desk) -> None:
    need_id = desk.filed()
    path = f"/needs/{need_id}/withdrawal"
    assert desk.ask(desk.hn, path, reason="Ya no hace falta.").status == 303
    need, filing = desk.need(need_id), desk.filing(need_id)
    assert (need["state"], need["on_behalf"]) == ("withdrawn", False)
    assert (filing["state"], filing["reason"]) == ("refused", "Ya no hace falta.")
    assert filing["decided_by"] == desk.hn.person_id
    assert desk.told_of_an_answer(need_id) == [f"person:{desk.st.person_id}"]
    assert desk.ask(desk.hn, f"/needs/{need_id}/filing/taking-over", go="1").status == 409
    assert desk.filing(need_id)["state"] == "refused"
    assert desk.ask(desk.st, f"/needs/{need_id}").status == 404


def test_the_history_tells_that_it_was_filed_and_what_became_of_it(desk: Desk) -> None:
    taken, refused = desk.filed(), desk.filed()
    desk.ask(desk.hn, f"/needs/{taken}/filing/taking-over", go="1")
    desk.ask(desk.hn, f"/needs/{refused}/filing/refusal", reason="No es nuestra.")
    for need_id, what in ((taken, "asumió el borrador"), (refused, "dijo que no es de su país")):
        told = desk.ask(desk.hn, f"/needs/{need_id}/history").body.decode()
        assert what in told
        assert "registró lo que llegó fuera de Enlace" in told


def test_on_a_signed_reply_it_is_submitted_with_consent_to_nothing(desk: Desk) -> None:
    need_id = desk.filed()
    assert desk.reply(need_id, reply=None).status == 422
    assert desk.reply(need_id, sender="").status == 422
    assert desk.reply(need_id, shown="another").status == 422
    for lang in (None, "fr"):
        assert desk.reply(need_id, lang=lang).status == 422
    before = fingerprint(desk.matrix)
    long = desk.reply(need_id, sender="x" * 201)
    assert (long.status, 'href="#sender' in long.body.decode()) == (422, True)
    assert "x" * 201 in long.body.decode()
    assert fingerprint(desk.matrix) == before
    answer = desk.reply(need_id)
    assert answer.location == f"/needs/{need_id}/versions/1/receipt"
    version = next(row for row in desk.rows("version") if row["dossier_id"] == need_id)
    assert (version["certified_name"], version["certified_role"], version["certified_by"]) == (
        "Ministra de Gobernación", "signed_reply", desk.st.person_id,
    )  # fmt: skip
    assert version["lang"] == "en"
    consent = next(row for row in desk.rows("consent") if row["need_id"] == need_id)
    assert (consent["members"], consent["sponsors"]) == ("none", "none")
    filing = desk.filing(need_id)
    assert (filing["state"], filing["way"]) == ("confirmed", "reply")
    assert filing["reply_file"]
    assert "respuesta firmada" in desk.ask(desk.hn, answer.location).body.decode()


def test_the_country_reads_that_a_reply_consented_to_nothing_until_it_decides(desk: Desk) -> None:
    need_id = desk.filed()
    receipt = desk.reply(need_id).location
    told = "Su país aún no ha decidido quién puede verla"
    pages = (receipt, f"/needs/{need_id}", f"/needs/{need_id}/filing")
    for path in pages:
        assert told in desk.ask(desk.hn, path).body.decode(), path
        assert told not in desk.ask(desk.st, path).body.decode(), path
    assert "Usted recibirá un mensaje" in desk.ask(desk.hn, receipt).body.decode()
    assert "Usted recibirá un mensaje" not in desk.ask(desk.st, receipt).body.decode()

    def waits() -> str:
        """The block of the desk in which it stands."""
        page = desk.ask(desk.hn, "/").body.decode()
        return page.partition('id="undecided"')[2].partition("</ul>")[0]

    assert f'/needs/{need_id}"' in waits()
    assert "sin consentimiento aún" in waits()
    desk.accept(need_id)
    assert desk.ask(desk.hn, f"/needs/{need_id}/revision", go="1").status == 303
    assert desk.certify(desk.hn, need_id).status == 303
    assert not any(told in desk.ask(desk.hn, path).body.decode() for path in pages)
    assert need_id not in waits()


def test_a_file_that_was_chosen_is_asked_for_again_where_something_else_was_wrong(
    desk: Desk,
) -> None:
    again = "Elija de nuevo «carta.pdf»"
    assert again in desk.file(sender="").body.decode()
    assert again not in desk.file(sender="", original=None).body.decode()
    assert again not in desk.file(original=(io.BytesIO(b""), "carta.pdf")).body.decode()
    need_id = desk.filed()
    assert "Elija de nuevo «respuesta.pdf»" in desk.reply(need_id, sender="").body.decode()


def test_nobody_waits_while_a_file_is_examined(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    receive, is_writing = attachments.receive, []

    def examine(*given: Any, **more: Any) -> Any:
        is_writing.append(scoping.is_writing())
        return receive(*given, **more)

    monkeypatch.setattr(attachments, "receive", examine)
    assert desk.reply(desk.filed()).status == 303
    assert is_writing == [False, False]


def test_only_the_secretariat_files_and_only_a_focal_point_answers(desk: Desk) -> None:
    need_id = desk.filed()
    assert desk.ask(desk.hn, "/needs/filings/new").status == 403
    assert desk.ask(desk.hn, f"/needs/{need_id}/filing/reply").status == 403
    assert desk.ask(desk.st, f"/needs/{need_id}/certification").status == 403
    assert desk.ask(desk.st, f"/needs/{need_id}/filing/refusal").status == 403


def test_what_is_filed_leaves_no_gap_in_the_countrys_own_numbers(desk: Desk) -> None:
    def own_numbers() -> list[int]:
        references = [row["reference"] for row in desk.rows("dossier")
                      if row["organisation_id"] == desk.hn.organisation_id
                      and row["call_id"] == desk.matrix.things.open_call and not row["filed_from"]]  # fmt: skip
        return sorted(int(reference.rsplit("-", 1)[1]) for reference in references)

    before = own_numbers()
    desk.filed()
    assert desk.ask(desk.ana, "/needs", call=desk.matrix.things.open_call).status == 303
    assert own_numbers() == [*before, before[-1] + 1]
