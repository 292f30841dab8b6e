"""Who may pass through each endpoint? Written by hand, from the product's page and not from its code.

A line says which roles may, and for which of its records it exists. An endpoint without a line fails
the test, and so does a line without an endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass

ST = frozenset({"officer", "coordinator"})
COORDINATOR = frozenset({"coordinator"})
DRAFTERS = frozenset({"contributor", "focal_point", "alternate"})
CERTIFIERS = frozenset({"focal_point", "alternate"})
READERS = DRAFTERS | {"legal_adviser"}
OF_DELEGATIONS = READERS | {
    "member_reader", "case_officer", "child_protection_officer", "document_officer",
}  # fmt: skip
"""Members' editions are read by whoever works for a delegation, and by the Presidency."""
SPONSORS = frozenset({"sponsor_reader", "sponsor_pledger"})
PLEDGERS = frozenset({"sponsor_pledger"})
SIGNED_IN = ST | OF_DELEGATIONS | SPONSORS | {"observer", "civil_society_focal_point", "operator"}


@dataclass(frozen=True)
class Line:
    """`who` is None where nobody needs to be signed in; `record` names a kind of record."""

    who: frozenset[str] | None
    record: str = ""


ENDPOINTS: dict[str, Line] = {
    "static": Line(None),
    "accounts.forgotten": Line(None),
    "accounts.new_password": Line(None),
    "accounts.set_language": Line(None),
    "accounts.sign_in": Line(None),
    "accounts.sign_out": Line(None),
    "joining.accept": Line(None),
    "joining.demo_sign_in": Line(None),
    "accounts.act_for": Line(SIGNED_IN),
    "accounts.change_password": Line(SIGNED_IN),
    "accounts.end_other_sign_ins": Line(SIGNED_IN),
    "accounts.mark_computer": Line(SIGNED_IN),
    "accounts.end_sign_in": Line(SIGNED_IN, "sign_in"),
    "accounts.me": Line(SIGNED_IN),
    "accounts.save_details": Line(SIGNED_IN),
    "attachments.show": Line(ST | READERS, "attachment"),
    "calendar.feed": Line(None),
    "calendar.mine": Line(ST | READERS),
    "calls.announcement": Line(ST, "call"),
    "calls.answers": Line(ST, "call"),
    "calls.closing": Line(ST, "call"),
    "calls.contacts": Line(ST, "call"),
    "calls.edit": Line(ST, "call"),
    "calls.extension": Line(ST, "call"),
    "calls.index": Line(ST | READERS),
    "calls.invitations": Line(ST, "call"),
    "calls.late_permission": Line(ST, "call"),
    "calls.new": Line(ST),
    "calls.opening": Line(ST, "call"),
    "calls.remind": Line(ST, "call"),
    "calls.show": Line(ST | READERS, "call"),
    "calls.take_back": Line(ST, "call"),
    "delegation.end_role": Line(CERTIFIERS, "own_membership"),
    "delegation.invite": Line(CERTIFIERS),
    "delegation.note": Line(CERTIFIERS, "own_membership"),
    "delegation.role": Line(READERS, "own_membership"),
    "delegation.send_again": Line(CERTIFIERS, "own_invitation"),
    "delegation.show": Line(READERS),
    "delegation.withdraw": Line(CERTIFIERS, "own_invitation"),
    "demonstration.letter": Line(SIGNED_IN, "mail"),
    "demonstration.mail": Line(SIGNED_IN),
    "desk.became": Line(READERS),
    "desk.show": Line(SIGNED_IN),
    "needs.answer": Line(ST | DRAFTERS, "written_need"),
    "needs.be_there": Line(ST | DRAFTERS, "written_need"),
    "needs.beginning": Line(DRAFTERS),
    "needs.cell": Line(ST | DRAFTERS, "written_need"),
    "notices.choose_mail": Line(SIGNED_IN),
    "notices.follow": Line(SIGNED_IN, "notice"),
    "notices.index": Line(SIGNED_IN),
    "notices.read_all": Line(SIGNED_IN),
    "needs.certification": Line(CERTIFIERS, "need"),
    "needs.changes": Line(ST | DRAFTERS, "written_need"),
    "needs.check": Line(ST | DRAFTERS, "written_need"),
    "needs.comment": Line(ST | READERS, "comment"),
    "needs.comments": Line(ST | READERS, "need"),
    "needs.comparison": Line(ST | READERS, "certified_need"),
    "needs.document_pdf": Line(ST | READERS, "need"),
    "needs.export": Line(ST | READERS),
    "needs.filing": Line(ST | READERS, "filed_need"),
    "needs.filings": Line(ST | READERS),
    "needs.history": Line(READERS, "need"),
    "needs.index": Line(ST | READERS),
    "needs.live": Line(ST | DRAFTERS, "written_need"),
    "needs.preview": Line(CERTIFIERS, "need"),
    "needs.new_filing": Line(ST),
    "needs.receipt": Line(ST | READERS, "certified_need"),
    "needs.receipt_pdf": Line(ST | READERS, "certified_need"),
    "needs.refusal": Line(CERTIFIERS, "filed_need"),
    "needs.restoration": Line(ST | DRAFTERS, "written_need"),
    "needs.review": Line(ST, "need"),
    "needs.resolve_comment": Line(ST | READERS, "comment"),
    "needs.revision": Line(DRAFTERS, "need"),
    "needs.save_answer": Line(ST | DRAFTERS, "written_need"),
    "needs.save_cell": Line(ST | DRAFTERS, "written_need"),
    "needs.section": Line(ST | DRAFTERS, "written_need"),
    "needs.sheet": Line(DRAFTERS, "sheet"),
    "needs.sheet_drafts": Line(DRAFTERS, "call"),
    "needs.sheet_form": Line(DRAFTERS, "call"),
    "needs.sheet_problems": Line(DRAFTERS, "sheet"),
    "needs.sheet_progress": Line(DRAFTERS, "sheet"),
    "needs.sheets": Line(DRAFTERS),
    "needs.show": Line(ST | READERS, "need"),
    "needs.signed_reply": Line(ST, "written_need"),
    "needs.start": Line(DRAFTERS),
    "needs.taking_over": Line(CERTIFIERS, "filed_need"),
    "needs.version": Line(ST | READERS, "certified_need"),
    "needs.withdraw_comment": Line(ST | READERS, "comment"),
    "needs.withdrawal": Line(CERTIFIERS, "need"),
    "organisations.accept_designation": Line(COORDINATOR, "membership"),
    "organisations.add_unit": Line(COORDINATOR, "organisation"),
    "organisations.admit": Line(COORDINATOR),
    "organisations.end": Line(COORDINATOR, "organisation"),
    "organisations.end_role": Line(COORDINATOR, "membership"),
    "organisations.end_unit": Line(COORDINATOR, "unit"),
    "organisations.index": Line(ST),
    "organisations.invite": Line(COORDINATOR, "organisation"),
    "organisations.note": Line(COORDINATOR, "membership"),
    "organisations.readmit": Line(COORDINATOR, "organisation"),
    "organisations.rename": Line(COORDINATOR, "organisation"),
    "organisations.restore": Line(COORDINATOR, "membership"),
    "organisations.role": Line(ST, "membership"),
    "organisations.send_again": Line(COORDINATOR, "invitation"),
    "organisations.show": Line(ST, "organisation"),
    "organisations.suspend": Line(COORDINATOR, "membership"),
    "organisations.withdraw": Line(COORDINATOR, "invitation"),
    "received.answer": Line(PLEDGERS, "routing"),
    "received.ask": Line(PLEDGERS, "routing"),
    "received.index": Line(SPONSORS),
    "received.show": Line(SPONSORS, "routing"),
    "reports.begin": Line(ST, "call"),
    "reports.index": Line(ST | OF_DELEGATIONS),
    "reports.live": Line(ST, "call"),
    "reports.needs_of_call": Line(ST, "call"),
    "reports.needs_of_edition": Line(ST | OF_DELEGATIONS, "edition"),
    "reports.of_call": Line(ST, "call"),
    "reports.of_calls": Line(ST),
    "reports.of_edition": Line(ST | OF_DELEGATIONS, "edition"),
    "reports.publication": Line(COORDINATOR, "edition"),
    "reports.show": Line(ST | OF_DELEGATIONS, "edition"),
    "reports.texts": Line(ST, "edition"),
    "summaries.answer_question": Line(ST, "question"),
    "summaries.change": Line(ST, "summary"),
    "summaries.decision": Line(CERTIFIERS, "summary"),
    "summaries.index": Line(ST),
    "summaries.of_need": Line(ST | READERS, "summarised_need"),
    "summaries.of_routing": Line(ST, "sent"),
    "summaries.prepare": Line(ST, "accepted_need"),
    "summaries.recall": Line(ST, "summary"),
    "summaries.send": Line(ST, "summary"),
    "summaries.show": Line(ST | READERS, "summary"),
    "summaries.silence": Line(ST, "summary"),
}
