"""Does every reason have its words, in both languages, with its facts in them?"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from app.bundling import words
from app.bundling.plan import Course, Plan, Proof, Reason
from app.bundling.settling import Payment
from app.bundling.solving import propose
from app.bundling.words import Called
from app.formats.spec import Text
from tests.bundling.test_proposing import FIRST, world
from tests.bundling.worlds import small

CALLED = Called(
    {"sv": Text("El Salvador", "El Salvador"), "ca": Text("Canadá", "Canada")},
    {"materials": Text("Materiales didácticos", "Teaching materials"),
     "participants_food": Text("Alimentación de participantes", "Participants' food")},
    {"es": Text("Español", "Spanish")},
)  # fmt: skip


def test_reasons_of_chance_worlds_are_sentences_in_both_languages() -> None:
    for seed in range(150):
        plan = propose(small(random.Random(f"words {seed}")))
        reasons = [each.reason for each in plan.unserved]
        reasons += [why for course in plan.courses for why in course.why]
        for said in (*(words.reason(each, CALLED) for each in reasons), words.proof(plan)):
            for text in (said.es, said.en):
                assert text.endswith((".", "»", "”")), text
                assert "{" not in text
            assert said.es != said.en


@pytest.mark.parametrize(("reason", "es", "en"), [
    (Reason("too_few", (("together", 1), ("least", 6))),
     "Donde podría participar se reúnen 1 cupo como máximo; el curso más pequeño tiene 6.",
     "Where it could take part, 1 place at most come together; the smallest course has 6."),
    (Reason("not_enough", (("lines", ("materials",)),)),
     "Aun con todo el dinero ofrecido para este solo curso, no alcanzaría para materiales didácticos.",
     "Even with all the money offered for this course alone, there would not be enough for teaching materials."),
    (Reason("host", (("host", "sv"), ("of", 1), ("is_best", True))),
     "El Salvador es la única sede cuyos temas, fechas, idiomas y cupos convienen.",
     "El Salvador is the only host whose themes, days, languages and places suit."),
    (Reason("other_language", (("language", "es"),)),
     "El curso de su grupo es en español, que no está entre los idiomas que pide.",
     "Its group’s course is in Spanish, which is not among the languages it asks for."),
])  # fmt: skip
def test_a_reason_is_said_with_its_facts(reason: Reason, es: str, en: str) -> None:
    assert words.reason(reason, CALLED) == Text(es, en)


def test_who_could_pay_what_is_said_as_a_proposal_and_what_is_missing_too() -> None:
    [course] = propose(world()).courses
    course = replace(
        course,
        payments=(
            Payment("materials", "ca", False, 123_456),
            Payment("materials", "sv", True, 100),
        ),
        gaps=(("participants_food", 5),),
    )
    assert words.payments(course, CALLED) == (
        Text("Canadá podría pagar USD 1,234.56 de materiales didácticos.",
             "Canada could pay USD 1,234.56 of teaching materials."),
        Text("El Salvador podría cubrir materiales didácticos en especie (USD 1.00).",
             "El Salvador could cover teaching materials in kind (USD 1.00)."),
    )  # fmt: skip
    assert words.gap(course, CALLED) == Text(
        "Queda por buscar: USD 0.05 para alimentación de participantes.",
        "Still to be sought: USD 0.05 for participants' food.",
    )
    assert words.gap(replace(course, gaps=()), CALLED).es == "No queda nada por financiar."


def plan(covered: int, gap: int, money: int, *bounds: int) -> Plan:
    course: tuple[Course, ...] = ()
    return Plan(course, (), covered, gap, money, Proof(*bounds))


@pytest.mark.parametrize(("of", "es"), [
    (plan(10, 5, 5, 10, 5, 5), "Está demostrado: ningún otro plan"),
    (plan(10, 5, 5, 11, 0, 0), "podría cubrir como máximo un 10 % más."),
    (plan(3, 5, 5, 4, 0, 0), "podría cubrir como máximo un 34 % más."),
    (plan(10, 500, 5, 10, 100, 0), "ninguno puede ser menor de USD 1.00."),
    (plan(10, 5, 5, 10, 5, 4), "Tal vez otro gaste menos."),
])  # fmt: skip
def test_how_good_it_is_is_said_as_far_as_it_is_proven(of: Plan, es: str) -> None:
    assert es in words.proof(of).es


def test_a_search_that_time_ended_says_that_it_may_find_another_plan() -> None:
    in_time = plan(10, 5, 5, 11, 0, 0)
    ended = replace(in_time, proof=replace(in_time.proof, is_in_time=False))
    assert words.proof(ended).en == (
        "This is the best that was found. Another plan could cover 10% more at most. "
        "Time ended the search: made once more, it may find another plan."
    )
    assert "Time ended" not in words.proof(in_time).en


def test_a_day_stands_in_words() -> None:
    said = words.reason(Reason("other_days", (("first", FIRST), ("last", FIRST))), CALLED)
    assert "2 de agosto de 2004" in said.es
    assert "2 August 2004" in said.en
