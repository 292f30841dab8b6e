"""Which pages do communications on cases have, for whoever writes, receives or only sees envelopes?"""

from __future__ import annotations

from app.cases.exchanges import by_the_clock, delivering, ending, forwarding, mail
from app.cases.exchanges.erasing import views as erasing
from app.cases.exchanges.views import own, received_files
from app.cases.exchanges.views.pages import NAV, blueprint

__all__ = [
    "NAV", "blueprint", "by_the_clock", "delivering", "ending", "erasing", "forwarding", "mail", "own",
    "received_files",
]  # fmt: skip
