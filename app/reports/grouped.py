"""Which similar needs did the Secretariat look at as one, as of an instant, and what do they share?

A need stands in one group at most, so that the groups and the needs in none are the needs themselves.

Members are shown a group where each of its needs is shown them under its country's name, and nothing
in the group's own name tells another country. The needs of any other group stand with those in none:
beside the countries of a group, a need without its country could be told by who is not among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import and_, func

from app.extensions import db
from app.formats.spec import Format, Text
from app.groups import gathering
from app.groups.gathering import MEMBER, NAME, held, in_use
from app.groups.models import NeedGroup
from app.groups.reasons import Words, both, window
from app.groups.similar import Comparable, shared_by
from app.needs.counting import NOT_STATED
from app.needs.preview import NAMED
from app.organisations import naming
from app.reports import words
from app.reports.compile import figures_by_code
from app.reports.counted import CONSENT, FACT, counted, grouped, statement
from app.reports.dimensions import label, place
from app.reports.figures import (
    FULL,
    GROUP,
    MEMBERS,
    NO_GROUP,
    Basis,
    Coded,
    Figures,
    SimilarNeeds,
)

_GROUP = NeedGroup.__table__


class _Held(NamedTuple):
    """Groups by the needs they held, and how each was called."""

    of_need: Mapping[str, str]
    names: Mapping[str, Text]


def similar_needs(basis: Basis, format: Format) -> tuple[SimilarNeeds, ...]:
    """The groups that readers are shown, the largest first, then all other needs; six queries at most.

    Nothing where there is no group to show, and one query where there is none at all.
    """
    whole = Basis(call_id=basis.call_id, as_of=basis.as_of, audience=FULL)
    held_then = _held(basis)
    if not held_then.names:
        return ()
    shown = set(held_then.names) - (
        _withheld(whole, held_then) if basis.audience == MEMBERS else set()
    )
    counted_rows = [
        (code if code in shown else NO_GROUP, *rest)
        for code, *rest in db.session.execute(statement(basis, GROUP))
    ]
    figures = figures_by_code(counted_rows)
    needs = _needs(whole, held_then, format)
    groups = [
        _told(code, held_then.names[code], figures[code], needs[code], format)
        for code in figures.keys() - {NO_GROUP}
    ]
    if not groups:
        return ()
    groups.sort(key=lambda each: (-each.figures.participants, each.label.es, each.code))
    others = words.NO_GROUP if basis.audience == FULL else words.NO_GROUP_SHOWN
    alone = figures.get(NO_GROUP, Figures())
    return (*groups, SimilarNeeds(code=NO_GROUP, label=others, figures=alone))


def _held(basis: Basis) -> _Held:
    rows = db.session.execute(
        db.select(MEMBER.c.need_id, MEMBER.c.group_id, NAME.c.name_es, NAME.c.name_en)
        .join(_GROUP, _GROUP.c.id == MEMBER.c.group_id)
        .join(NAME, NAME.c.group_id == MEMBER.c.group_id)
        .where(_GROUP.c.call_id == basis.call_id, held(basis.as_of), in_use(basis.as_of))
    ).all()
    return _Held(
        of_need={need_id: group_id for need_id, group_id, *_ in rows},
        names={group_id: Text(es, en) for _need, group_id, es, en in rows},
    )


def _withheld(whole: Basis, held_then: _Held) -> set[str]:
    """The groups of which members are told nothing."""
    rows = db.session.execute(
        db.select(FACT.c.need_id, FACT.c.country)
        .join(CONSENT, CONSENT.c.version_id == FACT.c.version_id)
        .where(counted(whole), CONSENT.c.members != NAMED)
    ).all()
    found = {held_then.of_need[need_id] for need_id, _ in rows if need_id in held_then.of_need}
    # Only words that never change: a report of a moment is the same whenever it is counted again.
    told = {phrase for _, country in rows for phrase in naming.of_country(country)}
    return found | {
        code
        for code, name in held_then.names.items()
        if any(naming.found(name.say(lang), told) for lang in ("es", "en"))
    }


def _needs(whole: Basis, held_then: _Held, format: Format) -> Mapping[str, list[Comparable]]:
    """What is compared of the needs of each group."""
    found: dict[str, list[Comparable]] = defaultdict(list)
    for need in gathering.comparables(and_(counted(whole), grouped(whole)), Words(format)):
        found[held_then.of_need[need.need_id]].append(need)
    return found


def _told(
    code: str, name: Text, figures: Figures, needs: list[Comparable], format: Format
) -> SimilarNeeds:
    shared = shared_by(needs)

    def coded(dimension: str, codes: Collection[str]) -> tuple[Coded, ...]:
        in_order = sorted(codes, key=lambda each: place(dimension, each, format))
        return tuple(Coded(code=each, label=label(dimension, each, format)) for each in in_order)

    return SimilarNeeds(
        code=code, label=name, figures=figures, countries=coded("country", shared.countries),
        themes=coded("theme", shared.themes),
        languages=coded("language", shared.languages if shared.says_language else {NOT_STATED}),
        window=words.NO_COMMON_DATES if "window" in shared.broken
        else both(lambda lang: window(shared.window_from, shared.window_to, lang)),
    )  # fmt: skip


def changes_so_far(call_id: str) -> tuple[int, ...]:
    """Numbers that differ as soon as a group of the call came, changed, was renamed or went."""
    of_call = db.select(_GROUP.c.id).where(_GROUP.c.call_id == call_id)
    # All of them only grow: what came and what ended stays written.
    names = db.select(func.count()).select_from(NAME).where(NAME.c.group_id.in_(of_call))
    begun, ended = (
        db.select(func.count(column)).where(MEMBER.c.group_id.in_(of_call))
        for column in (MEMBER.c.valid_from, MEMBER.c.valid_to)
    )
    row = db.session.execute(
        db.select(names.scalar_subquery(), begun.scalar_subquery(), ended.scalar_subquery())
    ).one()
    return tuple(row)
