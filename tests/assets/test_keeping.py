"""Is text that could not be sent still there after a reload, a closed window, a power cut?"""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.assets.bench_state import Kept
from tests.assets.test_saving import saves, wait_saved

pytestmark = pytest.mark.browser

UNSENT = "[...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter(k => k.includes('unsent'))"
MINUTE = 60 * 1000
WEEK = 7 * 24 * 60 * MINUTE


def unsent(page):
    return page.evaluate(UNSENT)


def offline(page, yes=True):
    """No save arrives. The page itself may be drawn again, so that what it brings back is seen."""
    if yes:
        page.context.route("**/answers/**", lambda route: route.abort())
    else:
        page.context.unroute("**/answers/**")


def type_offline(page, words="Detección"):
    offline(page)
    page.locator("#title").fill(words)
    page.locator("#gap").focus()
    expect(page.locator("#status")).to_contain_text("Sin conexión")


@pytest.fixture
def power_cut(visit, bench, address):
    """Text is typed without a line, the window is gone, and another is opened `later` milliseconds
    after it; `meanwhile` says what is different about the bench by then."""

    def cut_power(*, own=True, later=MINUTE, **meanwhile):
        bench.own_computer = own
        page = visit()
        type_offline(page)
        context = page.context
        page.close(run_before_unload=False)  # without a question, as when the power is gone
        context.unroute("**/answers/**")
        for name, value in meanwhile.items():
            setattr(bench, name, value)
        page = context.new_page()
        page.add_init_script(f"{{ const now = Date.now; Date.now = () => now() + {later}; }}")
        page.goto(address)
        return page

    return cut_power


def test_what_was_not_sent_is_there_after_a_reload_and_is_sent(visit, bench):
    page = visit()
    page.on("dialog", lambda dialog: dialog.accept())
    type_offline(page)
    assert not saves(bench)
    offline(page, False)
    page.reload()
    expect(page.locator("#title")).to_have_value("Detección")
    wait_saved(page, bench, "title", ["Detección"])
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    assert not unsent(page)


def test_what_was_saved_leaves_no_trace_in_the_browser(visit, bench):
    page = visit()
    page.locator("#title").fill("Detección")
    page.locator("#gap").focus()
    wait_saved(page, bench, "title", ["Detección"])
    assert not unsent(page)


def test_on_ones_own_computer_it_outlives_the_window(power_cut, bench):
    page = power_cut()
    wait_saved(page, bench, "title", ["Detección"])
    assert not unsent(page)


def test_on_a_shared_computer_it_ends_with_the_window(power_cut):
    assert_nothing_is_left(power_cut(own=False))


def test_after_seven_days_it_is_gone(power_cut):
    assert_nothing_is_left(power_cut(later=WEEK + MINUTE))


def test_a_computer_that_is_nobodys_own_any_more_forgets_at_once(power_cut):
    assert_nothing_is_left(power_cut(own_computer=False))


def test_another_person_at_the_same_computer_gets_none_of_it(power_cut, bench):
    page = power_cut(person="p2")
    expect(page.locator("#title")).to_have_value("")
    assert not saves(bench)


def assert_nothing_is_left(page):
    expect(page.locator("#title")).to_have_value("")
    assert not unsent(page)


def test_signing_out_clears_it(visit, bench, address):
    bench.own_computer = True
    page = visit()
    page.on("dialog", lambda dialog: dialog.accept())
    type_offline(page)
    assert unsent(page)
    offline(page, False)
    page.get_by_role("button", name="Salir").click()
    page.wait_for_url("**/sign-out")
    assert not unsent(page)


