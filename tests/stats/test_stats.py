"""The maths, against values from the literature, brute force, and laws that must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.stats.bootstrap import cluster_bootstrap
from liuke.stats.logistic import SignedLogistic
from liuke.stats.proportion import wilson
from liuke.stats.ranking import auc, precision_at
from liuke.stats.returns import return_curve, suggested_days


def test_wilson_gives_the_published_intervals() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    for hits, of, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)):
        assert wilson(hits, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(0, 500), st.integers(0, 500))
def test_wilson_holds_the_share_and_stays_between_zero_and_one(hits: int, misses: int) -> None:
    low, high = wilson(hits, hits + misses)
    assert 0 <= low <= high <= 1
    if hits + misses:
        assert low - 1e-12 <= hits / (hits + misses) <= high + 1e-12


def test_wilson_refuses_more_hits_than_tries() -> None:
    with pytest.raises(ValueError, match="3 hits of 2"):
        wilson(3, 2)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=40))
def test_auc_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[int, bool]]) -> None:
    hits = [score for score, hit in rows if hit]
    misses = [score for score, hit in rows if not hit]
    found = auc(np.array([score for score, _ in rows]), np.array([hit for _, hit in rows]))
    if not hits or not misses:
        assert np.isnan(found)
        return
    pairs = [(high > low) + 0.5 * (high == low) for high in hits for low in misses]
    assert found == pytest.approx(sum(pairs) / len(pairs))


def test_precision_at_the_top_shares_ties_at_the_edge() -> None:
    assert precision_at(np.array([9, 5, 5, 1]), np.array([1, 1, 0, 0]), 0.5) == pytest.approx(0.75)


def test_the_bootstrap_keeps_clusters_together_and_repeats_itself() -> None:
    clusters = np.repeat(np.arange(50), 4)
    values = np.repeat(np.random.default_rng(1).normal(size=50), 4)
    first, again = (cluster_bootstrap(clusters, lambda rows: float(values[rows].mean()), times=400, seed=5) for _ in range(2))
    assert first == again
    spread = 1.96 * values.std() / np.sqrt(50)
    assert (first[1] - first[0]) / 2 == pytest.approx(spread, rel=0.2)


def test_the_return_curve_counts_only_silences_whose_outcome_is_known() -> None:
    gaps, still_open = np.array([10, 40, 100, 200]), np.array([35, 130, 500])
    [point] = return_curve(gaps, still_open, [30], 90)
    assert (point.silent, point.returned) == (5, 2)  # 40 and 100 came back; 200, 130 and 500 did not; 35 is not over
    assert point.low < point.share < point.high


def test_a_horizon_is_suggested_only_where_the_data_show_one() -> None:
    curve = return_curve(np.array([10] * 50 + [60] * 5), np.array([200] * 50), [5, 30, 90], 30)
    assert suggested_days(curve) == 30
    assert suggested_days(return_curve(np.array([10]), np.array([]), [5], 30)) is None


def fitted(ridge: float, prior: list[float] | None = None) -> SignedLogistic:
    """Three columns: one that raises, one that lowers, one said to raise that in truth lowers."""
    random = np.random.default_rng(2)
    x = random.random((4000, 3))
    lost = random.random(4000) < 1 / (1 + np.exp(-(0.3 + 2 * x[:, 0] - 1.5 * x[:, 1] - x[:, 2])))
    return SignedLogistic(np.array([1.0, -1.0, 1.0]), None if prior is None else np.array(prior), ridge).fit(x, lost)


def test_learned_weights_keep_the_experts_sign() -> None:
    model = fitted(1e-6)
    assert model.coefficients_[0] == pytest.approx(2, abs=0.3)
    assert model.coefficients_[1] == pytest.approx(-1.5, abs=0.3)
    assert model.coefficients_[2] == 0


def test_a_strong_prior_keeps_the_experts_weights() -> None:
    np.testing.assert_allclose(fitted(1e4, [0.5, -0.7, 0.2]).coefficients_, [0.5, -0.7, 0.2], atol=1e-3)
    assert fitted(1e-6).logit(np.zeros((1, 3)))[0] == pytest.approx(fitted(1e-6).intercept_)


def test_columns_that_say_nearly_the_same_do_not_make_the_steps_overshoot() -> None:
    random = np.random.default_rng(3)
    truth = random.normal(0, 2, 3000)
    lost = (random.random(3000) < 1 / (1 + np.exp(-truth))).astype(float)
    columns = np.column_stack([60 * truth + random.normal(0, at, 3000) for at in range(1, 5)])
    learned = SignedLogistic(np.ones(4), prior=np.full(4, 0.25), ridge=0.01).fit(columns, lost)
    assert learned.coefficients_.sum() == pytest.approx(1 / 60, rel=0.2)
    assert abs(learned.intercept_) < 0.3
