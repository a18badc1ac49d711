"""The whole: a model is learned, adds up to the last bit, comes back from bytes, is the same for a seed, and knows its limits."""

import numpy as np
import pytest
from scipy.special import expit

from liuke.score.model import Column, Expert, Fitted, Recipe, Split, Table, fit
from liuke.score.model.stack import FEWEST
from liuke.stats.ranking import auc
from tests.score.model.made import QUICK, made

TABLE, Y = made(900)
TESTED, HAPPENED = made(400, seed=2)
WHOLE = Recipe(folds=2, threads=1)


@pytest.fixture(scope="module")
def model() -> Fitted:
    return fit(TABLE, Y, recipe=WHOLE)


def test_it_ranks_rows_that_it_never_saw(model: Fitted) -> None:
    assert auc(model.logit(TESTED), HAPPENED) > 0.75


def test_base_and_parts_are_the_log_odds_to_the_last_bit_in_any_order(model: Fitted) -> None:
    found = model.contributions(TESTED)
    assert found.names == tuple(column.name for column in model.columns)
    assert np.array_equal(found.base + found.parts.sum(axis=1), model.logit(TESTED))
    assert np.array_equal(found.base + found.parts[:, ::-1].cumsum(axis=1)[:, -1], model.logit(TESTED))


def test_a_row_alone_gets_what_it_gets_among_others(model: Fitted) -> None:
    one = TESTED.take(np.array([17]))
    assert model.logit(one)[0] == model.logit(TESTED)[17]
    assert np.array_equal(model.contributions(one).parts[0], model.contributions(TESTED).parts[17])


def test_probabilities_are_those_of_the_log_odds_and_nearly_honest(model: Fitted) -> None:
    chances = model.probability(TESTED)
    assert np.array_equal(chances, expit(model.logit(TESTED)))
    assert chances.mean() == pytest.approx(HAPPENED.mean(), abs=0.06)


def test_it_comes_back_from_bytes_bit_by_bit(model: Fitted) -> None:
    again = Fitted.from_bytes(model.to_bytes())
    assert np.array_equal(again.logit(TESTED), model.logit(TESTED))
    assert np.array_equal(again.contributions(TESTED).parts, model.contributions(TESTED).parts)
    assert (again.columns, again.members, again.about) == (model.columns, model.members, model.about)
    assert again.to_bytes() == model.to_bytes()


@pytest.mark.parametrize("broken", [b"", b"\x80\x04pickle", "cut"])
def test_other_bytes_are_refused(model: Fitted, broken: bytes | str) -> None:
    data = model.to_bytes()[:-7] if isinstance(broken, str) else broken
    with pytest.raises(Exception, match=r"not a model|incomplete|a model of"):
        Fitted.from_bytes(data)


def test_the_same_recipe_gives_the_same_bytes() -> None:
    assert fit(TABLE, Y, recipe=QUICK).to_bytes() == fit(TABLE, Y, recipe=QUICK).to_bytes()


def test_weights_are_never_negative_and_held_out_log_odds_are_for_every_row(model: Fitted) -> None:
    assert min(model.members.values()) > 0
    assert np.isfinite(model.held_out).all()
    assert auc(model.held_out, Y) == pytest.approx(auc(model.logit(TESTED), HAPPENED), abs=0.06)


def test_held_out_rows_are_honest_where_memory_would_flatter() -> None:
    random = np.random.default_rng(0)
    noise = Table((Column("a"), Column("b")), {"a": random.normal(size=400), "b": random.normal(size=400)})
    found = fit(noise, random.integers(0, 2, 400), recipe=QUICK)
    assert abs(auc(found.held_out, random.integers(0, 2, 400)) - 0.5) < 0.1


def test_rows_of_one_customer_do_not_help_each_other() -> None:
    """ML-02: with each customer five times over, folds by row would learn customers by heart; folds by customer do not."""
    random = np.random.default_rng(1)
    customers = np.repeat(np.arange(120), 5)
    trait, y = random.normal(size=120)[customers], random.integers(0, 2, 120)[customers].astype(float)
    table = Table((Column("trait"),), {"trait": trait})
    recipe = Recipe(members=("deep",), folds=3, threads=1, choose=False)
    assert auc(fit(table, y, recipe=recipe).held_out, y) > 0.9
    assert auc(fit(table, y, groups=customers, recipe=recipe).held_out, y) < 0.65


