"""Does everybody see what became of the needs in which she took part, and of no others?"""

from __future__ import annotations

import html
import re

import pytest

from tests.access.matrix import Matrix
from tests.access.things import needs, rows_of
from tests.access.world import demonstration as demonstration


def page(matrix: Matrix, key: str) -> str:
    who = next(one for one in matrix.everybody if one.key == key)
    answer = matrix.asker.ask(who, "GET", "/mine")
    assert answer.status == 200
    return answer.body.decode()


@pytest.mark.parametrize("key", ["hn.focal", "hn.contributor", "mx.focal"])
def test_every_need_in_which_a_person_took_part_stands_there_and_no_other(
    demonstration: Matrix, key: str
) -> None:
    who = next(one for one in demonstration.everybody if one.key == key)
    with demonstration.app.app_context():
        drafts = {row["id"]: row["dossier_id"] for row in rows_of("draft")}
        wrote = {
            drafts[row["subject_id"]] for row in rows_of("audit_event")
            if row["kind"] == "answer-saved" and row["person_id"] == who.person_id
        }  # fmt: skip
        certified = {row["dossier_id"] for row in rows_of("version")
                     if row["certified_by"] == who.person_id}  # fmt: skip
        started = {row["id"] for row in needs() if row["started_by"] == who.person_id}
        references = {
            row["reference"]: row["id"] in wrote | certified | started
            for row in needs()
        }  # fmt: skip
    shown = page(demonstration, key)
    assert any(references.values())
    for reference, took_part in references.items():
        assert (f">{reference}<" in shown) is took_part, reference


def test_the_steps_are_what_is_recorded(demonstration: Matrix) -> None:
    with demonstration.app.app_context():
        honduras = next(one.organisation_id for one in demonstration.everybody
                        if one.key == "hn.focal")  # fmt: skip
        own = {row["id"] for row in needs() if row["organisation_id"] == honduras}
        receipts = [v["receipt"] for v in rows_of("version") if v["dossier_id"] in own]
        verdicts = [r["verdict"] for r in rows_of("review") if r["organisation_id"] == honduras]
    shown = page(demonstration, "hn.focal")
    for receipt in receipts:
        assert f"acuse de recibo {receipt}" in shown
    assert shown.count("Aceptada por la Secretaría Técnica") == verdicts.count("accepted")
    assert shown.count("Devuelta para ajustes") >= verdicts.count("returned")


def test_how_many_sponsors_read_it_is_said_and_not_which(demonstration: Matrix) -> None:
    with demonstration.app.app_context():
        summaries = {row["id"]: row for row in rows_of("summary")}
        of_release = {r["released_id"]: r["summary_id"] for r in rows_of("summary_release")}
        routings = rows_of("routing")
        read = [summaries[of_release[r["released_id"]]] for r in routings if r["opened_at"]]
        sponsors = {o["name_es"] for o in rows_of("organisation") if o["kind"] == "sponsor"}
    assert read
    owner = read[0]["organisation_id"]
    who = next(one for one in demonstration.everybody
               if one.organisation_id == owner and "focal_point" in one.roles)  # fmt: skip
    shown = page(demonstration, who.key)
    assert "Leída por" in shown
    assert not [name for name in sponsors if name in shown.split("<main")[1]]


def test_an_edition_is_opened_where_it_lists_the_need(demonstration: Matrix) -> None:
    found = 0
    for who in demonstration.everybody:
        if not {"focal_point"} & who.roles:
            continue
        shown = page(demonstration, who.key)
        for need in shown.split('<section class="became"')[1:]:
            reference = re.search(r'<span class="ref">([^<]+)<', need)
            place = re.search(r'<a href="([^"]+)#need-(\d+)">[^<]*necesidad n\.º (\d+)<', need)
            if place is None:
                continue
            assert reference
            address, anchor, number = html.unescape(place[1]), place[2], place[3]
            assert anchor == number
            listed = demonstration.asker.ask(who, "GET", address).body.decode()
            row = re.search(rf'<tr id="need-{number}">(.*?)</tr>', listed)
            assert row, f"{address} does not list no. {number}"
            assert f">{reference[1]}<" in row[1]
            found += 1
    assert found
