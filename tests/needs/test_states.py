"""In each state, is what it does not allow refused, and is what was signed what it says?"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from app.formats.canonical import canonical_json
from app.needs.format import NEED
from app.needs.preview import Choices, hash_of, preview
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.writing import fingerprint

STATES = ("draft", "submitted", "returned", "accepted", "withdrawn", "discarded")
UNSEEN = ("draft", "discarded")
"""What was never submitted does not exist for the Secretariat."""
FORMS: dict[str, tuple[str, str, dict[str, str], frozenset[str]]] = {
    "certify": ("focal", "certification", {"members": "named", "sponsors": "none",
                "preview_hash": "0"}, frozenset({"draft", "returned", "accepted"})),
    "withdraw": ("focal", "withdrawal", {"reason": "Ya no hace falta."},
                 frozenset({"draft", "submitted", "returned", "accepted"})),
    "discard": ("focal", "discarding", {}, frozenset({"draft"})),
    "bring_back": ("focal", "bringing-back", {}, frozenset({"discarded"})),
    "revise": ("focal", "revision", {}, frozenset({"returned", "accepted"})),
    "accept": ("st", "review", {"verdict": "accept"}, frozenset({"submitted"})),
    "return": ("st", "review", {"verdict": "return", "returned": "essentials",
               "reason.essentials": "Falta."}, frozenset({"submitted"})),
}  # fmt: skip
"""verb -> who asks, where, with what, and the states in which it may be done"""


@pytest.fixture
def rows(demonstration: Matrix) -> dict[str, list[dict[str, Any]]]:
    names = ("dossier", "version", "consent", "need_fact", "organisation", "review", "draft")
    with demonstration.app.app_context():
        found = {name: rows_of(name) for name in names}
    needs = {row["id"] for row in found["dossier"] if row["format_name"] == "need"}
    return {**found, "dossier": [row for row in found["dossier"] if row["id"] in needs],
            "version": [row for row in found["version"] if row["dossier_id"] in needs],
            "draft": [row for row in found["draft"] if row["dossier_id"] in needs]}  # fmt: skip


REFUSED = [
    (state, verb) for verb, (*_, states) in FORMS.items() for state in STATES if state not in states
]


@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_a_state_that_does_not_allow_a_verb_refuses_it(
    demonstration: Matrix, rows: dict[str, Any], state: str, verb: str
) -> None:
    role, page, sent, _ = FORMS[verb]
    need = next(one for one in rows["dossier"]
                if one["state"] == state and (role != "st" or one["is_submitted"] or state in UNSEEN))  # fmt: skip
    who = next(
        one for one in demonstration.everybody
        if (one.key == "st.officer" if role == "st" else
            one.organisation_id == need["organisation_id"] and "focal_point" in one.roles)
    )  # fmt: skip
    before = fingerprint(demonstration)
    answer = demonstration.asker.ask(who, "POST", f"/needs/{need['id']}/{page}", data=sent)
    is_hidden = role == "st" and not need["is_submitted"]
    assert answer.status == (404 if is_hidden else 409)
    assert fingerprint(demonstration) == before


def test_every_version_is_numbered_hashed_and_receipted(rows: dict[str, Any]) -> None:
    references = {one["id"]: one for one in rows["dossier"]}
    numbers: dict[str, list[int]] = {}
    for version in rows["version"]:
        document = version["document"]
        assert version["hash"] == hashlib.sha256(document.encode()).hexdigest()
        assert canonical_json(json.loads(document)).decode() == document
        dossier = references[version["dossier_id"]]
        assert version["receipt"] == f"{dossier['reference']}-{version['number']}"
        numbers.setdefault(version["dossier_id"], []).append(version["number"])
    assert len(rows["version"]) >= 20
    for dossier_id, found in numbers.items():
        assert sorted(found) == list(range(1, references[dossier_id]["versions_count"] + 1))
    assert any(len(found) > 1 for found in numbers.values())


def test_what_was_consented_to_is_what_was_on_the_screen(rows: dict[str, Any]) -> None:
    versions = {one["id"]: one for one in rows["version"]}
    countries = {one["id"]: one["country"] for one in rows["organisation"]}
    assert {one["version_id"] for one in rows["consent"]} == set(versions)
    for consent in rows["consent"]:
        version = versions[consent["version_id"]]
        choices = Choices(members=consent["members"], sponsors=consent["sponsors"],
                          withheld=frozenset(consent["withheld"]),
                          released=frozenset(consent["released"]))  # fmt: skip
        content = preview(NEED, json.loads(version["document"]), choices, lang=version["lang"],
                          country=countries[version["organisation_id"]])  # fmt: skip
        assert hash_of(content) == consent["preview_hash"]


def test_a_version_counts_from_its_acceptance_and_not_before(rows: dict[str, Any]) -> None:
    accepted = {one["version_id"] for one in rows["review"] if one["verdict"] == "accepted"}
    in_force = {one["accepted_version_id"] for one in rows["dossier"]} - {None}
    assert in_force <= accepted
    for fact in rows["need_fact"]:
        assert (fact["valid_from"] is not None) == (fact["version_id"] in accepted)
        counts_now = fact["valid_from"] is not None and fact["valid_to"] is None
        assert counts_now == (fact["version_id"] in in_force)


def test_only_what_may_be_written_in_has_an_open_draft(rows: dict[str, Any]) -> None:
    states = {one["id"]: one["state"] for one in rows["dossier"]}
    still_open = [one["dossier_id"] for one in rows["draft"] if one["closed_at"] is None]
    assert len(still_open) == len(set(still_open))
    assert {states[one] for one in still_open} <= {"draft", "returned", "accepted"}
