"""Does a sponsor read what its country saw and released, and nothing else?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.needs.format import NEED
from app.needs.preview import hash_of
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration


@pytest.fixture
def rows(demonstration: Matrix) -> dict[str, list[dict[str, Any]]]:
    names = ("summary", "released_summary", "routing", "consent", "version", "organisation",
             "summary_change")  # fmt: skip
    with demonstration.app.app_context():
        return {name: rows_of(name) for name in names}


def released(rows: dict[str, Any]) -> list[tuple[dict, dict, dict, dict]]:
    """Each released summary with its row on our side of the wall, its consent and its version."""
    by_id = {one["id"]: one for one in rows["released_summary"]}
    consents = {one["version_id"]: one for one in rows["consent"]}
    versions = {one["id"]: one for one in rows["version"]}
    return [
        (by_id[one["released_id"]], one, consents[one["version_id"]], versions[one["version_id"]])
        for one in rows["summary"] if one["released_id"]
    ]  # fmt: skip


def test_what_was_released_unchanged_is_what_was_previewed_at_certification(
    rows: dict[str, Any],
) -> None:
    # A part of a group's summary is asked about on its own and leaves the need's summary as it is.
    changed = {one["summary_id"] for one in rows["summary_change"] if not one["grouping_id"]}
    unchanged = 0
    for one, summary, consent, _ in released(rows):
        if summary["id"] not in changed:
            unchanged += 1
            assert hash_of(json.loads(summary["preview"])) == consent["preview_hash"]
            assert items(one["content"]) == items(json.loads(summary["preview"]))
    assert unchanged


def items(content: dict[str, Any]) -> list[Any]:
    return [(item["key"], item.get("value"), item.get("table"))
            for section in content["sections"] for item in section["items"]]  # fmt: skip


def test_no_field_that_needs_release_is_in_a_summary_without_it(rows: dict[str, Any]) -> None:
    needing = {field.key for field in NEED.fields if field.release}
    assert needing
    for one, _, consent, _ in released(rows):
        keys = {key for key, _, _ in items(one["content"])}
        assert keys & needing <= set(consent["released"])
        assert not keys & set(consent["withheld"])


def test_no_summary_is_made_where_the_country_said_none(rows: dict[str, Any]) -> None:
    consents = {one["version_id"]: one["sponsors"] for one in rows["consent"]}
    assert rows["summary"]
    assert all(consents[one["version_id"]] != "none" for one in rows["summary"])


def test_a_country_that_did_not_agree_is_named_nowhere_on_a_sponsors_pages(
    demonstration: Matrix, rows: dict[str, Any]
) -> None:
    organisations = {one["id"]: one for one in rows["organisation"]}
    asked = 0
    for one, summary, consent, version in released(rows):
        if consent["sponsors"] != "unnamed":
            continue
        owner = organisations[summary["organisation_id"]]
        unreleased = [
            value for key, value in json.loads(version["document"]).items()
            if isinstance(value, str) and len(value) > 25 and key not in consent["released"]
        ]  # fmt: skip
        for routing in rows["routing"]:
            if routing["released_id"] != one["id"]:
                continue
            sponsors = [who for who in demonstration.everybody
                        if who.organisation_id == routing["sponsor_id"]]  # fmt: skip
            for who in sponsors:
                page = demonstration.asker.ask(who, "GET", f"/received/{routing['id']}")
                assert page.status == (404 if routing["state"] == "recalled" else 200)
                main = page.body.decode().split("<main", 1)[1].split("</main>", 1)[0]
                for word in (owner["name_es"], owner["id"], summary["need_id"], *unreleased):
                    assert word not in main, word
                asked += 1
    assert asked
