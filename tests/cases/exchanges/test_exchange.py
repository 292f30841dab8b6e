"""Does a case reach the units it is addressed to, and nobody else, with its receipts?"""

from __future__ import annotations

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
