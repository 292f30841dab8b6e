"""Is what a sum would complete reckoned from what the sponsor may read, and true?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from app.accounts import cookie, limit_storage, throttle
from app.documents.shown import Shown
from app.extensions import db
from app.funding.courses import actions, rates, sheets
from app.funding.courses import queries as course_queries
from app.funding.courses.figures import LineStanding, Standing
from app.funding.courses.lists import LINE_KEYS, THEMES
from app.funding.courses.rates import Rate
from app.funding.means import justification, queries, reckoning
from app.funding.means.asking import Means
from app.funding.means.purpose import purpose
from app.funding.means.queries import Fundable
from app.funding.pledges.models import Pledge
from app.policy.actor import locale_of
from tests.calls.browsing import Reader
from tests.funding.planned import Planned

USD = {"USD": Rate(Decimal(1))}
TODAY = date(2004, 5, 24)


def means(amount: str, **conditions: Any) -> Means:
    return Means(amount=Decimal(amount), currency="USD", rate=USD["USD"], **conditions)


def course(key: str, seats: int, *, ends: str = "2004-09-10", each: tuple[str, ...] = (),
           asked: dict[str, int] | None = None, **lines: tuple[str, str]) -> Fundable:  # fmt: skip
    content = {"reference": key, "title": {"es": key, "en": key}, "seats": seats, "waiting": 2,
               "asked": asked or {key: seats + 2}, "themes": ["T2"], "each": list(each), "starts_on": None, "ends_on": ends,
               "decide_by": "2004-07-30", "funders": [], "countries": ["SV"],
               "countries_count": 3, "days": 5, "host": None, "has_host": True, "place": ""}  # fmt: skip
    stands = tuple(LineStanding(line, Decimal(cost), Decimal(given), Decimal(0))
                   for line, (cost, given) in lines.items())  # fmt: skip
    return Fundable(f"i{key}", key, content, Standing(stands), {})


def test_a_sum_that_reaches_for_one_of_two_courses_completes_the_one_with_more_seats() -> None:
    found = reckoning.answer(means("1000"), [course("A", 10, materials=("1000", "0")),
                                             course("B", 30, materials=("1000", "0"))])  # fmt: skip

    assert [(each.course.course_id, each.is_whole, each.gained) for each in found.helped] == [
        ("B", True, 30)
    ]
    assert [(each.course.course_id, each.because) for each in found.untouched] == [
        ("A", reckoning.NOT_ENOUGH)
    ]
    assert found.unserved == 2 + 12


def test_whoever_asked_for_two_courses_is_counted_once_among_those_who_stay_unserved() -> None:
    both = {"need-1": 52, "need-2": 40}
    courses = [course("A", 30, asked={**both, "need-3": 42}, materials=("1000", "0")),
               course("B", 24, asked={**both, "need-4": 85}, materials=("2000", "0"))]  # fmt: skip

    assert reckoning.answer(means("1"), courses).unserved == 219
    assert reckoning.answer(means("1000"), courses).unserved == 219 - 30
    assert reckoning.answer(means("3000"), courses).unserved == 219 - 54
    covered = course("C", 10, asked={"need-1": 52}, materials=("500", "500"))
    assert reckoning.answer(means("3000"), [*courses, covered]).unserved == 219 - 54 - 10


def test_a_need_in_two_courses_that_were_sent_is_known_again_by_its_mark(plan: Planned) -> None:
    def again() -> set[str]:
        course = plan.course()
        needs = [row.need_id for row in course_queries.seats(plan.st, course.id)]
        actions.set_seats(plan.st, course, seats=dict.fromkeys(needs, 4), revision=course.revision)
        second = actions.create(plan.st, title_es="Otro", title_en="Other", need_ids=needs)
        first, other = (sheets.build(plan.st, each)["asked"] for each in (course, second))
        assert sorted(first.values()) == [10, 20]
        assert not set(first) & set(needs)
        return set(first) ^ set(other)

    assert plan.stored(again) == set()


def test_the_cost_of_a_seat_is_that_of_the_courses_that_gain_seats() -> None:
    found = reckoning.answer(
        means("1500"), [course("A", 10, materials=("1000", "0")),
                        course("B", 9, materials=("500", "0"), venue_logistics=("900", "0"))]
    )  # fmt: skip

    assert (found.gained, found.spent, found.for_seats) == (10, Decimal(1500), Decimal(1000))
    assert "100.00 USD" in str(printed(found))


def test_each_course_that_gets_nothing_is_told_of_with_its_own_reason() -> None:
    late = course("late", 5, ends="2005-01-10", materials=("10", "0"))
    other = course("venue", 5, venue_logistics=("10", "0"))
    dear = course("dear", 5, materials=("900", "0"))
    undated = course("undated", 5, ends="", materials=("10", "0"))

    found = reckoning.answer(
        means("100", spend_by=date(2004, 12, 31), lines=("materials",)),
        [late, other, dear, undated],
    )
    elsewhere = reckoning.answer(means("100", themes=("T9",)), [dear])

    assert {each.course.course_id: each.because for each in found.untouched} == {
        "late": reckoning.TOO_LATE, "venue": reckoning.NO_LINE, "dear": reckoning.NOT_ENOUGH,
        "undated": reckoning.NO_DATES,
    }  # fmt: skip
    assert [each.because for each in elsewhere.untouched] == [reckoning.OTHER_THEME]


def test_seats_are_gained_one_by_one_where_a_line_is_counted_for_each_participant() -> None:
    open_one = course("A", 10, each=("participants_travel",), participants_travel=("5000", "1000"))

    found = reckoning.answer(means("1700"), [open_one])

    (helped,) = found.helped
    assert (helped.seats_before, helped.seats_after, helped.amount) == (2, 5, Decimal("1500.00"))
    assert found.left_over == Decimal("200.00")


amounts = st.integers(0, 200_000).map(lambda cents: Decimal(cents).scaleb(-2))


@given(
    sum_of=st.integers(1, 300_000).map(lambda cents: Decimal(cents).scaleb(-2)),
    lines=st.lists(st.tuples(amounts, amounts), min_size=1, max_size=4),
    seats=st.integers(1, 12),
)
def test_what_is_paid_and_left_over_is_the_sum_and_no_line_gets_more_than_it_lacks(
    sum_of: Decimal, lines: list[tuple[Decimal, Decimal]], seats: int
) -> None:
    courses = [
        course(f"c{number}", seats, materials=(str(cost), str(min(cost, given_))))
        for number, (cost, given_) in enumerate(lines)
    ]
    found = reckoning.answer(means(str(sum_of)), courses)

    assert found.spent + found.left_over == sum_of
    for each in found.helped:
        for line, amount in each.lines:
            stands = each.course.standing.of(line)
            assert stands is not None
            assert Decimal(0) < amount <= stands.missing


def test_a_sponsor_reckons_with_the_courses_sent_to_it_that_take_pledges(plan: Planned) -> None:
    def keys(actor: Any) -> list[str]:
        return plan.stored(lambda: [each.course_id for each in queries.fundable(actor, TODAY)])

    assert keys(plan.ca) == [plan.course_id]
    assert plan.stored(lambda: queries.fundable(plan.ca, date(2004, 8, 1))) == []
    pledge = plan.offer(plan.ca, materials="100")
    assert keys(plan.ca) == [plan.course_id]
    plan.accept(pledge)
    plan.confirm(plan.ca)
    assert keys(plan.ca) == [plan.course_id]  # it may give more
    for state in ("scheduled", "delivered"):
        plan.stored(lambda state=state: setattr(db.session.get_one(Pledge, pledge), "state", state))
    assert keys(plan.ca) == []
    assert keys(plan.other) == [plan.course_id]


def test_what_is_offered_already_stays_in_the_offer_that_is_filled_in(
    plan: Planned, reader: Reader
) -> None:
    plan.offer(plan.ca, materials="100")
    reader.as_(plan.ca)

    seen = reader.get("/means?amount=1400&lines=materials")

    assert "amount-materials=1%2C500" in seen.html or "amount-materials=1,500" in seen.html


def test_the_page_says_what_the_sum_completes_and_leads_to_an_offer_filled_in(
    plan: Planned, reader: Reader
) -> None:
    reader.as_(plan.ca)

    seen = reader.get("/means?amount=10500&lines=trainers_travel&lines=materials")

    assert "10,500.00" in seen.words
    assert "hn (en)" not in seen.html
    link = next(part.split('"')[0] for part in seen.html.split('href="') if "/offer?" in part)
    offer = link.replace("&amp;", "&")
    fields = reader.get(offer).fields(offer.split("?")[0])
    assert fields["amount-trainers_travel"] == ["9,000"]
    assert fields["amount-materials"] == ["1,500"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("amount=", "amount"), ("amount=muchos", "amount"), ("amount=5&currency=XXX", "currency"),
     ("amount=5&spend_by=ayer+no", "spend_by"), ("amount=5&spend_by=2004-05-23", "spend_by"),
     ("amount=5.1234", "amount"), ("amount=0", "amount"), ("amount=-5", "amount"),
     ("amount=99999999999", "amount"), ("amount=5+CAD", "amount"), ("amount=" + "1" * 41, "amount")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_where_it_stands(
    plan: Planned, reader: Reader, query: str, field: str
) -> None:
    reader.as_(plan.ca)

    assert f'href="#{field}"' in reader.get(f"/means?{query}", status=422).html
    reader.get(f"/means/justification.pdf?{query}", status=422)


@pytest.mark.parametrize(("lang", "words"), [("es", "Justificación de un aporte"),
                                             ("en", "Justification of a contribution")])  # fmt: skip
def test_the_justification_is_one_page_in_either_language_and_names_nobody_who_did_not_agree(
    plan: Planned, reader: Reader, lang: str, words: str
) -> None:
    reader.as_(plan.ca)
    asked = reader.submit(
        "/means", amount="40000", conditions="Capacitación para consulados. " * 12
    )
    assert "consulados" not in str(asked.location)  # words stand in no address

    answer = reader.client.get(
        f"/means/justification.pdf?amount=40000&lang={lang}&spend_by=2005-03-31"
    )
    pages = PdfReader(BytesIO(answer.data)).pages
    text = " ".join(page.extract_text() for page in pages)

    assert answer.mimetype == "application/pdf"
    assert len(pages) == 1
    assert words in text
    assert f"ca-sponsor ({lang})" in text  # the sponsor's name in the language of the page, too
    assert "Honduras" not in text
    assert "Capacitación para consulados." in text


def test_a_sign_that_the_paper_cannot_print_is_told_before_it_is_printed(
    plan: Planned, reader: Reader
) -> None:
    reader.as_(plan.ca)

    seen = reader.submit("/means", amount="40000", conditions="Solo con vetting 🙂")

    assert seen.status == 422
    assert "“🙂”" in seen.html


@pytest.mark.parametrize("written", ["40,000", "$40,000", "40.000", "40.000,00", "40 000", "US$ 40,000.00",
                                     "40,000.00 USD", "usd 40000"])  # fmt: skip
def test_an_amount_is_read_with_the_marks_that_people_use(
    plan: Planned, reader: Reader, written: str
) -> None:
    reader.as_(plan.ca)

    asked = reader.submit("/means", amount=f" {written}  ", spend_by="2004-12-31")

    assert asked.status == 303
    assert "40,000.00" in reader.get(str(asked.location)).words


def test_what_was_asked_in_canadian_dollars_is_offered_in_them(
    plan: Planned, reader: Reader
) -> None:
    plan.stored(lambda: rates.enter(plan.st, currency="CAD", usd="0.73", day=TODAY, source="Bank"))
    reader.as_(plan.ca)

    seen = reader.get("/means?amount=40.000,00+CAD&currency=CAD&lines=materials")
    link = next(part.split('"')[0] for part in seen.html.split('href="') if "/offer?" in part)
    offer = link.replace("&amp;", "&")
    form = reader.get(offer)

    assert "at the rate 0.73 of" in seen.words
    assert form.fields(offer.split("?")[0])["amount-materials"] == ["2,054.79"]
    assert form.fields(offer.split("?")[0])["currency"] == ["CAD"]
    assert "What stands here is 1,500.00 US dollars" in form.words


def test_another_question_or_another_sponsor_has_another_number() -> None:
    def number(question: Means, organisation: str = "ca") -> str:
        found = reckoning.answer(question, [course("A", 10, materials=("1000", "0"))])
        return justification.justification(
            found, lang="es", locale="es_419", sponsor="ca", today=TODAY, demonstration=False,
            organisation_id=organisation,
        ).reference  # fmt: skip

    asked = [means("1000"), means("1000", conditions="Vetting"), means("1000", themes=("T2",)),
             means("1000", lines=("materials",)), means("1000", spend_by=date(2004, 12, 1))]  # fmt: skip
    assert number(means("1000")) == number(means("1000"))
    assert len({*map(number, asked), number(means("1000"), "us")}) == len(asked) + 1


def test_the_form_leads_to_an_address_with_the_figures_and_keeps_the_words(
    plan: Planned, reader: Reader
) -> None:
    reader.as_(plan.ca)

    asked = reader.submit("/means", amount="10,500", lines=["materials", "trainers_travel"],
                          conditions="Solo con\nvetting.")  # fmt: skip

    assert asked.status == 303
    assert asked.location == (
        "/means?amount=10,500&currency=USD&spend_by=&lines=materials&lines=trainers_travel"
    )
    fields = reader.get(asked.location).fields("/means")
    assert fields["conditions"] == ["Solo con\nvetting."]


def test_the_words_are_forgotten_as_soon_as_the_browser_serves_somebody_else(app: Flask) -> None:
    with app.test_request_context():
        cookie.keep_conditions("Solo con vetting.")
        assert cookie.conditions() == "Solo con vetting."
        cookie.remember("another sign-in")
        assert cookie.conditions() == ""
        cookie.keep_conditions("Solo con vetting.")
        cookie.forget()
        assert cookie.conditions() == ""


def test_what_is_wrong_in_the_form_is_told_where_it_stands_and_what_was_typed_is_kept(
    plan: Planned, reader: Reader
) -> None:
    reader.as_(plan.ca)

    seen = reader.submit("/means", amount="muchos", conditions="x" * 601)

    assert seen.status == 422
    assert 'href="#amount"' in seen.html
    assert 'href="#conditions"' in seen.html
    assert seen.fields("/means")["conditions"] == ["x" * 601]


def test_the_page_and_its_justification_are_reckoned_once(
    plan: Planned, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    compute = reckoning.complete

    def complete(*args: Any, **kwargs: Any) -> Any:
        asked.append(args)
        return compute(*args, **kwargs)

    monkeypatch.setattr(reckoning, "complete", complete)
    reader.as_(plan.ca)
    reader.get("/means?amount=7321")
    assert reader.client.get("/means/justification.pdf?amount=7321").status_code == 200
    assert len(asked) == 1


def test_who_asks_again_and_again_is_told_to_wait(
    plan: Planned, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "ASKED", throttle.Limit(2, 900))
    plan.stored(lambda: limit_storage.forget(f"means:person:{plan.ca.person_id}"))
    reader.as_(plan.ca)
    for amount in ("1", "2"):
        reader.get(f"/means?amount={amount}")

    reader.get("/means?amount=3", status=429)
    assert reader.client.get("/means/justification.pdf?amount=3").status_code == 429
    reader.get("/means")


def answered(gained: int, further: int) -> reckoning.Answer:
    """So many seats gained in the first course, and so many courses more than the page holds."""
    seats = [gained] + [0] * (justification.ROOM[0][0] - 1 + further)
    helped = tuple(
        reckoning.Helped(course(f"C{n}", 9, materials=("10", "0")), (("materials", Decimal(1)),), (),
                         is_whole=False, seats_before=0, seats_after=seats_of, unserved=0)
        for n, seats_of in enumerate(seats)
    )  # fmt: skip
    return reckoning.Answer(means("99"), helped, (), Decimal(0), 0, is_proven=True)


def printed(found: reckoning.Answer, lang: Any = "en") -> tuple[Any, ...]:
    return justification.justification(
        found, lang=lang, locale=locale_of(lang, "HN"), sponsor="ca", today=TODAY,
        demonstration=False,
    ).blocks  # fmt: skip


SAID = {
    "es": ("Detección e indicadores. Atiende a 10 de los 12 participantes que piden El Salvador y 2 países que no "
           "se nombran. El 10 de septiembre de 2004; 5 días de instrucción. Sede conocida, que no se nombra. "
           "Último día para aportes: 30 de julio de 2004.", "undated (aún no tiene fechas)"),
    "en": ("Detection and indicators. Serves 10 of the 12 participants for whom El Salvador and 2 countries that "
           "are not named ask. On 10 September 2004; 5 days of instruction. The host is known, and not named. "
           "Last day for pledges: 30 July 2004.", "undated (it has no dates yet)"),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_justification_says_of_each_course_what_its_sheet_says_of_it(lang: str) -> None:
    found = reckoning.answer(
        means("1000", spend_by=date(2004, 12, 31)),
        [course("A", 10, materials=("1000", "0")), course("undated", 5, ends="", materials=("9", "0"))],
    )  # fmt: skip

    for words in SAID[lang]:
        assert words in str(printed(found, lang))


def test_a_course_without_dates_and_host_says_so() -> None:
    content = course("A", 1, ends="", materials=("1", "0")).content
    bare = {**content, "countries": [], "countries_count": 1, "has_host": False, "themes": [], "days": None,
            "decide_by": None}  # fmt: skip
    named = {**bare, "starts_on": "2004-09-06", "ends_on": "2004-09-10", "place": "San Salvador",
             "host": {"es": "El Salvador", "en": "El Salvador"}, "themes": ["T1", "T2", "T3", "T4"]}  # fmt: skip

    assert purpose(bare, "es", Shown("es_HN")) == (
        "Atiende a 1 de los 3 participantes que pide un país que no se nombra. Aún sin fechas. Aún sin sede."
    )
    told = purpose(named, "es", Shown("es_419"))
    assert "; y un tema más. " in told
    assert (
        "Del 6 de septiembre de 2004 al 10 de septiembre de 2004. Sede: El Salvador, San Salvador."
        in told
    )


@pytest.mark.parametrize("lang", ["es", "en"])
def test_it_stays_one_page_however_many_courses_it_helps(lang: str) -> None:
    found = answered(9, 40)
    themes = tuple(code.key for code in THEMES.codes)
    for each in found.helped:
        each.course.content["title"] = dict.fromkeys(
            ("es", "en"), "Investigación y persecución de la trata " * 3
        )
        each.course.content["themes"] = list(themes)
    asked = replace(
        found,
        means=means(
            "99", themes=themes[1:], lines=LINE_KEYS[1:], conditions="Personal con vetting. " * 27
        ),
    )
    _, full = justification.on_one_page(
        asked, lang=lang, locale=locale_of(lang, "HN"), sponsor="ca", today=TODAY, demonstration=True
    )  # fmt: skip
    _, usual = justification.on_one_page(
        answered(9, 0), lang=lang, locale=locale_of(lang, "HN"), sponsor="ca", today=TODAY,
        demonstration=True,
    )  # fmt: skip

    assert len(PdfReader(BytesIO(full)).pages) == len(PdfReader(BytesIO(usual)).pages) == 1


@pytest.mark.parametrize(
    ("gained", "further", "lang", "said"),
    [(0, 0, "es", "no se gana ningún cupo."), (1, 1, "es", "y se gana un cupo."),
     (5, 3, "es", "y se ganan 5 cupos."), (0, 0, "en", "and no seat is gained."),
     (1, 1, "en", "and one seat is gained."), (5, 3, "en", "and 5 seats are gained."),
     (1, 1, "es", "Y un curso más, incluido en el total."), (1, 1, "en", "And one more course, included"),
     (1, 3, "es", "Y 3 cursos más, incluidos en el total."),
     (1, 1, "es", "Ningún participante"), (1, 1, "en", "No participant")],
)  # fmt: skip
def test_one_is_said_in_the_singular(gained: int, further: int, lang: Any, said: str) -> None:
    assert said in str(printed(answered(gained, further), lang))


def test_an_answer_takes_a_fixed_number_of_statements(
    plan: Planned, reader: Reader, count_queries: Any
) -> None:
    reader.as_(plan.ca)
    before = count_queries(lambda: reader.get("/means?amount=500"))
    plan.offer(plan.ca, materials="100")
    after = count_queries(lambda: reader.get("/means?amount=500"))

    assert before == after
