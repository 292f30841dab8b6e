"""What can be asked for? Each permission with the sentence that says what it allows."""

from __future__ import annotations

from enum import Enum


class Permission(Enum):
    """One act that the policy table decides on; the value is its sentence in `docs/`."""

    OWN_ACCOUNT = (
        "see and end one's own sessions, change language, password, second factors and acting"
        " organisation"
    )
    DESK_READ = "see what waits for oneself"
    OWN_NOTICES = (
        "read of what oneself was told, with the reference of a record only where one may read that,"
        " and choose which mail one gets"
    )

    ORGANISATION_LIST = "see organisations and the people in them"
    ORGANISATION_MANAGE = "admit organisations, their units and designations of focal points"
    PEOPLE_INVITE = "invite people to any organisation and end their membership"
    FACTOR_RESET = (
        "see who has no second factor though the role needs one, and remove one that was lost"
    )
    COLLEAGUES_READ = "see the people of one's own delegation"
    COLLEAGUES_INVITE = "invite colleagues to one's own delegation"
    DAYS_READ = "see on which days one's own country does not work, or any for the Secretariat"
    DAYS_WRITE = (
        "write down the days on which one's own country does not work, or any for the Secretariat"
    )
    DAYS_REMOVE = (
        "take off a day on which one's own country does not work; the Secretariat one that it wrote"
        " down and the country has not confirmed"
    )
    DAYS_CONFIRM = "confirm for one's own country a day that the Secretariat wrote down"

    CALL_READ = "read a call one is invited to, or any call for the Secretariat"
    CALL_READ_CALENDAR = "follow the deadlines of calls in one's own calendar"
    CALL_EDIT = "write, translate and schedule a call"
    CALL_OPEN = "open, close and extend a call"
    CALL_ANSWERS_READ = "see who has answered a call, in neutral wording"

    NEED_LIST = "list the needs one may read"
    NEED_READ = "read a need of one's own delegation, or a submitted one for the Secretariat"
    NEED_START = "start a need in an open call"
    NEED_EDIT = "write in a draft of one's own delegation"
    NEED_FILE = "file a need that arrived by letter, e-mail or telephone, and draft it on behalf"
    NEED_FILING_ANSWER = "say whether a need that was filed is one's own delegation's"
    NEED_FILING_CONFIRM = "submit a need that was filed on the reply that its country signed"
    NEED_CERTIFY = "certify, submit and decide on consent for one's own delegation"
    NEED_COMMENT = "comment on a need, within the delegation or between it and the Secretariat"
    NEED_HISTORY = "read who wrote what and when in a need of one's own delegation"
    NEED_WITHDRAW = "withdraw a need of one's own delegation"
    NEED_READY = "say that a draft of one's own delegation is ready to certify, or not yet"
    NEED_DISCARD = (
        "discard a draft of one's own delegation that was never submitted, or bring it back"
    )
    NEED_REVISE = "open a new draft from a version of one's own delegation"
    NEED_REVIEW = "accept a submitted need or return it with reasons"
    NEED_FOLLOW = "see what became of the needs in which one took part"
    NEED_EXPORT = "take the list of needs away as a file"

    GROUP_READ = "see which needs are similar, and the groups made of them"
    GROUP_EDIT = "group similar needs, name, merge, split and dissolve groups"

    REPORT_PREPARE = "see the figures as they stand and write the editorial text"
    REPORT_PUBLISH = "publish an edition, which never changes afterwards"
    REPORT_READ = "read a published edition in one's own audience"
    REPORT_FIGURE_OPEN = "open the needs behind a figure"

    SUMMARY_PREPARE = "prepare, translate or generalise what sponsors would read"
    SUMMARY_DECIDE = "consent, object or withhold for one's own delegation"
    SUMMARY_ROUTE = "send a released summary to chosen sponsors"
    SUMMARY_LOG_READ = "see what was sent, opened and answered"
    SUMMARY_READ = "read a summary that was sent to one's own organisation"
    SUMMARY_ANSWER = "answer for the sponsor: interested, not now, or a question"

    OFFER_READ = (
        "read one's own offers, and those that are open for members; no sponsor reads another's"
    )
    OFFER_WRITE = (
        "write, open, renew and withdraw an offer: a sponsor's own, or a delegation's to host"
    )
    COURSE_EDIT = "plan a course, send it to sponsors, keep exchange rates"
    COURSE_READ = (
        "read a course in which one's own delegation has seats or which it hosts, or any for the"
        " Secretariat"
    )
    COURSE_SHEET_READ = "read of a course that was sent to one's own organisation"
    PLEDGE_WRITE = "declare interest, offer, confirm and withdraw for one's own sponsor"
    PLEDGE_SHARE = "offer, confirm and withdraw the share of the host or of the Secretariat"
    PLEDGE_REVIEW = "accept or return an offer for one's own delegation"
    HOST_NAME = "say whether sponsors are told that one's own delegation hosts a course"
    DELIVERY_EDIT = (
        "write down a course's days, who came and what was learnt: the Secretariat, and the host"
    )
    NOMINATE = "say how many people, of which profile, one's own delegation sends to a course"
    REPLICATE = "write down that one's own country gave a course again"
    FOLLOW_UP_ANSWER = "say a year later, for one's own delegation, whether the need was met"
    FOLLOW_UP_RESPOND = "say a year later, for one's own sponsor, whether the need was met"
    YEARS_READ = "see what was offered, needed and used by year, in totals alone"

    BUNDLE_MAKE = "have regional courses proposed, edit and adopt them, and set what lines are planned to cost"
    MATCH_READ = "see and compute which offers fit which needs, with the reasons"
    MATCH_WEIGH = "change how much each criterion counts where offers are ranked"
    COUNTRY_ASK = (
        "ask to know the countries of a summary or a course that were sent without their names"
    )
    COUNTRY_REVEAL = (
        "let a sponsor know one's own country on a summary or a course that it was sent, or not"
    )
    QUESTION_REPLY = "answer to the Secretariat a sponsor's question about one's own need"

    FORMAT_READ = "read the Common Format, how far it is agreed upon and who exchanges under it"
    FORMAT_SET_STANDING = (
        "put the Common Format under observation or write down that it was approved"
    )
    FORMAT_OPT_IN = (
        "say for one's own country that it exchanges real cases while the format is not approved"
    )
    RESERVATION_READ = "read the legal reservations of one's own country and what they do"
    RESERVATION_WRITE = "write the legal text of a reservation of one's own country, its rule, confirm it, withdraw it"
    RESERVATION_MATRIX = "see which countries can tell each other what, as their reservations stand"
    CASE_LIST = "see the communications on cases of one's own units"
    CASE_START = "begin a communication on a case in one's own unit"
    CASE_READ = "read a communication on a case that one's own unit drafted"
    CASE_EDIT = "write in a draft of one's own unit"
    CASE_OPEN = "open sealed answers of one's own unit's draft, on record and with a second factor"
    CASE_DISCARD = "discard a draft of one's own unit that was never released, or bring it back"
    CASE_RELEASE = "certify a communication of one's own unit, release, recall, close and follow it"
    CASE_ERASURE_READ = "see what the erasure of a communication of one's own unit would do; as the legal adviser, of one whose erasure was proposed"
    CASE_ERASE = (
        "propose that a communication of one's own unit be erased everywhere, or take that back"
    )
    CASE_ERASURE_DECIDE = (
        "confirm, with a second factor, or refuse an erasure that another person of the delegation"
        " proposed"
    )
    CASE_RECEIVE = "read what was addressed to one's own unit"
    CASE_RECEIVED_OPEN = (
        "open sealed answers of what was addressed to one's own unit, on record and with a second"
        " factor"
    )
    CASE_ANSWER = "give receipts, accept, reject, answer and forward for one's own unit"
    CASE_FOLLOW_UP_LIST = "see the follow-ups of one's own units"
    CASE_FOLLOW_UP_BEGIN = "begin to follow a child, or the person with it, of whom a communication of one's own unit tells"
    CASE_FOLLOW_UP_READ = (
        "read a follow-up of one's own unit; a child's only in a unit that protects"
    )
    CASE_FOLLOW_UP_OPEN = (
        "open sealed words of a follow-up of one's own unit, on record and with a second factor"
    )
    CASE_FOLLOW_UP_KEEP = (
        "write down steps of a follow-up of one's own unit, move its day, hand it over"
    )
    CASE_FOLLOW_UP_DECIDE = (
        "decide how a follow-up of one's own unit ends, and take it up again; of a child, a"
        " child-protection officer alone"
    )
    CASE_ENVELOPES = (
        "see between whom communications go and where they stand, and nothing of a case"
    )

    MEANS_ASK = (
        "ask what a sum would complete of the courses that were sent to one's own organisation"
    )
    FILE_READ = "open a file of a record one may read"
    SEALED_FILE_READ = "take away, once, a file that one has just opened on purpose"
    MAIL_READ = "read the mail of the demonstration"

    @property
    def label(self) -> str:
        """The name used in documents and on the command line, such as `need-edit`."""
        return self.name.lower().replace("_", "-")
