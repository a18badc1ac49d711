"""Columns as numbers: quantile-normal scores, levels, rates by others' outcomes."""

import msgspec
import numpy as np
import pytest
from scipy.stats import norm

from liuke.score.model import Column, Table
from liuke.score.model.codes import Code, LevelCode, NumberCode, RateCode, TextCode, learn_code, rates_of_others
from liuke.score.model.encode import Encoded, Encoder, encoded_for_training

NOBODY = np.zeros(0)


def words(*given: str) -> np.ndarray:
    return np.array(given, dtype=object)


def test_a_numbers_score_is_the_normal_quantile_of_its_mid_rank() -> None:
    values = np.random.default_rng(0).lognormal(2, 2, 100)
    code = learn_code(Column("a"), values, NOBODY)
    assert isinstance(code, NumberCode)
    expected = norm.ppf((np.argsort(np.argsort(values)) + 0.5) / 100)
    assert code.lines(values)[:, 0] == pytest.approx((expected - expected.mean()) / expected.std(), abs=1e-9)


def test_scores_have_mean_0_and_variance_1_and_do_not_leave_the_range_seen() -> None:
    values = np.random.default_rng(0).integers(0, 5, 1000).astype(float)
    code = learn_code(Column("a"), values, NOBODY)
    score = code.lines(values)[:, 0]
    assert (score.mean(), score.std()) == pytest.approx((0, 1), abs=1e-9)
    assert code.lines(np.array([-99.0, 99.0]))[:, 0].tolist() == [score.min(), score.max()]


def test_a_missing_number_scores_the_mean_and_says_that_it_is_missing() -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0] * 20)
    code = learn_code(Column("a"), values, NOBODY)
    lines = code.lines(values)
    assert code.line_width == lines.shape[1] == 2
    assert (lines[2, 0], lines[2, 1] > 0, lines[0, 1] < 0) == (0.0, True, True)
    assert np.isnan(code.trees(values)[2, 0])


def test_many_values_are_kept_as_few_knots() -> None:
    code = learn_code(Column("a"), np.arange(10_000.0), NOBODY)
    assert isinstance(code, NumberCode)
    assert 100 <= len(code.knots) <= 128
    assert (np.diff(code.lines(np.arange(10_000.0))[:, 0]) >= 0).all()


def test_of_two_levels_one_feature_says_it_all() -> None:
    code = learn_code(Column("a", "category"), words(*["m", "f", "f"] * 10), NOBODY)
    assert isinstance(code, LevelCode)
    assert code.levels == ("m",)
    assert code.trees(words("m", "f", "never seen"))[:, 0].tolist() == [1.0, 0.0, 0.0]


def test_a_rare_level_is_read_as_one_never_seen() -> None:
    code = learn_code(Column("a", "category"), words(*["x"] * 60, *["y"] * 60, "rare"), NOBODY)
    assert isinstance(code, LevelCode)
    assert set(code.levels) == {"x", "y"}


def test_many_levels_become_a_smoothed_rate_and_a_size() -> None:
    names = words(*[f"city{number % 20}" for number in range(400)])
    y = (np.arange(400) % 20 < 5).astype(float)
    code = learn_code(Column("a", "category"), names, y)
    assert isinstance(code, RateCode)
    rates = code.trees(words("city0", "city19", "elsewhere"))
    assert rates[0, 0] == pytest.approx(np.log(25 / 15))
    assert rates[1, 0] == pytest.approx(np.log(5 / 35))
    assert rates[2].tolist() == [pytest.approx(np.log(0.25 / 0.75)), 0.0]


def test_a_rows_own_outcome_never_reaches_its_rate() -> None:
    random = np.random.default_rng(0)
    names, y, part = words(*random.choice([f"c{n}" for n in range(40)], 600)), (random.random(600) < 0.3).astype(float), np.arange(600) % 5
    code = learn_code(Column("a", "category"), names, y)
    assert isinstance(code, RateCode)
    before = rates_of_others(code, names, y, part)
    changed = y.copy()
    changed[part == 2] = 1 - changed[part == 2]
    after = rates_of_others(code, names, changed, part)
    assert np.array_equal(before[part == 2], after[part == 2])
    assert not np.array_equal(before[part != 2], after[part != 2])


def test_a_text_counts_by_its_length() -> None:
    code = learn_code(Column("a", "text"), words("ab", "abcdef"), NOBODY)
    assert isinstance(code, TextCode)
    assert code.lines(words("ab", "abcdef"))[:, 0] == pytest.approx([-1, 1])


@pytest.mark.parametrize("values", [np.array([np.nan, np.nan]), np.array([3.0, 3.0])])
def test_a_column_that_says_nothing_breaks_nothing(values: np.ndarray) -> None:
    assert np.isfinite(learn_code(Column("a"), values, NOBODY).lines(values)).all()


def test_a_code_is_the_same_after_json() -> None:
    random = np.random.default_rng(5)
    y = (np.arange(300) % 3 == 0).astype(float)
    codes = [
        learn_code(Column("a", monotone=-1, family="f"), random.normal(size=300), y),
        learn_code(Column("b", "category"), random.choice(words("x", "y", "z"), 300), y),
        learn_code(Column("c", "category"), words(*[f"l{n % 30}" for n in range(300)]), y),
        learn_code(Column("d", "text"), words(*["a" * (n % 9) for n in range(300)]), y),
    ]
    again = msgspec.json.decode(msgspec.json.encode(codes), type=list[Code])
    assert again == codes


def test_features_know_their_column_and_only_numbers_are_monotone() -> None:
    table = Table(
        (Column("n", monotone=1), Column("c", "category", monotone=1)),
        {"n": np.array([1.0, np.nan, 3.0] * 10), "c": words(*["x", "y", "z"] * 10)},
    )
    encoder = Encoder.learn(table, np.array([0.0, 1.0, 0.0] * 10))
    assert encoder.line_owner.tolist() == [0, 0, 1, 1]
    assert encoder.tree_owner.tolist() == [0, 1, 1]
    assert encoder.monotone == (1, 0, 0)
    assert encoder.lines(table).shape == (30, 4)


def test_rows_for_training_differ_from_rows_for_scoring_only_in_rates() -> None:
    random = np.random.default_rng(1)
    table = Table(
        (Column("n"), Column("c", "category")),
        {"n": random.normal(size=300), "c": words(*[f"l{n % 20}" for n in range(300)])},
    )
    y = (random.random(300) < 0.4).astype(float)
    encoder = Encoder.learn(table, y)
    training, scoring = encoded_for_training(encoder, table, y, np.arange(300) % 3), Encoded(encoder, table)
    assert np.array_equal(training.trees[:, 0], scoring.trees[:, 0])
    assert not np.array_equal(training.trees[:, 1], scoring.trees[:, 1])
    assert not np.array_equal(training.lines[:, 1], scoring.lines[:, 1])
