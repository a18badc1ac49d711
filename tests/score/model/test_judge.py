"""Judging on rows that the model did not see."""

from collections.abc import Iterator

import numpy as np
import pytest

from liuke.score.model import Column, Split, Table
from liuke.score.model.judge import Examined, joined_groups, judged, same_rows
from liuke.score.model.splits import grouped_folds
from liuke.stats.ranking import auc
from tests.score.model.made import QUICK, made

TABLE, Y = made(600)


def ticking() -> Iterator[float]:
    second = 0.0
    while True:
        yield second
        second += 1.5


def test_every_row_is_judged_once_and_figures_are_of_those_chances() -> None:
    clock = ticking()
    found = judged(Examined(TABLE, Y, np.arange(600), QUICK), grouped_folds(Y, None, 3, 0), clock=lambda: next(clock))
    assert found.n == 600
    assert found.base_rate == Y.mean()
    assert found.auc == auc(found.probability, Y)
    assert found.auc_ci[0] < found.auc < found.auc_ci[1]
    assert (found.fit_seconds, found.score_seconds) == (1.5, 1.5)
    assert 0.7 < found.auc < 0.9


def test_rows_that_no_split_tests_have_no_chance() -> None:
    found = judged(Examined(TABLE, Y, np.arange(600), QUICK), [Split(np.arange(400), np.arange(500, 600))], clock=lambda: 0.0)
    assert found.n == 100
    assert np.isnan(found.probability[:500]).all()


def test_the_inner_splits_are_asked_with_the_training_rows() -> None:
    asked: list[int] = []

    def inner(rows: np.ndarray) -> None:
        asked.append(len(rows))

    judged(Examined(TABLE, Y, np.arange(600), QUICK, inner), [Split(np.arange(450), np.arange(450, 600))], clock=lambda: 0.0)
    assert asked == [450]


def test_equal_rows_share_a_group_and_missing_equals_missing() -> None:
    table = Table(
        (Column("a"), Column("b", "category")),
        {"a": np.array([1.0, np.nan, 1.0, np.nan, 1.0]), "b": np.array(["x", "y", "x", "y", "z"], dtype=object)},
    )
    first, second, third, fourth, fifth = same_rows(table).tolist()
    assert (first, second) == (third, fourth)
    assert len({first, second, fifth}) == 3


def test_the_order_of_columns_matters_to_the_print_of_a_row() -> None:
    table = Table((Column("a"), Column("b")), {"a": np.array([1.0, 2.0]), "b": np.array([2.0, 1.0])})
    assert len(set(same_rows(table).tolist())) == 2


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 1, 2, 3, 4], [5, 6, 6, 7, 7], [{0, 1, 2}, {3, 4}]),
        ([1, 2, 3], [1, 2, 3], [{0}, {1}, {2}]),
        ([1, 2, 3], [9, 9, 9], [{0, 1, 2}]),
    ],
)
def test_rows_that_share_either_group_come_together(one: list[int], other: list[int], expected: list[set[int]]) -> None:
    joined = joined_groups(np.array(one), np.array(other))
    assert [{row for row, group in enumerate(joined) if group == name} for name in dict.fromkeys(joined.tolist())] == expected
