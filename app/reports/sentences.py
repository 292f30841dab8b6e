"""Which sentences does the report's document say, in both languages, with its numbers in them?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.documents.shown import Shown
from app.formats.spec import Text
from app.reports.figures import FULL, Figures, ListedNeed, Participants
from app.reports.report import Report

CONTENT = Text("Necesidades de capacitación", "Training needs")
SUMMARY = Text("Resumen", "Summary")
INTRODUCTION = Text("Introducción", "Introduction")
NEEDS = Text("Necesidades recopiladas", "Needs compiled")
FIGURES = Text("Cifras", "Figures")
OFFERS = Text("Ofrecimientos", "Offers")
NOT_COVERED = Text("Lo que no está cubierto", "What is not covered")
PROPOSALS = Text("Propuestas de la Secretaría Técnica", "Proposals of the Technical Secretariat")
CONCLUSION = Text("Conclusión", "Conclusion")
ANNEX = Text("Anexo por país", "Annex by country")

NUMBER = Text("N.º", "No.")
NEED = Text("Necesidad", "Need")
REFERENCE = Text("Referencia", "Reference")
AUDIENCE = Text("Perfil y cantidad de participantes", "Participant profile and number")
LANGUAGES = Text("Idiomas", "Languages")

MEETING = Text("Reunión", "Meeting")
AGENDA_ITEM = Text("Punto de la agenda", "Agenda item")
CALL = Text("Convocatoria", "Call")
EDITION = Text("Edición", "Edition")
AS_OF = Text("Cifras al", "Figures as of")
READERS = Text("Destinatarios", "Readers")
FOR_ST = Text("Secretaría Técnica", "Technical Secretariat")
FOR_MEMBERS = Text("Países miembros", "Member countries")
LIVE = Text("Cifras en curso, sin publicar", "Figures as they stand, not published")
DRAFT = Text("{number}, en preparación", "{number}, in preparation")
DRAFT_MARK = Text("Borrador", "Draft")
DEMONSTRATION = Text("DEMOSTRACIÓN", "DEMONSTRATION")
COMPILED_BY = Text(
    "Recopilación de la Secretaría Técnica de la CRM",
    "Compiled by the Technical Secretariat of the RCM",
)

HOW_COUNTED = Text(
    "Se cuentan las versiones aceptadas que estaban en vigor en ese momento, tal como cada país las "
    "certificó. «Sin desagregar» son personas de quienes el país dio un solo total; no significa "
    "cero. Las horas de participación son las horas de curso multiplicadas por los participantes.",
    "Counted are the accepted versions in force at that moment, as each country certified them. "
    "“Not stated” are people for whom the country gave one total; it does not mean none. "
    "Participant hours are course hours multiplied by participants.",
)
FOR_MEMBERS_ONLY = Text(
    "Esta edición cuenta solo las necesidades que sus países permitieron mostrar a los miembros. "
    "Cuando el país no quiso ser nombrado, la necesidad figura como «País no nombrado», sin título "
    "ni referencia.",
    "This edition counts only the needs that their countries let members see. Where the country did "
    "not want to be named, the need stands under “Country not named”, without title or reference.",
)
NO_NEEDS = Text(
    "A esta fecha no hay necesidades aceptadas que contar.",
    "At this date there are no accepted needs to count.",
)
NEEDS_NOTE = Text(
    "En el orden que pidió la Red en 2004: contenido temático, perfil y cantidad de participantes, "
    "duración. El número lleva al anexo por país.",
    "In the order the network asked for in 2004: thematic content, participant profile and number, "
    "duration. The number leads to the annex by country.",
)
OFFERED_BY = Text("Quién ofrece", "Offered by")
OFFER = Text("Ofrecimiento", "Offer")
ROLE = Text("Función", "Role")
COVERS = Text("Cubre", "Covers")
STANDS_UNTIL = Text("Vigente hasta", "Stands until")
OFFERS_NOTE = Text(
    "Los que estaban abiertos en Enlace a esta fecha, cada uno con el título que le puso quien ofrece.",
    "Those that stood open in Enlace at this date, each under the title that whoever offers gave it.",
)
NO_OFFERS = Text(
    "A esta fecha no hay ofrecimientos registrados en Enlace. Los que se conozcan por otras vías no "
    "figuran en este documento.",
    "At this date no offers are registered in Enlace. Offers known by other ways do not stand in this "
    "document.",
)
NOTHING_COVERED = Text(
    "Sin ofrecimientos registrados, ninguna de las necesidades tiene todavía un auspiciador: quedan "
    "por cubrir {needs}, para {participants}.",
    "With no offers registered, none of the needs has a sponsor yet: {needs} remain to be covered, "
    "for {participants}.",
)
OFFERED_ONLY = Text(
    "Ningún curso con costo responde todavía a estas necesidades: quedan por cubrir {needs}, para "
    "{participants}.",
    "No course with a cost answers these needs yet: {needs} remain to be covered, for {participants}.",
)
MISSING = Text(
    "Los cursos para estas necesidades cuestan {cost} dólares estadounidenses. Están financiados "
    "{funded} y prometidos {pledged}; faltan {missing}.",
    "The courses for these needs cost {cost} US dollars. {funded} are funded and {pledged} promised; "
    "{missing} are missing.",
)
FUNDING = Text("Financiamiento de los cursos", "Funding of the courses")
FUNDING_CHART = Text(
    "Lo cubierto de cada rubro, en dólares estadounidenses",
    "What is covered of each cost line, in US dollars",
)
COST_LINE = Text("Rubro", "Cost line")
COSTS = Text("Costo", "Cost")
FUNDED_COURSES = Text(
    "Cursos que dan cupos a necesidades de esta convocatoria: {courses}; de ellos, también para otra "
    "convocatoria: {shared}.",
    "Courses with seats for needs of this call: {courses}; of these, for another call too: {shared}.",
)
SENT_COURSES = Text(
    "Cursos remitidos a auspiciadores que dan cupos a necesidades de esta convocatoria: {courses}; de "
    "ellos, también para otra convocatoria: {shared}. Lo que solo está en preparación no se cuenta.",
    "Courses sent to sponsors with seats for needs of this call: {courses}; of these, for another call "
    "too: {shared}. What is only being prepared is not counted.",
)
COURSES_LEFT_OUT = Text(
    "No se cuentan los cursos en los que toman parte también necesidades que aquí no se muestran: "
    "{left_out}.",
    "Courses in which needs take part that are not shown here are not counted: {left_out}.",
)
FUNDING_WORDS = Text(
    "En dólares estadounidenses. Financiado es lo confirmado por quien paga; prometido, lo ofrecido y "
    "aún sin confirmar; falta lo que nadie ha ofrecido.",
    "In US dollars. Funded is what those who pay confirmed; promised, what is offered and not "
    "confirmed yet; missing, what nobody has offered.",
)
SHARED_WHOLE = Text(
    "Un curso que también responde a otra convocatoria figura entero en el informe de cada una.",
    "A course that answers another call too stands whole in the report of each.",
)
UNASKED = Text(
    "Temas de la lista que ninguna de estas necesidades menciona: {themes}.",
    "Themes of the list that none of these needs mentions: {themes}.",
)
WITHOUT_SUBMISSION = Text(
    "Sin respuesta registrada aún: {countries}.", "No response registered yet: {countries}."
)
CHANGES = Text("Cambios", "Changes")
COMPARED = Text("Se comparan {before} y {now}.", "Compared are {before} and {now}.")
AT_EDITION = Text("la edición {number} ({moment})", "edition {number} ({moment})")
AT_MOMENT = Text("las cifras al {moment}", "the figures as of {moment}")
NOTHING_CHANGED = Text(
    "Las necesidades y los participantes son los mismos en ambas.",
    "Needs and participants are the same in both.",
)
MOVED = Text("{before} antes, {now} después ({change})", "{before} before, {now} after ({change})")
TOTALS_CHANGED = Text(
    "Necesidades: {needs}. Participantes: {participants}.",
    "Needs: {needs}. Participants: {participants}.",
)
CAME_AND_WENT: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        "theme": (
            Text("Temas que se piden ahora y antes no: {names}.",
                 "Themes asked for now and not before: {names}."),
            Text("Temas que se pedían antes y ahora no: {names}.",
                 "Themes asked for before and not now: {names}."),
        ),
        "country": (
            Text("Países con necesidades ahora y no antes: {names}.",
                 "Countries with needs now and not before: {names}."),
            Text("Países con necesidades antes y no ahora: {names}.",
                 "Countries with needs before and not now: {names}."),
        ),
    }
)  # fmt: skip
"""Dimension -> how it is said which of its lines came, and which went."""
PROPOSALS_NOTE = Text(
    "Borrador para que el Grupo lo enmiende. No es texto acordado.",
    "A draft for the Group to amend. It is not agreed text.",
)

_ONE_NEED = (Text("necesidad", "need"), Text("necesidades", "needs"))
_ONE_PERSON = (Text("participante", "participant"), Text("participantes", "participants"))
_ONE_COUNTRY = (Text("país", "country"), Text("países", "countries"))
_ONE_WOMAN = (Text("mujer", "woman"), Text("mujeres", "women"))
_ONE_MAN = (Text("hombre", "man"), Text("hombres", "men"))
_ONE_HOUR = (Text("hora de curso", "course hour"), Text("horas de curso", "course hours"))
_UNDIVIDED = Text("sin desagregar", "not stated")


class Sentences:
    """Says what a report says, in one language, with numbers as its region writes them."""

    def __init__(self, lang: str, shown: Shown) -> None:
        self.lang, self._shown = lang, shown

    def counted(self, number: int, nouns: tuple[Text, Text]) -> str:
        """Such as "1 need" or "1,160 needs"."""
        return f"{self._shown.number(number)} {nouns[number != 1].say(self.lang)}"

    def lead(self, report: Report) -> str:
        """How many needs, countries, people and hours, in one sentence."""
        total, es = report.compilation.total, self.lang == "es"
        hours = total.course_hours
        countries = self.counted(total.countries, _ONE_COUNTRY)
        if report.answered is not None and report.audience == FULL:
            of = self._shown.number(report.answered.invited)
            countries += f" de {of} invitados" if es else f" of {of} invited"
        said = [
            self.counted(total.needs, _ONE_NEED), countries,
            f"{self.counted(total.participants, _ONE_PERSON)} ({self.divided(total)})",
            f"{self._shown.number(hours)} {_ONE_HOUR[hours != 1].say(self.lang)}",
        ]  # fmt: skip
        return " · ".join(said) + "."

    def divided(self, people: Participants | Figures) -> str:
        """Such as "12 women, 8 men, 3 not stated"; what is none is left out."""
        parts = [
            self.counted(people.women, _ONE_WOMAN) if people.women else "",
            self.counted(people.men, _ONE_MAN) if people.men else "",
            f"{self._shown.number(people.not_stated)} {_UNDIVIDED.say(self.lang)}"
            if people.not_stated
            else "",
        ]
        return ", ".join(part for part in parts if part) or "0"

    def audience(self, need: ListedNeed) -> str:
        """Who a need is for: one part for each profile."""
        return "; ".join(
            f"{each.profile.label.say(self.lang)}: {self._shown.number(each.participants)}"
            f" ({self.divided(each)})"
            for each in need.audience
        )

    def uncovered(self, report: Report) -> str:
        """How much of what courses cost is missing; while there are none, which needs remain."""
        if report.funding and report.funding.lines:
            sums = report.funding.total
            return MISSING.say(self.lang).format(
                cost=self._shown.money(sums.cost), funded=self._shown.money(sums.funded),
                pledged=self._shown.money(sums.promised), missing=self._shown.money(sums.missing),
            )  # fmt: skip
        total = report.compilation.total
        sentence = OFFERED_ONLY if report.offers else NOTHING_COVERED
        return sentence.say(self.lang).format(
            needs=self.counted(total.needs, _ONE_NEED),
            participants=self.counted(total.participants, _ONE_PERSON),
        )

    def listed(self, sentence: Text, **names: tuple[Text, ...]) -> str:
        """A sentence with a list of names in it, in the order of this language's alphabet."""
        ((key, texts),) = names.items()
        return sentence.say(self.lang).format(**{key: "; ".join(t.say(self.lang) for t in texts)})
