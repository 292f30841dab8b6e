"""When two people wrote in one field, does the reader choose, and is nobody's text lost unseen?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assets.bench_state import Kept
from tests.support.accessible import assert_accessible

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit, bench):
    """A page on which somebody else saved meanwhile, and whose reader has just written."""
    bench.answers["gap"] = Kept(["Curso de 2003."], 1)
    page = visit()
    bench.answers["gap"] = Kept(["Curso de 2003 con ACNUR."], 2)
    page.locator("#gap").fill("Curso de 2003 en Agua Caliente.")
    page.locator("#title").focus()
    expect(page.get_by_role("alert")).to_contain_text("C. Mejía guardó otro texto a las 14:31")
    return page


def test_both_texts_are_named_and_shown(page, bench):
    assert_accessible(page)
    panel = page.locator("[data-conflict]")
    expect(panel).to_contain_text("Texto de C. Mejía")
    expect(panel).to_contain_text("Su texto, aún sin guardar")
    expect(panel).to_contain_text("Curso de 2003 con ACNUR.")
    assert bench.answers["gap"].raw == ["Curso de 2003 con ACNUR."]


def test_nothing_is_sent_until_one_has_chosen(page, bench):
    page.locator("#gap").type(" Y más.")
    page.wait_for_timeout(1000)
    assert bench.answers["gap"].revision == 2


def test_keeping_my_text(page, bench):
    page.get_by_role("button", name="Conservar mi texto").click()
    expect(page.locator("#saved-gap input")).to_have_value("3")
    assert bench.answers["gap"].raw == ["Curso de 2003 en Agua Caliente."]
    expect(page.locator("[data-conflict]")).to_have_count(0)


def test_keeping_the_other_text(page, bench):
    page.get_by_role("button", name="Conservar el de C. Mejía").click()
    expect(page.locator("#gap")).to_have_value("Curso de 2003 con ACNUR.")
    expect(page.locator("#saved-gap input")).to_have_value("2")
    page.locator("#gap").type(" Y más.")
    expect(page.locator("#saved-gap input")).to_have_value("3")
    assert bench.answers["gap"].raw == ["Curso de 2003 con ACNUR. Y más."]


def test_joining_both(page, bench):
    page.get_by_role("button", name="Combinar").click()
    both = "Curso de 2003 con ACNUR.\n\nCurso de 2003 en Agua Caliente."
    expect(page.locator("#gap")).to_have_value(both)
    expect(page.locator("#gap")).to_be_focused()
    expect(page.locator("#saved-gap input")).to_have_value("3")
    assert bench.answers["gap"].raw[0].replace("\r", "") == both


def test_the_choice_of_boxes_is_taken_over_whole(visit, bench):
    bench.answers["themes"] = Kept(["T1"], 1)
    page = visit()
    bench.answers["themes"] = Kept(["T2", "T5"], 2)
    page.get_by_label("Documentos de viaje").check()
    page.get_by_role("button", name="Conservar el de C. Mejía").click()
    checked = page.locator("[name=themes]:checked")
    assert checked.evaluate_all("all => all.map(one => one.value)") == ["T2", "T5"]


def test_going_back_to_the_first_text_is_a_choice_too(page, bench):
    page.locator("#gap").fill("Curso de 2003.")
    page.get_by_role("button", name="Conservar mi texto").click()
    expect(page.locator("#saved-gap input")).to_have_value("3")
    assert bench.answers["gap"].raw == ["Curso de 2003."]


def test_joining_brings_along_what_was_typed_since_and_no_sentence_twice(page, bench):
    page.locator("#gap").fill("Curso de 2003 en Agua Caliente. Y más.")
    page.get_by_role("button", name="Combinar").click()
    both = "Curso de 2003 con ACNUR.\n\nCurso de 2003 en Agua Caliente.\n\nY más."
    expect(page.locator("#gap")).to_have_value(both)
    expect(page.locator("#saved-gap input")).to_have_value("3")
    assert bench.answers["gap"].raw[0].replace("\r", "") == both


@pytest.mark.parametrize("button", ["Conservar el de C. Mejía", "Conservar mi texto", "Combinar"])
def test_once_one_has_chosen_nothing_waits_in_the_browser(page, button):
    page.get_by_role("button", name=button).click()
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    assert not page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('unsent'))")
