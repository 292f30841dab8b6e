"""How are sealed answers certified, and carried into the next draft without anybody reading them?

A version's document holds at their places what was committed to: a salted hash whose salt is sealed along
with the answer. The document's own hash can be verified for ever, also once the record's key is destroyed,
and then nothing is left against which a short answer could be tried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import insert, select

from app.audit import trail
from app.extensions import db
from app.formats.hidden import hidden, is_hidden
from app.formats.spec import Format, Klass
from app.intake import drafting
from app.intake.answers import Place, Written
from app.intake.models import NO_ROW, Draft, Version, VersionSealed
from app.intake.sealed import sealing
from app.intake.sealed.at_rest import put_all
from app.intake.sealed.places import in_draft, in_version, key_of, refusing
from app.policy.actor import Actor
from app.sealing import envelope

JUDGED = "sealed-judged"
"""The event that says that the engine itself looked at what is sealed, to check it; nobody read it."""
_TABLE: Any = VersionSealed.__table__


def judged(actor: Actor, draft: Draft, form: Format, found: Written) -> Written:
    """The draft with what is sealed in it opened, so that it can be checked; put on record."""
    values = sealing.opened(draft, form, found)
    if not values:
        return found
    trail.record(
        actor, JUDGED, subject=("draft", draft.id), owner=draft.organisation_id,
        detail={"keys": sorted({key for _row, key in values})},
    )  # fmt: skip
    return sealing.with_opened(found, values)


def committed(
    form: Format, draft: Draft, found: Written, document: Mapping[str, Any], version: Version
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The document as it is certified, and the rows of what is sealed in it.

    `found` are the answers as they are stored, `document` what they say. What is worked out and sealed
    has no answer of its own: it is sealed here.
    """
    if not form.is_sensitive:
        return dict(document), []
    plain, rows, marks = _copied(document), [], {}
    with refusing():
        for place, value in _sealed_in(form, document):
            stored = found.answers.get(place)
            made = _into_version(form, draft, place, value, stored.sealed if stored else None,
                                 stored.revision if stored else 0, version)  # fmt: skip
            klass, sealed, mark = made
            marks[place] = hidden(mark)
            rows.append({"version_id": version.id, "organisation_id": version.organisation_id,
                         "row_id": place[0], "key": place[1], "klass": klass, "sealed": sealed})  # fmt: skip
    return put_all(plain, marks), rows


def _into_version(
    form: Format, draft: Draft, place: Place, value: Any, sealed: bytes | None, revision: int,
    version: Version,
) -> tuple[str, bytes, str]:  # fmt: skip
    key, klass = key_of(draft), form.stored_sealed[place[1]].value
    to = in_version(version, place, klass)
    if sealed is None:
        made = envelope.seal(key, to, value)
    else:
        made = envelope.reseal(key, in_draft(draft, place, klass, revision), sealed, key, to)
    return klass, made, envelope.commitment(key, to, made)


def _sealed_in(form: Format, document: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    for asked in form.fields:
        if not asked.is_rows:
            if asked.key in form.stored_sealed and document.get(asked.key) is not None:
                yield (NO_ROW, asked.key), document[asked.key]
            continue
        for row in document.get(asked.key) or ():
            for cell in asked.cells:
                key = f"{asked.key}.{cell.key}"
                if key in form.stored_sealed and row.get(cell.key) is not None:
                    yield (row["id"], key), row[cell.key]


def _copied(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: [dict(each) if isinstance(each, Mapping) else each for each in value]
        if isinstance(value, list)
        else value
        for key, value in document.items()
    }


def keep(rows: list[dict[str, Any]]) -> None:
    """Write what is sealed of a version that is stored."""
    if rows:
        db.session.execute(insert(_TABLE), rows)


def sealed_of(version: Version) -> dict[Place, tuple[str, bytes]]:
    """Place -> class and bytes of what is sealed in a version."""
    found = db.session.execute(
        select(_TABLE.c.row_id, _TABLE.c.key, _TABLE.c.klass, _TABLE.c.sealed).where(
            _TABLE.c.version_id == version.id
        )
    )
    return {(row, key): (klass, sealed) for row, key, klass, sealed in found}


def opened(version: Version, keys: Any = None) -> dict[Place, Any]:
    """What the answers of a version say that are opened on purpose; of these keys only, where any are named.

    Whoever calls this records it. Raises Refusal where they cannot be opened.
    """
    wanted = {place: each for place, each in sealed_of(version).items()
              if Klass(each[0]).is_sealed and (keys is None or place[1] in keys)}  # fmt: skip
    if not wanted:
        return {}
    with refusing():
        key = key_of(version)
        return {
            place: envelope.unseal(key, in_version(version, place, klass), sealed)
            for place, (klass, sealed) in wanted.items()
        }


def with_opened(document: Mapping[str, Any], values: Mapping[Place, Any]) -> dict[str, Any]:
    """A version's document with what was opened of it, for this response alone."""
    return put_all(_copied(document), values)


def carry_into(actor: Actor, draft: Draft, form: Format, version: Version) -> None:
    """Seal what is sealed in a version again, as the first words of a new draft of the same record."""
    wanted = sealed_of(version) if form.is_sensitive else {}
    asked = {place: each for place, each in wanted.items() if _is_asked(form, place[1], each[0])}
    if not asked:
        return
    with refusing():
        key = key_of(draft)
        moved = {
            place: envelope.reseal(
                key, in_version(version, place, klass), sealed, key,
                in_draft(draft, place, form.stored_sealed[place[1]].value, 1),
            )
            for place, (klass, sealed) in asked.items()
        }  # fmt: skip
    drafting.add_sealed(actor, draft, moved)


def _is_asked(form: Format, key: str, klass: str) -> bool:
    """Whether it is asked still, or names its row; and is not to be read by more people than before."""
    name, _sep, cell = key.partition(".")
    now = form.stored_sealed.get(key)
    if now is None or (Klass(klass).is_sealed and not now.is_sealed):
        return False
    field = form.field(name)
    asked = field.cell(cell) if cell else field
    return asked.is_asked or asked.sequence is not None


def as_certified(
    form: Format, version: Mapping[str, Any], document: Mapping[str, Any]
) -> dict[str, Any]:
    """A draft's document in which what is sealed, and never changed since that version, reads alike.

    A draft that was opened from a version begins each answer at its first revision.
    """
    before = dict(_sealed_in(form, version))
    same = {
        place: before[place] for place, value in _sealed_in(form, document)
        if is_hidden(value) and place in before and value["sealed"].endswith(":1")
    }  # fmt: skip
    return put_all(_copied(document), same)
