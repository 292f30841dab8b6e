"""Does a legal adviser state a reservation in plain words, see its effect, and is it obeyed from then on?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.cases.common_format.format import CASE
from app.cases.reservations import queries, readers, terms, words
from app.cases.reservations.models import ReservationRule, ReservationText
from app.cases.reservations.readers import Read
from app.extensions import db
from app.policy.actor import Actor, Role
from app.reserving.rule import Effect
from app.reserving.targets import targets
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled, in_role

TEXT = {
    "instrument": "Data protection act", "article": "Article 12", "url": "https://ejemplo.example/ley",
    "words": "A date of birth goes abroad as an age group.", "is_restricted": "country",
}  # fmt: skip
RULE: dict[str, Any] = {
    "what": ["key:persons.birth_date"], "direction": "send", "whom": "some", "counterparts": ["GT"],
    "why": "all", "effect": "mask", "mask": "age_band", "discloses": "yes",
}  # fmt: skip
WORDS_OF_THE_PROGRAM = re.compile(
    r"\b(selector|direction|counterparts?|effect is|masks?|selectores|máscara|contraparte)\b", re.I
)


@pytest.fixture
def adviser(settled: Settled) -> Actor:
    return in_role(settled["sv"], Role.LEGAL_ADVISER)


def rows(stored: Callable, model: Any) -> list[Any]:
    def read() -> list[Any]:
        found = list(db.session.scalars(db.select(model).order_by(model.version)))
        for each in found:
            db.session.expunge(each)
        return found

    return stored(read)


def state_one(reader: Reader, **changes: Any) -> str:
    """A text and a rule that waits to be confirmed; its page."""
    sent = reader.submit("/reservations/new", **TEXT)
    assert sent.status == 303, sent.words
    asked = sent.location
    sent = reader.submit(asked, **{**RULE, **changes})
    assert sent.status == 303, sent.words
    return str(sent.location)


def confirm(reader: Reader, page: str) -> None:
    sent = reader.submit(page, f"{page}/confirmation")
    assert sent.status == 303, sent.words


def test_from_the_text_to_what_enlace_obeys(
    reader: Reader, adviser: Actor, stored: Callable
) -> None:
    reader.as_(adviser)
    assert "has stated no reservation" in reader.get("/reservations").words
    page = state_one(reader)
    drafted = reader.get(page)
    assert "It does not hold yet" in drafted.words
    assert stored(lambda: queries.rules_of(["SV"], MORNING.date())) == ()
    confirm(reader, page)
    found = stored(lambda: queries.rules_of(["SV"], MORNING.date()))
    assert [(rule.effect, rule.mask, set(rule.counterparts)) for rule in found] == [
        (Effect.MASK, "age_band", {"GT"})
    ]
    assert "in force" in reader.get("/reservations").words
    [text] = rows(stored, ReservationText)
    assert (text.is_restricted, text.version, text.written_by) == (True, 1, adviser.person_id)


def test_the_effect_is_seen_in_a_made_up_case_by_two_neighbours(
    reader: Reader, adviser: Actor
) -> None:
    reader.as_(adviser)
    page = reader.get(state_one(reader)).words
    assert "Guatemala: without it" in page
    assert "Honduras: with it" in page
    assert page.count("14 March 1990") == 4, "the case, Guatemala before, Honduras before and after"
    assert page.count("12 to 14 years") == 1


@pytest.mark.parametrize(("changes", "seen"), [
    ({"effect": "deny", "mask": None}, "Reserved by the sending country"),
    ({"effect": "deny", "mask": None, "discloses": "no"}, "Not provided"),
    ({"effect": "consent_only", "mask": None}, "Reserved by the sending country"),
    ({"direction": "receive", "counterparts": ["HN"], "effect": "deny", "mask": None}, "Reserved by your own country"),
    ({"direction": "onward", "effect": "deny", "mask": None}, "Reserved by the sending country"),
    ({"direction": "aggregate", "whom": "all", "counterparts": [], "what": ["key:victims_total"],
      "effect": "deny", "mask": None}, "Figures: with it"),
    ({"what": ["section:persons"], "effect": "deny", "mask": None}, "more pieces of data"),
    ({"what": ["tlp:RED"], "effect": "deny", "mask": None}, "Reserved by the sending country"),
    ({"counterparts": ["ST"], "what": ["key:urgency"], "effect": "deny", "mask": None}, "Technical Secretariat: with it"),
])  # fmt: skip
def test_each_kind_of_reservation_has_its_example(
    reader: Reader, adviser: Actor, changes: dict[str, Any], seen: str
) -> None:
    reader.as_(adviser)
    assert seen in reader.get(state_one(reader, **changes)).words


def test_no_page_speaks_in_the_words_of_the_program(
    reader: Reader, adviser: Actor, stored: Callable
) -> None:
    for lang in ("en", "es"):
        reader.as_(replace(adviser, lang=lang))
        page = state_one(reader)
        [*_, text] = rows(stored, ReservationText)
        for path in (page, f"{page}/edit", "/reservations", "/reservations/new",
                     f"/reservations/{text.series_id}", f"/reservations/{text.series_id}/rules/new"):  # fmt: skip
            assert not WORDS_OF_THE_PROGRAM.search(reader.get(path).words), path


def test_every_mistake_is_said_at_its_place_and_what_was_ticked_stays(
    reader: Reader, adviser: Actor, stored: Callable
) -> None:
    reader.as_(adviser)
    sent = reader.submit("/reservations/new", url="ley", is_restricted=None)
    assert sent.status == 422
    assert {name for name in TEXT if f'id="error-{name}"' in sent.html} == {
        "instrument",
        "words",
        "is_restricted",
    }
    sent = reader.submit("/reservations/new", **{**TEXT, "url": "ley"})
    assert 'id="error-url"' in sent.html
    asked = reader.submit("/reservations/new", **TEXT).location
    sent = reader.submit(asked, what=["class:secret"], why="some", valid_to="ayer")
    assert sent.status == 422
    for name in ("whom", "purposes", "valid_to"):
        assert f'id="error-{name}"' in sent.html, name
    assert re.search(r'value="class:secret" checked', sent.html)
    sent = reader.submit(asked, whom="all", why="all", effect="mask", discloses=None)
    for name in ("what", "direction", "mask", "discloses"):
        assert f'id="error-{name}"' in sent.html, name
    for fault in ({"what": ["key:nothing"]}, {"what": ["key:tlp"]}, {"what": ["key:report_kind", "key:purpose"]}, {"counterparts": ["XX"]}, {"effect": "allow"},
                  {"mask": "year", "what": ["key:urgency"]}):  # fmt: skip
        assert reader.submit(asked, **{**RULE, **fault}).status == 422, fault
    assert rows(stored, ReservationRule) == []


def test_only_who_wrote_the_text_confirms_its_rules(
    reader: Reader, adviser: Actor, settled: Settled, stored: Callable
) -> None:
    reader.as_(adviser)
    page = state_one(reader)
    other = replace(adviser, person_id=settled["hn"].person_id, name="Somebody else")
    reader.as_(other)
    assert "who wrote this version of the text" in reader.get(page).words
    fields = reader.get(page).fields(f"{page}/discard")
    assert reader.send(f"{page}/confirmation", fields).status == 422
    assert {each.state for each in rows(stored, ReservationRule)} == {"draft"}


def test_a_later_version_takes_the_place_of_the_one_that_holds_and_both_are_kept(
    reader: Reader, adviser: Actor, stored: Callable
) -> None:
    reader.as_(adviser)
    page = state_one(reader)
    confirm(reader, page)
    sent = reader.submit(f"{page}/edit", effect="deny", mask=None)
    second = str(sent.location)
    shown = reader.get(second).words
    assert "kept at once from everybody who reads later" in shown
    assert "only after a new release" not in shown
    sent = reader.submit(f"{second}/edit", counterparts=["HN"])
    third = str(sent.location)
    assert "only after a new release" in reader.get(third).words
    confirm(reader, third)
    assert [each.state for each in rows(stored, ReservationRule)] == [
        "replaced", "discarded", "in_force",
    ]  # fmt: skip
    [holds] = stored(lambda: queries.rules_of(["SV"], MORNING.date()))
    assert (holds.version, set(holds.counterparts)) == (3, {"HN"})
    [text] = rows(stored, ReservationText)
    history = reader.get(f"/reservations/{text.series_id}").words
    assert "replaced by a later version" in history
    assert "put aside" in history


def test_who_had_already_read_is_listed_where_something_is_tightened(
    reader: Reader, adviser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.as_(adviser)
    page = state_one(reader)
    assert "Nobody elsewhere has read" in reader.get(page).words
    monkeypatch.setattr(readers, "_finders", [])
    read = Read("CRM-SLV-2004-ABCDEF", "Border post, Guatemala", clock.now())
    readers.finds_readers(lambda actor, rule: [read] if rule.country == "SV" else [])
    assert "CRM-SLV-2004-ABCDEF" in reader.get(page).words


def test_it_is_withdrawn_for_a_reason_and_kept(
    reader: Reader, adviser: Actor, stored: Callable
) -> None:
    reader.as_(adviser)
    page = state_one(reader)
    confirm(reader, page)
    assert reader.submit(f"{page}/withdrawal").status == 422
    assert reader.submit(f"{page}/withdrawal", reason="The law changed.").status == 303
    assert "The law changed." in reader.get(page).words
    assert stored(lambda: queries.rules_of(["SV"], MORNING.date())) == ()
    reader.get(f"{page}/withdrawal", status=409)
    reader.get(f"{page}/edit", status=409)


def test_a_text_is_written_anew_as_a_version(
    reader: Reader, adviser: Actor, stored: Callable
) -> None:
    reader.as_(adviser)
    confirm(reader, state_one(reader))
    [text] = rows(stored, ReservationText)
    sent = reader.submit(f"/reservations/{text.series_id}/text", words="As the court read it.")
    assert sent.status == 303
    first, second = rows(stored, ReservationText)
    assert (first.words, second.words, second.version) == (
        TEXT["words"], "As the court read it.", 2,
    )  # fmt: skip
    page = reader.get(f"/reservations/{text.series_id}").words
    assert "As the court read it." in page
    assert TEXT["words"] in page


def test_whoever_handles_cases_reads_and_writes_nothing(
    reader: Reader, adviser: Actor, settled: Settled
) -> None:
    page = state_one(reader.as_(adviser))
    reader.as_(in_role(settled["sv"], Role.CASE_OFFICER))
    assert f"{page}/confirmation" not in reader.get(page).html
    reader.get("/reservations/new", status=403)
    for other in (
        in_role(settled["hn"], Role.LEGAL_ADVISER),
        in_role(settled["hn"], Role.CASE_OFFICER),
    ):
        reader.as_(other).get(page, status=404)
    reader.as_(settled["st"]).get(page, status=403)


def test_the_secretariat_sees_who_can_tell_whom_what_and_no_text(
    reader: Reader, adviser: Actor, settled: Settled
) -> None:
    page = state_one(reader.as_(adviser), what=["key:crime_type", "key:persons.birth_date"], effect="deny",
                     mask=None, whom="all", counterparts=[])  # fmt: skip
    confirm(reader, page)
    reader.as_(settled["st"])
    whole = reader.get("/reservations/matrix")
    assert "required and reserved" in whole.words
    assert "10 × does not pass" in whole.words
    assert TEXT["words"] not in whole.html
    assert TEXT["instrument"] not in whole.html
    pair = reader.get("/reservations/matrix?sender=SV&receiver=GT&section=persons").words
    assert "El Salvador to Guatemala" in pair
    assert "does not pass" in pair
    back = reader.get("/reservations/matrix?sender=GT&receiver=SV&section=persons").words
    assert "does not pass" not in back
    file = reader.client.get("/reservations/matrix.csv?sender=SV").get_data(as_text=True)
    assert "SV → GT" in file
    assert len(file.splitlines()) == len(targets(CASE)) + 1
    assert reader.client.get("/reservations/matrix.xlsx").status_code == 200
    reader.get("/reservations/matrix.pdf", status=404)
    reader.as_(adviser).get("/reservations/matrix", status=403)


def test_a_rule_holds_from_its_first_day_to_its_last(
    reader: Reader, adviser: Actor, stored: Callable
) -> None:
    page = state_one(reader.as_(adviser), valid_from="1 June 2004", valid_to="2 June 2004")
    confirm(reader, page)
    first = MORNING.date() + timedelta(days=8)
    held = [bool(stored(lambda day=day: queries.rules_of(["SV"], first + timedelta(days=day))))
            for day in (-1, 0, 1, 2)]  # fmt: skip
    assert held == [False, True, True, False]


def test_the_words_of_the_form_are_those_of_the_format(app: Flask) -> None:
    assert [code.key for code in CASE.code_lists["purpose"].codes] == list(terms.PURPOSES)
    with app.test_request_context():
        sections = words.sections_of_data(CASE)
        offered = {code for _key, _title, choices in sections for code, _label in choices}
        offered |= {code for code, _label in words.wide_data()}
    assert not offered & terms.CARRIED
    assert offered == terms.known_data(CASE)
