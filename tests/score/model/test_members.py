"""Each member: it learns, its parts add up, it comes back from bytes."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression

from liuke.score.model import Column, Expert, Recipe, Table
from liuke.score.model.encode import Encoded
from liuke.score.model.lesson import Lesson, judged_members, learned
from liuke.score.model.linear import Linear
from liuke.score.model.randomised import Randomised, grown, held_out
from liuke.score.model.scorecard import Scorecard
from liuke.score.model.splits import grouped_folds
from liuke.score.model.trees import Growth, Trees
from liuke.stats.ranking import auc
from tests.score.model.made import made

RECIPE = Recipe(threads=1)
TABLE, Y = made(800)
LESSON = Lesson(TABLE, Y, None, None, None, RECIPE)
ROWS = LESSON.encoded()


@pytest.mark.parametrize("name", ["linear", "pairs", "shallow", "deep", "randomised"])
def test_parts_and_base_add_up_to_the_log_odds(name: str) -> None:
    member = learned(LESSON, ROWS, name)
    parts = member.parts(ROWS)
    assert parts.shape == (800, len(TABLE.columns))
    assert member.base + parts.sum(axis=1) == pytest.approx(member.logit(ROWS), abs=2e-3)
    assert auc(member.logit(ROWS), Y) > 0.75


def test_the_straight_line_is_scikit_learns_ridge() -> None:
    for weight in (None, np.linspace(0.2, 3, len(Y))):
        mine = Linear.fit(ROWS, Y, weight, 0.1)
        theirs = LogisticRegression(C=0.1, max_iter=1_000, tol=1e-8).fit(ROWS.lines, Y, sample_weight=weight)
        assert mine.logit(ROWS) == pytest.approx(theirs.decision_function(ROWS.lines), abs=2e-3)


@pytest.mark.parametrize("said", [1, -1])
def test_ML_04_a_straight_line_never_goes_against_what_is_declared(said: int) -> None:
    columns = [replace(column, monotone=said if column.kind == "number" else 0) for column in TABLE.columns]
    lesson = replace(LESSON, table=TABLE.with_columns(columns, TABLE.values))
    rows = lesson.encoded()
    member = learned(lesson, rows, "linear")
    signs, coefficients = np.array(rows.encoder.line_signs), np.array(member.coefficients)
    assert (signs * coefficients >= 0).all()
    parts = dict(zip(lesson.table.names, np.abs(member.parts(rows)).max(axis=0), strict=True))
    refused, learnable = ("orders", "silence") if said == 1 else ("silence", "orders")
    assert parts[refused] < 0.2 * parts[learnable]


def test_a_missing_value_may_count_either_way_for_straight_lines() -> None:
    assert ROWS.encoder.line_signs[:3] == (1, 0, 0)  # silence; orders, and whether it is missing
    assert len(ROWS.encoder.line_signs) == ROWS.lines.shape[1]


def test_a_column_of_no_worth_gets_small_parts() -> None:
    parts = np.abs(learned(LESSON, ROWS, "linear").parts(ROWS)).mean(axis=0)
    by_name = dict(zip(TABLE.names, parts, strict=True))
    assert max(by_name["noise0"], by_name["noise1"]) < 0.25 * min(by_name["silence"], by_name["orders"])


def test_trees_rise_with_a_column_that_is_said_to_rise() -> None:
    trees = Trees.fit(ROWS, Y, None, Growth(60, 3, 0.1), seed=0, threads=1)
    base = TABLE.take(np.zeros(200, dtype=int))
    for start in (0, 7, 30):
        row = TABLE.take(np.full(200, start))
        swept = row.with_columns([base.columns[0]], {"silence": np.linspace(0, 200, 200)})
        assert (np.diff(trees.logit(Encoded(ROWS.encoder, swept))) >= -1e-6).all()


def test_gain_names_the_columns_that_matter() -> None:
    trees = Trees.fit(ROWS, Y, None, Growth(60, 3, 0.1), seed=0, threads=1)
    gain = trees.gain(ROWS.encoder.tree_owner, len(TABLE.columns))
    assert gain.sum() == pytest.approx(1)
    assert gain[:3].min() > gain[3:].max()


def test_trees_come_back_from_bytes_bit_by_bit() -> None:
    trees = Trees.fit(ROWS, Y, None, Growth(20, 4, 0.1), seed=0, threads=1)
    again = Trees.from_bytes(trees.to_bytes())
    assert np.array_equal(again.logit(ROWS), trees.logit(ROWS))
    assert again.base == trees.base


def test_randomised_trees_in_xgboosts_format_say_what_scikit_learn_says() -> None:
    forest = grown(ROWS, Y, None, seed=3, threads=1)
    assert isinstance(forest, ExtraTreesClassifier)
    member = Randomised.of(forest)
    assert np.isnan(ROWS.trees).any()
    assert member.share(ROWS) == pytest.approx(forest.predict_proba(ROWS.trees)[:, 1], abs=2e-6)
    assert member.logit(ROWS) == pytest.approx(held_out(forest, ROWS), abs=2e-3)


EXPERTS: Mapping[str, float] = {"late": 1.0, "quiet": 0.5, "wrong": 2.0}


def strengths(rows: int, seed: int = 0) -> tuple[Table, np.ndarray]:
    random = np.random.default_rng(seed)
    values = {name: random.random(rows) * (random.random(rows) < 0.5) for name in EXPERTS}
    logit = 1.5 * values["late"] + 1.0 * values["quiet"] - 1.0 * values["wrong"] - 0.5
    return Table(tuple(Column(name) for name in EXPERTS), values), (random.random(rows) < 1 / (1 + np.exp(-logit))).astype(float)


def scorecard(rows: int) -> Scorecard:
    table, y = strengths(rows)
    lesson = Lesson(table, y, None, None, Expert(EXPERTS), RECIPE)
    return Scorecard.fit(lesson.encoded(), y, None, EXPERTS)


def test_with_few_outcomes_the_scorecard_stays_near_the_experts() -> None:
    assert scorecard(40).weights == pytest.approx(tuple(EXPERTS.values()), abs=0.6)


def test_with_many_outcomes_a_strength_that_speaks_against_loss_counts_nothing_and_none_is_negative() -> None:
    late, quiet, wrong = scorecard(20_000).weights
    assert wrong == 0.0
    assert (late, quiet) == pytest.approx((1.5, 1.0), abs=0.15)


def test_the_scorecards_parts_are_weight_times_strength() -> None:
    table, y = strengths(500)
    lesson = Lesson(table, y, None, None, Expert(EXPERTS), RECIPE)
    rows = lesson.encoded()
    card = Scorecard.fit(rows, y, None, EXPERTS)
    assert card.base + card.parts(rows).sum(axis=1) == pytest.approx(card.logit(rows))
    assert card.parts(rows)[:, 0] == pytest.approx(card.weights[0] * table.number("late"))


def test_held_out_log_odds_do_not_know_the_rows_own_outcomes() -> None:
    split = grouped_folds(Y, None, 3, 0)[0]
    before = judged_members(LESSON, split)
    flipped = Y.copy()
    flipped[split.test] = 1 - flipped[split.test]
    after = judged_members(Lesson(TABLE, flipped, None, None, None, RECIPE), split)
    assert all(np.array_equal(before[name], after[name]) for name in RECIPE.members)


def test_a_lesson_of_some_columns_keeps_those_of_the_experts() -> None:
    table, y = strengths(50)
    lesson = Lesson(table, y, None, None, Expert({"late": 1.0}), RECIPE)
    assert lesson.only(["quiet"]).table.names == ("late", "quiet")
