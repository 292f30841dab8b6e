"""Do people in one draft learn of each other, and of nothing else?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import SignIn
from app.audit.models import AuditEvent
from app.db.models import IdempotencyKey
from app.db.transactions import transaction
from app.extensions import db
from app.intake import sweeping
from app.intake.models import Presence
from app.intake.presence import MOST_PAGES
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.writing import Writer, number_of

ROW = "rowaaaaaaaaaaaaaaaa1"


class Company:
    """Two people of one delegation in the same draft."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.ana, self.marta = Writer(matrix, "hn.contributor"), Writer(matrix, "hn.focal")
        self.base = f"/needs/{self.ana.need}"

    def is_at(self, who: Writer, place: str = "", **more: str) -> int:
        sent = {"section": "essentials", "place": place, **more}
        return who.send("PUT", f"{self.base}/presence", sent).status

    def told(self, who: Writer, since: str = "", page: str = "") -> dict[str, Any]:
        path = f"{self.base}/changes?since={since}&page={page}"
        answer = self.matrix.asker.ask(who.who, "GET", path)
        assert answer.status == 200
        return json.loads(answer.body)

    def seen_by(self, who: Writer, page: str = "") -> list[str]:
        return [each["here"] for each in self.told(who, page=page)["people"]]


@pytest.fixture
def company(demonstration: Matrix) -> Iterator[Company]:
    made = Company(demonstration)
    yield made
    with demonstration.app.app_context(), transaction(writing=True) as session:
        session.execute(db.delete(Presence.__table__))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the product's time on."""
    spent = [timedelta()]
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + spent[0])

    def wait(seconds: int) -> None:
        spent[0] += timedelta(seconds=seconds)

    return wait


def rows(company: Company, model: Any) -> int:
    with company.matrix.app.app_context(), transaction(writing=False) as session:
        return session.scalar(db.select(db.func.count()).select_from(model))


def test_a_colleague_is_named_with_the_field_where_she_is(company: Company) -> None:
    assert company.told(company.marta)["people"] == []

    assert company.is_at(company.ana, "gap") == 204

    (seen,) = company.told(company.marta)["people"]
    assert seen["place"] == "gap"
    assert seen["here"] == "Ana Rivas (demostración) está escribiendo aquí"
    assert "«¿Qué problema quieren resolver?»" in seen["words"]
    assert company.told(company.ana)["people"] == [], "nobody is told of herself"


def test_who_comes_second_is_here_too_and_may_take_the_field_over(company: Company) -> None:
    company.is_at(company.ana, "gap")
    company.is_at(company.marta, "gap")
    assert company.seen_by(company.ana) == ["Marta Zelaya (demostración) también está aquí"]

    before = rows(company, AuditEvent)
    company.is_at(company.marta, "gap", take="1")

    assert company.seen_by(company.ana) == ["Marta Zelaya (demostración) está escribiendo aquí"]
    assert company.seen_by(company.marta) == ["Ana Rivas (demostración) también está aquí"]
    assert rows(company, AuditEvent) == before + 1
    with company.matrix.app.app_context(), transaction(writing=False) as session:
        event = session.scalars(
            db.select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)
        ).one()
        assert (event.kind, event.part, event.row_id) == ("field-taken-over", "gap", "")
        assert (event.person_id, json.loads(event.detail)) == (
            company.marta.who.person_id, {"from": company.ana.who.person_id},
        )  # fmt: skip
        assert event.value is None


def test_a_free_field_is_not_taken_from_anybody(company: Company) -> None:
    before = rows(company, AuditEvent)
    company.is_at(company.marta, "gap", take="1")
    assert rows(company, AuditEvent) == before


def test_a_held_field_stops_nobody_from_saving(company: Company) -> None:
    company.is_at(company.ana, "urgency_rank")
    sent = company.marta.fields("essentials")
    revision = sent["_revision.title"][0]
    company.is_at(company.ana, "title")

    answer = company.marta.send("PUT", f"{company.base}/answers/title",
                                {"title": "De Marta", "_revision.title": revision})  # fmt: skip

    assert answer.status == 200


def test_a_beat_is_cheap(company: Company, later: Any) -> None:
    company.is_at(company.ana, "gap")
    events, keys = rows(company, AuditEvent), rows(company, IdempotencyKey)
    for _ in range(5):
        later(20)
        assert company.is_at(company.ana, "gap") == 204
    assert (rows(company, AuditEvent), rows(company, IdempotencyKey)) == (events, keys)
    assert rows(company, Presence) == 1


def test_beats_need_no_key_and_are_refused_without_a_token(company: Company) -> None:
    asker, who = company.matrix.asker, company.ana.who
    client, path = asker.client(who), f"{company.base}/presence"
    headers = {"Cookie": asker.cookies[str(who)], "X-Acting": who.organisation_id}
    sent = {"section": "essentials", "place": ""}
    token = {"X-CSRFToken": asker.csrf[str(who)]}

    assert client.put(path, headers=headers, data=sent).status_code == 400
    assert client.put(path, headers={**headers, **token}, data=sent).status_code == 204


