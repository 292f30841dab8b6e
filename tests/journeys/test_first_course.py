"""Do the offers of May 2004 become a first regional course, held, paid and asked about a year later?

The Secretariat, El Salvador, the other countries and IOM read in Spanish, Canada in English. It begins
from the demonstration alone: four offers, the plan with the cost split of 2004, a pledge marked so.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import Demonstration, own_demonstration  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
TITLE = "Primera capacitación regional de personal consular y de migración"
IN_ENGLISH = "First regional training of consular and migration staff"
GROUP = "Componente básico para personal consular y migratorio"
UNNAMED = re.compile("guatem", re.IGNORECASE)
"""The country of the course that did not agree to be named to sponsors."""
SEATS = {"sv": 10, "hn": 8, "do": 6, "gt": 6}
UNTIL_AFTER_IT = 130
"""Days from the demonstration's day to some time after the course."""
A_YEAR = 366
JOB = "courses-by-the-clock"


def test_offers_become_a_course_that_is_held_and_asked_about_a_year_later(
    own_demonstration: Demonstration, open_page: Callable[..., Page]
) -> None:  # fmt: skip
    spanish = Stage(own_demonstration.url, "es", open_page)
    english = Stage(own_demonstration.url, "en", open_page)
    officer, canada = spanish.enter("st.officer"), english.enter("ca.pledger")
    country = {key: spanish.enter(f"{key}.focal") for key in SEATS}

    an_offer_fits_needs(spanish, officer)
    course = the_split_of_2004(spanish, officer)
    iom_seeks_funds(spanish)
    unhcr_confirms_its_content(spanish)
    has_confirmed(officer, course, "Alto Comisionado")
    for key, page in country.items():
        accept(spanish, page, with_axe=key == "sv")
    confirm(english, canada)
    open_page_of(officer, course)
    assert in_total(officer) == ["37,700.00", "3,650.00", "0.00", "34,050.00"]

    fix_the_date(officer, course)
    for key, page in country.items():
        nominate(page, course, SEATS[key], with_axe=key == "sv")

    own_demonstration.let_pass(UNTIL_AFTER_IT, job=JOB)
    hold(spanish, officer, course)
    own_demonstration.let_pass(A_YEAR, job=JOB)

    answer(spanish, country["sv"], TITLE, "met", "Cada consulado tiene a quién preguntar.")
    answer(english, canada, IN_ENGLISH, "partly", "We have not heard of the cases referred.")
    assert not UNNAMED.search(canada.content())
    both_sides(officer, course)


def open_page_of(page: Page, address: str) -> None:
    """Go there; everybody can use what opens."""
    found = page.goto(address)
    assert found is not None
    assert found.status == 200, address
    assert_accessible(page)


def save(page: Page) -> None:
    """Press the button of the page's form."""
    leading_on(page, page.locator("main form#work .buttons .govuk-button"))


def in_total(page: Page) -> list[str]:
    """What the course costs, what is funded, what is promised, and what is missing."""
    return page.locator("main tfoot").first.locator("td").all_inner_texts()[:4]


def from_desk(stage: Stage, page: Page, title: str) -> None:
    """What waits for somebody leads from their desk to the course."""
    page.goto(stage.base)
    leading_on(page, page.locator("main").get_by_role("link", name=title).first)
    assert_accessible(page)


def an_offer_fits_needs(stage: Stage, page: Page) -> None:
    """From Canada's offer to the group of needs that fits, and on to a plan of a course for them."""
    page.goto(f"{stage.base}/offers")
    for offered in ("Canadá, cooperación", "México, cooperación", "Estados Unidos, cooperación",
                    "Sede de la primera capacitación"):  # fmt: skip
        expect(page.locator("main tbody")).to_contain_text(offered)
    leading_on(page, page.locator("main tr", has_text="Canadá, cooperación").locator("th a"))
    leading_on(page, page.get_by_role("link", name="¿Con qué necesidades coincide?"))
    leading_on(page, page.locator("main").get_by_role("button", name="Calcular").first)
    assert_accessible(page)
    leading_on(page, page.locator("main h3 a", has_text=GROUP))
    assert_accessible(page)
    leading_on(page, page.get_by_role("link", name="Crear un curso para este grupo"))
    assert_accessible(page)
    expect(page.get_by_label(re.compile("SLV-2004-001"))).to_be_checked()
    expect(page.locator('input[name="as_in_2004"]')).to_be_checked()


