"""In which words does a justification speak?

They stand on paper in either language, whatever the screen's: so they stand here side by side and not in
the catalogue of the pages.
"""

from __future__ import annotations

from app.formats.spec import Text
from app.funding.means import reckoning

FILE_NAME = Text("justificacion", "justification")
TITLE = Text("Justificación de un aporte", "Justification of a contribution")
SUBTITLE = Text("Capacitación regional contra la trata de personas y el tráfico ilícito de migrantes",
                "Regional training against trafficking in persons and the smuggling of migrants")  # fmt: skip
MARK = Text("Para uso interno del auspiciador", "For the sponsor's own use")
DEMONSTRATION = Text("Demostración", "Demonstration")
WHOLE = Text(
    "Con {amount} USD {whole} y {seats}.",
    "With {amount} USD, {whole} and {seats}.",
)
NOTHING = Text("Con {amount} USD no se completa hoy ningún curso ni rubro en estas condiciones.",
               "With {amount} USD no course and no line is completed today under these conditions.")  # fmt: skip
COURSES = (
    Text("no se completa ningún curso entero", "no whole course is completed"),
    Text("se completa un curso", "one course is completed"),
    Text("se completan {n} cursos", "{n} courses are completed"),
)
SEATS = (
    Text("no se gana ningún cupo", "no seat is gained"),
    Text("se gana un cupo", "one seat is gained"),
    Text("se ganan {n} cupos", "{n} seats are gained"),
)
SPONSOR, SUM = Text("Auspiciador", "Sponsor"), Text("Monto disponible", "Amount available")
SPEND_BY, ANY = Text("Último día para gastar", "Last day to spend"), Text("sin límite", "no limit")
LINES, ALL = Text("Rubros que puede pagar", "Lines it may pay"), Text("todos", "all")
ALL_BUT = Text("todos, excepto:", "all except:")
ABOUT, CONDITIONS = Text("Temas", "Themes"), Text("Condiciones", "Conditions")
AT_RATE = Text("{amount} {currency}, {usd} USD al tipo de cambio {rate} del {day}",
               "{amount} {currency}, {usd} USD at the rate {rate} of {day}")  # fmt: skip
WHAT = Text("Qué completaría", "What it would complete")
COURSE, PAYS = Text("Curso", "Course"), Text("Qué se paga", "What is paid")
AMOUNT, GAINED = Text("Monto, USD", "Amount, USD"), Text("Cupos ganados", "Seats gained")
LEFT = Text("Falta después, USD", "Missing afterwards, USD")
IS_WHOLE = Text(" (queda completo)", " (complete)")
TOTAL = Text("Total", "Total")
MORE = (
    Text("", ""),
    Text("Y un curso más, incluido en el total.", "And one more course, included in the total."),
    Text(
        "Y {n} cursos más, incluidos en el total.", "And {n} more courses, included in the total."
    ),
)
AFTER = Text("Qué queda sin atender", "What stays unserved")
UNSERVED = (
    Text("Ningún participante de los cursos remitidos quedaría sin fondos o sin cupo.",
         "No participant of the courses that were sent would stay without funds or without a seat."),
    Text("Un participante de los cursos remitidos quedaría sin fondos o sin cupo.",
         "One participant of the courses that were sent would stay without funds or without a seat."),
    Text("{n} participantes de los cursos remitidos quedarían sin fondos o sin cupo.",
         "{n} participants of the courses that were sent would stay without funds or without a seat."),
)  # fmt: skip
UNTOUCHED = (
    Text(
        "Cada curso que recibe aportes recibiría algo de este monto.",
        "Each course that takes pledges would receive something of this sum.",
    ),
    Text(
        "Un curso no recibiría nada de este monto.", "One course would receive nothing of this sum."
    ),
    Text(
        "{n} cursos no recibirían nada de este monto.",
        "{n} courses would receive nothing of this sum.",
    ),
)
LEFT_OVER = Text("Sobrarían {left} USD.", "{left} USD would be left over.")
A_SEAT = Text("Costo por cupo ganado", "Cost of each seat gained")
WHY = Text("Por qué", "Why")
WHOM = Text("De qué trata, a quién sirve y cuándo", "What it is about, whom it serves and when")
BECAUSE = {
    reckoning.NO_LINE: Text("no le falta nada en esos rubros", "nothing is missing there in those lines"),
    reckoning.NO_DATES: Text("aún no tiene fechas", "it has no dates yet"),
    reckoning.TOO_LATE: Text("termina después del último día para gastar",
                             "it ends after the last day to spend"),
    reckoning.OTHER_THEME: Text("trata de otros temas", "it is about other themes"),
    reckoning.NOT_ENOUGH: Text("el monto rinde más en otro curso o no alcanza",
                               "the sum does more elsewhere or is not enough"),
}  # fmt: skip
CO_FUNDERS = Text("Otros aportantes", "Co-funders")
NONE_YET = Text("ninguno confirmado todavía", "none confirmed yet")
HOW = Text(
    "Cómo se calculó: primero los cursos enteros que dan más cupos, luego los cupos, luego los rubros; "
    "lo ya prometido por otros cuenta como cubierto. {proven} No es un compromiso de nadie: vale lo que el "
    "auspiciador ofrezca y los países acepten.",
    "How it was reckoned: first the whole courses that give most seats, then seats, then cost lines; what "
    "others have promised counts as covered. {proven} It commits nobody: what counts is what the sponsor "
    "offers and the countries accept.")  # fmt: skip
PROVEN = (Text("Es lo mejor que se encontró en el tiempo dado.", "It is the best that was found in the time given."),
          Text("Se comprobó que no hay un reparto mejor.", "It was proven that no better use exists."))  # fmt: skip
NAMES = Text(
    "Los países aparecen con su nombre solo donde cada uno lo autorizó.",
    "Countries stand here by name only where each of them agreed.")  # fmt: skip
