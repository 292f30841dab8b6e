"""Which walls stand around the tables, whatever the code above them asks?

On PostgreSQL: three roles and forced row-level security. On both: what was certified, published,
released or recorded cannot be changed.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORG = "(SELECT nullif(current_setting('app.organisation', true), ''))"
KIND = "(SELECT nullif(current_setting('app.kind', true), ''))"
PERSON = "(SELECT nullif(current_setting('app.person', true), ''))"
UNKNOWN = f"{KIND} IS NULL"
OWN = f"organisation_id = {ORG}"
ST = f"{KIND} = 'secretariat'"
MEMBER = f"{KIND} = 'delegation'"
READER = f"{KIND} IN ('delegation', 'presidency')"
OWN_OR_ST = f"{OWN} OR {ST}"
OF_OWN_ROUTING = (f"({MEMBER} AND EXISTS (SELECT 1 FROM routing r WHERE r.id = {{0}}.routing_id"
                  " AND r.sponsor_id = {0}.sponsor_id))")  # fmt: skip
MINE = f"person_id = {PERSON}"
UNCONFIRMED = "d.on_behalf AND NOT d.is_submitted"
OF_COURSE = "EXISTS (SELECT 1 FROM course c WHERE c.id = {}.course_id)"
OF_PLEDGE = "EXISTS (SELECT 1 FROM pledge p WHERE p.id = {}.pledge_id)"
# Lines are written before the offer that they belong to, and never into one that stands.
NEXT_OF_OWN = (f"EXISTS (SELECT 1 FROM pledge p WHERE p.id = {{0}}.pledge_id AND p.{OWN}"
               " AND {0}.round = p.round + 1)")  # fmt: skip
BEGINS = "state = 'interest' AND round = 0"
WITH_SEATS = f"EXISTS (SELECT 1 FROM course_seat s WHERE s.course_id = {{}}.course_id AND s.{OWN})"
# A step is written down as it was taken, by the side that took it.
STEPPED = ("EXISTS (SELECT 1 FROM pledge p WHERE p.id = pledge_move.pledge_id"
           " AND p.state = pledge_move.state AND p.round = pledge_move.round AND ({}))")  # fmt: skip
BY_GIVER = f"pledge_move.side = 'giver' AND p.{OWN}"
BY_COUNTRY = f"pledge_move.side = 'countries' AND {WITH_SEATS.format('p')}"
AS_IT_STANDS = (
    "EXISTS (SELECT 1 FROM course_standing s WHERE s.course_id = course_standing_change.course_id"
    " AND s.line = course_standing_change.line AND s.changes = course_standing_change.number"
    " AND s.cost = course_standing_change.cost AND s.funded = course_standing_change.funded"
    " AND s.promised = course_standing_change.promised)"
)
HOSTED = f"EXISTS (SELECT 1 FROM course c WHERE c.id = {{}}.course_id AND c.host_id = {ORG})"
TOLD_TO_HOST = (
    "EXISTS (SELECT 1 FROM nomination n WHERE n.host_told AND n.course_id = {0}.course_id"
    " AND n.organisation_id = {0}.organisation_id)"
)
OF_ADDRESSEE = "EXISTS (SELECT 1 FROM addressee a WHERE a.id = receipt.addressee_id)"
AT_ADDRESSEE = "'opened', 'accepted', 'actioned', 'rejected'"
# A receipt says what was done just now, and each side speaks for itself.
RECEIVED = (
    "EXISTS (SELECT 1 FROM addressee a WHERE a.id = receipt.addressee_id AND a.state = receipt.state AND"
    f" a.revision = receipt.number AND ((a.{OWN} AND a.state IN ({AT_ADDRESSEE})) OR (a.sender_id ="
    f" {ORG} AND a.state IN ('queued', 'recalled', 'expired', 'undelivered'))))"
)
OF_ITSELF = f"country = (SELECT o.country FROM organisation o WHERE o.id = {ORG})"
SENT_TO_IT = ("EXISTS (SELECT 1 FROM course_invitation i WHERE i.course_id = {}.course_id"
              " AND i.closed_at IS NULL)")  # fmt: skip
ASKED_OF_IT = SENT_TO_IT[:-1] + " AND i.pledges_closed_at IS NULL)"

# table -> [(commands, who may)]. ALL rules also say which rows may be written.
APP = {
    "person": [("ALL", f"{UNKNOWN} OR {ST} OR id = {PERSON}"),
               ("SELECT", "EXISTS (SELECT 1 FROM membership m WHERE m.person_id = person.id"
                          f" AND m.organisation_id = {ORG})")],
    "sign_in": [("ALL", f"{UNKNOWN} OR {ST} OR {MINE}")],
    "factor": [("ALL", f"{UNKNOWN} OR {ST} OR {MINE}")],
    "factor_code": [("ALL", f"{UNKNOWN} OR {ST} OR {MINE}")],
    "invitation": [("ALL", f"{UNKNOWN} OR {OWN_OR_ST}")],
    "membership": [("ALL", f"{UNKNOWN} OR {OWN_OR_ST}"), ("SELECT", MINE)],
    "organisation": [("ALL", ST), ("SELECT", "true")],
    "unit": [("ALL", ST), ("SELECT", "true")],
    # What a country said of its own days is its own to take off.
    "non_working_day": [("ALL", OWN), ("ALL", f"{ST} AND confirmed_at IS NULL"), ("SELECT", ST)],
    "installation": [("SELECT", "true")],
    "limit_counter": [("ALL", "true")],
    "delivered_mail": [("SELECT", "true")],
    "format_version": [("SELECT", "true")],
    "idempotency_key": [("ALL", MINE)],
    "outbox_message": [("INSERT", "true")],
    # Written by the outbox alone, which knows whom an event concerns.
    "notice": [("SELECT", f"{UNKNOWN} OR ({MINE} AND {OWN})"), ("UPDATE", f"{MINE} AND {OWN}")],
    "mail_choice": [("ALL", MINE)],
    "calendar_feed": [("ALL", f"{MINE} AND {OWN}"), ("SELECT", UNKNOWN)],
    "audit_head": [("ALL", "true")],
    "audit_event": [("INSERT", "true"),
                    ("SELECT", f"owner_organisation_id = {ORG} OR acting_organisation_id = {ORG}")],
    "attachment": [("ALL", f"{OWN} OR ({ST} AND subject_kind <> 'draft')")],
    "call": [("ALL", ST),
             ("SELECT", f"{MEMBER} AND state <> 'draft' AND EXISTS (SELECT 1 FROM call_invitation i"
                        f" WHERE i.call_id = call.id AND i.organisation_id = {ORG})")],
    # Starting a need locks its invitation, so that no number is given twice, and changes nothing.
    "call_invitation": [("ALL", ST), ("SELECT", OWN), ("LOCK", OWN)],
    "call_contact": [("ALL", ST)],
    "call_extension": [("ALL", ST),
                       ("SELECT", f"{MEMBER} AND EXISTS (SELECT 1 FROM call_invitation i WHERE"
                                  f" i.call_id = call_extension.call_id AND i.organisation_id = {ORG})")],
    # The call itself is a draft again and out of sight; what its countries had read of it is not.
    "call_taken_back": [("ALL", ST),
                        ("SELECT", f"{MEMBER} AND EXISTS (SELECT 1 FROM call_invitation i WHERE"
                                   f" i.call_id = call_taken_back.call_id AND i.organisation_id = {ORG})")],
    # Of a case the Secretariat reads the envelope, and never what is written in it.
    "dossier": [("ALL", f"{OWN} OR ({ST} AND format_name <> 'case' AND (is_submitted OR on_behalf))")],
    "need": [("ALL", OWN),
             ("SELECT", f"{ST} AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = need.id)"),
             ("INSERT", f"{ST} AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = need.id"
                        f" AND {UNCONFIRMED})")],
    # What a delegation writes is its own. In what the Secretariat itself began for it, the
    # Secretariat writes until the country says that it is its own.
    "filing": [("ALL", OWN_OR_ST)],
    # Whoever holds a link has come as nobody; it says for whom it is, and nothing of the record.
    "filing_link": [("ALL", OWN_OR_ST), ("SELECT", UNKNOWN)],
    "draft": [("ALL", f"{OWN} OR ({ST} AND on_behalf AND EXISTS (SELECT 1 FROM dossier d"
                      f" WHERE d.id = draft.dossier_id AND {UNCONFIRMED}))")],
    "answer": [("ALL", f"{OWN} OR ({ST} AND EXISTS (SELECT 1 FROM draft w"
                       " WHERE w.id = answer.draft_id))")],
    "answer_row": [("ALL", f"{OWN} OR ({ST} AND EXISTS (SELECT 1 FROM draft w"
                           " WHERE w.id = answer_row.draft_id))")],
    # What a delegation says within itself is its own alone; of a draft nobody else even knows.
    "comment": [("ALL", f"{OWN} OR ({ST} AND circle = 'shared' AND EXISTS (SELECT 1 FROM dossier d"
                        " WHERE d.id = comment.dossier_id))")],
    # Whom somebody addresses among their own people is not the other side's to know.
    "comment_mention": [("ALL", "EXISTS (SELECT 1 FROM comment c WHERE c.id = comment_mention.comment_id"
                                f" AND c.author_organisation_id = {ORG})")],
    "presence": [("ALL", f"{OWN} OR ({ST} AND EXISTS (SELECT 1 FROM draft w"
                         " WHERE w.id = presence.draft_id))")],
    "sheet_upload": [("ALL", OWN)],
    "sheet_row": [("ALL", OWN)],
    # On a signed reply the Secretariat writes down what was signed, and no consent to anything.
    "version": [("ALL", OWN),
                ("SELECT", f"{ST} AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = version.dossier_id)"),
                ("INSERT", f"{ST} AND certified_role = 'signed_reply' AND certified_by = {PERSON}"
                           " AND number = 1 AND EXISTS (SELECT 1 FROM dossier d"
                           f" WHERE d.id = version.dossier_id AND {UNCONFIRMED})")],
    # What is sealed is its owner's alone; the Secretariat reads that something is there in the version.
    "version_sealed": [("ALL", OWN)],
    "sealed_file": [("ALL", OWN)],
    "file_link": [("ALL", f"{MINE} AND {OWN}")],
    "consent": [("ALL", OWN), ("SELECT", ST),
                ("INSERT", f"{ST} AND members = 'none' AND sponsors = 'none' AND EXISTS (SELECT 1"
                           " FROM version v WHERE v.id = consent.version_id"
                           " AND v.certified_role = 'signed_reply')")],
    "review": [("ALL", ST), ("SELECT", OWN)],
    "review_section": [("ALL", ST), ("SELECT", OWN)],
    "need_fact": [("ALL", OWN_OR_ST)],
    "need_code": [("ALL", OWN_OR_ST)],
    "need_audience": [("ALL", OWN_OR_ST)],
    "need_cost": [("ALL", OWN_OR_ST)],
    # Which needs resemble each other is the Secretariat's view alone; members read it in editions.
    "need_group": [("ALL", ST)],
    "need_group_name": [("ALL", ST)],
    "need_group_member": [("ALL", ST)],
    "group_search": [("ALL", ST)],
    "group_proposal": [("ALL", ST)],
    "group_proposal_need": [("ALL", ST)],
    "group_dismissal": [("ALL", ST)],
    "edition": [("ALL", ST), ("SELECT", f"{READER} AND state = 'published'")],
    "edition_document": [("ALL", ST), ("SELECT", f"{READER} AND audience = 'members'")],
    "edition_need": [("ALL", ST), ("SELECT", READER)],
    # Members take what is kept of their editions, and what they asked for themselves.
    "report_file": [("ALL", ST),
                    ("SELECT", f"{READER} AND audience = 'members' AND (asked_by IS NULL OR asked_by = {PERSON})"),
                    ("INSERT", f"{READER} AND audience = 'members' AND asked_by = {PERSON}"),
                    ("DELETE", f"{READER} AND asked_by = {PERSON}")],
    "bundle": [("ALL", ST)],
    "bundle_adoption": [("ALL", ST)],
    "cost_basis": [("ALL", ST)],
    "match_weights": [("ALL", ST)],
    "match_run": [("ALL", ST)],
    "summary": [("ALL", OWN_OR_ST)],
    "group_summary": [("ALL", ST)],
    "summary_change": [("ALL", OWN_OR_ST)],
    "summary_release": [("ALL", ST), ("SELECT", OWN)],
    "released_summary": [("ALL", ST),
                         ("SELECT", f"{MEMBER} AND EXISTS (SELECT 1 FROM summary_release s WHERE"
                                    f" s.released_id = released_summary.id AND s.{OWN})")],
    "routing": [("ALL", ST),
                ("SELECT", f"{MEMBER} AND EXISTS (SELECT 1 FROM summary_release s WHERE"
                           f" s.released_id = routing.released_id AND s.{OWN})"),
                # Whoever says a word about its name holds what was sent against a recall.
                ("LOCK", f"{MEMBER} AND EXISTS (SELECT 1 FROM summary_release s WHERE"
                         f" s.released_id = routing.released_id AND s.{OWN})")],
    "summary_opening": [("ALL", ST),
                        ("SELECT", f"{MEMBER} AND EXISTS (SELECT 1 FROM routing r"
                                   " WHERE r.id = summary_opening.routing_id)")],
    "summary_question": [("ALL", ST)],
    # A draft is its writers' alone; members read what is open, and no more than its lines beside it.
    "offer": [("ALL", OWN), ("SELECT", f"{ST} AND opened_at IS NOT NULL"),
              ("SELECT", f"{READER} AND state = 'open'")],
    "offer_line": [("ALL", OWN),
                   ("SELECT", "EXISTS (SELECT 1 FROM offer o WHERE o.id = offer_line.offer_id)")],
    "offer_move": [("ALL", OWN),
                   ("SELECT", "EXISTS (SELECT 1 FROM offer o WHERE o.id = offer_move.offer_id)")],
    "exchange_rate": [("ALL", ST), ("SELECT", "true")],
    # A delegation knows a course in which it has seats or which it hosts, once it is more than a plan.
    "course": [("ALL", ST),
               ("SELECT", f"{MEMBER} AND state <> 'planned' AND (host_id = {ORG} OR EXISTS (SELECT 1"
                          f" FROM course_seat s WHERE s.course_id = course.id AND s.{OWN}))"),
               # Whoever writes down something of it holds the course against its next step.
               ("LOCK", f"{MEMBER} AND state <> 'planned' AND (host_id = {ORG} OR EXISTS (SELECT 1"
                        f" FROM course_seat s WHERE s.course_id = course.id AND s.{OWN}))")],
    "course_component": [("ALL", ST), ("SELECT", OF_COURSE.format("course_component"))],
    "course_role": [("ALL", ST), ("SELECT", OF_COURSE.format("course_role"))],
    "course_cost": [("ALL", ST), ("SELECT", OF_COURSE.format("course_cost"))],
    "course_split": [("ALL", ST), ("SELECT", OF_COURSE.format("course_split"))],
    # Which others take part is each country's own to tell.
    "course_seat": [("ALL", ST), ("SELECT", OWN)],
    # That it may be named as the host is a delegation's own to say; not even the Secretariat writes it.
    "course_host_word": [("SELECT", OWN_OR_ST), ("INSERT", f"{OWN} AND {HOSTED.format('course_host_word')}"),
                         ("UPDATE", f"{OWN} AND {HOSTED.format('course_host_word')}")],
    "course_sheet": [("ALL", ST), ("SELECT", OF_COURSE.format("course_sheet"))],
    # Whoever takes part learns which sponsors ask to know that.
    "course_invitation": [("ALL", ST),
                          ("SELECT", f"{MEMBER} AND countries_asked_at IS NOT NULL AND closed_at IS NULL AND"
                                     " EXISTS (SELECT 1 FROM course_seat s WHERE s.course_id ="
                                     f" course_invitation.course_id AND s.{OWN})")],
    # That it takes part is a country's own to tell; not even the Secretariat writes it.
    "course_country_word": [("SELECT", OWN_OR_ST), ("INSERT", f"{MEMBER} AND {OWN}"),
                            ("UPDATE", f"{MEMBER} AND {OWN}")],
    "course_country_told": [("SELECT", f"{ST} OR {OF_ITSELF}"),
                            ("INSERT", f"{MEMBER} AND {OF_ITSELF} AND EXISTS (SELECT 1 FROM"
                                       " course_invitation i WHERE i.id = course_country_told.invitation_id"
                                       " AND i.sponsor_id = course_country_told.sponsor_id)")],
    # The Secretariat asks; the word is the organisation's.
    "course_part": [("SELECT", OWN_OR_ST), ("INSERT", f"{ST} AND state = 'asked'"),
                    ("LOCK", ST), ("UPDATE", f"{ST} AND state IN ('asked', 'ended')")],
    # How far a line is covered follows from the pledges (0003_pledges.py); nobody writes it.
    "course_standing": [("SELECT", f"{ST} OR {OF_COURSE.format('course_standing')}"),
                        ("INSERT", f"{ST} AND funded = 0 AND promised = 0"), ("UPDATE", ST),
                        ("DELETE", f"{ST} AND funded = 0 AND promised = 0")],
    # Whoever pledges writes down how the line stood after it; only the Secretariat looks back.
    "course_standing_change": [("ALL", ST), ("INSERT", AS_IT_STANDS)],
    "course_need": [("ALL", ST)],
    # What is only interest is between its giver and the Secretariat.
    "pledge": [("SELECT", f"{ST} OR ({MEMBER} AND {OF_COURSE.format('pledge')} AND ({OWN} OR round > 0))"),
               ("INSERT", f"{OWN} AND {BEGINS} AND (({ST} AND role = 'st') OR ({MEMBER} AND role = 'host'"
                          f" AND {HOSTED.format('pledge')}))"),
               ("UPDATE", f"{ST} OR ({MEMBER} AND {OF_COURSE.format('pledge')} AND ({OWN} OR (round > 0"
                          f" AND {WITH_SEATS.format('pledge')})))")],
    "pledge_line": [("SELECT", f"{ST} OR {OF_PLEDGE.format('pledge_line')}"),
                    ("INSERT", NEXT_OF_OWN.format("pledge_line"))],
    "pledge_move": [("SELECT", f"{ST} OR {OF_PLEDGE.format('pledge_move')}"),
                    ("INSERT", STEPPED.format(f"({BY_GIVER}) OR ({BY_COUNTRY}) OR ({ST} AND"
                                              " pledge_move.side IN ('countries', 'secretariat'))"))],
    "pledge_review": [("SELECT", OWN_OR_ST),
                      ("INSERT", f"{OWN} AND EXISTS (SELECT 1 FROM pledge p WHERE"
                                 " p.id = pledge_review.pledge_id AND p.state = 'offered'"
                                 f" AND p.round = pledge_review.round AND {WITH_SEATS.format('p')})")],
    "routing_answer": [("ALL", ST)],
    "question_relay": [("ALL", OWN_OR_ST)],
    # A country sees who asks about what was released of its own, and says its word; nobody else does.
    "country_request": [("ALL", ST), ("SELECT", OF_OWN_ROUTING.format("country_request")),
                        ("UPDATE", OF_OWN_ROUTING.format("country_request"))],
    "country_decision": [("ALL", OWN), ("SELECT", ST)],
    "country_reveal": [("SELECT", f"{ST} OR ({OF_OWN_ROUTING.format('country_reveal')} AND country ="
                                  f" (SELECT o.country FROM organisation o WHERE o.id = {ORG}))"),
                       ("INSERT", f"{OF_OWN_ROUTING.format('country_reveal')} AND country ="
                                  f" (SELECT o.country FROM organisation o WHERE o.id = {ORG})")],
    "course_step": [("ALL", ST), ("SELECT", OF_COURSE.format("course_step"))],
    # What is taught, and what was learnt, is the host's to write beside the Secretariat.
    "course_session": [("ALL", f"{ST} OR {HOSTED.format('course_session')}"),
                       ("SELECT", OF_COURSE.format("course_session"))],
    "course_evaluation": [("ALL", f"{ST} OR {HOSTED.format('course_evaluation')}"),
                          ("SELECT", OF_COURSE.format("course_evaluation"))],
    # Whom a delegation sends, the host learns from the delegation alone.
    "nomination": [("ALL", OWN), ("SELECT", f"{ST} OR (host_told AND {HOSTED.format('nomination')})")],
    "nomination_row": [("ALL", OWN), ("SELECT", f"{ST} OR ({TOLD_TO_HOST.format('nomination_row')} AND"
                                                f" {HOSTED.format('nomination_row')})")],
    "attendance": [("ALL", f"{ST} OR ({HOSTED.format('attendance')} AND ({OWN} OR"
                           f" {TOLD_TO_HOST.format('attendance')}))"),
                   ("SELECT", f"{MEMBER} AND {OWN}")],
    "course_replication": [("ALL", OWN_OR_ST)],
    # Asked by the clock alone.
    "follow_up": [("SELECT", OWN_OR_ST), ("UPDATE", OWN)],
    "year_figure": [("SELECT", f"{ST} OR {READER}")],
    # Marks by which master keys are known again. Only the first makes itself known; others are introduced.
    "master_key": [("SELECT", "true"), ("INSERT", "NOT EXISTS (SELECT 1 FROM master_key k)")],
    # Whose key it is, nobody else has, not even wrapped. It is changed by a rotation alone.
    "organisation_key": [("SELECT", OWN), ("INSERT", OWN), ("LOCK", OWN)],
    "record_key": [("SELECT", OWN), ("INSERT", OWN), ("DESTROY", f"{OWN} AND destroyed_at IS NOT NULL")],
    "wrapped_key": [("SELECT", OWN), ("INSERT", OWN), ("DELETE", OWN)],
    "erasure": [("SELECT", OWN), ("INSERT", OWN)],
    "format_standing": [("SELECT", "true"), ("INSERT", ST)],
    "format_opt_in": [("SELECT", f"{ST} OR {READER}"), ("INSERT", f"{MEMBER} AND {OWN}")],
    # Its effect is the Secretariat's to see once it is confirmed, its legal text only where it is not kept.
    "reservation_text": [("SELECT", OWN), ("INSERT", f"{MEMBER} AND {OWN}"), ("LOCK", OWN),
                         ("SELECT", f"{ST} AND NOT is_restricted AND EXISTS (SELECT 1 FROM reservation_rule r"
                                    " WHERE r.text_id = reservation_text.id)")],
    "reservation_rule": [("ALL", f"{MEMBER} AND {OWN}"), ("SELECT", f"{ST} AND confirmed_at IS NOT NULL")],
    # Once it has arrived, its envelope is the addressee's too.
    "exchange": [("ALL", OWN), ("SELECT", f"{ST} AND released_at IS NOT NULL"),
                 ("SELECT", f"{MEMBER} AND EXISTS (SELECT 1 FROM addressee a WHERE a.exchange_id ="
                            f" exchange.id AND a.{OWN} AND a.delivered_at IS NOT NULL)")],
    "addressee": [("SELECT", f"{ST} OR sender_id = {ORG} OR ({OWN} AND delivered_at IS NOT NULL)"),
                  ("INSERT", f"{MEMBER} AND sender_id = {ORG} AND state = 'queued'"
                             " AND delivered_at IS NULL AND forwarded_by_id IS NULL AND via = ''"),
                  ("UPDATE", f"sender_id = {ORG} OR ({OWN} AND delivered_at IS NOT NULL)")],
    "receipt": [("SELECT", OF_ADDRESSEE), ("INSERT", f"{MEMBER} AND by = {PERSON} AND {RECEIVED}")],
    # Written by what delivers alone, which reaches both countries; the sender cannot read it back.
    "delivery": [("SELECT", OWN)],
    "delivery_sealed": [("SELECT", OWN)],
    # Two persons, each under their own name; the table itself refuses one who decides on their own proposal.
    "case_erasure": [("SELECT", OWN),
                     ("INSERT", f"{MEMBER} AND {OWN} AND state = 'proposed' AND proposed_by = {PERSON}"),
                     ("DECIDE", f"{MEMBER} AND {OWN} AND decided_by = {PERSON}")],
    "case_follow_up": [("SELECT", OWN), ("INSERT", f"{MEMBER} AND {OWN}"), ("UPDATE", f"{MEMBER} AND {OWN}")],
    "case_follow_up_step": [("SELECT", OWN), ("INSERT", f"{MEMBER} AND {OWN}")],
    # Once it has arrived, the unit that is asked knows that it is.
    "case_follow_up_handover": [("SELECT", OWN),
                                ("SELECT", f"{MEMBER} AND EXISTS (SELECT 1 FROM addressee a WHERE"
                                           " a.exchange_id = case_follow_up_handover.exchange_id AND"
                                           " a.unit_id = case_follow_up_handover.unit_id"
                                           f" AND a.{OWN} AND a.delivered_at IS NOT NULL)"),
                                ("INSERT", f"{MEMBER} AND {OWN}")],
}  # fmt: skip
SPONSOR = {
    "released_summary": [("SELECT", "EXISTS (SELECT 1 FROM routing r WHERE r.released_id ="
                                    " released_summary.id AND r.state <> 'recalled')")],
    "routing": [("SELECT", f"sponsor_id = {ORG}"),
                ("UPDATE", f"sponsor_id = {ORG} AND state <> 'recalled'")],
    "summary_opening": [("SELECT", f"sponsor_id = {ORG}"), ("INSERT", f"sponsor_id = {ORG}")],
    "summary_question": [("SELECT", f"sponsor_id = {ORG}"), ("INSERT", f"sponsor_id = {ORG}")],
    "offer": [("SELECT", OWN), ("INSERT", OWN), ("UPDATE", OWN)],
    "offer_line": [("SELECT", OWN), ("INSERT", OWN)],
    "offer_move": [("SELECT", OWN), ("INSERT", OWN)],
    "exchange_rate": [("SELECT", "true")],
    "course_invitation": [("SELECT", f"sponsor_id = {ORG}"), ("UPDATE", f"sponsor_id = {ORG}")],
    "course_country_told": [("SELECT", f"sponsor_id = {ORG}")],
    "course_part": [("SELECT", f"{OWN} AND {SENT_TO_IT.format('course_part')}"),
                    ("UPDATE", f"{OWN} AND {ASKED_OF_IT.format('course_part')}")],
    "course_sheet": [("SELECT", SENT_TO_IT.format("course_sheet"))],
    "course_standing": [("SELECT", SENT_TO_IT.format("course_standing"))],
    "course_standing_change": [("INSERT", AS_IT_STANDS)],
    "pledge": [("SELECT", OWN), ("INSERT", f"{OWN} AND {BEGINS} AND role = 'sponsor' AND"
                                           f" {ASKED_OF_IT.format('pledge')}"), ("UPDATE", OWN)],
    "pledge_line": [("SELECT", OF_PLEDGE.format("pledge_line")),
                    ("INSERT", NEXT_OF_OWN.format("pledge_line"))],
    "pledge_move": [("SELECT", OF_PLEDGE.format("pledge_move")), ("INSERT", STEPPED.format(BY_GIVER))],
    "routing_answer": [("SELECT", f"sponsor_id = {ORG}"), ("INSERT", f"sponsor_id = {ORG}")],
    "country_request": [("SELECT", f"sponsor_id = {ORG}"),
                        ("INSERT", f"sponsor_id = {ORG} AND state = 'asked'")],
    "country_reveal": [("SELECT", f"sponsor_id = {ORG}")],
    "follow_up": [("SELECT", OWN), ("UPDATE", OWN)],
    "audit_event": [("INSERT", "true")],
    "audit_head": [("SELECT", "true"), ("UPDATE", "true")],
    "outbox_message": [("INSERT", "true")],
    "idempotency_key": [("SELECT", MINE), ("INSERT", MINE)],
}  # fmt: skip
SPONSOR_UPDATES = {
    "routing": "state, answered_at, answered_by, opened_at, reason",
    "audit_head": "seq, hash, at",
    "offer": "kind, roles, provider_type, state, title, text, lang, themes, profiles, level, seats_min,"
    " seats_max, countries, modalities, languages, days, hours_per_day, window_from,"
    " window_to, valid_until, amount, currency, last_spending_on, nomination, vetting, ratio,"
    " rank, clearance, host_needed, materials, licence, certificate, prior_editions, contact,"
    " date_known, remind_on, named_to_sponsors,"
    " edition, revision, changed_at, opened_at, ended_at, reason",
    "course_invitation": "opened_at, countries_asked_at",
    "course_part": "state, reason, said_by, said_at",
    "follow_up": "answer, text, lang, answered_by, answered_at",
    "pledge": "state, round, expires_on, conditions, reason, revision",
}
KEPT = ("audit_event", "version", "version_sealed", "consent", "edition_document", "edition_need", "released_summary",
        "format_version", "review", "review_section", "call_extension", "call_taken_back", "call_contact",
        "summary_opening", "routing_answer", "country_decision", "country_reveal",
        "summary_release", "offer_line", "offer_move", "course_sheet", "course_standing_change", "pledge_line", "pledge_move",
        "pledge_review", "course_country_told",
        "match_weights", "match_run", "bundle_adoption", "course_step", "erasure", "master_key",
        "format_standing", "format_opt_in", "reservation_text", "delivery", "delivery_sealed", "case_follow_up_step")  # fmt: skip
"""Tables whose rows are written once."""
KEPT_WHEN = {
    "published": ("edition", "OLD.state = 'published'"),
    "followed": ("follow_up", "OLD.answered_at IS NOT NULL"),
    "decided": ("summary_change", "OLD.decision IS NOT NULL"),
    "recalled": ("routing", "OLD.state = 'recalled'"),
    "destroyed": ("record_key", "OLD.destroyed_at IS NOT NULL"),
}
"""Tables whose rows are kept from a moment on: trigger -> (table, since when)."""
KEPT_COLUMNS = {
    # The word that came with it is forgotten with its case.
    "receipt": "id, addressee_id, number, state, at, by, by_name",
    "case_erasure": "id, organisation_id, exchange_id, ground, proposed_by, proposed_name, proposed_at",
    "reservation_rule": "id, organisation_id, series_id, version, text_id, country, data, direction, counterparts,"
                        " purposes, effect, mask, discloses, valid_from, valid_to, is_demonstration,"
                        " written_by, written_name, written_at",
    "comment": "id, organisation_id, dossier_id, circle, parent_id, section, field, version_number,"
               " text, author_id, author_name, author_organisation_id, created_at",
    "sealed_file": "id, organisation_id, record_id, row_id, key, klass, mark, label, added_by, added_at",
    "comment_mention": "comment_id, person_id, organisation_id, person_name",
    "filing": "id, organisation_id, dossier_id, reference, channel, received_on, office, sender,"
              " number, note, file_id, filed_by, filed_name, filed_at",
    "filing_link": "id, organisation_id, dossier_id, person_id, token_hash, asked_by, asked_at,"
                   " expires_at",
}  # fmt: skip
"""Tables whose rows are never deleted, and which of their columns are written once."""
ASKS = "nullif(current_setting('app.organisation', true), '')"
AS_SENDER, AS_RECEIVER = (
    f"OLD.{who} IS NOT DISTINCT FROM {ASKS}" for who in ("sender_id", "organisation_id")
)
SIDES = {
    "between": ("addressee", "id, exchange_id, sender_id, organisation_id, unit_id,"
                " delivered_at", "true"),
    # What was passed on comes from the sender itself, once a later release names its unit.
    "way": ("addressee", "forwarded_by_id, via", f"NOT ({AS_SENDER} AND NEW.forwarded_by_id IS NULL"
            " AND NEW.via = '')"),
    "sender": ("addressee", "released, access_until, warned_days, queued_at, ended_at", f"NOT {AS_SENDER}"),
    "receiver": ("addressee", "reason, opened_at, answered_at", f"NOT {AS_RECEIVER}"),
    "step": ("addressee", "state", f"NOT ({AS_RECEIVER} AND OLD.state IN ('delivered', {AT_ADDRESSEE})"
             f" AND NEW.state IN ({AT_ADDRESSEE})) AND NOT ({AS_SENDER} AND NEW.state IN"
             " ('queued', 'recalled', 'expired', 'undelivered'))"),
}  # fmt: skip
"""Rows that two countries write, by columns: trigger -> (table, columns, when a country may not write them).
What delivers, forwards and forgets reaches both, as the owner."""
TOLD = {
    "draft_saved": ("draft", "UPDATE", "true"),
    "presence_came": ("presence", "INSERT OR DELETE", "true"),
    "presence_moved": ("presence", "UPDATE", "(OLD.section, OLD.place, OLD.holds) IS DISTINCT"
                       " FROM (NEW.section, NEW.place, NEW.holds)"),
}  # fmt: skip
"""What the readers of live changes are told of, with a draft's id and nothing else:
trigger -> (table, verb, when). SQLite has no such thing; there the file is watched."""
ROLES = ("enlace_owner", "enlace_app", "enlace_sponsor")


def upgrade():
    if op.get_bind().dialect.name == "postgresql":
        _make_roles()
        for table in sorted(APP):
            _wall(table)
        op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM enlace_app, enlace_sponsor")
        op.execute("REVOKE INSERT, DELETE ON audit_head FROM enlace_app")
        op.execute("GRANT SELECT ON alembic_version TO enlace_owner")
        _keep_on_postgresql()
        _tell_on_postgresql()
        _part_on_postgresql()
    else:
        _keep_on_sqlite()


def _make_roles():
    for role in ROLES:
        # Roles belong to the cluster: another database, or a test beside us, may have made them.
        op.execute(
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object OR"
            " unique_violation THEN NULL; END $$"
        )
        # Whoever migrates must be able to take the roles, or could not seed and verify.
        op.execute(
            f"DO $$ BEGIN IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN"
            f" EXECUTE format('GRANT {role} TO %I', current_user); END IF; END $$"
        )
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")


def _wall(table):
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'GRANT ALL ON "{table}" TO enlace_owner')
    op.execute(
        f'CREATE POLICY owner_all ON "{table}" TO enlace_owner USING (true) WITH CHECK (true)'
    )
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO enlace_app')
    _policies(table, "enlace_app", APP[table])
    for command, _ in SPONSOR.get(table, ()):
        columns = f" ({SPONSOR_UPDATES[table]})" if command == "UPDATE" else ""
        op.execute(f'GRANT {command}{columns} ON "{table}" TO enlace_sponsor')
    _policies(table, "enlace_sponsor", SPONSOR.get(table, ()))


def _policies(table, role, rules):
    for number, (command, condition) in enumerate(rules):
        clause = {
            "SELECT": f"USING ({condition})",
            "INSERT": f"WITH CHECK ({condition})",
            "UPDATE": f"USING ({condition}) WITH CHECK ({condition})",
            "DELETE": f"USING ({condition})",
            "ALL": f"USING ({condition}) WITH CHECK ({condition})",
            "LOCK": f"USING ({condition}) WITH CHECK (false)",
            "DECIDE": f"USING ({OWN} AND state = 'proposed') WITH CHECK ({condition})",
            "DESTROY": f"USING ({OWN}) WITH CHECK ({condition})",
        }[command]
        command = "UPDATE" if command in ("LOCK", "DECIDE", "DESTROY") else command
        name = f"{role}_{number}"
        op.execute(f'CREATE POLICY {name} ON "{table}" FOR {command} TO {role} {clause}')


def _keep_on_postgresql():
    op.execute(
        "CREATE FUNCTION enlace_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = '23514';"
        " END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION enlace_keep()"
        )
        op.execute(
            f"CREATE TRIGGER keep_all_{table} BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION enlace_keep()"
        )
    for name, (table, since) in KEPT_WHEN.items():
        op.execute(
            f"CREATE TRIGGER keep_{name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
            f" WHEN ({since}) EXECUTE FUNCTION enlace_keep()"
        )
    for table, columns in KEPT_COLUMNS.items():
        for name, when in (("words", f"UPDATE OF {columns}"), ("row", "DELETE")):
            op.execute(
                f"CREATE TRIGGER keep_{name}_{table} BEFORE {when} ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION enlace_keep()"
            )


def _part_on_postgresql():
    op.execute(
        "CREATE FUNCTION enlace_part() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'this part of % is the other side''s to write', TG_TABLE_NAME"
        " USING ERRCODE = '42501'; END $$"
    )
    for name, (table, columns, when) in SIDES.items():
        op.execute(
            f"CREATE TRIGGER part_{name} BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW"
            f" WHEN (current_user = 'enlace_app' AND ({when})) EXECUTE FUNCTION enlace_part()"
        )


def _tell_on_postgresql():
    op.execute(
        "CREATE FUNCTION enlace_tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF TG_TABLE_NAME = 'draft' THEN PERFORM pg_notify('enlace_live', NEW.id);"
        " ELSIF TG_OP = 'DELETE' THEN PERFORM pg_notify('enlace_live', OLD.draft_id);"
        " ELSE PERFORM pg_notify('enlace_live', NEW.draft_id); END IF; RETURN NULL; END $$"
    )
    for name, (table, verb, when) in TOLD.items():
        op.execute(
            f"CREATE TRIGGER tell_{name} AFTER {verb} ON {table} FOR EACH ROW WHEN ({when})"
            " EXECUTE FUNCTION enlace_tell()"
        )


def _keep_on_sqlite():
    for table in KEPT:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER keep_{table}_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
            )
    for name, (table, since) in KEPT_WHEN.items():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER keep_{name}_{verb.lower()} BEFORE {verb} ON {table} WHEN {since}"
                f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
            )
    for table, columns in KEPT_COLUMNS.items():
        for name, when in (("words", f"UPDATE OF {columns}"), ("row", "DELETE")):
            op.execute(
                f"CREATE TRIGGER keep_{name}_{table} BEFORE {when} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
            )


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        _unwall()
    else:
        _release_on_sqlite()


def _unwall():
    for name, (table, _) in KEPT_WHEN.items():
        op.execute(f"DROP TRIGGER keep_{name} ON {table}")
    for name, (table, _, _) in TOLD.items():
        op.execute(f"DROP TRIGGER tell_{name} ON {table}")
    op.execute("DROP FUNCTION enlace_tell()")
    _unpart()
    for table in KEPT:
        op.execute(f"DROP TRIGGER keep_{table} ON {table}")
        op.execute(f"DROP TRIGGER keep_all_{table} ON {table}")
    for table in KEPT_COLUMNS:
        op.execute(f"DROP TRIGGER keep_words_{table} ON {table}")
        op.execute(f"DROP TRIGGER keep_row_{table} ON {table}")
    op.execute("DROP FUNCTION enlace_keep()")
    op.execute("REVOKE ALL ON alembic_version FROM enlace_owner")
    for table, rules in APP.items():
        op.execute(f'DROP POLICY owner_all ON "{table}"')
        for role, count in (
            ("enlace_app", len(rules)),
            ("enlace_sponsor", len(SPONSOR.get(table, ()))),
        ):
            for number in range(count):
                op.execute(f'DROP POLICY {role}_{number} ON "{table}"')
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
        op.execute(f'REVOKE ALL ON "{table}" FROM enlace_owner, enlace_app, enlace_sponsor')


def _unpart():
    for name, (table, _, _) in SIDES.items():
        op.execute(f"DROP TRIGGER part_{name} ON {table}")
    op.execute("DROP FUNCTION enlace_part()")


def _release_on_sqlite():
    for verb in ("update", "delete"):
        for name in KEPT_WHEN:
            op.execute(f"DROP TRIGGER keep_{name}_{verb}")
        for table in KEPT:
            op.execute(f"DROP TRIGGER keep_{table}_{verb}")
    for table in KEPT_COLUMNS:
        op.execute(f"DROP TRIGGER keep_words_{table}")
        op.execute(f"DROP TRIGGER keep_row_{table}")
