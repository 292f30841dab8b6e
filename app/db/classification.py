"""How confidential is what each column holds?

Every column of every table is named here once; a test refuses one that is not. Logs, messages of the
queue and addresses of pages hold nothing above INTERNAL. Mail names besides who is addressed, and what
it is about: the title of a call or an edition (MEMBERS), which everybody whom it reaches may read.
"""

from __future__ import annotations

from enum import StrEnum


class DataClass(StrEnum):
    """From what everybody may read to what nobody may."""

    PUBLIC = "public"
    """Published, or meant to be."""
    INTERNAL = "internal"
    """Ids, states, counts and instants: what the program needs to work, without content."""
    MEMBERS = "members"
    """What the Secretariat and the countries share in this network."""
    RESTRICTED = "restricted"
    """What an organisation wrote, until it lets others read it."""
    PERSONAL = "personal"
    """About a person who can be recognised by it."""
    SECRET = "secret"  # noqa: S105, the name of a class
    """Lets somebody in, or is kept sealed."""


CLASSES: dict[str, dict[DataClass, str]] = {
    "answer": {
        DataClass.INTERNAL: "draft_id row_id key revision saved_by saved_at organisation_id",
        DataClass.RESTRICTED: "value",
        DataClass.SECRET: "sealed",
    },
    "answer_row": {
        DataClass.INTERNAL: "draft_id id field position removed_at organisation_id",
    },
    "attachment": {
        DataClass.INTERNAL: "id organisation_id subject_kind subject_id sha256 media_type size"
        " uploaded_by created_at",
        DataClass.RESTRICTED: "name",
    },
    "attendance": {
        DataClass.INTERNAL: "course_id organisation_id recorded_by recorded_at revision",
        DataClass.RESTRICTED: "women men not_stated finished_women finished_men finished_not_stated"
        " reason note",
    },
    "audit_event": {
        DataClass.INTERNAL: "seq at kind person_id acting_organisation_id owner_organisation_id"
        " subject_kind subject_id part row_id revision detail commitment previous hash",
        DataClass.RESTRICTED: "value",
        DataClass.SECRET: "sealed salt",
    },
    "audit_head": {DataClass.INTERNAL: "id seq hash at"},
    "calendar_feed": {
        DataClass.INTERNAL: "person_id organisation_id created_at",
        DataClass.SECRET: "token_hash",
    },
    "call": {
        DataClass.INTERNAL: "id code format_name format_version zone opens_at closes_at state"
        " created_at changed_at revision",
        DataClass.MEMBERS: "title_es title_en guidance_es guidance_en",
    },
    "call_contact": {
        DataClass.INTERNAL: "id call_id channel until instead_of by created_at organisation_id",
        DataClass.RESTRICTED: "note",
    },
    "call_extension": {
        DataClass.INTERNAL: "id call_id closed_before closes_now by created_at",
        DataClass.MEMBERS: "reason",
    },
    "call_invitation": {
        DataClass.INTERNAL: "call_id organisation_id invited_at late_until late_by late_at"
        " late_times",
        DataClass.RESTRICTED: "late_reason",
    },
    "call_taken_back": {
        DataClass.INTERNAL: "id call_id code closes_at revision created_at",
    },
    "comment": {
        DataClass.INTERNAL: "id organisation_id dossier_id circle parent_id section field"
        " version_number author_id author_organisation_id created_at withdrawn_at resolved_at"
        " resolved_by",
        DataClass.RESTRICTED: "text",
        DataClass.PERSONAL: "author_name resolved_name",
    },
    "comment_mention": {
        DataClass.INTERNAL: "comment_id person_id organisation_id",
        DataClass.PERSONAL: "person_name",
    },
    "consent": {
        DataClass.INTERNAL: "version_id need_id preview_hash decided_by decided_at organisation_id",
        DataClass.RESTRICTED: "members sponsors withheld released",
    },
    "course": {
        DataClass.INTERNAL: "id reference state host_id replicates_id bundle_id is_demonstration"
        " cancelled_at created_by created_at revision",
        DataClass.MEMBERS: "title_es title_en lang days hours_per_day starts_on ends_on place"
        " seats_min seats_max seats countries vetting decide_by reason",
    },
    "course_need": {DataClass.INTERNAL: "id course_id need_id call_id valid_from valid_to"},
    "course_component": {
        DataClass.INTERNAL: "course_id position provider_id",
        DataClass.MEMBERS: "title_es title_en provider hours",
    },
    "course_cost": {
        DataClass.INTERNAL: "course_id line",
        DataClass.MEMBERS: "amount per_participant note",
    },
    "course_country_told": {
        DataClass.INTERNAL: "invitation_id sponsor_id told_at",
        DataClass.RESTRICTED: "country",
    },
    "course_country_word": {
        DataClass.INTERNAL: "invitation_id organisation_id said_by said_at",
        DataClass.RESTRICTED: "named",
    },
    "course_evaluation": {
        DataClass.INTERNAL: "id course_id kind recorded_by recorded_at revision",
        DataClass.MEMBERS: "question_es question_en before_answers before_average before_counts"
        " after_answers after_average after_counts",
    },
    "course_host_word": {
        DataClass.INTERNAL: "course_id organisation_id said_by said_at",
        DataClass.RESTRICTED: "named",
    },
    "course_invitation": {
        DataClass.INTERNAL: "id course_id sponsor_id sent_by sent_at opened_at countries_asked_at"
        " closed_at pledges_closed_at state starts_on ends_on",
        DataClass.RESTRICTED: "why remains",
    },
    "course_part": {
        DataClass.INTERNAL: "course_id organisation_id roles components hash state asked_at said_by"
        " said_at",
        DataClass.MEMBERS: "reason",
    },
    "course_replication": {
        DataClass.INTERNAL: "id course_id organisation_id recorded_by recorded_at",
        DataClass.RESTRICTED: "held_on institution participants note",
    },
    "course_role": {DataClass.INTERNAL: "course_id role organisation_id"},
    "course_seat": {
        DataClass.INTERNAL: "course_id need_id organisation_id",
        DataClass.RESTRICTED: "seats",
    },
    "course_session": {
        DataClass.INTERNAL: "id course_id component provider_id changed_at removed_at revision",
        DataClass.MEMBERS: "day starts ends topic_es topic_en",
    },
    "course_sheet": {
        DataClass.INTERNAL: "id course_id number hash released_at",
        DataClass.RESTRICTED: "content",
    },
    "course_split": {DataClass.INTERNAL: "course_id line", DataClass.MEMBERS: "payer"},
    "course_standing": {
        DataClass.INTERNAL: "course_id line changes",
        DataClass.MEMBERS: "cost funded promised",
    },
    "course_standing_change": {
        DataClass.INTERNAL: "course_id line number at",
        DataClass.MEMBERS: "cost funded promised",
    },
    "country_decision": {
        DataClass.INTERNAL: "id organisation_id routing_id request_id decided_by decided_at",
        DataClass.RESTRICTED: "decision reason",
    },
    "country_request": {
        DataClass.INTERNAL: "id routing_id sponsor_id state asked_by asked_at answered_at",
    },
    "country_reveal": {
        DataClass.INTERNAL: "routing_id sponsor_id revealed_at",
        DataClass.RESTRICTED: "country",
    },
    "course_step": {DataClass.INTERNAL: "course_id verb at"},
    "delivered_mail": {
        DataClass.INTERNAL: "id message_id sent_at",
        DataClass.PERSONAL: "to subject body",
    },
    "dossier": {
        DataClass.INTERNAL: "id organisation_id call_id format_name format_version reference state"
        " is_submitted on_behalf filed_from latest_version_id accepted_version_id versions_count started_by created_at"
        " changed_at withdrawn_at discarded_at discarded_by",
        DataClass.RESTRICTED: "withdrawal_reason",
    },
    "draft": {
        DataClass.INTERNAL: "id dossier_id format_version from_version_id on_behalf opened_by"
        " opened_at"
        " saved_at closed_at ready_at ready_by organisation_id",
        DataClass.RESTRICTED: "title",
    },
    "edition": {
        DataClass.INTERNAL: "id call_id number state as_of revision created_at published_at"
        " published_by hash",
        DataClass.MEMBERS: "title_es title_en meeting agenda_item introduction_es introduction_en"
        " conclusion_es conclusion_en proposals_es proposals_en",
    },
    "edition_document": {
        DataClass.INTERNAL: "edition_id audience hash",
        DataClass.MEMBERS: "content",
    },
    "edition_need": {DataClass.INTERNAL: "edition_id need_id number"},
    "report_file": {
        DataClass.INTERNAL: "id call_id edition_id audience lang ending as_of since asked_by asked_at"
        " state name ready_at tries claimed_at",
        DataClass.RESTRICTED: "content",
    },
    "erasure": {
        DataClass.INTERNAL: "organisation_id record_id erased_at erased_by",
        DataClass.RESTRICTED: "reason",
    },
    "exchange_rate": {
        DataClass.INTERNAL: "id entered_by entered_at",
        DataClass.PUBLIC: "currency usd day source",
    },
    "filing": {
        DataClass.INTERNAL: "id organisation_id dossier_id reference channel received_on file_id"
        " filed_by filed_at state way decided_by decided_at reply_file",
        DataClass.RESTRICTED: "office number note reason",
        DataClass.PERSONAL: "sender filed_name decided_name",
    },
    "filing_link": {
        DataClass.INTERNAL: "id organisation_id dossier_id person_id asked_by asked_at expires_at"
        " used_at revoked_at",
        DataClass.SECRET: "token_hash",
    },
    "follow_up": {
        DataClass.INTERNAL: "id course_id organisation_id side asked_at due_on reminders reminded_at"
        " lang answered_by answered_at",
        DataClass.RESTRICTED: "answer text",
    },
    "format_version": {
        DataClass.INTERNAL: "name version hash published_at",
        DataClass.PUBLIC: "source",
    },
    "group_dismissal": {DataClass.INTERNAL: "proposal_id call_id by at"},
    "group_proposal": {
        DataClass.INTERNAL: "id call_id place",
        DataClass.RESTRICTED: "content",
    },
    "group_proposal_need": {DataClass.INTERNAL: "proposal_id need_id version_id"},
    "group_search": {
        DataClass.INTERNAL: "call_id state mark made_at looked declined done total tries claimed_at",
    },
    "group_summary": {
        DataClass.INTERNAL: "id group_id needs state released_id prepared_by prepared_at ended_at "
        "revision",
        DataClass.RESTRICTED: "reason",
    },
    "idempotency_key": {
        DataClass.INTERNAL: "person_id key request_hash status location body created_at",
    },
    "installation": {DataClass.INTERNAL: "id mode clock_offset_seconds prepared_at"},
    "invitation": {
        DataClass.INTERNAL: "id organisation_id role unit_id lang note_number note_date note_file"
        " accepted_by invited_by created_at expires_at used_at",
        DataClass.PERSONAL: "email name",
        DataClass.SECRET: "token_hash",
    },
    "limit_counter": {DataClass.INTERNAL: "key count expires_at"},
    "membership": {
        DataClass.INTERNAL: "id person_id organisation_id unit_id role note_number note_date"
        " note_file accepted_by created_at ended_at",
    },
    "bundle": {
        DataClass.INTERNAL: "id call_id state made_by made_at digest done total tries claimed_at"
        " ready_at revision",
        DataClass.RESTRICTED: "inputs result gist",
    },
    "bundle_adoption": {
        DataClass.INTERNAL: "bundle_id place course_id host_offer_id adopted_by adopted_at",
        DataClass.RESTRICTED: "seats payments",
    },
    "cost_basis": {
        DataClass.INTERNAL: "line amount per set_by set_at",
        DataClass.RESTRICTED: "note",
    },
    "master_key": {DataClass.INTERNAL: "id fingerprint introduced_at"},
    "match_run": {
        DataClass.INTERNAL: "id subject_kind subject_id weights_version inputs_digest considered"
        " hash made_by made_at",
        DataClass.RESTRICTED: "content",
    },
    "match_weights": {
        DataClass.INTERNAL: "version weights set_by set_at",
        DataClass.RESTRICTED: "note",
    },
    "mail_choice": {DataClass.INTERNAL: "person_id family since"},
    "need": {DataClass.INTERNAL: "id call_id organisation_id"},
    "need_audience": {
        DataClass.INTERNAL: "version_id organisation_id",
        DataClass.RESTRICTED: "profile participants women men not_stated",
    },
    "need_code": {
        DataClass.INTERNAL: "version_id dimension organisation_id",
        DataClass.RESTRICTED: "code",
    },
    "need_cost": {
        DataClass.INTERNAL: "version_id organisation_id",
        DataClass.RESTRICTED: "line amount currency payer form",
    },
    "need_fact": {
        DataClass.INTERNAL: "version_id need_id call_id valid_from valid_to organisation_id",
        DataClass.RESTRICTED: "country title themes urgency duration_band duration_unit"
        " duration_count modality participants women men not_stated course_hours participant_hours"
        " level window_from window_to group_min group_max can_host joint_course",
    },
    "need_group": {
        DataClass.INTERNAL: "id call_id state created_by created_at dissolved_by dissolved_at"
        " merged_into_id revision",
    },
    "need_group_member": {
        DataClass.INTERNAL: "id group_id need_id organisation_id valid_from valid_to added_by"
        " removed_by",
    },
    "need_group_name": {
        DataClass.INTERNAL: "id group_id valid_from valid_to by",
        DataClass.MEMBERS: "name_es name_en",
    },
    "non_working_day": {
        DataClass.INTERNAL: "id organisation_id day entered_by entered_at confirmed_at",
        DataClass.PUBLIC: "name_es name_en",
    },
    "nomination": {
        DataClass.INTERNAL: "course_id organisation_id sent_by sent_at revision",
        DataClass.RESTRICTED: "host_told",
    },
    "nomination_row": {
        DataClass.INTERNAL: "course_id organisation_id position",
        DataClass.RESTRICTED: "profile rank women men not_stated",
    },
    "notice": {
        DataClass.INTERNAL: "id person_id organisation_id kind subject_id dossier_id event is_mailed"
        " at read_at",
    },
    "offer": {
        DataClass.INTERNAL: "id organisation_id kind roles state lang is_demonstration edition"
        " revision created_at changed_at opened_at ended_at warned_of reminded_on",
        DataClass.RESTRICTED: "provider_type title text themes profiles level seats_min seats_max"
        " countries modalities languages days hours_per_day window_from window_to valid_until amount"
        " currency last_spending_on nomination vetting ratio rank clearance host_needed materials"
        " licence certificate prior_editions date_known remind_on named_to_sponsors reason",
        DataClass.PERSONAL: "contact",
    },
    "offer_line": {
        DataClass.INTERNAL: "organisation_id offer_id edition line",
        DataClass.RESTRICTED: "form amount currency",
    },
    "offer_move": {
        DataClass.INTERNAL: "organisation_id offer_id number verb state edition by at",
        DataClass.RESTRICTED: "valid_until reason",
        DataClass.PERSONAL: "content by_name",
    },
    "organisation": {
        DataClass.INTERNAL: "id key kind zone created_at ended_at",
        DataClass.PUBLIC: "country name_es name_en",
    },
    "organisation_key": {
        DataClass.INTERNAL: "organisation_id version master_id created_at",
        DataClass.SECRET: "wrapped",
    },
    "outbox_message": {
        DataClass.INTERNAL: "id kind recipient params state tries due_at leased_until created_at"
        " sent_at fault",
    },
    "presence": {
        DataClass.INTERNAL: "draft_id person_id page organisation_id section place holds since"
        " seen_at",
    },
    "factor": {
        DataClass.INTERNAL: "id person_id kind created_at confirmed_at begun_in used_at last_step"
        " sign_count",
        DataClass.PERSONAL: "name credential_id credential",
        DataClass.SECRET: "sealed",
    },
    "factor_code": {
        DataClass.INTERNAL: "factor_id number person_id used_at",
        DataClass.SECRET: "code_hash",
    },
    "person": {
        DataClass.INTERNAL: "id key active lang zone factor_kinds created_at",
        DataClass.PERSONAL: "name email",
        DataClass.SECRET: "password fs_uniquifier",
    },
    "pledge": {
        DataClass.INTERNAL: "id course_id organisation_id role state round expires_on is_demonstration"
        " created_by created_at revision",
        DataClass.RESTRICTED: "conditions reason",
    },
    "pledge_line": {
        DataClass.INTERNAL: "id pledge_id round line",
        DataClass.RESTRICTED: "form amount currency rate rate_day usd",
    },
    "pledge_move": {
        DataClass.INTERNAL: "id pledge_id verb state round side at",
        DataClass.RESTRICTED: "reason",
    },
    "pledge_review": {
        DataClass.INTERNAL: "id pledge_id round organisation_id by at",
        DataClass.RESTRICTED: "verdict reason",
    },
    "question_relay": {
        DataClass.INTERNAL: "id organisation_id question_id routing_id state passed_by passed_at"
        " reminded_at replied_by replied_at",
        DataClass.RESTRICTED: "question note reply",
    },
    "record_key": {
        DataClass.INTERNAL: "organisation_id record_id version created_at destroyed_at",
    },
    "released_summary": {
        DataClass.INTERNAL: "id reference hash released_at",
        DataClass.RESTRICTED: "content",
    },
    "review": {
        DataClass.INTERNAL: "id version_id dossier_id verdict decided_by decided_at organisation_id",
        DataClass.RESTRICTED: "note",
        DataClass.PERSONAL: "decided_name",
    },
    "review_section": {
        DataClass.INTERNAL: "review_id section organisation_id",
        DataClass.RESTRICTED: "reason",
    },
    "routing": {
        DataClass.INTERNAL: "id released_id sponsor_id state sent_by sent_at opened_at answered_by"
        " answered_at recalled_at",
        DataClass.RESTRICTED: "why reason",
    },
    "routing_answer": {
        DataClass.INTERNAL: "id routing_id sponsor_id state answered_by answered_at",
        DataClass.RESTRICTED: "reason",
    },
    "sheet_row": {
        DataClass.INTERNAL: "organisation_id call_id mark dossier_id answers",
    },
    "sheet_upload": {
        DataClass.INTERNAL: "id organisation_id format_name file_id sha256 uploaded_by uploaded_at"
        " lang state done total leaves_out tries claimed_at decided_by finished_at",
        DataClass.PERSONAL: "name findings",
    },
    "sign_in": {
        DataClass.INTERNAL: "id person_id organisation_id created_at seen_at expires_at ended_at"
        " factor_at",
        DataClass.PERSONAL: "browser",
        DataClass.SECRET: "token_hash former_hash",
    },
    "summary": {
        DataClass.INTERNAL: "id need_id version_id state preview_hash released_id created_at"
        " revision organisation_id",
        DataClass.RESTRICTED: "preview recall_reason",
    },
    "summary_change": {
        DataClass.INTERNAL: "id summary_id grouping_id kind proposed_by proposed_at closes_at"
        " decision decided_by decided_at organisation_id",
        DataClass.PUBLIC: "days_off",
        DataClass.RESTRICTED: "before after note reason",
    },
    "summary_opening": {DataClass.INTERNAL: "id routing_id sponsor_id person_id opened_at"},
    "summary_question": {
        DataClass.INTERNAL: "id routing_id sponsor_id asked_by asked_at passed_at answered_at"
        " closed_at closed_because",
        DataClass.RESTRICTED: "question answer",
    },
    "summary_release": {
        DataClass.INTERNAL: "released_id organisation_id summary_id place is_named released_at",
    },
    "unit": {
        DataClass.INTERNAL: "id organisation_id kind created_at ended_at",
        DataClass.PUBLIC: "name_es name_en",
    },
    "version": {
        DataClass.INTERNAL: "id dossier_id number format_version hash receipt lang certified_by"
        " certified_role certified_at clearance_date clearance_file organisation_id",
        DataClass.RESTRICTED: "title document clearance_office clearance_number",
        DataClass.PERSONAL: "certified_name",
    },
    "wrapped_key": {
        DataClass.INTERNAL: "organisation_id record_id organisation_key_version",
        DataClass.SECRET: "wrapped",
    },
    "exchange": {
        DataClass.INTERNAL: "id organisation_id unit_id reference state thread_id answers_id is_exercise"
        " version_id created_by created_at released_at released_by recalled_at closed_at warned_days"
        " erased_at tombstone revision hides_recipients",
        DataClass.RESTRICTED: "kind tlp purpose urgency reply_by retention_until recall_reason"
        " closing_outcome closing_reason",
    },
    "addressee": {
        DataClass.INTERNAL: "id exchange_id sender_id organisation_id unit_id state forwarded_by_id"
        " via released access_until warned_days queued_at delivered_at opened_at answered_at ended_at revision",
        DataClass.RESTRICTED: "reason",
    },
    "receipt": {
        DataClass.INTERNAL: "id addressee_id number state at by",
        DataClass.RESTRICTED: "reason",
        DataClass.PERSONAL: "by_name",
    },
    "delivery": {
        DataClass.INTERNAL: "id organisation_id addressee_id number format_version version_number lang"
        " hash outside delivered_at",
        DataClass.SECRET: "sealed",
    },
    "delivery_sealed": {
        DataClass.INTERNAL: "delivery_id row_id key organisation_id klass",
        DataClass.SECRET: "sealed",
    },
    "case_erasure": {
        DataClass.INTERNAL: "id organisation_id exchange_id state ground proposed_by proposed_at"
        " decided_by decided_at",
        DataClass.RESTRICTED: "reason answer",
        DataClass.PERSONAL: "proposed_name decided_name",
    },
    "case_follow_up": {
        DataClass.INTERNAL: "id organisation_id unit_id kind state pair_id thread_id exchange_id"
        " addressee_id row_id due_on reminded_days opened_by opened_at decided_by decided_at revision",
        DataClass.RESTRICTED: "label with_label outcome",
    },
    "case_follow_up_step": {
        DataClass.INTERNAL: "id organisation_id follow_up_id number kind klass by at",
        DataClass.PERSONAL: "by_name",
        DataClass.SECRET: "said note",
    },
    "case_follow_up_handover": {
        DataClass.INTERNAL: "id organisation_id follow_up_id exchange_id unit_id begun_by begun_at"
        " taken_over_at",
    },
    "format_standing": {
        DataClass.INTERNAL: "id format_name version number state decided_by at",
        DataClass.MEMBERS: "reason",
    },
    "format_opt_in": {
        DataClass.INTERNAL: "id organisation_id format_name version number is_in said_by at",
        DataClass.MEMBERS: "note",
    },
    "reservation_text": {
        DataClass.INTERNAL: "id organisation_id series_id version lang is_restricted is_demonstration"
        " written_by written_at",
        DataClass.RESTRICTED: "instrument article url words",
        DataClass.PERSONAL: "written_name",
    },
    "reservation_rule": {
        DataClass.INTERNAL: "id organisation_id series_id version text_id state country direction effect"
        " mask is_demonstration written_by written_at confirmed_at ended_by ended_at",
        DataClass.RESTRICTED: "data counterparts purposes discloses valid_from valid_to reason",
        DataClass.PERSONAL: "written_name ended_name",
    },
    "sealed_file": {
        DataClass.INTERNAL: "id organisation_id record_id row_id key klass mark added_by added_at removed_at",
        DataClass.SECRET: "label",
    },
    "file_link": {
        DataClass.INTERNAL: "organisation_id file_id person_id sign_in_id expires_at used_at",
        DataClass.SECRET: "token_hash",
    },
    "version_sealed": {
        DataClass.INTERNAL: "version_id row_id key organisation_id klass",
        DataClass.SECRET: "sealed",
    },
    "year_figure": {DataClass.INTERNAL: "year what counted_at", DataClass.MEMBERS: "count"},
}


def class_of(table: str, column: str) -> DataClass:
    """The class of a column. Raises KeyError for one that has none."""
    for data_class, columns in CLASSES[table].items():
        if column in columns.split():
            return data_class
    raise KeyError(f"{table}.{column}")
