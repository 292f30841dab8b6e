"""What happens to input that is wrong, stale, tampered with or sent twice?

It gets a clear answer in the reader's language, what was typed is still there, and nothing is half
done: the database is the same, row for row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Answer as StoredAnswer
from app.needs.format import NEED
from tests.access.asking import Answer
from tests.access.matrix import Matrix
from tests.access.things import needs
from tests.access.world import demonstration as demonstration
from tests.intake.writing import Writer, fingerprint

KEPT = "Texto que no debe perderse"


@pytest.fixture
def writer(demonstration: Matrix) -> Writer:
    return Writer(demonstration)


@pytest.fixture
def unchanged(demonstration: Matrix) -> Iterator[None]:
    """Nothing in the database is changed by the test."""
    before = fingerprint(demonstration)
    yield
    assert fingerprint(demonstration) == before


def words(answer: Answer) -> str:
    return answer.body.decode()


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("urgency", "urgency_rank", "mucha"),
        ("urgency", "urgency_rank", "-4"),
        ("urgency", "urgency_rank", "9" * 400),
        ("essentials", "title", "x" * 100_000),
        ("essentials", "themes", "no-such-theme"),
        ("essentials", "duration.count", "cuatro"),
        ("essentials", "duration.unit", "centuries"),
        ("delivery", "modality", "telepathy"),
        ("delivery", "interpretation", "perhaps"),
        ("delivery", "window_from", "31/02/2004"),
        ("delivery", "group_max", "1,5"),
        ("costs", "costs.materials.estimate", "18.400,50,3"),
        ("costs", "costs.materials.currency", "ZZZ"),
        ("results", "joint_countries", "XX"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_place_with_all_that_was_typed(
    writer: Writer, unchanged: None, section: str, name: str, value: str
) -> None:
    free = {"urgency": "urgency_reason", "essentials": "gap", "delivery": "place_preference",
            "costs": "in_kind", "results": "expected_result"}[section]  # fmt: skip
    answer = writer.post(section, **{name: value, free: KEPT})
    assert answer.status == 422
    assert KEPT in words(answer)
    assert "govuk-error" in words(answer)
    assert 'lang="es"' in words(answer)


def test_a_derived_answer_that_is_posted_changes_nothing(writer: Writer) -> None:
    answer = writer.post("essentials", participants="9999", **{"_revision.participants": "0"})
    assert answer.status == 303
    with writer.matrix.app.app_context(), transaction(writing=False):
        kept = db.session.scalar(db.select(StoredAnswer).where(StoredAnswer.key == "participants"))
    assert kept is None
    put = writer.send("PUT", f"/needs/{writer.need}/answers/participants",
                      {"participants": "9999", "_revision.participants": "0"})  # fmt: skip
    assert put.status in (404, 422)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"_acting": "ekrwzipatzc3zfw33gby"}, 409),
        ({"_key": ""}, 400),
        ({"_key": "short"}, 400),
        ({"csrf_token": "forged"}, 400),
        ({"gap": "with a \x00 in it"}, 400),
        ({"na\x00me": "x"}, 400),
    ],
)
def test_a_tampered_form_is_refused_and_its_text_shown(
    writer: Writer, unchanged: None, sent: dict[str, str], status: int
) -> None:
    answer = writer.post("essentials", **{"title": KEPT, **sent})
    assert answer.status == status
    assert KEPT in words(answer)


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.5", "9" * 30, "0 OR 1=1"])
def test_a_revision_that_is_none_saves_nothing_by_itself(
    writer: Writer, unchanged: None, revision: str
) -> None:
    answer = writer.send("PUT", f"/needs/{writer.need}/answers/gap",
                         {"gap": KEPT, "_revision.gap": revision})  # fmt: skip
    assert answer.status == 428


def test_a_stale_page_is_answered_with_both_texts(writer: Writer) -> None:
    old = writer.fields("context")
    path = writer.page("context")
    first = {**old, "already_doing": "Lo que escribió la colega", "_stay": "1"}
    untouched = fingerprint(writer.matrix)
    assert writer.send("POST", path, first).status == 303
    assert fingerprint(writer.matrix) != untouched, "what is saved must show in the fingerprint"
    before = fingerprint(writer.matrix)
    second = {**old, "already_doing": KEPT, "_stay": "1"}
    answer = writer.send("POST", path, second)
    assert answer.status == 409
    assert KEPT in words(answer)
    assert "Lo que escribió la colega" in words(answer)
    assert fingerprint(writer.matrix) == before


def test_a_row_of_another_organisation_is_not_written(writer: Writer, unchanged: None) -> None:
    other = Writer(writer.matrix, "hn.colleague", "returned")
    row = "zzzzzzzzzzzzzzzzzzzz"
    answer = writer.post("essentials", title=KEPT, **{
        f"audience.{row}.women": "5", f"_revision.audience.{row}.women": "0"})  # fmt: skip
    assert answer.status in (409, 404)
    assert other.need != writer.need


@pytest.mark.parametrize("section", ["nothing", "../etc", "essentials'--", "%00"])
def test_a_section_that_there_is_not_is_missing(
    writer: Writer, unchanged: None, section: str
) -> None:
    assert writer.send("POST", f"/needs/{writer.need}/sections/{section}", {}).status in (404, 400)


@pytest.mark.parametrize("key", ["nothing", "audience", "course_hours", "title.x"])
def test_an_answer_that_there_is_not_is_missing(writer: Writer, unchanged: None, key: str) -> None:
    answer = writer.send("PUT", f"/needs/{writer.need}/answers/{key}",
                         {key: "x", f"_revision.{key}": "0"})  # fmt: skip
    assert 400 <= answer.status < 500


def test_arrays_for_scalars_and_json_for_forms_are_no_fault(
    writer: Writer, unchanged: None
) -> None:
    twice = writer.post(
        "urgency", urgency_rank=["1", "zwei"], **{"_revision.urgency_rank": ["0"] * 9}
    )
    assert twice.status in (303, 409, 422)
    assert twice.status != 303 or pytest.fail("two values for one were saved")
    client = writer.matrix.asker.client(writer.who)
    whole = json.dumps({"title": KEPT, "csrf_token": writer.matrix.asker.csrf[str(writer.who)]})
    headers = {"Cookie": writer.matrix.asker.cookies[str(writer.who)]}
    response = client.post(
        writer.page("essentials"), data=whole, headers=headers, content_type="application/json"
    )
    assert response.status_code == 400


def test_one_whose_sign_in_ended_while_typing_keeps_the_text(
    writer: Writer, unchanged: None
) -> None:
    fields = writer.fields("context")
    expired = next(one for one in writer.matrix.everybody if "(expired)" in one.key)
    answer = writer.matrix.asker.ask(expired, "POST", writer.page("context"), data={
        **{name: value for name, value in fields.items() if name != "_acting"},
        "already_doing": KEPT})  # fmt: skip
    assert answer.status == 401
    assert KEPT in words(answer)
    assert "/demo/sign-in?next=" in words(answer)


def test_a_need_can_only_be_started_in_a_call_that_is_open_for_one(
    writer: Writer, unchanged: None
) -> None:
    calls = writer.matrix.things.by_kind["call"]
    for call in calls:
        if call.id == writer.matrix.things.open_call:
            continue
        assert writer.send("POST", "/needs", {"call": call.id}).status in (404, 409)
    for nonsense in ("", "x" * 5000, "' OR 1=1"):
        assert writer.send("POST", "/needs", {"call": nonsense}).status == 404


def test_a_form_sent_fifty_times_at_once_has_one_effect(writer: Writer) -> None:
    with writer.matrix.app.app_context():
        before = len(needs())
    key, sent = "k" * 32, {"call": writer.matrix.things.open_call, "_key": "k" * 32}
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda _: writer.send("POST", "/needs", sent), range(50)))
    assert {answer.status for answer in answers} <= {303, 503}
    assert len({answer.location for answer in answers if answer.status == 303}) == 1
    with writer.matrix.app.app_context():
        assert len(needs()) == before + 1
    different = writer.send("POST", "/needs", {"call": "another", "_key": key})
    assert different.status in (404, 422)


SECTIONS = [section.key for section in NEED.sections]
NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", "0", "-1", "1e400", "NaN", "1,000,000", "18.400,50", "2004-13-45", "null",
                     "\ud7ff", "\u202e", "=1+1", "<script>alert(1)</script>", "{{7*7}}", "[]"]),
)  # fmt: skip


@settings(max_examples=25)
@given(data=st.data())
def test_no_section_form_is_a_fault(demonstration: Matrix, data: Any) -> None:
    writer = Writer(demonstration)
    section = data.draw(st.sampled_from(SECTIONS))
    names = sorted(writer.fields(section))
    chosen = data.draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    changes = {name: data.draw(NASTY) for name in chosen}
    answer = writer.post(section, **changes)
    assert answer.status in (303, 400, 404, 409, 422), (answer.status, changes)


@settings(max_examples=40)
@given(field=st.sampled_from([f for f in NEED.fields if f.is_asked and not f.is_rows]),
       value=NASTY, revision=NASTY)  # fmt: skip
def test_no_answer_saved_by_itself_is_a_fault(
    demonstration: Matrix, field: Any, value: str, revision: str
) -> None:
    writer = Writer(demonstration)
    answer = writer.send("PUT", f"/needs/{writer.need}/answers/{field.key}",
                         {field.key: value, f"_revision.{field.key}": revision})  # fmt: skip
    assert answer.status in (200, 400, 409, 422, 428), (answer.status, field.key, value)


def test_the_check_names_the_line_whose_amount_wants_a_currency(writer: Writer) -> None:
    writer.post("costs", **{"costs.materials.estimate": "900", "costs.materials.currency": ""})
    page = writer.matrix.asker.ask(writer.who, "GET", f"/needs/{writer.need}/check").body.decode()
    assert "Elija la moneda de este monto. · Costos por línea: Material" in " ".join(page.split())
    assert "/sections/costs#costs.materials.currency" in page
