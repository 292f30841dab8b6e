"""Does a sponsor ever come across the name of a country that did not agree to be named to it?

Every endpoint there is, for every record there is, is asked as every sponsor, with GET and with an
empty form, and every mail that sponsors got is read. An endpoint that is added tomorrow is asked too.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest

from app.formats.cleaning import plain
from app.formats.countries import MEMBERS, country_names
from app.funding.offers.queries import today
from app.funding.pledges.queries import FUNDED, SentCourse
from app.organisations.countries import alpha3
from app.organisations.naming import ALSO_CALLED, WORDS_TOO
from app.summaries.received import Received
from tests.access.asking import Somebody, nothing_stays
from tests.access.canaries import readable
from tests.access.matrix import Matrix, Question, decision
from tests.access.things import needs, rows_of
from tests.access.world import demonstration as demonstration

WORD = re.compile(r"[^\W_]+")
LIST = re.compile(r"<(select|fieldset|ul|ol|datalist)\b.*?</\1>", re.S)
TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]+>", re.S)
CODES = re.compile(r"""
    <select[^>]*name="zone".*?</select> | <option\ value="[A-Z]{3}"[^>]*>.*?</option>
    | <input[^>]*name="languages"[^>]*><label[^>]*>.*?</label>
""", re.S | re.X)  # fmt: skip
"""Time zones by their cities, currencies and languages to choose from: the same for everybody."""
CLOCKS = re.compile(r"\d\d:\d\d \((?:Panamá|Panama|[^()<]{3,30})\)")
"""A deadline is said with the city whose clocks it is on: the Secretariat's, or the reader's."""
DOLLARS = re.compile(r"d[óo]lar(?:es)? estadounidenses?|US dollars?", re.I)
"""What costs are planned in."""
OF_THE_DEMONSTRATION = {"demonstration.mail", "demonstration.letter"}
"""Everybody's mail, where there is no mail server; these pages exist in a demonstration alone."""


def called(country: str) -> set[tuple[str, ...]]:
    """What a country is called by, word for word, without accents and in small letters."""
    names = {country_names(lang)[country] for lang in ("es", "en")} | set(ALSO_CALLED[country])
    found = {words(name) for name in names}
    found |= {(*name[:-1], name[-1] + "s") for name in found}
    if alpha3(country) not in WORDS_TOO:
        found.add((plain(alpha3(country)),))
    return {name for name in found if name and name not in (("us",), ("u", "s"), ("u", "s", "a"))}


def words(text: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in WORD.findall(text))


BY_FIRST_WORD: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
for _country in sorted(MEMBERS):
    for _name in called(_country):
        BY_FIRST_WORD.setdefault(_name[0], []).append((_country, _name))


def named(text: str) -> set[str]:
    """The countries that a text names."""
    said = words(text)
    return {
        country
        for at, word in enumerate(said)
        for country, name in BY_FIRST_WORD.get(word, ())
        if said[at : at + len(name)] == name
    }


def shown(body: bytes) -> str:
    """What a reader gets to see, but for lists in which all members stand alike."""
    text = readable(body)
    if "<html" not in text[:300] and not text.lstrip().startswith("<"):
        return text

    def without(match: re.Match[str]) -> str:
        is_of_all = named(unescape(TAG.sub(" ", match[0]))) == set(MEMBERS)
        return " " if is_of_all else match[0]

    return DOLLARS.sub(
        " ", CLOCKS.sub(" ", unescape(TAG.sub(" ", LIST.sub(without, CODES.sub(" ", text)))))
    )


def sponsors(matrix: Matrix) -> list[Somebody]:
    """One person of each sponsor, the one who may do the most."""
    found: dict[str, Somebody] = {}
    for one in sorted(matrix.everybody, key=lambda one: "sponsor_pledger" not in one.roles):
        if one.kind == "sponsor":
            found.setdefault(one.organisation, one)
    return [found[key] for key in sorted(found)]


