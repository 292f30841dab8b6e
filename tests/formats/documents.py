"""Small documents for tests: one that is sound, and fields made of a few lines."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from app.formats.load import load_format
from app.formats.spec import Field, Format

NEED = Path("app/needs/format.yaml")
CASE = Path("app/cases/common_format/format.yaml")

SOUND = """\
format: sample
version: 1
title: {es: Muestra, en: Sample}
title_field: title
code_lists:
  colours:
    - {code: red, label: {es: rojo, en: red}}
    - {code: blue, label: {es: azul, en: blue}}
sections:
  - key: one
    title: {es: Uno, en: One}
    fields:
      - key: title
        kind: text
        label: {es: Título, en: Title}
        required: true
        first: true
      - key: colour
        kind: choice
        label: {es: Color, en: Colour}
        audience: [members, sponsors]
        fact: colour
        codes: colours
      - key: table
        kind: rows
        label: {es: Tabla, en: Table}
        audience: [members, sponsors]
        cells:
          - key: women
            kind: integer
            label: {es: Mujeres, en: Women}
          - key: men
            kind: integer
            label: {es: Hombres, en: Men}
          - key: total
            kind: integer
            label: {es: Total, en: Total}
      - key: people
        kind: derived
        label: {es: Personas, en: People}
        options: {formula: participants, from: table}
  - key: two
    title: {es: Dos, en: Two}
    fields:
      - key: from_day
        kind: date
        label: {es: Desde, en: From}
      - key: to_day
        kind: date
        label: {es: Hasta, en: To}
      - key: why
        kind: text
        label: {es: Por qué, en: Why}
        when: {field: colour, any_of: [red]}
checks:
  - rule: ordered
    fields: [from_day, to_day]
    messages:
      order: {es: Al revés, en: The wrong way round}
"""


def need() -> Format:
    """The training need as it ships."""
    return load_format(NEED)


@cache
def case() -> Format:
    """The Common Format as it ships."""
    return load_format(CASE)


def field(kind: str, **more: object) -> Field:
    """A field of a kind; `more` are keys of the document, as JSON, which is YAML."""
    told = {"key": "asked", "kind": kind, "label": {"es": "Pregunta", "en": "Question"}, **more}
    text = SOUND.replace(
        "      - key: people\n", f"      - {json.dumps(told)}\n      - key: people\n"
    )
    return load_format(text).field("asked")


def codes(*keys: str) -> list[dict[str, object]]:
    """A code list of a document, each code its own label."""
    return [{"code": key, "label": {"es": f"{key} (es)", "en": f"{key} (en)"}} for key in keys]
