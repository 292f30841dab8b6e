"""What becomes of the text when the line drops, the server stumbles or the session ends?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def write(page, words):
    page.locator("#title").fill(words)
    page.locator("#gap").focus()


def remember(page):
    """Keep all that the line at the foot says: on a busy machine one may look after it changed."""
    page.evaluate(
        "() => { const line = document.querySelector('#status'); window.said = [];"
        " new MutationObserver(() => window.said.push(line.textContent))"
        ".observe(line, { childList: true, characterData: true, subtree: true }) }"
    )


def wait_until_said(page, words):
    page.wait_for_function("words => window.said.some((line) => line.includes(words))", arg=words)


def hurry(page):
    """Retries wait seconds; here they are asked for as when the line comes back."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_without_a_line_the_text_stays_and_is_sent_when_it_is_back(visit, bench):
    page = visit()
    page.context.set_offline(True)
    write(page, "Detección")
    expect(page.locator("#status")).to_contain_text("Sin conexión")
    assert not bench.asked
    page.context.set_offline(False)
    hurry(page)
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    assert bench.answers["title"].raw == ["Detección"]


def test_it_is_tried_again_by_itself(visit, bench):
    bench.refuse_next = [503]
    page = visit()
    remember(page)
    write(page, "Detección")
    wait_until_said(page, "No se pudo guardar por ahora")
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    first, second = bench.asked
    assert first.key == second.key


def test_an_answer_that_got_lost_is_asked_for_again_before_anything_newer(visit, bench):
    bench.lose_next = 1  # stored, but the answer does not come back
    page = visit()
    remember(page)
    write(page, "Uno")
    wait_until_said(page, "No se pudo guardar por ahora")
    write(page, "Uno y dos")
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    expect(page.locator("#saved-title input")).to_have_value("2")
    keys = [each.key for each in bench.asked]
    assert keys[0] == keys[1] != keys[2]
    assert bench.asked[1].form["title"] == ["Uno"], "repeated word for word"
    assert bench.answers["title"].raw == ["Uno y dos"]
    assert not page.locator("[data-conflict]").count(), "nobody conflicts with herself"


def test_nobody_conflicts_with_herself_however_slowly_answers_come(visit, bench):
    """The second is asked for while the first is under way, the third once both are answered."""
    bench.slow = 0.5
    page = visit()
    for words in ("Uno", "Uno y dos"):
        write(page, words)
    expect(page.locator("#saved-title input")).to_have_value("2")
    write(page, "Uno, dos y tres")
    expect(page.locator("#saved-title input")).to_have_value("3")
    assert bench.answers["title"].raw == ["Uno, dos y tres"]
    assert [each.form["_revision.title"] for each in bench.asked] == [["0"], ["1"], ["2"]]


def test_when_the_session_ends_the_text_stays_and_goes_on_after_signing_in(visit, bench):
    page = visit()
    bench.signed_in = False
    write(page, "Detección")
    line = page.locator("#status")
    expect(line).to_contain_text("Su sesión terminó")
    expect(line.get_by_role("link")).to_have_attribute("href", "/sign-in")
    expect(page.locator("#title")).to_have_value("Detección")
    bench.signed_in = True
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(line).to_contain_text("Todo guardado")
    assert bench.answers["title"].raw == ["Detección"]


def test_the_page_does_not_go_on_as_somebody_else(visit, bench):
    page = visit()
    bench.signed_in = False
    write(page, "Detección")
    expect(page.locator("#status")).to_contain_text("Su sesión terminó")
    bench.signed_in, bench.person = True, "p2"
    asked = len(bench.asked)
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(600)
    assert len(bench.asked) == asked
    expect(page.locator("#status")).to_contain_text("Su sesión terminó")


def test_a_page_of_an_earlier_sign_in_goes_on_by_itself(visit, bench):
    page = visit()
    bench.token = "of the next sign-in"
    write(page, "Detección")
    expect(page.locator("#status")).to_contain_text("Todo guardado")
    assert bench.answers["title"].raw == ["Detección"]
    first, second = bench.asked
    assert first.key == second.key
    assert first.token != second.token


def test_it_looks_once_for_the_session_and_then_says_that_it_ended(visit, bench):
    page = visit()
    bench.signed_in = False
    looked = []
    page.on("request", lambda request: looked.append(request.method))
    write(page, "Detección")
    expect(page.locator("#status")).to_contain_text("Su sesión terminó")
    link = page.locator("#status").get_by_role("link")
    expect(link).to_have_attribute("target", "_blank")
    assert looked[looked.index("PUT") :] == ["PUT", "GET"]


@pytest.mark.parametrize(("write_first", "asks"), [(True, True), (False, False)])
def test_leaving_asks_first_only_when_something_is_unsaved(visit, write_first, asks):
    page = visit()
    page.route("**/answers/*", lambda route: route.abort())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#title").type("D" if write_first else "")
    page.get_by_role("link", name="Volver a la lista").click()
    page.wait_for_url("**/list")
    assert asked == (["beforeunload"] if asks else [])
