"""Which records are there to ask for, and for whom does each of them exist? Written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from tests.access.asking import Somebody

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Thing:
    """A record to ask for; None stands for one that nobody has."""

    kind: str
    id: str
    what: str
    exists_for: Callable[[Somebody], bool]


def is_st(who: Somebody) -> bool:
    return who.kind == "secretariat"


def _own(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: row["organisation_id"] == who.organisation_id


def _of_owners(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: who.organisation_id in row["owners"]


def _own_or_st(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: row["organisation_id"] == who.organisation_id or is_st(who)


def _st(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return is_st


def _need(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: (
        bool(row["is_submitted"] or row["on_behalf"]) if is_st(who)
        else row["organisation_id"] == who.organisation_id
    )  # fmt: skip


def _written(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: (
        bool(row["on_behalf"]) if is_st(who) else row["organisation_id"] == who.organisation_id
    )


def _comment(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    own = _own(row)
    return lambda who: own(who) or (is_st(who) and row["circle"] == "shared")


def _notice(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    whose = row["person_id"], row["organisation_id"]
    return lambda who: (who.person_id, who.organisation_id) == whose


def _attachment(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    own = _own(row)
    return lambda who: own(who) or (is_st(who) and row["subject_kind"] != "draft")


def _sent_to(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: row["state"] != "recalled" and row["sponsor_id"] == who.organisation_id


def _offer(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    own, is_member = _own(row), lambda who: who.kind in ("delegation", "presidency")
    return lambda who: (
        own(who) or (is_st(who) and row["opened_at"] is not None)
        or (is_member(who) and row["state"] == "open")
    )  # fmt: skip


def _course(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    seated = {each["organisation_id"] for each in rows_of("course_seat")
              if each["course_id"] == row["id"]}  # fmt: skip
    takes_part = seated | {row["host_id"]}
    return lambda who: (
        is_st(who) or (row["state"] != "planned" and who.organisation_id in takes_part)
    )


def _hosted(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    course = next(
        each for each in rows_of("course") if each["id"] == row.get("course_id", row["id"])
    )
    return lambda who: (
        is_st(who) or (course["state"] != "planned" and who.organisation_id == course["host_id"])
    )


def _seated(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    seated = {each["organisation_id"] for each in rows_of("course_seat")
              if each["course_id"] == row["id"]}  # fmt: skip
    return lambda who: row["state"] != "planned" and who.organisation_id in seated


def _asked(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    asked = {each["organisation_id"] for each in rows_of("follow_up")
             if each["course_id"] == row["id"]}  # fmt: skip
    return lambda who: who.organisation_id in asked


def _pledge(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    course = _course(next(each for each in rows_of("course") if each["id"] == row["course_id"]))
    return lambda who: course(who) and (is_st(who) or row["round"] > 0)


def _course_sent_to(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: row["closed_at"] is None and row["sponsor_id"] == who.organisation_id


def _unnamed_in(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    """For the delegations of its course that sponsors do not read by name."""
    accepted = {each["id"]: each["accepted_version_id"] for each in rows_of("dossier")}
    named = {each["version_id"] for each in rows_of("consent") if each["sponsors"] == "named"}
    unnamed = {each["organisation_id"] for each in rows_of("course_seat")
               if each["course_id"] == row["course_id"]
               and accepted[each["need_id"]] not in named}  # fmt: skip
    return lambda who: row["closed_at"] is None and who.organisation_id in unnamed


def _edition(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: is_st(who) or row["state"] == "published"


def _anybody(row: dict[str, Any]) -> Callable[[Somebody], bool]:
    return lambda who: True


def rows_of(table: str) -> Rows:
    """Every row of a table."""
    with transaction(writing=False) as session:
        chosen = db.metadata.tables[table]
        found = [dict(row) for row in session.execute(db.select(chosen)).mappings()]
    # By what is the same in every demonstration first: ids are random, and so are all references
    # but those of needs.
    known = ("reference",) if table == "dossier" else ()
    by = (*known, "created_at", "written_at", "sent_at", "proposed_at", "version", "id")
    return sorted(found, key=lambda row: [str(row.get(name, "")) for name in by])


def needs() -> Rows:
    """The dossier of every training need."""
    return of_needs(rows_of("dossier"))


def of_needs(dossiers: Rows) -> Rows:
    """The dossiers of training needs; those of cases are nobody's but a unit's."""
    return [row for row in dossiers if row["format_name"] == "need"]


def _of_unit() -> Callable[[dict[str, Any]], Callable[[Somebody], bool]]:
    """For those who handle cases in the unit of a row."""
    handled = {
        (row["person_id"], row["organisation_id"], row["unit_id"]) for row in rows_of("membership")
        if row["role"] in ("case_officer", "child_protection_officer") and not row["ended_at"]
    }  # fmt: skip
    return lambda row: lambda who: (who.person_id, who.organisation_id, row["unit_id"]) in handled


def _of_unit_or_put_before_its_adviser() -> Callable[[dict[str, Any]], Callable[[Somebody], bool]]:
    """For the unit of a row, and for its delegation's legal adviser once its erasure was proposed."""
    of_unit, proposed = _of_unit(), {row["exchange_id"] for row in rows_of("case_erasure")}
    return lambda row: lambda who: of_unit(row)(who) or (
        row["id"] in proposed
        and "legal_adviser" in who.roles and who.organisation_id == row["organisation_id"]
    )  # fmt: skip


