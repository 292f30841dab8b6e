"""How do needs come about in the story: drafted, certified, reviewed, revised, withdrawn, discarded?"""

from __future__ import annotations

from app.calls import queries as calls
from app.cli.demo.drafts import type_in
from app.cli.demo.letter import letter_that_arrived, official_letter
from app.cli.demo.stage import World
from app.cli.demo.story import Act
from app.extensions import db
from app.intake.actions import Clearance
from app.intake.filing.actions import Original
from app.needs import actions, filing, queries
from app.needs.opened import OpenedNeed
from app.needs.preview import Choices, hash_of
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission


def start(world: World, actor: Actor, act: Act) -> None:
    """A delegation begins a need."""
    call = calls.get(actor, world.id("call", act.given["call"]))
    world.name("need", act.of, actions.start(actor, call).id)


def file(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat files a letter, and begins the draft of the country that sent it."""
    call = calls.get(actor, world.id("call", act.given["call"]))
    country = db.session.scalar(db.select(Organisation.id).where(
        Organisation.key == act.given["country"])) or ""  # fmt: skip
    office, number, day = act.given["office"], act.given["number"], act.given["received_on"]
    original = Original(
        channel="letter", received_on=day, office=office, sender=act.given["sender"], number=number,
        file=letter_that_arrived(office=office, number=number, day=day),
    )  # fmt: skip
    world.name("need", act.of, filing.file(actor, call, country, original).id)


def write(world: World, actor: Actor, act: Act) -> None:
    """Somebody of the delegation writes some answers."""
    need = _need(world, actor, act)
    require(actor, Permission.NEED_EDIT, need)
    type_in(actor, need, act.given["answers"])


def certify(world: World, actor: Actor, act: Act) -> None:
    """The focal point looks at the preview, decides who may see what, and submits."""
    need, lang = _need(world, actor, act), act.given["lang"]
    choices = Choices(
        members=act.given["members"], sponsors=act.given["sponsors"],
        withheld=frozenset(act.given.get("withheld", ())),
        released=frozenset(act.given.get("released", ())),
    )  # fmt: skip
    seen = actions.preview_of_draft(need, choices, lang)
    actions.certify(actor, need, choices=choices, preview_hash=hash_of(seen),
                    shown_hash=actions.as_shown(need),
                    clearance=_clearance(actor, need, act), lang=lang)  # fmt: skip


def accept(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat accepts what was submitted."""
    actions.accept(actor, _need(world, actor, act), note=act.given.get("note", ""))


def send_back(world: World, actor: Actor, act: Act) -> None:
    """The Secretariat returns it, with a reason for each section that should change."""
    actions.return_to_delegation(actor, _need(world, actor, act), reasons=act.given["reasons"],
                                 note=act.given.get("note", ""))  # fmt: skip


def reopen(world: World, actor: Actor, act: Act) -> None:
    """The delegation opens the draft again."""
    actions.reopen(actor, _need(world, actor, act))


def withdraw(world: World, actor: Actor, act: Act) -> None:
    """The delegation withdraws its need."""
    actions.withdraw(actor, _need(world, actor, act), reason=act.given["reason"])


def discard(world: World, actor: Actor, act: Act) -> None:
    """The delegation throws away a draft that it started by mistake."""
    actions.discard(actor, _need(world, actor, act))


def _need(world: World, actor: Actor, act: Act) -> OpenedNeed:
    return queries.get(actor, world.id("need", act.of))


def _clearance(actor: Actor, need: OpenedNeed, act: Act) -> Clearance:
    said = act.given.get("clearance")
    if said is None:
        return Clearance()
    file_id = None
    if said.get("letter"):
        file_id = official_letter(actor, need, office=said["office"], number=said["number"],
                                  day=said["date"])  # fmt: skip
    return Clearance(
        office=said["office"], day=said["date"], number=said["number"], file_id=file_id
    )
