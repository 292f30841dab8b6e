"""What does a typical case hold? Five persons, six legs, texts of a hundred and fifty words, every question answered.

The content that page weights and the measurement are about. Where a case is begun with it: `begin`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from app.cases.common_format.format import CASE
from app.cases.exchanges import actions
from app.cases.exchanges.actions import Beginning
from app.extensions import db
from app.formats.spec import Field
from app.organisations.models import Organisation, Unit
from app.policy.actor import Actor

LONG = 150
"""Words of a long text."""
WORDS = """
oficial turno frontera paso grupo menor adulta hermano documento copia sello vencido permiso notarial padres madre
consulado llamada teléfono mensaje autobús terminal madrugada noche mañana camino río lancha selva vereda retén carretera
hotel cuarto pago dinero deuda promesa trabajo restaurante taller finca cosecha contrato anuncio conocida vecina pueblo
departamento municipio ciudad capital aeropuerto vuelo boleto ida regreso escala destino familiar primo tía abuela escuela
edad nombre apellido fecha nacimiento huella fotografía entrevista pregunta respuesta contradicción silencio miedo cansancio
hambre herida consulta médica albergue protección niñez procuraduría fiscalía juzgado audiencia denuncia expediente registro
civil partida certificado verificación coincidencia diferencia nota observación aviso alerta cooperación seguimiento plazo
vehículo placa conductor ayudante chofer maleta mochila ropa libreta dirección contacto recluta guía cobrador vigilante
amenaza golpe encierro candado ventana patio guardia salida intento fuga vigilancia cámara testigo declaración firma
viajaba dijo esperaba mostró entregó recibió conocía recordaba explicó negó aceptó pidió llegó salió cruzó durmió comió
trabajaba debía pagaba cobraba cuidaba llevaba traía buscaba encontró perdió guardó escribió llamó avisó informó confirmó
con sin para por desde hasta entre sobre durante después antes mientras aunque porque cuando donde como según también
tampoco nunca siempre apenas casi solo mucho poco varios algunas otra misma ese esa aquellos su sus la el los las un una
"""
VOCABULARY = tuple(WORDS.split())


def words(chance: random.Random, count: int) -> str:
    """So many words in sentences; no text is like another, and none packs better than prose."""
    said = [chance.choice(VOCABULARY) for _ in range(count)]
    for start in range(0, count, 15):
        said[start] = said[start].capitalize()
        said[min(start + 14, count - 1)] += "."
    return " ".join(said)


def document(units: list[str], *, adds: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answers of a case that goes to these units, which can be certified."""
    chance = random.Random("a typical case")
    case = _bones(units) | dict(adds or {})
    for at, field in list(_places(case)):
        value = VALUES.get(field.kind.name)
        if field.is_asked and value is not None and field.key not in at:
            at[field.key] = value(chance, field)
    return case


