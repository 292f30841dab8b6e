"""Does the whole line run, from the draft to the sponsor's answer, for the people who work it?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.people import Stage
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["es", "en"])
def test_six_people_bring_a_need_to_a_sponsor(
    demonstration_url: str,
    open_page: Callable[..., Page],
    lang: str,
) -> None:
    stage = Stage(demonstration_url, lang, open_page)
    title = {"es": "Entrevista nocturna en frontera", "en": "Interviews at night"}[lang]

    contributor = stage.enter("hn.contributor")
    need = people.draft(stage, contributor, title)
    focal_point = stage.enter("hn.focal")
    people.certify(stage, focal_point, need)

    officer = stage.enter("st.officer")
    people.return_duration(stage, officer, need)
    people.mend(stage, contributor, need)
    people.certify(stage, focal_point, need)
    people.accept(stage, officer, need)

    compile_and_publish(stage, officer, stage.enter("st.coordinator"), title)
    people.route(stage, officer, title)
    people.answer(stage, stage.enter("ca.pledger"), title)

    focal_point.goto(need)
    expect(focal_point.locator("main")).to_contain_text(stage.says("accepted"))


def compile_and_publish(stage: Stage, officer: Page, coordinator: Page, title: str) -> None:
    """The officer sees the need among the figures; the coordinator publishes an edition."""
    officer.goto(f"{stage.base}/reports")
    people.open_figures(stage, officer, title)
    people.publish(stage, coordinator)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_need_is_drafted_without_javascript(
    demonstration_url: str,
    open_page: Callable[..., Page],
    lang: str,
) -> None:
    stage = Stage(demonstration_url, lang, open_page)
    page = stage.enter("hn.colleague", javascript=False)

    need = people.draft(stage, page, "Sin guiones / without scripts")

    expect(page.locator("main")).to_contain_text("Sin guiones / without scripts")
    people.add_and_remove_a_row(stage, page, need)
    people.switch_language_with_text_typed(stage, page, need)
    people.see_a_mistake_with_the_text_kept(stage, page, need)
