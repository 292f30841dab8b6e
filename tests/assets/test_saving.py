"""Does a field keep itself while somebody writes, without disturbing them?"""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.assets.bench_state import Kept

pytestmark = pytest.mark.browser


def saves(bench, name="title"):
    return [each for each in bench.asked if each.name == name]


def wait_saved(page, bench, name, raw):
    expect(page.locator(f"[id='saved-{name}'] .saved-mark")).to_be_visible()
    assert bench.answers[name].raw == raw


def type_without_a_pause(field, words):
    """Key by key, however slowly the machine passes keys on."""
    field.evaluate(
        "(field, words) => { for (const key of words) {"
        " field.value += key; field.dispatchEvent(new InputEvent('input', { bubbles: true })) } }",
        words,
    )


def test_what_is_typed_is_saved_without_a_button(visit, bench):
    page = visit()
    type_without_a_pause(page.locator("#title"), "Detección")
    wait_saved(page, bench, "title", ["Detección"])
    expect(page.locator("#status")).to_have_text("Todo guardado 14:32")
    assert len(saves(bench)) == 1, "one save for one pause, not one for each key"


def test_the_focus_and_the_caret_stay_where_they_were(visit, bench):
    bench.answers["title"] = Kept(["Detección de casos"], 1)
    page = visit()
    page.locator("#title").evaluate("input => { input.focus(); input.setSelectionRange(9, 9) }")
    page.keyboard.type(" temprana")
    expect(page.locator("#saved-title input")).to_have_value("2")
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == [
        "title",
        18,
    ]
    page.keyboard.type("!")
    expect(page.locator("#title")).to_have_value("Detección temprana! de casos")


def test_the_second_save_is_written_on_the_first(visit, bench):
    page = visit()
    page.locator("#title").type("Uno")
    wait_saved(page, bench, "title", ["Uno"])
    page.locator("#title").type(" y dos")
    expect(page.locator("#saved-title input")).to_have_value("2")
    first, second = saves(bench)
    assert [each.form["_revision.title"] for each in (first, second)] == [["0"], ["1"]]
    assert first.key != second.key
    assert bench.answers["title"].raw == ["Uno y dos"]


def test_leaving_a_field_saves_it_at_once_and_only_that_field(visit, bench):
    page = visit()
    page.locator("#gap").fill("No se detectan.")
    page.locator("#title").focus()
    wait_saved(page, bench, "gap", ["No se detectan."])
    (only,) = bench.asked
    assert set(only.form) == {"gap", "_revision.gap"}
    assert (only.acting, only.token) == ("hn", "token")
    assert only.size < 200


def test_visiting_a_field_without_changing_it_saves_nothing(visit, bench):
    bench.answers["title"] = Kept(["Detección"], 1)
    page = visit()
    page.locator("#title").type("!")
    page.keyboard.press("Backspace")
    page.locator("#gap").focus()
    page.wait_for_timeout(900)
    assert not bench.asked


@pytest.mark.parametrize(
    ("section", "act", "name", "raw"),
    [
        ("words", lambda page: page.get_by_label("Atención a víctimas").check(), "themes", ["T5"]),
        ("words", lambda page: page.locator("#objectives-2").fill("Entrevistar"), "objectives", ["", "Entrevistar", ""]),
        ("people", lambda page: page.get_by_label("Lo básico").check(), "level", ["some"]),
        ("people", lambda page: page.locator("#duration-unit").select_option("days"), "duration", ["", "days", ""]),
        ("people", lambda page: page.locator("[name='audience.r2.women']").fill("12"), "audience.r2.women", ["12"]),
        ("rest", lambda page: page.locator("#interpretation").check(), "interpretation", ["yes"]),
        ("rest", lambda page: page.locator("#where").select_option("PA"), "where", ["PA"]),
        ("rest", lambda page: page.locator("#profile").select_option("judge"), "profile", ["judge", ""]),
        ("grid", lambda page: page.locator("[name='costs.venue.estimate']").fill("18,400.50"), "costs.venue.estimate", ["18,400.50"]),
    ],
)  # fmt: skip
def test_every_kind_of_answer_saves_itself(visit, bench, section, act, name, raw):
    page = visit(f"/draft/{section}")
    act(page)
    page.locator("h1").click()
    expect(page.locator(f"[id='saved-{name}'] .saved-mark")).to_be_attached()
    assert bench.answers[name].raw == raw
    assert [each.name for each in bench.asked] == [name]


def test_a_refused_answer_keeps_the_text_and_says_why(visit, bench):
    page = visit()
    words = "Un título que es bastante más largo de lo que cabe"
    page.locator("#title").fill(words)
    page.locator("#gap").focus()
    error = page.locator("#error-title")
    expect(error).to_contain_text("50")
    expect(page.locator("#title")).to_have_value(words)
    expect(page.locator("#title")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#status")).to_contain_text("no se guardó")
    page.locator("#title").fill("Más corto")
    page.locator("#gap").focus()
    wait_saved(page, bench, "title", ["Más corto"])
    expect(error).to_be_hidden()
    expect(page.locator("#title")).not_to_have_attribute("aria-invalid", re.compile(""))


def test_a_refusal_that_is_about_no_field_is_told_in_the_line(visit, bench):
    bench.refuse_next = [403]
    page = visit()
    page.locator("#title").fill("Detección")
    page.locator("#gap").focus()
    expect(page.locator("#status")).to_contain_text("Esto no está abierto")
    expect(page.locator("#title")).to_have_value("Detección")
    expect(page.locator("#saved-title input")).to_have_value("0")


def test_text_that_came_back_with_the_page_is_saved_without_touching_it(visit, bench):
    page = visit("/?typed.title=Detecci%C3%B3n")
    wait_saved(page, bench, "title", ["Detección"])
    assert [each.name for each in bench.asked] == ["title"]


@pytest.mark.parametrize("late", ["enlace", "htmx"])
def test_text_that_came_back_is_saved_whichever_script_arrives_late(
    open_page, address, bench, late
):
    page = open_page(lang="es")
    page.context.route(f"**/{late}.*.js", lambda route: (time.sleep(0.5), route.continue_()))
    page.goto(f"{address}/?typed.title=Detecci%C3%B3n")
    wait_saved(page, bench, "title", ["Detección"])
