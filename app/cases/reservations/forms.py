"""How are the text of a reservation and the five questions about it read from what was typed?"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.calls.fields import DayField, ManyField, WordsField
from app.cases.reservations.terms import OTHERS, PURPOSES, Terms, known_data, unfit
from app.formats.dates import write_date
from app.formats.spec import Format
from app.formats.words import N_
from app.web import locale
from app.web.input_names import name_inputs
from app.web.plain_forms import PlainForm
from app.web.sentences import gettext as _

LABELS = {
    "instrument": N_("Constitution, law, treaty or other instrument"),
    "article": N_("Article"),
    "url": N_("Where it can be read"),
    "words": N_("What the reservation says"),
    "is_restricted": N_("Who may read this text?"),
    "what": N_("What data?"),
    "direction": N_("On which way?"),
    "whom": N_("With everybody?"),
    "counterparts": N_("With whom?"),
    "why": N_("For every purpose?"),
    "purposes": N_("For what purpose?"),
    "effect": N_("What must Enlace do?"),
    "mask": N_("Which part may be told?"),
    "discloses": N_("May the other side know that something is reserved?"),
    "valid_from": N_("It holds from"),
    "valid_to": N_("It holds until"),
    "reason": N_("Reason"),
}
name_inputs(LABELS)
ALL, SOME = "all", "some"
NONE_NAMED = N_("Tick at least one, or choose everybody.")
NO_PURPOSE = N_("Tick at least one, or choose any purpose.")
NO_INSTRUMENT = _l("Name the constitution, law, treaty or other instrument.")
NO_WORDS = _l("Write what the reservation says.")
WHO_READS = _l("Choose who may read it.")
CHOOSE = N_("Choose one of the two.")


class TextForm(PlainForm):
    """A legal text."""

    instrument = WordsField(missing=NO_INSTRUMENT)
    article = WordsField()
    url = WordsField()
    words = WordsField(lines=True, missing=NO_WORDS)
    is_restricted = WordsField(missing=WHO_READS)


class RuleForm(PlainForm):
    """The five questions."""

    what = ManyField()
    direction = WordsField()
    whom = WordsField()
    counterparts = ManyField()
    why = WordsField()
    purposes = ManyField()
    effect = WordsField()
    mask = WordsField()
    discloses = WordsField()
    valid_from = DayField()
    valid_to = DayField()

    def read(self, form: Format) -> tuple[Terms, dict[str, str]]:
        """What was answered, and everything that is wrong with it."""
        self.validate()
        errors = dict(self.mistakes)
        known = known_data(form)
        for name, ticked, asked, message in (("counterparts", self.counterparts.data, self.whom.data, NONE_NAMED),
                                             ("purposes", self.purposes.data, self.why.data, NO_PURPOSE)):  # fmt: skip
            if asked not in (ALL, SOME):
                errors["whom" if name == "counterparts" else "why"] = _(CHOOSE)
            elif asked == SOME and not ticked:
                errors[name] = _(message)
        chosen = self.what.data or frozenset()
        terms = Terms(
            data=tuple(sorted(chosen & known)) + tuple(sorted(chosen - known))[:1],
            direction=self.direction.data,
            counterparts=_named(OTHERS, self.counterparts.data, self.whom.data),
            purposes=_named(PURPOSES, self.purposes.data, self.why.data),
            effect=self.effect.data,
            mask=(self.mask.data or "") if self.effect.data == "mask" else None,
            discloses={"yes": True, "no": False}.get(self.discloses.data),
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )
        for name, message in unfit(form, terms).items():
            errors.setdefault(name, _(message))
        return terms, errors


def _named(known: tuple[str, ...], ticked: frozenset[str], asked: str) -> tuple[str, ...]:
    """Those ticked, in their order, and one that is not known, so that it is refused; all are none."""
    if asked != SOME:
        return ()
    return (*(each for each in known if each in ticked), *sorted(set(ticked) - set(known))[:1])


class WithdrawalForm(PlainForm):
    """Why a rule is withdrawn."""

    reason = WordsField(lines=True)


def written(terms: Terms) -> dict[str, Any]:
    """What the inputs hold at first."""
    return {
        "what": list(terms.data),
        "direction": terms.direction,
        "whom": SOME if terms.counterparts else ALL if terms.direction else "",
        "counterparts": list(terms.counterparts),
        "why": SOME if terms.purposes else ALL if terms.direction else "",
        "purposes": list(terms.purposes),
        "effect": terms.effect,
        "mask": terms.mask or "",
        "discloses": "" if terms.discloses is None else "yes" if terms.discloses else "no",
        "valid_from": _day(terms.valid_from),
        "valid_to": _day(terms.valid_to),
    }


def _day(day: date | None) -> str:
    return write_date(day, locale.locale()) if day else ""
