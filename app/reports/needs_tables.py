"""How are needs listed one by one: in the order of 2004, and country by country?"""

from __future__ import annotations

from typing import Literal

from app.documents.model import Column, Row, Table
from app.formats.spec import Text
from app.reports import sentences as say
from app.reports import words
from app.reports.dimensions import NOT_NAMED
from app.reports.figures import ListedNeed
from app.reports.sentences import Sentences


class NeedsTables:
    """The lists of a report in one language; a need has the same number in all of them."""

    def __init__(self, needs: tuple[ListedNeed, ...], sentences: Sentences) -> None:
        self.lang, self.sentences = sentences.lang, sentences
        self.numbered = tuple(enumerate(needs, 1))
        self.has_groups = any(need.group for need in needs)

    def in_the_order_of_2004(self) -> Table:
        """All needs: thematic content, participant profile and number, duration."""
        return Table(
            key="needs",
            title=say.CONTENT.say(self.lang),
            columns=(
                self._column("number", say.NUMBER, 6, "number"),
                self._column("theme", words.THEME, 30),
                self._column("audience", say.AUDIENCE, 32),
                self._column("participants", words.PARTICIPANTS, 13, "number"),
                self._column("length", words.DURATION, 20),
                self._column("country", words.COUNTRY, 14),
                *((self._column("group", words.GROUP, 20),) if self.has_groups else ()),
            ),
            rows=tuple(self._row(number, need) for number, need in self.numbered),
        )

    def _row(self, number: int, need: ListedNeed) -> Row:
        themes = "; ".join(theme.label.say(self.lang) for theme in need.themes)
        return (
            number, themes, self.sentences.audience(need), need.participants,
            need.length.say(self.lang), need.country.label.say(self.lang),
            *((need.group and need.group.label.say(self.lang),) if self.has_groups else ()),
        )  # fmt: skip

    def of_country(self, country: str, name: str) -> Table:
        """What else is known of the needs of one country, or of those whose country is not named."""
        is_named = country != NOT_NAMED
        of_named = (
            self._column("title", say.NEED, 32),
            self._column("reference", say.REFERENCE, 19),
        )
        return Table(
            key=f"annex-{country}",
            title=f"{words.NEEDS.say(self.lang)}: {name}",
            columns=(
                self._column("number", say.NUMBER, 6, "number"),
                *(of_named if is_named else ()),
                self._column("modality", words.MODALITY, 18),
                self._column("languages", say.LANGUAGES, 16),
                self._column("urgency", words.URGENCY, 16),
                self._column("hours", words.COURSE_HOURS, 9, "hours"),
            ),
            rows=tuple(
                self._annex_row(number, need, is_named=is_named)
                for number, need in self.numbered
                if need.country.code == country
            ),
        )

    def _annex_row(self, number: int, need: ListedNeed, *, is_named: bool) -> Row:
        languages = "; ".join(each.label.say(self.lang) for each in need.languages)
        return (
            number, *((need.title, need.reference) if is_named else ()),
            need.modality.label.say(self.lang), languages, need.urgency.label.say(self.lang),
            need.course_hours,
        )  # fmt: skip

    def _column(
        self, key: str, header: Text, width: float,
        kind: Literal["text", "number", "hours"] = "text",
    ) -> Column:  # fmt: skip
        return Column(key=key, header=header.say(self.lang), kind=kind, width=width)
