"""The JSON schema of a rule document, published as docs/reference/rule.schema.json. It knows shapes; `read.py` knows columns as well."""

from __future__ import annotations

from liuke.rules.faults import LARGEST, LIMITS
from liuke.rules.operators import OPERATORS, Takes

Schema = dict[str, object]


def rule_schema() -> Schema:
    """The schema (JSON Schema 2020-12). What it accepts may still be refused for its columns, depth or windows."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule",
        "description": "Matches customers for whom `when` is true and `exclude` is not true. A missing value is unknown, never false.",
        **_object({"when": _ref("node"), "exclude": {"anyOf": [_ref("node"), {"type": "null"}]}}, required=("when",)),
        "$defs": {
            "node": {"oneOf": [_group("all"), _group("any"), _ref("condition"), _ref("follow"), _ref("swing")]},
            "condition": _condition(),
            "follow": _object({"follow": _object(_follow())}),
            "swing": _object({"swing": _object(_swing())}),
            "text": {"type": "string", "minLength": 1, "maxLength": LIMITS.text},
            "texts": {"type": "array", "items": _ref("text"), "minItems": 1, "maxItems": LIMITS.items},
            "number": {"type": "number", "minimum": -LARGEST, "maximum": LARGEST},
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: dict[str, Schema], required: tuple[str, ...] | None = None) -> Schema:
    names = list(properties) if required is None else list(required)
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


def _group(name: str) -> Schema:
    return _object({name: {"type": "array", "items": _ref("node"), "minItems": 1}})


def _whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _condition() -> Schema:
    """One alternative per kind of operand, with the operators that take it."""
    by_operand: dict[Takes, set[str]] = {}
    for operators in OPERATORS.values():
        for op, takes in operators.items():
            by_operand.setdefault(takes, set()).add(op)
    moment = _object({"column": _ref("text"), "days": {"type": "integer"}}, required=("column",))
    other = _object({"column": _ref("text"), "times": {"type": "number"}, "plus": _ref("number")}, required=("column",))
    values: dict[Takes, Schema] = {
        Takes.NUMBER: {"anyOf": [_ref("number"), other]},
        Takes.RANGE: {"type": "array", "items": _ref("number"), "minItems": 2, "maxItems": 2},
        Takes.TEXT: _ref("text"),
        Takes.LIST: _ref("texts"),
        Takes.DAYS: _whole(1, LIMITS.days),
        Takes.MOMENT: {"anyOf": [{"type": "string", "format": "date"}, moment]},
    }
    return {"anyOf": [_with_ops(sorted(ops), values.get(takes)) for takes, ops in sorted(by_operand.items())]}


def _with_ops(ops: list[str], value: Schema | None) -> Schema:
    properties: dict[str, Schema] = {"column": _ref("text"), "op": {"enum": ops}}
    if value is None:
        return _object(properties | {"value": {"type": "null"}}, required=("column", "op"))
    return _object(properties | {"value": value})


def _follow() -> dict[str, Schema]:
    return {
        "first": _ref("texts"),
        "then": _ref("texts"),
        "within_days": _whole(1, 365),
        "happens": {"type": "boolean"},
        "last_days": _whole(1, 730),
    }


def _swing() -> dict[str, Schema]:
    share: Schema = {"type": "number", "minimum": 0.05, "maximum": 10}
    return {"kinds": _ref("texts"), "weeks": _whole(4, 104), "rise": share, "drop": {**share, "maximum": 1}}
