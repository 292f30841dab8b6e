"""Where is it written down that a country gave a course again?"""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from app.funding.courses import queries as courses
from app.funding.courses.lists import by_name
from app.funding.delivery import queries, replicating
from app.funding.delivery.forms import ReplicationForm
from app.funding.delivery.queries import Held
from app.funding.delivery.views.pages import PAGES, attempt, blueprint, may_write, typed, url
from app.policy.actor import OrganisationKind
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow import tables


@blueprint.route("/courses/<course_id>/replications", methods=["GET"])
@guarded(Permission.COURSE_READ, load=queries.get)
def replications(held: Held) -> Response:
    """GET /courses/<id>/replications: where the course was given again, as far as one may know."""
    actor = current_actor()
    return page(
        "delivery/replications.html", held=held, course=held.course, pages=PAGES,
        found=queries.replications(actor, held.id), may_write=may_write(held, replicating.VERB, Permission.REPLICATE),
        may_replicate=may_write(held, replicating.VERB, Permission.COURSE_EDIT),
        original=courses.replicated(actor, held.course),
        replicas=courses.replicas(actor, held.course),
    )  # fmt: skip


@blueprint.route("/courses/<course_id>/replications/new", methods=["GET", "POST"])
@guarded(Permission.REPLICATE, load=queries.get)
def new_replication(held: Held) -> Response:
    """GET, POST /courses/<id>/replications/new: write one down."""
    tables.COURSE.after(held.course.state, replicating.VERB)
    actor, form = current_actor(), ReplicationForm()
    countries = _countries()
    status, errors = attempt(form, lambda: replicating.add(
        actor, held, form.terms(_country(form, countries))))  # fmt: skip
    if status == 303:
        return done(url("replications", held), _("The replication was saved."))
    return page(
        "delivery/replication.html", status=status, held=held, course=held.course, errors=errors,
        typed=typed(), work_form=True, countries=countries,
    )  # fmt: skip


def _countries() -> list[tuple[str, str]]:
    """Of which country the actor may write: the Secretariat of any, a delegation of its own."""
    if not current_actor().is_secretariat:
        return []
    return by_name(courses.organisations(OrganisationKind.DELEGATION), locale.lang())


def _country(form: ReplicationForm, countries: list[tuple[str, str]]) -> str:
    if not countries:
        return current_actor().organisation_id
    if form.country.data not in dict(countries):
        raise Refusal(replicating.WHICH, field="country")
    return str(form.country.data)
