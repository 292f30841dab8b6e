"""What is sent in a proof, under which reservations, and what may each reader never learn of it?

Cases and rules by chance; and who may see what, written from the design's section on reservations
(law, mark, list, class, rules of the sender, of the receiver, and onward), demand by demand, without the
product's own decision.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from app.cases.common_format.format import CASE
from app.cases.reservations.models import ReservationRule, ReservationText
from app.cases.reservations.terms import known_data
from app.formats.countries import MEMBERS
from app.formats.spec import Field
from tests.cases.exchanges.eleven import Stage
from tests.reserving.worlds import PURPOSES, value

ALL, NONE = "all", "none"
MARKS = ("RED", "AMBER_STRICT", "AMBER", "GREEN", "CLEAR")
ABROAD = {"GREEN", "CLEAR"}
"""Marks under which something may be passed on to another country."""
FITS = {
    "year": {"date", "partial_date"},
    "age_band": {"date", "partial_date", "integer"},
    "region": {"country", "countries"},
    "initials": {"text", "texts"},
    "count_band": {"integer", "decimal"},
}
KEPT = frozenset({
    "tlp", "purpose", "recipient_units", "report_kind", "crime_type", "detection_date",
    "detection_country", "victims_total", "victims_minors", "fee_amount", "fee_currency", "retention_until",
    "origin_state_contacted", "smuggling_modality", "persons.person_role", "persons.age_band",
    "persons.is_minor", "persons.asylum_flag", "trafficking.exploitation_type", "trafficking.victim_local_id",
    "trafficking.age_when_trafficked", "minors.minor_local_id", "minors.accompanying_local_id",
    "responsible_authority.minor", "companion_crossings.minor", "legs.leg_date", "legs.to_country", "legs.from_country", "minors.authorisation_kind",
    "trafficking.recruitment_method",
})  # fmt: skip
"""What decides where a communication goes or which questions count: the same in every world."""
TABLES = ("persons", "trafficking", "legs", "minors", "responsible_authority",
          "companion_crossings", "suspects")  # fmt: skip
SKIPPED = frozenset(
    {"officer", "units", "row_ref", "row_refs", "reference", "files", "automatic", "derived"}
)
CARRYING = ("exchange_ref", "report_kind", "tlp", "purpose")
"""What no reservation touches."""
OUTSIDE = ("key:reply_by", "key:urgency", "section:envelope", "class:restricted")
"""What is also told outside a page of answers, in lists."""
FROM_AFAR = ("CU", "VE", "EC", "CM", "IN")
"""Countries that exchange nothing here, so that being their citizen keeps nothing from anybody."""
DAY = date(2004, 5, 24)


@dataclass(frozen=True)
class Letter:
    """One communication, by countries (alpha-2): from whom, to whom, passed on by and to whom."""

    sender: str
    recipients: tuple[str, ...]
    case: Mapping[str, Any]
    rules: tuple[Mapping[str, Any], ...]
    released: Mapping[str, frozenset[str]]
    """Country -> places of class secret that were released to its unit."""
    passed_on: tuple[str, str] | None = None

    @property
    def readers(self) -> tuple[str, ...]:
        """The countries that may hold a copy."""
        return (*self.recipients, *(self.passed_on or ())[1:])

    @property
    def barred(self) -> frozenset[str]:
        """The countries against which somebody in it may seek protection: nobody who protects said otherwise."""
        return frozenset(code for each in self.case["persons"] for code in each["citizenship"])


@dataclass(frozen=True)
class Place:
    """A place that is answered, with the row it stands in."""

    name: str
    section: str
    field: Field
    row: int | None = None

    def get(self, case: Mapping[str, Any]) -> Any:
        table, _dot, cell = self.name.partition(".")
        return case.get(table) if self.row is None else case[table][self.row].get(cell)

    def put(self, case: dict[str, Any], value: Any) -> None:
        table, _dot, cell = self.name.partition(".")
        if self.row is None:
            case[table] = value
        else:
            case[table][self.row][cell] = value


def places(case: Mapping[str, Any]) -> Iterator[Place]:
    """Every place that can be answered in a case."""
    for section in CASE.sections:
        for each in section.fields:
            if not each.is_rows:
                yield Place(each.key, section.key, each)
            for number, _row in enumerate(case.get(each.key) or () if each.is_rows else ()):
                for cell in each.cells:
                    yield Place(f"{each.key}.{cell.key}", section.key, cell, number)


def letter(chance: random.Random, stage: Stage) -> Letter:
    """A communication by chance, which can be certified."""
    sender, *others = chance.sample(sorted(stage.units), 4)
    recipients = tuple(others[: chance.choice((1, 2))])
    mark = chance.choice((*MARKS, "GREEN"))
    passed_on, case = None, a_case(chance, [stage.units[each] for each in recipients], mark)
    if mark in ABROAD and chance.random() < 0.4:
        passed_on = (recipients[0], others[-1])
        if chance.random() < 0.4:
            case["persons"][1]["citizenship"] = [others[-1]]
    near = (sender, *recipients, *(passed_on or ())[1:])
    secrets = [place.name for place in places(case) if place.field.klass.value == "secret"]
    return Letter(
        sender, recipients, case,
        tuple(a_rule(chance, near) for _ in range(chance.choice((0, 1, 2, 4, 7)))),
        {each: frozenset(chance.sample(secrets, chance.choice((0, 0, 3)))) for each in recipients},
        passed_on,
    )  # fmt: skip


def a_case(chance: random.Random, units: list[str], mark: str) -> dict[str, Any]:
    """A case with an adult and a girl, a trafficker, a way and a network; most places have an answer."""
    case: dict[str, Any] = {
        "tlp": mark, "purpose": chance.choice((*PURPOSES, "PROTECTION")), "recipient_units": units,
        "legal_basis": {"code": "TREATY", "detail": "Palermo, 10"}, "crime_type": ["TIP_SOM"],
        "detection_date": "2004-05", "detection_country": "HN", "retention_until": "2006-01-01",
        "smuggling_modality": ["RAIL"], "victims_total": 9, "victims_minors": 2,
        "persons": [{"id": "adult", "person_role": "ACCOMPANYING_ADULT", "age_band": "25-34",
                     "is_minor": False}, {"id": "girl", "person_role": "MINOR", "age_band": "6-11",
                      "is_minor": True}],
        "trafficking": [{"id": "tip", "victim_local_id": "girl",
                         "exploitation_type": ["ForcedLabour", "SexualExploitation"],
                         "recruitment_method": "ThroughOnlineSocialNetworks"}],
        "legs": [{"id": "one", "to_country": "GT"}, {"id": "two", "from_country": "GT"}],
        "minors": [{"id": "travel", "minor_local_id": "girl", "accompanying_local_id": "adult",
                    "authorisation_kind": "NOTARIAL"}],
        "responsible_authority": [{"id": "who", "minor": "girl"}],
        "companion_crossings": [{"id": "seen", "minor": "girl"}],
        "suspects": [{"id": "boss"}],
    }  # fmt: skip
    for person in case["persons"]:
        person["asylum_flag"] = {"code": "NO_INDICATION", "detail": "Unit, 24 May 2004"}
        person["citizenship"] = [chance.choice(FROM_AFAR)]
    for place in list(places(case)):
        if place.get(case) is None and (given := an_answer(chance, place)) is not None:
            place.put(case, given if chance.random() < 0.8 else None)
    return case


def an_answer(chance: random.Random, place: Place) -> Any:
    """An answer to a place that fits beside all others; None for none."""
    kind = place.field.kind.name
    if place.name in KEPT or kind in SKIPPED or not place.field.is_asked:
        return None
    if place.name == "persons.citizenship":
        return [chance.choice(FROM_AFAR)]
    if place.name == "persons.birth_date":
        born = 1975 if place.row == 0 else 1993
        return f"{born}-0{chance.randint(1, 4)}-{chance.randint(10, 28)}"
    if place.name == "reply_by":
        return f"2004-0{chance.randint(7, 9)}-{chance.randint(10, 28)}"
    if kind in ("text", "long_text"):
        return f"qz{chance.randrange(16**8):08x}"
    if kind == "texts":
        return [f"qz{chance.randrange(16**8):08x}"]
    if kind == "code_with_detail":
        is_day = "detail" in place.field.options
        detail = (
            f"2004-05-{chance.randint(10, 28)}" if is_day else f"qz{chance.randrange(16**8):08x}"
        )
        return {**value(chance, place.field), "detail": detail}
    return value(chance, place.field)


def a_rule(chance: random.Random, near: tuple[str, ...]) -> dict[str, Any]:
    """A rule that most often has a say between the countries near, as a row holds it."""
    known = sorted(known_data(CASE))
    keys = [each for each in known if each.startswith("key:")]
    data = (
        [chance.choice(OUTSIDE)]
        if chance.random() < 0.2
        else chance.sample(keys if chance.random() < 0.7 else known, chance.choice((1, 2, 5)))
    )
    effect = chance.choice(("deny", "deny", "mask", "after_approval", "consent_only"))
    return {
        "data": data, "country": chance.choice((*near, near[0], chance.choice(MEMBERS))), "effect": effect,
        "direction": chance.choice(("send", "send", "receive", "receive", "onward", "aggregate")),
        "counterparts": chance.sample((*near, *MEMBERS, "ST"), chance.choice((0, 0, 3))),
        "purposes": chance.sample(PURPOSES, chance.choice((0, 0, 2))),
        "mask": chance.choice(sorted(FITS)) if effect == "mask" else None,
        "discloses": chance.random() < 0.5, "valid_from": None,
        "valid_to": chance.choice((None, None, DAY, date(2004, 5, 1))),
    }  # fmt: skip


def state(session: Any, stage: Stage, rules: tuple[Mapping[str, Any], ...], ids: list[str]) -> None:
    """Write rules down as confirmed ones of their countries."""
    noon = datetime(2004, 5, 1, 12, tzinfo=UTC)
    for number, rule in enumerate(rules):
        id, owner = ids[number], stage.organisations[rule["country"]]
        who = {
            "written_by": stage.officers[rule["country"]].person_id,
            "written_name": "",
            "written_at": noon,
        }
        session.execute(insert(ReservationText.__table__), [{
            "id": id, "organisation_id": owner, "series_id": id, "version": 1, "article": "2", "url": "",
            "instrument": "Ley", "words": "No.", "lang": "es", "is_restricted": False,
            "is_demonstration": False, **who,
        }])  # fmt: skip
        session.execute(insert(ReservationRule.__table__), [{
            **rule, "id": id, "organisation_id": owner, "series_id": id, "version": 1, "text_id": id,
            "state": "in_force", "is_demonstration": False, "confirmed_at": noon, "ended_name": "",
            "reason": "", **who,
        }])  # fmt: skip


def sight(sent: Letter, country: str, place: Place) -> str:
    """ALL, NONE, or the mask through which the unit of a country sees a place."""
    if country == sent.sender:
        return ALL
    if country not in sent.readers or country in sent.barred:
        return NONE
    if country in sent.recipients:
        return _together(_demands(sent, country, place, {sent.sender}))
    through, _to = sent.passed_on or ("", "")
    before = sight(sent, through, place)
    return _together([before, *_demands(sent, country, place, {sent.sender, through})])


def seen_by_secretariat(sent: Letter, place: Place) -> str:
    """The same of the Secretariat: the envelope, where no reservation keeps it from it."""
    if place.section != "envelope" or place.field.klass.value in ("personal", "secret"):
        return NONE
    return _together(_rules(sent, "ST", place, {sent.sender}))


def _together(demands: list[str]) -> str:
    strict = set(demands) - {ALL}
    return ALL if not strict else NONE if NONE in strict or len(strict) > 1 else strict.pop()


def _demands(sent: Letter, country: str, place: Place, senders: set[str]) -> list[str]:
    klass, is_forwarded = place.field.klass.value, country not in sent.recipients
    found = _rules(sent, country, place, senders)
    if is_forwarded and sent.case["tlp"] not in ABROAD:
        found.append(NONE)
    if klass in ("personal", "secret") and sent.case["purpose"] == "STATISTICS":
        found.append(NONE)
    if klass == "secret" and place.name not in sent.released.get(country, ()):
        is_cited = place.name == "national_case_ref" and not is_forwarded
        found.append(ALL if is_cited else NONE)
    return found


def _rules(sent: Letter, reader: str, place: Place, senders: set[str]) -> list[str]:
    return [
        _effect(rule, sent, place) for rule in sent.rules
        if _is_in_force(rule, sent) and _is_on_the_way(rule, sent, reader, senders)
        and _names(rule, sent, place)
    ]  # fmt: skip


def _is_in_force(rule: Mapping[str, Any], sent: Letter) -> bool:
    has_ended = bool(rule["valid_to"] and rule["valid_to"] < DAY)
    return not has_ended and (not rule["purposes"] or sent.case["purpose"] in rule["purposes"])


def _is_on_the_way(rule: Mapping[str, Any], sent: Letter, reader: str, senders: set[str]) -> bool:
    """Whether it is about what goes from these senders to this reader."""
    way = rule["direction"]
    others = senders if way == "receive" else {reader}
    speaks = reader == rule["country"] if way == "receive" else rule["country"] in senders
    if way == "aggregate" or not speaks:
        return False
    if way == "onward" and (reader == "ST" or reader in sent.recipients):
        return False
    abroad = others - {rule["country"]}
    return bool(abroad & set(rule["counterparts"]) if rule["counterparts"] else abroad)


def _names(rule: Mapping[str, Any], sent: Letter, place: Place) -> bool:
    if place.name in CARRYING:
        return False
    table = place.name.partition(".")[0]
    mine = {f"key:{place.name}", f"key:{table}", f"section:{place.section}",
            f"class:{place.field.klass.value}", f"tlp:{sent.case['tlp']}"}  # fmt: skip
    return bool(mine & set(rule["data"]))


def _effect(rule: Mapping[str, Any], sent: Letter, place: Place) -> str:
    if rule["effect"] == "mask" and place.field.kind.name in FITS[rule["mask"]]:
        return str(rule["mask"])
    if rule["effect"] == "consent_only" and _somebody_consents(sent):
        return ALL
    return NONE


def _somebody_consents(sent: Letter) -> bool:
    given = ("GIVEN", "GIVEN_BY_GUARDIAN")
    return any(each.get("consent") in given for each in sent.case["persons"])


def is_as_before(how: str, place: Place, before: Any, after: Any) -> bool:
    """Whether a reader who sees so much of a place sees the same of both answers."""
    if how == NONE:
        return True
    if how == ALL or before is None or after is None:
        return before == after
    if how == "year":
        return str(before)[:4] == str(after)[:4]
    if how == "age_band":
        return place.name == "persons.birth_date"  # its ages are the same by the making
    if how == "initials":
        return all(len(each) == 1 for each in (before, after)) if isinstance(before, list) else True
    return False


@dataclass
class Change:
    """A case with other answers, and which."""

    case: dict[str, Any]
    changed: list[tuple[Place, Any, Any]] = field(default_factory=list)


def changed(chance: random.Random, sent: Letter, allowed: Any) -> Change:
    """The case with another answer at most places where `allowed(place, before, after)`."""
    found = Change(deepcopy(dict(sent.case)))
    for place in list(places(sent.case)):
        before = place.get(sent.case)
        after = an_answer(chance, place)
        if (
            after is None
            or after == before
            or chance.random() < 0.2
            or _bars_somebody(place, before)
        ):
            continue
        is_needed = place.field.required or place.name == "persons.citizenship"
        if chance.random() < 0.15 and not is_needed:
            after = None
        if before != after and allowed(place, before, after):
            place.put(found.case, after)
            found.changed.append((place, before, after))
    return found


def _bars_somebody(place: Place, answer: Any) -> bool:
    """Whether an answer decides that a country is not told at all."""
    return place.name == "persons.citizenship" and not set(answer) <= set(FROM_AFAR)


def with_case(sent: Letter, case: Mapping[str, Any]) -> Letter:
    return replace(sent, case=case)
