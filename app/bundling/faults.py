"""Which conditions can a plan break, and how is each said: shortly for a log, and in words for people?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.bundling.words import Called, places
from app.formats.spec import Text
from app.matching.wording import say

KINDS: Mapping[str, str] = MappingProxyType({
    "courses_of_group": "has {times} courses",
    "length": "does not last as long as planned",
    "host_days": "lies in no window of the host",
    "horizon": "lies outside the time looked at",
    "too_few": "has too few places",
    "too_many": "has too many places",
    "countries": "is for fewer than {countries} countries",
    "other_group": "has places for a need of another group",
    "asked": "{need} has more places than it asked for, or none",
    "need_days": "{need} cannot take part on these days",
    "need_language": "{need} does not know the language",
    "cost": "{line} costs something else",
    "sum": "{line} does not add up",
    "uncovered": "{line} must be covered and is not",
    "nothing": "{party} pays nothing or less",
    "host_line": "the host does not cover {line}",
    "sponsor_line": "{party} did not offer {line}",
    "sponsor_days": "{party} cannot spend on these days",
    "sponsor_countries": "{party} pays for a country that it left out",
    "party_language": "{party} did not offer this language",
    "party_theme": "{party} did not offer this theme",
    "overlap": "parts of {line} overlap",
    "part": "more is paid for a part of {line} than it costs",
    "hosts": "{party} holds {times} courses",
    "serves": "{party} serves too many courses",
    "share": "{party} pays more of {line} than it offered",
    "amount": "{party} pays more than it offered",
    "unserved": "{need}: places served and unserved are not those asked for",
    "covered": "the need covered is another",
    "gap": "the gap is another",
    "money": "the money is another",
})  # fmt: skip
"""Kind of a fault -> how a log names it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A condition that is broken: its kind and facts, and of which group's course where it is of one."""

    kind: str
    facts: tuple[tuple[str, Any], ...] = ()
    group: str = ""

    @classmethod
    def of(cls, kind: str, group: str = "", **facts: Any) -> Fault:
        return cls(kind, tuple(facts.items()), group)

    def __str__(self) -> str:
        said = KINDS[self.kind].format(**dict(self.facts))
        return (
            f"{self.group}{' ' if self.kind == 'courses_of_group' else ': '}{said}"
            if self.group
            else said
        )


def in_words(fault: Fault, called: Called) -> Text:
    """A fault as a sentence for whoever changed a proposal."""
    facts, parts = dict(fault.facts), {}
    for name, said in (("need", called.need), ("line", called.line), ("party", called.party)):
        if name in facts:
            parts[name] = said(facts[name])
    for name in ("times", "countries"):
        if name in facts:
            parts[name] = Text(str(facts[name]), str(facts[name]))
    if "seats" in facts:
        parts["seats"] = places(facts["seats"])
    return say(SAID[fault.kind].es, SAID[fault.kind].en, **parts)


SAID: Mapping[str, Text] = MappingProxyType({
    "courses_of_group": Text("Un grupo tendría {times} cursos; puede tener uno.",
                             "A group would have {times} courses; it can have one."),
    "length": Text("El curso no duraría lo previsto.", "The course would not last as long as planned."),
    "host_days": Text("La sede no puede en esos días.", "The host cannot on these days."),
    "horizon": Text("Esos días quedan fuera del plazo que se consideró.",
                    "These days lie outside the time that was looked at."),
    "too_few": Text("El curso tendría menos cupos que el curso más pequeño permitido.",
                    "The course would have fewer places than the smallest course allowed."),
    "too_many": Text("El curso tendría más cupos de los que admiten la sede o el grupo.",
                     "The course would have more places than the host or the group allows."),
    "countries": Text("El curso sería para menos de {countries} países.",
                      "The course would be for fewer than {countries} countries."),
    "other_group": Text("El curso tendría cupos para una necesidad de otro grupo.",
                        "The course would have places for a need of another group."),
    "asked": Text("{need} tendría más de lo que pide: {seats}.",
                  "{need} would have more than it asks for: {seats}."),
    "need_days": Text("{need} no puede participar en esos días.", "{need} cannot take part on these days."),
    "need_language": Text("{need} no pide cursos en ese idioma.",
                          "{need} does not ask for courses in this language."),
    "cost": Text("Según los costos previstos, este rubro cuesta otra cifra: {line}.",
                 "By the planned costs, this line costs another sum: {line}."),
    "sum": Text("Lo pagado y lo que falta no suman el costo de {line}.",
                "What is paid and what is missing do not add up to the cost of {line}."),
    "uncovered": Text("Debe estar cubierto por completo y no alcanza: {line}.",
                      "This must be covered in full and there is not enough: {line}."),
    "nothing": Text("{party} no pagaría nada.", "{party} would pay nothing."),
    "host_line": Text("La sede no cubre {line}.", "The host does not cover {line}."),
    "sponsor_line": Text("{party} no ofreció {line}.", "{party} did not offer {line}."),
    "sponsor_days": Text("{party} no puede gastar en esos días.", "{party} cannot spend on these days."),
    "sponsor_countries": Text("{party} pagaría a un país que su ofrecimiento no incluye.",
                              "{party} would pay for a country that its offer does not include."),
    "party_language": Text("{party} no ofreció cursos en ese idioma.",
                           "{party} did not offer courses in this language."),
    "party_theme": Text("{party} no ofreció cursos sobre ese tema.",
                        "{party} did not offer courses on this theme."),
    "overlap": Text("Una parte de {line} se pagaría dos veces.", "A part of {line} would be paid twice."),
    "part": Text("De una parte de {line} se pagaría más de lo que cuesta.",
                 "More would be paid for a part of {line} than it costs."),
    "hosts": Text("{party} sería sede de {times} cursos, más de los que ofreció.",
                  "{party} would host {times} courses, more than it offered."),
    "serves": Text("{party} serviría a más cursos de los que ofreció.",
                   "{party} would serve more courses than it offered."),
    "share": Text("{party} daría para {line} más de lo que ofreció.",
                  "{party} would give more for {line} than it offered."),
    "amount": Text("{party} pagaría más de lo que ofreció.", "{party} would pay more than it offered."),
    "unserved": Text("Los cupos de {need} y los que quedan sin atender no suman los pedidos.",
                     "The places of {need} and those left unserved do not add up to those asked for."),
    "covered": Text("La necesidad cubierta es otra.", "The need covered is another."),
    "gap": Text("Lo que queda por buscar es otra cifra.", "What is still to be sought is another sum."),
    "money": Text("El dinero gastado es otra cifra.", "The money spent is another sum."),
})  # fmt: skip
"""Kind of a fault -> its sentence in both languages."""
