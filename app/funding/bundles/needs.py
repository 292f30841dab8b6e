"""Which needs of a call could a regional course serve, in which groups, and which are left out and why?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from sqlalchemy import and_, func

from app.bundling.world import Group, Need, Span
from app.calls.models import Call
from app.extensions import db
from app.formats.spec import Text
from app.funding.bundles import used
from app.funding.bundles.basis import Basis
from app.funding.courses import queries as courses
from app.funding.courses.lists import THEMES
from app.funding.courses.reading import LINE_LIMIT
from app.groups.facts import format_of
from app.groups.gathering import FACT, MEMBER, comparables, held, in_force
from app.groups.models import NeedGroup, NeedGroupName
from app.groups.reasons import Words
from app.groups.similar import Comparable, shared_by
from app.intake.models import Dossier, Version
from app.matching.wording import say
from app.needs.format import NEED
from app.needs.models import Consent
from app.organisations.models import Organisation

HOURS_A_DAY = Decimal(8)
LONGEST = 60
"""Days of the longest course that is thought of."""
DAYS_A_WEEK = 5
A_COURSE = Text("Curso regional", "Regional course")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for, how it is called, and what was left out."""

    groups: tuple[Group, ...]
    needs: Mapping[str, dict[str, str]]
    names: Mapping[str, Text]
    told: Mapping[str, tuple[str, ...]]
    """Group -> its themes, as far as a country lets sponsors know of them."""
    group_ids: frozenset[str]
    """The groups that stand as such; any other key is that of a need alone."""
    left_out: tuple[Text, ...]


def asked(call: Call, basis: Mapping[str, Basis], besides: str = "") -> Asked:
    """The groups of a call, and its needs in no group as groups of one; a fixed number of statements.

    Seats that courses adopted from the proposal `besides` give are asked for still.
    """
    wanted = and_(FACT.c.call_id == call.id, in_force())
    needs = comparables(wanted, Words(format_of(call.id)))
    facts, ids = _facts(wanted), [need.need_id for need in needs]
    given, left = courses.given_elsewhere(ids, ""), list[Text]()
    if besides:
        own = used.given(besides, ids)
        given = {key: seats - own.get(key, 0) for key, seats in given.items()}
    grouped: dict[str, list[Comparable]] = defaultdict(list)
    member_of, names = _groups(call.id)
    for need in needs:
        fact = facts[need.need_id]
        if fact.sponsors == "none":
            left.append(_left(fact, NO_SPONSORS))
        elif need.participants <= given.get(need.need_id, 0):
            left.append(_left(fact, SERVED))
        else:
            grouped[member_of.get(need.need_id, need.need_id)].append(need)
    told = {key: _told(found, facts) for key, found in grouped.items()}
    prefers = _listed(wanted)
    left += [each for found in grouped.values() for each in _cut(found, facts)]
    return Asked(
        groups=tuple(_group(key, found, facts, given, basis, prefers) for key, found in sorted(grouped.items())),
        needs={key: _called(fact) for key, fact in facts.items()},
        names={key: names.get(key) or named_by(told[key]) for key in grouped}, told=told,
        group_ids=frozenset(names) & frozenset(grouped), left_out=tuple(left),
    )  # fmt: skip


NO_SPONSORS = Text(
    "{need}: su país no consintió en que se presente a auspiciadores.",
    "{need}: its country did not consent to its being shown to sponsors.",
)
SERVED = Text(
    "{need}: todos sus cupos están en cursos ya planificados, sea cual sea su tema.",
    "{need}: all its places are in courses planned already, whatever their theme.",
)
SMALLER = Text(
    "{need}: pide un grupo de al menos {least}, y otra de su grupo admite {most} como máximo; esta condición "
    "no se contó.",
    "{need}: it asks for a group of at least {least}, and another of its group allows {most} at most; this "
    "condition was not counted.",
)


def named_by(themes: Collection[str]) -> Text:
    """What a course of a need alone is called. Never as the need is: sponsors and others read it, and
    its country may have let nobody read that."""
    if not themes:
        return A_COURSE
    return Text(
        *(_joined([THEMES.label(theme, lang) for theme in themes]) for lang in ("es", "en"))
    )


def _joined(labels: list[str]) -> str:
    """As many of these as a title has room for, the first at least."""
    while len(labels) > 1 and len("; ".join(labels)) > LINE_LIMIT:
        labels = labels[:-1]
    return "; ".join(labels)


def _told(needs: Collection[Comparable], facts: Mapping[str, Any]) -> tuple[str, ...]:
    open_to_all = {
        code for need in needs if "themes" not in (facts[need.need_id].withheld or ())
        for code in need.themes
    }  # fmt: skip
    themes = _themes(needs) & open_to_all
    return tuple(code.key for code in THEMES.codes if code.key in themes)


def _themes(needs: Collection[Comparable]) -> frozenset[str]:
    """What the needs have in common; where that is nothing, all that they ask for."""
    shared = shared_by(list(needs)).themes
    return shared or frozenset(code for need in needs for code in need.themes)


