"""Which modules define tables? Imported once, so that migrations and relations know them all."""

from app.accounts import models as accounts
from app.accounts.factors import models as factors
from app.attachments import models as attachments
from app.audit import models as audit
from app.calls import models as calls
from app.cases.common_format import models as common_format
from app.cases.exchanges import models as exchanges
from app.cases.exchanges.erasing import models as erasing
from app.cases.follow_ups import models as case_follow_ups
from app.cases.reservations import models as reservations
from app.db import models as installation
from app.funding.bundles import models as bundles
from app.funding.courses import models as courses
from app.funding.delivery import models as delivery
from app.funding.matches import models as matches
from app.funding.offers import models as offers
from app.funding.pledges import models as pledges
from app.groups import models as groups
from app.intake import models as intake
from app.intake.comments import models as comments
from app.intake.filing import models as filing
from app.intake.sheets import models as sheets
from app.needs import models as needs
from app.notices import models as notices
from app.organisations import models as organisations
from app.organisations.days import models as days
from app.outbox import models as outbox
from app.reports import models as reports
from app.sealing import models as sealing
from app.summaries import models as summaries

MODULES = (
    accounts, factors, notices, organisations, days, attachments, audit, installation, outbox, sealing, calls, intake, comments,
    filing, sheets, needs, groups, reports, summaries, offers, courses, pledges,
    matches, bundles, delivery, common_format, reservations, exchanges, erasing, case_follow_ups,
)  # fmt: skip
