"""Does the report speak of countries without blaming any, also of those that did not answer?"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import app.reports
from app.formats.spec import Text
from app.reports import sentences

FRAGMENT = Path(__file__).parents[2] / "translations" / "fragments" / "reports.es.yaml"
BLAME = {
    "es": r"incumpl|no cumpl|moros|omiti|omis|neglig|desatend|tard[eíó]|atras|retras|rehus|neg[oó] a"
    r"|fall[oóa]|culpa|pendiente|deb(e|en|ía|ían) (aún )?(enviar|responder)|falta de respuesta",
    "en": r"\bfail|overdue|\blate\b|delinquen|neglect|omit|refus|ignor|non-?complian|default"
    r"|\bblam|at fault|\bpending|outstanding|\bstill (owe|has to|have to)|did not bother",
}
"""What would reproach somebody, in each language."""


def texts(value: Any) -> Iterator[Text]:
    """Every text in both languages that a value holds."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)


def said() -> Iterator[tuple[str, str]]:
    """(Language, sentence) of everything the report says of itself, on paper and on its pages."""
    for found in pkgutil.iter_modules(app.reports.__path__):
        for value in vars(import_module(f"app.reports.{found.name}")).values():
            for text in texts(value):
                yield from (("es", text.es), ("en", text.en))
    for english, spanish in yaml.safe_load(FRAGMENT.read_text()).items():
        yield "en", english
        for each in spanish if isinstance(spanish, list) else [spanish]:
            yield "es", str(each)


def blamed() -> list[str]:
    return [
        sentence for lang, sentence in said() if re.search(BLAME[lang], sentence, re.IGNORECASE)
    ]


def test_no_sentence_of_the_report_reproaches_anybody() -> None:
    assert len(list(said())) > 250
    assert blamed() == []


def test_who_did_not_answer_is_told_as_a_state_of_the_register() -> None:
    assert sentences.WITHOUT_SUBMISSION.es.startswith("Sin respuesta registrada")
    assert sentences.WITHOUT_SUBMISSION.en.startswith("No response registered")


def test_a_reproach_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    unkind = Text("{countries} no cumplieron.", "{countries} failed to answer.")
    monkeypatch.setattr(sentences, "WITHOUT_SUBMISSION", unkind)
    assert set(blamed()) == {unkind.es, unkind.en}
