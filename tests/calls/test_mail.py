"""Do messages about calls say which call, until when on whose clocks, and nothing in confidence?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.calls import actions, following
from app.calls.models import Call
from app.calls.terms import Words
from app.extensions import db
from app.organisations.models import Organisation
from app.outbox import kinds, letters
from tests.calls.settled import MORNING, Settled, dossier, terms

KINDS = ("call-announced", "call-opened", "call-closed", "call-extended", "call-reminder",
         "call-late-permission", "call-late-revoked")  # fmt: skip
LATE = MORNING + timedelta(days=9)


@pytest.fixture
def call_id(settled: Settled, stored: Callable) -> str:
    def write() -> str:
        words = Words(
            title_es="Necesidades", title_en="Needs", guidance_es="Guía", guidance_en="Guide"
        )
        call = actions.create(settled["st"], terms(settled, words=words))
        actions.open_now(settled["st"], call, revision=1)
        following.allow_late(settled["st"], call, organisation_id=settled.id("hn"), until=LATE,
                             reason="In confidence")  # fmt: skip
        return call.id

    return stored(write)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_message_names_the_call_and_where_to_read_it(
    settled: Settled, stored: Callable, call_id: str, kind: str, lang: str
) -> None:
    person = SimpleNamespace(
        id="x", name="Ana", email="ana@example.invalid", lang=lang, zone="America/Panama"
    )
    params = {"call": call_id, "calls": [call_id], "organisation": settled.id("hn")}

    def write() -> letters.Letter:
        return letters.write(
            kind, kinds.variables(kind, params, person), person, "https://x.invalid"
        )

    letter = stored(write)
    assert ("Needs" if lang == "en" else "Necesidades") in letter.subject
    assert f"https://x.invalid/calls/{call_id}" in letter.body
    assert "In confidence" not in letter.body
    if kind == "call-late-permission":
        assert ("2 June 2004" if lang == "en" else "2 de junio de 2004") in letter.body
    elif kind != "call-closed":
        assert "29" in letter.body
        assert "(Panam" in letter.body


def test_what_an_act_promises_is_a_kind_of_mail_that_exists(
    settled: Settled, stored: Callable, call_id: str
) -> None:
    from app.outbox.models import OutboxMessage

    stored(lambda: following.remind(settled["st"], db.session.get_one(Call, call_id)))
    promised = set(
        stored(lambda: db.session.execute(db.select(OutboxMessage.kind)).scalars().all())
    )
    assert promised == {"call-opened", "call-late-permission", "call-reminder"}
    assert promised <= set(kinds.names())


@pytest.mark.parametrize(
    ("lang", "own", "left", "drafted"),
    [("es", "29 de mayo de 2004, 08:00 (Tegucigalpa)", "Quedan 5 días.", "redactada para su país"),
     ("en", "29 May 2004, 08:00 (Tegucigalpa)", "5 days are left.", "drafted for your country")],
)  # fmt: skip
def test_a_reminder_says_the_country_s_hour_what_is_left_and_what_it_has_to_confirm(
    settled: Settled, stored: Callable, call_id: str, lang: str, own: str, left: str, drafted: str
) -> None:
    person = SimpleNamespace(id="x", name="Ana", email="ana@example.invalid", lang=lang,
                             zone="America/Panama")  # fmt: skip

    def write(key: str) -> str:
        params = {"calls": [call_id], "organisation": settled.id(key)}
        given = kinds.variables("call-reminder", params, person)
        return letters.write("call-reminder", given, person, "https://x.invalid").body

    def live_elsewhere() -> None:
        db.session.get_one(Organisation, settled.id("sv")).zone = "America/Tegucigalpa"
        dossier(call_id, settled["sv"], state="draft", is_submitted=False, on_behalf=True)

    stored(live_elsewhere)
    of_hn, of_sv = stored(lambda: write("hn")), stored(lambda: write("sv"))
    assert all(words in of_sv for words in (own, left, drafted))
    assert left.replace("5", "9") in of_hn  # by late permission
    assert "Tegucigalpa" not in of_hn
    assert drafted not in of_hn


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_reminder_of_two_calls_names_both_with_form_close_and_page_until_one_is_answered(
    settled: Settled, stored: Callable, call_id: str, lang: str
) -> None:
    def open_another() -> str:
        words = Words(title_es="Refuerzo", title_en="More", guidance_es="", guidance_en="")
        more = terms(settled, code="2005", words=words, closes_at=LATE, format_version=2)
        call = actions.create(settled["st"], more)
        actions.open_now(settled["st"], call, revision=1)
        return call.id

    another = stored(open_another)
    person = SimpleNamespace(id="x", name="Ana", email="ana@example.invalid", lang=lang,
                             zone="America/Panama")  # fmt: skip
    params = {"calls": [call_id, another], "organisation": settled.id("sv")}

    def write() -> letters.Letter:
        given = kinds.variables("call-reminder", params, person)
        return letters.write("call-reminder", given, person, "https://x.invalid")

    both = stored(write)
    form = "training need, version {}" if lang == "en" else "necesidad de capacitación, versión {}"
    for title, version, page in (
        ("Needs" if lang == "en" else "Necesidades", 1, call_id),
        ("More" if lang == "en" else "Refuerzo", 2, another),
    ):
        of_one = both.body[both.body.index(f"\n{title}\n") :]
        assert form.format(version) in of_one
        assert of_one.index(f"https://x.invalid/calls/{page}\n") < 300
    stored(lambda: dossier(call_id, settled["sv"], state="submitted", is_submitted=True))
    one = stored(write)
    assert one.subject.endswith("More" if lang == "en" else "Refuerzo")
    assert f"/calls/{call_id}" not in one.body
    assert f"/calls/{another}" in one.body