def the_split_of_2004(stage: Stage, page: Page) -> str:
    """The course as the Secretariat planned it: who pays what, what is missing; its address."""
    page.goto(f"{stage.base}/courses")
    assert_accessible(page)
    leading_on(page, page.locator("main").get_by_role("link", name=TITLE))
    assert_accessible(page)
    main = page.locator("main")
    expect(main).to_contain_text(re.compile("Derecho internacional de los refugiados · .*ACNUR"))
    expect(main).to_contain_text("San Salvador")
    expect(page.get_by_role("img", name=re.compile("Lo cubierto de cada rubro"))).to_be_visible()
    lines = main.locator("tbody tr")
    for line, missing, payers in (
        ("Viaje de capacitadores", "3,080.00", ("auspiciador",)),
        ("Hospedaje y viáticos de capacitadores", "3,200.00", ("auspiciador",)),
        ("Materiales didácticos", "770.00", ("auspiciador",)),
        ("Local y logística", "4,800.00", ("sede", "Secretaría")),
        ("Viaje de participantes", "12,000.00", ("financi", "benefici")),
    ):
        row = lines.filter(has_text=line)
        expect(row.locator("td").nth(3)).to_have_text(missing)
        for payer in payers:
            expect(row.locator("td").last).to_contain_text(re.compile(payer, re.IGNORECASE))
    assert in_total(page) == ["37,700.00", "0.00", "3,650.00", "34,050.00"]
    expect(main).to_contain_text("Organización Internacional para las Migraciones")
    pledge = lines.filter(has_text="Canadá, cooperación").filter(has_text="demostración")
    expect(pledge.first).to_be_visible()
    return page.url


def iom_seeks_funds(stage: Stage) -> None:
    """IOM reads what is missing for participants, and of no country that goes unnamed."""
    page = stage.enter("iom.pledger")
    page.goto(f"{stage.base}/received/courses")
    leading_on(page, page.get_by_role("link", name=TITLE))
    assert_accessible(page)
    row = page.locator("tbody tr", has_text="Viaje de participantes")
    expect(row.locator("td").nth(3)).to_have_text("12,000.00")
    assert not UNNAMED.search(page.content())


def unhcr_confirms_its_content(stage: Stage) -> None:
    """UNHCR gives no money: it confirms what it gives otherwise, with one button."""
    page = stage.enter("unhcr.pledger")
    page.goto(f"{stage.base}/received/courses")
    leading_on(page, page.get_by_role("link", name=TITLE))
    assert_accessible(page)
    part = page.locator(
        "section", has=page.get_by_role("heading", name="Su parte, aparte del dinero")
    )
    expect(part).to_contain_text("Derecho internacional de los refugiados")
    leading_on(page, part.get_by_role("button", name="Confirmamos nuestra parte"))
    expect(page.locator("main")).to_contain_text("parte confirmada")
    assert_accessible(page)
    assert not UNNAMED.search(page.content())


def has_confirmed(page: Page, course: str, name: str) -> None:
    """The Secretariat reads who confirmed its part; the others' words are still missing."""
    open_page_of(page, course)
    expect(page.locator("#parts + * tr, section tr").filter(has_text=name).first).to_contain_text(
        "parte confirmada"
    )
    missing = page.locator('section[aria-labelledby="lacking"]')
    expect(missing).to_contain_text("Organización Internacional para las Migraciones")
    expect(missing).not_to_contain_text(name)