def _bones(units: list[str]) -> dict[str, Any]:
    """What the answers hang together by."""
    says_no = {"code": "NO_INDICATION", "detail": "Unidad de protección, 24/05/2004"}
    grown = {
        "is_minor": False,
        "asylum_flag": says_no,
        "birth_date": "1975-04-12",
        "age_band": "25-34",
    }
    child = {"is_minor": True, "asylum_flag": says_no, "birth_date": "1993-02-03",
             "age_band": "6-11", "person_role": "MINOR"}  # fmt: skip
    return {
        "tlp": "GREEN", "purpose": "PROTECTION", "recipient_units": units,
        "legal_basis": {"code": "TREATY", "detail": "Protocolo de Palermo, art. 10"},
        "crime_type": ["TIP_SOM", "MINOR_TRAVEL"], "detection_date": "2004-05-24",
        "detection_country": "HN", "reply_by": "2004-09-24", "retention_until": "2006-05-24",
        "victims_total": 5, "victims_minors": 2, "fee_amount": "3500.00", "fee_currency": "USD",
        "persons": [
            {"id": "adult", "person_role": "ACCOMPANYING_ADULT", **grown},
            {"id": "girl", **child}, {"id": "boy", **child},
            {"id": "woman", "person_role": "POSSIBLE_VICTIM", **grown},
            {"id": "man", "person_role": "SMUGGLED_PERSON", **grown},
        ],
        "trafficking": [
            {"id": f"tip{each}", "victim_local_id": each, "age_when_trafficked": years,
             "exploitation_type": ["ForcedLabour", "SexualExploitation"],
             "recruitment_method": "ThroughOnlineSocialNetworks"}
            for each, years in (("woman", 28), ("girl", 11))
        ],
        "legs": [
            {"id": f"leg{number}", "from_country": here, "to_country": there,
             "leg_date": f"2004-05-{10 + number}"}
            for number, (here, there) in enumerate(pairwise(WAY))
        ],
        "minors": [
            {"id": f"with{each}", "minor_local_id": each, "accompanying_local_id": "adult",
             "claimed_relation": "AUNT_UNCLE", "verified_relation": "PENDING",
             "authorisation_kind": "NOTARIAL", "authorisation_valid_to": "2004-08-22",
             "siblings": [other], "followup_due": "2004-06-24"}
            for each, other in (("girl", "boy"), ("boy", "girl"))
        ],
        "responsible_authority": [{"id": "who", "minor": "girl", "date": "2004-05-24"}],
        "companion_crossings": [{"id": "seen", "minor": "girl", "date": "2004-05-20"}],
        "suspects": [{"id": "boss"}, {"id": "driver"}],
    }  # fmt: skip


WAY = ("PA", "CR", "NI", "HN", "GT", "MX", "US")


def _places(case: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Field]]:
    """Every question with the mapping that holds its answer."""
    for field in CASE.fields:
        if not field.is_rows:
            yield case, field
        for row in case.get(field.key) or () if field.is_rows else ():
            yield from ((row, cell) for cell in field.cells)


def _code(chance: random.Random, field: Field) -> str:
    assert field.codes is not None
    return chance.choice(field.codes.codes).key


def _codes(chance: random.Random, field: Field) -> list[str]:
    """Three of a list, in its order, without what excludes the others."""
    assert field.codes is not None
    known = [code.key for code in field.codes.codes if code.key not in ("NONE", "UNK")]
    return [key for key in known if key in set(chance.sample(known, 3))]


VALUES: Mapping[str, Callable[[random.Random, Field], Any]] = {
    "text": lambda chance, field: words(chance, 5)[: field.options.get("max", 80)],
    "texts": lambda chance, _field: [words(chance, 2), words(chance, 2)],
    "long_text": lambda chance, _field: words(chance, LONG),
    "integer": lambda chance, _field: chance.randint(1, 9),
    "choice": _code,
    "choices": _codes,
    "code_with_detail": lambda _chance, field: {
        "code": "YES",
        "detail": "2004-05-24" if "detail" in field.options else "Oficio 12-2004",
    },
    "yes_no": lambda _chance, _field: True,
    "country": lambda chance, _field: chance.choice(WAY),
    "countries": lambda chance, _field: [chance.choice(WAY)],
    "date": lambda _chance, _field: "2004-05-24",
    "partial_date": lambda _chance, _field: "2004-05",
}


def begin(actor: Actor, to: list[tuple[str, str]], *, kind: str = "CASE_SHARE") -> str:
    """A draft of the actor's unit that holds it, addressed to units by organisation and kind; its id."""
    unit = db.session.get_one(Unit, next(iter(actor.case_unit_ids)))
    begins = Beginning(unit=unit, kind=kind, is_exercise=True)
    given = document([_unit(*each) for each in to])
    return actions.start(actor, begins, given=given).id


def _unit(organisation: str, kind: str) -> str:
    return db.session.scalars(
        db.select(Unit.id).join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Organisation.key == organisation, Unit.kind == kind)
    ).one()  # fmt: skip
