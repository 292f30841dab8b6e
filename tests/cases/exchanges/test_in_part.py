"""Is what may be told in part delivered and shown as that part, and what is kept back told alike?"""

from __future__ import annotations

from tests.cases.exchanges.desk import CASE, Desk
from tests.cases.exchanges.laws import reserve

HN, SV = "hn.prosecutor", "sv.prosecutor"
TO_SV = [("sv", "prosecution")]


def opened(desk: Desk, key: str = SV) -> tuple[str, str]:
    """What somebody reads of the newest that arrived: before opening it, and after."""
    person, at = desk.be(key), desk.received(key)
    before = person.get(at).words
    after = person.send(at, f"{at}/openings", purpose="protecting")
    assert after.status == 200, after.words
    return before, after.words


def sent(desk: Desk, **more: object) -> None:
    desk.release(HN, desk.begin(HN, TO_SV, **more))


def test_the_initials_that_stand_for_a_surname_arrive_and_are_told_as_a_part(desk: Desk) -> None:
    reserve(desk, "hn.legal", "key:persons.surname", effect="mask", mask="initials")
    adult, girl = CASE["persons"]
    sent(desk, persons=[{**adult, "surname": "Apellido Invisible"}, girl])
    before, after = opened(desk)
    assert "A. I." not in before
    assert "visible solo en parte" in before
    assert "A. I. en parte" in after
    assert "Apellido Invisible" not in after
    assert "visible solo en parte" not in after


def test_a_part_of_a_restricted_answer_is_read_at_once(desk: Desk) -> None:
    reserve(desk, "hn.legal", "key:detection_country", effect="mask", mask="region")
    sent(desk)
    words = desk.be(SV).get(desk.received(SV)).words
    assert "Centroamérica en parte" in words


def test_a_part_that_may_not_be_known_says_nowhere_that_it_is_one(desk: Desk) -> None:
    reserve(
        desk, "hn.legal", "key:persons.surname", effect="mask", mask="initials", discloses=False
    )
    reserve(
        desk, "hn.legal", "key:detection_country", effect="mask", mask="region", discloses=False
    )
    sent(desk)
    before, after = opened(desk)
    for words in (before, after):
        assert "en parte" not in words
        assert "APELLIDO-PERSONAL" not in words
        assert "Centroamérica" in words
    assert " A. " in after


def test_what_is_kept_back_silently_is_told_like_what_a_class_keeps(desk: Desk) -> None:
    """For statistics nothing personal is told: whether a rule also keeps some of it makes no difference."""
    sent(desk, purpose="STATISTICS", persons=[], minors=[])
    at = desk.received(SV)
    without = desk.be(SV).get(at).words
    assert "Lugar de detección" not in without
    assert "Reservado" not in without
    reserve(desk, "hn.legal", "key:detection_place", discloses=False)
    assert desk.be(SV).get(at).words == without


def before_release(desk: Desk, **more: object) -> str:
    """What the page "Certify and release" says."""
    case_id = desk.begin(HN, [("sv", "prosecution"), ("gt", "child_protection")], **more)
    read = desk.be(HN).get(f"/cases/{case_id}/check")
    page = next(each for each in read.links() if each.startswith(f"/cases/{case_id}/certification"))
    return desk.be(HN).get(page).words


def test_before_a_release_it_is_told_by_whose_word_what_will_not_go(desk: Desk) -> None:
    """Once for each cell of a table, whatever its rows; secrets are secrets and no reservation."""
    reserve(
        desk,
        "hn.legal",
        "key:persons.surname",
        effect="mask",
        mask="initials",
        counterparts=("SV",),
    )
    reserve(desk, "hn.legal", "key:persons.given_names", counterparts=("SV",))
    reserve(desk, "gt.legal", "key:persons.birth_date", direction="receive", discloses=False)
    persons = [{**each, "contact": "+504"} for each in CASE["persons"]]
    words = before_release(desk, persons=persons)
    gt, sv = words.split("Protección de la niñez, Guatemala")[1].split("Unidad contra la Trata")
    assert "Personas: Contacto · no se entrega por reserva del país que lo recibe" in gt
    assert "Nombres" not in gt
    assert "Fecha de nacimiento" not in gt  # it may not be known
    assert sv.count("Apellidos · en parte, por reserva de su país: solo las iniciales") == 1
    assert sv.count("Nombres · no se entrega por reserva de su país") == 1
    assert "Contacto" not in sv
    for unit in (gt, sv):
        assert "Notas de investigación" in unit.split("Secreto, y por eso")[1]
        assert "Secreto, y aun así le llega: " in unit


def test_before_a_release_for_statistics_nothing_personal_goes(desk: Desk) -> None:
    words = before_release(desk, purpose="STATISTICS")
    assert "Apellidos · no se entrega: para estadística no va nada personal ni secreto" in words
    assert "reserva" not in words.split("Apellidos")[1].split("Último día")[0]
    assert "Secreto, y" not in words
    assert "Respuestas y archivos secretos" not in words
