"""What else on the page changes with an answer: which figures and contradictions follow from it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.formats.derived import written_sources
from app.formats.spec import Field, Format
from app.intake import telling
from app.intake.answers import Place, document_of, written
from app.intake.drawing import DrawnDerived, draw_derived
from app.intake.models import Draft


@dataclass(frozen=True)
class Following:
    """What a page shows anew once an answer is saved."""

    doubts: tuple[telling.Remark, ...] = ()
    figures: tuple[DrawnDerived, ...] = ()


def following(format: Format, draft: Draft, place: Place) -> Following:
    """What follows from the answer of this place as the draft stands now; asks only if anything may."""
    key = _question_of(place)
    if not (_derived_from(format, key) or telling.is_checked(format, place)):
        return Following()
    document = document_of(format, written(draft))
    doubts = telling.doubts(format, document, place)
    return Following(tuple(doubts), figures(format, key, document))


def figures(format: Format, key: str, document: Mapping[str, Any]) -> tuple[DrawnDerived, ...]:
    """The figures beside a question that are worked out from its answer."""
    return tuple(draw_derived(each, document) for each in _derived_from(format, key))


def _derived_from(format: Format, key: str) -> list[Field]:
    """Those of the same section: no other stands on the page."""
    section = format.section_of(key)
    return [each for each in section.fields if key in written_sources(each) and not each.is_asked]


def _question_of(place: Place) -> str:
    return place[1].partition(".")[0]
