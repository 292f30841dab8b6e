"""Do the Secretariat's words tell a sponsor which country asks, where that country goes unnamed?

What its country wrote and released is its own affair. What the Secretariat writes beside it reaches
a sponsor unseen by the country, so it is held against what the country is called by. One rule holds for
all words that are the Secretariat's own: no country is named but those that stand there by their consent,
and least of all one that said no.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from app.extensions import db
from app.formats.countries import MEMBERS
from app.formats.words import N_
from app.organisations import naming
from app.organisations.models import Organisation
from app.policy.actor import OrganisationKind
from app.summaries.queries import OpenedSummary
from app.web.errors import Refusal

NAMES_COUNTRY = N_(
    "“%(word)s” tells sponsors which country asks, and its name is withheld from them. Say it in "
    "other words."
)


NAMES_A_COUNTRY = N_(
    "“%(word)s” names a country, and sponsors read this without knowing who takes part. Say it in "
    "other words."
)
NAMES_ANOTHER = N_(
    "“%(word)s” names another country than the one that reads this. Say it in other words."
)


def is_unnamed(opened: OpenedSummary) -> bool:
    """Whether a sponsor reads the summary without the name of its country."""
    return json.loads(opened.summary.preview)["country"] is None


def refuse_naming(opened: OpenedSummary, written: Mapping[str, str]) -> None:
    """Refusal at the first field whose text names a country that goes unnamed."""
    if is_unnamed(opened):
        refuse_naming_any([opened], written)


def refuse_naming_any(unnamed: Iterable[OpenedSummary], written: Mapping[str, str]) -> None:
    """Refusal at the first field whose text names one of several countries that go unnamed."""
    refuse_names({name for opened in unnamed for name in _names(opened)}, written)


def refuse_names(
    names: Set[naming.Phrase], written: Mapping[str, str], message: str = NAMES_COUNTRY
) -> None:
    """Refusal at the first field whose text holds one of these names."""
    for field, text in written.items():
        if word := naming.found(text, names):
            raise Refusal(message, field=field, word=word)


def refuse_untold(
    written: Mapping[str, str], told: Collection[str], unnamed: Iterable[OpenedSummary] = ()
) -> None:
    """Refusal at the first field whose text names a country, but those that its readers were told.

    Of the summaries behind it whose countries go unnamed, nothing else that leads to them may stand
    there either.
    """
    refuse_naming_any(unnamed, written)
    refuse_any_country(written, but=told)


def refuse_others(written: Mapping[str, str], reader: Organisation) -> None:
    """Refusal at the first field whose text tells a country of another one."""
    refuse_names(names_of_others([reader.country or ""]), written, NAMES_ANOTHER)


def refuse_any_country(written: Mapping[str, str], but: Collection[str] = ()) -> None:
    """Refusal at the first field whose text names a delegation or a member country, but these."""
    refuse_names(names_of_others(but), written, NAMES_A_COUNTRY)


def names_of_others(told: Collection[str]) -> set[naming.Phrase]:
    """What every delegation and member country but these is called."""
    others = [each for each in delegations() if each.country not in told]
    return names_of(others) | of_members_but(told)


def delegations() -> list[Organisation]:
    """Every delegation there is, those that ended too."""
    return list(
        db.session.scalars(
            db.select(Organisation).where(Organisation.kind == OrganisationKind.DELEGATION.value)
        )
    )


def of_members_but(told: Collection[str]) -> set[naming.Phrase]:
    """What every member country but these is called."""
    return {name for country in sorted(set(MEMBERS) - set(told))
            for name in naming.of_country(country)}  # fmt: skip


def names_of(delegations: Collection[Organisation]) -> set[naming.Phrase]:
    """What these delegations, their countries and their people are called."""
    return set[naming.Phrase]().union(*naming.of_each(delegations).values())


def _names(opened: OpenedSummary) -> Iterator[naming.Phrase]:
    yield from naming.of_delegation(opened.organisation)
    yield naming.phrase(opened.dossier.reference)
    yield from naming.of_person(opened.version.certified_name)
