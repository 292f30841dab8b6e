"""Does a second factor open what it should, once, for its person, and for ten minutes?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.factors.models import SPENT, Factor, FactorCode
from app.accounts.models import Person, SignIn
from app.audit.models import AuditEvent
from app.db.transactions import transaction
from tests.accounts.giving import MINE, add_program, code_of, key_in, print_sheet
from tests.accounts.house import PASSWORD, Browser, House
from tests.accounts.posted import promised
from tests.support.good_html import assert_good_html

HALF_A_MINUTE = timedelta(seconds=30)
Move = Callable[[timedelta], None]


def events(app: Flask, *kinds: str) -> list[AuditEvent]:
    with app.app_context(), transaction(writing=False) as session:
        found = session.scalars(
            select(AuditEvent).where(AuditEvent.kind.in_(kinds)).order_by(AuditEvent.seq)
        ).all()
        session.expunge_all()
        return list(found)


def kinds_of(app: Flask, person_id: str) -> str:
    with app.app_context(), transaction(writing=False) as session:
        return session.scalars(select(Person.factor_kinds).where(Person.id == person_id)).one()


def give(browser: Browser, **fields: str):
    return browser.send("/factor", next="/notices", **fields)


def is_fresh(browser: Browser) -> bool:
    return browser.get("/factor?next=/notices").status_code == 303


@pytest.fixture
def focal(house: House, somebody: Browser) -> Browser:
    return somebody.be(house, "hn.focal")


def test_whoever_has_none_is_led_to_the_page_where_one_is_added(focal: Browser) -> None:
    shown = focal.get("/factor?next=/notices")
    assert shown.status_code == 200
    assert_good_html(shown.text)
    assert f'href="{MINE}"' in shown.text
    refused = give(focal, factor="123456")
    assert refused.status_code == 422
    assert 'id="error-factor"' in refused.text


def test_the_first_one_needs_the_password(app: Flask, house: House, focal: Browser) -> None:
    for typed in ("", "not the password of anybody here"):
        refused = focal.send(f"{MINE}/program", present_password=typed, name="Mi teléfono")
        assert refused.status_code == 422
        assert 'id="error-present_password"' in refused.text
        assert "Mi teléfono" in refused.text
        assert_good_html(refused.text)
    assert focal.send(f"{MINE}/sheet").status_code == 422
    with app.app_context(), transaction(writing=False) as session:
        assert session.scalars(select(Factor)).all() == []


def test_a_program_counts_once_it_showed_a_right_code(
    app: Flask, house: House, focal: Browser, later: Move
) -> None:
    focal.send(f"{MINE}/program", present_password=PASSWORD, name="Teléfono de la oficina")
    shown = focal.get(f"{MINE}/program/key")
    assert_good_html(shown.text)
    assert "<svg" in shown.text
    key = key_in(shown.text)
    assert kinds_of(app, house.people["hn.focal"]) == ""
    wrong = f"{(int(code_of(key)) + 500_000) % 1_000_000:06}"
    assert focal.send(f"{MINE}/program/key", factor=wrong).status_code == 422
    assert focal.send(f"{MINE}/program/key", factor=code_of(key)).status_code == 303
    assert kinds_of(app, house.people["hn.focal"]) == "totp"
    mine = focal.get(MINE)
    assert "Teléfono de la oficina" in mine.text
    assert_good_html(mine.text)
    assert focal.get(f"{MINE}/program/key").location == f"{MINE}/program"
    assert ("factor-added", f"person:{house.people['hn.focal']}") in promised(app)


def test_the_key_of_a_program_lies_sealed(app: Flask, focal: Browser) -> None:
    key = add_program(focal)
    with app.app_context(), transaction(writing=False) as session:
        factor = session.scalars(select(Factor)).one()
        assert key not in bytes(factor.sealed)
        said = [
            str(event.detail) + str(event.value) for event in session.scalars(select(AuditEvent))
        ]
    assert not any(code_of(key) in each for each in said)


def test_a_key_sealed_for_one_person_opens_for_nobody_else(app: Flask, focal: Browser) -> None:
    from app.accounts.factors import kept_keys
    from app.sealing.refusals import Unopenable

    add_program(focal)
    with app.app_context(), transaction(writing=False) as session:
        factor = session.scalars(select(Factor)).one()
        session.expunge(factor)
        factor.person_id = "somebody else"
        with pytest.raises(Unopenable):
            kept_keys.open_key(factor)


def test_a_code_has_one_use(app: Flask, house: House, focal: Browser, later: Move) -> None:
    key = add_program(focal)
    assert is_fresh(focal), "its first code was one given"
    later(timedelta(minutes=11))
    assert not is_fresh(focal)
    code = code_of(key)
    assert give(focal, factor=code).location == "/notices"
    assert is_fresh(focal)
    later(timedelta(minutes=10, seconds=1))
    assert not is_fresh(focal)
    again = Browser(app).be(house, "hn.focal")
    fresh_code = code_of(key)
    assert give(again, factor=fresh_code).status_code == 303
    assert give(focal, factor=fresh_code).status_code == 422
    later(HALF_A_MINUTE)
    assert give(focal, factor=fresh_code).status_code == 422, "nor within the drift of clocks"


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (1, 303), (2, 422)])
def test_a_clock_may_be_half_a_minute_wrong(
    focal: Browser, later: Move, steps: int, status: int
) -> None:
    key = add_program(focal)
    later(timedelta(minutes=11))
    assert give(focal, factor=code_of(key, steps)).status_code == status


def test_of_two_who_race_with_one_code_one_succeeds(app: Flask, house: House, later: Move) -> None:
    first = Browser(app).be(house, "hn.focal")
    code = print_sheet(first)[4]
    both = [Browser(app).be(house, "hn.focal") for _ in range(2)]
    forms = [each.hidden(each.get("/factor")) | {"factor": code, "next": "/"} for each in both]
    start, answers = Barrier(2), []

    def go(browser: Browser, fields: dict[str, str]) -> None:
        start.wait()
        answers.append(browser.post("/factor", fields).status_code)

    threads = [Thread(target=go, args=pair) for pair in zip(both, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert len(events(app, "factor-given")) == 1


def test_a_sheet_is_shown_once_and_its_used_codes_are_crossed_out(
    app: Flask, house: House, focal: Browser
) -> None:
    codes = print_sheet(focal)
    assert len(set(codes)) == 20
    assert not any(code in focal.get(MINE).text for code in codes)
    assert not any(code in focal.get(f"{MINE}/sheet").text for code in codes)
    with app.app_context(), transaction(writing=False) as session:
        kept = {each.code_hash for each in session.scalars(select(FactorCode))}
    assert not kept & set(codes)
    assert give(focal, factor=codes[6].lower().replace("-", " ")).status_code == 303
    mine = focal.get(MINE).text
    assert re.findall(r"<s>(.*?)</s>", mine) == ["código 7"]
    other = Browser(app).be(house, "hn.focal")
    assert give(other, factor=codes[6]).status_code == 422
    assert give(other, factor=codes[7]).status_code == 303


def test_a_new_sheet_ends_the_old_one(house: House, focal: Browser) -> None:
    old = print_sheet(focal)
    new = print_sheet(focal, factor=old[0])
    focal.send("/me", "/me/organisation", organisation=house.organisations["hn"])
    assert not is_fresh(focal)
    assert give(focal, factor=old[1]).status_code == 422
    assert give(focal, factor=new[1]).status_code == 303


def use_up(app: Flask, house: House, browser: Browser, codes: list[str]) -> None:
    for number, code in enumerate(codes):
        browser.send("/me", "/me/organisation", organisation=house.organisations["hn"])
        assert give(browser, factor=code).status_code == 303, number


def test_a_sheet_of_which_every_code_was_used_opens_nothing_and_makes_no_password_enough(
    app: Flask, house: House, focal: Browser, later: Move
) -> None:
    codes = print_sheet(focal)
    use_up(app, house, focal, codes)
    assert kinds_of(app, house.people["hn.focal"]) == SPENT
    assert "imprima pronto" in focal.get(MINE).text
    thief = Browser(app).be(house, "hn.focal")
    for way in ("program", "sheet", "passkey"):
        shown = thief.get(f"{MINE}/{way}")
        assert_good_html(shown.text)
        assert "present_password" not in shown.text
        assert "Ya usó todos los códigos" in shown.text
        refused = thief.send(f"{MINE}/{way}", present_password=PASSWORD, new_factor_passkey="")
        assert refused.status_code == 422, way
    before = len(events(app, "factor-refused"))
    assert give(thief, factor=codes[0]).status_code == 422
    assert len(events(app, "factor-refused")) == before, "there is nothing to guess"
    assert not is_fresh(thief)


def test_whoever_gave_the_last_code_prints_the_next_sheet_at_once(
    app: Flask, house: House, focal: Browser
) -> None:
    use_up(app, house, focal, print_sheet(focal))
    assert len(print_sheet(focal, factor="")) == 20


def test_the_coordinator_sees_a_used_up_sheet_and_takes_it_away(
    app: Flask, house: House, focal: Browser
) -> None:
    use_up(app, house, focal, print_sheet(focal))
    coordinator = Browser(app).be(house, "st.coordinator")
    codes = print_sheet(coordinator)
    page = reset_page(app, house, "hn.focal")
    done = coordinator.send(page, reason="Se acabó su hoja.", factor=codes[0])
    assert done.status_code == 303
    assert kinds_of(app, house.people["hn.focal"]) == ""
    assert print_sheet(focal), "they begin again with their password"


def test_who_has_but_a_used_up_sheet_stands_among_those_who_can_give_none(
    app: Flask, house: House
) -> None:
    coordinator = Browser(app).be(house, "st.coordinator")
    print_sheet(Browser(app).be(house, "st.second", "st"))
    assert "St Second" not in coordinator.get("/organisations/second-factors").text
    with app.app_context(), transaction(writing=True) as session:
        session.execute(update(Person).where(Person.key == "st.second").values(factor_kinds=SPENT))
    assert "St Second" in coordinator.get("/organisations/second-factors").text


def test_the_key_of_a_program_shows_in_the_sign_in_that_began_it_and_in_no_other(
    app: Flask, house: House, focal: Browser, later: Move
) -> None:
    codes = print_sheet(focal)
    thief = Browser(app).be(house, "hn.focal")
    later(timedelta(minutes=11))
    assert focal.send(f"{MINE}/program", factor=codes[0]).status_code == 303
    shown = focal.get(f"{MINE}/program/key")
    key = key_in(shown.text)
    form = thief.hidden(thief.get("/me")) | {"factor": code_of(key)}
    for answer in (thief.get(f"{MINE}/program/key"), thief.post(f"{MINE}/program/key", form)):
        assert answer.location == f"{MINE}/program"
        assert "<svg" not in answer.text
    assert kinds_of(app, house.people["hn.focal"]) == "sheet"
    assert focal.send(f"{MINE}/program/key", factor=code_of(key)).status_code == 303
    assert kinds_of(app, house.people["hn.focal"]) == "sheet totp"


def test_who_has_a_factor_sees_the_key_of_a_further_one_while_fresh_alone(
    app: Flask, focal: Browser, later: Move
) -> None:
    codes = print_sheet(focal)
    assert focal.send(f"{MINE}/program", factor=codes[0]).status_code == 303
    key = key_in(focal.get(f"{MINE}/program/key").text)
    form = focal.hidden(focal.get("/me"))
    later(timedelta(minutes=11))
    away = focal.get(f"{MINE}/program/key")
    assert (away.status_code, away.location) == (303, f"/factor?next={MINE}/program/key")
    assert focal.post(f"{MINE}/program/key", form | {"factor": code_of(key)}).status_code == 403
    assert give(focal, factor=codes[1]).status_code == 303
    assert key_in(focal.get(f"{MINE}/program/key").text) == key
    assert focal.send(f"{MINE}/program/key", factor=code_of(key)).status_code == 303


def test_a_program_that_never_showed_a_code_is_forgotten_after_a_day(
    app: Flask, focal: Browser, later: Move
) -> None:
    from app.retention import sweeping

    focal.send(f"{MINE}/program", present_password=PASSWORD)
    later(timedelta(hours=23))
    with app.app_context():
        assert sweeping.sweep().programs == 0
    later(timedelta(hours=2))
    with app.app_context():
        assert sweeping.sweep().programs == 1
    with app.app_context(), transaction(writing=False) as session:
        assert not session.scalars(select(Factor)).all()


def test_without_the_master_key_a_program_s_code_is_not_called_wrong_and_nothing_is_counted(
    app: Flask, focal: Browser, later: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.sealing.keys import EXTENSION
    from app.sealing.master import Keyring

    key = add_program(focal)
    later(timedelta(minutes=11))
    with monkeypatch.context() as without:
        without.setitem(app.extensions, EXTENSION, Keyring("", None))
        for _ in range(12):
            refused = give(focal, factor=code_of(key))
            assert refused.status_code == 422
            assert "faltan las claves del servidor" in refused.text
    assert not events(app, "factor-refused")
    assert give(focal, factor=code_of(key)).status_code == 303


def test_nobody_elses_code_opens_anything(app: Flask, house: House, focal: Browser) -> None:
    theirs = print_sheet(Browser(app).be(house, "sv.focal"))
    print_sheet(focal)
    assert give(focal, factor=theirs[0]).status_code == 422
    assert not is_fresh(focal)


@pytest.mark.parametrize(
    "typed", ["", "   ", "12345", "1234567", "０００００１", "AAAA-BBBB-CCC", "x" * 5000, "\x00"]
)
def test_what_is_no_code_is_refused_at_its_place(focal: Browser, typed: str) -> None:
    print_sheet(focal)
    refused = give(focal, factor=typed)
    assert refused.status_code in (400, 422)
    assert refused.status_code == 400 or 'id="error-factor"' in refused.text


@pytest.mark.parametrize(
    "answer", ["{}", "[]", "nonsense", '{"rawId": 4}', '{"rawId":"AA","response":{}}', "1" * 30_000]
)
def test_an_answer_that_no_passkey_gives_is_refused(focal: Browser, answer: str) -> None:
    print_sheet(focal)
    assert give(focal, factor_passkey=answer).status_code == 422
    made = focal.send(f"{MINE}/passkey", factor="", new_factor_passkey=answer)
    assert made.status_code == 422


def test_it_ends_when_one_acts_for_another_organisation_and_at_signing_out(
    app: Flask, house: House
) -> None:
    browser = Browser(app).be(house, "us.focal", "us")
    codes = print_sheet(browser)
    give(browser, factor=codes[0])
    assert is_fresh(browser)
    browser.send("/me", "/me/organisation", organisation=house.organisations["us.sponsor"])
    assert not is_fresh(browser)
    give(browser, factor=codes[1])
    browser.send("/me", "/sign-out")
    browser.sign_in("us.focal")
    assert not is_fresh(browser)


def test_the_browser_carries_another_token_once_it_was_given(
    app: Flask, focal: Browser, later: Move
) -> None:
    codes = print_sheet(focal)
    with focal.client.session_transaction() as cookie:
        before = cookie["sign_in"]
    page = focal.get("/me")
    give(focal, factor=codes[0])
    thief = Browser(app)
    with thief.client.session_transaction() as cookie:
        cookie["sign_in"] = before
    assert thief.is_signed_in(), "what was under way arrives"
    assert not is_fresh(thief)
    later(timedelta(seconds=61))
    assert not thief.is_signed_in()
    saved = focal.post("/me/computer", focal.hidden(page) | {"own": "no"})
    assert saved.status_code == 303, "forms that were open hold"


def test_guessing_comes_to_an_end(focal: Browser) -> None:
    codes = print_sheet(focal)
    answers = [give(focal, factor="ABCD-EFGH-JKLM").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert give(focal, factor=codes[0]).status_code == 429


def test_it_is_on_record_what_was_given_and_refused_and_no_code_is(
    app: Flask, house: House, focal: Browser
) -> None:
    codes = print_sheet(focal)
    give(focal, factor="ABCD-EFGH-JKLM")
    give(focal, factor=codes[2])
    found = events(app, "factor-added", "factor-refused", "factor-given")
    assert [each.kind for each in found] == ["factor-added", "factor-refused", "factor-given"]
    assert all(each.person_id == house.people["hn.focal"] for each in found)
    assert '"number":3' in str(found[2].detail).replace(" ", "").replace("'", '"')
    assert not any("ABCD" in str(each.detail) or codes[2] in str(each.detail) for each in found)


@pytest.mark.parametrize("target", ["https://elsewhere.example", "//elsewhere.example", "\\\\x"])
def test_it_goes_on_to_a_page_of_ours_alone(focal: Browser, target: str) -> None:
    codes = print_sheet(focal)
    assert focal.send("/factor", next=target, factor=codes[0]).location == "/"


def test_removing_one_needs_one(app: Flask, house: House, focal: Browser) -> None:
    codes = print_sheet(focal)
    with app.app_context(), transaction(writing=False) as session:
        factor_id = session.scalars(select(Factor.id)).one()
    page = f"{MINE}/{factor_id}/removal"
    assert_good_html(focal.get(page).text)
    assert focal.send(page).status_code == 422
    assert focal.send(page, factor="ABCD-EFGH-JKLM").status_code == 422
    stranger = Browser(app).be(house, "sv.focal")
    assert stranger.get(page).status_code == 404
    assert focal.send(page, factor=codes[0]).status_code == 303
    assert kinds_of(app, house.people["hn.focal"]) == ""
    assert ("factor-removed", f"person:{house.people['hn.focal']}") in promised(app)
    with app.app_context(), transaction(writing=False) as session:
        assert not session.scalars(select(Factor)).all()
        assert not session.scalars(select(FactorCode)).all()


def test_a_further_one_is_added_with_one_that_is_there_and_not_with_the_password(
    focal: Browser,
) -> None:
    codes = print_sheet(focal)
    refused = focal.send(f"{MINE}/program", present_password=PASSWORD)
    assert refused.status_code == 422
    assert "present_password" not in refused.text
    assert focal.send(f"{MINE}/program", factor=codes[0]).status_code == 303


def test_a_code_that_was_taken_stays_used_whatever_becomes_of_the_form(
    app: Flask, house: House
) -> None:
    coordinator = Browser(app).be(house, "st.coordinator")
    codes = print_sheet(coordinator)
    print_sheet(Browser(app).be(house, "hn.focal"))
    page = reset_page(app, house, "hn.focal")
    answer = coordinator.send(page, reason="", factor=codes[0])
    assert answer.status_code == 422
    assert 'id="error-reason"' in answer.text
    assert 'id="error-factor"' not in answer.text
    assert 'name="factor"' not in answer.text, "it is fresh now"
    assert give(Browser(app).be(house, "st.coordinator"), factor=codes[0]).status_code == 422


def reset_page(app: Flask, house: House, key: str) -> str:
    from app.organisations.models import Membership

    with app.app_context(), transaction(writing=False) as session:
        held = select(Membership.id).where(Membership.person_id == house.people[key])
        return f"/organisations/roles/{session.scalars(held).first()}/second-factor"


def test_the_coordinator_takes_a_lost_one_away_with_a_reason_and_a_factor(
    app: Flask, house: House, focal: Browser
) -> None:
    theirs = print_sheet(focal)
    give(focal, factor=theirs[0])
    coordinator = Browser(app).be(house, "st.coordinator")
    codes = print_sheet(coordinator)
    page = reset_page(app, house, "hn.focal")
    assert_good_html(coordinator.get(page).text)
    kept = coordinator.send(page, reason="Perdió su hoja; llamé a la Cancillería.", factor="")
    assert kept.status_code == 422
    assert "llamé a la Cancillería" in kept.text
    done = coordinator.send(page, reason="Perdió su hoja; llamé a la Cancillería.", factor=codes[0])
    assert done.status_code == 303
    assert kinds_of(app, house.people["hn.focal"]) == ""
    assert not is_fresh(focal)
    assert ("factor-reset", f"person:{house.people['hn.focal']}") in promised(app)
    event = events(app, "factor-removed")[-1]
    assert event.person_id == house.people["st.coordinator"]
    assert event.subject_id == house.people["hn.focal"]
    assert event.value == "Perdió su hoja; llamé a la Cancillería."
    assert print_sheet(focal), "they begin again with their password"


def test_nobody_takes_away_their_own_and_no_officer_anybodys(app: Flask, house: House) -> None:
    coordinator = Browser(app).be(house, "st.coordinator")
    codes = print_sheet(coordinator)
    page = reset_page(app, house, "st.coordinator")
    refused = coordinator.send(page, reason="Lo perdí.", factor=codes[0])
    assert refused.status_code == 422
    assert kinds_of(app, house.people["st.coordinator"]) == "sheet"
    officer = Browser(app).be(house, "st.second", "st")
    assert officer.get(page).status_code == 403


def test_the_coordinator_sees_who_still_has_to_add_one(app: Flask, house: House) -> None:
    coordinator = Browser(app).be(house, "st.coordinator")
    shown = coordinator.get("/organisations/second-factors")
    assert_good_html(shown.text)
    assert "St Second" in shown.text
    assert "Hn Focal" not in shown.text, "a focal point's work does not ask for one"
    print_sheet(Browser(app).be(house, "st.second", "st"))
    assert "St Second" not in coordinator.get("/organisations/second-factors").text


def test_the_operator_takes_one_away_by_command(app: Flask, house: House, focal: Browser) -> None:
    print_sheet(focal)
    run = app.test_cli_runner().invoke
    assert run(args=["factors", "reset", "hn.focal"]).exit_code != 0
    assert run(args=["factors", "reset", "nobody", "--reason", "x"]).exit_code != 0
    done = run(args=["factors", "reset", "hn.focal@example.org", "--reason", "Perdió su hoja."])
    assert done.exit_code == 0, done.output
    assert kinds_of(app, house.people["hn.focal"]) == ""
    assert run(args=["factors", "reset", "hn.focal", "--reason", "x"]).exit_code != 0


def test_what_was_read_of_sign_ins_holds_no_freshness_of_another_browser(
    app: Flask, house: House, focal: Browser
) -> None:
    codes = print_sheet(focal)
    other = Browser(app).be(house, "hn.focal")
    give(focal, factor=codes[0])
    assert not is_fresh(other)
    with app.app_context(), transaction(writing=False) as session:
        given = session.scalars(select(SignIn.factor_at).where(SignIn.factor_at.is_not(None))).all()
    assert len(given) == 1
