"""What can be done with proposals and groups?

Whoever changes a group holds its call first, so that no two changes of one call's groups cross. A change
ends what held before at the instant at which the new begins: the past stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from app import clock
from app.audit import trail
from app.calls.models import Call
from app.db.base import new_id
from app.extensions import db
from app.formats.spec import Text
from app.formats.words import N_
from app.groups import gathering, naming, queries, searching
from app.groups.gathering import FACT, MEMBER, held
from app.groups.models import (
    GroupDismissal,
    GroupProposal,
    GroupProposalNeed,
    NeedGroup,
    NeedGroupMember,
    NeedGroupName,
)
from app.groups.queries import OpenedGroup
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.workflow import tables

MOST_NEEDS = 50
"""Needs of one group."""
LONGEST_NAME = 160
NO_NAME = N_("Write the name in both languages.")
LONG_NAME = N_("This name is too long: at most %(most)s characters.")
NOT_AS_PROPOSED = N_(
    "One of these needs has changed, was withdrawn or stands in another group by now. Nothing was done."
)
TAKEN = N_("This need already stands in a group. Take it out there first, or merge the two groups.")
NOT_IN_FORCE = N_("This need is not in force: only accepted needs of the same call can be grouped.")
TOO_MANY = N_("A group holds at most %(most)s needs.")
NOT_THERE = N_("One of these needs no longer stands in the group. Look again, please.")
NOBODY = N_("Choose at least one need.")
EVERYBODY = N_("These are all its needs. To part with all of them, dissolve the group.")
OTHER_CALL = N_("Only groups of the same call can be merged.")
ITSELF = N_("Choose another group.")
CHANGED = N_(
    "Somebody changed the group after you opened this page. What you typed stands here; check it and "
    "save again."
)


def ask_to_search(actor: Actor, call: Call) -> None:
    """Have similar needs of a call looked for anew."""
    require(actor, Permission.GROUP_EDIT)
    searching.wait(call.id)


def take(actor: Actor, proposal: GroupProposal, name: Text) -> NeedGroup:
    """Make a group of a proposal. Refusal where it no longer is what was proposed."""
    require(actor, Permission.GROUP_EDIT)
    hold(proposal.call_id)
    if not queries.still_holds(proposal):
        raise Refusal(NOT_AS_PROPOSED, status=409)
    need_ids = db.session.scalars(
        db.select(GroupProposalNeed.need_id)
        .where(GroupProposalNeed.proposal_id == proposal.id)
        .order_by(GroupProposalNeed.need_id)
    ).all()
    group = begin(actor, proposal.call_id, need_ids, name)
    trail.record(actor, "group-taken", subject=("group", group.id),
                 detail={"proposal": proposal.id, "needs": sorted(need_ids)})  # fmt: skip
    return group


def begin(actor: Actor, call_id: str, need_ids: Collection[str], name: Text) -> NeedGroup:
    """A new group of these needs. Refusal where one of them cannot be in it."""
    require(actor, Permission.GROUP_EDIT)
    group = _begin(actor, call_id, name)
    _put(actor, group, need_ids, group.created_at)
    return group


def _begin(actor: Actor, call_id: str, name: Text) -> NeedGroup:
    name = _named(call_id, name)
    hold(call_id)
    now = clock.now()
    group = NeedGroup(id=new_id(), call_id=call_id, state=tables.GROUP.initial,
                      created_by=actor.person_id, created_at=now)  # fmt: skip
    db.session.add(group)
    db.session.flush()
    _call_it(actor, group, name, now)
    trail.record(actor, "group-created", subject=("group", group.id), detail={"call": call_id})
    return group


def put_aside(actor: Actor, proposal: GroupProposal) -> None:
    """Keep a proposal from coming back until one of its needs changes."""
    require(actor, Permission.GROUP_EDIT)
    hold(proposal.call_id)
    if db.session.get(GroupDismissal, proposal.id) is None:
        db.session.add(GroupDismissal(proposal_id=proposal.id, call_id=proposal.call_id,
                                      by=actor.person_id, at=clock.now()))  # fmt: skip
        trail.record(actor, "proposal-put-aside", subject=("group-proposal", proposal.id))


def bring_back(actor: Actor, proposal: GroupProposal) -> None:
    """Propose again what somebody had put aside."""
    require(actor, Permission.GROUP_EDIT)
    hold(proposal.call_id)
    dismissal = db.session.get(GroupDismissal, proposal.id)
    if dismissal is not None:
        db.session.delete(dismissal)
        trail.record(actor, "proposal-brought-back", subject=("group-proposal", proposal.id))


def rename(actor: Actor, opened: OpenedGroup, name: Text, revision: int) -> None:
    """Call a group otherwise from now on. Refusal where somebody changed it since that revision."""
    name = _named(opened.call.id, name)
    group = _to_change(actor, opened)
    if group.revision != revision:
        raise Refusal(CHANGED, field="name_es", status=409)
    if name == opened.name:
        return
    now = clock.now()
    old = NeedGroupName.__table__
    db.session.execute(
        db.update(old).where(old.c.group_id == group.id, old.c.valid_to.is_(None))
        .values(valid_to=now)
    )  # fmt: skip
    _call_it(actor, group, name, now)
    _recorded(actor, group, "group-renamed")


def add(actor: Actor, opened: OpenedGroup, need_ids: Collection[str]) -> None:
    """Put further needs into a group. Refusal where one of them cannot be in it."""
    if not need_ids:
        raise Refusal(NOBODY, field="needs")
    group = _to_change(actor, opened)
    _put(actor, group, need_ids, clock.now())
    _recorded(actor, group, "group-need-added", needs=need_ids)


def take_out(actor: Actor, opened: OpenedGroup, need_ids: Collection[str]) -> None:
    """Let needs leave a group: from now on they stand in none."""
    group = _to_change(actor, opened)
    _leave(actor, group, need_ids, clock.now())
    _recorded(actor, group, "group-need-taken-out", needs=need_ids)


def split(
    actor: Actor, opened: OpenedGroup, need_ids: Collection[str], name: Text
) -> NeedGroup:  # fmt: skip
    """Make a group of its own of some of a group's needs, also of those that are not in force."""
    group = _to_change(actor, opened)
    _leave(actor, group, need_ids, clock.now())
    made = _begin(actor, group.call_id, name)
    _insert(actor, made, _owners(need_ids), made.created_at)
    _recorded(actor, group, "group-split", needs=need_ids, into=made.id)
    return made


