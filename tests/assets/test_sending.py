"""Is a form sent once, whole, and with the button that was pressed?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assets.bench_state import Kept

pytestmark = pytest.mark.browser


def test_a_button_pressed_twice_sends_once_and_keeps_its_name(visit, bench):
    page = visit("/form")
    bench.slow = 0.5
    page.evaluate(
        "const press = () => document.querySelector('[value=certify]').click();"
        "press(); setTimeout(press, 150)"
    )
    page.wait_for_url("**/list")
    (post,) = bench.posts
    assert post["do"] == ["certify"]
    assert {"csrf_token", "_key", "_acting"} <= set(post)


def test_a_form_waits_for_the_field_that_is_under_way(visit, bench):
    page = visit()
    held = []
    page.route("**/answers/title", lambda route: held.append(route))
    page.locator("#title").fill("Detección")
    page.get_by_role("button", name="Guardar y continuar").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert not bench.posts
    held[0].continue_()
    page.wait_for_url("**/list")
    assert bench.posts[0]["_revision.title"] == ["1"]
    assert bench.posts[0]["title"] == ["Detección"]


def test_enter_saves_and_neither_removes_a_row_nor_changes_the_language(visit, bench):
    page = visit("/draft/people")
    page.locator("[name='audience.r1.women']").fill("14")
    page.keyboard.press("Enter")
    page.wait_for_url("**/list")
    assert not {"_remove", "_add", "_lang"} & set(bench.posts[0])


@pytest.mark.parametrize("javascript", [True, False])
def test_rows_are_added_and_removed_by_sending_the_form(visit, bench, javascript):
    page = visit("/draft/people", javascript=javascript)
    page.get_by_role("button", name="Agregar fila").click()
    page.wait_for_url("**/list")
    page.go_back()
    page.get_by_role("button", name="Quitar fila 2").click()
    page.wait_for_url("**/list")
    assert [post.get("_add") for post in bench.posts] == [["audience"], None]
    assert bench.posts[1]["_remove"] == ["r2"]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_language_button_takes_the_typed_text_along(visit, bench, javascript):
    page = visit(javascript=javascript)
    page.locator("#title").fill("Detección")
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/list")
    assert bench.posts[0]["_lang"] == ["en"]
    assert bench.posts[0]["title"] == ["Detección"]


def test_a_question_waits_for_the_answer_it_depends_on(visit):
    page = visit("/draft/rest")
    detail = page.locator("#interpretation_detail")
    expect(detail).to_be_hidden()
    page.locator("#interpretation").check()
    expect(detail).to_be_visible()
    page.locator("#interpretation-2").check()
    expect(detail).to_be_hidden()


def test_without_javascript_every_question_is_there(visit):
    page = visit("/draft/rest", javascript=False)
    expect(page.locator("#interpretation_detail")).to_be_visible()


def test_the_list_of_errors_has_the_focus_and_leads_to_the_inputs(visit):
    page = visit("/form?wrong=1")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Elija una función.").click()
    expect(page.locator("#role")).to_be_focused()


def test_a_password_is_shown_only_while_wanted(visit):
    page = visit("/form")
    page.get_by_role("button", name="Mostrar").click()
    expect(page.locator("#password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Ocultar").click()
    expect(page.locator("#password")).to_have_attribute("type", "password")


def test_a_list_is_filtered_in_place(visit, bench):
    page = visit("/list")
    page.locator("#country").select_option("sv")
    page.wait_for_url("**/list?country=sv**")
    expect(page.locator("#results table")).to_have_count(1)


def test_without_a_line_the_button_keeps_the_page_and_its_text(visit, bench):
    bench.answers["title"] = Kept(["Detección"], 1)
    page = visit()
    mark = page.locator("#saved-title .saved-mark")
    expect(mark).to_be_visible()
    page.context.set_offline(True)
    page.locator("#title").fill("Detección temprana")
    expect(mark).to_be_hidden()
    page.get_by_role("button", name="Guardar y continuar").click()
    expect(page.locator("#status")).to_contain_text("Sin conexión")
    expect(page.locator("#title")).to_have_value("Detección temprana")
    assert not bench.posts
    page.context.set_offline(False)
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    expect(mark).to_be_visible()
    page.get_by_role("button", name="Guardar y continuar").click()
    page.wait_for_url("**/list")
    assert bench.posts[0]["title"] == ["Detección temprana"]


def press(page):
    page.get_by_role("button", name="Guardar y continuar").click(no_wait_after=True)


def test_a_line_that_dies_under_a_press_and_is_back_at_once_delays_it_only(visit, bench):
    page = visit()
    held = []
    page.route(
        "**/answers/title", lambda route: held.append(route) if not held else route.continue_()
    )
    page.locator("#title").fill("Detección")
    press(page)
    page.wait_for_timeout(300)
    held[0].abort()
    page.wait_for_url("**/list")
    assert bench.answers["title"].raw == ["Detección"]
    assert bench.posts[0]["title"] == ["Detección"]
    assert bench.posts[0]["_revision.title"] == ["1"]


def test_a_line_that_dies_under_a_press_leaves_every_field_saving_itself(visit, bench):
    page = visit()
    page.route("**/answers/*", lambda route: route.abort())
    page.locator("#title").fill("Detección")
    press(page)
    expect(page.locator("#status")).to_contain_text("Sin conexión")
    page.locator("#gap").fill("En los puestos no se detectan.")
    assert not bench.posts
    page.unroute("**/answers/*")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    assert bench.answers["title"].raw == ["Detección"]
    assert bench.answers["gap"].raw == ["En los puestos no se detectan."]
    press(page)
    page.wait_for_url("**/list")
    assert bench.posts[0]["gap"] == ["En los puestos no se detectan."]


def test_what_is_typed_while_a_form_is_under_way_is_saved_where_the_page_stays(visit, bench):
    page = visit()
    page.route("**/sent", lambda route: route.fulfill(status=204))
    page.locator("#title").fill("Detección")
    page.locator("#gap").focus()
    status = page.locator("#status")
    expect(status).to_contain_text("Todo guardado")
    press(page)
    page.locator("#gap").fill("Escrito mientras se enviaba.")
    expect(status).not_to_contain_text("Todo guardado")
    expect(status).to_contain_text("Todo guardado")
    assert bench.answers["gap"].raw == ["Escrito mientras se enviaba."]


def test_leaving_asks_again_once_a_form_has_left_the_page_standing(visit):
    page = visit()
    page.route("**/sent", lambda route: route.fulfill(status=204))
    page.route("**/answers/*", lambda route: route.abort())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    press(page)
    expect(page.locator("[data-sent]")).to_have_count(1)
    expect(page.locator("[data-sent]")).to_have_count(0)
    page.locator("#title").type("D")
    page.get_by_role("link", name="Volver a la lista").click()
    page.wait_for_url("**/list")
    assert asked == ["beforeunload"]
