"""What may be seen of one place, found the long way: every demand by itself, each able to say no."""

from __future__ import annotations

from typing import Any

from app.formats.completeness import applies
from app.formats.spec import Klass
from app.reserving.envelope import COUNT, OWN, RECIPIENT, SECRETARIAT, SPONSORS
from app.reserving.masks import AS_COARSE, FITS
from app.reserving.rule import Direction, Effect, Of, Rule
from app.reserving.targets import Target, targets
from tests.reserving.worlds import World

ALL, NONE = "all", "none"
CARRYING = ("exchange_ref", "report_kind", "tlp", "purpose")
"""Without which no unit knows what reached it: no reservation touches them."""
MARKED_FOR = {
    "RED": "named", "AMBER_STRICT": "named", "AMBER": "named country figures",
    "GREEN": "named country members figures", "CLEAR": "named country members figures public",
}  # fmt: skip


def sight(world: World, place: str, row: dict[str, Any] | None = None) -> str:
    """ALL, NONE, or the mask through which the answer (of this row) is seen."""
    if world.reader.kind == OWN:
        return ALL
    if any(_whole(world, ground, None, as_ground=True) != ALL for ground in _grounds(world, place)):
        return NONE
    return _whole(world, place, row, as_ground=False)


def _whole(world: World, place: str, row: dict[str, Any] | None, as_ground: bool) -> str:
    """The same of a place and what it is computed from."""
    masks = {
        alone(world, place, row, as_ground=as_ground),
        *(_source(world, place, source, row, as_ground) for source in _sources(world, place)),
    } - {ALL}
    return ALL if not masks else NONE if NONE in masks or len(masks) > 1 else masks.pop()


def alone(
    world: World,
    place: str,
    row: dict[str, Any] | None,
    only_rules: bool = False,
    as_ground: bool = False,
) -> str:
    """The same of a place by itself."""
    sent, reader = world.sent, world.reader
    target = targets(world.form)[place]
    order = list(Klass)
    klass = order[max(order.index(target.klass), order.index(sent.raised.get(place, Klass.PUBLIC)))]
    demands = [
        _rule(world, each, target, klass, row, as_ground)
        for each in world.rules
        if _hears(world, each)
    ]
    if not only_rules or klass != target.klass:
        demands.append(ALL if _class_lets(world, target, klass) else NONE)
    if reader.country and reader.country in sent.bars:
        demands.append(NONE)
    if reader.kind != SECRETARIAT and _stands(world) not in MARKED_FOR.get(sent.tlp, "").split():
        demands.append(NONE)
    masks = set(demands) - {ALL}
    return ALL if not masks else NONE if NONE in masks or len(masks) > 1 else masks.pop()


def _stands(world: World) -> str:
    reader = world.reader
    if reader.kind in (COUNT, SPONSORS):
        return "figures" if reader.kind == COUNT else "public"
    if reader.kind != RECIPIENT or not reader.is_named:
        return "nowhere"
    if not reader.is_forwarded:
        return "named"
    return "country" if reader.country in world.sent.recipients else "members"


def _class_lets(world: World, target: Target, klass: Klass) -> bool:
    sent, reader = world.sent, world.reader
    if reader.kind == SPONSORS:
        return klass is Klass.PUBLIC
    if reader.kind == COUNT:
        return klass in (Klass.PUBLIC, Klass.MEMBERS, Klass.RESTRICTED)
    if reader.kind == SECRETARIAT:
        return target.section == "envelope" and klass not in (Klass.PERSONAL, Klass.SECRET)
    if reader.kind != RECIPIENT or not reader.is_named:
        return False
    if klass in (Klass.PERSONAL, Klass.SECRET):
        if "STATISTICS" in (sent.purpose, reader.purpose) or sent.purpose != reader.purpose:
            return False
        addressed = target.place == "national_case_ref" and not reader.is_forwarded
        return klass is Klass.PERSONAL or addressed or target.place in reader.released
    return True


def _hears(world: World, rule: Rule) -> bool:
    sent, reader = world.sent, world.reader
    called = {SECRETARIAT: "ST", COUNT: "ST", SPONSORS: "SPONSORS"}.get(reader.kind, reader.country)
    senders = {sent.sender, *sent.forwarded_by}
    if (rule.valid_from and sent.at < rule.valid_from) or (
        rule.valid_to and sent.at > rule.valid_to
    ):
        return False
    if rule.purposes and not rule.purposes & {sent.purpose, reader.purpose}:
        return False
    others = {called}
    if rule.direction is Direction.RECEIVE:
        if rule.country != reader.country:
            return False
        others = senders
    elif rule.country not in senders:
        return False
    if rule.direction is Direction.ONWARD and not reader.is_forwarded:
        return False
    if rule.direction is Direction.AGGREGATE and reader.kind != COUNT:
        return False
    abroad = others - {rule.country}
    return bool(abroad & rule.counterparts if rule.counterparts else abroad)


def _rule(
    world: World,
    rule: Rule,
    target: Target,
    klass: Klass,
    row: dict[str, Any] | None,
    as_ground: bool,
) -> str:
    chosen = rule.selector.value
    hit = {
        Of.KEY: chosen in (target.place, target.place.partition(".")[0]),
        Of.SECTION: chosen == target.section,
        Of.CLASS: chosen == klass.value,
        Of.TLP: chosen == world.sent.tlp,
    }[rule.selector.of]
    if not hit or target.place in CARRYING or rule.effect is Effect.ALLOW:
        return ALL
    if rule.effect is Effect.AFTER_APPROVAL:
        return ALL if rule.id in world.approvals else NONE
    if rule.effect is Effect.CONSENT_ONLY:
        return ALL if not as_ground and _consents(world, target, row) else NONE
    if rule.effect is Effect.MASK:
        return str(rule.mask) if target.field.kind.name in FITS[str(rule.mask)] else NONE
    return NONE


def _consents(world: World, target: Target, row: dict[str, Any] | None) -> bool:
    """Consent that hangs on consent is no consent."""
    place = "persons.consent"
    if target.place == place or place not in targets(world.form):
        return False
    if sight(world, place, None) != ALL:
        return False
    if not applies(world.form, world.form.field("persons"), world.case):
        return False
    of_person = target.place.startswith("persons.") and row is not None
    given = [row] if of_person else world.case.get("persons") or []
    return bool(given) and all(
        (each or {}).get("consent") in ("GIVEN", "GIVEN_BY_GUARDIAN") for each in given
    )


def _source(
    world: World, place: str, source: str, row: dict[str, Any] | None, as_ground: bool
) -> str:
    seen = alone(world, source, row, only_rules=True, as_ground=as_ground)
    formula = targets(world.form)[place].field.options.get("formula")
    by_person = place.startswith("persons.") and not source.startswith("persons.")
    if by_person and alone(world, source, row, only_rules=True, as_ground=True) == NONE:
        return NONE  # also where it hangs on the consent of all
    if seen in (ALL, NONE):
        return seen
    return ALL if formula in AS_COARSE.get(seen, ()) else NONE


def _sources(world: World, place: str) -> set[str]:
    found = set(targets(world.form)[place].sources)
    return found.union(*(_sources(world, each) for each in found))


def _grounds(world: World, place: str) -> set[str]:
    found = set(targets(world.form)[place].grounds)
    return found.union(*(_grounds(world, each) for each in found))
