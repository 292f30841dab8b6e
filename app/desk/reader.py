"""What does the desk show to those who read editions, and to those whose work is not built yet?"""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.desk import queries
from app.desk.coming import coming_for
from app.desk.items import Block, Item, block
from app.desk.saying import day, edition, line
from app.policy.actor import Actor, OrganisationKind, Role
from app.reports.models import Edition
from app.web import locale
from app.web.states import state_tag
from app.workflow.tables import EDITION


def published(actor: Actor) -> Block:
    """The newest published editions of the needs report."""

    def draw(found: Edition) -> Item:
        on = [_("published on %(day)s", day=day(found.published_at))] if found.published_at else []
        return Item(
            title=found.title(locale.lang()),
            url=url_for("reports.show", edition_id=found.id),
            notes=(line(edition(found), *on),),
            tag=state_tag(EDITION, "published"),
        )

    title = _("Published editions of the needs report")
    return block("published", title, queries.editions(actor, "published"), draw)


def reads_editions(actor: Actor) -> bool:
    """Whether reading editions is this person's work, and not only permitted."""
    is_reader = Role.MEMBER_READER in actor.roles
    return is_reader or actor.organisation_kind is OrganisationKind.PRESIDENCY


def what_comes(actor: Actor) -> tuple[str, ...]:
    """What will stand here for the actor's roles, in words."""
    return tuple(_(words) for words in coming_for(actor))
