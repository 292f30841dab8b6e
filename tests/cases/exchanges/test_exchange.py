"""Does a case reach the units it is addressed to, and nobody else, with its receipts?"""

from __future__ import annotations

from app.cases.exchanges.models import Addressee
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from tests.cases.exchanges.desk import CASE, Desk

SV, GT = ("sv", "prosecution"), ("gt", "child_protection")


def test_a_case_reaches_its_units_which_open_accept_and_act(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV, GT])
    desk.release("hn.prosecutor", case_id)
    sv = desk.be("sv.prosecutor")
    at = desk.received("sv.prosecutor")
    page = sv.get(at)
    assert "RESUMEN-RESTRINGIDO" in page.words
    sent = desk.be("hn.prosecutor").get(f"/cases/{case_id}")
    assert "abierta" in sent.words
    assert sv.send(at, f"{at}/receipt", verb="accept", reason="").status == 303
    assert sv.send(at, f"{at}/receipt", verb="act", reason="").status == 303
    assert "con actuación" in desk.be("hn.prosecutor").get(f"/cases/{case_id}").words


def test_personal_values_are_opened_on_purpose_alone(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    closed = sv.get(at)
    for word in ("APELLIDO-PERSONAL", "LUGAR-PERSONAL", "NOMBRE-PERSONAL", "1993"):
        assert word not in closed.html, word
    without = sv.send(at, f"{at}/openings")
    assert without.status == 422
    assert "PERSONAL" not in without.html
    opened = sv.send(at, f"{at}/openings", purpose="protecting")
    assert opened.status == 200, opened.words
    for word in ("APELLIDO-PERSONAL", "LUGAR-PERSONAL", "NOMBRE-PERSONAL"):
        assert word in opened.html, word
    assert "NOTAS-SECRETAS" not in opened.html


def test_nobody_else_has_it(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    for other in ("gt.prosecutor", "sv.child"):
        assert at not in desk.be(other).get("/received/cases").html
        desk.be(other).get(at, status=404)
        desk.be(other).get(f"/cases/{case_id}", status=404)
    for other in ("hn.focal", "sv.focal", "st.officer", "ca.pledger", "operator"):
        desk.be(other).get(at, status=403)
        desk.be(other).get(f"/cases/{case_id}", status=403)
    desk.be("hn.child").get(f"/cases/{case_id}", status=404)


def test_what_changed_since_it_was_read_is_not_certified(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    hn = desk.be("hn.prosecutor")
    page = f"/cases/{case_id}/certification"
    assert str(hn.client.get(page).location).endswith("/check")
    come = next(each for each in hn.get(f"/cases/{case_id}/check").links() if each.startswith(page))
    fields = hn.get(come).fields(page)
    hn.send(f"/cases/{case_id}/sections/case", summary="Otro resumen")
    again = hn.client.post(page, data=fields)
    assert str(again.location).endswith("/check")
    assert "borrador" in hn.get("/cases").words


def test_a_recalled_case_is_read_nowhere_and_says_why(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    hn = desk.be("hn.prosecutor")
    page = f"/cases/{case_id}/recall"
    assert hn.send(page).status == 422
    assert hn.send(page, reason="Se envió por error").status == 303
    desk.follow()
    gone = desk.be("sv.prosecutor").get(at)
    assert "Se envió por error" in gone.words
    assert "RESUMEN-RESTRINGIDO" not in gone.html


def test_an_answer_goes_back_in_the_same_matter(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    begun = sv.send(at, f"{at}/reply", kind="REPLY")
    assert begun.status == 303, begun.words
    reply = str(begun.location)
    section = f"{reply}/sections/envelope"
    sv.send(section, **{"legal_basis.code": "NATIONAL_LAW", "legal_basis.detail": "Ley especial"})
    assert at in sv.get(reply).links()
    desk.release("sv.prosecutor", reply.rsplit("/", 1)[1])
    back = desk.received("hn.prosecutor")
    assert f"/cases/{case_id}" in desk.be("hn.prosecutor").get(back).links()


def test_a_mark_decides_to_whom_it_may_be_passed_on(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], tlp="AMBER")
    desk.release("hn.prosecutor", case_id)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    page = f"{at}/forwarding"
    abroad = sv.send(page, unit=desk.unit("gt", "prosecution"))
    assert abroad.status == 422
    assert "AMBER" in abroad.words
    assert sv.send(page, unit=desk.unit("sv", "child_protection")).status == 303
    desk.follow()
    passed_on = desk.received("sv.child")
    assert "RESUMEN-RESTRINGIDO" in desk.be("sv.child").get(passed_on).words


def test_a_request_is_released_like_any_other(desk: Desk) -> None:
    case_id = desk.begin("sv.prosecutor", [("hn", "prosecution")], kind="REQUEST",
                         request_kind=["FAMILY_LINK_CHECK"], request_text="PREGUNTA",
                         persons=[{**each, "citizenship": ["NI"]} for each in CASE["persons"]])  # fmt: skip
    desk.release("sv.prosecutor", case_id)
    at = desk.received("hn.prosecutor")
    assert "PREGUNTA" in desk.be("hn.prosecutor").get(at).words


def test_a_question_is_answered_in_words_and_waits_no_more(desk: Desk) -> None:
    asked = desk.begin("hn.prosecutor", [SV], kind="REQUEST", request_text="¿P2 es madre de P1?",
                       reply_by="2004-06-30")  # fmt: skip
    desk.release("hn.prosecutor", asked)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    assert at in sv.get("/").links()
    reply = str(sv.send(at, f"{at}/reply", kind="REPLY").location)
    page = f"{reply}/sections/exchange"
    drawn = sv.get(page)
    assert "request_kind" not in drawn.fields(page)
    assert "Respuesta" in drawn.words
    assert "Detalle de la solicitud" not in drawn.words
    sv.send(page, request_text="Sí, P2 consta como madre de P1")
    sv.send(f"{reply}/sections/envelope",
            **{"legal_basis.code": "NATIONAL_LAW", "legal_basis.detail": "Ley especial"})  # fmt: skip
    desk.release("sv.prosecutor", reply.rsplit("/", 1)[1])
    told = desk.be("hn.prosecutor").get(desk.received("hn.prosecutor")).words
    assert "Respuesta Sí, P2 consta como madre de P1" in " ".join(told.split())
    assert at not in sv.get("/").links()
    assert "respondida" in sv.get("/received/cases").words


def test_an_answer_begins_from_what_it_answers_alone(desk: Desk) -> None:
    hn = desk.be("hn.prosecutor")
    offered = hn.get("/cases/beginning").html
    for kind in ("REPLY", "CLOSE"):
        assert f'value="{kind}"' not in offered
    wrong = hn.send("/cases/beginning", kind="REPLY", reality=None)
    assert wrong.status == 422
    for word in ("comienza en la página de lo que se responde", "Diga si es un caso real"):
        assert word in wrong.words
    case_id = desk.begin("hn.prosecutor", [SV])
    hn.send(f"/cases/{case_id}/sections/envelope", report_kind="REPLY")
    page = f"/cases/{case_id}/certification"
    read = hn.get(f"/cases/{case_id}/check")
    assert "comienza en la página de lo que se responde" in read.words
    assert not [each for each in read.links() if each.startswith(page)]


def test_closing_says_what_is_open_and_tells_how_it_ended(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], kind="REQUEST", request_text="PREGUNTA")
    desk.release("hn.prosecutor", case_id)
    hn, at = desk.be("hn.prosecutor"), desk.received("sv.prosecutor")
    page = f"/cases/{case_id}/closing"
    assert "no tiene respuesta" in hn.get(page).words
    assert hn.send(page).status == 422
    assert hn.send(page, outcome="NO_MATCH", reason="No hizo falta.").status == 303
    desk.follow()
    sv = desk.be("sv.prosecutor")
    told = sv.get(at).words
    assert "cerró el caso" in told
    assert "No hizo falta." in told
    assert "RESUMEN-RESTRINGIDO" in told
    assert "Se cerró un caso" in sv.get("/notices").words
    assert at not in sv.get("/").links()


def test_a_unit_in_which_nobody_reads_is_no_addressee(desk: Desk) -> None:
    corinto = desk.unit("hn", "border_post")
    case_id = desk.begin("sv.prosecutor", [("hn", "border_post")], crime_type=["OTHER"], persons=[],
                         minors=[])  # fmt: skip
    sv = desk.be("sv.prosecutor")
    assert corinto not in sv.get(f"/cases/{case_id}/sections/envelope").html
    page = f"/cases/{case_id}/certification"
    read = sv.get(f"/cases/{case_id}/check")
    assert "Nadie atiende casos hoy en esta unidad" in read.words
    assert not [each for each in read.links() if each.startswith(page)]


def test_the_forwarder_sees_to_whom_and_a_strict_mark_offers_nothing(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], tlp="GREEN")
    desk.release("hn.prosecutor", case_id)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    child = desk.unit("gt", "child_protection")
    page = f"{at}/forwarding"
    assert child in sv.get(page).html
    assert sv.send(page, unit=child).status == 303
    assert "Su unidad la reenvió a: Protección de la niñez, Guatemala" in sv.get(at).words
    assert child not in sv.get(page).html
    desk.release("hn.prosecutor", desk.begin("hn.prosecutor", [SV], tlp="RED"))
    strict = desk.received("sv.prosecutor")
    drawn = sv.get(strict)
    assert f"{strict}/forwarding" not in drawn.links()
    assert "TLP:RED no permite reenviarla" in drawn.words


def test_the_secretariat_does_not_learn_that_a_unit_took_nothing(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    st, seen = desk.be("st.officer"), []
    for state in ("queued", "undelivered"):
        with desk.app.app_context(), scoped(SYSTEM, writing=True), transaction(writing=True):
            db.session.execute(
                db.update(Addressee).where(Addressee.exchange_id == case_id).values(state=state)
            )
        seen.append(st.get("/envelopes").words)
    assert "en camino o no recibida" in seen[0]
    assert seen[0] == seen[1]


def test_the_draft_of_a_new_version_is_thrown_away_and_the_released_one_stays(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    hn, at = desk.be("hn.prosecutor"), desk.received("sv.prosecutor")
    page = f"/cases/{case_id}"
    assert hn.send(page, f"{page}/revision").status == 303
    hn.send(f"{page}/sections/case", summary="Otro resumen")
    assert f"{page}/discarding" in hn.get(page).links()
    assert hn.send(f"{page}/discarding").status == 303
    seen = hn.get(page).words
    assert "Otro resumen" not in seen
    assert "RESUMEN-RESTRINGIDO" in seen
    assert "RESUMEN-RESTRINGIDO" in desk.be("sv.prosecutor").get(at).words
    assert hn.send(page, f"{page}/revision").status == 303
    assert "RESUMEN-RESTRINGIDO" in hn.get(f"{page}/sections/case").html
