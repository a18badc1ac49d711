"""Similar cases of the past: near, one per customer, without the customer itself and without those approached."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from liuke.learn.domain.similar import FEWEST, WANTED, WIDEST, Cases, cases_of, similar_cases
from liuke.stats.proportion import wilson


def told(size: int = 4_000, seed: int = 1) -> Cases:
    """Customers with two snapshots each, lost as often as their log-odds say."""
    random = np.random.default_rng(seed)
    logit = random.normal(-1.0, 1.5, 2 * size)
    return cases_of(np.repeat(np.arange(size), 2), logit, random.random(2 * size) < expit(logit), np.zeros(2 * size))


@pytest.mark.parametrize("logit", [-2.0, -0.5, 1.0])
def test_the_share_of_similar_cases_is_about_the_models_probability(logit: float) -> None:
    found = similar_cases(told(), logit=logit, besides=-1)
    assert found is not None
    assert found.of == WANTED
    assert found.low <= found.share <= found.high
    assert found.low - 0.03 <= expit(logit) <= found.high + 0.03
    assert (found.low, found.high) == wilson(found.lost, found.of)


def test_the_base_rate_of_all_cases_stands_beside() -> None:
    cases = told()
    found = similar_cases(cases, logit=2.0, besides=-1)
    assert found is not None
    assert found.base_rate == cases.lost.mean()
    assert found.share > found.base_rate


def test_a_customer_counts_once_with_its_nearest_snapshot_and_never_for_itself() -> None:
    customer = np.repeat(np.arange(40), 3)
    logit = np.tile([0.0, 0.5, 0.9], 40)
    lost = np.tile([True, False, False], 40)
    found = similar_cases(cases_of(customer, logit, lost, np.zeros(120)), logit=0.1, besides=7)
    assert found is not None
    assert (found.of, found.lost) == (39, 39)


def test_whoever_was_approached_is_left_out() -> None:
    size = 80
    treated = np.arange(size) < 45
    cases = cases_of(np.arange(size), np.zeros(size), treated, treated)
    found = similar_cases(cases, logit=0.0, besides=-1)
    assert found is not None
    assert (found.of, found.lost, found.base_rate) == (35, 0, 0.0)


def test_few_cases_or_cases_far_away_say_nothing() -> None:
    few = cases_of(np.arange(FEWEST - 1), np.zeros(FEWEST - 1), np.ones(FEWEST - 1), np.zeros(FEWEST - 1))
    assert similar_cases(few, logit=0.0, besides=-1) is None
    assert similar_cases(told(), logit=30.0, besides=-1) is None
    nothing = cases_of(np.array([]), np.array([]), np.array([]), np.array([]))
    assert similar_cases(nothing, logit=0.0, besides=1) is None


@settings(max_examples=40, deadline=None)
@given(logit=st.floats(-4, 3), seed=st.integers(0, 50))
def test_nobody_left_out_lies_nearer_than_somebody_taken(logit: float, seed: int) -> None:
    cases = told(300, seed)
    found = similar_cases(cases, logit=logit, besides=-1)
    nearest = np.array([np.abs(cases.logit[cases.customer == one] - logit).min() for one in range(300)])
    within = np.sort(nearest[nearest <= WIDEST])[:WANTED]
    assert (0 if found is None else found.of) == (len(within) if len(within) >= FEWEST else 0)
