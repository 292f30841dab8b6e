"""What does the report call its parts, in both languages?

A report is written in its own language, which need not be its reader's, and a published edition keeps
its words for ever in both: so they stand here side by side and not in the catalogue of the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.formats.spec import Text

THEME = Text("Contenido temático", "Thematic content")
PROFILE = Text("Perfil", "Profile")
DURATION = Text("Duración", "Duration")
COUNTRY = Text("País", "Country")
MODALITY = Text("Modalidad", "Modality")
LANGUAGE = Text("Idioma", "Language")
URGENCY = Text("Prioridad para el país", "Priority for the country")

BY_THEME = Text("Por contenido temático", "By thematic content")
BY_PROFILE = Text("Por perfil de participantes", "By participant profile")
BY_DURATION = Text("Por duración", "By duration")
BY_COUNTRY = Text("Por país", "By country")
BY_MODALITY = Text("Por modalidad", "By modality")
BY_LANGUAGE = Text("Por idioma", "By language")
BY_URGENCY = Text("Por prioridad", "By priority")

GROUPS = Text("Necesidades afines", "Similar needs")
GROUPS_TABLE = Text("Grupos de necesidades afines", "Groups of similar needs")
GROUP = Text("Grupo", "Group")
NO_GROUP = Text("En ningún grupo", "In no group")
NO_GROUP_SHOWN = Text(
    "Sin grupo, o en uno que aquí no se muestra", "In no group, or in one not shown here"
)
COMMON_THEMES = Text("Contenido en común", "Content in common")
COMMON_WINDOW = Text("Fechas en común", "Dates in common")
COMMON_LANGUAGES = Text("Idiomas en común", "Languages in common")
NOTHING_COMMON = Text("ninguno en común", "none in common")
NO_COMMON_DATES = Text("ninguna en común", "none in common")
ONE_GROUP = Text(
    "Cada necesidad está en un solo grupo o en ninguno: nadie se cuenta dos veces.",
    "Each need stands in one group only, or in none: nobody is counted twice.",
)

NEEDS_TWO_WAY = Text(
    "Necesidades por contenido temático y país", "Needs by thematic content and country"
)
PARTICIPANTS_TWO_WAY = Text(
    "Participantes por contenido temático y país", "Participants by thematic content and country"
)
BY_THEME_AND_COUNTRY: Mapping[str, Text] = MappingProxyType(
    {
        "needs": Text(
            "Por contenido temático y país: necesidades", "By thematic content and country: needs"
        ),
        "participants": Text(
            "Por contenido temático y país: participantes",
            "By thematic content and country: participants",
        ),
    }
)
"""What is counted where they meet -> the heading."""

NEEDS = Text("Necesidades", "Needs")
COUNTRIES = Text("Países", "Countries")
PARTICIPANTS = Text("Participantes", "Participants")
WOMEN = Text("Mujeres", "Women")
MEN = Text("Hombres", "Men")
NOT_DIVIDED = Text("Sin desagregar", "Not stated")
COURSE_HOURS = Text("Horas de curso", "Course hours")
PARTICIPANT_HOURS = Text("Horas de participación", "Participant hours")
TOTAL = Text("Total", "Total")
TOTAL_ONCE = Text("Total, cada necesidad una vez", "Total, each need once")

NOT_STATED = Text("No indicado", "Not stated")
NOT_NAMED = Text("País no nombrado", "Country not named")
NOT_NAMED_SHORT = Text("s. n.", "n. n.")
NOT_RANKED = Text("Sin orden", "Not ranked")

BANDS: Mapping[str, Text] = MappingProxyType(
    {
        "up_to_1_day": Text("Hasta 8 horas (1 día)", "Up to 8 hours (1 day)"),
        "2_to_3_days": Text(
            "Más de 8 y hasta 24 horas (2 a 3 días)", "Over 8 and up to 24 hours (2 to 3 days)"
        ),
        "1_week": Text(
            "Más de 24 y hasta 40 horas (1 semana)", "Over 24 and up to 40 hours (1 week)"
        ),
        "2_to_4_weeks": Text(
            "Más de 40 y hasta 160 horas (2 a 4 semanas)",
            "Over 40 and up to 160 hours (2 to 4 weeks)",
        ),
        "longer": Text("Más de 160 horas", "Over 160 hours"),
    }
)

OVERLAP = Text(
    "Una necesidad puede estar en varias filas: cada fila la cuenta, el total la cuenta una vez.",
    "A need may stand in several rows: each row counts it, the total counts it once.",
)
OVERLAP_PEOPLE = Text(
    "Una necesidad puede pedir varios perfiles: cada fila cuenta la necesidad y las personas de ese "
    "perfil. Las personas suman el total; las necesidades y las horas de curso, no.",
    "A need may ask for several profiles: each row counts the need and the people of that profile. "
    "People add up to the total; needs and course hours do not.",
)
OVERLAP_TWO_WAY = Text(
    "Una necesidad puede estar en varias filas: cada casilla y cada total la cuentan una vez, y una "
    "vez a cada participante; por eso las filas suman más que el total. Una casilla vacía no tiene "
    "necesidades.",
    "A need may stand in several rows: each cell and each total counts it once, and each participant "
    "once; so the rows add up to more than the total. An empty cell has no needs.",
)
OWN_ORDER = Text(
    "La prioridad es el orden que cada país da a sus propias necesidades; no compara países.",
    "The priority is the order each country gives to its own needs; it does not compare countries.",
)
EIGHT_HOURS = Text(
    "La duración se agrupa por horas de curso; un día se toma como ocho horas.",
    "Durations are grouped by course hours; a day is taken as eight hours.",
)
UNNAMED_COUNTRY = Text(
    "Las necesidades cuyo país no se nombra no se suman al número de países.",
    "Needs whose country is not named do not add to the number of countries.",
)

PARTICIPANTS_BY: Mapping[str, Text] = MappingProxyType(
    {
        "theme": Text("Participantes por contenido temático", "Participants by thematic content"),
        "profile": Text("Participantes por perfil", "Participants by profile"),
        "duration": Text("Participantes por duración", "Participants by duration"),
        "country": Text("Participantes por país", "Participants by country"),
        "modality": Text("Participantes por modalidad", "Participants by modality"),
        "language": Text("Participantes por idioma", "Participants by language"),
        "urgency": Text("Participantes por prioridad", "Participants by priority"),
        "group": Text(
            "Participantes por grupo de necesidades afines",
            "Participants by group of similar needs",
        ),
    }
)


NEEDS_BEFORE = Text("Necesidades antes", "Needs before")
NEEDS_NOW = Text("Necesidades después", "Needs after")
NEEDS_CHANGE = Text("Cambio en necesidades", "Change in needs")
PARTICIPANTS_BEFORE = Text("Participantes antes", "Participants before")
PARTICIPANTS_NOW = Text("Participantes después", "Participants after")
PARTICIPANTS_CHANGE = Text("Cambio en participantes", "Change in participants")
ONLY_CHANGES = Text(
    "Solo figuran las filas que cambiaron; el total es el de todas las necesidades.",
    "Only rows that changed are shown; the total is that of all needs.",
)
CHANGES_BY: Mapping[str, Text] = MappingProxyType(
    {
        "theme": Text("Cambios por contenido temático", "Changes by thematic content"),
        "profile": Text("Cambios por perfil", "Changes by profile"),
        "duration": Text("Cambios por duración", "Changes by duration"),
        "country": Text("Cambios por país", "Changes by country"),
        "modality": Text("Cambios por modalidad", "Changes by modality"),
        "language": Text("Cambios por idioma", "Changes by language"),
        "urgency": Text("Cambios por prioridad", "Changes by priority"),
    }
)


def rank(number: int) -> Text:
    """The place a country gives a need among its own."""
    return Text(f"{number}.ª prioridad", f"Priority {number}")
