"""What does the official letter say with which a ministry gave its prior clearance?"""

from __future__ import annotations

import io
from datetime import date

from app.attachments import actions as attachments
from app.documents.model import Document, Heading, Paragraph, Signature
from app.documents.pdf import pdf
from app.needs.opened import OpenedNeed
from app.policy.actor import Actor
from app.storage import files

NAME = "oficio-demostracion.pdf"


def official_letter(actor: Actor, need: OpenedNeed, *, office: str, number: str, day: date) -> str:
    """An invented letter, printed and put to the need's dossier; the attachment's id."""
    body = pdf(_letter(need, office, number, day))
    stored = files.store(io.BytesIO(body), name=NAME)
    return attachments.attach(actor, "dossier", need.id, stored, need.organisation_id).id


def _letter(need: OpenedNeed, office: str, number: str, day: date) -> Document:
    return Document(
        title="Visto bueno", lang="es", locale="es_419", date=day, reference=number,
        mark="Demostración",
        blocks=(
            Heading(text="Visto bueno"),
            Paragraph(text=f"{office}. Esta oficina no tiene objeción a que se remita a la "
                           f"Secretaría Técnica la necesidad {need.dossier.reference}.", style="lead"),
            Paragraph(text="Carta inventada para la demostración de Enlace; ninguna oficina la firmó.",
                      style="note"),
            Signature(lines=("Firma inventada (demostración)", office)),
        ),
    )  # fmt: skip


def letter_that_arrived(*, office: str, number: str, day: date) -> files.Stored:
    """An invented letter in which a country asks for training; kept, and put to nothing yet."""
    whole = Document(
        title="Solicitud de capacitación", lang="es", locale="es_419", date=day, reference=number,
        mark="Demostración",
        blocks=(
            Heading(text="Solicitud de capacitación"),
            Paragraph(text=f"{office}. Se solicita que la necesidad descrita en esta carta se incluya "
                           "en la convocatoria de 2004.", style="lead"),
            Paragraph(text="Carta inventada para la demostración de Enlace; ninguna oficina la firmó.",
                      style="note"),
            Signature(lines=("Firma inventada (demostración)", office)),
        ),
    )  # fmt: skip
    return files.store(io.BytesIO(pdf(whole)), name="carta-demostracion.pdf")
