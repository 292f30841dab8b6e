"""Does nothing that a reader may not see change anything that the reader sees, and do rules only ever take?"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.cases.common_format.format import CASE
from app.formats.answers import with_derived
from app.formats.canonical import canonical_json
from app.formats.completeness import applies, cell_applies, missing
from app.formats.countries import MEMBERS
from app.formats.in_part import AGE_BAND, QUIET, UNKNOWN, in_part, is_reserved, mask_of
from app.formats.spec import Format
from app.reserving import masks
from app.reserving.decision import decisions
from app.reserving.envelope import OWN, RECIPIENT, Envelope, Reader
from app.reserving.matrix import matrix
from app.reserving.owed import reserved_places
from app.reserving.projection import Projection, project
from app.reserving.rule import Direction
from app.reserving.targets import targets
from tests.reserving.documents import little_case
from tests.reserving.naive import ALL, NONE, alone, sight
from tests.reserving.worlds import PURPOSES, TODAY, World, row, rule, value, world
from tests.support.proof import Run

Proof = Callable[..., Run]
FORMS = {"little": little_case, "case": lambda: CASE}


def seen(found: World) -> Projection:
    return project(found.form, found.case, found.sent, found.reader, found.rules, found.approvals)


def told(found: Projection) -> list[Any]:
    """All that is shown, in an order and spelling that a byte of difference would change."""
    return [
        [section.section.key, [[each.field.key, each.state, canonical_json(each.value), [c.key for c in each.cells]]
                               for each in section.fields]]
        for section in found.sections
    ]  # fmt: skip


@pytest.mark.parametrize("form_name", FORMS)
def test_what_may_not_be_seen_changes_nothing(form_name: str, proof: Proof) -> None:
    run = proof(
        f"non-interference-{form_name}",
        what="A case of chance before a reader of chance, under rules of chance: every answer that the reader may"
        " not see (found by another program, one demand after another) is changed, those told in part to others of"
        " which the same part is left, rows of which nothing is seen are added and removed: what is shown and what"
        " may be kept stay the same to the byte; and what may be seen is shown as it is",
        full=5000, sample=150,
    )  # fmt: skip
    form = FORMS[form_name]()
    for chance in run.cases():
        found = world(chance, form)
        before = seen(found)
        changed = with_others(chance, found)
        after = seen(replace(found, case=changed))
        assert told(after) == told(before)
        assert canonical_json(dict(after.document)) == canonical_json(dict(before.document))
        run.count("answers shown", shows_what_may_be_seen(found, before))
        run.count("documents changed", int(changed != found.case))


def with_others(chance: random.Random, found: World) -> dict[str, Any]:
    """The case with other answers wherever the reader may not see them."""
    case: dict[str, Any] = {}
    for field in found.form.fields:
        given = found.case.get(field.key)
        if not field.is_rows:
            case[field.key] = _other(chance, found, field.key, given, None, field)
            continue
        rows = [
            {"id": each["id"], **{
                cell.key: _other(chance, found, f"{field.key}.{cell.key}", each.get(cell.key), each, cell)
                for cell in field.cells
            }}
            for each in given or []
        ]  # fmt: skip
        unseen = [each for each in rows if _tells_nothing(found, field, each)]
        case[field.key] = [each for each in rows if each not in unseen or chance.random() < 0.5]
        more = row(chance, field, "more")
        if chance.random() < 0.5 and _tells_nothing(found, field, more):
            case[field.key].append(more)
    return with_derived(found.form, case)


def _tells_nothing(found: World, field: Any, each: dict[str, Any]) -> bool:
    """Whether a row may be there or not: nothing of it is seen, nor does it decide on consent or a sum."""
    if field.key == "persons" or found.reader.kind == OWN:
        return all(sight(found, f"persons.{cell.key}", each) == NONE for cell in field.cells) and all(
            sight(found, place) == NONE for place, target in targets(found.form).items() if target.sources
        ) and not any(rule.effect == "consent_only" for rule in found.rules)  # fmt: skip
    return all(sight(found, f"{field.key}.{cell.key}", each) == NONE for cell in field.cells
               if each.get(cell.key) is not None)  # fmt: skip


def _other(
    chance: random.Random, found: World, place: str, given: Any, of_row: Any, field: Any
) -> Any:
    if not field.is_asked:
        return given
    how = sight(found, place, of_row)
    if how == ALL or chance.random() < 0.3 or _speaks_through_another(found, place, of_row):
        return given
    other = value(chance, field) if chance.random() < 0.8 else None
    if how == NONE:
        return other
    if given is None or other is None:
        return given
    is_told = sight(found, "detection_date") == ALL
    is_told = is_told and applies(found.form, found.form.field("detection_date"), found.case)
    day = found.case.get("detection_date") if is_told else None
    same = masks.masked(how, other, day) == masks.masked(how, given, day)
    return other if same else given


def _speaks_through_another(found: World, place: str, of_row: Any) -> bool:
    """Whether only its class keeps it, and what follows from it has a milder one: so says the format."""
    return alone(found, place, of_row, only_rules=True) == ALL and any(
        place in target.sources for target in targets(found.form).values()
    )


def shows_what_may_be_seen(found: World, shown: Projection) -> int:
    """The other half: an answer that may be seen is there, and it is the one that was given."""
    count = 0
    for field in found.form.fields:
        given, left = found.case.get(field.key), shown.document.get(field.key)
        counts = applies(found.form, field, found.case)
        if not field.is_rows:
            if counts and sight(found, field.key) == ALL and given is not None:
                assert left == given
                count += 1
            continue
        kept = {each["id"]: each for each in left or []}
        for each in given or []:
            for cell in field.cells:
                if each.get(cell.key) is None or not cell_applies(field, cell, each) or not counts:
                    continue
                if sight(found, f"{field.key}.{cell.key}", each) == ALL:
                    assert kept[each["id"]][cell.key] == each[cell.key]
                    count += 1
    return count


@pytest.mark.parametrize("form_name", FORMS)
def test_a_further_rule_never_shows_more(form_name: str, proof: Proof) -> None:
    run = proof(
        f"reservations-only-take-{form_name}",
        what="A case before a reader under rules of chance, then under one rule more, then read again from the copy"
        " that was kept under the first rules: nothing is shown that was not shown before",
        full=5000, sample=150,
    )  # fmt: skip
    form = FORMS[form_name]()
    for chance in run.cases():
        found = world(chance, form)
        near = (found.sent.sender, found.reader.country or found.sent.sender)
        further = replace(found, rules=(*found.rules, rule(chance, form, "further", near)))
        before, after = seen(found), seen(further)
        assert is_within(after.document, before.document)
        again = replace(further, case=dict(before.document))
        assert is_within(seen(again).document, after.document)
        loosened = replace(found, case=dict(before.document), rules=())
        assert is_within(seen(loosened).document, before.document)
        kept = replace(found, case=dict(before.document))
        assert seen(kept).document == before.document
        run.count("rules that took something", int(after.document != before.document))


def is_within(less: Any, more: Any) -> bool:
    """Whether nothing stands in one document that does not stand, perhaps whole, in the other."""
    for key, left in less.items():
        left, given = without_word(left), without_word(more.get(key))
        if is_reserved(left) or in_part(AGE_BAND, UNKNOWN) in (left, given):
            continue  # of an age whose day may not be known nothing is told anew
        if isinstance(left, list) and left and isinstance(left[0], dict):
            rows = {each["id"]: each for each in given or []}
            if not all(each["id"] in rows and is_within(each, rows[each["id"]]) for each in left):
                return False
        elif mask_of(left) is not None and mask_of(given) is None:
            if given is None:
                return False
        elif left != given and not (isinstance(left, list) and set(left) <= set(given or [])):
            return False
    return True


def without_word(value: Any) -> Any:
    """An answer, without whether its reader may know that it is a part."""
    if mask_of(value) is None:
        return value
    return {key: each for key, each in value.items() if key != QUIET}


@pytest.mark.parametrize("form_name", FORMS)
def test_any_reservations_allow_a_valid_submission(form_name: str, proof: Proof) -> None:
    run = proof(
        f"reservations-allow-submission-{form_name}",
        what="Rules of chance of a sender: once whatever they keep from every country addressed is left out of a"
        " case whose other answers are there, nothing is missing",
        full=2000, sample=60,
    )  # fmt: skip
    form = FORMS[form_name]()
    for chance in run.cases():
        found = world(chance, form)
        rules = [
            replace(each, country=found.sent.sender, direction=Direction.SEND)
            for each in found.rules
        ]
        reserved = reserved_places(form, found.sent, rules)
        given = complete(chance, form, reserved)
        assert missing(form, given, reserved) == ()
        run.count("places reserved", len(reserved))


def complete(chance: random.Random, form: Format, reserved: frozenset[str]) -> dict[str, Any]:
    """A case with an answer wherever none is reserved, and none where one is."""
    answers: dict[str, Any] = {}
    for field in form.fields:
        if field.key in reserved or not field.is_asked:
            continue
        if not field.is_rows:
            answers[field.key] = value(chance, field)
            continue
        asked = [each for each in field.cells if f"{field.key}.{each.key}" not in reserved]
        answers[field.key] = [{"id": "r", **{each.key: value(chance, each) for each in asked}}]
    return answers


@pytest.mark.parametrize("form_name", FORMS)
def test_the_matrix_says_what_will_be_decided(form_name: str, proof: Proof) -> None:
    run = proof(
        f"reservations-matrix-{form_name}",
        what="Rules of chance: what the matrix says of every place of a pair of countries is what is decided of a"
        " communication between them whose class and mark keep nothing back",
        full=1000, sample=30,
    )  # fmt: skip
    form = FORMS[form_name]()
    everything = frozenset(targets(form))
    for chance in run.cases():
        sender, receiver = chance.sample(MEMBERS, 2)
        rules = [rule(chance, form, str(n), (sender, receiver)) for n in range(6)]
        purpose, mark = chance.choice(PURPOSES[:4]), chance.choice(("AMBER", "RED"))
        reader = Reader(RECIPIENT, receiver, "u", purpose, True, released=everything)
        sent = Envelope(sender, frozenset({receiver}), mark, purpose, TODAY)
        decided = decisions(form, sent, reader, rules)
        exact = matrix(form, rules, MEMBERS, TODAY, purpose, mark)
        loose = {line.target.place: line for line in matrix(form, rules, MEMBERS, TODAY)}
        for line in exact:
            place, pair = line.target.place, (sender, receiver)
            assert line.effect(pair) == decided[place].effect, place
            assert loose[place].worst(pair).severity >= decided[place].effect.severity
            assert loose[place].effect(pair).severity <= decided[place].effect.severity
        run.count("places reserved", sum(1 for each in decided.values() if not each.is_open))
