"""Does this document still mean what it meant when published? A hash over everything but words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from app.formats.canonical import canonical_json

if TYPE_CHECKING:
    from app.formats.spec import Check, Condition, Field, Format


def fingerprint(form: Format) -> str:
    """sha256 hex of the meaning of a format."""
    return hashlib.sha256(canonical_json(meaning(form))).hexdigest()


def meaning(form: Format) -> dict[str, Any]:
    """What an answer's meaning depends on: keys, kinds, codes, conditions, classes, rules."""
    return {
        "name": form.name,
        "version": form.version,
        "title_field": form.title_field,
        "sections": [
            {
                "key": section.key,
                "fields": [_field(each) for each in section.fields],
                **_if_any("when", [_condition(each) for each in section.when]),
            }
            for section in form.sections
        ],
        "checks": [_check(each) for each in form.checks],
    }


def _if_any(key: str, meant: list[Any]) -> dict[str, Any]:
    """What older documents do not have changes nothing of what they mean."""
    return {key: meant} if meant else {}


def _condition(when: Condition) -> list[Any]:
    return [[each.field, *sorted(each.any_of)] for each in when.each]


def _field(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "kind": field.kind.name,
        "required": field.required,
        "class": field.klass.value,
        "audience": sorted(field.audience),
        "release": field.release,
        "when": [field.when.field, *sorted(field.when.any_of)] if field.when else None,
        "fact": field.fact,
        "codes": [code.key for code in field.codes.codes] if field.codes else None,
        "cells": [_field(cell) for cell in field.cells],
        **_if_any(
            "alone", [code.key for code in field.codes.codes if code.alone] if field.codes else []
        ),
        "lines": [line.key for line in field.lines],
        "options": dict(field.options),
    }


def _check(check: Check) -> dict[str, Any]:
    soft = {"soft": True} if check.is_soft else {}
    return {"rule": check.rule, "rows": check.rows, "fields": list(check.fields), **soft}