def merge(actor: Actor, opened: OpenedGroup, other: OpenedGroup) -> None:
    """Let a group take over the needs of another one, which ends with that."""
    if other.id == opened.id:
        raise Refusal(ITSELF, field="group")
    if other.call.id != opened.call.id:
        raise Refusal(OTHER_CALL, field="group")
    group = _to_change(actor, opened)
    merged = _to_change(actor, other)
    now = clock.now()
    need_ids = _held_by(merged.id)
    if len(need_ids) + len(_held_by(group.id)) > MOST_NEEDS:
        raise Refusal(TOO_MANY, field="group", most=MOST_NEEDS)
    _end_members(actor, merged, need_ids, now)
    _insert(actor, group, _owners(need_ids), now)
    _dissolve(actor, merged, now)
    merged.merged_into_id = group.id
    _recorded(actor, merged, "group-dissolved", into=group.id)
    _recorded(actor, group, "group-merged", needs=need_ids, other=merged.id)


def dissolve(actor: Actor, opened: OpenedGroup) -> None:
    """End a group: its needs stand in none, and may be proposed again."""
    group = _to_change(actor, opened)
    now = clock.now()
    _end_members(actor, group, _held_by(group.id), now)
    _dissolve(actor, group, now)
    _recorded(actor, group, "group-dissolved")


def hold(call_id: str) -> None:
    """Let nobody else change groups of the call meanwhile; countries may go on beside."""
    db.session.execute(db.select(Call.id).where(Call.id == call_id).with_for_update(key_share=True))


def _to_change(actor: Actor, opened: OpenedGroup) -> NeedGroup:
    """The group as it stands once nobody else can change it. Raises NotNow for a dissolved one."""
    require(actor, Permission.GROUP_EDIT, opened.group)
    hold(opened.group.call_id)
    db.session.refresh(opened.group)
    tables.GROUP.after(opened.group.state, "edit")
    return opened.group


