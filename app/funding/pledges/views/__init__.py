"""Which pages do pledges have, and with them each course?"""

from __future__ import annotations

from app.funding.pledges import by_the_clock, logged, mail
from app.funding.pledges.views import course, giving, pages, seats
from app.funding.pledges.views.pages import NAV, blueprint

__all__ = [
    "NAV",
    "blueprint",
    "by_the_clock",
    "course",
    "giving",
    "logged",
    "mail",
    "pages",
    "seats",
]