def _left(fact: Any, why: Text) -> Text:
    return say(why.es, why.en, need=need_name(_called(fact)))


def need_name(called: Mapping[str, str]) -> Text:
    """ "Honduras, HND-2004-003"."""
    return Text(f"{called['es']}, {called['reference']}", f"{called['en']}, {called['reference']}")


def _called(fact: Any) -> dict[str, str]:
    return {
        "reference": fact.reference, "title": fact.title, "lang": fact.lang,
        "country": fact.country, "es": fact.name_es, "en": fact.name_en,
    }  # fmt: skip


def _cut(needs: Collection[Comparable], facts: Mapping[str, Any]) -> Iterator[Text]:
    """The needs of a group that ask for more together than another of them allows."""
    found = [facts[need.need_id] for need in needs]
    most = min((fact.group_max for fact in found if fact.group_max), default=NO_END)
    for fact in found:
        if fact.group_min and fact.group_min > most:
            yield say(SMALLER.es, SMALLER.en, need=need_name(_called(fact)),
                      least=fact.group_min, most=most)  # fmt: skip


def _facts(wanted: Any) -> dict[str, Any]:
    rows = db.session.execute(
        db.select(
            FACT.c.need_id, FACT.c.title, FACT.c.country, FACT.c.duration_unit,
            FACT.c.duration_count, FACT.c.group_min, FACT.c.group_max, Dossier.reference, Version.lang,
            Organisation.name_es, Organisation.name_en,
            func.coalesce(Consent.sponsors, "none").label("sponsors"), Consent.withheld,
        )
        .join(Dossier, Dossier.id == FACT.c.need_id)
        .join(Version, Version.id == FACT.c.version_id)
        .join(Organisation, Organisation.id == FACT.c.organisation_id)
        .outerjoin(Consent, Consent.version_id == FACT.c.version_id)
        .where(wanted)
    )  # fmt: skip
    return {row.need_id: row for row in rows}


def _groups(call_id: str) -> tuple[dict[str, str], dict[str, Text]]:
    """Need -> its group, and how each group of the call is called."""
    named = db.session.execute(
        db.select(NeedGroupName.group_id, NeedGroupName.name_es, NeedGroupName.name_en)
        .join(NeedGroup, NeedGroup.id == NeedGroupName.group_id)
        .where(NeedGroup.call_id == call_id, NeedGroup.state == "open",
               NeedGroupName.valid_to.is_(None))
    )  # fmt: skip
    names = {group_id: Text(es, en) for group_id, es, en in named}
    members = db.session.execute(
        db.select(MEMBER.c.need_id, MEMBER.c.group_id)
        .join(NeedGroup, NeedGroup.id == MEMBER.c.group_id)
        .where(NeedGroup.call_id == call_id, NeedGroup.state == "open", held())
    )
    return {row.need_id: row.group_id for row in members}, names


def _group(
    key: str, needs: Collection[Comparable], facts: Mapping[str, Any], given: Mapping[str, int],
    basis: Mapping[str, Basis], prefers: Mapping[str, tuple[str, ...]],
) -> Group:  # fmt: skip
    days = max(days_of(facts[need.need_id], need.course_hours) for need in needs)
    least = [facts[need.need_id].group_min for need in needs if facts[need.need_id].group_min]
    most = [facts[need.need_id].group_max for need in needs if facts[need.need_id].group_max]
    seats_max = min(most, default=None)
    return Group(
        key, tuple(_need(need, given, prefers.get(need.need_id, ())) for need in needs), days,
        tuple(said.cost(line, days) for line, said in basis.items() if said.amount),
        _themes(needs),
        seats_min=min(max(least, default=1), seats_max or NO_END), seats_max=seats_max,
    )  # fmt: skip


NO_END = 10_000


def _listed(wanted: Any) -> Mapping[str, tuple[str, ...]]:
    """Need -> its languages in the order in which it lists them."""
    languages = NEED.facts["language"]
    rows = db.session.execute(
        db.select(FACT.c.need_id, Version.document)
        .join(Version, Version.id == FACT.c.version_id)
        .where(wanted)
    )
    return {row.need_id: tuple(json.loads(row.document).get(languages.key) or ()) for row in rows}


def _need(need: Comparable, given: Mapping[str, int], prefers: tuple[str, ...]) -> Need:
    return Need(
        need.need_id, need.country, need.participants - given.get(need.need_id, 0), need.urgency,
        need.languages, Span(need.window_from, need.window_to), prefers,
    )  # fmt: skip


def days_of(fact: Any, hours: Decimal) -> int:
    """How many days of instruction a need asks for, as written or by its hours."""
    if fact.duration_count and fact.duration_unit == "days":
        days = int(fact.duration_count)
    elif fact.duration_count and fact.duration_unit == "weeks":
        days = int(fact.duration_count) * DAYS_A_WEEK
    else:
        days = int((hours / HOURS_A_DAY).to_integral_value(ROUND_CEILING))
    return min(max(days, 1), LONGEST)
