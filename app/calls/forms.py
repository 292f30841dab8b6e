"""How are the forms of a call read, and which of their mistakes can be told before anything is done?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.zones import COUNTRY_OF
from app.calls.fields import CountField, DayField, HourField, ManyField, WordsField
from app.calls.local_time import SkippedTime, instant_of, parts_of
from app.calls.models import Call
from app.calls.terms import NO_COUNTRY, NO_TITLE, Terms, Words
from app.formats.dates import write_date
from app.formats.words import N_
from app.web import locale
from app.web.input_names import name_inputs
from app.web.plain_forms import PlainForm

LABELS = {
    "code": N_("Code"),
    "title_es": N_("Title in Spanish"),
    "title_en": N_("Title in English"),
    "guidance_es": N_("Guidance in Spanish"),
    "guidance_en": N_("Guidance in English"),
    "zone": N_("Time zone"),
    "opens_day": N_("Opens on (day)"),
    "opens_hour": N_("Opens at (hour)"),
    "closes_day": N_("Closes on (day)"),
    "closes_hour": N_("Closes at (hour)"),
    "format_version": N_("Version of the form"),
    "countries": N_("Countries invited"),
}
"""What each input of a call is called."""
name_inputs(LABELS)
DAY_MISSING = _l("Write the day.")
HOUR_MISSING = _l("Write the hour.")


class RevisedForm(PlainForm):
    """A form that carries the revision of the call its page was drawn from."""

    revision = CountField()


class MomentForm(RevisedForm):
    """A form with moments: each a day and an hour, on the clocks of one zone."""

    MOMENTS: ClassVar[Mapping[str, bool]] = {}
    """Name of each moment -> whether the later one is meant where clocks show its hour twice."""

    def __init__(self, zone: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.stated_zone = zone
        self.moments: dict[str, datetime] = {}
        self.notices: list[str] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything could be read; then `moments` holds the instants."""
        is_fine = super().validate(extra_validators)
        zone = self.stated_zone or self["zone"].data
        for name, later in self.MOMENTS.items():
            is_fine = self._read_moment(name, zone, later=later) and is_fine
        return is_fine

    def _read_moment(self, name: str, zone: str, *, later: bool) -> bool:
        day, hour = self[f"{name}_day"], self[f"{name}_hour"]
        if day.errors or hour.errors or zone not in COUNTRY_OF:
            return False
        try:
            meant = instant_of(day.data, hour.data, zone, later=later)
        except SkippedTime as skipped:
            hour.errors = [
                _("On that day the clocks of %(place)s are put forward over this hour, so it does "
                  "not exist there. Write %(instead)s, for example.",
                  place=locale.place_of(zone), instead=f"{skipped.instead:%H:%M}")
            ]  # fmt: skip
            return False
        if meant.is_repeated:
            sentence = LATER_MEANT if later else EARLIER_MEANT
            self.notices.append(
                str(sentence) % {"place": locale.place_of(zone), "hour": f"{hour.data:%H:%M}"}
            )
        self.moments[name] = meant.instant
        return True


LATER_MEANT = _l(
    "On that day the clocks of %(place)s are put back and show %(hour)s twice. The later one counts."
)
EARLIER_MEANT = _l(
    "On that day the clocks of %(place)s are put back and show %(hour)s twice. "
    "The earlier one counts."
)


class WordsForm(RevisedForm):
    """The texts of a call, in both languages side by side."""

    title_es = WordsField()
    title_en = WordsField()
    guidance_es = WordsField(lines=True)
    guidance_en = WordsField(lines=True)

    def words(self) -> Words:
        return Words(
            title_es=self.title_es.data, title_en=self.title_en.data,
            guidance_es=self.guidance_es.data, guidance_en=self.guidance_en.data,
        )  # fmt: skip


class TermsForm(WordsForm, MomentForm):
    """Everything about a call that is still a draft."""

    MOMENTS: ClassVar[Mapping[str, bool]] = {"opens": False, "closes": True}

    code = WordsField(missing=_l("Write a code, for example 2004."))
    format_version = CountField()
    zone = WordsField(missing=_l("Choose the time zone."))
    opens_day = DayField(missing=DAY_MISSING)
    opens_hour = HourField(missing=HOUR_MISSING)
    closes_day = DayField(missing=DAY_MISSING)
    closes_hour = HourField(missing=HOUR_MISSING)
    countries = ManyField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything could be read, and all is there that no call can do without."""
        is_fine = super().validate(extra_validators)
        if not (self.title_es.data or self.title_en.data or self.title_es.errors):
            self.title_es.errors, is_fine = [_(NO_TITLE)], False
        if not self.countries.data:
            self.countries.errors, is_fine = [_(NO_COUNTRY)], False
        if not self.zone.errors and self.zone.data not in COUNTRY_OF:
            self.zone.errors = [_("Choose one of the time zones of the list.")]
            return False
        return is_fine

    def terms(self) -> Terms:
        return Terms(
            code=self.code.data, words=self.words(), format_version=self.format_version.data,
            zone=self.zone.data, opens_at=self.moments["opens"], closes_at=self.moments["closes"],
            countries=self.countries.data or frozenset(),
        )  # fmt: skip


class ExtensionForm(MomentForm):
    """A later close, and why."""

    MOMENTS: ClassVar[Mapping[str, bool]] = {"closes": True}

    closes_day = DayField(missing=DAY_MISSING)
    closes_hour = HourField(missing=HOUR_MISSING)
    reason = WordsField(lines=True, missing=_l("Write the reason. The countries read it."))


class LateForm(MomentForm):
    """For which country, until when and why after the close."""

    MOMENTS: ClassVar[Mapping[str, bool]] = {"until": True}

    country = WordsField(missing=_l("Choose the country."))
    until_day = DayField(missing=DAY_MISSING)
    until_hour = HourField(missing=HOUR_MISSING)
    reason = WordsField(lines=True, missing=_l("Write the reason. The country reads it."))


class RevocationForm(RevisedForm):
    """Whose late permission ends, as it was when the page was drawn, and why."""

    country = WordsField(missing=_l("Choose the country."))
    reason = WordsField(lines=True, missing=_l("Write the reason. The country reads it."))


class InvitationsForm(PlainForm):
    """Which further countries are invited."""

    countries = ManyField()


class ContactForm(PlainForm):
    """How a country was reached, and what was said."""

    country = WordsField(missing=_l("Choose the country."))
    channel = WordsField(missing=_l("Choose how the country was reached."))
    note = WordsField(lines=True, missing=_l("Write what was said or sent, in a sentence."))


def written(call: Call, countries: set[str]) -> dict[str, Any]:
    """A call as its form holds it, to be drawn for the first time."""
    region = locale.locale()
    typed: dict[str, Any] = {
        name: getattr(call, name)
        for name in ("code", "title_es", "title_en", "guidance_es", "guidance_en", "zone")
    }
    typed["format_version"] = str(call.format_version)
    typed["countries"] = sorted(countries)
    for name, instant in (("opens", call.opens_at), ("closes", call.closes_at)):
        day, hour = parts_of(instant, call.zone)
        typed[f"{name}_day"] = write_date(day, region)
        typed[f"{name}_hour"] = f"{hour:%H:%M}"
    return typed
