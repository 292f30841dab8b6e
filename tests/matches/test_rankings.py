"""Does the Secretariat see what fits, why, and why not, from either side, and does it stay as it was?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.db.errors import Missing
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.funding.matches import actions, computing, queries
from app.funding.matches.models import MatchRun
from app.groups.models import NeedGroupMember
from app.matching.weights import DEFAULT, FIRST, Weights
from app.needs import facts
from app.policy.actor import Actor
from app.policy.engine import Forbidden
from app.web.errors import Refusal
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled
from tests.matches.offering import TODAY, Market, change, offer

Stored = Callable[[Callable[[], Any]], Any]


def run_of(path: str, reader: Reader, st: Actor, *, minutes: int = 0) -> Any:
    """The page after computing, so many minutes after the morning began."""
    with clock.stopped_at(MORNING + timedelta(minutes=minutes)):
        sent = reader.as_(st).submit(path)
    assert (sent.status, sent.location) == (303, path)
    return reader.get(path)


def test_a_need_s_page_offers_to_compute_and_then_ranks_with_reasons(
    reader: Reader, st: Actor, market: Market
) -> None:
    path = f"/matches/needs/{market.needs['border']}"
    before = reader.as_(st).get(path)
    assert "Aún no se ha calculado nada" in before.words
    page = run_of(path, reader, st)
    assert "coinciden 2" in page.words
    assert page.words.index("Detección en frontera") < page.words.index("Detección breve")
    assert "El ofrecimiento es en español" in page.words.replace(
        "el ofrecimiento", "El ofrecimiento"
    )
    assert "Se pide para 20 participantes; el ofrecimiento es para grupos de 10 a 15" in page.words
    for hidden in ("Aún sin abrir", "Retirado", "Banca"):
        assert hidden not in page.words


def test_why_not_says_what_would_have_to_change(reader: Reader, st: Actor, market: Market) -> None:
    path = f"/matches/needs/{market.needs['border']}"
    run_of(path, reader, st)
    near = reader.get(path + "?show=near").words
    assert "Esto lo excluye. El auspiciador tendría que admitir a Honduras." in near
    assert "El ofrecimiento venció el 21 de mayo de 2004." in near
    assert "El auspiciador tendría que renovarlo." in near
    assert "Contenido temático 1" in reader.get(path + "?show=rest").words


def test_a_group_is_held_against_offers_as_one(reader: Reader, st: Actor, market: Market) -> None:
    page = run_of(f"/matches/groups/{market.group}", reader, st)
    assert "Se pide para 40 participantes" in page.words
    assert "“Detección e indicadores” e “Identificación y entrevista" in page.words


def test_an_offer_finds_groups_and_single_needs_and_each_need_once(
    reader: Reader, st: Actor, market: Market
) -> None:
    page = run_of(f"/matches/offers/{market.offers['good']}", reader, st)
    assert "Detección" in page.words
    assert "Honduras y El Salvador" in page.words
    assert market.needs["border"] not in page.html
    kept = json.loads(_last(reader).content)
    assert kept["considered"] == 2


def _last(reader: Reader) -> MatchRun:
    with reader.client.application.app_context(), scoped(SYSTEM):
        return db.session.scalars(
            db.select(MatchRun).order_by(MatchRun.made_at.desc(), MatchRun.id.desc()).limit(1)
        ).one()


def test_both_sides_say_the_same_of_a_pair(stored: Stored, st: Actor, market: Market) -> None:
    def both() -> tuple[Any, Any]:
        one = computing.compute(queries.need(st, market.needs["court"]), DEFAULT)
        other = computing.compute(queries.offer(st, market.offers["other"]), DEFAULT)
        return json.loads(one.content), json.loads(other.content)

    one, other = stored(both)
    assert one["failed"]["theme"] == 5
    assert other["failed"]["theme"] == 2


def test_the_same_question_gives_the_same_bytes(stored: Stored, st: Actor, market: Market) -> None:
    def twice() -> list[bytes]:
        subject = queries.group(st, market.group)
        return [computing.compute(subject, DEFAULT).content for _ in range(2)]

    one, other = stored(twice)
    assert one == other


@pytest.mark.parametrize("act", [
    lambda market: change(market.offers["good"], seats_max=18),
    lambda market: change(market.offers["other"], state="withdrawn"),
    lambda market: offer(market.sponsor, "Nuevo"),
], ids=["edited", "withdrawn", "opened"])  # fmt: skip
def test_a_ranking_says_that_what_it_rests_on_has_changed(
    reader: Reader, st: Actor, market: Market, stored: Stored, act: Callable[[Market], Any]
) -> None:
    path = f"/matches/groups/{market.group}"
    assert "no ha cambiado nada" in run_of(path, reader, st).words
    stored(lambda: act(market))
    assert "cambió algo de lo que se compara" in reader.get(path).words
    assert "no ha cambiado nada" in run_of(path, reader, st, minutes=1).words


def test_an_earlier_ranking_is_read_and_judged_again_as_it_was(
    reader: Reader, st: Actor, market: Market, stored: Stored
) -> None:
    path = f"/matches/needs/{market.needs['border']}"
    run_of(path, reader, st)
    first = _last(reader)
    stored(lambda: change(market.offers["good"], seats_max=12, title="Otro título"))
    run_of(path, reader, st, minutes=1)
    kept = reader.get(f"/matches/runs/{first.id}?again=")
    assert "Detección en frontera" in kept.words
    assert "Otro título" not in kept.words
    assert "dan la misma lista, byte a byte" in kept.words
    assert f"/matches/runs/{first.id}" in reader.get(path).links()


def test_a_ranking_that_was_tampered_with_is_found_out(
    stored: Stored, st: Actor, market: Market
) -> None:
    def look() -> tuple[bool, bool]:
        subject = queries.need(st, market.needs["border"])
        run = actions.keep(st, subject, computing.compute(subject, DEFAULT))
        honest = computing.stands(run, subject)
        content = json.loads(run.content)
        content["best"][0]["criteria"][0]["reason"]["es"] = "Porque sí."
        forged = MatchRun(
            id="x", content=json.dumps(content, ensure_ascii=False), hash=run.hash,
            inputs_digest=run.inputs_digest,
        )  # fmt: skip
        return honest, computing.stands(forged, subject)

    assert stored(look) == (True, False)


def test_a_need_that_is_not_in_force_and_an_offer_that_ended_long_ago_are_refused(
    reader: Reader, st: Actor, market: Market, stored: Stored
) -> None:
    stored(lambda: facts.close(market.needs["court"], MORNING))
    refused = reader.as_(st).submit(f"/matches/needs/{market.needs['court']}")
    assert refused.status == 409
    assert "Nada de esto está vigente" in refused.words
    stored(lambda: db.session.execute(
        db.update(NeedGroupMember.__table__).values(valid_to=MORNING)
    ))  # fmt: skip
    assert reader.submit(f"/matches/groups/{market.group}").status == 409
    gone = stored(lambda: offer(market.sponsor, "De hace años", state="expired",
                                valid_until=TODAY - timedelta(400)))  # fmt: skip
    refused = reader.submit(f"/matches/offers/{gone}")
    assert refused.status == 409
    assert "terminó hace mucho" in refused.words


def test_nobody_else_has_these_pages(reader: Reader, market: Market, settled: Settled) -> None:
    for who in ("hn", "ca-sponsor", "ppt", "ar", "op"):
        for path in (f"/matches/needs/{market.needs['border']}", f"/matches/groups/{market.group}",
                     f"/matches/offers/{market.offers['good']}", "/matches/weights"):  # fmt: skip
            assert reader.as_(settled[who]).get(path, status=403).status == 403


def test_what_does_not_exist_or_was_never_opened_is_missing(
    stored: Stored, st: Actor, market: Market
) -> None:
    def look() -> None:
        draft = offer(market.sponsor, "Borrador", state="draft", opened_at=None)
        for find, key in (
            (queries.need, "nothing"),
            (queries.group, "nothing"),
            (queries.offer, draft),
        ):
            with pytest.raises(Missing):
                find(st, key)

    stored(look)


def test_computing_takes_the_same_statements_for_few_offers_and_for_many(
    reader: Reader, st: Actor, market: Market, stored: Stored, count_queries: Any
) -> None:
    path = f"/matches/groups/{market.group}"
    page = reader.as_(st).get(path)
    few = count_queries(lambda: reader.send(path, page.fields(path)))
    stored(lambda: [offer(market.sponsor, f"Oferta {n}") for n in range(60)])
    page = reader.as_(st).get(path)
    with clock.stopped_at(MORNING + timedelta(minutes=1)):
        assert count_queries(lambda: reader.send(path, page.fields(path))) == few
    shown = reader.get(path)
    assert shown.html.count('id="place-') == 25
    behind = next(link for link in shown.links() if "from=" in link)
    assert '<h3 id="place-26">' in reader.get(behind).html


def test_weights_are_the_coordinator_s_with_a_note_and_kept_in_versions(
    reader: Reader, st: Actor, settled: Settled, market: Market
) -> None:
    path = f"/matches/groups/{market.group}"
    run_of(path, reader, st)
    assert reader.as_(settled["st"]).get("/matches/weights/change", status=403)
    form = "/matches/weights/change"
    changed = {"points_theme": "20", "points_seats": "20"}
    tried = reader.as_(st).submit(form, preview="1", **changed)
    assert tried.status == 200
    assert "Qué cambiaría" in tried.words
    assert "Detección" in tried.words
    assert "El orden queda como está." in tried.words
    assert reader.submit(form, save="1", **changed).status == 422
    done = reader.submit(form, save="1", note="Los cupos apremian.", **changed)
    assert (done.status, done.location) == (303, "/matches/weights")
    page = reader.get("/matches/weights").words
    assert "Versión 2, la que cuenta ahora" in page
    assert "Los cupos apremian." in page
    assert "Una propuesta de Enlace" in page
    assert "cambiaron los pesos" in reader.get(path).words
    assert json.loads(_last(reader).content)["weights"]["version"] == 1


@pytest.mark.parametrize(("typed", "said"), [
    ({"points_theme": "31"}, "Los pesos suman 101. Deben sumar 100."),
    ({"points_theme": "-1"}, "Escriba un número entero de 0 a 100."),
    ({"points_theme": "29,5"}, "Escriba un número entero de 0 a 100."),
    ({"silence": "101"}, "Escriba un número entero de 0 a 100."),
    ({"points_level": None}, "Escriba un número entero de 0 a 100."),
    ({"note": "x" * 501, "points_theme": "29", "points_level": "6"}, "Escriba como máximo 500"),
    ({"note": "Igual."}, "Estos son los pesos que ya cuentan."),
])  # fmt: skip
def test_wrong_weights_are_refused_at_their_place_with_the_text_kept(
    reader: Reader, st: Actor, market: Market, typed: dict[str, Any], said: str
) -> None:
    answer = reader.as_(st).submit(
        "/matches/weights/change", save="1", **{"note": "Porque.", **typed}
    )
    assert answer.status == 422
    assert said in answer.words
    assert all(value in answer.html for value in typed.values() if value)


def test_weights_changed_over_a_colleague_s_are_refused(
    stored: Stored, st: Actor, settled: Settled
) -> None:
    def race() -> None:
        points = dict(FIRST) | {"theme": 20, "seats": 20}
        actions.weigh(st, Weights(points, 50, 2), note="Primero.")
        db.session.flush()
        with pytest.raises(Refusal):
            actions.weigh(st, Weights(dict(FIRST), 50, 2), note="Después.")
        with pytest.raises(Forbidden):
            actions.weigh(settled["st"], Weights(dict(FIRST), 50, 3), note="Sin permiso.")
        assert queries.weights() == Weights(points, 50, 2)

    stored(race)


def test_the_weights_that_come_with_the_tables_are_those_of_the_code(stored: Stored) -> None:
    assert stored(queries.weights) == Weights(dict(FIRST), 50, 1)
