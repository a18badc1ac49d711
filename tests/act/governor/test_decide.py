"""BEY-08: the governor's word, rule by rule and as laws over random touches."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar, Period, PeriodKind
from liuke.act.governor.domain import (
    Allowed,
    Budget,
    CouponOffer,
    Decision,
    Deferred,
    History,
    Past,
    Refused,
    Rule,
    Touch,
    Word,
    consent_word,
    decide,
)
from liuke.act.governor.domain_hours import Hours
from liuke.act.governor.domain_policy import Caps, Holiday, Need, Policy, Purpose

ZONE = "Asia/Shanghai"
CONSENTED = History(word=Word.GIVEN)
OFFER = CouponOffer("8折", "中价值", "中价值客户流失挽留", ("tier",))


def local(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of November 2026 in Shanghai; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def touch(at: datetime, **fields: object) -> Touch:
    """A marketing mail of playbook 1."""
    plain = {
        "customer_id": 1, "channel": "email", "purpose": Purpose.MARKETING, "address": "a@b.test", "cost": Decimal(0),
        "coupon": None, "playbook_id": 1, "at": at, "medium": "email",
    }  # fmt: skip
    return Touch(**(plain | fields))


def judged(
    wanted: Touch, history: History = CONSENTED, policy: Policy | None = None, *, calendar: Calendar = WEEKDAYS, now: datetime | None = None
) -> Decision:
    """The word on a touch at its own moment."""
    return decide(wanted, history, policy or Policy(), calendar, now=now or wanted.at, zone=ZONE)


def test_a_touch_within_hours_with_consent_may_leave() -> None:
    assert judged(touch(local(2))) == Allowed()


@pytest.mark.parametrize(
    ("history", "fields", "rule"),
    [
        (CONSENTED, {"address": ""}, Rule.NO_ADDRESS),
        (replace(CONSENTED, suppressed_for=frozenset({"marketing"})), {}, Rule.SUPPRESSION),
        (replace(CONSENTED, suppressed_for=frozenset({"all"})), {"purpose": Purpose.SERVICE}, Rule.SUPPRESSION),
        (replace(CONSENTED, do_not_contact=True), {}, Rule.DO_NOT_CONTACT),
        (replace(CONSENTED, do_not_contact=True), {"purpose": Purpose.SERVICE}, Rule.DO_NOT_CONTACT),
        (History(), {}, Rule.CONSENT),
        (History(word=Word.WITHDRAWN), {"purpose": Purpose.SERVICE}, Rule.CONSENT),
    ],
)
def test_the_customers_word_comes_first(history: History, fields: dict[str, object], rule: Rule) -> None:
    word = judged(touch(local(2, 23), **fields), history)
    assert isinstance(word, Refused)
    assert word.rule is rule


def test_the_rules_speak_in_the_stated_order() -> None:
    everything = History(suppressed_for=frozenset({"all"}), do_not_contact=True, word=Word.WITHDRAWN)
    steps = [
        (Rule.SUPPRESSION, everything),
        (Rule.DO_NOT_CONTACT, replace(everything, suppressed_for=frozenset())),
        (Rule.CONSENT, replace(everything, suppressed_for=frozenset(), do_not_contact=False)),
    ]
    for rule, history in steps:
        word = judged(touch(local(2)), history)
        assert isinstance(word, Refused)
        assert word.rule is rule


def test_an_optout_from_marketing_leaves_service_messages() -> None:
    assert judged(touch(local(2), purpose=Purpose.SERVICE), History(suppressed_for=frozenset({"marketing"}))) == Allowed()


def test_service_needs_no_consent_and_a_lenient_policy_only_no_objection() -> None:
    assert judged(touch(local(2), purpose=Purpose.SERVICE), History()) == Allowed()
    lenient = Policy(needs={"email": Need.NOT_WITHDRAWN})
    assert judged(touch(local(2)), History(), lenient) == Allowed()
    assert isinstance(judged(touch(local(2)), History(word=Word.WITHDRAWN), lenient), Refused)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (local(2, 8, 59), local(2, 9)),
        (local(2, 20), local(3, 9)),
        (local(2, 23, 30), local(3, 9)),
        (local(3, 0), local(3, 9)),
    ],
)
def test_quiet_hours_defer_to_the_next_opening(at: datetime, until: datetime) -> None:
    assert judged(touch(at)) == Deferred(until, Rule.QUIET_HOURS)


def test_the_last_minute_is_open_and_the_closing_hour_is_not() -> None:
    assert judged(touch(local(2, 19, 59))) == Allowed()
    assert isinstance(judged(touch(local(2, 20, 0))), Deferred)


def test_hours_differ_by_weekday_and_a_closed_day_is_skipped() -> None:
    week = (*(Hours(540, 1200),) * 5, Hours(0, 0), Hours(600, 720))
    policy = Policy(hours={Purpose.MARKETING: week, Purpose.SERVICE: week})
    assert judged(touch(local(7)), policy=policy) == Deferred(local(8, 10), Rule.QUIET_HOURS)
    assert judged(touch(local(8, 13)), policy=policy) == Deferred(local(9, 9), Rule.QUIET_HOURS)


def test_what_would_wait_too_long_is_refused() -> None:
    week = (Hours(540, 1200), *(Hours(0, 0),) * 6)
    policy = Policy(hours={Purpose.MARKETING: week, Purpose.SERVICE: week}, defer_days=3)
    assert judged(touch(local(3)), policy=policy) == Refused(Rule.QUIET_HOURS, {"days": 3})


def holiday(first: int, last: int) -> Calendar:
    """Days off in November."""
    return Calendar((Period(PeriodKind.HOLIDAY, "节", date(2026, 11, first), date(2026, 11, last)),))


def test_holidays_defer_refuse_or_let_pass_as_the_policy_says() -> None:
    off = holiday(3, 4)
    assert judged(touch(local(3)), calendar=off) == Deferred(local(5, 9), Rule.HOLIDAY)
    assert judged(touch(local(3)), policy=Policy(holiday=Holiday.REFUSE), calendar=off) == Refused(Rule.HOLIDAY, {"days": 3})
    assert judged(touch(local(3)), policy=Policy(holiday=Holiday.SEND), calendar=off) == Allowed()
    assert judged(touch(local(3), purpose=Purpose.SERVICE), calendar=off) == Allowed()


def test_a_long_holiday_refuses_marketing_that_would_be_stale() -> None:
    assert judged(touch(local(2)), calendar=holiday(1, 8)) == Refused(Rule.HOLIDAY, {"days": 3})


def past(day: int, **fields: object) -> Past:
    """An earlier marketing mail."""
    return Past(**({"at": local(day), "medium": "email", "purpose": Purpose.MARKETING, "playbook_id": 2} | fields))


@pytest.mark.parametrize(
    ("days", "window"),
    [([9], "day"), ([3, 8], "week"), ([5, 6], "week"), ([1, 2, 20, 21], "month")],
)
def test_caps_hold_over_all_playbooks_and_media(days: list[int], window: str) -> None:
    history = replace(CONSENTED, touches=[past(day, medium="sms") for day in days])
    word = judged(touch(local(9)), history)
    assert isinstance(word, Refused)
    assert (word.rule, word.params["window"]) == (Rule.FREQUENCY, window)


def test_a_reservation_in_the_future_uses_up_its_day() -> None:
    word = judged(touch(local(9, 21)), replace(CONSENTED, touches=[past(10)]))
    assert word == Refused(Rule.FREQUENCY, {"window": "day", "most": 1, "over": "all"})


def test_wecom_counts_apart() -> None:
    full = replace(CONSENTED, touches=[past(9, medium="wecom")])
    assert judged(touch(local(9)), full) == Allowed()
    word = judged(touch(local(9), medium="wecom", channel="wecom"), full)
    assert word == Refused(Rule.FREQUENCY, {"window": "day", "most": 1, "over": "wecom"})


def test_a_medium_has_a_cap_of_its_own_over_both_purposes() -> None:
    policy = Policy(medium_caps={"email": Caps(day=1)})
    history = replace(CONSENTED, touches=[past(9, purpose=Purpose.SERVICE)])
    word = judged(touch(local(9)), history, policy)
    assert word == Refused(Rule.FREQUENCY, {"window": "day", "most": 1, "over": "email"})


def test_a_cap_of_nothing_lets_nothing_pass() -> None:
    policy = Policy(caps={Purpose.MARKETING: Caps(0), Purpose.SERVICE: Caps()})
    assert isinstance(judged(touch(local(9)), policy=policy), Refused)


def test_the_budget_per_head_stays_below_five() -> None:
    spent = replace(CONSENTED, touches=[past(1, cost=Decimal("4.96"), playbook_id=1)])
    assert judged(touch(local(12), cost=Decimal("0.03")), spent) == Allowed()
    word = judged(touch(local(12), cost=Decimal("0.04")), spent)
    assert word == Refused(Rule.BUDGET, {"limit": "5", "spent": "4.96", "over": "head"})
    assert judged(touch(local(12), cost=Decimal("0.04"), playbook_id=3), spent) == Allowed()
    assert judged(touch(local(12), cost=Decimal(9), playbook_id=None), spent) == Allowed()


def test_a_playbooks_own_budget_binds_as_well() -> None:
    tight = Budget(per_head=Decimal(1), total=Decimal(20))
    assert isinstance(judged(touch(local(12), cost=Decimal(1), budget=tight)), Refused)
    history = replace(CONSENTED, playbook_spent=Decimal("19.5"))
    assert judged(touch(local(12), cost=Decimal("0.5"), budget=tight), history) == Allowed()
    word = judged(touch(local(12), cost=Decimal("0.6"), budget=tight), history)
    assert word == Refused(Rule.BUDGET, {"limit": "20", "spent": "19.5", "over": "playbook"})


def test_a_medium_has_a_price_where_the_sender_tells_none() -> None:
    policy = Policy(costs={"sms": Decimal(6)})
    word = judged(touch(local(12), medium="sms", channel="sms_aliyun"), policy=policy)
    assert isinstance(word, Refused)
    assert word.rule is Rule.BUDGET


def test_one_segment_gets_one_class_of_offer_for_a_reason_that_can_be_told() -> None:
    assert judged(touch(local(2), coupon=OFFER)) == Allowed()
    assert judged(touch(local(2), coupon=OFFER), replace(CONSENTED, offers={"中价值": "8折"})) == Allowed()
    other = judged(touch(local(2), coupon=OFFER), replace(CONSENTED, offers={"中价值": "9折"}))
    assert other == Refused(Rule.FAIR_PRICE, {"why": "segment", "segment": "中价值", "usual": "9折", "offer": "8折"})
    silent = judged(touch(local(2), coupon=replace(OFFER, reason=" ")))
    assert silent == Refused(Rule.FAIR_PRICE, {"why": "reason"})


def test_willingness_to_pay_may_not_decide_about_a_price() -> None:
    word = judged(touch(local(2), coupon=replace(OFFER, inputs=("tier", "willingness_to_pay"))))
    assert word == Refused(Rule.FAIR_PRICE, {"why": "inputs", "inputs": "willingness_to_pay"})


EARLY, LATE = local(1), local(2)


@pytest.mark.parametrize(
    ("own", "whole", "word"),
    [
        (None, None, Word.NONE),
        ((Word.GIVEN, EARLY), None, Word.GIVEN),
        (None, (Word.GIVEN, EARLY), Word.GIVEN),
        ((Word.WITHDRAWN, EARLY), (Word.GIVEN, LATE), Word.WITHDRAWN),
        ((Word.GIVEN, EARLY), (Word.WITHDRAWN, LATE), Word.WITHDRAWN),
        ((Word.GIVEN, LATE), (Word.WITHDRAWN, EARLY), Word.GIVEN),
    ],
)
def test_a_persons_no_is_lifted_by_nobody_else(own: tuple[Word, datetime], whole: tuple[Word, datetime], word: Word) -> None:
    assert consent_word(own, whole) is word


HOURS = st.one_of(
    st.just(Hours(0, 0)),
    st.tuples(st.integers(0, 1438), st.integers(1, 1440)).map(lambda pair: Hours(min(pair), max(pair))).filter(lambda h: not h.is_closed),
)
SPANS = st.one_of(st.none(), st.integers(0, 4))
POLICIES = st.builds(
    lambda day, week, month, medium, hours, holiday_rule, head: Policy(
        caps={Purpose.MARKETING: Caps(day, week, month), Purpose.SERVICE: Caps(2, None, None)},
        medium_caps={"sms": Caps(medium), "wecom": Caps(1, 2, 4)},
        hours={Purpose.MARKETING: tuple(hours), Purpose.SERVICE: tuple(hours)},
        holiday=holiday_rule,
        per_head=head,
    ),
    SPANS, SPANS, SPANS, SPANS, st.lists(HOURS, min_size=7, max_size=7), st.sampled_from(Holiday),
    st.one_of(st.none(), st.integers(0, 8).map(Decimal)),
)  # fmt: skip
ASKS = st.lists(
    st.tuples(
        st.integers(0, 40 * 24 * 60), st.sampled_from(["email", "sms", "wecom"]), st.sampled_from(Purpose),
        st.integers(1, 3), st.integers(0, 3),
    ),
    max_size=60,
)  # fmt: skip


@given(policy=POLICIES, asks=ASKS, zone=st.sampled_from([ZONE, "America/New_York", "UTC"]))
@settings(max_examples=150, deadline=None)
def test_bey_08_no_cap_no_quiet_hour_no_budget_is_ever_broken(
    policy: Policy, asks: list[tuple[int, str, Purpose, int, int]], zone: str
) -> None:
    """Touches in any order of time, also into the past of reservations already made: every law holds for all that may leave."""
    calendar = holiday(10, 13)
    history = CONSENTED
    gone: list[Past] = []
    for minute, medium, purpose, playbook, cost in asks:
        at = local(1, 0) + timedelta(minutes=minute)
        wanted = touch(at, medium=medium, channel=medium, purpose=purpose, playbook_id=playbook, cost=Decimal(cost))
        word = decide(wanted, history, policy, calendar, now=at, zone=zone)
        if isinstance(word, Refused):
            continue
        leaves = word.until if isinstance(word, Deferred) else at
        assert leaves >= at
        gone.append(Past(leaves, medium, purpose, policy.cost(medium, Decimal(cost)), playbook))
        history = replace(history, touches=tuple(gone))
    laws_hold(gone, policy, calendar, zone)


def laws_hold(gone: list[Past], policy: Policy, calendar: Calendar, zone: str) -> None:
    """Looked at from outside, without any function of the governor."""
    off = {day for period in calendar.periods for day in period.days()}
    for one in gone:
        moment = one.at.astimezone(ZoneInfo(zone))
        hours = policy.hours[one.purpose][moment.weekday()]
        clock = moment.time()
        assert time(hours.start // 60, hours.start % 60) <= clock
        assert hours.end == 1440 or clock < time(hours.end // 60, hours.end % 60)
        assert one.purpose is Purpose.SERVICE or policy.holiday is Holiday.SEND or moment.date() not in off
    together = [one for one in gone if one.medium != "wecom"]
    for purpose in Purpose:
        within([one for one in together if one.purpose is purpose], policy.caps[purpose], zone)
    for medium, caps in policy.medium_caps.items():
        within([one for one in gone if one.medium == medium], caps, zone)
    heads: Counter[int] = Counter()
    for one in gone:
        heads[one.playbook_id or 0] += one.cost
    assert policy.per_head is None or all(spent < policy.per_head or spent == 0 for spent in heads.values())


def within(touches: list[Past], caps: Caps, zone: str) -> None:
    """No span of days holds more than its cap."""
    days = sorted(one.at.astimezone(ZoneInfo(zone)).date() for one in touches)
    for length, most in ((1, caps.day), (7, caps.week), (30, caps.month)):
        if most is not None:
            for first in days:
                assert sum(first <= day < first + timedelta(days=length) for day in days) <= most
