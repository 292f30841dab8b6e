"""Is all that stands against a release said at once, each with the way to where it is mended?"""

from __future__ import annotations

from tests.cases.exchanges.desk import CASE, Desk

HN = "hn.prosecutor"
TO_SV = [("sv", "prosecution")]


def test_what_is_known_without_opening_is_told_before_certifying(desk: Desk) -> None:
    case_id = desk.begin(HN, TO_SV, is_exercise=False, reply_by="2004-05-01",
                         retention_until="2004-05-02")  # fmt: skip
    page = desk.be(HN).get(f"/cases/{case_id}/check")
    assert "Un caso real solo pasa entre países" in page.words
    assert "El Salvador" in page.words.partition("aún no:")[2][:60]
    assert "La fecha para responder ya pasó" in page.words
    envelope = f"/cases/{case_id}/sections/envelope"
    for link in (f"{envelope}#reply_by", f"{envelope}#retention_until", "/common-format#who"):
        assert link in page.links(), link
    assert not [each for each in page.links() if "/certification" in each]


def test_what_certifying_alone_can_see_is_told_at_once_by_row_and_place(desk: Desk) -> None:
    adult, girl = CASE["persons"]
    persons = [
        {**adult, "citizenship": ["SV"], "asylum_flag": {"code": "YES", "detail": "Ella lo dijo"}},
        {**girl, "birth_date": "1960", "age_band": "6-11"},
    ]
    case_id = desk.begin(HN, TO_SV, persons=persons)
    hn, page = desk.be(HN), f"/cases/{case_id}/certification"
    read = hn.get(f"/cases/{case_id}/check")
    assert "Lo sellado se revisa al certificar" in read.words
    come = next(each for each in read.links() if each.startswith(page))
    until = f"until.{desk.unit(*TO_SV[0])}"
    refused = hn.send(come, page, **{until: "mañana"})
    assert refused.status == 422
    assert "P2: Grupo de edad: " in refused.words
    assert "No se puede comunicar a El Salvador" in refused.words
    links = refused.links()
    assert f"/cases/{case_id}/sections/envelope#recipient_units" in links
    assert f"/cases/{case_id}/sections/persons.girl#persons.girl.age_band" in links
    assert f"#{until}" in links
    assert "1960" not in refused.html
    assert "borrador" in hn.get(f"/cases/{case_id}").words
