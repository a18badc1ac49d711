"""Columns that are not worth reading are found, others are not touched."""

import numpy as np
import pytest

from liuke.score.model import Column, Recipe, Table
from liuke.score.model.choose import left_out, screened
from liuke.score.model.lesson import Lesson
from liuke.score.model.selecting import LEAST_COLUMNS, selected
from liuke.score.model.splits import grouped_folds
from tests.score.model.made import made


def one(name: str, values: np.ndarray) -> dict[str, str]:
    kind = "category" if values.dtype == object else "number"
    return dict(left_out(Table((Column(name, kind),), {name: values})))


RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("name", "values", "why"),
    [
        ("a", np.full(80, 3.0), "constant"),
        ("a", np.full(80, np.nan), "constant"),
        ("a", np.array(["x"] * 80, dtype=object), "constant"),
        ("a", np.array([f"C{n:05}" for n in range(80)], dtype=object), "id"),
        ("a", RANDOM.permutation(80) + 1.0, "id"),
        ("CustomerId", RANDOM.permutation(10_000)[:80] * 13.0, "id"),
        ("客户编号", RANDOM.permutation(10_000)[:80] * 13.0, "id"),
    ],
)
def test_what_says_nothing_is_left_out_with_its_reason(name: str, values: np.ndarray, why: str) -> None:
    assert one(name, values) == {name: why}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("salary", RANDOM.normal(size=80)),
        ("total_cents", RANDOM.permutation(10_000)[:80] * 13.0),
        ("a", np.where(np.arange(80) < 3, 1.0, np.nan)),
        ("id", np.arange(20.0)),
        ("paid", np.arange(80) % 2.0),
        ("city", np.array(["x", "y"] * 40, dtype=object)),
    ],
)
def test_what_may_say_something_stays(name: str, values: np.ndarray) -> None:
    assert one(name, values) == {}


def test_of_equal_columns_the_first_stays_even_where_levels_have_other_names() -> None:
    words = np.array(["x", "y", "y", "z"] * 20, dtype=object)
    other = np.array(["eins", "zwei", "zwei", "drei"] * 20, dtype=object)
    numbers = np.arange(80) % 7.0
    columns = (Column("w", "category"), Column("n"), Column("o", "category"), Column("m"))
    table = Table(columns, {"w": words, "o": other, "n": numbers, "m": numbers.copy()})
    assert left_out(table) == {"o": "same as w", "m": "same as n"}


def test_screening_keeps_the_columns_that_tell_most_in_the_tables_order() -> None:
    table, y = made(800, noise=60)
    kept = screened(table, y, 10)
    assert kept[:3] == ("silence", "orders", "plan")
    assert len(kept) == 10


def test_a_column_whose_absence_tells_is_kept() -> None:
    table, y = made(800, noise=30)
    told = table.with_columns([Column("reason")], {"reason": np.where(y == 1, np.nan, RANDOM.random(800))})
    assert "reason" in screened(told, y, 2)


def test_few_columns_are_all_read() -> None:
    table, y = made(400, noise=LEAST_COLUMNS - 3)
    lesson = Lesson(table, y, None, None, None, Recipe(threads=1))
    assert selected(lesson, grouped_folds(y, None, 2, 0)) == table.names


def test_of_many_idle_columns_some_go_and_the_telling_ones_stay() -> None:
    table, y = made(1500, noise=0)
    flags = {f"flag{number}": (RANDOM.random(1500) < 0.01).astype(float) for number in range(30)}
    table = table.with_columns([Column(name) for name in flags], flags)
    lesson = Lesson(table, y, None, None, None, Recipe(threads=1))
    kept = selected(lesson, grouped_folds(y, None, 2, 0))
    assert {"silence", "orders", "plan"} <= set(kept)
    assert len(kept) < len(table.names)


def test_a_category_of_many_levels_that_is_chance_goes() -> None:
    table, y = made(800)
    table = table.with_columns(
        [Column("street", "category")], {"street": RANDOM.choice(np.array([f"s{n}" for n in range(60)], dtype=object), 800)}
    )
    lesson = Lesson(table, y, None, None, None, Recipe(threads=1))
    assert "street" not in selected(lesson, grouped_folds(y, None, 3, 0))
