"""Do the pages of calls do what they say, in both languages, and is nothing typed ever lost?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.calls import actions
from app.calls.models import Call, CallContact, CallExtension, CallInvitation
from app.extensions import db
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled, dossier, terms

DAY = timedelta(days=1)
Write = Callable[..., Any]


@pytest.fixture
def call_id(settled: Settled, stored: Callable) -> str:
    """A draft that could be announced."""
    return stored(lambda: actions.create(settled["st"], terms(settled)).id)


@pytest.fixture
def open_id(settled: Settled, stored: Callable, call_id: str) -> str:
    def open_it() -> str:
        with clock.stopped_at(MORNING - timedelta(hours=1)):
            actions.open_now(settled["st"], db.session.get_one(Call, call_id), revision=1)
        return call_id

    return stored(open_it)


def kept(stored: Callable, call_id: str) -> dict[str, Any]:
    def read() -> dict[str, Any]:
        call = db.session.get_one(Call, call_id)
        return {column.name: getattr(call, column.name) for column in Call.__table__.columns}

    return stored(read)


GOOD = {
    "code": "2004-B",
    "title_es": "Necesidades de capacitación",
    "title_en": "Training needs",
    "zone": "America/Panama",
    "opens_day": "25 May 2004",
    "opens_hour": "08:00",
    "closes_day": "28 May 2004",
    "closes_hour": "6:00 p.m.",
    "format_version": "1",
}


def test_a_call_is_written_announced_and_read_by_a_delegation_on_its_own_clock(
    settled: Settled, reader: Reader, stored: Callable
) -> None:
    reader.as_(settled["st"])
    saved = reader.submit("/calls/new", **GOOD, countries=[settled.id("hn")])
    assert saved.status == 303
    path = saved.location
    page = reader.get(path)
    assert "draft" in page.words
    announced = reader.submit(f"{path}/announcement")
    assert (announced.status, announced.location) == (303, path)
    page = reader.as_(settled["hn"], zone="America/Tegucigalpa").get(path)
    assert page.title == "Training needs"
    assert "Friday, 28 May 2004 at 18:00 (Panama) · 17:00 (Tegucigalpa)" in page.words
    assert "/needs" not in page.actions()


def test_the_latest_published_version_of_the_form_is_chosen_beforehand(
    settled: Settled, reader: Reader
) -> None:
    page = reader.as_(settled["st"]).get("/calls/new")
    assert page.fields("/calls/new")["format_version"] == ["2"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens_day": ""}, "Write the day."),
        ({"opens_day": "31/02/2004"}, "does not exist"),
        ({"opens_day": "yesterday"}, "a year of four figures"),
        ({"opens_day": "03/04/04"}, "a year of four figures"),
        ({"closes_hour": "25:00"}, "Write the hour and the minutes"),
        ({"closes_hour": "18"}, "Write the hour and the minutes"),
        ({"closes_day": "24 May 2004"}, "The call would close before it opens."),
        ({"zone": "Mars/Olympus"}, "Choose one of the time zones of the list."),
        ({"zone": ""}, "Choose the time zone."),
        ({"format_version": "99"}, "Choose one of the published versions of the form."),
        ({"format_version": "'; DROP"}, "Choose one of the published versions of the form."),
        ({"countries": None}, "Choose at least one country."),
        ({"countries": ["zz"]}, "Choose countries of the list only."),
        ({"code": "lower"}, "Write up to 16 capital letters"),
        ({"title_es": "x" * 161}, "Write no more than 160 characters."),
        ({"guidance_en": "x" * 8001}, "Write no more than 8000 characters."),
        ({"title_es": "a\u202eb"}, "The text holds a sign that cannot be kept."),
        ({"zone": "America/New_York", "opens_day": "4 April 2004", "opens_hour": "02:30"},
         "Write 03:30, for example."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place_and_everything_typed_stays(
    settled: Settled, reader: Reader, stored: Callable, changes: dict[str, Any], words: str
) -> None:
    typed = {**GOOD, "guidance_es": "Texto que no se debe perder.",
             "countries": [settled.id("hn")], **changes}  # fmt: skip
    page = reader.as_(settled["st"]).submit("/calls/new", **typed)
    assert page.status == 422
    assert words in page.words
    fields = page.fields("/calls/new")
    for name, value in typed.items():
        if name not in changes or name not in ("countries", "zone", "format_version"):
            assert fields[name] == (value if isinstance(value, list) else [value]), name
    assert stored(lambda: db.session.scalar(db.select(db.func.count()).select_from(Call))) == 0


def test_an_hour_that_clocks_show_twice_is_explained_after_saving(
    settled: Settled, reader: Reader, stored: Callable
) -> None:
    typed = {**GOOD, "zone": "America/New_York", "closes_day": "31 October 2004",
             "closes_hour": "01:30", "countries": [settled.id("hn")]}  # fmt: skip
    saved = reader.as_(settled["st"]).submit("/calls/new", **typed)
    page = reader.get(saved.location)
    assert "are put back and show 01:30 twice. The later one counts." in page.words
    assert kept(stored, saved.location.rsplit("/", 1)[1])["closes_at"].hour == 6  # 01:30 EST


def test_a_missing_translation_is_named_and_bars_the_announcement(
    settled: Settled, reader: Reader
) -> None:
    saved = reader.as_(settled["st"]).submit(
        "/calls/new", **{**GOOD, "title_en": ""}, guidance_en="Only English",
        countries=[settled.id("hn")],
    )  # fmt: skip
    page = reader.get(saved.location)
    assert "the title in English" in page.words
    assert "the guidance in Spanish" in page.words
    assert f"{saved.location}/announcement" not in page.links()
    refused = reader.submit(f"{saved.location}/opening")
    assert refused.status == 422
    assert "Still missing: the title in English, the guidance in Spanish." in refused.words


def test_a_stale_page_answers_409_keeps_the_text_and_shows_what_is_saved_now(
    settled: Settled, reader: Reader, stored: Callable, call_id: str
) -> None:
    path = f"/calls/{call_id}/edit"
    reader.as_(settled["st"])
    drawn_before = reader.get(path).fields(path)
    reader.submit(path, title_en="The colleague's title")
    page = reader.send(path, drawn_before, title_en="My title", guidance_en="My guidance")
    assert page.status == 409
    assert "Title in English: The colleague's title" in page.words
    fields = page.fields(path)
    assert (fields["title_en"], fields["guidance_en"]) == (["My title"], ["My guidance"])
    assert kept(stored, call_id)["title_en"] == "The colleague's title"
    assert reader.send(path, fields).status == 303
    assert kept(stored, call_id)["title_en"] == "My title"


def test_a_stale_page_of_an_open_call_keeps_its_texts_too(
    settled: Settled, reader: Reader, stored: Callable, open_id: str
) -> None:
    path = f"/calls/{open_id}/edit"
    reader.as_(settled["st"])
    drawn_before = reader.get(path).fields(path)
    reader.submit(path, guidance_en="By a colleague")
    page = reader.send(path, drawn_before, guidance_en="Mine")
    assert (page.status, page.fields(path)["guidance_en"]) == (409, ["Mine"])
    assert kept(stored, open_id)["guidance_en"] == "By a colleague"


@pytest.mark.parametrize("act", ["opening", "announcement"])
def test_doing_it_twice_from_two_pages_does_it_once(
    settled: Settled, reader: Reader, stored: Callable, call_id: str, act: str
) -> None:
    path = f"/calls/{call_id}/{act}"
    reader.as_(settled["st"])
    fields = reader.get(path).fields(path)
    second = {**fields, "_key": ["another-key-of-another-page"]}
    assert reader.send(path, fields).status == 303
    after = kept(stored, call_id)
    assert reader.send(path, second).status == 409
    assert kept(stored, call_id) == after


def test_a_double_click_opens_once_and_both_answers_are_the_same(
    settled: Settled, reader: Reader, call_id: str
) -> None:
    path = f"/calls/{call_id}/opening"
    fields = reader.as_(settled["st"]).get(path).fields(path)
    first, second = reader.send(path, fields), reader.send(path, fields)
    assert (first.status, first.location) == (second.status, second.location) == (
        303, f"/calls/{call_id}",
    )  # fmt: skip


def test_a_tampered_revision_changes_nothing(
    settled: Settled, reader: Reader, stored: Callable, call_id: str
) -> None:
    reader.as_(settled["st"])
    for revision in ("", "x", "-1", "99999999999999999999", "2"):
        path = f"/calls/{call_id}/opening"
        assert reader.submit(path, revision=revision).status == 409
    assert kept(stored, call_id)["state"] == "draft"


def test_an_open_call_ignores_tampered_terms_and_takes_its_texts_alone(
    settled: Settled, reader: Reader, stored: Callable, open_id: str
) -> None:
    before = kept(stored, open_id)
    reader.as_(settled["st"]).submit(
        f"/calls/{open_id}/edit", title_en="Mended", code="HACK", zone="America/Belize",
        format_version="2", closes_day="1 June 2030", closes_hour="10:00",
        countries=[settled.id("ca")],
    )  # fmt: skip
    after = kept(stored, open_id)
    assert after["title_en"] == "Mended"
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"title_en", "revision", "changed_at"}
    page = reader.as_(settled["ca"]).get(f"/calls/{open_id}", status=404)
    assert "HACK" not in page.html


def test_a_call_is_extended_with_a_reason_that_countries_read(
    settled: Settled, reader: Reader, stored: Callable, open_id: str
) -> None:
    path = f"/calls/{open_id}/extension"
    reader.as_(settled["st"])
    good = {
        "closes_day": "4 June 2004",
        "closes_hour": "18:00",
        "reason": "Holiday in two countries.",
    }
    for changes, words in [
        ({"reason": ""}, "Write the reason."),
        ({"closes_day": "1 May 2004"}, "Choose a close that is later than the present one"),
        ({"closes_hour": "noon"}, "Write the hour and the minutes"),
    ]:
        page = reader.submit(path, **{**good, **changes})
        assert (page.status, words in page.words) == (422, True)
        assert page.fields(path)["closes_day"] == [{**good, **changes}["closes_day"]]
    assert reader.submit(path, **good).status == 303
    assert stored(lambda: db.session.scalar(db.select(CallExtension.reason))) == good["reason"]
    page = reader.as_(settled["hn"]).get(f"/calls/{open_id}")
    assert good["reason"] in page.words
    assert "Friday, 4 June 2004 at 18:00" in page.words


def test_a_closed_call_cannot_be_closed_again_nor_started_in(
    settled: Settled, reader: Reader, open_id: str
) -> None:
    reader.as_(settled["st"])
    assert reader.submit(f"/calls/{open_id}/closing").status == 303
    assert reader.get(f"/calls/{open_id}/closing", status=303).location == f"/calls/{open_id}"
    assert reader.get(f"/calls/{open_id}/opening", status=303).location == f"/calls/{open_id}"
    page = reader.as_(settled["hn"]).get(f"/calls/{open_id}")
    assert "/needs" not in page.actions()
    assert "The call has closed." in page.words


def test_late_permission_shows_on_the_country_s_page_and_on_no_other(
    settled: Settled, reader: Reader, stored: Callable, open_id: str
) -> None:
    reader.as_(settled["st"]).submit(f"/calls/{open_id}/closing")
    path = f"/calls/{open_id}/late-permission"
    given = reader.submit(path, country=settled.id("hn"), until_day="26 May 2004",
                          until_hour="12:00", reason="New focal point.")  # fmt: skip
    assert given.status == 303
    invitation = stored(
        lambda: db.session.execute(
            db.select(CallInvitation.late_by, CallInvitation.late_reason)
            .where(CallInvitation.organisation_id == settled.id("hn"))
        ).one()
    )  # fmt: skip
    assert invitation == (settled["st"].person_id, "New focal point.")
    page = reader.as_(settled["hn"]).get(f"/calls/{open_id}")
    assert "New focal point." in page.words
    assert "/needs" in page.actions()
    page = reader.as_(settled["sv"]).get(f"/calls/{open_id}")
    assert "New focal point." not in page.words
    assert "/needs" not in page.actions()


def test_a_shorter_permission_is_said_to_take_the_place_of_the_longer_one(
    settled: Settled, reader: Reader, open_id: str
) -> None:
    path = f"/calls/{open_id}/late-permission"
    said = {"country": settled.id("hn"), "until_hour": "12:00"}
    for day, reason in (("5 June 2004", "Longer."), ("2 June 2004", "Shorter.")):
        assert (
            reader.as_(settled["st"]).submit(path, **said, until_day=day, reason=reason).status
            == 303
        )
    assert "hn (en): until Wednesday, 2 June 2004" in reader.get(path).words
    log = reader.get(f"/calls/{open_id}/answers").words
    entry = r"{} Person of st, [^.]+ May submit until {} at 12:00 \([^)]+\)\.{}"
    before = " Before: until Saturday, 5 June 2004"
    assert re.search(entry.format("Shorter.", "Wednesday, 2 June 2004", before), log), log
    assert re.search(entry.format("Longer.", "Saturday, 5 June 2004", "(?! Before)"), log), log
    page = reader.as_(settled["hn"]).get(f"/calls/{open_id}").words
    assert "Closes Saturday, 29 May 2004" in page
    assert "Late permission until Wednesday, 2 June 2004" in page


def test_late_permission_is_revoked_on_a_page_that_says_what_follows_and_the_country_reads_why(
    settled: Settled, reader: Reader, open_id: str
) -> None:
    late = f"/calls/{open_id}/late-permission"
    path, hn = f"{late}/revocation", {"country": settled.id("hn")}
    page = f"{path}?country={hn['country']}"
    reader.as_(settled["st"]).submit(late, **hn, until_day="2 June 2004", until_hour="12:00",
                                     reason="They asked.")  # fmt: skip
    assert page in reader.get(late).html
    asked = reader.get(page)
    assert "It was told that it may submit until Wednesday, 2 June 2004" in asked.words
    assert "until the call closes for everybody, on Saturday, 29 May 2004" in asked.words
    wrong = reader.submit(page, path, reason=" ")
    assert (wrong.status, "Write the reason." in wrong.words) == (422, True)
    assert reader.submit(page, path, reason="Given by mistake.").status == 303
    log = reader.get(f"/calls/{open_id}/answers").words
    assert "Late permission revoked" in log
    assert "Given by mistake." in log
    assert "Before: until Wednesday, 2 June 2004" in log
    assert page not in reader.get(late).html
    assert reader.get(page, status=303).location == f"/calls/{open_id}"
    told = reader.as_(settled["hn"]).get(f"/calls/{open_id}").words
    assert "revoked the permission of your delegation" in told
    assert "Given by mistake." in told
    assert "They asked." not in told
    assert "Late permission until" not in told
    assert "Given by mistake." not in reader.as_(settled["sv"]).get(f"/calls/{open_id}").words


def test_of_two_who_decide_about_one_permission_the_second_is_told(
    settled: Settled, reader: Reader, open_id: str
) -> None:
    late, hn = f"/calls/{open_id}/late-permission", {"country": settled.id("hn")}
    reader.as_(settled["st"])
    given = {**hn, "until_hour": "12:00", "reason": "x"}
    assert reader.submit(late, **given, until_day="2 June 2004").status == 303
    drawn = reader.get(f"{late}/revocation?country={hn['country']}").fields(f"{late}/revocation")
    assert reader.submit(late, **given, until_day="3 June 2004").status == 303
    refused = reader.send(f"{late}/revocation", drawn, reason="Typed before I knew.")
    assert (refused.status, "Typed before I knew." in refused.words) == (409, True)
    assert "until Thursday, 3 June 2004" in reader.get(late).words


def test_who_has_answered_is_said_without_blame_and_the_others_are_reminded_once(
    settled: Settled, reader: Reader, stored: Callable, open_id: str
) -> None:
    stored(lambda: dossier(open_id, settled["hn"], state="submitted", is_submitted=True))
    stored(lambda: dossier(open_id, settled["sv"], state="draft", is_submitted=False))
    path, remind = f"/calls/{open_id}/answers", f"/calls/{open_id}/reminders"
    page = reader.as_(settled["st"]).get(path)
    assert "hn (en) with needs submitted 1" in page.words
    assert "sv (en) no submission on record yet 0" in page.words
    assert reader.submit(path, remind).status == 303
    again = reader.submit(path, remind)
    assert again.status == 409
    assert "were reminded within the last day" in again.words
    channels = stored(lambda: list(db.session.execute(
        db.select(CallContact.organisation_id, CallContact.channel)).all()))  # fmt: skip
    assert channels == [(settled.id("sv"), "reminder")]


def test_a_contact_is_noted_down_for_the_secretariat_alone(
    settled: Settled, reader: Reader, open_id: str
) -> None:
    path = f"/calls/{open_id}/contacts"
    reader.as_(settled["st"])
    wrong = reader.submit(path, country="nobody", channel="telephone", note="Called.")
    assert (wrong.status, "Choose one of the invited countries." in wrong.words) == (422, True)
    assert wrong.fields(path)["note"] == ["Called."]
    assert (
        reader.submit(path, country=settled.id("sv"), channel="telephone", note="Called.").status
        == 303
    )
    assert "Called." in reader.get(f"/calls/{open_id}/answers").words
    reader.as_(settled["sv"]).get(f"/calls/{open_id}/answers", status=403)


def test_countries_are_added_to_an_open_call(
    settled: Settled, reader: Reader, open_id: str
) -> None:
    path = f"/calls/{open_id}/invitations"
    reader.as_(settled["ca"]).get(f"/calls/{open_id}", status=404)
    reader.as_(settled["st"])
    assert reader.submit(path, countries=[settled.id("ca-sponsor")]).status == 422
    assert reader.submit(path, countries=None).status == 422
    assert reader.submit(path, countries=[settled.id("ca")]).status == 303
    reader.as_(settled["ca"]).get(f"/calls/{open_id}")


@pytest.mark.parametrize(
    "page",
    ["", "/edit", "/announcement", "/opening", "/closing", "/extension", "/answers", "/contacts",
     "/late-permission", "/late-permission/revocation", "/invitations"],
)  # fmt: skip
def test_a_foreign_call_answers_as_a_missing_one_does(
    settled: Settled, reader: Reader, open_id: str, page: str
) -> None:
    for key in ("ca", "hn", "ppt", "ar", "op", "ca-sponsor", "st"):
        reader.as_(settled[key])
        foreign = reader.client.get(f"/calls/{open_id}{page}")
        missing = reader.client.get(f"/calls/nothing{page}")
        if key == "st" or (key == "hn" and page == ""):
            assert missing.status_code == 404
        else:
            assert foreign.status_code == missing.status_code in (403, 404)
            assert without_chance(foreign) == without_chance(missing)


def without_chance(response: Any) -> str:
    """A page without what differs from one drawing to the next."""
    import re

    html = re.sub(
        r'(name="(csrf_token|_key)" value=")[^"]*', r"\1", response.get_data(as_text=True)
    )
    html = re.sub(r"X-CSRFToken[^}]*", "", html)
    return re.sub(r"/calls/[a-z0-9]+", "/calls/x", html)


def test_every_page_is_well_made_in_both_languages(
    settled: Settled, reader: Reader, stored: Callable, open_id: str
) -> None:
    draft = stored(lambda: actions.create(settled["st"], terms(settled, code="D")).id)
    pages = ["/calls", "/calls/new", f"/calls/{draft}", f"/calls/{draft}/edit",
             f"/calls/{draft}/announcement", f"/calls/{draft}/opening", f"/calls/{open_id}"] + [
        f"/calls/{open_id}/{page}" for page in ("edit", "closing", "extension", "answers",
                                                "contacts", "late-permission", "invitations")
    ]  # fmt: skip
    for lang in ("es", "en"):
        for path in pages:
            page = reader.as_(replace(settled["st"], lang=lang)).get(path)
            assert f'<html lang="{lang}">' in page.html
        for path in ("/calls", f"/calls/{open_id}"):
            reader.as_(replace(settled["hn"], lang=lang)).get(path)


def test_the_language_switch_keeps_what_was_typed_and_saves_nothing(
    settled: Settled, reader: Reader, stored: Callable, call_id: str
) -> None:
    path = f"/calls/{call_id}/edit"
    page = reader.as_(settled["st"]).submit(path, _lang="es", title_en="Half a ti")
    assert (page.status, page.fields(path)["title_en"]) == (200, ["Half a ti"])
    assert '<html lang="es">' in page.html
    assert kept(stored, call_id)["title_en"] == "Needs 2004"


def test_what_a_person_typed_is_shown_as_text_and_never_as_markup(
    settled: Settled, reader: Reader
) -> None:
    typed = {**GOOD, "title_en": "<script>alert(1)</script>", "guidance_en": "<b>x</b>",
             "guidance_es": "{{ 7*7 }}", "countries": [settled.id("hn")]}  # fmt: skip
    saved = reader.as_(settled["st"]).submit("/calls/new", **typed)
    page = reader.get(saved.location)
    assert "<script>alert" not in page.html
    assert "{{ 7*7 }}" in page.words


def test_a_list_asks_the_database_as_often_for_many_calls_as_for_few(
    settled: Settled, reader: Reader, stored: Callable, count_queries: Callable
) -> None:
    def write(codes: range) -> None:
        for number in codes:
            call = actions.create(settled["st"], terms(settled, code=f"N-{number}"))
            call.state = "open"

    counts = {}
    stored(lambda: write(range(3)))
    for key in ("st", "hn"):
        counts[key] = count_queries(lambda key=key: reader.as_(settled[key]).get("/calls"))
    stored(lambda: write(range(3, 60)))
    for key in ("st", "hn"):
        assert count_queries(lambda key=key: reader.as_(settled[key]).get("/calls")) == counts[key]


def test_a_list_has_a_way_to_its_next_page_and_says_when_it_ends(
    settled: Settled, reader: Reader, stored: Callable
) -> None:
    def write() -> None:
        for number in range(26):
            actions.create(settled["st"], terms(settled, code=f"N-{number}"))

    stored(write)
    page = reader.as_(settled["st"]).get("/calls")
    after = next(link for link in page.links() if "after=" in link)
    assert "N-" not in reader.get(after).words
    assert (
        len(reader.get(after).links() & {link for link in page.links() if "/calls/" in link}) == 1
    )


def test_an_empty_new_call_is_told_all_that_is_missing_at_once_by_its_questions(
    settled: Settled, reader: Reader
) -> None:
    blank = dict.fromkeys(("opens_day", "opens_hour", "closes_day", "closes_hour"), "")
    seen = reader.as_(settled["st"]).submit("/calls/new", title_es="", title_en="", countries=None,
                                            **blank)  # fmt: skip
    assert seen.status == 422
    for words in ("Opens on (day): Write the day.", "Closes on (day): Write the day.",
                  "Opens at (hour): Write the hour.", "Closes at (hour): Write the hour.",
                  "Choose at least one country.", "Write the title, in one language at least."):  # fmt: skip
        assert words in seen.words, words
    assert "Countries invited: Choose" not in seen.words  # said once, it needs no name
