"""Do the pages of the report do what they say, for whom they are, and survive what is sent to them?"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app import clock
from app.calls.models import Call
from app.db.scoping import is_writing
from app.extensions import db
from app.formats.dates import say_date
from app.formats.spec import Text
from app.groups.actions import begin
from app.needs.models import NeedFact
from app.policy.actor import Actor, Role
from app.reports import actions, building
from app.reports.dimensions import DIMENSIONS
from app.reports.models import Edition
from app.reports.two_way import MEASURES
from tests.calls.browsing import Reader, Seen
from tests.calls.settled import MORNING, Settled, in_role
from tests.reports.accepted import DAY, Accepted, Written, answers
from tests.reports.example import write_example

Stored = Callable[[Callable[[], Any]], Any]
CONFIRMED = {"confirmed": ["open_call", "one_unnamed"]}
"""Both sentences that are ticked before the example is published."""


@pytest.fixture
def st(settled: Settled) -> Actor:
    return in_role(settled["st"], Role.COORDINATOR)


@pytest.fixture
def call_id(settled: Settled, stored: Stored) -> str:
    return stored(lambda: write_example(Accepted(settled)).id)


@pytest.fixture
def edition_id(st: Actor, stored: Stored, call_id: str) -> str:
    return stored(lambda: actions.create(st, db.session.get_one(Call, call_id)).id)


@pytest.fixture
def published_id(reader: Reader, st: Actor, edition_id: str) -> str:
    sent = reader.as_(st).submit(f"/reports/editions/{edition_id}/publication", **CONFIRMED)
    assert (sent.status, sent.location) == (303, f"/reports/editions/{edition_id}")
    return edition_id


def figures_link(page: Seen, label: str) -> str:
    """Where the line of that name leads."""
    return next(href.replace("&amp;", "&") for href, text in
                re.findall(r'<a href="([^"]*/needs\?[^"]*)">([^<]*)<', page.html)
                if text.strip() == label)  # fmt: skip


def test_the_figures_as_they_stand_lead_to_the_needs_behind_them(
    reader: Reader, st: Actor, call_id: str
) -> None:
    page = reader.as_(st).get(f"/reports/calls/{call_id}")
    assert page.title == "Training needs, May 2004"
    assert "invited countries with accepted needs 4 of 5" in page.words
    assert "No response registered yet: Mexico" in page.words
    behind = reader.get(figures_link(page, "Child protection, unaccompanied children and children "
                                           "without family link"))  # fmt: skip
    assert "Interviewing children, Bluefields" in behind.words
    assert "Protección de niñas y niños" in behind.words
    assert "Entrevista" not in behind.words
    assert any(re.fullmatch(r"/needs/[a-z0-9]{20}", link) for link in behind.links())


def test_a_figure_that_was_seen_opens_what_it_counted_also_after_more_came(
    reader: Reader, st: Actor, call_id: str, settled: Settled, stored: Stored
) -> None:
    link = figures_link(reader.as_(st).get(f"/reports/calls/{call_id}"), "Detection and indicators")

    def one_more() -> None:
        call = db.session.get_one(Call, call_id)
        Accepted(settled).need(call, Written(answers=answers("Later"), valid_from=MORNING + DAY))

    stored(one_more)
    with clock.stopped_at(MORNING + 2 * DAY):
        assert "Later" not in reader.get(link).words
        assert (
            "Later" in reader.get(f"/reports/calls/{call_id}/needs?dimension=theme&code=T2").words
        )


@pytest.mark.parametrize("lang", ["es", "en"])
def test_another_day_is_asked_for_in_words_and_shown_with_its_moment(
    reader: Reader, st: Actor, call_id: str, lang: str
) -> None:
    day = (MORNING - 2 * DAY).date()
    typed = say_date(day, lang).replace(" ", "+")
    page = reader.as_(replace(st, lang=lang)).get(f"/reports/calls/{call_id}?on={typed}")
    assert "23:59 (Panam" in page.words
    assert "0 of 5" in page.words or "0 de 5" in page.words


def test_figures_are_shown_as_of_an_hour_on_the_clocks_of_the_call(
    reader: Reader, st: Actor, call_id: str
) -> None:
    page = reader.as_(st).get(f"/reports/calls/{call_id}?on=23+May+2004&at=08:59")
    assert "23 May 2004, 08:59 (Panama" in page.words
    assert "accepted needs 0" in page.words
    page = reader.get(f"/reports/calls/{call_id}?on=23+May+2004&at=09:00")
    assert "accepted needs 7" in page.words
    [link] = {link for link in page.links() if "report.pdf" in link and "lang=es" in link}
    assert "as_of=2004-05-23T14:00:00Z" in link.replace("%3A", ":")


def test_a_mistake_in_any_moment_is_said_at_its_place_and_everything_stays_typed(
    reader: Reader, st: Actor, call_id: str
) -> None:
    reader.as_(st)
    for asked, field in (
        ("on=20+May+2004&at=99:00", "at"), ("at=10:00", "on"), ("since_on=x", "since_on"),
        ("since_on=20+May+2004&since_at=x", "since_at"), ("since=xZ", "on"),
        ("on=x&since_on=y", "since_on"), ("on=x&since_on=y", "on"),
    ):  # fmt: skip
        page = reader.get(f"/reports/calls/{call_id}?{asked}", status=422)
        assert f'href="#{field}"' in page.html
        for typed in ("99:00", "10:00", "20 May 2004"):
            assert (f'value="{typed}"' in page.html) == (typed.replace(" ", "+") in asked)
        reader.get(f"/reports/calls/{call_id}/report.xlsx?{asked}", status=422)


def test_a_moment_before_the_call_was_opened_is_refused_with_the_moment_from_which_on(
    reader: Reader, st: Actor, call_id: str
) -> None:
    reader.as_(st)
    for asked, field in (("on=1+January+1900", "on"), ("as_of=2004-04-23T00:00:00Z", "on"),
                         ("since_on=1+January+1900", "since_on"),
                         ("since=2004-04-23T00:00:00Z", "since_on")):  # fmt: skip
        page = reader.get(f"/reports/calls/{call_id}?{asked}", status=422)
        assert "This call was opened on 24 April 2004, 09:00 (Panama" in page.words
        assert f'href="#{field}"' in page.html
        reader.get(f"/reports/calls/{call_id}/report.xlsx?{asked}", status=422)
    page = reader.get(f"/reports/calls/{call_id}?on=24+April+2004&at=09:00")
    assert "accepted needs 0" in page.words


def test_figures_of_a_call_that_is_not_open_yet_are_those_of_now(
    reader: Reader, st: Actor, call_id: str, stored: Stored
) -> None:
    def announce() -> None:
        db.session.get_one(Call, call_id).opens_at = MORNING + DAY

    stored(announce)
    page = reader.as_(st).get(f"/reports/calls/{call_id}")
    links = {each for each in page.links() if "as_of=" in each and "/needs" in each}
    assert links
    for link in links:
        reader.get(link)


def test_two_moments_and_two_editions_of_a_call_are_compared(
    reader: Reader, settled: Settled, st: Actor, published_id: str, stored: Stored
) -> None:
    def one_more() -> str:
        call = db.session.get_one(Call, db.session.get_one(Edition, published_id).call_id)
        Accepted(settled).need(call, Written(country="MX", answers=answers("Later", themes=("T9",)),
                                             valid_from=MORNING + DAY))  # fmt: skip
        return call.id

    call_id = stored(one_more)
    with clock.stopped_at(MORNING + 2 * DAY):
        call = f"/reports/calls/{call_id}"
        assert "Changes" not in reader.as_(st).get(call).words.partition("On this page")[2]
        for since in ("since_on=24+May+2004", f"since={published_id}"):
            page = reader.get(f"{call}?{since}")
            assert "Needs: 7 before, 8 after (+1)." in page.words
            assert "Countries with needs now and not before: Mexico." in page.words
            [link] = {link for link in page.links() if "report.pdf" in link and "lang=es" in link}
            assert "since=" in link
            assert reader.client.get(link.replace("&amp;", "&")).status_code == 200
        begun = reader.submit(call, f"{call}/editions")
        draft = reader.get(begun.location or "")
        assert "edition 1 (24 May 2004, 09:00 (Panama" in draft.words
        path = begun.location or ""
        assert reader.submit(f"{path}/publication", **CONFIRMED).status == 303
        second = reader.get(path)
        assert "Needs: 7 before, 8 after (+1)." in second.words
        member = reader.as_(settled["sv"]).get(path)
        assert "Needs: 6 before, 7 after (+1)." in member.words
        assert "Countries with needs" not in member.words
        other = reader.get(f"/reports/editions/{published_id}?since={path.rsplit('/', 1)[1]}")
        assert "Needs: 6 before, 7 after (+1)." in other.words
        reader.get(f"{path}?since=none", status=404)
        for ending in ("docx", "xlsx", "pdf"):
            assert (
                reader.client.get(f"{path}/report.{ending}?since={published_id}").status_code == 200
            )


IMPOSSIBLE_DAYS = (
    ("on=40/13/2004", "40/13/2004"),
    ("on=24+May+2099", "24 May 2099"),
    ("as_of=x", ""),
    ("on=%22%3E%3Cscript%3E", "&gt;&lt;script&gt;"),
    ("as_of=%07", ""),
    ("on=%07", ""),
)


def test_a_day_that_cannot_be_is_refused_at_its_place_and_stays_typed(
    reader: Reader, st: Actor, call_id: str
) -> None:
    reader.as_(st)
    for asked, kept in IMPOSSIBLE_DAYS:
        page = reader.get(f"/reports/calls/{call_id}?{asked}", status=422)
        assert kept in page.html
        assert 'href="#on"' in page.html
        assert "accepted needs 7" in page.words
        reader.get(f"/reports/calls/{call_id}/needs?{asked}", status=422)
        reader.get(f"/reports/calls/{call_id}/report.pdf?{asked}", status=422)


IMPOSSIBLE_LINES = (
    "dimension=colour&code=red",
    "dimension=theme",
    "dimension=theme&code=%07",
    "dimension=urgency&code=high",
    "dimension=urgency&code=99999999999999999999",
    "dimension=urgency&code=%C2%B2",
    "dimension=theme&code=" + "x" * 500,
    "dimension=theme&code=T2&country=%07",
    "dimension=theme&code=T2&country=" + "x" * 500,
)


def test_a_line_that_cannot_be_is_not_found(
    reader: Reader, st: Actor, call_id: str, published_id: str
) -> None:
    reader.as_(st)
    for line in IMPOSSIBLE_LINES:
        reader.get(f"/reports/calls/{call_id}/needs?{line}", status=404)
        reader.get(f"/reports/editions/{published_id}/needs?{line}", status=404)


def test_a_mark_of_paging_that_is_none_of_ours_shows_the_beginning(
    reader: Reader, st: Actor, call_id: str
) -> None:
    reader.as_(st)
    for after in ("x", "~", "2004-05-24T00:00:00Z~'", "2099-01-01T00:00:00Z~abc", "9", "%07~a"):
        page = reader.get(f"/reports/calls/{call_id}/needs?after={after}")
        assert "Entrevista a posibles víctimas" in page.words, after


def test_a_line_without_needs_says_so(reader: Reader, st: Actor, call_id: str) -> None:
    page = reader.as_(st).get(f"/reports/calls/{call_id}/needs?dimension=theme&code=T19")
    assert "No need stands behind this figure." in page.words


def test_an_edition_is_begun_written_and_published(
    reader: Reader, st: Actor, call_id: str, stored: Stored
) -> None:
    begun = reader.as_(st).submit(f"/reports/calls/{call_id}", f"/reports/calls/{call_id}/editions")
    assert begun.status == 303
    path = begun.location or ""
    page = reader.get(path)
    assert "Edition 1, in preparation" in page.words
    saved = reader.submit(f"{path}/texts", introduction_en="What the network asked for.\nAnd more.",
                          meeting="IX CRM <b>")  # fmt: skip
    assert (saved.status, saved.location) == (303, path)
    page = reader.get(path)
    assert "What the network asked for." in page.words
    assert "IX CRM &lt;b&gt;" in page.html
    asked = reader.get(f"{path}/publication")
    assert "Introduction in Spanish" in asked.words
    assert "Needs: 7 · Countries: 4 · Participants: 1,403" in asked.words
    assert "Needs: 6 · Countries: 4 · Participants: 203" in asked.words
    published = reader.submit(f"{path}/publication", **CONFIRMED)
    assert (published.status, published.location) == (303, path)
    page = reader.get(path)
    assert "Edition 1, published" in page.words
    edition_id = path.rsplit("/", 1)[1]
    assert stored(lambda: db.session.get_one(Edition, edition_id).hash)


def test_a_second_edition_is_not_begun_while_one_is_in_preparation(
    reader: Reader, st: Actor, call_id: str, edition_id: str
) -> None:
    fields = reader.as_(st).get(f"/reports/editions/{edition_id}/texts")
    action = f"/reports/calls/{call_id}/editions"
    sent = reader.send(action, fields.fields(f"/reports/editions/{edition_id}/texts"))
    assert sent.status == 409
    assert "already being prepared" in sent.words


def test_two_officers_writing_at_once_lose_nothing_and_are_told(
    reader: Reader, st: Actor, edition_id: str
) -> None:
    path = f"/reports/editions/{edition_id}/texts"
    mine = reader.as_(st).get(path).fields(path)
    reader.submit(path, introduction_es="De la colega.", meeting="IX CRM")
    stale = reader.send(path, mine, introduction_es="Mía.", agenda_item="4")
    assert stale.status == 409
    assert "De la colega." in stale.words
    assert "A colleague changed this" in stale.words
    assert "Mía." in stale.html
    kept = stale.fields(path)
    assert kept["introduction_es"][0].strip() == "Mía."
    again = reader.send(path, kept)
    assert again.status == 303
    page = reader.get(path)
    assert "Mía." in page.html
    assert "De la colega." not in page.html


UNFIT = (
    ({"title_es": ""}, "Write the title in Spanish."),
    ({"title_en": "x" * 201}, "it may have 200 characters and has 201"),
    ({"introduction_es": "x" * 8001}, "it may have 8000 characters and has 8001"),
    ({"meeting": "a\u202eb"}, "a sign that cannot be kept"),
    ({"conclusion_en": "a\x07b"}, "a sign that cannot be kept"),
)


def test_what_cannot_be_kept_is_said_at_its_place_and_everything_stays_typed(
    reader: Reader, st: Actor, edition_id: str
) -> None:
    path = f"/reports/editions/{edition_id}/texts"
    for change, words in UNFIT:
        sent = reader.as_(st).submit(path, agenda_item="Punto 4", **change)
        assert sent.status == 422
        assert words in sent.words
        assert 'value="Punto 4"' in sent.html
        assert "Punto 4" not in reader.get(path).html


def test_nonsense_in_hidden_fields_publishes_nothing(
    reader: Reader, st: Actor, edition_id: str
) -> None:
    path = f"/reports/editions/{edition_id}/publication"
    for change in ({"digest": "x"}, {"digest": None}, {"revision": "9"}, {"revision": "x"}):
        sent = reader.as_(st).submit(path, **CONFIRMED, **change)
        assert sent.status == 409, change
        assert "nothing was published" in sent.words
    assert "in preparation" in reader.get(f"/reports/editions/{edition_id}").words


def test_an_open_call_and_a_country_that_can_be_worked_out_are_confirmed_before_publishing(
    reader: Reader, st: Actor, edition_id: str
) -> None:
    path = f"/reports/editions/{edition_id}/publication"
    asked = reader.as_(st).get(path)
    assert "The call is still open" in asked.words
    assert "Only one country is unnamed" in asked.words
    assert "confirmed" not in asked.fields(path)
    for ticked in (None, ["open_call"], ["one_unnamed"], ["nonsense"]):
        sent = reader.submit(path, confirmed=ticked)
        assert sent.status == 422
        assert 'href="#confirmed"' in sent.html
        assert 'id="error-confirmed"' in sent.html
        kept = set(sent.fields(path).get("confirmed", ()))
        assert kept == set(ticked or ()) - {"nonsense"}
    assert "in preparation" in reader.get(f"/reports/editions/{edition_id}").words
    assert reader.submit(path, **CONFIRMED).status == 303


def test_figures_are_counted_before_anything_is_written(
    reader: Reader, st: Actor, edition_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[bool] = []
    compile_figures = building.compile_figures

    def noting(*asked: Any) -> Any:
        counted.append(is_writing())
        return compile_figures(*asked)

    monkeypatch.setattr(building, "compile_figures", noting)
    path = f"/reports/editions/{edition_id}/publication"
    fields = {**reader.as_(st).get(path).fields(path), **CONFIRMED}
    for ticked in ([], CONFIRMED["confirmed"]):
        sent = reader.send(path, {**fields, "confirmed": ticked})
        assert sent.status == (303 if ticked else 422)
    assert len(counted) >= 6
    assert not any(counted)


def test_publishing_twice_has_one_effect(reader: Reader, st: Actor, edition_id: str) -> None:
    path = f"/reports/editions/{edition_id}/publication"
    fields = {**reader.as_(st).get(path).fields(path), **CONFIRMED}
    assert [reader.send(path, fields).status for _ in range(2)] == [303, 303]
    other = {**fields, "_key": ["another-key-of-this-page"]}
    assert reader.send(path, other).status == 409
    for gone in (path, f"/reports/editions/{edition_id}/texts"):
        assert reader.get(gone, status=303).location == f"/reports/editions/{edition_id}"


def test_members_and_the_presidency_read_their_edition_once_it_is_published(
    reader: Reader, settled: Settled, st: Actor, edition_id: str
) -> None:
    path = f"/reports/editions/{edition_id}"
    for who in ("hn", "ca", "ppt"):
        reader.as_(settled[who]).get(path, status=404)
        assert path not in reader.get("/reports").links()
    reader.as_(st).submit(f"{path}/publication", **CONFIRMED)
    for who in ("hn", "ca", "ppt"):
        assert path in reader.as_(settled[who]).get("/reports").links()
        for asked in ("", "?audience=full", "?audience=members"):
            page = reader.get(path + asked)
            assert "accepted needs 6" in page.words
            assert "countries named 4" in page.words
            for hidden in ("Ética profesional", "1,403", "No response registered"):
                assert hidden not in page.html
        listed = reader.get(f"{path}/needs?audience=full")
        assert "Title not shown" in listed.words
        assert "Investigación proactiva" not in listed.html
        assert not [link for link in listed.links() if link.startswith("/needs/")]


def test_every_line_of_an_edition_opens_the_needs_it_counted(
    reader: Reader, settled: Settled, published_id: str
) -> None:
    reader.as_(settled["sv"])
    page = reader.get(f"/reports/editions/{published_id}")
    lines = {
        href.replace("&amp;", "&")
        for href in re.findall(r'href="([^"]*dimension[^"]*)"', page.html)
    }
    assert len(lines) > 30
    for link in sorted(lines)[::7]:
        assert "No need stands" not in reader.get(link).words


def many_behind(reader: Reader, url: str) -> int:
    """How many needs the list at an address holds, page after page."""
    many = 0
    while url:
        tree = reader.get(url).tree()
        many += len([row for body in tree.iter("tbody") for row in body.iter("tr")])
        further = [a.get("href", "") for a in tree.iter("a") if a.get("rel") == "next"]
        url = further[0] if further else ""
    return many


def words_in(element: Any) -> str:
    return "".join(element.itertext()).strip()


def led_to(cell: Any) -> str:
    """Where a figure leads: the whole of it does."""
    [link] = cell.iter("a")
    assert words_in(link) == words_in(cell)
    return str(link.get("href"))


def rows_of(table: Any, *parts: str) -> list[Any]:
    return [row for part in parts for row in next(table.iter(part)).iter("tr")]


def opened_by_rows(table: Any) -> dict[str, str]:
    """Address -> number of needs, of a table each of whose rows opens one list."""
    opened = {}
    for head, *figures in rows_of(table, "tbody", "tfoot"):
        opened[led_to(head)] = words_in(figures[0])
        assert {led_to(each) for each in figures} == {led_to(head)}, words_in(head)
    return opened


def opened_by_cells(table: Any) -> dict[str, str]:
    """Address -> number, of a table each of whose cells opens a list; an empty one opens none."""
    opened = {}
    for head, *figures in rows_of(table, "tbody", "tfoot"):
        met = {led_to(each): words_in(each) for each in figures if words_in(each)}
        assert led_to(head) in met
        opened |= met
    return opened


@pytest.mark.parametrize("stage", ["as it stands", "in preparation", "published", "for members"])
def test_every_figure_opens_exactly_the_needs_it_counts(
    reader: Reader, settled: Settled, st: Actor, request: pytest.FixtureRequest, stage: str
) -> None:
    fixture = {"as it stands": "call_id", "in preparation": "edition_id"}.get(stage, "published_id")
    kind = "calls" if stage == "as it stands" else "editions"
    path = f"/reports/{kind}/{request.getfixturevalue(fixture)}"
    main = next(
        reader.as_(settled["sv"] if stage == "for members" else st).get(path).tree().iter("main")
    )
    large = [led_to(figure) for figure in main.iter("dd")]
    *groupings, needs, people = main.iter("table")
    totals = {*large, *(led_to(rows_of(table, "tfoot")[0][0]) for table in groupings)}
    [below] = [p for p in main.iter("p") if words_in(p).startswith("Women:")]
    totals.add(led_to(below))
    assert len(large) == 4
    assert len(totals) == 1
    opened = opened_by_cells(needs)
    assert opened_by_cells(people).keys() == opened.keys()
    for table in groupings:
        opened |= opened_by_rows(table)
    assert len(opened) > 45
    for url, number in opened.items():
        assert many_behind(reader, url) == int(number), url


@pytest.mark.parametrize("stage", ["as it stands", "in preparation", "published", "for members"])
def test_every_figure_of_a_group_opens_the_needs_it_counts(
    reader: Reader, settled: Settled, st: Actor, stored: Stored, request: pytest.FixtureRequest,
    stage: str,
) -> None:  # fmt: skip
    call_id = request.getfixturevalue("call_id")
    stored(lambda: group_of_two(st, call_id))
    fixture = {"as it stands": "call_id", "in preparation": "edition_id"}.get(stage, "published_id")
    kind = "calls" if stage == "as it stands" else "editions"
    path = f"/reports/{kind}/{request.getfixturevalue(fixture)}"
    page = reader.as_(settled["sv"] if stage == "for members" else st).get(path)
    table = list(page.tree().iter("table"))[len(DIMENSIONS) + len(MEASURES)]
    assert page.words.count("Participants by group of similar needs") >= 1
    of_two, alone = rows_of(table, "tbody")
    assert words_in(of_two[0]) == "Interviewing"
    assert words_in(of_two[2]) == "2"
    for head, _countries, number, *_ in (of_two, alone):
        assert many_behind(reader, led_to(head)) == int(words_in(number))
    behind = reader.get(led_to(of_two[0]))
    assert "Interviewing · " in behind.words
    assert "Interviewing children, Bluefields" in behind.words
    reader.get(led_to(of_two[0]).replace("code=", "code=x"), status=404)


def group_of_two(st: Actor, call_id: str) -> None:
    """A group of two needs whose countries let members know of them."""
    named = db.session.scalars(
        db.select(NeedFact.need_id).where(
            NeedFact.call_id == call_id, NeedFact.country.in_(("HN", "NI")),
            NeedFact.title.contains("Entrevista") | NeedFact.title.contains("Interviewing"),
        )
    ).all()  # fmt: skip
    begin(st, call_id, named, Text("Entrevista", "Interviewing"))


@pytest.mark.parametrize("who", ["ca-sponsor", "ar", "op"])
def test_sponsors_and_others_never_read_an_edition(
    reader: Reader, settled: Settled, call_id: str, published_id: str, who: str
) -> None:
    reader.as_(settled[who])
    for path in ("/reports", f"/reports/editions/{published_id}", f"/reports/calls/{call_id}",
                 f"/reports/editions/{published_id}/report.pdf",
                 f"/reports/editions/{published_id}/needs"):  # fmt: skip
        reader.get(path, status=403)
        assert not [link for link in reader.get(path, status=403).links() if "/reports" in link]


def test_what_is_the_secretariats_alone_is_refused_to_members_alike_whether_it_exists(
    reader: Reader, settled: Settled, call_id: str, published_id: str
) -> None:
    reader.as_(settled["hn"]).get("/reports")
    for known, unknown in (
        (f"/reports/calls/{call_id}", "/reports/calls/none"),
        (f"/reports/calls/{call_id}/needs", "/reports/calls/none/needs"),
        (f"/reports/editions/{published_id}/texts", "/reports/editions/none/texts"),
        (f"/reports/editions/{published_id}/publication", "/reports/editions/none/publication"),
    ):
        assert reader.get(known, status=403).words == reader.get(unknown, status=403).words


def test_what_does_not_exist_is_not_found(reader: Reader, st: Actor, call_id: str) -> None:
    reader.as_(st)
    for path in ("calls/none", "calls/none/needs", "editions/none", "editions/none/texts",
                 "editions/none/publication", "editions/none/needs", "editions/none/report.pdf",
                 f"calls/{call_id}/report.exe"):  # fmt: skip
        reader.get(f"/reports/{path}", status=404)
    for path, status in (("/calls/%00", 404), ("/editions/a%00b", 404), ("?after=%00", 400)):
        assert reader.client.get(f"/reports{path}").status_code == status


@pytest.mark.parametrize(("ending", "first"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_files_come_in_the_language_asked_for(
    reader: Reader, settled: Settled, published_id: str, ending: str, first: bytes
) -> None:
    reader.as_(settled["hn"])
    for lang in ("es", "en"):
        response = reader.client.get(
            f"/reports/editions/{published_id}/report.{ending}?lang={lang}"
        )
        assert response.status_code == 200
        assert response.data.startswith(first)
        assert f"INF-2004-1-m-{lang}.{ending}" in response.headers["Content-Disposition"]


def test_a_published_edition_prints_the_same_bytes_each_time(
    reader: Reader, settled: Settled, published_id: str
) -> None:
    reader.as_(settled["hn"])
    path = f"/reports/editions/{published_id}/report.pdf?lang=es"
    with clock.stopped_at(MORNING + 9 * DAY):
        later = reader.client.get(path).data
    assert reader.client.get(path).data == later


def test_editions_are_listed_newest_first_a_page_at_a_time(
    reader: Reader, st: Actor, settled: Settled, stored: Stored
) -> None:
    def many() -> None:
        call = Accepted(settled).call()
        for number in range(1, 31):
            db.session.add(Edition(
                id=f"edition{number}", call_id=call.id, number=number, state="published",
                title_es=f"Edición {number}", title_en=f"Edition {number}", revision=1,
                created_at=MORNING + number * DAY, published_at=MORNING + number * DAY,
            ))  # fmt: skip

    stored(many)
    page = reader.as_(st).get("/reports")
    assert "Edition 30" in page.words
    assert "Edition 5 " not in page.words
    (link,) = [link for link in page.links() if "after=" in link]
    rest = reader.get(link)
    assert "Edition 5 " in rest.words
    (back,) = [link for link in rest.links() if "/reports?after=" in link]
    assert "Edition 30" in reader.get(back).words


def test_empty_states_say_the_next_step(reader: Reader, settled: Settled, st: Actor) -> None:
    assert "Open a call first" in reader.as_(st).get("/reports").words
    assert "No edition has been published yet." in reader.as_(settled["hn"]).get("/reports").words
    assert "There is no call yet." in reader.as_(st).get("/reports/calls").words


def test_pages_take_the_same_statements_with_a_hundred_needs_and_with_a_thousand(
    reader: Reader, st: Actor, settled: Settled, stored: Stored, count_queries: Any
) -> None:
    def with_needs(count: int) -> str:
        accepted = Accepted(settled)
        call = accepted.call(f"with-{count}")
        accepted.needs(call, [[Written(answers=answers())] for _ in range(count)])
        return call.id

    reader.as_(st).get("/reports")  # a process reads once which time it is in a demonstration
    found = []
    for count in (100, 1000):
        call_id = stored(lambda count=count: with_needs(count))
        paths = (f"/reports/calls/{call_id}", f"/reports/calls/{call_id}/needs?dimension=theme&code=T2",
                 "/reports")  # fmt: skip
        found.append([count_queries(lambda path=path: reader.get(path)) for path in paths])
    assert found[0] == found[1]
    assert found[0][0] <= 15


def test_the_page_of_all_figures_is_light(reader: Reader, st: Actor, call_id: str) -> None:
    page = reader.as_(st).get(f"/reports/calls/{call_id}")
    assert len(gzip.compress(page.html.encode())) < 15_000
