"""Who may do what? This is the only place where rules live.

Each permission maps to any-of [all-of facts]. Whether a record exists for somebody is decided before
this by its query; whether its state allows the act is decided after this by the workflow.
"""

from __future__ import annotations

from app.policy import predicates as p
from app.policy.permissions import Permission as P

Clause = tuple[p.ActorFact | p.RecordFact, ...]

POLICY: dict[P, tuple[Clause, ...]] = {
    P.OWN_ACCOUNT: ((p.is_anybody,),),
    P.DESK_READ: ((p.is_anybody,),),
    P.OWN_NOTICES: ((p.is_anybody,),),
    P.ORGANISATION_LIST: ((p.is_officer,),),
    P.ORGANISATION_MANAGE: ((p.is_coordinator,),),
    P.PEOPLE_INVITE: ((p.is_coordinator,),),
    P.COLLEAGUES_READ: ((p.is_delegation, p.is_need_reader),),
    P.COLLEAGUES_INVITE: ((p.is_delegation, p.is_focal_point),),
    P.DAYS_READ: ((p.is_officer,), (p.is_delegation, p.is_need_reader, p.is_own)),
    P.DAYS_WRITE: ((p.is_officer,), (p.is_delegation, p.is_focal_point, p.is_own)),
    P.DAYS_REMOVE: (
        (p.is_officer, p.is_unconfirmed),
        (p.is_delegation, p.is_focal_point, p.is_own),
    ),
    P.DAYS_CONFIRM: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.CALL_READ: ((p.is_officer,), (p.is_delegation, p.is_need_reader)),
    P.CALL_READ_CALENDAR: ((p.is_officer,), (p.is_delegation, p.is_need_reader)),
    P.CALL_EDIT: ((p.is_officer,),),
    P.CALL_OPEN: ((p.is_officer,),),
    P.CALL_ANSWERS_READ: ((p.is_officer,),),
    P.NEED_LIST: ((p.is_officer,), (p.is_delegation, p.is_need_reader)),
    P.NEED_READ: ((p.is_officer,), (p.is_delegation, p.is_need_reader, p.is_own)),
    P.NEED_START: ((p.is_delegation, p.is_drafter),),
    P.NEED_EDIT: ((p.is_delegation, p.is_drafter, p.is_own), (p.is_officer, p.is_on_behalf)),
    P.NEED_FILE: ((p.is_officer,),),
    P.NEED_FILING_ANSWER: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.NEED_FILING_CONFIRM: ((p.is_officer, p.is_on_behalf),),
    P.NEED_CERTIFY: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.NEED_COMMENT: ((p.is_officer,), (p.is_delegation, p.is_need_reader, p.is_own)),
    P.NEED_HISTORY: ((p.is_delegation, p.is_need_reader, p.is_own),),
    P.NEED_WITHDRAW: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.NEED_READY: ((p.is_delegation, p.is_drafter, p.is_own),),
    P.NEED_DISCARD: ((p.is_delegation, p.is_drafter, p.is_own),),
    P.NEED_REVISE: ((p.is_delegation, p.is_drafter, p.is_own),),
    P.NEED_REVIEW: ((p.is_officer,),),
    P.NEED_FOLLOW: ((p.is_delegation, p.is_need_reader),),
    P.NEED_EXPORT: ((p.is_officer,), (p.is_delegation, p.is_need_reader)),
    P.GROUP_READ: ((p.is_officer,),),
    P.GROUP_EDIT: ((p.is_officer,),),
    P.REPORT_PREPARE: ((p.is_officer,),),
    P.REPORT_PUBLISH: ((p.is_coordinator,),),
    P.REPORT_READ: ((p.is_officer,), (p.may_read_as_member,)),
    P.REPORT_FIGURE_OPEN: ((p.is_officer,),),
    P.SUMMARY_PREPARE: ((p.is_officer,),),
    P.SUMMARY_DECIDE: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.SUMMARY_ROUTE: ((p.is_officer,),),
    P.SUMMARY_LOG_READ: ((p.is_officer,), (p.is_delegation, p.is_need_reader, p.is_own)),
    P.SUMMARY_READ: ((p.is_sponsor, p.is_sponsor_person),),
    P.SUMMARY_ANSWER: ((p.is_sponsor, p.is_pledger),),
    P.COUNTRY_ASK: ((p.is_sponsor, p.is_pledger),),
    P.COUNTRY_REVEAL: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.QUESTION_REPLY: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.OFFER_READ: (
        (p.is_officer,),
        (p.may_read_as_member,),
        (p.is_sponsor, p.is_sponsor_person),
    ),
    P.OFFER_WRITE: (
        (p.is_sponsor, p.is_pledger, p.is_own),
        (p.is_delegation, p.is_focal_point, p.is_own),
    ),
    P.COURSE_EDIT: ((p.is_officer,),),
    P.COURSE_READ: ((p.is_officer,), (p.is_delegation, p.is_need_reader)),
    P.COURSE_SHEET_READ: ((p.is_sponsor, p.is_sponsor_person),),
    P.PLEDGE_WRITE: ((p.is_sponsor, p.is_pledger),),
    P.PLEDGE_SHARE: ((p.is_officer,), (p.is_delegation, p.is_focal_point)),
    P.PLEDGE_REVIEW: ((p.is_delegation, p.is_focal_point),),
    P.HOST_NAME: ((p.is_delegation, p.is_focal_point, p.is_host),),
    P.BUNDLE_MAKE: ((p.is_officer,),),
    P.MATCH_READ: ((p.is_officer,),),
    P.MATCH_WEIGH: ((p.is_coordinator,),),
    P.DELIVERY_EDIT: ((p.is_officer,), (p.is_delegation, p.is_focal_point, p.is_host)),
    P.NOMINATE: ((p.is_delegation, p.is_focal_point, p.has_seats),),
    P.REPLICATE: (
        (p.is_officer,),
        (p.is_delegation, p.is_focal_point, p.has_seats),
        (p.is_delegation, p.is_focal_point, p.is_host),
    ),
    P.FOLLOW_UP_ANSWER: ((p.is_delegation, p.is_focal_point, p.is_own),),
    P.FOLLOW_UP_RESPOND: ((p.is_sponsor, p.is_pledger, p.is_own),),
    P.YEARS_READ: ((p.is_officer,), (p.may_read_as_member,)),
    P.MEANS_ASK: ((p.is_sponsor, p.is_sponsor_person),),
    P.FILE_READ: ((p.is_officer,), (p.is_delegation, p.is_need_reader, p.is_own)),
    P.MAIL_READ: ((p.is_anybody,),),
}
