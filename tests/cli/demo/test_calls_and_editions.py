"""Do the calls and the report of the demonstration say what the story says?"""

from __future__ import annotations

from sqlalchemy import func, select

from app import clock
from app.calls.inviting import invited_ids
from app.calls.models import Call, CallContact
from app.calls.queries import state_now
from app.cli.demo.story import acts, instant
from app.db.transactions import transaction
from app.funding.courses.models import CourseSeat, CourseStanding
from app.intake.models import Dossier
from app.needs import facts
from app.needs.models import NeedAudience, NeedCode, NeedCost, NeedFact
from app.organisations.models import Organisation
from app.reports import building, content
from app.reports.models import Edition, EditionDocument

BEGINS = instant("2004-05-24 09:00")


def test_the_call_is_open_to_eleven_countries_and_the_trial_is_closed(looking):
    calls = {call.code: call for call in looking.scalars(select(Call))}
    assert {code: (call.state, state_now(call, BEGINS)) for code, call in calls.items()} == {
        "2004": ("open", "open"), "ENSAYO": ("closed", "closed"),
    }  # fmt: skip
    assert calls["2004"].closes_at == instant("2004-05-28 18:00")

    assert len(invited_ids(calls["2004"])) == 11


def test_countries_without_an_answer_were_reminded_and_no_others(looking):
    rows = looking.execute(
        select(Organisation.key, CallContact.channel)
        .join(CallContact, CallContact.organisation_id == Organisation.id)
        .join(Call, Call.id == CallContact.call_id)
        .where(Call.code == "2004")
    )
    assert sorted(tuple(row) for row in rows) == [
        ("bz", "reminder"), ("pa", "reminder"), ("pa", "telephone"),
    ]  # fmt: skip


def test_one_edition_is_published_as_of_21_may_and_the_next_is_in_preparation(looking):
    first, second = looking.scalars(select(Edition).order_by(Edition.number))
    assert (first.state, second.state) == ("published", "draft")
    assert first.as_of == instant("2004-05-21 17:00")
    assert all((first.title_es, first.title_en, first.introduction_es, first.introduction_en,
                first.conclusion_es, first.conclusion_en, first.meeting))  # fmt: skip


def accepted_by(moment):
    """How many needs of the open call the story has accepted by a moment."""
    return len({act.of for act in acts()
                if act.do == "accept" and act.given["call"] == "2004" and act.at <= moment})  # fmt: skip


def test_the_figures_of_21_may_can_be_counted_again_and_those_of_today_are_others(looking):
    first = looking.scalars(select(Edition).where(Edition.number == 1)).one()
    call = looking.get_one(Call, first.call_id)
    again = building.build(call, as_of=first.as_of, lists_needs=False).compilation
    today = building.build(call, as_of=clock.now(), lists_needs=False).compilation
    assert again.total.needs == accepted_by(first.as_of)
    assert today.total.needs == accepted_by(BEGINS) > again.total.needs
    assert 0 < again.total.not_stated < today.total.participants


def test_every_published_edition_counted_again_as_of_its_moment_gives_the_same_bytes(looking):
    """Its figures, its list and who had answered, for each audience: canonical, byte for byte."""
    published, grouped_since = 0, False
    for edition in looking.scalars(select(Edition).where(Edition.state == "published")):
        call = looking.get_one(Call, edition.call_id)
        documents = select(EditionDocument).where(EditionDocument.edition_id == edition.id)
        for document in looking.scalars(documents):
            again = building.build(call, as_of=edition.as_of, audience=document.audience,
                                   edition=edition, stage="published",
                                   earlier=building.edition_before(edition, document.audience))  # fmt: skip
            assert content.written(again) == (document.content, document.hash)
            now = building.build(call, as_of=clock.now(), audience=document.audience)
            grouped_since |= now.groups != again.groups
            published += 1
    assert published >= 2
    assert grouped_since


def test_what_courses_cost_and_who_pays_is_told_as_their_lines_stand(looking):
    call = looking.scalars(select(Call).where(Call.code == "2004")).one()
    told = building.build(call, as_of=clock.now(), lists_needs=False).funding
    served = select(CourseSeat.course_id).join(Dossier, Dossier.id == CourseSeat.need_id).where(
        Dossier.call_id == call.id)  # fmt: skip
    standing = CourseStanding.course_id.in_(served)
    sums = [func.sum(part) for part in
            (CourseStanding.cost, CourseStanding.funded, CourseStanding.promised)]  # fmt: skip
    now = looking.execute(select(*sums).where(standing)).one()
    assert (told.total.cost, told.total.funded, told.total.promised) == tuple(now)
    assert told.courses == len(set(looking.scalars(served)))


def test_what_reports_count_is_what_the_versions_say(demonstration):
    models = (NeedFact, NeedCode, NeedAudience, NeedCost)
    tables = [model.__table__ for model in models]

    def counted(session):
        return [sorted(map(repr, session.execute(select(table)).all())) for table in tables]

    with demonstration.app_context(), transaction(writing=True) as session:
        before = counted(session)
        assert all(before)
        facts.rebuild()
        assert counted(session) == before
        session.rollback()
