"""Does the rest of the page follow an answer that was saved: figures worked out, contradictions mended?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WOMEN, MEN = "audience.r1.women", "audience.r1.men"
BOTH = "Deje solo el total."


def fill(page, name, number):
    page.locator(f"[name='{name}']").fill(number)
    page.locator("#duration").focus()


def frame(page, name):
    return page.locator(f"[hx-put]:has([name='{name}'])")


def test_a_figure_follows_the_cell_it_is_worked_out_from(visit, bench):
    page = visit("/draft/people")
    fill(page, WOMEN, "12")
    expect(page.locator("#derived-participants")).to_have_text("12")
    fill(page, MEN, "8")
    expect(page.locator("#derived-participants")).to_have_text("20")
    assert page.locator(".computed #derived-participants").count() == 1


def test_the_frame_of_a_contradiction_goes_with_its_words(visit, bench):
    bench.doubts[WOMEN] = BOTH
    page = visit("/draft/people")
    expect(frame(page, WOMEN)).to_contain_text(BOTH)
    bench.doubts[WOMEN] = ""
    fill(page, MEN, "8")
    expect(frame(page, WOMEN)).not_to_contain_text(BOTH)
    expect(page.locator(".govuk-form-group--error")).to_have_count(0)
    assert page.locator("[aria-invalid]").count() == 0


def test_a_contradiction_that_a_save_makes_is_framed_where_it_is_told(visit, bench):
    page = visit("/draft/people")
    bench.doubts[WOMEN] = BOTH
    fill(page, MEN, "8")
    expect(frame(page, WOMEN)).to_contain_text(BOTH)
    expect(page.locator(".govuk-form-group--error")).to_have_count(1)
    expect(page.locator(f"[name='{WOMEN}']")).to_have_attribute("aria-invalid", "true")


def test_a_refused_answer_keeps_its_frame_while_another_is_saved(visit, bench):
    page = visit("/draft/people")
    fill(page, WOMEN, "muchas")
    expect(page.locator(".govuk-form-group--error")).to_have_count(1)
    fill(page, MEN, "8")
    expect(page.locator("#derived-participants")).to_have_text("8")
    expect(page.locator(".govuk-form-group--error")).to_have_count(1)
    expect(frame(page, WOMEN)).to_have_class(re.compile("govuk-form-group--error"))
