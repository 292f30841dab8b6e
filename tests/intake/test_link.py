"""Can a focal point confirm by the link of a message, once, and nobody by any other?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts import throttle, tokens
from app.accounts.models import Person
from app.calls.models import Call
from app.db.models import LimitCounter
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Membership
from tests.access.asking import NOBODY, Answer, Somebody
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.accounts.posted import letters_of, link_in
from tests.calls.browsing import Seen
from tests.intake.test_filing import Desk
from tests.intake.writing import fingerprint

CHOSEN = "members=named&sponsors=unnamed&lang=es"
ENDED = "Este enlace ya no vale"


class Link(Desk):
    """A desk where Honduras is asked by a link, and a browser in which nobody is signed in."""

    def __init__(self, matrix: Matrix) -> None:
        super().__init__(matrix)
        self.nobody = Somebody(key=NOBODY)

    def send(self, need_id: str) -> str:
        """Ask by a link; its path, as the letter says it."""
        answer = self.ask(self.st, f"/needs/{need_id}/filing/link", go="1")
        assert answer.status == 303, answer.body.decode()
        return self.letters()[-1]

    def letters(self) -> list[str]:
        """The links of all letters, the oldest first."""
        rows = sorted(self.rows("filing_link"), key=lambda row: row["asked_at"])
        hashes = [row["token_hash"] for row in rows]
        found = [link_in(each) for each in letters_of(self.matrix.app, "need-confirmation")]
        return sorted(found, key=lambda path: hashes.index(digest(path)))

    def chosen(self, path: str, who: Somebody | None = None) -> dict[str, str]:
        """Look at the answers, choose, look at the preview; the fields of its form."""
        who = who or self.nobody
        first = self.ask(who, path).body.decode()
        shown = re.search(r'name="shown" value="(\w+)"', first)
        assert shown, first
        page = self.ask(who, f"{path}/preview?{CHOSEN}&shown={shown[1]}")
        assert page.status == 200, page.body.decode()
        fields = Seen(200, page.body.decode(), None).fields(path)
        return {name: sent for name, sent in fields.items() if name != "csrf_token"}

    def confirm(self, path: str, who: Somebody | None = None, **changes: str) -> Answer:
        sent = {**self.chosen(path, who), **changes}
        return self.ask(who or self.nobody, path, **sent)

    def change(self, statement: Any) -> None:
        with self.matrix.app.app_context(), transaction(writing=True) as session:
            session.execute(statement)


def digest(path: str) -> str:
    return tokens.digest(path.rsplit("/", 1)[1])


@pytest.fixture
def link(demonstration: Matrix) -> Link:
    found = Link(demonstration)
    found.change(db.delete(LimitCounter))
    return found


def assert_ended(link: Link, path: str) -> None:
    """Every page of the link answers alike, and nothing changes."""
    never = link.ask(link.nobody, "/needs/confirmations/never-was")
    before = fingerprint(link.matrix)
    for answer in (
        link.ask(link.nobody, path),
        link.ask(link.nobody, f"{path}/preview?{CHOSEN}"),
        link.ask(link.nobody, f"{path}/refusal"),
        link.ask(link.nobody, path, members="named", sponsors="none"),
        link.ask(link.nobody, f"{path}/refusal", reason="No."),
        link.ask(link.nobody, f"{path}/refusal", reason="No.", _key=""),
    ):
        assert answer.status == 404
        assert without_secrets(answer) == without_secrets(never)
        assert ENDED in answer.body.decode()
    assert fingerprint(link.matrix) == before


def without_secrets(answer: Answer) -> str:
    """The page without the secrets of its forms and the address that it stands on."""
    return re.sub(r'name="(csrf_token|_key|_page|next)" value="[^"]*"', "", answer.body.decode())


def test_its_pages_are_in_the_language_and_on_the_clocks_of_whoever_got_the_letter(
    link: Link,
) -> None:
    is_focal = Person.id == link.hn.person_id
    before = next(row for row in link.rows("person") if row["id"] == link.hn.person_id)
    read_in = db.update(Person).where(is_focal)
    link.change(read_in.values(lang="en", zone="America/Tegucigalpa"))
    try:
        path = link.send(link.filed())
        page = link.ask(link.nobody, path).body.decode()
        band = page.partition('aria-label="Deadline"')[2].partition("</div>")[0]
        assert "Is it your country" in page
        assert re.search(r"18:00 \(Panam\w+\) · 17:00 \(Tegucigalpa\)", band), band
        confirmed = link.ask(link.nobody, link.confirm(path).location).body.decode()
        assert "Certified and submitted" in confirmed
        assert ENDED in link.ask(link.nobody, path).body.decode()
    finally:
        link.change(read_in.values(lang=before["lang"], zone=before["zone"]))


def test_the_focal_point_confirms_by_the_link_without_signing_in(link: Link) -> None:
    need_id = link.filed()
    path = link.send(need_id)
    letter = next(each for each in letters_of(link.matrix.app, "need-confirmation")
                  if path in each.body)  # fmt: skip
    assert "Entrevista" not in letter.subject + letter.body
    assert letter.to == next(
        row["email"] for row in link.rows("person") if row["id"] == link.hn.person_id
    )
    secret = path.rsplit("/", 1)[1]
    assert secret not in str([link.rows(name) for name in ("filing_link", "outbox_message")])
    page = link.ask(link.nobody, path).body.decode()
    assert "Entrevista" in page
    assert "checked" not in page.split('name="members"', 1)[1].split('name="lang"')[0]
    answer = link.confirm(path)
    assert answer.status == 303, answer.body.decode()
    need, filing = link.need(need_id), link.filing(need_id)
    assert (need["is_submitted"], need["on_behalf"], need["state"]) == (True, False, "submitted")
    assert (filing["way"], filing["decided_by"]) == ("link", link.hn.person_id)
    version = next(row for row in link.rows("version") if row["dossier_id"] == need_id)
    assert (version["certified_by"], version["certified_role"]) == (
        link.hn.person_id, "focal_point_by_link",
    )  # fmt: skip
    consent = next(row for row in link.rows("consent") if row["need_id"] == need_id)
    assert (consent["members"], consent["sponsors"]) == ("named", "unnamed")
    told = link.ask(link.nobody, answer.location).body.decode()
    assert version["receipt"] in told
    assert "dirección registrada" in told
    receipt = link.ask(link.hn, f"/needs/{need_id}/versions/1/receipt").body.decode()
    assert "dirección registrada" in receipt
    assert_ended(link, path)


def test_a_form_that_was_sent_twice_gets_the_same_answer_and_has_one_effect(link: Link) -> None:
    need_id = link.filed()
    path = link.send(need_id)
    fields = link.chosen(path)
    first = link.ask(link.nobody, path, **fields)
    second = link.ask(link.nobody, path, **fields)
    assert (first.status, second.status, second.location) == (303, 303, first.location)
    assert sum(row["dossier_id"] == need_id for row in link.rows("version")) == 1


def test_by_the_link_a_country_may_say_that_it_is_not_its_own(link: Link) -> None:
    need_id = link.filed()
    path = link.send(need_id)
    assert link.ask(link.nobody, f"{path}/refusal").status == 200
    assert link.ask(link.nobody, f"{path}/refusal", reason="").status == 422
    answer = link.ask(link.nobody, f"{path}/refusal", reason="No la enviamos.")
    assert answer.status == 303
    assert link.need(need_id)["reference"] in link.ask(link.nobody, answer.location).body.decode()
    filing = link.filing(need_id)
    assert (filing["state"], filing["reason"], filing["decided_by"]) == (
        "refused", "No la enviamos.", link.hn.person_id,
    )  # fmt: skip
    assert link.need(need_id)["state"] == "withdrawn"
    assert_ended(link, path)


def test_both_questions_must_be_answered(link: Link) -> None:
    path = link.send(link.filed())
    shown = link.chosen(path)["shown"]
    asked = link.ask(link.nobody, f"{path}/preview?members=named&shown={shown}")
    assert asked.status == 422
    assert 'href="#sponsors' in asked.body.decode()
    assert link.confirm(path, sponsors="").status == 422


def test_a_link_expires(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    path = link.send(link.filed())
    assert link.ask(link.nobody, path).status == 200
    now = clock.real_now
    monkeypatch.setattr(clock, "real_now", lambda: now() + timedelta(days=7, seconds=1))
    assert_ended(link, path)


def test_a_revoked_link_ends_and_a_new_one_replaces_the_one_before(link: Link) -> None:
    need_id = link.filed()
    first = link.send(need_id)
    assert "hasta el" in link.ask(link.st, f"/needs/{need_id}/filing").body.decode()
    second = link.send(need_id)
    assert_ended(link, first)
    assert link.ask(link.nobody, second).status == 200
    assert link.ask(link.st, f"/needs/{need_id}/filing/link/revocation", go="1").status == 303
    assert_ended(link, second)


@pytest.mark.parametrize("ended", ["role", "person"])
def test_a_link_serves_its_person_only_while_that_person_may_certify(
    link: Link, ended: str
) -> None:
    path = link.send(link.filed())
    own = Membership.person_id == link.hn.person_id
    person = Person.id == link.hn.person_id
    if ended == "role":
        link.change(db.update(Membership).where(own).values(ended_at=clock.now()))
    else:
        link.change(db.update(Person).where(person).values(active=False))
    assert_ended(link, path)
    link.change(db.update(Membership).where(own).values(ended_at=None))
    link.change(db.update(Person).where(person).values(active=True))
    assert link.ask(link.nobody, path).status == 200


def test_a_link_ends_when_the_country_answers_in_another_way(link: Link) -> None:
    need_id = link.filed()
    path = link.send(need_id)
    assert link.ask(link.hn, f"/needs/{need_id}/filing/taking-over", go="1").status == 303
    assert_ended(link, path)


def test_after_the_call_has_closed_nothing_is_confirmed(link: Link) -> None:
    need_id = link.filed()
    path = link.send(need_id)
    fields = link.chosen(path)
    is_call = Call.id == link.matrix.things.open_call
    (row,) = [each for each in link.rows("call") if each["id"] == link.matrix.things.open_call]
    link.change(db.update(Call).where(is_call)
                .values(closes_at=clock.now() - timedelta(minutes=1)))  # fmt: skip
    try:
        assert link.ask(link.nobody, path, **fields).status == 409
        assert 'name="members"' not in link.ask(link.nobody, path).body.decode()
        assert not link.need(need_id)["is_submitted"]
        assert link.ask(link.st, f"/needs/{need_id}/filing/link", go="1").status == 409
    finally:
        link.change(db.update(Call).where(is_call).values(closes_at=row["closes_at"]))


def test_what_changed_after_it_was_looked_at_is_not_certified(link: Link) -> None:
    need_id = link.filed()
    path = link.send(need_id)
    fields = link.chosen(path)
    assert (
        link.ask(link.nobody, path, **{**fields, "_key": "k" * 20, "shown": "another"}).status
        == 409
    )
    assert (
        link.ask(link.nobody, path, **{**fields, "_key": "l" * 20, "preview_hash": "x"}).status
        == 409
    )
    assert link.write(link.st, need_id, title="Otra cosa").status == 303
    assert link.ask(link.nobody, path, **fields).status == 409
    assert not link.need(need_id)["is_submitted"]
    assert link.confirm(path).status == 303


def test_a_link_is_sent_only_for_a_draft_that_is_complete_and_by_the_secretariat(
    link: Link,
) -> None:
    need_id = link.file().location.split("/")[2]
    assert link.ask(link.st, f"/needs/{need_id}/filing/link", go="1").status == 409
    assert f"/needs/{need_id}/filing/link" not in link.ask(
        link.st, f"/needs/{need_id}/filing"
    ).body.decode()  # fmt: skip
    assert link.ask(link.hn, f"/needs/{need_id}/filing/link", go="1").status == 403
    assert link.ask(link.mx, f"/needs/{need_id}/filing/link", go="1").status in (403, 404)
    assert need_id not in [row["dossier_id"] for row in link.rows("filing_link")]


def test_whoever_else_is_signed_in_the_link_answers_for_its_own_person(link: Link) -> None:
    need_id = link.filed()
    path = link.send(need_id)
    page = link.ask(link.mx, path)
    assert page.status == 200
    assert "/me" not in page.body.decode()
    assert link.confirm(path, link.mx, _acting="").status == 303
    assert link.filing(need_id)["decided_by"] == link.hn.person_id


def test_too_many_attempts_are_refused(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "FROM_HERE", throttle.Limit(2, 60))
    tried = [link.ask(link.nobody, "/needs/confirmations/guess").status for _ in range(3)]
    assert tried == [404, 404, 429]


def test_its_pages_are_kept_nowhere_and_tell_nobody_where_they_stand(link: Link) -> None:
    path = link.send(link.filed())
    with link.matrix.app.test_client() as client:
        answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
