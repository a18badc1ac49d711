"""BEY-10: when a customer is likely to be lost, checked against what was generated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from liuke.base.times import DAY_US
from liuke.score.domain.modelled_time import Past, TimeCurve, chances_by, time_curve


def events(size: int, seed: int = 4) -> tuple[Past, np.ndarray]:
    """Cancellations within 90 days: the riskier the sooner. Also the truth: the chance by 30, 60 and 90 days."""
    random = np.random.default_rng(seed)
    logit = random.normal(-0.8, 1.2, size)
    hazards = expit(0.9 * logit[:, None] + np.array([-1.4, -1.0, -0.9]))
    falls = random.random((size, 3)) < hazards
    lost = falls.any(axis=1)
    period = falls.argmax(axis=1)
    at = np.where(lost, ((period + random.random(size)) * 30 * DAY_US).astype(np.int64), -1)
    return Past(np.arange(size), np.zeros(size, dtype=np.int64), logit, lost, at), 1 - np.cumprod(1 - hazards, axis=1)


def silences(size: int, seed: int = 9) -> tuple[Past, np.ndarray, np.ndarray]:
    """Five snapshots a month apart; somebody who went silent stays so. Also the log-odds and when each went silent (months)."""
    random = np.random.default_rng(seed)
    logit = random.normal(-1.0, 1.0, size)
    today = random.random(size) < expit(logit)
    monthly = expit(0.5 * logit - 1.5)
    gone = np.where(today, 0, random.geometric(np.clip(monthly, 1e-3, 1 - 1e-3)))
    rows = [(customer, month) for customer in range(size) for month in range(5)]
    customer, month = np.array(rows).T
    lost = gone[customer] <= month
    return Past(customer, month * 30 * DAY_US, logit[customer], lost, np.full(len(rows), -1)), logit, gone


def test_BEY_10_the_curve_of_an_event_agrees_with_what_happened_among_those_at_low_and_high_risk() -> None:
    past, truth = events(9_000)
    found = time_curve(past, horizon_days=90, silence=False)
    assert found is not None
    assert found.days == (30, 60, 90)
    curve = found.by_then(truth[:, -1], past.logit)
    for risky in (past.logit < -1.5, past.logit > 0.2):
        observed = [(past.lost & (past.lost_at_us < day * DAY_US))[risky].mean() for day in (30, 60, 90)]
        assert curve[risky, 1:].mean(axis=0) == pytest.approx(observed, abs=0.03)


def test_BEY_10_the_curve_of_a_silence_agrees_with_the_later_snapshots() -> None:
    past, logit, gone = silences(4_000)
    found = time_curve(past, horizon_days=90, silence=True)
    assert found is not None
    assert found.from_today
    curve = found.by_then(expit(logit), logit)
    observed = [(gone <= months).mean() for months in range(4)]
    assert curve.mean(axis=0) == pytest.approx(observed, abs=0.025)


def test_the_curve_reaches_the_probability_at_the_horizon_or_begins_with_it() -> None:
    probability, logit = np.array([0.0, 0.2, 0.97]), np.array([-4.0, -1.2, 3.0])
    ending = TimeCurve((30, 60, 90), from_today=False, beta=(-1.0, 0.1, 0.1, 0.8, 0.0)).by_then(probability, logit)
    assert ending[:, -1] == pytest.approx(probability, abs=1e-9)
    assert (ending[:, 0] == 0).all()
    starting = TimeCurve((30, 60, 90), from_today=True, beta=(-1.0, 0.1, 0.1, 0.8, 0.0)).by_then(probability, logit)
    assert starting[:, 0] == pytest.approx(probability, abs=1e-9)


@settings(max_examples=50)
@given(
    beta=st.tuples(*[st.floats(-6, 6)] * 5), p=st.floats(0, 1), logit=st.floats(-20, 20), from_today=st.booleans(), day=st.integers(0, 90)
)
def test_the_curve_never_falls_and_stays_within_0_and_1(
    beta: tuple[float, ...], p: float, logit: float, from_today: bool, day: int
) -> None:
    curve = TimeCurve((30, 60, 90), from_today, beta).by_then(np.array([p]), np.array([logit]))
    assert ((curve >= 0) & (curve <= 1)).all()
    assert (np.diff(curve) >= 0).all()
    chance = chances_by(curve, (30, 60, 90), (day,))[day][0]
    before, after = curve[0, day // 30], curve[0, -(-day // 30)]
    assert before - 1e-9 <= chance <= after + 1e-9


def test_days_beyond_what_was_observed_are_left_out() -> None:
    curve = np.array([[0.0, 0.1, 0.2]])
    found = chances_by(curve, (14, 28), (14, 28, 30, 60))
    assert set(found) == {14, 28}
    assert found[14] == pytest.approx([0.1])


def test_where_too_few_losses_tell_when_there_is_no_curve() -> None:
    few, _ = events(60)
    assert time_curve(few, horizon_days=90, silence=False) is None
    unknown = Past(few.customer, few.origin_us, few.logit, np.ones(60, dtype=bool), np.full(60, -1))
    assert time_curve(unknown, horizon_days=90, silence=False) is None
    once, _, _ = silences(300)
    first = once.origin_us == 0
    alone = Past(once.customer[first], once.origin_us[first], once.logit[first], once.lost[first], once.lost_at_us[first])
    assert time_curve(alone, horizon_days=90, silence=True) is None