def test_signing_out_asks_first_where_something_was_not_sent(visit):
    page, asked = visit(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    type_offline(page)
    page.get_by_role("button", name="Salir").click()
    assert len(asked) == 1
    assert "se perderá si sale" in asked[0]
    expect(page.locator("#title")).to_have_value("Detección")
    assert unsent(page), "and whoever stays has lost nothing"


def test_who_signs_out_all_the_same_is_asked_once(visit):
    page, asked = visit(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_offline(page)
    page.get_by_role("button", name="Salir").click()
    page.wait_for_url("**/sign-out")
    assert asked == ["confirm"]
    assert not unsent(page)


def test_what_was_saved_is_no_reason_to_ask(visit, bench):
    page, asked = visit(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#title").fill("Detección")
    page.locator("#gap").focus()
    wait_saved(page, bench, "title", ["Detección"])
    page.get_by_role("button", name="Salir").click()
    page.wait_for_url("**/sign-out")
    assert asked == []


def test_a_form_with_sensitive_answers_leaves_no_trace(visit, bench):
    bench.own_computer = True
    page = visit("/?sensitive=yes")
    type_offline(page)
    assert not unsent(page)
    assert "Detección" not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")


def test_text_brought_back_over_a_newer_one_asks_which_stays(visit, bench):
    page = visit()
    page.on("dialog", lambda dialog: dialog.accept())
    type_offline(page, "Lo mío")
    bench.answers["title"] = Kept(["Lo de ella"], 1)
    offline(page, False)
    page.reload()
    panel = page.locator("[id='saved-title'].conflict")
    expect(panel).to_contain_text("Lo de ella")
    expect(panel).to_contain_text("Lo mío")
    assert bench.answers["title"].raw == ["Lo de ella"], "nothing is stored before the choice"
    page.locator("#title").fill("Lo mío, mejor")
    page.reload()
    expect(page.locator("[id='saved-title'].conflict")).to_be_visible()
    assert bench.answers["title"].raw == ["Lo de ella"], "a reload is no choice"
    page.get_by_role("button", name="Conservar mi texto").click()
    wait_saved(page, bench, "title", ["Lo mío, mejor"])
    assert not unsent(page)


def send_whole(page, words):
    page.locator("#title").type(words)
    page.get_by_role("button", name="Guardar y continuar").click()
    page.wait_for_url("**/list")


def test_text_that_the_whole_form_delivered_is_forgotten_where_it_stands(visit, bench, address):
    page = visit()
    send_whole(page, "Uno")
    bench.answers["title"] = Kept(["Uno"], 2)
    page.goto(address)
    expect(page.locator("#title")).to_have_value("Uno")
    assert not unsent(page)
    assert page.locator("[data-conflict]").count() == 0


def test_the_same_window_forgets_the_text_of_who_used_it_before(visit, bench, address):
    page = visit()
    page.on("dialog", lambda dialog: dialog.accept())
    type_offline(page)
    assert unsent(page)
    bench.person = "p2"
    offline(page, False)
    page.goto(address)
    expect(page.locator("#title")).to_have_value("")
    assert not unsent(page)
    assert not saves(bench)


def test_text_that_the_whole_form_did_not_deliver_comes_back(visit, bench, address):
    page = visit()
    page.locator("#title").type("Uno")
    page.route("**/sent", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/sent")):
        page.get_by_role("button", name="Guardar y continuar").click(no_wait_after=True)
    page.wait_for_timeout(300)
    bench.asked.clear()
    page.goto(address)
    expect(page.locator("#title")).to_have_value("Uno")
    wait_saved(page, bench, "title", ["Uno"])


def test_what_was_typed_before_the_script_arrived_is_saved(open_page, address, bench):
    page = open_page(lang="es")
    page.context.route("**/enlace.*.js", lambda route: (time.sleep(0.8), route.continue_()))
    page.goto(address, wait_until="commit")
    page.locator("#title").fill("Escrito con una línea lenta")
    wait_saved(page, bench, "title", ["Escrito con una línea lenta"])


@pytest.mark.parametrize("section", ["words", "people", "rest", "grid"])
def test_a_page_nobody_typed_in_saves_nothing(visit, bench, section):
    page = visit(f"/draft/{section}")
    page.wait_for_timeout(300)
    assert not bench.asked
    assert not unsent(page)


def test_every_kind_of_control_is_brought_back(visit, bench):
    page = visit("/draft/people")
    page.on("dialog", lambda dialog: dialog.accept())
    offline(page)
    page.get_by_label("Lo básico").check()
    page.locator("#duration").fill("3")
    page.locator("#duration-unit").select_option("days")
    page.locator("[name='audience.r2.women']").fill("12")
    before = page.evaluate(
        "[...new URLSearchParams(new FormData(document.querySelector('#work')))]"
    )
    page.reload()
    after = page.evaluate("[...new URLSearchParams(new FormData(document.querySelector('#work')))]")
    assert {**dict(after), **dict(before)} == dict(after)
    assert after == before
