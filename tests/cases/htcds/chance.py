"""Which communications can there be, and what of them does HTCDS say exactly? Worked out without the code under test."""

from __future__ import annotations

import random
from typing import Any

from app.formats.cleaning import UnfitText, clean
from app.formats.countries import country_names
from app.formats.spec import Field, Format

TEXTS = (
    *("Fiscalía Especial", "=1+1", "+50422334455", "-", "@SUM(A1)", "TRUE", "007", "2004-05-24", "Status", "Type"),
    *("a;b", "línea uno\nlínea dos", "“comillas” & <b>", "Ñandú 🦜", "prs_FirstName", "  ", "0", "x" * 150),
)  # fmt: skip

EXACT = {
    "": ("reporting_institution", "reporting_institution_type", "case_status", "request_text", "assistance_given"),
    "persons": ("citizenship", "languages", "consent"),
    "trafficking": (
        *("trafficking_status", "status_decided_by", "exploitation_type", "labour_sector", "recruitment_method"),
        *("recruitment_apps", "means_of_control", "relationship_to_trafficker"),
    ),
    "legs": ("leg_kind", "to_country", "to_point", "leg_date"),
    "suspects": ("suspect_role", "suspect_citizenship", "modus_operandi"),
}  # fmt: skip
"""What comes back as it left, by table."""
NOT_SAID = {
    "consent": {"GIVEN_BY_GUARDIAN", "NOT_POSSIBLE", "PENDING"},
    "exploitation_type": {"UNKNOWN"},
    "relationship_to_trafficker": {"UNKNOWN"},
    "leg_kind": {"DEPARTURE", "STAY", "INTERCEPTION", "RETURN"},
    "citizenship": {"XXA", "XXX"},
    "suspect_citizenship": {"XXA", "XXX"},
    "languages": {"bzj", "cab", "cak", "gym", "kek", "mam", "miq", "quc", "yua", "other"},
}
"""Codes that HTCDS 2.0 does not have."""
TWO = 2
"""As many languages as it has columns for."""


def document(form: Format, chance: random.Random) -> dict[str, Any]:
    """A communication with chance answers, sealed ones among them."""
    found: dict[str, Any] = {}
    for field in form.fields:
        if field.is_rows:
            if field.key in EXACT:
                found[field.key] = [
                    {"id": f"{field.key}{at}", **_answers(field.cells, chance)}
                    for at in range(chance.randrange(4))
                ]
        elif (value := _answer(field, chance)) is not None:
            found[field.key] = value
    for victim in found.get("trafficking", ()):
        victim.pop("victim_local_id", None)
        if found["persons"] and chance.random() < 0.8:
            victim["victim_local_id"] = chance.choice(found["persons"])["id"]
    return found


def _answers(cells: tuple[Field, ...], chance: random.Random) -> dict[str, Any]:
    found = {cell.key: _answer(cell, chance) for cell in cells}
    return {key: value for key, value in found.items() if value is not None}


def _answer(field: Field, chance: random.Random) -> Any:
    kind = field.kind.name
    if chance.random() < 0.4:
        return None
    codes = [code.key for code in field.codes.codes] if field.codes else []
    if kind == "choice":
        return chance.choice(codes)
    if kind == "choices":
        return [code for code in codes if chance.random() < 0.3] or None
    if kind in ("country", "countries"):
        some = sorted({chance.choice([*country_names("en")]) for _ in range(chance.randint(1, 3))})
        wanders = field.options.get("of") == "nationalities" and chance.random() < 0.2
        return some[0] if kind == "country" else [*some, "XXA"] if wanders else some
    if kind in ("date", "partial_date"):
        day = f"{chance.randint(1900, 2199)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        return day if kind == "date" else chance.choice([day, day[:7], day[:4]])
    if kind in ("text", "long_text"):
        return _text(field, chance)
    return None


def _text(field: Field, chance: random.Random) -> str | None:
    signs = "".join(
        chr(chance.choice([*range(32, 127), *range(160, 600), 0x1F99C])) for _ in range(12)
    )
    try:
        text = clean(chance.choice([*TEXTS, signs]), lines=field.kind.name == "long_text")
    except UnfitText:
        return None
    return text[: field.options.get("max", 300)].strip() or None


def said(document: dict[str, Any]) -> dict[str, Any]:
    """What of a communication HTCDS says exactly: each person with what happened to it, by no ids."""
    found: dict[str, Any] = _exact("", document)
    victims = [(victim.get("victim_local_id"), _exact("trafficking", victim))
               for victim in document.get("trafficking", ())]  # fmt: skip
    persons = []
    for person in document.get("persons", ()):
        own = [each for whose, each in victims if whose == person["id"] and each]
        if (said_of := _exact("persons", person)) or own:
            persons.append((said_of, own))
    found["persons"] = persons
    found["of nobody"] = [each for whose, each in victims if whose is None and each]
    for table in ("legs", "suspects"):
        found[table] = [each for row in document.get(table, ()) if (each := _exact(table, row))]
    return found


def _exact(table: str, row: dict[str, Any]) -> dict[str, Any]:
    found = {key: _kept(key, row.get(key)) for key in EXACT[table]}
    return {key: value for key, value in found.items() if value}


def _kept(key: str, value: Any) -> Any:
    never = NOT_SAID.get(key, set())
    if isinstance(value, list):
        kept = [code for code in value if code not in never]
        return kept[:TWO] if key == "languages" else kept
    if key == "leg_date" and value and len(value) < len("2004-05-24"):
        return None
    return None if value in never else value
