"""Does a case reach the units it is addressed to, and nobody else, with its receipts?"""

from __future__ import annotations

from tests.cases.exchanges.desk import Desk

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
