"""Reading a rule document: what is right comes back as it was, what is wrong is told all at once with its place (RUL-05)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.base.words import LANGUAGES, catalogue, render
from liuke.rules.columns import Column, ColumnType, Stratum
from liuke.rules.contradictions import contradictions
from liuke.rules.faults import LIMITS
from liuke.rules.needs import columns_of, demand_column, demands_of, nodes_of
from liuke.rules.read import rule_from_plain, rule_to_plain
from liuke.rules.syntax import All, Condition, Follow, Node, Other, Rule
from tests.rules.generated import CATALOGUE, FOLLOW, SWING, all_rules

COLUMNS = {
    **CATALOGUE,
    "score": Column("score", ColumnType.NUMBER, Stratum.SCORE),
    "level": Column("level", ColumnType.TEXT, Stratum.SCORE, choices=("normal", "early", "medium", "high")),
}
GOOD: dict[str, Any] = {"column": "n1", "op": "lt", "value": 3}


def read(data: object, highest: Stratum = Stratum.PREDICTION, **arguments: Any) -> Rule:
    """The rule of a document over COLUMNS."""
    return rule_from_plain(data, COLUMNS, highest=highest, **arguments)


def faults_of(data: object, highest: Stratum = Stratum.PREDICTION, **arguments: Any) -> list[dict[str, Any]]:
    """The faults of a document that must have some."""
    with pytest.raises(Invalid) as caught:
        read(data, highest, **arguments)
    found = caught.value.params["faults"]
    assert isinstance(found, list)
    return found


def first_fault(node: object, **arguments: Any) -> tuple[str, str]:
    """Place and key of the only fault of `{"when": node}`."""
    (fault,) = faults_of({"when": node}, **arguments)
    return fault["at"], fault["key"].removeprefix("rules.faults.")


def contradicts(node: Node) -> bool:
    """Whether a group asks for what nobody can meet."""
    return isinstance(node, All) and any(contradictions(node.parts))


@settings(deadline=None)
@given(all_rules)
def test_what_was_written_is_read_back_equal_unless_it_contradicts_itself(rule: Rule) -> None:
    plain = rule_to_plain(rule)
    if any(contradicts(node) for node in nodes_of(rule)):
        assert {fault["key"] for fault in faults_of(plain)} == {"rules.faults.contradiction"}
    else:
        assert read(plain) == rule


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["when", "exclude", "all", "any", "column", "op", "value", "follow", "swing", "n1"]), inner)
        ),
        max_leaves=12,
    )
)
def test_whatever_is_sent_is_read_or_refused_with_faults_that_have_a_text(data: object) -> None:
    try:
        read(data)
    except Invalid as refused:
        faults = refused.params["faults"]
        assert isinstance(faults, list)
        assert faults
        for fault in faults:
            assert all(fault["key"] in catalogue(language) for language in LANGUAGES)
            assert render(fault["key"], fault) != fault["key"]


def test_all_faults_are_told_at_once_with_their_places() -> None:
    document = {
        "when": {"all": [GOOD, {**GOOD, "column": "nn"}, {"any": [{**GOOD, "op": "has"}, {**GOOD, "value": "x"}]}]},
        "exclude": {"column": "t1", "op": "in", "value": []},
        "unless": {},
    }
    found = {(fault["at"], fault["key"].removeprefix("rules.faults.")) for fault in faults_of(document)}
    assert found == {
        ("unless", "unknown_name"),
        ("when.all.1.column", "unknown_column"),
        ("when.all.2.any.0.op", "operator"),
        ("when.all.2.any.1.value", "number"),
        ("exclude.value", "list"),
    }


def test_an_unknown_column_is_told_with_the_columns_that_may_be_used_here() -> None:
    (fault,) = faults_of({"when": {**GOOD, "column": "nix"}}, Stratum.METRIC)
    assert fault["allowed"] == sorted(CATALOGUE)


def test_an_upward_reference_is_refused_with_the_columns_below() -> None:
    (fault,) = faults_of({"when": {**GOOD, "column": "score"}}, Stratum.SIGNAL)
    assert (fault["at"], fault["key"]) == ("when.column", "rules.faults.upward")
    assert "score" not in fault["allowed"]
    assert read({"when": {**GOOD, "column": "score"}}, Stratum.SCORE).when == Condition("score", "lt", 3.0)


def test_an_operand_may_not_reach_upward_either() -> None:
    (fault,) = faults_of({"when": {**GOOD, "value": {"column": "score", "times": 2}}}, Stratum.METRIC)
    assert (fault["at"], fault["key"]) == ("when.value.column", "rules.faults.upward")


def test_a_text_column_with_known_values_takes_no_others() -> None:
    (fault,) = faults_of({"when": {"column": "level", "op": "in", "value": ["high", "extreme"]}})
    assert (fault["at"], fault["allowed"]) == ("when.value.1", ["normal", "early", "medium", "high"])


@pytest.mark.parametrize(
    ("node", "place", "key"),
    [
        ({"all": []}, "when.all", "empty_group"),
        ({"any": []}, "when.any", "empty_group"),
        ({}, "when", "node"),
        ({"all": [GOOD], "any": [GOOD]}, "when", "node"),
        ({**GOOD, "value": None}, "when.value", "value_absent"),
        ({**GOOD, "value": True}, "when.value", "number"),
        ({**GOOD, "value": float("inf")}, "when.value", "number"),
        ({**GOOD, "value": 10**400}, "when.value", "number"),
        ({**GOOD, "value": {"column": "t1"}}, "when.value.column", "column_type"),
        ({**GOOD, "op": "between", "value": [3, 1]}, "when.value", "range_order"),
        ({**GOOD, "op": "between", "value": [3]}, "when.value", "range"),
        ({**GOOD, "op": "missing", "value": 1}, "when.value", "no_value"),
        ({"column": "t1", "op": "eq", "value": ""}, "when.value", "text"),
        ({"column": "t1", "op": "eq", "value": "\ud800"}, "when.value", "text"),
        ({"column": "m1", "op": "before", "value": "2026-02-30"}, "when.value", "day"),
        ({"column": "m1", "op": "before", "value": "20260201"}, "when.value", "day"),
        ({"column": "m1", "op": "within_last", "value": 0}, "when.value", "whole"),
        ({"column": "m1", "op": "within_last", "value": 1.5}, "when.value", "whole"),
        ({"follow": []}, "when.follow", "object"),
        ({"swing": {"kinds": ["login"], "weeks": 13, "rise": 0.5, "drop": 1.5}}, "when.swing.drop", "number"),
    ],
)
def test_a_wrong_node_is_refused_where_it_is_wrong(node: object, place: str, key: str) -> None:
    assert first_fault(node) == (place, key)


def follow(**changes: object) -> dict[str, Any]:
    """A document of a sequence."""
    usual = {"first": ["quote.requested"], "then": ["order.placed"], "within_days": 14, "happens": False, "last_days": 90}
    return {"follow": usual | changes}


def test_a_window_longer_than_what_is_looked_at_is_impossible() -> None:
    assert first_fault(follow(within_days=91)) == ("when.follow.within_days", "window")


def test_kinds_are_checked_where_they_are_known() -> None:
    assert read({"when": follow()}, kinds=("quote.requested", "order.placed")).when == FOLLOW
    (fault,) = faults_of({"when": follow(then=["order.place"])}, kinds=("quote.requested", "order.placed"))
    assert (fault["at"], fault["allowed"]) == ("when.follow.then.0", ["quote.requested", "order.placed"])


@pytest.mark.parametrize(
    "parts",
    [
        [GOOD, {**GOOD, "op": "gt", "value": 3}],
        [GOOD, {**GOOD, "op": "between", "value": [3, 4]}],
        [{**GOOD, "op": "eq"}, {**GOOD, "op": "eq", "value": 4}],
        [{"column": "m1", "op": "within_last", "value": 7}, {"column": "m1", "op": "older_than", "value": 30}],
        [{"column": "m1", "op": "within_last", "value": 7}, {"column": "m1", "op": "within_next", "value": 7}],
    ],
)
def test_conditions_that_nobody_can_meet_together_are_an_impossible_window(parts: list[object]) -> None:
    assert first_fault({"all": parts}) == ("when.all.1", "contradiction")
    assert read({"when": {"any": parts}})


def test_conditions_that_touch_are_possible() -> None:
    assert read({"when": {"all": [{**GOOD, "op": "le"}, {**GOOD, "op": "ge"}]}})
    older, within = {"column": "m1", "op": "older_than", "value": 7}, {"column": "m1", "op": "within_last", "value": 30}
    assert read({"when": {"all": [older, within]}})


def nested(depth: int) -> dict[str, Any]:
    """A document `depth` levels deep."""
    node: dict[str, Any] = GOOD
    for _ in range(depth - 1):
        node = {"all": [node]}
    return {"when": node}


def test_eight_levels_are_read_and_nine_refused() -> None:
    assert read(nested(LIMITS.depth))
    (fault,) = faults_of(nested(LIMITS.depth + 1))
    assert fault["key"] == "rules.faults.too_deep"
    assert fault["at"] == "when" + ".all.0" * LIMITS.depth


def test_a_document_nested_beyond_reason_is_refused_without_falling_over() -> None:
    assert {fault["key"] for fault in faults_of(nested(5000))} == {"rules.faults.too_deep"}


def test_two_hundred_nodes_are_read_and_one_more_refused_once() -> None:
    assert read({"when": {"any": [GOOD] * (LIMITS.nodes - 1)}})
    assert [fault["key"] for fault in faults_of({"when": {"any": [GOOD] * LIMITS.nodes}})] == ["rules.faults.too_many"]


def test_lists_and_documents_have_a_largest_size() -> None:
    words = [f"{nth:03}" for nth in range(LIMITS.items + 1)]
    assert read({"when": {"column": "t1", "op": "in", "value": words[:-1]}})
    assert first_fault({"column": "t1", "op": "in", "value": words}) == ("when.value", "list")
    assert first_fault({"column": "t1", "op": "in", "value": ["x" * 199] * 400}) == ("", "too_large")


def test_ten_different_sequences_are_read_and_eleven_refused_however_often_each_stands_there() -> None:
    several = [follow(within_days=days) for days in range(1, LIMITS.sequences + 2)]
    assert read({"when": {"any": several[:-1] * 2}})
    assert [fault["key"] for fault in faults_of({"when": {"any": several}})] == ["rules.faults.too_many_sequences"]


def test_what_is_no_object_or_no_json_is_refused() -> None:
    assert [fault["key"] for fault in faults_of([1])] == ["rules.faults.object"]
    assert [fault["key"] for fault in faults_of({"when": {1, 2}})] == ["rules.faults.not_json"]
    assert [fault["at"] for fault in faults_of({})] == ["when"]


def test_a_rule_names_its_columns_and_its_sequences_once() -> None:
    rule = Rule(All((Condition("n1", "lt", Other("n2", 0.8)), FOLLOW, SWING, FOLLOW)), Condition("t1", "missing"))
    assert columns_of(rule) == {"n1", "n2", "t1"}
    assert demands_of(rule) == (FOLLOW, SWING)


def test_a_sequences_column_depends_on_its_content_alone() -> None:
    assert demand_column(FOLLOW) == demand_column(Follow(("quote.requested",), ("order.placed",), 14, happens=False, last_days=90))
    assert demand_column(FOLLOW) == "demand.follow.15f32383b6ed"
    assert demand_column(replace(FOLLOW, happens=True)) != demand_column(FOLLOW)