def accept(stage: Stage, page: Page, *, with_axe: bool) -> None:
    """A country with seats accepts what Canada offers."""
    page.goto(stage.base)
    expect(page.locator("main")).to_contain_text("Ofrecimientos para cursos: su respuesta")
    leading_on(page, page.locator("main").get_by_role("link", name=TITLE).first)
    if with_axe:
        assert_accessible(page)
    expect(page.locator("main")).to_contain_text("demostración")
    page.check('input[name="verdict"][value="accepted"]')
    leading_on(page, page.get_by_role("button", name="Enviar nuestra respuesta"))


def confirm(stage: Stage, page: Page) -> None:
    """Canada confirms, and reads what is then covered."""
    page.goto(f"{stage.base}/received/courses")
    leading_on(page, page.get_by_role("link", name=IN_ENGLISH))
    assert_accessible(page)
    leading_on(page, page.get_by_role("button", name="Confirm our pledge"))
    expect(page.locator("main")).to_contain_text("funds confirmed")
    expect(page.locator("main tfoot").last).to_contain_text("34,050.00")
    assert_accessible(page)
    assert not UNNAMED.search(page.content())


def fix_the_date(page: Page, course: str) -> None:
    """The Secretariat writes the days that the host communicated, and fixes them."""
    page.goto(f"{course}/edit")
    page.fill("#starts_on", "20 de septiembre de 2004")
    page.fill("#ends_on", "24 de septiembre de 2004")
    save(page)
    open_page_of(page, f"{course}/sheet")
    leading_on(page, page.locator("#renew-form button"))
    open_page_of(page, f"{course}/delivery")
    page.check("#unpaid")
    save(page)
    expect(page.locator("main")).to_contain_text("con fecha fijada")


def nominate(page: Page, course: str, seats: int, *, with_axe: bool) -> None:
    """A country says how many people of which profile it sends, and lets the host know."""
    page.goto(f"{course}/nominations")
    if with_axe:
        assert_accessible(page)
    page.goto(f"{course}/nomination")
    page.select_option("#profile_1", "consular")
    page.fill("#women_1", str(seats // 2))
    page.fill("#men_1", str(seats - seats // 2))
    save(page)
    expect(page.locator("main")).to_contain_text(str(seats))


def hold(stage: Stage, page: Page, course: str) -> None:
    """After its last day: who came, how it was judged, and the steps that this allows."""
    from_desk(stage, page, TITLE)
    open_page_of(page, f"{course}/attendance")
    for each in page.locator("main th a").evaluate_all("all => all.map(one => one.href)"):
        page.goto(each)
        save(page)
    open_page_of(page, f"{course}/delivery")
    page.check("#unpaid")
    save(page)
    expect(page.locator("main")).to_contain_text("realizado")
    page.goto(f"{course}/evaluation/new")
    page.select_option("#kind", "confidence")
    page.fill("#question_es", "¿Puede llevar una primera entrevista?")
    for moment, average in (("before", "2.40"), ("after", "4.10")):
        page.fill(f"#{moment}_answers", "30")
        page.fill(f"#{moment}_average", average)
    save(page)
    open_page_of(page, f"{course}/evaluation")
    open_page_of(page, f"{course}/delivery")
    save(page)
    expect(page.locator("main")).to_contain_text("evaluado")
    expect(page.locator("main")).to_contain_text("30")


def answer(stage: Stage, page: Page, title: str, chosen: str, words: str) -> None:
    """One side says a year later whether the need was met; its desk leads there."""
    from_desk(stage, page, title)
    page.check(f'input[name="answer"][value="{chosen}"]')
    page.fill("#text", words)
    leading_on(page, page.locator("main form#work .buttons .govuk-button"))
    expect(page.locator("main")).to_contain_text(words)
    assert_accessible(page)


def both_sides(page: Page, course: str) -> None:
    """The Secretariat reads both answers beside each other, and that they differ."""
    open_page_of(page, f"{course}/follow-up")
    expect(page.locator("main")).to_contain_text("Las respuestas difieren")
    for words in ("Cada consulado tiene a quién preguntar.", "We have not heard of the cases"):
        expect(page.locator("main tbody")).to_contain_text(words)
