"""How are the program's own words said in both languages where no catalogue reaches (floor 0)?"""

from __future__ import annotations

from app.formats.spec import Text


def N_(message_id: str) -> str:  # noqa: N802, the name extraction looks for
    """Mark a sentence for extraction; the web layer translates it when it is shown."""
    return message_id


YES = Text("Sí", "Yes")
NO = Text("No", "No")
WITHHELD = Text("No compartido por el país", "Withheld by the country")
NOT_PROVIDED = Text("Sin respuesta", "Not provided")
DAY = Text("día", "day")
DAYS = Text("días", "days")
WEEK = Text("semana", "week")
WEEKS = Text("semanas", "weeks")
HOUR = Text("hora", "hour")
HOURS = Text("horas", "hours")
A_DAY = Text("por día", "a day")
A_WEEK = Text("por semana", "a week")
IN_ALL = Text("en total", "in all")
GONE = Text(
    "Esa fila ya no está. Elija otra o deje la casilla vacía.",
    "That row is no longer there. Choose another, or leave this empty.",
)
FILE = Text("archivo", "file")
FILES = Text("archivos", "files")
