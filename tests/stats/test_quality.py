"""Figures of predicted chances, against scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.metrics import log_loss as other_log_loss

from liuke.stats.quality import average_precision, brier, ece, lift, log_loss


@pytest.mark.parametrize("digits", [1, 3])
def test_average_precision_is_that_of_scikit_learn_with_ties_too(digits: int) -> None:
    random = np.random.default_rng(digits)
    score, hit = random.random(400).round(digits), (random.random(400) < 0.3).astype(int)
    assert average_precision(score, hit) == pytest.approx(average_precision_score(hit, score), abs=1e-12)


def test_log_loss_and_brier_are_those_of_scikit_learn() -> None:
    random = np.random.default_rng(0)
    p, hit, weight = random.random(300), random.integers(0, 2, 300), random.random(300)
    assert log_loss(p, hit) == pytest.approx(other_log_loss(hit, p))
    assert log_loss(p, hit, weight) == pytest.approx(other_log_loss(hit, p, sample_weight=weight))
    assert brier(p, hit) == pytest.approx(brier_score_loss(hit, p))


def test_a_certain_miss_costs_much_but_not_without_end() -> None:
    assert log_loss(np.array([1.0]), np.array([0])) == pytest.approx(34.5, abs=0.1)


def test_without_a_hit_there_is_no_average_precision_and_no_lift() -> None:
    assert np.isnan(average_precision(np.array([0.1, 0.2]), np.array([0, 0])))
    assert np.isnan(lift(np.array([0.1, 0.2]), np.array([0, 0]), 0.5))


def test_lift_is_precision_against_the_base_rate() -> None:
    hit = np.array([1, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    assert lift(np.arange(10)[::-1], hit, 0.1) == pytest.approx(5.0)


def test_honest_chances_have_a_small_calibration_error_and_boastful_ones_a_large_one() -> None:
    random = np.random.default_rng(3)
    p = random.random(20_000)
    hit = random.random(20_000) < p
    assert ece(p, hit) < 0.02
    assert ece(np.where(p > 0.5, 0.99, 0.01), hit) == pytest.approx(0.24, abs=0.02)


def test_calibration_error_by_hand() -> None:
    assert ece(np.array([0.2, 0.4, 0.9, 0.7]), np.array([0, 1, 1, 1]), bins=2) == pytest.approx((0.4 + 0.4) / 4)
