"""Models compared on the same rows; whether a challenger may take the champion's place; drift; shadow (ML-02)."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.champion import common, duel, objections_alone
from liuke.learn.domain.comparison import Compared, Rows, compare, loss_difference, slope_within
from liuke.learn.domain.drift import drift_of, reference_of
from liuke.learn.domain.predicted import COLUMNS, predicted_bytes, predicted_read, predicted_table
from liuke.learn.domain.shadow import shadow_day
from liuke.score.domain.levels import Bands
from liuke.score.model.table import Column, Numbers, Table

RANDOM = np.random.default_rng(11)
N = 1200
TRUTH = RANDOM.normal(0, 1.5, N)
LOST = (RANDOM.random(N) < 1 / (1 + np.exp(-TRUTH))).astype(float)
ROWS = Rows(np.arange(N) % 500, np.arange(N) % 3, LOST)


def test_figures_are_those_of_scikit_learn_averaged_over_origins() -> None:
    rough = np.round(TRUTH, 1)
    (found,) = compare(ROWS, {"stack": rough}, ("stack",), times=20)
    at = [ROWS.origin == origin for origin in range(3)]
    assert found.auc.value == pytest.approx(np.mean([roc_auc_score(LOST[one], rough[one]) for one in at]))
    assert found.ap.value == pytest.approx(np.mean([average_precision_score(LOST[one], rough[one]) for one in at]))
    assert found.log_loss.value == pytest.approx(np.mean([np.mean(np.logaddexp(0, rough) - LOST * rough)]), abs=1e-3)
    assert found.auc.low is not None
    assert found.auc.high is not None
    assert found.auc.low < (found.auc.value or 0) < found.auc.high


def test_the_tenth_at_the_top_is_counted_with_its_ties() -> None:
    lost = np.r_[np.ones(10), np.zeros(90)]
    (found,) = compare(Rows(np.arange(100), np.zeros(100, np.int64), lost), {"stack": lost}, (), times=5)
    assert found.top.value == 1.0
    assert found.log_loss.value is None
    assert found.ece is None


def test_a_worse_way_to_rank_lies_behind_with_an_interval_above_nothing() -> None:
    noisy = TRUTH + RANDOM.normal(0, 3, N)
    first, second = compare(ROWS, {"stack": TRUTH, "recency": noisy}, ("stack",), times=60)
    assert first.behind.value == 0
    assert second.behind.low is not None
    assert second.behind.low > 0
    assert second.to_plain()["name"] == "recency"


def test_an_origin_with_one_outcome_only_does_not_spoil_the_mean() -> None:
    lost = np.r_[np.ones(20), np.tile([0.0, 1.0], 10)]
    origin = np.repeat([0, 1], 20)
    (found,) = compare(Rows(np.arange(40), origin, lost), {"stack": lost}, (), times=5)
    assert found.auc.value == 1.0


def test_the_calibration_slope_does_not_mistake_a_season_for_overconfidence() -> None:
    origin = np.arange(N) % 2
    shifted = np.where(origin == 0, TRUTH, TRUTH - 3)
    assert slope_within(Rows(ROWS.customers, origin, LOST), shifted) == pytest.approx(1.0, abs=0.15)
    assert slope_within(ROWS, 2 * TRUTH) == pytest.approx(0.5, abs=0.1)


def test_a_challenger_that_is_the_champion_passes_and_a_worse_one_is_refused_with_numbers() -> None:
    same = duel(ROWS, TRUTH, TRUTH)
    assert same.passed
    assert same.loss == Estimate(0.0, 0.0, 0.0, N)
    worse = duel(ROWS, 2.5 * TRUTH, TRUTH)
    (objection,) = worse.objections
    assert objection.code == "worse"
    assert objection.params["difference"] > objection.params["margin"]
    assert not worse.passed
    assert duel(ROWS, TRUTH, 2.5 * TRUTH).passed


def test_too_few_common_rows_refuse_nobody() -> None:
    few = Rows(ROWS.customers[:100], ROWS.origin[:100], ROWS.lost[:100])
    assert duel(few, -TRUTH[:100], TRUTH[:100]).passed
    assert duel(few, -TRUTH[:100], TRUTH[:100]).loss is None


def test_common_rows_are_the_same_customers_at_the_same_moments() -> None:
    own, other = common((np.array([1, 2, 3]), np.array([3, 1, 2])), (np.array([10, 10, 20]), np.array([20, 10, 99])))
    assert own.tolist() == [0, 2]
    assert other.tolist() == [1, 0]


def compared(low: float) -> Compared:
    nothing = Estimate(None, None, None, 0)
    return Compared("recency", nothing, nothing, nothing, nothing, None, Estimate(0.02, low, 0.05, 100))


def test_a_model_no_better_than_recency_or_badly_calibrated_is_objected_to() -> None:
    assert objections_alone((compared(0.01),), 1.0) == ()
    assert [one.code for one in objections_alone((compared(-0.01),), 0.5)] == ["slope", "recency"]
    assert [one.code for one in objections_alone((), 1.3)] == ["slope"]


def test_the_difference_of_losses_is_that_of_two_means() -> None:
    found = loss_difference(ROWS, TRUTH, np.zeros(N), times=50)
    expected = np.mean(np.logaddexp(0, TRUTH) - LOST * TRUTH) - np.log(2)
    assert found.value == pytest.approx(expected)
    assert found.high is not None
    assert found.high < 0


def table(values: Numbers) -> Table:
    return Table((Column("a"), Column("b")), {"a": values, "b": np.where(np.arange(len(values)) % 4 == 0, np.nan, values)})


def test_the_same_people_do_not_drift_and_others_do() -> None:
    reference = reference_of(table(TRUTH))
    same, moved = drift_of(reference, table(TRUTH)), drift_of(reference, table(TRUTH + 2))
    assert max(same.columns.values()) == pytest.approx(0.0, abs=1e-9)
    assert not same.called
    assert moved.called
    assert set(moved.moved) == {"a", "b"}


def test_the_stability_index_is_the_one_of_the_book() -> None:
    found = drift_of({"a": {"edges": [0.5], "shares": [0.5, 0.5, 0.0]}}, Table((Column("a"),), {"a": np.array([0.0, 1.0, 1.0, 1.0])}))
    expected = (0.25 - 0.5) * np.log(0.25 / 0.5) + (0.75 - 0.5) * np.log(0.75 / 0.5)
    assert found.columns["a"] == pytest.approx(expected)


def test_a_base_rate_far_from_the_expected_one_calls_for_training_by_itself() -> None:
    assert drift_of({}, table(TRUTH), rate=0.2).called
    assert not drift_of({}, table(TRUTH), rate=-0.05).called


def test_a_day_in_shadow_counts_levels_and_names_those_furthest_apart() -> None:
    used, shadow = np.array([10.0, 60.0, 95.0, 80.0]), np.array([12.0, 95.0, 96.0, 20.0])
    day = shadow_day(np.array([1, 2, 3, 4]), used, shadow, Bands())
    assert day.agree == 0.5
    assert day.levels[1][3] == 1
    assert day.levels[2][0] == 1
    assert [row[0] for row in day.apart[:2]] == [4, 2]
    assert sum(map(sum, day.levels)) == day.customers == 4


def test_equal_scores_have_no_rank_correlation() -> None:
    assert shadow_day(np.array([1, 2]), np.array([5.0, 5.0]), np.array([1.0, 9.0]), Bands()).rank is None


def test_predictions_come_back_from_parquet_as_they_were() -> None:
    columns = {
        "customer_id": np.array([1, 2]), "origin_us": np.array([5, 5]), "logit": np.array([0.25, -1.5]), "expected": np.array([0.1, 0.2]),
        "lost": np.array([True, False]), "lost_at_us": np.array([7, -1]), "annual_value": np.array([1.0, 2.0]),
        "tier": np.array(["high", "low"], dtype=object), "treated": np.array([False, True]),
    }  # fmt: skip
    back = predicted_read(predicted_bytes(predicted_table(columns)))
    assert back.schema.equals(COLUMNS)
    assert back["lost_at_us"].to_pylist() == [7, None]
    assert back["logit"].to_pylist() == [0.25, -1.5]
