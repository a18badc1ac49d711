"""Samples, tuning and training on small made-up shops (ML-01, ML-02, SCR-06)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from liuke.base.errors import Invalid
from liuke.learn.domain.leaks import Check, Finding, Level
from liuke.learn.domain.samples import Dataset, Sample, dataset_of, telling, thinned
from liuke.learn.domain.tuning import Lesson, lesson_of, season_factors, strongest, tuned_weights
from liuke.learn.service.training import Order, Trained, trained
from liuke.score.domain.calibration import Calibration, RateAt
from liuke.score.domain.model_metrics import MODEL_METRICS, family_of, model_declared, monotone_of
from liuke.score.domain.model_table import expert_weights, model_column, model_table
from liuke.score.model import Platt, Recipe
from liuke.score.model.table import Column, Table
from liuke.signals.domain.catalogue import BY_CODE
from liuke.signals.domain.signal import Judged

FIRST = date(2024, 1, 5)
CUSTOMERS = 260
POINTS = {"SIG-09": 22.0, "frequent": -69.0, "SIG-20": 30.0}
QUICK = Recipe(members=("linear",), threads=1, half_trust=1)


def sample(number: int, share: float = 1.0) -> Sample:
    """One origin: who is silent and seldom buys is lost more often; SIG-20 says nothing."""
    random = np.random.default_rng(number)
    ids = np.arange(1, CUSTOMERS + 1)
    silent, often, noise = random.random(CUSTOMERS), random.random(CUSTOMERS), random.random(CUSTOMERS)
    chance = 1 / (1 + np.exp(-(2.5 * silent - 2.5 * often + 0.3 * (number % 3))))
    lost = random.random(CUSTOMERS) < chance * share
    columns = ("signal.SIG-09", "signal.frequent", "signal.SIG-20", "order_since", "login_n_30")
    values = dict(zip(columns, (silent, 1 - often, noise, 90 * silent, np.zeros(CUSTOMERS)), strict=True))
    us = 1_700_000_000_000_000 + number * 30 * 86_400_000_000
    return Sample(
        day=FIRST + timedelta(days=30 * number), as_of_us=us, table=Table(tuple(model_column(name) for name in columns), values),
        customers=ids, lost=lost, lost_at_us=np.where(lost, us + 1, -1), annual_value=np.ones(CUSTOMERS),
        tier=np.array(["mid"] * CUSTOMERS, dtype=object), score=100 * silent, recency=90 * silent, treated=np.zeros(CUSTOMERS, dtype=bool),
    )  # fmt: skip


@pytest.fixture(scope="module")
def data() -> Dataset:
    """Nine origins."""
    return dataset_of([sample(number) for number in range(9)])


@pytest.fixture(scope="module")
def learned(data: Dataset) -> Trained:
    """A quick model of them."""
    return trained(data, Order(POINTS, 90, (), QUICK))


def test_columns_that_say_nothing_are_left_out_of_learning_but_kept_for_other_models(data: Dataset) -> None:
    assert "login_n_30" not in data.table.names
    assert "login_n_30" in data.whole.names
    doubled = Table((Column("a"), Column("b"), Column("c")), {"a": np.array([1.0, 2]), "b": np.array([1.0, 2]), "c": np.array([np.nan, 2])})
    assert telling(doubled) == ("a", "c")


def test_thinning_takes_whole_customers_the_same_at_every_origin() -> None:
    kept = [set(thinned(sample(number), 0.3).customers.tolist()) for number in (1, 2)]
    assert kept[0] == kept[1]
    assert 0.15 * CUSTOMERS < len(kept[0]) < 0.45 * CUSTOMERS
    assert len(thinned(sample(1), 1.0).customers) == CUSTOMERS


def test_rows_know_their_origin_and_its_rate(data: Dataset) -> None:
    rates = data.rates
    assert [one.n for one in rates] == [CUSTOMERS] * 9
    assert rates[4].rate == pytest.approx(data.y[data.rows_of([4])].mean())
    lost, stayed = data.people
    assert lost <= CUSTOMERS
    assert stayed <= CUSTOMERS


def test_ML_02_every_prediction_is_made_by_a_model_of_older_origins(data: Dataset, learned: Trained) -> None:
    assert learned.predictions is not None
    judged = set(learned.predictions["origin_us"].to_pylist())
    assert judged == {int(data.origin_us[data.rows_of([at])[0]]) for at in range(3, 9)}
    assert learned.counted.judged == 6


def test_ML_01_the_model_is_compared_with_plain_ways_on_the_same_rows(learned: Trained) -> None:
    found = {one.name: one for one in learned.comparison}
    assert list(found) == ["stack", "logistic", "tree", "forest", "score", "recency"]
    assert found["stack"].auc.value is not None
    assert found["stack"].auc.value > 0.7
    assert found["recency"].behind.low is not None
    assert found["recency"].behind.low > 0
    assert found["recency"].log_loss.value is None
    assert {one.auc.n for one in found.values()} == {6 * CUSTOMERS}


def test_the_model_is_calibrated_out_of_time(learned: Trained) -> None:
    assert learned.slope == pytest.approx(1.0, abs=0.35)
    assert learned.standing.stage.value == "model"
    assert max(learned.importance, key=lambda name: learned.importance[name]) != "signal.SIG-20"


def test_a_leak_stops_the_training(data: Dataset) -> None:
    finding = Finding(Check.FUTURE, Level.BLOCK, ("order_since",))
    with pytest.raises(Invalid) as raised:
        trained(data, Order(POINTS, 90, (finding,), QUICK))
    assert raised.value.params == {"columns": "order_since"}


def test_too_few_outcomes_stop_the_training_with_their_number() -> None:
    few = dataset_of([sample(number, share=0.05) for number in range(2)])
    with pytest.raises(Invalid) as raised:
        trained(few, Order(POINTS, 90, (), QUICK))
    assert raised.value.code == "model_stage"
    assert raised.value.params["lost"] == few.people[0]


def test_a_training_tells_how_far_it_is_and_can_be_stopped(data: Dataset) -> None:
    told: list[tuple[float, str]] = []

    def stop(share: float, step: str) -> None:
        told.append((share, step))
        if step == "model_fold":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        trained(data, Order(POINTS, 90, (), QUICK), stop)
    assert [step for _, step in told] == ["model_leaks", "model_fold"]


def test_tuning_raises_what_tells_and_lowers_what_does_not(data: Dataset) -> None:
    lesson = lesson_of(data.table.values, data.y, data.customers, data.origin, data.origins)
    found = {one.code: one for one in tuned_weights(lesson, POINTS)}
    assert found["SIG-20"].after < 20
    assert found["SIG-09"].after > 2 * POINTS["SIG-09"]
    assert found["frequent"].after < -69
    assert found["SIG-20"].fired == pytest.approx(1.0)


def test_no_outcome_turns_a_sign_round() -> None:
    random = np.random.default_rng(1)
    strength = random.random(600)
    lost = (random.random(600) < 1 - strength).astype(float)
    lesson = Lesson({"SIG-09": strength, "frequent": 1 - strength}, lost, np.arange(600), np.zeros(600, np.int64), [FIRST])
    found = {one.code: one.after for one in tuned_weights(lesson, {"SIG-09": 22.0, "frequent": -20.0})}
    assert found["SIG-09"] == 0
    assert found["frequent"] <= 0


def test_of_signals_that_tell_of_the_same_only_the_strongest_counts() -> None:
    silent = [code for code, signal in BY_CODE.items() if signal.group == BY_CODE["SIG-09"].group]
    assert len(silent) > 1
    x = np.full((1, len(silent)), 0.5)
    kept = strongest(x, silent, np.arange(1.0, len(silent) + 1))
    assert (kept > 0).sum() == 1
    assert kept[0, -1] == 0.5


def test_SCR_06_a_season_in_which_a_family_tells_nothing_is_found_with_its_interval() -> None:
    random = np.random.default_rng(4)
    days = [date(2024, month, 1) for month in (2, 5, 8, 11)]
    origin = np.repeat(np.arange(4), 900)
    strength = random.random(3600)
    weight = np.where(origin == 3, 0.0, 3.0)
    lost = (random.random(3600) < 1 / (1 + np.exp(-(weight * strength - 1)))).astype(float)
    lesson = Lesson({"SIG-20": strength}, lost, np.arange(3600) % 900, origin, days)
    found = {one.quarter: one for one in season_factors(lesson, {"SIG-20": 3.0 * 42}, times=20)}
    assert found[4].factor == 0.5
    assert found[4].high < 1
    assert 1 not in found or found[1].factor == pytest.approx(1.0, abs=0.3)
    assert season_factors(lesson, {}) == ()


def test_last_years_season_shifts_the_probability_and_the_lowest_rate_is_the_cautious_one() -> None:
    rates = (RateAt(date(2024, 3, 1), 0.2, 100), RateAt(date(2024, 3, 15), 0.4, 300), RateAt(date(2024, 9, 1), 0.8, 50))
    calibration = Calibration(Platt(1.1, 0.2), 0.5, rates)
    assert calibration.usual(date(2025, 3, 5)) == pytest.approx(0.35)
    assert calibration.usual(date(2025, 6, 1)) is None
    assert calibration.expected(date(2025, 6, 1)) == 0.5
    assert calibration.cautious(date(2025, 9, 1)) == 0.5
    raw = np.array([0.0, 1.0])
    shifted = calibration.at(raw, date(2025, 3, 5)) - calibration.logit(raw)
    assert shifted == pytest.approx(np.log(0.35 / 0.65))
    assert Calibration.from_plain(calibration.to_plain()) == calibration


def test_a_month_without_any_loss_does_not_make_losing_impossible() -> None:
    calibration = Calibration(Platt(), 0.5, (RateAt(date(2024, 3, 1), 0.0, 100),))
    assert np.isfinite(calibration.at(np.zeros(1), date(2025, 3, 1))).all()


def test_every_model_metric_is_of_one_customer_alone_and_has_a_family() -> None:
    assert 20 <= len(MODEL_METRICS) <= 30
    assert len({metric.code for metric in MODEL_METRICS}) == len(MODEL_METRICS)
    assert not [declared for declared in model_declared() if type(declared).__name__ in {"Baseline", "Quintile"}]
    assert family_of("signal.SIG-09").value == "interaction"
    assert (monotone_of("order_since"), monotone_of("signal.frequent"), monotone_of("signal.SIG-09")) == (1, -1, 1)


def test_a_protective_signal_stands_as_what_speaks_for_a_loss() -> None:
    features = pa.table({"customer_id": [1, 2], **{metric.code: [1.0, None] for metric in MODEL_METRICS}})
    quiet = np.zeros(2, dtype=bool)
    judged = [(BY_CODE[code], Judged(np.array([0.25, 1.0]), "", {}, quiet)) for code in ("frequent", "SIG-09")]
    table = model_table(features, judged)
    assert table.number("signal.frequent").tolist() == [0.75, 0.0]
    assert table.number("signal.SIG-09").tolist() == [0.25, 1.0]
    assert np.isnan(table.number("order_since")[1])
    wanted = model_table(features, [], ("signal.frequent", "signal.SIG-09", "order_since"))
    assert [wanted.number(name)[0] for name in wanted.names] == [1.0, 0.0, 1.0]
    assert model_column("signal.frequent").monotone == 1
    assert expert_weights({"frequent": -42.0}, 42) == {"signal.frequent": 1.0}