def test_who_is_silent_is_gone_and_her_field_is_free(company: Company, later: Any) -> None:
    company.is_at(company.ana, "gap")
    company.is_at(company.marta, "gap")
    later(55)
    company.is_at(company.marta, "gap")
    assert company.seen_by(company.ana) == ["Marta Zelaya (demostración) está escribiendo aquí"]
    later(30)
    company.is_at(company.marta, "gap")
    assert company.seen_by(company.marta) == []


def test_who_leaves_is_gone_at_once(company: Company) -> None:
    company.is_at(company.ana, "gap")
    assert company.is_at(company.ana, left="1") == 204
    assert company.seen_by(company.marta) == []


def test_closing_one_of_two_windows_leaves_her_there_with_the_other(company: Company) -> None:
    company.is_at(company.ana, "gap", page="one")
    company.is_at(company.ana, "title", page="two")
    places = [each["place"] for each in company.told(company.marta)["people"]]
    assert sorted(places) == ["gap", "title"]

    assert company.is_at(company.ana, left="1", page="two") == 204

    assert company.seen_by(company.marta) == ["Ana Rivas (demostración) está escribiendo aquí"]
    company.is_at(company.marta, "gap")
    assert company.seen_by(company.ana, "one") == ["Marta Zelaya (demostración) también está aquí"]


def test_herself_in_another_window_is_named_so(company: Company) -> None:
    company.is_at(company.ana, "gap", page="one")
    company.is_at(company.ana, "gap", page="two")

    assert company.seen_by(company.ana, "one") == ["Usted también está aquí en otra ventana"]
    (other,) = company.told(company.ana, page="two")["people"]
    assert other["here"] == "Usted está escribiendo aquí en otra ventana"
    assert other["words"].startswith("Usted está en «¿Qué problema")
    assert company.seen_by(company.marta) == ["Ana Rivas (demostración) está escribiendo aquí"]

    before = rows(company, AuditEvent)
    company.is_at(company.ana, "gap", page="two", take="1")
    assert company.seen_by(company.ana, "one") == ["Usted está escribiendo aquí en otra ventana"]
    assert rows(company, AuditEvent) == before, "nobody takes anything over from herself"


def test_who_has_a_window_in_no_field_is_named_at_her_field_alone(company: Company) -> None:
    company.is_at(company.ana, "", page="one")
    company.is_at(company.ana, "gap", page="two")
    (seen,) = company.told(company.marta)["people"]
    assert seen["place"] == "gap"


def test_of_very_many_windows_the_one_silent_longest_is_forgotten(
    company: Company, later: Any
) -> None:
    for number in range(MOST_PAGES + 2):
        later(1)
        assert company.is_at(company.ana, "gap" if number == 1 else "", page=f"p{number}") == 204
    assert rows(company, Presence) == MOST_PAGES
    (seen,) = company.told(company.marta)["people"]
    assert seen["place"] == "", "and its field is free"


def test_a_page_with_no_name_of_a_page_is_refused(company: Company) -> None:
    assert company.is_at(company.ana, "gap", page="<b>") == 400
    assert company.is_at(company.ana, "gap", page="x" * 33) == 400
    assert rows(company, Presence) == 0


def test_her_own_text_from_another_window_is_never_overwritten_and_named_as_hers(
    company: Company,
) -> None:
    revision = company.ana.fields("essentials")["_revision.gap"][0]
    path, seen = f"{company.base}/answers/gap", {"_revision.gap": revision}
    first = company.ana.send("PUT", path, {"gap": "De una ventana", **seen})
    second = company.ana.send("PUT", path, {"gap": "De la otra", **seen})

    assert (first.status, second.status) == (200, 409)
    words = second.body.decode()
    assert "Usted guardó otro texto en otra ventana a las " in words
    assert "Su texto de la otra ventana" in words
    assert "De una ventana" in words
    assert "Ana Rivas" not in words
    whole = company.ana.post("essentials", gap="De la otra", **{"_revision.gap": revision})
    assert whole.status == 409
    assert "Conservar el de la otra ventana" in whole.body.decode()


def test_a_page_without_scripts_says_who_was_here_lately(company: Company, later: Any) -> None:
    company.is_at(company.ana, "gap")
    later(120)
    page = company.matrix.asker.ask(company.marta.who, "GET", company.marta.page("content"))
    assert "Ana Rivas (demostración) está en «¿Qué problema".encode() in page.body
    later(300)
    page = company.matrix.asker.ask(company.marta.who, "GET", company.marta.page("content"))
    assert b"Ana Rivas" not in page.body
    assert "Nadie más en los últimos minutos.".encode() in page.body


