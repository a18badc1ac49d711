"""Rules exported as JsonLogic mean the same to somebody else's evaluator."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

import pytest
from hypothesis import given, settings
from json_logic import jsonLogic

from liuke.base.errors import Invalid
from liuke.rules.evaluate import Row, matches
from liuke.rules.jsonlogic import jsonlogic_data, to_jsonlogic
from liuke.rules.syntax import All, Condition, Rule
from tests.rules.generated import NOW_US, ZONE, rows, timeless_rules


@settings(max_examples=300, deadline=None)
@given(timeless_rules, rows)
def test_an_independent_evaluator_agrees_on_every_generated_rule_and_row(rule: Rule, row: Row) -> None:
    logic = json.loads(json.dumps(to_jsonlogic(rule, zone=ZONE)))
    row = {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in row.items()}
    assert bool(jsonLogic(logic, jsonlogic_data(row))) == matches(rule, row, now_us=NOW_US, zone=ZONE)


@pytest.mark.parametrize("op", ["within_last", "within_next", "older_than"])
def test_what_depends_on_today_is_refused_with_its_column(op: str) -> None:
    with pytest.raises(Invalid) as caught:
        to_jsonlogic(Rule(All((Condition("n1", "lt", 1.0), Condition("m1", op, 7)))), zone=ZONE)
    assert caught.value.params == {"column": "m1", "op": op}


def test_dotted_names_are_nested_as_var_looks_them_up() -> None:
    data: dict[str, Any] = jsonlogic_data({"contract.amount": 1.0, "contract.ends_on": 2, "score": 3.0})
    assert data == {"contract": {"amount": 1.0, "ends_on": 2}, "score": 3.0}
