"""Do both sides see at once what matters: which version it is, how it is marked, that it was rejected?"""

from __future__ import annotations

from tests.cases.exchanges.desk import Desk

HN, SV = "hn.prosecutor", "sv.prosecutor"
TO_SV = [("sv", "prosecution")]


def test_mark_urgency_and_day_stand_before_the_receipt(desk: Desk) -> None:
    case_id = desk.begin(HN, TO_SV, urgency="IMMEDIATE_24H", reply_by="2004-06-30")
    desk.release(HN, case_id)
    head, receipt, _rest = desk.be(SV).get(desk.received(SV)).words.partition("Su acuse de recibo")
    assert receipt
    for word in ("GREEN", "Urgencia", "30 de junio de 2004"):
        assert word in head, word


def test_a_new_version_says_which_it_is_and_what_it_replaces(desk: Desk) -> None:
    case_id = desk.begin(HN, TO_SV)
    desk.release(HN, case_id)
    at = desk.received(SV)
    assert "versión" not in desk.be(SV).get("/received/cases").words.partition("CRM-HND")[2].lower()
    assert "Reemplaza" not in desk.be(SV).get(at).words
    own = f"/cases/{case_id}"
    assert desk.be(HN).send(own, f"{own}/revision").status == 303
    assert desk.be(HN).send(f"{own}/sections/case", summary="OTRO RESUMEN").status == 303
    desk.release(HN, case_id)
    assert desk.received(SV) == at
    assert "versión 2, enviada de nuevo" in desk.be(SV).get("/received/cases").words
    words = desk.be(SV).get(at).words
    assert "Versión 2, enviada el " in words
    assert "Reemplaza la versión 1, que su unidad recibió el " in words
    assert "OTRO RESUMEN" in words


def test_a_rejection_stands_on_the_senders_desk_and_leads_to_its_reason(desk: Desk) -> None:
    case_id = desk.begin(HN, TO_SV)
    desk.release(HN, case_id)
    at = desk.received(SV)
    desk.be(SV).get(at)
    desk.follow()
    told = desk.be(HN).get("/notices").words
    assert "Una unidad abrió una comunicación de su unidad" in told
    assert "rechaz" not in told
    sent = desk.be(SV).send(
        at, f"{at}/receipt", verb="reject", reason="No es de nuestra competencia"
    )
    assert sent.status == 303
    desk.follow()
    told = desk.be(HN).get("/notices").words
    assert "Una unidad rechazó una comunicación de su unidad" in told
    here = desk.be(HN).get("/")
    assert "Rechazadas por una unidad de otro país" in here.words
    assert f"/cases/{case_id}#units" in here.links()
    assert "No es de nuestra competencia" in desk.be(HN).get(f"/cases/{case_id}").words
