"""How does each record live? All of it on one screen."""

from __future__ import annotations

from app.workflow.machine import Machine

CALL = Machine(
    name="call",
    initial="draft",
    states=("draft", "scheduled", "open", "closed"),
    moves={
        ("draft", "edit"): "draft",
        ("draft", "schedule"): "scheduled",
        ("scheduled", "unschedule"): "draft",
        ("draft", "open"): "open",
        ("scheduled", "open"): "open",
        ("open", "extend"): "open",
        ("closed", "extend"): "open",
        ("open", "close"): "closed",
        # Once countries have read it, its words may be mended and countries added, and no more.
        ("scheduled", "reword"): "scheduled",
        ("open", "reword"): "open",
        ("scheduled", "invite"): "scheduled",
        ("open", "invite"): "open",
        ("open", "remind"): "open",
        ("open", "allow_late"): "open",
        ("closed", "allow_late"): "closed",
        ("open", "revoke_late"): "open",
        ("closed", "revoke_late"): "closed",
    },
)

FILING = Machine(
    name="filing",
    initial="waiting",
    states=("waiting", "confirmed", "taken-over", "refused"),
    moves={
        # What arrived outside Enlace is the country's own once the country says so.
        ("waiting", "confirm"): "confirmed",
        ("waiting", "take_over"): "taken-over",
        ("waiting", "refuse"): "refused",
    },
)

DOSSIER = Machine(
    name="dossier",
    initial="draft",
    states=("draft", "submitted", "returned", "accepted", "withdrawn", "discarded"),
    moves={
        ("draft", "certify"): "submitted",
        ("submitted", "return"): "returned",
        ("submitted", "accept"): "accepted",
        ("returned", "certify"): "submitted",
        # An accepted version stays in force until its successor is accepted; `revise` opens a draft.
        ("accepted", "revise"): "accepted",
        ("accepted", "certify"): "submitted",
        ("draft", "withdraw"): "withdrawn",
        ("submitted", "withdraw"): "withdrawn",
        ("returned", "withdraw"): "withdrawn",
        ("accepted", "withdraw"): "withdrawn",
        # Only what was never submitted is thrown away; for a while its delegation can change its mind.
        ("draft", "discard"): "discarded",
        ("discarded", "bring_back"): "draft",
    },
)

GROUP = Machine(
    name="group",
    initial="open",
    states=("open", "dissolved"),
    moves={
        # Renaming, adding, taking out and merging others into it; its past stays as it was.
        ("open", "edit"): "open",
        ("open", "dissolve"): "dissolved",
    },
)

EDITION = Machine(
    name="edition",
    initial="draft",
    states=("draft", "published"),
    moves={("draft", "edit"): "draft", ("draft", "publish"): "published"},
)

SUMMARY = Machine(
    name="summary",
    initial="prepared",
    states=("prepared", "changed", "withheld", "released"),
    moves={
        # As previewed at certification: nothing to ask again. Once released, to more sponsors.
        ("prepared", "send"): "released",
        ("released", "send"): "released",
        # Changed by the Secretariat: the country has five working days.
        ("prepared", "change"): "changed",
        ("changed", "change"): "changed",
        ("changed", "consent"): "prepared",
        ("changed", "object"): "withheld",
        ("changed", "lapse"): "prepared",
        ("withheld", "change"): "changed",
        ("prepared", "withhold"): "withheld",
        ("released", "withhold"): "withheld",
    },
)

GROUPING = Machine(
    name="grouping",
    initial="asking",
    states=("asking", "released", "ended"),
    moves={
        # Each country says its word for itself; what it agreed to is sent with the others.
        ("asking", "send"): "released",
        ("released", "send"): "released",
        # By the Secretariat, or because a need or the group changed.
        ("asking", "end"): "ended",
        ("released", "end"): "ended",
    },
)

ROUTING = Machine(
    name="routing",
    initial="sent",
    states=("sent", "interested", "not_now", "recalled"),
    moves={
        ("sent", "be_interested"): "interested",
        ("sent", "decline"): "not_now",
        # A sponsor may say the same again with other words.
        ("interested", "be_interested"): "interested",
        ("not_now", "decline"): "not_now",
        ("interested", "decline"): "not_now",
        ("not_now", "be_interested"): "interested",
        ("sent", "recall"): "recalled",
        ("interested", "recall"): "recalled",
        ("not_now", "recall"): "recalled",
    },
)

OFFER = Machine(
    name="offer",
    initial="draft",
    states=("draft", "open", "withdrawn", "expired"),
    moves={
        ("draft", "edit"): "draft",
        ("draft", "open"): "open",
        # What was never open is put aside by the same verb; nobody else had read it.
        ("draft", "withdraw"): "withdrawn",
        ("open", "edit"): "open",
        ("open", "renew"): "open",
        ("open", "withdraw"): "withdrawn",
        # By the clock, on the day after the last on which it stands.
        ("open", "expire"): "expired",
        ("expired", "renew"): "open",
    },
)

