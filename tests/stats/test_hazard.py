"""Discrete-time hazards: the life table without traits, an independent logistic regression with them, and what was generated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from liuke.stats.hazard import DiscreteHazard, person_periods


def told(hazards: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Until which period each was watched, and whether it happened there; drawn period by period."""
    size, periods = hazards.shape
    watched, happened = np.full(size, periods), np.zeros(size, dtype=bool)
    for period in reversed(range(periods)):
        now = random.random(size) < hazards[:, period]
        watched[now], happened[now] = period + 1, True
    return watched, happened


def test_a_subject_has_one_row_per_period_that_it_was_watched() -> None:
    subject, period = person_periods(np.array([2, 1, 3]))
    assert subject.tolist() == [0, 0, 1, 2, 2, 2]
    assert period.tolist() == [0, 1, 0, 0, 1, 2]


def test_without_traits_the_hazards_are_the_life_table() -> None:
    watched = np.array([1] * 10 + [2] * 20 + [2] * 30 + [3] * 40)
    happened = np.array([True] * 10 + [True] * 20 + [False] * 30 + [True] * 4 + [False] * 36)
    found = DiscreteHazard(3, ridge=0.0).fit(np.zeros((100, 0)), watched, happened)
    life_table = [10 / 100, 20 / 90, 4 / 40]
    assert found.hazard(np.zeros((1, 0)))[0] == pytest.approx(life_table, abs=1e-6)
    kaplan_meier = 1 - (1 - 0.1) * (1 - 20 / 90) * (1 - 0.1)
    assert found.by_then(np.zeros((1, 0)))[0, -1] == pytest.approx(kaplan_meier, abs=1e-6)


def test_effects_are_those_of_a_logistic_regression_on_the_same_person_periods() -> None:
    random = np.random.default_rng(3)
    x = random.normal(size=(600, 2))
    watched, happened = told(expit(x @ [[0.9], [-0.4]] + [-2.0, -1.5, -1.0]), random)
    found = DiscreteHazard(3, ridge=0.0).fit(x, watched, happened)
    subject, period = person_periods(watched)
    middle = (period - 1)[:, None]
    rows = np.hstack([np.eye(3)[period], x[subject], x[subject] * middle])
    y = happened[subject] & (period == watched[subject] - 1)
    peer = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10, max_iter=5000).fit(rows, y)
    assert found.beta_[3:] == pytest.approx(peer.coef_[0][3:], abs=2e-3)
    assert np.cumsum(found.beta_[:3]) == pytest.approx(peer.coef_[0][:3], abs=2e-3)


def test_the_curve_agrees_with_what_was_observed_also_where_many_are_watched_briefly() -> None:
    random = np.random.default_rng(7)
    x = random.normal(size=(12_000, 1))
    truth = expit(1.1 * x + np.array([-3.0, -2.4, -2.0, -2.2]))
    watched, happened = told(truth, random)
    censored = random.integers(1, 5, len(x))
    late = censored < watched
    watched, happened = np.where(late, censored, watched), happened & ~late
    found = DiscreteHazard(4).fit(x, watched, happened).by_then(x)
    observed = 1 - np.cumprod(1 - truth, axis=1)
    for low, high in ((-9.0, -0.7), (-0.7, 0.7), (0.7, 9.0)):
        of = (x[:, 0] >= low) & (x[:, 0] < high)
        assert found[of].mean(axis=0) == pytest.approx(observed[of].mean(axis=0), abs=0.02)


def test_a_period_in_which_nobody_was_at_risk_goes_on_as_the_one_before() -> None:
    random = np.random.default_rng(1)
    watched, happened = told(np.full((500, 2), 0.2), random)
    hazards = DiscreteHazard(4, ridge=1e-4).fit(np.zeros((500, 0)), watched, happened).hazard(np.zeros((1, 0)))[0]
    assert hazards[2] == pytest.approx(hazards[1], abs=1e-3)
    assert hazards[3] == pytest.approx(hazards[1], abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), periods=st.integers(1, 6))
def test_the_curve_never_falls_and_stays_within_0_and_1(seed: int, periods: int) -> None:
    random = np.random.default_rng(seed)
    x = random.normal(size=(60, 2))
    watched = random.integers(1, periods + 1, 60)
    found = DiscreteHazard(periods, ridge=1e-3).fit(x, watched, random.random(60) < 0.3).by_then(5 * x)
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found, axis=1) >= 0).all()


def test_weights_count_rows_as_often_as_they_say() -> None:
    watched, happened = np.array([1, 2, 2, 1]), np.array([True, False, True, False])
    x = np.array([[0.1], [0.5], [-0.3], [0.9]])
    times = np.array([1, 3, 2, 4])
    weighed = DiscreteHazard(2, ridge=1e-3).fit(x, watched, happened, times.astype(float))
    repeated = DiscreteHazard(2, ridge=1e-3).fit(np.repeat(x, times, 0), np.repeat(watched, times), np.repeat(happened, times))
    assert weighed.beta_ == pytest.approx(repeated.beta_, abs=1e-8)


@pytest.mark.parametrize("watched", [[], [0, 1], [4]])
def test_who_was_watched_for_no_period_or_too_many_is_refused(watched: list[int]) -> None:
    with pytest.raises(ValueError, match="1 to 3 periods"):
        DiscreteHazard(3).fit(np.zeros((len(watched), 1)), np.array(watched, dtype=int), np.zeros(len(watched), dtype=bool))
