"""Where does one see what became of a course, and write it down?"""

from app.calls import feeds
from app.funding.delivery import by_the_clock as by_the_clock
from app.funding.delivery import calendar
from app.funding.delivery import mail as mail
from app.funding.delivery.views import attendance as attendance
from app.funding.delivery.views import evaluation as evaluation
from app.funding.delivery.views import follow_up as follow_up
from app.funding.delivery.views import nominations as nominations
from app.funding.delivery.views import overview as overview
from app.funding.delivery.views import replications as replications
from app.funding.delivery.views import schedule as schedule
from app.funding.delivery.views.pages import NAV as NAV
from app.funding.delivery.views.pages import blueprint as blueprint

feeds.register(calendar.sessions)
