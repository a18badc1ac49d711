"""Inner splits: whole customers, alike shares, forward in time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.score.model.splits import forward_splits, grouped_folds


@given(st.lists(st.integers(0, 12), min_size=8, max_size=60), st.integers(0, 3))
def test_every_row_is_tested_once_and_no_customer_lies_on_both_sides(groups: list[int], seed: int) -> None:
    group = np.array(groups)
    y = (group % 3 == 0).astype(float)
    if len(set(y)) < 2:
        return
    splits = grouped_folds(y, group, 4, seed)
    assert sorted(np.concatenate([split.test for split in splits]).tolist()) == list(range(len(y)))
    for split in splits:
        assert not set(group[split.train]) & set(group[split.test])
        assert len(split.train) + len(split.test) == len(y)


def test_the_share_of_outcomes_is_alike_in_all_folds() -> None:
    y = (np.arange(1000) % 10 == 0).astype(float)
    shares = [y[split.test].mean() for split in grouped_folds(y, None, 5, 0)]
    assert shares == pytest.approx([0.1] * 5)


def test_there_are_no_more_folds_than_customers_with_the_outcome() -> None:
    y = np.zeros(50)
    y[:3] = 1
    splits = grouped_folds(y, None, 5, 0)
    assert len(splits) == 3
    assert all(y[split.train].sum() == 2 for split in splits)


def test_folds_are_the_same_for_a_seed_and_others_for_another() -> None:
    y = (np.arange(100) % 4 == 0).astype(float)
    one, same, other = (grouped_folds(y, None, 5, seed)[0].test.tolist() for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_forward_splits_learn_from_the_past_only() -> None:
    at = np.random.default_rng(0).permutation(1000).astype(float)
    splits = forward_splits(at, (np.arange(1000) % 3 == 0).astype(float))
    assert splits is not None
    assert len(splits) == 3
    for split in splits:
        assert at[split.train].max() < at[split.test].min()


def test_without_enough_moments_there_are_no_forward_splits() -> None:
    assert forward_splits(np.zeros(500), (np.arange(500) % 2).astype(float)) is None
