"""Which features are there, in the order in which they may know each other?"""

from __future__ import annotations

from app.accounts import views as accounts
from app.accounts.factors import views as factors
from app.attachments import views as attachments
from app.attachments.sealed import views as sealed_files
from app.calls import views as calls
from app.calls.views import calendar
from app.cases.common_format import views as common_format
from app.cases.exchanges import views as cases
from app.cases.exchanges.views import envelopes
from app.cases.exchanges.views import received as received_cases
from app.cases.follow_ups import views as case_follow_ups
from app.cases.htcds import views as htcds
from app.cases.reservations import views as reservations
from app.demonstration import views as demonstration
from app.desk import views as desk
from app.funding.bundles import views as bundles
from app.funding.courses import views as courses
from app.funding.delivery import views as delivery
from app.funding.delivery.views import years
from app.funding.matches import views as matches
from app.funding.means import views as means
from app.funding.offers import views as offers
from app.funding.pledges import sponsor_views as received_courses
from app.funding.pledges import views as pledges
from app.groups import views as groups
from app.needs import views as needs
from app.notices import views as notices
from app.organisations import views as organisations
from app.organisations.days import views as days
from app.organisations.views import delegation, joining
from app.reports import views as reports
from app.summaries import country_views as country_views
from app.summaries import sponsor_log_views as sponsor_log_views
from app.summaries import sponsor_views as received
from app.summaries import views as summaries
from app.summaries.groups import part_views as part_views
from app.summaries.groups import sending_views as sending_views

FEATURES = (
    attachments, sealed_files, accounts, factors, notices, organisations, delegation, days, joining, demonstration, calls, calendar, needs, groups, reports, summaries,
    received, offers, courses, pledges, matches, bundles, received_courses, means, delivery, years, common_format, reservations, cases, received_cases, case_follow_ups, envelopes, htcds, desk,
)  # fmt: skip
