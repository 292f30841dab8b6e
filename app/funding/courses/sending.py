"""How does the Secretariat send a course to sponsors, and who of them has opened it?"""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import actions, following, history, parts, progress, queries, sheets
from app.funding.courses.models import Course, CourseInvitation
from app.funding.courses.sheets import Content
from app.organisations.models import Organisation
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, SPONSORS
from app.summaries import texts
from app.web.refusal import Refusal

MISSING_WHY = N_("Say why you send it to them; they read it.")
CHOOSE = N_("Choose at least one sponsor of the list.")
UNCONFIRMED = N_(
    "One of those you chose is the sponsor side of a country that takes part or hosts unnamed. Tick that "
    "you know, or choose others."
)
UNCONFIRMED_READER = N_(
    "One of those who read this course is the sponsor side of a country that takes part or hosts unnamed. "
    "Tick that you know."
)


def send(
    actor: Actor, course: Course, content: Content, *, sponsor_ids: list[str], why: str,
    revision: int, own_side_confirmed: bool = False,
) -> None:  # fmt: skip
    """Release the sheet that was on the screen and send it to chosen sponsors, with the reason."""
    require(actor, Permission.COURSE_EDIT)
    why = texts.read(why, field="why", missing=MISSING_WHY)
    chosen = _chosen(sponsor_ids)
    sheets.refuse_unready(actor, course, content)
    rows = queries.seats(actor, course.id)
    sheets.refuse_naming(rows, course, {"why": why})
    if of_own_side(actor, course, chosen) and not own_side_confirmed:
        raise Refusal(UNCONFIRMED, field="own_side")
    is_first = course.state == "planned"
    actions.move(course, "open" if is_first else "send", revision)
    history.serve(course)
    sheet = sheets.release(course.id, content)
    invited = {each.sponsor_id for each, _ in queries.invitations(course.id)}
    for sponsor in chosen:
        if sponsor.id not in invited:
            _invite(actor, course, sponsor, why)
    db.session.flush()
    parts.ask(course)
    trail.record(actor, "course-sent", subject=("course", course.id),
                 detail={"sheet": sheet.number, "sponsors": sorted(each.id for each in chosen)})  # fmt: skip
    if is_first:
        for organisation_id in queries.concerned(course):
            post.to_roles(organisation_id, CERTIFIERS, "course-opened", course=course.id)


def renew_sheet(
    actor: Actor, course: Course, content: Content, *, revision: int,
    own_side_confirmed: bool = False,
) -> None:  # fmt: skip
    """Release the sheet anew after the course changed; those it was sent to read this one now.

    A reason that would name who goes unnamed now is taken out.
    """
    require(actor, Permission.COURSE_EDIT)
    sheets.refuse_unready(actor, course, content)
    readers = [sponsor for _, sponsor in queries.invitations(course.id)]
    if of_own_side(actor, course, readers) and not own_side_confirmed:
        raise Refusal(UNCONFIRMED_READER, field="own_side_reads")
    actions.move(course, "send", revision)
    rows, host = queries.seats(actor, course.id), sheets.named_host(course)
    names = sheets.names_kept(rows, course, host).anywhere
    following.take_out(following.whys_telling(course.id, names))
    sheet = sheets.release(course.id, content)
    parts.ask(course)
    trail.record(actor, "course-sheet", subject=("course", course.id),
                 detail={"sheet": sheet.number})  # fmt: skip
    tell_renewed(course)


def tell_renewed(course: Course) -> None:
    """Those it was sent to hear that they read something new of it."""
    for invitation, _ in queries.invitations(course.id):
        post.to_roles(invitation.sponsor_id, SPONSORS, "course-renewed", invitation=invitation.id)


def of_own_side(actor: Actor, course: Course, sponsors: list[Organisation]) -> list[Organisation]:
    """Those of them that are the sponsor side of a country which takes part, or hosts, unnamed."""
    rows, host = queries.seats(actor, course.id), sheets.named_host(course)
    hidden = set(
        db.session.scalars(
            db.select(Organisation.country).where(
                Organisation.id.in_(sheets.unnamed_ids(rows, course, host)),
                Organisation.kind == OrganisationKind.DELEGATION.value,
            )
        )
    )
    return [each for each in sponsors if each.country and each.country in hidden]


def close_to_sponsors(course: Course, why: str) -> None:
    """Those it was sent to read of it what it was called and why it was cancelled, and nothing more."""
    sheet = queries.newest_sheet(course.id)
    title = sheet.content["title"] if sheet else {"es": course.title_es, "en": course.title_en}
    db.session.execute(
        update(CourseInvitation)
        .where(CourseInvitation.course_id == course.id, CourseInvitation.closed_at.is_(None))
        .values(
            closed_at=clock.now(),
            remains={"reference": course.reference, "title": title, "why": why},
        )
        .execution_options(synchronize_session=False)
    )


def close_to_pledges(course: Course) -> None:
    """Those it was sent to read it further and pledge to it no more."""
    db.session.execute(
        update(CourseInvitation)
        .where(CourseInvitation.course_id == course.id,
               CourseInvitation.pledges_closed_at.is_(None))
        .values(pledges_closed_at=clock.now())
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def _chosen(sponsor_ids: list[str]) -> list[Organisation]:
    known = {each.id: each for each in queries.organisations(OrganisationKind.SPONSOR)}
    if not sponsor_ids or not set(sponsor_ids) <= set(known):
        raise Refusal(CHOOSE, field="sponsors")
    return [known[each] for each in dict.fromkeys(sponsor_ids)]


def _invite(actor: Actor, course: Course, sponsor: Organisation, why: str) -> None:
    invitation = CourseInvitation(
        id=new_id(), course_id=course.id, sponsor_id=sponsor.id, why=why, sent_by=actor.person_id,
        sent_at=clock.now(), **progress.of(course),
    )  # fmt: skip
    db.session.add(invitation)
    post.to_roles(sponsor.id, SPONSORS, "course-received", invitation=invitation.id)