def _recorded(
    actor: Actor, group: NeedGroup, kind: str, *, needs: Collection[str] = (), **detail: str
) -> None:
    group.revision += 1
    said = {**detail, **({"needs": sorted(needs)} if needs else {})}
    trail.record(actor, kind, subject=("group", group.id), revision=group.revision, detail=said)


def _named(call_id: str, name: Text) -> Text:
    """A name that can be kept, and that members may read. Raises Refusal."""
    for lang in ("es", "en"):
        if not name.say(lang).strip():
            raise Refusal(NO_NAME, field=f"name_{lang}")
        if len(name.say(lang)) > LONGEST_NAME:
            raise Refusal(LONG_NAME, field=f"name_{lang}", most=LONGEST_NAME)
    naming.refuse_unnamed(call_id, name)
    return Text(name.es.strip(), name.en.strip())


def _call_it(actor: Actor, group: NeedGroup, name: Text, at: datetime) -> None:
    db.session.add(NeedGroupName(id=new_id(), group_id=group.id, name_es=name.es, name_en=name.en,
                                 valid_from=at, by=actor.person_id))  # fmt: skip
    db.session.flush()


def _put(actor: Actor, group: NeedGroup, need_ids: Collection[str], at: datetime) -> None:
    """Needs come into a group. Raises Refusal for one that cannot."""
    if not need_ids:
        raise Refusal(NOBODY, field="needs")
    if len(need_ids) + len(_held_by(group.id)) > MOST_NEEDS:
        raise Refusal(TOO_MANY, field="needs", most=MOST_NEEDS)
    in_force = db.session.scalars(
        db.select(FACT.c.need_id).where(
            FACT.c.need_id.in_(need_ids), FACT.c.call_id == group.call_id, gathering.in_force()
        )
    ).all()
    if set(in_force) != set(need_ids):
        raise Refusal(NOT_IN_FORCE, field="needs", status=409)
    taken = db.select(MEMBER.c.need_id).where(MEMBER.c.need_id.in_(need_ids), held())
    if db.session.scalars(taken).first() is not None:
        raise Refusal(TAKEN, field="needs", status=409)
    _insert(actor, group, _owners(need_ids), at)


def _owners(need_ids: Collection[str]) -> Sequence[tuple[str, str]]:
    rows = db.session.execute(
        db.select(FACT.c.need_id, FACT.c.organisation_id)
        .where(FACT.c.need_id.in_(need_ids)).distinct().order_by(FACT.c.need_id)
    )  # fmt: skip
    return [(need_id, owner) for need_id, owner in rows]


def _insert(
    actor: Actor, group: NeedGroup, needs: Sequence[tuple[str, str]], at: datetime
) -> None:  # fmt: skip
    db.session.add_all(
        NeedGroupMember(id=new_id(), group_id=group.id, need_id=need_id, organisation_id=owner,
                        valid_from=at, added_by=actor.person_id)
        for need_id, owner in needs
    )  # fmt: skip
    db.session.flush()


def _held_by(group_id: str) -> Sequence[str]:
    return db.session.scalars(
        db.select(MEMBER.c.need_id).where(MEMBER.c.group_id == group_id, held())
    ).all()


def _leave(actor: Actor, group: NeedGroup, need_ids: Collection[str], at: datetime) -> None:
    """Needs go out of a group that keeps others. Raises Refusal."""
    there = set(_held_by(group.id))
    if not need_ids:
        raise Refusal(NOBODY, field="needs")
    if not set(need_ids) <= there:
        raise Refusal(NOT_THERE, field="needs", status=409)
    if set(need_ids) == there:
        raise Refusal(EVERYBODY, field="needs")
    _end_members(actor, group, need_ids, at)


def _end_members(
    actor: Actor, group: NeedGroup, need_ids: Collection[str], at: datetime
) -> None:  # fmt: skip
    db.session.execute(
        db.update(MEMBER)
        .where(MEMBER.c.group_id == group.id, MEMBER.c.need_id.in_(need_ids), held())
        .values(valid_to=at, removed_by=actor.person_id)
    )


def _dissolve(actor: Actor, group: NeedGroup, at: datetime) -> None:
    group.state = tables.GROUP.after(group.state, "dissolve")
    group.dissolved_at, group.dissolved_by = at, actor.person_id
    db.session.flush()
