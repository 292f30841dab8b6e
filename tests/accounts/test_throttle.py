"""How often may one try, and who else is kept waiting by it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app import create_app
from app.accounts import limit_storage, throttle
from app.accounts.throttle import ACCOUNT_ANYWHERE, ACCOUNT_HERE, FROM_HERE
from app.db.models import LimitCounter
from app.db.transactions import transaction
from tests.accounts.house import Browser, House
from tests.support.world import let_go, settings

WRONG = "cuatro mangos rojos al amanecer"


@pytest.fixture
def twin(app: Flask, database, tmp_path) -> Iterator[Flask]:
    """Another process's application on the same database."""
    made = create_app(settings(database.url, tmp_path))
    made.extensions["security"].pwd_context.update(argon2__memory_cost=64, argon2__time_cost=1)
    yield made
    let_go(made)


def tries(browser: Browser, key: str, times: int) -> list[int]:
    return [browser.sign_in(key, WRONG).status_code for _ in range(times)]


def test_after_ten_wrong_passwords_one_waits_and_is_told_how_long(
    house: House, somebody: Browser, later: Callable[[timedelta], None]
) -> None:
    assert tries(somebody, "hn.focal", ACCOUNT_HERE.most) == [422] * ACCOUNT_HERE.most
    answer = somebody.sign_in("hn.focal")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= ACCOUNT_HERE.seconds
    later(timedelta(seconds=ACCOUNT_HERE.seconds + 1))
    assert somebody.sign_in("hn.focal").status_code == 303


def test_an_address_that_is_nobodys_is_counted_alike(house: House, somebody: Browser) -> None:
    assert tries(somebody, "nobody", ACCOUNT_HERE.most + 1)[-1] == 429


def test_attempts_are_counted_for_all_processes_together(
    house: House, app: Flask, twin: Flask
) -> None:
    here, there = Browser(app), Browser(twin)
    codes = []
    for turn in range(ACCOUNT_HERE.most + 2):
        codes += tries((here, there)[turn % 2], "hn.focal", 1)
    assert codes == [422] * ACCOUNT_HERE.most + [429] * 2


def test_somebody_elses_mistakes_elsewhere_do_not_lock_a_person_out(
    house: House, browser_of: Callable[..., Browser]
) -> None:
    assert tries(browser_of("203.0.113.5"), "hn.focal", ACCOUNT_HERE.most + 1)[-1] == 429
    assert browser_of("203.0.113.6").sign_in("hn.focal").status_code == 303


def test_other_people_at_the_same_place_are_not_kept_waiting(
    house: House, somebody: Browser
) -> None:
    assert tries(somebody, "hn.focal", ACCOUNT_HERE.most + 1)[-1] == 429
    assert somebody.sign_in("hn.contributor").status_code == 303


def test_getting_in_forgives_earlier_mistakes(house: House, somebody: Browser) -> None:
    for _ in range(2):
        assert tries(somebody, "hn.focal", ACCOUNT_HERE.most - 1) == [422] * (ACCOUNT_HERE.most - 1)
        assert somebody.sign_in("hn.focal").status_code == 303
        somebody.client.delete_cookie("enlace")


def test_counters_hold_no_address_of_a_person(app: Flask, house: House, somebody: Browser) -> None:
    tries(somebody, "hn.focal", 1)
    with app.app_context(), transaction(writing=False) as session:
        keys = session.scalars(select(LimitCounter.key)).all()
    assert keys
    assert not any("focal" in key or "@" in key for key in keys)


def test_a_guesser_with_many_networks_and_one_with_many_names_are_both_stopped(app: Flask) -> None:
    def outcome(network: str, account: str) -> bool:
        with app.test_request_context("/sign-in", environ_base={"REMOTE_ADDR": network}):
            try:
                throttle.count_attempt("sign-in", account)
            except Exception:
                return False
            return True

    many_networks = [
        outcome(f"198.51.100.{n}", "hn.focal") for n in range(ACCOUNT_ANYWHERE.most + 1)
    ]
    assert many_networks == [True] * ACCOUNT_ANYWHERE.most + [False]
    many_names = [outcome("192.0.2.1", f"name{n}") for n in range(FROM_HERE.most + 1)]
    assert many_names == [True] * FROM_HERE.most + [False]


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_a_network_is_what_one_subscriber_has(
    app: Flask, one: str, other: str, are_one: bool
) -> None:
    def network(address: str) -> str:
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            return throttle.network()

    assert (network(one) == network(other)) is are_one


def test_an_address_that_is_none_is_still_counted(app: Flask) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "unix:"}):
        assert throttle.network() == "unknown"


class TestStore:
    """The store as Flask-Limiter uses it."""

    @pytest.fixture(autouse=True)
    def _context(self, app: Flask):
        with app.app_context():
            yield

    @pytest.fixture
    def storage(self) -> limit_storage.DatabaseStorage:
        return limit_storage.DatabaseStorage(limit_storage.URI)

    def test_it_is_the_one_the_application_uses(self, app: Flask) -> None:
        from app.extensions import limiter

        assert isinstance(limiter.storage, limit_storage.DatabaseStorage)
        assert limiter.storage.check()

    def test_it_counts_within_a_window_and_begins_anew_after_it(
        self, storage, later: Callable[[timedelta], None]
    ) -> None:
        assert [storage.incr("a", 60), storage.incr("a", 60), storage.incr("a", 60, 3)] == [1, 2, 5]
        assert (storage.get("a"), storage.get("b")) == (5, 0)
        before = storage.get_expiry("a")
        later(timedelta(seconds=61))
        assert storage.get("a") == 0
        assert storage.incr("a", 60) == 1
        assert storage.get_expiry("a") > before

    def test_counters_can_be_forgotten(self, storage) -> None:
        for key in "abc":
            storage.incr(key, 60)
        storage.clear("a")
        assert (storage.get("a"), storage.get("b")) == (0, 1)
        assert storage.reset() == 2
        assert storage.get("b") == 0

    @given(keys=st.lists(st.sampled_from("abc"), max_size=12))
    def test_it_counts_like_a_dictionary(self, keys: list[str]) -> None:
        storage = limit_storage.DatabaseStorage(limit_storage.URI)
        storage.reset()
        counted = {key: storage.incr(key, 60) for key in keys}
        assert counted == {key: keys.count(key) for key in keys}
