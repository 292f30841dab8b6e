"""How are the forms of a course that takes place read, and what can be told of them before the act?"""

from __future__ import annotations

from typing import Any, cast

from flask_babel import lazy_gettext as _l

from app.calls.fields import CountField, DayField, HourField, WordsField
from app.formats.dates import write_date
from app.formats.numbers import write_number
from app.formats.words import N_
from app.funding.delivery import assessing, attending, nominating, replicating, timetable
from app.funding.delivery.codes import PROFILES
from app.funding.delivery.fields import AverageField, HowManyField, ShortField
from app.funding.delivery.models import CourseEvaluation, CourseSession, NominationRow
from app.funding.delivery.numbers import NOBODY, People, Turnout
from app.web import locale
from app.web.input_names import name_inputs
from app.web.plain_forms import PlainForm

SEXES = {"women": N_("Women"), "men": N_("Men"), "not_stated": N_("Not stated")}
SCORES = range(1, 6)
DAY = _l("Write the day.")
HOUR = _l("Write the hour.")
name_inputs({**SEXES, **{f"finished_{sex}": label for sex, label in SEXES.items()}})


class RevisedForm(PlainForm):
    """A form that carries the revision of what its page was drawn from."""

    revision = CountField()


class SessionForm(RevisedForm):
    """One session of the timetable."""

    day = DayField(missing=DAY)
    starts = HourField(missing=HOUR)
    ends = HourField(missing=HOUR)
    topic_es = ShortField(300)
    topic_en = ShortField(300)
    component = CountField()
    provider = WordsField()

    def terms(self) -> timetable.Terms:
        return timetable.Terms(
            day=self.day.data, starts=self.starts.data, ends=self.ends.data,
            topic_es=self.topic_es.data, topic_en=self.topic_en.data,
            component=self.component.data or None, provider_id=self.provider.data or None,
        )  # fmt: skip


def written_session(session: CourseSession) -> dict[str, str]:
    """A session as its form holds it."""
    return {
        "day": write_date(session.day, locale.locale()), "starts": f"{session.starts:%H:%M}",
        "ends": f"{session.ends:%H:%M}", "topic_es": session.topic_es,
        "topic_en": session.topic_en, "component": str(session.component or ""),
        "provider": session.provider_id or "",
    }  # fmt: skip


class StepForm(RevisedForm):
    """A step of the course, with the days on which it was held where it asks for them."""

    starts_on = DayField()
    ends_on = DayField()
    place = ShortField(200)
    unpaid = WordsField()


class _Nomination(RevisedForm):
    """Rows of a profile, a rank and how many people; empty rows do not count."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every row that was begun says who, and how many."""
        is_fine = super().validate(extra_validators)
        for number in range(1, nominating.ROWS + 1):
            profile, people = self[f"profile_{number}"], self._people(number)
            if profile.data and profile.data not in {code.key for code in PROFILES.codes}:
                profile.errors, is_fine = [str(_l("Choose one of the list."))], False
            elif people.total and not profile.data:
                profile.errors, is_fine = [str(_l("Choose the profile of these people."))], False
            elif profile.data and not people.total and not self._is_wrong(number):
                why = _l("Write how many people of this profile.")
                self[f"women_{number}"].errors, is_fine = [str(why)], False
        return is_fine

    def rows(self) -> list[nominating.Row]:
        return [
            nominating.Row(self[f"profile_{number}"].data, self[f"rank_{number}"].data,
                           self._people(number))
            for number in range(1, nominating.ROWS + 1) if self._people(number).total
        ]  # fmt: skip

    def _people(self, number: int) -> People:
        return People(*(self[f"{sex}_{number}"].data or 0 for sex in SEXES))

    def _is_wrong(self, number: int) -> bool:
        return any(self[f"{sex}_{number}"].errors for sex in SEXES)


NominationForm = cast(
    "type[_Nomination]",
    type("NominationForm", (_Nomination,), {
        "host_told": WordsField(),
        **{f"profile_{number}": WordsField() for number in range(1, nominating.ROWS + 1)},
        **{f"rank_{number}": ShortField(80) for number in range(1, nominating.ROWS + 1)},
        **{f"{sex}_{number}": HowManyField()
           for number in range(1, nominating.ROWS + 1) for sex in SEXES},
    }),
)  # fmt: skip
"""As many rows as a delegation may name."""


