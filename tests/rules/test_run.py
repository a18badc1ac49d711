"""All customers at once say what one at a time says (RUL-01, RUL-03), with missing values as unknown."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.rules.evaluate import Row, explain, matches
from liuke.rules.run import matches_sql, matches_table
from liuke.rules.syntax import All, Any_, Condition, Rule
from tests.rules.generated import NOW_US, ZONE, all_rules, rows
from tests.rules.tables import table_of

AT: dict[str, Any] = {"now_us": NOW_US, "zone": ZONE}


@settings(max_examples=60, deadline=None)
@given(st.lists(all_rules, min_size=1, max_size=6), st.lists(rows, min_size=1, max_size=12))
def test_duckdb_and_matches_agree_on_every_rule_and_row(several: list[Rule], people: list[Row]) -> None:
    found = matches_table(table_of(people), {str(nth): rule for nth, rule in enumerate(several)}, **AT)
    for nth, rule in enumerate(several):
        assert found[str(nth)].tolist() == [matches(rule, row, **AT) for row in people], json.dumps(matches_sql({"r": rule}, **AT))


@given(all_rules, rows)
def test_an_explanation_has_the_verdict_of_matches(rule: Rule, row: Row) -> None:
    assert (explain(rule, row, **AT).verdict == "matched") == matches(rule, row, **AT)


@given(all_rules, rows)
def test_excluding_more_never_makes_anybody_match(rule: Rule, row: Row) -> None:
    wider = Rule(rule.when, Any_((rule.exclude, Condition("f1", "is_true"))) if rule.exclude else Condition("f1", "is_true"))
    assert matches(rule, row, **AT) or not matches(wider, row, **AT)


@given(all_rules, st.lists(rows, min_size=1, max_size=5))
def test_a_slice_of_the_customers_gets_the_same_answers(rule: Rule, people: list[Row]) -> None:
    whole = matches_table(table_of(people), {"r": rule}, **AT)["r"]
    assert matches_table(table_of(people[:1]), {"r": rule}, **AT)["r"].tolist() == whole[:1].tolist()


@pytest.mark.parametrize("op", ["eq", "ne", "lt", "ge"])
def test_a_missing_value_is_unknown_and_matches_nothing_whatever_is_asked(op: str) -> None:
    rule = Rule(Condition("n1", op, 1.0))
    assert not matches(rule, {"n1": None}, **AT)
    assert explain(rule, {"n1": None}, **AT).verdict == "unknown"
    assert not matches_table(pa.table({"n1": pa.array([None], pa.float64())}), {"r": rule}, **AT)["r"].any()


def test_an_unknown_exclusion_excludes_nobody() -> None:
    rule = Rule(Condition("n1", "gt", 0.0), Condition("n2", "gt", 0.0))
    people = [{"n1": 1.0, "n2": None}, {"n1": 1.0, "n2": 1.0}]
    assert [matches(rule, row, **AT) for row in people] == [True, False]
    assert matches_table(pa.Table.from_pylist(people), {"r": rule}, **AT)["r"].tolist() == [True, False]


def test_one_false_part_decides_a_group_whose_other_part_is_unknown() -> None:
    false, unknown = Condition("n1", "gt", 5.0), Condition("n2", "gt", 5.0)
    row = {"n1": 1.0, "n2": None}
    assert explain(Rule(All((false, unknown))), row, **AT).verdict == "not_matched"
    assert explain(Rule(Any_((false, unknown))), row, **AT).verdict == "unknown"


def test_not_a_number_counts_as_missing_in_both_evaluations() -> None:
    rule = Rule(Condition("n1", "ge", 0.0))
    assert not matches(rule, {"n1": float("nan")}, **AT)
    assert matches_table(pa.table({"n1": [float("nan"), 1.0]}), {"r": rule}, **AT)["r"].tolist() == [False, True]


def test_not_a_number_is_missing_also_where_only_presence_is_asked() -> None:
    people = pa.table({"n1": [float("nan"), float("inf"), 1.0]})
    assert matches_table(people, {"r": Rule(Condition("n1", "missing"))}, **AT)["r"].tolist() == [True, True, False]


def test_a_column_that_the_frame_lacks_is_missing_for_everybody() -> None:
    people = pa.table({"n2": [1.0, 2.0]})
    asked = {
        "absent": Rule(Condition("n1", "missing")),
        "less": Rule(Condition("n1", "lt", 1.0)),
        "mixed": Rule(Condition("n2", "gt", 1.0)),
    }
    found = matches_table(people, asked, **AT)
    assert {key: values.tolist() for key, values in found.items()} == {
        "absent": [True, True], "less": [False, False], "mixed": [False, True],
    }  # fmt: skip


def test_days_relative_to_now_are_local_days_also_where_the_clocks_change() -> None:
    """The night of 2011-03-27 has 23 hours: one day on from its midnight is 23 hours later."""
    hour = 3_600_000_000
    next_day = Rule(Condition("m1", "within_next", 1))
    people = [{"m1": NOW_US + 23 * hour}, {"m1": NOW_US + 23 * hour + 1}, {"m1": NOW_US}, {"m1": NOW_US - 1}]
    assert [matches(next_day, row, **AT) for row in people] == [True, False, True, False]
    last_day = Rule(Condition("m1", "within_last", 1))
    assert [matches(last_day, {"m1": at}, **AT) for at in (NOW_US, NOW_US - 1, NOW_US - 24 * hour, NOW_US - 24 * hour - 1)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_column_of_another_type_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'n1' is list"):
        matches_table(pa.table({"n1": [[1.0]]}), {"r": Rule(Condition("n1", "lt", 1.0))}, **AT)


def test_the_answers_stay_in_the_order_of_the_rows_in_large_tables() -> None:
    values = np.arange(300_000, dtype=float)
    found = matches_table(pa.table({"n1": values}), {"r": Rule(Condition("n1", "lt", 1000.0))}, **AT)["r"]
    assert found[:1000].all()
    assert not found[1000:].any()


def test_no_rules_give_no_answers() -> None:
    assert matches_table(pa.table({"n1": [1.0]}), {}, **AT) == {}