def agreed(matrix: Matrix, who: Somebody) -> set[str]:
    """The countries that this sponsor may know: its own, those that named themselves to it, and those
    that it chose in an offer of its own.

    By the records of each country's own consent and decisions, never by what was released.
    """
    with matrix.app.app_context():
        organisations = {row["id"]: row for row in rows_of("organisation")}
        held = {row["released_id"] for row in rows_of("routing")
                if row["sponsor_id"] == who.organisation_id and row["state"] != "recalled"}  # fmt: skip
        by_consent = {organisations[each]["country"] for each in _named_in(held)}
        by_word = {row["country"] for row in rows_of("country_reveal")
                   if row["sponsor_id"] == who.organisation_id}  # fmt: skip
        offers = [row for row in rows_of("offer")
                  if row["organisation_id"] == who.organisation_id]  # fmt: skip
    own = {organisations[who.organisation_id]["country"]}
    typed = {country for row in offers for country in row["countries"] or ()}
    return {each for each in own | by_consent | by_word | typed if each}


def _named_in(released: set[str]) -> set[str]:
    """The delegations that consented to stand by name in these releases."""
    summaries = {row["id"]: row for row in rows_of("summary")}
    consents = {row["version_id"]: row["sponsors"] for row in rows_of("consent")}
    grouped = {row["released_id"]: row["id"] for row in rows_of("group_summary")}
    silent = {(row["summary_id"], row["grouping_id"]) for row in rows_of("summary_change")
              if row["decision"] == "silence"}  # fmt: skip
    consented = {(row["summary_id"], row["grouping_id"]) for row in rows_of("summary_change")
                 if row["decision"] == "consented"}  # fmt: skip
    return {
        row["organisation_id"] for row in rows_of("summary_release")
        if row["released_id"] in released
        and consents[summaries[row["summary_id"]]["version_id"]] == "named"
        and (row["summary_id"], of := grouped.get(row["released_id"])) not in silent
        and (of is None or (row["summary_id"], of) in consented)
    }  # fmt: skip


def _own_words(content: dict[str, Any], released: set[str]) -> str:
    """What a country wrote in its own words, or said of other countries and released itself.

    A group's summary has none: `released` is empty there.
    """
    said: list[str] = []
    for section in content["sections"]:
        for item in section["items"]:
            if item.get("is_free_text") or ("value" in item and item["key"] in released):
                said += item["value"].values()
            table = item.get("table", {"rows": (), "free_texts": ()})
            for row in table["rows"]:
                said += [text for cell, is_free in zip(row, table["free_texts"], strict=True)
                         if is_free for text in cell.values()]  # fmt: skip
    return "\n".join(said)


def _released_keys() -> dict[str, set[str]]:
    """Release of a single need -> the items that its country's consent released."""
    versions = {row["id"]: row["version_id"] for row in rows_of("summary")}
    consents = {row["version_id"]: set(row["released"]) for row in rows_of("consent")}
    grouped = {row["released_id"] for row in rows_of("group_summary")}
    return {row["released_id"]: consents[versions[row["summary_id"]]]
            for row in rows_of("summary_release") if row["released_id"] not in grouped}  # fmt: skip


def written(matrix: Matrix) -> dict[str, set[str]]:
    """Record -> the countries named in words that a country released to sponsors, or a sponsor wrote."""
    with matrix.app.app_context():
        keys = _released_keys()
        released = {row["id"]: _own_words(row["content"], keys.get(row["id"], set()))
                    for row in rows_of("released_summary")}  # fmt: skip
        said = {row["id"]: released[row["released_id"]] for row in rows_of("routing")}
        said |= {row["id"]: str(row) for row in rows_of("offer")}
        found = {id: named(text) for id, text in said.items()}
        for row in rows_of("course"):
            found[row["id"]] = consenting(row)
        for row in rows_of("course_invitation"):
            found[row["id"]] = found.get(row["course_id"], set())
    return found


