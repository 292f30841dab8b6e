"""How is a format kept as one text that needs no file beside it? As a document with its own lists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.formats.spec import (
    Check,
    Code,
    CodeList,
    Condition,
    Field,
    Format,
    Section,
    Text,
    Wording,
)

Lists = Mapping[str, CodeList]


def to_text(form: Format) -> str:
    """A document that `load_format` reads back as the same format: what a published version stores.

    JSON, which is YAML, with every code list written out.
    """
    return json.dumps(as_document(form), ensure_ascii=False, indent=1)


def as_document(form: Format) -> dict[str, Any]:
    """The document of a format, with its code lists written out and nothing left to defaults."""
    written = {
        "format": form.name,
        "version": form.version,
        "title": _text(form.title),
        "title_field": form.title_field or None,
        "published": form.published,
        "code_lists": {key: _codes(each.codes) for key, each in form.code_lists.items()} or None,
        "sections": [_section(each, form.code_lists) for each in form.sections],
        "checks": [_check(each) for each in form.checks] or None,
        "screens": [_screen(each) for each in form.screens] or None,
    }
    return _given(written)


def _given(written: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in written.items() if value is not None}


def _text(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"es": text.es, "en": text.en}


def _codes(codes: tuple[Code, ...]) -> list[dict[str, Any]]:
    return [
        _given(
            {
                "code": code.key,
                "label": _text(code.label),
                "help": _text(code.help),
                "alone": code.alone or None,
            }
        )
        for code in codes
    ]


def _section(section: Section, lists: Lists) -> dict[str, Any]:
    fields = [_field(each, lists, inside=False) for each in section.fields]
    title, help_text = _text(section.title), _text(section.help)
    when = [_condition(each) for each in section.when] or None
    return _given(
        {"key": section.key, "title": title, "help": help_text, "when": when, "fields": fields}
    )


def _screen(screen: Section) -> dict[str, Any]:
    return _section(screen, {}) | {"fields": [field.key for field in screen.fields]}


def _condition(when: Condition) -> dict[str, Any]:
    either = [_condition(each) for each in when.either] or None
    return _given({"field": when.field, "any_of": list(when.any_of), "either": either})


def _field(field: Field, lists: Lists, *, inside: bool) -> dict[str, Any]:
    when = field.when
    return _given(
        {
            "key": field.key,
            "kind": field.kind.name,
            "label": _text(field.label),
            "heading": _text(field.heading),
            "help": _text(field.help),
            "required": field.required if field.is_asked else None,
            "first": None if inside else field.first,
            "class": field.klass.value,
            "audience": sorted(field.audience),
            "release": field.release,
            "when": _condition(when) if when else None,
            "wordings": [_wording(each) for each in field.wordings] or None,
            "fact": field.fact,
            "codes": _code_list(field, lists),
            "cells": [_field(each, lists, inside=True) for each in field.cells] or None,
            "lines": _codes(field.lines) or None,
            "options": dict(field.options) or None,
            "maps": list(field.maps) or None,
        }
    )


def _wording(wording: Wording) -> dict[str, Any]:
    return _given(
        {
            "when": _condition(wording.when),
            "label": _text(wording.label),
            "help": _text(wording.help),
        }
    )


def _code_list(field: Field, lists: Lists) -> str | list[dict[str, Any]] | None:
    """The name of a shared list, or the list itself where the field has its own."""
    if field.codes is None:
        return None
    is_shared = lists.get(field.codes.key) == field.codes
    return field.codes.key if is_shared else _codes(field.codes.codes)


def _check(check: Check) -> dict[str, Any]:
    messages = {key: _text(message) for key, message in check.messages.items()}
    return _given(
        {
            "rule": check.rule,
            "rows": check.rows,
            "fields": list(check.fields),
            "soft": check.is_soft or None,
            "messages": messages,
        }
    )