def test_given_splits_are_used_and_rows_that_none_tests_have_no_held_out_log_odds() -> None:
    splits = [Split(np.arange(0, 400), np.arange(450, 600)), Split(np.arange(0, 600), np.arange(650, 900))]
    held_out = fit(TABLE, Y, splits=splits, recipe=QUICK).held_out
    assert np.isnan(held_out[:450]).all()
    assert np.isnan(held_out[600:650]).all()
    assert np.isfinite(held_out[np.r_[450:600, 650:900]]).all()


def test_columns_that_say_nothing_are_left_out_and_named() -> None:
    more = TABLE.with_columns(
        [Column("same"), Column("copy"), Column("customer_id"), Column("blank")],
        {
            "same": np.ones(900),
            "copy": TABLE.number("silence"),
            "customer_id": np.arange(900.0) * 7 + 1000,
            "blank": np.full(900, np.nan),
        },
    )
    found = fit(more, Y, recipe=QUICK)
    assert found.about["left_out"] == {"same": "constant", "copy": "same as silence", "customer_id": "id", "blank": "constant"}
    assert {column.name for column in found.columns} == set(TABLE.names)


def test_of_very_many_columns_the_telling_ones_are_found() -> None:
    table, y = made(500, noise=600)
    found = fit(table, y, recipe=Recipe(members=("linear", "shallow"), folds=2, threads=1, most_columns=40))
    names = {column.name for column in found.columns}
    assert {"silence", "orders", "plan"} <= names
    assert len(names) <= 40


def test_one_outcome_or_no_column_is_refused() -> None:
    with pytest.raises(ValueError, match="with the outcome"):
        fit(TABLE, np.zeros(900), recipe=QUICK)
    with pytest.raises(ValueError, match="no column"):
        fit(Table((Column("a"),), {"a": np.ones(20)}), np.arange(20) % 2, recipe=QUICK)


def test_with_a_handful_of_outcomes_only_the_straight_lines_speak() -> None:
    y = np.zeros(60)
    y[: FEWEST - 1] = 1
    found = fit(TABLE.take(np.arange(60)), y, recipe=QUICK)
    assert list(found.members) == ["linear"]
    assert np.isnan(found.held_out).all()
    assert np.isfinite(found.logit(TABLE)).all()


def strengths(rows: int) -> tuple[Table, np.ndarray]:
    random = np.random.default_rng(3)
    values = {"signal.late": random.random(rows), "signal.quiet": random.random(rows), "money": random.normal(size=rows)}
    logit = 2 * values["signal.late"] + values["money"] - 1
    return Table(tuple(Column(name) for name in values), values), (random.random(rows) < expit(logit)).astype(float)


EXPERT = Expert({"signal.late": 1.5, "signal.quiet": 1.0})


def test_few_labels_leave_the_word_to_the_experts_and_many_take_it() -> None:
    """ML-01: the learned part counts n / (n + 200)."""
    few, many = (fit(*strengths(rows), expert=EXPERT, recipe=QUICK).members for rows in (60, 2000))
    assert few["scorecard"] >= 200 / 260
    assert many.get("scorecard", 0.0) < 0.5


def test_customers_are_counted_for_trust_not_rows() -> None:
    table, y = strengths(600)
    groups = np.arange(600) // 20
    assert fit(table, y, groups=groups, expert=EXPERT, recipe=QUICK).members["scorecard"] >= 200 / 230


def test_an_experts_column_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"signal\.gone"):
        fit(*strengths(100), expert=Expert({"signal.gone": 1.0}), recipe=QUICK)


def test_progress_is_told_and_rises() -> None:
    heard: list[tuple[float, str]] = []
    fit(TABLE, Y, recipe=QUICK, told=lambda share, step: heard.append((share, step)))
    assert [share for share, _ in heard] == sorted(share for share, _ in heard)
    assert {"validate", "fit"} <= {step for _, step in heard}


def test_rows_with_a_larger_weight_pull_the_base_rate() -> None:
    heavy = np.where(Y == 1, 5.0, 1.0)
    recipe = Recipe(members=("linear",), folds=2, threads=1, choose=False)
    plain, pulled = (fit(TABLE, Y, weight=weight, recipe=recipe).probability(TESTED).mean() for weight in (None, heavy))
    assert pulled > plain + 0.1


def test_a_table_without_rows_gets_no_scores(model: Fitted) -> None:
    assert model.logit(TESTED.take(np.arange(0))).shape == (0,)


def test_levels_and_values_never_seen_are_scored(model: Fitted) -> None:
    strange = TESTED.take(np.arange(3)).with_columns(
        [TABLE.columns[0], TABLE.columns[2]],
        {"silence": np.array([np.nan, -1e12, 1e12]), "plan": np.array(["new", "", "基础版"], dtype=object)},
    )
    assert np.isfinite(model.logit(strange)).all()
