"""What of a need's answers is counted in reports?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.formats.completeness import applies
from app.formats.derived import participants
from app.formats.kinds.length import course_hours
from app.formats.spec import Format

NOT_STATED = "not_stated"
BANDS: tuple[tuple[str, Decimal | None], ...] = (
    ("up_to_1_day", Decimal(8)),
    ("2_to_3_days", Decimal(24)),
    ("1_week", Decimal(40)),
    ("2_to_4_weeks", Decimal(160)),
    ("longer", None),
)
"""Lengths of a course by its hours, each with the most hours it takes; days count eight hours."""
MANY_CODED = ("theme", "language")
JOINT_COUNTRY = "joint_country"
"""A country with which another one would share a course."""
_OF_COST = ("estimate", "currency", "payer", "form")


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Participants of one profile."""

    profile: str
    participants: int
    women: int
    men: int
    not_stated: int


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One line of the costs. No amount: the country named who would pay, and no figure yet."""

    line: str
    amount: Decimal | None
    currency: str | None
    payer: str | None
    form: str | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is counted of one version. Participants whose sex was not told are `not_stated`."""

    title: str
    urgency: int | None
    duration_band: str
    duration_unit: str | None
    duration_count: int | None
    modality: str
    course_hours: Decimal
    level: str | None
    """What participants should be able to do at the end; its absence means that nobody said."""
    window_from: date | None
    window_to: date | None
    group_min: int | None
    group_max: int | None
    can_host: bool | None
    joint_course: bool | None
    audience: tuple[Audience, ...]
    codes: tuple[tuple[str, str], ...]
    """(dimension, code). Themes and languages nobody named carry `not_stated`; a country that named
    no `joint_country` leaves the choice open, and has none."""
    costs: tuple[Cost, ...]

    @property
    def participant_hours(self) -> Decimal:
        return self.course_hours * self.people("participants")

    def people(self, kind: str) -> int:
        """Participants, women, men or not_stated, of all profiles together."""
        return sum(getattr(each, kind) for each in self.audience)


def facts_of(format: Format, answers: Mapping[str, Any]) -> Facts:
    """The facts in a version's answers, by the `fact:` marks of its format."""

    def fact(name: str) -> Any:
        field = format.facts.get(name)
        counts = field is not None and applies(format, field, answers)
        return answers.get(field.key) if field is not None and counts else None

    length, hours = fact("duration") or {}, course_hours(fact("duration"))
    return Facts(
        title=str(answers.get(format.title_field) or ""),
        urgency=fact("urgency"),
        duration_band=band_of(hours),
        duration_unit=length.get("unit"),
        duration_count=length.get("count"),
        modality=fact("modality") or NOT_STATED,
        course_hours=hours or Decimal(0),
        level=fact("level"),
        window_from=_day(fact("window_from")),
        window_to=_day(fact("window_to")),
        group_min=fact("group_min"),
        group_max=fact("group_max"),
        can_host=fact("can_host"),
        joint_course=fact("joint_course"),
        audience=tuple(_by_profile(fact("audience") or ())),
        codes=(
            *((name, code) for name in MANY_CODED for code in fact(name) or (NOT_STATED,)),
            *((JOINT_COUNTRY, code) for code in fact(JOINT_COUNTRY) or ()),
        ),
        costs=tuple(_by_line(fact("costs") or ())),
    )


def band_of(hours: Decimal | None) -> str:
    """The length of a course of so many hours."""
    if not hours:
        return NOT_STATED
    return next(band for band, most in BANDS if most is None or hours <= most)


def _by_profile(rows: Sequence[Mapping[str, Any]]) -> Iterator[Audience]:
    """One audience for each profile; a row with a single total tells nobody's sex."""
    for profile in dict.fromkeys(row.get("profile") or NOT_STATED for row in rows):
        own = [row for row in rows if (row.get("profile") or NOT_STATED) == profile]
        divided = [row for row in own if row.get("total") is None]
        women = sum(row.get("women") or 0 for row in divided)
        men = sum(row.get("men") or 0 for row in divided)
        everybody = participants(own) or 0
        yield Audience(profile=profile, participants=everybody, women=women, men=men,
                       not_stated=everybody - women - men)  # fmt: skip


def _by_line(rows: Sequence[Mapping[str, Any]]) -> Iterator[Cost]:
    """One cost for each line somebody said anything about; a mere note is none."""
    for row in rows:
        amount, currency, payer, form = (row.get(cell) for cell in _OF_COST)
        if amount is not None or payer or form:
            yield Cost(line=row["id"], amount=None if amount is None else Decimal(amount),
                       currency=currency, payer=payer, form=form)  # fmt: skip


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
