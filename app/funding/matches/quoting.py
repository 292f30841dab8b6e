"""What of a match may be quoted to the sponsor whose offer it is, when a summary is sent to it?

Less than the Secretariat reads: only what fits, only what the offer says itself (`for_sponsor`), and of
that only what stands in the summary as well. So no sentence tells more of the need than the summary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from app.extensions import db
from app.formats.spec import Text
from app.funding.matches import asked, offered, queries
from app.funding.matches.computing import LABELS
from app.funding.offers.models import Offer
from app.funding.offers.queries import today
from app.matching.criterion import Pair
from app.matching.facts import Asked, Offered
from app.matching.match import for_sponsor, match
from app.organisations.models import Organisation
from app.policy.actor import OrganisationKind
from app.summaries import contents
from app.summaries.beginnings import Beginning
from app.summaries.queries import OpenedSummary

FIELDS = {
    "theme": ("themes",), "profile": ("audience",), "level": ("level",), "language": ("languages",),
    "window": ("window_from", "window_to"), "seats": ("audience",), "costs": ("costs",),
    "modality": ("modality",),
}  # fmt: skip
"""Criterion -> the fields of the need on which it rests; all must stand in the summary."""
MOST = 10
_QUOTED = re.compile(r"“([^”]+)”")


def beginnings(opened: OpenedSummary) -> list[Beginning]:
    """Words for each sponsor with an open offer that fits, by its best offer; the best first."""
    needs = asked.needs(asked.of_need(opened.dossier.id))
    if not needs:
        return []
    day, found = today(), []
    weights = queries.weights()
    offers = offered.offers(_of_sponsors())
    for named in offers:
        pair = _pair(needs[0].facts, named.facts, day)
        judged = match(pair, weights, named.facts.key)
        if not judged.failed and (text := _text(opened, pair)):
            found.append((judged.order, named, text))
    owners = _owners([named.facts.key for _, named, _ in found])
    best: dict[str, Beginning] = {}
    for _, named, text in sorted(found, key=lambda each: each[0]):
        key = named.facts.key
        best.setdefault(owners[key], Beginning(key, owners[key], named.title.es, named.lang, text))
    return list(best.values())[:MOST]


def _of_sponsors() -> Any:
    sponsors = db.select(Organisation.id).where(Organisation.kind == OrganisationKind.SPONSOR.value)
    return (Offer.state == "open") & Offer.organisation_id.in_(sponsors)


def _owners(offer_ids: list[str]) -> dict[str, str]:
    query = db.select(Offer.id, Offer.organisation_id).where(Offer.id.in_(offer_ids))
    return {row.id: row.organisation_id for row in db.session.execute(query)}


def _pair(one: Asked | Offered, other: Asked | Offered, day: Any) -> Pair:
    if not isinstance(one, Asked) or not isinstance(other, Offered):
        raise TypeError("an offer is held against what is asked")
    return Pair(one, other, day)


def _text(opened: OpenedSummary, pair: Pair) -> str:
    """What may be said, in Spanish and then in English."""
    content = json.loads(opened.summary.preview)
    is_as_previewed = opened.summary.preview_hash == opened.consent.preview_hash
    shown = {item["key"]: item for item in contents.items(content)}
    said = [
        text for key, text in for_sponsor(pair, LABELS).items()
        if all(field in shown for field in FIELDS[key])
        and _stands_there(text, [shown[field] for field in FIELDS[key]], is_as_previewed)
    ]  # fmt: skip
    return "\n\n".join(
        " ".join(text.say(lang) for text in said) for lang in contents.LANGUAGES
    ).strip()


def _stands_there(text: Text, items: list[Any], is_as_previewed: bool) -> bool:
    """Whether all that a sentence quotes can be read in these items; one that quotes nothing is said
    only of a summary that nobody reworded."""
    quoted = [word for lang in contents.LANGUAGES for word in _QUOTED.findall(text.say(lang))]
    if not quoted:
        return is_as_previewed
    readable = set(_words(items))
    return all(any(word in each for each in readable) for word in quoted)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
