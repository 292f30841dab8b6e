"""What does a country's need put into the summary of its group?

A part is what the need's own summary says and a group's can add up. Nothing is shown that its country
withheld, and no free text: what a country wrote would tell it from the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.extensions import db
from app.formats.spec import Format
from app.groups import gathering
from app.groups.gathering import FACT, PEOPLE
from app.groups.reasons import Words
from app.groups.similar import Comparable
from app.summaries import actions, contents
from app.summaries.contents import Content
from app.summaries.groups.queries import Asked, permitted

SHOWN = frozenset({"themes", "audience", "participants", "course_hours", "languages", "window_from",
                   "window_to"})  # fmt: skip
"""Answers that a group's summary adds up, or tells as far as they are common."""
COLUMNS = frozenset({"profile", "women", "men", "not_stated", "total"})
"""Columns of the participants that are added up."""


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
    hours: Decimal | None


def part_of(content: Content) -> Content:
    """What of a need's own summary stands in that of its group."""
    left_out = {item["key"] for item in contents.items(content)} - SHOWN
    for item in contents.items(content):
        keys = item.get("table", {}).get("keys", ())
        left_out |= {f"{item['key']}.{key}" for key in keys if key not in COLUMNS}
    return contents.changed(content, {}, frozenset(left_out))


def parts(asked: Sequence[Asked], form: Format) -> list[Part]:
    """The parts of those whose country agreed, or let the days pass in silence; in three queries."""
    words = Words(form)
    agreed = [(each, content) for each in asked if (content := permitted(each.change)) is not None]
    versions = [each.opened.version.id for each, _ in agreed]
    needs = {each.version_id: each
             for each in gathering.comparables(FACT.c.version_id.in_(versions), words)}  # fmt: skip
    hours = {row.version_id: row.course_hours for row in db.session.execute(
        db.select(FACT.c.version_id, FACT.c.course_hours).where(FACT.c.version_id.in_(versions))
    )}  # fmt: skip
    people = _people(versions)
    return [
        _part(each, content, needs[version], people.get(version, {}), hours[version])
        for each, content in agreed
        if (version := each.opened.version.id) in needs
    ]


def _people(versions: Sequence[str]) -> dict[str, dict[str, People]]:
    found: dict[str, dict[str, People]] = {}
    for version_id, profile, everybody, women, men in db.session.execute(
        db.select(PEOPLE.c.version_id, PEOPLE.c.profile, PEOPLE.c.participants, PEOPLE.c.women,
                  PEOPLE.c.men)
        .where(PEOPLE.c.version_id.in_(versions))
        .order_by(PEOPLE.c.version_id, PEOPLE.c.profile)
    ):  # fmt: skip
        own = found.setdefault(version_id, {})
        one = People(participants=everybody, women=women, men=men)
        own[profile] = own.get(profile, People()) + one
    return found


def _part(
    asked: Asked, content: Content, need: Comparable, people: dict[str, People], hours: Decimal
) -> Part:
    told = _told(asked, content)
    columns = next((item["table"]["keys"] for item in contents.items(content)
                    if item["key"] == "audience"), ())  # fmt: skip
    is_by_sex = {"women", "men"} <= set(columns) or "total" in columns
    if "profile" not in columns:
        people = {}
    elif not is_by_sex:
        people = {profile: replace(each, women=0, men=0) for profile, each in people.items()}
    return Part(
        asked=asked, country=asked.opened.organisation.country or "",
        is_named=content["country"] is not None, people=people,
        hours=hours if "course_hours" in told else None,
        need=replace(
            need,
            themes=need.themes if "themes" in told else frozenset(),
            languages=need.languages if "languages" in told else frozenset(),
            window_from=need.window_from if "window_from" in told else None,
            window_to=need.window_to if "window_to" in told else None,
            profiles=frozenset(people), level=None, joint_countries=frozenset(),
        ),
    )  # fmt: skip


def _told(asked: Asked, content: Content) -> set[str]:
    """The answers that stand there in the country's own words: one made more general is not told anew."""
    certified = {item["key"]: _said(item)
                 for item in contents.items(actions.certified_content(asked.opened))}  # fmt: skip
    return {item["key"] for item in contents.items(content)
            if _said(item) == certified.get(item["key"])}  # fmt: skip


def _said(item: dict[str, Any]) -> Any:
    return item.get("value", "table")
