"""What a flat table says of its outcome, in the words that people use."""

import numpy as np
import pyarrow as pa
import pytest

from liuke.base.errors import Invalid
from liuke.learn.domain.table_rows import column_named, features_of, later_rows, outcome_of


def column(*values: object) -> pa.ChunkedArray:
    return pa.chunked_array([list(values)])


@pytest.mark.parametrize(
    ("yes", "no"),
    [("Yes", "No"), (1, 0), (1.0, 0.0), (True, False), ("流失", "正常"), ("是", "否"), ("Churned", "Stayed"), ("Exited", "x")],
)
def test_the_value_that_means_lost_is_known_by_its_word(yes: object, no: object) -> None:
    found = outcome_of(column(*[yes, no] * 6))
    assert found.y.tolist() == [1, 0] * 6
    assert found.positive == str(yes)


def test_of_two_unknown_values_the_rarer_one_means_lost_unless_one_says_no() -> None:
    assert outcome_of(column(*["a"] * 10, *["b"] * 5)).positive == "b"
    assert outcome_of(column(*["No"] * 5, *["gone"] * 10)).positive == "gone"


def test_what_is_said_counts_as_number_and_in_any_case() -> None:
    assert outcome_of(column(*["0.0", "1.0"] * 5), "0").y.tolist() == [1, 0] * 5
    assert outcome_of(column(*["A", "b", "c"] * 5), "a").y.sum() == 5


def test_rows_without_an_outcome_do_not_count() -> None:
    found = outcome_of(column(*["yes", None, "no", "", "NaN"] * 5))
    assert found.known.tolist() == [True, False, True, False, False] * 5
    assert len(found.y) == 10


@pytest.mark.parametrize(
    ("values", "positive", "code"),
    [
        (["1"] * 20, "", "table_one_value"),
        ([None] * 20, "", "table_one_value"),
        (["a", "b", "c"] * 9, "", "table_many_values"),
        (["a", "b"] * 9, "c", "table_positive"),
        (["1"] * 3 + ["0"] * 30, "", "table_few"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_its_reason(values: list[object], positive: str, code: str) -> None:
    with pytest.raises(Invalid) as fault:
        outcome_of(column(*values), positive)
    assert fault.value.code == code


def test_a_wrong_name_is_answered_with_near_ones() -> None:
    table = pa.table({"Churn": [1], "Tenure": [2]})
    assert column_named(table, " churn ", "label") == "Churn"
    with pytest.raises(Invalid) as fault:
        column_named(table, "Chrun", "label")
    assert fault.value.params["near"] == "Churn"


@pytest.mark.parametrize(
    ("values", "until", "train"),
    [
        (["2017Q3", "2017Q4", "2018Q1", None], "2017Q4", [0, 1]),
        (["2024-01-05", "2024-06-30", "2024-07-01", None], "2024-06-30", [0, 1]),
        ([1, 2, 3, None], "2", [0, 1]),
        ([1, 2, 3, None], "1.5", [0]),
    ],
)
def test_earlier_rows_learn_and_later_ones_are_judged(values: list[object], until: str, train: list[int]) -> None:
    split, at = later_rows(column(*values), until)
    assert split.train.tolist() == train
    assert split.test.tolist() == [row for row in range(3) if row not in train]
    assert (np.diff(at[:3]) > 0).all()


@pytest.mark.parametrize(("values", "until"), [([1, 2], "9"), ([1, 2], "0"), ([1, 2], "soon"), (["2017Q1", "2017Q2"], "2019")])
def test_a_moment_without_rows_on_both_sides_is_refused(values: list[object], until: str) -> None:
    with pytest.raises(Invalid) as fault:
        later_rows(column(*values), until)
    assert fault.value.code == "table_until"


def test_a_table_of_nothing_but_roles_has_nothing_to_learn_from() -> None:
    with pytest.raises(Invalid) as fault:
        features_of(pa.table({"label": [1]}), ["label"])
    assert fault.value.code == "table_features"
