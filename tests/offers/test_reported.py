"""Does the needs report list the offers that stood open at its moment, and keep them as they were?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app import clock
from app.calls import actions as calls
from app.calls.models import Call
from app.documents.model import TableBlock
from app.funding.offers import actions
from app.reports import building, content, drawing
from app.reports.document import document_of
from app.reports.offers_table import offers_table
from app.reports.report import Report
from tests.calls.settled import MORNING, Settled, terms
from tests.documents.test_same_cells import assert_same_everywhere
from tests.offers.offered import hosting, offered

DAY = timedelta(days=1)


@pytest.fixture
def call(settled: Settled) -> Call:
    return calls.create(settled["st"], terms(settled))


def report(call: Call, at: datetime = MORNING) -> Report:
    return building.build(call, as_of=at)


def test_those_that_stood_open_are_listed_by_who_offers(settled: Settled, call: Call) -> None:
    actions.create(settled["hn"], hosting(), opens=True)
    actions.create(settled["ca-sponsor"], offered(), opens=True)
    actions.create(settled["ca-sponsor"], offered(title="A draft"))
    found = report(call).offers
    assert [(one.by.en, one.title) for one in found] == [
        ("ca-sponsor (en)", "Training for consular staff"), ("hn (en)", "Sede de la primera"),
    ]  # fmt: skip
    assert [role.es for role in found[0].roles] == [
        "Paga",
        "Aporta el contenido y quienes capacitan",
    ]
    assert [role.en for role in found[1].roles] == ["Hosts"]
    assert report(call, MORNING - DAY).offers == ()


def test_what_was_written_down_is_read_again_whatever_becomes_of_the_offer(
    settled: Settled, call: Call
) -> None:
    offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
    before = report(call)
    kept = content.written(before)
    with clock.stopped_at(MORNING + DAY):
        actions.withdraw(settled["ca-sponsor"], offer, reason="Over", revision=offer.revision)
    assert content.read(*kept).offers == before.offers
    assert content.written(report(call)) == kept
    assert building.digest(report(call, MORNING + DAY)) != building.digest(before)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_and_every_file_say_the_same_cells(
    settled: Settled, call: Call, lang: str
) -> None:
    actions.create(settled["ca-sponsor"], offered(), opens=True)
    made = report(call)
    table = offers_table(made.offers, lang)
    document = document_of(made, lang)
    assert table in [each.table for each in document.blocks if isinstance(each, TableBlock)]
    drawn = drawing.offers(made, lang, "es_419" if lang == "es" else "en")
    assert drawn is not None
    cells = drawn.rows[0][1]
    assert cells[:4] == list(table.rows[0][:4])
    assert "2004" in cells[4]
    assert_same_everywhere(document)
