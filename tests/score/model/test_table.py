"""A table: columns of one length, taken by rows and by names."""

import numpy as np
import pytest

from liuke.score.model import Column, Table

TWO = Table((Column("a"), Column("b", "category")), {"a": np.array([1.0, 2.0, np.nan]), "b": np.array(["x", "", "z"], dtype=object)})


def test_rows_are_taken_in_the_order_asked_for() -> None:
    taken = TWO.take(np.array([2, 0]))
    assert len(taken) == 2
    assert taken.words("b").tolist() == ["z", "x"]
    assert np.isnan(taken.number("a")[0])
    assert taken.number("a")[1] == 1.0


def test_a_mask_takes_rows_too() -> None:
    assert TWO.take(np.array([True, False, True])).words("b").tolist() == ["x", "z"]


def test_columns_of_different_lengths_are_no_table() -> None:
    with pytest.raises(ValueError, match="2, 3"):
        Table((Column("a"), Column("b")), {"a": np.zeros(2), "b": np.zeros(3)})


def test_only_keeps_the_tables_own_order_and_names_what_is_missing() -> None:
    assert TWO.only(["b", "a"]).names == ("a", "b")
    with pytest.raises(KeyError, match="c, d"):
        TWO.only(["a", "d", "c"])


def test_a_new_column_of_the_same_name_takes_the_old_ones_place() -> None:
    changed = TWO.with_columns([Column("a", monotone=1), Column("c")], {"a": np.zeros(3), "c": np.ones(3)})
    assert changed.names == ("a", "b", "c")
    assert changed.columns[0].monotone == 1
    assert changed.number("a").tolist() == [0.0, 0.0, 0.0]
    assert TWO.number("a")[0] == 1.0


def test_a_table_without_columns_has_no_rows() -> None:
    assert len(Table((), {})) == 0
