"""How does the Secretariat write down the days on which countries do not work, in the story?"""

from __future__ import annotations

from app.cli.demo.stage import World
from app.cli.demo.story import Act
from app.extensions import db
from app.organisations.days import actions, queries
from app.organisations.models import Organisation
from app.policy.actor import Actor


def write_down(world: World, actor: Actor, act: Act) -> None:
    """The fixed national holidays of a country, for the country to verify."""
    country = db.select(Organisation.id).where(Organisation.key == act.of)
    found = queries.get(actor, db.session.execute(country).scalar_one())
    for day, name_es, name_en in act.given["days"]:
        actions.add(actor, found, day=day, name_es=name_es, name_en=name_en)
