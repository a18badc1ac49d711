"""LOY-01…05: what is earned, what a redemption costs, balances, levels with grace, volume steps. Laws as property tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.act.loyalty.domain.earning import Purchase, earned, price_of
from liuke.act.loyalty.domain.ledger import Entry, lapsed, lefts
from liuke.act.loyalty.domain.levels import Standing, level_named, placed, reached
from liuke.act.loyalty.domain.programme import MemberDay, MemberLevel, Programme, VolumeStep, Winback, programme_from_plain
from liuke.act.loyalty.domain.volume import quote
from liuke.base.errors import Invalid

START = date(2026, 1, 1)
PROGRAMME = Programme(
    enabled=True,
    starts_on=START,
    winback=Winback(200, 90, 2),
    member_day=MemberDay(18, factor=3.0),
    levels=(MemberLevel("银牌", 10_000, 1.2), MemberLevel("金牌", 100_000, 1.5)),
    grace_days=60,
    volume=(VolumeStep(300_000, 3), VolumeStep(1_000_000, 8)),
)
SILVER, GOLD = PROGRAMME.levels
DAY = date(2026, 5, 4)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def test_LOY_01_points_of_a_customer_at_risk_count_more_and_a_redemption_costs_fewer() -> None:
    order = Purchase(1_000.0, DAY)
    assert [earned(order, level=None, risk=risk, programme=PROGRAMME).points for risk in ("normal", "early", "medium", "high")] == [
        1_000, 1_000, 1_500, 2_000,
    ]  # fmt: skip
    assert [price_of(50, risk=risk, programme=PROGRAMME) for risk in ("normal", "medium", "high")] == [5_000, 4_500, 4_000]
    assert price_of(50, risk="high", programme=Programme(worth=0)) == 0


def test_LOY_02_each_order_after_a_silence_brings_points_as_often_as_agreed() -> None:
    points = [earned(Purchase(100.0, DAY, nth), level=None, risk="normal", programme=PROGRAMME) for nth in range(4)]
    assert [(one.points, one.winback) for one in points] == [(100, 0), (300, 200), (300, 200), (100, 0)]


def test_LOY_04_levels_and_the_member_day_multiply() -> None:
    assert earned(Purchase(100.0, DAY), level=GOLD, risk="normal", programme=PROGRAMME).points == 150
    both = earned(Purchase(100.0, date(2026, 5, 18)), level=GOLD, risk="high", programme=PROGRAMME)
    assert (both.points, both.level_factor, both.risk_factor, both.day_factor) == (900, 1.5, 2.0, 3.0)
    monday = Programme(enabled=True, starts_on=START, member_day=MemberDay(1, weekly=True))
    assert earned(Purchase(10.0, DAY), level=None, risk="normal", programme=monday).points == 20


def test_nothing_is_earned_before_the_start_or_while_it_is_off_or_on_money_that_went_back() -> None:
    assert earned(Purchase(100.0, START - timedelta(days=1)), level=GOLD, risk="high", programme=PROGRAMME).points == 0
    assert earned(Purchase(100.0, DAY), level=None, risk="normal", programme=Programme(starts_on=START)).points == 0
    assert earned(Purchase(-5.0, DAY), level=None, risk="normal", programme=PROGRAMME).points == 0


entries = st.lists(
    st.tuples(st.integers(-50, 100), st.integers(0, 90), st.integers(1, 60)).filter(lambda one: one[0] != 0), max_size=30
).map(
    lambda rows: [
        Entry(number, points, NOW - timedelta(days=ago), NOW - timedelta(days=ago) + timedelta(days=lives) if points > 0 else None)
        for number, (points, ago, lives) in enumerate(rows)
    ]
)


@given(entries)
def test_what_is_left_of_the_gains_is_the_balance_and_lapsing_it_leaves_the_rest(ledger: list[Entry]) -> None:
    balance = sum(entry.points for entry in ledger)
    left = lefts(ledger)
    assert sum(one.points for one in left) == max(balance, 0)
    assert [one.expires_at for one in left] == sorted(one.expires_at for one in left if one.expires_at)
    gone = lapsed(ledger, NOW)
    written = [*ledger, *(Entry(1_000 + number, -one.points, NOW) for number, one in enumerate(gone))]
    assert lapsed(written, NOW) == [], "written off once"
    assert sum(one.points for one in lefts(written)) == max(balance, 0) - sum(one.points for one in gone)


def test_spending_takes_the_points_that_end_first() -> None:
    soon, late = NOW + timedelta(days=1), NOW + timedelta(days=9)
    ledger = [Entry(1, 100, NOW, late), Entry(2, 50, NOW, soon), Entry(3, 10, NOW), Entry(4, -70, NOW)]
    assert [(one.entry_id, one.points) for one in lefts(ledger)] == [(1, 80), (3, 10)]


def test_LOY_03_a_level_is_kept_for_the_grace_and_falls_after_it() -> None:
    gold = placed(120_000, Standing(), PROGRAMME, DAY)
    assert gold == Standing("金牌", DAY)
    missed = placed(20_000, gold, PROGRAMME, DAY + timedelta(days=10))
    assert missed == Standing("金牌", DAY, DAY + timedelta(days=70))
    assert placed(20_000, missed, PROGRAMME, DAY + timedelta(days=70)) == missed
    assert placed(20_000, missed, PROGRAMME, DAY + timedelta(days=71)) == Standing("银牌", DAY + timedelta(days=71))
    assert placed(150_000, missed, PROGRAMME, DAY + timedelta(days=30)) == gold, "reached again in time: as if nothing had been"


@given(st.floats(0, 2e6), st.floats(0, 2e6), st.integers(0, 200))
def test_placing_twice_on_a_day_changes_nothing_and_a_rise_counts_at_once(before: float, after: float, days: int) -> None:
    first = placed(before, Standing(), PROGRAMME, DAY)
    second = placed(after, first, PROGRAMME, DAY + timedelta(days=days))
    assert placed(after, second, PROGRAMME, DAY + timedelta(days=days)) == second
    there, wanted = level_named(second.level, PROGRAMME), reached(after, PROGRAMME)
    if wanted is not None:
        assert there is not None
        assert there.least >= wanted.least, "never below what is reached"


def test_LOY_05_the_volume_of_the_year_decides_the_discount_and_the_next_step_is_told() -> None:
    assert quote(250_000, 60_000, PROGRAMME.volume) == quote(250_000, 60_000, PROGRAMME.volume)
    reached_three = quote(250_000, 60_000, PROGRAMME.volume)
    assert (reached_three.percent, reached_three.net, reached_three.next_percent, reached_three.missing) == (3, 58_200, 8, 690_000)
    top = quote(1_200_000, 100, PROGRAMME.volume)
    assert (top.percent, top.net, top.next_percent, top.missing) == (8, 92.0, None, None)
    assert quote(0, 100, ()).percent == 0


def test_a_programme_comes_back_as_it_was() -> None:
    assert programme_from_plain(PROGRAMME.to_plain()) == PROGRAMME
    assert programme_from_plain({}) == Programme()


def test_all_faults_of_a_programme_come_at_once_with_their_places() -> None:
    with pytest.raises(Invalid) as caught:
        programme_from_plain({
            "enabled": True, "per_money": -1, "at_risk": {"high": {"factor": 99}}, "winback": {"times": 0}, "member_day": {"day": 40},
            "levels": [{"name": "银牌", "least": 10}, {"name": "银牌", "least": 5}],
            "volume": [{"least": 9, "percent": 5}, {"least": 10, "percent": 5}],
            "referral": {"depth": 9}, "extra": 1,
        })  # fmt: skip
    faults = caught.value.params["faults"]
    assert isinstance(faults, list)
    assert {fault["field"] for fault in faults} == {
        "extra", "per_money", "at_risk.high.factor", "winback.times", "member_day.day", "levels.1.name", "levels.1.least",
        "volume.1.percent", "referral.depth", "starts_on",
    }  # fmt: skip
