"""A policy from plain data, with every fault at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from liuke.act.governor.domain_hours import Hours, hours_read
from liuke.act.governor.domain_policy import DEFAULT, MEDIA, Caps, Holiday, Need, Policy, Purpose, policy_plain
from liuke.base.faults import Faults
from liuke.base.plain import Part

_MOST = 1_000
_DEAREST = 10_000_000
_NOTICE = 200
_WEEK = 7


def policy_read(plain: Mapping[str, object]) -> tuple[Policy, Faults]:
    """The policy that plain data describes, absent fields as by default, and every fault."""
    given = Part(plain)
    given.only(policy_plain(DEFAULT))
    policy = Policy(
        dry_run=given.flag("dry_run", default=DEFAULT.dry_run),
        caps={**DEFAULT.caps, **{Purpose(name): caps for name, caps in _caps(given.part("caps"), list(Purpose)).items()}},
        medium_caps=_caps(given.part("medium_caps"), MEDIA) if "medium_caps" in plain else DEFAULT.medium_caps,
        apart=frozenset(given.words("apart", MEDIA)) if "apart" in plain else DEFAULT.apart,
        hours={**DEFAULT.hours, **_weeks(given.part("hours"))},
        holiday=Holiday(given.choice("holiday", list(Holiday), DEFAULT.holiday)),
        defer_days=given.whole("defer_days", (0, 14), DEFAULT.defer_days),
        needs=_needs(given.part("needs")),
        per_head=given.amount("per_head", _DEAREST, DEFAULT.per_head),
        per_playbook=given.amount("per_playbook", _DEAREST),
        costs=_costs(given.part("costs")) if "costs" in plain else DEFAULT.costs,
        fair_days=given.whole("fair_days", (1, 365), DEFAULT.fair_days),
        barred_inputs=frozenset(given.words("barred_inputs")) if "barred_inputs" in plain else DEFAULT.barred_inputs,
        open_pixel=given.flag("open_pixel", default=DEFAULT.open_pixel),
        pixel_notice=given.text("pixel_notice", most=_NOTICE),
    )
    return policy, given.faults


def _caps(part: Part, allowed: Sequence[str]) -> dict[str, Caps]:
    part.only(allowed)
    found = {}
    for name in part.data:
        if name in allowed:
            spans = part.part(name)
            found[name] = Caps(*(_span(spans, span) for span in ("day", "week", "month")))
            _rising(spans, found[name])
    return found


def _span(part: Part, name: str) -> int | None:
    return None if part.data.get(name) is None else part.whole(name, (0, _MOST), 0)


def _rising(part: Part, caps: Caps) -> None:
    """A longer window that allows less than a shorter one is a slip of the pen."""
    for (short, _, less), (long, _, more) in pairwise(caps.windows()):
        if more < less:
            part.fault(long, more, f"≥ {short} ({less})")


def _weeks(part: Part) -> dict[Purpose, tuple[Hours, ...]]:
    part.only(list(Purpose))
    return {Purpose(name): _week(part, name, given) for name, given in part.data.items() if name in list(Purpose)}


def _week(part: Part, name: str, given: object) -> tuple[Hours, ...]:
    """Monday to Sunday; a week in which nothing may ever leave is no week."""
    if not isinstance(given, list) or len(given) != _WEEK:
        part.fault(name, given, "7 × 09:00-20:00")
        return DEFAULT.hours[Purpose(name)]
    read = [hours_read(text) for text in given]
    for number, hours in enumerate(read):
        if hours is None:
            part.fault(f"{name}.{number}", given[number], "09:00-20:00 | closed")
    week = tuple(hours or Hours(0, 0) for hours in read)
    if all(hours.is_closed for hours in week):
        part.fault(name, given, "≥ 1 × 09:00-20:00")
    return week


def _needs(part: Part) -> dict[str, Need]:
    """SMS always needs a consent: that is the law, not a setting."""
    part.only(MEDIA)
    allowed = {medium: [Need.GIVEN.value] if medium == "sms" else list(Need) for medium in MEDIA}
    return {medium: Need(part.choice(medium, allowed[medium], Need.GIVEN)) for medium in part.data if medium in allowed}


def _costs(part: Part) -> dict[str, Decimal]:
    part.only(MEDIA)
    costs = {medium: part.amount(medium, _DEAREST) for medium in part.data if medium in MEDIA}
    return {medium: cost for medium, cost in costs.items() if cost is not None}
