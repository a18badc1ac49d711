"""Log-odds to honest probabilities."""

import numpy as np
import pytest
from scipy.special import expit, logit

from liuke.score.model import Beta, Platt, shift_base_rate
from liuke.stats.quality import ece

RANDOM = np.random.default_rng(0)
TRUE = RANDOM.normal(-1, 1.5, 30_000)
Y = (RANDOM.random(30_000) < expit(TRUE)).astype(float)


def test_platt_undoes_a_line() -> None:
    found = Platt.fit(2.5 * TRUE + 1, Y)
    assert found.apply(2.5 * TRUE + 1) == pytest.approx(TRUE, abs=0.2)


def test_beta_bends_where_a_line_cannot() -> None:
    """Kull et al. 2017: ln p' / (1 - p') = a ln p − b ln(1 − p) + c."""
    p = expit(TRUE)
    bent = logit(expit(1.8 * np.log(p) - 0.4 * np.log1p(-p) + 0.3))
    y = (RANDOM.random(30_000) < expit(bent)).astype(float)
    found = Beta.fit(TRUE, y)
    assert (found.rising, found.falling, found.intercept) == pytest.approx((1.8, 0.4, 0.3), abs=0.2)
    assert ece(expit(found.apply(TRUE)), y) < ece(expit(Platt.fit(TRUE, y).apply(TRUE)), y)


@pytest.mark.parametrize("kind", [Platt, Beta])
def test_order_is_kept_and_extremes_stay_finite(kind: type[Platt] | type[Beta]) -> None:
    calibrated = kind.fit(TRUE, Y).apply(np.array([-800.0, -5.0, 0.0, 5.0, 800.0]))
    assert np.isfinite(calibrated).all()
    assert (np.diff(calibrated) > 0).all()


@pytest.mark.parametrize("kind", [Platt, Beta])
def test_with_one_outcome_nothing_is_changed(kind: type[Platt] | type[Beta]) -> None:
    assert kind.fit(np.array([1.0, 2.0]), np.zeros(2)).apply(np.array([0.3])) == pytest.approx([0.3])


def test_a_model_that_always_errs_is_not_turned_round() -> None:
    assert Platt.fit(-TRUE, Y).slope == 0.0


def test_a_shift_brings_the_mean_to_the_new_rate_where_the_prior_alone_changed() -> None:
    kept = np.flatnonzero((Y == 1) | (RANDOM.random(30_000) < 0.3))
    shifted = expit(shift_base_rate(TRUE[kept], Y.mean(), Y[kept].mean()))
    assert shifted.mean() == pytest.approx(Y[kept].mean(), abs=0.01)
    assert ece(shifted, Y[kept]) < 0.02


@pytest.mark.parametrize(("one", "other"), [(0.0, 0.5), (0.5, 1.0)])
def test_a_rate_of_nothing_or_all_is_no_rate(one: float, other: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        shift_base_rate(TRUE, one, other)
