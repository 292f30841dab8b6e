"""What is a needs report, whether it is live, in preparation or published?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from app.formats.spec import Text
from app.reports.answered import Answered
from app.reports.figures import Audience, Compilation, ListedNeed, SimilarNeeds
from app.reports.funded import Funding
from app.reports.offered import ListedOffer

NO_TEXT = Text("", "")
Stage = Literal["live", "draft", "published"]


@dataclass(frozen=True, kw_only=True)
class Editorial:
    """What the Secretariat writes beside the figures. An empty text is not shown."""

    title: Text
    meeting: str = ""
    agenda_item: str = ""
    introduction: Text = NO_TEXT
    conclusion: Text = NO_TEXT
    proposals: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The figures with which those of a report are compared: an edition's, or those of a moment."""

    number: int | None
    as_of: datetime
    compilation: Compilation


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that is written in a report, in both languages.

    `number` is the edition's, None for the figures as they stand. `answered` is None for members:
    beside needs without a country it could tell which one it is.
    """

    call_code: str
    call_title: Text
    zone: str
    stage: Stage
    number: int | None
    audience: Audience
    as_of: datetime
    editorial: Editorial
    compilation: Compilation
    needs: tuple[ListedNeed, ...]
    answered: Answered | None
    unasked_themes: tuple[Text, ...]
    earlier: Earlier | None = field(default=None, metadata={"since": 2})
    offers: tuple[ListedOffer, ...] | None = field(default=None, metadata={"since": 3})
    """Those that stood open at that moment; None in an edition published before they were listed."""
    funding: Funding | None = field(default=None, metadata={"since": 4})
    """That of courses at that moment; None in an edition published before it was told."""

    groups: tuple[SimilarNeeds, ...] | None = field(default=None, metadata={"since": 5})
    """Groups of similar needs, then all other needs; None in an edition published before them."""

    @property
    def day(self) -> date:
        """The day of its figures where the call has its time."""
        return self.as_of.astimezone(ZoneInfo(self.zone)).date()

    @property
    def reference(self) -> str:
        """Such as INF-2004-2, or INF-2004 for the figures as they stand."""
        parts = ["INF", self.call_code, *([str(self.number)] if self.number else [])]
        return "-".join(parts)
