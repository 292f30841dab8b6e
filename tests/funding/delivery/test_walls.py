"""With queries and guards gone, who still reaches what is written down of a course?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.extensions import db
from app.funding.delivery import models
from app.funding.delivery.numbers import People
from tests.funding.delivery.running import A_YEAR_LATER, AFTERWARDS, Running, behind_their_wall

OF_COUNTRIES = (
    models.CourseStep, models.CourseSession, models.Nomination, models.NominationRow,
    models.Attendance, models.CourseEvaluation, models.CourseReplication, models.YearFigure,
)  # fmt: skip


@pytest.fixture
def written(run: Running) -> Running:
    """Everything of the course on record; Honduras lets the host know nothing."""
    run.session()
    run.nominate("hn", People(5, 5, 0))
    run.nominate("sv", People(5, 5, 0))
    run.deliver()
    run.assess()
    with clock.stopped_at(AFTERWARDS):
        run.replicate("hn", "hn", AFTERWARDS.date())
    run.keep_up(A_YEAR_LATER)
    return run


def owners(run: Running, who: str, model: Any) -> set[str]:
    """Whose rows of a table somebody's own connection gives, by the key of the organisation."""
    keys = {actor.organisation_id: key for key, actor in run.settled.actors.items()}
    asked = db.select(model.__table__.c.organisation_id)
    found = run.stored(lambda: behind_their_wall(
        run.settled[who], lambda: list(db.session.scalars(asked))))  # fmt: skip
    return {keys[each] for each in found}


@pytest.mark.parametrize("model", OF_COUNTRIES, ids=lambda model: model.__tablename__)
def test_a_sponsor_reads_nothing_that_is_of_countries(written: Running, model: Any) -> None:
    with pytest.raises(DBAPIError):
        written.stored(lambda: behind_their_wall(
            written.settled["ca-sponsor"],
            lambda: db.session.execute(db.select(model.__table__)).all()))  # fmt: skip


@pytest.fixture
def on_postgresql(database: Any) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("SQLite has no row-level security; docs/decisions/0003-sqlite.md says so")


@pytest.mark.usefixtures("on_postgresql")
class TestPostgreSQL:
    @pytest.mark.parametrize(
        "model",
        [models.Nomination, models.NominationRow, models.Attendance],
        ids=lambda model: model.__tablename__,
    )
    def test_the_host_reads_of_those_who_let_it_know(self, written: Running, model: Any) -> None:
        assert owners(written, "st", model) == {"hn", "sv"}
        assert owners(written, "hn", model) == {"hn"}
        assert owners(written, "sv", model) == {"sv"}
        assert owners(written, "ca", model) == set()
        told = db.update(models.Nomination).values(host_told=True)
        written.stored(lambda: db.session.execute(told))
        assert owners(written, "sv", model) == {"hn", "sv"}
        assert owners(written, "hn", model) == {"hn"}

    def test_a_question_of_a_year_later_is_read_by_whom_it_was_put_to(
        self, written: Running
    ) -> None:
        everybody = {"hn", "sv", "ca-sponsor"}
        assert owners(written, "st", models.FollowUp) == everybody
        for who in everybody:
            assert owners(written, who, models.FollowUp) == {who}

    def test_a_replication_is_its_countrys_and_the_secretariats(self, written: Running) -> None:
        for who, seen in (("st", {"hn"}), ("hn", {"hn"}), ("sv", set())):
            assert owners(written, who, models.CourseReplication) == seen, who
