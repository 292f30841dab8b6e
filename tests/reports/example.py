"""Which needs might have stood in the report of May 2004? Enough of them to look at every part."""

from __future__ import annotations

from typing import Any

from app.calls.models import Call
from tests.reports.accepted import Accepted, Written, answers

NEEDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("HN", "named", answers(
        "Entrevista a posibles víctimas de trata en puestos fronterizos", themes=("T2", "T3"),
        audience=({"profile": "border_front_line", "women": 14, "men": 22},
                  {"profile": "prosecutor", "total": 9}),
        duration=("days", 4, "6"), modality="in_person", languages=["es"], urgency_rank=1)),
    ("HN", "named", answers(
        "Protección de niñas y niños que viajan sin vínculo familiar", themes=("T6",),
        audience=({"profile": "child_protection", "women": 18, "men": 6},),
        duration=("weeks", 2, "20"), modality="blended", languages=["es", "miq"], urgency_rank=2)),
    ("SV", "named", answers(
        "Examen de documentos de viaje y suplantación", themes=("T12",),
        audience=({"profile": "document_examiner", "women": 10, "men": 21},),
        duration=("days", 5, "8"), modality="in_person", languages=["es", "en"], urgency_rank=1)),
    ("SV", "unnamed", answers(
        "Investigación proactiva en El Salvador", themes=("T7", "T8"),
        audience=({"profile": "investigator", "women": 6, "men": 30},
                  {"profile": "financial_investigator", "women": 4, "men": 3}),
        duration=("weeks", 4, "35.5"), languages=["es"])),
    ("GT", "named", answers(
        "Referencia y albergue", themes=("T4", "T5"),
        audience=({"profile": "shelter_psychosocial", "women": 25, "men": 5, "not_stated": 2},),
        duration=("days", 1, "8"), modality="virtual_live", languages=["es", "quc"], urgency_rank=3)),
    ("GT", "none", answers(
        "Ética profesional", themes=("T18",),
        audience=({"profile": "policy_maker", "total": 1200},),
        duration=("days", 2, "4.25"), modality="self_paced", urgency_rank=2)),
    ("NI", "named", answers(
        "Interviewing children, Bluefields", themes=("T3", "T6", "T20"),
        audience=({"profile": "police_first_response", "women": 11, "men": 17},),
        duration=("days", 3, "7"), modality="train_the_trainers", languages=["en", "es"],
        urgency_rank=1)),
)  # fmt: skip


def write_example(accepted: Accepted) -> Call:
    """A call with all these needs accepted; Mexico was invited and has not submitted."""
    call = accepted.call()
    accepted.needs(call, [
        [Written(country=country, members=members, answers=said,
                 lang="en" if said["title"].startswith("Interviewing") else "es")]
        for country, members, said in NEEDS
    ])  # fmt: skip
    return call
