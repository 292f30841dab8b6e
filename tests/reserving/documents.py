"""A small case for tests: every kind of place that a reservation can meet, in a form of few questions."""

from __future__ import annotations

from functools import cache
from typing import Any

from app.formats.load import load_format
from app.formats.spec import Format

FORM = """\
format: little_case
version: 1
title: {es: Caso, en: Case}
title_field: office
code_lists:
  marks:
    - {code: RED, label: {es: rojo, en: red}}
    - {code: AMBER, label: {es: ámbar, en: amber}}
  consents:
    - {code: GIVEN, label: {es: dado, en: given}}
    - {code: REFUSED, label: {es: negado, en: refused}}
  crimes:
    - {code: TIP, label: {es: trata, en: trafficking}}
    - {code: SOM, label: {es: tráfico, en: smuggling}}
sections:
  - key: envelope
    title: {es: Sobre, en: Envelope}
    fields:
      - {key: office, kind: text, class: restricted, required: true, first: true, label: {es: Oficina, en: Office}}
      - {key: national_case_ref, kind: text, class: secret, label: {es: Número, en: Number}}
      - {key: form_version, kind: text, class: public, label: {es: Versión, en: Version}}
  - key: case
    title: {es: Caso, en: Case}
    fields:
      - {key: crime, kind: choices, class: restricted, required: true, codes: crimes, label: {es: Delito, en: Crime}}
      - key: sentence
        kind: text
        class: restricted
        required: true
        when: {field: crime, any_of: [TIP]}
        label: {es: Condena, en: Sentence}
      - {key: detection_date, kind: partial_date, class: restricted, required: true, label: {es: Día, en: Day}}
      - {key: country, kind: country, class: restricted, label: {es: País, en: Country}}
      - {key: victims, kind: integer, class: restricted, label: {es: Víctimas, en: Victims}}
      - {key: notes, kind: long_text, class: secret, label: {es: Notas, en: Notes}}
      - {key: place, kind: text, class: personal, label: {es: Lugar, en: Place}}
  - key: people
    title: {es: Personas, en: People}
    fields:
      - key: persons
        kind: rows
        class: restricted
        required: true
        label: {es: Personas, en: People}
        cells:
          - {key: alias, kind: text, class: personal, label: {es: Alias, en: Alias}}
          - {key: birth_date, kind: partial_date, class: personal, label: {es: Nacimiento, en: Birth}}
          - {key: citizenship, kind: countries, class: restricted, required: true, label: {es: Nación, en: Nation}}
          - {key: asylum, kind: yes_no, class: secret, label: {es: Asilo, en: Asylum}}
          - key: contacted
            kind: yes_no
            class: restricted
            when: {field: asylum, any_of: ["no"]}
            label: {es: Contactado, en: Contacted}
          - {key: consent, kind: choice, class: restricted, codes: consents, label: {es: Consiente, en: Consents}}
          - {key: women, kind: integer, class: restricted, label: {es: Mujeres, en: Women}}
          - {key: men, kind: integer, class: restricted, label: {es: Hombres, en: Men}}
      - key: heads
        kind: derived
        class: restricted
        label: {es: Cabezas, en: Heads}
        options: {formula: participants, from: persons}
      - key: helpers
        kind: rows
        class: personal
        label: {es: Ayuda, en: Help}
        cells:
          - {key: who, kind: text, label: {es: Quién, en: Who}}
          - {key: phone, kind: text, label: {es: Teléfono, en: Phone}}
"""


@cache
def little_case() -> Format:
    """The little form."""
    return load_format(FORM)


@cache
def with_files() -> Format:
    """The little form with a question for files."""
    files = "      - {key: files, kind: files, class: restricted, label: {es: Anexos, en: Files}}\n"
    return load_format(FORM.replace("  - key: people\n", files + "  - key: people\n", 1))


CASE: dict[str, Any] = {
    "office": "Fiscalía",
    "national_case_ref": "77-2004",
    "form_version": "1",
    "crime": ["TIP"],
    "sentence": "ninguna",
    "detection_date": "2004-05",
    "country": "SV",
    "victims": 7,
    "notes": "lo oído",
    "place": "La Hachadura",
    "persons": [
        {"id": "p1", "alias": "Ana Sol", "birth_date": "1990-02-01", "citizenship": ["HN"], "asylum": False,
         "contacted": True, "consent": "GIVEN", "women": 1},
        {"id": "p2", "alias": "Leo", "birth_date": "1992", "citizenship": ["CU", "GT"], "consent": "REFUSED",
         "asylum": True, "men": 2},
    ],
    "heads": 3,
    "helpers": [{"id": "h1", "who": "Rosa"}, {"id": "h2", "phone": "555"}],
}  # fmt: skip
"""A whole case under it, with what follows from its answers."""
