"""Is every promised message delivered, once, to whom it is for, whatever breaks on the way?"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import clock
from app.audit.commit import committed
from app.db.transactions import transaction
from app.outbox import backlog, deliver, kinds, lease, mail_server, post
from app.outbox.models import DeliveredMail, OutboxMessage
from app.policy.actor import Role
from tests.outbox.people import add, invitation, organisation, person, seat
from tests.outbox.people import post_office as post_office

pytestmark = pytest.mark.usefixtures("post_office")
START = clock.real_now()


def promise(kind: str = "plain", to: str = "ana", **params: Any) -> None:
    with committed():
        post.to_person(to, kind, **{"need": "n1", **params})


def messages() -> list[dict[str, Any]]:
    with transaction(writing=False) as session:
        rows = session.execute(select(OutboxMessage.__table__).order_by(OutboxMessage.created_at))
        return [dict(row) for row in rows.mappings()]


def mails() -> list[DeliveredMail]:
    with transaction(writing=False) as session:
        found = session.execute(select(DeliveredMail)).scalars().all()
        session.expunge_all()
        return list(found)


def states() -> list[str]:
    return sorted(message["state"] for message in messages())


def test_a_message_is_delivered_in_the_language_of_whom_it_is_for() -> None:
    add(person("ana"), person("bob", lang="en"))
    promise(to="ana")
    promise(to="bob")
    assert deliver.drain().sent == 2
    subjects = {mail.to: (mail.subject, mail.body) for mail in mails()}
    assert subjects["ana@example.org"][0] == "Recibimos su necesidad"
    assert (
        "Estimado/a Persona ana:\n\nVea http://localhost/needs/n1 (18,400)."
        in (subjects["ana@example.org"][1])
    )
    assert (
        "Dear Persona bob,\n\nSee http://localhost/needs/n1 (18,400)."
        in (subjects["bob@example.org"][1])
    )
    assert states() == ["sent", "sent"]


def test_a_promise_of_a_transaction_that_failed_is_no_promise() -> None:
    add(person("ana"))

    def break_off() -> None:
        with committed():
            post.to_person("ana", "plain", need="n1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert (deliver.drain().sent, messages()) == (0, [])


def test_everybody_who_holds_the_role_now_gets_a_message_of_their_own() -> None:
    add(organisation("hn"), organisation("sv"), person("ana"), person("luz"), person("gone", active=False),
        person("left"), person("sal"), seat("ana", "hn", "focal_point"), seat("luz", "hn", "alternate"),
        seat("ana", "hn", "alternate"), seat("gone", "hn", "focal_point"),
        seat("left", "hn", "focal_point", ended_at=START), seat("sal", "sv", "focal_point"))  # fmt: skip
    with committed():
        post.to_roles("hn", (Role.FOCAL_POINT, Role.ALTERNATE), "plain", need="n1")
    assert deliver.drain().sent == 2
    assert sorted(mail.to for mail in mails()) == ["ana@example.org", "luz@example.org"]
    assert states() == ["sent", "sent", "split"]
    assert len({mail.message_id for mail in mails()}) == 2


def test_a_kind_of_organisation_is_reached_where_it_still_exists() -> None:
    add(organisation("st", "secretariat"), organisation("old", "secretariat", ended_at=START),
        person("ana"), person("luz"), seat("ana", "st", "officer"), seat("luz", "old", "officer"))  # fmt: skip
    with committed():
        post.to_kind("secretariat", (Role.OFFICER,), "plain", need="n1")
    deliver.drain()
    assert [mail.to for mail in mails()] == ["ana@example.org"]


def test_somebody_invited_is_reached_until_the_invitation_was_used() -> None:
    used = {"used_at": START}
    late = {"expires_at": START - timedelta(hours=1)}
    add(organisation("hn"), person("ana"), invitation("new", "hn", "ana"),
        invitation("used", "hn", "ana", **used), invitation("late", "hn", "ana", **late))  # fmt: skip
    with committed():
        for one in ("new", "used", "late"):
            post.to_invited(one, "plain", need="n1")
    deliver.drain()
    assert [mail.to for mail in mails()] == ["new@example.org"]
    assert states() == ["sent", "void", "void"]


def test_a_message_to_nobody_any_more_ends() -> None:
    add(person("ana", active=False))
    promise()
    deliver.drain()
    assert (states(), mails()) == (["void"], [])


def test_an_unknown_kind_or_a_broken_template_does_not_hold_up_the_others() -> None:
    add(person("ana"))
    promise("never-registered")
    promise("broken")
    promise()
    done = deliver.drain()
    assert (done.sent, done.failed) == (1, 2)
    assert {m["fault"] for m in messages()} == {"UnknownKind", "UndefinedError", None}


@pytest.mark.parametrize("word", ["a\r\nBcc: x@example.org", "a\nb", "a\x00b", "a\u2028b"])
def test_a_subject_cannot_become_two_headers(word: str) -> None:
    add(person("ana"))
    promise("hostile", word=word)
    deliver.drain()
    sent = mails()
    assert not sent or all("Bcc" not in mail.subject and "\n" not in mail.subject for mail in sent)
    if "\n" not in word:
        assert [m["fault"] for m in messages()] == ["BadLetter"]


def test_a_name_or_address_with_a_line_break_is_refused() -> None:
    add(person("ana", name="Ana\r\nBcc: x@example.org"), person("bob", email="b@example.org\r\nx"))
    promise(to="ana")
    promise(to="bob")
    deliver.drain()
    assert {m["fault"] for m in messages()} == {"BadLetter"}


@pytest.mark.parametrize(
    "word", ["{{ 7*7 }}", "{% raw %}", "%(x)s", "{0.__class__}", "${x}", "<b>&"]
)
def test_what_somebody_wrote_is_only_ever_text(word: str) -> None:
    add(person("ana"))
    promise("hostile", word=word)
    deliver.drain()
    (mail,) = mails()
    assert mail.subject == word
    assert word in mail.body


def test_instants_and_days_are_said_in_the_zone_of_the_reader() -> None:
    add(person("ana"), person("bob", lang="en", zone="America/Toronto"))
    promise("when", to="ana")
    promise("when", to="bob")
    deliver.drain()
    bodies = {mail.to: mail.body for mail in mails()}
    assert (
        "28 de mayo de 2004, 18:00 (Panamá) / 28 de mayo de 2004, 17:00 (Tegucigalpa)"
        in (bodies["ana@example.org"])
    )
    assert "28 May 2004, 19:00 (Toronto)" in bodies["bob@example.org"]


class TestLease:
    def test_a_message_is_taken_by_one_only(self) -> None:
        add(person("ana"))
        promise()
        with transaction(writing=True) as session:
            assert lease.take(session) is not None
        with transaction(writing=True) as session:
            assert lease.take(session) is None

    def test_a_message_whose_deliverer_died_is_delivered_by_another(self) -> None:
        add(person("ana"))
        promise()
        with transaction(writing=True) as session:
            lease.take(session)
        assert deliver.drain().sent == 0
        with clock.stopped_at(clock.now() + lease.LEASE + timedelta(seconds=1)):
            assert deliver.drain().sent == 1
        assert (states(), messages()[0]["tries"]) == (["sent"], 2)

    def test_whoever_lost_the_lease_cannot_settle_the_message(self) -> None:
        add(person("ana"))
        promise()
        with transaction(writing=True) as session:
            lost = lease.take(session)
        with clock.stopped_at(clock.now() + lease.LEASE + timedelta(seconds=1)):
            with transaction(writing=True) as session:
                held = lease.take(session)
            with transaction(writing=True) as session:
                assert lost is not None
                assert held is not None
                assert not lease.failed(session, lost, "x")
                assert not lease.sent(session, lost)
                assert lease.sent(session, held)

    def test_the_oldest_due_goes_first_and_what_is_not_due_waits(self) -> None:
        add(person("ana"))
        with clock.stopped_at(START + timedelta(hours=2)):
            promise(need="later")
        with clock.stopped_at(START - timedelta(hours=2)):
            promise(need="first")
        with clock.stopped_at(START), transaction(writing=True) as session:
            taken = lease.take(session)
            assert taken is not None
            assert taken.params["need"] == "first"
            assert lease.take(session) is None

    def test_many_deliver_at_once_and_each_message_goes_out_once(self, app: Any) -> None:
        add(person("ana"))
        for number in range(12):
            promise(need=str(number))

        def work() -> None:
            with app.app_context():
                deliver.drain()

        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert states() == ["sent"] * 12
        assert len(mails()) == 12

    def test_pauses_grow_and_then_stay(self) -> None:
        minutes = [lease.pause_after(tries) / timedelta(minutes=1) for tries in range(1, 9)]
        assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]


class TestFaults:
    def drain_for(self, hours: float) -> None:
        instant, end = clock.now(), clock.now() + timedelta(hours=hours)
        while instant < end:
            with clock.stopped_at(instant):
                deliver.drain()
            instant += timedelta(minutes=20)

    def test_a_message_that_is_always_refused_is_parked_after_eight_tries(self) -> None:
        add(person("ana"))
        promise("broken")
        self.drain_for(8)
        (message,) = messages()
        assert (message["state"], message["tries"]) == ("parked", 8)
        with transaction(writing=False) as session:
            assert [one.kind for one in backlog.parked(session)] == ["broken"]

    def test_a_parked_message_can_be_taken_up_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        add(person("ana"))
        promise("broken")
        self.drain_for(8)
        monkeypatch.setitem(kinds._kinds, "broken", lambda *_: {"nothing_of_the_kind": "x"})
        with transaction(writing=True) as session:
            assert backlog.retry(session, "no such") == 0
            assert backlog.retry(session) == 1
        assert deliver.drain().sent == 1

    def test_while_the_server_cannot_be_reached_nothing_is_given_up(
        self, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.with_server(app, monkeypatch)
        is_down, sent = [True], []

        def send(letter: Any, message_id: str, settings: Any) -> None:
            if is_down[0]:
                raise mail_server.Unreachable("ConnectionRefusedError")
            sent.append(message_id)

        monkeypatch.setattr(mail_server, "send", send)
        add(person("ana"))
        for number in range(3):
            promise(need=str(number))
        with clock.stopped_at(clock.now()):
            assert not deliver.drain().is_reachable
        self.drain_for(6)
        assert states() == ["waiting"] * 3
        is_down[0] = False
        with clock.stopped_at(clock.now() + timedelta(days=2)):
            assert deliver.drain().sent == 3
        assert len(set(sent)) == 3

    def test_a_server_that_breaks_off_for_days_makes_nothing_be_given_up(
        self, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.with_server(app, monkeypatch)
        tried: list[str] = []

        def send(_letter: Any, message_id: str, _settings: Any) -> None:
            tried.append(message_id)
            raise mail_server.BrokenOff("TimeoutError")

        monkeypatch.setattr(mail_server, "send", send)
        add(person("ana"))
        for number in range(3):
            promise(need=str(number))
        assert not deliver.drain().is_reachable
        assert len(tried) == 1, "each further letter could take as long"
        self.drain_for(36)
        assert states() == ["waiting"] * 3
        monkeypatch.setattr(mail_server, "send", lambda *_: None)
        with clock.stopped_at(clock.now() + timedelta(days=2)):
            assert deliver.drain().sent == 3

    @pytest.mark.parametrize(("days", "left"), [(4, "waiting"), (6, "parked")])
    def test_what_may_yet_be_taken_is_given_up_after_five_days(
        self, app: Any, monkeypatch: pytest.MonkeyPatch, days: int, left: str
    ) -> None:
        self.with_server(app, monkeypatch)

        def send(*_: Any) -> None:
            raise mail_server.Refused("smtp-451", is_passing=True)

        monkeypatch.setattr(mail_server, "send", send)
        add(person("ana"))
        promise()
        self.drain_for(9)
        for later in range(10):
            with clock.stopped_at(clock.now() + timedelta(days=days, hours=later)):
                deliver.drain()
        assert states() == [left]

    def test_a_crash_between_acceptance_and_note_repeats_with_the_same_message_id(
        self, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.with_server(app, monkeypatch)
        sent: list[str] = []
        monkeypatch.setattr(mail_server, "send", lambda _l, message_id, _s: sent.append(message_id))
        add(person("ana"))
        promise()

        def crash(*_: Any) -> bool:
            raise OperationalError("", None, Exception())

        with monkeypatch.context() as broken:
            broken.setattr(lease, "sent", crash)
            with pytest.raises(OperationalError):
                deliver.drain()
        with clock.stopped_at(clock.now() + timedelta(hours=1)):
            deliver.drain()
        assert len(sent) == 2
        assert sent[0] == sent[1]
        assert states() == ["sent"]

    def test_faults_are_noted_by_their_kind_and_never_by_their_words(self) -> None:
        add(person("ana"))
        promise("hostile", word="canary-4410\x00")
        deliver.drain()
        (message,) = messages()
        assert "canary" not in str(message["fault"])

    @staticmethod
    def with_server(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from dataclasses import replace

        changed = replace(
            app.config["ENLACE"], mail_server="mail.invalid", mail_from="enlace@crm.invalid"
        )
        monkeypatch.setitem(app.config, "ENLACE", changed)


def test_counts_and_the_oldest_due_are_told() -> None:
    add(person("ana"))
    with clock.stopped_at(START - timedelta(hours=3)):
        promise()
    promise("broken")
    with transaction(writing=False) as session:
        assert backlog.counts(session) == {"waiting": 2}
        assert backlog.oldest_due(session) == START - timedelta(hours=3)
    deliver.drain()
    with transaction(writing=False) as session:
        assert backlog.oldest_due(session) is None


def test_what_is_promised_together_is_sent_each_by_itself() -> None:
    add(person("ana"), person("bob"))
    with committed(), post.together():
        post.to_person("ana", "plain", need="n1")
        post.to_person("bob", "plain", need="n2")
    assert deliver.drain().sent == 2
    assert {mail.to for mail in mails()} == {"ana@example.org", "bob@example.org"}


def test_nothing_is_promised_together_where_the_block_broke_off() -> None:
    add(person("ana"))

    def break_off() -> None:
        with post.together():
            post.to_person("ana", "plain", need="n1")
            raise ValueError("in the middle")

    with committed():
        with pytest.raises(ValueError, match="in the middle"):
            break_off()
        post.to_person("ana", "plain", need="n2")
    assert [message["params"] for message in messages()] == [{"need": "n2"}]
