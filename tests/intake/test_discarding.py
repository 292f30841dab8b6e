"""Does a draft that was started by mistake leave every page, with its history kept and a way back?"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from app import clock
from tests.access.asking import Answer
from tests.access.matrix import Matrix
from tests.access.things import needs, rows_of
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen
from tests.intake.test_comments import OURS, Talk
from tests.notices.test_notices import told
from tests.support.delivering import deliver

NUMBERS = count(1)


class Mistake(Talk):
    """A draft that a contributor of Honduras has just started, with a title."""

    def __init__(self, matrix: Matrix) -> None:
        super().__init__(matrix, "draft")
        begun = self.send("hn.contributor", "/needs", call=matrix.things.open_call)
        self.need = begun.location.split("/")[2]
        self.title = f"Empezada dos veces por error, la {next(NUMBERS)}.ª"
        assert self.save("hn.contributor", self.title, self.at(0)).status == 200

    @property
    def path(self) -> str:
        return f"/needs/{self.need}"

    def at(self, revision: int) -> str:
        """What a page says that shows the title at a revision."""
        return f"{self.row_of('draft', 'dossier_id')['id']}:{revision}"

    def save(self, key: str, title: str, seen: str) -> Answer:
        data = {"title": title, "_revision.title": seen}
        return self.matrix.asker.ask(
            self.who(key), "PUT", f"{self.path}/answers/title", data=data, htmx=True
        )

    def discard(self, key: str = "hn.contributor") -> Answer:
        return self.send(key, f"{self.path}/discarding")

    def bring_back(self, key: str = "hn.contributor") -> Answer:
        return self.send(key, f"{self.path}/bringing-back")

    def ask(self, key: str, path: str, **data: Any) -> Answer:
        return self.matrix.asker.ask(self.who(key), "POST" if data else "GET", path, data=data)

    def row_of(self, table: str, name: str = "id") -> dict[str, Any]:
        with self.matrix.app.app_context():
            return next(row for row in rows_of(table) if row[name] == self.need)


@pytest.fixture
def mistake(demonstration: Matrix) -> Mistake:
    return Mistake(demonstration)


def words(answer: Answer) -> str:
    return Seen(answer.status, answer.body.decode(), None).words


def test_it_is_asked_once_what_discarding_means_and_then_done(mistake: Mistake) -> None:
    assert f"{mistake.path}/discarding" in mistake.see("hn.contributor", mistake.path)
    asked = mistake.see("hn.contributor", f"{mistake.path}/discarding")
    assert "durante 30 días" in asked
    assert mistake.title in asked
    assert mistake.row_of("dossier")["state"] == "draft"
    answer = mistake.discard()
    assert (answer.status, answer.location) == (303, mistake.path)
    assert mistake.row_of("dossier")["state"] == "discarded"


def test_who_is_in_the_draft_is_said_before_it_is_discarded(mistake: Mistake) -> None:
    there = {"section": "essentials", "place": "title"}
    beat = mistake.matrix.asker.ask(
        mistake.who("hn.colleague"), "PUT", f"{mistake.path}/presence", data=there
    )
    assert beat.status == 204
    asked = mistake.see("hn.contributor", f"{mistake.path}/discarding")
    assert "Alguien está en este borrador ahora" in asked
    assert "está en «" in asked


def test_it_vanishes_from_every_page_of_the_delegation(mistake: Mistake) -> None:
    mistake.say(
        "hn.colleague", f"¿Y {mistake.title}?", mentioned=[mistake.who("hn.focal").person_id]
    )
    pages = ("/", "/mine", "/needs", "/needs/beginning", "/needs/list.csv?columns=all")
    for page in pages:
        if page != "/mine":
            assert mistake.title in mistake.see("hn.focal", page), page
    mistake.discard()
    for key in ("hn.focal", "hn.contributor", "hn.colleague"):
        for page in pages:
            assert mistake.title not in mistake.see(key, page), (key, page)


def test_the_list_shows_what_was_discarded_to_whoever_asks_for_it(mistake: Mistake) -> None:
    mistake.discard()
    assert mistake.title in mistake.see("hn.focal", "/needs?state=discarded")
    assert mistake.title not in mistake.see("sv.focal", "/needs?state=discarded")
    assert mistake.title not in mistake.see("st.officer", "/needs?state=discarded")


def test_a_colleague_who_is_typing_gets_a_clear_answer_and_keeps_the_text(mistake: Mistake) -> None:
    form = f"{mistake.path}/sections/essentials"
    page = Seen(200, mistake.see("hn.colleague", form), None)
    fields = {name: sent for name, sent in page.fields(form).items() if name[0] != "_"}
    mistake.discard()
    one = mistake.save("hn.colleague", "Lo que escribía", mistake.at(1))
    assert one.status == 409
    assert "Ana Rivas (demostración) descartó el borrador el " in one.body.decode()
    assert "sigue aquí para copiarlo" in one.body.decode()
    fields.pop("csrf_token", None)
    whole = mistake.ask("hn.colleague", form, **{**fields, "gap": "Un texto largo y bien pensado"})
    assert whole.status == 409
    assert "Un texto largo y bien pensado</textarea>" in whole.body.decode()
    assert f'href="{mistake.path}"' in whole.body.decode()


def test_whoever_typed_nothing_is_told_of_no_text_that_is_kept(mistake: Mistake) -> None:
    mistake.discard()
    answer = mistake.send("hn.colleague", f"{mistake.path}/readiness", ready="yes")
    assert answer.status == 409
    assert "Ana Rivas (demostración) descartó el borrador el " in answer.body.decode()
    assert "copiarlo" not in answer.body.decode()


def test_nothing_more_can_be_done_with_it_but_bringing_it_back(mistake: Mistake) -> None:
    said = mistake.say("hn.colleague", "Antes de descartarla")
    mistake.discard()
    for key, path, data in (
        ("hn.contributor", "/discarding", {}),
        (
            "hn.focal",
            "/certification",
            {"members": "none", "sponsors": "none", "preview_hash": "0"},
        ),
        ("hn.focal", "/withdrawal", {"reason": "Ya no."}),
        ("hn.focal", "/revision", {}),
        ("hn.focal", "/comments?section=essentials", {"text": "Después", "circle": OURS}),
    ):
        assert mistake.send(key, mistake.path + path, **data).status == 409, path
    source = {"for_call": mistake.matrix.things.open_call, "from": mistake.need}
    assert mistake.send("hn.contributor", "/needs/beginning", **source).status == 409
    for path in ("/resolution", "/withdrawal"):
        answer = mistake.send("hn.colleague", f"/needs/comments/{said['id']}{path}")
        assert answer.status == 409
    for path in (f"{mistake.path}/comments", f"/needs/comments/{said['id']}",
                 f"{mistake.path}/sections/essentials", f"{mistake.path}/document.pdf"):  # fmt: skip
        answer = mistake.ask("hn.focal", path)
        assert (answer.status, answer.location) == (303, mistake.path), path
    shown = mistake.see("hn.focal", mistake.path)
    assert "Este borrador fue descartado" in shown
    assert f"<h1>{mistake.title}</h1>" in shown
    assert "/document.pdf" not in shown
    assert "/comments" not in shown


def test_its_history_stays_with_who_discarded_it(mistake: Mistake) -> None:
    mistake.discard("hn.focal")
    history = mistake.see("hn.contributor", f"{mistake.path}/history")
    assert "descartó el borrador" in history
    assert mistake.title in history
    assert mistake.row_of("dossier")["discarded_by"] == mistake.who("hn.focal").person_id


def test_any_colleague_brings_it_back_as_it_was(mistake: Mistake) -> None:
    mistake.discard()
    assert mistake.bring_back("hn.focal").status == 303
    dossier, draft = mistake.row_of("dossier"), mistake.row_of("draft", "dossier_id")
    assert (dossier["state"], dossier["discarded_at"], draft["closed_at"]) == ("draft", None, None)
    assert mistake.title in mistake.see("hn.contributor", "/needs")
    assert mistake.save("hn.contributor", f"{mistake.title}, ya no", mistake.at(1)).status == 200
    assert mistake.bring_back().status == 409
    assert "recuperó el borrador" in mistake.see("hn.focal", f"{mistake.path}/history")


def test_after_thirty_days_it_stays_discarded(mistake: Mistake) -> None:
    mistake.discard()
    with clock.stopped_at(clock.now() + timedelta(days=30, minutes=1)):
        assert "Recuperar el borrador" not in mistake.see("hn.focal", mistake.path)
        answer = mistake.bring_back()
    assert answer.status == 409
    assert "El plazo para recuperarlo terminó" in answer.body.decode()
    assert mistake.row_of("dossier")["state"] == "discarded"


def test_those_who_took_part_are_told_each_time_but_whoever_did_it(mistake: Mistake) -> None:
    assert mistake.save("hn.colleague", f"{mistake.title}.", mistake.at(1)).status == 200
    for _ in range(2):
        mistake.discard()
        deliver(mistake.matrix.app)
        mistake.bring_back("hn.colleague")
        deliver(mistake.matrix.app)
    assert sorted(told(mistake, "hn.colleague", mistake.need)) == ["discarded"] * 2
    assert sorted(told(mistake, "hn.contributor", mistake.need)) == ["brought-back"] * 2
    assert told(mistake, "hn.focal", mistake.need) == []


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted", "withdrawn"])
def test_what_was_ever_submitted_is_not_discarded(demonstration: Matrix, state: str) -> None:
    delegations = {each.organisation_id: each for each in demonstration.everybody
                   if "focal_point" in each.roles}  # fmt: skip
    with demonstration.app.app_context():
        need = next(row for row in needs() if row["state"] == state)
    who, path = delegations[need["organisation_id"]], f"/needs/{need['id']}"
    assert f"{path}/discarding" not in demonstration.asker.ask(who, "GET", path).body.decode()
    for method in ("GET", "POST"):
        answer = demonstration.asker.ask(who, method, f"{path}/discarding")
        assert answer.status == (409 if method == "POST" else 303)


def test_what_the_secretariat_drafted_is_answered_and_not_discarded(demonstration: Matrix) -> None:
    talk = Talk(demonstration, "draft")
    with demonstration.app.app_context():
        need = next(row["id"] for row in needs() if row["on_behalf"])
    assert "/discarding" not in talk.see("hn.focal", f"/needs/{need}")
    assert talk.send("hn.focal", f"/needs/{need}/discarding").status == 409
