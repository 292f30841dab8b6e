"""How does a first regional course come about in the story: planned, sent, pledged to?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.cli.demo.stage import World
from app.cli.demo.story import Act
from app.extensions import db
from app.funding.courses import actions, asking, queries, rates, sending, sheets
from app.funding.courses.actions import Cost, Part, Terms
from app.funding.courses.models import Course
from app.funding.courses.split import ROLES_2004, apply_default_split
from app.funding.pledges import actions as pledging
from app.funding.pledges import opening
from app.funding.pledges.queries import sent
from app.policy.actor import Actor


def enter_rate(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat writes down what a currency is worth."""
    given = act.given
    rates.enter(actor, currency=given["currency"], usd=given["usd"], source=given["source"],
                day=date.fromisoformat(given["day"]))  # fmt: skip


def plan(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat makes a course of needs, with the split of 2004."""
    given, known = act.given, queries.by_key()
    title = {"title_es": given["title"]["es"], "title_en": given["title"]["en"]}
    course = actions.create(
        actor, **title, need_ids=[world.id("need", name) for name in given["needs"]],
        as_in_2004="components" not in given, is_demonstration=True,
    )  # fmt: skip
    host = given.get("host", "")
    roles = {**({} if "components" in given else ROLES_2004), **({"host": host} if host else {})}
    terms = Terms(
        **title, lang=given["lang"], days=given["days"], hours_per_day=Decimal(given["hours"]),
        host_id=known.get(host), place=given.get("place", ""), vetting=given["vetting"].strip(),
        decide_by=date.fromisoformat(given["decide_by"]),
        components=_parts(course, given.get("components", [])),
        roles=tuple((role, known[key]) for role, key in roles.items()),
    )  # fmt: skip
    actions.edit(actor, course, terms=terms, revision=course.revision)
    seats = {world.id("need", name): count for name, count in given["needs"].items()}
    actions.set_seats(actor, course, seats=seats, revision=course.revision)
    actions.set_costs(actor, course, costs=_costs(given["costs"]), revision=course.revision)
    world.name("course", act.of, course.id)


def _parts(course: Course, said: list[dict[str, str]]) -> tuple[Part, ...]:
    """The components that the story names, else those with which the course began."""
    return tuple(Part(title_es=one["es"], title_en=one["en"]) for one in said) or tuple(
        Part(title_es=part.title_es, title_en=part.title_en, provider_id=part.provider_id)
        for part, _ in queries.components(course.id)
    )


def _costs(said: dict[str, Any]) -> dict[str, Cost]:
    """Line -> its cost; "each 400" costs that for each participant."""
    split = apply_default_split(said)
    return {
        line: Cost(
            amount=Decimal(str(amount).removeprefix("each ")), payers=split[line],
            per_participant=str(amount).startswith("each "),
        )
        for line, amount in said.items()
    }  # fmt: skip


def send(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat sends it to sponsors."""
    course, known = queries.get(actor, world.id("course", act.of)), queries.by_key()
    sending.send(
        actor, course, sheets.build(actor, course), why=act.given["why"].strip(),
        sponsor_ids=[known[key] for key in act.given["sponsors"]], revision=course.revision,
    )  # fmt: skip
    db.session.flush()
    for invitation, _ in queries.invitations(course.id):
        world.name(f"course to {invitation.sponsor_id}", act.of, invitation.id)


def open_it(world: World, actor: Actor, act: Act) -> None:
    """Somebody of a sponsor opens it."""
    opening.note_opening(actor, world.id(f"course to {actor.organisation_id}", act.of))


def show_interest(world: World, actor: Actor, act: Act) -> None:
    """A sponsor declares interest."""
    found = sent(actor, world.id(f"course to {actor.organisation_id}", act.of))
    pledging.declare_interest(actor, found.course_id, decide_by=None)


def ask_countries(world: World, actor: Actor, act: Act) -> None:
    """A sponsor asks to know the countries that go unnamed."""
    found = sent(actor, world.id(f"course to {actor.organisation_id}", act.of))
    asking.ask(actor, found.invitation, found.sheet.content)


def tell_country(world: World, actor: Actor, act: Act) -> None:
    """A country answers the sponsor that asks."""
    [asked] = asking.of_course(actor, world.id("course", act.of))
    asking.say(actor, asked, named=act.given["named"])


def pledge(world: World, actor: Actor, act: Act) -> None:
    """A sponsor offers by cost line."""
    found = sent(actor, world.id(f"course to {actor.organisation_id}", act.of))
    lines = [
        pledging.Line(line=line, amount=Decimal(amount), currency=act.given["currency"])
        for line, amount in act.given["lines"].items()
    ]
    pledging.offer(actor, found.course_id, lines=lines, conditions=act.given["conditions"])