class Things:
    """One record for each kind, owner and state: what the questions are about."""

    def __init__(self, everybody: list[Somebody]) -> None:
        self.by_kind: dict[str, list[Thing]] = {}
        dossiers, calls = of_needs(rows_of("dossier")), rows_of("call")
        invited = {(row["call_id"], row["organisation_id"]) for row in rows_of("call_invitation")}
        summaries, routings = rows_of("summary"), rows_of("routing")
        summarised = {row["need_id"] for row in summaries}
        at_hand = {row["id"] for row in dossiers if row["accepted_version_id"]}
        self._each("need", dossiers, "organisation_id", "state", "on_behalf", exists=_need)
        self._each("written_need", dossiers, "organisation_id", "state", "on_behalf",
                   exists=_written)  # fmt: skip
        filed = [row for row in dossiers if row["filed_from"]]
        self._each("filed_need", filed, "organisation_id", exists=_need)
        begun = [row for row in rows_of("comment") if row["parent_id"] is None]
        self._each("comment", begun, "organisation_id", "circle", exists=_comment)
        certified = [row for row in dossiers if row["versions_count"]]
        self._each("certified_need", certified, "organisation_id", exists=_need)
        self._each("accepted_need", [row for row in dossiers if row["id"] in at_hand], "state",
                   exists=_st)  # fmt: skip
        self._each("summarised_need", [row for row in dossiers if row["id"] in summarised],
                   "organisation_id", exists=_own_or_st)  # fmt: skip
        self._each("summary", summaries, "organisation_id", "state", exists=_own_or_st)
        self._each("routing", routings, "sponsor_id", "state", exists=_sent_to)
        self._each("sent", routings, "state", exists=_st)
        parts = [row for row in rows_of("summary_change") if row["grouping_id"]]
        self._each("part", parts, "organisation_id", "decision", exists=_own)
        # The one that was sent comes first, so that the same page is counted whatever the ids are.
        together = sorted(rows_of("group_summary"), key=lambda row: row["released_id"] is None)
        self._each("group_summary", together, "state", exists=_st)
        sent = {row["id"] for row in routings
                if row["released_id"] in {each["released_id"] for each in together}}  # fmt: skip
        asked = [row for row in rows_of("summary_question") if row["routing_id"] in sent]
        self._each("group_question", asked, "sponsor_id", exists=_st)
        owners: dict[str, set[str]] = {}
        for row in rows_of("summary_release"):
            owners.setdefault(row["released_id"], set()).add(row["organisation_id"])
        owned = [{**row, "owners": tuple(sorted(owners[row["released_id"]]))} for row in routings
                 if row["state"] != "recalled"]  # fmt: skip
        self._each("own_routing", owned, "owners", exists=_of_owners)
        self._each("relay", rows_of("question_relay"), "organisation_id", exists=_own_or_st)
        self._each("question", rows_of("summary_question"), "sponsor_id", exists=_st)
        texts = [row for row in rows_of("reservation_text") if row["version"] == 1]
        self._each("reservation", texts, "organisation_id", exists=_own)
        self._each("reservation_rule", rows_of("reservation_rule"), "organisation_id", "state",
                   exists=_own)  # fmt: skip
        offers = rows_of("offer")
        self._each("offer", offers, "organisation_id", "state", exists=_offer)
        self._each("own_offer", offers, "organisation_id", "state", exists=_own)
        submitted = [row for row in dossiers if row["is_submitted"]]
        self._each("submitted_need", submitted, "organisation_id", "state", exists=_st)
        # A group that was compared with offers comes first, for the same reason.
        ranked = {row["subject_id"] for row in rows_of("match_run")}
        groups = sorted(rows_of("need_group"), key=lambda row: row["id"] not in ranked)
        self._each("group", groups, "state", exists=_st)
        grouped = {row["need_id"] for row in rows_of("need_group_member")}
        taken = {row["proposal_id"] for row in rows_of("group_proposal_need")
                 if row["need_id"] in grouped}  # fmt: skip
        proposed = [row for row in rows_of("group_proposal") if row["id"] not in taken]
        self._each("group_proposal", proposed, "call_id", exists=_st)
        self._each("course", rows_of("course"), "state", exists=_course)
        self._each("hosted_course", rows_of("course"), "state", exists=_hosted)
        self._each("seated_course", rows_of("course"), "state", exists=_seated)
        self._each("asked_course", rows_of("course"), "state", exists=_asked)
        to_sponsors = [row for row in rows_of("follow_up") if row["side"] == "sponsor"]
        self._each("asked_sponsor", to_sponsors, "organisation_id", exists=_own)
        self._each("session", rows_of("course_session"), "course_id", exists=_hosted)
        self._each("evaluated_question", rows_of("course_evaluation"), "course_id", exists=_hosted)
        self._each("pledge", rows_of("pledge"), "state", exists=_pledge)
        self._each("sent_course", rows_of("course_invitation"), "sponsor_id",
                   exists=_course_sent_to)  # fmt: skip
        asking = [row for row in rows_of("course_invitation") if row["countries_asked_at"]]
        self._each("asking_sponsor", asking, "sponsor_id", exists=_unnamed_in)
        self._each("bundle", rows_of("bundle"), "state", exists=_st)
        # In the order of their kinds, as their ids are random: an offer's asks once more.
        runs = sorted(rows_of("match_run"), key=lambda row: str(row["subject_kind"]))
        self._each("match_run", runs, "subject_kind", exists=_st)
        self._each("opened_offer", [row for row in offers if row["opened_at"]], "state", exists=_st)
        self._each("edition", rows_of("edition"), "state", exists=_edition)
        self._each("attachment", rows_of("attachment"), "organisation_id", "subject_kind",
                   exists=_attachment)  # fmt: skip
        self._each("sheet", rows_of("sheet_upload"), "organisation_id", exists=_own)
        self._each("organisation", [row for row in rows_of("organisation") if not row["ended_at"]],
                   "kind", exists=_st)  # fmt: skip
        countries = [{**row, "organisation_id": row["id"]} for row in rows_of("organisation")
                     if row["kind"] == "delegation" and not row["ended_at"]]  # fmt: skip
        sponsors = [row for row in rows_of("organisation") if row["kind"] == "sponsor"]
        self._each("sponsor", sponsors, "kind", exists=_st)
        self._each("country", countries, "organisation_id", exists=_own_or_st)
        self._each("day_off", rows_of("non_working_day"), "organisation_id", exists=_own_or_st)
        self._each("unit", rows_of("unit"), "organisation_id", exists=_st)
        held = [row for row in rows_of("membership") if not row["ended_at"]]
        self._each("membership", held, "role", exists=_st)
        contributors = [row for row in held if row["role"] == "contributor"]
        self._each("own_membership", contributors, "organisation_id", exists=_own)
        open_ones = rows_of("invitation")
        self._each("invitation", open_ones, "organisation_id", exists=_st)
        self._each("own_invitation", open_ones, "organisation_id", exists=_own)
        self._each("notice", rows_of("notice"), "person_id", exists=_notice)
        self._each("mail", rows_of("delivered_mail")[:2], exists=_anybody)
        self._each("call", calls, "state", exists=lambda row: lambda who: (
            is_st(who) or (row["state"] != "draft" and (row["id"], who.organisation_id) in invited)
        ))  # fmt: skip
        self.by_kind["sign_in"] = [
            Thing("sign_in", one.sign_in_id, f"of {one}", _of_person(one.person_id))
            for one in everybody if one.key in ("hn.focal", "mx.focal", "ca.pledger")
        ]  # fmt: skip
        holders = {one.person_id: one for one in everybody}
        self.by_kind["factor"] = [
            Thing("factor", row["id"], f"of {holders[row['person_id']].key}",
                  _of_person(row["person_id"]))
            for row in rows_of("factor") if row["confirmed_at"]
        ]  # fmt: skip
        self._each("case", rows_of("exchange"), "organisation_id", "state", exists=_of_unit())
        self._each(
            "case_erasure",
            rows_of("exchange"),
            "organisation_id",
            "state",
            exists=_of_unit_or_put_before_its_adviser(),
        )
        arrived = [row for row in rows_of("addressee") if row["delivered_at"]]
        self._each("received_case", arrived, "unit_id", exists=_of_unit())
        # The child's first, so that the same page is counted whatever the ids are.
        pairs = sorted(rows_of("case_follow_up"), key=lambda row: str(row["kind"]))
        self._each("case_follow_up", pairs, "kind", exists=_of_unit())
        self.missing = new_id()
        self.open_call = next(row["id"] for row in calls if row["state"] == "open")

    def _each(
        self, kind: str, rows: Rows, *differing: str,
        exists: Callable[[dict[str, Any]], Callable[[Somebody], bool]],
    ) -> None:  # fmt: skip
        chosen: dict[Any, Thing] = {}
        for row in rows:
            values = tuple(row[name] for name in differing)
            chosen.setdefault(values, Thing(kind, row["id"], f"{kind} {row['id']}", exists(row)))
        assert chosen, f"there is no {kind} to ask for"
        self.by_kind[kind] = list(chosen.values())

    def of(self, kind: str) -> list[Thing]:
        """The records of a kind, and one that there is not."""
        nothing = Thing(kind, self.missing, "missing", lambda who: False)
        return [*self.by_kind[kind], nothing]


def _of_person(person_id: str) -> Callable[[Somebody], bool]:
    return lambda who: who.person_id == person_id