COURSE = Machine(
    name="course",
    initial="planned",
    states=("planned", "open", "scheduled", "delivered", "evaluated", "closed", "cancelled"),
    moves={
        ("planned", "edit"): "planned",
        ("planned", "open"): "open",
        # Sponsors hold it: each change that they read of is a sheet of its own.
        ("open", "edit"): "open",
        ("open", "send"): "open",
        ("open", "schedule"): "scheduled",
        ("scheduled", "edit"): "scheduled",
        ("scheduled", "send"): "scheduled",
        ("scheduled", "deliver"): "delivered",
        ("delivered", "evaluate"): "evaluated",
        ("evaluated", "close"): "closed",
        # What is written down of it while it is prepared, held and looked back on.
        ("open", "timetable"): "open",
        ("scheduled", "timetable"): "scheduled",
        ("open", "nominate"): "open",
        ("scheduled", "nominate"): "scheduled",
        ("scheduled", "attend"): "scheduled",
        ("delivered", "attend"): "delivered",
        ("scheduled", "assess"): "scheduled",
        ("delivered", "assess"): "delivered",
        ("delivered", "replicate"): "delivered",
        ("evaluated", "replicate"): "evaluated",
        ("closed", "replicate"): "closed",
        ("planned", "cancel"): "cancelled",
        ("open", "cancel"): "cancelled",
        ("scheduled", "cancel"): "cancelled",
    },
)

PLEDGE = Machine(
    name="pledge",
    initial="interest",
    states=("interest", "offered", "returned", "accepted", "confirmed", "scheduled", "delivered",
            "evaluated", "closed", "withdrawn", "expired"),
    moves={
        ("interest", "offer"): "offered",
        ("returned", "offer"): "offered",
        # Other lines are another offer: its countries are asked anew.
        ("offered", "offer"): "offered",
        ("accepted", "offer"): "offered",
        ("offered", "review"): "offered",
        ("offered", "accept"): "accepted",
        ("offered", "return"): "returned",
        # A country has seats now that has not said its word.
        ("accepted", "ask"): "offered",
        ("accepted", "confirm"): "confirmed",
        # The course carries them along.
        ("confirmed", "schedule"): "scheduled",
        ("scheduled", "deliver"): "delivered",
        ("delivered", "evaluate"): "evaluated",
        ("evaluated", "close"): "closed",
        ("interest", "withdraw"): "withdrawn",
        ("offered", "withdraw"): "withdrawn",
        ("returned", "withdraw"): "withdrawn",
        ("accepted", "withdraw"): "withdrawn",
        ("confirmed", "withdraw"): "withdrawn",
        ("scheduled", "withdraw"): "withdrawn",
        # Its day has passed, or the course was held without it.
        ("interest", "expire"): "expired",
        ("offered", "expire"): "expired",
        ("returned", "expire"): "expired",
        ("accepted", "expire"): "expired",
    },
)  # fmt: skip

PART = Machine(
    name="part",
    initial="asked",
    states=("asked", "confirmed", "declined", "ended"),
    moves={
        # What an organisation gives to a course apart from money; whoever said one may say the other.
        ("asked", "confirm"): "confirmed",
        ("declined", "confirm"): "confirmed",
        ("asked", "decline"): "declined",
        ("confirmed", "decline"): "declined",
        # The Secretariat asks something else of it, or nothing any more.
        ("asked", "ask"): "asked",
        ("confirmed", "ask"): "asked",
        ("declined", "ask"): "asked",
        ("ended", "ask"): "asked",
        ("asked", "end"): "ended",
        ("confirmed", "end"): "ended",
        ("declined", "end"): "ended",
    },
)

REVEAL = Machine(
    name="reveal",
    initial="asked",
    states=("asked", "revealed", "declined", "closed"),
    moves={
        # A sponsor asks to know the country; the country's word ends it, silence never does.
        ("asked", "reveal"): "revealed",
        ("asked", "decline"): "declined",
        # The summary was taken back before there was a word.
        ("asked", "close"): "closed",
    },
)

RELAY = Machine(
    name="relay",
    initial="waiting",
    states=("waiting", "replied", "closed"),
    moves={
        # A sponsor's question that the Secretariat passed on; the country answers the Secretariat.
        ("waiting", "remind"): "waiting",
        ("waiting", "reply"): "replied",
        # The sponsor was answered, or the summary taken back.
        ("waiting", "close"): "closed",
    },
)

BUNDLE = Machine(
    name="bundle",
    initial="running",
    states=("running", "ready", "failed", "discarded"),
    moves={
        ("running", "finish"): "ready",
        ("running", "fail"): "failed",
        # Each course of a proposal is adopted by itself; the others stay proposed.
        ("ready", "adopt"): "ready",
        ("ready", "discard"): "discarded",
        ("failed", "discard"): "discarded",
    },
)

