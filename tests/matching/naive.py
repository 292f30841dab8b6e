"""What would somebody find who judges a pair by hand, one need, one code and one day at a time?

Written apart from the product: no function of `app.matching` is called here.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

ORDER = ["awareness", "practitioner", "advanced", "expert", "trainer"]


def shares(asked, offered, today):
    """Criterion -> share in whole per cent, or None."""
    found = {
        "theme": _theme(asked, offered),
        "profile": _profile(asked, offered),
        "level": _level(asked, offered),
        "language": _language(asked, offered),
        "window": _window(asked, offered),
        "seats": _seats(asked, offered),
        "eligibility": _eligibility(asked, offered),
        "costs": _costs(asked, offered),
        "modality": _modality(asked, offered),
        "validity": Fraction(0 if offered.valid_until < today else 1),
    }
    return {key: _whole(share) for key, share in found.items()}


def total(asked, offered, today, weights):
    points = 0
    for key, share in shares(asked, offered, today).items():
        points += weights.points[key] * (weights.not_stated if share is None else share)
    return points


def ranking(pairs, today, weights):
    """The keys of those that fail nothing, and of near misses, each from the best; counts of others."""
    fitting, near, others, failed = [], [], 0, {}
    for key, asked, offered in pairs:
        zero = [name for name, share in shares(asked, offered, today).items() if share == 0]
        place = (-total(asked, offered, today, weights), key)
        if zero == []:
            fitting.append(place)
        elif len(zero) == 1 and zero[0] != "theme":
            near.append(place)
        else:
            others += 1
            for name in zero:
                failed[name] = failed.get(name, 0) + 1
    return [key for _, key in sorted(fitting)], [key for _, key in sorted(near)], others, failed


def _whole(share):
    if share is None or share in (0, 1):
        return None if share is None else 100 * int(share)
    whole = 0
    while Fraction(whole + 1, 100) <= share:
        whole += 1
    return whole or 1


def _average(found):
    told = [each for each in found if each is not None]
    if not told:
        return None
    summed = Fraction(0)
    for each in told:
        summed += each
    return summed / len(told)


def _part(asked, offered):
    if not asked:
        return None
    return Fraction(sum(1 for code in asked if code in offered), len(asked))


def _theme(asked, offered):
    return (
        _average(_part(n.themes, offered.themes) for n in asked.needs) if offered.themes else None
    )


def _profile(asked, offered):
    everybody = reached = 0
    for need in asked.needs:
        for profile, people in need.audience:
            everybody += people
            reached += people if profile in offered.profiles else 0
    return Fraction(reached, everybody) if everybody and offered.profiles else None


def _level(asked, offered):
    if not offered.level:
        return None
    found = []
    for need in asked.needs:
        if need.level:
            apart = abs(ORDER.index(need.level) - ORDER.index(offered.level))
            found.append({0: Fraction(1), 1: Fraction(1, 2)}.get(apart, Fraction(0)))
    return _average(found)


def _language(asked, offered):
    if not offered.languages:
        return None
    other = Fraction(1, 2) if "interpretation" in offered.costs else Fraction(0)
    found = []
    for need in asked.needs:
        if need.languages:
            each = [Fraction(1) if code in offered.languages else other for code in need.languages]
            found.append(_average(each))
    return _average(found)


def _days(first, last, length):
    """Days of a period, counted one by one, as far as the course needs any."""
    if first is None and last is None:
        return None
    if first is None:
        return {last - timedelta(n) for n in range(600)}
    last = last or first + timedelta(600)
    return (
        {first + timedelta(n) for n in range((last - first).days + 1)} if last >= first else set()
    )


def _window(asked, offered):
    end = min([d for d in (offered.window.last, offered.last_spending_on) if d], default=None)
    if not (offered.is_standing or offered.window.first or end):
        return None
    hours = max([n.hours for n in asked.needs])
    length = offered.days or max(1, -(-Fraction(hours) // 8))
    theirs = _days(offered.window.first, end, length)
    found = []
    for need in asked.needs:
        ours = _days(need.window.first, need.window.last, length)
        if ours is None:
            continue
        both = len(ours if theirs is None else ours & theirs)  # None: on every day
        found.append(Fraction(min(both, length), length))
    return _average(found)


def _seats(asked, offered):
    people = sum(number for need in asked.needs for _, number in need.audience)
    if not people or (offered.seats_min is None and offered.seats_max is None):
        return None
    if offered.seats_max is not None and people > offered.seats_max:
        return Fraction(offered.seats_max, people)
    if offered.seats_min is not None and people < offered.seats_min:
        return Fraction(people, offered.seats_min)
    return Fraction(1)


def _eligibility(asked, offered):
    if not offered.countries:
        return Fraction(1)
    return _average(Fraction(1 if n.country in offered.countries else 0) for n in asked.needs)


def _costs(asked, offered):
    if offered.is_host:
        return None
    return _average(_part(n.costs, offered.costs) for n in asked.needs) if offered.costs else None


def _modality(asked, offered):
    if not offered.modalities:
        return None
    found = []
    for need in asked.needs:
        if need.modality:
            best = Fraction(0)
            for each in offered.modalities:
                if each == need.modality:
                    best = Fraction(1)
                elif "blended" in (each, need.modality) and not {each, need.modality} <= {
                    "blended", "study_visit", "mentoring", "simulation", "train_the_trainers",
                }:  # fmt: skip
                    best = max(best, Fraction(1, 2))
            found.append(best)
    return _average(found)
