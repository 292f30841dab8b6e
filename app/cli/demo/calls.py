"""How do calls come about in the story: written, announced, moved by the clock, followed up?"""

from __future__ import annotations

from app.calls import actions, by_the_clock, following, queries
from app.calls.terms import Terms, Words
from app.cli.demo.stage import World
from app.cli.demo.story import Act, instant
from app.extensions import db
from app.needs.format import NEED
from app.organisations.models import Organisation
from app.policy.actor import Actor

TEXTS = ("title_es", "title_en", "guidance_es", "guidance_en")


def create(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat writes a call."""
    given = act.given
    terms = Terms(
        code=act.of, words=Words(**{name: given[name].strip() for name in TEXTS}),
        format_version=NEED.version, zone=given["zone"], opens_at=instant(given["opens_at"]),
        closes_at=instant(given["closes_at"]),
        countries=frozenset(_organisation_id(key) for key in given["countries"]),
    )  # fmt: skip
    world.name("call", act.of, actions.create(actor, terms).id)


def announce(world: World, actor: Actor, act: Act) -> None:
    """Countries are told of it; it opens by itself."""
    call = queries.get(actor, world.id("call", act.of))
    actions.schedule(actor, call, revision=call.revision)


def note_contact(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat notes down how it reached a country."""
    following.note_contact(
        actor, queries.get(actor, world.id("call", act.of)),
        organisation_id=_organisation_id(act.given["country"]), channel=act.given["channel"],
        note=act.given["note"],
    )  # fmt: skip


def let_time_pass() -> None:
    """What Enlace does by itself at this hour: open, close, remind. In transactions of its own."""
    by_the_clock.keep_up()


def _organisation_id(key: str) -> str:
    return db.session.execute(
        db.select(Organisation.id).where(Organisation.key == key)
    ).scalar_one()
