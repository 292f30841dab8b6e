"""After personal and secret words were typed and opened in a browser: what does the browser keep of them?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
PLACE, NOTES, HALF, PLAIN = "Qx901vwZk", "Qx902vwZk", "Qx903vwZk", "Qx904vwZk"
STORED = """async () => {
  const said = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, document.title,
                location.href, JSON.stringify(history.state)];
  for (const each of await indexedDB.databases()) said.push(await new Promise((done) => {
    const opened = indexedDB.open(each.name);
    opened.onsuccess = () => {
      const base = opened.result, names = [...base.objectStoreNames], rows = [];
      if (!names.length) return done(each.name);
      const reading = base.transaction(names);
      for (const name of names) reading.objectStore(name).getAll().onsuccess = (e) => rows.push(e.target.result);
      reading.oncomplete = () => done(JSON.stringify(rows));
    };
  }));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      said.push(request.url, await (await cache.match(request)).text());
    }
  }
  return said.join("\\n");
}"""
"""Everything that a page can find again in its browser."""


def kept(page: Page) -> str:
    return str(page.evaluate(STORED))


def test_the_browser_keeps_no_sealed_word(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    page = Stage(demonstration_url, "es", open_page).enter("hn.prosecutor")
    page.goto(f"{demonstration_url}/cases/beginning")
    page.check('input[name="kind"][value="CASE_SHARE"]')
    page.check('input[name="reality"][value="practice"]')
    leading_on(page, page.get_by_role("button", name="Abrir el borrador"))
    case = page.url
    section = f"{case}/sections/case"
    page.goto(section)
    page.fill('[name="detection_place"]', PLACE)
    page.fill('[name="investigation_notes"]', NOTES)
    page.fill('[name="summary"]', PLAIN)
    leading_on(page, page.get_by_role("button", name=re.compile("Guardar y quedarse")))
    expect(page.locator('[name="summary"]')).to_have_value(PLAIN)
    assert PLACE not in page.content()
    page.locator('[name="investigation_notes"]').press_sequentially(HALF)
    held = [kept(page)]
    page.on("dialog", lambda asks: asks.accept())  # the browser warns of what was not saved
    leading_on(page, page.locator("main .back, main a.govuk-back-link, header a").first)
    held.append(kept(page))
    page.goto(section)
    purpose = page.locator('select[name="_purpose"]')
    opening = page.locator("details", has=purpose)
    opening.locator("summary").first.click()
    purpose.select_option(index=1)
    leading_on(page, opening.get_by_role("button"))
    assert PLACE in page.content(), "what was opened is shown"
    held.append(kept(page))
    page.goto(f"{case}/check")
    held.append(kept(page))
    # What was opened is not there to be gone back to: the browser would have to ask for it again.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    expect(page.locator("body")).not_to_contain_text(PLACE)
    for word in (PLACE, NOTES, HALF):
        assert all(word not in each for each in held), word


def test_what_is_looked_through_holds_what_a_page_keeps(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    page.goto(f"{demonstration_url}/demo/sign-in")
    page.evaluate(
        """async ([one, two, three]) => {
          localStorage.setItem("a", one); history.replaceState({a: two}, "");
          await new Promise((done) => {
            const opened = indexedDB.open("held", 1);
            opened.onupgradeneeded = () => opened.result.createObjectStore("rows", {autoIncrement: true}).add(three);
            opened.onsuccess = () => { opened.result.close(); done(); };
          });
        }""",
        [PLACE, NOTES, HALF],
    )
    assert all(word in kept(page) for word in (PLACE, NOTES, HALF))