def consenting(course: dict[str, Any]) -> set[str]:
    """The countries that sponsors of a course may read, by the records of their own consent.

    Never by the sheet, which is what is asked about.
    """
    organisations = {row["id"]: row for row in rows_of("organisation")}
    in_force = {row["accepted_version_id"] for row in needs()}
    by_need = {row["need_id"]: row["sponsors"] for row in rows_of("consent")
               if row["version_id"] in in_force}  # fmt: skip
    said: dict[str, set[str]] = {}
    for row in rows_of("course_seat"):
        if row["course_id"] == course["id"]:
            said.setdefault(row["organisation_id"], set()).add(by_need.get(row["need_id"], "none"))
    agreed = {id for id, words in said.items() if words == {"named"}}
    agreed |= {course["host_id"]} if host_agrees(course) else set()
    by_name = {organisations[row["organisation_id"]]["name_en"] for row in rows_of("pledge")
               if row["course_id"] == course["id"] and row["role"] == "sponsor"
               and row["state"] in FUNDED}  # fmt: skip
    return {organisations[id]["country"] for id in agreed}.union(*map(named, by_name))


def host_agrees(course: dict[str, Any]) -> bool:
    """Its word on the course, or else a yes in each offer of it to host."""
    words = [row["named"] for row in rows_of("course_host_word")
             if (row["course_id"], row["organisation_id"]) == (course["id"], course["host_id"])]  # fmt: skip
    offers = [row["named_to_sponsors"] for row in rows_of("offer")
              if row["organisation_id"] == course["host_id"] and "host" in row["roles"]
              and row["state"] == "open" and row["valid_until"] >= today()]  # fmt: skip
    return all(words or offers) and bool(words or offers)


def questions(matrix: Matrix, who: Somebody) -> Iterator[Question]:
    """All that somebody can ask; where the role alone forbids it, once for each endpoint and method."""
    forbidden: set[tuple[str, str]] = set()
    for question in matrix.questions([who], ways=(False,)):
        place, decided = (question.endpoint, question.method), decision(question)
        if decided == "public" or place in forbidden or question.endpoint in OF_THE_DEMONSTRATION:
            continue
        if decided == "forbidden":
            forbidden.add(place)
        yield question


@pytest.fixture
def asked(demonstration: Matrix) -> Iterator[Matrix]:
    with nothing_stays(pytest.MonkeyPatch(), demonstration.asker):
        yield demonstration


def test_no_answer_to_a_sponsor_names_a_country_that_did_not_agree(asked: Matrix) -> None:
    people, leaks, seen, words_of = sponsors(asked), [], 0, written(asked)
    assert len(people) >= 4
    for who in people:
        secret = set(MEMBERS) - agreed(asked, who)
        assert secret, f"{who} knows every country"
        for question in questions(asked, who):
            answer = asked.asker.ask(who, question.method, question.path)
            seen += answer.status == 200
            stands_there = words_of.get(question.thing.id, set()) if question.thing else set()
            if found := (named(shown(answer.all_shown)) & secret) - stands_there:
                leaks.append(f"{question}: {answer.status} names {sorted(found)}")
    assert seen > 10 * len(people)
    assert not leaks, "\n".join(leaks[:20])


def test_no_mail_to_a_sponsor_names_one(demonstration: Matrix) -> None:
    with demonstration.app.app_context():
        addresses = {row["id"]: row["email"] for row in rows_of("person")}
        mails = rows_of("delivered_mail")
    read, leaks = 0, []
    elsewhere = {one.person_id for one in demonstration.everybody if one.kind != "sponsor"}
    for who in (one for one in demonstration.everybody
                if one.kind == "sponsor" and one.person_id not in elsewhere):  # fmt: skip
        secret = set(MEMBERS) - agreed(demonstration, who)
        for mail in mails:
            if mail["to"] == addresses[who.person_id]:
                read += 1
                leaks += [f"{who}: {mail['subject']}: {each}"
                          for each in named(f"{mail['subject']}\n{mail['body']}") & secret]  # fmt: skip
    assert read
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("La academia hondureña", "HN"),
        ("the Hondurans say", "HN"),
        ("HND-2004-003", "HN"),
        ("República Dominicana", "DO"),
        ("COSTA RICA", "CR"),
        ("Estados Unidos", "US"),
    ],
)
def test_what_names_a_country_is_known_again(text: str, country: str) -> None:
    assert named(text) == {country}


