"""Sent out in the columns of HTCDS and taken in again: are the answers the same ones?"""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.cases.common_format.format import CASE
from tests.cases.htcds.chance import document, said
from tests.cases.htcds.test_round_trip import app as app
from tests.cases.htcds.test_round_trip import came_back

FULL, SAMPLE = 2_000, 20


def test_every_communication_comes_back_as_it_left(app: Flask, proof: Any) -> None:
    run = proof(
        "htcds-round-trip",
        what="Communications with chance answers to every question, written as a workbook of HTCDS and read"
        " again: every answer that HTCDS says exactly is the same, and nothing else is there",
        full=FULL,
        sample=SAMPLE,
    )
    for chance in run.cases():
        given = document(CASE, chance)
        found = came_back(app, given)
        assert said(found) == said(given)
        run.count("answers", sum(len(row) for row in _rows(found)))
        run.count("rows", len(_rows(found)))


def _rows(found: dict[str, Any]) -> list[Any]:
    return [
        row
        for value in found.values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict)
    ]
