"""Cases, rules and readers of chance, under any form."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.formats.answers import with_derived
from app.formats.countries import MEMBERS
from app.formats.spec import Field, Format, Klass
from app.reserving.envelope import (
    COUNT,
    OWN,
    RECIPIENT,
    SECRETARIAT,
    SPONSORS,
    STRANGER,
    Envelope,
    Reader,
)
from app.reserving.masks import FITS
from app.reserving.rule import Direction, Effect, Of, Rule, Selector
from app.reserving.targets import targets
from app.reserving.tlp import MARKS

PURPOSES = ("PROTECTION", "INVESTIGATION", "CONSULAR", "BORDER_ALERT", "STATISTICS")
NATIONS = (*MEMBERS, "CU", "VE", "CN", "SO")
TODAY = date(2004, 5, 24)


@dataclass(frozen=True)
class World:
    """Everything that one projection is made of."""

    form: Format
    case: dict[str, Any]
    sent: Envelope
    reader: Reader
    rules: tuple[Rule, ...]
    approvals: frozenset[str]


def world(chance: random.Random, form: Format) -> World:
    """A case under the form, sent by one country, before some reader, with rules of both and of others."""
    sender, receiver = chance.sample(MEMBERS, 2)
    passed_on = chance.random() < 0.15
    purpose = chance.choice(PURPOSES)
    other = chance.choice(MEMBERS)
    places = list(targets(form))
    sent = Envelope(
        sender,
        frozenset({other if passed_on else receiver, other}) - {sender},
        chance.choice((*MARKS, "AMBER", "GREEN")),
        purpose,
        TODAY,
        bars=frozenset(chance.sample(MEMBERS, 2)) if chance.random() < 0.05 else frozenset(),
        forwarded_by=frozenset({other}) - {receiver} if passed_on else frozenset(),
        raised={place: chance.choice(list(Klass)) for place in chance.sample(places, chance.choice((0, 0, 2)))},
    )  # fmt: skip
    kind = chance.choice((*([RECIPIENT] * 12), OWN, SECRETARIAT, SPONSORS, COUNT, STRANGER))
    reader = Reader(
        kind,
        {RECIPIENT: receiver, STRANGER: receiver, OWN: sender}.get(kind, ""),
        purpose=purpose if chance.random() < 0.9 else chance.choice(PURPOSES),
        is_named=kind == RECIPIENT and chance.random() < 0.97,
        is_forwarded=passed_on,
        released=frozenset(chance.sample(places, chance.choice((0, 3)))),
    )
    rules = tuple(
        rule(chance, form, str(number), (sender, receiver, *sent.forwarded_by))
        for number in range(chance.choice((0, 1, 1, 2, 3, 5, 9)))
    )
    approved = frozenset(each.id for each in rules if chance.random() < 0.4)
    return World(form, case(chance, form), sent, reader, rules, approved)


def rule(chance: random.Random, form: Format, name: str, near: tuple[str, ...]) -> Rule:
    """A rule, which most often has a say between the countries near: sender, receiver, whoever passes on."""
    if chance.random() < 0.6:
        return _pointed(chance, form, name, near)
    effect = chance.choice((*Effect, Effect.DENY, Effect.DENY, Effect.MASK))
    selector = _selector(chance, form)
    return Rule(
        id=name,
        country=chance.choice((*near, *near, chance.choice(MEMBERS))),
        direction=chance.choice((*Direction, Direction.SEND, Direction.RECEIVE)),
        selector=selector,
        effect=effect,
        counterparts=frozenset(
            chance.sample((*near, *MEMBERS, "ST", "SPONSORS"), chance.choice((0, 0, 3)))
        ),
        purposes=frozenset(chance.sample(PURPOSES, chance.choice((0, 0, 2)))),
        mask=_mask(chance, form, selector) if effect is Effect.MASK else None,
        discloses=chance.random() < 0.5,
        valid_from=chance.choice((None, None, TODAY, date(2005, 1, 1))),
        valid_to=chance.choice((None, None, TODAY, date(2003, 1, 1))),
    )


def _pointed(chance: random.Random, form: Format, name: str, near: tuple[str, ...]) -> Rule:
    """A rule that has a say in any case."""
    effect = chance.choice((Effect.DENY, Effect.MASK, Effect.CONSENT_ONLY, Effect.AFTER_APPROVAL))
    selector = _selector(chance, form)
    country, direction = chance.choice(((near[0], Direction.SEND), (near[1], Direction.RECEIVE)))
    mask = _mask(chance, form, selector) if effect is Effect.MASK else None
    return Rule(
        name, country, direction, selector, effect, mask=mask, discloses=chance.random() < 0.5
    )


def _selector(chance: random.Random, form: Format) -> Selector:
    of = chance.choice((Of.KEY, Of.KEY, Of.KEY, Of.KEY, *Of))
    values = {
        Of.KEY: [*targets(form), *(field.key for field in form.fields)],
        Of.SECTION: [section.key for section in form.sections],
        Of.CLASS: [klass.value for klass in Klass],
        Of.TLP: list(MARKS),
    }
    return Selector(of, chance.choice(values[of]))


def _mask(chance: random.Random, form: Format, selector: Selector) -> str:
    target = targets(form).get(selector.value)
    fitting = [mask for mask in FITS if target and target.field.kind.name in FITS[mask]]
    return chance.choice(fitting or list(FITS))


def case(chance: random.Random, form: Format) -> dict[str, Any]:
    """Answers by chance, with what follows from them; about a fifth of the places have none."""
    found: dict[str, Any] = {}
    for field in form.fields:
        if field.is_rows:
            found[field.key] = [
                row(chance, field, f"{field.key}{n}") for n in range(chance.randint(0, 3))
            ]
        elif field.is_asked and chance.random() < 0.8:
            found[field.key] = value(chance, field)
    return with_derived(form, found)


def row(chance: random.Random, field: Field, name: str) -> dict[str, Any]:
    """A row of a table, by chance."""
    filled = {cell.key: value(chance, cell) for cell in field.cells if chance.random() < 0.8}
    return {"id": name, **filled}


def value(chance: random.Random, field: Field) -> Any:
    """An answer to a question, by chance."""
    make = _VALUES.get(field.kind.name)
    return make(chance, field) if make else _word(chance, field)


def _word(chance: random.Random, _: Field) -> str:
    return " ".join(
        "".join(chance.choices("abcdefgh", k=chance.randint(1, 5))) for _ in range(chance.randint(1, 3))
    )  # fmt: skip


def _partial(chance: random.Random, _: Field) -> str:
    day = date(chance.randint(1940, 2004), chance.randint(1, 12), chance.randint(1, 28)).isoformat()
    return day[: chance.choice((4, 7, 10))]


def _day(chance: random.Random, field: Field) -> str:
    return f"{_partial(chance, field)[:4]}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _code(chance: random.Random, field: Field) -> str:
    return chance.choice(field.codes.codes).key if field.codes else "?"


_VALUES: dict[str, Callable[[random.Random, Field], Any]] = {
    "texts": lambda chance, field: [_word(chance, field) for _ in range(chance.randint(1, 2))],
    "integer": lambda chance, _: chance.randint(0, 70),
    "decimal": lambda chance, _: f"{chance.randint(0, 9000)}.50",
    "date": _day,
    "partial_date": _partial,
    "choice": _code,
    "choices": lambda chance, field: [_code(chance, field)],
    "code_with_detail": lambda chance, field: {"code": _code(chance, field), "detail": None},
    "yes_no": lambda chance, _: chance.random() < 0.5,
    "country": lambda chance, _: chance.choice(NATIONS),
    "countries": lambda chance, _: sorted(chance.sample(NATIONS, 2)),
    "files": lambda chance, _: [f"f{chance.randint(0, 9)}"],
}