STANDING = Machine(
    name="standing",
    initial="proposed",
    states=("proposed", "observation", "approved"),
    moves={
        # A shipped format is a proposal until the countries have looked at it and approved it.
        ("proposed", "observe"): "observation",
        ("observation", "approve"): "approved",
        ("observation", "propose"): "proposed",
        ("approved", "observe"): "observation",
    },
)

RESERVATION = Machine(
    name="reservation",
    initial="draft",
    states=("draft", "in_force", "replaced", "withdrawn", "discarded"),
    moves={
        # What a rule says is written once: a draft that is written anew is another one.
        ("draft", "confirm"): "in_force",
        ("draft", "discard"): "discarded",
        ("in_force", "replace"): "replaced",
        ("in_force", "withdraw"): "withdrawn",
    },
)

EXCHANGE = Machine(
    name="exchange",
    initial="draft",
    states=("draft", "released", "recalled", "closed", "erased"),
    moves={
        ("draft", "release"): "released",
        # Another version, other units, or what a reservation that was loosened lets through now.
        ("released", "release"): "released",
        ("released", "recall"): "recalled",
        ("released", "close"): "closed",
        ("closed", "recall"): "recalled",
        # Once its time is over nothing is left but a hash.
        ("draft", "erase"): "erased",
        ("released", "erase"): "erased",
        ("recalled", "erase"): "erased",
        ("closed", "erase"): "erased",
    },
)

# What one person proposes and another decides: to forget a communication before its day.
CASE_ERASURE = Machine(
    name="case_erasure",
    initial="proposed",
    states=("proposed", "withdrawn", "refused", "confirmed", "lapsed"),
    moves={
        ("proposed", "withdraw"): "withdrawn",
        ("proposed", "refuse"): "refused",
        ("proposed", "confirm"): "confirmed",
        # Its day came before anybody's word.
        ("proposed", "lapse"): "lapsed",
    },
)

ADDRESSEE = Machine(
    name="addressee",
    initial="queued",
    states=("queued", "delivered", "opened", "accepted", "actioned", "rejected", "undelivered",
            "recalled", "expired"),
    moves={
        ("queued", "deliver"): "delivered",
        # Nothing may reach it: the law, its own reservation, or the other country's word was taken back.
        ("queued", "withhold"): "undelivered",
        ("undelivered", "queue"): "queued",
        ("delivered", "open"): "opened",
        ("opened", "accept"): "accepted",
        ("opened", "reject"): "rejected",
        ("rejected", "accept"): "accepted",
        ("accepted", "reject"): "rejected",
        ("accepted", "act"): "actioned",
        # A later release replaces what it held.
        ("delivered", "queue"): "queued",
        ("opened", "queue"): "queued",
        ("accepted", "queue"): "queued",
        ("actioned", "queue"): "queued",
        ("rejected", "queue"): "queued",
        ("expired", "queue"): "queued",
        # It was no longer addressed to the unit, and is again.
        ("recalled", "queue"): "queued",
        ("queued", "recall"): "recalled",
        ("delivered", "recall"): "recalled",
        ("opened", "recall"): "recalled",
        ("accepted", "recall"): "recalled",
        ("actioned", "recall"): "recalled",
        ("rejected", "recall"): "recalled",
        ("undelivered", "recall"): "recalled",
        ("expired", "recall"): "recalled",
        ("queued", "expire"): "expired",
        ("delivered", "expire"): "expired",
        ("opened", "expire"): "expired",
        ("accepted", "expire"): "expired",
        ("actioned", "expire"): "expired",
        ("rejected", "expire"): "expired",
    },
)  # fmt: skip

# Of a child that travels with somebody, or of that person.
CASE_FOLLOW_UP = Machine(
    name="case_follow_up",
    initial="open",
    states=("open", "handed_over", "closed", "erased"),
    moves={
        ("open", "keep"): "open",
        ("open", "hand_over"): "handed_over",
        ("open", "close"): "closed",
        ("handed_over", "take_up"): "open",
        # The unit that took over rejected it after all, or what it had begun was forgotten.
        ("handed_over", "give_back"): "open",
        ("closed", "take_up"): "open",
        # With the communication from which it began.
        ("open", "erase"): "erased",
        ("handed_over", "erase"): "erased",
        ("closed", "erase"): "erased",
    },
)

MACHINES = (
    CALL,
    DOSSIER,
    GROUP,
    EDITION,
    SUMMARY,
    GROUPING,
    ROUTING,
    OFFER,
    COURSE,
    PLEDGE,
    PART,
    REVEAL,
    RELAY,
    BUNDLE,
    STANDING,
    RESERVATION,
    EXCHANGE,
    CASE_ERASURE,
    ADDRESSEE,
    CASE_FOLLOW_UP,
)
