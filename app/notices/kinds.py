"""Of what can somebody be told, in which words, and where does it lead?"""

from __future__ import annotations

from dataclasses import dataclass

from app.formats.words import N_
from app.outbox.families import CASES, COMMENTS, READY, STEPS


@dataclass(frozen=True)
class Kind:
    """What is said of an event: no title, no country and nobody's words."""

    words: str
    """A msgid."""
    path: str
    """Where it is; `{subject}` and `{dossier}` are filled in."""
    family: str
    """Which mail tells of it, unless the person does without."""


KINDS: dict[str, Kind] = {
    "mentioned": Kind(
        N_("A colleague addressed you in a comment."), "/needs/comments/{subject}", COMMENTS
    ),
    "replied": Kind(
        N_("Somebody answered in a conversation of yours."), "/needs/comments/{subject}", COMMENTS
    ),
    "commented": Kind(
        N_("There is a comment between the delegation and the Technical Secretariat."),
        "/needs/comments/{subject}",
        COMMENTS,
    ),
    "ready": Kind(N_("A draft of your delegation is ready to certify."), "/needs/{dossier}", READY),
    "certified": Kind(
        N_("A need in which you took part was certified and submitted."), "/needs/{dossier}", STEPS
    ),
    "returned": Kind(
        N_("A need in which you took part was returned for changes."), "/needs/{dossier}", STEPS
    ),
    "accepted": Kind(N_("A need in which you took part was accepted."), "/needs/{dossier}", STEPS),
    "withdrawn": Kind(
        N_("A need in which you took part was withdrawn."), "/needs/{dossier}", STEPS
    ),
    "discarded": Kind(
        N_("A draft in which you took part was discarded."), "/needs/{dossier}", STEPS
    ),
    "brought-back": Kind(
        N_("A discarded draft in which you took part was brought back."), "/needs/{dossier}", STEPS
    ),
    "filing-answered": Kind(
        N_("A country answered about something that you filed for it."), "/needs/filings", STEPS
    ),
    "in-report": Kind(
        N_("An edition of the needs report counts a need in which you took part."),
        "/reports/editions/{subject}",
        STEPS,
    ),
    "sent": Kind(
        N_("A summary of a need in which you took part was sent to sponsors."),
        "/summaries/{subject}",
        STEPS,
    ),
    "read": Kind(
        N_("A sponsor read the summary of a need in which you took part."),
        "/summaries/{subject}",
        STEPS,
    ),
    "country-asked": Kind(
        N_("A sponsor asks to know the country of a need in which you took part."),
        "/summaries/{subject}",
        STEPS,
    ),
    "revealed": Kind(
        N_("A sponsor was told the country of a need in which you took part."),
        "/summaries/{subject}",
        STEPS,
    ),
    "course-funded": Kind(
        N_("Funds were confirmed for a course with seats for a need in which you took part."),
        "/courses/{subject}",
        STEPS,
    ),
    "course-scheduled": Kind(
        N_("A course with seats for a need in which you took part has a date."),
        "/courses/{subject}/schedule",
        STEPS,
    ),
    "course-held": Kind(
        N_("A course with seats for a need in which you took part was held."),
        "/courses/{subject}/delivery",
        STEPS,
    ),
    "case-delivered": Kind(
        N_("A communication on a case reached a unit of yours."), "/received/cases/{subject}", CASES
    ),
    "case-recalled": Kind(
        N_("A communication that your unit had was recalled."), "/received/cases/{subject}", CASES
    ),
    "case-closed": Kind(
        N_("A case of which your unit had a communication was closed."),
        "/received/cases/{subject}",
        CASES,
    ),
    "case-access-ends": Kind(
        N_("A unit of yours can read a communication for a few days more."),
        "/received/cases/{subject}",
        CASES,
    ),
    "case-opened": Kind(
        N_("A unit opened a communication of your unit."), "/cases/{subject}#units", CASES
    ),
    "case-answered": Kind(
        N_("There is a receipt for a communication of your unit."), "/cases/{subject}#units", CASES
    ),
    "case-rejected": Kind(
        N_("A unit rejected a communication of your unit. Its reason stands there."),
        "/cases/{subject}#units",
        CASES,
    ),
    "case-ends": Kind(
        N_("A case that your unit keeps will be forgotten within days."), "/cases/{subject}", CASES
    ),
    "case-erased": Kind(
        N_("A communication that your unit had was erased by the unit that sent it."),
        "/received/cases/{subject}",
        CASES,
    ),
    "case-erasure-asked": Kind(
        N_("A colleague proposes to erase a communication; a second person decides."),
        "/cases/{subject}/erasure",
        CASES,
    ),
    "case-erasure-decided": Kind(
        N_("Somebody decided on an erasure that you proposed."), "/cases/{subject}/erasure", CASES
    ),
    "case-follow-up-due": Kind(
        N_("A follow-up of your unit waits for somebody to look again."),
        "/case-follow-ups/{subject}",
        CASES,
    ),
    "case-follow-up-taken-over": Kind(
        N_("A follow-up of your unit was taken over by a unit of another country."),
        "/case-follow-ups/{subject}",
        CASES,
    ),
    "case-follow-up-given-back": Kind(
        N_("A follow-up came back to your unit: the other country no longer follows."),
        "/case-follow-ups/{subject}",
        CASES,
    ),
    "answered": Kind(
        N_("A sponsor answered about a need in which you took part."), "/summaries/{subject}", STEPS
    ),
}


def path_of(kind: str, subject_id: str, dossier_id: str | None) -> str:
    """The page to which a notice leads; whether it is there is asked on arriving."""
    return KINDS[kind].path.format(subject=subject_id, dossier=dossier_id or "-")
