"""What does a rule say, as its form asks it and as Enlace obeys it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.formats.countries import MEMBERS
from app.formats.spec import Format, Klass
from app.formats.words import N_
from app.reserving.change import Change, change
from app.reserving.masks import FITS
from app.reserving.rule import SECRETARIAT, SPONSORS, Direction, Effect, Of, Rule, Selector
from app.reserving.targets import CARRIAGE, Target, targets
from app.reserving.tlp import MARKS

PURPOSES = ("PROTECTION", "INVESTIGATION", "CONSULAR", "BORDER_ALERT", "STATISTICS")
OTHERS = (*MEMBERS, SECRETARIAT, SPONSORS)
EFFECTS = (Effect.DENY, Effect.MASK, Effect.AFTER_APPROVAL, Effect.CONSENT_ONLY)
"""What a country may demand; to allow needs no rule."""

CARRIED = frozenset(f"{Of.KEY}:{each}" for each in CARRIAGE)
"""What no rule touches."""
NO_DATA = N_("Choose at least one piece of data, a section, a class or a mark.")
UNKNOWN = N_("Choose one of the answers offered.")
ALL_CARRIED = N_(
    "Reference, kind, mark and purpose are always delivered: without them no unit knows what reached it. Choose"
    " something else."
)
NO_WAY = N_("Choose on which way.")
NO_EFFECT = N_("Choose what Enlace must do.")
NO_MASK = N_("Choose which part may be told.")
MASK_UNFIT = N_("None of the data chosen can be told in this way.")
UNDECIDED = N_("Say whether the other side may know that something is reserved.")
ENDS_FIRST = N_("The last day comes before the first.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The answers to the five questions; empty counterparts or purposes mean all."""

    data: tuple[str, ...] = ()
    direction: str = ""
    counterparts: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    effect: str = ""
    mask: str | None = None
    discloses: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def columns(self) -> dict[str, Any]:
        """As a row holds them."""
        lists = {name: list(getattr(self, name)) for name in ("data", "counterparts", "purposes")}
        return {**vars(self), **lists, "discloses": bool(self.discloses)}


def of_record(record: Any) -> Terms:
    """What a row says."""
    return Terms(
        data=tuple(record.data), direction=record.direction,
        counterparts=tuple(record.counterparts), purposes=tuple(record.purposes),
        effect=record.effect, mask=record.mask, discloses=record.discloses,
        valid_from=record.valid_from, valid_to=record.valid_to,
    )  # fmt: skip


def rules(terms: Terms, *, id: str, country: str, version: int = 1) -> tuple[Rule, ...]:
    """What Enlace obeys: a rule for each piece of data, all of one name."""
    return tuple(
        Rule(
            id=id, country=country, version=version, direction=Direction(terms.direction),
            selector=selector(each), effect=Effect(terms.effect), mask=terms.mask,
            counterparts=frozenset(terms.counterparts), purposes=frozenset(terms.purposes),
            discloses=bool(terms.discloses), valid_from=terms.valid_from, valid_to=terms.valid_to,
        )
        for each in terms.data
    )  # fmt: skip


def rules_of(record: Any) -> tuple[Rule, ...]:
    """What Enlace obeys of a row."""
    return rules(of_record(record), id=record.id, country=record.country, version=record.version)


def selector(code: str) -> Selector:
    """The data that a code names."""
    of, _, value = code.partition(":")
    return Selector(Of(of), value)


def known_data(form: Format) -> frozenset[str]:
    """Every code of data under a format that a rule may name."""
    keys = {f"{Of.KEY}:{place}" for place in targets(form)} - CARRIED
    tables = {f"{Of.KEY}:{field.key}" for field in form.fields if field.is_rows}
    sections = {f"{Of.SECTION}:{section.key}" for section in form.sections}
    classes = {f"{Of.CLASS}:{klass.value}" for klass in Klass if klass is not Klass.MEMBERS}
    return frozenset({*keys, *tables, *sections, *classes, *(f"{Of.TLP}:{mark}" for mark in MARKS)})


def selected(form: Format, data: Iterable[str]) -> tuple[Target, ...]:
    """The places that these codes name; of a mark all of them."""
    chosen = [selector(each) for each in data]
    return tuple(
        target
        for target in targets(form).values()
        if any(each.selects(target, target.klass, each.value) for each in chosen)
    )


def unfit(form: Format, terms: Terms) -> Mapping[str, str]:
    """Field -> what is lacking or cannot stand."""
    faults = (
        ("what", NO_DATA, not terms.data),
        ("what", ALL_CARRIED, set(terms.data) <= CARRIED),
        ("what", UNKNOWN, not set(terms.data) <= known_data(form)),
        ("direction", NO_WAY, terms.direction not in set(Direction)),
        ("counterparts", UNKNOWN, not set(terms.counterparts) <= set(OTHERS)),
        ("purposes", UNKNOWN, not set(terms.purposes) <= set(PURPOSES)),
        ("effect", NO_EFFECT, terms.effect not in set(EFFECTS)),
        ("discloses", UNDECIDED, terms.discloses is None),
        ("valid_to", ENDS_FIRST, _ends_first(terms)),
    )
    found: dict[str, str] = {}
    for field, message, is_wrong in faults:
        if is_wrong:
            found.setdefault(field, message)
    if terms.effect == Effect.MASK and (mistake := _unfit_mask(form, terms)):
        found["mask"] = mistake
    return found


def _ends_first(terms: Terms) -> bool:
    return bool(terms.valid_from and terms.valid_to and terms.valid_to < terms.valid_from)


def _unfit_mask(form: Format, terms: Terms) -> str | None:
    if terms.mask is None or terms.mask not in FITS:
        return NO_MASK
    if not set(terms.data) <= known_data(form):
        return None
    kinds = {target.field.kind.name for target in selected(form, terms.data)}
    return None if kinds & FITS[terms.mask] else MASK_UNFIT


def change_between(form: Format, before: Terms | None, after: Terms | None) -> Change:
    """Whether what Enlace does becomes stricter, milder, or both in different places."""
    old = rules(before, id="", country="") if before else ()
    new = rules(after, id="", country="") if after else ()
    return change(form, old, new, OTHERS, PURPOSES)
