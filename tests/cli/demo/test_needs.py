"""Do the needs of the demonstration stand where its story leaves them, with all their history?"""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import func, select

from app.accounts.models import Person
from app.audit.models import AuditEvent
from app.calls.models import Call
from app.cli.demo.story import acts
from app.intake.answers import written
from app.intake.filing.models import Filing
from app.intake.models import Answer, Dossier, Draft, Review, ReviewSection, Version
from app.organisations.models import Organisation

FOLLOWS = {"start": "draft", "file": "draft", "certify": "submitted", "accept": "accepted", "return": "returned",
           "withdraw": "withdrawn", "discard": "discarded"}  # fmt: skip


def told() -> dict[str, str]:
    """Name of each need -> the state in which the story leaves it."""
    states: dict[str, str] = {}
    for act in acts():
        if act.file != "story.yaml" and act.do in FOLLOWS:
            states[act.of] = FOLLOWS[act.do]
    return states


def needs_of_2004():
    return (
        select(Dossier, Organisation.key)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .join(Call, Call.id == Dossier.call_id)
        .where(Call.code == "2004")
    )


def test_needs_stand_where_the_story_leaves_them(looking):
    rows = looking.execute(
        select(Organisation.key, Dossier.state, func.count())
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .where(Dossier.format_name == "need")
        .group_by(Organisation.key, Dossier.state)
    )
    expected = Counter((name.split("-")[0], state) for name, state in told().items())
    assert {(key, state): count for key, state, count in rows} == expected


def test_needs_of_the_open_call_are_in_every_state_and_from_at_least_nine_countries(looking):
    rows = looking.execute(needs_of_2004()).all()
    assert {row.Dossier.state for row in rows} == {"draft", "submitted", "returned", "accepted",
                                                   "withdrawn", "discarded"}  # fmt: skip
    assert len({row.key for row in rows if row.Dossier.is_submitted}) >= 9


def test_honduras_has_one_need_in_work_one_submitted_one_returned_and_one_accepted(looking):
    states = Counter(row.Dossier.state for row in looking.execute(needs_of_2004())
                     if row.key == "hn" and not row.Dossier.filed_from)  # fmt: skip
    assert states == {"draft": 1, "submitted": 1, "returned": 1, "accepted": 1}


def test_a_letter_of_honduras_waits_for_its_focal_points_word(looking):
    filing, dossier = looking.execute(
        select(Filing, Dossier).join(Dossier, Dossier.id == Filing.dossier_id)
    ).one()
    assert (filing.state, filing.channel, dossier.reference) == (
        "waiting",
        "letter",
        "HND-2004-ST01",
    )
    assert filing.file_id is not None
    assert (dossier.on_behalf, dossier.is_submitted) == (True, False)


def test_two_colleagues_of_honduras_wrote_the_draft_in_several_sections_over_some_days(looking):
    dossier, draft = looking.execute(
        select(Dossier, Draft).join(Draft, Draft.dossier_id == Dossier.id)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .where(Organisation.key == "hn", Dossier.state == "draft", Draft.closed_at.is_(None),
               Dossier.filed_from == "")
    ).one()  # fmt: skip
    saved = looking.execute(
        select(Person.key, AuditEvent.at, AuditEvent.part, AuditEvent.revision)
        .join(Person, Person.id == AuditEvent.person_id)
        .where(AuditEvent.subject_id == draft.id, AuditEvent.kind == "answer-saved")
    ).all()
    assert {event.key for event in saved} == {"hn.contributor", "hn.colleague"}
    assert len({event.at.date() for event in saved}) >= 3
    assert max(event.revision for event in saved if event.part == "gap") == 3
    found = written(draft)
    assert found.value("wanted_level") == "advanced"
    assert len(found.rows["audience"]) == 2
    assert not dossier.is_submitted


def test_returned_needs_carry_a_reason_for_each_section(looking):
    rows = looking.execute(
        select(ReviewSection.reason, Review.verdict, Dossier.state)
        .join(Review, Review.id == ReviewSection.review_id)
        .join(Dossier, Dossier.id == Review.dossier_id)
    ).all()
    assert {row.verdict for row in rows} == {"returned"}
    assert sum(row.state == "returned" for row in rows) >= 4
    assert all(len(row.reason) > 20 for row in rows)


def test_some_accepted_needs_have_a_second_version_and_one_waits_with_it(looking):
    rows = looking.execute(needs_of_2004()).all()
    twice = [row.Dossier for row in rows if row.Dossier.versions_count == 2]
    assert Counter(dossier.state for dossier in twice) == {"accepted": 2, "submitted": 1}
    waiting = next(dossier for dossier in twice if dossier.state == "submitted")
    assert waiting.accepted_version_id not in (None, waiting.latest_version_id)


def test_receipts_are_numbered_without_a_gap(looking):
    numbers: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for reference in looking.scalars(
        select(Dossier.reference).where(Dossier.format_name == "need")
    ):
        country, call, number = reference.split("-")
        of = "filed" if number.startswith("ST") else "begun"
        numbers[country, call, of].append(int(number.removeprefix("ST")))
    assert all(sorted(of_one) == [*range(1, len(of_one) + 1)] for of_one in numbers.values())
    versions = looking.execute(
        select(Dossier.reference, Version.number, Version.receipt)
        .join(Dossier, Dossier.id == Version.dossier_id)
        .where(Dossier.format_name == "need")
        .order_by(Dossier.reference, Version.number)
    ).all()
    assert len(versions) == sum(act.do == "certify" for act in acts())
    assert all(row.receipt == f"{row.reference}-{row.number}" for row in versions)


def test_every_answer_is_in_the_history_with_who_and_when(looking):
    answers = looking.execute(
        select(Answer.draft_id, Answer.key, Answer.row_id, Answer.revision, Answer.saved_by)
        .join(Draft, Draft.id == Answer.draft_id).join(Dossier, Dossier.id == Draft.dossier_id)
        .where(Draft.from_version_id.is_(None), Dossier.format_name == "need")
    ).all()  # fmt: skip
    events = looking.execute(
        select(AuditEvent.subject_id, AuditEvent.part, AuditEvent.row_id, AuditEvent.revision,
               AuditEvent.person_id).where(AuditEvent.kind == "answer-saved")
    ).all()  # fmt: skip
    assert len(answers) > 300
    assert {tuple(answer) for answer in answers} <= {tuple(event) for event in events}
