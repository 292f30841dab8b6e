"""How do files travel with a communication: under whose key, and which of them may be read there?

What is delivered holds copies of its own, sealed anew under its own key: what the projection kept back was
never there, and recalling or forgetting a copy forgets its files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.attachments.sealed import keeping
from app.attachments.sealed.keeping import Holder
from app.attachments.sealed.models import SealedFile
from app.cases.exchanges.models import Delivery, Exchange
from app.formats.spec import Format, Klass
from app.intake.enclosed import places

Marks = Mapping[str, tuple[Klass, str]]


def holder_of(exchange: Exchange) -> Holder:
    """Under whose key the sender's files are."""
    return Holder(exchange.id, exchange.organisation_id)


def holder_of_copy(delivery: Delivery) -> Holder:
    """Under whose key the files of a copy are."""
    return Holder(delivery.id, delivery.organisation_id)


def ids_in(form: Format, document: Mapping[str, Any]) -> list[str]:
    """Which files a document names, where that can be read."""
    found: list[str] = []

    def note(ids: list[str]) -> list[str]:
        found.extend(ids)
        return ids

    places.each_list(form, dict(document), note)
    return found


def names_any(form: Format, document: Mapping[str, Any]) -> bool:
    """Whether a document has files, sealed or not."""
    for key in places.keys(form):
        table, dot, cell = key.partition(".")
        said = document.get(table)
        rows = said if isinstance(said, list) and dot else ()
        if (said and not dot) or any(row.get(cell) for row in rows):
            return True
    return False


def marked(form: Format, document: dict[str, Any], holder: Holder) -> tuple[dict[str, Any], Marks]:
    """A document with no file but those that its holder has, and how these are classed and marked."""
    if not ids_in(form, document):
        return document, {}
    marks = keeping.marks_of(_living(holder))
    return places.without_unknown(form, document, marks), marks


def carried(
    form: Format, document: Mapping[str, Any], source: Holder, to: Holder
) -> dict[str, Any]:
    """A projected document with the files that are left in it copied for its new holder."""
    wanted = ids_in(form, document)
    if not wanted:
        return dict(document)
    there = _living(source)
    copies = {each: keeping.copy(there[each], to).id for each in dict.fromkeys(wanted)}
    return places.each_list(form, dict(document), lambda ids: [copies[each] for each in ids])


def secret_ids(marks: Marks) -> frozenset[str]:
    """Files of class secret: in a copy there are only those that were released expressly."""
    return frozenset(each for each, (klass, _mark) in marks.items() if klass is Klass.SECRET)


def chosen(delivery: Delivery, ids: Iterable[str]) -> dict[str, SealedFile]:
    """The files of a copy with these ids."""
    there = _living(holder_of_copy(delivery))
    return {each: there[each] for each in ids if each in there}


def _living(holder: Holder) -> dict[str, SealedFile]:
    files = keeping.files_of(holder)
    return {key: each for key, each in files.items() if each.removed_at is None}
