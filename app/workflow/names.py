"""What is each state of a record called? One name for each audience, from this place alone.

A state is called the same in a list, on a page, on a desk and in a file. Where the delegation whose record
it is stands differently to a state than the Secretariat, it has a name of its own for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.formats.words import N_
from app.workflow import tables


@dataclass(frozen=True)
class Name:
    """The msgid of what a state is called, and the look of its tag."""

    word: str
    look: str = ""
    own: str = ""
    """What the delegation calls it whose record it is, where that is not the same."""

    def said_to(self, *, own: bool) -> str:
        """The msgid for a reader of the delegation whose record it is, or for anybody else."""
        return self.own if own and self.own else self.word


UNPREPARED = "new"
"""Where a summary stands of which there is no record yet."""

NAMES: dict[str, dict[str, Name]] = {
    tables.CALL.name: {
        "draft": Name(N_("draft"), "quiet"),
        "scheduled": Name(N_("announced")),
        "open": Name(N_("open"), "good"),
        "closed": Name(N_("closed"), "quiet"),
    },
    tables.FILING.name: {
        "waiting": Name(N_("waiting for the country's word"), "warn", own=N_("to confirm")),
        "confirmed": Name(N_("confirmed by the country"), "good"),
        "taken-over": Name(N_("taken over by the country"), "quiet"),
        "refused": Name(N_("not the country's, it says"), "quiet"),
    },
    tables.DOSSIER.name: {
        "draft": Name(N_("draft"), "quiet"),
        "submitted": Name(N_("submitted")),
        "returned": Name(N_("returned for changes"), "warn"),
        "accepted": Name(N_("accepted"), "good"),
        "withdrawn": Name(N_("withdrawn"), "quiet"),
        "discarded": Name(N_("discarded"), "quiet"),
    },
    tables.GROUP.name: {
        "open": Name(N_("in use"), "good"),
        "dissolved": Name(N_("dissolved"), "quiet"),
    },
    tables.EDITION.name: {
        "draft": Name(N_("in preparation"), "quiet"),
        "published": Name(N_("published"), "good"),
    },
    tables.GROUPING.name: {
        "asking": Name(N_("countries asked"), "warn"),
        "released": Name(N_("with sponsors"), "good"),
        "ended": Name(N_("taken back"), "quiet"),
    },
    tables.SUMMARY.name: {
        UNPREPARED: Name(N_("not prepared yet"), "quiet"),
        "prepared": Name(N_("ready to send")),
        "changed": Name(N_("waiting for the country"), "warn", own=N_("your word is asked for")),
        "withheld": Name(N_("withheld"), "quiet"),
        "released": Name(N_("sent to sponsors"), "good"),
    },
    tables.OFFER.name: {
        "draft": Name(N_("draft"), "quiet"),
        "open": Name(N_("open now"), "good"),
        "withdrawn": Name(N_("taken back"), "quiet"),
        "expired": Name(N_("expired"), "warn"),
    },
    tables.ROUTING.name: {
        "sent": Name(N_("no response"), "quiet"),
        "interested": Name(N_("interested"), "good"),
        "not_now": Name(N_("not now"), "quiet"),
        "recalled": Name(N_("recalled"), "warn"),
    },
    tables.COURSE.name: {
        "planned": Name(N_("being planned"), "quiet"),
        "open": Name(N_("seeking funds")),
        "scheduled": Name(N_("scheduled"), "good"),
        "delivered": Name(N_("held"), "good"),
        "evaluated": Name(N_("evaluated"), "good"),
        "closed": Name(N_("concluded"), "quiet"),
        "cancelled": Name(N_("cancelled"), "warn"),
    },
    tables.PLEDGE.name: {
        "interest": Name(N_("interest declared"), "quiet"),
        "offered": Name(N_("offered, with the countries"), "warn"),
        "returned": Name(N_("returned to the giver"), "warn"),
        "accepted": Name(N_("accepted by the countries"), "good"),
        "confirmed": Name(N_("funds confirmed"), "good"),
        "scheduled": Name(N_("confirmed, with a date"), "good"),
        "delivered": Name(N_("funds used"), "good"),
        "evaluated": Name(N_("used and evaluated"), "good"),
        "closed": Name(N_("completed"), "quiet"),
        "withdrawn": Name(N_("taken back"), "quiet"),
        "expired": Name(N_("lapsed"), "quiet"),
    },
    tables.BUNDLE.name: {
        "running": Name(N_("being computed")),
        "ready": Name(N_("ready to look at"), "good"),
        "failed": Name(N_("not computed"), "bad"),
        "discarded": Name(N_("put aside"), "quiet"),
    },
    tables.PART.name: {
        "asked": Name(N_("no word yet"), "warn"),
        "confirmed": Name(N_("part confirmed"), "good"),
        "declined": Name(N_("part declined"), "bad"),
        "ended": Name(N_("no part any more"), "quiet"),
    },
    tables.REVEAL.name: {
        "asked": Name(N_("waiting for the country"), "warn", own=N_("your word is asked for")),
        "revealed": Name(
            N_("the country let its name be known"), "good", own=N_("you let your name be known")
        ),
        "declined": Name(
            N_("the country does not let its name be known"),
            "quiet",
            own=N_("you did not let your name be known"),
        ),
        "closed": Name(N_("closed by a recall"), "quiet"),
    },
    tables.RELAY.name: {
        "waiting": Name(N_("waiting for the country"), "warn", own=N_("your answer is asked for")),
        "replied": Name(
            N_("the country answered the Secretariat"),
            "good",
            own=N_("you answered the Secretariat"),
        ),
        "closed": Name(N_("closed"), "quiet"),
    },
    tables.STANDING.name: {
        "proposed": Name(N_("proposed"), "warn"),
        "observation": Name(N_("under observation"), "warn"),
        "approved": Name(N_("approved"), "good"),
    },
    tables.RESERVATION.name: {
        "draft": Name(N_("to confirm"), "warn"),
        "in_force": Name(N_("in force"), "good"),
        "replaced": Name(N_("replaced by a later version"), "quiet"),
        "withdrawn": Name(N_("withdrawn"), "quiet"),
        "discarded": Name(N_("put aside"), "quiet"),
    },
    tables.EXCHANGE.name: {
        "draft": Name(N_("draft"), "quiet"),
        "released": Name(N_("released to its units"), "good"),
        "recalled": Name(N_("recalled by its unit"), "warn"),
        "closed": Name(N_("case closed"), "quiet"),
        "erased": Name(N_("erased"), "quiet"),
    },
    tables.CASE_ERASURE.name: {
        "proposed": Name(N_("erasure proposed"), "warn"),
        "withdrawn": Name(N_("proposal withdrawn"), "quiet"),
        "refused": Name(N_("proposal refused"), "quiet"),
        "confirmed": Name(N_("erasure confirmed"), "bad"),
        "lapsed": Name(N_("forgotten by its day first"), "quiet"),
    },
    tables.ADDRESSEE.name: {
        "queued": Name(N_("on its way"), "quiet"),
        "delivered": Name(N_("delivered")),
        "opened": Name(N_("opened")),
        "accepted": Name(N_("receipt given"), "good"),
        "actioned": Name(N_("acted upon"), "good"),
        "rejected": Name(N_("rejected"), "bad"),
        "undelivered": Name(N_("not delivered"), "bad"),
        "recalled": Name(N_("recalled by the sender"), "warn"),
        "expired": Name(N_("access ended"), "quiet"),
    },
    tables.CASE_FOLLOW_UP.name: {
        "open": Name(N_("being followed"), "warn"),
        "handed_over": Name(N_("handed over to another country"), "quiet"),
        "closed": Name(N_("follow-up ended"), "good"),
        "erased": Name(N_("erased"), "quiet"),
    },
}
"""Machine -> state -> its name."""


def name_of(machine: str, state: str) -> Name:
    """The name of a state. Raises KeyError for what is none."""
    return NAMES[machine][state]