def test_only_a_list_of_all_members_is_passed_over() -> None:
    names = [country_names("es")[country] for country in sorted(MEMBERS)]
    whole = "".join(f"<option>{name}</option>" for name in names)
    assert named(shown(f"<html><select>{whole}</select></html>".encode())) == set()
    part = "".join(f"<option>{name}</option>" for name in names[:-1])
    assert named(shown(f"<html><select>{part}</select></html>".encode())) == set(
        sorted(MEMBERS)[:-1]
    )


def test_a_name_that_slips_in_is_found(asked: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    who = next(one for one in sponsors(asked) if one.organisation == "mx.sponsor")

    def telling(actor: Any, found: Any) -> Any:
        title = {"es": "Para Guatemala", "en": "For Guatemala"}
        content = {**found.released.content, "title": title}
        return Received(found.routing, SimpleNamespace(reference="X", content=content))  # type: ignore[arg-type]

    monkeypatch.setattr("app.summaries.sponsor_views.open_on_record", telling)
    answers = [asked.asker.ask(who, "GET", one.path)
               for one in asked.questions([who], ["received.show"], ways=(False,))
               if one.thing is not None and one.thing.exists_for(who)]  # fmt: skip
    assert "GT" not in agreed(asked, who)
    assert any("GT" in named(shown(answer.all_shown)) for answer in answers)


def test_a_group_s_summary_is_read_with_those_alone_by_name_that_consented(asked: Matrix) -> None:
    (who,) = (one for one in sponsors(asked) if one.organisation == "unhcr")
    assert agreed(asked, who) == {"GT"}, (
        "Nicaragua is unnamed, El Salvador objected, Costa Rica sends nothing"
    )
    pages = [asked.asker.ask(who, "GET", one.path)
             for one in asked.questions([who], ["received.show"], ways=(False,))
             if one.thing is not None and one.thing.exists_for(who)]  # fmt: skip
    assert [named(shown(page.all_shown)) for page in pages] == [{"GT"}]


@pytest.mark.parametrize("key", ["countries", "sections"])
def test_a_country_that_slips_into_a_group_s_summary_is_found(
    asked: Matrix, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    (who,) = (one for one in sponsors(asked) if one.organisation == "unhcr")

    def telling(actor: Any, found: Any) -> Any:
        content = copy.deepcopy(found.released.content)
        if key == "countries":
            content["countries"] = ["GT", "SV"]
        else:
            content["sections"][0]["items"][0]["label"] = {"es": "El Salvador", "en": "El Salvador"}
        return Received(found.routing, SimpleNamespace(reference="X", content=content))  # type: ignore[arg-type]

    monkeypatch.setattr("app.summaries.sponsor_views.open_on_record", telling)
    allowed, found = written(asked), set()
    for one in asked.questions([who], ["received.show"], ways=(False,)):
        if one.thing is not None and one.thing.exists_for(who):
            seen = named(shown(asked.asker.ask(who, "GET", one.path).all_shown))
            found |= seen - agreed(asked, who) - allowed[one.thing.id]
    assert found == {"SV"}


@pytest.mark.parametrize("where", ["host", "funders", "held_before"])
def test_a_country_that_slips_into_a_sheet_is_found(
    asked: Matrix, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    name = {"es": "Delegación de Belice", "en": "Delegation of Belize"}
    slipped = {"host": name, "funders": [name], "held_before": [{"title": name, "ends_on": None}]}

    def telling(invitation: Any, sheet: Any, *pledges: Any) -> Any:
        content = {**sheet.content, where: slipped[where]}
        told = SimpleNamespace(content=content, number=sheet.number, released_at=sheet.released_at)
        return SentCourse(invitation, told, *pledges)  # type: ignore[arg-type]

    monkeypatch.setattr("app.funding.pledges.queries.SentCourse", telling)
    found, allowed = 0, written(asked)
    for who in sponsors(asked):
        for one in asked.questions([who], ["received_courses.show"], ways=(False,)):
            if one.thing is not None and one.thing.exists_for(who):
                seen = named(shown(asked.asker.ask(who, "GET", one.path).all_shown))
                found += "BZ" in seen - agreed(asked, who) - allowed[one.thing.id]
    assert found
