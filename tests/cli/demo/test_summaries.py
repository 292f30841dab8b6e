"""Did the needs of the demonstration go to sponsors as its story says, and name no country that would not?"""

from __future__ import annotations

import json
from collections import Counter
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.accounts.models import Person
from app.organisations.models import Organisation
from app.summaries.models import (
    ReleasedSummary,
    Routing,
    Summary,
    SummaryChange,
    SummaryOpening,
    SummaryQuestion,
)


def test_summaries_are_in_every_state(looking):
    states = Counter(looking.scalars(select(Summary.state)))
    assert set(states) == {"prepared", "changed", "withheld", "released"}


def test_a_change_waits_for_honduras_until_five_working_days_have_passed(looking):
    waiting, key = looking.execute(
        select(SummaryChange, Organisation.key)
        .join(Organisation, Organisation.id == SummaryChange.organisation_id)
        .where(SummaryChange.decision.is_(None))
    ).one()
    assert key == "hn"
    tegucigalpa = waiting.closes_at.astimezone(ZoneInfo("America/Tegucigalpa"))
    assert f"{tegucigalpa:%Y-%m-%d %H:%M}" == "2004-05-28 23:59"


def sent_to(looking, key):
    return looking.execute(
        select(Routing, ReleasedSummary)
        .join(ReleasedSummary, ReleasedSummary.id == Routing.released_id)
        .join(Organisation, Organisation.id == Routing.sponsor_id)
        .where(Organisation.key == key)
        .order_by(Routing.sent_at)
    ).all()  # fmt: skip


def test_canada_asked_was_answered_and_is_interested(looking):
    ((routing, released),) = sent_to(looking, "ca.sponsor")
    assert routing.state == "interested"
    assert released.content["country"] == "SV"
    question = looking.scalars(
        select(SummaryQuestion).where(SummaryQuestion.routing_id == routing.id)
    ).one()
    assert question.asked_at < question.answered_at < routing.answered_at


def test_the_united_states_opened_the_first_summary_and_not_the_second(looking):
    (first, _), (second, _) = sent_to(looking, "us.sponsor")
    openings = looking.scalars(
        select(Person.key).join(SummaryOpening, SummaryOpening.person_id == Person.id)
        .where(SummaryOpening.routing_id == first.id)
    ).all()  # fmt: skip
    assert openings == ["us.reader"]
    assert first.state == second.state == "sent"
    assert second.opened_at is None


def test_a_summary_that_was_put_into_english_is_called_by_its_english_title(looking):
    ((_, released),) = sent_to(looking, "ca.sponsor")
    assert released.content["title"]["en"].startswith("First training of consular")
    assert released.content["title"]["es"].startswith("Primera capacitación")


def test_what_sponsors_read_without_a_country_does_not_give_it_away(looking):
    rows = looking.execute(
        select(
            Summary.preview, Organisation.country, Organisation.name_es, Organisation.name_en
        ).join(Organisation, Organisation.id == Summary.organisation_id)
    ).all()
    unnamed = [row for row in rows if json.loads(row.preview)["country"] is None]
    assert len(unnamed) >= 3
    currency = {"GT": "GTQ", "MX": "MXN", "NI": "NIO", "DO": "DOP", "CR": "CRC"}
    for row in unnamed:
        for mark in (row.name_es, row.name_en, currency.get(row.country, row.name_es)):
            assert mark not in row.preview
