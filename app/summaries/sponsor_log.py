"""What passed between the Secretariat and one sponsor, in the order of time?

One log for all of it: what comes later, such as courses, registers its own events here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, func, null, union_all

from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.groups.models import NeedGroupName
from app.intake.models import Dossier
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind
from app.summaries.models import (
    CountryDecision,
    CountryRequest,
    CountryReveal,
    GroupSummary,
    QuestionRelay,
    ReleasedSummary,
    Routing,
    RoutingAnswer,
    Summary,
    SummaryOpening,
    SummaryQuestion,
    SummaryRelease,
)
from app.web.keyset import Page, page_of

EVENTS = {
    "sent": N_("Sent to it"),
    "opened": N_("Opened by it"),
    "interested": N_("It answered: interested"),
    "not_now": N_("It answered: not now"),
    "asked": N_("It asked"),
    "passed": N_("Its question was passed on to the country"),
    "replied": N_("The country answered the Secretariat"),
    "answered": N_("Its question was answered"),
    "country_asked": N_("It asked to know the country"),
    "revealed": N_("The country told it its name"),
    "declined": N_("The country did not tell it its name"),
    "recalled": N_("Taken back from it"),
}
"""Kind of an event -> what it is called."""
Source = Callable[[Organisation], Select[Any]]
"""Makes a query of a sponsor's further events, with the columns of `line`."""
Link = Callable[[str], str]
_sources: list[Source] = []
_links: dict[str, Link] = {}
BEHIND = (
    Summary.id.label("summary_id"), Dossier.reference.label("need"),
    GroupSummary.id.label("grouping_id"), NeedGroupName.name_es.label("group_es"),
    NeedGroupName.name_en.label("group_en"),
)  # fmt: skip
"""What tells the Secretariat which need, or which group, was sent."""


def also(source: Source, events: Mapping[str, str], place: str, link: Link) -> None:
    """Let a feature add its events to the log of each sponsor, with their words and their pages."""
    if source not in _sources:
        _sources.append(source)
        EVENTS.update(events)
        _links[place] = link


def links() -> dict[str, Link]:
    """Place -> the address of one of its records, for those that registered."""
    return dict(_links)


def line(
    *, kind: Any, at: Any, key: Any, text: Any, reference: Any, place: Any, subject_id: Any,
    name_es: Any, name_en: Any, country: Any = None,
) -> tuple[Any, ...]:  # fmt: skip
    """The columns of one event, alike for all who tell of some."""
    said = {"kind": kind, "at": at, "key": key, "text": text, "reference": reference,
            "place": place, "subject_id": subject_id, "name_es": name_es, "name_en": name_en,
            "country": cast(null(), String) if country is None else country}  # fmt: skip
    return tuple(
        (db.literal(value) if isinstance(value, str) else value).label(name)
        for name, value in said.items()
    )


def sponsor(actor: Actor, sponsor_id: str) -> Organisation:
    """A sponsor, for the Secretariat. Raises Missing."""
    found = db.session.scalar(
        db.select(Organisation).where(
            Organisation.id == sponsor_id, Organisation.kind == OrganisationKind.SPONSOR
        )
    )
    if found is None or not actor.is_secretariat:
        raise Missing(sponsor_id)
    return found


def sponsors(actor: Actor, after: str) -> Page:
    """Every sponsor by name, with how much it was sent and what became of that."""
    if not actor.is_secretariat:
        raise Missing("sponsors")
    query = db.select(
        Organisation,
        _count(Routing.state != "recalled").label("sent"),
        _count(Routing.state != "recalled", Routing.opened_at.is_not(None)).label("opened"),
        _count(Routing.state == "interested").label("interested"),
        _asked(SummaryQuestion, SummaryQuestion.answer.is_(None),
               SummaryQuestion.closed_at.is_(None)).label("questions"),
        _asked(CountryRequest, CountryRequest.state == "asked").label("names"),
    ).where(Organisation.kind == OrganisationKind.SPONSOR)  # fmt: skip
    return page_of(query, Organisation.name_es, Organisation.id, after, ascending=True)


def _count(*conditions: Any) -> Any:
    return _asked(Routing, *conditions)


def _asked(model: Any, *conditions: Any) -> Any:
    """How many rows of a table about a sponsor there are, beside the sponsor's own row."""
    counted = db.select(func.count()).select_from(model)
    return counted.where(model.sponsor_id == Organisation.id, *conditions).scalar_subquery()


def summaries(sponsor: Organisation, after: str) -> Page:
    """One row for each summary that was sent to a sponsor, recalled ones too, newest first."""
    openings = db.select(func.count()).where(SummaryOpening.routing_id == Routing.id)
    questions = db.select(func.count()).where(SummaryQuestion.routing_id == Routing.id)
    told = db.select(func.count()).where(CountryReveal.routing_id == Routing.id)
    query = _of_summaries(
        db.select(
            Routing, ReleasedSummary.reference, ReleasedSummary.content,
            *BEHIND,
            openings.scalar_subquery().label("openings"),
            questions.scalar_subquery().label("questions"),
            told.scalar_subquery().label("told"),
        ).where(Routing.sponsor_id == sponsor.id)
    )  # fmt: skip
    return page_of(query, Routing.sent_at, Routing.id, after)