@pytest.mark.parametrize(
    "sent",
    [
        {"section": "no-such-section"}, {"section": ""}, {"section": "essentials", "place": "nothing"},
        {"section": "essentials", "place": "audience"}, {"section": "essentials", "place": "costs.x.y"},
        {"section": "essentials", "place": f"audience.{ROW}.nothing"},
        {"section": "essentials", "place": "audience.<b>.women"},
        {"section": "essentials", "place": "modality"}, {"section": "essentials", "place": "x" * 5000},
    ],
)  # fmt: skip
def test_a_place_that_is_none_is_refused(company: Company, sent: dict[str, str]) -> None:
    assert company.ana.send("PUT", f"{company.base}/presence", sent).status == 400
    assert rows(company, Presence) == 0


def test_a_cell_is_a_place(company: Company) -> None:
    assert company.is_at(company.ana, f"audience.{ROW}.women") == 204
    (seen,) = company.told(company.marta)["people"]
    assert "Perfil y cantidad de participantes · Mujeres" in seen["words"]


def test_others_hear_nothing(company: Company) -> None:
    company.is_at(company.ana, "gap")
    for key in ("mx.focal", "st.coordinator", "iom.pledger", "hn.legal"):
        who = next(one for one in company.matrix.everybody if one.key == key)
        for path in ("changes", "live", "answers/gap"):
            answer = company.matrix.asker.ask(who, "GET", f"{company.base}/{path}")
            is_missing = key in (
                "mx.focal",
                "st.coordinator",
            )  # who may write in others, not in this
            assert answer.status == (404 if is_missing else 403), (key, path)


def test_news_say_who_and_when_and_never_what(company: Company) -> None:
    before = company.told(company.marta)["since"].replace("+", "%2B")
    revision = company.ana.fields("essentials")["_revision.gap"][0]
    company.ana.send("PUT", f"{company.base}/answers/gap",
                     {"gap": "Palabras que nadie debe oír", "_revision.gap": revision})  # fmt: skip

    told = company.told(company.marta, before)

    (change,) = [each for each in told["changes"] if each["name"] == "gap"]
    assert change["revision"] == number_of(revision) + 1
    assert change["words"].startswith("Ana Rivas (demostración) cambió esta respuesta a las ")
    assert not change["mine"]
    assert "Palabras" not in json.dumps(told, ensure_ascii=False)
    (own,) = [e for e in company.told(company.ana, before)["changes"] if e["name"] == "gap"]
    assert own["mine"]


def test_an_answer_is_fetched_as_it_stands(company: Company) -> None:
    revision = company.ana.fields("essentials")["_revision.title"][0]
    company.ana.send("PUT", f"{company.base}/answers/title",
                     {"title": '<img src=x onerror="alert(1)">', "_revision.title": revision})  # fmt: skip
    answer = company.matrix.asker.ask(company.marta.who, "GET", f"{company.base}/answers/title")
    assert answer.status == 200
    assert b"&lt;img src=x onerror=&#34;alert(1)&#34;&gt;" in answer.body
    newer = f"{revision.partition(':')[0]}:{number_of(revision) + 1}"
    assert f'name="_revision.title" value="{newer}"'.encode() in answer.body


def test_a_table_is_fetched_with_its_rows_and_a_row_that_is_gone_is_missing(
    company: Company,
) -> None:
    ask, who = company.matrix.asker.ask, company.marta.who
    table = ask(who, "GET", f"{company.base}/answers/audience").body
    row = company.told(company.marta)["rows"]["audience"][0]
    assert f'id="row-{row}"'.encode() in table
    assert ask(who, "GET", f"{company.base}/answers/audience/{row}/women").status == 200
    assert ask(who, "GET", f"{company.base}/answers/audience/{ROW}/women").status == 404


def test_pages_that_ask_by_themselves_keep_nobody_signed_in(company: Company) -> None:
    with company.matrix.app.app_context(), transaction(writing=True) as session:
        mine = db.update(SignIn).where(SignIn.id == company.ana.who.sign_in_id)
        past = clock.real_now() - timedelta(minutes=10)
        session.execute(mine.values(seen_at=past))

    company.told(company.ana)
    company.is_at(company.ana, "gap")

    with company.matrix.app.app_context(), transaction(writing=False) as session:
        assert session.get_one(SignIn, company.ana.who.sign_in_id).seen_at == past
    company.matrix.asker.ask(company.ana.who, "GET", company.ana.page("essentials"))
    with company.matrix.app.app_context(), transaction(writing=False) as session:
        assert session.get_one(SignIn, company.ana.who.sign_in_id).seen_at > past


def test_people_who_enter_one_field_at_the_same_moment_do_not_both_hold_it(
    company: Company,
) -> None:
    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            both = (company.ana, company.marta)
            answers = list(pool.map(lambda who: company.is_at(who, "gap", take="1"), both))
        assert answers == [204, 204]
        with company.matrix.app.app_context(), transaction(writing=False) as session:
            held = session.scalars(db.select(Presence.holds).where(Presence.place == "gap")).all()
        assert sorted(held) == [False, True]


def test_who_was_here_is_forgotten_after_a_day(company: Company, later: Any) -> None:
    company.is_at(company.ana, "gap")
    with company.matrix.app.app_context():
        assert sweeping.sweep() == 0
        later(25 * 3600)
        assert sweeping.sweep() == 1
    assert rows(company, Presence) == 0
