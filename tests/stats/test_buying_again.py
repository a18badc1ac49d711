"""BG/NBD and Gamma-Gamma against the values that their authors published for the 1/10 sample of CDNOW (MIT package lifetimes 0.11.3)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.stats import bgnbd, gammagamma

SAMPLE = np.loadtxt(Path(__file__).parent / "cdnow/sample.csv", delimiter=",", skiprows=1)
REPEATS, RECENCY, AGE, MEAN = SAMPLE.T


def test_bg_nbd_finds_the_published_numbers_of_cdnow() -> None:
    found = bgnbd.fit(REPEATS, RECENCY, AGE)
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=1e-3)


def test_the_unit_of_time_does_not_matter() -> None:
    weeks, days = bgnbd.fit(REPEATS, RECENCY, AGE), bgnbd.fit(REPEATS, RECENCY * 7, AGE * 7)
    assert days.alpha == pytest.approx(weeks.alpha * 7, rel=1e-3)
    assert days.r == pytest.approx(weeks.r, rel=1e-3)


def test_the_example_of_the_paper_is_expected_to_buy_1_226_times_in_39_weeks() -> None:
    published = bgnbd.BgNbd(0.243, 4.414, 0.793, 2.426)
    one = published.expected(39, np.array([2]), np.array([30.43]), np.array([38.86]))
    assert one[0] == pytest.approx(1.226, abs=1e-3)


def test_gamma_gamma_finds_the_published_numbers_of_cdnow() -> None:
    again = REPEATS > 0
    found = gammagamma.fit(REPEATS[again], MEAN[again])
    assert (found.p, found.q, found.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)


def test_a_mean_of_one_purchase_is_drawn_to_the_mean_of_all() -> None:
    found = gammagamma.GammaGamma(6.25, 3.74, 15.44)
    assert found.overall == pytest.approx(35.22, abs=0.01)
    unknown, once, often = found.expected(np.array([0, 1, 100]), np.array([0.0, 100.0, 100.0]))
    assert unknown == pytest.approx(found.overall)
    assert found.overall < once < often < 100


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 200),
    st.floats(0, 1),
    st.floats(0.01, 3000),
    st.tuples(st.floats(0.01, 4), st.floats(0.01, 5000)),
    st.floats(0.01, 900),
)
def test_chances_stay_between_0_and_1_and_more_time_never_lowers_what_is_expected(
    repeats: int, share: float, age: float, rate: tuple[float, float], days: float
) -> None:
    model = bgnbd.BgNbd(*rate, 0.8, 2.4)
    one = (np.array([repeats]), np.array([share * age if repeats else 0.0]), np.array([age]))
    silent, longer = model.silent(days, *one)[0], model.silent(2 * days, *one)[0]
    assert 0 <= longer <= silent <= 1
    assert 0 <= model.alive(*one)[0] <= 1
    assert 0 <= model.expected(days, *one)[0] <= model.expected(2 * days, *one)[0] * (1 + 1e-9) + 1e-12


def test_silence_follows_from_the_simulated_lives_that_the_model_describes() -> None:
    random, customers = np.random.default_rng(3), 40_000
    truth = bgnbd.BgNbd(1.2, 20.0, 0.9, 3.0)
    rate, stop = random.gamma(truth.r, 1 / truth.alpha, customers), random.beta(truth.a, truth.b, customers)
    times = np.cumsum(random.exponential(1, (customers, 80)) / rate[:, None], axis=1)
    lasting = random.geometric(np.maximum(stop, 1e-9))
    alive = np.arange(80)[None, :] < lasting[:, None]
    past = (times <= 180) & alive
    repeats, recency = past.sum(axis=1), np.where(past, times, 0).max(axis=1)
    bought = ((times > 180) & (times <= 270) & alive).any(axis=1)
    found = bgnbd.fit(repeats, recency, np.full(customers, 180.0))
    assert found.silent(90, repeats, recency, np.full(customers, 180.0)).mean() == pytest.approx((~bought).mean(), abs=0.015)


def test_customers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="recency"):
        bgnbd.fit(np.array([1]), np.array([9.0]), np.array([3.0]))
    with pytest.raises(ValueError, match="above 0"):
        gammagamma.fit(np.array([0]), np.array([3.0]))


def test_a_handful_of_customers_gets_numbers_near_those_of_an_ordinary_shop() -> None:
    found = bgnbd.fit(np.array([2, 0, 1]), np.array([30.0, 0.0, 9.0]), np.array([60.0, 60.0, 60.0]), ridge=0.05)
    assert 0.05 < found.r < 20
    assert np.isfinite(found.expected(90, np.array([5]), np.array([10.0]), np.array([30.0]))).all()
