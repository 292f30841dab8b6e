"""Can everybody use every page, in both languages, on a telephone too, and is each one well made?"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys import people
from tests.journeys.people import Stage
from tests.needs.reading import certifying, previewing
from tests.pages.crawling import Visited, crawl, endpoints_within_reach, page_endpoints
from tests.support.accessible import accessibility_findings
from tests.support.demonstration import demonstration_url, sign_in  # noqa: F401, a fixture
from tests.support.good_html import html_faults

pytestmark = pytest.mark.browser
PEOPLE = {
    "es": ("hn.focal", "st.coordinator", "iom.pledger", "ppt.reader", "hn.legal", "sv.legal", "gt.legal", "hn.prosecutor", "gt.child",
           "ar.observer", "operator"),
    "en": ("ca.focal", "st.officer", "us.reader", "hn.contributor", "sv.prosecutor"),
}  # fmt: skip
BEHIND_A_TOKEN = {
    "accounts.new_password": "a link of a mail leads there: tests/accounts/test_reset.py",
    "cases.files_at": "a button of a form leads there: tests/cases/exchanges/test_files.py",
    "cases.file_removal": "once there is a file: tests/cases/exchanges/test_files.py",
    "received_cases.files": "once a file came: tests/cases/exchanges/test_files.py",
    "calendar.feed": "a file for calendar programs: tests/calls/test_calendar.py",
    "needs.confirmation": "a link of a mail leads there: tests/intake/test_link.py",
    "needs.confirmation_preview": "the page before leads there: tests/intake/test_link.py",
    "needs.confirmation_refusal": "the page before leads there: tests/intake/test_link.py",
    "needs.confirmed": "what follows an answer by a link: tests/intake/test_link.py",
    "factors.give": "a page that needs one leads there: tests/accounts/test_factors.py",
    "factors.key": "the page before leads there: tests/accounts/test_factor_pages.py",
    "factors.passkey": "at an address with a name: tests/accounts/test_factor_pages.py",
    "factors.remove": "once there is one: tests/accounts/test_factor_pages.py",
    "organisations.reset_factor": "once there is one: tests/accounts/test_factor_pages.py",
    "joining.accept": "a link of a mail leads there: tests/organisations/test_invitations.py",
    "case_follow_ups.taking_up": "once one ended: tests/cases/follow_ups/test_follow_ups.py",
    "delivery.asked_sponsor": "the clock asks a year later: tests/funding/delivery/test_views.py",
    "delivery.attend": "once a course has a date: tests/funding/delivery/test_views.py",
    "delivery.new_question": "once a course has a date: tests/funding/delivery/test_views.py",
    "courses.replicate": "once a course was held: tests/funding/delivery/test_replicating.py",
    "delivery.new_replication": "once a course was held: tests/funding/delivery/test_views.py",
    "delivery.question": "once something was measured: tests/funding/delivery/test_views.py",
    "delivery.session": "once there is a timetable: tests/funding/delivery/test_views.py",
}
NARROW = 360


@pytest.mark.parametrize(
    ("lang", "person"), [(lang, person) for lang, people in PEOPLE.items() for person in people]
)
def test_every_page_a_person_can_come_to_is_sound(
    demonstration_url: str,
    open_page: Callable[..., Page],
    lang: str,
    person: str,
) -> None:
    page = open_page(lang=lang)
    sign_in(page, demonstration_url, person)
    if page.locator("html").get_attribute("lang") != lang:
        with page.expect_navigation():
            page.locator(f'header button[lang="{lang}"]').click()

    faults = []
    for visited in crawl(page, demonstration_url, most=1):
        faults += [f"{visited.path}: {fault}" for fault in faults_of(page, visited, lang)]

    assert not faults, "\n".join(faults)


def faults_of(page: Page, visited: Visited, lang: str) -> list[str]:
    """Everything that is wrong with the page on the screen."""
    found = [] if visited.status == 200 else [f"answered {visited.status}"]
    found += html_faults(visited.html)
    found += accessibility_findings(page)
    if page.locator("html").get_attribute("lang") != lang:
        found.append(f"is not in {lang}")
    page.set_viewport_size({"width": NARROW, "height": 800})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
        found.append(f"is {wide} wide on a telephone")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def faults_at(page: Page, base: str, path: str) -> list[str]:
    """Everything that is wrong with the page at this address, in Spanish."""
    response = page.goto(base + path if path.startswith("/") else path)
    assert response is not None
    landed = urlsplit(page.url).path
    seen = Visited("", landed, response.status, response.text())
    return [f"{landed}: {fault}" for fault in faults_of(page, seen, "es")]


def test_pages_before_signing_in_are_sound(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    page = open_page(lang="es")
    faults = []
    for visited in crawl(page, demonstration_url, most=1):
        faults += [f"{visited.path}: {fault}" for fault in faults_of(page, visited, "es")]
    assert not faults, "\n".join(faults)


def test_pages_that_stand_only_at_a_moment_are_sound(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    """A call before it opens, late permission, a complete draft, people of an organisation, an answered summary."""
    page, faults = open_page(lang="es"), []

    def look(path: str) -> None:
        faults.extend(faults_at(page, demonstration_url, path))

    sign_in(page, demonstration_url, "st.coordinator")
    call = a_call_in_preparation(page, demonstration_url)
    for step in ("", "/announcement", "/opening"):
        look(call + step)
    look(a_late_permission(page, demonstration_url, "Honduras"))
    honduras = organisation(page, demonstration_url, "Honduras")
    look(honduras)
    for address in links(page, "/organisations/"):
        look(address)
    look("/summaries?state=released")
    look(links(page, "/summaries/")[-1])
    look(a_ranking(page, demonstration_url))

    sign_in(page, demonstration_url, "gt.focal")
    page.goto(f"{demonstration_url}/")
    for address in links(page, "/summaries/"):
        look(address)

    sign_in(page, demonstration_url, "hn.focal")
    look("/delegation")
    for address in links(page, "/delegation/"):
        look(address)
    need = people.draft(
        Stage(demonstration_url, "es", open_page), page, "Para mirar la vista previa"
    )
    look(f"{need}/check")
    answers = page.content()
    look(certifying(answers))
    look(previewing(answers, "members=named&sponsors=unnamed&released=title"))
    look("/needs?state=accepted")
    for address in links(page, "/needs/")[:3]:
        page.goto(demonstration_url + address if address.startswith("/") else address)
        for sent in links(page, "/summaries/of/"):
            look(sent)

    look(a_comparison(page, demonstration_url))
    look(a_comparison_of_a_case(page, demonstration_url))

    assert not faults, "\n".join(faults)


def test_pages_of_a_proposal_of_courses_are_sound(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    page = open_page(lang="es")
    sign_in(page, demonstration_url, "st.coordinator")
    steps = a_proposal(page, demonstration_url)
    faults = [fault for step in steps for fault in faults_at(page, demonstration_url, step)]
    assert not faults, "\n".join(faults)


def a_ranking(page: Page, base: str) -> str:
    """The page of a ranking as it was computed; only what was computed leads to it."""
    page.goto(f"{base}/offers?state=open")
    page.goto(base + links(page, "/offers/")[-1].removeprefix(base))
    with page.expect_navigation():
        page.locator('a[href^="/matches/offers/"]').first.click()
    with page.expect_navigation():
        page.locator('form[action^="/matches/"] button').first.click()
    found = page.locator('a[href^="/matches/runs/"]').first.get_attribute("href")
    assert found is not None
    return found


def a_proposal(page: Page, base: str) -> list[str]:
    """The pages of a proposal of courses; only one that was computed leads to them."""
    page.goto(f"{base}/bundles/new")
    with page.expect_navigation():
        page.locator("form#work button").first.click()
    adopt = page.locator('a[href*="/courses/1"]')
    adopt.wait_for()
    return [page.url, f"{page.url}/inputs", str(adopt.get_attribute("href"))]


def a_comparison(page: Page, base: str) -> str:
    """The page that compares two versions of a need; only a need certified twice leads to it."""
    sign_in(page, base, "st.officer")
    page.goto(f"{base}/needs?state=accepted")
    for need in links(page, "/needs/"):
        page.goto(base + need)
        if found := [each for each in links(page, need) if each.endswith("/comparison")]:
            return found[0]
    raise AssertionError("no need of the demonstration was certified twice")


def a_comparison_of_a_case(page: Page, base: str) -> str:
    """The page that compares two versions of a case, once it was certified and released again."""
    sign_in(page, base, "hn.prosecutor")
    page.goto(f"{base}/cases?state=released")
    case = next(
        each for each in links(page, "/cases/") if len(urlsplit(each).path.split("/")[2]) == 20
    )
    page.goto(base + case)
    for words in (
        "Preparar una nueva versión",
        "Revisar",
        "Ir a certificar",
        "Certificar y enviar",
    ):
        button = page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words))
        with page.expect_navigation():
            button.first.click()
    return f"{case}/comparison"


def links(page: Page, beginning: str) -> list[str]:
    """The addresses on the page that begin so, each once."""
    hrefs = page.eval_on_selector_all(
        "main a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
    )
    return list(dict.fromkeys(href.split("#")[0] for href in hrefs if href.startswith(beginning)))


def organisation(page: Page, base: str, name: str) -> str:
    """The page of an organisation, from the list of them all."""
    page.goto(f"{base}/organisations")
    found = page.locator("main a", has_text=name).first.get_attribute("href")
    assert found is not None
    return found


def a_call_in_preparation(page: Page, base: str) -> str:
    """A call that the coordinator wrote and nobody else has heard of yet."""
    page.goto(f"{base}/calls/new")
    page.fill("#code", "2005")
    for lang, title in (("es", "Necesidades 2005"), ("en", "Needs 2005")):
        page.fill(f"#title_{lang}", title)
    for name, day in (("opens", "2004-06-01"), ("closes", "2004-06-30")):
        page.fill(f"#{name}_day", day)
        page.fill(f"#{name}_hour", "18:00")
    page.locator('input[name="countries"]').first.check()
    with page.expect_navigation():
        page.locator("form#work .buttons button").first.click()
    return urlsplit(page.url).path


def a_late_permission(page: Page, base: str, country: str) -> str:
    """The page that ends the permission which the coordinator has just given to a country."""
    page.goto(f"{base}/calls")
    for call in links(page, "/calls/"):
        page.goto(f"{base}{call}/late-permission")
        if page.locator("#until_day").count():
            break
    address = page.url
    page.select_option("#country", label=country)
    for name, text in (
        ("until_day", "2004-07-30"),
        ("until_hour", "18:00"),
        ("reason", "Se pidió."),
    ):
        page.fill(f"#{name}", text)
    with page.expect_navigation():
        page.locator("form#work .buttons button").first.click()
    page.goto(address)
    return links(page, f"{urlsplit(address).path}/revocation")[0]


AT_A_MOMENT = {
    "accounts.forgotten", "accounts.sign_in", "calls.announcement", "calls.opening",
    "calls.revocation",
    "delegation.note", "joining.demo_sign_in", "needs.certification", "needs.preview",
    "organisations.end_role", "organisations.note", "organisations.role", "organisations.suspend",
    "summaries.of_routing", "summaries.change", "summaries.decision", "summaries.country",
    "summaries.relay", "summaries.group", "summaries.part",
    "bundles.show", "bundles.computed_from", "bundles.adopt", "matches.run", "reports.begin", "demonstration.letter", "needs.comparison", "reports.file_taken",
    "needs.sheet", "cases.comparison",
}  # fmt: skip
"""Pages that the tests above come to by hand, before signing in, or from a mail."""


def test_no_page_was_left_out(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    """Every page is reached by links, by the test of moments, or by a link of a mail."""
    reached: set[str] = set()
    for person in (each for everybody in PEOPLE.values() for each in everybody):
        page = open_page()
        sign_in(page, demonstration_url, person)
        reached |= endpoints_within_reach(page, demonstration_url)
    missed = page_endpoints() - reached - AT_A_MOMENT - set(BEHIND_A_TOKEN)
    assert not missed, f"no link leads to {sorted(missed)}"
