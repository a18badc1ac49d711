"""The JSON schema of a flow, published as docs/reference/playbook.schema.json. It knows shapes; `read.py` knows the workspace too."""

from __future__ import annotations

from collections.abc import Iterable

from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import MOST_NODES, Exit, GoalKind, ReentryMode
from liuke.act.playbooks.nodes import NODES
from liuke.act.playbooks.triggers import TRIGGERS

Schema = dict[str, object]
_TEXTS = frozenset({FieldKind.CHOICES, FieldKind.KINDS, FieldKind.SIGNALS})
_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.SHARE})
_IDS = frozenset({FieldKind.WAY_OUT, FieldKind.MEMBER})
RULE: Schema = {"type": "object", "description": "A node of a rule: rule.schema.json#/$defs/node"}


def playbook_schema() -> Schema:
    """The schema (JSON Schema 2020-12), made of the kinds that there are."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Playbook",
        "description": "A flow: what lets customers in, who may enter, the steps, when it ends.",
        **_object(
            {
                "trigger": {"oneOf": [_trigger(name) for name in TRIGGERS]},
                "audience": _nullable(_object({"when": _nullable(RULE), "exclude": _nullable(RULE)}, ())),
                "reentry": _object({"mode": _one(mode.value for mode in ReentryMode), "days": _whole(1, 3650)}, ("mode",)),
                "holdout": _object({"share": _number(0, 0.5), "why_none": {"type": "string", "maxLength": 200}}, ()),
                "goal": _nullable(_goal()),
                "exits": {"type": "array", "items": _one(one.value for one in Exit), "uniqueItems": True},
                "budget": _nullable(_object({"per_head": _nullable(_number(0, 1e9)), "total": _nullable(_number(0, 1e9))}, ())),
                "start": {"type": "string"},
                "nodes": {"type": "array", "items": {"oneOf": [_node(name) for name in NODES]}, "minItems": 1, "maxItems": MOST_NODES},
            },
            ("trigger", "start", "nodes"),
        ),
    }


def _trigger(name: str) -> Schema:
    fields = TRIGGERS[name].fields
    return _object({"kind": {"const": name}, **_fields(fields)}, ("kind", *_required(fields)))


def _node(name: str) -> Schema:
    fields = NODES[name].fields
    properties: dict[str, Schema] = {
        "id": {"type": "string", "minLength": 1, "maxLength": 40},
        "kind": {"const": name},
        "params": _object(_fields(fields), _required(fields)),
        "next": {"type": "object", "additionalProperties": {"type": "string"}},
        "at": _object({"x": {"type": "number"}, "y": {"type": "number"}}, ("x", "y")),
    }
    return _object(properties, ("id", "kind", *(("params",) if _required(fields) else ())))


def _goal() -> Schema:
    value = _nullable({"type": ["number", "string"]})
    return _object({"kind": _one(kind.value for kind in GoalKind), "value": value, "within_days": _whole(1, 365)}, ("kind", "within_days"))


def _fields(fields: Iterable[Field]) -> dict[str, Schema]:
    return {one.name: _nullable(_field(one)) if not one.required else _field(one) for one in fields}


def _required(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(one.name for one in fields if one.required and one.default is None)


def _field(one: Field) -> Schema:
    if one.kind in _TEXTS:
        return {"type": "array", "minItems": 1, "items": _one(one.choices) if one.choices else {"type": "string"}}
    if one.kind is FieldKind.WHOLE:
        return _whole(int(one.low), int(one.high))
    if one.kind in _NUMBERS:
        return _number(one.low, 1 if one.kind is FieldKind.SHARE else one.high)
    if one.kind is FieldKind.ARMS:
        arm = _object({"key": {"type": "string"}, "share": _number(0.01, 100)}, ("key", "share"))
        return {"type": "array", "minItems": 2, "maxItems": 5, "items": arm}
    if one.kind is FieldKind.RULE:
        return RULE
    simple = {FieldKind.FLAG: "boolean"} | dict.fromkeys(_IDS, "integer")
    return _one(one.choices) if one.kind is FieldKind.CHOICE else {"type": simple.get(one.kind, "string")}


def _object(properties: dict[str, Schema], required: tuple[str, ...]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one(choices: Iterable[str]) -> Schema:
    return {"enum": list(choices)}


def _whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _number(low: float, high: float) -> Schema:
    return {"type": "number", "minimum": low, "maximum": high}
