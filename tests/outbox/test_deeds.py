"""Is what was promised and is no letter done once, whatever breaks, and while no mail goes out?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app import clock
from app.audit.commit import committed
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.outbox import deeds, deliver, lease, mail_server, post
from app.outbox.models import DeliveredMail
from tests.outbox.people import add, person
from tests.outbox.people import post_office as post_office
from tests.outbox.test_delivery import mails, promise, states

pytestmark = pytest.mark.usefixtures("post_office")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, as the deed `plain-deed` did it: a row in the same transaction."""
    seen: list[str] = []

    def look(params: Mapping[str, Any]) -> deeds.Write:
        def write() -> None:
            seen.append(params["mark"])
            if params["mark"] == "breaks":
                raise ValueError("in the middle")
            db.session.add(DeliveredMail(id=new_id(), message_id="deed", to="-", body="-",
                                      subject=params["mark"], sent_at=clock.now()))  # fmt: skip

        return write

    monkeypatch.setitem(deeds._deeds, "plain-deed", look)
    return seen


def ask_for(mark: str) -> None:
    with committed():
        post.to_do("plain-deed", mark=mark)


def test_a_deed_is_done_once_and_is_no_letter(done: list[str]) -> None:
    ask_for("once")
    assert deliver.drain() == deliver.Drained(done=1)
    assert deliver.drain() == deliver.Drained()
    assert done == ["once"]
    assert [mail.subject for mail in mails()] == ["once"]
    assert states() == ["sent"]


def test_while_a_deed_looks_others_write(
    done: list[str], app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(_params: Mapping[str, Any]) -> deeds.Write:
        assert db.session.execute(db.text("SELECT 1")).scalar_one() == 1
        with ThreadPoolExecutor(1) as other:
            other.submit(in_application, app, ask_for, "by another").result(5)
        return lambda: done.append("looked")

    monkeypatch.setitem(deeds._deeds, "plain-look", look)
    with committed():
        post.to_do("plain-look", mark="-")
    assert deliver.drain().failed == 0
    assert done == ["looked", "by another"]


def test_what_changed_after_a_deed_looked_is_looked_at_again_at_once(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def look(_params: Mapping[str, Any]) -> deeds.Write:
        looks.append("look")

        def write() -> None:
            if len(looks) == 1:
                raise deeds.LookAgain
            done.append("written")

        return write

    monkeypatch.setitem(deeds._deeds, "plain-look", look)
    with committed():
        post.to_do("plain-look", mark="-")
    assert deliver.drain() == deliver.Drained(done=1)
    assert (len(looks), done, states()) == (2, ["written"], ["sent"])


def in_application(app: Any, work: Callable[..., None], *given: Any) -> None:
    with app.app_context():
        work(*given)


def test_a_deed_that_breaks_leaves_nothing_and_is_tried_again(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for("breaks")
    ask_for("after it")
    assert deliver.drain() == deliver.Drained(done=1, failed=1)
    assert [mail.subject for mail in mails()] == ["after it"]
    with clock.stopped_at(clock.now() + timedelta(minutes=2)):
        assert deliver.drain().failed == 1
    assert done.count("breaks") == 2


def test_a_deed_that_the_database_refuses_for_good_is_parked_and_holds_up_no_other(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_params: Mapping[str, Any]) -> deeds.Write:
        return lambda: db.session.execute(db.text("SELECT nothing FROM no_such_table"))

    monkeypatch.setitem(deeds._deeds, "plain-refused", refused)
    with committed():
        post.to_do("plain-refused", mark="never")
    ask_for("after it")
    assert deliver.drain() == deliver.Drained(done=1, failed=1)
    for tries in range(lease.MOST_TRIES):
        with clock.stopped_at(clock.now() + timedelta(hours=2 * (tries + 1))):
            deliver.drain()
    assert states() == ["parked", "sent"]


def test_a_database_that_is_busy_stops_the_round_and_the_deed_is_done_later(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_params: Mapping[str, Any]) -> deeds.Write:
        raise OperationalError("", None, Exception("database is locked"))

    ask_for("later")
    with monkeypatch.context() as patched:
        patched.setitem(deeds._deeds, "plain-deed", busy)
        with pytest.raises(OperationalError):
            deliver.drain()
    with clock.stopped_at(clock.now() + lease.LEASE + timedelta(seconds=1)):
        assert deliver.drain().done == 1
    assert done == ["later"]


def test_deeds_do_not_wait_for_a_mail_server_that_is_down(
    done: list[str], app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any) -> None:
        raise mail_server.Unreachable("ConnectionRefusedError")

    add(person("ana"))
    promise(to="ana")
    monkeypatch.setattr(deliver, "_deliver", closed)
    ask_for("all the same")
    found = deliver.drain()
    assert (found.done, found.is_reachable) == (1, False)
    assert done == ["all the same"]
    assert states() == ["sent", "waiting"]


def test_a_deed_whose_doer_died_is_done_by_another(done: list[str]) -> None:
    ask_for("left behind")
    with transaction(writing=True) as session:
        assert lease.take(session) is not None
    assert deliver.drain().done == 0
    with clock.stopped_at(clock.now() + lease.LEASE + timedelta(seconds=1)):
        assert deliver.drain().done == 1
    assert done == ["left behind"]
