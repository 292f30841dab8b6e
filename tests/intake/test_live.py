"""Is what happens in a draft heard in every process, by those who may, and by so many at most?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.accounts.models import SignIn
from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Draft, Presence
from app.web.streams import MOST_EACH
from tests.access.asking import Somebody
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.listening import PATIENCE, Listener, Server, served
from tests.intake.writing import Writer, number_of

MOST = 3


@pytest.fixture(scope="module")
def servers(
    demonstration: Matrix, database: Any, instance: Path
) -> Iterator[tuple[Server, Server]]:
    """Two processes on one database."""
    settings = {"ENLACE_LIVE_STREAMS": str(MOST)}
    with (
        served(database.url, instance, **settings) as one,
        served(database.url, instance, **settings) as other,
    ):
        yield one, other


class Place:
    """A draft, two people, and a process for each of them."""

    def __init__(self, matrix: Matrix, servers: tuple[Server, Server]) -> None:
        self.matrix, (self.here, self.there) = matrix, servers
        self.writer = Writer(matrix, "hn.contributor")
        self.base = f"/needs/{self.writer.need}"
        self.open: list[Listener] = []

    def somebody(self, key: str) -> Somebody:
        return next(one for one in self.matrix.everybody if one.key == key)

    def ask(self, key: str = "hn.focal", server: Server | None = None, since: str = "") -> Listener:
        path = f"{self.base}/live" + (f"?since={since}" if since else "")
        listener = (server or self.there).listen(self.matrix.asker, self.somebody(key), path)
        self.open.append(listener)
        return listener

    def listen(self, *asked: Any, **more: Any) -> Listener:
        """A stream, as soon as those of whoever left before are closed."""
        deadline = time.monotonic() + PATIENCE
        while (listener := self.ask(*asked, **more)).status != 200:
            assert time.monotonic() < deadline, listener.status
            time.sleep(0.2)
        return listener

    def put(self, path: str, data: dict[str, str], server: Server | None = None) -> int:
        return (server or self.here).put(
            self.matrix.asker, self.writer.who, f"{self.base}/{path}", data
        )

    def save(self, words: str) -> int:
        """Ana saves the title through her process; the revision."""
        seen = self.writer.fields("essentials")["_revision.title"][0]
        sent = {"title": words, "_revision.title": seen}
        assert self.put("answers/title", sent) == 200
        return number_of(seen) + 1


@pytest.fixture
def place(demonstration: Matrix, servers: tuple[Server, Server]) -> Iterator[Place]:
    made = Place(demonstration, servers)
    yield made
    for each in made.open:
        each.leave()
    with demonstration.app.app_context(), transaction(writing=True) as session:
        session.execute(db.delete(Presence.__table__))


def test_a_save_in_one_process_is_heard_in_the_other_without_its_words(place: Place) -> None:
    listener = place.listen()
    assert listener.headers["Content-Type"].startswith("text/event-stream")
    assert listener.headers["Cache-Control"] == "no-store"
    assert listener.news()["people"] == []

    revision = place.save("Palabras que nadie debe oír")

    (change,) = listener.news_of("changes")
    assert (change["name"], change["revision"]) == ("title", revision)
    assert "Ana Rivas" in change["words"]
    assert "Palabras" not in str(change)


def test_coming_moving_and_leaving_are_heard_in_the_other_process(place: Place) -> None:
    listener = place.listen()
    assert listener.news_of("people") == []
    for at in ("", "gap", "title"):
        assert place.put("presence", {"section": "essentials", "place": at}) == 204
        (ana,) = listener.news_of("people")
        assert (ana["place"], ana["holds"]) == (at, bool(at))
    assert place.put("presence", {"left": "1"}) == 204
    assert listener.news_of("people") == []


def test_a_reader_who_comes_again_is_told_what_happened_meanwhile(place: Place) -> None:
    before = place.listen().news()["since"].replace("+", "%2B")
    revision = place.save(f"Entretanto {time.monotonic()}")
    again = place.listen(since=before)
    assert {"title": revision}.items() <= {
        each["name"]: each["revision"] for each in again.news_of("changes")
    }.items()


def test_so_many_readers_and_no_more(place: Place) -> None:
    held = [place.listen() for _ in range(MOST)]

    refused = place.ask()

    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert place.listen(server=place.here), "each process has its own"
    asked = place.matrix.asker.ask(place.somebody("hn.focal"), "GET", f"{place.base}/changes")
    assert asked.status == 200, "who is refused asks instead"

    held[0].leave()
    assert place.listen(), "a reader who left makes room"


def test_nobody_takes_the_streams_of_others(place: Place, database: Any, instance: Path) -> None:
    with served(database.url, instance, ENLACE_LIVE_STREAMS=str(MOST_EACH + 2)) as third:
        mine = [place.listen(server=third) for _ in range(MOST_EACH + 4)]
        others = [place.listen(key, server=third) for key in ("hn.contributor", "hn.alternate")]

        for oldest in mine[:-MOST_EACH]:
            assert "event: poll" in list(oldest.lines()), "the oldest are to poll"
        assert place.ask("hn.contributor", server=third).status == 503, "all are taken"
        going_on = (*mine[-MOST_EACH:], others[1])
        assert [each.news_of("people") for each in going_on] == [[]] * len(going_on)
        assert place.put("presence", {"section": "essentials", "place": "gap"}, third) == 204
        for each in going_on:
            (ana,) = each.news_of("people")
            assert ana["place"] == "gap", "the newest go on"


def test_who_is_signed_out_hears_no_more(place: Place) -> None:
    listener = place.listen("hn.alternate")
    listener.news()
    who = place.somebody("hn.alternate")
    with place.matrix.app.app_context(), transaction(writing=True) as session:
        ended = db.update(SignIn).where(SignIn.id == who.sign_in_id)
        session.execute(ended.values(ended_at=clock.real_now()))

    place.save("Después de salir")

    assert "event: over" in list(listener.lines())


def test_who_reads_no_events_is_sent_to_ask(place: Place) -> None:
    path = f"{place.base}/live"
    answer = place.matrix.asker.ask(place.somebody("hn.focal"), "GET", path)
    assert (answer.status, answer.location) == (303, f"{place.base}/changes")


def test_a_process_with_one_thread_gives_no_streams(place: Place) -> None:
    asker, who = place.matrix.asker, place.somebody("hn.focal")
    client = asker.client(who)  # it signs in
    headers = {"Cookie": asker.cookies[str(who)], "Accept": "text/event-stream"}
    assert client.get(f"{place.base}/live", headers=headers).status_code == 503


def test_streams_end_when_the_server_is_asked_to_stop(
    place: Place, database: Any, instance: Path
) -> None:
    with served(database.url, instance) as third:
        listener = place.listen(server=third)
        listener.news()
        third.process.terminate()
        list(listener.lines())  # ends
        assert third.process.wait(PATIENCE) == 0


def test_a_stream_ends_with_the_draft(place: Place) -> None:
    listener = place.listen()
    listener.news()
    with place.matrix.app.app_context(), transaction(writing=True) as session:
        draft = place.writer.open[place.writer.need]["id"]
        session.execute(db.update(Draft).where(Draft.id == draft).values(closed_at=clock.now()))
    try:
        assert "event: over" in list(listener.lines())
        asked = place.matrix.asker.ask(place.somebody("hn.focal"), "GET", f"{place.base}/changes")
        assert (asked.status, asked.location) == (303, place.base), "to where it stands"
    finally:
        with place.matrix.app.app_context(), transaction(writing=True) as session:
            session.execute(db.update(Draft).where(Draft.id == draft).values(closed_at=None))
