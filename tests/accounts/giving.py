"""How do tests have somebody's second factor, or count as having given it?"""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import update

from app import clock
from app.accounts.factors import totp
from app.accounts.models import SignIn
from app.db.transactions import transaction
from tests.accounts.house import PASSWORD, Browser

CODE = re.compile(r"<td>([2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2})</td>")
KEY = re.compile(r"\b((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})\b")
MINE = "/me/second-factor"


def make_fresh(app: Flask, person_id: str) -> None:
    """Whoever this is has just given a second factor, in every browser."""
    with app.app_context(), transaction(writing=True) as session:
        session.execute(
            update(SignIn).where(SignIn.person_id == person_id).values(factor_at=clock.real_now())
        )


def print_sheet(browser: Browser, **proof: str) -> list[str]:
    """The codes of a new sheet, as its page shows them."""
    shown = browser.send(f"{MINE}/sheet", **(proof or {"present_password": PASSWORD}))
    assert shown.status_code == 200, shown.text
    return CODE.findall(shown.text)


def add_program(browser: Browser, **proof: str) -> bytes:
    """The key of a new program, which has shown its first code."""
    begun = browser.send(f"{MINE}/program", **(proof or {"present_password": PASSWORD}))
    assert begun.status_code == 303, begun.text
    key = key_in(browser.get(f"{MINE}/program/key").text)
    answer = browser.send(f"{MINE}/program/key", factor=code_of(key))
    assert answer.status_code == 303, answer.text
    return key


def key_in(page: str) -> bytes:
    import base64

    return base64.b32decode(KEY.search(page)[1].replace(" ", ""))


def code_of(key: bytes, later: int = 0) -> str:
    """The code that a program with this key shows now, or so many half minutes later."""
    return totp.code_at(key, totp.present_step() + later)
