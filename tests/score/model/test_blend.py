"""The members' weights: never negative, by what they are worth on rows they did not see."""

import numpy as np
import pytest
from scipy.special import expit

from liuke.score.model.blend import blended, trusted
from liuke.stats.quality import log_loss

RANDOM = np.random.default_rng(0)
TRUE = RANDOM.normal(size=4000)
Y = (RANDOM.random(4000) < expit(TRUE)).astype(float)
NOISE = RANDOM.normal(size=4000)


def test_a_member_that_knows_gets_all_and_one_that_guesses_is_left_out() -> None:
    blend = blended({"knows": TRUE, "guesses": NOISE}, Y)
    assert blend.weights == {"knows": pytest.approx(1, abs=0.1)}
    assert blend.intercept == pytest.approx(0, abs=0.1)


def test_a_member_that_is_always_wrong_gets_no_negative_weight() -> None:
    assert list(blended({"knows": TRUE + NOISE, "liar": -TRUE}, Y).weights) == ["knows"]


def test_overconfident_log_odds_are_shrunk() -> None:
    assert blended({"loud": 4 * TRUE}, Y).weights["loud"] == pytest.approx(0.25, abs=0.03)


def test_two_that_err_differently_are_better_than_either() -> None:
    halves = {"one": TRUE + RANDOM.normal(size=4000), "two": TRUE + RANDOM.normal(size=4000)}
    blend = blended(halves, Y)
    assert set(blend.weights) == {"one", "two"}
    both = log_loss(expit(blend.logit(halves)), Y)
    assert both < min(log_loss(expit(blended({name: logits}, Y).logit({name: logits})), Y) for name, logits in halves.items())


def test_a_costly_member_is_kept_only_where_it_is_worth_it() -> None:
    nearly = TRUE + 0.02 * NOISE
    assert "deep" not in blended({"linear": TRUE, "deep": nearly}, Y).weights
    assert "deep" in blended({"linear": TRUE + NOISE, "deep": TRUE - NOISE}, Y).weights


@pytest.mark.parametrize("trust", [0.0, 0.2, 1.0])
def test_trust_moves_weight_from_the_blend_to_the_experts(trust: float) -> None:
    moved = trusted(blended({"knows": TRUE}, Y), "scorecard", trust)
    assert moved.weights["scorecard"] == pytest.approx(1 - trust)
    assert moved.weights["knows"] == pytest.approx(trust * blended({"knows": TRUE}, Y).weights["knows"])
