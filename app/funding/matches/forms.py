"""How are other weights read from what was typed?"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.calls.fields import CountField, Typed, WordsField
from app.funding.matches.words import INPUTS, LABELS, SILENCE
from app.matching.criterion import WHOLE
from app.matching.weights import KEYS, Weights
from app.web.input_names import name_inputs
from app.web.plain_forms import PlainForm

name_inputs(LABELS)
LONGEST_NOTE = 500


class PointsField(Typed):
    """A whole number from 0 to 100."""

    def read(self, text: str) -> int:
        digits = text.removesuffix("%").strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 4) or int(digits) > WHOLE:
            raise ValueError(_("Write a whole number from 0 to 100."))
        return int(digits)


MISSING = _l("Write a whole number from 0 to 100.")


class _WeightsForm(PlainForm):
    """Weights that a person typed, over the version that was on the page."""

    seen = CountField()
    silence = PointsField(missing=MISSING)
    note = WordsField(lines=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether each is a number and all make a hundred together; a note is asked for on saving."""
        if not super().validate(extra_validators):
            return False
        total = sum(self[name].data for name in INPUTS)
        if total != WHOLE:
            message = _("The weights add up to %(sum)s. They must add up to 100.",
                        sum=total)  # fmt: skip
            self[next(iter(INPUTS))].errors = [message]
            return False
        return True

    def refuse_without_note(self) -> bool:
        """Mark the note as missing, or as too long; whether it is."""
        if not self.note.data:
            self.note.errors = [_("Write in a sentence why. It stays with this version.")]
        elif len(self.note.data) > LONGEST_NOTE:
            self.note.errors = [_("Write at most %(most)s characters.", most=LONGEST_NOTE)]
        return bool(self.note.errors)

    def weights(self) -> Weights:
        points = {key: self[name].data for key, name in zip(KEYS, INPUTS, strict=True)}
        return Weights(points, self.silence.data, self.seen.data + 1)


WeightsForm = type(
    "WeightsForm", (_WeightsForm,), {name: PointsField(missing=MISSING) for name in INPUTS}
)


def written(weights: Weights) -> dict[str, str]:
    """Weights as their form holds them."""
    typed = {name: str(weights.points[key]) for key, name in zip(KEYS, INPUTS, strict=True)}
    return typed | {SILENCE: str(weights.not_stated), "seen": str(weights.version)}