def written_nomination(rows: list[NominationRow], *, host_told: bool) -> dict[str, str]:
    """A nomination as its form holds it."""
    typed = {"host_told": "yes" if host_told else ""}
    for number, row in enumerate(rows, start=1):
        typed |= {f"profile_{number}": row.profile, f"rank_{number}": row.rank}
        typed |= {f"{sex}_{number}": str(getattr(row, sex) or "") for sex in SEXES}
    return typed


class AttendanceForm(RevisedForm):
    """Who came, who finished, and why not all did."""

    women = HowManyField()
    men = HowManyField()
    not_stated = HowManyField()
    finished_women = HowManyField()
    finished_men = HowManyField()
    finished_not_stated = HowManyField()
    reason = WordsField()
    note = ShortField(1000, lines=True)

    def came(self) -> attending.Came:
        return attending.Came(
            came=People(self.women.data, self.men.data, self.not_stated.data),
            finished=People(self.finished_women.data, self.finished_men.data,
                            self.finished_not_stated.data),
            reason=self.reason.data, note=self.note.data,
        )  # fmt: skip


def written_attendance(turnout: Turnout) -> dict[str, str]:
    """An attendance as its form holds it: at first as many came as were nominated."""
    first = turnout.came if turnout.came is not None else (turnout.nominated or NOBODY)
    finished = turnout.finished if turnout.finished is not None else first
    return {
        **{sex: str(getattr(first, sex)) for sex in SEXES},
        **{f"finished_{sex}": str(getattr(finished, sex)) for sex in SEXES},
        "reason": turnout.reason, "note": turnout.note,
    }  # fmt: skip


class _Evaluation(RevisedForm):
    kind = WordsField()
    question_es = ShortField(500, lines=True)
    question_en = ShortField(500, lines=True)

    def terms(self) -> assessing.Terms:
        return assessing.Terms(
            kind=self.kind.data, question_es=self.question_es.data,
            question_en=self.question_en.data, before=self._measured("before"),
            after=self._measured("after"),
        )  # fmt: skip

    def _measured(self, moment: str) -> assessing.Measured:
        counts = tuple(self[f"{moment}_score_{score}"].data for score in SCORES)
        return assessing.Measured(
            answers=self[f"{moment}_answers"].data, average=self[f"{moment}_average"].data,
            counts=counts if any(counts) else (),
        )  # fmt: skip


EvaluationForm = cast(
    "type[_Evaluation]",
    type("EvaluationForm", (_Evaluation,), {
        name: field
        for moment in ("before", "after")
        for name, field in {
            f"{moment}_answers": HowManyField(), f"{moment}_average": AverageField(),
            **{f"{moment}_score_{score}": HowManyField() for score in SCORES},
        }.items()
    }),
)  # fmt: skip
"""A question with what was answered at both moments."""


def written_evaluation(each: CourseEvaluation) -> dict[str, str]:
    """A question of the evaluation as its form holds it."""
    typed = {"kind": each.kind, "question_es": each.question_es, "question_en": each.question_en}
    for moment in ("before", "after"):
        counts = getattr(each, f"{moment}_counts") or []
        typed |= {f"{moment}_score_{score}": str(count or "") for score, count in
                  zip(SCORES, counts, strict=False)}  # fmt: skip
        average = getattr(each, f"{moment}_average")
        typed[f"{moment}_answers"] = str(getattr(each, f"{moment}_answers") or "")
        typed[f"{moment}_average"] = (
            "" if average is None or counts else write_number(average, locale.locale(), places=2)
        )
    return typed


class ReplicationForm(PlainForm):
    """Which country gave the course again, when, and which institution of it."""

    country = WordsField()
    held_on = DayField(missing=DAY)
    institution = ShortField(200, missing=_l("Write which institution gave it."))
    participants = HowManyField()
    note = ShortField(1000, lines=True)

    def terms(self, organisation_id: str) -> replicating.Terms:
        return replicating.Terms(
            organisation_id=organisation_id, held_on=self.held_on.data,
            institution=self.institution.data, participants=self.participants.data or None,
            note=self.note.data,
        )  # fmt: skip
