"""What does a country's need put into the summary of its group?

A part is what the need's own summary says and a group's can add up. Nothing is shown that its country
withheld, and no free text: what a country wrote would tell it from the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.extensions import db
from app.formats.derived import row_participants
from app.formats.spec import Format
from app.groups import gathering
from app.groups.gathering import FACT
from app.groups.reasons import Words
from app.groups.similar import Comparable
from app.intake.actions import document_in
from app.needs.counting import NOT_STATED
from app.summaries import actions, contents
from app.summaries.contents import Content
from app.summaries.groups.queries import Asked, permitted

SHOWN = frozenset({"themes", "audience", "participants", "course_hours", "languages", "window_from",
                   "window_to"})  # fmt: skip
"""Answers that a group's summary adds up, or tells as far as they are common."""
COLUMNS = frozenset({"profile", "women", "men", "not_stated", "total"})
"""Columns of the participants that are added up."""
SEXES = ("women", "men")
DATES = ("window_from", "window_to")


@dataclass(frozen=True, kw_only=True)
class People:
    """Participants of one profile; women and men are 0 where the sex is not told."""

    participants: int = 0
    women: int = 0
    men: int = 0

    def __add__(self, other: People) -> People:
        return People(participants=self.participants + other.participants,
                      women=self.women + other.women, men=self.men + other.men)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Part:
    """One need in a group's summary, as far as its country lets it be told."""

    asked: Asked
    country: str
    is_named: bool
    need: Comparable
    """Its themes, languages and dates; empty where they are not told."""
    people: dict[str, People]
    """Empty where what its country lets be told does not add up to the number of its participants."""
    hours: Decimal | None


def part_of(content: Content) -> Content:
    """What of a need's own summary stands in that of its group."""
    left_out = {item["key"] for item in contents.items(content)} - SHOWN
    for item in contents.items(content):
        keys = item.get("table", {}).get("keys", ())
        left_out |= {f"{item['key']}.{key}" for key in keys if key not in COLUMNS}
    return contents.changed(content, {}, frozenset(left_out))


def among(own: Sequence[Content], countries: Sequence[str]) -> dict[str, int]:
    """How many needs and countries are asked together, and how many countries by name."""
    named = {each["country"] for each in own if each["country"] is not None}
    return {"needs": len(own), "countries": len(set(countries)), "named": len(named)}


def parts(asked: Sequence[Asked], form: Format) -> list[Part]:
    """The parts of those whose country agreed, or let the days pass in silence."""
    words = Words(form)
    agreed = [(each, content) for each in asked if (content := permitted(each.change)) is not None]
    versions = [each.opened.version.id for each, _ in agreed]
    needs = {each.version_id: each
             for each in gathering.comparables(FACT.c.version_id.in_(versions), words)}  # fmt: skip
    hours = {row.version_id: row.course_hours for row in db.session.execute(
        db.select(FACT.c.version_id, FACT.c.course_hours).where(FACT.c.version_id.in_(versions))
    )}  # fmt: skip
    return [
        _part(each, content, needs[version], hours[version])
        for each, content in agreed
        if (version := each.opened.version.id) in needs
    ]


def _part(asked: Asked, content: Content, need: Comparable, hours: Decimal) -> Part:
    told = _told(asked, content)
    columns = next((item["table"]["keys"] for item in contents.items(content)
                    if item["key"] == "audience"), ())  # fmt: skip
    people = _people(document_in(asked.opened.version).get("audience") or [], columns)
    dates = {each for each in DATES if getattr(need, each) is not None}
    tells_dates = dates <= told  # one end alone would promise days on which it cannot
    return Part(
        asked=asked, country=asked.opened.organisation.country or "",
        is_named=content["country"] is not None, people=people,
        hours=hours if "course_hours" in told else None,
        need=replace(
            need,
            themes=need.themes if "themes" in told else frozenset(),
            languages=need.languages if "languages" in told else frozenset(),
            window_from=need.window_from if tells_dates else None,
            window_to=need.window_to if tells_dates else None,
            profiles=frozenset(people), level=None, joint_countries=frozenset(),
        ),
    )  # fmt: skip


def _people(rows: Sequence[Mapping[str, Any]], columns: Collection[str]) -> dict[str, People]:
    """Profile -> participants, by these columns of the table alone; nothing where they do not add up."""
    if "profile" not in columns:
        return {}
    told = [{key: value for key, value in row.items() if key in columns} for row in rows]
    if [row_participants(row) for row in told] != [row_participants(row) for row in rows]:
        return {}
    is_by_sex = all(key in columns or not any(row.get(key) is not None for row in rows)
                    for key in SEXES)  # fmt: skip
    found: dict[str, People] = {}
    for row in told:
        profile = row.get("profile") or NOT_STATED
        is_divided = is_by_sex and row.get("total") is None
        women, men = ((row.get(key) or 0) if is_divided else 0 for key in SEXES)
        one = People(participants=row_participants(row) or 0, women=women, men=men)
        found[profile] = found.get(profile, People()) + one
    return found


def _told(asked: Asked, content: Content) -> set[str]:
    """The answers that stand there in the country's own words: one made more general is not told anew."""
    certified = {item["key"]: _said(item)
                 for item in contents.items(actions.certified_content(asked.opened))}  # fmt: skip
    return {item["key"] for item in contents.items(content)
            if _said(item) == certified.get(item["key"])}  # fmt: skip


def _said(item: dict[str, Any]) -> Any:
    return item.get("value", "table")
