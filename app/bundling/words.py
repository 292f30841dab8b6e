"""How are a proposal and its reasons put, in Spanish and in English at once?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.bundling.plan import Course, Plan, Reason
from app.formats.spec import Text
from app.matching.wording import after, count, day, days, listed, say


@dataclass(frozen=True)
class Called:
    """How whoever reads it calls hosts and sponsors, cost lines and languages."""

    parties: Mapping[str, Text]
    lines: Mapping[str, Text]
    languages: Mapping[str, Text]
    needs: Mapping[str, Text] = field(default_factory=dict)
    """Wanted where faults are told."""

    def party(self, key: str) -> Text:
        """A host or sponsor."""
        return self.parties.get(key, Text(key, key))

    def need(self, key: str) -> Text:
        """A need, by its country and reference."""
        return self.needs.get(key, Text(key, key))

    def line(self, key: str) -> Text:
        """A cost line, as it stands within a sentence."""
        return _small(self.lines.get(key, Text(key, key)))

    def language(self, key: str) -> Text:
        """A language, as it stands within a sentence."""
        label = self.languages.get(key, Text(key, key))
        return Text(label.es[:1].lower() + label.es[1:], label.en)

    def all_lines(self, keys: Iterable[str]) -> Text:
        """Cost lines, one after another."""
        return listed(self.line(key) for key in keys)


def dollars(cents: int) -> Text:
    """An amount in US dollars, written alike in both languages: the region puts the decimal point as English does."""
    said = f"USD {cents // 100:,}.{cents % 100:02}"
    return Text(said, said)


def places(number: int) -> Text:
    """ "1 cupo", "12 cupos"."""
    return count(number, Text("cupo", "place"), Text("cupos", "places"))


def reason(of: Reason, called: Called) -> Text:
    """A reason as a sentence or two."""
    return _SAID[of.kind](dict(of.facts), called)


def payments(course: Course, called: Called) -> tuple[Text, ...]:
    """Who could pay what, line by line: a proposal, to which nobody is bound."""
    paid: Counter[tuple[str, str, bool]] = Counter()
    for each in course.payments:
        paid[each.payer, each.line, each.in_kind] += each.amount
    return tuple(
        say("{payer} podría cubrir {line} en especie ({amount}).",
            "{payer} could cover {line} in kind ({amount}).",
            payer=called.party(payer), line=called.line(line), amount=dollars(amount))
        if in_kind else
        say("{payer} podría pagar {amount} de {line}.", "{payer} could pay {amount} of {line}.",
            payer=called.party(payer), line=called.line(line), amount=dollars(amount))
        for (payer, line, in_kind), amount in sorted(paid.items())
    )  # fmt: skip


def gap(course: Course, called: Called) -> Text:
    """What remains to be sought for a course."""
    if not course.gaps:
        return Text("No queda nada por financiar.", "Nothing is left to be funded.")
    lines = listed(
        say(
            "{amount} para {line}", "{amount} for {line}", amount=dollars(n), line=called.line(line)
        )
        for line, n in course.gaps
    )
    return say("Queda por buscar: {lines}.", "Still to be sought: {lines}.", lines=lines)


ENDED_BY_TIME = Text(
    "La búsqueda terminó por tiempo: si se repite, puede encontrar otro plan.",
    "Time ended the search: made once more, it may find another plan.",
)


def proof(plan: Plan) -> Text:
    """How good the plan is, as far as was proven, and whether it would be the same if made once more."""
    return _proven(plan) if plan.proof.is_in_time else after(_proven(plan), ENDED_BY_TIME)


def _proven(plan: Plan) -> Text:
    if plan.is_proven:
        return Text(
            "Está demostrado: ningún otro plan cubre más necesidad ni, con la misma, deja menos "
            "sin financiar ni gasta menos.",
            "Proven: no other plan covers more need, nor leaves a smaller gap or spends less while "
            "covering as much.",
        )
    if plan.better_at_most:
        return say(
            "Es lo mejor que se encontró. Otro plan podría cubrir como máximo un {percent} % más.",
            "This is the best that was found. Another plan could cover {percent}% more at most.",
            percent=plan.better_at_most,
        )
    if plan.gap > plan.proof.gap_at_least:
        return say(
            "Está demostrado que ningún otro plan cubre más necesidad. El monto sin financiar es el menor "
            "que se encontró; ninguno puede ser menor de {amount}.",
            "It is proven that no other plan covers more need. The gap is the smallest that was "
            "found; none can be below {amount}.",
            amount=dollars(plan.proof.gap_at_least),
        )
    return Text(
        "Está demostrado que ningún otro plan cubre más necesidad ni, con la misma, deja menos sin "
        "financiar. Tal vez otro gaste menos.",
        "It is proven that no other plan covers more need, nor leaves a smaller gap while covering as "
        "much. Another might spend less.",
    )


def _small(label: Text) -> Text:
    return Text(*(words[:1].lower() + words[1:] for words in (label.es, label.en)))


def _host(facts: Mapping[str, Any], called: Called) -> Text:
    host = called.party(facts["host"])
    if facts["of"] == 1:
        return say(
            "{host} es la única sede cuyos temas, fechas, idiomas y cupos convienen.",
            "{host} is the only host whose themes, days, languages and places suit.", host=host,
        )  # fmt: skip
    if facts["is_best"]:
        return say(
            "Convienen {of} sedes; con ninguna otra que {host} serviría mejor el plan en su conjunto.",
            "{of} hosts suit; with none other than {host} would the plan as a whole serve better.",
            host=host, of=facts["of"],
        )  # fmt: skip
    return say(
        "Convienen {of} sedes; en el mejor plan que se encontró es {host}.",
        "{of} hosts suit; in the best plan that was found it is {host}.",
        host=host, of=facts["of"],
    )  # fmt: skip


def _when(facts: Mapping[str, Any], _called: Called) -> Text:
    if facts["of"] == 1:
        return say(
            "Del {first} al {last}: en esos días puede participar quien pidió la necesidad.",
            "From {first} to {last}: on these days whoever has the need could take part.",
            first=day(facts["first"]), last=day(facts["last"]),
        )  # fmt: skip
    return say(
        "Del {first} al {last}: en esos días puede participar quien pidió {needs} de las {of} necesidades del grupo.",
        "From {first} to {last}: on these days {needs} of the group’s {of} needs could be served.",
        first=day(facts["first"]), last=day(facts["last"]), needs=facts["needs"], of=facts["of"],
    )  # fmt: skip


def _tongue(facts: Mapping[str, Any], called: Called) -> Text:
    if not facts["language"]:
        return Text("Nadie puso condiciones de idioma.", "Nobody set a condition on the language.")
    if facts["of"] == 1:
        return say("En {language}, que conviene a la necesidad.", "In {language}, which suits the need.",
                   language=called.language(facts["language"]))  # fmt: skip
    return say(
        "En {language}: conviene a {needs} de las {of} necesidades del grupo.",
        "In {language}: this suits {needs} of the group’s {of} needs.",
        language=called.language(facts["language"]), needs=facts["needs"], of=facts["of"],
    )  # fmt: skip


def _fixed(es: str, en: str) -> Callable[[Mapping[str, Any], Called], Text]:
    return lambda _facts, _called: Text(es, en)


def _no_days(facts: Mapping[str, Any], _called: Called) -> Text:
    return say(
        "Ninguna sede que convenga a su tema puede tener en las fechas que pide un curso de {days}.",
        "No host that suits its theme could hold a course of {days} in the time it asks for.",
        days=days(facts["days"]),
    )  # fmt: skip


def _no_language(facts: Mapping[str, Any], called: Called) -> Text:
    return say(
        "Ninguna de las sedes que convienen por tema y fechas ofrece cursos en {languages}.",
        "None of the hosts that suit by theme and days offers courses in {languages}.",
        languages=listed(called.language(each) for each in facts["languages"]),
    )  # fmt: skip


def _too_few(facts: Mapping[str, Any], _called: Called) -> Text:
    return say(
        "Donde podría participar se reúnen {together} como máximo; el curso más pequeño tiene {least}.",
        "Where it could take part, {together} at most come together; the smallest course has {least}.",
        together=places(facts["together"]), least=facts["least"],
    )  # fmt: skip


def _too_small(facts: Mapping[str, Any], _called: Called) -> Text:
    return say(
        "Donde podría participar hay lugar para {room} como máximo; el curso más pequeño tiene {least}.",
        "Where it could take part there is room for {room} at most; the smallest course has {least}.",
        room=places(facts["room"]), least=facts["least"],
    )  # fmt: skip


def _too_few_countries(facts: Mapping[str, Any], _called: Called) -> Text:
    return say(
        "Donde podría participar se reúne {together} como máximo; un curso regional reúne al menos {least}."
        if facts["together"] == 1 else
        "Donde podría participar se reúnen {together} como máximo; un curso regional reúne al menos {least}.",
        "Where it could take part, {together} at most comes together; a regional course joins at least "
        "{least}." if facts["together"] == 1 else
        "Where it could take part, {together} at most come together; a regional course joins at least "
        "{least}.",
        together=_countries(facts["together"]), least=_countries(facts["least"]),
    )  # fmt: skip


def _countries(number: int) -> Text:
    return count(number, Text("país", "country"), Text("países", "countries"))


def _no_payer(facts: Mapping[str, Any], called: Called) -> Text:
    return say(
        "Nadie ofrece pagar ni cubrir, para un curso así, {lines}.",
        "Nobody offers to pay or cover, for such a course, {lines}.",
        lines=called.all_lines(facts["lines"]),
    )  # fmt: skip


def _not_enough(facts: Mapping[str, Any], called: Called) -> Text:
    if facts["lines"]:
        return say(
            "Aun con todo el dinero ofrecido para este solo curso, no alcanzaría para {lines}.",
            "Even with all the money offered for this course alone, there would not be enough for {lines}.",
            lines=called.all_lines(facts["lines"]),
        )  # fmt: skip
    return Text(
        "Aun con todo el dinero ofrecido para este solo curso, no alcanzaría para todo lo que debe "
        "estar cubierto a la vez.",
        "Even with all the money offered for this course alone, there would not be enough for "
        "everything that must be covered together.",
    )


def _others(facts: Mapping[str, Any], _called: Called) -> Text:
    if facts["are_hosts_full"]:
        return Text(
            "Por sí solo el curso podría darse, pero todas las sedes que convienen tienen en este plan "
            "otros cursos, y ningún plan cubre en total más necesidad.",
            "By itself the course could be held, but in this plan every host that suits holds other "
            "courses, and no plan covers more need in all.",
        )
    return Text(
        "Por sí solo el curso podría darse, pero el dinero o las sedes sirven en este plan a otros "
        "cursos, y ningún plan cubre en total más necesidad.",
        "By itself the course could be held, but in this plan the money or the hosts serve other "
        "courses, and no plan covers more need in all.",
    )


def _other_days(facts: Mapping[str, Any], _called: Called) -> Text:
    return say(
        "El curso de su grupo es del {first} al {last}, fuera de las fechas que pide.",
        "Its group’s course is from {first} to {last}, outside the time it asks for.",
        first=day(facts["first"]), last=day(facts["last"]),
    )  # fmt: skip


def _other_language(facts: Mapping[str, Any], called: Called) -> Text:
    return say(
        "El curso de su grupo es en {language}, que no está entre los idiomas que pide.",
        "Its group’s course is in {language}, which is not among the languages it asks for.",
        language=called.language(facts["language"]),
    )  # fmt: skip


def _host_full(facts: Mapping[str, Any], called: Called) -> Text:
    return say(
        "El curso está completo: {host} ofrece lugar para {places}.",
        "The course is full: {host} offers room for {places}.",
        host=called.party(facts["host"]), places=places(facts["places"]),
    )  # fmt: skip


def _group_full(facts: Mapping[str, Any], _called: Called) -> Text:
    return say(
        "El curso está completo: el grupo pide como máximo {places}.",
        "The course is full: the group asks for {places} at most.",
        places=places(facts["places"]),
    )  # fmt: skip


def _no_money_for_place(facts: Mapping[str, Any], called: Called) -> Text:
    if not facts["lines"]:
        return Text(
            "Para un cupo más no alcanza el dinero de lo que debe estar cubierto.",
            "For one more place there is not enough money for what must be covered.",
        )
    return say(
        "Para un cupo más no alcanza el dinero de {lines}.",
        "For one more place there is not enough money for {lines}.",
        lines=called.all_lines(facts["lines"]),
    )  # fmt: skip


_SAID: Mapping[str, Callable[[Mapping[str, Any], Called], Text]] = {
    "host": _host,
    "days": _when,
    "language": _tongue,
    "no_host": _fixed("Nadie ofrece ser sede.", "Nobody offers to host."),
    "no_host_for_theme": _fixed(
        "Nadie ofrece ser sede de cursos sobre su tema.", "Nobody offers to host courses on its theme."
    ),
    "no_days": _no_days,
    "no_language": _no_language,
    "too_few": _too_few,
    "too_small": _too_small,
    "too_few_countries": _too_few_countries,
    "no_payer": _no_payer,
    "not_enough": _not_enough,
    "others_cover_more": _others,
    "other_days": _other_days,
    "other_language": _other_language,
    "host_full": _host_full,
    "group_full": _group_full,
    "left_out": _fixed(
        "Sin el dinero de quienes solo pueden pagar cursos de otros países, no se cubrirían los costos comunes "
        "del curso.",
        "Without the money of those who may only pay for courses of other countries, the course’s common costs "
        "would not be covered.",
    ),
    "no_money_for_place": _no_money_for_place,
    "not_in_best_found": _fixed(
        "Por sí solo el curso podría darse; no está en el mejor plan que se encontró.",
        "By itself the course could be held; it is not in the best plan that was found.",
    ),
    "by_hand": _fixed("La Secretaría Técnica le dio menos cupos a mano.",
                      "The Technical Secretariat gave it fewer places by hand."),
    "not_looked_through": _fixed(
        "La búsqueda terminó antes de haber visto todo.", "The search ended before all was looked at."
    ),
}  # fmt: skip
