"""Whether a customer may be touched: the law, the customer's word and our own restraint, in this order. Pure.

no address → suppression → do not contact → consent → quiet hours → frequency → holiday → budget → fair price. Quiet hours and
holidays defer where the message can wait, everything else refuses. The first rule that speaks is the answer. Frequency, budget and
fair price are judged at the moment of leaving, so a deferred touch uses up the caps of the day on which it leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from liuke.accounts.domain.calendar import Calendar, PeriodKind
from liuke.act.governor.domain_hours import is_open, next_open
from liuke.act.governor.domain_policy import Caps, Holiday, Need, Policy, Purpose
from liuke.base.times import local_day


class Rule(StrEnum):
    """What can speak against a touch."""

    NO_ADDRESS = "no_address"
    SUPPRESSION = "suppression"
    DO_NOT_CONTACT = "do_not_contact"
    CONSENT = "consent"
    QUIET_HOURS = "quiet_hours"
    FREQUENCY = "frequency"
    HOLIDAY = "holiday"
    BUDGET = "budget"
    FAIR_PRICE = "fair_price"


class Word(StrEnum):
    """What a customer said last about a medium and a purpose."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CouponOffer:
    """A price advantage. `offer`: its class, e.g. `8折`; `inputs`: what decided that this segment gets it; `reason` is kept."""

    offer: str
    segment: str
    reason: str
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """A playbook's own limits: spent per customer below `per_head`, in all at most `total`. None = the policy's alone."""

    per_head: Decimal | None = None
    total: Decimal | None = None


NO_BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Touch:
    """A message that somebody wants to send to one customer over a medium (sms, email, wecom, other)."""

    customer_id: int
    channel: str
    purpose: Purpose
    address: str
    cost: Decimal
    coupon: CouponOffer | None
    playbook_id: int | None
    at: datetime
    medium: str = ""
    budget: Budget = NO_BUDGET

    @property
    def over(self) -> str:
        """The medium; a touch that names none is taken at its channel's name."""
        return self.medium or self.channel


