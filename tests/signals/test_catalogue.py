"""Each signal of the mission, from rows to sentence: when it fires, when not, when it cannot be known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.features.stream import Did, regular
from tests.signals.scenes import judge


def weekly(counts: list[int], kind: str = "login") -> list[Did]:
    """So many activities in each week, the latest first."""
    return [Did(1, 7 * week + (at + 0.5) * 7 / count, kind, None) for week, count in enumerate(counts) for at in range(count)]


def test_SIG_05_activity_down_by_40_percent_for_three_weeks_fires() -> None:
    fired = judge("SIG-05", weekly([6, 6, 6] + [10] * 8))
    assert fired.strength == pytest.approx(0.3)
    assert fired.text == "Activity down 40% for 3 weeks in a row (usually 10 a week, now 6)"


@pytest.mark.parametrize("latest", [[7, 6, 6], [6, 7, 6], [6, 6, 7], [10, 0, 0]])
def test_SIG_05_one_better_week_of_the_three_keeps_it_silent(latest: list[int]) -> None:
    assert judge("SIG-05", weekly(latest + [10] * 8)).strength == 0


def test_SIG_05_too_little_usual_activity_is_unknown_not_calm() -> None:
    fired = judge("SIG-05", weekly([0, 0, 0, 1, 1]))
    assert (fired.strength, fired.unknown, fired.missing) == (0, True, "missing.too_little_activity")


@pytest.mark.parametrize(("days", "fires"), [(29.9, False), (30, True), (100, True)])
def test_SIG_08_thirty_days_without_interaction_fire(days: float, fires: bool) -> None:
    fired = judge("SIG-08", [Did(1, days), Did(1, 3, "message.out", None), Did(1, 2, "campaign.sent", None)])
    assert (fired.strength > 0) is fires


def test_SIG_08_says_how_long_in_chinese() -> None:
    assert judge("SIG-08", [Did(1, 45.5)], language="zh-CN").text == "45天无互动(标准30天)"


@pytest.mark.parametrize(("tier", "days", "fires"), [("high", 30, True), ("high", 29, False), ("low", 59, False), ("low", 60, True)])
def test_SIG_09_high_value_customers_have_30_days_others_60(tier: str, days: int, fires: bool) -> None:
    assert (judge("SIG-09", [Did(1, days)], tier=tier).strength > 0) is fires


def test_SIG_09_names_the_tier_of_a_high_value_customer() -> None:
    assert judge("SIG-09", [Did(1, 40)], tier="high", language="zh-CN").text.startswith("高价值客户40天无互动")


def test_SIG_13_lengthening_order_intervals_fire_with_both_numbers() -> None:
    did = [*regular(1, 60, 4, since=1), *regular(1, 20, 6, since=201)]
    fired = judge("SIG-13", did)
    assert fired.strength == 1
    assert fired.text == "Orders further apart: last 3 gaps 60 days on average, before 20"


def test_SIG_13_visits_are_preferred_where_there_are_enough() -> None:
    visits = [Did(1, at, "page.viewed", None) for at in (1, 31, 61, 91, 101, 111, 121)]
    fired = judge("SIG-13", [*visits, *regular(1, 20, 8)])
    assert fired.text == "Visits further apart: last 3 gaps 30 days on average, before 10"


def test_SIG_13_too_few_intervals_are_unknown() -> None:
    assert judge("SIG-13", regular(1, 30, 4)).unknown


def test_SIG_20_amount_down_20_percent_against_the_usual_period_fires() -> None:
    did = [Did(1, 10, value=80.0), *[Did(1, 40 + 30 * at, value=100.0) for at in range(6)]]
    fired = judge("SIG-20", did, period_days=30, usual_periods=6)
    assert fired.strength == pytest.approx(0.3)
    assert fired.text == "Order amount of the last 30 days down 20% (usually ¥100 a month, now ¥80)"


def test_SIG_20_speaks_the_sentence_of_the_mission() -> None:
    did = [Did(1, 10, value=3100.0), *[Did(1, 40 + 30 * at, value=8200.0) for at in range(6)]]
    fired = judge("SIG-20", did, language="zh-CN", period_days=30, usual_periods=6)
    assert fired.text == "近30天下单金额下降62%(平时每月¥8,200,现¥3,100)"


def test_SIG_20_quantity_alone_may_fall() -> None:
    did = [Did(1, 10, attrs='{"quantity":5}'), *[Did(1, 100 + 90 * at, attrs='{"quantity":10}') for at in range(3)]]
    assert judge("SIG-20", did).text == "Order quantity of the last 90 days down 50% (usually 10 pieces in 90 days, now 5)"


def test_SIG_20_a_drop_of_19_percent_is_no_signal_and_a_first_order_no_usual_level() -> None:
    assert judge("SIG-20", [Did(1, 10, value=81.0), *[Did(1, 100 + 90 * at, value=100.0) for at in range(3)]]).strength == 0
    assert judge("SIG-20", [Did(1, 100)]).unknown


@pytest.mark.parametrize(("silent", "fires"), [(25.5, False), (26, True), (60, True)])
def test_SIG_21_thirty_percent_over_the_own_cycle_fires(silent: float, fires: bool) -> None:
    assert (judge("SIG-21", regular(1, 20, 6, since=silent)).strength > 0) is fires


def test_SIG_21_each_customer_has_its_own_rhythm() -> None:
    slow = judge("SIG-21", regular(1, 90, 5, since=100))
    quick = judge("SIG-21", regular(1, 10, 5, since=100))
    assert (slow.strength, quick.strength) == (0, 1)
    assert quick.text == "No order for 100 days, usually one every 10 days (900% over)"


def test_SIG_21_three_order_days_are_no_rhythm_yet() -> None:
    fired = judge("SIG-21", regular(1, 20, 3, since=300))
    assert (fired.unknown, fired.missing) == (True, "missing.too_few_orders")


def test_SIG_23_low_quintiles_fire_and_high_ones_do_not() -> None:
    assert judge("SIG-23", [Did(1, 150, value=50)]).text == "Low RFM: recency 2, frequency 1, money 1 (of 1–5)"
    assert judge("SIG-23", regular(1, 20, 18, value=500.0)).strength == 0


@pytest.mark.parametrize(("recent", "fires"), [(2, True), (3, False)])
def test_SIG_24_no_order_for_three_months_and_half_the_tickets_fire(recent: int, fires: bool) -> None:
    tickets = [Did(1, 5 + at, "ticket.opened", None) for at in range(recent)] + [Did(1, 100 + at, "ticket.opened", None) for at in range(4)]
    assert (judge("SIG-24", [Did(1, 91), *tickets]).strength > 0) is fires


def test_SIG_24_without_any_tickets_in_the_workspace_is_not_computable() -> None:
    fired = judge("SIG-24", [Did(1, 200)])
    assert (fired.strength, fired.unknown, fired.missing) == (0, True, "missing.no_tickets")


@pytest.mark.parametrize(("days", "fires"), [(179, False), (180, True)])
def test_SIG_42_a_silence_of_180_days_fires(days: int, fires: bool) -> None:
    assert (judge("SIG-42", [Did(1, days)]).strength > 0) is fires


def test_a_fresh_order_frequent_orders_growth_and_last_years_season_speak_for_a_customer() -> None:
    assert judge("recent_order", [Did(1, 3)]).strength == pytest.approx(0.9)
    assert judge("recent_order", [Did(1, 31)]).strength == 0
    assert judge("frequent", regular(1, 20, 12)).strength == 1
    assert judge("frequent", regular(1, 20, 2)).strength == 0
    assert judge("growth", [Did(1, 5, value=400), *[Did(1, 100 + 90 * at) for at in range(3)]]).strength == 1
    assert judge("season", [Did(1, 300)]).text == "1 orders in the 90 days after this date a year ago"


def test_frequent_orders_stop_speaking_for_a_customer_whose_rhythm_has_broken() -> None:
    held, fading, broken = (judge("frequent", regular(1, 20, 12, since=days)).strength for days in (50, 110, 165))
    assert (held, broken) == (1, 0)
    assert fading == pytest.approx(0.5)


@settings(max_examples=25, deadline=None)
@given(st.floats(1, 700), st.floats(0, 300), st.sampled_from(["SIG-08", "SIG-09", "SIG-42", "SIG-21"]))
def test_a_longer_silence_never_weakens_a_signal_of_silence(silent: float, longer: float, code: str) -> None:
    def strength(days: float) -> float:
        return judge(code, regular(1, 25, 6, since=days)).strength

    assert strength(silent) <= strength(silent + longer)
