"""In a whole year's work, does anything somebody wrote lie where only ids and states belong?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.db.classification import DataClass, class_of
from app.extensions import db
from app.intake.models import Answer, Version
from app.outbox.models import DeliveredMail

TELLING = 15
"""Letters from which on a text cannot stand somewhere by chance."""


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def written(session: Any) -> set[str]:
    """What countries wrote in their own words."""
    answers = session.scalars(select(Answer.value)).all()
    documents = [json.loads(one) for one in session.scalars(select(Version.document))]
    texts = texts_in([*answers, *documents])
    return {text for text in texts if len(text) >= TELLING and " " in text}


def internal_cells(session: Any) -> Iterator[tuple[str, str]]:
    for table in db.metadata.sorted_tables:
        columns = [one for one in table.columns
                   if class_of(table.name, one.name) is DataClass.INTERNAL]  # fmt: skip
        for row in session.execute(select(*columns)):
            for column, cell in zip(columns, row, strict=True):
                if isinstance(cell, str | dict | list):
                    yield f"{table.name}.{column.name}", " ".join(texts_in(cell))


def test_answers_stand_in_no_column_that_is_only_for_the_program(looking: Any) -> None:
    texts = written(looking)
    assert len(texts) > 100
    for place, cell in internal_cells(looking):
        found = [text for text in texts if text in cell] if len(cell) >= TELLING else []
        assert not found, place


def test_names_and_addresses_of_people_do_not_either(looking: Any) -> None:
    people = looking.execute(select(Person.name, Person.email)).all()
    known = {text for person in people for text in person if len(text) >= TELLING}
    for place, cell in internal_cells(looking):
        assert not any(text in cell for text in known), place


def test_mail_holds_nothing_of_what_countries_wrote(looking: Any) -> None:
    texts = written(looking)
    for mail in looking.execute(select(DeliveredMail.subject, DeliveredMail.body)):
        assert not any(text in part for text in texts for part in mail)


def test_the_queue_holds_nothing_of_it(looking: Any, instance: Path) -> None:
    texts = [text.encode() for text in written(looking)]
    for path in instance.glob("queue.db*"):
        content = path.read_bytes()
        assert not any(text in content for text in texts)