@dataclass(frozen=True, slots=True)
class Past:
    """A touch that counts: sent, or reserved for `at`."""

    at: datetime
    medium: str
    purpose: Purpose
    cost: Decimal = Decimal(0)
    playbook_id: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What is known about the customer, the address and the playbook."""

    suppressed_for: frozenset[str] = frozenset()
    """Scopes in which the address is suppressed: marketing, all."""
    do_not_contact: bool = False
    word: Word = Word.NONE
    touches: Sequence[Past] = ()
    playbook_spent: Decimal = Decimal(0)
    """What the playbook has spent on everybody."""
    offers: Mapping[str, str] = field(default_factory=dict)
    """The class of the offer that each segment has lately got."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may leave now."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """It may leave at `until` (UTC)."""

    until: datetime
    rule: Rule


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not leave; `params` say what the rule found, as plain JSON."""

    rule: Rule
    params: Mapping[str, str | int] = field(default_factory=dict)


Decision = Allowed | Deferred | Refused


def decide(touch: Touch, history: History, policy: Policy, calendar: Calendar, *, now: datetime, zone: str) -> Decision:
    """The governor's word on one touch at `now`; `zone` is the customer's time zone (the workspace's)."""
    personal = _personal(touch, history, policy)
    if personal is not None:
        return personal
    wanted = max(touch.at, now)
    leaves, cause = _leaves(touch, policy, calendar, wanted, zone)
    if leaves is None:
        return Refused(cause, {"days": policy.defer_days})
    refused = _frequency(touch, history, policy, leaves, zone) or _budget(touch, history, policy) or _fair(touch, history, policy)
    if refused is not None:
        return refused
    return Deferred(leaves, cause) if leaves > now else Allowed()


def consent_word(own: tuple[Word, datetime] | None, whole: tuple[Word, datetime] | None) -> Word:
    """What a contact's own last word and the last one for the whole customer mean together.

    A person's own withdrawal is lifted by nobody else's consent; a withdrawal for the whole customer ends earlier consents.
    """
    if own is None or whole is None:
        return (own or whole or (Word.NONE, None))[0]
    if own[0] is Word.WITHDRAWN:
        return Word.WITHDRAWN
    return Word.WITHDRAWN if whole[0] is Word.WITHDRAWN and whole[1] > own[1] else own[0]


def _personal(touch: Touch, history: History, policy: Policy) -> Refused | None:
    """What the customer has said and what we know of the address."""
    if not touch.address:
        return Refused(Rule.NO_ADDRESS, {"medium": touch.over})
    scopes = history.suppressed_for
    if "all" in scopes or (touch.purpose is Purpose.MARKETING and scopes):
        return Refused(Rule.SUPPRESSION, {"medium": touch.over})
    if history.do_not_contact:
        return Refused(Rule.DO_NOT_CONTACT)
    needs_consent = touch.purpose is Purpose.MARKETING and policy.need(touch.over) is Need.GIVEN
    if history.word is Word.WITHDRAWN or (needs_consent and history.word is not Word.GIVEN):
        return Refused(Rule.CONSENT, {"medium": touch.over, "word": history.word.value})
    return None


def _leaves(touch: Touch, policy: Policy, calendar: Calendar, wanted: datetime, zone: str) -> tuple[datetime | None, Rule]:
    """When it can leave, and which rule makes it wait; None where it would have to wait too long or may not leave at all."""
    week = policy.hours[touch.purpose]
    off = _days_off(calendar) if touch.purpose is Purpose.MARKETING and policy.holiday is not Holiday.SEND else frozenset()
    today = local_day(wanted, zone)
    if today in off and policy.holiday is Holiday.REFUSE:
        return None, Rule.HOLIDAY
    rule = Rule.HOLIDAY if today in off else Rule.QUIET_HOURS
    if today not in off and is_open(wanted, week, zone):
        return wanted, rule
    leaves = next_open(wanted, week, zone, within=policy.defer_days, closed=off.__contains__)
    return leaves, rule if leaves or not off else _why_shut(off, today, policy.defer_days)


def _why_shut(off: Iterable[date], today: date, days: int) -> Rule:
    ahead = {today + timedelta(days=number) for number in range(days + 1)}
    return Rule.HOLIDAY if ahead & set(off) else Rule.QUIET_HOURS


def _days_off(calendar: Calendar) -> frozenset[date]:
    """Public holidays; a weekend day that is worked is none."""
    days = (day for period in calendar.periods if period.kind is PeriodKind.HOLIDAY for day in period.days())
    return frozenset(days)


def _frequency(touch: Touch, history: History, policy: Policy, leaves: datetime, zone: str) -> Refused | None:
    day = local_day(leaves, zone)
    if touch.over not in policy.apart:
        alike = [past for past in history.touches if past.purpose is touch.purpose and past.medium not in policy.apart]
        full = _full(policy.caps[touch.purpose], alike, day, zone)
        if full:
            return Refused(Rule.FREQUENCY, {"window": full[0], "most": full[1], "over": "all"})
    same = [past for past in history.touches if past.medium == touch.over]
    full = _full(policy.medium_caps.get(touch.over, Caps()), same, day, zone)
    return Refused(Rule.FREQUENCY, {"window": full[0], "most": full[1], "over": touch.over}) if full else None


def _full(caps: Caps, touches: Iterable[Past], day: date, zone: str) -> tuple[str, int] | None:
    """The first window that has no room on `day`: every span of consecutive days that holds the day is looked at."""
    counts = Counter(local_day(past.at, zone) for past in touches)
    if not counts:
        return next(((name, most) for name, _, most in caps.windows() if most < 1), None)
    for name, days, most in caps.windows():
        for back in range(days):
            first = day - timedelta(days=back)
            last = first + timedelta(days=days - 1)
            if sum(number for at, number in counts.items() if first <= at <= last) >= most:
                return name, most
    return None


def _budget(touch: Touch, history: History, policy: Policy) -> Refused | None:
    if touch.playbook_id is None:
        return None
    cost = policy.cost(touch.over, touch.cost)
    if not cost:
        return None
    return _head_budget(touch, history, policy, cost) or _playbook_budget(touch, history, policy, cost)


def _head_budget(touch: Touch, history: History, policy: Policy, cost: Decimal) -> Refused | None:
    """What the playbook spends on the customer stays below each limit."""
    spent = sum((past.cost for past in history.touches if past.playbook_id == touch.playbook_id), Decimal(0))
    for limit in (policy.per_head, touch.budget.per_head):
        if limit is not None and spent + cost >= limit:
            return Refused(Rule.BUDGET, {"limit": f"{limit:f}", "spent": f"{spent:f}", "over": "head"})
    return None


def _playbook_budget(touch: Touch, history: History, policy: Policy, cost: Decimal) -> Refused | None:
    """What it spends on everybody may come up to each limit."""
    for limit in (policy.per_playbook, touch.budget.total):
        if limit is not None and history.playbook_spent + cost > limit:
            return Refused(Rule.BUDGET, {"limit": f"{limit:f}", "spent": f"{history.playbook_spent:f}", "over": "playbook"})
    return None


def _fair(touch: Touch, history: History, policy: Policy) -> Refused | None:
    """PIPL 24: the same offer for the same segment, for a reason that can be told, not for what somebody would be able to pay."""
    coupon = touch.coupon
    if coupon is None:
        return None
    barred = sorted(policy.barred_inputs & set(coupon.inputs))
    if barred:
        return Refused(Rule.FAIR_PRICE, {"why": "inputs", "inputs": ", ".join(barred)})
    if not coupon.reason.strip():
        return Refused(Rule.FAIR_PRICE, {"why": "reason"})
    usual = history.offers.get(coupon.segment)
    if usual is not None and usual != coupon.offer:
        return Refused(Rule.FAIR_PRICE, {"why": "segment", "segment": coupon.segment, "usual": usual, "offer": coupon.offer})
    return None
