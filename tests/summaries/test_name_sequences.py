"""Whatever is done in whatever order, does a sponsor know a country only by the country's own act?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db.errors import Missing
from app.extensions import db
from app.intake.models import Dossier
from app.summaries import names, queries, received, relaying, responding, revealing, sending
from app.summaries.models import QuestionRelay, Routing, SummaryQuestion, SummaryRelease
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.summaries.accepted import Case, version
from tests.summaries.test_countries_name import as_country, as_sponsor
from tests.summaries.test_countries_name import behind as behind

ACTS = ("ask", "reveal", "decline", "recall", "question", "pass", "reply", "answer")


class World:
    """One sent summary, what people do about it, and what ought to be true of it."""

    def __init__(self, case: Case, behind: Any) -> None:
        self.case, self.behind = case.prepare(), behind
        case.send()
        self.routing_id = case.stored(lambda: db.session.scalar(
            select(Routing.id)
            .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
            .where(SummaryRelease.summary_id == case.summary_id)))  # fmt: skip
        self.is_asked = self.is_told = self.is_recalled = False
        self.question = ""
        """Where the one question stands: "", open, passed, replied or over."""

    def play(self, act: str) -> None:
        """Do it, and hold whether it was let through against whether it may be."""
        may = self.may()[act]
        assert self.is_let_through(getattr(self, f"do_{act}")) == may, act
        if may:
            self.note(act)

    def may(self) -> dict[str, bool]:
        return {
            "ask": not (self.is_asked or self.is_told or self.is_recalled),
            "reveal": not (self.is_told or self.is_recalled),
            "decline": self.is_asked,
            "recall": not self.is_recalled,
            "question": self.question == "" and not self.is_recalled,
            "pass": self.question in ("open", "replied"),
            "reply": self.question == "passed",
            "answer": self.question in ("open", "passed", "replied"),
        }

    def note(self, act: str) -> None:
        questions = {"question": "open", "pass": "passed", "reply": "replied", "answer": "over"}
        self.question = questions.get(act, self.question)
        if act == "recall":
            self.is_recalled, self.question = True, "over"
        if act in ("ask", "reveal", "decline", "recall"):
            self.is_asked = act == "ask"
        self.is_told = self.is_told or act == "reveal"

    def is_let_through(self, act: Callable[[], Any]) -> bool:
        try:
            act()
        except (Refusal, NotNow, Missing):
            return False
        return True

    def as_sent(self, act: Callable[[Any, Any], Any]) -> None:
        sponsor = self.case.sponsor
        self.behind(as_sponsor(self.case),
                    lambda: act(sponsor, received.get(sponsor, self.routing_id)))  # fmt: skip

    def word(self, decision: str) -> None:
        country = self.case.hn
        self.behind(as_country(self.case), lambda: revealing.decide(
            country, names.get(country, self.routing_id), decision=decision))  # fmt: skip

    def asked(self) -> SummaryQuestion:
        found = db.session.scalar(
            select(SummaryQuestion).where(SummaryQuestion.routing_id == self.routing_id)
        )
        if found is None:
            raise Missing(self.routing_id)
        return found

    def relay(self) -> Any:
        of_it = select(QuestionRelay.id).where(QuestionRelay.routing_id == self.routing_id)
        newest = of_it.order_by(QuestionRelay.state == "waiting", QuestionRelay.id)
        found = list(db.session.scalars(newest))
        if not found:
            raise Missing(self.routing_id)
        return relaying.get(self.case.hn, found[-1])

    def do_ask(self) -> None:
        self.as_sent(revealing.ask)

    def do_reveal(self) -> None:
        self.word("revealed")

    def do_decline(self) -> None:
        self.word("declined")

    def do_recall(self) -> None:
        self.case.recall()

    def do_question(self) -> None:
        if self.question:
            raise Missing(self.routing_id)
        self.as_sent(lambda sponsor, found: responding.ask(sponsor, found, text="When?"))

    def do_pass(self) -> None:
        self.case.stored(lambda: relaying.pass_on(
            self.case.st, queries.get(self.case.st, self.case.summary_id), self.asked()))  # fmt: skip

    def do_reply(self) -> None:
        self.case.stored(lambda: relaying.reply(self.case.hn, self.relay(), text="In May"))

    def do_answer(self) -> None:
        self.case.stored(lambda: sending.answer_question(self.case.st, self.asked(), text="In May"))

    def check(self) -> None:
        stored = self.case.stored
        told = self.behind(as_sponsor(self.case), lambda: names.told(self.routing_id))
        assert told == (["HN"] if self.is_told else [])
        assert stored(lambda: names.open_request(self.routing_id) is not None) == self.is_asked
        waiting = select(QuestionRelay.id).where(
            QuestionRelay.routing_id == self.routing_id, QuestionRelay.state == "waiting"
        )
        found = stored(lambda: db.session.scalars(waiting).all())
        assert len(found) == (self.question == "passed")


def test_only_the_country_tells_its_name_and_only_the_secretariat_answers(
    case: Case, behind: Any
) -> None:
    made = iter(range(3, 1000))

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acts=st.lists(st.sampled_from(ACTS), max_size=10))
    def play(acts: list[str]) -> None:
        number = next(made)
        case.stored(lambda: version(
            case.settled, db.session.get_one(Dossier, case.need_id), number=number))  # fmt: skip
        world = World(case, behind)
        for act in acts:
            world.play(act)
            world.check()

    play()
