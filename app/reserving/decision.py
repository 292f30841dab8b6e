"""May this reader be told this answer? The most restrictive of law, list, mark, class and every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.formats.in_part import RECEIVER, SENDER
from app.formats.spec import Format, Klass
from app.reserving import classes, masks, tlp
from app.reserving.envelope import OWN, SECRETARIAT, Envelope, Reader
from app.reserving.rule import Effect, Rule
from app.reserving.targets import Target, targets

LAW, CLASS = "law", "class"
PERSONS, CONSENT = "persons", "persons.consent"
"""The table of persons, and where each one's consent is written."""
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one place for one reader.

    `by` is whose word is the strictest. `waits_for` are rules whose authority has not approved it yet,
    `masks` what the answer is coarsened by, `needs_consent` that each person's own consent decides.
    Where it does not exist for the reader there is no sign of the question.
    """

    effect: Effect = Effect.ALLOW
    by: str = ""
    masks: frozenset[str] = NOTHING
    waits_for: frozenset[str] = NOTHING
    needs_consent: bool = False
    discloses: bool = True
    exists: bool = True

    @property
    def mask(self) -> str | None:
        """What the answer is shown through."""
        return next(iter(self.masks), None)

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of the answer is shown, whatever it is."""
        return not self.exists or self.effect is Effect.DENY or bool(self.waits_for)

    @property
    def is_open(self) -> bool:
        """Whether the answer is shown as it is, whatever it is."""
        return not (self.is_withheld or self.masks or self.needs_consent)

    def rank(self) -> tuple[int, bool]:
        """How strict it is; between two countries that are as strict the sender's word is told."""
        return self.effect.severity, self.by != RECEIVER

    def met_with(self, other: Decision) -> Decision:
        """Both at once: never more than either of them lets through.

        Two masks are not one: what is coarse in two ways may be fine together.
        """
        found = self.masks | other.masks
        effect = max(self.effect, other.effect, key=lambda each: each.severity)
        return Decision(
            effect=Effect.DENY if len(found) > 1 else effect,
            by=max(self, other, key=Decision.rank).by,
            masks=found,
            waits_for=self.waits_for | other.waits_for,
            needs_consent=self.needs_consent or other.needs_consent,
            discloses=self.discloses and other.discloses,
            exists=self.exists and other.exists,
        )


ALLOWED = Decision()
UNTOLD = Decision(Effect.DENY, LAW, discloses=False, exists=False)


def decide(
    target: Target,
    envelope: Envelope,
    reader: Reader,
    rules: Iterable[Rule],
    approvals: frozenset[str] = NOTHING,
) -> Decision:
    """The decision for one place by itself; `decisions` adds what follows from others.

    `approvals` are ids of rules whose authority approved this communication for this reader.
    """
    heard = [rule for rule in rules if rule.concerns(envelope, reader)]
    return Asking(envelope, reader, heard, approvals).alone(target)


def demanded(rule: Rule, target: Target, reader: Reader, approvals: frozenset[str]) -> Decision:
    """What one rule demands of one place; what a mask cannot coarsen is withheld."""
    by = RECEIVER if rule.country == reader.country else SENDER
    if rule.effect is Effect.AFTER_APPROVAL:
        if rule.id in approvals:
            return ALLOWED
        return Decision(rule.effect, by, waits_for=frozenset({rule.id}), discloses=rule.discloses)
    if rule.effect is Effect.CONSENT_ONLY:
        return Decision(rule.effect, by, needs_consent=True, discloses=rule.discloses)
    if rule.effect is Effect.MASK and rule.mask and masks.fits(rule.mask, target.field):
        return Decision(rule.effect, by, masks=frozenset({rule.mask}), discloses=rule.discloses)
    if rule.effect is Effect.ALLOW:
        return ALLOWED
    return Decision(Effect.DENY, by, discloses=rule.discloses)


