"""The published JSON schema is the one of the code, and agrees with what is read."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from liuke.rules.read import rule_to_plain
from liuke.rules.schema import rule_schema
from liuke.rules.syntax import Rule
from tests.rules.generated import all_rules

PUBLISHED = Path(__file__).parents[2] / "docs/reference/rule.schema.json"
CHECK = jsonschema.Draft202012Validator(rule_schema())


def test_the_published_schema_is_the_one_of_the_code() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == rule_schema()


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(rule_schema())


@settings(deadline=None)
@given(all_rules)
def test_every_rule_that_can_be_written_fits_the_schema(rule: Rule) -> None:
    CHECK.validate(rule_to_plain(rule))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"when": {"all": []}},
        {"when": {"column": "a", "op": "like", "value": "x"}},
        {"when": {"column": "a", "op": "lt"}},
        {"when": {"column": "a", "op": "missing", "value": 1}},
        {"when": {"column": "a", "op": "within_last", "value": 0}},
        {"when": {"column": "a", "op": "is_true"}, "otherwise": None},
    ],
)
def test_the_schema_refuses_what_reading_refuses(document: object) -> None:
    assert not CHECK.is_valid(document)
