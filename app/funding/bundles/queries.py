"""Which proposals of courses are there for this actor, and what became of them?"""

from __future__ import annotations

from sqlalchemy.orm import defer

from app.calls.models import Call
from app.db.errors import Missing
from app.extensions import db
from app.funding.bundles.models import Bundle, BundleAdoption
from app.funding.courses.models import Course
from app.policy.actor import Actor
from app.web.keyset import Page, page_of


def get(actor: Actor, bundle_id: str) -> Bundle:
    """A proposal, for the Secretariat. Raises Missing."""
    bundle = db.session.get(Bundle, bundle_id) if actor.is_secretariat else None
    if bundle is None:
        raise Missing(bundle_id)
    return bundle


def list_bundles(actor: Actor, after: str) -> Page:
    """The proposals, the newest first, a page at a time: Bundle with its call."""
    if not actor.is_secretariat:
        raise Missing("bundles")
    query = (
        db.select(Bundle, Call)
        .join(Call, Call.id == Bundle.call_id)
        .options(defer(Bundle.inputs), defer(Bundle.result))
    )
    return page_of(query, Bundle.made_at, Bundle.id, after)


def adoptions(bundle_id: str) -> dict[int, tuple[BundleAdoption, Course]]:
    """Place -> what was adopted, and the course that it became."""
    rows = db.session.execute(
        db.select(BundleAdoption, Course)
        .join(Course, Course.id == BundleAdoption.course_id)
        .where(BundleAdoption.bundle_id == bundle_id)
        .order_by(BundleAdoption.place)
    )
    return {adoption.place: (adoption, course) for adoption, course in rows}


def is_running(call_id: str) -> str | None:
    """The proposal of a call that is being computed now."""
    return db.session.scalars(
        db.select(Bundle.id).where(Bundle.call_id == call_id, Bundle.state == "running")
        .order_by(Bundle.made_at.desc(), Bundle.id).limit(1)
    ).first()  # fmt: skip
