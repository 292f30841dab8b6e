"""What makes a password right, and good enough to be one?"""

from __future__ import annotations

import threading
import time
import unicodedata

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import passwords
from app.accounts.passwords import TOO_COMMON, TOO_LONG, TOO_PERSONAL, TOO_SHORT

GOOD = "cuatro mangos verdes al amanecer"


@pytest.mark.parametrize(
    "typed",
    [
        GOOD,
        "tecla grapa lluvia",
        "x9 Vw-77 pq! Zr 40",
        "una contraseña larguísima, única",
        "я люблю мандарины зимой",
        "grapa " * 11 + "tecla lluvia",
    ],
)
def test_words_that_do_not_belong_together_are_taken(typed: str) -> None:
    assert passwords.weakness(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "passwordpassword",
        "P@ssw0rd!P@ssw0rd!",
        "contraseñacontraseña1",
        "123456789012345678",
        "qwertyuiopasdfghjkl",
        "aaaaaaaaaaaaaaaaaaaa",
        "ababababababababab",
        "Honduras2004Tegucigalpa",
        "EnlaceEnlace2004!",
        "Te Amo Mucho, Te Amo Mucho",
        "correct horse battery staple",
        "Enero Febrero Marzo 2004",
    ],
)
def test_what_everybody_tries_first_is_refused(typed: str) -> None:
    assert passwords.weakness(typed) == TOO_COMMON


def test_fifteen_characters_are_the_least_and_the_sentence_says_so() -> None:
    assert passwords.weakness("x9Vw77pq!Zr40k") == TOO_SHORT
    assert passwords.weakness("x9Vw77pq!Zr40kb") is None
    assert str(passwords.LEAST) in TOO_SHORT
    assert str(passwords.MOST) in TOO_LONG


def test_a_very_long_one_is_refused_before_it_is_examined() -> None:
    assert passwords.weakness(GOOD * 40) == TOO_LONG


@pytest.mark.parametrize(
    "typed", ["los mangos de Zelaya verdes", "m4rt4 z3l4y4 come mangos verdes"]
)
def test_ones_own_name_is_no_secret(typed: str) -> None:
    assert passwords.weakness(typed, "Marta Zelaya", "mz@example.org") == TOO_PERSONAL
    assert passwords.weakness(typed, "Ana Rivas", "ar@example.org") is None


@given(st.text(max_size=40))
def test_one_spelling_whatever_the_keyboard(typed: str) -> None:
    once = passwords.normal(typed)
    assert passwords.normal(once) == once
    assert passwords.normal(unicodedata.normalize("NFD", typed)) == once


@given(st.text(max_size=60), st.text(max_size=20))
def test_whatever_is_typed_gets_an_answer(typed: str, name: str) -> None:
    assert passwords.weakness(typed, name) in (None, TOO_SHORT, TOO_COMMON, TOO_PERSONAL)


class TestHashing:
    """These run on the application that hashes."""

    @pytest.fixture(autouse=True)
    def _context(self, app: Flask, cheap_hashes: None):
        with app.app_context():
            yield

    def test_a_password_is_right_in_any_spelling_and_nothing_else_is(self) -> None:
        stored = passwords.hashed("niña mangos verdes amanecer")
        assert passwords.is_right(
            unicodedata.normalize("NFD", "niña mangos verdes amanecer"), stored
        )
        assert not passwords.is_right("niña mangos verdes amaneceR", stored)
        assert not passwords.is_right("", stored)

    def test_nothing_is_cut_off_a_long_password(self) -> None:
        long = GOOD * 30
        stored = passwords.hashed(long)
        assert passwords.is_right(long, stored)
        assert not passwords.is_right(long[:-1], stored)

    def test_nobody_has_no_password(self) -> None:
        for typed in ("", GOOD, "x" * 2000):
            assert not passwords.is_right(typed, None)

    def test_two_people_with_one_password_have_two_hashes(self) -> None:
        assert passwords.hashed(GOOD) != passwords.hashed(GOOD)

    def test_only_a_few_hashes_are_made_at_once(
        self, monkeypatch: pytest.MonkeyPatch, app: Flask
    ) -> None:
        running, most, lock = 0, 0, threading.Lock()

        def slow(typed: str) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1
            return "hash"

        monkeypatch.setattr(passwords, "hash_password", slow)

        def hash_in_context() -> None:
            with app.app_context():
                passwords.hashed(GOOD)

        threads = [threading.Thread(target=hash_in_context) for _ in range(3 * passwords.AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most == passwords.AT_ONCE


def test_a_hash_costs_what_security_asks_for(app: Flask) -> None:
    with app.app_context():
        stored = passwords.hashed(GOOD)
        assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
        assert not passwords.is_outdated(stored)
        cheap = stored.replace("m=65536", "m=1024")
        assert passwords.is_outdated(cheap)
