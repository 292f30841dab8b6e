"""Does an edition live as it should: one in preparation, published once, never changed again?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.audit.trail import QUEUE
from app.calls.models import Call
from app.extensions import db
from app.needs import facts
from app.needs.models import NeedFact
from app.outbox.models import OutboxMessage
from app.policy.actor import Actor, Role
from app.policy.engine import Forbidden
from app.reports import actions, building, content, doubts, places, queries, tallying
from app.reports.actions import Stale, Texts
from app.reports.figures import FULL, MEMBERS
from app.reports.models import Edition, EditionDocument, EditionNeed
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING, Settled, in_role
from tests.reports.accepted import Accepted, Written, answers
from tests.reports.example import write_example

TEXTS = Texts(
    title_es="Necesidades", title_en="Needs", meeting="IX CRM", agenda_item="4",
    introduction_es="Hola.", introduction_en="Hello.", conclusion_es="", conclusion_en="",
    proposals_es="Agradecer…", proposals_en="To thank…",
)  # fmt: skip


@pytest.fixture
def officer(settled: Settled) -> Actor:
    return settled["st"]


@pytest.fixture
def coordinator(settled: Settled) -> Actor:
    return in_role(settled["st"], Role.COORDINATOR)


@pytest.fixture
def call(accepted: Accepted) -> Call:
    return write_example(accepted)


@pytest.fixture
def edition(officer: Actor, call: Call) -> Edition:
    return actions.create(officer, call)


def digest_now(call: Call, edition: Edition) -> str:
    return tallying.tally(edition, call).digest


def publish(actor: Actor, edition: Edition, call: Call, **more: Any) -> None:
    """Publish what is counted now, with every doubt confirmed unless the test says otherwise."""
    given = {"revision": edition.revision, "digest": digest_now(call, edition),
             "confirmed": set(doubts.SENTENCES), **more}  # fmt: skip
    actions.publish(actor, edition, call, tallying.tally(edition, call), **given)


def events() -> list[tuple[str, Any]]:
    queued = db.session.info.get(QUEUE, [])
    return [(event["kind"], json.loads(event["detail"])) for event in queued]


def test_an_edition_begins_with_proposals_and_the_title_of_its_call(edition: Edition) -> None:
    assert (edition.number, edition.state, edition.as_of) == (1, "draft", None)
    assert edition.title("es") == "Necesidades de capacitación, mayo de 2004"
    assert edition.title("en") == "Training needs, May 2004"
    assert edition.proposals_es.startswith("Agradecer a los países")
    assert "To urge the countries" in edition.proposals_en
    for country in ("Honduras", "México", "Mexico"):
        assert country not in edition.proposals_es + edition.proposals_en


def test_there_is_one_edition_in_preparation_for_a_call(
    officer: Actor, coordinator: Actor, call: Call, edition: Edition, accepted: Accepted
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.create(officer, call)
    assert refused.value.status == 409
    assert actions.create(officer, accepted.call("another")).number == 1
    publish(coordinator, edition, call)
    assert actions.create(officer, call).number == 2


def test_texts_are_saved_over_the_revision_they_were_read_from_and_no_other(
    officer: Actor, edition: Edition
) -> None:
    actions.write_texts(officer, edition, texts=TEXTS, revision=1)
    assert (edition.introduction_es, edition.meeting, edition.revision) == ("Hola.", "IX CRM", 2)
    with pytest.raises(Stale):
        actions.write_texts(officer, edition, texts=replace(TEXTS, meeting="X"), revision=1)
    assert (edition.meeting, edition.revision) == ("IX CRM", 2)


def test_the_trail_names_the_texts_that_changed_and_never_their_words(
    officer: Actor, edition: Edition
) -> None:
    actions.write_texts(officer, edition, texts=TEXTS, revision=1)
    kind, detail = events()[-1]
    assert kind == "edition-written"
    assert "introduction_es" in detail["fields"]
    assert "conclusion_es" not in detail["fields"]
    assert "Hola" not in json.dumps(detail)


def test_publishing_freezes_what_each_audience_reads(
    coordinator: Actor, call: Call, edition: Edition, settled: Settled
) -> None:
    publish(coordinator, edition, call)
    assert (edition.state, edition.as_of, edition.published_at) == ("published", MORNING, MORNING)
    assert edition.published_by == coordinator.person_id
    own = queries.get_frozen(coordinator, edition, "")
    theirs = queries.get_frozen(settled["hn"], edition, FULL)
    assert (own.audience, theirs.audience) == (FULL, MEMBERS)
    assert building.frozen(own).compilation.total.needs == 7
    assert building.frozen(theirs).compilation.total.needs == 6
    assert building.frozen(own).stage == "published"
    assert events()[-1][1]["hash"] == edition.hash


def test_a_published_edition_says_the_same_whatever_happens_to_its_needs(
    coordinator: Actor, call: Call, edition: Edition, accepted: Accepted
) -> None:
    publish(coordinator, edition, call)
    before = building.frozen(queries.get_frozen(coordinator, edition, ""))
    accepted.need(call, Written(answers=answers("Later")))
    assert building.frozen(queries.get_frozen(coordinator, edition, "")) == before
    assert building.build(call, as_of=MORNING).compilation.total.needs == 8


def test_as_of_its_day_the_report_is_again_what_the_edition_froze(
    coordinator: Actor, call: Call, edition: Edition, accepted: Accepted
) -> None:
    publish(coordinator, edition, call)
    for audience in (FULL, MEMBERS):
        frozen = building.frozen(queries.get_frozen(coordinator, edition, audience))
        later = MORNING + timedelta(days=3)
        accepted.need(call, Written(answers=answers("Later"), valid_from=later))
        again = building.build(call, as_of=MORNING, audience=audience, edition=edition)
        assert again.compilation == frozen.compilation
        assert again.needs == frozen.needs


def test_what_changed_since_it_was_looked_at_is_not_published(
    coordinator: Actor, call: Call, edition: Edition, accepted: Accepted
) -> None:
    seen = digest_now(call, edition)
    accepted.need(call, Written(answers=answers("One more")))
    with pytest.raises(Stale):
        publish(coordinator, edition, call, digest=seen)
    assert edition.state == "draft"
    now = digest_now(call, edition)
    with pytest.raises(Stale):
        publish(coordinator, edition, call, revision=7, digest=now)


def test_another_title_alone_and_another_answer_alone_are_seen_before_they_are_published(
    coordinator: Actor, call: Call, edition: Edition, accepted: Accepted
) -> None:
    told = Written(answers=answers("One"))
    ends = MORNING - timedelta(minutes=1)
    accepted.need(call, replace(told, valid_to=ends))
    earlier = digest_now(call, edition)
    accepted.need(call, replace(told, valid_from=ends, answers=answers("Another")))
    retitled = digest_now(call, edition)
    accepted.need(call, Written(country="MX", answers=answers("Certified"), valid_from=None))
    assert len({earlier, retitled, digest_now(call, edition)}) == 3
    with pytest.raises(Stale):
        publish(coordinator, edition, call, digest=retitled)


@pytest.mark.parametrize("what", ["accepted", "withdrawn", "certified"])
def test_what_changed_between_counting_and_writing_is_not_published(
    coordinator: Actor, call: Call, edition: Edition, accepted: Accepted, what: str
) -> None:
    counted = tallying.tally(edition, call)
    if what == "withdrawn":
        facts.close(db.session.scalars(db.select(NeedFact.need_id).limit(1)).one(), MORNING)
    else:
        begins = MORNING if what == "accepted" else None
        accepted.need(call, Written(country="MX", answers=answers("More"), valid_from=begins))
    with pytest.raises(Stale):
        actions.publish(coordinator, edition, call, counted, revision=1, digest=counted.digest,
                        confirmed=doubts.SENTENCES)  # fmt: skip


def test_while_it_is_written_no_figure_is_counted(
    coordinator: Actor, call: Call, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = tallying.tally(edition, call)
    monkeypatch.setattr(building, "compile_figures", None)
    actions.publish(coordinator, edition, call, counted, revision=1, digest=counted.digest,
                    confirmed=doubts.SENTENCES)  # fmt: skip
    assert edition.state == "published"


@pytest.mark.parametrize("left_out", [{"open_call"}, {"one_unnamed"}, {"open_call", "one_unnamed"}])
def test_nothing_is_published_over_a_doubt_that_nobody_confirmed(
    coordinator: Actor, call: Call, edition: Edition, left_out: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        publish(coordinator, edition, call, confirmed=set(doubts.SENTENCES) - left_out)
    assert refused.value.field == doubts.FIELD
    assert edition.state == "draft"


def test_a_closed_call_with_two_unnamed_countries_leaves_no_doubt(
    coordinator: Actor, call: Call, edition: Edition, accepted: Accepted
) -> None:
    call.state = "closed"
    assert doubts.doubts(call, clock.now()) == {doubts.ONE_UNNAMED}
    accepted.need(call, Written(country="MX", members="unnamed", answers=answers()))
    assert doubts.doubts(call, clock.now()) == set()
    publish(coordinator, edition, call, confirmed=())
    assert edition.state == "published"


def test_the_trail_says_what_was_confirmed(
    coordinator: Actor, call: Call, edition: Edition
) -> None:
    publish(coordinator, edition, call)
    assert events()[-1][1]["confirmed"] == ["one_unnamed", "open_call"]


def test_texts_saved_by_somebody_else_are_not_published_unseen(
    coordinator: Actor, call: Call, edition: Edition
) -> None:
    seen, revision = digest_now(call, edition), edition.revision
    actions.write_texts(coordinator, edition, texts=TEXTS, revision=revision)
    with pytest.raises(Stale):
        publish(coordinator, edition, call, revision=revision + 1, digest=seen)


def test_nothing_more_can_be_done_with_a_published_edition(
    coordinator: Actor, call: Call, edition: Edition
) -> None:
    publish(coordinator, edition, call)
    with pytest.raises(NotNow):
        actions.write_texts(coordinator, edition, texts=TEXTS, revision=edition.revision)
    with pytest.raises(NotNow):
        publish(coordinator, edition, call)


def test_where_members_find_a_need_by_its_country_is_written_down(
    coordinator: Actor, call: Call, edition: Edition
) -> None:
    publish(coordinator, edition, call)
    frozen = queries.get_frozen(coordinator, edition, MEMBERS)
    listed = content.read(frozen.content, frozen.hash).needs
    named = {number: need.need_id for number, need in enumerate(listed, 1) if need.need_id}
    assert 0 < len(named) < len(listed)
    found = places.numbers_for_members({edition.id}, set(named.values()))
    assert found == {(edition.id, need_id): number for number, need_id in named.items()}
    assert places.numbers_for_members({edition.id}, ()) == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda: db.update(EditionNeed.__table__).values(number=1),
        lambda: db.delete(EditionNeed.__table__),
        lambda: db.update(EditionDocument.__table__).values(content="{}"),
        lambda: db.delete(EditionDocument.__table__),
        lambda: db.update(Edition.__table__).values(introduction_es="x"),
        lambda: db.delete(Edition.__table__),
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(
    coordinator: Actor, call: Call, edition: Edition, change: Any
) -> None:
    publish(coordinator, edition, call)
    db.session.flush()
    with pytest.raises(DBAPIError, match="written once"):
        db.session.execute(change())


def test_members_and_the_presidency_are_told_and_sponsors_are_not(
    coordinator: Actor, call: Call, edition: Edition
) -> None:
    publish(coordinator, edition, call)
    found = db.session.execute(
        db.select(OutboxMessage.recipient, OutboxMessage.params).where(
            OutboxMessage.kind == "report-published"
        )
    ).all()
    kinds = {recipient.split(":")[1] for recipient, _ in found}
    assert kinds == {"delegation", "presidency"}
    assert all(params == {"edition": edition.id} for _, params in found)


@pytest.mark.parametrize("who", ["hn", "ppt", "ca-sponsor", "ar", "op"])
def test_nobody_else_prepares_or_publishes(
    settled: Settled, call: Call, edition: Edition, who: str
) -> None:
    actor = settled[who]
    with pytest.raises(Forbidden):
        actions.create(actor, call)
    with pytest.raises(Forbidden):
        actions.write_texts(actor, edition, texts=TEXTS, revision=1)
    with pytest.raises(Forbidden):
        publish(actor, edition, call)


def test_an_officer_prepares_and_leaves_publishing_to_the_coordinator(
    officer: Actor, call: Call, edition: Edition
) -> None:
    with pytest.raises(Forbidden):
        publish(officer, edition, call)
