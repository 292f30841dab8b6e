"""Which words help somebody who fills in a workbook without a line?"""

from __future__ import annotations

from flask_babel import gettext as _

from app.formats.sheet_columns import SheetColumn, offer_of
from app.formats.spec import Field, Format
from app.intake.sheets.layout import MOST_RECORDS


def steps() -> list[str]:
    """The instructions, in order."""
    return [
        _("Each row of the second sheet is one record. Begin in the first white row. Row numbers are there already; rows you leave empty do not count."),
        _("Columns with a star are needed to certify. You may leave them empty now: a draft can wait."),
        _("Some columns offer a list: choose from it with the small arrow. A label in Spanish or English is understood, and so is its code."),
        _("Where several answers fit, use the columns 1, 2 and the last one; in the last one you may write several, one to a line (Alt+Enter)."),
        _("The other sheets hold the rows of tables. In their first column write the number of the row to which they belong."),
        _("Write numbers and dates as you do at home. A formula is refused: put its result."),
        _("To change a draft, leave its reference. To make a new one, leave the reference empty. To leave a draft as it is, delete its row."),
        _("You may move columns, sort rows and change headings. Do not delete the hidden row above the answers: it holds the keys."),
        _("Files are attached in Enlace, not here."),
        _("A workbook takes at most %(most)s records. Save it as Excel (.xlsx) without macros, and send it in on the same page from which it came.", most=MOST_RECORDS),
    ]  # fmt: skip


def hint(form: Format, column: SheetColumn, lang: str) -> str:
    """What stands above a column: help, how to write it, and when it counts."""
    asked = column.field
    said = [
        asked.help.say(lang) if asked.help and column.part in ("", "1", "count", "code") else ""
    ]
    if asked.kind.name == "texts":
        said.append(_("One to a line (Alt+Enter)."))
    if column.shape == "money":
        said.append(_("Only the figure; the currency stands beside it."))
    said.append(_condition(form, asked, lang))
    return " ".join(filter(None, said))


def _condition(form: Format, asked: Field, lang: str) -> str:
    """When the question counts, in words; "" where it always does."""
    if asked.when is None or asked.when.field not in form:
        return ""
    named = form.field(asked.when.field)
    offer = offer_of(named)
    words = {code: label.say(lang) for code, label in offer.codes} if offer else {}
    answers = ", ".join(words.get(code, code) for code in asked.when.any_of)
    return _("Only if “%(question)s” is: %(answers)s.", question=named.label.say(lang),
             answers=answers)  # fmt: skip
