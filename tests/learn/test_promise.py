"""The promised precision (ALT-09): a threshold from what was known, the most cautious base rate, and an honest refusal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from liuke.base.times import DAY_US
from liuke.learn.domain.promise import Asked, Refusal, decide, known_at, offset_to, sigmoid, slope_of
from liuke.learn.domain.promise_walk import Past, decision_now, past_of, walk
from tests.learn.promise_worlds import START_US, world

ASKED = Asked(0.8)
STEADY = [0.0] * 8
SWINGING = [0.0, 0.5, 0.9, 0.4, -0.1, 0.6, 0.2, 0.0]


def at(moment: int) -> int:
    """The moment of this number, in microseconds."""
    return START_US + moment * 30 * DAY_US


def test_an_offset_makes_the_mean_probability_the_rate() -> None:
    logit = np.random.default_rng(2).normal(size=400)
    for rate in (0.02, 0.3, 0.97):
        assert sigmoid(logit + offset_to(logit, rate)).mean() == pytest.approx(rate, abs=1e-9)
    assert np.isfinite(offset_to(logit, 0.0))
    assert np.isfinite(offset_to(logit, 1.0))


def test_the_slope_is_that_of_a_logistic_regression() -> None:
    past = world(STEADY, width=1.0)
    twice = 2 * past.logit
    theirs = LogisticRegression(C=1e9).fit(twice[:, None], past.lost).coef_[0, 0]
    assert slope_of(twice, past.lost) == pytest.approx(theirs, rel=2e-3)
    assert slope_of(twice, past.lost) == pytest.approx(0.5, abs=0.03)


def test_a_past_without_known_outcomes_is_refused() -> None:
    past = world(STEADY)
    for moment in (at(0), at(2), at(3)):
        decision = decide(past, past.logit[:500], moment, ASKED)
        assert (decision.threshold, decision.refusal) == (None, Refusal.HISTORY)
    assert decide(past, past.logit[:500], at(4), ASKED).refusal is not Refusal.HISTORY


def test_two_looks_at_one_fortnight_are_no_history() -> None:
    assert known_at(world([0.0, 0.0], every=14), START_US + 200 * DAY_US, 90) is None
    assert known_at(world([0.0, 0.0], every=30), START_US + 200 * DAY_US, 90) is not None


@pytest.mark.parametrize("lost", [0, 29])
def test_too_few_losses_are_no_history(lost: int) -> None:
    past = world(STEADY, customers=100)
    few = replace(past, lost=np.arange(len(past)) < lost)
    assert known_at(few, at(12), 90) is None


def test_a_steady_world_lets_the_lists_average_reach_the_target() -> None:
    past = world(STEADY, customers=3_000)
    decision = decide(past, past.logit[:3_000], at(12), ASKED)
    assert decision.rule == "mean"
    assert [rate.source for rate in decision.rates] == ["pooled"]
    assert decision.offset == pytest.approx(0.0, abs=0.03)
    assert decision.expected_precision is not None
    assert 0.8 <= decision.expected_precision < 0.83
    assert decision.threshold is not None
    assert sigmoid(np.array([decision.slope * decision.threshold + decision.offset]))[0] < 0.8


def test_in_a_moving_world_every_alert_has_to_reach_the_target() -> None:
    past = world(SWINGING)
    decision = decide(past, past.logit[:1_500], at(12), ASKED)
    assert decision.rule == "each"
    assert decision.spread == pytest.approx(float(np.std(SWINGING, ddof=1)), abs=0.1)
    assert decision.threshold is not None
    assert sigmoid(np.array([decision.slope * decision.threshold + decision.offset]))[0] >= 0.8


def test_the_most_cautious_base_rate_decides() -> None:
    past = world(SWINGING)
    decision = decide(past, past.logit[:1_500], at(10), ASKED, expected=(0.05,))
    assert {rate.source for rate in decision.rates} == {"newest", "expected"}
    assert decision.offset == min(rate.offset for rate in decision.rates)
    without = decide(past, past.logit[:1_500], at(10), ASKED)
    assert decision.offset < without.offset
    assert decide(past, past.logit[:1_500], at(10), ASKED, expected=(0.99,)).offset == without.offset


def test_last_years_same_season_is_remembered() -> None:
    """Twelve months after a month of few losses, the newest months alone would promise too much."""
    past = world([0.8, 0.8, -0.6, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8])
    then = decide(past, past.logit[:1_500], at(14), ASKED)
    seasons = [rate for rate in then.rates if rate.source == "season"]
    assert {round((rate.origin_us - START_US) / DAY_US) for rate in seasons} == {30, 60}
    assert then.offset == min(rate.offset for rate in seasons) < -0.3


def test_where_nobody_reaches_the_target_it_says_so() -> None:
    past = world(STEADY, centre=-3.0, width=0.5, customers=4_000)
    decision = decide(past, past.logit[:4_000], at(12), ASKED)
    assert (decision.threshold, decision.refusal) == (None, Refusal.PROBABILITY)


def test_so_few_that_chance_could_break_it_are_refused() -> None:
    past = world(STEADY)
    pool = np.r_[np.full(5, 1.5), np.full(500, -3.0)]
    assert decide(past, pool, at(12), ASKED).refusal is Refusal.FEW
    assert decide(past, np.r_[np.full(400, 1.5), np.full(500, -3.0)], at(12), ASKED).threshold == 1.5


def test_equal_logits_are_alerted_together_or_not_at_all() -> None:
    past = world(STEADY)
    pool = np.r_[np.full(300, 2.5), np.full(300, 0.9), np.full(900, -1.0)]
    decision = decide(past, pool, at(12), ASKED)
    assert decision.threshold in {2.5, 0.9}
    assert decision.expected_alerts == int((pool >= decision.threshold).sum())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1_000), st.integers(4, 9))
def test_nothing_of_later_or_unripe_rows_changes_a_decision(seed: int, moment: int) -> None:
    """What happened less than a horizon before the moment is not known yet (no look into the future)."""
    past = world(SWINGING, customers=300, seed=3)
    unripe = past.origin_us > at(moment) - 90 * DAY_US
    turned = np.where(unripe, np.random.default_rng(seed).random(len(past)) < 0.5, past.lost)
    pool = past.logit[past.origin_us == at(4)]
    one = decide(past, pool, at(moment), ASKED)
    assert decide(replace(past, lost=turned), pool, at(moment), ASKED) == one


@settings(max_examples=20, deadline=None)
@given(st.floats(0.7, 0.9), st.floats(0.01, 0.05))
def test_a_higher_target_never_alerts_more(target: float, more: float) -> None:
    past = world(SWINGING, customers=600)
    pool = past.logit[:600]
    low, high = (decide(past, pool, at(12), Asked(one)) for one in (target, target + more))
    assert high.expected_alerts <= low.expected_alerts
    if high.threshold is not None:
        assert low.threshold is not None
        assert low.threshold <= high.threshold


def test_the_walk_alerts_a_customer_once_per_horizon() -> None:
    lived = walk(past_of(world(STEADY, seed=4), 90), ASKED)
    alerted = lived.rows.customer[lived.alert], lived.rows.origin_us[lived.alert]
    for customer in np.unique(alerted[0]):
        moments = np.sort(alerted[1][alerted[0] == customer])
        assert (np.diff(moments) >= 90 * DAY_US).all()
    assert lived.alert.sum() == sum(one.alerts for one in lived.judged)
    assert lived.rows.lost[lived.alert].sum() == sum(one.hits for one in lived.judged)


def test_a_customer_may_be_on_every_list_where_origins_stand_alone() -> None:
    past = past_of(world(STEADY, seed=4), 90)
    assert walk(past, ASKED, repeat=True).alert.sum() > walk(past, ASKED).alert.sum()


def test_origins_without_a_past_are_not_judged_and_refusals_are_counted() -> None:
    lived = walk(past_of(world(STEADY), 90), Asked(0.8))
    assert [one.origin_us for one in lived.judged] == [at(moment) for moment in range(4, 8)]
    hopeless = walk(past_of(world(STEADY, centre=-3, width=0.4, customers=4_000), 90), Asked(0.9))
    assert (hopeless.made, hopeless.refusals, len(hopeless.judged)) == (0, 4, 4)


def test_treated_customers_are_left_out() -> None:
    rows = world(STEADY)
    past = past_of(replace(rows, treated=rows.customer % 2 == 0), 90)
    assert past.treated == len(rows) / 2
    assert (walk(past, ASKED).rows.customer % 2 == 1).all()


def test_todays_threshold_learns_from_all_that_is_known() -> None:
    past = past_of(world(SWINGING), 90)
    now = decision_now(past, past.rows.logit[-1_500:], at(12), ASKED)
    assert max(rate.origin_us for rate in now.rates) == at(7)
    nothing = past_of(world([]), 90)
    assert decision_now(nothing, np.empty(0), at(3), ASKED).refusal is Refusal.HISTORY


@pytest.fixture(scope="module")
def wandering() -> list[Past]:
    """Twenty worlds whose base rate wanders by an eighth of a log-odd a month."""
    shifts = [np.cumsum(0.12 * np.random.default_rng(seed).normal(size=14)).tolist() for seed in range(20)]
    return [past_of(world(shift, customers=700, seed=seed), 90) for seed, shift in enumerate(shifts)]


@pytest.mark.parametrize("target", [0.8, 0.85, 0.9])
def test_the_promise_is_kept_at_nine_origins_of_ten_while_the_world_moves(target: float, wandering: list[Past]) -> None:
    """ALT-09: one-sided, three points, among the origins at which something was promised."""
    lived = [walk(past, Asked(target), repeat=True) for past in wandering]
    made, kept = sum(one.made for one in lived), sum(one.kept for one in lived)
    assert made > 60
    assert kept / made >= 0.9
