"""What does the address of a section say once nothing can be written there: how it stands, and how to go on?"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask

from app.audit.commit import committed
from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.placing import Stage
from tests.intake.returning import Returned

NOTICE = re.compile(r'<div class="notice ([^"]*)" role="status"><p>(.*?)</p>')


@pytest.fixture
def need(app: Flask, house: House) -> Returned:
    return Returned(app, house)


def become(need: Returned, *steps: Any) -> None:
    for step in steps:
        with need.stage.app.app_context(), committed():
            step(need.stage, need.need)


def told(need: Returned, path: str) -> tuple[str, str]:
    """How the notice looks that leads away from an address, and what it says."""
    led = need.ana.get(path)
    assert led.status_code == 303
    look, said = NOTICE.findall(need.ana.get(led.location).text)[0]
    return look, html.unescape(said)


def test_of_a_returned_need_it_says_how_to_go_on_writing(need: Returned) -> None:
    become(need, Stage.certify, Stage.return_it)
    look, said = told(need, need.path)
    assert look == "warn"
    assert "Fue devuelta el" in said
    assert "pulse «Hacer los cambios» en su página" in said
    assert "Hacer los cambios</button>" in need.ana.get(f"/needs/{need.need}").text


def test_of_a_certified_need_it_says_who_sent_it_and_not_as_a_success(need: Returned) -> None:
    become(need, Stage.certify)
    look, said = told(need, need.path)
    assert look == "warn"
    assert "la certificó y envió el" in said


def test_a_step_that_is_not_open_is_no_success_either(need: Returned) -> None:
    become(need, Stage.certify)
    look, said = told(need, f"/needs/{need.need}/discarding")
    assert (look, said) == ("warn", "Ese paso no está abierto ahora. Aquí se ve cómo está.")
