"""Does whoever certifies hear once that a draft is ready, and does everybody see that it is?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from app import clock
from tests.access.asking import Answer
from tests.access.matrix import Matrix
from tests.access.things import needs
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen
from tests.intake.test_discarding import Mistake
from tests.needs.reading import previewing
from tests.notices.test_notices import SOON, email, told
from tests.support.delivering import deliver, letters

HOURS = count(1)


class Finished(Mistake):
    """A draft of Honduras with all its answers, begun from an accepted need."""

    def __init__(self, matrix: Matrix) -> None:
        super().__init__(matrix)
        honduras = self.who("hn.focal").organisation_id
        with matrix.app.app_context():
            earlier = next(row["id"] for row in needs() if row["state"] == "accepted"
                           and row["organisation_id"] == honduras)  # fmt: skip
        begun = self.send("hn.contributor", "/needs/beginning", **{
            "for_call": matrix.things.open_call, "from": earlier,
        })  # fmt: skip
        self.unfinished, self.need = self.need, begun.location.split("/")[2]
        self.title = self.row_of("draft", "dossier_id")["title"]

    def say(self, ready: str = "yes", key: str = "hn.contributor") -> Answer:  # type: ignore[override]
        return self.send(key, f"{self.path}/readiness", ready=ready)

    def desk(self, key: str) -> dict[str, str]:
        """Heading -> the words of each block of a desk."""
        main = next(Seen(200, self.see(key, "/"), None).tree().iter("main"))
        found, title = {}, ""
        for each in main.iter():
            if each.tag == "h2":
                title = _words(each)
            elif each.tag == "ul" and each.get("class") == "waiting":
                found[title] = _words(each)
        return found


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


@pytest.fixture
def finished(demonstration: Matrix) -> Iterator[Finished]:
    # What falls into one quarter of an hour is one letter, so no two tests share one.
    with clock.stopped_at(clock.now() + timedelta(hours=next(HOURS))):
        made = Finished(demonstration)
        yield made
        made.say("no")  # a desk shows a few things of a kind: each test leaves none behind


def test_the_page_of_a_finished_draft_offers_to_tell_the_focal_point(finished: Finished) -> None:
    check = f"{finished.path}/check"
    assert "Avisar que está listo para certificar" in finished.see("hn.contributor", check)
    assert "Avisar que está listo" not in finished.see("hn.focal", check)
    assert finished.say().status == 303
    shown = finished.see("hn.contributor", check)
    assert "Avisar que está listo" not in shown
    assert "Aún no está listo" in shown


def test_whoever_certifies_is_told_once_and_by_mail_without_content(finished: Finished) -> None:
    app, to = finished.matrix.app, email(finished, "hn.focal")
    deliver(app)
    finished.send("hn.focal", "/notices")  # what was told before is read
    before = len(letters(app, to))
    finished.say()
    for _ in range(3):
        deliver(app)
    for _ in range(2):
        deliver(app, SOON)
    assert told(finished, "hn.focal", finished.need) == ["ready"]
    for key in ("hn.contributor", "hn.colleague", "mx.focal", "st.officer"):
        assert told(finished, key, finished.need) == [], key
    [letter] = letters(app, to)[before:]
    assert "listo para certificar" in letter
    assert finished.path in letter
    assert finished.title not in letter
    assert "HND-" not in letter


def test_it_is_said_once_and_told_again_when_it_is_said_again(finished: Finished) -> None:
    assert finished.say().status == 303
    assert finished.say(key="hn.colleague").status == 409
    deliver(finished.matrix.app)
    assert told(finished, "hn.focal", finished.need) == ["ready"]
    assert finished.say("no", "hn.focal").status == 303
    assert finished.say("no").status == 409
    with clock.stopped_at(clock.now() + timedelta(minutes=5)):
        assert finished.say(key="hn.colleague").status == 303
        deliver(finished.matrix.app)
    assert told(finished, "hn.focal", finished.need) == ["ready", "ready"]


def test_what_is_taken_back_before_it_was_told_is_not_told(finished: Finished) -> None:
    finished.say()
    finished.say("no")
    deliver(finished.matrix.app)
    assert told(finished, "hn.focal", finished.need) == []


def test_a_draft_in_which_something_is_missing_is_not_ready(finished: Finished) -> None:
    unfinished = f"/needs/{finished.unfinished}"
    assert "Avisar que está listo" not in finished.see("hn.contributor", f"{unfinished}/check")
    answer = finished.send("hn.contributor", f"{unfinished}/readiness", ready="yes")
    assert answer.status == 409
    assert "Aún no se puede certificar" in answer.body.decode()


@pytest.mark.parametrize("data", [{}, {"ready": ""}, {"ready": "maybe"}])
def test_a_form_that_does_not_say_which_is_refused(finished: Finished, data: Any) -> None:
    answer = finished.send("hn.contributor", f"{finished.path}/readiness", **data)
    assert answer.status == 400


def test_the_draft_says_who_said_so_and_that_it_was_changed_since(finished: Finished) -> None:
    finished.say()
    name = "Listo para certificar"
    for page in ("", "/check"):
        shown = finished.see("hn.focal", finished.path + page)
        assert name in shown
        assert "Se cambió después" not in shown
    with clock.stopped_at(clock.now() + timedelta(minutes=3)):
        revision = finished.see("hn.colleague", f"{finished.path}/sections/essentials")
        fields = Seen(200, revision, None).fields(f"{finished.path}/sections/essentials")
        saved = finished.save("hn.colleague", "Otro título", fields["_revision.title"][0])
        assert saved.status == 200
    assert "Se cambió después" in finished.see("hn.focal", finished.path)
    assert "listo para certificar" in finished.see("hn.focal", "/needs?words=Otro")
    assert "avisó que está listo" in finished.see("hn.focal", f"{finished.path}/history")


def test_an_older_page_that_saves_what_stands_there_has_changed_nothing(
    finished: Finished,
) -> None:
    finished.say()
    page = f"{finished.path}/sections/essentials"
    fields = Seen(200, finished.see("hn.colleague", page), None).fields(page)
    [title], [seen] = fields["title"], fields["_revision.title"]
    before = finished.row_of("draft", "dossier_id")["saved_at"]
    with clock.stopped_at(clock.now() + timedelta(minutes=3)):
        older = f"{seen.split(':')[0]}:{int(seen.split(':')[1]) + 5}"
        assert finished.save("hn.colleague", title, older).status == 200
    assert finished.row_of("draft", "dossier_id")["saved_at"] == before
    assert "Se cambió después" not in finished.see("hn.focal", finished.path)


def test_it_waits_on_the_desk_of_whoever_certifies(finished: Finished) -> None:
    assert finished.title not in finished.desk("hn.focal").get("Listo para certificar", "")
    finished.say()
    focal, contributor = finished.desk("hn.focal"), finished.desk("hn.contributor")
    assert finished.title in focal["Listo para certificar"]
    assert f'href="{finished.path}/check"' in finished.see("hn.focal", "/")
    assert "Listo para certificar" not in contributor
    drafts = next(words for title, words in contributor.items() if title.startswith("Borradores"))
    assert "listo para certificar" in drafts


def certify(finished: Finished) -> None:
    answers = finished.see("hn.focal", f"{finished.path}/check")
    asked = previewing(answers, "members=none&sponsors=none&lang=es")
    page = Seen(200, finished.see("hn.focal", asked), None)
    action = f"{finished.path}/certification"
    fields = {name: sent for name, sent in page.fields(action).items()
              if name not in ("csrf_token", "_key", "clearance_file")}  # fmt: skip
    assert finished.send("hn.focal", action, **fields).status == 303


def discard(finished: Finished) -> None:
    assert finished.discard().status == 303


def take_back(finished: Finished) -> None:
    assert finished.say("no").status == 303


@pytest.mark.parametrize("end", [certify, discard, take_back])
def test_what_ends_the_draft_or_takes_it_back_clears_the_desk(finished: Finished, end: Any) -> None:
    finished.say()
    end(finished)
    desk = finished.desk("hn.focal")
    assert finished.title not in desk.get("Listo para certificar", "")
    assert "Listo para certificar" not in finished.see("hn.focal", finished.path)


def test_a_draft_that_is_brought_back_is_not_ready_any_more(finished: Finished) -> None:
    finished.say()
    finished.discard()
    finished.bring_back()
    assert finished.row_of("draft", "dossier_id")["ready_at"] is None


def test_what_the_secretariat_drafted_is_no_draft_to_tell_of(finished: Finished) -> None:
    with finished.matrix.app.app_context():
        need = next(row["id"] for row in needs() if row["on_behalf"])
    answer = finished.send("hn.contributor", f"/needs/{need}/readiness", ready="yes")
    assert answer.status == 409
