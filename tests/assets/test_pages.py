"""Are the pages well made, usable by everybody, and inside their screen?"""

from __future__ import annotations

import pytest

from tests.support.accessible import assert_accessible
from tests.support.good_html import assert_good_html

PAGES = ("/", "/draft/people", "/draft/rest", "/draft/grid", "/list", "/form", "/form?wrong=1",
         "/error/404", "/error/401", "/error/409?kept=1")  # fmt: skip


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_made(bench_app, path, lang):
    client = bench_app.test_client()
    client.set_cookie("lang", lang)
    assert_good_html(client.get(path).text)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "lang"), [(320, "es"), (1280, "en")])
def test_everybody_can_use_it_and_the_page_never_scrolls_sideways(visit, address, width, lang):
    page = visit(width=width, lang=lang)
    for path in PAGES:
        page.goto(address + path)
        assert_accessible(page)
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0, f"{path} is {beyond} px too wide at {width}"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(bench_app, status):
    text = bench_app.test_client().get(f"/error/{status}?kept=1").text
    assert "data-reason" in text
    assert "En los puestos fronterizos no se detectan." in text
    assert text.count("<h1>") == 1


@pytest.mark.browser
def test_the_content_policy_has_nothing_to_refuse(visit, address):
    page = visit()
    said = []
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(address + path)
    assert not [text for text in said if "Content Security Policy" in text]


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_word_is_not_cut_off_in_its_button(visit, address, lang):
    page = visit(width=360, lang=lang)
    for path in PAGES:
        page.goto(address + path)
        cut = page.evaluate(
            "[...document.querySelectorAll('button, .govuk-button, th, .tag')]"
            ".filter(one => one.checkVisibility() && !one.closest('.hush') && !one.matches('.hush, .as-cards thead *')"
            " && one.scrollWidth > one.clientWidth + 4).map(one => one.textContent.trim())"
        )
        assert not cut, f"{path}: {cut}"


@pytest.mark.browser
def test_the_row_of_main_pages_shows_the_present_one_on_a_telephone(visit):
    page = visit("/report", width=320)
    box = page.locator(".ways [aria-current]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