def _of_summaries(query: Select[Any]) -> Select[Any]:
    """A query that selects from routings, with the summary and the need behind each."""
    return (
        query.join(ReleasedSummary, ReleasedSummary.id == Routing.released_id)
        .join(SummaryRelease, and_(SummaryRelease.released_id == Routing.released_id,
                                   SummaryRelease.place == 0))
        .outerjoin(GroupSummary, GroupSummary.released_id == Routing.released_id)
        .outerjoin(NeedGroupName, and_(NeedGroupName.group_id == GroupSummary.group_id,
                                       NeedGroupName.valid_to.is_(None)))
        .join(Summary, and_(Summary.id == SummaryRelease.summary_id,
                            Summary.organisation_id == SummaryRelease.organisation_id))
        .join(Dossier, Dossier.id == Summary.need_id)
    )  # fmt: skip


def events(sponsor: Organisation, *, kind: str, routing_id: str, after: str) -> Page:
    """What happened, newest first: all of it, of one kind, or about one summary that was sent."""
    everything = (
        _event("sent", Routing.sent_at, Routing.id, Routing.id, Routing.why),
        _event("opened", SummaryOpening.opened_at, SummaryOpening.id, SummaryOpening.routing_id),
        _event(RoutingAnswer.state, RoutingAnswer.answered_at, RoutingAnswer.id,
               RoutingAnswer.routing_id, RoutingAnswer.reason),
        _event("asked", SummaryQuestion.asked_at, SummaryQuestion.id, SummaryQuestion.routing_id,
               SummaryQuestion.question),
        _event("passed", QuestionRelay.passed_at, QuestionRelay.id, QuestionRelay.routing_id,
               QuestionRelay.note, by=QuestionRelay.organisation_id),
        _event("replied", QuestionRelay.replied_at, QuestionRelay.id, QuestionRelay.routing_id,
               QuestionRelay.reply, by=QuestionRelay.organisation_id),
        _event("answered", SummaryQuestion.answered_at, SummaryQuestion.id,
               SummaryQuestion.routing_id, SummaryQuestion.answer),
        _event("country_asked", CountryRequest.asked_at, CountryRequest.id,
               CountryRequest.routing_id),
        _event(CountryDecision.decision, CountryDecision.decided_at, CountryDecision.id,
               CountryDecision.routing_id, CountryDecision.reason,
               by=CountryDecision.organisation_id),
        _event("recalled", Routing.recalled_at, Routing.id, Routing.id),
    )  # fmt: skip
    happened = union_all(
        *(
            part.where(at.is_not(None), _about(sponsor, of, routing_id))
            for part, at, of in everything
        )
    ).subquery()
    is_alone = GroupSummary.id.is_(None)
    own = _of_summaries(
        db.select(*line(
            kind=happened.c.kind, at=happened.c.at, key=happened.c.key, text=happened.c.text,
            reference=ReleasedSummary.reference,
            place=case((is_alone, "summary"), else_="group"),
            subject_id=func.coalesce(GroupSummary.id, Summary.id),
            name_es=case((is_alone, Dossier.reference), else_=NeedGroupName.name_es),
            name_en=case((is_alone, Dossier.reference), else_=NeedGroupName.name_en),
            country=Organisation.country,
        ))
        .join(Routing, Routing.id == happened.c.routing_id)
        .outerjoin(Organisation, Organisation.id == happened.c.by)
        .where(Routing.sponsor_id == sponsor.id)
    )  # fmt: skip
    others = [] if routing_id else [source(sponsor) for source in _sources]
    log = union_all(own, *others).subquery()
    query = db.select(log)
    if kind:
        query = query.where(log.c.kind == kind)
    return page_of(query, log.c.at, log.c.key, after)


def _event(
    kind: Any, at: Any, key: Any, routing_id: Any, text: Any = "", by: Any = None
) -> tuple[Any, Any, Any]:  # fmt: skip
    """Rows of one table as events, when each was and of which routing.

    The key tells apart those of one instant; `by` is the organisation of the country whose act it was.
    """
    named = db.literal(kind) if isinstance(kind, str) else kind
    mark = db.literal(kind[:2] if isinstance(kind, str) else "an")
    words = db.literal("") if isinstance(text, str) else func.coalesce(text, "")
    rows = db.select(
        named.label("kind"), at.label("at"), (key + mark).label("key"),
        routing_id.label("routing_id"), words.label("text"),
        (db.cast(db.null(), db.String) if by is None else by).label("by"),
    )  # fmt: skip
    return rows, at, routing_id


def _about(sponsor: Organisation, of: Any, routing_id: str) -> Any:
    """The condition, asked of each table by itself, of what is about a sponsor or a summary it was sent."""
    if routing_id:
        return of == routing_id
    if hasattr(of.class_, "sponsor_id"):
        return of.class_.sponsor_id == sponsor.id
    return of.in_(db.select(Routing.id).where(Routing.sponsor_id == sponsor.id))
