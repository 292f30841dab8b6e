"""What remains of an offer, once what planned courses use of it is taken off?

A course made by hand uses an offer of its host that fits its days and language, one for one time first. Of
what was pledged to a course, what goes beyond its adopted plan is taken off the giver's offers of the line,
one after another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.bundling.world import Host, Share, Span, Sponsor
from app.funding.bundles.used import Hosted, Lines, Used

NO_END = 10**15
_A_DAY = timedelta(days=1)


def of_hosts(
    owner: str, hosts: Sequence[tuple[Host, date, bool]], used: Used
) -> dict[str, tuple[Host | None, list[str]]]:
    """Offer -> what a delegation still offers in it, if anything, and references of courses that use it.

    Each host comes with the day on which its offer was opened, and whether it is for one time.
    """
    mine = [course for course in used.hosted if course.host_id == owner]
    taken: dict[str, list[Hosted]] = {host.key: [] for host, _opened, _once in hosts}
    for course in mine:
        for host, opened, is_once in sorted(hosts, key=lambda each: (not each[2], each[0].key)):
            if (
                course.offer_id == host.key
                if course.offer_id
                else not (is_once and taken[host.key]) and _fits(course, host, opened)
            ):
                if is_once or course.is_ahead:
                    taken[host.key].append(course)
                break
    return {
        host.key: (_left(host, taken[host.key], mine), [each.reference for each in taken[host.key]])
        for host, _opened, _once in hosts
    }


def _fits(course: Hosted, host: Host, opened: date) -> bool:
    """Whether a course of which nobody said so may use this offer of its host."""
    if course.lang and host.languages and course.lang not in host.languages:
        return False
    if course.first is None or course.last is None:
        return True
    was_before = not course.is_ahead and course.last < opened
    return not was_before and any(each.holds(course.first, course.last) for each in host.windows)


def _left(host: Host, taken: Sequence[Hosted], courses: Sequence[Hosted]) -> Host | None:
    windows: tuple[Span, ...] = host.windows
    for course in courses:
        if course.first and course.last:
            windows = tuple(without(windows, course.first, course.last))
    if not windows or len(taken) >= host.courses:
        return None
    return replace(host, windows=windows, courses=host.courses - len(taken))


def without(spans: Iterable[Span], first: date, last: date) -> Iterator[Span]:
    """These spans without some days."""
    for span in spans:
        if (span.last and span.last < first) or (span.first and last < span.first):
            yield span
            continue
        if span.first is None or span.first < first:
            yield Span(span.first, first - _A_DAY)
        if span.last is None or last < span.last:
            yield Span(last + _A_DAY, span.last)


def of_sponsors(
    owner: str, sponsors: Sequence[Sponsor], used: Used
) -> dict[str, tuple[Sponsor | None, list[str]]]:
    """Offer -> what an organisation still offers in it, if anything, and references of courses that use it."""
    taken = _taken(sponsors, used, owner)
    return {
        one.key: (_rest(one, taken[one.key]), sorted(_serving(taken[one.key]))) for one in sponsors
    }


def _taken(sponsors: Sequence[Sponsor], used: Used, owner: str) -> dict[str, Lines]:
    found: dict[str, dict[str, Counter[str]]] = {
        one.key: defaultdict(Counter, {key: Counter(lines) for key, lines in used.paid.get(one.key, {}).items()})
        for one in sponsors
    }  # fmt: skip
    for course, lines in sorted(used.pledged.get(owner, {}).items()):
        in_order = sorted(sponsors, key=lambda one: (course not in found[one.key], one.key))
        for line, amount in sorted(lines.items()):
            rest = amount - sum(each[course][line] for each in found.values() if course in each)
            for one in in_order:
                if rest > 0 and (room := _room(one, line, course, found[one.key])):
                    found[one.key][course][line] += min(rest, room)
                    rest -= min(rest, room)
    return dict(found)


def _serving(taken: Lines) -> set[str]:
    return {course for course, lines in taken.items() if any(lines.values())}


def _room(sponsor: Sponsor, line: str, course: str, taken: Lines) -> int:
    """How much of a line an offer still has for a course; what has no end has room for all."""
    others = len(_serving(taken) - {course})
    left = _unspent(sponsor, taken)
    share = next((each for each in left.shares if each.line == line), None)
    if share is None or (sponsor.courses is not None and others >= sponsor.courses):
        return 0
    ends = (share.amount, None if share.in_kind else left.amount)
    return min((end for end in ends if end is not None), default=NO_END)


def _rest(sponsor: Sponsor, taken: Lines) -> Sponsor | None:
    """What remains of an offer; None where nothing does."""
    left = _unspent(sponsor, taken)
    if not left.shares or sponsor.courses is None:
        return left if left.shares else None
    courses = sponsor.courses - len(_serving(taken))
    return replace(left, courses=courses) if courses > 0 else None


def _unspent(sponsor: Sponsor, taken: Lines) -> Sponsor:
    """Its lines and money that no course uses."""
    spent: Counter[str] = Counter()
    for lines in taken.values():
        spent.update(lines)
    money = sum(spent[share.line] for share in sponsor.shares if not share.in_kind)
    amount = None if sponsor.amount is None else max(sponsor.amount - money, 0)
    shares = (_less(share, spent[share.line]) for share in sponsor.shares)
    return replace(sponsor, amount=amount, shares=tuple(
        share for share in shares if share.amount != 0 and (share.in_kind or amount != 0)
    ))  # fmt: skip


def _less(share: Share, spent: int) -> Share:
    return share if share.amount is None else replace(share, amount=max(share.amount - spent, 0))