@dataclass(frozen=True, slots=True)
class Asking:
    """One reader before one communication, with the rules that have a say."""

    envelope: Envelope
    reader: Reader
    rules: list[Rule]
    approvals: frozenset[str]

    def alone(self, target: Target) -> Decision:
        """The decision for a place, whatever it hangs on."""
        if self.reader.kind == OWN:
            return ALLOWED
        if self.reader.country and self.reader.country in self.envelope.bars:
            return UNTOLD
        klass = classes.class_in(target, self.envelope)
        if not classes.exists_for(target, klass, self.reader) or not self._mark_permits():
            return UNTOLD
        return self._by_class(target, klass).met_with(self._by_rules(target, klass))

    def of_source(self, source: Target) -> Decision:
        """What holds for all that is computed from this place."""
        klass = classes.class_in(source, self.envelope)
        by_rules = self._by_rules(source, klass)
        return (
            by_rules if klass is source.klass else self._by_class(source, klass).met_with(by_rules)
        )

    def _by_class(self, target: Target, klass: Klass) -> Decision:
        may_read = classes.permits(target.place, klass, self.envelope, self.reader)
        if may_read and classes.exists_for(target, klass, self.reader):
            return ALLOWED
        return Decision(Effect.DENY, CLASS, discloses=False)

    def _mark_permits(self) -> bool:
        """The Secretariat reads envelopes, whose mark is among what it reads."""
        is_secretariat = self.reader.kind == SECRETARIAT
        return is_secretariat or tlp.permits(self.envelope.tlp, self.envelope, self.reader)

    def _by_rules(self, target: Target, klass: Klass) -> Decision:
        found = ALLOWED
        for rule in self.rules:
            if rule.selector.selects(target, klass, self.envelope.tlp):
                found = found.met_with(demanded(rule, target, self.reader, self.approvals))
        return found


def decisions(
    form: Format,
    envelope: Envelope,
    reader: Reader,
    rules: Iterable[Rule],
    approvals: frozenset[str] = NOTHING,
) -> Mapping[str, Decision]:
    """Place -> decision, each with what follows from the places it hangs on."""
    known = targets(form)
    heard = [rule for rule in rules if rule.concerns(envelope, reader)]
    asking = Asking(envelope, reader, heard, approvals)
    alone = {place: asking.alone(target) for place, target in known.items()}
    if reader.kind == OWN:
        return alone
    sourced = {
        place: _with_sources(target, known, alone[place], asking) for place, target in known.items()
    }
    return {place: _on_grounds(target, known, sourced) for place, target in known.items()}


def _with_sources(
    target: Target, known: Mapping[str, Target], found: Decision, asking: Asking
) -> Decision:
    """What follows from others follows their reservations.

    That it has a milder class than its source (an age band, and a date of birth) is what the format says:
    of sources their rules are asked, and their class only where it was raised in this record.
    """
    for source in hanging_on(target.sources, known, "sources"):
        found = found.met_with(as_source(asking.of_source(known[source]), known[source], target))
    return found


def _on_grounds(
    target: Target, known: Mapping[str, Target], sourced: Mapping[str, Decision]
) -> Decision:
    """Where a ground is not open, what counts by it would tell it by being there: it is not there."""
    found = sourced[target.place]
    if all(sourced[ground].is_open for ground in hanging_on(target.grounds, known, "grounds")):
        return found
    return replace(found, effect=Effect.DENY, exists=False)


def hanging_on(
    places: Iterable[str], known: Mapping[str, Target], what: Literal["grounds", "sources"]
) -> Iterator[str]:
    """All a place hangs on, also by way of others."""
    for place in places:
        yield place
        yield from hanging_on(getattr(known[place], what), known, what)


def as_source(source: Decision, of: Target, target: Target) -> Decision:
    """Where a source is coarsened, what is computed tells no more only if it is as coarse itself."""
    if source.needs_consent and target.key == PERSONS and of.key != PERSONS:
        # One person's consent opens what is told of that person, and not what is told of the case.
        source = replace(source, effect=Effect.DENY)
    if not source.masks or source.effect is Effect.DENY:
        return source
    if target.field.options.get("formula") not in masks.AS_COARSE.get(source.mask or "", NOTHING):
        return replace(source, masks=NOTHING, effect=Effect.DENY)
    rest = Effect.AFTER_APPROVAL if source.waits_for else Effect.ALLOW
    return replace(
        source, masks=NOTHING, effect=Effect.CONSENT_ONLY if source.needs_consent else rest
    )
